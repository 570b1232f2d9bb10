"""Derived figures as rows behind those of the actuals."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import TYPE_CHECKING, Any, NamedTuple, TypeVar

import numpy as np

from dtrack.analysis.comparison import plain_number
from dtrack.core.arrays import Ints, codes, ints
from dtrack.core.message import Message
from dtrack.core.period import Period
from dtrack.core.vocabulary import ObsStatus
from dtrack.core.wording import Wording
from dtrack.model.dataset import Dataset
from dtrack.model.derivation import Derivation
from dtrack.model.entities import Source
from dtrack.model.schema import ACTUALS, names
from dtrack.storage.columns import category

if TYPE_CHECKING:
    import pandas as pd

_D = TypeVar("_D", bound=Dataset)
Lacks = Mapping[tuple[int, int, Period], Message]


class Made(NamedTuple):
    """One derived figure: its cell, its number, the rows it was made of, and how that is told."""

    area: int
    indicator: int
    period: Period
    number: float
    decimals: int
    spread: float
    parts: tuple[int, ...]
    told: Message
    formula: str
    excluded: bool = False
    of_parts: bool = False


def with_rows(dataset: _D, made: list[Made], lacks: Lacks) -> _D:
    """The dataset with these figures behind its own, and why others could not be made."""
    if not made and not lacks:
        return dataset
    periods = tuple(sorted({*dataset.periods, *(one.period for one in made)}))
    position = {period: at for at, period in enumerate(periods)}
    moved = np.array([position[period] for period in dataset.periods] or [0], np.int64)
    sources = dict(dataset.sources)
    first = len(dataset.actuals)
    derived = dict(dataset.derived) | {
        first + n: Derivation(one.parts, one.spread, one.told, one.of_parts)
        for n, one in enumerate(made)
    }
    actuals, targets = dataset.actuals, dataset.targets
    if len(periods) > len(dataset.periods):
        targets = _renumbered(targets, moved, periods)
    if made:
        actuals = _longer(dataset, made, moved, periods, sources)
    return replace(
        dataset,
        periods=periods,
        targets=targets,
        actuals=actuals,
        sources=sources,
        derived=derived,
        lacks={**dataset.lacks, **lacks},
    )


def _renumbered(frame: pd.DataFrame, moved: Ints, periods: tuple[Period, ...]) -> pd.DataFrame:
    at = moved[codes(frame, "period")] if len(frame) else codes(frame, "period")
    return frame.assign(period=category(at, list(map(str, periods))))


def _longer(
    dataset: Dataset,
    made: list[Made],
    moved: Ints,
    periods: tuple[Period, ...],
    sources: dict[str, Source],
) -> pd.DataFrame:
    """The actuals with a row for each figure, published on the day of the part that came last."""
    import pandas as pd

    frame, day = dataset.actuals, ints(dataset.actuals, "published_day")
    position = {period: at for at, period in enumerate(periods)}
    last = frame.iloc[[max(one.parts, key=lambda row: (day[row], row)) for one in made]]
    source = frame["source"].to_numpy(dtype=object)
    file, line = frame["file"].to_numpy(dtype=object), ints(frame, "line")
    faulty = [_faulty(frame, one) for one in made]
    values: dict[str, list[Any]] = {
        "area": [one.area for one in made],
        "indicator": [one.indicator for one in made],
        "period": [position[one.period] for one in made],
        "value": [_value(one) for one in made],
        "number": [one.number for one in made],
        "upper": [one.number for one in made],
        "wording": [Wording.PLAIN.value] * len(made),
        "decimals": [one.decimals for one in made],
        "status": [ObsStatus.DERIVED.value] * len(made),
        "source": [_source_of(source[list(one.parts)].tolist(), sources) for one in made],
        "note": [""] * len(made),
        "prices": [""] * len(made),
        "scope": [""] * len(made),
        "origin": [one.formula for one in made],
        "on_reference_basis": [True] * len(made),
        "excluded": [one.excluded for one in made],
        "file": ["" if row is None else file[row] for row in faulty],
        "line": [0 if row is None else line[row] for row in faulty],
    }
    own = frame.assign(period=category(moved[codes(frame, "period")], list(map(str, periods))))
    columns = {name: _column(own[name], values.get(name), last[name]) for name in names(ACTUALS)}
    return pd.DataFrame(columns, copy=False)


def _column(own: Any, values: list[Any] | None, last: Any) -> Any:
    """A column with more values behind it: given ones, else those of the last parts."""
    if own.dtype != "category":
        more = last.to_numpy() if values is None else values
        return np.append(own.to_numpy(), np.array(more, dtype=own.to_numpy().dtype))
    if values is None:
        more = last.cat.codes.to_numpy()
    elif values and isinstance(values[0], int):
        more = values
    else:
        return _with_texts(own, values)
    at = np.append(own.cat.codes.to_numpy().astype(np.int64), more)
    return category(at, own.cat.categories.to_list())


def _with_texts(column: Any, texts: list[str]) -> Any:
    """A category column with texts behind its own."""
    known = {text: at for at, text in enumerate(column.cat.categories)}
    more = [known.setdefault(text, len(known)) for text in texts]
    return category(np.append(column.cat.codes.to_numpy().astype(np.int64), more), list(known))


def _faulty(frame: pd.DataFrame, one: Made) -> int | None:
    """Row of the part that is set aside."""
    if not one.excluded:
        return None
    aside = frame["excluded"].to_numpy(dtype=bool)
    return next((row for row in one.parts if aside[row]), None)


def _value(one: Made) -> str:
    return "" if one.number != one.number else plain_number(one.number, one.decimals)


def _source_of(ids: list[str], sources: dict[str, Source]) -> str:
    """The source of all parts; of several one that names them all."""
    found = list(dict.fromkeys(filter(None, ids)))
    name = "; ".join(found)
    if len(found) > 1 and name not in sources:
        known = [sources.get(one) or Source(one, one) for one in found]
        told = "; ".join(replace(source, copy=False).cited for source in known)
        sources[name] = Source(name, told, copy=any(source.copy for source in known))
    return name
