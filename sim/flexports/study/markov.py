"""A whole floor as a Markov chain, made from the same flows that the engines run.

Where every duration is exponential, what will happen next depends only on how many calls stand at
each step, on who holds in which order, and on who is idle. So the flows themselves say which
states there are and where each leads, and the chain answers for the day without chance. It shares
the floor's flows with the engines and nothing else: no tape, no clock, no event.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from flexports.flows import (
    WHOLE_DAY,
    AskForAgent,
    Branch,
    Delay,
    End,
    Line,
    Plan,
    Reach,
    ReleasePort,
    Start,
    Step,
    Steps,
    TakePort,
    Talk,
    Work,
    walk,
)
from flexports.study.rests import Rest, Rests
from flexports.theory.chain import Transition

OFFERED = "offered"
BLOCKED = "blocked"
ASKED = "asked"
ABANDONED = "abandoned"
RECORDED = "recorded"
MISSED = "missed"
BEGUN = "begun"


def event(what: str, line: str) -> str:
    """Name what happens to a call of one line."""
    return f"{what} {line}"


class Place(NamedTuple):
    """Where a call stands: before `rest`, with what it holds.

    A call of which `rest` begins with a step that takes time is in the midst of that step.
    """

    line: int
    rest: Rest
    team: int | None = None
    """The team of the agent who is with the call."""
    port: bool = False
    recorded: bool = False

    def before(self, rest: Rest) -> Place:
        """The same call before other steps."""
        return Place(self.line, rest, self.team, self.port, self.recorded)

    @property
    def ports(self) -> int:
        """How many ports it holds."""
        return self.port + self.recorded


class State(NamedTuple):
    """All that matters for what comes next."""

    under_way: tuple[tuple[Place, int], ...]
    """How many calls stand at each place, in a fixed order of places."""
    holding: tuple[Place, ...]
    """Who holds for an agent, in the order of joining."""
    idle: tuple[int, ...]
    """Agents with nothing to do, by team."""


class _Now(NamedTuple):
    """A state in the midst of an instant: some calls and agents have yet to go on."""

    state: State
    probability: float
    events: tuple[str, ...]
    calls: tuple[Place, ...]
    """Calls that are about to take their next step, the first first."""
    free: tuple[int, ...]
    """Teams of agents who are about to look for work."""

    def about(self, calls: tuple[Place, ...], free: tuple[int, ...]) -> _Now:
        """The same instant with others who have yet to go on."""
        return _Now(self.state, self.probability, self.events, calls, free)

    def at(self, state: State) -> _Now:
        """The same instant in another state."""
        return _Now(state, self.probability, self.events, self.calls, self.free)


@dataclass(frozen=True)
class Odds:
    """What the tape would draw for one line: means and shares.

    Attributes
    ----------
    rate_per_s : float
        Of a Poisson stream of calls that begin; 0 where agents start them.
    mean_s : mapping of str to float
        Mean of each duration that the flow names.
    shares : mapping of str to tuple of float
        The share of each way of each branch, and (no, yes) for recordings.
    """

    rate_per_s: float
    mean_s: Mapping[str, float]
    shares: Mapping[str, tuple[float, ...]]


_KNOWN_STEPS = (TakePort, ReleasePort, Delay, Branch, AskForAgent, Reach, Talk, Work, Start, End)


def can_be_a_chain(plan: Plan) -> bool:
    """Whether all that a plan asks for can be told in a `State`."""
    lines_can = all(
        line.own_lines is None
        and not line.users
        and line.pause is None
        and all(isinstance(step, _KNOWN_STEPS) for step in walk(line.flow))
        and not any(isinstance(step, AskForAgent) and step.since_began for step in walk(line.flow))
        for line in plan.lines
    )
    teams_can = all(not team.seats and team.shifts == WHOLE_DAY for team in plan.teams)
    return lines_can and teams_can


class FloorChain:
    """What can happen on a floor in each state; the argument of `theory.Chain`.

    Parameters
    ----------
    plan : Plan
    odds : sequence of Odds
        One for each line.
    ports : int
    """

    def __init__(self, plan: Plan, odds: tuple[Odds, ...], ports: int) -> None:
        self.plan = plan
        self._odds = odds
        self.ports = ports
        self._order: dict[Place, int] = {}
        self._rests = Rests()
        self._never_short: dict[State, tuple[Transition[State], ...]] = {}
        self._was_short = False

    def with_more_ports(self, ports: int) -> FloorChain:
        """The same floor on more ports, which knows where no port was short on fewer."""
        if ports < self.ports:
            raise ValueError(f"{ports} ports are fewer than {self.ports}")
        more = FloorChain(self.plan, self._odds, ports)
        more._order, more._rests = self._order, self._rests
        more._never_short = self._never_short
        return more

    def opening(self) -> State:
        """The state once every agent has looked for work at opening."""
        plan = self.plan
        nobody = State((), (), tuple(0 for _ in plan.teams))
        everybody = tuple(
            number for number, team in enumerate(plan.teams) for _ in range(team.count)
        )
        settled = list(self._settle(_Now(nobody, 1.0, (), (), everybody)))
        if len(settled) != 1:
            raise ValueError("the first step of a dial must take time")
        return settled[0].to

    def transitions(self, state: State) -> tuple[Transition[State], ...]:
        """All that can happen in a state."""
        known = self._never_short.get(state)
        if known is None:
            self._was_short = False
            known = tuple(self._all_from(state))
            if not self._was_short:
                self._never_short[state] = known
        return known

    def _all_from(self, state: State) -> Iterator[Transition[State]]:
        for number, odds in enumerate(self._odds):
            if odds.rate_per_s:
                arrived = Place(number, self._rests.of(self.plan.lines[number].flow))
                yield from self._settle(_Now(state, odds.rate_per_s, (), (arrived,), ()))
        for place, count in state.under_way:
            yield from self._finish(state, place, count)
        for position, place in enumerate(state.holding):
            yield from self._give_up(state, position, place)

    def busy_ports(self, state: State) -> int:
        """How many ports are held."""
        return sum(count * place.ports for place, count in state.under_way) + sum(
            place.ports for place in state.holding
        )

    def is_full(self, state: State) -> float:
        """1 if no port is free, else 0."""
        return float(self.busy_ports(state) == self.ports)

    def ports_of(self, state: State, line: int) -> int:
        """How many ports the calls of one line hold, recordings included."""
        return sum(n * place.ports for place, n in state.under_way if place.line == line) + sum(
            place.ports for place in state.holding if place.line == line
        )

    def busy_with(self, state: State, team: int, activity: str) -> int:
        """How many agents of a team are busy with something."""
        return sum(
            count
            for place, count in state.under_way
            if place.team == team and _activity(place.rest.first) == activity
        )

    def _finish(self, state: State, place: Place, count: int) -> Iterator[Transition[State]]:
        step = place.rest.first
        rate = count / self._mean(place.line, step)
        left = State(self._with(state.under_way, place, -1), state.holding, state.idle)
        recorded = place.recorded and not isinstance(step, Talk)
        after = place._replace(rest=place.rest.tail, recorded=recorded)
        yield from self._settle(_Now(left, rate, (), (after,), ()))

    def _give_up(self, state: State, position: int, place: Place) -> Iterator[Transition[State]]:
        step = place.rest.first
        assert isinstance(step, AskForAgent)
        if step.patience is None:
            return
        left = state._replace(holding=state.holding[:position] + state.holding[position + 1 :])
        rate = 1 / self._odds[place.line].mean_s[step.patience]
        gone = (event(ABANDONED, self.plan.lines[place.line].name),)
        after = place._replace(rest=self._rests.of(step.abandoned))
        yield from self._settle(_Now(left, rate, gone, (after,), ()))

    def _settle(self, now: _Now) -> Iterator[Transition[State]]:
        """Let everything happen that takes no time."""
        if now.calls:
            for after in self._step(now.about(now.calls[1:], now.free), now.calls[0]):
                yield from self._settle(after)
        elif now.free:
            yield from self._settle(self._look(now.about(now.calls, now.free[1:]), now.free[0]))
        else:
            yield Transition(now.probability, now.state, now.events)

    def _step(self, now: _Now, call: Place) -> Iterator[_Now]:
        """One call takes its next step."""
        if not call.rest:
            yield now.about(now.calls, now.free + _agent_of(call))
            return
        step = call.rest.first
        going_on = call.before(call.rest.tail)
        match step:
            case TakePort(blocked):
                yield self._take_port(now, going_on, blocked)
            case Reach():
                yield _next(now, going_on)
            case ReleasePort():
                yield _next(now, going_on._replace(port=False))
            case Branch(draw, ways):
                for share, way in zip(self._odds[call.line].shares[draw], ways, strict=True):
                    if share:
                        taken = now._replace(probability=now.probability * share)
                        yield _next(taken, call.before(self._rests.of(way)))
            case AskForAgent():
                yield self._ask(now, call, going_on)
            case Talk(_, record) if record is not None and not call.recorded:
                yield from self._record(now, call, record)
            case Start(flow):
                alone = call._replace(rest=self._rests.of(flow), team=None)
                yield _next(now, alone)._replace(free=now.free + _agent_of(call))
            case End():
                yield _next(now, going_on)
            case _:
                yield self._pass(now, call)

    def _pass(self, now: _Now, call: Place) -> _Now:
        """A step that takes time begins, or is over at once if it takes none."""
        if self._mean(call.line, call.rest.first) == 0:
            return _next(now, call._replace(rest=call.rest.tail, recorded=False))
        state = now.state
        under_way = self._with(state.under_way, call, +1)
        return now.at(State(under_way, state.holding, state.idle))

    def _take_port(self, now: _Now, call: Place, blocked: Steps) -> _Now:
        line = self.plan.lines[call.line]
        now = now._replace(events=(*now.events, event(OFFERED, line.name)))
        if self._may_take(now, line, call.line):
            return _next(now, call._replace(port=True))
        self._was_short = True
        now = now._replace(events=(*now.events, event(BLOCKED, line.name)))
        return _next(now, call._replace(rest=self._rests.of(blocked)))

    def _may_take(self, now: _Now, line: Line, number: int) -> bool:
        if self._free(now) <= line.keep_free:
            return False
        if line.limit is None:
            return True
        own = sum(n * place.port for place, n in now.state.under_way if place.line == number)
        own += sum(place.port for place in (*now.state.holding, *now.calls) if place.line == number)
        return own < line.limit

    def _free(self, now: _Now) -> int:
        return self.ports - self.busy_ports(now.state) - sum(call.ports for call in now.calls)

    def _record(self, now: _Now, call: Place, record: str) -> Iterator[_Now]:
        """A talk begins that may be to be recorded."""
        plainly, wanted = self._odds[call.line].shares[record]
        name = self.plan.lines[call.line].name
        if plainly:
            yield self._pass(now._replace(probability=now.probability * plainly), call)
        if wanted:
            found = self._free(now) - call.ports > 0
            self._was_short |= not found
            what = event(RECORDED if found else MISSED, name)
            now = now._replace(probability=now.probability * wanted, events=(*now.events, what))
            yield self._pass(now, call._replace(recorded=found))

    def _ask(self, now: _Now, call: Place, answered: Place) -> _Now:
        line = self.plan.lines[call.line]
        now = now._replace(events=(*now.events, event(ASKED, line.name)))
        for team in line.asks:
            if now.state.idle[team]:
                return _next(self._idle(now, team, -1), answered._replace(team=team))
        return now._replace(state=now.state._replace(holding=(*now.state.holding, call)))

    def _look(self, now: _Now, team: int) -> _Now:
        """A free agent takes the caller who comes first, else dials, else is idle."""
        lines = self.plan.lines
        waiting = [
            (lines[place.line].priority, position)
            for position, place in enumerate(now.state.holding)
            if team in lines[place.line].asks
        ]
        dials = self.plan.teams[team].dials
        if waiting:
            position = min(waiting)[1]
            holding = now.state.holding
            call = holding[position]._replace(rest=holding[position].rest.tail, team=team)
            left = now.state._replace(holding=holding[:position] + holding[position + 1 :])
            return _next(now._replace(state=left), call)
        if dials is not None:
            flow = self.plan.teams[team].flow or lines[dials].flow
            dial = Place(dials, self._rests.of(flow), team)
            begun = (*now.events, event(BEGUN, lines[dials].name))
            return _next(now._replace(events=begun), dial)
        return self._idle(now, team, +1)

    def _idle(self, now: _Now, team: int, change: int) -> _Now:
        idle = list(now.state.idle)
        idle[team] += change
        return now._replace(state=now.state._replace(idle=tuple(idle)))

    def _with(
        self, under_way: tuple[tuple[Place, int], ...], place: Place, change: int
    ) -> tuple[tuple[Place, int], ...]:
        counts = dict(under_way)
        counts[place] = counts.get(place, 0) + change
        self._order.setdefault(place, len(self._order))
        if not counts[place]:
            del counts[place]
        return tuple(sorted(counts.items(), key=lambda item: self._order[item[0]]))

    def _mean(self, line: int, step: Step) -> float:
        assert isinstance(step, Delay | Talk | Work)
        return self._odds[line].mean_s[step.duration]


def _next(now: _Now, call: Place) -> _Now:
    return now.about((call, *now.calls), now.free)


def _agent_of(call: Place) -> tuple[int, ...]:
    return () if call.team is None else (call.team,)


def _activity(step: Step) -> str | None:
    match step:
        case Work(activity):
            return activity
        case Talk():
            return "talking"
        case _:
            return None
