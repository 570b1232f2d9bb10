"""`dtrack add`: the change that puts one figure into data/actuals/added.csv."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import TYPE_CHECKING, Any

from dtrack.analysis.comparison import signed
from dtrack.analysis.impact import sentences, turned_of_cell, verdict_changes
from dtrack.analysis.selection import LIFE
from dtrack.core.arrays import NONE, code_of, codes, says
from dtrack.core.days import parse_day
from dtrack.core.message import Deferred, Message, deferred, lazy_enumerated, lazy_numeral
from dtrack.core.message import lazy_gettext as _
from dtrack.core.period import Period
from dtrack.core.places import ACTUALS_FOLDER
from dtrack.core.vocabulary import PUBLISHED, ObsStatus
from dtrack.core.wording import Wording
from dtrack.editing.review import ProposedEdit, change_of, looked_at, raw_of
from dtrack.editing.typed import typed_figure
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.i18n.terms import behind_number, status_word
from dtrack.model.entities import Indicator
from dtrack.model.schema import ACTUALS_FILE, ACTUALS_FILE_OPTIONAL
from dtrack.parsing.indicator_figure import chosen_status
from dtrack.storage.csv_append import EditNotPossible, appended, header
from dtrack.workspace import Workspace

if TYPE_CHECKING:
    import pandas as pd

_CELL = ("area", "indicator", "period")
_EDITION = ("status", "published", "source")
_READ = ("wording", "number", "upper", "decimals")


def add_figure(dataset: Workspace, given: Mapping[str, str], today: int = 0) -> ProposedEdit:
    """What it takes to add one figure; `given`.

    Column → text, as schema.ACTUALS_FILE names them, names in any spelling. `today` (yyyymmdd):
    a later day of publication is doubted. Raises UnknownName, ValueError for what is no period,
    day or status, EditNotPossible where no file can take it, and BlockedByFindings with the
    findings that it would bring.
    """
    area, indicator = dataset.find_area(given["area"]), dataset.find_indicator(given["indicator"])
    period = Period.parse(given["period"])
    cell = (area.id, indicator.id, str(period))
    row = _row(given) | dict(zip(_CELL, cell, strict=True))
    typed = typed_figure(row["value"], indicator, (f"{ACTUALS_FOLDER}/added.csv", *cell))
    if not typed.text:  # told without a number: the words stand in the note
        row["note"] = row["note"] or f"published as {row['value']}"
    row["value"], row["status"] = typed.text, chosen_status(typed.status, row["status"])
    file, raw, seen = _file_for(dataset, row)
    change = change_of(dataset, file, appended(raw, _columns(row), row, file), seen)
    after, told = looked_at(dataset, change, today)
    told = typed.told + told
    figure, others = _added(dataset, after, file), _editions(dataset, row)
    head = _(
        "{area}, {indicator} {period}: {value}",
        area=area.lazy_name,
        indicator=indicator.lazy_name,
        period=deferred(period_shown, period),
        value=_worded(row),
    )
    if twin := next((other for other in others if _same(other, figure)), None):
        place = f"{twin['file']}:{twin['line']}"
        already = _(
            "{figure} of {day} is already recorded at {place}; nothing was written",
            figure=head,
            day=row["published"],
            place=place,
        )
        return ProposedEdit(None, (already,))
    added = _(
        "{figure} ({status}, published {day}, {source}; {place})",
        figure=head,
        status=deferred(status_word, row["status"]),
        day=row["published"],
        source=row["source"],
        place=f"{file}:{figure['line']}",
    )
    effect = sentences(turned_of_cell(dataset, after, area.id, indicator.id, period), indicator)
    turns = _(
        "{area}, {indicator}: {effect}",
        area=area.lazy_name,
        indicator=indicator.lazy_name,
        effect=effect,
    )
    follow = _followers(dataset, after, (area.id, indicator.id), period)
    return ProposedEdit(change, (added, _replaced(others, figure, indicator), turns, *follow), told)


def _followers(
    before: Workspace, after: Workspace, cell: tuple[str, str], period: Period
) -> list[Message]:
    """The verdicts of other cells that turn in the period, whose targets follow this figure."""
    if not says(after.targets, "wording", Wording.RELATIVE).any():
        return []
    turns = [
        turn
        for turn in verdict_changes(before, after, period)
        if (turn.area, turn.indicator) != cell
    ]
    return [
        _(
            "{area}, {indicator}: {effect}",
            area=after.areas[after.area_position[turn.area]].lazy_name,
            indicator=(
                item := after.indicators[after.indicator_position[turn.indicator]]
            ).lazy_name,
            effect=sentences([turn], item),
        )
        for turn in turns
    ]


def _worded(row: Mapping[str, Any]) -> object:
    """The figure as published, in the words of the language."""
    return deferred(wording_shown, row["value"]) if row["value"] else _("missing")


def _row(given: Mapping[str, str]) -> dict[str, str]:
    """The words as they go into the file.

    Raises ValueError for what no row of figures may be without.
    """
    row = {name: given.get(name, "").strip() for name in (*ACTUALS_FILE, *ACTUALS_FILE_OPTIONAL)}
    row["value"] = " ".join(row["value"].split())
    # over several lines it would be read as rows of its own
    if row["note"].count(",") >= len(ACTUALS_FILE) - 1:
        row["note"] = " ".join(row["note"].split())
    if row["status"] not in PUBLISHED:
        told = _(
            "invalid status “{status}”; use one of {names}",
            status=row["status"],
            names=lazy_enumerated(PUBLISHED),
        )
        raise ValueError(told)
    if not parse_day(row["published"]):
        raise ValueError(_("a figure requires its date of publication, for example 2024-07-20"))
    if not row["source"]:
        raise ValueError(_("a figure requires a source, an id of data/sources.csv"))
    return row


def _added(dataset: Workspace, after: Workspace, file: str) -> dict[str, Any]:
    """The one row that the workspace would have more, the last of its file.

    Raises EditNotPossible where it would not be read.
    """
    new = after.actuals[
        codes(after.actuals, "file") == code_of(after.actuals, "file", file)
    ].nlargest(1, "line")
    if len(after.actuals) != len(dataset.actuals) + 1 or not len(new):
        told = _(
            "{file} would become invalid; first correct the errors that `dtrack check` lists",
            file=file,
        )
        raise EditNotPossible(told, file)
    return {str(key): value for key, value in new.to_dict("records")[0].items()}


def _columns(row: Mapping[str, str]) -> tuple[str, ...]:
    """The header of a new file: what every figure has, and what this one needs."""
    return (*ACTUALS_FILE, *(name for name in ACTUALS_FILE_OPTIONAL if row[name]))


def _file_for(dataset: Workspace, row: Mapping[str, str]) -> tuple[str, bytes, str]:
    """The first of added.csv, added-2.csv … that is new or has every column of the row."""
    number = 1
    while True:
        file = f"{ACTUALS_FOLDER}/added{f'-{number}' if number > 1 else ''}.csv"
        raw, seen = raw_of(dataset, file)
        if not raw.strip() or all(name in header(raw) for name in _columns(row)):
            return file, raw, seen
        number += 1


# ---- editions ------------------------------------------------------------------------------------
def _editions(dataset: Workspace, row: Mapping[str, str]) -> list[dict[str, Any]]:
    """The figures of the cell that are on file, on the price basis and of the scope of the row."""
    frame: pd.DataFrame = dataset.actuals
    if not len(frame):
        return []
    keep = frame["line"].to_numpy() >= 0
    for name in _CELL:
        keep &= codes(frame, name) == code_of(frame, name, row[name])
    found = [
        {str(key): value for key, value in record.items()}
        for record in frame[keep].to_dict("records")
    ]
    own = dataset.indicators[dataset.indicator_position[row["indicator"]]].prices
    return [
        other
        for other in found
        if (other["prices"] or own, other["scope"]) == (row["prices"] or own, row["scope"])
    ]


def _same(one: Mapping[str, Any], other: Mapping[str, Any]) -> bool:
    """The exact same figure: number and wording, status, day, source. The note may differ."""
    alike = all(str(one[name]) == str(other[name]) for name in _EDITION)
    meant = not one["excluded"] and all(str(one[name]) == str(other[name]) for name in _READ)
    return alike and (meant or one["value"] == other["value"])


def _rank(edition: Mapping[str, Any]) -> tuple[bool, int, int, int]:
    """Which edition counts.

    An expected one never before another, then the newest, of one day that with more digits.
    """
    status = LIFE.index(edition["status"]) if edition["status"] in LIFE else NONE
    return (
        edition["status"] != ObsStatus.EXPECTED,
        int(edition["published_day"]),
        int(edition["decimals"]),
        status,
    )


def _replaced(
    others: list[dict[str, Any]], figure: Mapping[str, Any], indicator: Indicator
) -> Message:
    """What the figure replaces, and by how much they differ."""
    if not others:
        return _("The first figure for this area, indicator and period")
    newest = max(others, key=_rank)
    told = _(
        "{figure} of {day} ({status})",
        figure=_worded(newest),
        day=newest["published"] or _("no date"),
        status=deferred(status_word, newest["status"]),
    )
    if _rank(newest) > _rank(figure):
        return _("It does not replace {edition}, which takes precedence", edition=told)
    plain = all(
        Wording(one["wording"]).meaning.point and one["number"] == one["number"]
        for one in (newest, figure)
    )
    if not plain:
        return _("It replaces {edition}", edition=told)
    difference = _(
        "{number} {unit}",
        number=_difference(newest, figure),
        unit=deferred(behind_number, indicator.lazy_gap_unit),
    )
    return _("It replaces {edition}: {difference}", edition=told, difference=difference)


def _difference(old: Mapping[str, Any], new: Mapping[str, Any]) -> Deferred:
    """New less old at the finer of their published digits, exactly."""
    digits = max(int(old["decimals"]), int(new["decimals"]), 0)
    number = Decimal(repr(float(new["number"]))) - Decimal(repr(float(old["number"])))
    return lazy_numeral(signed(float(number), digits))
