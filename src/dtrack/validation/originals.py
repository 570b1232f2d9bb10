"""Whether the files that figures were imported from are still what they were, by their bytes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dtrack.core.findings import Finding
from dtrack.core.message import lazy_gettext as _
from dtrack.core.places import RECEIVED_FOLDER
from dtrack.core.translate import N_
from dtrack.model.entities import Source
from dtrack.storage.paths import Files, fingerprint

_SOURCES = "data/sources.csv"
_OUTSIDE = N_("{file} is not in {folder}; it may have been opened and saved")
_GONE = N_("{file} is missing; it may have been moved or renamed")
_ANOTHER = N_("{file} differs from the file that was imported; it may have been opened and saved")


def received_changed(files: Files, sources: Iterable[Source]) -> list[Finding]:
    """Files named by a source that are gone, or whose SHA-256 is not the one beside their name."""
    return [
        Finding(
            "received-changed",
            _SOURCES,
            source.line,
            "sha256",
            _(what, file=name, folder=RECEIVED_FOLDER),
            value=name,
        )
        for source in sources
        for name, sha256 in _named(source)
        if (what := _fault(files, name, sha256))
    ]


def _named(source: Source) -> Iterator[tuple[str, str]]:
    """Each file of a source with its fingerprint, "" where none stands beside it."""
    for number, name in enumerate(source.files):
        home = name if name.startswith(f"{RECEIVED_FOLDER}/") else f"{RECEIVED_FOLDER}/{name}"
        yield home, source.sha256[number].lower() if number < len(source.sha256) else ""


def _fault(files: Files, name: str, sha256: str) -> str:
    """The sentence for what is wrong with one file, "" where nothing is.

    A name that leads out of the folder is not followed.
    """
    if ".." in name.split("/") or "\\" in name:
        return _OUTSIDE
    try:
        raw = files.read(name)
    except OSError:
        return _GONE
    return "" if fingerprint(raw) == sha256 or not sha256 else _ANOTHER
