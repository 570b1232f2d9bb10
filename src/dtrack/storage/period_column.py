"""The periods that a column of a file spells: what 2007-08 is, the texts beside it may say."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from dtrack.core.arrays import Ints
from dtrack.core.message import Message, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import BeyondYears, Period, UnclearYear
from dtrack.core.years import calendar_in_use, is_twin, twins_are_years


def read_periods(texts: Sequence[str], codes: Ints, file: Ints) -> tuple[list[Period | None], Ints]:
    """The periods of the rows, and which of them each row has.

    `codes`: of each row the position of its text, `file`: that of its file, whose texts are one
    column.
    """
    if not any(is_twin(text.strip()) for text in texts):
        return [_read(text) for text in texts], codes
    places, slot = np.unique(file * len(texts) + codes, return_inverse=True)
    pairs = [divmod(place, len(texts)) for place in places.tolist()]
    columns: dict[int, list[str]] = {}
    for number, code in pairs:
        columns.setdefault(number, []).append(texts[code])
    years = {number: twins_are_years(column) for number, column in columns.items()}
    return [_read(texts[code], years[number]) for number, code in pairs], slot.astype(np.int64)


def no_period(text: str) -> Message:
    """That a text is no period, and what to write where it may be one."""
    try:
        Period.parse(text, None if calendar_in_use().begins_later else True)
    except (BeyondYears, UnclearYear) as error:
        return message_of(error)
    except ValueError:
        pass
    return _("“{text}” is not a valid period", text=text[:40])


def _read(text: str, years: bool | None = None) -> Period | None:
    try:
        return Period.parse(text, years)
    except ValueError:
        return None
