"""What is said about a size: the answer, its certainty, and what would settle a doubt."""

import re
from dataclasses import replace

import pytest

import flexports
from flexports import parse_floor
from flexports.estimates import Estimate
from flexports.floor import Floor, Ports, Targets
from flexports.study.exact import exact_sweep
from flexports.study.rule import rule_of_thumb
from flexports.study.size import DaysBy, Size
from flexports.study.size_over import SizeOver
from flexports.study.targets import Failure, Target
from flexports.table import counts_shown, html, page
from flexports.table.answer import answer_texts, days_to_decide, rule_sentence
from flexports.table.wording import Wording, calls_of, fails_on
from flexports.tally import Tallies
from shown_floors import CALLS, DIALER


@pytest.fixture(scope="module")
def floor() -> Floor:
    return parse_floor(CALLS)


@pytest.fixture(scope="module")
def size(floor: Floor) -> Size:
    return flexports.size(floor, days=8, seed=7)


def failure(value: float, low: float, high: float, bound: float = 0.01) -> Failure:
    estimate = Estimate("calls", "blocking", "share", value, low, high)
    return Failure(Target("calls", "blocking", bound), estimate)


def test_a_doubt_is_settled_by_days_with_the_square_of_the_interval() -> None:
    # 0.8 % +- 0.4 %, the target 0.2 % away: (0.4 / 0.2)**2 = 4 times the days, and 1.3 to be safe
    assert days_to_decide([failure(0.008, 0.004, 0.012)], 100) == 550


def test_where_nothing_was_seen_the_bound_falls_with_the_days_themselves() -> None:
    # at most 2 % of which 1 % is allowed: twice the days, and 1.3 to be safe
    assert days_to_decide([failure(0.0, 0.0, 0.02)], 100) == 300


def test_no_number_of_days_settles_what_lies_on_the_target() -> None:
    assert days_to_decide([failure(0.01, 0.009, 0.011)], 6400) is None
    assert days_to_decide([failure(0.0099999, 0.009, 0.011)], 6400) is None


def test_few_days_that_fall_on_the_target_do_not_show_that_none_would_do() -> None:
    # As likely as not the truth is a fifth of the reach away: 5**2 times the days, 1.3 to be safe.
    assert days_to_decide([failure(0.01, 0.006, 0.014)], 60) == 2000
    assert days_to_decide([failure(0.00999, 0.006, 0.014)], 60) == 2000


def test_a_doubt_names_the_count_and_the_days(size: Size) -> None:
    assert (size.ports, [each.ports for each in size.undecided]) == (4, [3])
    text = " ".join(each.words for each in answer_texts(size))
    assert "8 days do not settle whether 3 flex ports meet the target. More days would" in text
    by_search, by_experiment = (
        " ".join(each.words for each in answer_texts(replace(size, days_by=days_by)))
        for days_by in (DaysBy.SEARCH, DaysBy.EXPERIMENT)
    )
    assert "--max-days" in by_search
    assert "--max-days" not in by_experiment
    assert "More days would decide it: about " in by_experiment


def test_a_rule_of_thumb_that_was_not_run_is_not_called_too_many(size: Size) -> None:
    among = replace(size.sweep, tallies=size.sweep.tallies.among([size.sweep.ports[0]]))
    text = rule_sentence(replace(size, sweep=among, days_by=DaysBy.EXPERIMENT))
    assert text.endswith("that is not among the port counts of the experiment.")


@pytest.mark.parametrize(
    ("days_by", "told"),
    [
        (DaysBy.SEARCH, "about --max-days "),
        (DaysBy.CALLER, "about --days "),
        (DaysBy.EXPERIMENT, r"about \d+ in the experiment\."),
    ],
)
def test_more_days_are_asked_for_where_they_were_bounded(
    floor: Floor, days_by: DaysBy, told: str
) -> None:
    strict = replace(floor, targets=Targets(blocking=0.001))
    doubtful = replace(flexports.size(strict, days=2, seed=1), days_by=days_by)
    assert re.search(f"More days would decide it: {told}", answer_texts(doubtful)[0].words)


def test_what_is_certain_is_told_first(floor: Floor) -> None:
    doubtful, certain = failure(0.008, 0.004, 0.012), failure(0.03, 0.02, 0.04)
    text = Wording(floor).all_missed([doubtful, certain, doubtful])
    assert text.index("above the target of 1 %") < text.index("not yet shown to meet")
    assert text.endswith("and 1 more")


def test_a_plural_name_stands_after_what_it_sends() -> None:
    floor = parse_floor(DIALER.replace('"outbound"', '"recalls"'))
    assert calls_of(floor, "recalls") == "messages of recalls"
    assert calls_of(parse_floor(DIALER), "outbound") == "outbound messages"
    assert calls_of(parse_floor(CALLS), "calls") == "calls"


def test_a_cell_tells_doubt_from_certainty() -> None:
    assert fails_on([]) == "nothing"
    assert fails_on([failure(0.03, 0.02, 0.04)]) == "calls blocking"
    assert fails_on([failure(0.008, 0.004, 0.012)] * 2) == "calls blocking? (+1)"


def test_several_targets_with_one_predicate_share_it(floor: Floor) -> None:
    one = failure(0.005, 0.004, 0.006)
    text = Wording(floor).all_met([(one.target, one.estimate)] * 2)
    assert text == "at most 0.6 % of calls and 0.6 % of calls find no port"


