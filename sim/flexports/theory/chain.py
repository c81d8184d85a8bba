"""Continuous-time Markov chains, written as what can happen in a state."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Iterator
from typing import Generic, NamedTuple, TypeVar

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from flexports.theory import arguments
from flexports.theory.long_run import long_run
from flexports.theory.transient import distribution_at, time_in_states

State = TypeVar("State", bound=Hashable)


class Transition(NamedTuple, Generic[State]):
    """Something that can happen in a state.

    Attributes
    ----------
    rate : float
        How often it happens per unit of time while the chain is in the state; 0 or more.
    to : hashable
        The state after it. It may be the same state: a blocked call changes nothing.
    events : tuple of str
        Names of what is counted when it happens. A name that stands twice counts twice.

    Examples
    --------
    >>> Transition(0.5, (3,), ("offered", "blocked"))
    Transition(rate=0.5, to=(3,), events=('offered', 'blocked'))
    """

    rate: float
    to: State
    events: tuple[str, ...] = ()


class Chain(Generic[State]):
    """A Markov chain in continuous time on the states that can be reached from `start`.

    Parameters
    ----------
    start : hashable
        The state at time 0, such as a tuple of counts.
    transitions : callable
        From a state to an iterable of `Transition`. It is called once for each state.
    limit : int, default 200,000
        Most states to explore.

    Attributes
    ----------
    states : tuple
        The states, breadth first from `start`. Distributions are arrays in this order.

    Raises
    ------
    ValueError
        If a rate is negative or not finite, or there are more than `limit` states.

    References
    ----------
    W. J. Stewart, Introduction to the Numerical Solution of Markov Chains, 1994.

    Examples
    --------
    One port, calls at a rate of 2, mean holding time 1:

    >>> def transitions(busy):
    ...     if busy:
    ...         return [Transition(2, 1, ("offered", "blocked")), Transition(1, 0)]
    ...     return [Transition(2, 1, ("offered",))]
    >>> port = Chain(0, transitions)
    >>> shares = port.stationary()
    >>> round(port.rate_of("blocked", shares) / port.rate_of("offered", shares), 4)
    0.6667
    """

    states: tuple[State, ...]

    def __init__(
        self,
        start: State,
        transitions: Callable[[State], Iterable[Transition[State]]],
        limit: int = 200_000,
    ) -> None:
        limit = arguments.count("limit", limit, least=1)
        index = {start: 0}
        found = [start]
        moves: list[tuple[int, int, float]] = []
        counted: defaultdict[str, list[tuple[int, float]]] = defaultdict(list)
        for row, state in enumerate(found):  # grows while it is read: breadth first
            for rate, to, events in _possible(state, transitions):
                column = index.setdefault(to, len(found))
                if column == len(found):
                    found.append(to)
                    _check_size(found, limit)
                if column != row:
                    moves.append((row, column, rate))
                for event in events:
                    counted[event].append((row, rate))
        self.states = tuple(found)
        self._shares: NDArray[np.float64] | None = None
        self._rates = _matrix(moves, len(found))
        self._events = {name: _vector(rows, len(found)) for name, rows in counted.items()}

    def __len__(self) -> int:
        return len(self.states)

    def __repr__(self) -> str:
        return f"Chain({self.states[0]!r}, {len(self):,} states)"

    def stationary(self) -> NDArray[np.float64]:
        """Long-run share of the time in each state.

        Returns
        -------
        ndarray of float, shape (states,)
            In the order of `states`; 0 for states that are left for good. Adds up to 1.

        Raises
        ------
        ValueError
            If the long run depends on chance: two sets of states that are never left.
        ArithmeticError
            If the shares do not settle, because parts of the chain hardly ever meet.

        Examples
        --------
        >>> toggle = Chain("free", lambda now: [Transition(1, "busy")] if now == "free"
        ...                else [Transition(3, "free")])
        >>> toggle.stationary()
        array([0.75, 0.25])
        """
        if self._shares is None:
            self._shares = long_run(self._rates)
        return self._shares.copy()

    def occupancy(self, until: float, since: float = 0.0) -> NDArray[np.float64]:
        """Expected time spent in each state over a span, for the chain begun in `start` at 0.

        Parameters
        ----------
        until, since : float
            End and beginning of the span, ``0 <= since <= until``, in the unit of the rates.

        Returns
        -------
        ndarray of float, shape (states,)
            In the order of `states`. Adds up to ``until - since``.

        Raises
        ------
        ValueError
            If the span is out of order or not finite.

        Notes
        -----
        By uniformisation (A. Jensen, 1953; W. K. Grassmann, "Transient solutions in Markovian
        queueing systems", Computers & Operations Research 4, 1977, 47-53): sums of positive
        terms, so small shares keep their digits. Once the chain is within 1e-12 of its long run
        the rest of the span is spent there.

        Examples
        --------
        >>> toggle = Chain("free", lambda now: [Transition(1, "busy")] if now == "free"
        ...                else [Transition(3, "free")])
        >>> toggle.occupancy(100).round(4)
        array([75.0625, 24.9375])
        """
        until = arguments.not_negative("until", until, "units of time")
        since = arguments.not_negative("since", since, "units of time")
        if since > until:
            raise ValueError(f"since: {since!r} is after until, {until!r}; give an earlier time")
        return time_in_states(self._rates, since, until, self.stationary)

    def distribution(self, time: float) -> NDArray[np.float64]:
        """Probability of each state at one time, for the chain begun in `start` at 0.

        Parameters
        ----------
        time : float
            0 or more, in the unit of the rates.

        Returns
        -------
        ndarray of float, shape (states,)
            In the order of `states`. Adds up to 1.

        Raises
        ------
        ValueError
            If `time` is negative or not finite.

        Notes
        -----
        By uniformisation, as `occupancy`.

        Examples
        --------
        >>> toggle = Chain("free", lambda now: [Transition(1, "busy")] if now == "free"
        ...                else [Transition(3, "free")])
        >>> toggle.distribution(0.1).round(4)
        array([0.9176, 0.0824])
        """
        time = arguments.not_negative("time", time, "units of time")
        return distribution_at(self._rates, time, self.stationary)

    def rate_of(self, event: str, weights: NDArray[np.float64]) -> float:
        """How often an event happens.

        Parameters
        ----------
        event : str
            A name that transitions carry. One that no transition carries never happens: 0.
        weights : ndarray of float, shape (states,)
            Probabilities (`stationary`, `distribution`) or times (`occupancy`).

        Returns
        -------
        float
            Events per unit of time under probabilities; expected number of events under times.

        Examples
        --------
        >>> port = Chain(0, lambda busy: [Transition(1, 1, ("taken",)), Transition(3 * busy, 0)])
        >>> round(port.rate_of("taken", port.stationary()), 12)
        1.0
        """
        rates = self._events.get(event)
        return 0.0 if rates is None else float(rates @ weights)

    def mean(self, function: Callable[[State], float], weights: NDArray[np.float64]) -> float:
        """Mean of a number that depends on the state.

        Parameters
        ----------
        function : callable
            From a state to a number, such as the ports busy in it.
        weights : ndarray of float, shape (states,)
            Probabilities (`stationary`, `distribution`) or times (`occupancy`).

        Returns
        -------
        float
            Weighted mean: a mean over states, or over the time of the span.

        Examples
        --------
        >>> port = Chain(0, lambda busy: [Transition(1, 1, ("taken",)), Transition(3 * busy, 0)])
        >>> round(port.mean(lambda busy: busy, port.stationary()), 12)
        0.25
        """
        values = np.fromiter(map(function, self.states), dtype=np.float64, count=len(self))
        return float(values @ weights) / float(weights.sum())


def _possible(
    state: State, transitions: Callable[[State], Iterable[Transition[State]]]
) -> Iterator[Transition[State]]:
    for transition in transitions(state):
        if not 0 <= transition.rate < math.inf:
            raise ValueError(
                f"{transition!r} from state {state!r}: give a rate that is 0 or more, and finite"
            )
        if transition.rate:
            yield transition


def _check_size(found: list[State], limit: int) -> None:
    if len(found) > limit:
        raise ValueError(
            f"limit: the chain has more than {limit:,} states (one of them: {found[-1]!r}); "
            "cut its queues short, describe less in a state, or give a higher limit"
        )


def _matrix(moves: list[tuple[int, int, float]], size: int) -> sparse.csr_array:
    rows, columns, rates = zip(*moves, strict=True) if moves else ((), (), ())
    entries = np.array(rates, dtype=np.float64), (np.array(rows, int), np.array(columns, int))
    return sparse.csr_array(sparse.coo_array(entries, shape=(size, size)))


def _vector(rows: list[tuple[int, float]], size: int) -> NDArray[np.float64]:
    where, rates = zip(*rows, strict=True)
    total = np.bincount(np.array(where), weights=np.array(rates), minlength=size)
    return total.astype(np.float64)
