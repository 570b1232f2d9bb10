"""`report`: headline, a sheet per indicator, one for the city, numbered sources."""

from __future__ import annotations

from collections import Counter
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.assessment import Assessment
from dtrack.analysis.assessment_frame import NOTE_BELOW
from dtrack.analysis.comparison import signed
from dtrack.analysis.decomposition import base_levels, decompose_gap
from dtrack.analysis.year_before import Levels
from dtrack.core.arrays import NONE, Flags, Ints
from dtrack.core.period import day_text
from dtrack.core.translate import N_, _, counted, enumerated, listed, named, ngettext, numeral
from dtrack.i18n.formatting import period_shown
from dtrack.i18n.terms import (
    behind_number,
    counted_verdicts,
    in_a_row,
    prices_word,
    tally,
    verdict_word,
)
from dtrack.model.entities import Indicator, Place
from dtrack.reporting.cells import (
    AssessmentView,
    DisplayOptions,
    assessed_columns,
    compared,
    placed,
)
from dtrack.reporting.document import Chart, Column, Document, Sheet
from dtrack.reporting.method_notes import facts

if TYPE_CHECKING:
    from dtrack.reporting.charts import Past

MOST_ROWS = 40  # of one table on screen, the worst first; --all shows more, CSV has every row
MOST_NAMED = 20
MOST_AT_ONCE = 20_000  # cells whose past is judged in one go: twelve periods of each are held
_APART = {  # areas that are shown and in no count
    Place.ZONE: N_("Lying inside other districts and not counted above: {areas}."),
    Place.PEER: N_("Beside the city and not counted above: {areas}."),
    Place.BELOW: N_("Parts of other areas and not counted above: {areas}."),
}


def report(cells: Assessment, view: DisplayOptions, remarks: tuple[str, ...] = ()) -> Document:
    """The document of one period: who is short of target, by how much, and on whose word."""
    board = AssessmentView(cells, view)
    dataset, period = board.dataset, cells.periods[0]
    wanted, shown = board.wanted(), _worth_showing(board)
    city = board.cells.area == dataset.city_position
    pictures = _Pictures(board, np.flatnonzero(wanted & shown)) if view.pictures else None
    tables, of_city, quiet = [], [], []
    for position, indicator in enumerate(dataset.indicators):
        of = wanted & (cells.indicator == position)
        if not of.any():
            continue
        others, apart = of & shown & ~city, cells.area != dataset.reference_position
        if (
            view.everything
            or (others & apart).any()
            or (others.any() and not (of & shown & city).any())
        ):
            tables.append(_district_sheet(board, indicator, np.flatnonzero(of & shown), pictures))
        elif (of & shown).any():
            of_city += _ordered(board, np.flatnonzero(of & shown)).tolist()
        elif (of & (cells.reported | cells.promised)).any():
            quiet.append(indicator.name)
    if of_city:
        tables.insert(0, _city_sheet(board, np.array(of_city), pictures))
    below = []
    if quiet:
        below.append(
            _(
                "Only older figures, without a target: {names}. --all shows them.",
                names=enumerated(quiet, "; "),
            )
        )
    if not tables and (view.only or not quiet):
        below.append(_nothing(board))
    title, shown_period = named(dataset.titles, "dtrack"), period_shown(period)
    head = f"{title} · {shown_period}"
    if cells.question.as_of:
        day = day_text(cells.question.as_of)
        head = _("{title} · {period}, as known on {day}", title=title, period=shown_period, day=day)
    told = (head, *_headline(board))
    return Document(
        title, told, remarks, tuple(tables), tuple(below), board.sources.with_legend(), facts(board)
    )


def _nothing(board: AssessmentView) -> str:
    """Why there is no table."""
    cells = board.cells
    period = period_shown(cells.periods[0])
    if (board.chosen() & cells.may_be_lost).any():
        return _("Nothing to show for {period}: what is set aside may be of it.", period=period)
    if board.view.only and (board.chosen() & (cells.reported | cells.promised)).any():
        return _("Nothing to show for {period}: no row has this verdict.", period=period)
    return _("Nothing to show for {period}: no figure and no target matches.", period=period)


