"""Judged cells → the documents of `report`: a headline, a sheet per indicator, one for the city, numbered sources."""

from __future__ import annotations

from collections import Counter

import numpy as np

from dtrack import sentences
from dtrack.assess import Judged
from dtrack.board import NOTE_BELOW
from dtrack.facts import facts
from dtrack.frames import Flags, Ints
from dtrack.model import Indicator
from dtrack.period import day_text
from dtrack.sheet import Chart, Column, Document, Sheet
from dtrack.tongue import listed
from dtrack.view import Board, View, compared, exact_numbers, signed

MOST_ROWS = 40  # of one table on screen, the worst first; --all shows more, CSV has every row


def report(cells: Judged, view: View, remarks: tuple[str, ...] = ()) -> Document:
    """The document of one period: who is short of target, by how much, and on whose word."""
    board = Board(cells, view)
    held, period = board.held, cells.periods[0]
    wanted, shown = board.wanted(), _worth_showing(board)
    city = board.cells.area == held.city_position
    tables, of_city, quiet = [], [], []
    for position, indicator in enumerate(held.indicators):
        of = wanted & (cells.indicator == position)
        if not of.any():
            continue
        if (of & shown & ~city & (cells.area != held.reference_position)).any() or view.everything:
            tables.append(_district_sheet(board, indicator, np.flatnonzero(of & shown)))
        elif (of & shown).any():
            of_city += np.flatnonzero(of & shown).tolist()
        elif (of & (cells.reported | cells.promised)).any():
            quiet.append(indicator.name)
    if of_city:
        tables.insert(0, _city_sheet(board, np.array(of_city)))
    below = [f"Only older figures, without a target: {'; '.join(quiet)}. --all shows them."] if quiet else []
    if not tables:
        chosen = (board.chosen() & (cells.reported | cells.promised)).any()
        below.append(
            f"Nothing to show for {period}: " + ("no row has this verdict." if chosen else "no figure and no target matches.")
        )
    title = held.titles.get("en") or next(iter(held.titles.values()), "dtrack")
    known = f", as known on {day_text(cells.question.as_of)}" if cells.question.as_of else ""
    told = (f"{title} · {period}{known}", *_headline(board))
    return Document(title, told, remarks, tuple(tables), tuple(below), board.sources.listed(), facts(board))


def _worth_showing(board: Board) -> Flags:
    """Cells with a target or a figure; an older figure without a target is told in a line, unless all is wanted."""
    if board.view.everything:
        return np.ones(len(board.cells.area), bool)
    return board.cells.promised | (board.cells.reported & ~board.cells.older)


def _headline(board: Board) -> list[str]:
    """The city's main figure against its target, in one sentence.

    The first with a target of this very period or year, the workspace's headline indicator before all others; where
    there is none, the headline indicator, then any with a figure. Older figures make no headline.
    """
    cells, held = board.cells, board.held
    of_city = (cells.area == held.city_position) & cells.reported & ~cells.older & ~cells.faulty
    if board.view.indicators:
        of_city &= np.isin(cells.indicator, list(board.view.indicators))
    fresh: list[int] = np.flatnonzero(of_city).tolist()
    if not fresh:
        return []
    main = min(fresh, key=lambda c: (not board.own_target(c), board.indicator(c).id != held.headline, not cells.promised[c], c))
    return [f"{board.area(main).name}: {compared(board, main)}"]


# ---- sheets ---------------------------------------------------------------------------------------------------------
def _ordered(board: Board, rows: Ints) -> Ints:
    """City first, then the reference, then districts: by gap the worst first, without a gap after them, missing last."""
    cells, held = board.cells, board.held
    first = np.where(cells.area[rows] == held.city_position, 0, np.where(cells.area[rows] == held.reference_position, 1, 2))
    if board.view.sort == "area":
        return rows[np.lexsort((cells.area[rows], first))]
    actual = np.where(cells.down[rows], -cells.number[rows], cells.number[rows])
    if board.view.sort == "actual":
        return rows[np.lexsort((cells.area[rows], -actual, np.isnan(actual), first))]
    gap = cells.gap[rows]
    return rows[np.lexsort((cells.area[rows], actual, gap, np.isnan(gap), ~cells.reported[rows], first))]


