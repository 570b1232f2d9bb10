"""A return against what is on file: the workspace as it would be, what is new, what is revised.

The would-be file passes the same readers and the same questions as every file of the workspace;
nothing is written.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain, count
from typing import TYPE_CHECKING

import numpy as np

from dtrack.analysis.selection import newest_of
from dtrack.core.arrays import NONE, Flags, Ints, codes, look_up, present, says
from dtrack.core.findings import Finding
from dtrack.core.places import ACTUALS_FOLDER
from dtrack.core.vocabulary import ObsStatus
from dtrack.editing.review import brought, rows_of
from dtrack.importing.extract import ExtractedFigure, ExtractedFigures
from dtrack.model.integrity import one_figure
from dtrack.model.schema import ACTUALS_FILE
from dtrack.parsing.indicator_figure import chosen_status
from dtrack.validation.plausibility.run import check_plausibility
from dtrack.workspace import Workspace, load

if TYPE_CHECKING:
    import pandas as pd

NEW, SAME, REVISED, OLDER, AGAIN = "new", "same", "revised", "older edition", "on file already"
# columns of `Arrival.compared`
COMPARED = ("what", "before", "published", "change", "decimals", "number", "own_decimals")
FORM_CODES = ("index-for-growth", "fraction-for-percent")
# *look again* in a workspace, refused before it gets there
AT_THE_DOOR = ("scale-slip", *FORM_CODES)


@dataclass(frozen=True, slots=True)
class Edition:
    """What the command says of all figures of a return.

    `published` as entered; `source`: the id of their source.
    """

    published: str
    source: str
    status: str = "flash"

    def status_of(self, figure: ExtractedFigure) -> str:
        """The status of one figure: its cell's own, but what is made up stays so."""
        return chosen_status(figure.status, self.status)


@dataclass(frozen=True, slots=True)
class Arrival:
    """A return that has been looked at: the workspace as it is, as it would be, and the new file.

    `compared`: one row a figure, against the newest on file (`_compared`); None without figures.
    `what`: of each figure what it is against that; `kept`: how many would be written, all but those
    on file already.
    """

    dataset: Workspace
    after: Workspace
    name: str
    text: bytes
    extracted: ExtractedFigures
    compared: pd.DataFrame | None = None
    what: Sequence[str] = ()
    kept: int = 0
    findings: list[Finding] = field(default_factory=list)


def file_name(taken: Iterable[str], period: str, source: str) -> str:
    """A name in data/actuals that is free: H1-2024-haidian-return.csv, then -2 and so on."""
    plain = "".join(
        sign if sign.isalnum() or sign in "-_." else "-" for sign in f"{period}-{source}"
    ).strip("-.")[:80]
    there = {name.casefold() for name in taken}
    suffixes = chain([""], (f"-{n}" for n in count(2)))
    names = (f"{ACTUALS_FOLDER}/{plain}{suffix}.csv" for suffix in suffixes)
    return next(name for name in names if name.casefold() not in there)


def csv_text(figures: Sequence[ExtractedFigure], edition: Edition) -> bytes:
    """The figures as a file of data/actuals, each with the cell it stood in."""
    header, told = (*ACTUALS_FILE, "origin"), (edition.published, edition.source)
    after, statuses = ",".join(told), [edition.status_of(figure) for figure in figures]
    lines = [
        f"{area},{indicator},{period},{value},{status},{after},{note},{origin}"
        for (area, indicator, period, value, note, origin, *_unused), status in zip(
            figures, statuses, strict=True
        )
    ]
    text = "\n".join((",".join(header), *lines, ""))
    rows = len(lines) + 1
    marks = (text.count(","), text.count("\n"), '"' in text or "\r" in text)
    if marks == ((len(header) - 1) * rows, rows, False):
        # no field needs quotes; 100,000 rows take a third of the time that `csv` takes
        return text.encode()
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    rows_of_it = zip(figures, statuses, strict=True)
    writer.writerows((header, *((*one[:4], own, *told, *one[4:6]) for one, own in rows_of_it)))
    return out.getvalue().encode()


def look(
    dataset: Workspace,
    extracted: ExtractedFigures,
    edition: Edition,
    name: str,
    more: Mapping[str, bytes],
    told: Iterable[Finding] = (),
    today: int = 0,
) -> Arrival:
    """The return as it would stand in the workspace under `name`, beside `more` (sources.csv).

    `told`: findings of reading the return, which come first. `today` as in `check_plausibility`.
    """
    figures = extracted.figures
    text = csv_text(figures, edition)
    after = load(dataset.folder, instead={**more, name: text}, like=dataset)
    compared = _compared(after, name, len(figures))
    what: list[str] = compared["what"].tolist()
    new = figures
    if AGAIN in what:
        new = [one for one, word in zip(figures, what, strict=True) if word != AGAIN]
        text = csv_text(new, edition)
    arrival = Arrival(dataset, after, name, text, extracted, compared, what, len(new), list(told))
    arrival.findings.extend(_of_the_file(arrival, today))
    return arrival


