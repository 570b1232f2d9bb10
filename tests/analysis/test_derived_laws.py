"""Laws of what follows from parts: whatever way it is made it is the truth, and nothing is made of too little."""

from __future__ import annotations

import random
import tempfile
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dtrack.core.period import Period
from support.workspaces import FILLER, build_city

pytestmark = pytest.mark.slow

SPANS = [
    *("2024", "H1-2024", "H2-2024", "Q1-2024", "Q2-2024", "Q3-2024", "Q4-2024", "Q1-3-2024"),
    *(f"2024-{month:02d}" for month in range(1, 13)),
    *("2024-01..2024-02", "2024-01..2024-05", "2024-01..2024-11", "2024-04..2024-05"),
]
JANUARY = 2024 * 12
months = st.lists(st.integers(-50, 200), min_size=12, max_size=12)
published = st.lists(
    st.tuples(st.sampled_from(SPANS), st.integers(1, 9)), unique_by=lambda one: one[0]
)


def truth(values: list[int], text: str) -> int:
    span = Period.parse(text)
    return sum(values[span.start - JANUARY : span.end - JANUARY + 1])


def follows(asked: str, texts: list[str]) -> bool:
    """Whether the ends of the period are joined by spans on file: a search without costs or signs."""
    whole, reached = Period.parse(asked), set[int]()
    edges = [(span.start, span.end + 1) for span in map(Period.parse, texts)]
    todo = {whole.start}
    while todo:
        month = todo.pop()
        reached.add(month)
        todo |= {b if a == month else a for a, b in edges if month in (a, b)} - reached
    return whole.end + 1 in reached


@settings(max_examples=60, deadline=None)
@given(
    values=months,
    told=published,
    asked=st.sampled_from(SPANS[:8]),
    seed=st.integers(0, 99),
    until=st.integers(0, 10),
)
def test_what_follows_is_the_truth_in_any_order_and_on_any_day(values, told, asked, seed, until):
    rows = [
        ("a", "level", text, str(truth(values, text)), {"published": f"2025-0{day}-10"})
        for text, day in told
    ]
    random.Random(seed).shuffle(rows)
    with tempfile.TemporaryDirectory() as folder:
        made = build_city(Path(folder), {f"level {asked}": {"a": "100"}}, [FILLER, *rows])
        row = made.row("level", asked)
        known = made.row("level", asked, as_of=f"2025-{until:02d}-15") if until else None
    texts = [text for text, _day in told]
    # for a half the first four or five months may stand in; then nothing follows
    stands_in = asked == "H1-2024" and "2024-01..2024-05" in texts
    for found, there in ((row, texts), (known, [text for text, day in told if day <= until])):
        if found is None:
            continue
        if follows(asked, there):
            assert found.actual == truth(values, asked)
            assert (found.status == "derived") == (asked not in there)
            assert found.verdict == ("met" if found.actual >= 100 else "missed")
        elif not stands_in:
            assert (found.verdict, found.actual) == ("not_reported", None)


@settings(max_examples=30, deadline=None)
@given(
    parts=st.lists(st.tuples(st.integers(-999, 9999), st.integers(0, 2)), min_size=2, max_size=2),
    goal=st.integers(-2000, 20000),
)
def test_sure_is_sure_whatever_the_parts_were_before_they_were_rounded(parts, goal):
    texts = [f"{number / 10**digits:.{digits}f}" for number, digits in parts]
    rows = [("a", "level", f"Q{n}-2024", text) for n, text in enumerate(texts, 1)]
    with tempfile.TemporaryDirectory() as folder:
        row = build_city(Path(folder), {"level H1-2024": {"a": str(goal)}}, rows).row("level")
    # in hundredths: each part lies within half a unit of its last digit
    whole = sum(number * 10 ** (2 - digits) for number, digits in parts)
    off = sum(10 ** (2 - digits) / 2 for _number, digits in parts)
    low, high = whole - off, whole + off
    assert row.verdict == ("met" if whole >= 100 * goal else "missed")
    assert row.sure is (low >= 100 * goal or high < 100 * goal)
