"""Pictures of results, as files."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from flexports.cli.files import check_writable, write_whole
from flexports.problems import NOTHING, InputError, Problem

if TYPE_CHECKING:
    from flexports.plot import Result
    from flexports.study.exact import Exact

ENDINGS = (".svg", ".png")


@dataclass(frozen=True)
class Picture:
    """A file to draw into, or none."""

    path: Path | None

    @classmethod
    def of(cls, path: Path | None, beside: Path | None) -> Picture:
        """Read the option, and refuse what could not be written in the end.

        Parameters
        ----------
        path : Path or None
        beside : Path or None
            The file of the table.

        Raises
        ------
        InputError
        """
        if path is not None:
            if path.suffix.lower() not in ENDINGS:
                remedy = "write a name that ends in .svg or .png"
                raise InputError(Problem("--plot", str(path), "is no picture's name", remedy))
            if beside is not None and path.resolve() == beside.resolve():
                rule, remedy = "is the file of --output, too", "name another"
                raise InputError(Problem("--plot", str(path), rule, remedy))
            check_writable(path, "--plot")
        return cls(path)

    def refuse_beside(self, option: str | None, remedy: str) -> None:
        """Refuse to draw what an option asks for: it has no picture.

        Raises
        ------
        InputError
        """
        if self.path is not None and option is not None:
            rule = f"cannot be drawn with {option}"
            raise InputError(Problem(f"--plot {self.path}", NOTHING, rule, remedy))

    def draw(self, result: Result, exact: Sequence[Exact] = ()) -> None:
        """Draw a result into the file."""
        if self.path is None:
            return
        from flexports.plot import picture

        write_whole(self.path, picture(result, self.path.suffix.lower()[1:], exact=exact))
