"""The experiment: floors x port counts x factors x days x targets, as a file.

`read_experiment` reads one and validates all of it: every point of an `Experiment` is a whole
floor. Nothing is run here.
"""

from flexports.experiment.experiment import Experiment, FloorFile, Point, Summary, summary
from flexports.experiment.labels import points_table, setting_text
from flexports.experiment.precision import Wanted, parse_wanted
from flexports.experiment.ranges import Range
from flexports.experiment.read import parse_experiment, read_experiment, read_experiment_text
from flexports.experiment.schema import experiment_schema
from flexports.experiment.table import Design, is_experiment

__all__ = [
    "Design",
    "Experiment",
    "FloorFile",
    "Point",
    "Range",
    "Summary",
    "Wanted",
    "experiment_schema",
    "is_experiment",
    "parse_experiment",
    "parse_wanted",
    "points_table",
    "read_experiment",
    "read_experiment_text",
    "setting_text",
    "summary",
]
