"""What a notebook shows of a workspace: in a line, and as the table of its newest half; text from data files is text."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import dtrack
from support.workspaces import ROOT

SYMPOSIUM = ROOT / "examples/symposium"


class Balanced(HTMLParser):
    """Fails where a tag is not closed, or has what no table of ours has."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.cells: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag in {
            "div",
            "p",
            "strong",
            "table",
            "caption",
            "thead",
            "tbody",
            "tr",
            "th",
            "td",
            "span",
            "ul",
            "li",
        }
        assert {name for name, _ in attrs} <= {"style", "scope", "lang"}
        self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_data(self, data):
        self.cells.append(data)


def parsed(html: str) -> list[str]:
    reader = Balanced()
    reader.feed(html)
    assert reader.open == []
    return reader.cells


def test_a_workspace_in_a_line():
    workspace = dtrack.open(SYMPOSIUM)
    told = repr(workspace)
    assert told.startswith(f"<Workspace {SYMPOSIUM}: {len(workspace.areas)} areas, ")
    assert f"{len(workspace.actuals)} figures" in told
    assert len(told) < len(str(SYMPOSIUM)) + 120


def test_the_table_of_the_newest_half():
    workspace = dtrack.open(SYMPOSIUM)
    html = workspace._repr_html_()
    assert str(workspace.default_period()) in html
    assert any("Beijing" in text for text in parsed(html))
    assert html.count("<table>") == 1
    assert html.count("every figure is made up") == 1
    assert "≈ 7.5%" in html  # worded for people
    assert html.count("<tr>") <= 22
    assert len(html) < 40_000


def test_hostile_names_come_out_as_text(symposium):
    file = symposium / "data/areas.csv"
    text = file.read_text(encoding="utf-8")
    file.write_text(
        text.replace("Shunyi", "<script>alert(1)</script>\x1b[31m", 1), encoding="utf-8"
    )
    html = dtrack.open(symposium)._repr_html_()
    parsed(html)
    assert "<script" not in html
    assert "\x1b" not in html


def test_findings_that_refuse_are_told_in_place_of_the_table(symposium):
    file = symposium / "data/actuals/bad.csv"
    file.write_text(
        "area,indicator,period,value,status,published,source,note\n"
        "haidian,digital_va_growth,H1-2024,<b>x</b>,final,2024-08-01,s,\n",
        encoding="utf-8",
    )
    workspace = dtrack.open(symposium)
    html = workspace._repr_html_()
    parsed(html)
    assert "bad.csv" in html
    assert "<b>x" not in html


def test_an_empty_workspace_is_no_fault(tmp_path):
    html = dtrack.open(tmp_path)._repr_html_()
    parsed(html)
    assert "targets.toml" in html


def test_findings_in_a_line_and_as_a_list():
    found = dtrack.open(ROOT).check()
    assert re.fullmatch(
        r"<FindingsReview: \d+ error, \d+ warning, \d+ info, \d+ accepted>", repr(found)
    )
    parsed(found._repr_html_())
