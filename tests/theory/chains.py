"""The exact Markov chains of the validation cases, each written as what can happen in a state.

All times are exponential unless a builder says otherwise. Events are counted by the names that the
builders' docstrings give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import partial
from typing import NamedTuple

from flexports.theory import Chain, Transition


class Dialing(NamedTuple):
    """Agents who dial, by stage of the cycle; those who leave a message by hand; the ports."""

    stages: tuple[int, ...]
    by_hand: int
    messages: int
    inbound: int


def voice_messages(
    *,
    agents: int,
    cycle_mean: float,
    p_message: float,
    message_mean: float,
    ports: int,
    by_hand: bool = True,
    stages: int = 1,
    inbound_rate: float = 0.0,
    inbound_hold_mean: float = 1.0,
    reserve: int = 0,
) -> Chain[Dialing]:
    """Dialing agents and their automated messages, beside inbound calls that need no agent.

    The cycle is Erlang-`stages`. A message takes a port if more than `reserve` are free; otherwise
    the agent leaves it by hand, or skips it. Events: cycle, message, message blocked, inbound,
    inbound blocked.
    """

    def cycle_ends(now: Dialing) -> Iterator[Transition[Dialing]]:
        rate = now.stages[-1] * stages / cycle_mean
        restarted = _move(now.stages, -1, 0)
        yield Transition(rate * (1 - p_message), now._replace(stages=restarted), ("cycle",))
        rate *= p_message
        if ports - now.messages - now.inbound > reserve:
            after = now._replace(stages=restarted, messages=now.messages + 1)
            yield Transition(rate, after, ("cycle", "message"))
            return
        after = now._replace(stages=restarted)
        if by_hand:
            left = (*now.stages[:-1], now.stages[-1] - 1)
            after = now._replace(stages=left, by_hand=now.by_hand + 1)
        yield Transition(rate, after, ("cycle", "message", "message blocked"))

    def transitions(now: Dialing) -> Iterator[Transition[Dialing]]:
        for stage in range(stages - 1):
            if now.stages[stage]:
                after = now._replace(stages=_move(now.stages, stage, stage + 1))
                yield Transition(now.stages[stage] * stages / cycle_mean, after)
        if now.stages[-1]:
            yield from cycle_ends(now)
        if now.by_hand:
            again = (now.stages[0] + 1, *now.stages[1:])
            after = now._replace(stages=again, by_hand=now.by_hand - 1)
            yield Transition(now.by_hand / message_mean, after)
        if now.messages:
            after = now._replace(messages=now.messages - 1)
            yield Transition(now.messages / message_mean, after)
        yield from inbound(now)

    def inbound(now: Dialing) -> Iterator[Transition[Dialing]]:
        if now.inbound:
            after = now._replace(inbound=now.inbound - 1)
            yield Transition(now.inbound / inbound_hold_mean, after)
        if now.messages + now.inbound < ports:
            yield Transition(inbound_rate, now._replace(inbound=now.inbound + 1), ("inbound",))
        else:
            yield Transition(inbound_rate, now, ("inbound", "inbound blocked"))

    return Chain(Dialing((agents, *(0,) * (stages - 1)), 0, 0, 0), transitions)


def _move(stages: tuple[int, ...], source: int, target: int) -> tuple[int, ...]:
    counts = list(stages)
    counts[source] -= 1
    counts[target] += 1
    return tuple(counts)


class Calls(NamedTuple):
    """Calls that need an agent: talking on one port or on two, waiting; agents wrapping up."""

    plain: int
    recorded: int
    wrapping_up: int
    waiting: int

    @property
    def ports(self) -> int:
        return self.plain + 2 * self.recorded + self.waiting

    @property
    def talking(self) -> int:
        return self.plain + self.recorded


def agent_calls(
    *,
    arrival_rate: float,
    talk_mean: float,
    agents: int,
    ports: int,
    patience_mean: float,
    wrap_up_mean: float = 0.0,
    p_record: float = 0.0,
    batches: Sequence[float] = (1.0,),
) -> Chain[Calls]:
    """Calls that hold a port while they wait for an agent, first come first served, and talk.

    `batches` are the probabilities of 1, 2, ... arrivals at once, let in one by one. A recording
    takes a second port at the answer, if one is free. Events: offered, blocked, abandoned,
    wanted (a recording), recorded.
    """

    def seat(now: Calls, rate: float, events: tuple[str, ...]) -> Iterator[Transition[Calls]]:
        """Let a free agent answer whoever waits."""
        if not now.waiting or now.talking + now.wrapping_up == agents:
            yield Transition(rate, now, events)
            return
        now = now._replace(waiting=now.waiting - 1)
        plain = now._replace(plain=now.plain + 1)
        yield Transition(rate * (1 - p_record), plain, events)
        wanted = (*events, "wanted")
        if plain.ports < ports:
            recorded = now._replace(recorded=now.recorded + 1)
            yield Transition(rate * p_record, recorded, (*wanted, "recorded"))
        else:
            yield Transition(rate * p_record, plain, wanted)

    def arrive(
        now: Calls, rate: float, size: int, events: tuple[str, ...]
    ) -> Iterator[Transition[Calls]]:
        if not size:
            yield Transition(rate, now, events)
        elif now.ports < ports:
            joined = now._replace(waiting=now.waiting + 1)
            for seated in seat(joined, rate, (*events, "offered")):
                yield from arrive(seated.to, seated.rate, size - 1, seated.events)
        else:
            yield from arrive(now, rate, size - 1, (*events, "offered", "blocked"))

    def hang_up(now: Calls, rate: float) -> Iterator[Transition[Calls]]:
        if wrap_up_mean:
            yield Transition(rate, now._replace(wrapping_up=now.wrapping_up + 1))
        else:
            yield from seat(now, rate, ())

    def transitions(now: Calls) -> Iterator[Transition[Calls]]:
        for less, share in enumerate(batches):
            yield from arrive(now, arrival_rate * share, less + 1, ())
        if now.plain:
            yield from hang_up(now._replace(plain=now.plain - 1), now.plain / talk_mean)
        if now.recorded:
            yield from hang_up(now._replace(recorded=now.recorded - 1), now.recorded / talk_mean)
        if now.wrapping_up:
            ready = now._replace(wrapping_up=now.wrapping_up - 1)
            yield from seat(ready, now.wrapping_up / wrap_up_mean, ())
        if now.waiting:
            after = now._replace(waiting=now.waiting - 1)
            yield Transition(now.waiting / patience_mean, after, ("abandoned",))

    return Chain(Calls(0, 0, 0, 0), transitions)


class TwoQueues(NamedTuple):
    """Calls talking, and calls waiting by class."""

    talking: int
    first: int
    second: int


def two_classes(
    *,
    rates: tuple[float, float],
    patience_means: tuple[float, float],
    talk_mean: float,
    agents: int,
    ports: int,
    keep_free: int = 0,
) -> Chain[TwoQueues]:
    """Two classes on the same agents and ports; those waiting of the first class go first.

    The second is let in only if more than `keep_free` ports are free. Events: offered, blocked and
    abandoned, each with the class: "offered 1".
    """

    def joined(now: TwoQueues, queue: str) -> TwoQueues:
        if now.talking < agents:
            return now._replace(talking=now.talking + 1)
        return now._replace(**{queue: getattr(now, queue) + 1})

    def transitions(now: TwoQueues) -> Iterator[Transition[TwoQueues]]:
        for number, queue in enumerate(TwoQueues._fields[1:]):
            name, waiting = f" {number + 1}", getattr(now, queue)
            if ports - sum(now) > (0, keep_free)[number]:
                yield Transition(rates[number], joined(now, queue), ("offered" + name,))
            else:
                yield Transition(rates[number], now, ("offered" + name, "blocked" + name))
            if waiting:
                after = now._replace(**{queue: waiting - 1})
                rate = waiting / patience_means[number]
                yield Transition(rate, after, ("abandoned" + name,))
        if now.talking:
            yield Transition(now.talking / talk_mean, _next_caller(now))

    return Chain(TwoQueues(0, 0, 0), transitions)


def _next_caller(now: TwoQueues) -> TwoQueues:
    if now.first:
        return now._replace(first=now.first - 1)
    if now.second:
        return now._replace(second=now.second - 1)
    return now._replace(talking=now.talking - 1)


class Floor(NamedTuple):
    """Agents on inbound talks (with and without a recording), by hand; messages; callers on hold.

    All other agents are in a dialing cycle: nobody is idle.
    """

    plain: int
    recorded: int
    by_hand: int
    messages: int
    waiting: int

    @property
    def ports(self) -> int:
        return self.plain + 2 * self.recorded + self.messages + self.waiting

    @property
    def on_inbound(self) -> int:
        return self.plain + self.recorded


def company(
    *,
    agents: int,
    cycle_mean: float,
    p_message: float,
    message_mean: float,
    by_hand_mean: float,
    ports: int,
    inbound_rate: float,
    talk_mean: float,
    patience_mean: float,
    p_record: float = 0.0,
    reserve: int = 0,
) -> Chain[Floor]:
    """Dialing agents who take waiting inbound calls first, with messages, recordings, a reserve.

    Events: message, message blocked, inbound, inbound blocked, inbound abandoned.
    """

    def agent_free(
        now: Floor, rate: float, events: tuple[str, ...] = ()
    ) -> Iterator[Transition[Floor]]:
        if not now.waiting:
            yield Transition(rate, now, events)
            return
        now = now._replace(waiting=now.waiting - 1)
        plain = now._replace(plain=now.plain + 1)
        fits = plain.ports < ports
        recorded = now._replace(recorded=now.recorded + 1) if fits else plain
        yield Transition(rate * (1 - p_record), plain, events)
        yield Transition(rate * p_record, recorded, events)

    def cycle_ends(now: Floor, rate: float) -> Iterator[Transition[Floor]]:
        yield from agent_free(now, rate * (1 - p_message))
        if ports - now.ports > reserve:
            after = now._replace(messages=now.messages + 1)
            yield from agent_free(after, rate * p_message, ("message",))
        else:
            after = now._replace(by_hand=now.by_hand + 1)
            yield Transition(rate * p_message, after, ("message", "message blocked"))

    def inbound(now: Floor) -> Iterator[Transition[Floor]]:
        if now.ports < ports:
            yield Transition(inbound_rate, now._replace(waiting=now.waiting + 1), ("inbound",))
        else:
            yield Transition(inbound_rate, now, ("inbound", "inbound blocked"))
        if now.waiting:
            after = now._replace(waiting=now.waiting - 1)
            yield Transition(now.waiting / patience_mean, after, ("inbound abandoned",))

    def transitions(now: Floor) -> Iterator[Transition[Floor]]:
        dialing = agents - now.on_inbound - now.by_hand
        if dialing:
            yield from cycle_ends(now, dialing / cycle_mean)
        if now.by_hand:
            yield from agent_free(now._replace(by_hand=now.by_hand - 1), now.by_hand / by_hand_mean)
        if now.messages:
            after = now._replace(messages=now.messages - 1)
            yield Transition(now.messages / message_mean, after)
        if now.plain:
            yield from agent_free(now._replace(plain=now.plain - 1), now.plain / talk_mean)
        if now.recorded:
            yield from agent_free(now._replace(recorded=now.recorded - 1), now.recorded / talk_mean)
        yield from inbound(now)

    return Chain(Floor(0, 0, 0, 0, 0), transitions)


def downgraded_recordings(
    *, arrival_rate: float, hold_mean: float, ports: int, p_record: float
) -> Chain[tuple[int, int]]:
    """Calls on one port and recorded calls on two; with one port free a call goes unrecorded.

    States: (on one port, on two). Events: offered, blocked, wanted, unrecorded (and not blocked).
    """

    def transitions(now: tuple[int, int]) -> Iterator[Transition[tuple[int, int]]]:
        single, double = now
        free = ports - single - 2 * double
        plain, wanted = arrival_rate * (1 - p_record), arrival_rate * p_record
        if not free:
            yield Transition(plain, now, ("offered", "blocked"))
            yield Transition(wanted, now, ("offered", "blocked", "wanted"))
        else:
            yield Transition(plain, (single + 1, double), ("offered",))
        if free == 1:
            events = ("offered", "wanted", "unrecorded")
            yield Transition(wanted, (single + 1, double), events)
        if free > 1:
            yield Transition(wanted, (single, double + 1), ("offered", "wanted"))
        if single:
            yield Transition(single / hold_mean, (single - 1, double))
        if double:
            yield Transition(double / hold_mean, (single, double - 1))

    return Chain((0, 0), transitions)


def retrials(
    *,
    fresh_rate: float,
    hold_mean: float,
    ports: int,
    p_retry: float,
    delay_mean: float,
    most_waiting: int = 150,
) -> Chain[tuple[int, int]]:
    """Blocked attempts that try again after a delay, with the same probability every time.

    States: (busy, waiting to retry); the second is cut at `most_waiting`. Events: fresh, attempt,
    fresh blocked, blocked, gave up.
    """

    def transitions(now: tuple[int, int]) -> Iterator[Transition[tuple[int, int]]]:
        busy, waiting = now
        for rate, left, events in (
            (fresh_rate, waiting, ("fresh", "attempt")),
            (waiting / delay_mean, waiting - 1, ("attempt",)),
        ):
            if busy < ports:
                yield Transition(rate, (busy + 1, left), events)
                continue
            blocked = (*events, "blocked", *("fresh blocked" for name in events if name == "fresh"))
            again = min(left + 1, most_waiting)
            yield Transition(rate * p_retry, (busy, again), blocked)
            yield Transition(rate * (1 - p_retry), (busy, left), (*blocked, "gave up"))
        if busy:
            yield Transition(busy / hold_mean, (busy - 1, waiting))

    return Chain((0, 0), transitions)


def overflow(
    *, loads: Sequence[float], group_ports: Sequence[int], secondary_ports: int
) -> Chain[tuple[int, ...]]:
    """Groups that overflow into one shared group; mean holding time 1.

    States: busy ports of each group, the shared one last. Events: overflowed, lost.
    """
    sizes = (*group_ports, secondary_ports)

    def changed(now: tuple[int, ...], group: int, by: int) -> tuple[int, ...]:
        return (*now[:group], now[group] + by, *now[group + 1 :])

    def transitions(now: tuple[int, ...]) -> Iterator[Transition[tuple[int, ...]]]:
        for group, load in enumerate(loads):
            if now[group] < sizes[group]:
                yield Transition(load, changed(now, group, 1))
            elif now[-1] < secondary_ports:
                yield Transition(load, changed(now, len(loads), 1), ("overflowed",))
            else:
                yield Transition(load, now, ("overflowed", "lost"))
        for group, busy in enumerate(now):
            if busy:
                yield Transition(busy, changed(now, group, -1))

    return Chain((0,) * len(sizes), transitions)


def two_stage_talk(
    *, arrival_rate: float, talk_mean: float, agents: int, most_waiting: int = 400
) -> Chain[tuple[int, int, int]]:
    """Patient callers and Erlang-2 talk. States: (talking in stage 1, in stage 2, waiting)."""

    def transitions(now: tuple[int, int, int]) -> Iterator[Transition[tuple[int, int, int]]]:
        first, second, waiting = now
        if first + second < agents:
            yield Transition(arrival_rate, (first + 1, second, 0))
        elif waiting < most_waiting:
            yield Transition(arrival_rate, (first, second, waiting + 1))
        if first:
            yield Transition(first * 2 / talk_mean, (first - 1, second + 1, waiting))
        if second:
            taken = min(waiting, 1)
            after = (first + taken, second - 1, waiting - taken)
            yield Transition(second * 2 / talk_mean, after)

    return Chain((0, 0, 0), transitions)


def queue(*, arrival_rate: float, talk_mean: float, agents: int, most_present: int) -> Chain[int]:
    """Patient callers: M/M/n, cut at `most_present`. States: calls present. Event: offered."""

    def transitions(present: int) -> Iterator[Transition[int]]:
        yield Transition(arrival_rate, min(present + 1, most_present), ("offered",))
        if present:
            yield Transition(min(present, agents) / talk_mean, present - 1)

    return Chain(0, transitions)


#: Company X at its peak, as the cases describe it: five agents, a fourth of their time on inbound.
company_x_peak = partial(
    company,
    agents=5,
    cycle_mean=60,
    p_message=0.4,
    message_mean=60,
    by_hand_mean=60,
    inbound_rate=5 * 0.25 / 180,
    talk_mean=180,
)
