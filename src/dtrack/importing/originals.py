"""The name under which an original is kept in data/received."""

from __future__ import annotations

import re
import unicodedata

from dtrack.core.places import RECEIVED_FOLDER
from dtrack.storage.changeset import portable
from dtrack.storage.paths import Files

# most systems hold 255 bytes; a Chinese sign takes three
_MOST, _MOST_BYTES, _MOST_SUFFIX = 120, 240, 20
# Windows has no such names, and data/sources.csv divides its lists by ;
_UNFIT = re.compile(r'[<>:"|?*;；]')

# control and format signs, halves of signs, line and paragraph separators
_UNSEEN = ("Cc", "Cf", "Cs", "Zl", "Zp")


def kept(files: Files, name: str, raw: bytes) -> str:
    """The name in data/received for an original: the one it has there, else its own, made harmless.

    Where another file has that name: name-2.xlsx, name-3.xlsx …; two names never differ by case
    alone.
    """
    there = {_same(one.rpartition("/")[2]): one for one in files.listed(RECEIVED_FOLDER)}
    stem, suffix = _parts(name)
    wanted, number = _fitted(stem, suffix), 1
    while (found := there.get(_same(wanted))) and not _holds(files, found, raw):
        number += 1
        wanted = _fitted(stem, f"-{number}{suffix}")
    return found.rpartition("/")[2] if found else wanted


def _parts(name: str) -> tuple[str, str]:
    """Stem and suffix of the last part of a name, with nothing that could harm a disk or a list."""
    last = re.split(r"[/\\]", name)[-1]
    plain = "".join(sign for sign in last if unicodedata.category(sign) not in _UNSEEN)
    plain = _UNFIT.sub("_", unicodedata.normalize("NFC", plain)).strip(". ")
    stem, dot, suffix = plain.rpartition(".")
    if not dot or len(suffix) > _MOST_SUFFIX:
        stem, suffix = plain, ""
    stem = stem.rstrip(". ") or "unnamed"
    return stem if portable(stem) else f"_{stem}", f".{suffix}" if suffix else ""


def _fitted(stem: str, end: str) -> str:
    """Stem and end, the stem cut so that no file system finds the name too long."""
    stem = stem[: _MOST - len(end)]
    while len((stem + end).encode()) > _MOST_BYTES:
        stem = stem[:-1]
    return stem.rstrip(". ") + end


def _same(name: str) -> str:
    """The key under which file systems without case find a name."""
    return unicodedata.normalize("NFC", name).casefold()


def _holds(files: Files, name: str, raw: bytes) -> bool:
    try:
        return files.read(name) == raw
    except OSError:  # a folder of that name
        return False