def _district_sheet(board: Board, indicator: Indicator, rows: Ints) -> Sheet:
    rows = _ordered(board, rows)
    hidden = 0 if board.view.everything or board.view.whole else max(len(rows) - MOST_ROWS, 0)
    below = _below(board, rows, np.flatnonzero(board.cells.indicator == board.cells.indicator[rows[0]]))
    tally = below[0] if below else ""
    if hidden:
        rows = rows[:MOST_ROWS]
        below.insert(0, f"{hidden:,} more areas are not shown: --all shows them, --format csv has every row.")
    names_of = [board.area(c).name + (" (overlapping)" if board.area(c).overlaps else "") for c in rows]
    tones = ["city" if board.cells.area[c] == board.held.city_position else "" for c in rows]
    columns = (Column("area", "Area", names_of, tones=tones), *_shared_columns(board, rows, in_points=indicator.in_points))
    prices = f", {indicator.prices} prices" if indicator.prices else ""
    charts = _pictures(board, rows) if board.view.pictures else ()
    return Sheet(f"{indicator.name} ({indicator.unit_shown}{prices})", columns, tuple(below), charts, tally)


def _city_sheet(board: Board, rows: Ints) -> Sheet:
    """Indicators that only the city has, a row each."""
    named = [board.indicator(c).named for c in rows]
    columns = (Column("indicator", "Indicator", named), *_shared_columns(board, rows, in_points=False))
    title = f"{board.area(int(rows[0])).name}: the city's own figures"
    tally = _tally_of(board, rows, "indicator")
    notes = _notes(board, rows, by_area=False)
    charts: tuple[Chart, ...] = ()
    if board.view.pictures:
        from dtrack.pictures import lines

        cells = board.cells
        charts = lines(board.held, cells.question, cells.periods[0], cells.area[rows], cells.indicator[rows], of_areas=False)
    return Sheet(title, columns, (*tally, *notes), charts, " ".join(tally))


def _pictures(board: Board, rows: Ints) -> tuple[Chart, ...]:
    """Bars against the targets, what the city's gap is made of, and the last periods: only what there is."""
    from dtrack.answers.city import CityAnswer
    from dtrack.pictures import bars, lines

    cells = board.cells
    steps: tuple[Chart, ...] = ()
    if cells.growth[rows[0]] and not board.view.areas:
        steps = CityAnswer(board.held, cells.question, [int(cells.indicator[rows[0]])]).charts()
    past = lines(board.held, cells.question, cells.periods[0], cells.area[rows], cells.indicator[rows], of_areas=True)
    return (*bars(board, rows), *steps, *past)


def _shared_columns(board: Board, rows: Ints, *, in_points: bool) -> tuple[Column, ...]:
    """Target, actual, gap, verdict, against the city (and the reference), status, source."""
    digits = board.digits("vs_city", rows)
    versus = [Column("vs_city", "vs city", board.pick("vs_city", rows), digits, signed=True, right=True, gives_way=3)]
    tones, quiet = board.pick("verdict", rows), ["quiet"] * len(rows)
    target, actual = [board.target_shown(c) for c in rows], [board.actual_shown(c) for c in rows]
    if board.held.reference_position >= 0:
        name = board.held.areas[board.held.reference_position].name
        values, finest = board.cells.versus(board.held.reference_position)
        versus.append(Column("vs_reference", f"vs {name}", values[rows].tolist(), finest[rows].tolist(), signed=True, right=True,
                             gives_way=2))  # fmt: skip
    return (
        Column("target", "Target", target, gives_way=5, numbers=exact_numbers(target), order=board.pick("target", rows)),
        Column("actual", "Actual", actual, right=True, numbers=exact_numbers(actual), order=board.pick("actual", rows)),
        Column("gap", "Gap (pp)" if in_points else "Gap", board.pick("gap", rows), board.digits("gap", rows), signed=True,
               right=True, tones=tones, alike=len(set(board.pick("gap_unit", rows))) == 1),
        Column("verdict", "Verdict", [board.verdict_shown(c) for c in rows], tones=tones),
        *(column for column in versus if any(text for text in column.for_programs())),
        Column("status", "Status", board.pick("status", rows), tones=quiet, gives_way=1),
        Column("source", "Source", [board.sources.shown(c) for c in rows], tones=quiet, gives_way=4),
    )  # fmt: skip


