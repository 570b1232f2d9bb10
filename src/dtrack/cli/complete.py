"""What the shell may complete.

In comes the word that is being typed, out go ids with a name beside them.

The workspace's files are read here without pandas and without checks: what cannot be read completes
to nothing. A shell runs a part of what it is handed (zsh evaluates it), so a text from a file comes
out as plain words or not at all.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Callable, Iterable
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

import typer

from dtrack.core.period import Period
from dtrack.core.sanitize import harmless
from dtrack.model.schema import ACTUALS_FOLDER, TARGETS_FILE
from dtrack.storage.locate import find
from dtrack.storage.paths import HIDDEN

VARIABLE = "_DTRACK_COMPLETE"  # Typer's, of the program's name: complete_zsh while zsh asks
Offers = list[tuple[str, str]]  # a word and what is told beside it
# these drop a word that does not begin with what was typed; others replace it
FILTERING = ("complete_zsh", "complete_fish")
MOST_BYTES = 1 << 20  # read of all files of figures together
MOST_OF_A_FILE = 1 << 23  # read of any other file
MOST_HALVES = 12  # of those with a figure
_WIDEST = 60  # signs beside a word
_RISKY = str.maketrans(
    {"\\": "/", '"': "”", "'": "’", "`": "’", "$": "＄", ":": "：", "[": "(", "]": ")"}
)
# patterns are compiled when a shell asks: every command loads this
_KEY = r"""[ \t]*(?:"([^"\n]*)"|'([^'\n]*)'|([\w\-]+))[ \t]*"""
_AN_ID, _A_WORD, _A_TABLE = r"\w[\w.\-]*", r"\w[\w .,+·\-]*", r"(?m)^(?=[ \t]*\[)"
_TARGETS_OF = rf"[ \t]*\[[ \t]*targets[ \t]*\.{_KEY}\.{_KEY}\]"
_A_HALF = rb',"?(H[12]-?[0-9]{4}|[0-9]{4}-?[HS][12])"?,'


class _Kept(str):
    """A word that Typer keeps though it does not begin with what was typed: haidian for 海."""

    __slots__ = ()

    def startswith(self, *_: Any) -> bool:
        """It always does."""
        return True


class _Entry(NamedTuple):
    """Something that can be named.

    Its id, other spellings that commands take, and what is told beside it.
    """

    id: str
    spellings: list[str]
    told: tuple[object, ...] = ()


_Find = Callable[[Path], Iterable[_Entry]]


def _completing(entries: _Find) -> Callable[[typer.Context, str], Offers]:
    """A completion from a reader of a workspace.

    Whatever goes wrong, there is nothing to offer and nothing to say.
    """

    @functools.wraps(entries, assigned=("__name__", "__doc__"))
    def complete(ctx: typer.Context, incomplete: str) -> Offers:
        try:
            return [
                offer for entry in entries(_folder(ctx)) if (offer := _offer(entry, incomplete))
            ]
        except Exception:  # noqa: BLE001 - a traceback in the middle of a line that is being typed helps nobody
            return []

    del complete.__wrapped__  # Typer looks at the parameters, and would see the reader's
    # as types: Typer evaluates texts for every option
    complete.__annotations__ = {"ctx": typer.Context, "incomplete": str}
    return complete


def needed(names: Iterable[str], words: str) -> set[str]:
    """The commands that a line may go on with: those named in it before its last word, else all.

    >>> sorted(needed(["gap", "report"], "dtrack report -d h")), sorted(needed(["gap", "report"], "dtrack report"))
    (['report'], ['gap', 'report'])
    """
    typed = set(re.split(r"\s+", words)[:-1])
    return {name for name in names if name in typed} or set(names)


@_completing
def areas(folder: Path) -> Iterable[_Entry]:
    """Areas: their ids, found by id, code, name in any language or alias."""
    for row in _rows(folder / "data/areas.csv"):
        spelled = [row["code"], *(row[f"name_{language}"] for language in ("en", "zh", "fr"))]
        spelled += row["aliases"].replace("；", ";").split(";")
        yield _Entry(row["id"], spelled, (row["name_en"], row["name_zh"]))


@_completing
def indicators(folder: Path) -> Iterable[_Entry]:
    """Indicators: their ids, found by id, name in any language or alias."""
    names: dict[str, dict[str, str]] = {}
    aliases: dict[str, list[str]] = {}
    for item, body in _indicator_tables(_text(folder / TARGETS_FILE)):
        name, more = body.get("name", {}), body.get("aliases", [])
        names.setdefault(item, {}).update(name if isinstance(name, dict) else {"en": name})
        aliases.setdefault(item, []).extend(more if isinstance(more, list) else [])
    for item, named in names.items():
        spelled = [text for text in (*named.values(), *aliases[item]) if isinstance(text, str)]
        yield _Entry(item, spelled, (named.get("en"), named.get("zh")))


