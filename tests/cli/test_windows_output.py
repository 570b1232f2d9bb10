"""What a reviewer at a Windows desk found in what officials receive, and what was mended: letters that an output does not
have, streams that are closed, names that no line can hold, numbers cut in half, names written from right to left.

Every expected text is written from the rule by hand.
"""

from __future__ import annotations

import io
import os
import re
import subprocess
import sys

import openpyxl
import pytest

from dtrack.cli import characters
from dtrack.cli.progress import Waiting
from dtrack.rendering import html, markdown, svg, xlsx_writer
from dtrack.reporting.document import Bullet, Chart, Column, Document, Sheet, in_order
from support.workspaces import ROOT

POSIX = pytest.mark.skipif(
    sys.platform == "win32", reason="a stream is closed with 2>&- in a shell of POSIX"
)


def typed(words, at=ROOT, **variables):
    """`dtrack` and the words, typed in a shell; what it says on stdout and stderr as bytes."""
    mine = ("COLUMNS", "TERM", "NO_COLOR", "FORCE_COLOR", "PYTHONIOENCODING", "DTRACK_WORKSPACE")
    environment = {
        name: value for name, value in os.environ.items() if name not in mine
    } | variables
    return subprocess.run(
        f"'{sys.executable}' -m dtrack {words}",
        shell=True,
        cwd=at,
        env=environment,
        capture_output=True,
        check=False,
    )


# ---- letters that an output does not have ---------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("letter", "nearest"),
    [
        ("−", "-"),
        ("–", "-"),
        ("·", "."),
        ("→", "->"),
        ("“", '"'),
        ("≥", ">="),
        ("\u202f", " "),
        ("é", "e"),
        ("％", "%"),
        ("万", "?"),
    ],
)
def test_a_letter_becomes_the_nearest_there_is(letter, nearest):
    assert characters.near(letter) == nearest


