"""The page in a browser: sorting by click and key, nothing asked of the network, nothing clipped, and printed.

Asked where Playwright and a Chromium of the system are at hand; elsewhere skipped, and the skip says what is missing.
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from dtrack.rendering.html import render
from dtrack.reporting.document import Column, Document, Sheet
from support.workspaces import ROOT

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)
pytest.importorskip("playwright", reason="Playwright is not installed: pip install playwright")
if CHROMIUM is None:
    pytest.skip("no Chromium on this machine: apt-get install chromium", allow_module_level=True)

from playwright.sync_api import Browser, Page, sync_playwright  # noqa: E402

SHEETS = 5  # indicators of the symposium's report


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as tools:
        opened = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def pages(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("pages")
    made = {}
    for name, words in {
        "published": ["report", "--half", "H1-2024"],
        "symposium": ["report", "--half", "H1-2024", "--workspace", "examples/symposium"],
        "story": ["gap", "-d", "haidian", "--workspace", "examples/symposium"],
        "check": ["check"],
        "sources": ["sources"],
    }.items():
        made[name] = folder / f"{name}.html"
        subprocess.run(
            [sys.executable, "-m", "dtrack", *words, "-o", str(made[name])],
            cwd=ROOT,
            check=True,
            capture_output=True,
        )
    return made


def shown(browser: Browser, file: Path, width: int = 1280, scheme: str = "light") -> Page:
    """The page, opened with everything it says to its console and asks for written down in `page.told`."""
    page = browser.new_page(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page.told = []
    page.on("console", lambda message: page.told.append(message.text))
    page.on("pageerror", lambda error: page.told.append(str(error)))
    page.on(
        "request",
        lambda request: page.told.append(request.url) if request.url != file.as_uri() else None,
    )
    page.goto(file.as_uri())
    return page


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
@pytest.mark.parametrize("name", ["published", "symposium", "story", "check", "sources"])
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
    heads = page.locator("#s1 thead th")
    seen = lambda: [head.inner_text() for head in heads.all() if head.is_visible()]
    assert seen() == ["Area", "Actual", "Gap (pp)", "Verdict"]
    box = page.locator("#s1 .sheet-box")
    assert box.evaluate("box => box.scrollWidth - box.clientWidth") == 0
    page.get_by_label("Also Target, vs city, Status, Source").first.check()
    assert seen() == [
        "Area",
        "Target",
        "Actual",
        "Gap (pp)",
        "Verdict",
        "vs city",
        "Status",
        "Source",
    ]
    page.wait_for_function(
        "getComputedStyle(document.querySelector('#s1 .hint')).display === 'block'"
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
    assert page.locator("svg.chart").count() > SHEETS
    assert page.locator("tbody tr").first.is_visible()
    context.close()


def test_printed_every_indicator_has_a_page_of_its_own(browser, pages, tmp_path):
    page = shown(browser, pages["symposium"])
    printed = page.pdf(path=tmp_path / "p.pdf", prefer_css_page_size=True)
    assert (
        len(re.findall(rb"/Type /Page\b", printed)) == SHEETS + 2
    )  # what is on it, the indicators, the sources
    assert set(re.findall(rb"/MediaBox \[([0-9. ]+)\]", printed)) == {
        b"0 0 841.91998 594.95996"
    }  # A4, landscape
    page.close()


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
    tools = shutil.which("pdftotext") or pytest.skip(
        "no pdftotext on this machine: apt-get install poppler-utils"
    )
    column = Column("area", "Areaheading", [f"area {number}" for number in range(150)])
    file, paper = tmp_path / "t.html", tmp_path / "t.pdf"
    file.write_bytes(render(Document("x", sheets=(Sheet("s", (column,)),))))
    page = shown(browser, file)
    pages = len(re.findall(rb"/Type /Page\b", page.pdf(path=paper, prefer_css_page_size=True)))
    page.close()
    told = subprocess.run(
        [tools, "-layout", str(paper), "-"], check=True, capture_output=True, encoding="utf-8"
    ).stdout
    assert pages > 2
    assert told.count("Areaheading") == pages
