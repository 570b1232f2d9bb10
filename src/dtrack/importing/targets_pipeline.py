"""A table of targets → entries of targets.toml.

In come the workspace and a `Request`, out goes what would be set.

It is read as a return is (same layouts, units and map); a cell holds a target as worded. Each
target is inserted beside what stands there, every other byte of the file stays, and the would-be
workspace is looked at before anything is written.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dtrack.analysis.impact import VerdictChange, verdict_changes
from dtrack.core.figure import Wording, parse
from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import deferred, lazy_gettext
from dtrack.core.period import Period
from dtrack.core.translate import N_, _, counted
from dtrack.core.vocabulary import Kind
from dtrack.editing.review import brought, raw_of
from dtrack.editing.targets import Promise, entries, place_of
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.importing import register
from dtrack.importing.compare import NEW
from dtrack.importing.pipeline import Request, Understood, original_of, understand, with_received
from dtrack.importing.preview import (
    SET_ALREADY,
    SET_ANEW,
    headline_of,
    understood,
    what_word,
    would_turn,
)
from dtrack.model.schema import TARGETS_FILE
from dtrack.reporting.check import by_code
from dtrack.reporting.document import Column, Document, Sheet
from dtrack.storage.changeset import Change
from dtrack.storage.toml_editor import Wanted, inserted
from dtrack.workspace import Workspace, load


@dataclass(frozen=True, slots=True)
class Promised:
    """Targets that have been understood.

    `before`: the newest target of each cell; `change`: None where all are set.
    """

    read: Understood
    what: list[str]
    before: list[str]
    turns: list[VerdictChange]
    findings: list[Finding]
    change: Change | None


def receive_targets(dataset: Workspace, request: Request) -> Promised:
    """Read the table, insert its targets and look at the workspace as it would be.

    Raises BlockedByFindings, EditNotPossible.
    """
    read = understand(dataset, request, promises=True)
    raw, targets_seen = raw_of(dataset, TARGETS_FILE)
    what, before, wanted = [], [], dict[tuple[str, str, str], Wanted]()
    for promise, cell in _promises(read, request):
        area, indicator, period = (
            dataset.areas[dataset.area_position[cell[0]]],
            dataset.indicators[dataset.indicator_position[cell[1]]],
            Period.parse(cell[2]),
        )
        there = entries(dataset, area, indicator, period)
        again = cell in wanted or any(promise.same(other) for other in there)
        what.append(SET_ALREADY if again else SET_ANEW if there else NEW)
        before.append(there[-1].value if there else "")
        if not again:
            wanted[cell] = (place_of(dataset, area, indicator, period), promise.written())
    if not wanted:
        return Promised(read, what, before, [], read.findings, None)
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
    return Promised(read, what, before, turns, findings, change)


def _promises(read: Understood, request: Request) -> Iterator[tuple[Promise, tuple[str, str, str]]]:
    """Each target with the names of its cell. Raises BlockedByFindings where one cell has two."""
    arrived, seen = read.arrived, dict[tuple[str, str, str], int]()
    edition = request.edition
    for row, value in enumerate(arrived.value):
        cell = (arrived.area[row], arrived.indicator[row], arrived.period[row])
        first = seen.setdefault(cell, row)
        if first != row and arrived.value[first] != value:
            sentence = lazy_gettext(
                "“{target}” and “{other}” ({place}) are targets of one cell",
                target=value,
                other=arrived.value[first],
                place=arrived.origin[first],
            )
            raise BlockedByFindings(
                (
                    Finding(
                        "target-twice",
                        "",
                        None,
                        "",
                        sentence,
                        *cell,
                        value=value,
                        origin=arrived.origin[row],
                    ),
                )
            )
        yield Promise(value, edition.published, edition.source), cell


def _forms(dataset: Workspace, read: Understood) -> Iterator[Finding]:
    """Targets of a growth or share that look like an index or a fraction, and the map has not said what they are."""
    arrived = read.arrived
    for row, value in enumerate(arrived.value):
        item, figure = (
            dataset.indicators[dataset.indicator_position[arrived.indicator[row]]],
            parse(value),
        )
        if (
            arrived.answered[row]
            or not item.in_percent
            or figure.low is None
            or figure.wording == Wording.RANGE
        ):
            continue
        number, place = float(figure.low), (arrived.area[row], item.id, arrived.period[row])
        index, fraction = (
            item.kind == Kind.GROWTH and 80 <= number <= 130,
            0 < abs(number) < 1 and figure.decimals >= 2,
        )
        if index or fraction:
            code = "index-for-growth" if index else "fraction-for-percent"
            sentence = lazy_gettext(
                "{figure} may be a fraction: say form in a map",
                figure=deferred(wording_shown, value),
            )
            if index:
                sentence = lazy_gettext(
                    "{figure} may be an index, last year = 100: say form in a map",
                    figure=deferred(wording_shown, value),
                )
            yield Finding(
                code,
                "",
                None,
                "",
                sentence,
                *place,
                value=value,
                origin=arrived.origin[row],
                refused=True,
            )


def _judged(period: Period) -> tuple[Period, ...]:
    """The periods whose verdicts a target may turn: its own, and the first half of its year."""
    if not period.is_year:
        return (period,)
    return Period(period.start, period.start + 5), period


def sheet(promised: Promised) -> Sheet:
    """Every target of the table, one a row."""
    arrived = promised.read.arrived
    return Sheet(
        "targets",
        (
            Column("what", _("What"), promised.what),
            Column("area", _("Area"), arrived.area),
            Column("indicator", _("Indicator"), arrived.indicator),
            Column("period", _("Period"), arrived.period),
            Column("target", _("Target"), arrived.value, right=True),
            Column("before", _("Before"), promised.before, right=True),
            Column("origin", _("Cell"), arrived.origin, gives_way=1),
        ),
    )


def document(promised: Promised, dataset: Workspace, *, everything: bool) -> Document:
    """What would be set, for people."""
    layout = promised.read.layout
    told = headline_of(promised.read.arrived, promised.what, layout, promises=True)
    head = (told, *map(str, promised.read.told), *understood(dataset, layout))
    turns = (would_turn(len(promised.turns)),) if promised.turns else ()
    size = len(promised.what)
    rows = range(size if everything else min(size, 40))
    left = (
        (_("{count} more; --all shows every one.", count=counted(size - len(rows))),)
        if len(rows) < size
        else ()
    )
    sheets = (replace(_for_people(promised, rows), below=left),) if size else ()
    return Document(
        N_("targets import"),
        (*head, *turns),
        sheets=(*sheets, *by_code(promised.findings, everything=everything)),
    )


def _for_people(promised: Promised, rows: range) -> Sheet:
    """The targets of these rows, in the language spoken."""
    shown = {
        "what": what_word,
        "period": period_shown,
        "target": wording_shown,
        "before": wording_shown,
    }
    whole = sheet(promised)
    columns = (
        replace(c, values=[shown.get(c.key, str)(c.values[row]) for row in rows])
        for c in whole.columns
    )
    return replace(whole, title=_("targets"), columns=tuple(columns))
