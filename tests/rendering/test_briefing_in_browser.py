"""The page of a briefing in a browser: one A4, letters of its language, dark where asked, nothing that axe finds."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.browser import CHROMIUM, needed, written

needed()

from playwright.sync_api import Browser, sync_playwright  # noqa: E402

LANGUAGES = ("en", "zh", "fr")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as tools:
        opened = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def briefings(tmp_path_factory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("briefings")
    words = ("brief", "--half", "H1-2024", "--workspace", "examples/symposium", "--lang")
    return {name: written(folder / f"{name}.html", *words, name) for name in LANGUAGES}


@pytest.mark.parametrize("language", LANGUAGES)
def test_it_prints_on_exactly_one_page(browser, briefings, language):
    page = browser.new_page()
    page.goto(briefings[language].as_uri())
    data = page.pdf(prefer_css_page_size=True)
    page.close()
    assert len(re.findall(rb"/Type\s*/Page\b(?!s)", data)) == 1


@pytest.mark.parametrize(
    ("language", "first"), [("en", "Georgia"), ("fr", "Georgia"), ("zh", "Noto Serif CJK SC")]
)
def test_its_letters_are_those_of_its_language(browser, briefings, language, first):
    """A Chinese font sets an English apostrophe as wide as a Chinese sign."""
    page = browser.new_page()
    page.goto(briefings[language].as_uri())
    fonts = page.evaluate("getComputedStyle(document.body).fontFamily")
    page.close()
    assert fonts.split(",")[0].strip('"') == first
    assert ("SC" in fonts) is (language == "zh")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_it_is_no_wider_than_a_screen_and_dark_where_asked(browser, briefings, width, scheme):
    context = browser.new_context(viewport={"width": width, "height": 900}, color_scheme=scheme)
    page = context.new_page()
    page.goto(briefings["en"].as_uri())
    assert page.evaluate("document.documentElement.scrollWidth") == width
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    context.close()
    assert (ground == "rgb(255, 255, 255)") is (scheme == "light")


@pytest.mark.parametrize("language", LANGUAGES)
def test_axe_finds_nothing(browser, briefings, language):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    context = browser.new_context(bypass_csp=True)
    page = context.new_page()
    page.goto(briefings[language].as_uri())
    found = axe.run(page).response["violations"]
    context.close()
    assert [one["id"] for one in found] == []
