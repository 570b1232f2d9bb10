"""A zip that somebody sent → its parts, each of them safe to be opened; or a refusal.

Nothing is unpacked before the table of contents has passed: sizes, ratios, names, encryption.
zipfile never gives more bytes than a part declares, so what is declared here is what can be read.
Nothing is ever written to the disk.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from xml.parsers.expat import ExpatError
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile, ZipInfo

from dtrack.core.message import Message, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.limits import (
    PARTS,
    RATIO,
    RATIO_FROM,
    RAW,
    SMALL_PART,
    UNPACKED,
    grouped,
    refused,
)
from dtrack.importing.formats.xml_stream import Closing, Opening, walk

# what zipfile, zlib and expat raise for a broken file; all of them end here, and nothing else does
FAULTS = (BadZipFile, zlib.error, ExpatError, EOFError, NotImplementedError, UnicodeError)
_PACKED = re.compile(
    r"\.(zip|xlsx|xlsm|xlsb|xls|docx?|pptx?|ods|odt|jar|gz|7z|rar)$|/embeddings/|^Object \d+/content\.xml$",
    re.IGNORECASE,
)


@contextmanager
def faults(origin: str) -> Iterator[None]:
    """A broken file is refused.

    The exceptions of the libraries named in FAULTS become a Refused.
    """
    try:
        yield
    except FAULTS as fault:
        raise refused(origin, _broken(fault, str(fault)[:120])) from fault


def _broken(fault: Exception, told: str) -> Message:
    if isinstance(fault, ExpatError):
        return _(
            "its XML is broken ({fault}); ask for it again, or open and save it anew", fault=told
        )
    return _(
        "the file is damaged or cut off ({fault}); ask for it again, or open and save it anew",
        fault=told,
    )


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
        """Read an XML part to its end (`markup.walk`).

        Raises BlockedByFindings, also where the part is not there.
        """
        if part not in self.parts:
            raise refused(
                self.name, _("its part {part} is missing; open and save it anew", part=part[:80])
            )
        with faults(self.name), self.pack.open(self.parts[part]) as stream:
            walk(stream, self.name, opening, closing, text, most)

    def told(self) -> list[Message]:
        """What it carries beside its cells, in sentences: macros, embedded files.

        None of it is opened.
        """
        macros = any(
            part.lower().endswith("vbaproject.bin") or part.startswith("Basic/")
            for part in self.parts
        )
        packed = sum(bool(_PACKED.search(part)) for part in self.parts)
        told = [_("it carries macros; they were not read and never run")] if macros else []
        if packed:
            told.append(
                lazy_ngettext(
                    "it carries {count} embedded file; not opened",
                    "it carries {count} embedded files; not opened",
                    packed,
                )
            )
        return told


def open_archive(name: str, raw: bytes) -> Archive:
    """The parts of a zip, by name, folders left out. Raises BlockedByFindings."""
    if len(raw) > RAW:
        raise refused(
            name,
            _(
                "the file is larger than {size} MB; keep only the sheet with the figures",
                size=RAW // 1_000_000,
            ),
        )
    if raw.count(b"PK\x01\x02") > PARTS:  # before zipfile makes an object of each
        raise refused(
            name, _("it has more than {most} parts; no spreadsheet has", most=grouped(PARTS))
        )
    with faults(name):
        try:
            pack = ZipFile(BytesIO(raw))
        except (ValueError, OSError) as fault:  # a table of contents that points outside the file
            raise BadZipFile(str(fault)) from fault
    parts: dict[str, ZipInfo] = {}
    for info in pack.infolist():
        _check(name, info)
        if info.filename.casefold() in parts:
            raise refused(name, _("two of its parts have the name {part}", part=_shown(info)))
        parts[info.filename.casefold()] = info
    if sum(info.file_size for info in parts.values()) > UNPACKED:
        sentence = _(
            "it unpacks to more than {size} MB; keep only the sheet with the figures",
            size=UNPACKED // 1_000_000,
        )
        raise refused(name, sentence)
    return Archive(
        name, pack, {info.filename: info for info in parts.values() if not info.is_dir()}
    )


def _check(name: str, info: ZipInfo) -> None:
    """Refuse a part that no spreadsheet program would have written."""
    told = info.orig_filename
    if (
        told.startswith("/")
        or "\\" in told
        or "\0" in told
        or ":" in told
        or ".." in told.split("/")
    ):
        raise refused(
            name, _("a part with the name {part} would lie outside the workbook", part=_shown(info))
        )
    if info.header_offset < 0:
        raise refused(
            name,
            _(
                "the file is damaged or cut off: it begins behind its part {part}",
                part=_shown(info),
            ),
        )
    if info.flag_bits & 0x41:
        raise refused(name, _("it is protected by a password; save it without one"))
    # bzip2 and lzma have no bound on what one read unpacks
    if info.compress_type not in {ZIP_STORED, ZIP_DEFLATED}:
        raise refused(
            name,
            _(
                "its part {part} is packed in a way that no spreadsheet program uses",
                part=_shown(info),
            ),
        )
    if info.file_size > RATIO_FROM and info.file_size > RATIO * info.compress_size:
        bomb = _(
            "its part {part} unpacks to more than {times} times its size: a zip bomb, or a sheet of nothing",
            part=_shown(info),
            times=RATIO,
        )
        raise refused(name, bomb)


def _shown(info: ZipInfo) -> str:
    return repr(info.orig_filename[:80])
