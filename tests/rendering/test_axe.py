"""What axe-core finds on pages: nothing, of any level, in any language, scheme and width.

Asked where Playwright, axe-playwright-python and a Chromium are at hand; elsewhere skipped, and the skip says what is missing.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

import pytest

from support.browser import CHROMIUM, needed, shown, written

needed()
pytest.importorskip(
    "axe_playwright_python", reason="axe is not installed: pip install axe-playwright-python"
)

from axe_playwright_python.sync_playwright import Axe  # noqa: E402
from playwright.sync_api import Browser, sync_playwright  # noqa: E402

AT = ("--workspace", "examples/symposium")
PAGES = {
    "report": ("report", "--half", "H1-2024"),
    "symposium": ("report", "--half", "H1-2024", *AT),
    "gap": ("gap", "-d", "haidian", *AT),
    "city": ("city", "--half", "H1-2024", *AT),
    "catchup": ("catchup", "--half", "H1-2024", *AT),
    "status": ("status", "--half", "H1-2024", *AT),
    "brief": ("brief", "--half", "H1-2024", *AT),
}


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as tools:
        opened = tools.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield opened
        opened.close()


def faults(page) -> list[tuple[str, str, list[str]]]:
    """What axe finds: its rule, how bad it is, where."""
    found = Axe().run(page).response["violations"]
    return [
        (one["id"], one["impact"], [node["html"][:90] for node in one["nodes"][:3]])
        for one in found
    ]


@pytest.mark.slow
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
@pytest.mark.parametrize("name", PAGES)
def test_axe_finds_nothing(browser, tmp_path, name, language):
    page = shown(browser, written(tmp_path / "p.html", *PAGES[name], "--lang", language))
    found = {}
    for scheme, width in product(("light", "dark"), (360, 1280, 1920)):
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        found[scheme, width] = faults(page)
    page.close()
    assert {at: told for at, told in found.items() if told} == {}


def test_axe_is_asked_at_all(browser, tmp_path):
    file = tmp_path / "p.html"
    file.write_text("<html lang=en><title>t</title><img src=x>", encoding="utf-8")
    assert "image-alt" in [rule for rule, *_ in faults(shown(browser, file))]