def _worth_showing(board: AssessmentView) -> Flags:
    """Cells with a target or a figure; older figures without a target only if all is wanted."""
    if board.view.everything:
        return np.ones(len(board.cells.area), bool)
    return board.cells.promised | (board.cells.reported & ~board.cells.older)


def _headline(board: AssessmentView) -> list[str]:
    """The city's main figure against its target, in one sentence.

    The first with a target of this very period or year, the workspace's headline indicator before
    all others; where there is none, the headline indicator, then any with a figure. Older figures
    make no headline.
    """
    cells, dataset = board.cells, board.dataset
    of_city = (cells.area == dataset.city_position) & cells.reported & ~cells.older & ~cells.faulty
    if board.view.indicators:
        of_city &= np.isin(cells.indicator, list(board.view.indicators))
    fresh: list[int] = np.flatnonzero(of_city).tolist()
    if not fresh:
        return []
    main = min(
        fresh,
        key=lambda c: (
            not board.own_target(c),
            board.indicator(c).id != dataset.headline,
            not cells.promised[c],
            c,
        ),
    )
    return [_("{area}: {sentence}", area=board.area(main).name, sentence=compared(board, main))]


# ---- sheets --------------------------------------------------------------------------------------
def _ordered(board: AssessmentView, rows: Ints) -> Ints:
    """By place of the area, then by gap, the worst first, without a gap after, missing last."""
    cells = board.cells
    first = board.dataset.table_order[cells.area[rows]]
    if board.view.sort == "area":
        return rows[np.lexsort((cells.area[rows], first))]
    actual = np.where(cells.down[rows], -cells.number[rows], cells.number[rows])
    if board.view.sort == "actual":
        return rows[np.lexsort((cells.area[rows], -actual, np.isnan(actual), first))]
    gap = cells.gap[rows]
    return rows[
        np.lexsort((cells.area[rows], actual, gap, np.isnan(gap), ~cells.reported[rows], first))
    ]


def _district_sheet(
    board: AssessmentView, indicator: Indicator, rows: Ints, pictures: _Pictures | None
) -> Sheet:
    rows = _ordered(board, rows)
    hidden = 0 if board.view.everything or board.view.whole else max(len(rows) - MOST_ROWS, 0)
    below = _below(
        board, rows, np.flatnonzero(board.cells.indicator == board.cells.indicator[rows[0]])
    )
    tally = below[0] if below else ""
    if hidden:
        rows = rows[:MOST_ROWS]
        told = _(
            "{count} more areas are not shown: --all shows them, --format csv has every row.",
            count=counted(hidden),
        )
        below.insert(0, told)
    names_of = [placed(board.dataset, int(board.cells.area[c])) for c in rows]
    tones = ["city" if board.cells.area[c] == board.dataset.city_position else "" for c in rows]
    columns = (
        Column("area", _("Area"), names_of, tones=tones),
        *_shared_columns(board, rows, in_points=indicator.in_points),
    )
    unit = _(", ").join(filter(None, (indicator.unit_shown, prices_word(indicator.prices))))
    charts = pictures.of_districts(rows) if pictures else ()
    return Sheet(
        _("{name} ({more})", name=indicator.name, more=unit), columns, tuple(below), charts, tally
    )


def _city_sheet(board: AssessmentView, rows: Ints, pictures: _Pictures | None) -> Sheet:
    """Indicators that no district has; below each, not counted, that of the area above."""
    of_city = board.cells.area[rows] == board.dataset.city_position
    own, above = rows[of_city], rows[~of_city]
    told = [board.indicator(c).named for c in rows]
    area = Column(
        "area",
        _("Area"),
        [board.area(c).name for c in rows],
        tones=["city" if one else "" for one in of_city],
    )
    columns = (
        *[area] * bool(len(above)),
        Column("indicator", _("Indicator"), told),
        *_shared_columns(board, rows, in_points=False),
    )
    title = _("{area}: the city's own figures", area=board.area(int(own[0])).name)
    tally = _tally_of(board, own)
    notes = _notes(board, own, by_area=False) + _notes(board, above, by_area=True)
    charts = pictures.of_city(own) if pictures else ()
    return Sheet(title, columns, (tally, *notes), charts, tally)