# ---- sentences under a sheet ----------------------------------------------------------------------------------------
def _below(board: Board, rows: Ints, of_indicator: Ints) -> list[str]:
    """The sentences under a sheet. The count is of all districts of the indicator, whatever the view leaves out."""
    all_districts = of_indicator[board.is_district[board.cells.area[of_indicator]]]
    lines = [_tally(board, all_districts), *_overlapping(board, rows)]
    fresh = board.cells.reported & ~board.cells.older
    spoke, quiet = all_districts[fresh[all_districts]], all_districts[~fresh[all_districts]]
    if not board.view.areas and not board.view.only and len(quiet):
        lines.append(_silence(board, spoke, quiet))
    return [line for line in lines if line] + _notes(board, rows, by_area=True)


def _silence(board: Board, spoke: Ints, quiet: Ints) -> str:
    """Which districts have no figure of this period; where that is most of them, which have one."""
    few, many = (quiet, spoke) if len(quiet) <= len(spoke) else (spoke, quiet)
    who = listed([board.area(c).name for c in few], most=20)
    if few is quiet:
        return f"No figure of {sentences.plural(len(quiet), 'district')}: {who}."
    others = (
        f"the other {sentences.plural(len(many), 'district')}"
        if len(few)
        else f"any of the {sentences.plural(len(many), 'district')}"
    )
    return f"Figures of {who} only; none of {others}." if len(few) else f"No figure of {others}."


def _tally(board: Board, districts: Ints) -> str:
    """How many met, missed …, what share has a target, and who is furthest behind."""
    counts = Counter(board.verdict[districts[board.cells.promised[districts]]].tolist())
    sentence = sentences.tally(counts, len(districts), int(board.cells.promised[districts].sum()))
    gaps = board.cells.gap[districts]
    if np.isnan(gaps).all() or np.nanmin(gaps) >= 0:
        return sentence
    worst = _ordered(board, districts[gaps == np.nanmin(gaps)])
    gap = signed(board.cells.gap[worst[0]], board.decimals["gap"][worst[0]])
    who = listed([board.area(c).name for c in worst], most=4)
    return f"{sentence} Furthest behind: {who} ({gap} {board.indicator(worst[0]).gap_unit})."


def _tally_of(board: Board, rows: Ints, word: str) -> list[str]:
    counts = Counter(board.verdict[rows].tolist())
    words = [
        f"{counts[v]} {v.replace('_', ' ')}"
        for v in ("missed", "not_reported", "undetermined", "open", "met", "no_target")
        if counts.get(v)
    ]
    return [f"{sentences.plural(len(rows), word)}: {', '.join(words)}."]


def _overlapping(board: Board, rows: Ints) -> list[str]:
    inside = rows[board.overlaps[board.cells.area[rows]]]
    if not len(inside):
        return []
    named = listed([f"{board.area(c).name} ({board.verdict[c].replace('_', ' ')})" for c in inside])
    return [f"Lying inside other districts and not counted above: {named}."]


def _notes(board: Board, rows: Ints, *, by_area: bool) -> list[str]:
    """Each note once, with the areas (or indicators) it is about."""
    about: dict[str, list[str]] = {}
    said = board.columns[NOTE_BELOW]
    for cell in rows[said[rows] != ""]:
        if note := said[cell]:
            about.setdefault(note, []).append(board.area(cell).name if by_area else board.indicator(cell).name)
    with_note = sum(map(len, about.values()))
    shared = len(about) == 1 and with_note == len(rows) > 1
    return [f"Note: {note}." if shared else f"Note on {listed(who, most=8)}: {note}." for note, who in about.items()]
