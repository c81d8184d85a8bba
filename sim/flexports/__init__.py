"""flexports: how many flex ports a sales floor really needs, by simulation.

Read a floor, ask for its size, and look at the result::

    import flexports

    answer = flexports.size("models/company-x.toml")
    answer.ports
    answer.table
    answer.plot()

The names below are the public ones. They are imported when they are first used, so that the command
line can print its help at once.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from flexports import theory
    from flexports.experiment import parse_experiment, read_experiment
    from flexports.floor import Floor
    from flexports.floor.read import parse_floor, read_floor
    from flexports.problems import InputError
    from flexports.study.compared import compare
    from flexports.study.rule import rule_of_thumb as rule
    from flexports.study.run import read_results, run_experiment
    from flexports.study.simulate import simulate
    from flexports.study.size import size
    from flexports.study.size_over import size_over
    from flexports.study.sweep import sweep

__version__ = "0.1.0"

__all__ = [
    "Floor",
    "InputError",
    "compare",
    "parse_experiment",
    "parse_floor",
    "read_experiment",
    "read_floor",
    "read_results",
    "rule",
    "run_experiment",
    "simulate",
    "size",
    "size_over",
    "sweep",
    "theory",
]

_HOMES = {
    "Floor": ("flexports.floor", "Floor"),
    "InputError": ("flexports.problems", "InputError"),
    "compare": ("flexports.study.compared", "compare"),
    "parse_experiment": ("flexports.experiment", "parse_experiment"),
    "parse_floor": ("flexports.floor.read", "parse_floor"),
    "read_experiment": ("flexports.experiment", "read_experiment"),
    "read_floor": ("flexports.floor.read", "read_floor"),
    "read_results": ("flexports.study.run", "read_results"),
    "rule": ("flexports.study.rule", "rule_of_thumb"),
    "run_experiment": ("flexports.study.run", "run_experiment"),
    "simulate": ("flexports.study.simulate", "simulate"),
    "size": ("flexports.study.size", "size"),
    "size_over": ("flexports.study.size_over", "size_over"),
    "sweep": ("flexports.study.sweep", "sweep"),
}


def __getattr__(name: str) -> Any:
    if name == "theory":
        return import_module("flexports.theory")
    if name not in _HOMES:
        raise AttributeError(f"module 'flexports' has no attribute {name!r}")
    module, attribute = _HOMES[name]
    return getattr(import_module(module), attribute)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
