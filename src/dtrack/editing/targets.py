"""`dtrack targets set`: the change that puts one target into targets.toml.

A target set anew never takes the place of the old one: the cell then has a list of both.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from decimal import Decimal

from dtrack.analysis.impact import sentences, turned_of_cell
from dtrack.analysis.over import is_span
from dtrack.core.arrays import code_of, codes
from dtrack.core.days import parse_day
from dtrack.core.figure import parse
from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import Deferred, Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import area_index, spelling
from dtrack.core.period import Period
from dtrack.core.places import TARGETS_FILE
from dtrack.core.relation import RESERVED, Relation, base_year, compared, from_base, relation_of
from dtrack.core.vocabulary import Direction, Kind
from dtrack.core.wording import Wording
from dtrack.editing.review import ProposedEdit, change_of, looked_at, raw_of
from dtrack.editing.typed import Cell, typed_target
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.model.entities import NO_TERMS, Area, Indicator, Terms
from dtrack.model.relation_words import lazy_target
from dtrack.parsing.cell import FIGURE, parse_cell
from dtrack.parsing.relative import relation_in_words
from dtrack.parsing.span_words import over_said, span_words, why_unclear
from dtrack.storage.csv_append import EditNotPossible
from dtrack.storage.toml_editor import TargetCell, inserted
from dtrack.workspace import Workspace


@dataclass(frozen=True, slots=True)
class TargetEntry:
    """One target as targets.toml holds it.

    The value as worded, the day (month, year) it was set, the source's id, the verdict it states,
    what it is of where it is of several years, what stands beside the value.
    """

    value: str
    set: str
    source: str
    stated: str = ""
    over: str = ""
    terms: Terms = NO_TERMS

    @property
    def day(self) -> int:
        """The day it was set, as yyyymmdd; 0 where that is blank or no day."""
        try:
            return parse_day(self.set)
        except ValueError:
            return 0

    def same(self, other: TargetEntry) -> bool:
        """It says the same: figure and wording, day, source, stated verdict, what it is of.

        And what stands beside it.
        """
        mine, theirs = (
            (entry.set, entry.source, entry.stated, entry.over, entry.terms)
            for entry in (self, other)
        )
        return mine == theirs and (
            self.value == other.value or _meaning(self.value) == _meaning(other.value) is not None
        )

    def written(self) -> dict[str, str]:
        """Key → value as TOML writes it (a whole day is a date), in the order people read them."""
        import tomlkit

        whole = re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", self.set)
        relation = relation_of(self.value)
        told = {
            "value": relation.word if relation else self.value,
            "of": relation.of if relation and not relation.is_base else "",
            "from": _base_written(relation.of) if relation and relation.is_base else "",
            "over": self.over,
            "both": self.terms.both,
            "aim": self.terms.aim,
            "by": self.terms.by,
            "class": self.terms.held,
            "stated": self.stated,
            "set": dt.date.fromisoformat(self.set) if whole else self.set,
            "source": self.source,
        }
        return {key: tomlkit.item(value).as_string() for key, value in told.items() if value}


def _base_written(year: str) -> int | str:
    return int(year) if year.isdecimal() else year


def set_target(
    dataset: Workspace, area: str, indicator: str, period: str, entry: TargetEntry
) -> ProposedEdit:
    """What it takes to set a target, the names in any spelling.

    Raises UnknownName, ValueError for what is no period or day, EditNotPossible where the file's
    layout does not allow it, and BlockedByFindings with the findings that the target would bring.
    """
    of, what, when = (
        dataset.find_area(area),
        dataset.find_indicator(indicator),
        Period.parse(period),
    )
    entry, place = _of_span(_whole(entry), what, when), (TARGETS_FILE, of.id, what.id, str(when))
    value, terms, read = _read(dataset, entry, what, place)
    entry = replace(entry, value=value, terms=terms)
    cell = _(
        "{area}, {indicator} {period}",
        area=of.lazy_name,
        indicator=what.lazy_name,
        period=deferred(period_shown, when),
    )
    there = entries(dataset, of, what, when)
    if any(resolved(dataset, what, entry).same(other) for other in there):
        again = _(
            "{cell}: {target} of {day} is already set; nothing was written",
            cell=cell,
            target=lazy_target(dataset, entry.value, what.id),
            day=entry.set,
        )
        return ProposedEdit(None, (again,))
    raw, seen = raw_of(dataset, TARGETS_FILE)
    text = inserted(raw, [(target_cell(dataset, of, what, when), entry.written())])
    change = change_of(dataset, TARGETS_FILE, text, seen)
    after, told = looked_at(dataset, change)
    if len(after.targets) != len(dataset.targets) + 1:
        told_why = _(
            "{file} would become invalid; first correct the errors that `dtrack check` lists",
            file=TARGETS_FILE,
        )
        raise EditNotPossible(told_why, TARGETS_FILE)
    if entry.day > when.last_day and not any(finding.code == "set-late" for finding in told):
        told += (_late(of, what, when, entry),)
    told = read + told
    effect = sentences(turned_of_cell(dataset, after, of.id, what.id, when), what)
    return ProposedEdit(
        change,
        (
            _(
                "{cell}: {target}; {effect}",
                cell=cell,
                target=_replaced(there, entry, lambda text: lazy_target(dataset, text, what.id)),
                effect=effect,
            ),
        ),
        told,
    )


def typed_relation(dataset: Workspace, value: str, of: str, base: str, period: str) -> str:
    """The text of a target of `period` that follows what `of` names, or a base year.

    Raises ValueError where it says none, UnknownName where `of` names nothing.
    """
    if of and base:
        raise ValueError(_("a target takes `of` or `from`, not both"))
    if base:
        year = int(base) if base.isdecimal() else base
        return str(from_base(value, base_year(year, Period.parse(period))))
    known = of in RESERVED or of in dataset.indicator_position
    return str(compared(value, of if known else dataset.find_area(of).id))


def _read(
    dataset: Workspace, entry: TargetEntry, item: Indicator, cell: Cell
) -> tuple[str, Terms, tuple[Finding, ...]]:
    """The target's text as it is kept, what is beside it, and how its words were read.

    Raises BlockedByFindings where they leave a question.
    """
    text, terms = entry.value, entry.terms
    if relation_of(text):
        return text, terms, ()
    relation = None if _meaning(text) else relation_in_words(text, dataset, item)
    if relation is None:
        return typed_target(text, terms, item, cell)

    def finding(code: str, sentence: Message) -> Finding:
        file, area, indicator, period = cell
        return Finding(
            code, file, None, "value", sentence, area, indicator, period, value=text[:60]
        )

    if not isinstance(relation, Relation):
        raise BlockedByFindings((finding("bad-relation", relation),))
    words = lazy_target(dataset, str(relation), item.id)
    told = _("“{text}” was interpreted as {figure}", text=text[:40], figure=words)
    return str(relation), terms, (finding("read-as", told),)


def _whole(entry: TargetEntry) -> TargetEntry:
    """Without blanks around its words.

    Raises ValueError where the day or the source is missing or no such thing.
    """
    value, day, source = (
        " ".join(entry.value.split()),
        entry.set.strip(),
        entry.source.strip(),
    )
    if not parse_day(day):
        raise ValueError(
            _("a target requires the date on which it was set, for example 2024-01-21")
        )
    if not source:
        raise ValueError(_("a target requires a source, an id of data/sources.csv"))
    return replace(entry, value=value, set=day, source=source)


def _of_span(entry: TargetEntry, item: Indicator, period: Period) -> TargetEntry:
    """With what the words say it is of, where it is of several years.

    Raises ValueError where they do not say it clearly, or otherwise than `over` does.
    """
    value, word = span_words(entry.value) if is_span(period) else (entry.value, "")
    said = over_said(word, item.kind)
    if said is None:
        raise ValueError(why_unclear(entry.value))
    if said and entry.over not in ("", said):
        told = {"value": entry.value[:40], "over": said, "other": entry.over}
        raise ValueError(_("“{value}” means {over}, not {other}", **told))
    cell = parse_cell(value) if word else None
    if cell and cell.kind == FIGURE and cell.turned and item.kind == Kind.GROWTH:
        value = cell.as_read
    return replace(entry, value=value, over=said or entry.over)


def entries(
    dataset: Workspace, area: Area, indicator: Indicator, period: Period
) -> list[TargetEntry]:
    """The targets that a cell has, in the order of the file."""
    frame = dataset.targets
    if not len(frame):
        return []
    wanted = (("area", area.id), ("indicator", indicator.id), ("period", str(period)))
    of_cell = [codes(frame, name) == code_of(frame, name, text) for name, text in wanted]
    rows = frame[of_cell[0] & of_cell[1] & of_cell[2]]
    value, day, source, stated, over, aim, by, held = (
        rows[name].astype(str).tolist()
        for name in ("value", "set", "source", "stated", "over", "aim", "by", "class")
    )
    terms = map(Terms, rows["both"].tolist(), aim, by, held)
    return list(map(TargetEntry, value, day, source, stated, over, terms))


def resolved(dataset: Workspace, item: Indicator, entry: TargetEntry) -> TargetEntry:
    """The entry as `entries` tells it: with what its indicator, its wording and ids make of it."""
    if (figure := _meaning(entry.value)) is None:
        return entry
    terms, meaning = entry.terms, figure[0].meaning
    two_ends = meaning.both or (meaning.numbers == 2 and item.better == Direction.WITHIN)
    above = {"city": dataset.city_id, "reference": dataset.reference_id}
    known = area_index(dataset.areas).get(spelling(terms.by), -1) if terms.by else -1
    by = above.get(terms.by) or (dataset.areas[known].id if known >= 0 else terms.by)
    held = terms.held or item.held
    return replace(entry, terms=Terms(terms.both or two_ends, terms.aim, by, held))


def target_cell(dataset: Workspace, area: Area, indicator: Indicator, period: Period) -> TargetCell:
    """The cell of targets.toml that these are, found by what its keys mean."""
    index = area_index(dataset.areas)

    def is_period(key: str) -> bool:
        try:
            return Period.parse(key) == period
        except ValueError:
            return False

    position = dataset.area_position[area.id]
    return TargetCell(
        indicator.id,
        str(period),
        area.id,
        is_period,
        lambda key: index.get(spelling(key), -1) == position,
    )


def _meaning(value: str) -> tuple[Wording, Decimal | None, Decimal | None, int] | None:
    """What a wording says, however it is spelled; None where it is no figure."""
    try:
        figure = parse(value)
    except ValueError:
        return None
    return figure.wording, figure.low, figure.high, figure.decimals


def _replaced(
    there: list[TargetEntry], entry: TargetEntry, shown: Callable[[str], Deferred]
) -> object:
    """`around 5 → 5.5`.

    An entry that was set before the newest does not replace it, and a first one nothing.
    """
    if not there:
        return shown(entry.value)
    newest = max(there, key=lambda other: other.day)
    if newest.day > entry.day:
        return _(
            "{target} (set {day}) before {other} (set {other_day})",
            target=shown(entry.value),
            day=entry.set,
            other=shown(newest.value),
            other_day=newest.set,
        )
    return _(
        "{before} → {after}",
        before=shown(newest.value),
        after=shown(entry.value),
    )


def _late(area: Area, indicator: Indicator, period: Period, entry: TargetEntry) -> Finding:
    sentence = _(
        "“{target}” was set on {day}, after the end of {period}",
        target=deferred(wording_shown, entry.value),
        day=entry.set,
        period=deferred(period_shown, period),
    )
    key = f"targets.{indicator.id}.{period}.{area.id}.set"
    return Finding(
        "set-late",
        TARGETS_FILE,
        None,
        key,
        sentence,
        area.id,
        indicator.id,
        str(period),
        entry.day,
        entry.value,
    )
