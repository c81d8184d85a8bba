"""What a study tells while it runs, and who shows it: a terminal, a notebook, and no pipe."""

from __future__ import annotations

import re
import subprocess
import sys
from itertools import count

import nbclient
import nbformat
import pytest

from flexports.study.bars import pace as paces
from flexports.study.bars import showing
from flexports.study.bars.pace import Pace
from flexports.study.pools import sweep_licence
from flexports.study.progress import Standing, silent
from flexports.study.size import size
from study.floors_for_studies import company_x, loss_floor
from study.terminals import Shown, on_a_terminal, screen

FLOOR = loss_floor(2.0, hours=1.0)
PRECISION = "blocking of toll-free +-3.1 %, 2 % wanted"
STUDY = f"""
import time
from flexports.study.bars import showing
from flexports.study.progress import Standing

def study(days, precision={PRECISION!r}):
    with showing(True) as told:
        for day in range(days):
            time.sleep(0.15)
            told(Standing(day + 1, days, precision))

"""


def shown(code: str, environment: dict[str, str] | None = None, columns: int = 120) -> Shown:
    return on_a_terminal([sys.executable, "-c", STUDY + code], environment, columns)


def test_a_terminal_sees_days_times_and_precision() -> None:
    seen = shown("study(10)")
    times = r"0:00:\d\d elapsed, 0:00:\d\d left"
    assert re.search(rf"5 of 10 days, {times}, {re.escape(PRECISION)}", seen.written)
    assert (seen.returncode, seen.output) == (0, "")


def test_nothing_is_left_on_the_terminal() -> None:
    assert shown("study(8)\nprint('done')").left == []
    broken = shown("with showing(True) as told:\n time.sleep(1)\n told(Standing(1, 2))\n 1 / 0")
    assert "1 of 2 days" in broken.written
    assert broken.left[0].startswith("Traceback")
    assert not [line for line in broken.left if "days" in line]


def test_what_is_said_meanwhile_stays() -> None:
    code = "with showing(True) as told:\n time.sleep(1)\n told(Standing(1, 2))\n time.sleep(0.3)\n"
    assert shown(code + " import sys\n print('a warning', file=sys.stderr)").left == ["a warning"]


def test_what_is_over_at_once_shows_nothing() -> None:
    assert shown("with showing(True) as told: told(Standing(1, 1))").written == ""


def test_a_narrow_terminal_has_one_line() -> None:
    seen = shown("study(8)", columns=40)
    assert seen.left == []
    assert seen.written.count("\x1b[1A") <= 1  # to take it away


def test_no_color_is_obeyed() -> None:
    colours = re.compile(r"\x1b\[[\d;]*(?:3[0-9]|4[0-9]|9[0-7])(?:;[\d;]*)?m")
    assert colours.search(shown("study(8)").written)
    plain = shown("study(8)", {"NO_COLOR": "1"})
    assert "of 8 days" in plain.written
    assert not colours.search(plain.written)


def test_a_pipe_gets_nothing() -> None:
    command = [sys.executable, "-c", STUDY + "study(6)"]
    for environment in ({}, {"FORCE_COLOR": "1", "TERM": "xterm"}):
        done = subprocess.run(command, capture_output=True, check=True, env=environment)
        assert (done.stdout, done.stderr) == (b"", b"")


def test_a_command_shows_it_and_takes_it_away(tmp_path_factory: pytest.TempPathFactory) -> None:
    model = tmp_path_factory.mktemp("model") / "x.toml"
    new = [sys.executable, "-m", "flexports", "new"]
    model.write_bytes(subprocess.run(new, capture_output=True, check=True).stdout)
    words = ["sweep", str(model), "--ports", "3", "--days", "150", "--engine", "simpy"]
    seen = on_a_terminal([sys.executable, "-m", "flexports", *words, "--workers", "1"])
    assert re.search(r"\d+ of 150 days, 0:00:\d\d elapsed", seen.written)
    assert seen.left == []
    assert seen.output


def test_studies_do_not_load_what_shows_them() -> None:
    code = (
        "import sys, flexports.study.sweep, flexports.study.size, flexports.study.cluster\n"
        "print([name for name in ('rich', 'IPython', 'distributed') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def executed(code: str) -> list[nbformat.NotebookNode]:
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(code)])
    nbclient.NotebookClient(notebook, timeout=60).execute()
    outputs: list[nbformat.NotebookNode] = notebook.cells[0].outputs
    return outputs


