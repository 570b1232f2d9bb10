"""What every reader of a kind of file has in common: the file as it was sent, and the protocol.

A reader says whether a file is its own (`sniff`), which sheets it has, and what each cell of one
shows (`read`). It is registered by one line in `detect`. Readers do not import one another.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, ClassVar, NamedTuple

from dtrack.core.findings import Finding, UnknownName
from dtrack.core.message import Message, lazy_counted, lazy_enumerated, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.grid import Grid
from dtrack.importing.formats.limits import CELLS, NAME, SHEETS, STYLES, refused

if TYPE_CHECKING:
    from dtrack.importing.formats.safe_zip import Archive

ZIP = b"PK\x03\x04"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"  # what Microsoft Office kept its files in before 2007


class SentSheet(NamedTuple):
    """A sheet of a file; a text has one without a name. `part`: what its reader finds it by."""

    name: str
    hidden: bool = False
    part: str = ""


@dataclass(frozen=True)
class Sent:
    """A file as it was sent. `encoding` and `delimiter` of a text; blank means: find out."""

    name: str
    raw: bytes
    encoding: str = ""
    delimiter: str = ""

    @cached_property
    def archive(self) -> Archive:
        """The file as a zip whose table of contents passed. Raises BlockedByFindings."""
        # a text needs nothing of what reads workbooks
        from dtrack.importing.formats.safe_zip import open_archive

        return open_archive(self.name, self.raw)


class Reader(ABC):
    """A file that was opened.

    `kind`: csv, xlsx …, as its name would end; `remarks`: how it is read and what was left out, in
    sentences; `delimiter`: what separates the fields of a text.
    """

    kind: ClassVar[str]
    delimiter = ""

    @staticmethod
    @abstractmethod
    def sniff(sent: Sent) -> bool:
        """Return True where the bytes are of this kind, whatever the name says."""

    @abstractmethod
    def __init__(self, sent: Sent) -> None:
        """Find the sheets. Raises BlockedByFindings."""
        self.sheets: tuple[SentSheet, ...] = ()
        self.remarks: tuple[Message, ...] = ()

    @abstractmethod
    def read(self, sheet: SentSheet) -> tuple[Grid, list[Finding]]:
        """Return a sheet and what is to be said of it. Raises BlockedByFindings."""

    def grid(self, name: str = "") -> tuple[Grid, list[Finding]]:
        """Return `read` of the sheet with this name. Raises UnknownName where there is none."""
        for sheet in self.sheets:
            if sheet.name == name:
                return self.read(sheet)
        there = lazy_enumerated(repr(sheet.name) for sheet in self.sheets[:20])
        raise UnknownName(
            _("unknown sheet {name}; available sheets: {names}", name=repr(name), names=there)
        )


def checked_sheets(file: str, sheets: Sequence[SentSheet]) -> tuple[SentSheet, ...]:
    """Return the sheets of a file, which has at least one and no two of one name."""
    if len(sheets) > SHEETS or any(len(sheet.name) > NAME for sheet in sheets):
        why = _(
            "the file has more than {sheets} sheets, or a sheet name longer than "
            "{letters} characters",
            sheets=SHEETS,
            letters=NAME,
        )
        raise refused(file, why)
    if not sheets:
        raise refused(file, _("the file has no sheet with cells"))
    if len({sheet.name.casefold() for sheet in sheets}) < len(sheets):
        raise refused(file, _("two sheets have the same name; rename one"))
    return tuple(sheets)


def check_shared(file: str, *, texts: int = 0, styles: int = 0) -> None:
    """Refuse a workbook whose sheets share more texts or styles than any has."""
    if texts > CELLS:
        why = _("the table of shared texts has more than {most} entries", most=lazy_counted(CELLS))
        raise refused(file, why)
    if styles > STYLES:
        why = _(
            "the file has more than {most} styles; copy the figures into a new workbook",
            most=lazy_counted(STYLES),
        )
        raise refused(file, why)


def left_out(sheet: str) -> Message:
    """Return what is told of a chart or a macro sheet."""
    return _("the sheet {sheet} is not a worksheet and was skipped", sheet=sheet)


def points_outside(books: int) -> Message:
    """Return what is told of formulas that point to other workbooks."""
    return lazy_ngettext(
        "formulas refer to {count} other workbook; the saved results were read, nothing "
        "was fetched",
        "formulas refer to {count} other workbooks; the saved results were read, nothing "
        "was fetched",
        books,
    )
