"""What an engine says when it fails, and when it is asked for by a wrong name."""

from __future__ import annotations

import pytest

from engine.hand_made import WrittenReel, floor, loss
from flexports.engine import ENGINES, engine_named
from flexports.problems import InputError
from flexports.sources import plan_of
from flexports.tape import Tape


@pytest.mark.parametrize("engine", ENGINES)
def test_a_failure_says_when_it_happened(engine: str) -> None:
    # The tape lacks how long the IVR speaks.
    lacking = Tape((WrittenReel({}, [5.0], {}),))  # type: ignore[arg-type]
    with pytest.raises(KeyError) as failure:
        engine_named(engine)(plan_of(floor(loss())), lacking, 1)
    assert failure.value.__notes__ == ["at 5.0 s of simulated time"]


def test_an_engine_of_no_name_is_refused_with_the_nearest() -> None:
    with pytest.raises(InputError, match="simpy"):
        engine_named("simpi")
