"""The picture of a workbook in README: `python docs/pictures_workbook.py` writes docs/workbook.png.

In comes the illustrative workspace, out goes the first tab of its report as LibreOffice prints it:
a PDF by `soffice`, a picture by `pdftoppm` (poppler-utils). Both have to be there; every figure is
made up, and the picture says so.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
REPORT = ("report", "H1-2024", "--workspace", str(ROOT / "examples/symposium"))
PICTURE = ROOT / "docs" / "workbook.png"
DOTS = 110  # an inch
TOP, HEIGHT = 40, 560  # of the page in dots: what lies below is blank


def make(book: Path) -> None:
    """Write the workbook of a report on the illustrative workspace."""
    subprocess.run([sys.executable, "-m", "dtrack", *REPORT, "-o", str(book)], check=True)


def main() -> None:
    """Print the first page and cut off its empty part."""
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        names = " and ".join(missing)
        sys.exit(f"pictures_workbook: {names} not found: install LibreOffice and poppler-utils")
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "h1.xlsx"
        make(book)
        profile = f"-env:UserInstallation={(Path(folder) / 'profile').as_uri()}"
        pdf = (
            "soffice",
            profile,
            "--headless",
            "--convert-to",
            "pdf",
            "--outdir",
            folder,
            str(book),
        )
        subprocess.run(pdf, check=True, capture_output=True)
        cut = ("-x", "0", "-y", str(TOP), "-W", str(round(11.69 * DOTS)), "-H", str(HEIGHT))
        picture = (
            "pdftoppm",
            "-r",
            str(DOTS),
            "-f",
            "1",
            "-l",
            "1",
            *cut,
            "-png",
            "-singlefile",
            str(book.with_suffix(".pdf")),
        )
        subprocess.run((*picture, str(PICTURE.with_suffix(""))), check=True)


if __name__ == "__main__":
    main()
