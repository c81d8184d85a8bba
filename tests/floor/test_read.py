"""Reading a floor: the example of the file format, defaults, and files that are no floors."""

import os
import pickle
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from flexports.floor import Floor, Ports, floor_text, parse_floor, read_floor
from flexports.laws import Constant, Exponential, Lognormal
from flexports.problems import InputError

PLAIN = """
[[agents]]
count = 5
[[sources]]
kind = "power-dialer"
dial = "25 s"
outcomes = { voicemail = 0.40, conversation = 0.15, no-answer = 0.45 }
message = "35 s"
talk = "3 min"
[[sources]]
kind = "inbound"
rate = "18 per hour"
talk = "4 min"
"""


def test_the_example_says_what_the_design_says(company_x: str) -> None:
    floor = parse_floor(company_x)
    assert floor.name == "Company X"
    assert (floor.day.length_s, floor.day.opens_s, floor.day.warm_up_s) == (21600.0, 32400.0, 0.0)
    assert floor.ports.count == 7
    assert floor.targets.blocking_of("outbound") == 0.01
    assert floor.targets.service_level is not None
    assert floor.targets.service_level.within_s == 20.0
    assert floor.group("sales").count == 5
    assert floor.agent_names()[-1] == "sales 5"
    outbound, inbound = floor.source("outbound"), floor.source("toll-free")
    assert outbound.groups == inbound.groups == ("sales",)
    assert outbound.dials_for == ("sales",)
    assert getattr(outbound, "dial") == Exponential(25.0)  # noqa: B009
    assert getattr(outbound, "message") == Lognormal(35.0, 0.2)  # noqa: B009
    assert getattr(inbound, "wrap_up") == Constant(30.0)  # noqa: B009
    assert getattr(inbound, "rate").between(32400.0, 21600.0) == ((0.0,), (0.005,))  # noqa: B009


def test_a_plain_company_takes_fewer_than_fifteen_lines() -> None:
    floor = parse_floor(PLAIN)
    assert len(PLAIN.strip().splitlines()) < 15
    assert [source.name for source in floor.sources] == ["power-dialer", "inbound"]
    assert all(source.groups == ("agents",) for source in floor.sources)
    assert floor.day.length_s == 28800.0
    assert floor.targets.blocking == 0.01
    assert "agent-login" in floor.group("agents").licences


def test_targets_may_differ_by_source(company_x: str) -> None:
    text = company_x.replace("blocking = 0.01", "blocking = { outbound = 0.05 }")
    targets = parse_floor(text).targets
    assert targets.blocking_of("outbound") == 0.05
    assert targets.blocking_of("toll-free") is None


def test_a_floor_travels_varies_and_compares(company_x: str) -> None:
    floor = parse_floor(company_x)
    assert pickle.loads(pickle.dumps(floor)) == floor
    assert replace(floor, ports=Ports(count=9)).ports.count == 9
    assert replace(floor, ports=Ports(count=9)) != floor


def test_what_is_written_reads_back(company_x: str) -> None:
    for text in (company_x, PLAIN):
        floor = parse_floor(text)
        assert parse_floor(floor_text(floor)) == floor


def test_a_floor_without_a_name_is_called_after_its_file(tmp_path: Path) -> None:
    file = tmp_path / "acme.toml"
    file.write_text(PLAIN)
    assert read_floor(file).name == "acme"


def test_a_file_may_begin_with_a_byte_order_mark(tmp_path: Path) -> None:
    file = tmp_path / "acme.toml"
    file.write_bytes(b"\xef\xbb\xbf" + PLAIN.encode())
    assert isinstance(read_floor(str(file)), Floor)


def test_measured_durations_lie_beside_the_floor(tmp_path: Path) -> None:
    (tmp_path / "talk.txt").write_text("60\n120\n")
    file = tmp_path / "acme.toml"
    law = '{ distribution = "empirical", file = "talk.txt", plus = "1 s" }'
    file.write_text(PLAIN.replace('"4 min"', law))
    source = read_floor(file).source("inbound")
    assert getattr(source, "talk").expected_s == 91.0  # noqa: B009


