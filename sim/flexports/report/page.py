"""The page: what is told where, and the template that it is put into."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from itertools import pairwise
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined
from markupsafe import Markup

from flexports.report import words
from flexports.report.figures import Figures, between
from flexports.report.material import Material
from flexports.report.pictures import pictures
from flexports.report.svg import colour_variables
from flexports.report.tables import Table, exact_table, point_sentences, tables
from flexports.report.trust import calls_table, checks, input_lines, precision_table
from flexports.study.costs import METRIC as COST_PER_MONTH
from flexports.study.costs import SOURCE as COST
from flexports.table.answer import answer_sentences, rule_sentence
from flexports.table.costs import cost_texts, with_unit
from flexports.table.floor_page import floor_words
from flexports.table.numbers import ports_text
from flexports.table.overload import overload_texts
from flexports.table.page import Text
from flexports.table.rule_page import rule_page

_UNIT = re.compile(r"(?<=\d) (?=(?:%|s|min|h)(?!\w))")


@dataclass(frozen=True)
class Note:
    """A short paragraph with a title: a card of the first screen."""

    title: str
    text: str


def report_html(material: Material) -> str:
    """Return a report as one page that needs nothing else.

    Parameters
    ----------
    material : Material

    Returns
    -------
    str
        HTML. What comes from files is escaped; the page runs one script, its own, and loads
        nothing.
    """
    return _environment().get_template("page.html").render(_context(material))


def _context(material: Material) -> Mapping[str, Any]:
    figures, floor = Figures(material), material.floor
    script, style = _asset("page.js"), colour_variables() + _asset("page.css")
    return {
        "name": floor.name,
        "question": f"How many flex ports does {floor.name} need?",
        "point": point_sentences(material),
        "answer": _answer(material),
        "sentences": answer_sentences(material.size),
        "cards": list(_cards(material, figures)),
        "figures": figures,
        "data": _json(figures.data),
        "floor": floor_words(floor),
        "tables": list(tables(material)),
        "pictures": list(pictures(material)),
        "rule": _rule(material),
        "checks": checks(material),
        "trust_tables": list(_trust_tables(material)),
        "input": list(input_lines(material)),
        "origin": material.origin,
        "words": words,
        "script": Markup(script),
        "style": Markup(style),
        "script_hash": _hash(script),
    }


@dataclass(frozen=True)
class Answer:
    """The answer in a word."""

    number: str
    unit: str
    state: str = ""
    is_words: bool = False


def _answer(material: Material) -> Answer:
    found = material.size
    if found.ports is not None:
        unit = ports_text(found.ports).partition(" ")[2]
        return Answer(f"{found.ports:,}", unit, "to be safe" if found.undecided else "")
    if found.best.is_certain:
        return Answer("None", "no number of ports is enough", is_words=True)
    return Answer("Not decided", "too few days to say", is_words=True)


def _cards(material: Material, figures: Figures) -> Iterator[Note]:
    for title, text in (
        ("One fewer", figures.now.fewer),
        ("One more", figures.now.more),
        ("What was tried", _not_tried(material)),
        ("Agents", " ".join(text.words for text in overload_texts(material.floor))),
        ("Cost", _cost(material)),
        ("The rule of thumb", rule_sentence(material.size)),
        ("Today", _today(material)),
    ):
        if text:
            yield Note(title, text)


def _not_tried(material: Material) -> str:
    """Say so if the answer may be too large for want of smaller counts."""
    needed = material.size.ports
    tried = [count for count in material.sweep.ports if needed is not None and count <= needed]
    if tried and tried[0] == needed and needed > 1:
        return words.NO_SMALLER
    return words.GAPS if any(upper - lower > 1 for lower, upper in pairwise(tried[-2:])) else ""


def _cost(material: Material) -> str:
    if material.floor.prices is None:
        return ""
    centre = material.centre
    estimate = material.sweep.estimate(centre, COST, COST_PER_MONTH)
    least = " ".join(text.words for text in cost_texts(material.sweep))
    return f"{ports_text(centre)}: {with_unit(estimate)} a month ({between(estimate)}). {least}"


def _today(material: Material) -> str:
    today, needed = material.floor.ports.count, material.size.ports
    if today is None:
        return ""
    if needed is None:
        return f"{ports_text(today)} are rented today."
    if today == needed:
        return f"{ports_text(today)} are rented today: as many as needed."
    apart = f"{abs(today - needed):,} {'more' if today > needed else 'fewer'} than needed"
    return f"{ports_text(today)} are rented today, {apart}."


def _rule(material: Material) -> Mapping[str, Sequence[str]]:
    """The rule of thumb: what it gives, worked line by line, and what its count means."""
    told = [part for part in rule_page(material.size.rule).parts if isinstance(part, Text)]
    return {
        "gives": [part.words for part in told if part.role == "answer"],
        "lines": [part.words.removeprefix("- ") for part in told if part.indent],
        "meaning": [rule_sentence(material.size)],
        "notes": [part.words for part in told if part.role == "note"],
    }


def _trust_tables(material: Material) -> Iterator[Table]:
    yield calls_table(material)
    if material.size.targets:
        yield precision_table(material)
    exact = exact_table(material)
    if exact is not None:
        yield exact


def _json(data: Mapping[str, Any]) -> Markup:
    """Return data as JSON that cannot end the element it stands in."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)


def _hash(script: str) -> str:
    digest = hashlib.sha256(script.encode("utf-8")).digest()
    return f"sha256-{base64.b64encode(digest).decode('ascii')}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FunctionLoader(_asset),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["picture"] = Markup  # made by ourselves, with every name escaped
    environment.filters["kept"] = _kept
    return environment


def _kept(words: str) -> str:
    """Return words with numbers kept on the line of their units."""
    return _UNIT.sub("\u00a0", words)


def _asset(name: str) -> str:
    return (files("flexports.report") / name).read_text(encoding="utf-8")
