"""A table in a pipe: what the terminal shows where it has all the room it wants, and whole where that has not enough."""

from __future__ import annotations

import io

from hypothesis import given
from hypothesis import strategies as st
from rich.console import Console

from dtrack.rendering import plain, terminal
from dtrack.reporting.document import Citation, Column, Document, Sheet

TEXTS = st.lists(
    st.sampled_from([*"aB1 .%-+", "海", "淀", "（", "é", "…", "✓", "\n", "\x1b", "[/]"]),
    max_size=12,
).map("".join)
LINES = st.lists(TEXTS.map(str.strip).filter(bool), max_size=3).map(tuple)


@st.composite
def sheets(draw) -> Sheet:
    """A sheet of texts and numbers, some set to the right, some without a row."""
    rows = draw(st.integers(0, 4))
    columns = []
    for place in range(draw(st.integers(1, 4))):
        heading, right = draw(TEXTS.map(str.strip).filter(bool)), draw(st.booleans())
        if draw(st.booleans()):
            numbers = draw(st.lists(st.floats(-1e5, 1e5), min_size=rows, max_size=rows))
            columns.append(
                Column(f"c{place}", heading, numbers, [1] * rows, signed=True, right=True)
            )
        else:
            texts = draw(st.lists(TEXTS.map(str.strip), min_size=rows, max_size=rows))
            columns.append(Column(f"c{place}", heading, texts, right=right, gives_way=place))
    return Sheet(draw(TEXTS.map(str.strip).filter(bool)), tuple(columns), draw(LINES))


SOURCES = st.lists(
    TEXTS.map(str.strip).filter(bool), max_size=3
).map(  # as they are numbered, and one without a number
    lambda texts: (
        tuple(Citation(number, text) for number, text in enumerate(texts, 1))
        + (Citation(None, "T before a number"),) * bool(texts)
    )
)
DOCUMENTS = st.builds(
    Document, st.just("t"), LINES, LINES, st.lists(sheets(), max_size=2).map(tuple), LINES, SOURCES
)


@given(DOCUMENTS)
def test_it_reads_as_the_terminal_with_all_its_room(document):
    out = io.StringIO()
    terminal.render(
        document,
        Console(file=out, width=1000, height=25, legacy_windows=False, markup=False, _environ={}),
    )
    assert [line.rstrip() for line in plain.text(document).splitlines()] == [
        line.rstrip() for line in out.getvalue().splitlines()
    ]


def test_no_column_is_too_wide_and_no_line_too_long_for_a_pipe():
    name, note = "n" * 900, "word " * 400
    sheet = Sheet(
        "Wide", (Column("a", "A", [name], gives_way=1), Column("b", "B", [name])), (note,)
    )
    lines = plain.text(Document("t", ("h",), sheets=(sheet,))).splitlines()
    assert lines == [
        "h",
        "",
        "Wide",
        "A" + " " * 899 + "  B" + " " * 899,
        "─" * 1802,
        f"{name}  {name}",
        note,
    ]


def test_the_rule_can_be_a_sign_that_every_output_shows():
    sheet = Sheet("s", (Column("a", "Area", ["x"]),))
    assert plain.text(Document("t", sheets=(sheet,)), "-") == "\ns\nArea\n----\nx   \n"
