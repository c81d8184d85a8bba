"""Problems: a line each, with place, value, rule and remedy."""

import pickle

from flexports.problems import NOTHING, InputError, Problem, nearest, one_of, shortened

BAD = Problem("models/x.toml: sources[1].talk.mean", "3 mins", "is not a duration", "write '3 min'")


def test_a_problem_is_a_line() -> None:
    assert str(BAD) == (
        "models/x.toml: sources[1].talk.mean: '3 mins' is not a duration; write '3 min'"
    )


def test_where_nothing_stands_nothing_is_shown() -> None:
    problem = Problem("x.toml: sources", NOTHING, "is missing", "add [[sources]]", of="toll-free")
    assert str(problem) == "x.toml: sources: is missing; add [[sources]] (in 'toll-free')"


def test_an_input_error_has_a_line_for_each_problem() -> None:
    other = Problem("day.length", 5, "has no unit", "write '5 h'")
    error = InputError([BAD, other.under("x.toml: ")])
    assert str(error).splitlines() == [str(BAD), "x.toml: day.length: 5 has no unit; write '5 h'"]
    assert isinstance(error, ValueError)


def test_an_input_error_survives_the_way_from_a_worker() -> None:
    error = pickle.loads(pickle.dumps(InputError([BAD, Problem("x", NOTHING, "a", "b")])))
    assert error.problems[0] == BAD
    assert error.problems[1].value is NOTHING


def test_a_long_value_is_cut() -> None:
    for value in ("x" * 500, list(range(500)), 10**5000):
        assert len(shortened(value)) <= 60


def test_the_nearest_name_is_offered() -> None:
    assert nearest("wrapup", ["wrap_up", "talk"]) == "wrap_up"
    assert nearest("no_answer", ["voicemail", "no-answer"]) == "no-answer"
    assert nearest("zzz", ["wrap_up", "talk"]) is None
    assert nearest(5, ["wrap_up"]) is None
    assert one_of("zzz", ["talk"]) == "write 'talk'"
    assert one_of("zzz", []) == "leave it out"
    assert one_of("zzz", ["a", "b", "c"]) == "write 'a', 'b' or 'c'"
