"""Entries put into targets.toml.

In come its bytes, cells and their entries, out come the bytes with those inserted.

What was written is checked by reading it again: the new document is the old one with these entries
and nothing else. Many are put in together, since every reading of a long file takes its time; where
that does not come out, one by one.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from dtrack.core.message import lazy_gettext as _
from dtrack.model.schema import TARGETS_FILE
from dtrack.storage.csv_append import BOM, EditNotPossible
from dtrack.storage.toml_editor import Laid, Place, inline, place, written
from dtrack.storage.toml_layout import Path

Entry = Mapping[str, str]  # key → value as TOML writes it
Wanted = tuple[Place, Entry]


def inserted(raw: bytes, wanted: Sequence[Wanted]) -> bytes:
    """The bytes of targets.toml with the entries inserted.

    All other bytes are those that were there. Raises EditNotPossible.
    """
    text = raw.removeprefix(BOM).decode()
    for some in _rounds(text, wanted):
        try:
            text = _together(text, some)
        except EditNotPossible:
            if len(some) == 1:
                raise
            for one in some:  # names the one that cannot be had
                text = _together(text, [one])
    return BOM * raw.startswith(BOM) + text.encode()


def _rounds(text: str, wanted: Sequence[Wanted]) -> list[list[Wanted]]:
    """What may be put in together.

    First one of each period that the file does not have yet, then all that go beside.
    """
    if len(wanted) < 2:
        return [[*wanted]]
    laid, begun = Laid.of(text), set[tuple[str, str]]()
    first, rest = list[Wanted](), list[Wanted]()
    for cell, entry in wanted:
        period = (cell.indicator, cell.period)
        (rest if period in begun or laid.has_period(cell) else first).append((cell, entry))
        begun.add(period)
    return [some for some in (first, rest) if some]


def _together(text: str, wanted: Sequence[Wanted]) -> str:
    """The text with all of these.

    Raises EditNotPossible where one cannot be had, or the new text would say something else.
    """
    try:
        laid, expected, inserts = Laid.of(text), _document(text), []
        for cell, entry in wanted:
            put, path = place(laid, cell, entry)
            inserts += put
            _put(
                expected,
                path,
                _document("\n".join(f"{name} = {value}" for name, value in entry.items())),
            )
        new = written(text, inserts)
        if _document(new) == expected:
            return new
    except EditNotPossible:
        raise
    except (
        tomllib.TOMLDecodeError,
        RecursionError,
        IndexError,
        ValueError,
        TypeError,
        AttributeError,
    ):
        pass  # the layout of the file is beyond what can be told from outside
    cell, entry = wanted[0]
    line = f"{'.'.join(cell.rest(()))} = {inline(entry)}"
    reason = _(
        "{file} is laid out so that nothing can be inserted safely; write it there yourself: {entry}",
        file=TARGETS_FILE,
        entry=line,
    )
    raise EditNotPossible(reason, TARGETS_FILE, ".".join(cell.rest(())))


def _document(text: str) -> dict[str, Any]:
    """What the text says.

    Numbers as written, so that 5.0 and 5.00 are two things and nan is itself.
    """
    return tomllib.loads(text, parse_float=str)


def _put(document: dict[str, Any], path: Path, entry: dict[str, Any]) -> None:
    """The document with the entry at the path: alone, or behind what was there.

    Raises where no such path can be.
    """
    for key in path[:-1]:
        document = document.setdefault(key, {})
    before = document.get(path[-1])
    document[path[-1]] = (
        entry if before is None else [*(before if isinstance(before, list) else [before]), entry]
    )
