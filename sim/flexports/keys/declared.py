"""Keys, declared once: the fields of a frozen dataclass are the keys of a table in a file.

A field's annotation carries what reads and bounds its value (:class:`flexports.keys.Value`) and
what :func:`key` says about it. Reading, the JSON Schema, ``flexports check`` and the commented
starting file are all made from this one declaration.
"""

import dataclasses
import tomllib
import types
from collections.abc import Hashable, Iterator
from dataclasses import dataclass
from functools import cache
from inspect import cleandoc
from typing import Annotated, Any, ClassVar, Union, cast, get_args, get_origin, get_type_hints

from pydantic import ConfigDict, Field
from pydantic.fields import FieldInfo

from flexports.keys.value import Value
from flexports.problems import InputError, Problem

#: What a table of a file obeys: its keys are those declared, and no others.
ONLY_DECLARED_KEYS = ConfigDict(extra="forbid")


def key(
    description: str,
    *,
    alias: str | None = None,
    example: str | None = None,
    unset: str | None = None,
) -> FieldInfo:
    """Say what a key is: the last item of a field's ``Annotated``.

    Parameters
    ----------
    description : str
        One line: what the value means. It goes to the schema, the starting file and ``check``.
    alias : str, optional
        The key in the file where it is not the field's name: fields carry units, keys do not.
    example : str, optional
        A value as TOML text, for the starting file and for editors.
    unset : str, optional
        What holds where the key is left out and its default is None: ``"they hold for ever"``.

    Examples
    --------
    >>> from flexports.keys import PositiveDurationS
    >>> @dataclass(frozen=True, kw_only=True)
    ... class Pause(Keyed):
    ...     mean_s: Annotated[PositiveDurationS, key("Mean of a pause.", alias="mean")]
    >>> [(one.key, one.description) for one in declared_keys(Pause)]
    [('mean', 'Mean of a pause.')]
    """
    extra: dict[str, Any] = {}
    if example is not None:
        extra["examples"] = [tomllib.loads(f"x = {example}")["x"]]
        extra["x-example"] = example
    if unset is not None:
        extra["x-unset"] = unset
    info = Field(alias=alias, description=description, json_schema_extra=extra or None)
    return cast(FieldInfo, info)


@dataclass(frozen=True)
class DeclaredKey:
    """What is known of one key of a table."""

    field: str
    key: str
    annotation: Any
    default: Any
    description: str
    example: str | None
    unset: str | None

    @property
    def required(self) -> bool:
        """Whether a file must give it."""
        return self.default is dataclasses.MISSING

    @property
    def optional(self) -> bool:
        """Whether it may be None, which a file says by leaving it out."""
        return type(None) in get_args(_bare(self.annotation))

    @property
    def marks(self) -> tuple[Any, ...]:
        """Everything that its annotation carries, also inside ``... | None``."""
        return tuple(_marks(self.annotation))

    @property
    def value(self) -> Value[Any] | None:
        """What reads and bounds it, if it is a single value."""
        return next((mark for mark in self.marks if isinstance(mark, Value)), None)

    @property
    def type(self) -> Any:
        """Its type alone: without annotations and without ``| None``."""
        bare = _bare(self.annotation)
        if get_origin(bare) in (Union, types.UnionType):
            bare = next(arg for arg in get_args(bare) if arg is not type(None))
        return _bare(bare)

    @property
    def element(self) -> Any:
        """The type of one element where it is a tuple of any length; else its type."""
        bare = self.type
        return _bare(get_args(bare)[0]) if get_origin(bare) is tuple else bare


class Keyed:
    """Base of every table of a file: a frozen dataclass whose fields are its keys.

    Built in Python, its values obey the same bounds as those read from a file.
    """

    __pydantic_config__: ClassVar[ConfigDict] = ONLY_DECLARED_KEYS

    def __post_init__(self) -> None:
        """Refuse values outside their bounds.

        Raises
        ------
        InputError
        """
        problems = list(_out_of_bounds(self))
        if problems:
            raise InputError(problems)


def declared_keys(table: type) -> tuple[DeclaredKey, ...]:
    """Return the keys of a table's dataclass, in their order."""
    return _declared_keys(cast(Hashable, table))


@cache
def _declared_keys(table: Any) -> tuple[DeclaredKey, ...]:
    hints = get_type_hints(table, include_extras=True)
    return tuple(
        _declared(field, hints[field.name]) for field in dataclasses.fields(table) if field.init
    )


def first_paragraph(described: type) -> list[str]:
    """Return the lines of the first paragraph of what a class says of itself."""
    return cleandoc(described.__doc__ or "").partition("\n\n")[0].splitlines()


def _declared(field: "dataclasses.Field[Any]", annotation: Any) -> DeclaredKey:
    info = next((mark for mark in _marks(annotation) if isinstance(mark, FieldInfo)), None)
    extra = info.json_schema_extra if info is not None else None
    extra = extra if isinstance(extra, dict) else {}
    default = field.default
    if field.default_factory is not dataclasses.MISSING:
        default = field.default_factory()
    return DeclaredKey(
        field=field.name,
        key=(info.alias if info is not None else None) or field.name,
        annotation=annotation,
        default=default,
        description=(info.description if info is not None else None) or "",
        example=cast("str | None", extra.get("x-example")),
        unset=cast("str | None", extra.get("x-unset")),
    )


def _marks(annotation: Any) -> Iterator[Any]:
    origin = get_origin(annotation)
    if origin is Annotated:
        inner, *marks = get_args(annotation)
        yield from reversed(marks)
        yield from _marks(inner)
    elif origin in (Union, types.UnionType, tuple):
        for arg in get_args(annotation):
            yield from _marks(arg)


def _bare(annotation: Any) -> Any:
    while get_origin(annotation) is Annotated:
        annotation = get_args(annotation)[0]
    return annotation


def _out_of_bounds(table: Keyed) -> Iterator[Problem]:
    for one in declared_keys(type(table)):
        value = getattr(table, one.field)
        if one.value is None or (value is None and one.optional):
            continue
        try:
            one.value.check(value)
        except InputError as error:
            yield from (problem.under(f"{type(table).__name__}.") for problem in error.problems)
        except ValueError as error:
            rule, _, remedy = str(error).partition("; ")
            yield Problem(f"{type(table).__name__}.{one.field}", value, rule, remedy)
