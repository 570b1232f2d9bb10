"""What the shell may complete: the ids of the workspace with a name beside each.

A command that has read a workspace leaves its names in the user's cache folder (`remember`), and a
shell is answered from there, without pandas and in a moment; before the first command there is
nothing to offer. A shell runs a part of what it is handed (zsh evaluates it), so a text from a file
comes out as plain words or not at all.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import typer

from dtrack.cli.cache import cache_folder
from dtrack.core.places import ACTUALS_FOLDER, TARGETS_FILE
from dtrack.core.sanitize import harmless

if TYPE_CHECKING:
    import pandas as pd

    from dtrack.core.period import Period
    from dtrack.workspace import Workspace

VARIABLE = "_DTRACK_COMPLETE"  # Typer's, of the program's name: complete_zsh while zsh asks
Offers = list[tuple[str, str]]  # a word and what is told beside it
# its id, other spellings that commands take, names to tell beside it
Entry = tuple[str, list[str], list[str]]
# these drop a word that does not begin with what was typed; others replace it
FILTERING = ("complete_zsh", "complete_fish")
MOST_HALVES = 12  # of those with a figure
_WIDEST = 60  # signs beside a word
_RISKY = str.maketrans(
    {"\\": "/", '"': "”", "'": "’", "`": "’", "$": "＄", ":": "：", "[": "(", "]": ")"}
)
# patterns are compiled when a shell asks: every command loads this
_AN_ID, _A_WORD = r"\w[\w.\-]*", r"\w[\w .,+·\-]*"


class _Kept(str):
    """A word that Typer keeps though it does not begin with what was typed: haidian for 海."""

    __slots__ = ()

    def startswith(self, *_: Any) -> bool:
        """It always does."""
        return True


def _completing(kind: str) -> Callable[[typer.Context, str], Offers]:
    """Complete one kind of names; whatever goes wrong, nothing is offered and nothing said."""

    def complete(ctx: typer.Context, incomplete: str) -> Offers:
        try:
            import json

            folder = _folder(ctx)
            known = json.loads(_cache_file(folder).read_bytes())
            if known["workspace"] != os.path.realpath(folder):
                return []
            return [offer for entry in known[kind] if (offer := _offer(entry, incomplete))]
        except Exception:  # noqa: BLE001 - a traceback in the middle of a line that is being typed helps nobody
            return []

    # as types: Typer evaluates texts for every option
    complete.__annotations__ = {"ctx": typer.Context, "incomplete": str}
    return complete


areas, indicators, periods, sources = map(
    _completing, ("areas", "indicators", "periods", "sources")
)


def needed(names: Iterable[str], words: str) -> set[str]:
    """The commands that a line may go on with: those named in it before its last word, else all.

    >>> sorted(needed(["gap", "report"], "dtrack report -d h")), sorted(needed(["gap"], "dtrack"))
    (['report'], ['gap'])
    """
    typed = set(re.split(r"\s+", words)[:-1])
    return {name for name in names if name in typed} or set(names)


def _offer(entry: Entry, typed: str) -> tuple[str, str] | None:
    """The word for the shell; None where no spelling begins so, or it is no plain word."""
    name, spellings, told = entry
    wanted = typed.casefold()
    texts = (text for text in (name, *spellings) if text and text.casefold().startswith(wanted))
    hit = next(texts, None)
    if hit is None or not re.fullmatch(_AN_ID, name):
        return None
    as_typed = os.environ.get(VARIABLE) in FILTERING and re.fullmatch(_A_WORD, hit)
    return _Kept(hit if as_typed else name), _told(told)


def _told(names: Iterable[str]) -> str:
    """The names beside a word, without a sign that any shell reads as more than itself."""
    text = " · ".join(dict.fromkeys(name.strip() for name in names if name.strip()))
    plain = harmless(text).translate(_RISKY)
    return plain if len(plain) <= _WIDEST else plain[: _WIDEST - 1] + "…"


def _folder(ctx: Any) -> Path:
    """The workspace that the command would find. Raises BlockedByFindings.

    --workspace where it was typed already, else as ever.
    """
    from dtrack.storage.paths import find

    while ctx is not None:
        if given := ctx.params.get("workspace"):
            return find(Path(given).expanduser(), None, Path.cwd())
        ctx = ctx.parent
    return find(None, os.environ.get("DTRACK_WORKSPACE"), Path.cwd())


# ---- the cache
def remember(dataset: Workspace) -> None:
    """Leave what can be named in the cache, unless its files are as they were then.

    Where that cannot be written, nothing is lost but the completion.
    """
    import json

    with suppress(OSError, RuntimeError, ValueError):  # RuntimeError: there is no home folder
        file, known = _cache_file(dataset.folder), dict[str, Any]()
        with suppress(OSError, ValueError):
            known = json.loads(file.read_bytes())
        state = {path: [found.st_size, found.st_mtime_ns] for path, found in _files(dataset.folder)}
        place = os.path.realpath(dataset.folder)
        if known.get("workspace") != place:
            known = {"workspace": place}
        if known.get("files") == state:
            return
        found = {
            "areas": [
                (area.id, [area.code, *area.names.values(), *area.aliases], _names(area.names))
                for area in dataset.areas
            ],
            "indicators": [
                (item.id, [*item.names.values(), *item.aliases], _names(item.names))
                for item in dataset.indicators
            ],
            "periods": [(str(period), _spelled(period), []) for period in _periods(dataset)],
            "sources": [(source.id, [], [source.title]) for source in dataset.sources.values()],
        }
        # a file that cannot be read just now takes no name away
        known |= {"files": state} | {kind: entries for kind, entries in found.items() if entries}
        file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        new = file.with_suffix(f".{os.getpid()}")
        new.write_text(json.dumps(known), encoding="ascii")
        new.replace(file)


def _cache_file(folder: Path) -> Path:
    """The file for a workspace, in the user's folder for what programs can do without."""
    from zlib import crc32  # a tenth of the time that hashlib takes to load

    name = f"{crc32(os.fsencode(os.path.realpath(folder))):08x}.json"
    return cache_folder() / "completion" / name


