"""Staffed time: two agents of sales on [0, 40) and from 60, one of support on [10, 30)."""

from __future__ import annotations

import pytest

from flexports.flows import DIALING, LOCKED_OUT, RINGING, TALKING
from flexports.tally import TICKS_PER_S, tally_day
from tally.more_by_hand import PLAN, day, work

S = TICKS_PER_S


def spent(*spells: list[float], warm_up_s: float = 0.0) -> list[dict[str, int]]:
    tally = tally_day(PLAN, day(work=spells), 3, warm_up_s=warm_up_s)
    return [
        {name: ticks for name, ticks in zip(team.layout.names, team.sums, strict=True) if ticks}
        for team in tally.teams
    ]


def test_staffed_time_is_that_of_the_shifts() -> None:
    # 2 agents x (40 + 40) s; 1 agent x 20 s.
    assert spent() == [
        {"idle": 160 * S, "staffed": 160 * S},
        {"idle": 20 * S, "staffed": 20 * S},
    ]


@pytest.mark.parametrize(("warm_up_s", "staffed"), [(20, 120), (50, 80), (70, 60)])
def test_only_the_part_of_a_shift_within_the_span_is_staffed(
    warm_up_s: float, staffed: float
) -> None:
    # 2 x (20 + 40), 2 x 40, 2 x 30.
    assert spent(warm_up_s=warm_up_s)[0]["staffed"] == staffed * S


def test_work_after_the_end_of_a_shift_is_outside_of_it() -> None:
    # A talk over [35, 50): 5 s in the shift. One over [55, 62), taken before: 2 s. Past closing:
    # [90, 120) is 10 s. Support rings over [5, 12): 2 s.
    sales, support = spent(
        work(0, TALKING, 35, 50),
        work(0, TALKING, 55, 62),
        work(1, DIALING, 90, 120),
        work(2, RINGING, 5, 12),
    )
    assert sales == {TALKING: 7 * S, DIALING: 10 * S, "idle": 143 * S, "staffed": 160 * S}
    assert support == {RINGING: 2 * S, "idle": 18 * S, "staffed": 20 * S}


def test_who_is_locked_out_is_not_idle() -> None:
    # Locked out for 30 s and, over the break, for 5 + 5 s.
    sales, _ = spent(work(0, LOCKED_OUT, 0, 30), work(1, LOCKED_OUT, 35, 65))
    assert sales == {LOCKED_OUT: 40 * S, "idle": 120 * S, "staffed": 160 * S}


def test_a_group_that_is_not_on_duty_in_the_span_has_no_time() -> None:
    assert spent(warm_up_s=40.0)[1] == {}