@_completing
def periods(folder: Path) -> Iterable[_Entry]:
    """Periods, newest first.

    Those of the targets and of [due], and the last halves with a figure.
    """
    text = _text(folder / TARGETS_FILE)
    halves = sorted(filter(None, map(_period, _halves(folder / ACTUALS_FOLDER))), reverse=True)
    found = {
        *filter(None, map(_period, _periods_of(text))),
        *islice(dict.fromkeys(halves), MOST_HALVES),
    }
    return [
        _Entry(str(period), _spelled(period))
        for period in sorted(found, key=lambda p: (-p.end, p.start))
    ]


@_completing
def sources(folder: Path) -> Iterable[_Entry]:
    """Sources by their ids."""
    return (_Entry(row["id"], [], (row["title"],)) for row in _rows(folder / "data/sources.csv"))


def _offer(entry: _Entry, typed: str) -> tuple[str, str] | None:
    """The word for the shell, None where the entry does not begin with what was typed or is no word that a shell takes."""
    wanted = typed.casefold()
    hit = next(
        (
            text
            for text in (entry.id, *entry.spellings)
            if text and text.casefold().startswith(wanted)
        ),
        None,
    )
    if hit is None or not re.fullmatch(_AN_ID, entry.id):
        return None
    as_typed = os.environ.get(VARIABLE) in FILTERING and re.fullmatch(_A_WORD, hit)
    return _Kept(hit if as_typed else entry.id), _told(*entry.told)


def _told(*names: object) -> str:
    """What stands beside a word.

    The names, without a sign that any shell reads as more than itself.
    """
    text = " · ".join(
        dict.fromkeys(name.strip() for name in names if isinstance(name, str) and name.strip())
    )
    plain = harmless(text).translate(_RISKY)
    return plain if len(plain) <= _WIDEST else plain[: _WIDEST - 1] + "…"


def _folder(ctx: Any) -> Path:
    """The workspace that the command would find.

    --workspace where it was typed already, else as ever. Raises BlockedByFindings.
    """
    while ctx is not None:
        if given := ctx.params.get("workspace"):
            return find(Path(given).expanduser(), None, Path.cwd())
        ctx = ctx.parent
    return find(None, os.environ.get("DTRACK_WORKSPACE"), Path.cwd())


def _text(file: Path) -> str:
    """The text of a file as far as it is one; "" where there is none."""
    if not file.is_file():  # a pipe would never end
        return ""
    with file.open("rb") as stream:
        return stream.read(MOST_OF_A_FILE).decode("utf-8-sig", "replace")


class _Row(dict[str, str]):
    """A row of a CSV; what it does not have is blank."""

    def __missing__(self, _: str) -> str:
        return ""


def _rows(file: Path) -> Iterable[_Row]:
    """The rows of a CSV, blanks around a cell taken off, up to the first that cannot be read."""
    import csv

    reader = csv.reader(_text(file).splitlines(keepends=True))
    try:
        header = [name.strip() for name in next(reader, [])]
        for row in reader:
            yield _Row(zip(header, map(str.strip, row), strict=False))
    except csv.Error:
        return


def _indicator_tables(text: str) -> Iterable[tuple[str, dict[str, Any]]]:
    """Each table of an indicator by itself, so that a fault elsewhere takes nothing away."""
    for table in re.split(_A_TABLE, text):
        if re.match(r"[ \t]*\[[ \t]*indicators\b", table):
            found = _toml(table).get("indicators", {})
            yield from ((item, body) for item, body in found.items() if isinstance(body, dict))


def _periods_of(text: str) -> Iterable[str]:
    """The periods that targets.toml names: in the heads of its tables of targets, and as keys."""
    for table in re.split(_A_TABLE, text):
        if head := re.match(_TARGETS_OF, table):
            yield next(filter(None, head.groups()[3:]), "")
        elif re.match(r"[ \t]*\[[ \t]*targets\b", table):
            for of_indicator in _toml(table).get("targets", {}).values():
                yield from of_indicator
        elif re.match(r"[ \t]*\[[ \t]*due[ \t]*\]", table):
            yield from _toml(table).get("due", {})


def _toml(text: str) -> dict[str, Any]:
    from dtrack.core.findings import Finding
    from dtrack.storage.toml_text import read_toml

    document = read_toml(text, TARGETS_FILE)
    return {} if isinstance(document, Finding) else document


def _halves(folder: Path) -> Iterable[str]:
    """Halves that occur in the files of figures, each looked at from its beginning, one megabyte in all."""
    named = sorted(folder.iterdir()) if folder.is_dir() else []
    files = [
        file
        for file in named
        if file.suffix == ".csv" and not file.name.startswith(HIDDEN) and file.is_file()
    ]
    left = MOST_BYTES
    for number, file in enumerate(files):
        with file.open("rb") as stream:
            raw = stream.read(left // (len(files) - number))
        left -= len(raw)
        yield from {found.decode() for found in re.findall(_A_HALF, raw)}


def _period(text: str) -> Period | None:
    try:
        return Period.parse(text)
    except ValueError:
        return None


def _spelled(period: Period) -> list[str]:
    """Spellings of a half or quarter that begin with the year."""
    short, _, year = str(period).partition("-")
    chinese = {"H1": "年上半年", "H2": "年下半年"}.get(short, "")
    return (
        [f"{year}-{short}", f"{year}{short}", f"{year}{chinese}" * bool(chinese)]
        if short[0] in "HQ"
        else []
    )
