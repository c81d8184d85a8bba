"""Who answers whom: priority, first come first served, longest idle, preference among groups."""

from engine.hand_made import NOBODY, VOICEMAIL, floor, outbound, play, toll_free
from flexports.floor import Floor
from flexports.flows import AskForAgent, End, Start, Steps, Work
from flexports.laws import Constant, Exponential
from flexports.sources.inbound import Inbound


def two_classes(closes_s: float = 1000.0) -> Floor:
    first = toll_free(name="first", priority=1)
    return floor(toll_free(name="second", priority=2), first, sales=1, closes_s=closes_s)


def test_the_caller_of_the_higher_priority_is_answered_first() -> None:
    # One agent talks over [0, 10). Second-class calls hold from 1 and 2, a first-class one from 3:
    # answered at 10 (first class), 20 (who came at 1), 30 (who came at 2).
    day = play(two_classes(), ports=9, arrivals={"second": [0, 1, 2], "first": [3]})
    assert day.calls("first")[0].talk == (10, 20)
    assert [call.talk for call in day.calls("second")] == [(0, 10), (20, 30), (30, 40)]


def test_nobody_is_interrupted_for_a_higher_priority() -> None:
    day = play(two_classes(), ports=9, arrivals={"second": [0], "first": [1]})
    assert day.calls("second")[0].talk == (0, 10)
    assert day.calls("first")[0].talk == (10, 20)


def test_within_a_priority_it_is_first_come_first_served_whatever_the_source() -> None:
    day = play(
        floor(toll_free(name="a"), toll_free(name="b"), sales=1),
        ports=9,
        arrivals={"a": [0, 2, 4], "b": [1, 3]},
    )
    assert [call.talk for call in day.calls("a")] == [(0, 10), (20, 30), (40, 50)]
    assert [call.talk for call in day.calls("b")] == [(10, 20), (30, 40)]


def test_a_caller_who_gave_up_is_passed_over() -> None:
    # Of the callers who come at 1 and 2 the first holds 3 s and has gone at 4.
    day = play(
        floor(toll_free(patience=Exponential(1.0)), sales=1),
        ports=9,
        arrivals={"toll-free": [0, 1, 2]},
        draws={"toll-free": {"patience": [99, 3, 99]}},
    )
    assert [call.outcome for call in day.calls("toll-free")] == [
        "answered",
        "abandoned",
        "answered",
    ]
    assert day.calls("toll-free")[2].talk == (10, 20)


def test_a_caller_who_gave_up_behind_another_is_passed_over() -> None:
    day = play(
        floor(toll_free(patience=Exponential(1.0)), sales=1),
        ports=9,
        arrivals={"toll-free": [0, 1, 2, 3]},
        draws={"toll-free": {"patience": [99, 99, 3, 99]}},
    )
    talks = [call.talk for call in day.calls("toll-free")]
    assert talks == [(0, 10), (10, 20), None, (20, 30)]


def test_the_agent_idle_longest_answers() -> None:
    # Agents 0, 1, 2 are idle from opening in this order. Calls at 0 and 1 go to 0 and 1; agent 1 is
    # free at 6 (5 s of talk), agent 0 at 10. Then calls at 11, 12, 13 go to 2 (idle since 0),
    # 1 (since 6) and 0 (since 10).
    day = play(
        floor(toll_free(talk=Exponential(1.0)), sales=3),
        ports=9,
        arrivals={"toll-free": [0, 1, 11, 12, 13]},
        draws={"toll-free": {"talk": [10, 5, 9, 9, 9]}},
    )
    assert [call.agent for call in day.calls("toll-free")] == [0, 1, 2, 1, 0]


def test_calls_go_to_the_preferred_group_while_it_has_somebody_idle() -> None:
    # Groups a (agent 0) and b (agent 1); the source prefers b. Calls at 1 and 2: to b, then to a.
    # At 13 both are idle, and at 30 a's agent for longer: still b answers.
    day = play(
        floor(toll_free(agents=("b", "a")), groups={"a": 1, "b": 1}),
        ports=9,
        arrivals={"toll-free": [1, 2, 13, 30]},
    )
    assert [call.agent for call in day.calls("toll-free")] == [1, 0, 1, 1]


def test_an_agent_takes_only_calls_that_his_group_may_take() -> None:
    # Group a serves "a" only. Its agent is idle, but the second call of "b" holds for group b.
    day = play(
        floor(
            toll_free(name="a", agents=("a",)),
            toll_free(name="b", agents=("b",)),
            groups={"a": 1, "b": 1},
        ),
        ports=9,
        arrivals={"a": [5], "b": [0, 1]},
    )
    assert day.calls("a")[0].hold == (5, 5)
    assert day.calls("b")[1].hold == (1, 10)


