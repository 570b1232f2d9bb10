"""What can be wrong with the input, as values: in come a place and a sentence, out go findings that anyone can print.

A fault of the user's data is a `Finding` in a list, never an exception on the way; only when a report cannot be
given does `Refused` carry the whole list up. Exit codes are told here and nowhere else.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

DONE, BAD_COMMAND, REFUSED, MISSED, BUG, INTERRUPTED = 0, 2, 3, 4, 70, 130


class Severity(StrEnum):
    """How much a finding matters: *refuse* stops a report it could change, *look again* and *note* never do."""

    REFUSE = "refuse"
    LOOK_AGAIN = "look again"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Rule:
    """One code of the catalogue: its severity, what it means, and what to do about it."""

    severity: Severity
    meaning: str
    remedy: str


_R, _L, _N = Severity.REFUSE, Severity.LOOK_AGAIN, Severity.NOTE

CATALOGUE: dict[str, Rule] = {
    "file-missing": Rule(_R, "a file that a workspace needs is not there", "create it, or point --workspace elsewhere"),
    "file-unreadable": Rule(_R, "a file cannot be opened", "check that it is a file and that you may read it"),
    "not-utf8": Rule(_R, "a file is not UTF-8 text", "save it as UTF-8 (in Excel: CSV UTF-8)"),
    "empty-file": Rule(_R, "a file is empty", "fill it, or delete it"),
    "no-rows": Rule(_R, "a file has a header and no rows", "add its rows, or delete the file"),
    "toml-syntax": Rule(_R, "targets.toml is not TOML", "mend the line named"),
    "key-missing": Rule(_R, "a required key is missing", "add it; README shows what targets.toml needs"),
    "key-unknown": Rule(_L, "a key that dtrack does not know, so it is not used", "check its spelling, or delete it"),
    "bad-value": Rule(_R, "a key has a value that it cannot have", "use one of the values named"),
    "file-ignored": Rule(
        _L, "something in data/actuals that is no CSV file, so it is not read", "save it as CSV there, or move it away"
    ),
    "column-missing": Rule(_R, "a required column is missing", "add the column to the header"),
    "column-unknown": Rule(_L, "a column that dtrack does not know, so it is not used", "check its spelling, or delete it"),
    "column-twice": Rule(_R, "two columns have one name", "rename or delete one of them"),
    "row-width": Rule(
        _R,
        "a row has more or fewer fields than the header, or an open quote",
        "give every row the fields of the header; quote fields that hold a comma, and close quotes",
    ),
    "id-twice": Rule(_R, "one id or spelling names two things", "give each its own"),
    "unknown-area": Rule(_R, "a name that is no area of this workspace", "use an id or name of data/areas.csv"),
    "area-tree": Rule(_L, "an area without a parent, its own ancestor, or a city with a parent", "only the city has no parent"),
    "unknown-indicator": Rule(_R, "a name that is no indicator of this workspace", "use an id of targets.toml"),
    "unknown-source": Rule(_L, "a source that data/sources.csv does not list", "add the source, or correct its id"),
    "bad-period": Rule(_R, "a period that cannot be read", "write it as H1-2024, Q1-2024, 2024, 2024-06 or 2024-01..2024-05"),
    "bad-date": Rule(_R, "a date that is no day, month or year", "write 2024-08-30, 2024-08 or 2024"),
    "bad-status": Rule(_R, "a status that is not one of the list", "use expected, flash, final, revised, missing or illustrative"),
    "not-a-number": Rule(_R, "a value that is no figure", "write the figure as published: 7.8, >10, around 1000, 10%以上, 7.5万"),
    "wrong-unit": Rule(_R, "a % or a scale word that does not fit the indicator's unit", "write the figure in the unit"),
    "conflicting-figures": Rule(_R, "two different figures for one cell, published the same day", "keep the right one"),
    "duplicate-figure": Rule(_L, "the same figure twice in one edition", "delete one row"),
    "target-twice": Rule(_R, "two different targets set the same day for one cell", "keep the right one"),
    "weight-not-flow": Rule(_L, "`weight` names no flow of this workspace", "name an indicator of kind flow"),
    "wording-against-better": Rule(_L, "the wording of a target points against `better`", "check wording and `better`"),
    "no-source": Rule(_N, "a figure or target without a source", "add the source's id"),
    "no-date": Rule(_N, "a figure or target without a day; it is never used with --as-of", "add `published` or `set`"),
    "other-basis": Rule(
        _N,
        "a figure on another price basis or of another scope; it is shown and never judged",
        "nothing, if that is what was published",
    ),
}


@dataclass(frozen=True, slots=True)
class Finding:
    """One fault of the input.

    `file` is relative to the workspace; `line` counts from 1 (None where the format gives none: then `column` holds
    the dotted key). `area`, `indicator` and `period` say which verdicts it could change; empty means any. `day`
    (yyyymmdd) is the day of publication of the row it speaks of, 0 where it has none.
    """

    code: str
    file: str
    line: int | None
    column: str
    sentence: str
    area: str = ""
    indicator: str = ""
    period: str = ""
    day: int = 0

    @property
    def severity(self) -> Severity:
        """Of the code, from the catalogue."""
        return CATALOGUE[self.code].severity

    @property
    def remedy(self) -> str:
        """What to do about it, from the catalogue."""
        return CATALOGUE[self.code].remedy

    @property
    def place(self) -> str:
        """`file:line:column`, without the parts that are not known."""
        if self.line is None:
            return f"{self.file}: {self.column}" if self.column else self.file
        return f"{self.file}:{self.line}" + (f":{self.column}" if self.column else "")

    def __str__(self) -> str:
        return f"{self.place}: {self.severity}: {self.sentence} [{self.code}] → {self.remedy}"


class Refused(Exception):
    """The input cannot give this result. `findings` holds all that stands against it."""

    def __init__(self, findings: tuple[Finding, ...]) -> None:
        super().__init__("\n".join(map(str, findings)))
        self.findings = findings


class UnknownName(ValueError):
    """A name asked for that the workspace does not have; the message offers the nearest ones."""