def _files(folder: Path) -> Iterator[tuple[str, os.stat_result]]:
    """The files that names come from, with their sizes and times."""
    for name in (TARGETS_FILE, "data/areas.csv", "data/sources.csv"):
        with suppress(OSError):
            yield name, (folder / name).stat()
    for entry in sorted((folder / ACTUALS_FOLDER).glob("*.csv")):
        with suppress(OSError):
            yield entry.name, entry.stat()


def _names(names: Any) -> list[str]:
    return [names[language] for language in ("en", "zh") if language in names]


def _periods(dataset: Workspace) -> list[Period]:
    """Periods, newest first: those of targets and of [due], and the last halves with a figure."""
    import numpy as np

    from dtrack.core.arrays import codes

    newest = lambda period: (-period.end, period.start)

    def used(frame: pd.DataFrame) -> list[Period]:
        rows = np.bincount(codes(frame, "period"))
        return [dataset.periods[at] for at in np.flatnonzero(rows)]

    halves = sorted((p for p in used(dataset.actuals) if p.is_half), key=newest)
    targets = used(dataset.targets)
    return sorted({*targets, *dataset.due, *halves[:MOST_HALVES]}, key=newest)


def _spelled(period: Period) -> list[str]:
    """Spellings that begin with the year: of a half or quarter, and of a year such as 2024-25."""
    short, _, year = str(period).partition("-")
    chinese = {"H1": "年上半年", "H2": "年下半年"}.get(short, "")
    if period.calendar.begins_later and (period.is_year or period.number):
        year, part = period.year_called.replace("/", "-"), "" if period.is_year else short
        return [f"{year}-{part}".rstrip("-"), f"{year}{chinese.replace('年', '财年', 1)}"]
    if short[0] not in "HQ":
        return []
    return [f"{year}-{short}", f"{year}{short}", *([f"{year}{chinese}"] if chinese else [])]
