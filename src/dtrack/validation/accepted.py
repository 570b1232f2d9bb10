"""`data/accepted.toml`: findings that somebody has looked into and found right, each with a reason.

No finding is lost: it is open or accepted. An error cannot be accepted. An entry that accepts
nothing is a finding of its own, so that the list stays true.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING, Any

import numpy as np

from dtrack.core import translate
from dtrack.core.figure import plain_text
from dtrack.core.findings import Finding
from dtrack.core.message import lazy_enumerated, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import LONGEST_NAME, Nearest, WithNames, area_index, spelling
from dtrack.core.period import Period
from dtrack.core.places import ACCEPTED_FILE
from dtrack.core.rules import CATALOGUE
from dtrack.core.sanitize import harmless
from dtrack.core.severity import Severity
from dtrack.core.translate import N_
from dtrack.model.dataset import NO_AREA, NO_INDICATOR, Dataset
from dtrack.storage.csv_reader import read_text
from dtrack.storage.paths import Files
from dtrack.storage.toml_reader import TomlTable
from dtrack.storage.toml_text import read_toml

if TYPE_CHECKING:
    import pandas as pd

    from dtrack.core.arrays import Flags

# of a list in a notebook
_MOST_SHOWN = 20
NOTHING = "accepted-nothing"
_ANOTHER = N_("the figure of {cell} is now {now}; the exception was confirmed for {value}")
_KEYS = ("code", "area", "indicator", "period", "value", "reason", "by", "day")


@dataclass(frozen=True, slots=True)
class Acceptance:
    """One entry: the finding of this code and cell is right, and why.

    `value`: only while the figure is that; "" always.
    """

    code: str
    area: str
    indicator: str
    period: str
    value: str
    reason: str
    by: str
    day: str
    key: str

    @property
    def cell(self) -> tuple[str, str, str, str]:
        """What it is looked up by."""
        return self.code, self.area, self.indicator, self.period

    @property
    def told(self) -> str:
        """The reason, and who gave it when."""
        who = [part for part in (self.by, self.day) if part]
        return (
            translate._("{reason} ({who})", reason=self.reason, who=translate.joined(", ", who))
            if who
            else self.reason
        )


@dataclass(frozen=True, slots=True)
class Extent:
    """How much was checked; `sources`: None where only a part of the workspace was asked for."""

    figures: int = 0
    targets: int = 0
    sources: int | None = None

    @classmethod
    def of(
        cls,
        dataset: Dataset,
        areas: Sequence[int] = (),
        indicators: Sequence[int] = (),
        period: str = "",
    ) -> Extent:
        """Count published figures and targets of these areas, indicators and this period."""

        def rows(frame: pd.DataFrame) -> Flags:
            fits = np.ones(len(frame), bool)
            for name, wanted in (("area", areas), ("indicator", indicators)):
                if wanted:
                    fits &= np.isin(frame[name].cat.codes, wanted)
            return fits & (frame["period"] == period).to_numpy() if period else fits

        figures = rows(dataset.actuals)
        figures[list(dataset.derived)] = False
        whole = not (areas or indicators or period)
        sources = len(dataset.sources) if whole else None
        return cls(int(figures.sum()), int(rows(dataset.targets).sum()), sources)


@dataclass(frozen=True, slots=True)
class FindingsReview:
    """Findings that stand, and those that are accepted with the entry that accepts them."""

    open: tuple[Finding, ...]
    accepted: tuple[tuple[Finding, Acceptance], ...] = ()
    extent: Extent = Extent()

    def __repr__(self) -> str:
        """How many there are of each severity."""
        counts = Counter(finding.severity for finding in self.open)
        told = [f"{counts[severity]} {severity.value}" for severity in Severity]
        return f"<FindingsReview: {', '.join(told)}, {len(self.accepted)} accepted>"

    def _repr_html_(self) -> str:
        """Return the open findings as a list, the gravest first, which a notebook shows."""
        order = list(Severity)
        found = sorted(self.open, key=lambda finding: order.index(finding.severity))
        lines = [str(finding) for finding in found[:_MOST_SHOWN]]
        lines += [f"+ {len(found) - _MOST_SHOWN}"] if len(found) > _MOST_SHOWN else []
        items = "".join(f"<li>{escape(harmless(line))}</li>" for line in lines)
        return f"<p>{escape(repr(self))}</p><ul>{items}</ul>"


def review_findings(findings: Iterable[Finding], files: Files, dataset: Dataset) -> FindingsReview:
    """The findings of a workspace, open or accepted; faults of data/accepted.toml are open ones."""
    entries, faults = read_accepted(files, dataset)
    by_cell: dict[tuple[str, str, str, str], list[Acceptance]] = defaultdict(list)
    for entry in entries:
        by_cell[entry.cell].append(entry)
    still_open, accepted = [], []
    used: set[str] = set()
    for finding in findings:
        cell = finding.code, finding.area, finding.indicator, finding.period
        fitting = [entry for entry in by_cell.get(cell, ()) if _fits(entry, finding)]
        if fitting and finding.severity is not Severity.ERROR:
            used.update(entry.key for entry in fitting)
            accepted.append((finding, fitting[0]))
        else:
            still_open.append(finding)
    there = {
        (finding.code, finding.area, finding.indicator, finding.period): finding
        for finding in still_open
    }
    idle = [_idle(entry, there.get(entry.cell)) for entry in entries if entry.key not in used]
    return FindingsReview((*still_open, *faults, *idle), tuple(accepted), Extent.of(dataset))


def _fits(entry: Acceptance, finding: Finding) -> bool:
    return not entry.value or plain_text(entry.value) == plain_text(finding.value)


def _idle(entry: Acceptance, there: Finding | None) -> Finding:
    """The finding for an entry that accepts nothing; `there` is in its cell with another value."""
    cell = [part for part in (entry.area, entry.indicator, entry.period) if part]
    where = lazy_enumerated(cell) if cell else _("the workspace")
    sentence = _("there is no {code} finding for {cell}", code=entry.code, cell=where)
    if there is not None:
        sentence = _(_ANOTHER, cell=where, now=there.value, value=entry.value)
    return Finding(
        NOTHING, ACCEPTED_FILE, None, entry.key, sentence, entry.area, entry.indicator, entry.period
    )


def read_accepted(files: Files, dataset: Dataset) -> tuple[list[Acceptance], list[Finding]]:
    """The entries that can be read, names made ids, and the findings for the others."""
    text, findings = read_text(files, ACCEPTED_FILE)
    if not text:
        return [], [finding for finding in findings if finding.code != "file-missing"]
    document = read_toml(text, ACCEPTED_FILE, parse_float=str)
    if isinstance(document, Finding):
        return [], [document]
    reader = _Reader(dataset)
    return reader.read(document), reader.findings


class _Reader(TomlTable):
    def __init__(self, dataset: Dataset) -> None:
        super().__init__(ACCEPTED_FILE)
        self.dataset = dataset
        self.near = Nearest(lambda: {name: (name,) for name in CATALOGUE})
        self.known: dict[str, tuple[Mapping[str, int], Sequence[WithNames], Nearest, str]] = {
            "area": (
                area_index(dataset.areas),
                dataset.areas,
                Nearest(dataset.areas_told),
                NO_AREA,
            ),
            "indicator": (
                dataset.indicators_spelled,
                dataset.indicators,
                Nearest(dataset.indicators_told),
                NO_INDICATOR,
            ),
        }

    def read(self, document: dict[str, Any]) -> list[Acceptance]:
        self.unknown(document, ("accepted",), "")
        tables = document.get("accepted", [])
        if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
            self.fault(
                "bad-value", "accepted", _("accepted must be a list of tables: [[accepted]]")
            )
            return []
        entries = (self.entry(table, f"accepted[{number}]") for number, table in enumerate(tables))
        return [entry for entry in entries if entry is not None]

    def entry(self, table: dict[str, Any], key: str) -> Acceptance | None:
        """One entry; None, with a finding, where it cannot accept anything."""
        self.unknown(table, _KEYS, key)
        before = len(self.findings)
        code = self.text(table, "code", key)
        self.acceptable(code, f"{key}.code")
        found = Acceptance(
            code,
            self.id_of("area", self.text(table, "area", key), key),
            self.id_of("indicator", self.text(table, "indicator", key), key),
            self.id_of("period", self.text_or_number(table, "period", key), key),
            self.text_or_number(table, "value", key),
            self.text(table, "reason", key),
            self.text(table, "by", key),
            self.day(table, "day", key)[0],
            key,
        )
        if not found.reason:
            self.fault(NOTHING, f"{key}.reason", _("a confirmed exception requires a reason"))
        stopped = any(finding.code in (NOTHING, "bad-value") for finding in self.findings[before:])
        return None if stopped else found

    def acceptable(self, code: str, key: str) -> None:
        """Tell a code that does not exist or cannot be accepted."""
        if code not in CATALOGUE:
            no_code = _("unknown code “{word}”. {near}", word=code[:40], near=self.near.of(code))
            self.fault(
                NOTHING,
                key,
                no_code if code else _("an entry requires a code; `dtrack check` shows it"),
            )
        elif code == NOTHING or CATALOGUE[code].severity is Severity.ERROR:
            self.fault(
                NOTHING,
                key,
                _(
                    "{code} cannot be confirmed as an exception; correct the figure or the file",
                    code=code,
                ),
            )

    def id_of(self, what: str, name: str, key: str) -> str:
        """The id of a name in any spelling; "" for none."""
        if not name:
            return ""
        if what == "period":
            try:
                return str(Period.parse(name))
            except ValueError as error:
                self.fault(NOTHING, f"{key}.{what}", message_of(error))
                return ""
        index, named, near, sentence = self.known[what]
        if (position := index.get(spelling(name), -1)) >= 0:
            return named[position].id
        message = near.question(name) or _(sentence, name=name[:LONGEST_NAME], known=near.of(name))
        self.fault(NOTHING, f"{key}.{what}", message)
        return ""

    def text_or_number(self, table: dict[str, Any], name: str, key: str) -> str:
        """A text, or a TOML number as text: 2024 for a year, 4920.0 for a value."""
        value = table.get(name)
        return (
            str(value)
            if isinstance(value, int) and not isinstance(value, bool)
            else self.text(table, name, key)
        )
