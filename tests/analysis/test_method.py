"""docs/method.md: every worked example is run as it stands, and no section goes without one."""

from __future__ import annotations

import re

import pytest

from support.workspaces import ROOT

TEXT = (ROOT / "docs/method.md").read_text(encoding="utf-8")
SECTIONS = dict(re.findall(r"^## ([^\n]+)\n(.*?)(?=^## |\Z)", TEXT, re.MULTILINE | re.DOTALL))
BLOCK = re.compile(r"^```python\n(.*?)^```$", re.MULTILINE | re.DOTALL)
EXAMPLES = [
    (f"{name} {number}", code)
    for name, text in SECTIONS.items()
    for number, code in enumerate(BLOCK.findall(text), 1)
]
PARTS = {  # what the page has to explain, and a word that only its formula has
    "Gap and verdict": "low > goal",
    "Pace": "序时进度",
    "Both ends, aims and lights": "gap = min(actual − lo, hi − actual)",
    "Parts that add up": "Q2 = H1 − Q1",
    "Which target": "the shortest that ends on that day, else the next deadline",
    "Limits, and what is certain": "for certain",
    "Percentages": "100 × actual ÷ the number in the target",
    "Catch-up": "(G − s·g) / (1 − s)",
    "The second half": "(Y − s·g) / (1 − s)",
    "Targets over several years": "Π(1 + gⱼ/100)",
    "Averages over years": "Π(1 + gⱼ)",
    "Amounts, stocks and shares": "target − done",
    "Weights": "Bᵢ / ΣB",
    "The city's gap": "Σ_B wᵢ(gᵢ − T)",
    "Missing districts": "(T − H) / m",
    "Reconciliation": "h²/3",
    "Path": "b₀·(b*/b₀)^e",
    "Open SDG": "4.44",
    "Editions and revisions": "Σ|last − first|/n",
    "Ranks": "low ≥ its high",
    "Relative targets": "low(f) ≥ high(r) + d",
    "Completeness and timeliness": "100·in time / expected",
    "Years from another month": "April 2024 to March 2025",
    "Areas that begin and end": "on whose last day it existed",
}


@pytest.mark.parametrize("code", [code for _, code in EXAMPLES], ids=[name for name, _ in EXAMPLES])
def test_a_worked_example_holds(code, monkeypatch):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "docs/method.md", "exec"), {"__name__": "method"})


def test_every_section_has_its_formula_a_source_an_example_and_a_warning():
    assert list(SECTIONS) == list(PARTS)
    assert [name for name, formula in PARTS.items() if formula not in SECTIONS[name]] == []
    assert [name for name, text in SECTIONS.items() if "\nSource:" not in text] == []
    assert [name for name, text in SECTIONS.items() if "**Do not trust it when**" not in text] == []
    assert [
        name
        for name, text in SECTIONS.items()
        if not any("assert " in code for code in BLOCK.findall(text))
    ] == []


def test_every_block_is_one_that_is_run():
    assert TEXT.count("```python") == len(EXAMPLES) == TEXT.count("```") / 2


def test_every_public_function_of_the_analyses_is_used():
    used = (
        "needed_growth",
        "decompose_gap",
        "reconcile",
        "growth_possible",
        "on_path",
        "opensdg",
        "nearness",
        "revisions",
        "rank_ranges",
        "rates",
        "days_between",
    )
    assert [name for name in used if not any(name in code for _, code in EXAMPLES)] == []
