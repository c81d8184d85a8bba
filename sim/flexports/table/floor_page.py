"""A floor in words: day, agents, licences, each source in a sentence made from its keys."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from flexports.floor import Floor, Group, Source
from flexports.floor.licences import LICENCES
from flexports.floor.prices import Prices
from flexports.keys import declared_keys, first_paragraph
from flexports.table.key_words import duration_text, source_clauses
from flexports.table.numbers import ports_text, share_text
from flexports.table.page import Page, Text
from flexports.table.wording import listed
from flexports.units import format_clock

_DAY_S = 86_400.0


def floor_page(floor: Floor) -> Page:
    """Return a floor in words, a paragraph for each thing."""
    parts = [Text(f"{floor.name}.", role="answer")]
    for heading, sentences in floor_words(floor).items():
        parts += [Text(f"{heading}: {each}", indent=2) for each in sentences]
    return Page(parts)


def floor_words(floor: Floor) -> Mapping[str, Sequence[str]]:
    """Return what there is to say of a floor, by heading."""
    return {
        heading: told
        for heading, told in (
            ("Day", list(_day(floor))),
            ("Agents", [_group(group) for group in floor.agents]),
            ("Licences", list(_licences(floor))),
            ("Sources", [source_sentence(source) for source in floor.sources]),
            ("Targets", list(_targets(floor))),
            ("Prices", list(_prices(floor.prices))),
        )
        if told
    }


def source_sentence(source: Source) -> str:
    """Say what a source is and what its keys make of it."""
    what = " ".join(first_paragraph(type(source))).partition(". ")[0].rstrip(".:")
    clauses = source_clauses(source)
    served = f"; agents: {', then '.join(source.groups)}" if source.groups else ""
    first = f" Priority {source.priority}." if source.priority != 1 else ""
    told = "; ".join(clauses)
    return f"{source.name} ({source.kind}). {what}{served}. {told[:1].upper()}{told[1:]}.{first}"


def _day(floor: Floor) -> Iterator[str]:
    day = floor.day
    closes_s = (day.opens_s + day.length_s) % _DAY_S
    hours = f"from {format_clock(day.opens_s)} to {format_clock(closes_s)}"
    yield f"Open {duration_text(day.length_s)}, {hours}."
    if day.warm_up_s:
        yield f"The first {duration_text(day.warm_up_s)} of it do not count."
    if day.day_cv:
        yield f"Some days are busier than others, for all sources together (cv {day.day_cv:g})."
    if floor.ports.count is not None:
        yield f"{ports_text(floor.ports.count)} are rented today."


def _group(group: Group) -> str:
    agents = f"{group.count:,} agent{'' if group.count == 1 else 's'}"
    spells = [f"{format_clock(start)} to {format_clock(end)}" for start, end in group.shifts]
    when = listed(spells) if spells else "the whole day"
    held = listed(group.licences) if group.licences else "no licence"
    return f"{group.name}: {agents}, {when}; each with {held}."


def _licences(floor: Floor) -> Iterator[str]:
    for name, licence in LICENCES.items():
        holders = sum(group.count for group in floor.agents if name in group.licences)
        if not holders:
            continue
        size = floor.licences.size(name)
        pool = ""
        if licence.pooled:
            pool = "; a pool that is large enough" if size is None else f"; a pool of {size:,}"
        yield f"{name} ({licence.what_for}): {_agents(holders)}{pool}."


def _agents(count: int) -> str:
    return f"{count:,} agent{' holds' if count == 1 else 's hold'} it"


def _targets(floor: Floor) -> Iterator[str]:
    targets = floor.targets
    for share, most in (
        (targets.blocking, "of attempts find no port"),
        (targets.abandonment, "of callers give up"),
        (targets.missed_recordings, "of recordings find no port"),
    ):
        if isinstance(share, Mapping):
            each = [f"{share_text(bound)} for {name}" for name, bound in share.items()]
            if each:
                yield f"At most so many {most}: {listed(each)}."
        elif share is not None:
            yield f"At most {share_text(share)} {most}, of every source."
    level = targets.service_level
    if level is not None:
        within = duration_text(level.within_s)
        yield f"At least {share_text(level.share)} of callers are answered within {within}."


def _prices(prices: Prices | None) -> Iterator[str]:
    if prices is None:
        return
    for declared in declared_keys(type(prices)):
        value = getattr(prices, declared.field)
        if not value or declared.key in ("currency", "days_a_month", "minimum_ports"):
            continue
        yield f"{declared.description.rstrip('.')}: {value:,g} {prices.currency}."
    yield f"{prices.days_a_month} days make a month."
    if prices.minimum_ports:
        yield f"At least {ports_text(prices.minimum_ports)} are to be paid for."
