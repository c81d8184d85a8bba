"""Can this be trusted? Checks that a reader can follow, on the very days of the report."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from flexports.estimates import Estimate
from flexports.report.material import Material
from flexports.report.tables import Cell, Table, heads
from flexports.study.exact import Standing, disagreements
from flexports.study.targets import Target
from flexports.table.key_words import duration_text
from flexports.table.numbers import computed_text, interval_text, share_text, value_text
from flexports.table.wording import one_line_head
from flexports.tally import TICKS_PER_S, SourceFrame, Tally
from flexports.theory import mean_number

_AT_THE_EDGES = 4.0
"""How many mean holding times at either end of a day may make the two sides differ."""
_SPREAD = 3.0


@dataclass(frozen=True)
class Check:
    """One check.

    Attributes
    ----------
    title, text : str
    verdict : str
        ``holds``, ``look``, or nothing where there is nothing to hold.
    """

    title: str
    text: str
    verdict: str = ""


def checks(material: Material) -> Sequence[Check]:
    """All checks of a report."""
    return [
        _conservation(material),
        _littles_law(material),
        _closed_forms(material),
        _certainty(material),
        _warm_up(material),
    ]


def _tally(material: Material) -> Tally:
    return material.sweep.tallies[material.centre]


def _conservation(material: Material) -> Check:
    """What the calls say of ports taken, and what the ports say themselves."""
    tally = _tally(material)
    got, edges = 0, False
    for source, moments in zip(tally.frame.sources, tally.sources, strict=True):
        waits = _waits(material, source)
        if source.wants_port and not source.own_lines:
            gone = moments.sum("lost") if waits else moments.sum("blocked")
            got += moments.sum("offered") - gone
        got += moments.sum("recordings") - moments.sum("missed")
        edges = edges or waits or source.records
    taken = tally.ports.sum("legs")
    apart = abs(taken - got)
    agents = sum(group.count for group in material.floor.agents)
    allowed = tally.days * (material.centre + agents) if edges else 0
    text = (
        f"On {tally.days:,} simulated days with {material.centre:,} ports, the calls say that a "
        f"port was taken {got:,} times; the ports, counted by themselves, say {taken:,} times."
    )
    if apart:
        text += f" The {apart:,} between them were taken before or after the hours that count."
    else:
        text += " No call is lost or counted twice."
    return Check("Every call is accounted for", text, _holds(apart <= allowed))


def _waits(material: Material, source: SourceFrame) -> bool:
    return getattr(material.floor.source(source.name), "when_blocked", "") == "wait"


def calls_table(material: Material) -> Table:
    """What became of the attempts of each source: counted, not estimated."""
    tally = _tally(material)
    rows = []
    for source, moments in zip(tally.frame.sources, tally.sources, strict=True):
        if not source.wants_port or source.own_lines:
            continue
        offered, blocked = moments.sum("offered"), moments.sum("blocked")
        numbers = (offered, offered - blocked, blocked, moments.sum("lost"))
        rows.append([Cell(source.name), *(Cell(f"{number:,}") for number in numbers)])
    columns = heads("", "attempts", "found a port at once", "found none", "turned away for good")
    title = f"What became of all attempts: {tally.days:,} days with {material.centre:,} ports"
    return Table(title, columns, rows, note="Counts of the simulated days, not estimates.")


def _littles_law(material: Material) -> Check:
    """The load as an area under the ports in use, and as rate times holding time."""
    tally = _tally(material)
    span_s = tally.frame.span_ticks / TICKS_PER_S
    legs, leg_ticks = tally.ports.sum("legs"), tally.ports.sum("leg_ticks")
    title = "Little's law"
    if not legs:
        return Check(title, "No port was ever taken: there is nothing to compare.")
    held_s = leg_ticks / legs / TICKS_PER_S
    rate_per_s = legs / tally.days / span_s
    by_law = mean_number(rate_per_s, held_s)
    area = tally.ports.sum("busy_ticks") / TICKS_PER_S / tally.days / span_s
    room = max(_AT_THE_EDGES * _SPREAD * held_s / span_s, 1e-9)
    agrees = abs(area - by_law) <= room * max(area, by_law)
    text = (
        f"Ports taken {rate_per_s * 3600:.4g} times an hour and held {duration_text(held_s)} each "
        f"make {computed_text(by_law, 'ports')} ports in use; the time average of the ports in "
        f"use, measured by itself, is {computed_text(area, 'ports')}. What they differ by is what "
        "was under way when the day began to count, and when it closed."
    )
    return Check(title, text, _holds(agrees))


def _closed_forms(material: Material) -> Check:
    title = "Beside theory"
    if not material.exact:
        text = (
            "This floor is too large, or varies too much with the time of day, to be worked out "
            "without simulation. Floors that can be are compared with it in the project's "
            "validation."
        )
        return Check(title, text)
    standing, states = material.exact[0].standing, max(each.states for each in material.exact)
    if standing is not Standing.EXACT:
        text = (
            f"As if every duration were exponential, the floor is a Markov chain of up to "
            f"{states:,} states, worked out exactly. The simulation need not agree with it: what "
            "the two differ by is what the real durations make of it. See the table."
        )
        return Check(title, text)
    wrong = disagreements(material.sweep, material.exact)
    text = (
        f"The floor is a Markov chain of up to {states:,} states, worked out exactly; of "
        f"{len(material.exact):,} values the simulation excludes "
        f"{'none' if not wrong else f'{len(wrong):,}'}, in a comparison that would call a right "
        "simulation wrong once in a thousand reports."
    )
    return Check(title, text, _holds(not wrong))


def _certainty(material: Material) -> Check:
    found = material.size
    days = material.sweep.days_of(material.centre)
    sure = f"{100 * material.sweep.confidence:g} %"
    settled = found.ports is not None and not found.undecided
    text = (
        f"{days:,} days were run with {material.centre:,} ports. The answer as a whole is {sure} "
        "sure: the intervals that judge it allow for every target, every port count and every "
        "look at the days. "
    )
    if settled:
        text += "Each of them lies on one side of its target."
    elif found.ports is not None:
        text += "One port fewer may do as well: that is not settled on these days."
    elif found.best.is_certain:
        text += "Every port count that was tried surely misses a target."
    else:
        text += "No port count is shown to meet all targets on these days: more days may tell."
    is_answered = settled or (found.ports is None and found.best.is_certain)
    return Check("Precision reached", text, _holds(is_answered))


def _warm_up(material: Material) -> Check:
    day = material.floor.day
    if day.warm_up_s:
        text = (
            f"Every day begins empty. What was offered in its first {duration_text(day.warm_up_s)} "
            "does not count, so that the empty floor of the opening does not flatter the figures."
        )
    else:
        text = (
            "Every day begins empty, as the floor does in the morning, and every call from opening "
            "to closing counts, with its whole outcome, even where that comes after closing."
        )
    return Check("Opening and closing", text)


def _holds(does: bool) -> str:
    return "holds" if does else "look"


def precision_table(material: Material) -> Table:
    """How near each judgement is to its target, at the answer and one port below."""
    found = material.size
    counts = [ports for ports in (material.centre - 1, material.centre) if found.is_tried(ports)]
    rows = [
        _judged(target, ports, found.judged.estimate(ports, target.source, target.metric))
        for ports in counts
        for target in found.targets
    ]
    columns = [
        *heads("ports"),
        Cell("target", words=True),
        *heads("asked for", "found", "half-width, points", "distance, points"),
        Cell("settled", words=True),
    ]
    note = (
        "Half-width: of the interval that judges, which allows for all looks, targets and counts. "
        "Distance: from what was found to what is asked for. Both in percentage points."
    )
    return Table("How near the judgements are", columns, rows, note=note)


def _judged(target: Target, ports: int, estimate: Estimate) -> Sequence[Cell]:
    most = "at least" if target.at_least else "at most"
    settled = target.is_met_by(estimate) or target.is_missed_by(estimate)
    return [
        Cell(f"{ports:,}"),
        Cell(f"{target.source}: {one_line_head(target.metric)}", words=True),
        Cell(f"{most} {share_text(target.bound)}"),
        Cell(value_text(estimate), _interval(estimate, target)),
        Cell(_points(estimate.half_width)),
        Cell(_points(abs(target.bound - estimate.value))),
        Cell("yes" if settled else "no", words=True),
    ]


def _interval(estimate: Estimate, target: Target) -> str:
    return "" if math.isnan(estimate.value) else interval_text(estimate, target.bound)


def _points(share: float) -> str:
    return computed_text(share, "share").removesuffix(" %")


def input_lines(material: Material) -> Iterator[str]:
    """Say where the input comes from, and what was run on it."""
    origin, trial = material.origin, material.sweep.trial
    yield f"File: {origin.file}"
    if origin.sha256:
        yield f"SHA-256 of the file: {origin.sha256}"
    days = f"{material.sweep.fewest_days:,}"
    if material.sweep.days > material.sweep.fewest_days:
        days += f" to {material.sweep.days:,}"
    yield f"{days} days on each port count, seed {trial.seed}, engine {trial.engine}"
    yield f"flexports {origin.version}"
    yield from origin.more
