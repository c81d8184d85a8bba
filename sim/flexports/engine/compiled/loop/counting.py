"""Counting what happens while it happens, for days of which nobody wants to see every call.

The rules are those of `flexports.tally`, which counts the rows of calls; there each has its reason.
Times are rounded to ticks before anything is added up, so both come to the same integers.
"""

from __future__ import annotations

import numpy as np

from flexports.engine.compiled.codes import BY_HAND, LOST, NO_ACTION, RETRIES, STALE
from flexports.engine.compiled.layout import NOBODY
from flexports.engine.compiled.loop.compiling import part
from flexports.engine.compiled.loop.memory import mostly, nearest
from flexports.engine.compiled.loop.rows import (
    FloorAtWork,
    agent_at,
    busy_time_at,
    by_interval_at,
    call_at,
    counts_at,
    duty_at,
    edge_s,
    in_bin,
    interval_edge,
    interval_edge_s,
    line_at,
    meaning_of,
    port_counts_at,
    ports_by_interval_at,
    put_busy_time,
    put_in_bin,
    put_spent,
    spent_at,
    team_at,
)
from flexports.engine.counts import HALF
from flexports.engine.outcomes import MISSED, NOT_WANTED
from flexports.ticks import LARGEST_S, TICKS_PER_S

NOT_RECORDED, _MISSED = int(NOT_WANTED), int(MISSED)

LOW = (1 << HALF) - 1
_STEP_OF_BINS = np.log(1.01)


@part
def ticks(time_s: float) -> int:
    """Round a time to the nearest tick, as `flexports.ticks.to_ticks` does."""
    return nearest(min(time_s, LARGEST_S) * TICKS_PER_S)


@part
def count_call(floor: FloorAtWork, call: int) -> None:
    """Count an attempt that is over.

    Yes and no are 1 and 0 that are added, where nobody can foresee which it is.
    """
    row, meaning = call_at(floor, call), _meaning(floor, call)
    line = line_at(floor, row.line)
    counts = counts_at(floor, line.counts)
    counted = _is_in_span(floor, row.counts_at_s)
    offered = counted & int(row.offered_s == row.offered_s)
    blocked = offered & (1 - int(row.port_from_s <= row.counts_at_s))
    counts.offered += offered
    counts.blocked += blocked
    if line.dials:
        by_hand = counted & int((meaning & BY_HAND) != 0)
        counts.dials += _is_in_span(floor, row.began_s)
        counts.by_hand += by_hand
        counts.messages += by_hand | offered
    if row.tries == 1:
        counts.fresh += offered
        row.first_offered_s = row.offered_s
        row.first_counted = counted
        row.first_offered = offered
    else:
        counts.retries += counted
    found_port = int(row.port_from_s == row.port_from_s)
    counts.lost += row.first_offered & (1 - found_port) & int((meaning & LOST) != 0)
    if line.waits and row.first_offered and not meaning & RETRIES:
        _count_port_wait(floor, call)
    if line.reaches and row.first_counted:
        _count_lead(floor, call)
    if not counted:
        return
    if row.recorded != NOT_RECORDED:
        counts.recordings += 1
        counts.missed += row.recorded == _MISSED
    if row.asked_s == row.asked_s:
        _count_hold(floor, call)
    if floor.intervals:
        _count_in_interval(floor, call, blocked)


@part
def _is_in_span(floor: FloorAtWork, time_s: float) -> int:
    """Whether what happens at a time counts: 1 or 0."""
    return int(floor.from_s <= time_s) & int(time_s < floor.to_s)


@part
def _meaning(floor: FloorAtWork, call: int) -> int:
    """What the call's outcome means."""
    return meaning_of(floor, call_at(floor, call).outcome)


@part
def _count_port_wait(floor: FloorAtWork, call: int) -> None:
    """Count how long a call went without a port."""
    row = call_at(floor, call)
    counts = counts_at(floor, line_at(floor, row.line).counts)
    waited_s = _last_without_port_s(floor, call) - row.first_offered_s
    waited = ticks(waited_s)
    counts.port_wait_ticks += waited & LOW
    counts.port_wait_ticks_high += waited >> HALF
    _into_bin(floor, line_at(floor, row.line).wait_bins, waited_s)


