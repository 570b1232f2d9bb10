"""A report on a terminal: the frame, the bar beside each gap, the columns that give way, colours that read on both grounds."""

from __future__ import annotations

import io
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.color import Color
from rich.console import Console
from rich.style import Style

from dtrack.rendering import terminal
from dtrack.rendering.bars import LEAST, text_bars
from dtrack.reporting.document import Citation, Column, Document, Sheet

LONG = "Beijing Economic-Technological Development Area (BDA, E-Town)"
NAMES = ["Beijing", "海淀区", LONG, "门头沟区"]
SHORT = ["Beijing", "海淀区", "Shunyi", "门头沟区"]


def document(names=NAMES, gaps=(-0.2, 0.4, -3.4, None)):
    """A table as `report` lays it out, with every column that it may have."""
    size, tones = len(names), ["missed", "met", "missed", "not_reported"]
    sheet = Sheet(
        "Growth (%)",
        (
            Column("area", "Area", names),
            Column("target", "Target", ["around 7.5", ">=8", "6.5", "5"], gives_way=5),
            Column("actual", "Actual", ["7.3", "8.4", "3.1", ""], right=True),
            Column(
                "gap",
                "Gap (pp)",
                gaps,
                [1] * size,
                signed=True,
                right=True,
                tones=tones,
                alike=True,
            ),
            Column(
                "verdict",
                "Verdict",
                ["✗ missed", "✓ met (within rounding)", "✗ missed", "! not reported"],
                tones=tones,
            ),
            Column(
                "vs_city",
                "vs city",
                [None, 1.1, -4.2, None],
                [1] * size,
                signed=True,
                right=True,
                gives_way=3,
            ),
            Column("status", "Status", ["flash"] * size, tones=["quiet"] * size, gives_way=1),
            Column(
                "source",
                "Source",
                ["1 · T2", "3 · T4", "5 · T6", "T8"],
                tones=["quiet"] * size,
                gives_way=4,
            ),
        ),
        ("3 of 4 have a target.",),
    )
    return Document(
        "t",
        ("Small city · H1-2024", "Beijing: Growth 7.3 %: missed."),
        (),
        (sheet,),
        (),
        (Citation(1, "Bulletin"),),
    )


@pytest.fixture
def shown(monkeypatch):
    """shown(width=80, …): the lines of the document on a terminal of that width, without what only dresses them."""

    def lines(told=None, width=80, term="xterm-256color", encoding="utf-8", *, pipe=False):
        monkeypatch.setenv("TERM", term)
        raw = io.BytesIO()
        file = io.TextIOWrapper(raw, encoding=encoding, errors="replace")
        console = Console(
            file=file,
            width=width,
            height=25,
            force_terminal=not pipe,
            no_color=True,
            legacy_windows=False,
        )
        terminal.render(told or document(), console)
        file.flush()
        return re.sub(r"\x1b\[[0-9;]*m", "", raw.getvalue().decode(encoding)).splitlines()

    return lines


# The columns give way in the order of the design


@pytest.mark.parametrize(
    ("width", "gone"),
    [(200, ""), (120, ""), (80, "vs city, Status"), (60, "vs city, Status, Source")],
)
def test_columns_leave_in_the_written_order_and_it_is_told(shown, width, gone):
    lines = shown(width=width)
    told = [line for line in lines if line.startswith("Not shown at this width")]
    assert told == ([f"Not shown at this width: {gone}."] if gone else [])


@pytest.mark.parametrize("width", [60, 80, 100, 120, 200])
def test_no_line_is_wider_than_the_terminal_and_no_number_is_cut(shown, width):
    lines = shown(width=width)
    assert max(map(cell_len, lines)) <= width
    for number in ("−0.2", "+0.4", "−3.4", "7.3", "8.4", "3.1"):
        assert any(re.search(rf"(?<![0-9.]){re.escape(number)}(?![0-9.])", line) for line in lines)


@pytest.mark.parametrize("width", [80, 120, 200])
def test_chinese_stands_in_columns(shown, width):
    """A Chinese letter takes two places: the figures below one heading end at one place."""
    lines = shown(width=width)
    found = [
        (line, re.search(r" (7\.3|8\.4)(?= )", line))
        for line in lines
        if line.startswith(("Beijing  ", "海淀区"))
    ]
    ends = [cell_len(line[: actual.end()]) for line, actual in found if actual]
    assert len(ends) == 2
    assert len(set(ends)) == 1


# A frame and bars where the terminal can draw them


def test_the_headline_stands_in_a_frame(shown):
    lines = shown(width=80)
    assert lines[0] == "╭─ Small city · H1-2024 " + "─" * 55 + "╮"
    assert lines[1] == f"│ {'Beijing: Growth 7.3 %: missed.':<76} │"


