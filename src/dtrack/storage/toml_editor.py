"""Where a target goes in targets.toml.

In come the text and the cell, out come the letters to insert and where.

A cell is found by what its keys mean: "H1-2024" or 2024H1, haidian or 海淀区, as a table, dotted, or
inline. An entry that is there becomes a list of both; nothing that a person wrote is taken away or
moved.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from itertools import islice, takewhile

from dtrack.core.message import lazy_gettext as _
from dtrack.model.schema import TARGETS_FILE
from dtrack.storage.csv_append import EditNotPossible, indent, line_end
from dtrack.storage.toml_layout import Path, Statement, statements, tokens

Inserts = list[tuple[int, str]]


@dataclass(frozen=True, slots=True)
class Place:
    """A cell of targets.toml.

    How its keys are written where they are new, and what tells whether a key means them.
    """

    indicator: str
    period: str
    area: str
    is_period: Callable[[str], bool]
    is_area: Callable[[str], bool]

    def meant(self, path: Path) -> bool:
        """Each of the first four parts of the path, as far as it goes, means this cell's."""
        asked: tuple[Callable[[str], bool], ...] = (
            "targets".__eq__,
            self.indicator.__eq__,
            self.is_period,
            self.is_area,
        )
        return all(test(part) for test, part in zip(asked, path, strict=False))

    def rest(self, path: Path) -> Path:
        """The parts that a path which means this cell still lacks, as they are written where they are new."""
        return ("targets", self.indicator, self.period, self.area)[len(path) :]


def written(text: str, inserts: Inserts) -> str:
    """The text with letters inserted at places of the old text; all else stays."""
    pieces, done = [], 0
    # those of one place in the order given
    for at, letters in sorted(inserts, key=lambda insert: insert[0]):
        pieces += [text[done:at], letters]
        done = at
    return "".join(pieces) + text[done:]


@dataclass(frozen=True, slots=True)
class Laid:
    """A text and its statements, in order; those of the targets also by their indicator."""

    text: str
    found: list[Statement]
    of_indicator: dict[str, list[Statement]]

    @staticmethod
    def of(text: str) -> Laid:
        """The text laid out. Raises ValueError and IndexError for what is no TOML."""
        found, of_indicator = statements(text), dict[str, list[Statement]]()
        for statement in found:
            if statement.path[:1] == ("targets",):
                of_indicator.setdefault(
                    statement.path[1] if len(statement.path) > 1 else "", []
                ).append(statement)
        return Laid(text, found, of_indicator)

    def near(self, cell: Place) -> list[Statement]:
        """Those that may mean the cell's keys, as far as they go."""
        return [*self.of_indicator.get("", ()), *self.of_indicator.get(cell.indicator, ())]

    def has_period(self, cell: Place) -> bool:
        """There is a statement of the cell's indicator and period."""
        return any(len(s.path) >= 3 and cell.meant(s.path[:3]) for s in self.near(cell))

    def body(self, header: Statement) -> list[Statement]:
        """The pairs between a header and the next one, those of inline tables not counted."""
        after = bisect_right(self.found, header.start, key=lambda s: s.start)
        pairs = takewhile(lambda s: s.kind == "value", islice(self.found, after, None))
        return [s for s in pairs if not s.inside]


def inline(entry: Mapping[str, str]) -> str:
    """The entry as an inline table."""
    return "{ " + ", ".join(f"{name} = {value}" for name, value in entry.items()) + " }"


