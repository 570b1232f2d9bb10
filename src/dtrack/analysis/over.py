"""What targets over several years are numbers of: sum, change, average, each year, or the last."""

from __future__ import annotations

import numpy as np

from dtrack.core.arrays import Ints, codes
from dtrack.core.period import Period
from dtrack.core.vocabulary import Over
from dtrack.core.years import YEAR
from dtrack.model.dataset import Dataset

OVERS = tuple(Over)  # by code


def is_span(period: Period) -> bool:
    """True for two or more whole years."""
    return period.is_years and not period.is_year


def years_of(period: Period) -> list[Period]:
    """The years of a period of whole years, in their order; of any other none."""
    count = period.months // YEAR if period.is_years else 0
    return [period.whole_year.shift(YEAR * n) for n in range(count)]


def overs(dataset: Dataset) -> Ints:
    """Of each row of the targets the code of its Over.

    Its own word, else that of the indicator's kind; NONE where it is not of several years.
    """
    frame = dataset.targets
    if not len(frame):
        return np.zeros(0, np.int64)
    words = [Over(word).code for word in frame["over"].cat.categories]
    written = np.array(words, np.int64)[codes(frame, "over")]
    usual = np.array([Over.of(item.kind).code for item in dataset.indicators], np.int64)
    of_years = dataset.which_periods(is_span)[codes(frame, "period")]
    found = np.where(written > 0, written, usual[codes(frame, "indicator")])
    return np.where(of_years, found, Over.NONE.code)
