"""The page in a browser: sorting by click and key, nothing asked of the network, nothing clipped, and printed.

Asked where Playwright and a Chromium of the system are at hand; elsewhere skipped, and the skip says what is missing.
"""

from __future__ import annotations

import base64
import re
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest

from dtrack.rendering.html import render
from dtrack.reporting.document import Column, Document, Sheet
from support.browser import CHROMIUM, needed, shown, written

needed()

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

SYMPOSIUM = ("--workspace", "examples/symposium")
GROWTH = "#s-digital_va_growth"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as tools:
        opened = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    commands = {
        "published": ("report", "--half", "H1-2024"),
        "symposium": ("report", "--half", "H1-2024", *SYMPOSIUM),
        "story": ("gap", "-d", "haidian", *SYMPOSIUM),
        "city": ("city", "--half", "H1-2024", *SYMPOSIUM),
        "check": ("check",),
        "sources": ("sources",),
    }
    return {name: written(folder / f"{name}.html", *words) for name, words in commands.items()}


@pytest.fixture
def table(browser, tmp_path) -> Iterator[Page]:
    columns = (
        Column("area", "Area", ["City", "b", "a", "c", "d"]),
        Column(
            "n",
            "Actual",
            ["9", "10%以上", "", "12.2万", "-1"],
            right=True,
            order=[9.0, 10.0, None, 122000.0, -1.0],
        ),
        Column(
            "gap", "Gap", [0.5, -0.2, float("nan"), 0.0, None], [1] * 5, signed=True, right=True
        ),
    )
    file = tmp_path / "t.html"
    file.write_bytes(render(Document("x", sheets=(Sheet("s", columns),))))
    page = shown(browser, file)
    yield page
    assert page.told == []
    page.close()


def rows(page: Page) -> str:
    return "".join(page.locator("tbody tr > :first-child").all_inner_texts())


def test_a_click_sorts_by_number_blanks_last_again_the_other_way_then_as_it_was(table):
    head = table.get_by_role("columnheader", name="Actual")
    assert (rows(table), head.get_attribute("aria-sort")) == ("Citybacd", "none")
    steps = []
    for _ in range(3):
        table.get_by_role("button", name="Actual").click()
        steps.append((rows(table), head.get_attribute("aria-sort")))
    assert steps == [("dCitybca", "ascending"), ("cbCityda", "descending"), ("Citybacd", "none")]


def test_the_keyboard_sorts_too_and_only_one_column_says_so(table):
    table.get_by_role("button", name="Gap").focus()
    table.keyboard.press("Enter")
    assert rows(table) == "bcCityad"
    table.keyboard.press("Shift+Tab")  # to the button before
    table.keyboard.press("Space")
    assert rows(table) == "dCitybca"
    assert [
        head.get_attribute("aria-sort") for head in table.get_by_role("columnheader").all()
    ] == ["none", "ascending", "none"]


def test_texts_are_sorted_as_texts(table):
    table.get_by_role("button", name="Area").click()
    assert rows(table) == "abcCityd"


