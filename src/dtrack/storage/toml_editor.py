"""Insert targets into the text of targets.toml; every letter that stands there stays in its order.

tomlkit reads the text into items that remember their layout. A cell is found by what its keys
mean: "H1-2024" or 2024H1, haidian or 海淀区, as a table, dotted, or inline. An entry that is there
becomes a list of both. The result is read back: it must say the old document and these entries and
nothing else, with only letters more. A layout of which tomlkit cannot make that is refused.
"""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from dtrack.core.message import lazy_gettext as _
from dtrack.core.places import TARGETS_FILE
from dtrack.storage.csv_append import BOM, EditNotPossible
from dtrack.storage.toml_layout import add_line, behind, last_table
from dtrack.storage.toml_text import QUOTED

if TYPE_CHECKING:
    from tomlkit.container import Container
    from tomlkit.items import Item, Key

    Body = list[tuple[Key | None, Item]]

# tomlkit (as of 0.15.2) drops blanks behind a date, as in { set = 2024-01-15 }: it gets texts
_DATE = re.compile(
    rf"{QUOTED.pattern}|(?P<date>[0-9]{{4}}-[0-9]{{2}}-[0-9]{{2}}([Tt ][0-9]{{2}}:[0-9:.+Zz-]+)?)",
    re.DOTALL,
)
_MASKED = re.compile('"\ue000([^"]*)"')
Entry = Mapping[str, str]  # key → value as TOML writes it
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class TargetCell:
    """A cell of targets.toml: its keys where they are new, and what a key of it may be."""

    indicator: str
    period: str
    area: str
    is_period: Callable[[str], bool]
    is_area: Callable[[str], bool]

    def means(self, level: int, key: str) -> bool:
        """Whether a key at that level (0: `targets`) means this cell's."""
        if level < 2:
            return key == ("targets", self.indicator)[level]
        return self.is_period(key) if level == 2 else self.is_area(key)

    @property
    def path(self) -> Path:
        """The keys as they are written where they are new."""
        return ("targets", self.indicator, self.period, self.area)


Wanted = tuple[TargetCell, Entry]


class _Found(NamedTuple):
    """A key that means a cell's, as far as its path goes: `body[at]` is (key, item)."""

    path: Path
    body: Body
    at: int
    key: Key
    item: Any


def inserted(raw: bytes, wanted: Sequence[Wanted]) -> bytes:
    """The bytes of targets.toml with the entries inserted. Raises EditNotPossible."""
    text = _in_parts(raw.removeprefix(BOM).decode(), wanted)
    return BOM * raw.startswith(BOM) + text.encode()


def _in_parts(text: str, wanted: Sequence[Wanted]) -> str:
    """All at once, since reading a long file takes its time; else by halves, to name the one."""
    try:
        return _together(text, wanted)
    except EditNotPossible:
        half = len(wanted) // 2
        if not half:
            raise
        return _in_parts(_in_parts(text, wanted[:half]), wanted[half:])


def _together(text: str, wanted: Sequence[Wanted]) -> str:
    """The text with all of these. Raises EditNotPossible where it would say anything else."""
    import tomlkit
    from tomlkit.exceptions import TOMLKitError

    # tomlkit ends its lines with \n, and wants one at the end
    windows = text.count("\r\n") == text.count("\n") > 0
    plain = text.replace("\r\n", "\n") if windows else text
    unended = plain[-1:] not in ("", "\n")
    try:
        expected = _document(text)
        document = tomlkit.parse(_DATE.sub(_masked, plain + "\n" * unended))
        for cell, entry in wanted:
            path = _insert(document, cell, entry)
            _put(expected, path, _document(_lines(entry)))
        new = _MASKED.sub(r"\1", tomlkit.dumps(document))
        new = new[: len(new) - unended]
        new = new.replace("\n", "\r\n") if windows else new
        letters = iter(new)
        if _document(new) == expected and all(letter in letters for letter in text):
            return new
    except (TOMLKitError, ValueError, TypeError, AttributeError, IndexError, RecursionError):
        pass  # the layout is beyond what tomlkit can keep
    cell, entry = wanted[0]
    reason = _(
        "{file} has a layout into which nothing can be inserted safely; add the entry by "
        "hand: {entry}",
        file=TARGETS_FILE,
        entry=f"{'.'.join(cell.path)} = {_inline(entry)}",
    )
    raise EditNotPossible(reason, TARGETS_FILE, ".".join(cell.path))


def _masked(found: re.Match[str]) -> str:
    return f'"\ue000{found["date"]}"' if found["date"] else found[0]


def _document(text: str) -> dict[str, Any]:
    """What the text says; numbers as written, so that 5.0 and 5.00 are two things."""
    return tomllib.loads(text, parse_float=str)


