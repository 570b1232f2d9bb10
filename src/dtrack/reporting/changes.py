"""Editions published after a day: new, revised, confirmed, withdrawn."""

from __future__ import annotations

from collections.abc import Collection

import numpy as np

from dtrack.analysis.question import Query
from dtrack.analysis.revisions import KINDS, Changed, changes
from dtrack.core.arrays import Ints, codes, texts_at
from dtrack.core.days import day_text
from dtrack.core.translate import N_, _, listed
from dtrack.i18n.formatting import period_shown
from dtrack.i18n.terms import basis_in_words
from dtrack.model.dataset import Dataset
from dtrack.model.schema import declare
from dtrack.reporting.columns import Answer, Field, chosen, naming, periods_shown
from dtrack.reporting.document import Sheet

_TONES = {"withdrawn": "missed", "revised": "open"}
_WORDS = {
    "new": N_("new"),
    "revised": N_("revised"),
    "confirmed": N_("confirmed"),
    "withdrawn": N_("withdrawn"),
}
CHANGES = declare("""
    area | text |  | id of the area
    indicator | text |  | id of the indicator
    period | text |  | period of the figure
    kind | text |  | new, revised, confirmed or withdrawn
    before | text |  | the edition before, as published
    before_published | text |  | its day, as entered
    after | text |  | this edition, as published
    after_published | text |  | its day, as entered
    change | number | unit | after − before; empty across a break and between unlike wordings
    source | text |  | id of the source of this edition
    place | text |  | its file and line; after it, in brackets, the cell it was imported from
""")


class ChangesAnswer(Answer):
    """Every edition published after `since` (yyyymmdd), of the areas and indicators asked for."""

    name, declared = "changes", CHANGES

    def __init__(
        self,
        dataset: Dataset,
        question: Query,
        since: int,
        areas: Collection[int] = (),
        indicators: Collection[int] = (),
    ) -> None:
        self.dataset, self.question, self.since = dataset, question, since
        self.changed: Changed = changes(dataset, question, since)
        area, item = (codes(dataset.actuals, name) for name in ("area", "indicator"))
        after = self.changed.after
        keep = chosen(area[after], item[after], areas, indicators)
        # what nobody published is no edition
        keep &= ~np.isin(after, np.array(list(dataset.derived), np.int64))
        self.rows: Ints = np.flatnonzero(keep)

    def fields(self) -> list[Field]:
        """Every column of CHANGES, as people read them."""
        changed, rows, dataset, texts = self.changed, self.rows, self.dataset, self._texts
        before, after = changed.before[rows], changed.after[rows]
        kinds, words = (
            [KINDS[code] for code in changed.kind[rows]],
            lambda kinds: [_(_WORDS[kind]) for kind in kinds],
        )
        tones, change = [_TONES.get(kind, "") for kind in kinds], changed.change[rows].tolist()
        area, item = naming(dataset.areas), naming(dataset.indicators)
        old, new, digits = texts("value", before), texts("value", after), changed.decimals[rows]
        return [
            Field("after_published", texts("published", after), _("Day")),
            Field("kind", kinds, _("What"), shown=words, look={"tones": tones}),
            Field("area", texts("area", after), _("Area"), shown=area),
            Field("indicator", texts("indicator", after), _("Indicator"), shown=item),
            Field(
                "period",
                texts("period", after),
                _("Period"),
                shown=periods_shown,
                look={"gives_way": 3},
            ),
            Field("before", old, _("From"), figures=old),
            Field("before_published", texts("published", before)),
            Field("after", new, _("To"), figures=new),
            Field("change", change, _("Change"), digits.tolist()),
            Field("source", texts("source", after), _("Source"), look={"gives_way": 1}),
            Field("place", self._places(after), _("Place"), look={"gives_way": 2}),
        ]

    def _texts(self, name: str, rows: Ints) -> list[str]:
        return texts_at(self.dataset.actuals, name, rows)

    def _places(self, rows: Ints) -> list[str]:
        """`data/actuals/a.csv:7`, and in brackets the cell it was imported from."""
        lines = self.dataset.actuals["line"].to_numpy()[rows].tolist()
        told = zip(self._texts("file", rows), lines, self._texts("origin", rows), strict=True)
        return [
            f"{file}:{line}" + (f" ({origin})" if origin else "") for file, line, origin in told
        ]

    def sheet(self) -> Sheet:
        """The changes for people."""
        asked, day = self.question.period, day_text(self.since)
        title = _("Published after {day}, of every period", day=day)
        if asked:
            title = _(
                "Published after {day}, of {period} and months within it",
                day=day,
                period=period_shown(asked),
            )
        if not len(self.rows):
            return Sheet(title, (), (_("Nothing."),))
        return Sheet(title, self.columns_for_people(), tuple(self._below()))

    def _below(self) -> list[str]:
        """Breaks that lie between two editions, and figures on another basis."""
        changed, rows, lines = self.changed, self.rows, []
        crossed = rows[changed.crosses[rows]]
        if len(crossed):
            names = dict.fromkeys(self._names(changed.after[crossed]))
            lines.append(
                _(
                    "Across a break, two series, not subtracted: {figures}.",
                    figures=listed(list(names), most=8),
                )
            )
        after = changed.after[rows]
        other = after[~self.dataset.actuals["on_reference_basis"].to_numpy(dtype=bool)[after]]
        bases = zip(
            self._names(other),
            self._texts("prices", other),
            self._texts("scope", other),
            strict=True,
        )
        told = ((name, basis_in_words(prices, scope)) for name, prices, scope in bases)
        lines += dict.fromkeys(
            _("{figure}: on {basis}, shown and never judged.", figure=name, basis=basis)
            for name, basis in told
        )
        return lines

    def _names(self, rows: Ints) -> list[str]:
        areas, items = self.dataset.areas, self.dataset.indicators
        area, item = (
            codes(self.dataset.actuals, name)[rows].tolist() for name in ("area", "indicator")
        )
        return [
            _("{area}, {indicator}", area=areas[a].name, indicator=items[i].name)
            for a, i in zip(area, item, strict=True)
        ]
