"""Floors on which agents are what is short."""

from __future__ import annotations

import pytest

from flexports.floor import read_floor
from flexports.laws import Exponential
from flexports.sources import kinds_of
from flexports.study.overload import agent_work_s, overload_of
from study.floors_for_studies import MODELS, answering_floor, callers


def test_as_much_work_as_agents_is_too_much() -> None:
    # 40 calls an hour of 180 s are 2 erlangs.
    for agents, too_much in ((1, True), (2, True), (3, False)):
        found = overload_of(answering_floor(agents, callers(40, 180.0)))
        assert (found is not None) == too_much
        if found is not None:
            assert found.load_erl == pytest.approx(2.0)
            assert (found.sources, found.agents) == (("toll-free",), agents)


def test_callers_who_give_up_shed_the_work_that_is_too_much() -> None:
    assert overload_of(answering_floor(1, callers(40, 180.0, patience=Exponential(60.0)))) is None


def test_work_is_that_of_the_agent_on_every_way_of_the_call() -> None:
    floor = read_floor(MODELS / "lead-response.toml")
    (lead,) = (each for each in kinds_of(floor) if each.kind == "lead-response")
    busy_s = lead.ring.expected_s + lead.dial.expected_s
    busy_s += lead.contact * (lead.talk.expected_s + lead.wrap_up.expected_s)
    share_of_elf = lead.draws_on(floor)["elf"].share
    work_s = agent_work_s(lead.flow(), lead.draws_on(floor))
    assert work_s == pytest.approx(share_of_elf * busy_s)


@pytest.mark.parametrize("model", sorted(MODELS.glob("*.toml")), ids=lambda path: path.stem)
def test_no_model_is_overloaded(model) -> None:
    assert overload_of(read_floor(model)) is None
