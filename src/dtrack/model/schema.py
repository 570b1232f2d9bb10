"""The columns of every frame and file, declared once: name, dtype, unit, meaning.

Readers, exports and docs use these.

Nothing comes in and nothing is computed here. A *frame* is a pandas DataFrame with exactly these
columns, in order.
"""

from __future__ import annotations

from typing import NamedTuple

from dtrack.core.figure import WORDINGS
from dtrack.core.vocabulary import ObsStatus


class Column(NamedTuple):
    """One column.

    Its name, its dtype (`category`, `text`, `number`, `integer`, `flag`), its unit, what it means.
    """

    name: str
    dtype: str
    unit: str
    meaning: str


TARGETS_FILE, ACCEPTED_FILE = "targets.toml", "data/accepted.toml"
ACTUALS_FOLDER, RECEIVED_FOLDER = "data/actuals", "data/received"
OWN_FOLDER = ".dtrack"  # where dtrack keeps its lock, and a change until it is in place
AREAS_FILE = ("id", "code", "parent", "name_en", "name_zh", "name_fr", "aliases", "overlaps")
AREAS_FILE_OPTIONAL = ("role",)
SOURCES_FILE = ("id", "title", "publisher", "date", "url", "copy", "file", "sha256")
ACTUALS_FILE = ("area", "indicator", "period", "value", "status", "published", "source", "note")
ACTUALS_FILE_OPTIONAL = ("prices", "scope", "origin")

# of a row set aside: it may be the newest edition, so it stands as that
UNREADABLE_DAY = 99_99_99_99

_FIGURE = (
    Column(
        "number",
        "number",
        "of the indicator",
        "the number without its wording; the lower end of a range; empty: none",
    ),
    Column("upper", "number", "of the indicator", "the upper end of a range, else the number"),
    Column(
        "wording",
        "category",
        "",
        ", ".join(WORDINGS),
    ),
    Column(
        "decimals",
        "integer",
        "digits",
        "published digits after the point; negative after a scale word",
    ),
)

ACTUALS = (
    Column("area", "category", "", "id of the area"),
    Column("indicator", "category", "", "id of the indicator"),
    Column("period", "category", "", "the period of the figure, canonical"),
    Column("value", "category", "", "the figure as published"),
    *_FIGURE,
    Column("status", "category", "", "what the publisher calls it: " + ", ".join(ObsStatus)),
    Column("published", "category", "", "day, month or year of the edition, as entered"),
    Column(
        "published_day",
        "integer",
        "yyyymmdd",
        "the last day of `published`; 0 where blank, 99999999 where it cannot be read",
    ),
    Column("source", "category", "", "id of the source"),
    Column("note", "category", "", "free text"),
    Column("prices", "category", "", "price basis where it is not the indicator's own"),
    Column("scope", "category", "", "scope where it is not the indicator's own"),
    Column("origin", "text", "", "where the figure stood before it came here (file!sheet!cell)"),
    Column("on_reference_basis", "flag", "", "on the indicator's own price basis and scope"),
    Column("excluded", "flag", "", "a refuse finding stands against this row; it has no number"),
    Column("file", "category", "", "file, relative to the workspace"),
    Column("line", "integer", "", "line of that file, from 1"),
)

TARGETS = (
    Column("area", "category", "", "id of the area"),
    Column("indicator", "category", "", "id of the indicator"),
    Column("period", "category", "", "the period the target is for, canonical"),
    Column("value", "category", "", "the target as worded"),
    *_FIGURE,
    Column("set", "category", "", "day, month or year it was set, as entered"),
    Column(
        "set_day",
        "integer",
        "yyyymmdd",
        "the last day of `set`; 0 where blank, 99999999 where it cannot be read",
    ),
    Column("source", "category", "", "id of the source"),
    Column("stated", "category", "", "the verdict that the source states, where it states one"),
    Column("excluded", "flag", "", "a refuse finding stands against this entry; it has no number"),
    Column("key", "category", "", "its dotted key in targets.toml"),
)

