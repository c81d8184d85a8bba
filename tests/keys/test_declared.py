"""Keys that are declared once."""

from dataclasses import dataclass
from typing import Annotated

import pytest

from flexports.keys import (
    Count,
    DurationS,
    Keyed,
    Measure,
    NameList,
    Names,
    Share,
    Whole,
    declared_keys,
    key,
    value_of,
)
from flexports.problems import InputError


@dataclass(frozen=True, kw_only=True)
class Table(Keyed):
    """A table.

    With more to say.
    """

    mean_s: Annotated[DurationS, key("The mean.", alias="mean", example='"3 s"')]
    limit: Annotated[Count | None, key("The limit.", unset="none")] = None


def test_a_field_is_a_key_with_all_that_is_known_of_it() -> None:
    mean, limit = declared_keys(Table)
    assert (mean.field, mean.key, mean.description, mean.example) == (
        "mean_s", "mean", "The mean.", '"3 s"'
    )  # fmt: skip
    assert mean.required
    assert not mean.optional
    assert mean.type is float
    assert isinstance(mean.value, Measure)
    assert (limit.key, limit.default, limit.unset) == ("limit", None, "none")
    assert limit.optional
    assert isinstance(limit.value, Whole)


def test_values_given_in_python_obey_the_same_bounds() -> None:
    Table(mean_s=3.0, limit=None)
    with pytest.raises(InputError) as refused:
        Table(mean_s=-3.0, limit=0)
    assert str(refused.value).splitlines() == [
        "Table.mean_s: -3.0 is below '0 s'; write '0 s' or more",
        "Table.limit: 0 is below 1; write 1 or more",
    ]


def test_what_is_read_and_shown_is_the_same() -> None:
    assert value_of(DurationS).show(value_of(DurationS).read("3 min")) == "3 min"
    assert value_of(Share).read(1) == 1.0
    assert value_of(Names).read("sales") == value_of(Names).read(["sales"]) == ("sales",)
    assert NameList("a", known=("a", "b")).schema()["anyOf"][0] == {"enum": ["a", "b"]}
