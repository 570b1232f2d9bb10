"""The columns of every frame and file, declared once: name, dtype, unit, meaning.

Readers, exports and docs use these; an answer declares its own beside it, in `reporting`. A *frame*
is a pandas DataFrame with exactly these columns, in order.
"""

from __future__ import annotations

from typing import NamedTuple

from dtrack.core.vocabulary import ObsStatus
from dtrack.core.wording import WORDINGS


class FrameColumn(NamedTuple):
    """One column.

    Its name, its dtype (`category`, `text`, `number`, `integer`, `flag`), its unit, what it means.
    """

    name: str
    dtype: str
    unit: str
    meaning: str


def declare(table: str) -> tuple[FrameColumn, ...]:
    """Columns from a table: `name | dtype | unit | meaning` a line, a deeper line goes on."""
    lines = table.strip("\n").replace("\n        ", " ").splitlines()
    return tuple(FrameColumn(*(part.strip() for part in line.split("|"))) for line in lines)


AREAS_FILE = ("id", "code", "parent", "name_en", "name_zh", "name_fr", "aliases", "overlaps")
AREAS_FILE_OPTIONAL = (
    *("role", "from", "until", "successor"),
    *("short_en", "short_zh", "short_fr", "tile"),
)
SOURCES_FILE = ("id", "title", "publisher", "date", "url", "copy", "file", "sha256")
ACTUALS_FILE = ("area", "indicator", "period", "value", "status", "published", "source", "note")
ACTUALS_FILE_OPTIONAL = ("prices", "scope", "origin")

# of a row set aside: it may be the newest edition, so it stands as that
UNREADABLE_DAY = 99_99_99_99

