"""What is known beside what the simulation says: intervals counted right, and drawn."""

import math

import pytest
from matplotlib.figure import Figure

import flexports
from flexports import parse_floor
from flexports.estimates import Estimate
from flexports.plot.beside import (
    Beside,
    Reading,
    agreement,
    beside_holds,
    beside_ports,
    beside_settings,
    plot_beside,
)
from flexports.study.results import Sweep
from shown_floors import CALLS


@pytest.fixture(scope="module")
def sweep() -> Sweep:
    return flexports.sweep(parse_floor(CALLS), ports=[2, 3, 4], days=6, seed=7)


def reading(value: float, low: float, high: float, known: float, days: int = 10**6) -> Reading:
    return Reading(1, known, Estimate("calls", "blocking", "share", value, low, high), days, 0.95)


def test_z_is_the_distance_in_standard_errors_of_the_side_on_which_the_value_lies() -> None:
    # Many days: half of a 95 % interval is 1.96 standard errors.
    (above,) = Beside("law", [reading(0.30, 0.20, 0.35, known=0.20)]).z
    (below,) = Beside("law", [reading(0.30, 0.20, 0.35, known=0.35)]).z
    assert above == pytest.approx(1.96, abs=1e-3)
    assert below == pytest.approx(-1.96, abs=1e-3)


def test_z_allows_for_few_days() -> None:
    # Whatever the days, the end of a 95 % interval is as improbable.
    (z,) = Beside("law", [reading(0.30, 0.20, 0.40, known=0.20, days=3)]).z
    assert z == pytest.approx(1.96, abs=1e-3)
    (far,) = Beside("law", [reading(0.30, 0.20, 0.40, known=0.0, days=3)]).z
    assert far < 3 * z


def test_a_value_that_is_exactly_what_is_known_is_no_error_apart() -> None:
    assert Beside("law", [reading(0.0, 0.0, 0.01, known=0.0)]).z == [0.0]
    assert Beside("law", [reading(0.1, 0.1, 0.2, known=0.0)]).z == [math.inf]


def test_intervals_that_contain_what_is_known_are_counted_beside_how_many_should() -> None:
    good, bad = reading(0.3, 0.2, 0.4, known=0.25), reading(0.3, 0.2, 0.4, known=0.45)
    counted = agreement([Beside("one", [good, bad]), Beside("other", [good, good])])
    assert counted.values[:, :3].tolist() == [[2, 1, 1.9], [2, 2, 1.9], [4, 3, 3.8]]
    assert list(counted.index) == ["one", "other", "all"]
    assert list(agreement([Beside("one", [good])]).index) == ["one"]


def test_points_are_read_off_sweeps(sweep: Sweep) -> None:
    known = {2: 0.4, 3: 0.2, 4: 0.1}
    ports = beside_ports("law", sweep, "calls", "blocking", known)
    assert [each.at for each in ports.readings] == [2, 3, 4]
    assert ports.table.known.tolist() == [0.4, 0.2, 0.1]
    settings = beside_settings("law", {"a": sweep}, "calls", "blocking", lambda _: 0.4)
    assert settings.readings[0].estimate == sweep.estimate(2, "calls", "blocking")
    holds = beside_holds("law", sweep, 4, "calls", lambda share: 100 * share)
    assert [each.known for each in holds.readings] == [50, 90, 95, 99]
    assert holds.curve[0] == (1.0, 1.0)


def test_what_is_known_is_a_line_and_who_leaves_it_out_has_a_ring() -> None:
    ax = Figure().subplots()
    good, bad = reading(0.3, 0.2, 0.4, known=0.25), reading(0.3, 0.2, 0.4, known=0.45)
    drawn = plot_beside(Beside("calls", [good, bad]), ax=ax, title="A law", log=True)
    assert drawn is ax
    legend = [text.get_text() for text in ax.get_legend().get_texts()]
    assert legend == ["known", "leaves out what is known", "calls"]
    assert list(ax.lines[0].get_ydata()) == [25, 45]
    assert (ax.get_xlabel(), ax.get_ylabel()) == ("flex ports", "blocking (%)")