@part
def _count_lead(floor: FloorAtWork, call: int) -> None:
    """Count an attempt at a lead."""
    row, meaning = call_at(floor, call), _meaning(floor, call)
    counts = counts_at(floor, line_at(floor, row.line).counts)
    counts.leads += row.tries == 1
    counts.skipped += (meaning & NO_ACTION) != 0
    counts.stale += (meaning & STALE) != 0
    if row.reached_s == row.reached_s:
        speed_s = row.reached_s - row.first_s
        speed = ticks(speed_s)
        counts.dialed += 1
        counts.speed_to_lead_ticks += speed & LOW
        counts.speed_to_lead_ticks_high += speed >> HALF
        _into_bin(floor, line_at(floor, row.line).speed_bins, speed_s)


@part
def _last_without_port_s(floor: FloorAtWork, call: int) -> float:
    """Up to when a call, in its last attempt, had no port."""
    row = call_at(floor, call)
    over_s = row.offered_s
    over_s = max(over_s, row.port_from_s)
    over_s = max(over_s, row.gave_up_s)
    return over_s


@part
def _count_hold(floor: FloorAtWork, call: int) -> None:
    """Count a call that asked for an agent."""
    row = call_at(floor, call)
    counts = counts_at(floor, line_at(floor, row.line).counts)
    held_s = row.held_to_s - row.asked_s
    held = ticks(held_s)
    counts.asked += 1
    counts.hold_ticks += held & LOW
    counts.hold_ticks_high += held >> HALF
    _into_bin(floor, line_at(floor, row.line).hold_bins, held_s)
    if row.agent == NOBODY:
        return
    counts.answered += 1
    counts.in_time += held_s <= floor.within_s
    counts.hold_answered_ticks += held & LOW
    counts.hold_answered_ticks_high += held >> HALF
    if row.answered_s == row.answered_s:
        talked = ticks(row.talk_to_s - row.answered_s)
        counts.talks += 1
        counts.talk_ticks += talked & LOW
        counts.talk_ticks_high += talked >> HALF


@part
def _count_in_interval(floor: FloorAtWork, call: int, blocked: int) -> None:
    """Count an attempt in the interval in which it was offered."""
    row = call_at(floor, call)
    interval, beyond = 0, floor.intervals
    while beyond - interval > 1:
        middle = (interval + beyond) // 2
        if row.counts_at_s < interval_edge_s(floor, middle):
            beyond = middle
        else:
            interval = middle
    of_line = line_at(floor, row.line).counts * floor.intervals
    counts = by_interval_at(floor, of_line + interval)
    counts.offered += row.offered_s == row.offered_s
    counts.blocked += blocked
    if row.asked_s == row.asked_s:
        held_s = row.held_to_s - row.asked_s
        held = ticks(held_s)
        answered = row.agent != NOBODY
        counts.asked += 1
        counts.answered += answered
        counts.in_time += answered and held_s <= floor.within_s
        counts.hold_ticks += held & LOW
        counts.hold_ticks_high += held >> HALF


@part
def _into_bin(floor: FloorAtWork, histogram: int, duration_s: float) -> None:
    """Count a duration among those no longer than the first edge that it does not pass."""
    if histogram == NOBODY:
        return
    place, edges = 0, floor.of_edges_s
    if duration_s > 0.0:
        # A guess by the logarithm, as the edges are a geometric series; the edges decide.
        guess = np.log(duration_s / edge_s(floor, 1)) / _STEP_OF_BINS
        place = 1 + int(min(max(guess, 0.0), edges - 1.0))
        while place > 0 and edge_s(floor, place - 1) >= duration_s:
            place -= 1
        while place < edges and edge_s(floor, place) < duration_s:
            place += 1
    place += (floor.run * floor.number_of_histograms + histogram) * floor.bins
    put_in_bin(floor, place, in_bin(floor, place) + 1)


@part
def count_work(floor: FloorAtWork, agent: int, activity: int, from_s: float, to_s: float) -> None:
    """Count what an agent is or was busy with, in his shifts."""
    if agent == NOBODY:
        return
    team = team_at(floor, agent_at(floor, agent).team)
    begins, ends = ticks(from_s), ticks(to_s)
    place = team.spent + activity
    if mostly(team.on_duty_from <= begins and ends <= team.on_duty_to):
        put_spent(floor, place, spent_at(floor, place) + ends - begins)
        return
    spent = 0
    for shift in range(team.duty, team.duty_end):
        hours = duty_at(floor, shift)
        spent += min(max(ends, hours.from_ticks), hours.to_ticks)
        spent -= min(max(begins, hours.from_ticks), hours.to_ticks)
    put_spent(floor, place, spent_at(floor, place) + spent)


