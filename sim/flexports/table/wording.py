"""Targets and what fails on them, in words."""

from __future__ import annotations

import math
from collections.abc import Sequence

from flexports.estimates import Estimate
from flexports.floor import Floor
from flexports.study.targets import Failure, Target
from flexports.table.numbers import (
    down_from_whole,
    interval_text,
    share_text,
    up,
    value_text,
)
from flexports.units import format_duration

DEFAULT_WITHIN_S = 20.0
"""The time of the service level where none is asked for."""

METRICS = {
    "offered": "offered\na day",
    "blocking": "blocking",
    "lost": "lost",
    "carried_load": "carried\nload",
    "answered": "answered\na day",
    "abandonment": "gave up",
    "hold_mean": "hold\nmean",
    "hold_p50": "hold\np50",
    "hold_p90": "hold\np90",
    "hold_p95": "hold\np95",
    "hold_p99": "hold\np99",
    "hold_mean_answered": "mean hold\nif answered",
    "service_level": "service\nlevel",
    "missed_recordings": "recordings\nmissed",
    "dials": "dials\na day",
    "by_hand": "by hand",
    "busy_mean": "mean\nbusy",
    "busy_peak": "peak of\na day",
    "time_congestion": "all busy",
    "utilisation": "utilisation",
}
"""Metrics as heads of columns."""


def metric_head(metric: str) -> str:
    """Return a metric as the head of a column."""
    if metric.startswith("time_") and metric not in METRICS:
        return metric.removeprefix("time_").replace("_", " ")
    return METRICS.get(metric, metric.replace("_", " "))


def one_line_head(metric: str) -> str:
    """Return a metric in one line."""
    return metric_head(metric).replace("\n", " ")


PLAIN = {
    "offered": "attempts a day",
    "blocking": "find no port",
    "lost": "are turned away for good",
    "carried_load": "ports held on average",
    "answered": "answered a day",
    "abandonment": "give up",
    "hold_mean": "hold for an agent, on average",
    "hold_p50": "50 % hold no longer than",
    "hold_p90": "90 % hold no longer than",
    "hold_p95": "95 % hold no longer than",
    "hold_p99": "99 % hold no longer than",
    "hold_mean_answered": "hold of those answered, on average",
    "missed_recordings": "recordings that find no port",
    "dials": "dials a day",
    "by_hand": "messages that agents leave in person",
    "speed_to_lead_mean": "from lead to dial, on average",
    "speed_to_lead_p90": "90 % of leads are dialed within",
    "stale": "leads that go stale",
    "actions_skipped": "leads without any action",
    "port_wait_mean": "wait for a port, on average",
    "port_wait_p95": "95 % wait for a port no longer than",
    "retries": "attempts a day that come back",
    "busy_mean": "busy on average",
    "busy_peak": "most busy at once, mean of the days",
    "time_congestion": "time with none free",
    "utilisation": "share of the ports in use",
    "full_spells": "spells a day with none free",
    "full_spell_mean": "length of such a spell, on average",
    "cost_per_month": "a month, rent and what goes wrong",
}
"""Metrics as the rest of a sentence that begins with a source."""


_OF_OWN_LINES = {
    "blocking": "find none of their lines free",
    "carried_load": "lines of their own in use on average",
    "port_wait_mean": "wait for a line, on average",
    "port_wait_p95": "95 % wait for a line no longer than",
}


def plain_metric(floor: Floor, metric: str, *, own_lines: bool = False) -> str:
    """Return a metric in plain words; of a source with lines of its own, of those."""
    if own_lines and metric in _OF_OWN_LINES:
        return _OF_OWN_LINES[metric]
    if metric == "service_level":
        level = floor.targets.service_level
        within_s = DEFAULT_WITHIN_S if level is None else level.within_s
        return f"are answered within {format_duration(within_s)}"
    if metric.startswith("time_") and metric not in PLAIN:
        return f"agents' time: {metric.removeprefix('time_').replace('_', ' ')}"
    return PLAIN.get(metric, metric.replace("_", " "))


