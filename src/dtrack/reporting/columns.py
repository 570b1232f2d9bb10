"""What the answers share: a tidy sheet from columns.

Titles, numbers, periods and names as people read them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, ClassVar

import numpy as np

from dtrack.analysis.comparison import fixed, half_up
from dtrack.core.arrays import NONE, Floats, Ints
from dtrack.core.figure import MAX_DECIMALS
from dtrack.core.translate import _, named, numeral
from dtrack.i18n.cell_text import period_shown, wording_shown
from dtrack.model.entities import Dataset
from dtrack.model.schema import Column as Declared
from dtrack.reporting.cells import exact_numbers
from dtrack.reporting.document import Column, Sheet

if TYPE_CHECKING:
    import pandas as pd

TIDY_DECIMALS = 4  # at least, of every number in the tidy sheets of the analyses
Columns = Mapping[str, Sequence[Any]]
Decimals = Mapping[str, Sequence[int]]


class Answer:
    """The result of an analysis: columns as `declared` in model/schema.py, by name.

    `name` is what its sheet for programs is called.
    """

    name: ClassVar[str]
    declared: ClassVar[tuple[Declared, ...]]

    def columns(self) -> Columns:
        """Values of every declared column, in their order."""
        raise NotImplementedError

    def decimals(self) -> Decimals:
        """Decimals of the number columns that may have more than TIDY_DECIMALS."""
        return {}

    def tidy(self) -> Sheet:
        """The sheet for programs: numbers with four decimals or, where published with more, those."""
        columns, decimals = self.columns(), self.decimals()
        return Sheet(
            self.name,
            tuple(_tidy(it, columns[it.name], decimals.get(it.name, ())) for it in self.declared),
        )

    def frame(self) -> pd.DataFrame:
        """The same columns as a DataFrame: numbers float64, counts Int64, text str."""
        import pandas as pd

        kinds, columns = {"number": "float64", "integer": "Int64"}, self.columns()
        return pd.DataFrame(
            {
                it.name: pd.Series(list(columns[it.name]), dtype=kinds.get(it.dtype, "object"))
                for it in self.declared
            }
        )


def _tidy(declared: Declared, values: Sequence[Any], decimals: Sequence[int]) -> Column:
    name = declared.name
    if declared.dtype != "number":
        return Column(name, name, values)
    digits = [max(TIDY_DECIMALS, of) for of in decimals] or [TIDY_DECIMALS] * len(values)
    return Column(name, name, half_up(np.array(values, float), np.array(digits)).tolist(), digits)


def number_column(
    key: str,
    heading: str,
    values: Floats,
    decimals: int | Ints,
    *,
    signed: bool = False,
    gives_way: int = 0,
) -> Column:
    """A column of computed numbers that people read, all at so many decimals or each at its own."""
    digits = np.full(len(values), decimals)
    return Column(
        key,
        heading,
        half_up(values, digits).tolist(),
        digits.tolist(),
        signed=signed,
        right=True,
        gives_way=gives_way,
    )


def published_column(
    key: str, heading: str, texts: Sequence[str], values: Floats, gives_way: int = 0
) -> Column:
    """A column of figures as published, empty where their number is unknown.

    A workbook holds the number, to its last zero.
    """
    told = ["" if unknown else text for text, unknown in zip(texts, np.isnan(values), strict=True)]
    return Column(
        key,
        heading,
        wordings_shown(told),
        right=True,
        gives_way=gives_way,
        numbers=exact_numbers(told),
        order=values.tolist(),
    )


def decimals_of(number: float) -> int:
    """Decimals of a number that somebody entered: of 2.5 one, of 2.0 none."""
    return next(
        places
        for places in range(MAX_DECIMALS + 1)
        if places == MAX_DECIMALS or round(number, places) == number
    )


def shown_number(value: float, decimals: int) -> str:
    """One number for people; "" where it is unknown."""
    return numeral(fixed(value, decimals))


def exact_enough(
    share: float, of: Callable[[float], float], digits: int, least: int = TIDY_DECIMALS
) -> int:
    """The fewest decimals of a share at which what is computed of it is, at its own digits, what the share itself makes."""
    told = fixed(of(share), digits)
    return next(
        (
            places
            for places in range(least, 12)
            if fixed(of(float(fixed(share, places))), digits) == told
        ),
        12,
    )


def between(low: Floats, high: Floats, decimals: Ints) -> list[str]:
    """Bands as `5.31 to 5.40`, each at its own decimals, "" where unknown."""
    ends = zip(
        *(map(shown_number, of.tolist(), decimals.tolist()) for of in (low, high)), strict=True
    )
    return [
        _("{low} to {high}", low=least, high=most) if least and most else "" for least, most in ends
    ]


def title_of(dataset: Dataset) -> str:
    """The workspace's title in the language spoken."""
    return named(dataset.titles, "dtrack")


def names_in_a_row(names: Sequence[str]) -> str:
    """Names one after another, without an “and” before the last.

    >>> names_in_a_row(["A", "B", "C"])
    'A, B, C'
    """
    return _("{names}, {name}", names="", name="").join(names)


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
    return [
        names[code]
        for code in np.where(rows == NONE, -1, table[column].cat.codes.to_numpy()[rows]).tolist()
    ]
