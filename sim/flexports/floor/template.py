"""A commented starting file, written from the declarations."""

from collections.abc import Iterator
from dataclasses import replace

from flexports.floor.parts import Day, Group, Pools, Ports, Targets
from flexports.floor.source import keys_in_order, kinds
from flexports.floor.toml_text import toml_value
from flexports.floor.write import file_value
from flexports.keys import DeclaredKey, Keyed, Name, declared_keys, first_paragraph

_WIDTH, _COLUMN = 100, 34
#: Before a key that is not in force; before an explanation stands "# ".
_OFF = "#"
#: In force although they have defaults: what everybody wants to see first.
_ALWAYS = ("kind", "name", "count")

_INTRODUCTION = (
    "# A floor: its agents, ports and targets, and the sources of calls that share the ports.",
    "# What begins with # and no blank is not in force. Take the # away and change the value: it",
    "# is the default, or an example. `flexports check FILE` lists every setting in force.",
    "",
)


def new_floor_text(name: str = "My company") -> str:
    """Return a floor's file to begin with: valid as it is, every key in it, explained.

    Parameters
    ----------
    name : str
        Name of the company.

    Raises
    ------
    ValueError
        ``rule; remedy``, if that cannot be a name.
    """
    Name("My company").check(name)
    return "\n".join(_lines(name)) + "\n"


def _lines(name: str) -> Iterator[str]:
    yield from _INTRODUCTION
    yield f"name = {toml_value(name)}"
    for key, part in (("day", Day), ("ports", Ports), ("targets", Targets)):
        yield from _section(f"[{key}]", part)
    yield from _section("[[agents]]", Group)
    yield from _section("[licences]", Pools)
    for kind in sorted(kinds().values(), key=lambda kind: not kind.in_new_floor):
        yield from _section("[[sources]]", kind, in_force=kind.in_new_floor)


def _section(head: str, part: type[Keyed], in_force: bool = True) -> Iterator[str]:
    prefix = "" if in_force else _OFF
    yield ""
    yield from (f"# {line}" for line in first_paragraph(part))
    yield f"{prefix}{head}"
    kind = next((str(one.default) for one in declared_keys(part) if one.key == "kind"), "")
    for one in keys_in_order(part):
        own = (
            replace(one, example=toml_value(kind)) if kind and one.key in ("kind", "name") else one
        )
        yield from _lines_of(own, prefix)


def _lines_of(one: DeclaredKey, prefix: str) -> Iterator[str]:
    in_force = one.required or one.key in _ALWAYS
    text = f"{prefix}{'' if in_force else _OFF}{one.key} = {_value(one, in_force)}"
    note = f"{one.description} Left out: {one.unset}." if one.unset else one.description
    if not note:
        yield text
    elif max(len(text), _COLUMN) + len(note) + 4 > _WIDTH:
        yield from (f"# {note}", text)
    else:
        yield f"{text:<{_COLUMN}}  # {note}"


def _value(one: DeclaredKey, in_force: bool) -> str:
    default = None if one.required or one.default in (None, ()) else file_value(one, one.default)
    text = one.example if in_force or default is None else toml_value(default)
    if text is None:
        raise TypeError(f"the key '{one.key}' has neither an example nor a default")
    return text
