"""A return against what is on file.

The workspace as it would be, what is new, what is revised, what is to be looked at.

In come the loaded workspace, the figures of a return and the words of the command (`Edition`), out
goes an `Arrival`. The would-be file passes the same readers and the same questions as every file of
the workspace; nothing is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import Any, TypeVar

import numpy as np

from dtrack.core.arrays import NONE, Flags, Ints, codes, present, says
from dtrack.core.findings import Finding
from dtrack.core.vocabulary import ObsStatus
from dtrack.editing.review import brought, rows_of
from dtrack.importing.extracted import ExtractedFigures
from dtrack.model.integrity import one_figure
from dtrack.model.schema import ACTUALS_FILE, ACTUALS_FOLDER
from dtrack.validation.plausibility.run import check_plausibility
from dtrack.workspace import Workspace, load

NEW, SAME, REVISED, OLDER, AGAIN = "new", "same", "revised", "older edition", "on file already"
_WORDS = (NEW, AGAIN, SAME, OLDER, REVISED)
_T = TypeVar("_T")
FORM_CODES = ("index-for-growth", "fraction-for-percent")
# *look again* in a workspace, refused before it gets there
AT_THE_DOOR = ("scale-slip", *FORM_CODES)
_HEADER = (*ACTUALS_FILE, "origin")


@dataclass(frozen=True, slots=True)
class Edition:
    """What the command says of all figures of a return.

    `published` as entered; `source`: the id of their source.
    """

    published: str
    source: str
    status: str = "flash"


@dataclass(frozen=True, slots=True)
class Comparison:
    """The figures of a return against the newest on file, one entry a figure.

    Which word, that one's text and day, the change.

    `change` is NaN where there is none; `decimals` are those of the finer of the two. `number` is
    the figure in the
    indicator's unit, with its `own_decimals`.
    """

    what: list[str]
    before: list[str]
    before_day: list[str]
    change: list[float]
    decimals: list[int]
    number: list[float]
    own_decimals: list[int]


@dataclass(frozen=True, slots=True)
class Arrival:
    """A return that has been looked at.

    The workspace as it is and as it would be, the new file, what is to be said.
    """

    dataset: Workspace
    after: Workspace
    name: str
    text: bytes
    arrived: ExtractedFigures
    against: Comparison
    findings: list[Finding] = field(default_factory=list)

    @property
    def kept(self) -> Sequence[int]:
        """Positions of the figures that would be written: all but those on file already."""
        what = self.against.what
        return (
            [position for position, word in enumerate(what) if word != AGAIN]
            if AGAIN in what
            else range(len(what))
        )


def file_name(taken: Iterable[str], period: str, source: str) -> str:
    """A name in data/actuals that is free: H1-2024-haidian-return.csv, then -2 and so on."""
    plain = "".join(
        sign if sign.isalnum() or sign in "-_." else "-" for sign in f"{period}-{source}"
    ).strip("-.")[:80]
    there = {name.casefold() for name in taken}
    names = (
        f"{ACTUALS_FOLDER}/{plain}{suffix}.csv"
        for suffix in chain([""], (f"-{n}" for n in count(2)))
    )
    return next(name for name in names if name.casefold() not in there)


def csv_text(
    arrived: ExtractedFigures, edition: Edition, rows: Sequence[int] | None = None
) -> bytes:
    """The figures as a file of data/actuals, each with the cell it stood in."""
    return _laid_out(_fields(arrived, edition, rows))[0]


def _fields(
    arrived: ExtractedFigures, edition: Edition, rows: Sequence[int] | None = None
) -> dict[str, list[str]]:
    """What stands in each column of the file, by its heading."""
    every = (
        arrived.area,
        arrived.indicator,
        arrived.period,
        arrived.value,
        arrived.note,
        arrived.origin,
    )
    columns = every if rows is None else tuple([column[row] for row in rows] for column in every)
    told = (
        [text] * len(columns[0]) for text in (edition.status, edition.published, edition.source)
    )
    return dict(zip(_HEADER, (*columns[:4], *told, *columns[4:]), strict=True))


def _laid_out(fields: dict[str, list[str]]) -> tuple[bytes, bool]:
    """Header and rows as CSV, and whether no field needs quotes.

    Then it is put together the quick way.
    """
    columns = list(fields.values())
    rows = _lines(columns) if columns[0] else []
    text = "\n".join((",".join(_HEADER), *rows, ""))
    marks = (text.count(","), text.count("\n"), '"' in text or "\r" in text)
    if plain := marks == ((len(_HEADER) - 1) * (len(rows) + 1), len(rows) + 1, False):
        return text.encode(), plain
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows((_HEADER, *zip(*columns, strict=True)))
    return out.getvalue().encode(), plain


def _lines(columns: list[list[str]]) -> list[str]:
    """Each row with commas between; what every row says alike is put together once."""
    areas, indicators, periods, values, *told, notes, cells = columns
    after = ",".join(column[0] for column in told)
    if any(notes) or periods.count(periods[0]) < len(periods):
        every = zip(areas, indicators, periods, values, notes, cells, strict=True)
        return [f"{a},{i},{p},{v},{after},{note},{cell}" for a, i, p, v, note, cell in every]
    period, rest = f",{periods[0]},", f",{after},,"
    every_one = zip(areas, indicators, values, cells, strict=True)
    return [f"{area},{item}{period}{value}{rest}{cell}" for area, item, value, cell in every_one]


def look(
    dataset: Workspace,
    arrived: ExtractedFigures,
    edition: Edition,
    name: str,
    more: Mapping[str, bytes],
    told: Iterable[Finding] = (),
    today: int = 0,
) -> Arrival:
    """The return as it would stand in the workspace, under `name`, beside `more` (sources.csv with its source).

    `told`: findings of reading the return, which come first. `today` as in `plausible.ask`.
    """
    fields = _fields(arrived, edition)
    text, plain = _laid_out(fields)
    after = load(
        dataset.folder,
        instead={**more, name: text},
        before=dataset,
        fields={name: fields} if plain else None,
    )
    compared = _compared(after, name, len(arrived.area), edition)
    arrival = Arrival(dataset, after, name, text, arrived, compared, list(told))
    if AGAIN in compared.what:
        arrival = replace(arrival, text=csv_text(arrived, edition, arrival.kept))
    arrival.findings.extend(_of_the_file(arrival, today))
    return arrival


def _of_the_file(arrival: Arrival, today: int) -> Iterable[Finding]:
    """What the readers and the questions say of the new file, at the cells of the return."""
    after, name = arrival.after, arrival.name
    mask = rows_of(after, name)
    again = _cells_again(arrival)
    for finding in brought(arrival.dataset.findings, after.findings):
        if (
            finding.code != "duplicate-figure"
            or (finding.area, finding.indicator, finding.period) not in again
        ):
            yield _at_the_cell(finding, name)
    for finding in check_plausibility(after, mask, today):
        asked = finding.code in FORM_CODES
        answered = asked and finding.line is not None and arrival.arrived.answered[finding.line - 2]
        if not answered:
            yield replace(_at_the_cell(finding, name), refused=finding.code in AT_THE_DOOR)


def _cells_again(arrival: Arrival) -> set[tuple[str, str, str]]:
    """The cells whose figure is on file already, and "" for the finding that counts such.

    Told at either of the two rows.
    """
    arrived, what = arrival.arrived, arrival.against.what
    if AGAIN not in what:
        return set()
    cells = zip(arrived.area, arrived.indicator, arrived.period, what, strict=True)
    return {cell[:3] for cell in cells if cell[3] == AGAIN} | {("", "", "")}


def _at_the_cell(finding: Finding, name: str) -> Finding:
    """A finding of the new file told by the cell it came from: the file is not there yet."""
    return (
        replace(finding, file="", line=None, column="")
        if finding.file == name and finding.origin
        else finding
    )


def _compared(after: Workspace, name: str, size: int, edition: Edition) -> Comparison:
    """For each figure of the new file.

    What it is against the newest on file, that one's text and day, the change.
    """
    frame, mask = after.actuals, rows_of(after, name)
    mine, others = np.flatnonzero(mask), _editions(after, ~mask, edition)
    day = frame["published_day"].to_numpy()
    own = _newest(_key(after), day, mine, others)
    again = one_figure(frame, mine, own)
    for column in (day, codes(frame, "source")):
        again &= column[mine] == column[own]
    again &= present(own)
    newest = np.where(again, own, _newest_of_its_end(after, day, mine, others, own))
    found, before = present(newest), np.maximum(newest, 0)
    same = one_figure(frame, mine, before)
    number, decimals = (frame[column].to_numpy() for column in ("number", "decimals"))
    word = np.array(_WORDS, object)[
        np.select([~found, again, same, day[before] > day[mine]], [0, 1, 2, 3], 4)
    ]
    change = np.where(found & ~same, number[mine] - number[before], np.nan)
    row = frame["line"].to_numpy()[mine] - 2
    finer = np.maximum(decimals[mine], decimals[before])
    return Comparison(
        _spread(row, word.tolist(), size, NEW),
        _spread(row, _texts(frame, "value", before, found), size, ""),
        _spread(row, _texts(frame, "published", before, found), size, ""),
        _spread(row, change.tolist(), size, float("nan")),
        _spread(row, finer.tolist(), size, 0),
        _spread(row, number[mine].tolist(), size, float("nan")),
        _spread(row, decimals[mine].tolist(), size, 0),
    )


def _newest(key: Ints, day: Ints, mine: Ints, others: Ints) -> Ints:
    """For each of `mine` the newest row of `others` with its key, NONE where there is none."""
    if not len(others):
        return np.full(len(mine), NONE)
    order = others[np.lexsort((day[others], key[others]))]
    at = np.maximum(np.searchsorted(key[order], key[mine], side="right") - 1, 0)
    return np.where(key[order][at] == key[mine], order[at], NONE)


def _newest_of_its_end(after: Workspace, day: Ints, mine: Ints, others: Ints, own: Ints) -> Ints:
    """`own`, and for what is read at an end (share, stock) the newest of all periods that end there; of one day its own."""
    at_end = after.read_at_end
    read_there = at_end[codes(after.actuals, "indicator")]
    here = np.flatnonzero(read_there[mine])
    _, end = np.unique([period.end for period in after.periods], return_inverse=True)
    if not len(here) or len(np.unique(end)) == len(end):
        return own
    found = _newest(_key(after, end), day, mine[here], others[read_there[others]])
    later = present(found) & ~(present(own[here]) & (day[own[here]] >= day[found]))
    newest = own.copy()
    newest[here] = np.where(later, found, own[here])
    return newest


def _editions(after: Workspace, rows: Flags, edition: Edition) -> Ints:
    """The rows on file that the return may be another edition of.

    *expected* is one only of what is expected.
    """
    frame = after.actuals
    fit = (
        rows
        & frame["on_reference_basis"].to_numpy(dtype=bool)
        & ~frame["excluded"].to_numpy(dtype=bool)
    )
    if edition.status != ObsStatus.EXPECTED:
        fit &= ~says(frame, "status", ObsStatus.EXPECTED)
    return np.flatnonzero(fit)


def _key(dataset: Workspace, slot: Ints | None = None) -> Ints:
    """One number for the cell of each figure.

    With `slot`, one for each period, cells whose periods have one are one.
    """
    frame = dataset.actuals
    key = codes(frame, "area").astype(np.int64) * len(dataset.indicators) + codes(
        frame, "indicator"
    )
    period = codes(frame, "period") if slot is None else slot[codes(frame, "period")]
    return np.asarray(key * len(dataset.periods) + period, np.int64)


def _texts(frame: Any, column: str, rows: Ints, found: Flags) -> list[str]:
    if not found.any():
        return [""] * len(rows)
    names = list(frame[column].cat.categories)
    return [
        names[code] if there else ""
        for code, there in zip(codes(frame, column)[rows].tolist(), found.tolist(), strict=True)
    ]


def _spread(rows: Ints, values: list[_T], size: int, otherwise: _T) -> list[_T]:
    """The values put at their rows; `otherwise` where a row did not come through."""
    if len(values) == size and (rows == np.arange(size)).all():
        return values
    spread = [otherwise] * size
    for row, value in zip(rows.tolist(), values, strict=True):
        spread[row] = value
    return spread
