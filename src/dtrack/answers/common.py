"""What the answers share: a tidy sheet from columns; titles, numbers, periods and names as people read them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np

from dtrack.choose import NONE
from dtrack.frames import Floats, Ints
from dtrack.languages.shown import period_shown, wording_shown
from dtrack.model import Holdings
from dtrack.schema import Column as Declared
from dtrack.sheet import Column, Sheet
from dtrack.tongue import named, numeral, say

if TYPE_CHECKING:
    import pandas as pd

TIDY_DECIMALS = 4  # of every number in the tidy sheets of the analyses
Columns = Mapping[str, Sequence[Any]]


def tidy(title: str, declared: tuple[Declared, ...], columns: Columns) -> Sheet:
    """The sheet for programs: the declared columns in order, numbers with four decimals, empty where unknown."""
    return Sheet(title, tuple(_column(item, columns[item.name]) for item in declared))


def _column(declared: Declared, values: Sequence[Any]) -> Column:
    numbers = declared.dtype == "number"
    return Column(declared.name, declared.name, values, [TIDY_DECIMALS] * len(values) if numbers else None)


def frame(declared: tuple[Declared, ...], columns: Columns) -> pd.DataFrame:
    """The same columns as a DataFrame: numbers float64, counts Int64, text str."""
    import pandas as pd

    kinds = {"number": "float64", "integer": "Int64"}
    data = {item.name: pd.Series(list(columns[item.name]), dtype=kinds.get(item.dtype, "object")) for item in declared}
    return pd.DataFrame(data)


def number_column(key: str, heading: str, values: Floats, decimals: int, *, signed: bool = False, gives_way: int = 0) -> Column:
    """A column of numbers that people read with one number of decimals."""
    return Column(key, heading, values.tolist(), [decimals] * len(values), signed=signed, right=True, gives_way=gives_way)


def shown_number(value: float, decimals: int) -> str:
    """One number for people; "" where it is unknown."""
    return "" if np.isnan(value) else numeral(f"{value:.{decimals}f}")


def between(low: Floats, high: Floats, decimals: int) -> list[str]:
    """Bands as `5.31 to 5.40`, "" where unknown."""
    ends = zip(*([shown_number(end, decimals) for end in of.tolist()] for of in (low, high)), strict=True)
    return [say("{low} to {high}", low=least, high=most) if least and most else "" for least, most in ends]


def title_of(held: Holdings) -> str:
    """The workspace's title in the language spoken."""
    return named(held.titles, "dtrack")


def names_in_a_row(names: Sequence[str]) -> str:
    """Names one after another, without an “and” before the last.

    >>> names_in_a_row(["A", "B", "C"])
    'A, B, C'
    """
    return say("{names}, {name}", names="", name="").join(names)


def periods_shown(periods: Sequence[str]) -> list[str]:
    """Periods of a column as tables show them; "" stays empty."""
    told = {period: period_shown(period) for period in set(periods) if period}
    return [told.get(period, "") for period in periods]


def wordings_shown(texts: Sequence[str]) -> list[str]:
    """Figures of a column as published, their wordings in the language spoken."""
    told = {text: wording_shown(text) for text in set(texts)}
    return [told[text] for text in texts]


def texts_at(table: Any, column: str, rows: Ints) -> list[str]:
    """A text column of a frame at some rows; "" where the row is NONE."""
    if not len(table):
        return [""] * len(rows)
    if table[column].dtype != "category":
        return list(map(str, np.append(table[column].to_numpy(object), "")[rows]))
    names = [*map(str, table[column].cat.categories), ""]
    return [names[code] for code in np.where(rows == NONE, -1, table[column].cat.codes.to_numpy()[rows]).tolist()]