@pytest.mark.parametrize("width", [360, 768, 1280, 1920])
@pytest.mark.parametrize("name", ["published", "symposium", "story", "city", "check", "sources"])
def test_nothing_is_clipped_nothing_is_fetched_and_nothing_goes_wrong(browser, pages, name, width):
    page = shown(browser, pages[name], width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    clipped = """[...document.querySelectorAll("h1, h2, p, li, dd, figure, svg")].filter((e) => !e.closest(".box") &&
        e.getClientRects().length && !e.closest(".unseen") && e.getBoundingClientRect().right > innerWidth + 1)
        .map((e) => e.textContent.slice(0, 40))"""
    assert page.evaluate(clipped) == []
    hinted = """[...document.querySelectorAll(".sheet-box")].filter((box) => (box.scrollWidth > box.clientWidth + 1) !==
        (getComputedStyle(box.previousElementSibling).display !== "none")).length"""
    assert page.evaluate(hinted) == 0  # a table that is wider than its box says so, no other does
    assert page.told == []
    page.close()


def test_on_a_phone_the_columns_that_matter_fit_and_the_others_come_when_asked_for(browser, pages):
    page = shown(browser, pages["symposium"], 360)
    heads = page.locator(f"{GROWTH} thead th")
    seen = lambda: [head.inner_text() for head in heads.all() if head.is_visible()]
    kept = seen()
    assert kept[:4] == [
        "Area",
        "Target",
        "Actual",
        "Gap (pp)",
    ]  # a gap says little without its target
    box = page.locator(f"{GROWTH} .sheet-box")
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    page.locator(GROWTH).get_by_label(re.compile("^Show ")).check()
    assert [head for head in seen() if head not in kept] != []
    page.wait_for_function(
        f"getComputedStyle(document.querySelector('{GROWTH} .hint')).display === 'block'"
    )
    page.close()


def test_dark_is_dark(browser, pages):
    page = shown(browser, pages["symposium"], scheme="dark")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 25, 30)"
    page.close()


def test_it_is_whole_without_its_script(browser, pages):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(pages["symposium"].as_uri())
    assert page.locator("button").count() == 0
    assert page.locator("svg.chart").count() > 5
    assert page.locator("tbody tr").first.is_visible()
    context.close()


