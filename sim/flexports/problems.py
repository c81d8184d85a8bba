"""What is said about bad input: where, what, which rule, and what to do instead.

Everything that a user can get wrong ends as an :class:`InputError`, which holds one
:class:`Problem` for each thing wrong, all of them at once. The command line turns it into exit
code 2.
"""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from difflib import get_close_matches

LONGEST_VALUE = 60


class _Nothing:
    """The value of a key that is not there."""

    def __repr__(self) -> str:
        return "nothing"

    def __reduce__(self) -> str:
        return "NOTHING"


NOTHING = _Nothing()


@dataclass(frozen=True)
class Problem:
    """One thing that is wrong with the input.

    Parameters
    ----------
    place : str
        File and dotted key, ``models/x.toml: sources[1].talk.mean``; or a key alone, which whoever
        knows the file completes with :meth:`under`.
    value : object
        What stands there. `NOTHING` if nothing does: the line then shows no value.
    rule : str
        What it breaks, as the predicate of a sentence about the value: ``is not a duration``.
    remedy : str
        What would be right, as an order: ``write '3 min'``.
    of : str
        The name of the thing that the place belongs to, for readers who do not count tables.

    Examples
    --------
    >>> print(Problem("x.toml: day.length", "3 hrs", "is not a duration", "write '3 h'"))
    x.toml: day.length: '3 hrs' is not a duration; write '3 h'
    """

    place: str
    value: object
    rule: str
    remedy: str
    of: str = ""

    def __str__(self) -> str:
        shown = "" if self.value is NOTHING else f"{shortened(self.value)} "
        whose = f" (in {shortened(self.of)})" if self.of else ""
        return f"{self.place}: {shown}{self.rule}; {self.remedy}{whose}"

    def under(self, prefix: str, of: str = "") -> "Problem":
        """Return the same problem with `prefix` put before its place."""
        return replace(self, place=f"{prefix}{self.place}", of=of or self.of)


class InputError(ValueError):
    """Input that cannot be used, with everything that is wrong about it.

    Attributes
    ----------
    problems : tuple of Problem
        In the order of the input; at least one. The text has a line for each.
    """

    def __init__(self, problems: Iterable[Problem] | Problem) -> None:
        self.problems = (problems,) if isinstance(problems, Problem) else tuple(problems)
        super().__init__("\n".join(str(problem) for problem in self.problems))

    def __reduce__(self) -> tuple[type["InputError"], tuple[tuple[Problem, ...]]]:
        return type(self), (self.problems,)


class WorkersLostError(RuntimeError):
    """Nobody is left to do a job, or whoever does it is lost each time.

    Attributes
    ----------
    problem : Problem
        With the job as its place.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(str(problem))

    def __reduce__(self) -> tuple[type["WorkersLostError"], tuple[Problem]]:
        return type(self), (self.problem,)


def shortened(value: object) -> str:
    """Return a value's `repr`, cut to what a line can hold."""
    try:
        text = repr(value)
    except ValueError:  # Python refuses to print integers of thousands of digits
        return "<a number of thousands of digits>"
    return text if len(text) <= LONGEST_VALUE else f"{text[: LONGEST_VALUE - 4]}...{text[-1]}"


def nearest(name: object, known: Iterable[str]) -> str | None:
    """Return the known name that is most like `name`, or None if none is.

    Examples
    --------
    >>> nearest("lognorml", ["exponential", "lognormal"])
    'lognormal'
    """
    if not isinstance(name, str):
        return None
    folded = {one.casefold().replace("_", "-"): one for one in known}
    close = get_close_matches(name.casefold().replace("_", "-"), folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else None


def one_of(name: object, known: Iterable[str]) -> str:
    """Return the remedy for a name that is not among the known ones.

    Examples
    --------
    >>> one_of("inbuond", ["broadcast", "inbound"])
    "did you mean 'inbound'?"
    >>> one_of("telex", ["broadcast", "inbound"])
    "write 'broadcast' or 'inbound'"
    """
    names = list(known)
    near = nearest(name, names)
    if near is not None:
        return f"did you mean '{near}'?"
    if not names:
        return "leave it out"
    quoted = [f"'{one}'" for one in names]
    return "write " + " or ".join([", ".join(quoted[:-1]), quoted[-1]] if quoted[1:] else quoted)


def split_message(message: str) -> tuple[str, str]:
    """Return rule and remedy of a message of the form ``rule; remedy``."""
    rule, found, remedy = message.partition("; ")
    return rule, remedy if found else "see `flexports new` for a file that is right"