def test_a_title_that_is_too_long_for_the_border_stands_inside(shown):
    told = Document("t", ("A city " * 11 + "· H1-2024", "Second."))
    lines = shown(told, width=80)
    assert lines[0] == "╭" + "─" * 78 + "╮"
    assert (
        " ".join(line.strip("│ ") for line in lines[1:-1]) == "A city " * 11 + "· H1-2024 Second."
    )


@pytest.mark.parametrize(
    ("why", "given"),
    [
        ("a pipe", {"pipe": True, "width": 200}),
        ("a dumb terminal", {"term": "dumb", "width": 200}),
        ("an output that shows ASCII only", {"encoding": "ascii", "width": 200}),
        ("a narrow terminal", {"width": 50}),
    ],
)
def test_no_frame_and_no_bars_in(shown, why, given):
    lines = shown(**given)
    assert (
        lines[0]
        == "Small city · H1-2024".encode(given.get("encoding", "utf-8"), "replace").decode()
    ), why
    assert not any(sign in line for line in lines for sign in "╭│█▐▌")


def test_bars_beside_the_gaps_where_there_is_room(shown):
    """25 letters: twelve to each side of the line; the largest gap, 3.4, fills its side, 0.2 of it is 0.7 of a letter."""
    rows = [
        line for line in shown(document(SHORT), width=200) if "│" in line and "Growth" not in line
    ]
    sides = [re.search(r"([+−][0-9.]+) {2}( *[█▐]*│[█▌]* *) {2}[✓✗]", line) for line in rows]
    assert [(side[1], side[2]) for side in sides if side] == [
        ("−0.2", "           ▐│            "),
        ("+0.4", "            │█▌          "),
        ("−3.4", "████████████│            "),
    ]


def test_the_table_says_the_same_with_and_without_bars(shown):
    def words(*, pipe):
        lines = shown(document(SHORT), width=200, pipe=pipe)
        bare = [" ".join(re.sub("[│█▐▌─╭╮╰╯]", " ", line).split()) for line in lines]
        return [line for line in bare if line]

    # a screen has a minus sign, a pipe the hyphen that programs look for
    assert [line.replace("−", "-") for line in words(pipe=False)] == [
        line.replace("−", "-") for line in words(pipe=True)
    ]


# The bar


@pytest.mark.parametrize(
    ("gaps", "told"),
    [
        ([-2.0, 1.0, 0.0, None], ["████│    ", "    │██  ", "    │    ", ""]),
        ([-4.0, -1.0], ["████████│", "      ██│"]),
        ([4.0, 0.5, 0.001], ["│████████", "│█       ", "│▌       "]),
        ([1.0, None], None),
        ([0.0, 0.0], None),
        ([float("nan"), float("nan")], None),
    ],
)
def test_bars(gaps, told):
    assert text_bars(gaps, 9) == told


@given(st.lists(st.floats(-1e6, 1e6), min_size=2, max_size=9), st.integers(0, 30))
def test_a_bar_has_its_width_its_side_and_never_more_length_than_a_larger_gap(gaps, width):
    drawn = text_bars(gaps, width)
    if width < LEAST or not any(gaps):
        assert drawn is None
        return
    odd = width % 2 == 0 and min(gaps) < 0 < max(gaps)  # the line stands in the middle
    assert {len(bar) for bar in drawn} == {width - odd}
    length = [2 * bar.count("█") + bar.count("▌") + bar.count("▐") for bar in drawn]
    by_size = sorted(zip(map(abs, gaps), length, strict=True))
    assert [long for _, long in by_size] == sorted(length)
    for gap, bar in zip(gaps, drawn, strict=True):
        left, _, right = bar.partition("│")
        assert (bool(left.strip()), bool(right.strip())) == (gap < 0, gap > 0)


# Colours


def luminance(red: int, green: int, blue: int) -> float:
    """Relative luminance (WCAG 2.1)."""
    parts = [part / 255 for part in (red, green, blue)]
    linear = [
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize(
    "tone", [tone for tone, style in terminal.STYLES.items() if Style.parse(style).color]
)
def test_a_colour_reads_on_black_and_on_white(tone):
    """Contrast by WCAG 2.1; 3.9 is the most that a red still has on both, AA asks 3 of bold and 4.5 of other text."""
    color = Style.parse(terminal.STYLES[tone]).color
    assert isinstance(color, Color)
    own = luminance(*color.get_truecolor())
    on_white, on_black = 1.05 / (own + 0.05), (own + 0.05) / 0.05
    assert min(on_white, on_black) >= (3 if Style.parse(terminal.STYLES[tone]).bold else 4.2)


def test_what_is_folded_of_a_source_stands_under_its_text(shown):
    told = Document(
        "t",
        ("One line.",),
        sources=(Citation(1, "Bulletin of the first half of the year, Bureau of Statistics"),),
    )
    assert shown(told, width=60)[-2:] == [
        "  1  Bulletin of the first half of the year, Bureau of",
        "     Statistics",
    ]
