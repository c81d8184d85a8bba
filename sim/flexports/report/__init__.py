"""The report: one page of HTML for whoever has to decide, with all that it rests on."""

from __future__ import annotations

from flexports.report.material import Material, Origin, Run
from flexports.report.page import report_html
from flexports.report.tables import point_sentences

__all__ = ["Material", "Origin", "Run", "point_sentences", "report_html"]
