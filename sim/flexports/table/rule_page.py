"""The page of the rule of thumb: its arithmetic line by line, and what that count means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from flexports.sources.kind import Need
from flexports.study.results import Sweep
from flexports.study.rule import MARGIN, Rule, RuleLine
from flexports.study.rules import OTHERS, Advice, advise, facts_of
from flexports.study.size import Size
from flexports.table.answer import answer_texts
from flexports.table.beside import Beside
from flexports.table.columns import Columns
from flexports.table.grid import WIDTH, Column, Grid
from flexports.table.numbers import computed_text, ports_text
from flexports.table.page import Page, Part, Text
from flexports.table.size_page import basis

_WORDS = ("no", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_READINGS = {
    Need.MESSAGES: "A load of messages needs as many ports as erlangs, rounded up; one more is "
    "safer.",
    Need.CALLERS: "Callers who shall not wait need their load, rounded up, and one port more.",
    Need.RECORDINGS: "Recordings, of which the rule gives no example, need their load, rounded up.",
}


def rule_page(
    rule: Rule, size: Size | None = None, advised: Sequence[Advice] | None = None
) -> Page:
    """Return the page of a rule.

    Parameters
    ----------
    rule : Rule
    size : Size, optional
        The simulated truth to show beside it.
    advised : sequence of Advice, optional
        What other rules give; by default those that look at no records.
    """
    others = advise(facts_of(rule.floor), OTHERS) if advised is None else advised
    parts: list[Part] = [Text(headline(rule), role="answer"), *_lines(rule), _sum(rule)]
    parts += [*_readings(rule)]
    if size is not None:
        parts += [_beside(rule, size), answer_texts(size)[0], Text(basis(size.sweep), role="note")]
    return Page([*parts, _others(others, None if size is None else size.ports)])


def headline(rule: Rule) -> str:
    """Say what the rule gives."""
    return (
        f"The rule of thumb gives {rule.floor.name} {ports_text(rule.ports)}: "
        f"a bare minimum of {rule.bare_minimum}, plus {_word(MARGIN)}."
    )


def _lines(rule: Rule) -> Iterator[Text]:
    for number, line in enumerate(rule.lines):
        use = line.use
        more = " more" if number else ""
        yield Text(
            f"- {line.source}, {use.need.value}: {use.arithmetic} = {use.load_erl:.3g} "
            f"erlang{'' if use.load_erl == 1 else 's'}: {_of_line(line, more)}.",
            indent=2,
        )


def _of_line(line: RuleLine, more: str) -> str:
    ports = f"{line.ports}{more} port{'' if line.ports == 1 else 's'}"
    if line.safer > line.ports:
        return f"{ports} ({_word(line.safer)} would be safer)"
    if line.use.need is Need.CALLERS:
        return f"{ports} ({line.ports - 1}, rounded up, and one so that no caller waits)"
    return ports


def _sum(rule: Rule) -> Text:
    terms = " + ".join(str(line.ports) for line in rule.lines) or "0"
    minimum = f"{terms} = {rule.bare_minimum}" if len(rule.lines) > 1 else terms
    return Text(
        f"- bare minimum {minimum}; plus {_word(MARGIN)} = {rule.ports}.",
        indent=2,
    )


def _readings(rule: Rule) -> Iterator[Text]:
    needs = dict.fromkeys(line.use.need for line in rule.lines)
    told = " ".join(_READINGS[need] for need in needs)
    yield Text(f"How the rule is read: {told} {_other_reading(rule)}".rstrip(), role="note")


def _other_reading(rule: Rule) -> str:
    if not any(line.use.need is Need.CALLERS for line in rule.lines):
        return ""
    other = rule.one_port_an_agent
    start = "It may also mean one port for each agent, less those that messages have"
    if any(line.use.need is Need.RECORDINGS and line.ports for line in rule.lines):
        start += ", beside those of recordings"
    if other == rule.bare_minimum:
        return f"{start}: the bare minimum is {other} either way."
    return f"{start}: a bare minimum of {other}, plus {_word(MARGIN)} = {other + MARGIN}."


def _beside(rule: Rule, size: Size) -> Grid:
    named: dict[int, list[str]] = {}
    for name, ports in (
        ("bare minimum", rule.bare_minimum),
        ("rule of thumb", rule.ports),
        ("needed", size.ports),
    ):
        if ports is not None and ports in size.sweep.tallies:
            named.setdefault(ports, []).append(name)
    counts = sorted(named)
    columns = [
        Column("", [", ".join(named[ports]) for ports in counts], align="left"),
        Column("ports", [str(ports) for ports in counts]),
        *_simulated(size.sweep, counts),
        Column("Erlang B,\nwhole load", [_erlang_b(rule, ports) for ports in counts], rank=1),
    ]
    marked = counts.index(size.ports) if size.ports in named else None
    return Grid(columns, marked, title="Simulated, with that many ports").fitted(WIDTH)


def _others(advised: Sequence[Advice], needed: int | None) -> Grid:
    """What each rule gives, and by how much that is too few or too many."""
    given = [each.ports for each in advised]
    columns = [
        Column("", [each.rule.name for each in advised], align="left"),
        Column("ports", [f"{ports:,}" for ports in given]),
    ]
    if needed is not None:
        columns.append(Column("beside\nthe need", [_beside_the_need(p - needed) for p in given]))
    publishers = [each.rule.published.split(", ")[0] for each in advised]
    columns.append(Column("published by", publishers, align="left", rank=1))
    return Grid(columns, title="What other rules give").fitted(WIDTH)


def _beside_the_need(difference: int) -> str:
    return f"{difference:+,}" if difference else "right"


def _simulated(sweep: Sweep, counts: Sequence[int]) -> Iterator[Column]:
    make = Columns(sweep, counts, Beside(()))
    for metric, rank in (("blocking", 0), ("hold_mean", 2), ("abandonment", 3)):
        for source in sweep.trial.floor.sources:
            yield from make.of(source.name, metric, rank)


def _erlang_b(rule: Rule, ports: int) -> str:
    return computed_text(rule.blocking_by_erlang_b(ports), "share")


def _word(count: int) -> str:
    return _WORDS[count] if count < len(_WORDS) else str(count)
