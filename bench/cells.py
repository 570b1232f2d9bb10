"""The same cells as a workbook, twice.

`python bench/cells.py dressed` by dtrack's writer, `bare` by XlsxWriter alone.

Bare is its mode for large files (constant_memory), without a format, a width or a filter. ROWS
judged rows of eight columns are made up alike for both, so that the two processes differ by what
dtrack adds and by nothing else.
"""

from __future__ import annotations

import io
import sys

import xlsxwriter

from dtrack.rendering import xlsx_writer
from dtrack.reporting.document import Column, Document, Sheet

ROWS = 100_000
VERDICTS = ("met", "missed", "open", "no_target")


def columns() -> tuple[Column, ...]:
    """Columns of a report: area, target, actual, gap, verdict, vs city, status, source."""
    rows = range(ROWS)
    actual = [row * 7 % 200 / 10 for row in rows]
    target = ["around 5" if row % 3 else "6.0" for row in rows]
    tones = [VERDICTS[row % 4] for row in rows]
    one, quiet = [1] * ROWS, ["quiet"] * ROWS
    return (
        Column("area", "Area", [f"Area {row}" for row in rows], tones=[""] * ROWS),
        Column(
            "target", "Target", target, numbers=[6.0 if text == "6.0" else None for text in target]
        ),
        Column(
            "actual", "Actual", [f"{value:.1f}" for value in actual], right=True, numbers=actual
        ),
        Column(
            "gap",
            "Gap (pp)",
            [value - 6 for value in actual],
            one,
            signed=True,
            right=True,
            tones=tones,
            alike=True,
        ),
        Column("verdict", "Verdict", tones, tones=tones),
        Column("vs_city", "vs city", [value - 5 for value in actual], one, signed=True, right=True),
        Column("status", "Status", ["flash"] * ROWS, tones=quiet),
        Column("source", "Source", [f"{row % 50} · T{row % 7}" for row in rows], tones=quiet),
    )


def bare(cells: tuple[Column, ...]) -> bytes:
    """Every cell with XlsxWriter's own `write`."""
    out = io.BytesIO()
    book = xlsxwriter.Workbook(out, {"constant_memory": True})
    page = book.add_worksheet()
    values = [
        [n if n is not None else t for n, t in zip(c.as_numbers(), c.for_people(), strict=True)]
        for c in cells
    ]
    for row, line in enumerate(zip(*values, strict=True)):
        for place, value in enumerate(line):
            page.write(row, place, value)
    book.close()
    return out.getvalue()


if __name__ == "__main__":
    made = columns()
    data = (
        bare(made)
        if sys.argv[1] == "bare"
        else xlsx_writer.render(Document("cells", sheets=(Sheet("Cells", made),)))
    )
    print(f"{len(data):,} bytes")
