"""docs/validation.md, written from the battery and what its simulations gave."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from time import perf_counter

from theory.answers import CHAINS, CLOSED_FORMS
from validation.agreement import ASKED
from validation.battery import IN_PART, NO_FLOOR, OWN, simulations
from validation.floors import ALWAYS_A_PORT
from validation.questions import Answer, Simulation, answers, cases

TITLES = {
    "erlang_b": "Erlang B",
    "insensitivity": "Insensitivity to the law of the holding time",
    "overflow": "Overflow",
    "erlang_c": "Erlang C",
    "erlang_a": "Erlang A",
    "general_service": "Queues with other laws of the talk",
    "priority": "Priorities",
    "transient": "A day that begins empty",
    "finite_ports": "Agents and fewer ports than callers",
    "port_and_agent": "Ports and agents",
    "recording": "Recordings",
    "press1": "Press 1",
    "closed_population": "Voice messages",
    "reservation": "Trunk reservation",
    "mixed": "Voice messages and callers",
    "company_x": "Company X",
    "retrial": "Blocked calls that come back",
    "engset": "A limited number of users",
    "port_wait": "Waiting for a port",
    "fax": "Faxes",
    "seats": "Fewer seats on the dialer than agents",
    "leads": "Leads that go stale",
    "time_varying": "Rates by time of day",
    "busy_days": "Days that differ",
}

HEAD = """# Validation

Each row is a value that is known without simulation, and what the simulation says of it. The
values come from the cases in [tests/validation](../tests/validation/README.md): closed forms, exact
Markov chains, published tables. Nothing in them was made by this package.

Systems that have no case there are worked out in `tests/validation/system_answers.py` and by those
parts of `flexports.theory` that the cases prove; each says so below its table.

This page is written by `make validation`, which runs every simulation anew. `make test` asks the
same questions of the same simulations, and fails if one value lies outside its interval.

- **interval**: so wide that all of up to {asked:,} values are inside with 99 % (Bonferroni).
- **±**: half of the 95 % interval of the one row, as a share of its value: how long the simulation
  was. About 2 % was aimed at, 5 % below 0.01. Of the rarest losses in a row of port counts a
  simulation can only say that they are rare.
- A steady state is a long day after a warm-up, on {days} independent days. Ports that never run out
  are written as ∞.