def test_a_minus_stays_a_minus_where_there_is_no_typographic_one(city):
    """4.8 less 5 is told as 4.8 − 5 = -0.2 pp; no encoding makes 4.8 ? 5 of it."""
    place = city({"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "4.8")])
    for encoding, told in (
        ("utf-8", "4.8 − 5 = -0.2"),
        ("ascii", "4.8 - 5 = -0.2"),
        ("cp1252", "4.8 - 5 = -0.2"),
    ):
        ended = typed(
            f"why a growth H1-2024 --workspace '{place.folder}'", PYTHONIOENCODING=encoding
        )
        assert told in ended.stdout.decode(encoding)


def test_a_scale_word_that_cannot_be_shown_is_told_in_digits(city):
    """5.6万 stations are 56000, not 5.6; in every answer, not in the report alone."""
    place = city(
        {"stock 2025": {"a": "6万以上"}},
        [("a", "stock", "2024-06", "5.6万"), ("a", "stock", "2023-06", "4.8万")],
    )
    for words, told in (
        ("path", ("56,000", ">= 60,000")),
        ("targets", (">= 60,000",)),
        ("why a stock H1-2024", ("56,000", ">= 60,000")),
    ):
        out = typed(
            f"{words} --workspace '{place.folder}'", PYTHONIOENCODING="ascii"
        ).stdout.decode("ascii")
        assert [number for number in told if number not in out] == []
        assert "5.6?" not in out


def test_whoever_reads_question_marks_is_told_why(city):
    place = city({"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "4.8")])
    told = "dtrack: ascii cannot represent all characters of this output: each is replaced by ?; -o FILE writes them all.\n"
    chinese = typed(
        f"report --half H1-2024 --lang zh --workspace '{place.folder}'", PYTHONIOENCODING="ascii"
    )
    assert chinese.stderr.decode("ascii").endswith(told)
    english = typed(f"report --half H1-2024 --workspace '{place.folder}'", PYTHONIOENCODING="ascii")
    assert (english.stderr, b"?" in english.stdout) == (b"", False)


def test_colours_forced_into_a_pipe_bring_no_frame_and_fold_nothing():
    """The same lines as without colour, whatever FORCE_COLOR says."""
    words = "report --half H1-2024 --indicator gdp_growth"
    coloured = typed(words, FORCE_COLOR="1").stdout.decode("utf-8")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", coloured)
    assert coloured != plain
    assert [line.rstrip() for line in plain.splitlines()] == [
        line.rstrip() for line in typed(words).stdout.decode().splitlines()
    ]


# ---- streams that are closed, and the bar of those who wait ---------------------------------------------------------
@POSIX
@pytest.mark.parametrize(
    ("words", "code", "said"),
    [("report --half H1-2024", 0, True), ("report --half nosuch", 2, False)],
)
def test_a_closed_stderr_changes_neither_answer_nor_exit_code(words, code, said):
    ended = typed(f"{words} 2>&-")
    assert (ended.returncode, ended.stdout != b"") == (code, said)


class Screen(io.StringIO):
    """A stream that says that it is a terminal."""

    def isatty(self) -> bool:
        return True


def test_the_bar_leaves_the_cursor_in_sight(monkeypatch):
    """Whoever kills the command has a terminal with a cursor: it is never hidden."""
    monkeypatch.setenv("TERM", "xterm")
    waiting = Waiting(screen := Screen(), after=0)
    waiting.doing("Reading the workspace")
    assert waiting.timer is not None
    waiting.timer.join()
    waiting.over()
    assert "Reading the workspace" in screen.getvalue()
    assert "\x1b[?25l" not in screen.getvalue()


# ---- pictures -------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("told", "shown"),
    [
        ("✓ 5.4 / 5", "✓ 5.4 / 5"),
        ("✓ around 1000 / 1000", "✓ around 1000 / 1000"),
        (
            "? 123456789012345 / 100000000000000",
            "? 123456789012345 / 100000000000000",
        ),  # the bars leave it the room that it needs
        ("? " + "9" * 40 + " / 5", "? " + "9" * 40 + " / 5"),
    ],
)
def test_a_number_beside_a_bar_is_whole_or_not_there(told, shown):
    drawn = svg.svg(Chart("Figure", "", "", bullets=(Bullet("Haidian", 5.0, 5.0, told=told),)), "c")
    assert f'text-anchor="end">{shown}</text>' in drawn
    assert f"<title>Haidian: {told}</title>" in drawn


# ---- names written from right to left -------------------------------------------------------------------------------
NAME = "\u05e9\u05dc\u05d5\u05dd"  # a word in Hebrew letters
MARK = "\u200e"  # left-to-right mark


@pytest.mark.parametrize(
    ("sentence", "told"),
    [
        (f"{NAME} 5.0 %", f"{NAME}{MARK} 5.0 %"),
        (f"{NAME} {NAME}: met", f"{NAME} {NAME}{MARK}: met"),  # one name of two words
        (f"{NAME}, {NAME}, 2024", f"{NAME}{MARK}, {NAME}{MARK}, 2024"),  # a list keeps its order
        (f"City of {NAME}", f"City of {NAME}"),
        ("\u6d77\u6dc0 5.0 %", "\u6d77\u6dc0 5.0 %"),
        ("Haidian 5.0 %", "Haidian 5.0 %"),
    ],
)
def test_a_number_behind_a_name_written_from_the_right_stays_behind_it(sentence, told):
    assert in_order(sentence) == told


@pytest.mark.parametrize("briefing", [False, True], ids=["answer", "briefing"])
@pytest.mark.parametrize("writer", [markdown, html], ids=lambda module: module.__name__)
def test_the_sentences_of_a_file_are_in_order_and_the_names_in_its_cells_are_as_they_are(
    writer, briefing
):
    sheet = Sheet("Growth", (Column("area", "Area", [NAME]),), (f"{NAME} 5.0",))
    page = writer.render(
        Document("report", ("Small city",), sheets=(sheet,), briefing=briefing)
    ).decode("utf-8")
    assert f"{NAME}{MARK} 5.0" in page
    if not briefing:
        assert f"{NAME} |" in page or f">{NAME}<" in page


# ---- emphasis -------------------------------------------------------------------------------------------------------
def test_a_page_sets_the_city_off_but_not_every_row():
    def rows(*tones):
        column = Column("area", "Area", [f"area {n}" for n, _ in enumerate(tones)], tones=tones)
        return (
            html.render(Document("report", ("x",), sheets=(Sheet("t", (column,)),)))
            .decode("utf-8")
            .count("<tr class=city>")
        )

    assert (rows("city", "", ""), rows("city", "city")) == (1, 0)


# ---- workbooks ------------------------------------------------------------------------------------------------------
def opened(document):
    return openpyxl.load_workbook(io.BytesIO(xlsx_writer.render(document)))


@pytest.mark.filterwarnings("ignore::UserWarning")
def test_what_one_tab_cannot_hold_goes_on_in_the_next(monkeypatch):
    """Five rows where a tab takes two: 2, 2 and 1, none lost, the sentence under the last."""
    monkeypatch.setattr(xlsx_writer, "MOST_ROWS", 2)
    gap = Column("gap", "Gap", [-0.1, -0.2, -0.3, -0.4, -0.5], [1] * 5, tones=["missed"] * 5)
    areas = Column("area", "Area", ["a", "b", "c", "d", "e"])
    book = opened(
        Document("report", ("x",), sheets=(Sheet("Growth", (areas, gap), ("5 missed.",)),))
    )
    assert book.sheetnames == ["Growth", "Growth (2)", "Growth (3)"]
    texts = [[cell for row in tab.values for cell in row if cell is not None] for tab in book]
    assert [number for tab in texts for number in tab if isinstance(number, float)] == [
        -0.1,
        -0.2,
        -0.3,
        -0.4,
        -0.5,
    ]
    assert ["5 missed." in tab for tab in texts] == [False, False, True]


def test_a_word_too_long_for_a_line_has_the_height_of_all_its_lines():
    """A line of 96 letters: a short word, and one of 150 letters, which begins on the second line and ends on the third."""
    told = Document(
        "report",
        ("x",),
        sheets=(Sheet("t", (Column("area", "Area", ["a"]),), ("behind: " + "L" * 150,)),),
    )
    page = opened(told).worksheets[0]
    row = next(
        cell.row for cells in page.rows for cell in cells if str(cell.value).startswith("behind")
    )
    assert page.row_dimensions[row].height == 3 * 16.5


# ---- sentences ------------------------------------------------------------------------------------------------------
def test_a_period_with_older_figures_only_is_not_said_to_lack_a_verdict(city, run):
    folder = city({}, [("a", "stock", "2020-06", "5")]).folder
    told = run("report --half H1-2024", at=folder).out
    assert "Only older figures, without a target, for H1-2024: --all shows them." in told
    assert "Nothing to show" not in told
    asked = run("report --half H1-2024 --only missed", at=folder).out
    assert "Nothing to show for H1-2024: no row has this verdict." in asked


def test_whoever_gets_a_page_that_opens_slowly_is_told(city, run, monkeypatch):
    folder = city({"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "4.8")]).folder
    assert "slowly" not in run("report --half H1-2024 -o page.html", at=folder).err
    monkeypatch.setattr("dtrack.cli.result.LARGE", 0)
    told = run("report --half H1-2024 -o page.html", at=folder).err
    assert (
        "dtrack: a page of 0 MB opens slowly; --indicator or --district reduce it, -f xlsx or csv contain all data"
        in told
    )
