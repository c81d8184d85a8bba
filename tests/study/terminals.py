"""A terminal of our own: what a process writes to it, and what is seen in the end."""

from __future__ import annotations

import fcntl
import os
import pty
import re
import struct
import subprocess
import termios
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

_CONTROL = re.compile(r"\x1b\[(\??[\d;]*)([A-Za-z])")


@dataclass(frozen=True)
class Shown:
    """What came of a process with stderr on a terminal, and stdout in a pipe."""

    returncode: int
    output: str
    written: str
    """All that was written to the terminal."""

    @property
    def left(self) -> list[str]:
        """The lines that are there in the end, but for empty ones."""
        return screen(self.written)


def on_a_terminal(
    command: Sequence[str], environment: Mapping[str, str] | None = None, columns: int = 100
) -> Shown:
    """Run a command to its end."""
    first, second = pty.openpty()
    try:
        fcntl.ioctl(second, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
        plain = {k: v for k, v in os.environ.items() if k not in {"NO_COLOR", "COLUMNS"}}
        process = subprocess.Popen(
            command,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=second,
            text=True,
            env=plain | {"TERM": "xterm-256color"} | dict(environment or {}),
        )
        os.close(second)
        with process:
            written = b"".join(iter(lambda: _some_of(first), b"")).decode()
            assert process.stdout is not None
            output = process.stdout.read()
        return Shown(process.returncode, output, written)
    finally:
        os.close(first)


def _some_of(terminal: int) -> bytes:
    try:
        return os.read(terminal, 65536)
    except OSError:  # nobody is at the other end any more
        return b""


def screen(written: str) -> list[str]:
    """What stands on a terminal after this: as far as its controls are known here."""
    lines, row, column = [""], 0, 0
    place = 0
    while place < len(written):
        if found := _CONTROL.match(written, place):
            place = found.end()
            numbers, what = found.groups()
            if what == "A":
                row = max(0, row - int(numbers or 1))
            elif what == "K":
                assert numbers == "2"
                lines[row] = ""
            else:
                assert what in "mhl", found
            continue
        letter = written[place]
        place += 1
        if letter == "\r":
            column = 0
        elif letter == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        else:
            line = lines[row].ljust(column)
            lines[row] = line[:column] + letter + line[column + 1 :]
            column += 1
    return [line.rstrip() for line in lines if line.strip()]
