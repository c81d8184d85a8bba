"""What pydantic finds wrong, as problems: place, value, rule, remedy."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from flexports.keys import DeclaredKey, Keyed, Tagged, declared_keys
from flexports.problems import NOTHING, InputError, Problem, one_of, split_message

_QUOTED = re.compile(r"'([^']*)'")


def joined(prefix: str, place: str) -> str:
    """Return one dotted key after another."""
    return f"{prefix}{place}" if not prefix or not place or place[0] == "[" else f"{prefix}.{place}"


@dataclass(frozen=True)
class Spot:
    """Where an error lies: its dotted key, what stands there, and what is declared for it."""

    place: str
    raw: object
    table: type[Keyed] | Tagged | None
    owner: type[Keyed] | None
    declared: DeclaredKey | None


def problems_in(error: ValidationError, raw: Mapping[str, Any], root: type[Keyed]) -> list[Problem]:
    """Return the problems of all errors found in `raw`, a table of class `root`."""
    return [
        problem
        for detail in error.errors(include_url=False)
        for problem in _problems(detail, spot_of(detail["loc"], raw, root))
    ]


def spot_of(loc: Sequence[int | str], raw: object, root: type[Keyed]) -> Spot:
    """Follow pydantic's location through the file's tables and the declarations."""
    spot = Spot("", raw, root, None, None)
    for step in loc:
        spot = _step(spot, step)
    return spot


def _step(spot: Spot, step: int | str) -> Spot:
    if isinstance(step, int):
        inside = spot.raw[step] if isinstance(spot.raw, list | tuple) else NOTHING
        return Spot(f"{spot.place}[{step}]", inside, spot.table, spot.owner, spot.declared)
    if isinstance(spot.table, Tagged):  # pydantic names the class that the tag chose
        chosen = spot.table.choices().get(step)
        keyed = chosen if chosen is not None and issubclass(chosen, Keyed) else None
        return Spot(spot.place, spot.raw, keyed, spot.owner, spot.declared)
    inside = spot.raw.get(step, NOTHING) if isinstance(spot.raw, Mapping) else NOTHING
    declared = _declared(spot.table, step)
    return Spot(joined(spot.place, step), inside, _table_of(declared), spot.table, declared)


def _declared(table: type[Keyed] | None, name: str) -> DeclaredKey | None:
    known = declared_keys(table) if table is not None else ()
    return next((one for one in known if one.key == name), None)


def _table_of(declared: DeclaredKey | None) -> type[Keyed] | Tagged | None:
    if declared is None:
        return None
    tagged = next((mark for mark in declared.marks if isinstance(mark, Tagged)), None)
    if tagged is not None:
        return tagged
    element = declared.element
    return element if isinstance(element, type) and issubclass(element, Keyed) else None


def _problems(detail: ErrorDetails, spot: Spot) -> Iterator[Problem]:
    raised = detail.get("ctx", {}).get("error")
    if isinstance(raised, InputError):
        for problem in raised.problems:
            yield Problem(
                joined(spot.place, problem.place), problem.value, problem.rule, problem.remedy
            )
    else:
        yield _problem(detail, spot, raised)


def _problem(detail: ErrorDetails, spot: Spot, raised: object) -> Problem:
    if isinstance(raised, ValueError):
        return Problem(spot.place, spot.raw, *split_message(str(raised)))
    about = _ABOUT.get(detail["type"])
    if about is not None:
        return about(detail, spot)
    rule = detail["msg"][:1].lower() + detail["msg"][1:]
    return Problem(spot.place, spot.raw, f"is not right: {rule}", _write(spot))


def _missing(detail: ErrorDetails, spot: Spot) -> Problem:
    return Problem(spot.place, NOTHING, "is missing", _write(spot, "add"))


def _unknown_key(detail: ErrorDetails, spot: Spot) -> Problem:
    keys = [one.key for one in declared_keys(spot.owner)] if spot.owner is not None else []
    remedy = one_of(spot.place.rpartition(".")[2], keys)
    if not remedy.startswith("did you mean"):
        remedy = f"leave it out (known: {', '.join(keys)})"
    return Problem(spot.place, NOTHING, "is not a known key", remedy)


def _unknown_tag(detail: ErrorDetails, spot: Spot) -> Problem:
    tagged = spot.table
    if not isinstance(tagged, Tagged) or not isinstance(spot.raw, Mapping):
        return _not_a_table(detail, spot)
    place, value = joined(spot.place, tagged.tag), spot.raw.get(tagged.tag, NOTHING)
    known = sorted(tagged.choices())
    if value is NOTHING:
        remedy = f'add {tagged.tag} = "{known[0]}", or another of: {", ".join(known)}'
        return Problem(place, value, "is missing", remedy)
    return Problem(place, value, f"is not {tagged.what}", one_of(value, known))


def _not_allowed(detail: ErrorDetails, spot: Spot) -> Problem:
    allowed = _QUOTED.findall(str(detail.get("ctx", {}).get("expected", "")))
    return Problem(spot.place, spot.raw, "is not allowed here", one_of(spot.raw, allowed))


def _not_a_table(detail: ErrorDetails, spot: Spot) -> Problem:
    name = spot.place.partition("[")[0]
    remedy = f"write [{name}] and its keys on the lines below"
    if spot.place.endswith("]"):
        remedy = f"write [[{name}]] and its keys on the lines below"
    elif spot.declared is not None and spot.declared.example is not None:
        remedy = _write(spot)
    return Problem(spot.place, spot.raw, "is not a table", remedy)


def _not_a_list(detail: ErrorDetails, spot: Spot) -> Problem:
    if spot.table is not None:
        rule = "is one table" if isinstance(spot.raw, Mapping) else "is not a list of tables"
        remedy = f"write [[{spot.place}]], with double brackets, once for each"
        return Problem(spot.place, NOTHING if rule == "is one table" else spot.raw, rule, remedy)
    return Problem(spot.place, spot.raw, "is not a list", _write(spot))


def _not_text(detail: ErrorDetails, spot: Spot) -> Problem:
    return Problem(spot.place, spot.raw, "is not text", _write(spot))


def _write(spot: Spot, verb: str = "write") -> str:
    if spot.declared is None or spot.declared.example is None:
        return f"see what `flexports new` writes for {spot.place.rpartition('.')[2]}"
    return f"{verb} {spot.declared.key} = {spot.declared.example}"


_ABOUT = {
    "missing": _missing,
    "unexpected_keyword_argument": _unknown_key,
    "extra_forbidden": _unknown_key,
    "union_tag_invalid": _unknown_tag,
    "union_tag_not_found": _unknown_tag,
    "literal_error": _not_allowed,
    "dataclass_type": _not_a_table,
    "dict_type": _not_a_table,
    "model_type": _not_a_table,
    "tuple_type": _not_a_list,
    "list_type": _not_a_list,
    "string_type": _not_text,
}
