"""Catalogue of validation rules: severity, meaning, remedy, detection, benign explanation.

`dtrack check --explain CODE`, README and the findings show these texts. Each is a message of the
language catalogues, translated where it is shown.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dtrack.core.translate import N_, _, ngettext


class Severity(StrEnum):
    """How much a finding matters.

    An error stops a report it could change, the others never do. Values are the words of files.
    """

    ERROR = N_("refuse")
    WARNING = N_("look again")
    INFO = N_("note")

    @property
    def word(self) -> str:
        """Its word in the active language; the value is English, for programs."""
        return _(self.value)

    def counted(self, count: int) -> str:
        """Return a count of findings: 2 look again, 1 note."""
        if self is Severity.INFO:
            return ngettext("{count} note", "{count} note", count)
        if self is Severity.WARNING:
            return ngettext("{count} look again", "{count} look again", count)
        return ngettext("{count} refuse", "{count} refuse", count)


@dataclass(frozen=True, slots=True)
class ValidationRule:
    """One code: its severity, what it means, and what to do about it.

    Of plausibility rules, `found`: how they detect a figure, with thresholds; `innocent`: what it
    may be when nothing is wrong.
    """

    severity: Severity
    meaning: str
    remedy: str
    found: str = ""
    innocent: str = ""


MOST_OF_A_CODE = 20  # findings of one code on screen
_E, _W, _I = Severity.ERROR, Severity.WARNING, Severity.INFO

STRUCTURE: dict[str, ValidationRule] = {  # seen in one row or file, by the readers
    "file-missing": ValidationRule(
        _E,
        "a file that a workspace needs is not there",
        "create it, or point --workspace elsewhere",
    ),
    "file-unreadable": ValidationRule(
        _E, "a file cannot be opened", "check that it is a file and that you may read it"
    ),
    "not-utf8": ValidationRule(
        _E, "a file is not UTF-8 text", "save it as UTF-8 (in Excel: CSV UTF-8)"
    ),
    "empty-file": ValidationRule(_E, "a file is empty", "fill it, or delete it"),
    "no-rows": ValidationRule(
        _E, "a file has a header and no rows", "add its rows, or delete the file"
    ),
    "toml-syntax": ValidationRule(_E, "targets.toml is not TOML", "mend the line named"),
    "key-missing": ValidationRule(
        _E, "a required key is missing", "add it; README shows what targets.toml needs"
    ),
    "key-unknown": ValidationRule(
        _W, "a key that dtrack does not know, so it is not used", "check its spelling, or delete it"
    ),
    "bad-value": ValidationRule(
        _E, "a key has a value that it cannot have", "use one of the values named"
    ),
    "file-ignored": ValidationRule(
        _W,
        "something in data/actuals that is no CSV file, so it is not read",
        "save it as CSV there, or move it away",
    ),
    "column-missing": ValidationRule(
        _E, "a required column is missing", "add the column to the header"
    ),
    "column-unknown": ValidationRule(
        _W,
        "a column that dtrack does not know, so it is not used",
        "check its spelling, or delete it",
    ),
    "column-twice": ValidationRule(_E, "two columns have one name", "rename or delete one of them"),
    "row-width": ValidationRule(
        _E,
        "a row has more or fewer fields than the header, or an open quote",
        "give every row the fields of the header; quote fields that hold a comma, and close quotes",
    ),
    "id-twice": ValidationRule(_E, "one id or spelling names two things", "give each its own"),
    "look-alike": ValidationRule(
        _W,
        "a name that looks like another, or mixes alphabets",
        "write the name in one alphabet: whoever types it in Latin letters does not find it",
    ),
    "unknown-area": ValidationRule(
        _E, "a name that is no area of this workspace", "use an id or name of data/areas.csv"
    ),
    "area-tree": ValidationRule(
        _W,
        "an area without a parent, its own ancestor, a city with a parent, or a peer within it",
        "name the area that it is part of; the city, what is above it and its peers need no parent",
    ),
    "unknown-indicator": ValidationRule(
        _E, "a name that is no indicator of this workspace", "use an id of targets.toml"
    ),
    "unknown-source": ValidationRule(
        _W, "a source that data/sources.csv does not list", "add the source, or correct its id"
    ),
    "bad-period": ValidationRule(
        _E,
        "a period that cannot be read",
        "write it as H1-2024, Q1-2024, 2024, 2024-06 or 2024-01..2024-05",
    ),
    "bad-date": ValidationRule(
        _E, "a date that is no day, month or year", "write 2024-08-30, 2024-08 or 2024"
    ),
    "bad-status": ValidationRule(
        _E,
        "a status that is not one of the list",
        "use expected, flash, final, revised, missing or illustrative",
    ),
    "not-a-number": ValidationRule(
        _E,
        "a value that is no figure",
        "write the figure as published: 7.8, >10, around 1000, 10%以上, 7.5万",
    ),
    "wrong-unit": ValidationRule(
        _E,
        "a % or a scale word that does not fit the indicator's unit",
        "write the figure in the unit",
    ),
    "conflicting-figures": ValidationRule(
        _E, "two different figures for one cell, published the same day", "keep the right one"
    ),
    "duplicate-figure": ValidationRule(
        _W, "the same figure twice in one edition", "delete one row"
    ),
    "target-twice": ValidationRule(
        _E, "two different targets set the same day for one cell", "keep the right one"
    ),
    "weight-not-flow": ValidationRule(
        _W, "`weight` names no flow of this workspace", "name an indicator of kind flow"
    ),
    "wording-against-better": ValidationRule(
        _W, "the wording of a target points against `better`", "check wording and `better`"
    ),
    "no-source": ValidationRule(_I, "a figure or target without a source", "add the source's id"),
    "no-date": ValidationRule(
        _I,
        "a figure or target without a day; it is never used with --as-of",
        "add `published` or `set`",
    ),
    "other-basis": ValidationRule(
        _I,
        "a figure on another price basis or of another scope; it is shown and never judged",
        "nothing, if that is what was published",
    ),
}

# seen across rows, by `dtrack check` and at the door of `dtrack import`
PLAUSIBLE: dict[str, ValidationRule] = {
    "scale-slip": ValidationRule(
        _W,
        "a level ten thousand times its base or more, or a ten-thousandth of it or less",
        "compare the unit of the return with the indicator's: 万 is not 亿",
        "log10(level / base) at least 3.5 or at most −3.5, nearer to ten thousand times than to "
        "a thousand or further still; the base of a flow is the same period a year before, of a "
        "stock its figure before; not where a level comes back from a slip",
        "a series that truly began from almost nothing",
    ),
    "unit-slip": ValidationRule(
        _W,
        "a level ten, a hundred or a thousand times, or such a part, of its base",
        "compare the unit and the decimal point with the source",
        "log10(level / base), as for scale-slip, within 0.15 of 1, 2, 3, −1, −2 or −3; not "
        "against a stock of more than 24 months before, and not where a level comes back from a "
        "slip",
        "a young series that grew tenfold, or a plant that opened or closed",
    ),
    "level-against-growth": ValidationRule(
        _W,
        "level and growth told together do not fit",
        "check both against the source, and whether last year's level was revised",
        "(level / level a year before) / (1 + growth) − 1 outside −10 % to +20 % however the "
        "three were rounded; beyond ±5 % where level and growth are at the same prices; of "
        "growths whose `weight` is the level, with the same `better`; where there are several, "
        "of all of them",
        "last year's level was revised, or the two are of different scope",
    ),
    "index-for-growth": ValidationRule(
        _W,
        "an index with last year = 100 where a growth rate belongs",
        'write 5.2 for 105.2; at import say form = "index" or "percent" in the map',
        "a growth in per cent from 80 to 130",
        "the indicator truly about doubled",
    ),
    "fraction-for-percent": ValidationRule(
        _W,
        "a fraction where a per cent belongs",
        'write 5.2 for 0.052; at import say form = "fraction" or "percent" in the map',
        "a per cent between −1 and 1, without a % sign, with at least two more decimals than is "
        "usual (the median) of its indicator, or three decimals where there are no others",
        "the growth was truly that small and published that finely",
    ),
    "copied-forward": ValidationRule(
        _W,
        "the figure repeats the last one of its series, digit for digit",
        "ask whether this half was reported, or last half's figure sent again",
        "a level of four digits or more that equals the one a year before, or of the span right "
        "before (a stock: its figure before); or every figure of an area and period, at least "
        "three",
        "a quantity that did not change",
    ),
    "identical-figures": ValidationRule(
        _W,
        "several areas report one identical value",
        "ask whether one return was copied to the others",
        "a level of four digits or more in two areas (of more digits where so many areas report "
        "that one pair in fifty would be alike by chance); a growth or share in at least four "
        "areas and more than half of them; among districts and zones, or the parts of one area",
        "an estimate given to all alike, or chance",
    ),
    "outlier": ValidationRule(
        _W,
        "a figure far from those of the other areas; it may be true",
        "look at the source once more; accept it with a reason if it is right",
        "modified z-score (Iglewicz, Hoaglin) beyond 3.5 among six areas or more of one parent, "
        "and more than 2 points (levels: 10) from their median; of levels and shares, their "
        "change on the year",
        "a district with one large firm, a new zone, or a low base",
    ),
    "parts-against-total": ValidationRule(
        _W,
        "the districts do not add up to the city",
        "see `dtrack city`: name the items between them under [reconciliation], or correct the "
        "part that is wrong",
        "where the city and every district have a figure: the difference, less the named items, "
        "exceeds what all roundings together allow; the city's growth lies outside that of all "
        "districts",
        "accounts made above the districts (banks, rail, head offices) or a zone that is nobody's",
    ),
    "share-out-of-range": ValidationRule(
        _W,
        "a share below 0 or above 100 %",
        "check the unit: a ratio that may pass 100 has kind stock",
        "kind share, in per cent, outside 0 to 100",
        "a ratio that is called a share",
    ),
    "total-as-area": ValidationRule(
        _W,
        "a district's level is the sum of the others, or the city's own",
        "see whether a total row was taken for a district",
        "a level of four digits or more, equal within the rounding of the figures to the city's "
        "or to the sum of all other districts, at least three",
        "chance, where the figures have few digits",
    ),
    "published-early": ValidationRule(
        _W,
        "a growth or flow published before its period ended",
        "check period and date; an expectation has status expected",
        "published before the last day of the period, status not expected",
        "a date of the first announcement kept for a later figure",
    ),
    "day-ahead": ValidationRule(
        _W,
        "a figure published, or a target set, on a day that has not come yet",
        "check the date: until that day it would be the newest edition, whatever comes before it",
        "its day, or the first day of its month or year, is after today",
        "a release that is announced for that day",
    ),
    "set-late": ValidationRule(
        _W,
        "a target set after its period had ended",
        "check the date; a target set anew is a list of both",
        "set after the last day of the target's period",
        "the source reports the target later than it was set",
    ),
    "overlapping-periods": ValidationRule(
        _W,
        "two figures of one series whose periods overlap, neither within the other, or of a "
        "stock or share that end together",
        "check the periods: figures of a year accumulate from January; a stock is revised under "
        "the period that is on file",
        "growth or flow of one area; periods of up to a year that share months and each has some "
        "of its own; not where both are halves, quarters or months, or accumulate from January. "
        "Stock or share of one area: plain figures of two periods that end with the same month, "
        "further apart than their rounding, on one side of every break; not an expectation "
        "beside a figure",
        "a survey year that does not follow the calendar; a share of a longer span, or one "
        "figure revised without the other",
    ),
    "part-exceeds-whole": ValidationRule(
        _W,
        "a flow that is larger in a part of the period than in the whole",
        "check both against the source",
        "of one area, edition on the same side of every break: the part's figure exceeds the "
        "whole's by more than their rounding",
        "the whole was revised and the part was not, or a negative amount lies between",
    ),
    "received-changed": ValidationRule(
        _W,
        "a file under data/received is not the one that was imported",
        "put the original back, or import it again",
        "its SHA-256 is not that of data/sources.csv, or it is not there",
        "somebody opened and saved it",
    ),
    "accepted-nothing": ValidationRule(
        _W,
        "an entry of data/accepted.toml that accepts nothing",
        "delete it, or correct its code, area, indicator, period and value",
        "no finding of that code and cell, a code that cannot be accepted, or no reason",
        "the fault was mended",
    ),
}

DOOR: dict[str, ValidationRule] = {  # seen in a file that is brought in, by `dtrack import`
    "workbook-refused": ValidationRule(
        _E,
        "a file that is no readable table, or passes a limit",
        "save it anew as .xlsx or CSV UTF-8, with its figures only",
    ),
    "which-sheet": ValidationRule(
        _E, "a workbook with several sheets and no word which one is meant", "name it with --sheet"
    ),
    "no-layout": ValidationRule(
        _E,
        "no column of areas, or no column of figures, was found",
        "say in a map (--map) where they are",
    ),
    "no-return": ValidationRule(
        _E,
        "SDMX, or a table that dtrack worked out",
        "import the return itself, or a table of areas, indicators, periods and figures",
    ),
    "two-tables": ValidationRule(_E, "two tables on one sheet", "put each on a sheet of its own"),
    "map-unfit": ValidationRule(
        _E,
        "a map that does not fit the file",
        "correct the map; --save-map writes one to begin from",
    ),
    "mixed-decimals": ValidationRule(
        _E,
        "numbers with a decimal comma and with a decimal point in one file",
        'say decimal = "," or "." in the map',
    ),
    "column-unmapped": ValidationRule(
        _W,
        "a column of figures whose heading names no indicator; it is not taken",
        "say in a map what it is, or leave it out",
    ),
    "other-period": ValidationRule(
        _W, "a title or heading names another period than the one asked for", "check --half"
    ),
    "row-skipped": ValidationRule(
        _I,
        "a total, band, sub-row or note; it is not taken for an area",
        "nothing, if that is what it is",
    ),
    "read-as": ValidationRule(
        _I, "a cell was read otherwise than it is written", "nothing, if that is what it means"
    ),
    "unit-converted": ValidationRule(
        _I, "figures were brought to the indicator's unit", "nothing, if the unit is right"
    ),
    "formula-cell": ValidationRule(
        _I,
        "the saved result of a formula was read",
        "nothing, if the workbook was saved after calculating",
    ),
    "undo-refused": ValidationRule(
        _E,
        "the last import cannot be taken back as it was made",
        "take its rows out by hand; git, or a copy of the folder, helps",
    ),
    "edit-refused": ValidationRule(
        _E,
        "a file into which dtrack cannot write this without touching what stands there",
        "do what is said there, then try again",
    ),
    "hidden-cells": ValidationRule(
        _I, "hidden rows, columns or sheets were read too", "nothing, if they are meant to be read"
    ),
}

CATALOGUE: dict[str, ValidationRule] = STRUCTURE | PLAUSIBLE | DOOR
