"""A table of targets → entries of targets.toml, shown before they are set.

It is read as a return is (same layouts, units and map); a cell holds a target as worded. Each
target is inserted beside what stands there, every other byte of the file stays, and the would-be
workspace is looked at before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dtrack.analysis.impact import VerdictChange, verdict_changes
from dtrack.core.figure import parse
from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import deferred, lazy_gettext
from dtrack.core.period import Period
from dtrack.core.places import TARGETS_FILE
from dtrack.core.relation import relation_of
from dtrack.core.translate import N_, _, counted
from dtrack.core.vocabulary import Kind
from dtrack.editing.review import brought, raw_of
from dtrack.editing.targets import TargetEntry, entries, resolved, target_cell
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.i18n.terms import class_word
from dtrack.importing import register
from dtrack.importing.compare import NEW
from dtrack.importing.extract import ExtractedFigure
from dtrack.importing.form_questions import form_finding
from dtrack.importing.pipeline import Request, Understood, original_of, understand, with_received
from dtrack.importing.preview import (
    SET_ALREADY,
    SET_ANEW,
    preview_headline,
    understood,
    what_word,
    would_turn,
)
from dtrack.model.entities import Terms
from dtrack.model.relation_words import target_shown
from dtrack.reporting.check import by_code
from dtrack.reporting.document import Column, Document, Sheet
from dtrack.reporting.targets import over_shown
from dtrack.storage.changeset import Change
from dtrack.storage.toml_editor import Wanted, inserted
from dtrack.workspace import Workspace, load

_OF_TERMS = ("both", "aim", "by", "class")


@dataclass(frozen=True, slots=True)
class TargetsImport:
    """Targets that have been understood.

    `before`: the newest target of each cell; `change`: None where all are set.
    """

    read: Understood
    what: list[str]
    before: list[str]
    turns: list[VerdictChange]
    findings: list[Finding]
    change: Change | None


def receive_targets(dataset: Workspace, request: Request) -> TargetsImport:
    """Insert the targets of a table. Raises BlockedByFindings, EditNotPossible."""
    read = understand(dataset, request, of_targets=True)
    raw, targets_seen = raw_of(dataset, TARGETS_FILE)
    what, before, wanted = [], [], dict[tuple[str, str, str], Wanted]()
    for cell, entry in _target_entries(read, request):
        place = (
            dataset.areas[dataset.area_position[cell[0]]],
            dataset.indicators[dataset.indicator_position[cell[1]]],
            Period.parse(cell[2]),
        )
        there = entries(dataset, *place)
        meant = resolved(dataset, place[1], entry)
        again = cell in wanted or any(meant.same(other) for other in there)
        what.append(SET_ALREADY if again else SET_ANEW if there else NEW)
        before.append(there[-1].value if there else "")
        if not again:
            wanted[cell] = (target_cell(dataset, *place), entry.written())
    if not wanted:
        return TargetsImport(read, what, before, [], read.findings, None)
    text = inserted(raw, list(wanted.values()))
    sources, sources_seen = raw_of(dataset, register.SOURCES)
    new, seen = original_of(dataset, request, read.original)
    new |= {
        register.SOURCES: with_received(dataset, sources, request, read.original),
        TARGETS_FILE: text,
    }
    seen |= {register.SOURCES: sources_seen, TARGETS_FILE: targets_seen}
    change = Change(new, seen=seen, read_from=dataset.read_from)
    after = load(dataset.folder, instead=change.files)
    findings = [*read.findings, *_forms(dataset, read), *brought(dataset.findings, after.findings)]
    turns = [
        turn
        for period in _judged(request.asked)
        for turn in verdict_changes(dataset, after, period)
    ]
    return TargetsImport(read, what, before, turns, findings, change)


def _target_entries(
    read: Understood, request: Request
) -> Iterator[tuple[tuple[str, str, str], TargetEntry]]:
    """The names of each cell and its target. Raises BlockedByFindings where one cell has two."""
    seen: dict[tuple[str, str, str], ExtractedFigure] = {}
    for figure in read.extracted.figures:
        cell = figure[:3]
        first = seen.setdefault(cell, figure)
        said = (figure.value, figure.over, figure.terms)
        if (first.value, first.over, first.terms) != said:
            sentence = lazy_gettext(
                "“{target}” and “{other}” ({place}) are two targets for the same area, "
                "indicator and period",
                target=figure.value,
                other=first.value,
                place=first.origin,
            )
            twice = form_finding("target-twice", figure, sentence)
            raise BlockedByFindings((replace(twice, refused=False),))
        edition, over = request.edition, figure.over
        told = (figure.value, edition.published, edition.source)
        yield cell, TargetEntry(*told, over=over, terms=figure.terms)


def _forms(dataset: Workspace, read: Understood) -> Iterator[Finding]:
    """Targets of a growth or share that look like an index or a fraction, where no map says."""
    for target in read.extracted.figures:
        item = dataset.indicators[dataset.indicator_position[target.indicator]]
        if relation_of(target.value):
            continue
        figure = parse(target.value)
        plain = figure.wording.meaning.numbers == 1
        if target.answered or not item.in_percent or not plain:
            continue
        number = float(figure.low or 0)
        shown = deferred(wording_shown, target.value)
        if item.kind == Kind.GROWTH and 80 <= number <= 130:
            sentence = lazy_gettext(
                "{figure} may be an index (previous year = 100): set form in a map", figure=shown
            )
            yield form_finding("index-for-growth", target, sentence)
        elif 0 < abs(number) < 1 and figure.decimals >= 2:
            sentence = lazy_gettext("{figure} may be a fraction: set form in a map", figure=shown)
            yield form_finding("fraction-for-percent", target, sentence)


def _judged(period: Period) -> tuple[Period, ...]:
    """The periods whose verdicts a target may turn: its own, and the first half of its year."""
    if not period.is_year:
        return (period,)
    return Period(period.start, period.start + 5), period


def sheet(result: TargetsImport) -> Sheet:
    """Every target of the table, one a row."""
    figures = result.read.extracted.figures
    area, indicator, period, value, origin, over = (
        [str(getattr(figure, name)) for figure in figures]
        for name in ("area", "indicator", "period", "value", "origin", "over")
    )
    return Sheet(
        "targets",
        (
            Column("what", _("What"), result.what),
            Column("area", _("Area"), area),
            Column("indicator", _("Indicator"), indicator),
            Column("period", _("Period"), period),
            Column("target", _("Target"), value, right=True),
            Column("before", _("Before"), result.before, right=True),
            Column("origin", _("Cell"), origin, gives_way=1),
            *([Column("over", _("Over the years"), over)] if any(over) else []),
            *_terms([figure.terms for figure in figures]),
        ),
    )


def _terms(terms: Sequence[Terms]) -> tuple[Column, ...]:
    """What stands beside the targets."""
    return (
        Column("both", _("Both ends"), ["true" if one.both else "" for one in terms]),
        Column("aim", _("Aim"), [one.aim for one in terms]),
        Column("by", _("Assigned by"), [one.by for one in terms]),
        Column("class", _("Class"), [one.held for one in terms], gives_way=2),
    )


def document(result: TargetsImport, dataset: Workspace, *, everything: bool) -> Document:
    """What would be set, for people."""
    layout = result.read.layout
    told = preview_headline(result.read.extracted, result.what, layout, of_targets=True)
    head = (told, *map(str, result.read.told), *understood(dataset, layout))
    turns = (would_turn(len(result.turns)),) if result.turns else ()
    size = len(result.what)
    rows = range(size if everything else min(size, 40))
    more = _("{count} more; --all shows all.", count=counted(size - len(rows)))
    left = (more,) if len(rows) < size else ()
    sheets = (replace(_for_people(result, dataset, rows), below=left),) if size else ()
    return Document(
        N_("targets import"),
        (*head, *turns),
        sheets=(*sheets, *by_code(result.findings, everything=everything)),
    )


def _for_people(result: TargetsImport, dataset: Workspace, rows: range) -> Sheet:
    """The targets of these rows, in the language spoken."""
    shown = {
        "what": what_word,
        "period": period_shown,
        "over": over_shown,
        "both": lambda told: _("yes") if told else "",
        "aim": wording_shown,
        "class": class_word,
    }
    whole, items = sheet(result), [figure.indicator for figure in result.read.extracted.figures]
    empty = [c for c in whole.columns if c.key in _OF_TERMS and not any(c.values)]

    def told(key: str, row: int, value: Any) -> str:
        if key in ("target", "before"):
            return target_shown(dataset, value, items[row])
        return shown.get(key, str)(value)

    columns = (
        replace(c, values=[told(c.key, row, c.values[row]) for row in rows])
        for c in whole.columns
        if c not in empty
    )
    return replace(whole, title=_("targets"), columns=tuple(columns))
