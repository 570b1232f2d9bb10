"""Shared by tests. A map that `import --save-map` wrote reads its own sheet again: same figures from the same cells, same findings."""

from __future__ import annotations

import csv
import io

from dtrack.core.period import Period
from dtrack.importing.compare import Edition
from dtrack.importing.pipeline import Request
from dtrack.workspace import load
from support.sent_files import ODS, content, packed, table
from support.workspaces import ROOT

HELD = load(ROOT / "examples/symposium")


def text(rows, _merged, _tab: str, delimiter: str = ",") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator="\n").writerows(rows)
    return out.getvalue().encode()


def xlsx(rows, merged, tab: str) -> bytes:
    import xlsxwriter

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True}) as book:
        page = book.add_worksheet("S")
        page.name = tab  # some programs write names that others would not take
        for row, cells in enumerate(rows):
            for column, cell in enumerate(cells):
                page.write_string(row, column, cell)
        for area in merged:
            page.merge_range(*area, rows[area[0]][area[1]])
    return out.getvalue()


def ods(rows, merged, tab: str) -> bytes:
    from xml.sax.saxutils import escape, quoteattr

    spans = {area[:2]: (area[2] - area[0] + 1, area[3] - area[1] + 1) for area in merged}

    def cell(row: int, column: int, told: str) -> str:
        down, across = spans.get((row, column), (1, 1))
        over = f' table:number-rows-spanned="{down}" table:number-columns-spanned="{across}"' * (
            down * across > 1
        )
        lines = escape(told).replace("\t", "<text:tab/>").split("\n")
        return f"<table:table-cell{over}>{''.join(f'<text:p>{line}</text:p>' for line in lines)}</table:table-cell>"

    lines = (
        "".join(cell(at, column, told) for column, told in enumerate(row))
        for at, row in enumerate(rows)
    )
    body = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    name = quoteattr(tab, {'"': "&quot;"})[1:-1]
    return packed({"mimetype": ODS, "content.xml": content(table(body, name))})


KINDS = {
    "r.csv": text,
    "r.tsv": lambda rows, merged, tab: text(rows, merged, tab, "\t"),
    "r.xlsx": xlsx,
    "r.ods": ods,
}


def request(name: str, rows, merged=(), only: str = "", tab: str = "S") -> Request:
    rows = [list(row) for row in rows]
    position = HELD.indicator_position[only] if only else -1
    return Request(
        name,
        KINDS[name](rows, merged, tab),
        Period.parse("H1-2024"),
        Edition("2024-08-30", "s"),
        only=position,
    )
