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
        "a required file is missing",
        "create the file, or use --workspace to name another folder",
    ),
    "file-unreadable": ValidationRule(
        _E,
        "a file cannot be opened",
        "check that it is a file and that you have permission to read it",
    ),
    "not-utf8": ValidationRule(
        _E, "a file is not UTF-8 text", "save it as UTF-8 (in Excel: CSV UTF-8)"
    ),
    "empty-file": ValidationRule(_E, "a file is empty", "complete the file, or delete it"),
    "no-rows": ValidationRule(
        _E, "a file has a header and no rows", "add its rows, or delete the file"
    ),
    "toml-syntax": ValidationRule(_E, "invalid TOML", "correct the line named"),
    "key-missing": ValidationRule(
        _E,
        "a required key is missing",
        "add the key; the reference of targets.toml lists what is required",
    ),
    "key-unknown": ValidationRule(
        _W, "an unknown key; it is not used", "check its spelling, or delete it"
    ),
    "bad-value": ValidationRule(_E, "invalid value of a key", "use one of the values listed"),
    "file-ignored": ValidationRule(
        _W,
        "an item in data/actuals that is not a CSV file; it is not read",
        "save it as CSV there, or move it away",
    ),
    "column-missing": ValidationRule(
        _E, "a required column is missing", "add the column to the header"
    ),
    "column-unknown": ValidationRule(
        _W,
        "an unknown column; it is not used",
        "check its spelling, or delete it",
    ),
    "column-twice": ValidationRule(
        _E, "two columns have the same name", "rename or delete one of them"
    ),
    "row-width": ValidationRule(
        _E,
        "a row has more or fewer fields than the header, or an open quote",
        "give every row the fields of the header; quote fields that hold a comma, and close quotes",
    ),
    "id-twice": ValidationRule(_E, "one id or spelling for two items", "give each a different one"),
    "name-is-id": ValidationRule(
        _W,
        "the name of one indicator is the id of another",
        "rename one; a heading with this name is ambiguous",
    ),
    "look-alike": ValidationRule(
        _W,
        "a name that looks like another, or mixes alphabets",
        "write the name in one alphabet: typed in Latin letters it cannot be found",
    ),
    "unknown-area": ValidationRule(_E, "unknown area", "use an id or name of data/areas.csv"),
    "area-tree": ValidationRule(
        _W,
        "an area without a parent or descending from itself, a whole with a parent, or a "
        "peer within the whole",
        "name the area that it is part of; the whole, the area above it and its peers "
        "need no parent",
    ),
    "area-life": ValidationRule(
        _E,
        "an area that ends before it begins, is its own successor, or has one and never ends",
        "correct from, until and successor in data/areas.csv",
    ),
    "outside-life": ValidationRule(
        _E,
        "a figure or target for an area before its start or after its end",
        "assign it to the area that existed then, or correct from and until in data/areas.csv",
    ),
    "past-life": ValidationRule(
        _W,
        "a figure or target for a period at whose end the area no longer existed",
        "none if it was published so; excluded from counts, sums and ranks",
    ),
    "unknown-indicator": ValidationRule(_E, "unknown indicator", "use an id of targets.toml"),
    "unknown-source": ValidationRule(
        _W, "a source that is not listed in data/sources.csv", "add the source, or correct its id"
    ),
    "bad-period": ValidationRule(
        _E,
        "invalid period",
        "write it as H1-2024, Q1-2024, 2024, 2024-06 or 2024-01..2024-05",
    ),
    "bad-date": ValidationRule(_E, "invalid date", "write 2024-08-30, 2024-08 or 2024"),
    "bad-status": ValidationRule(
        _E,
        "invalid status",
        "use expected, flash, final, revised, missing or illustrative",
    ),
    "not-a-number": ValidationRule(
        _E,
        "not a valid figure",
        "write the figure as published: 7.8, >10, around 1000, 10%以上, 7.5万",
    ),
    "wrong-unit": ValidationRule(
        _E,
        "a % sign or scale word that does not fit the unit of the indicator",
        "write the figure in the indicator's unit",
    ),
    "conflicting-figures": ValidationRule(
        _E,
        "two different figures for the same area, indicator and period, published on the same day",
        "keep the right one",
    ),
    "duplicate-figure": ValidationRule(
        _W, "the same figure twice in one release", "delete one row"
    ),
    "target-twice": ValidationRule(
        _E,
        "two different targets for the same area, indicator and period, set on the same day",
        "keep the right one",
    ),
    "weight-not-flow": ValidationRule(
        _W, "`weight` does not name a flow of this workspace", "name an indicator of kind flow"
    ),
    "terms-contradict": ValidationRule(
        _E,
        "the terms of a target contradict it: an aim below the target, or both ends of a "
        "single number",
        "correct the one or the other",
    ),
    "terms-look-again": ValidationRule(
        _W, "a target that the area is reported to have assigned to itself", "name who assigned it"
    ),
    "range-one-sided": ValidationRule(
        _I,
        "a range where lower is better: only the upper end counts",
        "set both = true if a value below the range also misses the target",
    ),
    "band-in-points": ValidationRule(
        _W,
        "a band in percentage points does not apply to amounts and stocks",
        "give these their own band, for example amber = “10%”",
    ),
    "wording-against-better": ValidationRule(
        _W, "the wording of a target contradicts `better`", "check wording and `better`"
    ),
    "bad-relation": ValidationRule(
        _E,
        "a relative target that cannot be compared with what it refers to",
        "name an indicator, city, reference, last-year, rank or an area, with the same "
        "unit and price basis, and without circular references",
    ),
    "targets-differ": ValidationRule(
        _W,
        "two targets for a stock or share are due on the same day and differ",
        "keep the right one; until then the target of the shorter period applies, and "
        "for its own period each target itself",
    ),
    "no-source": ValidationRule(_I, "a figure or target without a source", "add the source's id"),
    "no-date": ValidationRule(
        _I,
        "a figure or target without a date; not used with --as-of",
        "add `published` or `set`",
    ),
    "other-basis": ValidationRule(
        _I,
        "a figure on another price basis or of another scope; shown, not assessed",
        "none if it was published so",
    ),
}

