"""``trace``: one day, event by event."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import Result

import flexports

Run = Callable[..., Result]


def events(text: str) -> list[list[str]]:
    """Return the rows of the table: time, what happened, ports busy."""
    body = text.partition("busy\n")[2].splitlines()
    return [[line[:10], line[12:].partition("  ")[0].strip(), line.split()[-1]] for line in body]


def test_a_clockwork_day_reads_as_it_was_worked_by_hand(run: Run, clockwork: Path) -> None:
    # A dial takes 20 s and hands a message of 30 s to the one port. The second dial ends at 0:40,
    # 10 s before the port is free: the agent leaves that message by hand, until 0:55.
    result = run("trace", clockwork, "--ports", 1)
    assert result.exit_code == 0
    assert events(result.stdout)[:9] == [
        ["09:00:00.0", "dials", "0"],
        ["09:00:20.0", "takes a port", "1"],
        ["09:00:20.0", "dials", "1"],
        ["09:00:40.0", "finds no port", "1"],
        ["09:00:40.0", "by hand begins", "1"],
        ["09:00:50.0", "gives the port back", "0"],
        ["09:00:55.0", "by hand ends", "0"],
        ["09:00:55.0", "dials", "0"],
        ["09:01:15.0", "takes a port", "1"],
    ]


def test_the_last_event_leaves_no_port_busy(run: Run, calls: Path) -> None:
    for model, ports in ((calls, 4), (calls, 1)):
        assert events(run("trace", model, "--ports", ports).stdout)[-1][-1] == "0"


def test_ports_in_use_never_pass_the_count(run: Run, dialer: Path) -> None:
    busy = [int(event[-1]) for event in events(run("trace", dialer, "--ports", 2).stdout)]
    assert max(busy) == 2
    assert min(busy) == 0


def test_the_model_may_name_the_port_count(run: Run, dialer: Path) -> None:
    assert "with 2 flex ports" in run("trace", dialer).stdout


def test_a_part_of_the_day_may_be_shown(run: Run, clockwork: Path) -> None:
    result = run("trace", clockwork, "--ports", 1, "--from", "09:01", "--to", "09:01:30")
    times = [event[0] for event in events(result.stdout)]
    assert times
    assert all("09:01:00.0" <= time <= "09:01:30.0" for time in times)


@pytest.mark.parametrize("option", ["--from", "--to"])
def test_data_are_of_the_whole_day(run: Run, clockwork: Path, option: str) -> None:
    result = run("trace", clockwork, "--ports", 1, option, "09:30", "--format", "csv")
    assert (result.exit_code, result.stdout) == (2, "")
    told = "chooses events, and csv has a row for each call of the day; leave it out, or the format"
    assert result.stderr == f"error: {option}: '09:30' {told}\n"


def test_data_have_a_row_for_each_call(run: Run, calls: Path) -> None:
    document = json.loads(run("trace", calls, "--ports", 3, "--format", "json").stdout)
    frame = flexports.simulate(calls, ports=3, day=0).calls
    assert [row["call"] for row in document["rows"]] == frame["call"].tolist()
    assert list(document["rows"][0]) == list(frame.columns)
    assert document["day"] == 0


def test_the_ports_become_a_picture(run: Run, dialer: Path, tmp_path: Path) -> None:
    picture = tmp_path / "day.svg"
    assert run("trace", dialer, "--plot", picture).exit_code == 0
    text = picture.read_text(encoding="utf-8")
    assert "outbound" in text
    assert "time of day" in text


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--from", "10:00", "--to", "09:30"), "'09:30' is no later than --from"),
        (("--to", "08:30"), "'08:30' is before opening"),
    ],
)
def test_a_span_that_runs_backwards_is_refused(
    run: Run, calls: Path, options: tuple[str, ...], said: str
) -> None:
    result = run("trace", calls, "--ports", 2, *options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_span_may_lie_on_the_next_day_of_a_floor_that_is_open_then(run: Run, calls: Path) -> None:
    night = calls.with_name("night.toml")
    night.write_text(calls.read_text().replace("[day]", '[day]\nopens = "23:50"'))
    result = run("trace", night, "--ports", 4, "--from", "23:52", "--to", "00:05")
    assert result.exit_code == 0
    times = [row[0] for row in events(result.stdout)]
    assert {time[:2] for time in times} == {"23", "00"}
    assert all(time >= "23:52" or time <= "00:05" for time in times)