def calls_of(floor: Floor, source: str) -> str:
    """Return what a source's attempts at a port are called: ``outbound messages``.

    Of a name that is a plural: ``messages of recalls``.

    What a dialer wants a port for is a message; everything else is a call.
    """
    what = "messages" if floor.source(source).dials_for else "calls"
    if source.endswith(what):
        return source
    return f"{what} of {source}" if source.endswith("s") else f"{source} {what}"


class Wording:
    """Says what targets demand of one floor, and how far they are met."""

    def __init__(self, floor: Floor) -> None:
        self._floor = floor

    def all_met(self, met: Sequence[tuple[Target, Estimate]]) -> str:
        """Say how far targets are met, with the bounds that are certain."""
        clauses: dict[tuple[str, str], list[str]] = {}
        for target, estimate in met:
            bound, subject, predicate = self._met(target, estimate)
            clauses.setdefault((bound, predicate), []).append(subject)
        return listed(
            [
                f"{bound} {listed(subjects)} {predicate}"
                for (bound, predicate), subjects in clauses.items()
            ]
        )

    def _met(self, target: Target, estimate: Estimate) -> tuple[str, str, str]:
        subject, predicate = self._clause(target)
        if target.at_least:
            share = down_from_whole(estimate.low) if estimate.low < 1 else "100"
            return "at least", f"{share} % {subject}", predicate
        return "at most", f"{up(100 * estimate.high)} % {subject}", predicate

    def missed(self, failure: Failure) -> str:
        """Say how a target is missed, with the interval and the target."""
        if math.isnan(failure.estimate.value):
            return f"there were no {calls_of(self._floor, failure.target.source)} to judge by"
        subject, predicate = self._clause(failure.target)
        return f"{self._figures(failure)} {subject} {predicate}, {self._judgement(failure)}"

    def missed_briefly(self, failure: Failure) -> str:
        """Say how a target is missed that has just been named."""
        if math.isnan(failure.estimate.value):
            return "there were none to judge by"
        return f"it is {self._figures(failure)}, {self._judgement(failure)}"

    def all_missed(self, failures: Sequence[Failure], most: int = 2) -> str:
        """Say how several targets are missed: the certain ones first, no more than `most`."""
        worst = sorted(failures, key=lambda each: not each.is_certain)
        told = " and ".join(self.missed(each) for each in worst[:most])
        more = len(worst) - most
        return f"{told}, and {more} more" if more > 0 else told

    def _figures(self, failure: Failure) -> str:
        estimate, bound = failure.estimate, failure.target.bound
        if estimate.value == 0 and not failure.target.at_least:
            return f"at most {up(100 * estimate.high)} %"
        return f"{value_text(estimate)} ({interval_text(estimate, against=bound)})"

    def _judgement(self, failure: Failure) -> str:
        target = failure.target
        bound = f"the target of {share_text(target.bound)}"
        if not failure.is_certain:
            return f"not yet shown to meet {bound}"
        return f"{'below' if target.at_least else 'above'} {bound}"

    def _clause(self, target: Target) -> tuple[str, str]:
        """Return whom a target is about, and what befalls them."""
        source = target.source
        match target.metric:
            case "blocking":
                return f"of {calls_of(self._floor, source)}", "find no port"
            case "missed_recordings":
                return f"of {source} recordings", "find no port"
            case "abandonment":
                return f"of {source} callers", "give up"
            case _:
                within = self._floor.targets.service_level
                time = "" if within is None else f" within {format_duration(within.within_s)}"
                return f"of {source} callers", f"are answered{time}"


def listed(clauses: Sequence[str]) -> str:
    """Return clauses as a list in a sentence."""
    if len(clauses) <= 1:
        return "".join(clauses)
    return f"{', '.join(clauses[:-1])} and {clauses[-1]}"


def fails_on(failures: Sequence[Failure]) -> str:
    """Return what a port count fails on, for a cell: ``outbound blocking (+1)``."""
    if not failures:
        return "nothing"
    first = min(failures, key=lambda each: not each.is_certain)
    doubt = "" if first.is_certain else "?"
    name = {"missed_recordings": "recordings", "service_level": "service level"}.get(
        first.target.metric, first.target.metric
    )
    more = f" (+{len(failures) - 1})" if len(failures) > 1 else ""
    return f"{first.target.source} {name}{doubt}{more}"
