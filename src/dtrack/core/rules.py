"""Catalogue of validation rules: severity, meaning, remedy, detection, benign explanation.

`dtrack check --explain CODE`, README and the findings show these texts. Each is a message of the
language catalogues, translated where it is shown.
"""

from __future__ import annotations

from dtrack.core.plausible_rules import PLAUSIBLE
from dtrack.core.severity import Severity, ValidationRule

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
    "name-is-id": ValidationRule(
        _W, "the name of one indicator is the id of another", "rename one; headings are asked about"
    ),
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
        "an area without a parent, its own ancestor, a whole with a parent, or a peer within it",
        "name the area that it is part of; the whole, what is above it and its peers need no "
        "parent",
    ),
    "area-life": ValidationRule(
        _E,
        "an area that ends before it begins, is its own successor, or has one and never ends",
        "correct from, until and successor in data/areas.csv",
    ),
    "outside-life": ValidationRule(
        _E,
        "a figure or target of an area before it began or after it ended",
        "give it to the area that existed then, or correct from and until in data/areas.csv",
    ),
    "past-life": ValidationRule(
        _W,
        "a figure or target of a period at whose end the area was no more",
        "nothing, if it stands so in its source; it is in no count, sum or rank",
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
    "terms-contradict": ValidationRule(
        _E,
        "what stands beside a target contradicts it: an aim short of it, both ends of one number",
        "correct the one or the other",
    ),
    "terms-look-again": ValidationRule(
        _W, "a target that an area is said to have assigned to itself", "name who assigned it"
    ),
    "range-one-sided": ValidationRule(
        _I,
        "a range where lower is better: only its upper end counts",
        "set both = true, if too low is missed as well",
    ),
    "band-in-points": ValidationRule(
        _W,
        "a band in percentage points says nothing of amounts and stocks",
        "give these a band of their own, as amber = “10%”",
    ),
    "wording-against-better": ValidationRule(
        _W, "the wording of a target points against `better`", "check wording and `better`"
    ),
    "bad-relation": ValidationRule(
        _E,
        "a target relative to what it cannot be compared with",
        "name an indicator, city, reference, last-year, rank or an area; "
        "both in one unit, at one price basis, and in no circle",
    ),
    "targets-differ": ValidationRule(
        _W,
        "two targets of a stock or share fall due on one day and differ",
        "keep the right one; until then the shorter period's judges, and each its very own period",
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