DOOR: dict[str, ValidationRule] = {  # seen in a file that is brought in, by `dtrack import`
    "workbook-refused": ValidationRule(
        _E,
        "not a readable table, or beyond a limit",
        "save it as .xlsx or CSV UTF-8, with the figures only",
    ),
    "which-sheet": ValidationRule(
        _E, "a workbook with several sheets; --sheet is required", "name the sheet with --sheet"
    ),
    "no-layout": ValidationRule(
        _E,
        "no area column or no column of figures found",
        "name the columns in a map (--map)",
    ),
    "no-return": ValidationRule(
        _E,
        "SDMX, or a table computed by dtrack",
        "import the original return, or a table of areas, indicators, periods and figures",
    ),
    "two-tables": ValidationRule(_E, "two tables on one sheet", "put each table on its own sheet"),
    "map-unfit": ValidationRule(
        _E,
        "a map that does not match the file",
        "correct the map; --save-map writes a template",
    ),
    "mixed-decimals": ValidationRule(
        _E,
        "decimal commas and decimal points in one file",
        'set decimal = "," or "." in the map',
    ),
    "column-unmapped": ValidationRule(
        _W,
        "a column of figures whose heading is not an indicator; it is not imported",
        "assign the column in a map, or leave it out",
    ),
    "other-period": ValidationRule(
        _W, "a title or heading names a period other than the one requested", "check --half"
    ),
    "row-skipped": ValidationRule(
        _I,
        "a total, subtotal, sub-row or note; not imported as an area",
        "none if this is right",
    ),
    "read-as": ValidationRule(
        _I, "the value of a cell was interpreted", "none if the interpretation is right"
    ),
    "unit-converted": ValidationRule(
        _I, "figures were converted to the unit of the indicator", "none if the unit is right"
    ),
    "formula-cell": ValidationRule(
        _I,
        "the saved result of a formula was used",
        "none if the workbook was saved after recalculation",
    ),
    "undo-refused": ValidationRule(
        _E,
        "the last import cannot be undone",
        "remove its rows by hand; git or a backup of the folder may help",
    ),
    "edit-refused": ValidationRule(
        _E,
        "dtrack cannot write to this file without changing its existing content",
        "follow the instruction, then try again",
    ),
    "hidden-cells": ValidationRule(
        _I, "hidden rows, columns or sheets were read", "none if they belong to the data"
    ),
}

CATALOGUE: dict[str, ValidationRule] = STRUCTURE | PLAUSIBLE | DOOR