def _of_the_file(arrival: Arrival, today: int) -> Iterator[Finding]:
    """What the readers and the questions say of the new file, at the cells of the return."""
    after, name, figures = arrival.after, arrival.name, arrival.extracted.figures
    again = {one[:3] for one, word in zip(figures, arrival.what, strict=True) if word == AGAIN}
    if again:
        # the finding that counts such cells names none; it is told at either of the two rows
        again.add(("", "", ""))
    for finding in brought(arrival.dataset.findings, after.findings):
        cell = (finding.area, finding.indicator, finding.period)
        if finding.code != "duplicate-figure" or cell not in again:
            yield _at_the_cell(finding, name)
    for finding in check_plausibility(after, rows_of(after, name), today):
        asked = finding.code in FORM_CODES and finding.line is not None
        if not (asked and figures[(finding.line or 2) - 2].answered):
            yield replace(_at_the_cell(finding, name), refused=finding.code in AT_THE_DOOR)


def _at_the_cell(finding: Finding, name: str) -> Finding:
    """A finding of the new file told by the cell it came from: the file is not there yet."""
    if finding.file != name or not finding.origin:
        return finding
    return replace(finding, file="", line=None, column="")


def _compared(after: Workspace, name: str, size: int) -> pd.DataFrame:
    """The figures of the new file against the newest on file, one row a figure of the return.

    `what`: NEW, SAME …; `before`, `published`: that one's text and day, "" where there is none;
    `change`: NaN without one; `decimals`: of the finer of the two; `number`: the figure in the
    indicator's unit, with its `own_decimals`.
    """
    import pandas as pd

    frame, mask = after.actuals, rows_of(after, name)
    mine, day = np.flatnonzero(mask), frame["published_day"].to_numpy()
    others, reported = _editions(after, ~mask), ~says(frame, "status", ObsStatus.EXPECTED)
    own = _newest(_key(after), day, mine, others, reported)
    again = one_figure(frame, mine, own) & present(own)
    for column in (day, codes(frame, "source")):
        again &= column[mine] == column[own]
    newest = np.where(again, own, _newest_of_its_end(after, day, mine, others, reported, own))
    found, before = present(newest), np.maximum(newest, 0)
    same = one_figure(frame, mine, before)
    number, decimals = (frame[column].to_numpy() for column in ("number", "decimals"))
    cases = [~found, again, same, day[before] > day[mine]]
    what = np.array([NEW, AGAIN, SAME, OLDER, REVISED], object)[np.select(cases, [0, 1, 2, 3], 4)]
    texts = {
        column: np.where(found, frame[column].iloc[before].astype(object), "")
        for column in ("value", "published")
    }
    compared = pd.DataFrame(
        {
            "what": what,
            "before": texts["value"],
            "published": texts["published"],
            "change": np.where(found & ~same, number[mine] - number[before], np.nan),
            "decimals": np.maximum(decimals[mine], decimals[before]),
            "number": number[mine],
            "own_decimals": decimals[mine],
        },
        index=frame["line"].to_numpy()[mine] - 2,
    )
    # a row that did not come through the readers has a finding, and is on file nowhere
    blank = {"what": NEW, "before": "", "published": "", "decimals": 0, "own_decimals": 0}
    return (
        compared.reindex(range(size)).fillna(blank).astype({"decimals": int, "own_decimals": int})
    )


def _newest(key: Ints, day: Ints, mine: Ints, others: Ints, reported: Flags) -> Ints:
    """For each of `mine` the newest row of `others` with its key, NONE where there is none.

    What is expected on file is revised by an expectation only.
    """
    found = np.full(len(mine), NONE)
    for of, among in ((~reported[mine], others), (reported[mine], others[reported[others]])):
        newest = among[newest_of(key[among], day[among], np.ones(len(among), bool))]
        found[of] = np.append(newest, NONE)[look_up(key[newest], key[mine[of]])]
    return found


def _newest_of_its_end(
    after: Workspace, day: Ints, mine: Ints, others: Ints, reported: Flags, own: Ints
) -> Ints:
    """Return `own`, or for share and stock the newest of all periods that end there (ties: own)."""
    read_there = after.read_at_end[codes(after.actuals, "indicator")]
    here = np.flatnonzero(read_there[mine])
    _, end = np.unique([period.end for period in after.periods], return_inverse=True)
    if not len(here) or len(np.unique(end)) == len(end):
        return own
    there = others[read_there[others]]
    found = _newest(_key(after, end), day, mine[here], there, reported)
    later = present(found) & ~(present(own[here]) & (day[own[here]] >= day[found]))
    newest = own.copy()
    newest[here] = np.where(later, found, own[here])
    return newest


def _editions(after: Workspace, rows: Flags) -> Ints:
    """Rows on file that the return may revise."""
    frame = after.actuals
    on_basis, excluded = (
        frame[name].to_numpy(dtype=bool) for name in ("on_reference_basis", "excluded")
    )
    return np.flatnonzero(rows & on_basis & ~excluded)


def _key(dataset: Workspace, slot: Ints | None = None) -> Ints:
    """One number per cell of each figure; `slot` maps periods that count as one."""
    area, item, period = (codes(dataset.actuals, name) for name in ("area", "indicator", "period"))
    period = period if slot is None else slot[period]
    return (area * len(dataset.indicators) + item) * len(dataset.periods) + period
