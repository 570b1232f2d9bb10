"""Figures and targets → one sheet of SDMX-CSV 2.0, for other programs.

The mapping is told in docs/sdmx.md.

The rows have the columns of schema.EXCHANGE; what was left out is told in a sentence. Nothing is
computed: a row is a figure or a target as it stands in the workspace.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dtrack.analysis.question import Query
from dtrack.analysis.selection import TargetIndex, VintageIndex, known_on, known_rows
from dtrack.core.arrays import Flags, Ints, codes
from dtrack.core.period import Period
from dtrack.core.translate import ngettext, to_programs
from dtrack.core.wording import Wording
from dtrack.model.dataset import Dataset
from dtrack.model.entities import Area
from dtrack.model.schema import EXCHANGE, names
from dtrack.reporting.document import Column, Sheet
from dtrack.reporting.targets import in_force

NEWEST = ("DTRACK:FIGURES(1.0.0)", "DTRACK:TARGETS(1.0.0)")
# VINTAGE is a dimension of these two
EDITIONS = ("DTRACK:FIGURE_EDITIONS(1.0.0)", "DTRACK:TARGET_EDITIONS(1.0.0)")
OTHER = "_O"  # SDMX's code for what a list does not name
NO_DAY = "_U"  # unspecified: a dimension is never empty
FREQUENCIES = {12: "A", 6: "S", 3: "Q", 1: "M"}  # months → CL_FREQ
# CL_OBS_STATUS
STATUS_CODES = {
    "expected": "F",
    "flash": "P",
    "final": "A",
    "revised": "A",
    "missing": "O",
    "illustrative": "",
}
_OF_WORDING: dict[str, str] = {
    Wording.UNDISCLOSED: "Q",
    Wording.RELATIVE: "M",
    Wording.ASSIGNED: "O",
}
_BESIDE = (
    *("stated verdict: ", "over the years: "),
    *("aim: ", "assigned by: ", "class: ", "both ends count: "),
)
# what CL_OBS_STATUS cannot say
_SAID = {"revised": "revised", "illustrative": "illustrative: made up, no published figure"}


@dataclass(frozen=True, slots=True)
class Scope:
    """What of a workspace is exported.

    Empty collections mean all; `editions`: every edition, not the newest alone.
    """

    areas: Collection[int] = ()
    indicators: Collection[int] = ()
    editions: bool = False


def sheet_of(dataset: Dataset, question: Query, scope: Scope) -> tuple[Sheet, tuple[str, ...]]:
    """The sheet, and sentences that tell what is not in it.

    Of every figure on its indicator's own basis the newest edition known by the as-of day, of every
    target the entry in force; with a period, the figures of months within it and the targets that
    would judge it.
    """
    flows = EDITIONS if scope.editions else NEWEST
    rows, aside = _figures(dataset, question, scope)
    with to_programs():  # what programs read is of one language
        parts = [
            _part(dataset, dataset.actuals, rows, flows[0], scope),
            _part(dataset, dataset.targets, _targets(dataset, question, scope), flows[1], scope),
        ]
    joined = {name: [value for part in parts for value in part[name]] for name in names(EXCHANGE)}
    digits = [digits for part in parts for digits in part["digits"]]
    columns = tuple(
        Column(name, name, joined[name], digits if name == "OBS_VALUE" else None) for name in joined
    )
    left_out = ngettext(
        "not exported: {count} figure on another price basis or of another scope than "
        "the indicator's own",
        "not exported: {count} figures on another price basis or of another scope than "
        "the indicator's own",
        aside,
    )
    return Sheet("exchange", columns), (left_out,) * bool(aside)


def sdmx_period(period: Period) -> tuple[str, str]:
    """Frequency and TIME_PERIOD: S and 2024-S1; a span that SDMX has no name for is a time range.

    >>> sdmx_period(Period.parse("H1-2024")), sdmx_period(Period.parse("2024-01..2024-05"))
    (('S', '2024-S1'), ('_O', '2024-01-01/P5M'))
    """
    year, month = divmod(period.start, 12)
    if period.months not in FREQUENCIES or month % period.months:
        length = f"{period.months // 12}Y" if period.months % 12 == 0 else f"{period.months}M"
        # a year or half that does not begin in January has no name of its own, and a frequency
        named = FREQUENCIES[period.months] if period.is_year or period.number else OTHER
        return named, f"{year}-{month + 1:02d}-01/P{length}"
    number = month // period.months + 1
    shown = {
        12: f"{year}",
        6: f"{year}-S{number}",
        3: f"{year}-Q{number}",
        1: f"{year}-{number:02d}",
    }
    return FREQUENCIES[period.months], shown[period.months]


def area_codes(areas: Sequence[Area]) -> list[str]:
    """Code of each area; its id where it has none, or where that would name another area too."""
    taken = Counter(
        [*(area.code for area in areas), *(area.id for area in areas if area.id != area.code)]
    )
    return [area.code if area.code and taken[area.code] == 1 else area.id for area in areas]


def _figures(dataset: Dataset, question: Query, scope: Scope) -> tuple[Ints, int]:
    """Rows of the actuals in the order of the export, and how many stand on another basis."""
    frame, asked = dataset.actuals, question.period
    own = frame["on_reference_basis"].to_numpy(dtype=bool)
    wanted = (
        known_rows(dataset, question.as_of)
        & ~frame["excluded"].to_numpy(dtype=bool)
        & _wanted(frame, scope)
    )
    if asked is not None:
        within = dataset.which_periods(lambda p: asked.start <= p.start and p.end <= asked.end)
        wanted &= within[codes(frame, "period")]
    rows = np.flatnonzero(wanted & own)
    rows = (
        _each_day_once(dataset, rows)
        if scope.editions
        else np.sort(VintageIndex(dataset, rows).rows)
    )
    return _ordered(dataset, frame, rows, "published_day"), int((wanted & ~own).sum())


def _each_day_once(dataset: Dataset, rows: Ints) -> Ints:
    """The editions of every figure, of one day the last, as `selection.in_order_of_day` has it."""
    edition = ["indicator", "area", "period", "published_day"]
    last: Ints = rows[~dataset.actuals[edition].iloc[rows].duplicated(keep="last").to_numpy()]
    return last


def _targets(dataset: Dataset, question: Query, scope: Scope) -> Ints:
    """Rows of the targets in the order of the export."""
    frame = dataset.targets
    known = TargetIndex(dataset, question.as_of, spread=question.period is not None)
    rows, _ = in_force(dataset, question, known)
    if scope.editions:
        keys = [codes(frame, name) for name in ("area", "indicator", "period")]
        cell = (keys[0] * len(dataset.indicators) + keys[1]) * len(dataset.periods) + keys[2]
        rows = np.flatnonzero(
            known_on(frame["set_day"].to_numpy(), question.as_of) & np.isin(cell, cell[rows])
        )
    keep = _wanted(frame, scope) & ~frame["excluded"].to_numpy(dtype=bool)
    return _ordered(dataset, frame, rows[keep[rows]] if len(known.keys) else rows, "set_day")


def _wanted(frame: Any, scope: Scope) -> Flags:
    """Rows of the areas and indicators asked for."""
    keep: Flags = np.ones(len(frame), bool)
    for column, chosen in (("area", scope.areas), ("indicator", scope.indicators)):
        keep &= np.isin(codes(frame, column), list(chosen)) if chosen else True
    return keep


def _ordered(dataset: Dataset, frame: Any, rows: Ints, day: str) -> Ints:
    """Order rows by indicator and area as in their files, then by time, then by edition."""
    period, area, indicator = (codes(frame, name)[rows] for name in ("period", "area", "indicator"))
    starts, ends = dataset.period_starts[period], dataset.period_ends[period]
    days = frame[day].to_numpy()[rows].astype(np.int64)
    ordered: Ints = rows[np.lexsort((rows, days, starts, ends, area, indicator))]
    return ordered


def _part(
    dataset: Dataset, frame: Any, rows: Ints, flow: str, scope: Scope
) -> dict[str, list[Any]]:
    """The columns of one dataflow, and under `digits` the decimals of its values."""
    table, count, is_target = frame.iloc[rows], len(rows), "set" in frame
    text = {
        name: table[name].astype(str).tolist()
        for name in ("value", "wording", "source", "set" if is_target else "published")
    }
    number, digits = table["number"].tolist(), table["decimals"].clip(lower=0).astype(int).tolist()
    vintage = text["set" if is_target else "published"]
    status, comment = (
        _said_of_targets(table, text["wording"]) if is_target else _said_of_figures(table)
    )
    return {
        "STRUCTURE": ["dataflow"] * count,
        "STRUCTURE_ID": [flow] * count,
        "ACTION": ["A" if scope.editions else "I"] * count,
        **_key(dataset, table),
        "OBS_VALUE": number,
        "OBS_STATUS": status,
        "CONF_STATUS": ["F"] * count,
        **_unit(dataset, table),
        "DECIMALS": [None if n != n else d for n, d in zip(number, digits, strict=True)],
        "VINTAGE": [day or NO_DAY for day in vintage] if scope.editions else vintage,
        "OBS_COMMENT": _wordings(number, digits, text["value"], text["wording"]),
        "COMMENT": comment,
        "SOURCE": [
            dataset.sources[name].cited if name in dataset.sources else name
            for name in text["source"]
        ],
        "SOURCE_ID": text["source"],
        "digits": digits,
    }


def _key(dataset: Dataset, table: Any) -> dict[str, list[str]]:
    """The four dimensions of every row."""
    spans, areas = [sdmx_period(period) for period in dataset.periods], area_codes(dataset.areas)
    period = codes(table, "period").tolist()
    return {
        "FREQ": [spans[p][0] for p in period],
        "REF_AREA": [areas[a] for a in codes(table, "area").tolist()],
        "INDICATOR": table["indicator"].astype(str).tolist(),
        "TIME_PERIOD": [spans[p][1] for p in period],
    }


def _unit(dataset: Dataset, table: Any) -> dict[str, list[Any]]:
    """The unit without its scale, and the scale as a power of ten."""
    items = [dataset.indicators[i] for i in codes(table, "indicator").tolist()]
    return {
        "UNIT_MEASURE": ["PT" if item.in_percent else item.base_unit for item in items],
        "UNIT_MULT": [0 if item.in_percent else item.scale for item in items],
    }


def _said_of_figures(table: Any) -> tuple[list[str], list[str]]:
    """OBS_STATUS, and what it cannot say before the note."""
    status, note = table["status"].astype(str).tolist(), table["note"].astype(str).tolist()
    told = [
        "; ".join(filter(None, (_SAID.get(word, ""), text)))
        for word, text in zip(status, note, strict=True)
    ]
    return [STATUS_CODES[word] for word in status], told


def _said_of_targets(table: Any, wording: list[str]) -> tuple[list[str], list[str]]:
    """OBS_STATUS, Q (suppressed) for a number that is not public, M where there cannot be one.

    O (missing) for one that is assigned and not here. And the verdict that the source states, what
    a target of several years is of, and what stands beside it.
    """
    columns = (table[name].astype(str) for name in ("stated", "over", "aim", "by", "class"))
    told = [
        "; ".join(message + word for message, word in zip(_BESIDE, words, strict=True) if word)
        for words in zip(*columns, ["yes" if both else "" for both in table["both"]], strict=True)
    ]
    return [_OF_WORDING.get(word, "A") for word in wording], told


def _wordings(
    number: list[float], digits: list[int], value: list[str], wording: list[str]
) -> list[str]:
    """The text as published, where it says more than OBS_VALUE does."""
    shown = Column("", "", number, digits).for_programs()
    return [
        "" if word == Wording.MISSING or said == text else said
        for said, text, word in zip(value, shown, wording, strict=True)
    ]
