"""CSV for programs and officials: RFC 4180, LF, text that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
import re

from dtrack.core.sanitize import harmless
from dtrack.reporting.document import Column, Sheet

# spreadsheets in Chinese take the wide ones for the others
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_A_FIGURE = re.compile(r"[+－＋-]?[0-9.]+(?:\.\.[+-]?[0-9.]+)?%?[\u4e00-\u9fff]*")


def render(sheet: Sheet) -> bytes:
    """The sheet as UTF-8 bytes, its keys as header."""
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerow([column.key for column in sheet.columns])
    writer.writerows(zip(*map(_texts, sheet.columns), strict=True))
    return out.getvalue().encode("utf-8")


def _texts(column: Column) -> list[str]:
    """The column's texts; each distinct one is made safe once."""
    texts = column.for_programs()
    if column.decimals is not None:
        return texts
    risky = {text: safe for text in set(texts) if (safe := _safe(text)) != text}
    return [risky.get(text, text) for text in texts] if risky else texts


def _safe(text: str) -> str:
    """A text that a spreadsheet would run as a formula gets an apostrophe.

    A negative figure stays a figure. Where the list separator is a semicolon, as in French, a
    spreadsheet parts the text there too, quoted or not.
    """
    plain = harmless(text)
    first, *rest = plain.split(";")
    return ";".join(
        ["'" * _runs(plain) + first, *("'" * _runs(part.replace('"', "")) + part for part in rest)]
    )


def _runs(text: str) -> bool:
    """A cell with this text would be a formula."""
    plain = text.strip()
    return plain.startswith(_FORMULA) and not _A_FIGURE.fullmatch(plain)