def test_a_missing_file_of_durations_is_told_with_its_key(tmp_path: Path) -> None:
    file = tmp_path / "acme.toml"
    file.write_text(PLAIN.replace('"4 min"', '{ distribution = "empirical", file = "talk.txt" }'))
    with pytest.raises(InputError, match=r"sources\[1\]\.talk\.file: 'talk.txt' cannot be read"):
        read_floor(file)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty; begin with what `flexports new` writes"),
        (b"\n# nothing\n", "is empty; "),
        (b"\x7fELF\x02\x01\x01\x00\xf7\xff", "is not text: byte 9 is not UTF-8; "),
        ("name = 'x'".encode("utf-16"), "is not text: byte 1 is not UTF-8; "),
        (b"#" * 10_000_000, "is larger than 1 MB; "),
        (b"name = 'x'\nports = \n", "line 2, column 9: is not TOML: "),
        (b"name = 'x'\nname = 'y'\n", "line 2, column 11: is not TOML: "),
        (b"x = " + b"[" * 5000, "is nested too deeply; "),
        (b"x = " + b"9" * 5000, "is not TOML: a number is too long; "),
        (b"\x00", "line 1, column 1: is not TOML: "),
    ],
)
def test_a_file_that_is_no_floor_is_refused(tmp_path: Path, content: bytes, says: str) -> None:
    file = tmp_path / "bad.toml"
    file.write_bytes(content)
    with pytest.raises(InputError) as refused:
        read_floor(file)
    assert str(refused.value).startswith(f"{file}: {says}")
    assert len(refused.value.problems) == 1


def test_a_missing_file_is_refused_with_the_nearest(tmp_path: Path) -> None:
    (tmp_path / "company-x.toml").write_text("")
    missing = tmp_path / "compny-x.toml"
    with pytest.raises(InputError) as refused:
        read_floor(missing)
    wanted = f"{missing}: does not exist; did you mean '{tmp_path / 'company-x.toml'}'?"
    assert str(refused.value) == wanted
    with pytest.raises(InputError, match=r"the folder .* does not exist either"):
        read_floor(tmp_path / "models" / "x.toml")


def test_a_directory_is_refused_with_what_is_in_it(tmp_path: Path) -> None:
    (tmp_path / "company-x.toml").write_text("")
    with pytest.raises(InputError, match=r"is a directory; name a file in it, such as .*company-x"):
        read_floor(tmp_path)


@pytest.mark.skipif(not os.path.exists("/dev/zero"), reason="needs a file without end")
def test_a_file_without_end_is_refused() -> None:
    with pytest.raises(InputError, match="is larger than 1 MB"):
        read_floor("/dev/zero")


def test_a_path_that_no_file_can_have_is_refused() -> None:
    for path in ("\0", "x" * 5000):
        with pytest.raises(InputError, match="cannot be read"):
            read_floor(path)


def test_all_that_is_wrong_is_told_at_once(lines_of: Callable[[str], list[str]]) -> None:
    text = """
nam = "x"
[day]
length = "-3 h"
[targets]
blocking = { brodcast = 0.1 }
[[agents]]
name = "sales"
count = 0
[[agents]]
name = "support"
count = 2
licences = ["dialer"]
[[sources]]
kind = "inbound"
rate = "18"
talk = "3 mins"
agents = "slaes"
[[sources]]
kind = "inbuond"
[[sources]]
kind = "broadcast"
pace = "600 per hour"
agents = "suport"
"""
    lines = lines_of(text)
    assert [line.partition(": ")[0] for line in lines] == [
        "day.length",
        "agents[0].count",
        "agents[1].licences",
        "agents[1].licences",
        "sources[0].talk",
        "sources[0].rate",
        "sources[1].kind",
        "nam",
        "targets.blocking.brodcast",
        "sources[2].agents",
    ]
