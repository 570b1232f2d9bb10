"""A zip that somebody sent → its parts, each of them safe to be opened; or a refusal.

Nothing is unpacked before the table of contents has passed: sizes, ratios, names, encryption.
zipfile never gives more bytes than a part declares, so what is declared here is what can be read.
Nothing is ever written to the disk.
"""

from __future__ import annotations

import posixpath
import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from dtrack.core.message import Message, lazy_counted
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.limits import (
    PARTS,
    RATIO,
    RATIO_FROM,
    SMALL_PART,
    UNPACKED,
    carried,
    damaged,
    refused,
)
from dtrack.importing.formats.xml_stream import Attributes, Closing, Opening, named_acts, walk

# what zipfile, zlib and expat raise for a broken file; all of them end here, and nothing else does
FAULTS = (BadZipFile, zlib.error, EOFError, NotImplementedError, UnicodeError)
_PACKED = re.compile(
    r"\.(zip|xlsx|xlsm|xlsb|xls|docx?|pptx?|ods|odt|jar|gz|7z|rar)$"
    r"|/embeddings/|^Object \d+/content\.xml$",
    re.IGNORECASE,
)


@contextmanager
def faults(origin: str) -> Iterator[None]:
    """Refuse a broken file: an exception of FAULTS becomes a BlockedByFindings."""
    try:
        yield
    except ExpatError as fault:
        why = _(
            "the XML of the file is invalid ({fault}); request the file again, or open "
            "it and save it again",
            fault=str(fault)[:120],
        )
        raise refused(origin, why) from fault
    except FAULTS as fault:
        raise damaged(origin, str(fault)) from fault


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship of a part; `kind`: the last word of its type, `part`: what it leads to."""

    kind: str
    part: str
    outside: bool


_LINKS = ("http://schemas.openxmlformats.org/package/2006/relationships",)


@dataclass(frozen=True, slots=True)
class Archive:
    """The parts of a zip that passed. `name`: the file, for refusals."""

    name: str
    pack: ZipFile
    parts: dict[str, ZipInfo]

    def __contains__(self, part: str) -> bool:
        return part in self.parts

    def small(self, part: str, most: int = 1000) -> bytes:
        """The first bytes of a part; none where it is not there."""
        if part not in self.parts:
            return b""
        with faults(self.name), self.pack.open(self.parts[part]) as stream:
            return stream.read(most)

    def walk(
        self,
        part: str,
        opening: Opening,
        closing: Closing,
        text: Callable[[str], None] | None = None,
        most: int = SMALL_PART,
    ) -> None:
        """Read an XML part to its end (`xml_stream.walk`).

        Raises BlockedByFindings, also where the part is not there.
        """
        if part not in self.parts:
            why = _(
                "part {part} of the file is missing; open the file and save it again",
                part=part[:80],
            )
            raise refused(self.name, why)
        with faults(self.name), self.pack.open(self.parts[part]) as stream:
            walk(stream, self.name, opening, closing, text, most)

    def links(self, part: str = "") -> dict[str, Link]:
        """Return the relationships of a part, "" for the whole file, by id."""
        folder, _unused, name = part.rpartition("/")
        links: dict[str, Link] = {}

        def take(entry: Attributes) -> None:
            # a target that begins with a stroke counts from the top, as join takes it
            target = posixpath.normpath(posixpath.join("/", folder, entry.get("Target", "")))
            kind, outside = entry.get("Type", "").rpartition("/")[2], entry.get("TargetMode")
            links[entry.get("Id", "")] = Link(kind, target.lstrip("/"), outside == "External")

        where = posixpath.join(folder, "_rels", f"{name}.rels")
        if where in self:
            self.walk(where, named_acts(_LINKS, {"Relationship": take}), {})
        return links

    def remarks(self) -> list[Message]:
        """Return what it carries beside its cells, in sentences. None of it is opened."""
        macros = any(
            part.lower().endswith("vbaproject.bin") or part.startswith("Basic/")
            for part in self.parts
        )
        return carried(macros, sum(bool(_PACKED.search(part)) for part in self.parts))


def of_kind(links: dict[str, Link], kind: str) -> str:
    """Return the part of the first link of a kind; "" where there is none."""
    return next(
        (link.part for link in links.values() if link.kind == kind and not link.outside), ""
    )


def open_archive(name: str, raw: bytes) -> Archive:
    """The parts of a zip, by name, folders left out. Raises BlockedByFindings."""
    if raw.count(b"PK\x01\x02") > PARTS:  # before zipfile makes an object of each
        why = _(
            "the file has more than {most} parts, more than any spreadsheet",
            most=lazy_counted(PARTS),
        )
        raise refused(name, why)
    with faults(name):
        try:
            pack = ZipFile(BytesIO(raw))
        except (ValueError, OSError) as fault:  # a table of contents that points outside the file
            raise BadZipFile(str(fault)) from fault
    parts: dict[str, ZipInfo] = {}
    for info in pack.infolist():
        _check(name, info)
        if info.filename.casefold() in parts:
            raise refused(name, _("two parts of the file are named {part}", part=_shown(info)))
        parts[info.filename.casefold()] = info
    if sum(info.file_size for info in parts.values()) > UNPACKED:
        sentence = _(
            "the file unpacks to more than {size} MB; keep only the sheet with the figures",
            size=UNPACKED // 1_000_000,
        )
        raise refused(name, sentence)
    return Archive(
        name, pack, {info.filename: info for info in parts.values() if not info.is_dir()}
    )


def _check(name: str, info: ZipInfo) -> None:
    """Refuse a part that no spreadsheet program would have written."""
    part = info.orig_filename
    if (
        part.startswith("/")
        or "\\" in part
        or "\0" in part
        or ":" in part
        or ".." in part.split("/")
    ):
        why = _("a part with the name {part} would lie outside the workbook", part=_shown(info))
        raise refused(name, why)
    if info.header_offset < 0:
        why = _(
            "the file is damaged or incomplete: it begins after its part {part}", part=_shown(info)
        )
        raise refused(name, why)
    if info.flag_bits & 0x41:
        raise refused(name, _("the file is password-protected; save it without a password"))
    # bzip2 and lzma have no bound on what one read unpacks
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        why = _(
            "part {part} is compressed with a method that no spreadsheet program uses",
            part=_shown(info),
        )
        raise refused(name, why)
    if info.file_size > RATIO_FROM and info.file_size > RATIO * info.compress_size:
        bomb = _(
            "part {part} unpacks to more than {times} times its size: a zip bomb, or an "
            "empty sheet",
            part=_shown(info),
            times=RATIO,
        )
        raise refused(name, bomb)


def _shown(info: ZipInfo) -> str:
    return repr(info.orig_filename[:80])