def place(laid: Laid, cell: Place, entry: Mapping[str, str]) -> tuple[Inserts, Path]:
    """What to insert so that the cell has the entry too, and the keys under which it then stands.

    `entry`: key → value as TOML writes it. Raises EditNotPossible where that cannot be had by inserting.
    """
    text = laid.text
    there = [s for s in laid.near(cell) if len(s.path) >= 4 and cell.meant(s.path)]
    if not there:
        return _new(laid, cell, inline(entry))
    whole = [s for s in there if len(s.path) == 4]
    if not whole:
        own = ".".join(there[-1].path[:4])
        told = _(
            "{key} is written with a line for each of its keys; write it as {{ value = …, set = … }} first",
            key=own,
        )
        raise EditNotPossible(told, TARGETS_FILE, own)
    last = next((s for s in reversed(whole) if s.kind == "value"), whole[-1])
    if last.kind != "value":
        return _another_table(laid, last, entry), last.path
    if text[last.value] == "[":
        return _longer(text, last.value, last.stop, inline(entry)), last.path
    return [(last.value, "["), (last.stop, f", {inline(entry)}]")], last.path


# ---- the cell has a target
# ------------------------------------------------------------------------------------------
def _another_table(laid: Laid, header: Statement, entry: Mapping[str, str]) -> Inserts:
    """After `[targets.x.2024.a]`, which becomes the first of a list, or the last of `[[…]]`.

    One more of them.
    """
    text = laid.text
    end, margin = line_end(text, header.stop), indent(text, header.start)
    name = text[header.start : header.stop].strip("[]")
    lines = [f"[[{name}]]", *(f"{key} = {value}" for key, value in entry.items())]
    inserts = [(header.start, "["), (header.stop, "]")] if header.kind == "table" else []
    return [
        *inserts,
        (_body_end(laid, header), end + "".join(f"{end}{margin}{line}" for line in lines)),
    ]


@dataclass(slots=True)
class _Elements:
    """The layout of an array.

    Where its last element begins and ends, its comma, and whether it runs over lines.
    """

    start: int = -1
    stop: int = -1
    comma: int = -1
    over_lines: bool = False


def _elements(text: str, start: int, stop: int) -> _Elements:
    """Of the array that stands between two places."""
    found, depth, between = _Elements(), 0, True
    for token in tokens(text, start + 1, stop - 1):
        if depth == 0 and token.kind == "end":
            found.over_lines = True
        elif depth == 0 and token.text == ",":
            found.comma, between = token.end, True
        elif token.kind not in ("blank", "end", "comment"):
            if between:
                found.start, found.comma, between = token.start, -1, False
            depth += (token.text in ("[", "{")) - (token.text in ("]", "}"))
            found.stop = token.end
    return found


def _longer(text: str, start: int, stop: int, inline: str) -> Inserts:
    """One more element at the end of an array, laid out as its others are."""
    found = _elements(text, start, stop)
    if found.stop < 0:
        return [(start + 1, inline)]
    comma = found.comma >= 0
    after = max(found.stop, found.comma)
    if not found.over_lines:
        return [(after, f" {inline}," if comma else f", {inline}")]
    end = line_end(text, start)
    of_line = re.compile(r"[^\r\n]*").match(text, after)
    line_stop = of_line.end() if of_line else after
    at = after if line_stop >= stop else line_stop
    margin = indent(text, found.start) + "    " * (text.rfind("\n", 0, found.start) < start)
    added = f"{end}{margin}{inline}" + "," * comma
    if at == after:
        return [(after, ("" if comma else ",") + added)]
    return [*([] if comma else [(found.stop, ",")]), (at, added)]


# ---- the cell has none
# ----------------------------------------------------------------------------------------------
def _new(laid: Laid, cell: Place, inline: str) -> tuple[Inserts, Path]:
    """Into the inline table that holds its period or indicator, else under its table or beside its siblings, else anew."""
    text, near = laid.text, laid.near(cell)
    above = [s for s in near if len(s.path) < 4 and cell.meant(s.path)]
    braces = [s for s in above if s.kind == "value" and text[s.value] == "{"]
    if braces:
        holder = max(braces, key=lambda s: len(s.path))
        rest = cell.rest(holder.path)
        return _member(text, holder, f"{'.'.join(map(key, rest))} = {inline}"), holder.path + rest
    tables = [s for s in above if s.kind == "table" and len(s.path) == 3]
    siblings = [
        s for s in near if s.kind == "value" and len(s.path) == 4 and cell.meant(s.path[:3])
    ]
    if tables or siblings:
        return _beside(laid, cell, inline, tables, siblings)
    return _anew(laid, cell, inline), cell.rest(())


