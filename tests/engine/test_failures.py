"""What an engine says when it fails, and when it is asked for by a wrong name."""

from __future__ import annotations

import math

import pytest

from engine.hand_made import WrittenReel, floor, loss, toll_free
from flexports.engine import ENGINES, engine_named
from flexports.laws import Constant
from flexports.problems import InputError
from flexports.sources import plan_of, sources_on
from flexports.tape import Tape


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("duration_s", [math.nan, -1.0])
def test_a_failure_says_when_it_happened(engine: str, duration_s: float) -> None:
    calls = floor(loss())
    (source,) = sources_on(calls)
    broken = Tape((WrittenReel(source.draws(), [5.0], {"ivr": [duration_s]}),))
    with pytest.raises(ValueError, match="no number, or out of range") as failure:
        engine_named(engine)(plan_of(calls), broken, 1)
    assert failure.value.__notes__ == ["at 5.0 s of simulated time"]


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("way", [math.nan, -1.0, 2.0, 1e300])
def test_a_way_that_a_branch_does_not_have_is_refused(engine: str, way: float) -> None:
    calls = floor(toll_free(to_agent=0.5), sales=1)
    (source,) = sources_on(calls)
    broken = Tape((WrittenReel(source.draws(), [5.0], {"to_agent": [way]}),))
    with pytest.raises(ValueError, match="out of range"):
        engine_named(engine)(plan_of(calls), broken, 1)


@pytest.mark.parametrize("engine", ENGINES)
def test_after_a_failure_the_next_day_is_as_ever(engine: str) -> None:
    calls = floor(loss())
    (source,) = sources_on(calls)
    run, plan = engine_named(engine), plan_of(calls)
    whole = Tape((WrittenReel(source.draws(), [5.0, 7.0], {}),))
    before = run(plan, whole, 1).calls.values.tolist()
    broken = Tape((WrittenReel(source.draws(), [5.0, 6.0], {"ivr": [1e3, -1.0]}),))
    with pytest.raises(ValueError, match="no number"):
        run(plan, broken, 2)
    assert str(run(plan, whole, 1).calls.values.tolist()) == str(before)


@pytest.mark.parametrize("broken", range(2030, 2060))
def test_a_failure_is_told_where_room_for_rows_runs_out_too(broken: int) -> None:
    # Two spells a call, and room for some 4,100 of them at first.
    keys = {"talk": Constant(1.0), "wrap_up": Constant(5.0)}
    calls = floor(toll_free(**keys), sales=1, closes_s=1e5)
    (source,) = sources_on(calls)
    wrap_up = [math.nan if call == broken else 5.0 for call in range(2100)]
    arrivals = [10.0 * call for call in range(2100)]
    tape = Tape((WrittenReel(source.draws(), arrivals, {"wrap_up": wrap_up}),))
    with pytest.raises(ValueError, match="no number"):
        engine_named("compiled")(plan_of(calls), tape, 3)


@pytest.mark.parametrize("holds_s", [(math.inf, math.inf), (math.inf, 1.0)])
def test_a_call_without_end_is_the_last(holds_s: tuple[float, float]) -> None:
    calls = floor(loss())
    (source,) = sources_on(calls)
    tape = Tape((WrittenReel(source.draws(), [5.0, 6.0], {"ivr": holds_s}),))
    for engine in ENGINES:
        told = engine_named(engine)(plan_of(calls), tape, 3).calls
        assert (told["port_to_s"] - told["port_from_s"]).tolist() == list(holds_s)


def test_an_engine_of_no_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="simpy"):
        engine_named("simpi")
