"""Charts of a plan: how fairly it serves, how full its tables are. As pictures for pages, and as a report on paper.

Both come from the same templates. They are drawn in one ink and tell their numbers, so that they read in black and
white as well as in colour.
"""

from __future__ import annotations

from dataclasses import asdict

from ..rules.errors import Invalid
from ..rules.plan_report import PlanReport
from .typesetting import pdf, picture

CHARTS = ("fairness", "load")


def report_pdf(report: PlanReport) -> bytes:
    """A4: goals with their proof, both charts, who is worst off."""
    return pdf("report.typ", {**_plain(report), "lang": ""}, made_at=report.made_at)


def chart_svg(report: PlanReport, chart: str, lang: str) -> bytes:
    """One of CHARTS as an SVG, its words in `lang` (zh or en). Raises Invalid for another name."""
    if chart not in CHARTS:
        raise Invalid("There is no chart called %(chart)s.", field="chart", chart=chart)
    return picture("chart.typ", {**_plain(report), "chart": chart, "lang": lang})


def _plain(report: PlanReport) -> dict[str, object]:
    published = report.made_at.strftime("%Y-%m-%d %H:%M")
    return {**asdict(report), "made_at": published, "published": published}
