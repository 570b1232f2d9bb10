"""Shared by tests. Every finding that only an arriving file can give: the smallest file that gives it, its severity and its cell."""

from __future__ import annotations

import io

import openpyxl

HEAD = ["地区", "数字经济增加值增速", "数字经济增加值"]


def book(*rows, sheets=("s",), hidden=(), cells=None):
    """An .xlsx with the same rows on each sheet."""
    made = openpyxl.Workbook()
    made.remove(made.active)
    for name in sheets:
        sheet = made.create_sheet(name)
        for row in rows:
            sheet.append(row)
        for place, value in (cells or {}).items():
            sheet[place] = value
        for column in hidden:
            sheet.column_dimensions[column].hidden = True
    out = io.BytesIO()
    made.save(out)
    return "r.xlsx", out.getvalue()


def text(*rows, sign=","):
    return "r.csv", "\n".join(sign.join(row) for row in rows).encode()


CASES = {
    "workbook-refused": (
        ("r.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)),
        [],
        "error",
        "r.xls",
    ),
    "which-sheet": (book(HEAD[:2], ["海淀区", 8.5], sheets=("a", "b")), [], "error", "r.xlsx"),
    "no-layout": (text(["a", "b"], ["c", "1"]), [], "error", "A1"),
    "no-return": (
        text(["REF_AREA", "INDICATOR", "OBS_VALUE"], ["海淀区", "digital_va", "1507"]),
        [],
        "error",
        "C1",
    ),
    "two-tables": (
        text(HEAD[:2], ["海淀区", "8.5"], HEAD[::2], ["海淀区", "1507"]),
        [],
        "error",
        "B3",
    ),
    "map-unfit": (text(HEAD[:2], ["海淀区", "8.5"]), ["area = “nowhere”"], "error", "A1"),
    "mixed-decimals": (
        text(HEAD[:2], ["海淀区", "8,5"], ["朝阳区", "6.5"], sign=";"),
        [],
        "error",
        "B2",
    ),
    "column-unmapped": (
        text([*HEAD[:2], "幸福指数"], ["海淀区", "8.5", "9"]),
        [],
        "warning",
        "C1",
    ),
    "other-period": (book(["2023年上半年"], HEAD[:2], ["海淀区", 8.5]), [], "warning", "A1"),
    "row-skipped": (text(HEAD[:2], ["合计", "7"], ["海淀区", "8.5"]), [], "info", "A2"),
    "read-as": (text(HEAD[:2], ["海淀区", "8。5"]), [], "info", "B2"),
    "unit-converted": (
        text(["地区", "数字经济增加值（万元）"], ["海淀区", "15073000"]),
        [],
        "info",
        "B1",
    ),
    "formula-cell": (book(HEAD[:2], ["海淀区", 8.5], cells={"B3": "=1+1"}), [], "error", "B3"),
    "hidden-cells": (book(HEAD[:2], ["海淀区", 8.5], hidden=("B",)), [], "info", ""),
}
