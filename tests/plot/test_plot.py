"""Pictures: what they show, where they draw, and that they are the same each time."""

from dataclasses import replace

import matplotlib as mpl
import pytest
from matplotlib import pyplot as plt
from matplotlib.figure import Figure

import flexports
from flexports import parse_floor
from flexports.floor import Floor, Prices, Targets
from flexports.plot import (
    picture,
    plot,
    plot_blocking,
    plot_costs,
    plot_differences,
    plot_holds,
    plot_time_of_day,
)
from flexports.plot.day import Leg, lanes_of, legs_of
from flexports.plot.style import looks
from flexports.study.results import Sweep
from flexports.study.size import Size
from shown_floors import CALLS, CLOCKWORK, DIALER


@pytest.fixture(scope="module")
def floor() -> Floor:
    return parse_floor(CALLS)


@pytest.fixture(scope="module")
def size(floor: Floor) -> Size:
    return flexports.size(floor, days=8, seed=7)


@pytest.fixture(scope="module")
def dialer() -> Sweep:
    return flexports.sweep(parse_floor(DIALER), ports=range(1, 5), days=3)


def new_axes(count: int) -> list:
    return list(Figure().subplots(1, count, squeeze=False)[0])


def legend_of(ax: object) -> list[str]:
    return [text.get_text() for text in ax.get_legend().get_texts()]  # type: ignore[attr-defined]


def test_a_size_shows_blocking_targets_the_answer_the_rule_and_the_exact_chain(size: Size) -> None:
    left, right = new_axes(2)
    plot(size, [left, right])
    assert legend_of(left) == [
        "calls",
        "calls: exact",
        "target: 20 %",
        f"needed: {size.ports} ports",
        "rule of thumb: 5 ports",
    ]
    assert left.get_ylabel() == "attempts that find no port (%)"
    assert right.get_ylabel() == "hold for an agent (s)"
    assert "calls: mean" in legend_of(right)
    assert {left.get_xlabel(), right.get_xlabel()} == {"flex ports"}


def test_intervals_are_bands(size: Size) -> None:
    left, right = new_axes(2)
    plot(size, [left, right])
    assert len(left.collections) == 1
    assert len(right.collections) == 2  # mean and p90


def test_without_a_chain_erlang_b_of_the_whole_load_is_the_nearest_closed_form(size: Size) -> None:
    (ax,) = new_axes(1)
    plot(size.sweep, ax, exact=())
    assert "Erlang B, whole load of 2 erlang" in legend_of(ax)


def test_where_nobody_holds_the_agents_burden_takes_its_place(dialer: Sweep) -> None:
    axes = new_axes(2)
    plot(dialer, axes)
    assert "outbound: messages left by hand" in legend_of(axes[1])
    assert "outbound: recordings missed" in legend_of(axes[1])
    assert axes[1].get_ylabel() == "share (%)"


def test_one_axes_gets_the_blocking_and_is_returned(size: Size) -> None:
    (ax,) = new_axes(1)
    assert size.plot(ax) is ax
    assert ax.get_title(loc="left") == "Blocking"


def test_without_axes_a_figure_is_made_for_the_notebook(size: Size) -> None:
    with mpl.rc_context({"backend": "agg"}):
        axes = size.sweep.plot()
        assert len(axes) == 2
        assert axes[0].figure is plt.gcf()
        plt.close("all")


def test_a_floor_on_which_nothing_is_blocked_is_drawn_all_the_same(floor: Floor) -> None:
    free = flexports.sweep(floor, ports=[60, 61], days=3)
    assert picture(free, "svg", exact=()).startswith(b"<?xml")


def test_arrows_hang_from_what_may_be_where_nothing_was_seen(floor: Floor) -> None:
    wide = flexports.sweep(floor, ports=[1, 2, 40], days=12)
    (ax,) = new_axes(1)
    plot(wide, ax, exact=())
    assert ax.get_yscale() == "log"
    (arrow,) = [line for line in ax.get_lines() if line.get_marker() == r"$\downarrow$"]
    assert arrow.get_xdata().tolist() == [40]


def test_targets_of_single_sources_are_told_apart() -> None:
    text = CALLS + '\n[[sources]]\nkind = "inbound"\nname = "more"\nrate = "9 per hour"\n'
    floor = replace(parse_floor(text), targets=Targets(blocking={"calls": 0.1, "more": 0.02}))
    (ax,) = new_axes(1)
    plot(flexports.sweep(floor, ports=[2, 3], days=2), ax, exact=())
    assert {"target for calls: 10 %", "target for more: 2 %"} <= set(legend_of(ax))


def test_one_port_count_is_enough_for_a_picture(floor: Floor) -> None:
    one = flexports.sweep(floor, ports=[3], days=2)
    assert picture(one, "png").startswith(b"\x89PNG")


@pytest.mark.parametrize("form", ["svg", "png"])
def test_the_same_result_gives_the_same_file(size: Size, form: str) -> None:
    assert picture(size, form, exact=()) == picture(size, form, exact=())


def test_an_svg_holds_its_words_as_text_and_no_date(size: Size) -> None:
    text = picture(size, "svg").decode("utf-8")
    assert "flex ports</text>" in text
    assert "dc:date" not in text