ASSESSMENT = (
    Column("period", "text", "", "the period asked for"),
    Column("area", "text", "", "id of the area"),
    Column("area_code", "text", "", "official code of the area"),
    Column("area_name", "text", "", "English name of the area"),
    Column("indicator", "text", "", "id of the indicator"),
    Column("indicator_name", "text", "", "English name of the indicator"),
    Column("unit", "text", "", "unit of target, goal and actual"),
    Column("target", "number", "unit", "the target without its wording; lower end of a range"),
    Column("target_text", "text", "", "the target as worded"),
    Column("target_period", "text", "", "the period the target is for"),
    Column("target_set", "text", "", "when it was set, as entered"),
    Column("target_source", "text", "", "id of its source"),
    Column("goal", "number", "unit", "what the verdict compares the actual with"),
    Column("actual", "number", "unit", "the figure without its wording"),
    Column("actual_text", "text", "", "the figure as published"),
    Column("actual_period", "text", "", "the period of the figure"),
    Column("status", "text", "", "what its publisher calls it"),
    Column("published", "text", "", "when it was published, as entered"),
    Column("source", "text", "", "id of its source"),
    Column(
        "gap",
        "number",
        "gap_unit",
        "actual − goal, negative is behind; empty where the actual is a bound",
    ),
    Column("gap_unit", "text", "", "pp for growth and share, else the unit"),
    Column(
        "verdict", "text", "", "met, missed, open, undetermined, not_reported, no_target, or empty"
    ),
    Column("sure", "flag", "", "true where rounding cannot change the verdict"),
    Column("basis", "text", "", "computed or stated"),
    Column(
        "vs_city",
        "number",
        "pp",
        "actual less the city's of the same actual period; growth and share",
    ),
    Column("note", "text", "", "what a reader has to know beside the verdict"),
)

HISTORY = (
    Column("change", "number", "gap_unit", "gap less the gap of the same period a year before"),
    Column(
        "rank_low",
        "integer",
        "",
        "best rank among the districts that reported, rounding considered",
    ),
    Column(
        "rank_high",
        "integer",
        "",
        "worst rank among the districts that reported, rounding considered",
    ),
)


CATCHUP = (
    Column("period", "text", "", "the period asked for"),
    Column("area", "text", "", "id of the area"),
    Column("indicator", "text", "", "id of the indicator"),
    Column("target", "number", "unit", "what is to be reached by the end of the target's period"),
    Column("actual", "number", "unit", "what has been reached in the period asked for"),
    Column(
        "share", "number", "", "last year's share of these months in the year, as a fraction of 1"
    ),
    Column(
        "needed",
        "number",
        "% or unit",
        "growth of the rest of the year; amount or change still to come; lower is better: at most",
    ),
    Column("needed_low", "number", "% or unit", "the least that the rounding of the actual allows"),
    Column("needed_high", "number", "% or unit", "the most that the rounding of the actual allows"),
    Column("change", "number", "pp", "needed less the actual growth"),
    Column(
        "reached",
        "integer",
        "halves",
        "past second halves of the area that reached it, as it is printed",
    ),
    Column("of", "integer", "halves", "past second halves known"),
    Column("note", "text", "", "what a reader has to know; the remedy where a number is empty"),
)

CITY = (
    Column("part", "text", "", "performance, target_setting, no_target, rest or total"),
    Column("area", "text", "", "id of the area"),
    Column("weight", "number", "", "the area's share of the base-period level, as a fraction of 1"),
    Column("actual", "number", "%", "growth"),
    Column("target", "number", "%", "target"),
    Column(
        "contribution",
        "number",
        "pp",
        "part of the city's gap, negative is behind; the rows before `total` add up to it",
    ),
    Column("note", "text", "", "what a reader has to know"),
)

PATH = (
    Column("area", "text", "", "id of the area"),
    Column("indicator", "text", "", "id of the indicator"),
    Column("base_period", "text", "", "period of the first figure, or of the base year"),
    Column("base", "number", "unit", "the first figure"),
    Column("latest_period", "text", "", "period of the newest figure"),
    Column("latest", "number", "unit", "the newest figure"),
    Column("target_period", "text", "", "the deadline"),
    Column("target", "number", "unit", "the target"),
    Column(
        "progress",
        "number",
        "%",
        "path: change so far of the change required by now; opensdg: observed of required growth",
    ),
    Column("score", "number", "", "opensdg only: −5 to 5"),
    Column(
        "verdict",
        "text",
        "",
        "path: reached, on_path, behind, moving_away, too_few_figures; opensdg: its own words",
    ),
    Column("method", "text", "", "path or opensdg"),
    Column("note", "text", "", "what a reader has to know"),
)

