"""What is shown before anything is written: a Document for people, a Sheet for programs.

What was understood, against what is on file: new, same, revised by how much, and the verdict before
and after.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from itertools import islice
from typing import Any

from dtrack.analysis.impact import Turns, VerdictChange
from dtrack.core.message import Message
from dtrack.core.period import Period
from dtrack.core.translate import N_, _, listed, ngettext, numeral
from dtrack.i18n.formatting import period_shown, wording_shown
from dtrack.i18n.terms import verdict_word
from dtrack.importing.compare import AGAIN, COMPARED, NEW, OLDER, REVISED, SAME, Arrival
from dtrack.importing.extract import ExtractedFigure, ExtractedFigures
from dtrack.importing.layout.model import Layout
from dtrack.parsing.unit import FORMS_TOLD
from dtrack.reporting.check import by_code
from dtrack.reporting.columns import exact_numbers
from dtrack.reporting.document import Column, Document, Sheet
from dtrack.workspace import Workspace

SET_ALREADY, SET_ANEW = "set already", "set anew"  # of a target, beside NEW
MOST = 40  # rows on screen
_ORDER = (REVISED, OLDER, NEW, SAME, AGAIN)
_TONES = {REVISED: "open", OLDER: "undetermined", NEW: "met", SAME: "quiet", AGAIN: "quiet"}
# word → how it is said of one, and how of so many
_WORDS: dict[str, tuple[str, Callable[[int], str]]] = {
    REVISED: (N_("revised"), lambda n: ngettext("{count} revised", "{count} revised", n)),
    OLDER: (
        N_("older release"),
        lambda n: ngettext("{count} older release", "{count} older releases", n),
    ),
    NEW: (N_("new"), lambda n: ngettext("{count} new", "{count} new", n)),
    SAME: (N_("unchanged"), lambda n: ngettext("{count} unchanged", "{count} unchanged", n)),
    AGAIN: (
        N_("already recorded"),
        lambda n: ngettext("{count} already recorded", "{count} already recorded", n),
    ),
    SET_ALREADY: (
        N_("already set"),
        lambda n: ngettext("{count} already set", "{count} already set", n),
    ),
    SET_ANEW: (N_("revised target"), lambda n: ngettext("{count} revised", "{count} revised", n)),
}
_MOST_COLUMNS = 12
_SCALED = re.compile("[千万亿]|illion")
Turned = Mapping[str, Turns]  # of each period


def what_word(word: str) -> str:
    """What a figure or target is against what is on file, in the language spoken."""
    return _(_WORDS[word][0])


def preview_headline(
    extracted: ExtractedFigures, what: Sequence[str], layout: Layout, *, of_targets: bool = False
) -> str:
    """One sentence: how many figures (`of_targets`: targets), areas, periods, silent cells."""
    where = layout.grid.file + (f"!{layout.grid.sheet}" if layout.grid.sheet else "")
    figures, silent = extracted.figures, extracted.silent
    if not figures:
        if of_targets:
            return _("{file}: no target was recognised.", file=where)
        return _("{file}: no figure was recognised.", file=where)
    counts = Counter(what)
    words = [word for word in dict.fromkeys((*_ORDER, *counts)) if counts[word]]
    periods = sorted(map(Period.parse, extracted.periods))
    told = {
        "file": where,
        "figures": ngettext("{count} target", "{count} targets", len(figures))
        if of_targets
        else ngettext("{count} figure", "{count} figures", len(figures)),
        "areas": ngettext("{count} area", "{count} areas", len({one.area for one in figures})),
        "period": listed(list(map(period_shown, periods)), 3),
        "kinds": _(", ").join(_WORDS[word][1](counts[word]) for word in words),
    }
    if not silent:
        return _("{file}: {figures} of {areas} for {period}: {kinds}.", **told)
    cells = (
        ngettext("{count} cell without a target", "{count} cells without a target", silent)
        if of_targets
        else ngettext("{count} cell without a figure", "{count} cells without a figure", silent)
    )
    return _("{file}: {figures} of {areas} for {period}: {kinds}; {silent}.", **told, silent=cells)


def understood(dataset: Workspace, layout: Layout) -> tuple[str, ...]:
    """One line a column: its heading, and what it is taken for."""
    lines = []
    for taken in layout.columns:
        cell = layout.grid.origin(max(layout.header[1], 0), taken.column).rpartition("!")[2]
        named = taken.indicator >= 0
        told = (
            _(", in {unit}", unit=taken.unit.text) if taken.unit else "",
            _(FORMS_TOLD[taken.given.form]) if taken.given.form else "",
            _(", for {period}", period=period_shown(taken.period)) if taken.period else "",
        )
        line = _(
            "{cell} “{heading}” is {indicator}{more}",
            cell=cell,
            heading=taken.heading[:60],
            indicator=dataset.indicators[taken.indicator].id
            if named
            else _("the indicator named in its row"),
            more="".join(told),
        )
        lines.append(line)
    left = len(lines) - _MOST_COLUMNS
    more = (
        (ngettext("and {count} more column", "and {count} more columns", left),) if left > 0 else ()
    )
    return (*lines[:_MOST_COLUMNS], *more)


def would_turn(verdicts: int) -> str:
    """How many verdicts turn."""
    return ngettext("{count} result would change.", "{count} results would change.", verdicts)


def turned_sentence(dataset: Workspace, turned: Turned) -> tuple[str, ...]:
    """How many verdicts turn, and the gravest of them by name."""
    many = sum(map(len, turned.values()))
    if not many:
        return ()
    positions = [area for turns in turned.values() for area in turns.areas_missed()]
    names = list(dict.fromkeys(dataset.areas[area].name for area in positions))
    missed = _(" Newly missed: {areas}.", areas=listed(names, 5)) if names else ""
    return (would_turn(many) + missed,)


def sheet(arrival: Arrival, turned: Turned) -> Sheet:
    """Every figure of the return, one a row, for programs."""
    table = _table_of(arrival)
    turns = [_turn(arrival, turned, figure) for figure in arrival.extracted.figures]
    before = [turn.verdict_before if turn else "" for turn in turns]
    after = [turn.verdict_after if turn else "" for turn in turns]
    return Sheet(
        "import",
        (
            Column("origin", "Cell", table["origin"]),
            Column("area", "Area", table["area"]),
            Column("indicator", "Indicator", table["indicator"]),
            Column("period", "Period", table["period"]),
            Column("value", "Figure", table["value"]),
            Column("what", "What", table["what"]),
            Column("before", "Recorded", table["before"]),
            Column("before_published", "Published", table["published"]),
            Column("change", "Change", table["change"], table["decimals"]),
            Column("verdict_before", "Verdict before", before),
            Column("verdict_after", "Verdict after", after),
        ),
    )


def document(
    arrival: Arrival,
    layout: Layout,
    turned: Turned,
    told: Sequence[Message],
    asked: Period,
    *,
    everything: bool,
) -> Document:
    """What the return is and does, for people."""
    head = (
        preview_headline(arrival.extracted, arrival.what, layout),
        *map(str, told),
        *understood(arrival.dataset, layout),
        *turned_sentence(arrival.dataset, turned),
    )
    shown = _shown(arrival.what, everything)
    sheets = (_table(arrival, turned, shown, asked),) if shown else ()
    findings = by_code(arrival.findings, everything=everything)
    return Document(N_("import"), head, sheets=(*sheets, *findings))


def _shown(what: Sequence[str], everything: bool) -> list[int]:
    """Positions of the figures on screen: revised ones first, those on file last or never."""
    words = [word for word in _ORDER if word in what and (everything or word != AGAIN)]
    rows = (row for word in words for row, found in enumerate(what) if found == word)
    return list(rows if everything else islice(rows, MOST))


def _table_of(arrival: Arrival, rows: list[int] | None = None) -> dict[str, list[Any]]:
    """The columns of the figures, and what they are against what is on file, at these rows."""
    figures = arrival.extracted.figures
    if rows is not None:
        figures = [figures[row] for row in rows]
    names = ("origin", "area", "indicator", "period", "value")
    table = {name: [getattr(figure, name) for figure in figures] for name in names}
    if arrival.compared is None:
        return table | {name: [] for name in COMPARED}
    compared = arrival.compared if rows is None else arrival.compared.iloc[rows]
    return table | {name: compared[name].tolist() for name in COMPARED}


def _table(arrival: Arrival, turned: Turned, rows: list[int], asked: Period) -> Sheet:
    """The figures at these rows; their periods, where one is not the one asked for."""
    dataset, table = arrival.dataset, _table_of(arrival, rows)
    unit = {item.id: item.gap_unit for item in dataset.indicators}
    names = {area.id: area.name for area in dataset.areas}
    change, what, value = table["change"], table["what"], table["value"]
    units = [
        unit[item] if gap == gap else ""
        for item, gap in zip(table["indicator"], change, strict=True)
    ]
    verdicts = [
        _verdict_words(_turn(arrival, turned, arrival.extracted.figures[row])) for row in rows
    ]
    figures = list(map(_figure, value, table["number"], table["own_decimals"]))
    before = list(map(_on_file, table["before"], table["published"]))
    cells = [text.rpartition("!")[2] for text in table["origin"]]
    periods = list(map(period_shown, table["period"]))
    all_asked = {*arrival.extracted.periods} <= {str(asked)}
    columns = (
        Column(
            "what", _("What"), list(map(what_word, what)), tones=[_TONES[word] for word in what]
        ),
        Column("area", _("Area"), [names[area] for area in table["area"]]),
        Column("indicator", _("Indicator"), table["indicator"]),
        Column("period", _("Period"), periods, gives_way=4),
        Column("value", _("Figure"), figures, right=True, numbers=exact_numbers(value)),
        Column("before", _("Recorded"), before, right=True, gives_way=3),
        Column("change", _("Change"), change, table["decimals"], signed=True, right=True),
        Column("unit", _("Unit"), units, gives_way=2),
        Column("verdict", _("Verdict"), verdicts),
        Column("origin", _("Cell"), cells, gives_way=1),
    )
    more = len(arrival.extracted.figures) - len(rows)
    return Sheet(
        _("Figures"),
        tuple(column for column in columns if not (all_asked and column.key == "period")),
        (_more_figures(more),) if more else (),
    )


def _more_figures(more: int) -> str:
    return ngettext(
        "{count} more figure; --all shows all.", "{count} more figures; --all shows all.", more
    )


def _figure(text: str, number: float, decimals: int) -> str:
    """The figure as published; with a scale word also in its unit: 395000万 = 39.5000."""
    if not text:
        return _("missing")
    if number != number or not _SCALED.search(text):
        return wording_shown(text)
    return f"{numeral(text)} = {numeral(f'{number:.{max(decimals, 0)}f}')}"


def _on_file(text: str, day: str) -> str:
    if not text:
        return ""
    return _("{figure} ({day})", figure=wording_shown(text), day=day or _("undated"))


def _turn(arrival: Arrival, turned: Turned, figure: ExtractedFigure) -> VerdictChange | None:
    """What turned at a figure; periods past the first few are not looked at."""
    turns, after = turned.get(figure.period), arrival.after
    if turns is None:
        return None
    return turns.of(after.area_position[figure.area], after.indicator_position[figure.indicator])


def _verdict_words(turn: VerdictChange | None) -> str:
    if turn is None:
        return ""
    before, after = (
        verdict_word(verdict) or _("none") for verdict in (turn.verdict_before, turn.verdict_after)
    )
    if turn.gap_after is None:
        return _("{before} → {after}", before=before, after=after)
    gap = numeral(f"{turn.gap_after:+f}")
    return _("{before} → {after}, {gap}", before=before, after=after, gap=gap)
