"""Output formats: one row each, read by every command, by `--format` and by the suffix of `-o`.

A new format is a module of this folder with `render(result) -> bytes` and one row of `FORMATS`. Its
module is loaded when it writes, so that `--help` loads none.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from dtrack.reporting.document import Document, Sheet


class Format(NamedTuple):
    """One output format.

    `module`: its writer in `dtrack.rendering`. `for_people`: it writes documents, else the sheet
    for programs. `on_screen`: the one for a terminal, which shows at most so many rows. `binary`:
    its bytes are no text. `charts`: it shows pictures beside tables. `briefs`: `dtrack brief` can
    be written in it. `bom`: a mark for Excel may stand before it. `with_data`: it brings the sheet
    for programs along.
    """

    name: str
    suffixes: tuple[str, ...]
    module: str
    for_people: bool = True
    on_screen: bool = False
    binary: bool = False
    charts: bool = False
    briefs: bool = False
    bom: bool = False
    with_data: bool = False

    def render(self, result: Document | Sheet) -> bytes:
        """The result as bytes: a Document where the format is for people, else a Sheet."""
        data: bytes = import_module(f"dtrack.rendering.{self.module}").render(result)
        return data


_ALL = (
    Format("table", (".txt",), "plain", on_screen=True, briefs=True),
    Format("csv", (".csv",), "csv_writer", for_people=False, bom=True),
    Format("json", (".json",), "json_writer", for_people=False),
    Format("md", (".md",), "markdown", briefs=True),
    Format("html", (".html", ".htm"), "html", charts=True, briefs=True, with_data=True),
    Format("xlsx", (".xlsx",), "xlsx_writer", binary=True, with_data=True),
    Format("docx", (".docx",), "docx_writer", binary=True, briefs=True),
)
FORMATS = {form.name: form for form in _ALL}
BRIEFS = {form.name: form for form in _ALL if form.briefs}
TABLE, PAGE = FORMATS["table"], FORMATS["html"]


def by_suffix(file: Path, among: Mapping[str, Format]) -> Format | None:
    """The format that a file's suffix chooses; None where it chooses none."""
    return next((f for f in among.values() if file.suffix.lower() in f.suffixes), None)