def _beside(
    laid: Laid, cell: Place, inline: str, tables: list[Statement], siblings: list[Statement]
) -> tuple[Inserts, Path]:
    """A line after the last of the period's own, written as that is.

    After the header of a table without any.
    """
    text = laid.text
    if tables:
        own = [s for s in laid.body(tables[-1]) if len(s.path) == 4]
        if not own:
            line = f"{line_end(text, tables[-1].stop)}{indent(text, tables[-1].start)}{key(cell.area)} = {inline}"
            return [(_line_stop(text, tables[-1].stop), line)], (*tables[-1].path, cell.area)
        siblings = own
    last = siblings[-1]
    name = text[last.start : last.last] + key(cell.area)
    sign = text[last.start : last.value].rstrip(" \t").removesuffix("=")
    blanks = len(sign) - len(sign.rstrip(" \t"))
    wide = name.ljust(len(sign) - 1) + " " if blanks > 1 else name + " " * blanks
    after = text[last.start : last.value].removeprefix(sign)
    line = f"{line_end(text, last.stop)}{indent(text, last.start)}{wide}{after}{inline}"
    return [(_line_stop(text, last.stop), line)], (*last.path[:3], cell.area)


def _member(text: str, holder: Statement, pair: str) -> Inserts:
    """One more pair in an inline table, before the blanks and the brace that close it."""
    inner = text[holder.value + 1 : holder.stop - 1].rstrip()
    if not inner:
        return [(holder.value + 1, f" {pair}" + " " * (holder.stop - holder.value == 2))]
    return [(holder.value + 1 + len(inner), f", {pair}")]


def _anew(laid: Laid, cell: Place, inline: str) -> Inserts:
    """A table of its own.

    After the last of this indicator's targets, else at the end of the file.
    """
    text = laid.text
    lines = (f"[targets.{key(cell.indicator)}.{key(cell.period)}]", f"{key(cell.area)} = {inline}")
    headers = [
        s
        for s in laid.near(cell)
        if s.kind != "value" and len(s.path) >= 2 and cell.meant(s.path[:2])
    ]
    if headers:
        at = _with_remarks(text, _body_end(laid, headers[-1]))
        end = line_end(text, at)
        return [(at, end + "".join(end + line for line in lines))]
    end = line_end(text)
    if text.endswith("\n"):
        return [(len(text), end + "".join(line + end for line in lines))]
    return [(len(text), (end if text else "") + end.join(("", *lines)))]


# ---- lines ---------------------------------------------------------------------------------------
def key(name: str) -> str:
    """A part of a key as this program writes it.

    Bare where it is an id or a year, else quoted, as "H1-2024".
    """
    import tomlkit

    return (
        name
        if re.fullmatch(r"[A-Za-z0-9_-]+", name) and not re.search(r"[0-9]-|-[0-9]", name)
        else tomlkit.item(name).as_string()
    )


def _line_stop(text: str, at: int) -> int:
    """Where the line of this place ends, its comment included."""
    match = re.compile(r"[^\r\n]*").match(text, at)
    return match.end() if match else at


def _body_end(laid: Laid, header: Statement) -> int:
    """The end of the last line that belongs to a header."""
    return _line_stop(laid.text, [header, *laid.body(header)][-1].stop)


def _with_remarks(text: str, at: int) -> int:
    """Past the comments that stand right under a line, where a blank line or the end of the file comes after them."""
    match = re.compile(r"((?:\r?\n[ \t]*#[^\r\n]*)*)(?=\s*\Z|\r?\n[ \t]*\r?\n)").match(text, at)
    return match.end(1) if match else at
