"""Columns of answers, for programs and people; titles, numbers, periods and names."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, ClassVar, NamedTuple

import numpy as np

from dtrack.analysis.comparison import fixed, half_up
from dtrack.core.arrays import Flags, Floats, Ints
from dtrack.core.figure import MAX_DECIMALS
from dtrack.core.relation import relation_of
from dtrack.core.translate import _, named, numeral
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Area, Indicator
from dtrack.model.schema import FrameColumn as Declared
from dtrack.reporting.document import Column, Sheet

if TYPE_CHECKING:
    import pandas as pd

# grouped, as people read it in English, or as published
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,14}|[1-9][0-9]{0,2}(?:,[0-9]{3}){1,4})(?:\.[0-9]{1,14})?")
TIDY_DECIMALS = 4  # at least, of every number in the tidy sheets of the analyses


class Field(NamedTuple):
    """One column of a result, for programs and for people.

    `values`: exact, with `decimals` where more than TIDY_DECIMALS may be published. People read it
    under `heading` (never, where that is None): as `shown` words the values, or as the `figures`
    published. `look`: how it stands for people, as of a document's Column.
    """

    name: str
    values: Sequence[Any]
    heading: str | None = None
    decimals: Sequence[int] | None = None
    shown: Callable[[Sequence[Any]], Sequence[Any]] | None = None
    figures: Sequence[str] | None = None
    look: Mapping[str, Any] = MappingProxyType({})

    def for_programs(self, dtype: str) -> Column:
        """The column of the tidy sheet."""
        if dtype != "number":
            return Column(self.name, self.name, self.values)
        digits = [max(TIDY_DECIMALS, of) for of in self.decimals or [0] * len(self.values)]
        exact = half_up(np.array(self.values, float), np.array(digits)).tolist()
        return Column(self.name, self.name, exact, digits)

    def for_people(self) -> Column:
        """The column of a document."""
        if self.figures is not None:
            texts, numbers = wordings_shown(self.figures), exact_numbers(self.figures)
            look = {"right": True, "numbers": numbers, **self.look}
            return Column(self.name, self.heading or "", texts, **look)
        values = self.values if self.shown is None else self.shown(self.values)
        decimals = None if self.shown else self.decimals
        look = {"signed": decimals is not None, "right": decimals is not None, **self.look}
        return Column(self.name, self.heading or "", values, decimals, **look)


class Answer(ABC):
    """The result of an analysis: its `declared` columns, each a Field.

    `name` is what its sheet for programs is called.
    """

    name: ClassVar[str]
    declared: ClassVar[tuple[Declared, ...]]

    @abstractmethod
    def fields(self) -> Sequence[Field]:
        """Every declared column, in whatever order people read them."""

    def tidy(self) -> Sheet:
        """The sheet for programs: numbers with four decimals, or with more where published."""
        by_name = {one.name: one for one in self.fields()}
        return Sheet(
            self.name, tuple(by_name[it.name].for_programs(it.dtype) for it in self.declared)
        )

    def frame(self) -> pd.DataFrame:
        """The same columns as a DataFrame: numbers float64, counts Int64, text str."""
        import pandas as pd

        kinds = {"number": "float64", "integer": "Int64"}
        values = {one.name: list(one.values) for one in self.fields()}
        return pd.DataFrame(
            {
                it.name: pd.Series(values[it.name], dtype=kinds.get(it.dtype, "object"))
                for it in self.declared
            }
        )

    def columns_for_people(self) -> tuple[Column, ...]:
        """The columns that have a heading."""
        return tuple(one.for_people() for one in self.fields() if one.heading is not None)


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
    key: str,
    heading: str,
    texts: Sequence[str],
    values: Floats,
    gives_way: int = 0,
    shown: Callable[[str], str] = wording_shown,
) -> Column:
    """Figures as published, empty where their number is unknown; workbooks hold numbers."""
    told = [
        "" if unknown and relation_of(text) is None else text
        for text, unknown in zip(texts, np.isnan(values), strict=True)
    ]
    return Column(
        key,
        heading,
        each(shown, told),
        right=True,
        gives_way=gives_way,
        numbers=exact_numbers(told),
        order=values.tolist(),
    )


def entered_decimals(number: float) -> int:
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
    """The fewest decimals of a share from which `of` still gives the same at its `digits`."""
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


def each(word: Callable[[str], str], texts: Sequence[str]) -> list[str]:
    """Every text in other words; each distinct text is worded once."""
    words = {text: word(text) for text in set(texts)}
    return [words[text] for text in texts]


def periods_shown(periods: Sequence[str]) -> list[str]:
    """Periods of a column as tables show them; "" stays empty."""
    return each(lambda period: period and period_shown(period), periods)


def wordings_shown(texts: Sequence[str]) -> list[str]:
    """Figures of a column as published, their wordings in the language spoken."""
    return each(wording_shown, texts)


def exact_numbers(texts: Sequence[str]) -> list[float | None]:
    """The number that a text is and nothing else: 5.0 of "5.0", None of "around 5", ">10"."""
    return [float(text.replace(",", "")) if _PLAIN.fullmatch(text) else None for text in texts]


def naming(entities: Iterable[Area | Indicator]) -> Callable[[Sequence[str]], list[str]]:
    """A function from ids of areas or indicators to the short names that people read."""
    names = {one.id: one.short for one in entities}
    return lambda ids: [names[one] for one in ids]


def chosen(
    area: Ints, indicator: Ints, areas: Collection[int], indicators: Collection[int]
) -> Flags:
    """Which rows are of the areas and indicators asked for; none named means all."""
    keep = np.ones(len(area), bool)
    for positions, wanted in ((area, areas), (indicator, indicators)):
        keep &= np.isin(positions, list(wanted)) if wanted else True
    return keep
