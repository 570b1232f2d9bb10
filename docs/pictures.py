"""The picture of a page in README.

`python docs/pictures.py` writes docs/page.png, with a Chromium of this machine.

In goes the workspace examples/symposium, out comes the first screen of `dtrack report
H1-2024 -o report.html`. Playwright and Chromium are needed: `pip install playwright`, `apt-get
install chromium` (or Chrome).
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PICTURE = ROOT / "docs" / "page.png"
WIDTH, HEIGHT = 1280, 1080
REPORT = ("report", "H1-2024", "--workspace", str(ROOT / "examples/symposium"))


def chromium() -> str:
    """The Chromium or Chrome of this machine. Raises SystemExit where there is none."""
    found = next(
        filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None
    )
    if found is None:
        raise SystemExit("no Chromium on this machine: apt-get install chromium")
    return found


def picture(file: Path) -> bytes:
    """The top of a page as PNG."""
    from playwright.sync_api import sync_playwright

    with sync_playwright() as tools:
        browser = tools.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto(file.as_uri())
        shot = page.screenshot()
        browser.close()
    return shot


def main() -> None:
    """Make the page, take the picture."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder).resolve() / "report.html"
        subprocess.run([sys.executable, "-m", "dtrack", *REPORT, "-o", str(file)], check=True)
        PICTURE.write_bytes(picture(file))
    print(f"wrote {PICTURE.relative_to(ROOT)}: {PICTURE.stat().st_size:,} bytes")


if __name__ == "__main__":
    main()
