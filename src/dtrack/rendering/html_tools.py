"""What a page lets its reader do: choose rows by verdict and by text, and take the data along.

Choosing needs the page's script, which shows the fields; the link to the data needs none.
"""

from __future__ import annotations

import re
from base64 import b64encode
from collections.abc import Iterator, Sequence
from html import escape

from dtrack.core.sanitize import harmless
from dtrack.core.translate import _, ngettext
from dtrack.core.vocabulary import Verdict
from dtrack.i18n.terms import SIGNS, verdict_word
from dtrack.rendering.html_table import tones_of
from dtrack.reporting.document import Document, Sheet

_FEWEST = 8  # rows from which on it is worth while to choose among them
_MOST = 5_000  # rows of data that a page brings along; more make it too heavy
_NAME = re.compile(r"[^\w.-]+")


def tools(document: Document) -> Iterator[str]:
    """The fields to choose rows by, where there are many, and the link to the data."""
    fields = list(_fields(document.sheets))
    if not fields and not _brings(document.data):
        return
    yield '<div class="tools">'
    yield from fields
    if document.data is not None and _brings(document.data):
        yield _link(document.data)
    yield "</div>"


def _fields(sheets: Sequence[Sheet]) -> Iterator[str]:
    if sum(sheet.size for sheet in sheets) < _FEWEST:
        return
    # other columns wear the colours of verdicts and say something else
    columns = (column for sheet in sheets for column in sheet.columns if column.key == "verdict")
    shown = {tone for column in columns for tone in tones_of(column)}
    verdicts = [verdict.value for verdict in Verdict if verdict and verdict.value in shown]
    told = escape(_("{shown} of {all} rows", shown="{shown}", all="{all}"))
    yield f'<div class="filter" role="search" data-told="{told}" hidden>'
    yield f'<label>{escape(_("Search"))} <input type="search" class="words"></label>'
    if len(verdicts) > 1:
        yield f'<label>{escape(_("Verdict"))} <select class="verdicts">'
        yield f'<option value="">{escape(_("All"))}</option>'
        for verdict in verdicts:
            word = f"{SIGNS[verdict]} {verdict_word(verdict)}"
            yield f'<option value="{verdict}">{escape(word)}</option>'
        yield "</select></label>"
    yield '<span class="rows" role="status"></span>'
    yield "</div>"


def _brings(data: Sheet | None) -> bool:
    return data is not None and 0 < data.size <= _MOST


def _link(data: Sheet) -> str:
    """The CSV of `-f csv`, in the page itself."""
    from dtrack.rendering.csv_writer import render

    code = b64encode(render(data)).decode("ascii")
    name = escape(_NAME.sub("-", harmless(data.title)).strip("-") or "data")
    told = escape(
        ngettext("Download data (CSV, {count} row)", "Download data (CSV, {count} rows)", data.size)
    )
    address = f"data:text/csv;charset=utf-8;base64,{code}"
    return f'<a class="download" download="{name}.csv" href="{address}">{told}</a>'
