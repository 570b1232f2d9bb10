"""A Chromium of this machine for tests of pages; where there is none, they are skipped and say so."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from support.workspaces import ROOT

CHROMIUM = next(
    filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
)


def needed() -> None:
    """Skips the module where Playwright or a Chromium is missing."""
    pytest.importorskip("playwright", reason="Playwright is not installed: pip install playwright")
    if CHROMIUM is None:
        pytest.skip(
            "no Chromium on this machine: apt-get install chromium", allow_module_level=True
        )


def written(file: Path, *words: str) -> Path:
    """The page that a command writes."""
    subprocess.run(
        [sys.executable, "-m", "dtrack", *words, "-o", str(file)],
        cwd=ROOT,
        check=True,
        capture_output=True,
    )
    return file


def shown(browser: Any, file: Path, width: int = 1280, scheme: str = "light") -> Any:
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
