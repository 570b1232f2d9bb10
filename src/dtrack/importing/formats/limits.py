"""How much of a file that somebody sent is read, and what is said of the rest."""

from __future__ import annotations

from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import Message, lazy_counted, lazy_ngettext
from dtrack.core.message import lazy_gettext as _

RAW = 50_000_000  # bytes of a workbook as it was sent
TEXT = 200_000_000  # bytes of a CSV
# bytes of all parts of a workbook together, as they are declared; more than that is never unpacked
UNPACKED = 500_000_000
# unpacked to packed, of a part larger than RATIO_FROM: what a spreadsheet writes stays below 50
RATIO = 200
RATIO_FROM = 1_000_000
PARTS = 10_000
SMALL_PART = 20_000_000  # bytes of a part that is no sheet and no table of texts
CELLS = 2_000_000  # cells with content of one sheet
PLACES = 20_000_000  # cells of one sheet with the blank ones to the left of them
ROWS = 1_048_576
COLUMNS = 16_384
CHARACTERS = 32_767  # of one cell
SHEETS = 200
NAME = 255  # characters of a sheet's name
MERGED = 100_000
MERGED_ROWS = 2_000_000  # rows of all merged areas together, as far as they cover content
STYLES = 65_536
FORMAT = 255  # characters of a number format
DEEPEST = 100  # elements within one another
TOKEN = 1_000_000  # bytes of one tag or comment: expat before 2.6 takes time in the square of them


def refused(origin: str, sentence: Message) -> BlockedByFindings:
    """The refusal of a file, or of a cell in it, with one finding `workbook-refused`."""
    return BlockedByFindings((Finding("workbook-refused", "", None, "", sentence, origin=origin),))


def too_many_cells(origin: str) -> BlockedByFindings:
    """The refusal of a sheet with more than CELLS cells with content."""
    why = _(
        "the sheet has more than {most} cells with content; keep the table of figures only",
        most=lazy_counted(CELLS),
    )
    return refused(origin, why)


def too_far_apart(origin: str) -> BlockedByFindings:
    """The refusal of a sheet with more than PLACES cells, the blank ones between others counted."""
    why = _("the cells of the sheet are too far from one another; keep the table of figures only")
    return refused(origin, why)


def damaged(origin: str, fault: str = "") -> BlockedByFindings:
    """The refusal of a file that is no longer what its program wrote.

    `fault`: what a library says of it.
    """
    if fault:
        sentence = _(
            "the file is damaged or incomplete ({fault}); request it again, or open it "
            "and save it again",
            fault=fault[:120],
        )
    else:
        sentence = _(
            "the file is damaged or incomplete; request it again, or open it and save it again"
        )
    return refused(origin, sentence)


def carried(macros: bool, embedded: int) -> list[Message]:
    """Return what is told of macros and embedded files."""
    remarks = (
        [_("the file contains macros; they were not read and are never run")] if macros else []
    )
    if embedded:
        told = lazy_ngettext(
            "the file contains {count} embedded file; not opened",
            "the file contains {count} embedded files; not opened",
            embedded,
        )
        remarks.append(told)
    return remarks
