"""The pages of all keys of files: from the declarations that read them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from inspect import cleandoc
from typing import Any, get_args, get_origin

from flexports.experiment.ranges import Range
from flexports.experiment.table import ExperimentTable
from flexports.floor.floor import Floor
from flexports.floor.source import Source, keys_in_order, kinds
from flexports.floor.toml_text import toml_value
from flexports.floor.write import file_value
from flexports.keys import (
    Bounds,
    DeclaredKey,
    Keyed,
    Measure,
    Number,
    Value,
    Whole,
    first_paragraph,
)
from flexports.laws import Law, known_laws
from generator.markdown import code, page, table

_FLOOR = """
# Keys of a floor

A floor is a TOML file: the model of one company. `flexports new` writes one with every key in it,
`flexports check FILE` tells what holds in yours, and `flexports schema` is the same as a JSON
Schema.

Every duration and every rate has its unit: `"20 s"`, `"3 min"`, `"1.5 h"`, `"18 per hour"`. The
units are ms, s, min, h and d; per second, minute, hour and day. A share is a number from 0 to 1.

Where a duration varies, a table says how: `talk = { distribution = "lognormal", mean = "3 min",
cv = 1.0 }`. A bare duration, `talk = "3 min"`, is always the same. See [laws](laws.md).
"""
_EXPERIMENT = """
# Keys of an experiment

An experiment is a TOML file: floors, port counts, what is varied, on how many days. `flexports
check FILE` lists its points, and `flexports run FILE --output DIR` runs it. `flexports schema
--of experiment` is the same as a JSON Schema.
"""
_LAWS = """
# Laws

How a duration varies. A bare duration is `constant`. A law may stand wherever the keys of a floor
ask for *a duration, or a law*.

```toml
talk = { distribution = "lognormal", mean = "3 min", cv = 1.0 }
wrap_up = "20 s"
```
"""
_HEAD = ("key", "meaning", "value", "default", "example")
#: A bound beyond this only catches slips of the pen.
_HUGE = 1e6
#: How a table of a floor is begun in a file.
_TITLES = {"agents": "[[agents]]"}


def floor_page() -> str:
    """Return the page of a floor's keys."""
    own = {one.key: one for one in keys_in_order(Floor)}
    sources = own.pop("sources")
    sections = (_section(f"## `{_title(one)}`", one.element) for one in own.values())
    return page(
        _FLOOR,
        "## At the top",
        _keys([*own.values(), sources]),
        *(each for each in sections if each),
        f"## `[[sources]]`\n\n{sources.description} Each has a `kind`.",
        *(_kind(kind) for kind in _own_kinds()),
    )


def experiment_page() -> str:
    """Return the page of an experiment's keys."""
    tables = [one for one in keys_in_order(ExperimentTable) if _is_table(one)]
    return page(
        _EXPERIMENT,
        _keys(keys_in_order(ExperimentTable)),
        *(_section(f"## `[{one.key}]`", one.element) for one in tables),
        _section("## A range, as the values of a factor", Range),
    )


def laws_page() -> str:
    """Return the page of the laws."""
    sections = (_section(f"## `{name}`", law) for name, law in known_laws().items())
    return page(_LAWS, *sections)


def _own_kinds() -> Iterator[type[Source]]:
    own = (each for each in kinds().values() if each.__module__.startswith("flexports."))
    yield from sorted(own, key=lambda each: not each.in_new_floor)


def _kind(kind: type[Source]) -> str:
    name = next(str(one.default) for one in keys_in_order(kind) if one.key == "kind")
    return _section(f'### `kind = "{name}"`', kind, deeper="####")


def _section(head: str, part: type, deeper: str = "###") -> str:
    """Return what a table's class says of itself, its keys, and the tables among them."""
    if not issubclass(part, Keyed):
        return ""
    inner = [one for one in keys_in_order(part) if _is_table(one)]
    return page(
        head,
        " ".join(first_paragraph(part)).replace("``", "`"),
        _keys(keys_in_order(part)),
        *(_section(f"{deeper} `{one.key}`", one.element, f"{deeper}#") for one in inner),
    )


def _title(one: DeclaredKey) -> str:
    return _TITLES.get(one.key, f"[{one.key}]")


def _is_table(one: DeclaredKey) -> bool:
    inner = one.element
    return isinstance(inner, type) and issubclass(inner, Keyed) and not issubclass(inner, Law)


def _keys(keys: list[DeclaredKey]) -> str:
    return table(_HEAD, (_row(one) for one in keys))


def _row(one: DeclaredKey) -> tuple[str, ...]:
    tag = one.key in ("kind", "distribution") and not one.description
    if tag:
        one = replace(one, description="Which of them it is.")
    default = "**required**" if one.required or tag else _default(one)
    return code(one.key), one.description, _value(one), default, code(one.example or "")


def _default(one: DeclaredKey) -> str:
    if one.unset is not None:
        return one.unset
    shown = file_value(one, one.default)
    if _is_table(one) or shown in (None, (), [], {}, ""):
        return ""
    return code(toml_value(shown))


def _value(one: DeclaredKey) -> str:
    """Return what may stand there, in words."""
    inner = one.element
    if one.value is not None:
        return _single(one.value)
    if get_origin(inner) is not None:
        return _one_of(get_args(inner))
    if not issubclass(inner, Source | Keyed):
        return "text"
    if issubclass(inner, Law):
        return "a duration, or a [law](laws.md)"
    return "a list of tables" if one.type is not inner else "a table, see below"


def _single(mark: Value[Any]) -> str:
    if isinstance(mark, Measure | Number):
        return f"{mark.what}{_within(mark.bounds, mark)}"
    if isinstance(mark, Whole):
        return f"a whole number, {mark.at_least} or more"
    if allowed := mark.schema().get("enum"):
        return _one_of(allowed)
    said = cleandoc(type(mark).__doc__ or "").partition("\n\n")[0].replace("\n", " ")
    first = re.split(r"[.:;]", said)[0]
    return first[:1].lower() + first[1:]


def _one_of(values: Iterable[object]) -> str:
    return ", ".join(code(toml_value(each)) for each in values)


def _within(bounds: Bounds, mark: Measure | Number) -> str:
    show = mark.to_text if isinstance(mark, Measure) else "{:g}".format
    told = []
    if bounds.above is not None:
        told.append(f"above {show(bounds.above)}")
    if bounds.at_least is not None and isinstance(mark, Number):
        told.append(f"from {show(bounds.at_least)}")
    if isinstance(mark, Number) and bounds.at_most is not None and bounds.at_most < _HUGE:
        told.append(f"to {show(bounds.at_most)}")
    return f", {' '.join(told)}" if told else ""
