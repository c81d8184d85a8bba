"""``--plot``: pictures as files."""

from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

Run = Callable[..., Result]
QUICK = ("--workers", 1, "--days", 3)


def test_a_size_becomes_a_picture_that_is_the_same_each_time(
    run: Run, calls: Path, tmp_path: Path
) -> None:
    pictures = [tmp_path / "one.svg", tmp_path / "two.svg"]
    for picture in pictures:
        run("size", calls, "--plot", picture, *QUICK)
    assert pictures[0].read_bytes() == pictures[1].read_bytes()
    assert "rule of thumb: 5 ports" in pictures[0].read_text(encoding="utf-8")


def test_answers_over_values_become_a_picture(run: Run, calls: Path, tmp_path: Path) -> None:
    picture = tmp_path / "over.svg"
    words = ("--over", "agents.sales.count=1,2", "--plot", picture)
    assert run("size", calls, *words, *QUICK).exit_code in {0, 1}
    assert "agents.sales.count" in picture.read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("words", "option"),
    [
        (("sweep", "--by", "15min"), "--by"),
        (("sweep", "--licence", "dialer=1-2"), "--licence"),
        (("trace", "--from", "10:00"), "--from"),
        (("trace", "--to", "10:00"), "--to"),
    ],
)
def test_what_has_no_picture_is_refused_before_anything_is_run(
    run: Run, dialer: Path, tmp_path: Path, words: tuple[str, ...], option: str
) -> None:
    command, *options = words
    result = run(command, dialer, *options, "--plot", tmp_path / "x.svg")
    assert (result.exit_code, result.stdout) == (2, "")
    told = f"cannot be drawn with {option}; leave out one of the two\n"
    assert result.stderr == f"error: --plot {tmp_path / 'x.svg'}: {told}"


def test_a_sweep_becomes_a_png(run: Run, dialer: Path, tmp_path: Path) -> None:
    picture = tmp_path / "sweep.png"
    assert run("sweep", dialer, "--ports", "1-3", "--plot", picture, *QUICK).exit_code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
