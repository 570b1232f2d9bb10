"""One XML part → its elements, one by one, to whoever asks for them.

No tree is built, so a part costs no memory.

Bytes come in as a stream, calls go out. expat is used directly because ElementTree has no word for
a DOCTYPE, and because its tree grows with the part. What a spreadsheet never holds and an attack
always does is refused: a DOCTYPE or entity in any encoding, elements nested too deep, a tag without
end.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import IO, TypeVar
from xml.parsers.expat import ParserCreate, XMLParserType

from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.importing.formats.limits import DEEPEST, TOKEN, refused

Attributes = dict[str, str]
Acts = dict[str, Callable[[Attributes], None]]  # what a reader calls at the beginning of an element
Ends = dict[str, Callable[[], None]]  # and at its end
Opening = Mapping[str, Callable[[Attributes], None]]
Closing = Mapping[str, Callable[[], None]]

Act = TypeVar("Act")

CHUNK = 1 << 16
ENCODINGS = ("utf-8", "utf-16", "utf-16le", "utf-16be", "us-ascii", "ascii", "iso-8859-1")


def named_acts(namespaces: Iterable[str], acts: Mapping[str, Act]) -> dict[str, Act]:
    """The acts under the full names that expat tells: namespace, a blank, local name."""
    return {f"{space} {name}": act for space in namespaces for name, act in acts.items()}


def walk(
    stream: IO[bytes],
    where: str,
    opening: Opening,
    closing: Closing,
    text: Callable[[str], None] | None = None,
    most: int = 0,
) -> None:
    """Read the part to its end.

    `opening` and `closing`: full name → what to call; `text` gets all text, in pieces.

    `where` names the part in a refusal. `most`: bytes, 0 for as many as the archive let pass.
    Raises BlockedByFindings and ExpatError.
    """
    parser = ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    _count_depth(parser, where, opening, closing)
    _forbid(parser, where)
    if text is not None:
        parser.CharacterDataHandler = text
    fed = 0
    while chunk := stream.read(CHUNK):
        # before expat expands a first entity
        if not fed and b"<!DOCTYPE" in chunk.replace(b"\0", b""):
            raise refused(where, _(_DOCTYPE))
        fed += len(chunk)
        if most and fed > most:
            why = _("this part of the workbook is larger than {size} MB", size=most // 1000000)
            raise refused(where, why)
        parser.Parse(chunk, False)
        if fed - parser.CurrentByteIndex > TOKEN:
            raise refused(where, _("one XML tag of the workbook is longer than a million bytes"))
    parser.Parse(b"", True)


_DOCTYPE = N_(
    "the XML of the workbook declares a document type or entities, which no spreadsheet "
    "program does"
)


def _count_depth(parser: XMLParserType, where: str, opening: Opening, closing: Closing) -> None:
    depth = 0

    def start(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > DEEPEST:
            why = _("the XML of the workbook is nested more than {most} levels deep", most=DEEPEST)
            raise refused(where, why)
        if (act := opening.get(name)) is not None:
            act(attributes)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        if (act := closing.get(name)) is not None:
            act()

    parser.StartElementHandler, parser.EndElementHandler = start, end


def _forbid(parser: XMLParserType, where: str) -> None:
    def doctype(*_args: object) -> None:
        raise refused(where, _(_DOCTYPE))

    def declared(_version: str, encoding: str | None, _standalone: int) -> None:
        if encoding is not None and encoding.lower() not in ENCODINGS:
            why = _(
                "the XML of the workbook is in the encoding {encoding}, which no spreadsheet"
                " program writes",
                encoding=repr(encoding[:40]),
            )
            raise refused(where, why)

    parser.StartDoctypeDeclHandler = doctype
    parser.EntityDeclHandler = doctype
    parser.XmlDeclHandler = declared