@part
def count_leg(floor: FloorAtWork, line: int, from_ticks: int, own: bool) -> None:
    """Count a port that is given back, or a line of the source's own."""
    of_source = line_at(floor, line).own_lines
    counts = counts_at(floor, line_at(floor, line).counts)
    to_ticks = ticks(floor.now_s)
    begin, end = floor.from_ticks, floor.to_ticks
    if own or not of_source:
        counts.carried_ticks += min(max(to_ticks, begin), end) - min(max(from_ticks, begin), end)
    if not begin <= from_ticks < end:
        return
    lasted = to_ticks - from_ticks
    if own and of_source:
        counts.legs += 1
        counts.leg_ticks += lasted & LOW
        counts.leg_ticks_high += lasted >> HALF
    else:
        of_ports = port_counts_at(floor, floor.run)
        of_ports.legs += 1
        of_ports.leg_ticks += lasted & LOW
        of_ports.leg_ticks_high += lasted >> HALF


@part
def flex_ports_change(floor: FloorAtWork, change: int) -> None:
    """One flex port more, or one less, is busy from now on."""
    if floor.keeps_rows:
        return
    _pass_until(floor, ticks(floor.now_s))
    floor.busy += change


@part
def _pass_until(floor: FloorAtWork, now: int) -> None:
    """Count the time for which as many ports as now have been busy."""
    busy, since = floor.busy, floor.since_ticks
    if now >= floor.from_ticks and floor.before == NOBODY:
        floor.before = busy
    now = min(now, floor.to_ticks)
    if now <= since:
        return
    place = floor.busy_time_of_run + busy
    put_busy_time(floor, place, busy_time_at(floor, place) + now - since)
    full = int(busy >= floor.ports)
    _pass_full_or_not(floor, full, now - since)
    if floor.intervals:
        _pass_intervals(floor, now, full)
    floor.since_ticks = now


@part
def _pass_full_or_not(floor: FloorAtWork, full: int, lasted: int) -> None:
    """Count time in which all ports are busy, or are not, and a spell of it if one begins.

    A spell counts if it began in the span; while there is none, `spell_counts` tells nothing. There
    is no branch, as nobody can foresee which it is.
    """
    began_before = int(floor.since_ticks == floor.from_ticks > 0 and floor.before >= floor.ports)
    begins = full & (1 - floor.full)
    counts = begins & (1 - began_before) | (1 - begins) & floor.spell_counts
    of_ports = port_counts_at(floor, floor.run)
    of_ports.full_spells += begins & counts
    of_ports.full_spell_ticks += lasted * (full & counts)
    floor.spell_counts = counts
    floor.full = full


@part
def _pass_intervals(floor: FloorAtWork, now: int, full: int) -> None:
    """Count the same time in its intervals."""
    since = floor.since_ticks
    while since < now:
        while interval_edge(floor, floor.interval + 1) <= since:
            floor.interval += 1
        until = min(now, interval_edge(floor, floor.interval + 1))
        counts = ports_by_interval_at(floor, floor.run * floor.intervals + floor.interval)
        counts.busy_ticks += (until - since) * floor.busy
        counts.full_ticks += (until - since) * full
        since = until


@part
def open_books(floor: FloorAtWork, ports: int) -> None:
    """A day begins."""
    floor.ports = ports
    floor.busy = floor.full = floor.interval = 0
    floor.since_ticks = floor.from_ticks
    floor.before = NOBODY
    floor.busy_time_of_run = floor.run * (floor.most_ports + 1)
    for line in range(floor.of_lines):
        line_at(floor, line).counts = floor.run * floor.of_lines + line
    for team in range(floor.of_teams):
        team_at(floor, team).spent = (floor.run * floor.of_teams + team) * floor.activities


@part
def close_books(floor: FloorAtWork) -> None:
    """The day is over, and everything that began on it."""
    if floor.keeps_rows:
        return
    _pass_until(floor, floor.to_ticks)
    _add_up_busy_time(floor)


@part
def _add_up_busy_time(floor: FloorAtWork) -> None:
    counts = port_counts_at(floor, floor.run)
    for busy in range(floor.most_ports + 1):
        time = busy_time_at(floor, floor.busy_time_of_run + busy)
        counts.busy_ticks += time * busy
        if busy >= floor.ports:
            counts.full_ticks += time
        if time:
            counts.peak = busy
