"""The parts of an .xlsx beside its sheets → names of sheets, number formats, texts.

In comes an archive that passed its guard. openpyxl, which dtrack writes with, is not what reads
here: in read-only mode it makes 5.21 of "5.2" with a raised 1 in an inline string, drops cells that
stand out of order, and tells neither formulas nor merged areas nor what is hidden; and it builds a
tree of each style sheet, however large. The tests write with it.
"""

from __future__ import annotations

import posixpath
from dataclasses import dataclass, field
from functools import cached_property

from dtrack.core.message import Message, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.limits import CELLS, NAME, SHEETS, STYLES, UNPACKED, grouped, refused
from dtrack.importing.formats.number_format import Format, parse
from dtrack.importing.formats.safe_zip import Archive
from dtrack.importing.formats.xlsx_text import Runs
from dtrack.importing.formats.xml_stream import Attributes, named

MAIN = (
    "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
    "http://purl.oclc.org/ooxml/spreadsheetml/main",
)
_LINKS = ("http://schemas.openxmlformats.org/package/2006/relationships",)
_IDS = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships id",
    "http://purl.oclc.org/ooxml/officeDocument/relationships id",
)
_BUILT_IN = {
    1: "0",
    2: "0.00",
    3: "#,##0",
    4: "#,##0.00",
    5: '"$"#,##0_);("$"#,##0)',
    6: '"$"#,##0_);[Red]("$"#,##0)',
    7: '"$"#,##0.00_);("$"#,##0.00)',
    8: '"$"#,##0.00_);[Red]("$"#,##0.00)',
    9: "0%",
    10: "0.00%",
    11: "0.00E+00",
    12: "# ?/?",
    13: "# ??/??",
    18: "h:mm AM/PM",
    19: "h:mm:ss AM/PM",
    20: "h:mm",
    21: "h:mm:ss",
    22: "m/d/yy h:mm",
    32: "h:mm",
    33: "h:mm:ss",
    37: "#,##0_);(#,##0)",
    38: "#,##0_);[Red](#,##0)",
    39: "#,##0.00_);(#,##0.00)",
    40: "#,##0.00_);[Red](#,##0.00)",
    41: '_(* #,##0_);_(* (#,##0);_(* "-"_);_(@_)',
    42: '_("$"* #,##0_);_("$"* (#,##0);_("$"* "-"_);_(@_)',
    43: '_(* #,##0.00_);_(* (#,##0.00);_(* "-"??_);_(@_)',
    44: '_("$"* #,##0.00_);_("$"* (#,##0.00);_("$"* "-"??_);_(@_)',
    45: "mm:ss",
    46: "[h]:mm:ss",
    47: "mm:ss.0",
    48: "##0.0E+0",
    49: "@",
    55: "yyyy-mm",
    57: "yyyy-mm",
}
# with 27 to 36 and 50 to 58 as East Asian editions use them
_DATES = {*range(14, 18), *range(27, 37), *range(50, 59)}


@dataclass(frozen=True, slots=True)
class Link:
    """One relationship: what it leads to.

    `kind` is the last word of its type, `part` a name in the archive.
    """

    kind: str
    part: str
    outside: bool


@dataclass(frozen=True, slots=True)
class Page:
    """One sheet: its name, whether it is hidden, its part."""

    name: str
    hidden: bool
    part: str


@dataclass(frozen=True)
class Workbook:
    """What the sheets of a workbook share.

    `styles`: a cell's `s` → its number format, None where it cannot be read.
    """

    archive: Archive
    pages: tuple[Page, ...]
    since_1904: bool
    links: dict[str, Link]
    told: list[Message] = field(default_factory=list)

    @cached_property
    def texts(self) -> list[str]:
        """The table of shared texts."""
        part = _of_kind(self.links, "sharedStrings")
        return _texts(self.archive, part) if part in self.archive else []

    @cached_property
    def styles(self) -> dict[str, Format | None]:
        """The number format of each style, by its number as text."""
        part = _of_kind(self.links, "styles")
        return _styles(self.archive, part) if part in self.archive else {}


def open_workbook(archive: Archive) -> Workbook:
    """The sheets of an .xlsx. Raises BlockedByFindings."""
    main = _of_kind(_links(archive, "", "_rels/.rels"), "officeDocument") or "xl/workbook.xml"
    folder, _unused, name = main.rpartition("/")
    links = _links(archive, folder, f"{folder}/_rels/{name}.rels".lstrip("/"))
    entries: list[Attributes] = []
    properties: Attributes = {}
    archive.walk(main, named(MAIN, {"sheet": entries.append, "workbookPr": properties.update}), {})
    if len(entries) > SHEETS:
        raise refused(
            archive.name,
            _("it has more than {most} sheets; keep the one with the figures", most=SHEETS),
        )
    pages, others = _pages(archive.name, entries, links)
    told = [
        _("the sheet {sheet} is no table of cells and was left out", sheet=name) for name in others
    ]
    outside = sum(link.kind == "externalLink" for link in links.values())
    if outside:
        told.append(
            lazy_ngettext(
                "its formulas point to {count} other workbook; saved results were read, nothing was fetched",
                "its formulas point to {count} other workbooks; saved results were read, nothing was fetched",
                outside,
            )
        )
    return Workbook(
        archive, tuple(pages), properties.get("date1904", "0") in {"1", "true"}, links, told
    )


