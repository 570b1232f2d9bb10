"""Is a column per cents, fractions or an index? The questions that a map must answer.

`check_plausibility` asks about one figure among others; here a whole column is looked at, since
0.08, 0.07 and 0.06 are as usual beside one another as 8, 7 and 6. What has a per cent sign, or a
form in the map, is answered. Nothing is guessed.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

import numpy as np

from dtrack.core import translate
from dtrack.core.arrays import code_of, codes
from dtrack.core.findings import Finding
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.vocabulary import Kind
from dtrack.i18n.formatting import wording_shown
from dtrack.importing.extract import ExtractedFigure, ExtractedFigures
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Indicator
from dtrack.storage.columns import PLAIN_NUMBER, read_figures

_INDEX = 80.0  # a growth from here on may be an index, last year = 100


def asked(dataset: Dataset, extracted: ExtractedFigures) -> Iterator[Finding]:
    """A finding for each indicator whose open figures all look like fractions, or like an index."""
    figures = extracted.figures
    percents = {item.id: item for item in dataset.indicators if item.in_percent}
    # indicators without a figure that is neither
    asking = percents.keys() & {figure.indicator for figure in figures}
    mine: dict[str, list[ExtractedFigure]] = defaultdict(list)
    for figure in figures if asking else ():
        if figure.indicator not in asking or figure.answered:
            continue
        if PLAIN_NUMBER.fullmatch(figure.value) and 1 <= abs(float(figure.value)) < _INDEX:
            asking.remove(figure.indicator)
        else:
            mine[figure.indicator].append(figure)
    for name, found in mine.items():
        item = percents[name]
        numbers = read_figures(list({figure.value: None for figure in found})).number
        told = numbers[~np.isnan(numbers) & (numbers != 0)]
        if name not in asking or len(found) < 2 or not len(told):
            continue
        shown = deferred(_values, tuple(one.value for one in found[:4]), len(found) > 4)
        usual = _usual(dataset, item)
        if (np.abs(told) < 1).all() and usual >= 1:
            sentence = _(
                "{indicator}: {values} are all below 1 and ambiguous: fractions or small "
                "percentages. Set form = percent, fraction or index in the map",
                indicator=item.id,
                values=shown,
            )
            yield form_finding("fraction-for-percent", found[0], sentence)
        if item.kind == Kind.GROWTH and (told >= _INDEX).all() and usual < _INDEX:
            sentence = _(
                "{indicator}: {values} are all around 100 and may be an index (previous "
                "year = 100). Set form = percent, fraction or index in the map",
                indicator=item.id,
                values=shown,
            )
            yield form_finding("index-for-growth", found[0], sentence)


def form_finding(code: str, figure: ExtractedFigure, sentence: Message) -> Finding:
    """The finding at a figure whose form nobody has told."""
    cell, value, origin = figure[:3], figure.value, figure.origin
    return Finding(code, "", None, "", sentence, *cell, value=value, origin=origin, refused=True)


def _usual(dataset: Dataset, item: Indicator) -> float:
    """Median size of the indicator's figures on file; 1 without any, so that it is asked."""
    mine = codes(dataset.actuals, "indicator") == code_of(dataset.actuals, "indicator", item.id)
    sizes = np.abs(dataset.actuals["number"].to_numpy()[mine])
    sizes = sizes[~np.isnan(sizes)]
    return float(np.median(sizes)) if len(sizes) else 1.0


def _values(values: tuple[str, ...], more: bool) -> str:
    """The first of the figures."""
    between = translate._("{numbers}, {number}", numbers="", number="")
    return between.join(map(wording_shown, values)) + (" …" if more else "")
