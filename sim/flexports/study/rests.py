"""What calls have yet to go through, told apart at once."""

from __future__ import annotations

from flexports.flows import Step, Steps


class Rest:
    """The steps that a call has yet to take.

    Those of equal steps are one object (`Rests`), which so is told from others without looking at
    the steps: a chain asks for that a hundred times a state.
    """

    __slots__ = ("_rests", "_tail", "steps")

    def __init__(self, steps: Steps, rests: Rests) -> None:
        self.steps = steps
        self._rests = rests
        self._tail: Rest | None = None

    def __repr__(self) -> str:
        return f"Rest({self.steps!r})"

    def __bool__(self) -> bool:
        return bool(self.steps)

    @property
    def first(self) -> Step:
        """The next of them."""
        return self.steps[0]

    @property
    def tail(self) -> Rest:
        """The others."""
        if self._tail is None:
            self._tail = self._rests.of(self.steps[1:])
        return self._tail


class Rests:
    """Every `Rest` of a floor, once."""

    def __init__(self) -> None:
        self._by_steps: dict[Steps, Rest] = {}
        self._by_object: dict[int, Rest] = {}
        self._kept: list[Steps] = []

    def of(self, steps: Steps) -> Rest:
        """The one of these steps."""
        found = self._by_object.get(id(steps))
        if found is None:
            found = self._by_steps.setdefault(steps, Rest(steps, self))
            self._by_object[id(steps)] = found
            self._kept.append(steps)  # so that no other object ever has its number
        return found