def _pages(
    file: str, entries: list[Attributes], links: dict[str, Link]
) -> tuple[list[Page], list[str]]:
    """The sheets with cells, in order, and the names of charts and macro sheets."""
    pages: list[Page] = []
    others: list[str] = []
    for entry in entries:
        name = entry.get("name", "")
        link = links.get(next((entry[key] for key in _IDS if key in entry), ""))
        if link is None or link.outside or not 0 < len(name) <= NAME:
            raise refused(
                file,
                _(
                    "its list of sheets is broken at {sheet}; open and save it anew",
                    sheet=repr(name[:40]),
                ),
            )
        if link.kind == "worksheet":
            pages.append(Page(name, entry.get("state", "visible") != "visible", link.part))
        else:
            others.append(name)
    check_names(file, [page.name for page in pages])
    return pages, others


def check_names(file: str, sheets: list[str]) -> None:
    """Raises BlockedByFindings where a workbook has no sheet, or two of one name."""
    if not sheets:
        raise refused(file, _("it has no sheet with cells"))
    if len({name.casefold() for name in sheets}) < len(sheets):
        raise refused(file, _("two of its sheets have one name; rename one"))


def _links(archive: Archive, folder: str, part: str) -> dict[str, Link]:
    """The relationships of a part, by id; none where it has none."""
    links: dict[str, Link] = {}

    def take(entry: Attributes) -> None:
        target, outside = entry.get("Target", ""), entry.get("TargetMode") == "External"
        where = (
            target.lstrip("/")
            if target.startswith("/")
            else posixpath.normpath(posixpath.join(folder, target))
        )
        links[entry.get("Id", "")] = Link(entry.get("Type", "").rpartition("/")[2], where, outside)

    if part in archive:
        archive.walk(part, named(_LINKS, {"Relationship": take}), {})
    return links


def _of_kind(links: dict[str, Link], kind: str) -> str:
    """The part of the first link of a kind; "" where there is none."""
    return next(
        (link.part for link in links.values() if link.kind == kind and not link.outside), ""
    )


def _texts(archive: Archive, part: str) -> list[str]:
    texts: list[str] = []
    runs = Runs()

    def begin(_attributes: Attributes) -> None:
        runs.clear()

    def keep() -> None:
        texts.append(runs.text())
        if len(texts) > CELLS:
            raise refused(
                archive.name,
                _("its table of texts has more than {most} entries", most=grouped(CELLS)),
            )

    archive.walk(
        part,
        named(MAIN, runs.acts | {"si": begin}),
        named(MAIN, runs.ends | {"si": keep}),
        runs.hear,
        UNPACKED,
    )
    return texts


class _Styles:
    """The number formats that <cellXfs> names, in the order that cells count them in."""

    def __init__(self, archive: Archive) -> None:
        self.file = archive.name
        self.codes: dict[str, str] = {}
        self.used: list[str] = []
        self.inside = False

    def enter(self, _attributes: Attributes) -> None:
        self.inside = True

    def leave(self) -> None:
        self.inside = False

    def code(self, entry: Attributes) -> None:
        self.codes[entry.get("numFmtId", "")] = entry.get("formatCode", "")

    def style(self, entry: Attributes) -> None:
        if self.inside:
            self.used.append(entry.get("numFmtId", "0"))
            if len(self.used) > STYLES:
                told = _(
                    "it has more than {most} styles; copy the figures into a new workbook",
                    most=grouped(STYLES),
                )
                raise refused(self.file, told)


def _styles(archive: Archive, part: str) -> dict[str, Format | None]:
    told = _Styles(archive)
    acts = named(MAIN, {"cellXfs": told.enter, "numFmt": told.code, "xf": told.style})
    archive.walk(part, acts, named(MAIN, {"cellXfs": told.leave}))
    formats = {name: _format(name, told.codes) for name in set(told.used)}
    return {str(number): formats[name] for number, name in enumerate(told.used)}


def _format(number: str, codes: dict[str, str]) -> Format | None:
    """The format of a number; those up to 163 need not be written down.

    None where its code cannot be read.
    """
    known = int(number) if number.isascii() and number.isdigit() and len(number) < 9 else 0
    built_in = _BUILT_IN.get(known, "yyyy-mm-dd" if known in _DATES else "General")
    try:
        return parse(codes.get(number, built_in))
    except ValueError:
        return None
