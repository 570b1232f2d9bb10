"""`data/actuals/*.csv` → the frame of actuals, one row a figure, and every fault found on the way.

A row that cannot be placed is a finding only; one that can be placed and not read stays in the
frame as `excluded`, so that its cell is told as undetermined and never as silent.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any, TypeVar

import numpy as np

from dtrack.core.arrays import Flags, Ints, worded
from dtrack.core.days import parse_day
from dtrack.core.findings import Finding, row_findings
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import (
    LONGEST_NAME,
    Nearest,
    area_index,
    indicator_index,
    keys_of,
    spelling,
    spellings,
)
from dtrack.core.period import Period
from dtrack.core.places import ACTUALS_FOLDER
from dtrack.core.translate import N_
from dtrack.core.vocabulary import PUBLISHED, ObsStatus
from dtrack.core.wording import WORDINGS, Wording
from dtrack.i18n.terms import basis_in_words
from dtrack.model.entities import Area, Indicator, Source
from dtrack.model.integrity import of_no_unit
from dtrack.model.schema import ACTUALS, ACTUALS_FILE, ACTUALS_FILE_OPTIONAL, UNREADABLE_DAY, names
from dtrack.storage.columns import category, figure_columns, read_figures
from dtrack.storage.csv_reader import TextTable, read_tables
from dtrack.storage.paths import Files, is_figures, is_left_behind
from dtrack.storage.period_column import no_period, read_periods
from dtrack.storage.torn import with_cells

if TYPE_CHECKING:
    import pandas as pd

_NO_AREA = N_("unknown area “{name}”. {near}")
_NO_INDICATOR = N_("unknown indicator “{name}”. {near}")
_T = TypeVar("_T")
_NO_FIGURE = frozenset(["", "-", "—", "–", "…", "...", "n/a"])
_OPTIONAL = ("note", *ACTUALS_FILE_OPTIONAL)
_EACH = ("origin",)  # rows hardly say the same
_REQUIRED = tuple(name for name in ACTUALS_FILE if name not in _OPTIONAL)


def read_actuals(
    files: Files,
    areas: tuple[Area, ...],
    indicators: tuple[Indicator, ...],
    sources: dict[str, Source],
    other_periods: Iterable[Period] = (),
) -> tuple[pd.DataFrame, tuple[Period, ...], list[Finding]]:
    """Read all figures of the workspace.

    `other_periods` (those of the targets) join the periods returned, which are sorted and are
    the categories of the column `period`. Without areas or indicators (their own file was
    refused) no name is called unknown.
    """
    entries = [PurePosixPath(name) for name in files.listed(ACTUALS_FOLDER)]
    others = [path for path in entries if not is_figures(path) and not is_left_behind(path)]
    paths = [str(path) for path in entries if is_figures(path)]
    table, faults = read_tables(files, paths, _REQUIRED, _OPTIONAL, _EACH)
    findings = with_cells(faults, files, areas, indicators) if faults else []
    findings += [
        Finding("file-ignored", str(path), None, "", _("{file} is not read", file=path.name))
        for path in others
    ]
    if not paths:
        sentence = _("{folder} contains no CSV file", folder=ACTUALS_FOLDER)
        findings.append(Finding("file-missing", ACTUALS_FOLDER, None, "", sentence))
    reader = _Rows(table, areas, indicators, sources)
    reader.place(other_periods)
    return reader.frame(), reader.periods, findings + reader.findings


class _Rows:
    """The table on its way to a frame: place each row, read its figure, note what is wrong."""

    def __init__(
        self,
        table: TextTable,
        areas: tuple[Area, ...],
        indicators: tuple[Indicator, ...],
        sources: dict[str, Source],
    ) -> None:
        self.areas, self.indicators, self.sources = areas, indicators, sources
        self.table = table
        self.columns = table.columns
        self.findings: list[Finding] = []
        self.periods: tuple[Period, ...] = ()
        self.area = self.indicator = self.period = np.zeros(0, np.int64)

    # -- where each row belongs --------------------------------------------------------------------
    def place(self, other_periods: Iterable[Period]) -> None:
        """Find area, indicator and period of each row, and keep the rows that have all three."""
        texts = self.columns["period"]
        parsed, slot = read_periods(texts.texts, texts.codes, self.table.file)
        self.periods = tuple(sorted({*(p for p in parsed if p is not None), *other_periods}))
        number = {period: position for position, period in enumerate(self.periods)}
        of_slot = [number[p] if p is not None else -1 for p in parsed]
        self.period = np.array(of_slot or [-1], np.int64)[slot]
        self.area = self.positions("area", area_index(self.areas))
        self.indicator = self.positions("indicator", indicator_index(self.indicators))
        if areas := self.areas:
            near = Nearest(lambda: {area.id: tuple(spellings(area)) for area in areas})
            self.unknown("unknown-area", "area", self.area, _none_of(near, _NO_AREA))
        if items := self.indicators:
            near = Nearest(lambda: {item.id: keys_of(item) for item in items})
            told = _none_of(near, _NO_INDICATOR)
            self.unknown("unknown-indicator", "indicator", self.indicator, told)
        self.unknown("bad-period", "period", self.period, no_period)
        placed = (self.area >= 0) & (self.indicator >= 0) & (self.period >= 0)
        if not placed.all():
            self.table = self.table.keep(placed)
            self.columns = self.table.columns
            self.area, self.indicator, self.period = (
                at[placed] for at in (self.area, self.indicator, self.period)
            )

    def positions(self, name: str, index: dict[str, int]) -> Ints:
        column = self.columns[name]
        return column.mapped([index.get(spelling(text), -1) for text in column.texts])

    # -- findings ----------------------------------------------------------------------------------
    def text(self, name: str, row: int) -> str:
        return self.columns[name].text(row)

    def finding(self, code: str, row: int, column: str, sentence: Message) -> Finding:
        """A finding at a row, with the names of its cell as far as they are known."""
        area = self.areas[self.area[row]].id if self.area[row] >= 0 else ""
        indicator = self.indicators[self.indicator[row]].id if self.indicator[row] >= 0 else ""
        period = str(self.periods[self.period[row]]) if self.period[row] >= 0 else ""
        file, line = self.table.place(row)
        day = _try(parse_day, self.text("published", row)) or 0
        value, origin = self.text("value", row), self.text("origin", row)
        return Finding(
            code, file, line, column, sentence, area, indicator, period, day, value, origin
        )

    def unknown(
        self, code: str, column: str, positions: Ints, sentence: Callable[[str], Message]
    ) -> None:
        told: dict[str, Message] = {}

        def make(row: int) -> Finding:
            text = self.text(column, row)
            if text not in told:
                told[text] = sentence(text) if text else _("{column} is blank", column=column)
            return self.finding(code, row, column, told[text])

        self.findings += row_findings(np.flatnonzero(positions < 0), make)

    def tell(
        self, code: str, column: str, rows: Flags, told: Message | Callable[[int], Message]
    ) -> None:
        if rows.any():
            sentence = told if callable(told) else lambda _row: told
            make = lambda row: self.finding(code, row, column, sentence(row))
            self.findings += row_findings(np.flatnonzero(rows), make)

    # -- the figures -------------------------------------------------------------------------------
    def frame(self) -> pd.DataFrame:
        """The placed rows with the columns of schema.ACTUALS."""
        import pandas as pd

        days, bad_day = self.days()
        figures, bad_value = self.figures()
        own = self.on_reference_basis()
        bad_status = self.columns["status"].where(lambda text: text not in PUBLISHED)
        no_status = lambda row: _("invalid status “{text}”", text=self.text("status", row)[:40])
        self.tell("bad-status", "status", bad_status, no_status)
        self.sources_told()
        data: dict[str, Any] = {
            name: category(column.codes, column.texts)
            for name, column in self.columns.items()
            if name not in _EACH
        }
        data |= {name: self.columns[name].objects() for name in _EACH}
        data["area"] = category(self.area, [area.id for area in self.areas])
        data["indicator"] = category(self.indicator, [item.id for item in self.indicators])
        data["period"] = category(self.period, [str(period) for period in self.periods])
        excluded = bad_day | bad_value | bad_status
        figures["number"][excluded] = figures["upper"][excluded] = np.nan
        data |= figures | {"published_day": days, "on_reference_basis": own, "excluded": excluded}
        data |= {"file": category(self.table.file, self.table.files), "line": self.table.line}
        return pd.DataFrame({name: data[name] for name in names(ACTUALS)}, copy=False)

    def days(self) -> tuple[Ints, Flags]:
        column = self.columns["published"]
        parsed = [_try(parse_day, text) for text in column.texts]
        days = column.mapped([-1 if day is None else day for day in parsed])
        no_date = lambda row: _(
            "“{text}” is not a valid date", text=self.text("published", row)[:40]
        )
        self.tell("bad-date", "published", days < 0, no_date)
        self.tell("no-date", "published", days == 0, _("this figure has no publication date"))
        return np.where(days < 0, UNREADABLE_DAY, days), days < 0

    def figures(self) -> tuple[dict[str, Any], Flags]:
        column = self.columns["value"]
        texts = read_figures(column.texts)
        scales = [indicator.scale for indicator in self.indicators]
        percents = [indicator.in_percent for indicator in self.indicators]
        columns, misfit = figure_columns(texts, column.codes, self.indicator, scales, percents)
        missing = self.columns["status"].where(lambda text: text == ObsStatus.MISSING)
        blank = column.where(_NO_FIGURE.__contains__)
        unread = np.isin(column.codes, list(texts.reasons))
        unread |= worded(columns["wording"], lambda m: m.of_targets)
        wrong = (unread & ~(missing & blank)) | (missing & ~blank)

        def why(row: int) -> Message:
            return _why_no_figure(
                self.text("value", row),
                bool(missing[row]),
                texts.reasons.get(int(column.codes[row])),
            )

        def which_unit(row: int) -> Message:
            return of_no_unit(self.text("value", row), self.indicators[self.indicator[row]].unit)

        self.tell("not-a-number", "value", wrong, why)
        self.tell("wrong-unit", "value", misfit, which_unit)
        wording = columns["wording"]
        wording[missing & blank] = Wording.MISSING.code
        columns["number"][wrong] = columns["upper"][wrong] = np.nan
        columns["wording"] = category(wording, WORDINGS)
        return columns, wrong | misfit

    def on_reference_basis(self) -> Flags:
        prices = self.columns["prices"]
        fits = [[text in ("", item.prices) for item in self.indicators] for text in prices.texts]
        of_prices = np.array(fits or [[True]], bool)[prices.codes, self.indicator]
        of_all = ~self.columns["scope"].where(bool)

        def sentence(row: int) -> Message:
            return _(
                "{basis}: shown, not assessed",
                basis=deferred(basis_in_words, self.text("prices", row), self.text("scope", row)),
            )

        self.tell("other-basis", "prices", ~of_prices, sentence)
        self.tell("other-basis", "scope", of_prices & ~of_all, sentence)
        return of_prices & of_all

    def sources_told(self) -> None:
        source = self.columns["source"]
        blank = source.where(lambda text: not text)
        self.tell("no-source", "source", blank, _("this figure has no source"))
        if self.sources:
            stray = source.where(lambda text: bool(text) and text not in self.sources)
            not_listed = lambda row: _(
                "“{source}” is not in data/sources.csv",
                source=self.text("source", row)[:LONGEST_NAME],
            )
            self.tell("unknown-source", "source", stray, not_listed)


def _none_of(near: Nearest, sentence: str) -> Callable[[str], Message]:
    """What is said of a text that names none: which of two it means, or which ones are near."""
    return lambda text: (
        near.question(text) or _(sentence, name=text[:LONGEST_NAME], near=near.of(text))
    )


def _why_no_figure(text: str, missing: bool, reason: Message | None) -> Message:
    if missing:
        return _("the status is missing, but the value is “{text}”", text=text[:40])
    if not text:
        return _(
            "the value is blank; for a figure that was not reported, set the status to "
            "missing or omit the row"
        )
    none = (
        _("this wording is for targets only")
        if re.search("[0-9]", text)
        else _("no number in the text")
    )
    return _("“{text}” is not a valid figure: {reason}", text=text[:40], reason=reason or none)


def _try(read: Callable[[str], _T], text: str) -> _T | None:
    try:
        return read(text)
    except ValueError:
        return None
