"""The columns of every frame and file, declared once: name, dtype, unit, meaning.

Readers, exports and docs use these. Nothing comes in and nothing is computed here. A *frame* is a
pandas DataFrame with exactly these columns, in order.
"""

from __future__ import annotations

from typing import NamedTuple

from dtrack.core.vocabulary import ObsStatus
from dtrack.core.wording import WORDINGS


class Column(NamedTuple):
    """One column.

    Its name, its dtype (`category`, `text`, `number`, `integer`, `flag`), its unit, what it means.
    """

    name: str
    dtype: str
    unit: str
    meaning: str


def _columns(table: str) -> tuple[Column, ...]:
    """Columns from a table: `name | dtype | unit | meaning` a line, a deeper line goes on."""
    lines = table.strip("\n").replace("\n        ", " ").splitlines()
    return tuple(Column(*(part.strip() for part in line.split("|"))) for line in lines)


AREAS_FILE = ("id", "code", "parent", "name_en", "name_zh", "name_fr", "aliases", "overlaps")
AREAS_FILE_OPTIONAL = ("role",)
SOURCES_FILE = ("id", "title", "publisher", "date", "url", "copy", "file", "sha256")
ACTUALS_FILE = ("area", "indicator", "period", "value", "status", "published", "source", "note")
ACTUALS_FILE_OPTIONAL = ("prices", "scope", "origin")

# of a row set aside: it may be the newest edition, so it stands as that
UNREADABLE_DAY = 99_99_99_99

_FIGURE = _columns(f"""
    number | number | of the indicator | the number without its wording; the lower end of a range;
        empty: none
    upper | number | of the indicator | the upper end of a range, else the number
    wording | category |  | {", ".join(WORDINGS)}
    decimals | integer | digits | published digits after the point; negative after a scale word
""")
ACTUALS = (
    *_columns("""
    area | category |  | id of the area
    indicator | category |  | id of the indicator
    period | category |  | the period of the figure, canonical
    value | category |  | the figure as published
"""),
    *_FIGURE,
    *_columns(f"""
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
    *_columns("""
    area | category |  | id of the area
    indicator | category |  | id of the indicator
    period | category |  | the period the target is for, canonical
    value | category |  | the target as worded
"""),
    *_FIGURE,
    *_columns("""
    set | category |  | day, month or year it was set, as entered
    set_day | integer | yyyymmdd | the last day of `set`; 0 where blank, 99999999 where it cannot be
        read
    source | category |  | id of the source
    stated | category |  | the verdict that the source states, where it states one
    excluded | flag |  | a refuse finding stands against this entry; it has no number
    key | category |  | its dotted key in targets.toml
"""),
)
ASSESSMENT = _columns("""
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
HISTORY = _columns("""
    change | number | gap_unit | gap less the gap of the same period a year before
    rank_low | integer |  | best rank among the districts that reported, rounding considered
    rank_high | integer |  | worst rank among the districts that reported, rounding considered
""")
CATCHUP = _columns("""
    period | text |  | the period asked for
    area | text |  | id of the area
    indicator | text |  | id of the indicator
    target | number | unit | what is to be reached by the end of the target's period
    actual | number | unit | what has been reached in the period asked for
    share | number |  | last year's share of these months in the year, as a fraction of 1
    needed | number | % or unit | growth of the rest of the year; amount or change still to come;
        lower is better: at most
    needed_low | number | % or unit | the least that the rounding of the actual allows
    needed_high | number | % or unit | the most that the rounding of the actual allows
    change | number | pp | needed less the actual growth
    reached | integer | halves | past second halves of the area that reached it, as it is printed
    of | integer | halves | past second halves known
    note | text |  | what a reader has to know; the remedy where a number is empty
""")
CITY = _columns("""
    part | text |  | performance, target_setting, no_target, rest or total
    area | text |  | id of the area
    weight | number |  | the area's share of the base-period level, as a fraction of 1
    actual | number | % | growth
    target | number | % | target
    contribution | number | pp | part of the city's gap, negative is behind; the rows before `total`
        add up to it
    note | text |  | what a reader has to know
""")
PATH = _columns("""
    area | text |  | id of the area
    indicator | text |  | id of the indicator
    base_period | text |  | period of the first figure, or of the base year
    base | number | unit | the first figure
    latest_period | text |  | period of the newest figure
    latest | number | unit | the newest figure
    target_period | text |  | the deadline
    target | number | unit | the target
    progress | number | % | path: change so far of the change required by now; opensdg: observed of
        required growth
    score | number |  | opensdg only: −5 to 5
    verdict | text |  | path: reached, on_path, behind, moving_away, too_few_figures; opensdg: its
        own words
    method | text |  | path or opensdg
    note | text |  | what a reader has to know
""")
REVISIONS = _columns("""
    area | text |  | id of the area
    indicator | text |  | id of the indicator
    period | text |  | period of the figure
    first | number | unit | the first edition
    first_published | text |  | its day
    last | number | unit | the newest edition
    last_published | text |  | its day
    editions | integer |  | how many editions there are
    change | number | unit | last − first; empty across a break
    days | integer | days | days between the two
    verdict_first | text |  | the verdict that the first edition gives
    verdict_last | text |  | the verdict that the newest edition gives
    note | text |  | the break that was crossed; a verdict that flipped
""")
STATUS = _columns("""
    period | text |  | the period asked for
    area | text |  | id of the area
    area_name | text |  | English name of the area
    indicator | text |  | id of the indicator
    state | text |  | reported, expected_only, stand_in or missing
    first_published | text |  | day of the first edition of the reported figure, as entered
    last_published | text |  | day of its newest edition, as entered
    editions | integer |  | how many editions of it there are
    due | text |  | the day by which the figure is due
    days_late | integer | days | first edition less due day; 0 or less is in time; empty where
        either is unknown
    weight | number |  | the area's share of the base-period level, as a fraction of 1
    value | text |  | the figure as published; of a stand-in or expectation, that one
    status | text |  | what its publisher calls it
    source | text |  | id of its source
    note | text |  | what a reader has to know; `not counted` where the area is in no count
""")
CHANGES = _columns("""
    area | text |  | id of the area
    indicator | text |  | id of the indicator
    period | text |  | period of the figure
    kind | text |  | new, revised, confirmed or withdrawn
    before | text |  | the edition before, as published
    before_published | text |  | its day, as entered
    after | text |  | this edition, as published
    after_published | text |  | its day, as entered
    change | number | unit | after − before; empty across a break and between unlike wordings
    source | text |  | id of the source of this edition
    place | text |  | its file and line; after it, in brackets, the cell it was imported from
""")
# SDMX-CSV 2.0: docs/sdmx.md
EXCHANGE = _columns("""
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
        undisclosed
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


def names(columns: tuple[Column, ...]) -> list[str]:
    """The names of the columns, in order."""
    return [column.name for column in columns]