def _put(document: dict[str, Any], path: Path, entry: dict[str, Any]) -> None:
    """The document with the entry at the path: alone, or behind what was there."""
    for key in path[:-1]:
        document = document.setdefault(key, {})
    before = document.get(path[-1], [])
    several = [*(before if isinstance(before, list) else [before]), entry]
    document[path[-1]] = several if path[-1] in document else entry


def _insert(document: Container, cell: TargetCell, entry: Entry) -> Path:
    """Insert one entry into the document; the keys under which it then stands."""
    from tomlkit.items import InlineTable, Table

    found = list(_found(document.body, cell))
    if there := [each for each in found if len(each.path) == 4]:
        values = [each for each in there if not isinstance(each.item, Table)]
        _add_entry((values or there)[-1], entry)
        return (values or there)[-1].path
    if braces := [each for each in found if isinstance(each.item, InlineTable)]:
        holder = max(braces, key=lambda each: len(each.path))
        rest = cell.path[len(holder.path) :]
        pair = f"{'.'.join(map(_key, rest))} = {_inline(entry)}"
        text = holder.item.as_string()
        inner = text[1:-1].rstrip()
        more = f", {pair}{text[1 + len(inner) : -1]}" if inner else f" {pair} "
        _replace(holder, f"{{{inner}{more}}}")
        return holder.path + rest
    periods = [each for each in found if len(each.path) == 3]
    periods.sort(key=lambda each: not each.item.is_super_table())
    if periods and add_line(periods[-1].item, cell.area, _inline(entry)):
        return (*periods[-1].path, cell.area)
    _add_table(document, found, cell, entry)
    return cell.path


def _found(body: Body, cell: TargetCell, path: Path = ()) -> Iterator[_Found]:
    """Every key that means one of the cell's, those above it first."""
    from tomlkit.items import InlineTable, Table

    for at, (key, item) in enumerate(body):
        if key is None or not cell.means(len(path), key.key):
            continue
        here = _Found((*path, key.key), body, at, key, item)
        yield here
        if len(path) < 3 and isinstance(item, Table | InlineTable):
            yield from _found(item.value.body, cell, here.path)


def _replace(found: _Found, text: str) -> None:
    """Another value, of that text, in its place."""
    import tomlkit

    value, before = tomlkit.value(text), found.item.trivia
    for name in ("indent", "comment_ws", "comment", "trail"):
        setattr(value.trivia, name, getattr(before, name))
    found.body[found.at] = (found.key, value)


def _add_entry(found: _Found, entry: Entry) -> None:
    """One more entry for a cell that has some: at the end of its list, or of its list of tables."""
    import tomlkit
    from tomlkit.items import AoT, Array, Table

    item = found.item
    if isinstance(item, Array):
        item.append(tomlkit.value(_inline(entry)))
    elif isinstance(item, Table | AoT):
        if isinstance(item, Table) and (found.key.is_dotted() or item.is_super_table()):
            own = ".".join(found.path)
            told = _(
                "{key} is written with one line per key; first rewrite it as {{ value = "
                "…, set = … }}",
                key=own,
            )
            raise EditNotPossible(told, TARGETS_FILE, own)
        tables = item.body if isinstance(item, AoT) else [item]
        parsed: Any = tomlkit.parse(f"[[x]]\n{_lines(entry)}\n")
        new = parsed.item("x").body[0]
        behind(tables[-1], new)
        if isinstance(item, Table):
            found.body[found.at] = (found.key, AoT([item, new], parsed=True))
        else:
            tables.append(new)
    else:
        _replace(found, f"[{item.as_string()}, {_inline(entry)}]")


def _add_table(
    document: Container, found: Sequence[_Found], cell: TargetCell, entry: Entry
) -> None:
    """Add a table: after the last of this indicator's targets, else at the end of the file."""
    import tomlkit
    from tomlkit.items import Table

    header = ".".join(map(_key, cell.path[:3]))
    new: Any = tomlkit.parse(f"\n[{header}]\n{_key(cell.area)} = {_inline(entry)}\n")
    beside = [
        each
        for each in found
        if len(each.path) == 2 and isinstance(each.item, Table) and not each.key.is_dotted()
    ]
    if not beside:
        document.body.extend(new.body)
        return
    indicator = beside[-1].item.value.body
    last = last_table(beside[-1].item)
    key, table = new.item("targets").value.body[0][1].value.body[0]
    behind(last, table, stays=last is last_table(document))
    indicator.append((key, table))


def _lines(entry: Entry) -> str:
    return "\n".join(f"{name} = {value}" for name, value in entry.items())


def _inline(entry: Entry) -> str:
    return "{ " + ", ".join(f"{name} = {value}" for name, value in entry.items()) + " }"


def _key(name: str) -> str:
    """A part of a key: bare where it is an id or a year, else quoted, as "H1-2024"."""
    import tomlkit

    bare = re.fullmatch(r"[A-Za-z0-9_-]+", name) and not re.search(r"[0-9]-|-[0-9]", name)
    return name if bare else tomlkit.item(name).as_string()
