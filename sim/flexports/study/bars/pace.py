"""What a bar says: how far, since when, and how long it will be."""

from __future__ import annotations

import time

from flexports.study.progress import Standing


class Pace:
    """How far a study is, and how fast it goes.

    It may go through its days more than once, on other port counts: the time left is that of the
    present pass, by the pace of the present pass. Days that were saved before say nothing of it.
    """

    def __init__(self) -> None:
        self._began_s = self._pass_began_s = self._told_s = time.monotonic()
        self.standing: Standing | None = None

    @property
    def elapsed_s(self) -> float:
        """Seconds since the beginning."""
        return time.monotonic() - self._began_s

    def follow(self, standing: Standing) -> None:
        """Take note of how far it is now."""
        if self.standing is not None and standing.done <= self.standing.done:
            self._pass_began_s = self._told_s
        self.standing, self._told_s = standing, time.monotonic()

    def words(self) -> str:
        """All that there is to say at this moment."""
        if self.standing is None:
            return ""
        parts = [days(self.standing), f"{clock(self.elapsed_s)} elapsed"]
        left_s = self._left_s(self.standing)
        parts += [] if left_s is None else [f"{clock(left_s)} left"]
        return ", ".join([*parts, *precision(self.standing)])

    def last_words(self) -> str:
        """What is still worth saying when it is over, the same each time."""
        if self.standing is None:
            return ""
        return ", ".join([days(self.standing), *precision(self.standing)])

    def _left_s(self, standing: Standing) -> float | None:
        own = standing.done - standing.saved
        if standing.of is None or not own:
            return None
        left_s = (self._told_s - self._pass_began_s) * (standing.of - standing.done) / own
        return max(0.0, left_s - (time.monotonic() - self._told_s))


def days(standing: Standing) -> str:
    """Tell how many days are done.

    Examples
    --------
    >>> days(Standing(1200, 6400))
    '1,200 of 6,400 days'
    """
    of = "" if standing.of is None else f" of {standing.of:,}"
    return f"{standing.done:,}{of} days"


def precision(standing: Standing) -> list[str]:
    """Tell what is known so far, if anything."""
    return [standing.precision] if standing.precision else []


def clock(seconds: float) -> str:
    """Write a duration.

    Examples
    --------
    >>> clock(3725.4), clock(9.6)
    ('1:02:05', '0:00:10')
    """
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes // 60}:{minutes % 60:02}:{rest:02}"