def printed(browser: Browser, file: Path, paper: Path) -> list[str]:
    """The texts of the sheets of paper, A4 each."""
    tools = shutil.which("pdftotext") or pytest.skip(
        "no pdftotext on this machine: apt-get install poppler-utils"
    )
    page = shown(browser, file)
    raw = page.pdf(path=paper, prefer_css_page_size=True)
    page.close()
    assert set(re.findall(rb"/MediaBox \[([0-9. ]+)\]", raw)) == {b"0 0 841.91998 594.95996"}
    told = subprocess.run(
        [tools, "-layout", str(paper), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    return told.split("\f")[:-1]


def test_printed_pages_are_numbered_and_have_no_hints_for_screens(browser, pages, tmp_path):
    for name in ("symposium", "published"):
        sheets = printed(browser, pages[name], tmp_path / "p.pdf")
        assert [f"{at}/{len(sheets)}" in text.replace(" ", "") for at, text in enumerate(sheets, 1)]
        assert not any(
            word in text for text in sheets for word in ("scroll →", "Download", "On this page")
        )


def test_printed_the_first_page_is_not_left_empty(browser, pages, tmp_path):
    sheet = Sheet("s", (Column("area", "Area", [f"area {number}" for number in range(25)]),))
    file = tmp_path / "t.html"
    file.write_bytes(render(Document("x", sheets=(sheet, sheet))))
    for one in (file, pages["symposium"], pages["published"], pages["story"]):
        first = printed(browser, one, tmp_path / "p.pdf")[0]
        assert len([line for line in first.splitlines() if line.strip()]) > 15


@pytest.mark.parametrize("width", [360, 1920])
def test_a_name_that_no_line_can_hold_is_broken(browser, tmp_path, width):
    name = "L" * 200
    sheet = Sheet(
        "s",
        (Column("area", "Area", [name, "b"]), Column("n", "Actual", [5.0, 9.5], [1, 1])),
        (f"Furthest behind: {name}.",),
    )
    file = tmp_path / "t.html"
    file.write_bytes(render(Document("x", (name, name), sheets=(sheet,))))
    page = shown(browser, file, width)
    assert page.evaluate("document.documentElement.scrollWidth") == width
    page.close()


def test_printed_a_long_table_has_its_headings_on_every_page(browser, tmp_path):
    column = Column("area", "Areaheading", [f"area {number}" for number in range(150)])
    file = tmp_path / "t.html"
    file.write_bytes(render(Document("x", sheets=(Sheet("s", (column,)),))))
    sheets = printed(browser, file, tmp_path / "t.pdf")
    assert len(sheets) > 2
    assert [text.count("Areaheading") for text in sheets] == [1] * len(sheets)


# Choosing rows, taking the data along


@pytest.fixture
def matrix(browser, tmp_path) -> Iterator[Page]:
    areas = ["Haidian", "Shunyi", "Yanqing", "Miyun", "Beijing", "met"]
    tones = ["met", "missed", "not_reported", "met", "missed", ""]
    scores = Sheet(
        "Scorecard",
        (
            Column("area", "Area", areas, tones=["", "", "", "", "city", "quiet"]),
            Column(
                "growth",
                "Growth",
                ["✓ +0.4", "✗ −3.4", "!", "✓ 0.0", "✗ −0.2", "2 of 4"],
                tones=tones,
                numbers=[0.4, -3.4, None, 0.0, -0.2, None],
            ),
        ),
        name="scorecard",
        heat=True,
    )
    growth = Sheet(
        "Growth",
        (
            Column("area", "Area", areas[:5]),
            Column("verdict", "Verdict", tones[:5], tones=tones[:5]),
        ),
        name="growth",
    )
    data = Sheet("assessment", (Column("area", "area", ["haidian", "=1+1"]),))
    file = tmp_path / "t.html"
    file.write_bytes(render(Document("x", sheets=(scores, growth), data=data)))
    page = shown(browser, file)
    yield page
    assert page.told == []
    page.close()


def seen(page: Page, where: str) -> list[str]:
    return [
        row.inner_text()
        for row in page.locator(f"{where} tr > :first-child").all()
        if row.is_visible()
    ]


def test_rows_are_chosen_by_verdict_and_by_text_and_the_sums_stay(matrix):
    matrix.get_by_label("Verdict").select_option("missed")
    assert seen(matrix, "#s-growth tbody") == ["Shunyi", "Beijing"]
    assert seen(matrix, "#s-scorecard tbody") == ["Shunyi"]
    assert seen(matrix, "#s-scorecard tfoot") == ["Beijing", "met"]
    assert matrix.get_by_role("status").inner_text() == "2 of 5 rows"
    matrix.get_by_label("Verdict").select_option("")
    matrix.get_by_label("Search").fill("hAi")
    assert seen(matrix, "#s-growth tbody") == ["Haidian"]
    matrix.get_by_label("Search").fill("nobody")
    assert not matrix.locator("#s-growth").is_visible()
    matrix.get_by_label("Search").fill("")
    assert len(seen(matrix, "#s-growth tbody")) == 5
    assert matrix.get_by_role("status").inner_text() == ""


def test_a_heading_of_the_matrix_leads_to_its_sheet_and_sorts_without_the_sums(matrix):
    (link,) = matrix.locator("#s-scorecard thead a").all()
    assert link.get_attribute("href") == "#s-growth"
    matrix.get_by_role("button", name="Growth").click()
    assert seen(matrix, "#s-scorecard tbody") == ["Shunyi", "Miyun", "Haidian", "Yanqing"]
    assert seen(matrix, "#s-scorecard tfoot") == ["Beijing", "met"]


def test_the_data_can_be_taken_along_without_the_script(matrix, browser, tmp_path):
    with matrix.expect_download() as waiting:
        matrix.get_by_role("link", name="Download data (CSV, 2 rows)").click()
    waiting.value.save_as(tmp_path / "d.csv")
    assert waiting.value.suggested_filename == "assessment.csv"
    assert (tmp_path / "d.csv").read_text(encoding="utf-8") == "area\nhaidian\n'=1+1\n"


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_the_data_of_a_page_is_the_csv_of_the_command(browser, tmp_path, language):
    words = ("report", "--half", "H1-2024", *SYMPOSIUM)
    page = written(tmp_path / "p.html", *words, "--lang", language).read_text(encoding="utf-8")
    (code,) = re.findall(r"data:text/csv;charset=utf-8;base64,([A-Za-z0-9+/=]+)\"", page)
    assert base64.b64decode(code) == written(tmp_path / "p.csv", *words).read_bytes()