{verdict}
"""

VERDICT = """**All {rows} values of the cases lie where the simulation says.** So do all {exact}
values that the tool works out by itself for these floors and shows beside its own simulations:
every metric of every source, group and port count whose chain is small."""


@dataclass(frozen=True)
class Outcome:
    """What one simulation gave."""

    name: str
    told: Sequence[Answer]
    exact: Sequence[Answer]
    seconds: float


def run(number: int) -> Outcome:
    """Run one simulation of the battery, by its number: for a process of its own."""
    simulation = simulations()[number]
    began = perf_counter()
    days = simulation.run()
    exact = answers([*simulation.exact()], days)
    told = answers(simulation.questions, days)
    return Outcome(simulation.name, told, exact, perf_counter() - began)


def document(outcomes: Sequence[Outcome]) -> str:
    """The whole page."""
    by_name = {outcome.name: outcome for outcome in outcomes}
    parts = [_head(outcomes)]
    for family, title in TITLES.items():
        of_family = [each for each in simulations() if each.family == family]
        rows = [row for each in of_family for row in _rows(each, by_name[each.name])]
        parts.append(f"## {title}\n\n" + _table(COLUMNS, rows) + _sources(of_family))
    parts += [_no_floor(), _wrong()]
    return "\n".join(parts)


COLUMNS = ("case", "what", "ports", "known", "simulated", "interval", "±", "days")


def _head(outcomes: Sequence[Outcome]) -> str:
    return HEAD.format(asked=ASKED, days=simulations()[0].days, verdict=_verdict(outcomes))


def _verdict(outcomes: Sequence[Outcome]) -> str:
    told = [answer for outcome in outcomes for answer in outcome.told]
    exact = [answer for outcome in outcomes for answer in outcome.exact]
    outside = [
        f"- **outside**: {question.what}, {question.ports} ports: {number(question.value)} is not "
        f"in {number(seen.low)} to {number(seen.high)}"
        for question, seen in (*told, *exact)
        if not seen.contains(question.value)
    ]
    return "\n".join(outside) or VERDICT.format(rows=len(told), exact=len(exact))


def _rows(simulation: Simulation, outcome: Outcome) -> Iterator[tuple[str, ...]]:
    for question, seen in outcome.told:
        yield (
            f"`{question.case}`",
            question.what,
            "∞" if question.ports == ALWAYS_A_PORT else str(question.ports),
            number(question.value),
            number(seen.value) + ("" if seen.contains(question.value) else " **outside**"),
            f"{number(seen.low)} to {number(seen.high)}",
            f"{100 * seen.precision:.2g} %" if seen.precision < 1 else "-",
            str(simulation.days),
        )


def number(value: float) -> str:
    """Four digits, or five from 1,000 on."""
    if value == 0 or abs(value) < 1e-12:
        return "0"
    if abs(value) < 1e-4:
        return re.sub(r"e-0*", "e-", f"{value:.2e}")
    return f"{value:.4g}" if abs(value) < 1000 else f"{value:.0f}"


def _table(columns: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    lines = [columns, ["---"] * len(columns), *rows]
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def _sources(of_family: Sequence[Simulation]) -> str:
    names = dict.fromkeys(question.case for each in of_family for question in each.questions)
    lines = [f"- `{name}`: {_source(name)}" for name in names]
    return "\n" + "\n".join(lines) + "\n"


def _source(name: str) -> str:
    if name not in cases():
        return OWN[name]
    text = str(cases()[name]["source"]).replace("(reference.py)", "").replace("  ", " ")
    printed = cases()[name].get("published", {})
    values = [each for each in _listed(printed.get("value")) if each is not None]
    if values:
        text += "; printed: " + ", ".join(f"{each:g}" for each in values)
    if "note" in printed:
        text += f" ({printed['note']})"
    if name in IN_PART:
        text += f". Left out: {IN_PART[name]}"
    return re.sub(r"\s+([,.;])", r"\1", text.strip())


def _listed(value: object) -> list[float]:
    return value if isinstance(value, list) else [value]  # type: ignore[list-item]


def _no_floor() -> str:
    rows = [
        (f"`{name}`", _all(cases()[name]["value"]), _all(_by_theory(name)), why)
        for name, why in NO_FLOOR.items()
    ]
    return (
        "## Cases that no floor can express, or not yet\n\n"
        "The closed forms and exact chains of `flexports.theory` answer them, to 1e-8 and better\n"
        "(`tests/theory/test_cases.py`).\n\n"
        + _table(("case", "known", "by theory", "why no simulation"), rows)
    )


@cache
def _by_theory(name: str) -> tuple[float, ...]:
    answer = {**CLOSED_FORMS, **CHAINS}.get(name)
    return () if answer is None else tuple(float(each) for each in answer(cases()[name]["model"]))


def _all(values: object) -> str:
    listed = list(values) if isinstance(values, list | tuple) else [values]
    return ", ".join(number(float(each)) for each in listed) or "-"


def _wrong() -> str:
    rows = [
        (f"`{name}`", number(case["published"]["value"]), _all(case["value"]), _why(name))
        for name, case in cases().items()
        if name in WRONG
    ]
    return (
        "## Published values that are wrong\n\n"
        "They are kept as traps: what reproduces them has the same mistake.\n\n"
        + _table(("case", "printed", "right", "why"), rows)
    )


WRONG = {
    "erlc-c25-A20": (
        "PRODYNA/exciting-algorithms, `erlangb_test.go` and `erlangc_test.go`: off by one server"
    ),
    "kr-reservation-exact": "Roberts' approximation, 3 % low; the chain is exact",
    "exterlb-6-3-50": "another recursion; the extended Erlang B is a fixed point",
}


def _why(name: str) -> str:
    return WRONG[name]