def test_no_picture_leaves_its_settings_behind(size: Size) -> None:
    before = dict(mpl.rcParams)
    picture(size, "svg", exact=())
    assert dict(mpl.rcParams) == before


def test_a_day_has_a_row_for_each_port_and_a_mark_for_each_that_found_none() -> None:
    day = flexports.simulate(parse_floor(CLOCKWORK), ports=1)
    (ax,) = new_axes(1)
    plot(day, ax)
    # Worked by hand: dials end at 0:20, 0:40, 1:15 and 1:35; at 0:40 and 1:35 the port is busy.
    assert "found no port (2)" in legend_of(ax)
    assert ax.get_yticks().tolist() == [1]
    assert ax.get_xlabel() == "time of day"


def test_no_port_is_held_twice_at_once() -> None:
    day = flexports.simulate(parse_floor(DIALER), ports=3)
    legs = legs_of(day)
    until: dict[int, float] = {}
    for leg, lane in zip(legs, lanes_of(legs), strict=True):
        assert 1 <= lane <= 3
        assert until.get(lane, 0.0) <= leg.from_s
        until[lane] = leg.to_s


def test_a_port_given_back_is_taken_at_the_same_instant() -> None:
    legs = [Leg(0.0, 5.0, 0, False), Leg(5.0, 9.0, 0, False)]
    assert lanes_of(legs) == [1, 1]


def test_the_rule_of_thumb_adds_up_in_its_picture(size: Size) -> None:
    (ax,) = new_axes(1)
    assert size.rule.plot(ax) is ax
    last = ax.patches[-1]
    assert last.get_x() + last.get_width() == size.rule.ports
    assert "3 + 2 = 5" in ax.get_title(loc="left")


def test_the_distribution_of_hold_has_bands_and_the_target(size: Size) -> None:
    (ax,) = new_axes(1)
    assert plot_holds(size.sweep, 3, ax) is ax
    assert legend_of(ax) == ["calls"]
    assert len(ax.collections) == 1
    percent = ax.get_lines()[0].get_ydata()
    assert percent[0] == pytest.approx(2)
    assert percent[-1] == pytest.approx(99)


def test_differences_are_drawn_with_their_intervals_about_nothing(floor: Floor) -> None:
    sweep = flexports.sweep(floor, ports=[2, 3, 4], days=8)
    (ax,) = new_axes(1)
    assert plot_differences(sweep.differences(), ax) is ax
    assert [text.get_text() for text in ax.get_xticklabels()] == ["2 to 3", "3 to 4"]
    assert ax.get_ylabel() == "change (percentage points)"
    with pytest.raises(ValueError, match="no difference in parrots"):
        plot_differences(sweep.differences(), ax, metric="parrots")


def test_the_time_of_day_is_told_from_opening_to_closing(floor: Floor) -> None:
    sweep = flexports.sweep(floor, ports=[2], days=8, by_s=600.0)
    (ax,) = new_axes(1)
    plot_time_of_day(sweep, 2, ax)
    assert ax.get_xlim() == (32_400.0, 34_200.0)
    assert legend_of(ax) == ["calls"]


def test_costs_begin_with_the_rent(floor: Floor) -> None:
    priced = replace(floor, prices=Prices(port=100.0, lost_call=1.0))
    sweep = flexports.sweep(priced, ports=[2, 4, 6], days=8)
    (ax,) = new_axes(1)
    plot_costs(sweep, ax)
    cost, rent = (line.get_ydata() for line in ax.get_lines()[:2])
    assert list(rent) == [200.0, 400.0, 600.0]
    assert all(cost >= rent)
    with pytest.raises(ValueError, match="no costs"):
        plot_costs(flexports.sweep(floor, ports=[2], days=2), ax)


def test_a_fax_on_a_line_of_its_own_holds_no_port() -> None:
    text = CALLS.replace("count = 2", 'count = 2\nlicences = ["crm", "agent-login", "fax"]')
    floor = parse_floor(text + '\n[[sources]]\nkind = "fax"\nrate = "60 per hour"\n')
    day = flexports.simulate(floor, ports=2)
    assert {leg.source for leg in legs_of(day)} == {0}
    assert max(lanes_of(legs_of(day))) <= 2


def test_a_name_may_hold_a_dollar_or_begin_with_an_underscore() -> None:
    floor = parse_floor(CALLS.replace('name = "calls"', 'name = "_$x^{$"'))
    (ax,) = new_axes(1)
    plot_blocking(flexports.sweep(floor, ports=[1, 2], days=3), ax, exact=())
    assert legend_of(ax)[0].endswith("_$x^{$")


def test_what_is_no_result_has_no_picture() -> None:
    with pytest.raises(TypeError, match="a str has no picture"):
        plot("nothing", new_axes(1)[0])  # type: ignore[arg-type]


def test_sources_differ_in_colour_and_in_mark() -> None:
    drawn = list(looks([f"source {number}" for number in range(12)]).values())
    assert len({(look.colour, look.marker) for look in drawn}) == 12
    assert len({look.colour for look in drawn[:6]}) == 6
    assert len({look.marker for look in drawn[:6]}) == 6
