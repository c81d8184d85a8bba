"""The page of all metrics: names and units from the estimates, in words that stand here."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple, TypeAlias

from flexports.experiment.metrics import metric_units
from flexports.floor.read import parse_floor
from flexports.study.sweep import sweep
from generator.markdown import code, page, table

SHARE, TIME, AMOUNT, QUANTILE, LENGTH = (
    "share of calls",
    "share of time",
    "amount",
    "quantile",
    "length",
)


Row: TypeAlias = tuple[str, ...]


class Metric(NamedTuple):
    """What is said of a metric."""

    meaning: str
    interval: str


def _quantile(percent: int, of: str) -> Metric:
    return Metric(f"{percent} % of {of} are no longer", QUANTILE)


def _activity(what: str) -> Metric:
    return Metric(f"staffed time {what}, over all staffed time", TIME)


METRICS: Mapping[str, Metric] = MappingProxyType(
    {
        "offered": Metric("attempts a day that wanted a port", AMOUNT),
        "blocking": Metric("attempts that found no port, over offered", SHARE),
        "lost": Metric(
            "calls that the want of a port turned away for good, over first attempts", SHARE
        ),
        "carried_load": Metric("mean number of ports (or own lines) that its calls hold", AMOUNT),
        "answered": Metric("calls a day that an agent answered", AMOUNT),
        "abandonment": Metric("callers who gave up, over all who asked for an agent", SHARE),
        "hold_mean": Metric("mean hold of all who asked for an agent", AMOUNT),
        "hold_p50": _quantile(50, "holds"),
        "hold_p90": _quantile(90, "holds"),
        "hold_p95": _quantile(95, "holds"),
        "hold_p99": _quantile(99, "holds"),
        "hold_mean_answered": Metric("mean hold of those who were answered", AMOUNT),
        "service_level": Metric("answered within the target's time (20 s), over all asked", SHARE),
        "missed_recordings": Metric("talks to be recorded that found no port for it", SHARE),
        "dials": Metric("dials a day", AMOUNT),
        "by_hand": Metric("messages that an agent left in person, over all messages", SHARE),
        "speed_to_lead_mean": Metric("mean time from a lead's arrival to the dial", AMOUNT),
        "speed_to_lead_p90": _quantile(90, "these times"),
        "stale": Metric("leads given up, over leads on which the system acts", SHARE),
        "actions_skipped": Metric("leads of agents without `elf`, over all leads", SHARE),
        "port_wait_mean": Metric(
            "mean wait for a port; zero for those who had one at once", AMOUNT
        ),
        "port_wait_p95": _quantile(95, "these waits"),
        "retries": Metric("attempts a day that were not the first of their call", AMOUNT),
        "busy_mean": Metric("mean number of busy ports", TIME),
        "busy_peak": Metric("most ports busy at once, mean over days", AMOUNT),
        "time_congestion": Metric("time with no port free, over all time", TIME),
        "utilisation": Metric("`busy_mean` over the number of ports", TIME),
        "full_spells": Metric("spells a day with no port free", AMOUNT),
        "full_spell_mean": Metric("mean length of such a spell", LENGTH),
        "time_dialing": _activity("dialing"),
        "time_talking": _activity("talking"),
        "time_wrapping_up": _activity("wrapping up"),
        "time_by_hand": _activity("leaving messages in person"),
        "time_ringing": _activity("being rung for a lead"),
        "time_idle": _activity("idle"),
        "time_locked_out": _activity("without a seat on the dialer"),
    }
)
_TIMES = frozenset(name for name in METRICS if name.startswith("time_")) - {"time_congestion"}
_COLUMNS = ("metric", "unit", "meaning", "interval")
_IF = """
`missed_recordings` is told of a source with `record`, `retries` and `port_wait_...` of one with
`when_blocked` of `"retry"` or `"wait"`.
"""
_HEAD = """
# Metrics

What the column `metric` of every table, CSV, JSON and Parquet may hold. The columns are `ports,
source, metric, unit, value, low, high, days`: times are in seconds, shares from 0 to 1. `low` and
`high` are the ends of the interval, of 95 % unless `--confidence` says otherwise.

