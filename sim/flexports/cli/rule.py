"""``flexports rule``: the rule of thumb, line by line, beside the simulation."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from flexports.cli.choices import Choices, with_choices
from flexports.cli.options import (
    Format,
    Model,
    OutputFile,
)
from flexports.cli.output import Output, Report
from flexports.cli.study import origin

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import pandas as pd

    from flexports.study.rules import Advice
    from flexports.study.size import Size


@with_choices
def rule(
    model: Model,
    *,
    choices: Choices,
    format: Format = None,
    output: OutputFile = None,
) -> None:
    """Work the rule of thumb, beside the simulation.

    Line by line, with what its counts mean and what is needed, Erlang B, and other rules.
    """
    from flexports.floor.read import read_floor
    from flexports.study.rules import OTHERS, advise, facts_of, records_of
    from flexports.study.size import size
    from flexports.table.rule_page import rule_page

    place = Output.of(format, output)
    result = size(read_floor(model), **choices.keywords(), progress=True)
    trial = result.sweep.trial
    records = records_of(trial.floor, trial.seed, trial.engine)
    advised = advise(facts_of(trial.floor, records=records), OTHERS)
    counts = [result.rule.bare_minimum, result.rule.ports, result.ports]
    place.deliver(
        Report(
            lambda: rule_page(result.rule, result, advised),
            _head(model, result, advised),
            lambda: _rows(result, [each for each in counts if each is not None]),
        )
    )


def _rows(result: Size, counts: Sequence[int]) -> pd.DataFrame:
    table = result.table
    return table[table["ports"].isin(counts)]


def _head(model: Path, result: Size, advised: Sequence[Advice]) -> dict[str, Any]:
    worked = result.rule
    return {
        **origin("rule", model, result.sweep),
        "rule_of_thumb": worked.ports,
        "bare_minimum": worked.bare_minimum,
        "bare_minimum_with_one_port_an_agent": worked.one_port_an_agent,
        "lines": worked.table.to_dict(orient="records"),
        "load_erl": worked.load_erl,
        "erlang_b": {ports: worked.blocking_by_erlang_b(ports) for ports in result.sweep.ports},
        "needed": result.ports,
        "other_rules": [
            {"rule": each.rule.name, "ports": each.ports, "published": each.rule.published}
            for each in advised
        ],
    }