class _Pictures:
    """Bars against the targets, what the city's gap is made of, and the last periods.

    `shown`: every cell of the document; their past is judged in one go, unless they are so many
    that each table's is a thing of its own.
    """

    def __init__(self, board: AssessmentView, shown: Ints) -> None:
        self.board, self.place = board, np.full(len(board.cells.area), NONE)
        self.place[shown] = np.arange(len(shown))
        self.past = self._past(shown) if len(shown) <= MOST_AT_ONCE else None

    def of_districts(self, rows: Ints) -> tuple[Chart, ...]:
        """The pictures of one indicator; only what there is."""
        from dtrack.reporting.charts import bars, lines
        from dtrack.reporting.decomposition import gap_chart

        cells, past = self.board.cells, self._of(rows)
        steps: tuple[Chart, ...] = ()
        if cells.growth[rows[0]] and not self.board.view.areas:
            part = decompose_gap(cells, int(cells.indicator[rows[0]]), self.levels)
            steps = () if np.isnan(part.rest) else (gap_chart(part, cells.periods[0]),)
        return (
            *bars(self.board, rows, past),
            *steps,
            *lines(self.board.dataset, past, of_areas=True),
        )

    def of_city(self, rows: Ints) -> tuple[Chart, ...]:
        """The last periods of the city's own figures."""
        from dtrack.reporting.charts import lines

        return lines(self.board.dataset, self._of(rows), of_areas=False)

    @cached_property
    def levels(self) -> Levels:
        """The levels of a year before, which weight districts."""
        return base_levels(self.board.cells)

    def _of(self, rows: Ints) -> Past:
        return self._past(rows) if self.past is None else self.past.at(self.place[rows])

    def _past(self, rows: Ints) -> Past:
        from dtrack.reporting.charts import Past

        cells = self.board.cells
        area, indicator = cells.area[rows], cells.indicator[rows]
        return Past.of(self.board.dataset, cells.question, cells.periods[0], area, indicator)


def _shared_columns(board: AssessmentView, rows: Ints, *, in_points: bool) -> tuple[Column, ...]:
    """Target, actual, gap, verdict, against the city and the reference, status, source."""
    gap, ways = _("Gap (pp)") if in_points else _("Gap"), {"target": 5, "status": 1, "source": 4}
    shown = assessed_columns(board, rows, gap, {**ways, "vs_city": 3})
    status, source, versus = shown.pop("status"), shown.pop("source"), [shown.pop("vs_city")]
    if board.dataset.reference_position >= 0:
        values, finest = board.cells.versus(board.dataset.reference_position)
        reference = board.dataset.areas[board.dataset.reference_position].name
        versus.append(
            Column(
                "vs_reference",
                _("vs {area}", area=reference),
                values[rows].tolist(),
                finest[rows].tolist(),
                signed=True,
                right=True,
                gives_way=2,
            )
        )
    known = (column for column in versus if any(column.for_programs()))
    return (*shown.values(), *known, status, source)


# ---- sentences under a sheet ---------------------------------------------------------------------
def _below(board: AssessmentView, rows: Ints, of_indicator: Ints) -> list[str]:
    """The sentences under a sheet; the count is of all districts, whatever the view hides."""
    all_districts = of_indicator[board.dataset.is_district[board.cells.area[of_indicator]]]
    lines = [_tally(board, all_districts), *_apart(board, rows)]
    fresh = board.cells.reported & ~board.cells.older
    spoke, quiet = (
        all_districts[fresh[all_districts]],
        all_districts[~(fresh | board.cells.may_be_lost)[all_districts]],
    )
    if not board.view.areas and not board.view.only and len(quiet):
        lines.append(
            _silence(board, spoke, quiet, whole=len(spoke) + len(quiet) == len(all_districts))
        )
    return [line for line in lines if line] + _notes(board, rows, by_area=True)


