"""Tables and pages as text and as HTML."""

import pytest

from flexports.table.grid import Column, Grid, evenly
from flexports.table.html import page_html
from flexports.table.page import Page, Text, wrapped


def column(head: str, width: int, rank: int = 0) -> Column:
    return Column(head, ["x" * width], rank=rank)


def test_heads_of_several_lines_stand_above_their_column() -> None:
    grid = Grid([Column("ports", ["1", "12"]), Column("toll-free\nblocking", ["62 %", "< 1 %"])])
    assert list(grid.lines()) == [
        "       toll-free",
        "ports   blocking",
        "    1       62 %",
        "   12      < 1 %",
    ]


def test_what_is_too_wide_loses_its_columns_of_the_highest_rank_first() -> None:
    grid = Grid([column("a", 30), column("b", 30, 1), column("c", 30, 2), column("d", 10)])
    assert [one.head for one in grid.fitted(80).columns] == ["a", "b", "d"]
    assert [one.head for one in grid.fitted(50).columns] == ["a", "d"]
    assert [one.head for one in grid.fitted(10).columns] == ["a", "d"]  # those never go


def test_a_folded_table_repeats_its_first_column_and_loses_none() -> None:
    grid = Grid([column("ports", 5), *(column(str(at), 20) for at in range(7))], title="t")
    pieces = grid.folded(80)
    assert [piece.columns[0].head for piece in pieces] == ["ports"] * len(pieces)
    assert [one.head for piece in pieces for one in piece.columns[1:]] == list("0123456")
    assert all(piece.width <= 80 for piece in pieces)


@pytest.mark.parametrize("count", [1, 2, 11, 12, 13, 40, 1000])
def test_rows_are_thinned_evenly_and_keep_both_ends(count: int) -> None:
    places = evenly(count, 12)
    assert len(places) == min(count, 12)
    assert len(set(places)) == len(places)
    assert places[0] == 0
    assert places[-1] == count - 1


def test_a_number_stays_on_the_line_of_its_unit() -> None:
    lines = wrapped(Text("above the target of 1 %"), 22).splitlines()
    assert lines == ["above the target of", "1 %"]


def test_tables_have_a_blank_line_about_them() -> None:
    page = Page([Text("one"), Text("two"), Grid([column("h", 1)]), Text("three")])
    assert page.text() == "one\ntwo\n\nh\nx\n\nthree\n"


def test_html_shows_names_as_they_are_and_runs_nothing() -> None:
    page = Page([Text("<script>", role="answer"), Grid([Column("a\nb", ["<b>"])], marked=0)])
    html = page_html(page)
    assert "<script>" not in html
    assert "&lt;script&gt;" in html
    assert "a<br>b" in html
    assert "&lt;b&gt;" in html
    assert "font-weight: bold" in html