In `source` stands the name of a source, of a group of agents, or `ports`. Which metrics there are
depends on the floor alone, never on what happened on it. What exactly counts as what is told in
[what happens on the floor](../semantics.md#what-counts-as-what).
"""
_INTERVALS = """
## How intervals are made

Days are independent and calls within a day are not, so every interval is made of how days differ,
with Student's t. No interval has zero width.
"""
_MADE_BY = (
    (
        "share of calls",
        "Clopper and Pearson's limits, at the effective number of calls (Korn and Graubard 1998)",
        "what so many calls exclude, if they come in bunches",
    ),
    (
        "share of time",
        "the same, of moments",
        "spells that may have gone unseen, as long as a port is held on average",
    ),
    (
        "amount",
        "the gamma interval (Fay and Feuer 1997), at the effective number of events",
        "calls that may have gone unseen",
    ),
    ("quantile", "Woodruff (1952), from a histogram with bins of one percent", "no value"),
    ("length", "that of the mean of exponential times (Epstein and Sobel 1953)", "no value"),
)
_OF_SIZE = """
`size` does not decide by the intervals of the table. It looks at the days several times, at
several port counts and targets, and says only what holds for all these looks at once. So the
limits in its sentences are a little wider than those in its table.
"""
_ELSEWHERE = """
## Elsewhere

- `worst_blocking` (share): blocking in the interval of the day in which it is surely the largest.
  Its limits hold for all intervals of the day at once. Python:
  `flexports.estimates.worst_intervals`.
- `cost_per_month` (the floor's currency): rent, and what goes wrong, where the floor has
  `[prices]`. Its interval is that of what goes wrong; rent is certain.
- `sweep --by 15min` has some of these metrics by interval of the day: `blocking`, `abandonment`,
  `hold_mean`, `service_level`, `busy_mean`, `time_congestion`.
- `compare` has the difference of a metric between two port counts on the same days, with its own
  interval (paired, by the delta method), for all shares, means and loads.
"""
_RETRY = 'when_blocked = "retry"\nretry = { attempts = 3 }'
#: Keys with which a source does all that its kind can do.
_EVERYTHING = {
    "inbound": f'rate = "9 per hour"\nrecord = 0.1\n{_RETRY}',
    "power-dialer": "record = 0.1",
    "click-to-call": "record = 0.1",
    "broadcast": f'pace = "600 per hour"\nrecord = 0.1\n{_RETRY}',
    "lead-response": 'rate = "9 per hour"\nrecord = 0.1',
    "monitoring": 'when_blocked = "wait"',
    "fax": 'rate = "9 per hour"',
}
_FLOOR = """
[day]
length = "10 min"

[[agents]]
name = "group"
count = 1
licences = ["crm", "dialer-tab", "dialer", "agent-login", "elf", "fax"]

[[sources]]
kind = "{kind}"
name = "source"
{keys}
"""


def metrics_page() -> str:
    """Return the page.

    Raises
    ------
    LookupError
        If a metric is not told here, or one that is told is none.
    """
    units, having = metric_units(), {kind: metrics_of(kind) for kind in _EVERYTHING}
    if units.keys() != METRICS.keys():
        raise LookupError(f"docs/generator/metrics.py: {sorted(units.keys() ^ METRICS.keys())}")
    by_kind = {name: [kind for kind in having if name in having[kind]] for name in units}
    rest = [name for name in units if not by_kind[name]]
    pool = [name for name in rest if name not in _TIMES]
    return page(
        _HEAD,
        "## Of a source",
        table((*_COLUMNS, "kinds"), _of_sources(by_kind, units)),
        _IF,
        "## Of the ports",
        table(_COLUMNS, (_row(name, units) for name in pool)),
        "## Of a group of agents",
        table(_COLUMNS, (_row(name, units) for name in rest if name in _TIMES)),
        _INTERVALS,
        table(("", "made by", "where nothing was seen"), _MADE_BY),
        _OF_SIZE,
        _ELSEWHERE,
    )


def metrics_of(kind: str) -> frozenset[str]:
    """Return the metrics that a source of a kind may have: those of a short day of one."""
    with warnings.catch_warnings(action="ignore"):  # not every kind has a use for the group
        floor = parse_floor(_FLOOR.format(kind=kind, keys=_EVERYTHING[kind]))
    rows = sweep(floor, ports=[1], days=2).table
    return frozenset(rows.metric[rows.source == "source"])


def _of_sources(by_kind: Mapping[str, Sequence[str]], units: Mapping[str, str]) -> Iterator[Row]:
    for name, having in by_kind.items():
        if having:
            every = len(having) == len(_EVERYTHING)
            yield *_row(name, units), "all" if every else ", ".join(map(code, having))


def _row(name: str, units: Mapping[str, str]) -> Row:
    said = METRICS[name]
    return code(name), units[name], said.meaning, said.interval