def _silence(board: AssessmentView, spoke: Ints, quiet: Ints, *, whole: bool) -> str:
    """Which districts have no figure of this period; where that is most of them, which have one.

    `whole`: these are all; else a figure that could not be placed may be of one of the others.
    """
    few, many = (quiet, spoke) if len(quiet) <= len(spoke) or not whole else (spoke, quiet)
    who = listed([board.area(c).name for c in few], most=MOST_NAMED)
    if few is quiet:
        return ngettext(
            "No figure of {count} district: {areas}.",
            "No figure of {count} districts: {areas}.",
            len(quiet),
            areas=who,
        )
    if not len(few):
        return ngettext(
            "No figure of any of the {count} district.",
            "No figure of any of the {count} districts.",
            len(many),
        )
    return ngettext(
        "Figures of {areas} only; none of the other {count} district.",
        "Figures of {areas} only; none of the other {count} districts.",
        len(many),
        areas=who,
    )


def _tally(board: AssessmentView, districts: Ints) -> str:
    """How many met, missed …, what share has a target, and who is furthest behind."""
    if board.cells.may_be_lost[districts].any() and not board.cells.promised[districts].any():
        return ""  # that none has a target is not known
    counts = Counter(board.verdict[districts[board.cells.promised[districts]]].tolist())
    sentence = tally(counts, len(districts), int(board.cells.promised[districts].sum()))
    gaps = board.cells.gap[districts]
    if np.isnan(gaps).all() or np.nanmin(gaps) >= 0:
        return sentence
    worst = _ordered(board, districts[gaps == np.nanmin(gaps)])
    gap = numeral(signed(board.cells.gap[worst[0]], board.decimals["gap"][worst[0]]))
    who = listed([board.area(c).name for c in worst], most=4)
    gap = _("{number} {unit}", number=gap, unit=behind_number(board.indicator(worst[0]).gap_unit))
    return in_a_row((sentence, _("Furthest behind: {areas} ({gap}).", areas=who, gap=gap)))


def _tally_of(board: AssessmentView, rows: Ints) -> str:
    order = ("missed", "not_reported", "undetermined", "open", "met", "no_target")
    verdicts = counted_verdicts(Counter(board.verdict[rows].tolist()), order)
    return ngettext(
        "{count} indicator: {verdicts}.",
        "{count} indicators: {verdicts}.",
        len(rows),
        verdicts=verdicts,
    )


def _apart(board: AssessmentView, rows: Ints) -> list[str]:
    """Areas of the table that are in no count, by where they stand, with their verdicts."""
    lines, of = [], rows[board.verdict[rows] != ""]
    place = board.dataset.place[board.cells.area[of]]
    for here, sentence in _APART.items():
        who = [
            _(
                "{name} ({more})",
                name=board.area(c).name,
                more=verdict_word(board.verdict[c]),
            )
            for c in of[place == here]
        ]
        lines += [_(sentence, areas=listed(who, most=MOST_NAMED))] if who else []
    return lines


def _notes(board: AssessmentView, rows: Ints, *, by_area: bool) -> list[str]:
    """Each note once, with the areas (or indicators) it is about."""
    about: dict[str, list[str]] = {}
    said = board.columns[NOTE_BELOW]
    for cell in rows[said[rows] != ""]:
        if note := said[cell]:
            about.setdefault(note, []).append(
                board.area(cell).name if by_area else board.indicator(cell).name
            )
    with_note = sum(map(len, about.values()))
    if len(about) == 1 and with_note == len(rows) > 1:
        return [_("Note: {note}.", note=note) for note in about]
    return [
        _("Note on {names}: {note}.", names=listed(who, most=8), note=note)
        for note, who in about.items()
    ]
