"""JSON of a Sheet, for programs: numbers at their published decimals, null for unknown.

`{"schema": 1, "sheet": title, "rows": [{key: value, …}, …]}`.
`schema` is the sheet's: it counts up when a key changes its meaning; new keys do not count.
"""

from __future__ import annotations

import json
import re

from dtrack.core.sanitize import whole
from dtrack.reporting.document import Column, Sheet

_UNSEEN = re.compile("[\x7f-\x9f\u061c\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff]")
_NUMBER = re.compile(r"-?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?")


def render(sheet: Sheet) -> bytes:
    """The sheet as JSON, one row a line, in UTF-8."""
    keys = [json.dumps(column.key) for column in sheet.columns]
    cells = [_values(column) for column in sheet.columns]
    rows = (
        ", ".join(f"{key}: {cell}" for key, cell in zip(keys, row, strict=True))
        for row in zip(*cells, strict=True)
    )
    body = ",\n".join(f"  {{{row}}}" for row in rows)
    head = f'"schema": {sheet.schema}, "sheet": {_text(sheet.title)}'
    return f'{{{head}, "rows": [\n{body}\n]}}\n'.encode()


def _text(text: str) -> str:
    """A JSON text; what a terminal would act on is escaped, so that showing it is harmless."""
    return _UNSEEN.sub(
        lambda sign: f"\\u{ord(sign[0]):04x}", json.dumps(whole(text), ensure_ascii=False)
    )


def _values(column: Column) -> list[str]:
    """JSON texts of one column. A number is written by its decimals, so that 5.0 keeps its zero."""
    texts = column.for_programs()
    if column.decimals is not None:
        return [text if _NUMBER.fullmatch(text) else "null" for text in texts]
    if all(value is None or isinstance(value, bool | int) for value in column.values):
        return [json.dumps(value) for value in column.values]
    distinct = {text: _text(text) if text else "null" for text in dict.fromkeys(texts)}
    return [distinct[text] for text in texts]
