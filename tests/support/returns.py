"""Workbooks as districts send them, made here so that nobody has to believe a binary file. All figures are illustrative.

`messy` has every fault of a bad morning; `mended` is the same return after a telephone call. Sheet 上半年, district in
column B, value added (万元) in C, its growth (%) in D.
"""

from __future__ import annotations

import io
from collections.abc import Iterable
from typing import Any

Row = tuple[Any, ...]
TITLE = "2024年上半年各区数字经济情况（示例，数字均为虚构）"
HEADER = (("序号", "地区", "数字经济增加值", ""), ("", "", "总量", "增速"))
TOTAL = ("", "合计", 2_000_000, None)
NOTES = (("注：增速按现价计算。",), ("填表人：张三",))
MENDED = (
    (1, "怀 柔 区", 609_000, 7.1),
    (2, "房山区", "867,000", "6.9%"),
    (3, "顺义区", 2_397_000, "3。1"),
    (4, "平谷区", "36.3亿元", 7.1),
    (5, "密云区", "—", "…"),
)
MESSY = (
    (1, "怀 柔 区", 609_000, 0.071),  # a fraction in place of a percentage
    (2, "房山区", 86.7, "6.9%"),  # 亿元 under a heading of 万元
    (3, "顺意区", 2_397_000, "3。1"),  # no such district
    (4, "平谷区", "36.3亿元", "待核"),  # no figure
    (5, "密云区", 357_000, 6.1),
    (6, "密云区", 375_000, 6.1),  # the district again, with another figure
)


def workbook(rows: Iterable[Row]) -> bytes:
    """An .xlsx: a title merged over the table, the unit of the table, two header rows, a total, the rows, notes below."""
    import openpyxl

    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "上半年"
    sheet["A1"] = TITLE
    sheet.merge_cells("A1:D1")
    sheet["D2"] = "单位：万元、%"
    for row in (*HEADER, TOTAL, *rows, (), *NOTES):
        sheet.append(row)
    sheet.merge_cells("C3:D3")
    sheet.merge_cells("A3:A4")
    sheet.merge_cells("B3:B4")
    for row in sheet.iter_rows(min_row=5, max_row=5 + len(tuple(rows)), min_col=4, max_col=4):
        for cell in row:
            cell.number_format = "0.0" if cell.value != 0.071 else "0.000"
    hidden = book.create_sheet("草稿")
    hidden["A1"] = "ignore this"
    hidden.sheet_state = "hidden"
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()