REVISIONS = (
    Column("area", "text", "", "id of the area"),
    Column("indicator", "text", "", "id of the indicator"),
    Column("period", "text", "", "period of the figure"),
    Column("first", "number", "unit", "the first edition"),
    Column("first_published", "text", "", "its day"),
    Column("last", "number", "unit", "the newest edition"),
    Column("last_published", "text", "", "its day"),
    Column("editions", "integer", "", "how many editions there are"),
    Column("change", "number", "unit", "last − first; empty across a break"),
    Column("days", "integer", "days", "days between the two"),
    Column("verdict_first", "text", "", "the verdict that the first edition gives"),
    Column("verdict_last", "text", "", "the verdict that the newest edition gives"),
    Column("note", "text", "", "the break that was crossed; a verdict that flipped"),
)

STATUS = (
    Column("period", "text", "", "the period asked for"),
    Column("area", "text", "", "id of the area"),
    Column("area_name", "text", "", "English name of the area"),
    Column("indicator", "text", "", "id of the indicator"),
    Column("state", "text", "", "reported, expected_only, stand_in or missing"),
    Column(
        "first_published", "text", "", "day of the first edition of the reported figure, as entered"
    ),
    Column("last_published", "text", "", "day of its newest edition, as entered"),
    Column("editions", "integer", "", "how many editions of it there are"),
    Column("due", "text", "", "the day by which the figure is due"),
    Column(
        "days_late",
        "integer",
        "days",
        "first edition less due day; 0 or less is in time; empty where either is unknown",
    ),
    Column("weight", "number", "", "the area's share of the base-period level, as a fraction of 1"),
    Column("value", "text", "", "the figure as published; of a stand-in or expectation, that one"),
    Column("status", "text", "", "what its publisher calls it"),
    Column("source", "text", "", "id of its source"),
    Column(
        "note", "text", "", "what a reader has to know; `not counted` where the area is in no count"
    ),
)

CHANGES = (
    Column("area", "text", "", "id of the area"),
    Column("indicator", "text", "", "id of the indicator"),
    Column("period", "text", "", "period of the figure"),
    Column("kind", "text", "", "new, revised, confirmed or withdrawn"),
    Column("before", "text", "", "the edition before, as published"),
    Column("before_published", "text", "", "its day, as entered"),
    Column("after", "text", "", "this edition, as published"),
    Column("after_published", "text", "", "its day, as entered"),
    Column(
        "change",
        "number",
        "unit",
        "after − before; empty across a break and between unlike wordings",
    ),
    Column("source", "text", "", "id of the source of this edition"),
    Column(
        "place",
        "text",
        "",
        "its file and line; after it, in brackets, the cell it was imported from",
    ),
)


EXCHANGE = (  # SDMX-CSV 2.0: docs/sdmx.md
    Column("STRUCTURE", "text", "", "dataflow"),
    Column(
        "STRUCTURE_ID",
        "text",
        "",
        "DTRACK:FIGURES(1.0.0) or DTRACK:TARGETS(1.0.0); of all editions, its own two",
    ),
    Column("ACTION", "text", "", "I (information); A (append) where all editions are exported"),
    Column("FREQ", "text", "", "CL_FREQ: A, S, Q, M, else _O"),
    Column("REF_AREA", "text", "", "official code of the area, else its id"),
    Column("INDICATOR", "text", "", "id of the indicator"),
    Column(
        "TIME_PERIOD",
        "text",
        "",
        "2024, 2024-S1, 2024-Q1, 2024-06, else a time range: 2024-01-01/P5M",
    ),
    Column(
        "OBS_VALUE",
        "number",
        "UNIT_MEASURE × 10^UNIT_MULT",
        "the number without its wording; the lower end of a range",
    ),
    Column(
        "OBS_STATUS",
        "text",
        "",
        "CL_OBS_STATUS: F expected, P flash, A final or revised, O missing, Q undisclosed",
    ),
    Column("CONF_STATUS", "text", "", "CL_CONF_STATUS: F, free"),
    Column("UNIT_MEASURE", "text", "", "the unit without its scale; PT for percent"),
    Column("UNIT_MULT", "integer", "", "power of ten in the unit: 8 for 100 million"),
    Column("DECIMALS", "integer", "digits", "published digits after the point"),
    Column("VINTAGE", "text", "", "day, month or year of the edition, as entered"),
    Column("OBS_COMMENT", "text", "", "the text as published, where it says more than the number"),
    Column(
        "COMMENT",
        "text",
        "",
        "the note; revised; illustrative; the verdict that a target's source states",
    ),
    Column("SOURCE", "text", "", "the source, cited"),
    Column("SOURCE_ID", "text", "", "id of the source in the workspace"),
)


def names(columns: tuple[Column, ...]) -> list[str]:
    """The names of the columns, in order."""
    return [column.name for column in columns]
