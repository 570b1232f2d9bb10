"""Is a column per cents, fractions or an index? In come the figures of a return, out go the questions that a map must answer.

`plausible` asks about one figure among others; here a whole column is looked at, since 0.08, 0.07
and 0.06 are as usual
beside one another as 8, 7 and 6. What has a per cent sign, or a form in the map, is answered.
Nothing is guessed.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np

from dtrack.core import translate
from dtrack.core.arrays import code_of, codes
from dtrack.core.findings import Finding
from dtrack.core.message import Deferred, Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.vocabulary import Kind
from dtrack.i18n.formatting import wording_shown
from dtrack.importing.extracted import ExtractedFigures
from dtrack.model.entities import Dataset, Indicator
from dtrack.storage.columns import PLAIN_NUMBER, read_figures

_INDEX = 80.0  # a growth from here on may be an index, last year = 100


def asked(dataset: Dataset, arrived: ExtractedFigures) -> Iterator[Finding]:
    """A finding for each indicator whose unanswered figures all look like fractions, or all like an index."""
    percents = {item.id: item for item in dataset.indicators if item.in_percent}
    rows_of: dict[str, list[int]] = {}
    asking = percents.keys() & set(arrived.indicator)  # indicators without a figure that is neither
    for row, (name, answered, value) in enumerate(
        zip(arrived.indicator, arrived.answered, arrived.value, strict=True)
    ):
        if not asking:
            break
        if name not in asking or answered:
            continue
        if PLAIN_NUMBER.fullmatch(value) and 1 <= abs(float(value)) < _INDEX:
            asking.remove(name)
            rows_of.pop(name, None)
        else:
            rows_of.setdefault(name, []).append(row)
    for name, rows in rows_of.items():
        item = percents[name]
        numbers = read_figures(list({arrived.value[row]: None for row in rows})).number
        told = numbers[~np.isnan(numbers) & (numbers != 0)]
        if len(rows) > 1 and len(told) and (np.abs(told) < 1).all() and _usual(dataset, item) >= 1:
            sentence = _(
                "{indicator}: {values} are all below 1: fractions, or per cents that small? "
                "The map says form = percent, fraction or index",
                indicator=item.id,
                values=_first_values(arrived, rows),
            )
            yield _finding("fraction-for-percent", arrived, rows[0], sentence)
        if (
            len(rows) > 1
            and len(told)
            and item.kind == Kind.GROWTH
            and (told >= _INDEX).all()
            and _usual(dataset, item) < _INDEX
        ):
            sentence = _(
                "{indicator}: {values} are all around 100: an index with last year = 100? "
                "The map says form = percent, fraction or index",
                indicator=item.id,
                values=_first_values(arrived, rows),
            )
            yield _finding("index-for-growth", arrived, rows[0], sentence)


def _usual(dataset: Dataset, item: Indicator) -> float:
    """The middle of the sizes of the indicator's figures on file.

    1 where there is none, so that the question is asked.
    """
    mine = codes(dataset.actuals, "indicator") == code_of(dataset.actuals, "indicator", item.id)
    sizes = np.abs(dataset.actuals["number"].to_numpy()[mine])
    sizes = sizes[~np.isnan(sizes)]
    return float(np.median(sizes)) if len(sizes) else 1.0


def _values(values: tuple[str, ...], more: bool) -> str:
    """The first of the figures."""
    between = translate._("{numbers}, {number}", numbers="", number="")
    return between.join(map(wording_shown, values)) + (" …" if more else "")


def _first_values(arrived: ExtractedFigures, rows: list[int]) -> Deferred:
    return deferred(_values, tuple(arrived.value[row] for row in rows[:4]), len(rows) > 4)


def _finding(code: str, arrived: ExtractedFigures, row: int, sentence: Message) -> Finding:
    cell = (arrived.area[row], arrived.indicator[row], arrived.period[row])
    return Finding(
        code,
        "",
        None,
        "",
        sentence,
        *cell,
        value=arrived.value[row],
        origin=arrived.origin[row],
        refused=True,
    )
