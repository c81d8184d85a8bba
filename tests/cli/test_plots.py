"""``--plot``: pictures as files."""

from collections.abc import Callable
from pathlib import Path

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


def test_a_sweep_becomes_a_png(run: Run, dialer: Path, tmp_path: Path) -> None:
    picture = tmp_path / "sweep.png"
    assert run("sweep", dialer, "--ports", "1-3", "--plot", picture, *QUICK).exit_code == 0
    assert picture.read_bytes().startswith(b"\x89PNG")