def test_an_agent_of_two_sources_takes_who_came_first_of_both() -> None:
    # Agent 0 serves both sources, agent 1 only b. At 10 both are free: callers of b came at 1 and
    # 3, one of a at 2. Agent 0's talk was set down first, so he looks first and takes b's caller of
    # 1; agent 1, who serves b alone, takes the one of 3.
    day = play(
        floor(
            toll_free(name="a", agents=("both",)),
            toll_free(name="b", agents=("both", "only b")),
            groups={"both": 1, "only b": 1},
        ),
        ports=9,
        arrivals={"a": [2], "b": [0, 0, 1, 3]},
    )
    assert [(call.talk, call.agent) for call in day.calls("b")] == [
        ((0, 10), 0),
        ((0, 10), 1),
        ((10, 20), 0),
        ((10, 20), 1),
    ]
    assert day.calls("a")[0].talk == (20, 30)


def test_agents_dial_at_opening_in_the_order_of_their_numbers() -> None:
    # All end their first dial at 10; the ports go to agents 0 and 1, and agent 2 speaks himself.
    day = play(floor(outbound(), sales=3, closes_s=5), ports=2)
    assert day.began_s("outbound") == [0, 0, 0]
    assert [call.agent for call in day.calls("outbound")] == [0, 1, 2]
    assert [call.outcome for call in day.calls("outbound")] == ["message", "message", "by hand"]


def test_dials_are_numbered_in_turn_over_the_agents() -> None:
    # Dial i of agent p of 2 is call 2 i + p: agent 0 dials at 0, 10, 20 and agent 1 at 0, 15, 25.
    day = play(
        floor(outbound(dial=Exponential(1.0)), sales=2, closes_s=21),
        ports=9,
        draws={
            "outbound": [
                {"dial": [10] * 9, "outcome": [NOBODY] * 9},
                {"dial": [15, 10], "outcome": [NOBODY] * 9},
            ]
        },
    )
    assert day.began_s("outbound") == [0, 0, 10, 15, 20]
    assert [call.agent for call in day.calls("outbound")] == [0, 1, 0, 1, 0]


def test_who_holds_comes_before_the_next_dial() -> None:
    # The caller of 3 waits for the end of the dial at 10, that of 4 for the end of the talk at 20.
    day = play(
        floor(outbound(), toll_free(), sales=1, closes_s=25),
        ports=9,
        arrivals={"toll-free": [3, 4]},
        draws={"outbound": [{"outcome": [NOBODY, NOBODY]}]},
    )
    assert [call.talk for call in day.calls("toll-free")] == [(10, 20), (20, 30)]
    assert day.began_s("outbound") == [0]


def test_a_message_by_hand_keeps_the_agent_from_callers() -> None:
    # No port for the message that is due at 10: the caller of 0 has the only one until he is
    # answered, after the message by hand over [10, 17), and has talked: [17, 27).
    day = play(
        floor(outbound(by_hand=Constant(7.0)), toll_free(), sales=1, closes_s=5),
        ports=1,
        arrivals={"toll-free": [0.5]},
        draws={"outbound": [{"outcome": [VOICEMAIL]}]},
    )
    assert day.calls("toll-free")[0].port == (0.5, 27)
    assert day.work() == [("dialing", 0, 10), ("by_hand", 10, 17), ("talking", 17, 27)]


class HandedOver(Inbound):
    """A route on which whoever answers hands the call over to whoever is next."""

    def flow(self) -> Steps:
        away = (End("abandoned"),)
        work = Work("helping", "talk"), End("helped")
        return AskForAgent(None, away), Start((AskForAgent(None, away), *work))


def test_an_agent_to_whom_a_call_is_handed_over_at_once_has_no_other_meanwhile() -> None:
    # Agent 0 hands the call of 10 over to 1, and that of 12 to himself, as 1 is busy until 20. So
    # the call of 13 holds until then; 1 answers it, and nobody else is there to take it over.
    route = HandedOver(**vars(toll_free()))
    played = play(floor(route, sales=2), 3, {"toll-free": [10.0, 12.0, 13.0]})
    assert played.work(0) == [("helping", 12.0, 22.0)]
    assert played.work(1) == [("helping", 10.0, 20.0), ("helping", 20.0, 30.0)]
