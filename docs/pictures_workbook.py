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

import dtrack
from dtrack.analysis.assessment_frame import whole_board
from dtrack.analysis.question import Query
from dtrack.rendering import xlsx_writer
from dtrack.reporting.cells import DisplayOptions
from dtrack.reporting.report import report

ROOT = Path(__file__).resolve().parent.parent
PICTURE = ROOT / "docs" / "workbook.png"
DOTS = 110  # an inch
TOP, HEIGHT = 40, 560  # of the page in dots: what lies below is blank


def made() -> bytes:
    """The workbook of `dtrack report --half H1-2024 --workspace examples/symposium -o h1.xlsx`."""
    dataset = dtrack.open(ROOT / "examples" / "symposium")
    return xlsx_writer.render(
        report(whole_board(dataset, Query.of("H1-2024")), DisplayOptions(whole=True))
    )


def main() -> None:
    """Print the first page and cut off its empty part."""
    missing = [name for name in ("soffice", "pdftoppm") if shutil.which(name) is None]
    if missing:
        names = " and ".join(missing)
        sys.exit(f"pictures_workbook: {names} not found: install LibreOffice and poppler-utils")
    with tempfile.TemporaryDirectory() as folder:
        book = Path(folder) / "h1.xlsx"
        book.write_bytes(made())
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
