"""Whether a column of a long table holds its figures.

In come its heading's texts, out go yes or no, and what to tell of a no.

The figures stand under no heading, a word for values, a period or a unit. Targets, changes and
whatever else a heading says are not taken for them because they stand alone: a map says so.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from dtrack.core.figure import plain_text
from dtrack.core.message import Message, lazy_ngettext
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import spelling
from dtrack.importing.layout.heading_role import speaks_of_aims, speaks_of_targets
from dtrack.importing.layout.headings import Heading, words_of
from dtrack.parsing.cell import without_marks

_VALUE = words_of(
    "value values 数值 值 指标值 数据 数据值 本期 本期值 本期数 valeur valeurs figure figures number actuals observation",
    "完成值 完成数 完成情况 实际值 实际数 实际完成 实际完成值 累计值 累计数 累计完成",
    "本期完成 本期累计 本期实际 统计值 统计数 réalisé chiffre chiffres",
)


def is_value_heading(parts: Sequence[str]) -> bool:
    """The heading of a column that holds just values."""
    return any(spelling(part) in _VALUE for part in parts)


def says_values(
    parts: Sequence[str], read: Callable[[list[str]], Heading], *, promises: bool
) -> bool:
    """Every text above the column is a word for values, a period or a unit; `promises`.

    Or speaks of targets.
    """
    return all(
        (promises and speaks_of_aims(part)) or _is_value(part, read([part])) for part in parts
    )


def _is_value(part: str, heading: Heading) -> bool:
    if heading.words:
        return spelling(heading.words) in _VALUE
    rest = without_marks(plain_text(part)).replace(heading.unit, "")
    # else periods that do not agree
    return heading.period is not None or not re.search(r"[0-9]", rest)


def why_not_values(text: object, parts: Sequence[str], rivals: int) -> Message:
    """Why a column is not taken for the figures, and what to do.

    `rivals`: columns that may be, this one among them.
    """
    if rivals:
        return lazy_ngettext(
            "“{heading}” is one of {count} columns that may hold the figures: a map says which, with value",
            "“{heading}” is one of {count} columns that may hold the figures: a map says which, with value",
            rivals,
            heading=text,
        )
    if speaks_of_targets(parts):
        return _(
            "“{heading}” speaks of targets, which `dtrack targets import` sets; if these are the figures, say in a map: "
            'value = "{heading}"',
            heading=text,
        )
    return _(
        '“{heading}” does not say that these are the figures; if they are, say in a map: value = "{heading}"',
        heading=text,
    )