_FIGURE = declare(f"""
    number | number | of the indicator | the number without its wording; the lower end of a range;
        empty: none
    upper | number | of the indicator | the upper end of a range, else the number
    wording | category |  | {", ".join(WORDINGS)}
    decimals | integer | digits | published digits after the point; negative after a scale word
""")
ACTUALS = (
    *declare("""
    area | category |  | id of the area
    indicator | category |  | id of the indicator
    period | category |  | the period of the figure, canonical
    value | category |  | the figure as published
"""),
    *_FIGURE,
    *declare(f"""
    status | category |  | what the publisher calls it: {", ".join(ObsStatus)}
    published | category |  | day, month or year of the edition, as entered
    published_day | integer | yyyymmdd | the last day of `published`; 0 where blank, 99999999 where
        it cannot be read
    source | category |  | id of the source
    note | category |  | free text
    prices | category |  | price basis where it is not the indicator's own
    scope | category |  | scope where it is not the indicator's own
    origin | text |  | where the figure stood before it came here (file!sheet!cell)
    on_reference_basis | flag |  | on the indicator's own price basis and scope
    excluded | flag |  | a refuse finding stands against this row; it has no number
    file | category |  | file, relative to the workspace
    line | integer |  | line of that file, from 1
"""),
)
TARGETS = (
    *declare("""
    area | category |  | id of the area
    indicator | category |  | id of the indicator
    period | category |  | the period the target is for, canonical
    value | category |  | the target as worded
"""),
    *_FIGURE,
    *declare("""
    set | category |  | day, month or year it was set, as entered
    set_day | integer | yyyymmdd | the last day of `set`; 0 where blank, 99999999 where it cannot be
        read
    source | category |  | id of the source
    stated | category |  | the verdict that the source states, where it states one
    both | flag |  | both ends of its range count
    aim | category |  | what is striven for beyond it, as worded
    aim_number | number | of the indicator | the aim without its wording; empty: none
    aim_upper | number | of the indicator | the upper end of an aim that is a range
    aim_wording | category |  | the wording of the aim
    aim_decimals | integer | digits | published digits of the aim after the point
    by | category |  | who assigned it: id of the area, else the name
    class | category |  | binding or expected, where it is told
    excluded | flag |  | a refuse finding stands against this entry; it has no number
    key | category |  | its dotted key in targets.toml
    over | category |  | what it is of, of several years, where it says so: sum, whole, average,
        each, end
"""),
)
ASSESSMENT = declare("""
    period | text |  | the period asked for
    area | text |  | id of the area
    area_code | text |  | official code of the area
    area_name | text |  | English name of the area
    indicator | text |  | id of the indicator
    indicator_name | text |  | English name of the indicator
    unit | text |  | unit of target, goal and actual
    target | number | unit | the target without its wording; lower end of a range
    target_text | text |  | the target as worded
    target_period | text |  | the period the target is for
    target_set | text |  | when it was set, as entered
    target_source | text |  | id of its source
    goal | number | unit | what the verdict compares the actual with
    actual | number | unit | the figure without its wording
    actual_text | text |  | the figure as published
    actual_period | text |  | the period of the figure
    status | text |  | what its publisher calls it
    published | text |  | when it was published, as entered
    source | text |  | id of its source
    gap | number | gap_unit | actual − goal, negative is behind; empty where the actual is a bound
    gap_unit | text |  | pp for growth and share, else the unit
    verdict | text |  | met, missed, open, undetermined, not_reported, no_target, or empty
    sure | flag |  | true where rounding cannot change the verdict
    basis | text |  | computed or stated
    vs_city | number | pp | actual less the city's of the same actual period; growth and share
    note | text |  | what a reader has to know beside the verdict
""")
HISTORY = declare("""
    change | number | gap_unit | gap less the gap of the same period a year before
    rank_low | integer |  | best rank among the districts that reported, rounding considered
    rank_high | integer |  | worst rank among the districts that reported, rounding considered
""")
# behind those of ASSESSMENT, and of HISTORY in `gap`
ASSESSMENT_LAST = declare("""
    percent_of_target | number | % | actual in per cent of the target's number, of a flow that of
        the whole period; empty where one is a bound, a range, or no positive growth or share
    percent_of_time | number | % | months of the target's period gone by at the end of the actual's;
        empty for stock and share
    light | text |  | green: met; amber: missed by no more than the band; red: by more; empty:
        no band, or not decided
    aim | text |  | what is striven for beyond the target, as worded
    aim_verdict | text |  | the verdict against the aim; empty where there is none
""")
# SDMX-CSV 2.0: docs/sdmx.md
EXCHANGE = declare("""
    STRUCTURE | text |  | dataflow
    STRUCTURE_ID | text |  | DTRACK:FIGURES(1.0.0) or DTRACK:TARGETS(1.0.0); of all editions, its
        own two
    ACTION | text |  | I (information); A (append) where all editions are exported
    FREQ | text |  | CL_FREQ: A, S, Q, M, else _O
    REF_AREA | text |  | official code of the area, else its id
    INDICATOR | text |  | id of the indicator
    TIME_PERIOD | text |  | 2024, 2024-S1, 2024-Q1, 2024-06, else a time range: 2024-01-01/P5M
    OBS_VALUE | number | UNIT_MEASURE × 10^UNIT_MULT | the number without its wording; the lower end
        of a range
    OBS_STATUS | text |  | CL_OBS_STATUS: F expected, P flash, A final or revised, O missing, Q
        undisclosed, M of a relative target, which has no number
    CONF_STATUS | text |  | CL_CONF_STATUS: F, free
    UNIT_MEASURE | text |  | the unit without its scale; PT for percent
    UNIT_MULT | integer |  | power of ten in the unit: 8 for 100 million
    DECIMALS | integer | digits | published digits after the point
    VINTAGE | text |  | day, month or year of the edition, as entered
    OBS_COMMENT | text |  | the text as published, where it says more than the number
    COMMENT | text |  | the note; revised; illustrative; the verdict that a target's source states
    SOURCE | text |  | the source, cited
    SOURCE_ID | text |  | id of the source in the workspace
""")


def names(columns: tuple[FrameColumn, ...]) -> list[str]:
    """The names of the columns, in order."""
    return [column.name for column in columns]