def test_the_ports_of_today_are_marked(floor: Floor) -> None:
    today = flexports.size(replace(floor, ports=Ports(count=2)), days=3)
    (row,) = [line for line in page(today).text().splitlines() if "today" in line]
    assert row.split()[0] == "2"


def test_the_rows_shown_are_about_the_answer_and_the_rule_of_thumb(size: Size) -> None:
    shown = counts_shown(size)
    assert len(shown) <= 12
    assert {size.ports, size.ports - 1, size.rule.ports} <= set(shown)


def test_counts_that_were_run_on_different_days_say_on_how_many(size: Size) -> None:
    more = flexports.sweep(size.sweep.trial.floor, ports=size.sweep.ports, days=16, seed=7)
    mixed = replace(more, tallies=Tallies({**size.sweep.tallies, 4: more.tallies[4]}))
    for shown in (replace(size, sweep=mixed), mixed):
        head, *rows = [line for line in page(shown).text().splitlines() if line[:5].strip()]
        assert "days" in next(line for line in [head, *rows] if line.startswith("ports"))
        (row,) = [line for line in rows if line.split()[0] == "4"]
        assert "16" in row.split()
    assert "  days  " not in page(size).text()


def test_an_answer_that_holds_for_all_at_once_says_why_its_intervals_are_wider(size: Size) -> None:
    told = "hold for all looks, targets and counts at once"
    one_claim, two_claims = replace(size, targets=size.targets[:1]), replace(size, at_once=2)
    assert one_claim.judged.confidence == size.sweep.confidence
    assert told not in " ".join(page(one_claim).text().split())
    assert told in " ".join(page(two_claims).text().split())


def test_the_other_reading_of_the_rule_keeps_the_ports_of_recordings(floor: Floor) -> None:
    (calls,) = floor.sources
    recorded = replace(floor, sources=(replace(calls, record=0.5),))  # type: ignore[call-arg]
    for each, told in ((floor, False), (recorded, True)):
        words = " ".join(page(rule_of_thumb(each)).text().split())
        assert "may also mean one port for each agent" in words
        assert (", beside those of recordings:" in words) is told


def test_a_notebook_shows_the_answer_and_the_exact_values(size: Size) -> None:
    shown = size._repr_html_()
    assert answer_texts(size)[0].words in shown
    assert ">exact<" in shown


def test_a_result_is_one_short_line(size: Size) -> None:
    assert repr(size) == f"<Size of Tiny: ports={size.ports}>"
    some = flexports.sweep(size.sweep.trial.floor, ports=[2, 3], days=3)
    assert repr(some) == "<Sweep of Tiny: ports 2, 3; 3 days>"
    over = SizeOver("ports.count", {"2": size})
    assert repr(over) == f"<SizeOver ports.count: ports for 2: {size.ports}>"
    assert repr(size.rule) == f"<Rule of thumb for Tiny: ports={size.rule.ports}>"
    day = flexports.simulate(size.sweep.trial.floor, ports=2)
    assert repr(day) == f"<Day 0 of Tiny: ports=2; {len(day.calls)} calls>"


def test_every_result_shows_itself(floor: Floor, size: Size) -> None:
    assert "calls<br>blocking" in html(size.sweep)
    assert "bare minimum" in html(size.rule)
    assert "day 0 of seed 1" in html(flexports.simulate(floor, ports=3))


def test_what_is_no_result_has_no_page() -> None:
    with pytest.raises(TypeError, match="a str has no page"):
        page("nothing")  # type: ignore[arg-type]


def test_durations_that_are_not_exponential_are_compared_as_if_they_were() -> None:
    floor = parse_floor(DIALER)
    result = flexports.sweep(floor, ports=[1, 2], days=3)
    text = page(result, exact_sweep(floor, result.ports)).text()
    assert "as if all durations were exponential" in text
    assert "exact: " not in text


NOBODY_WANTS_A_PORT = """
name = "By hand"

[day]
length = "1 h"

[[agents]]
count = 2
licences = ["crm", "dialer-tab"]

[[sources]]
kind = "power-dialer"
"""


def test_a_floor_on_which_nothing_wants_a_port_needs_none() -> None:
    """Agents without the dialer leave every message in person."""
    size = flexports.size(parse_floor(NOBODY_WANTS_A_PORT))
    assert size.sweep.days == 100  # and no more to find out
    assert answer_texts(size)[0].words == "By hand needs no flex ports: nothing on it wants one."
    assert answer_texts(size)[1].words == "The rule of thumb gives 2 (a bare minimum of 0, plus 2)."


def test_a_floor_without_a_target_is_said_to_have_none(floor: Floor) -> None:
    size = flexports.size(replace(floor, targets=Targets(blocking={})), days=3)
    assert answer_texts(size)[0].words.startswith("Tiny has no target that flex ports could miss.")


def test_exact_values_of_the_long_run_are_called_so() -> None:
    """A pure loss floor of any law has those of its means."""
    loss = flexports.sweep(parse_floor(LOSS), ports=[2], days=5)
    exact = exact_sweep(loss.trial.floor, [2])
    told = page(loss, exact).text()
    assert "long run: worked out exactly, for days without beginning or end." in told
    assert "long run" in html(loss)


LOSS = """
[[sources]]
kind = "inbound"
to_agent = 0
ivr = "1 min"
rate = "20 per hour"
"""