def test_a_notebook_has_one_line_that_stays_the_same_each_time() -> None:
    (line,) = executed(STUDY + "study(5, 'a <b> +-3 %')")
    assert line.output_type == "display_data"
    assert line.data["text/plain"] == "5 of 5 days, a <b> +-3 %"
    assert line.data["text/html"] == "<div>5 of 5 days, a &lt;b&gt; +-3 %</div>"


def test_the_line_of_a_notebook_is_updated_in_its_place() -> None:
    spy = (
        "from IPython.display import DisplayHandle\n"
        "update, seen = DisplayHandle.update, []\n"
        "def noted(self, bundle, **keys):\n"
        "    seen.append(bundle)\n"
        "    update(self, bundle, **keys)\n"
        "DisplayHandle.update = noted\n"
    )
    first, said = executed(STUDY + spy + "study(6)\nprint(seen[0]['text/html'])")
    assert first.output_type == "display_data"
    bar = '<progress value="[2-5]" max="6"></progress>'
    words = rf"[2-5] of 6 days, 0:00:0\d elapsed, 0:00:0\d left, {re.escape(PRECISION)}"
    assert re.fullmatch(rf"<div>{bar} {words}</div>\n", said.text)


def test_a_study_in_a_notebook_shows_it_when_asked() -> None:
    study = (
        "import flexports\nfrom flexports.floor.template import new_floor_text\n"
        "floor = flexports.parse_floor(new_floor_text('x'))\n"
        "keys = dict(ports=[3], days=3, engine='simpy')\n"
    )
    assert executed(study + "_ = flexports.sweep(floor, **keys)") == []
    (line,) = executed(study + "_ = flexports.sweep(floor, progress=True, **keys)")
    assert line.data["text/plain"] == "3 of 3 days"


@pytest.mark.parametrize("asked", [False, silent])
def test_functions_are_silent_unless_asked(asked: bool, capsys: pytest.CaptureFixture[str]) -> None:
    size(FLOOR, days=3, progress=asked)
    assert capsys.readouterr() == ("", "")


def test_every_study_tells_whoever_wants_to_know() -> None:
    told: list[Standing] = []
    size(FLOOR, days=3, progress=told.append)
    assert Standing(3, 3) in told
    told.clear()
    sweep_licence(company_x(), "dialer", [2, 3], [2], days=3, progress=told.append)
    assert told == [Standing(3, 3)] * 2


def test_showing_passes_on_what_was_asked() -> None:
    told: list[Standing] = []
    with showing(told.append) as progress:
        progress(Standing(1, None))
    assert told == [Standing(1, None)]
    with showing(True) as progress:  # the tests' stderr is no terminal
        assert progress is silent


class TestPace:
    """A second passes at each look at the clock."""

    @pytest.fixture
    def pace(self, monkeypatch: pytest.MonkeyPatch) -> Pace:
        seconds = map(float, count())
        monkeypatch.setattr(paces.time, "monotonic", lambda: next(seconds))
        return Pace()  # at 0 s

    def test_the_time_left_is_by_the_pace_so_far(self, pace: Pace) -> None:
        pace.follow(Standing(1, 11))  # at 1 s: 10 more days take 10 s, of which 2 have passed
        assert pace.words() == "1 of 11 days, 0:00:02 elapsed, 0:00:08 left"

    def test_a_new_pass_has_a_pace_of_its_own(self, pace: Pace) -> None:
        pace.follow(Standing(10, 10))  # at 1 s
        pace.follow(Standing(1, 10))  # at 2 s: 10 days in 10 s, of which 3 have passed
        assert pace.words() == "1 of 10 days, 0:00:03 elapsed, 0:00:07 left"

    def test_days_that_were_there_before_say_nothing_of_the_pace(self, pace: Pace) -> None:
        # at 1 s, one day was run in that time: 10 more take 10 s, of which 2 have passed
        pace.follow(Standing(90, 100, saved=89))
        assert pace.words() == "90 of 100 days, 0:00:02 elapsed, 0:00:08 left"

    def test_as_long_as_no_day_was_run_there_is_no_pace(self, pace: Pace) -> None:
        pace.follow(Standing(90, 100, saved=90))
        assert pace.words() == "90 of 100 days, 0:00:02 elapsed"

    def test_without_an_end_there_is_no_time_left(self, pace: Pace) -> None:
        assert pace.words() == ""
        pace.follow(Standing(1200, None, "known"))
        assert pace.words() == "1,200 days, 0:00:02 elapsed, known"
        assert pace.last_words() == "1,200 days, known"


def test_the_screen_is_read_rightly() -> None:
    assert screen("one\r\ntwo\r\x1b[2K\x1b[1A\x1b[2Kthree") == ["three"]
    assert screen("one\r\ntwo") == ["one", "two"]
