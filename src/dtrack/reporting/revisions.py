"""`revisions`: what was revised, when, across which break, and which results changed."""

from __future__ import annotations

from collections.abc import Collection
from copy import copy
from functools import partial

import numpy as np

from dtrack.analysis.question import Query
from dtrack.analysis.revisions import Revised, revisions, summary
from dtrack.core.arrays import Ints, codes, texts_at
from dtrack.core.days import day_text
from dtrack.core.translate import N_, _, ngettext
from dtrack.i18n.terms import verdict_word
from dtrack.model.dataset import Dataset
from dtrack.model.schema import declare
from dtrack.reporting.columns import (
    Answer,
    Field,
    chosen,
    naming,
    number_column,
    periods_shown,
    title_of,
)
from dtrack.reporting.document import Column, Document, Sheet
from dtrack.reporting.masthead import letterhead

REVISIONS = declare("""
    area | text |  | id of the area
    indicator | text |  | id of the indicator
    period | text |  | period of the figure
    first | number | unit | the first edition
    first_published | text |  | its day
    last | number | unit | the newest edition
    last_published | text |  | its day
    editions | integer |  | how many editions there are
    change | number | unit | last − first; empty across a break
    days | integer | days | days between the two
    verdict_first | text |  | the verdict that the first edition gives
    verdict_last | text |  | the verdict that the newest edition gives
    note | text |  | the break that was crossed; a verdict that flipped
""")


class RevisionsAnswer(Answer):
    """Figures with several editions, of the areas and indicators asked for."""

    name, declared = "revisions", REVISIONS

    def __init__(
        self,
        dataset: Dataset,
        question: Query,
        areas: Collection[int] = (),
        indicators: Collection[int] = (),
    ) -> None:
        self.dataset, self.question = dataset, question
        self.revised: Revised = revisions(dataset, question)
        area, self.indicator = (codes(dataset.actuals, name) for name in ("area", "indicator"))
        at = self.revised.first
        keep = chosen(area[at], self.indicator[at], areas, indicators)
        self.rows: Ints = np.flatnonzero(keep)

    def fields(self) -> list[Field]:
        """Every column of REVISIONS."""
        r, rows, frame = self.revised, self.rows, self.dataset.actuals
        first, last = r.first[rows], r.last[rows]
        number, digits = frame["number"].to_numpy(), r.decimals[rows].tolist()
        texts = partial(texts_at, frame)
        flips = {"tones": ["missed" if self.turned(row) else "" for row in rows.tolist()]}
        area, item = naming(self.dataset.areas), naming(self.dataset.indicators)
        of_first, of_last = number[first].tolist(), number[last].tolist()
        day, change = texts("published", last), r.change[rows].tolist()
        days = [int(days) if days >= 0 else None for days in r.days[rows]]
        note = [self.note(int(row)) for row in rows]
        return [
            Field("area", texts("area", first), _("Area"), shown=area),
            Field("indicator", texts("indicator", first), _("Indicator"), shown=item),
            Field("period", texts("period", first), _("Period"), shown=periods_shown),
            Field("first", of_first, _("First release"), digits, figures=texts("value", first)),
            Field(
                "first_published", texts("published", first), _("Published"), look={"gives_way": 3}
            ),
            Field("last", of_last, _("Latest release"), digits, figures=texts("value", last)),
            Field("last_published", day, f"{_('Published')} ", look={"gives_way": 2}),
            Field("editions", r.editions[rows].tolist()),
            Field("change", change, _("Change"), digits),
            Field(
                "days",
                days,
                _("Days between releases"),
                look={"right": True, "gives_way": 1, "short": _("Days")},
            ),
            Field("verdict_first", [r.verdict_first[row] for row in rows]),
            Field("verdict_last", [r.verdict_last[row] for row in rows]),
            Field("note", note, _("Comment"), look=flips),
        ]

    def note(self, row: int) -> str:
        """The break crossed, by name; a verdict that flipped."""
        r, parts = self.revised, []
        if r.crosses[row]:
            item = self.dataset.indicators[self.indicator[r.first[row]]]
            days = [
                int(self.dataset.actuals["published_day"].to_numpy()[at[row]])
                for at in (r.first, r.last)
            ]
            crossed = [b for b in item.breaks if days[0] < b.at <= days[1]]
            named = _("; ").join(_("{day} ({why})", day=day_text(b.at), why=b.why) for b in crossed)
            parts.append(_("break in series on {breaks}: not comparable", breaks=named))
        if self.turned(row):
            parts.append(
                _turn(verdict_word(r.verdict_first[row]), verdict_word(r.verdict_last[row]))
            )
        return _("; ").join(parts)

    def turned(self, row: int) -> bool:
        """The newest edition has another verdict than the first."""
        return self.revised.verdict_first[row] != self.revised.verdict_last[row]

    def matters(self, row: int) -> bool:
        """The release changed the figure, its series or the result."""
        return self.turned(row) or bool(self.revised.crosses[row] or self.revised.change[row] != 0)

    def document(self, *, whole: bool = False) -> Document:
        """The figures revised, newest first, and the mean revision of each indicator.

        Those that a later release confirmed unchanged are counted, unless `whole`.
        """
        headline = _("{title} · revisions", title=title_of(self.dataset))
        if not len(self.rows):
            return Document(
                N_("revisions"), (headline,), (), (), (_("No figure has more than one release."),)
            )
        changed = np.array([row for row in self.rows.tolist() if self.matters(row)], np.int64)
        shown = copy(self)
        shown.rows = self.rows if whole else changed
        sheets = [
            Sheet(_("Revision history"), shown.columns_for_people()),
            *shown.means(whole=whole),
        ]
        same = len(self.rows) - len(changed)
        return Document(
            N_("revisions"),
            (headline, self._changed(len(changed))),
            (),
            tuple(sheets) if len(shown.rows) else (),
            () if whole or not same else (_unchanged(same),),
            letterhead=letterhead(self.dataset),
        )

    def _changed(self, changed: int) -> str:
        """How many figures have several releases, were revised, and changed a result."""
        turned = sum(self.turned(row) for row in self.rows.tolist())
        told = ngettext(
            "{count} figure with several releases",
            "{count} figures with several releases",
            len(self.rows),
        )
        return _(
            "{figures}: {changed} revised, {number} with a changed result.",
            figures=told,
            changed=changed,
            number=turned,
        )

    def means(self, *, whole: bool) -> list[Sheet]:
        """The mean revision of indicators of which a figure is shown; `whole`: zero ones too."""
        wanted = set(self.indicator[self.revised.first[self.rows]].tolist())
        r, of = self.revised, self.indicator[self.revised.first]
        found = [row for row in summary(self.dataset, self.revised) if row[0] in wanted]
        # one more than published: a mean is no figure
        finest = {row[0]: int(r.decimals[of == row[0]].max()) + 1 for row in found}
        rows = [row for row in found if whole or round(row[4], finest[row[0]])]
        if not rows:
            return []
        digits = np.array([finest[row[0]] for row in rows])
        columns = (
            Column(
                "indicator", _("Indicator"), [self.dataset.indicators[row[0]].short for row in rows]
            ),
            Column("figures", _("Figures"), [row[1] for row in rows], right=True),
            Column("revised", _("Changed"), [row[2] for row in rows], right=True),
            number_column(
                "mean", _("Mean revision"), np.array([row[3] for row in rows]), digits, signed=True
            ),
            number_column(
                "mean_abs", _("Mean absolute"), np.array([row[4] for row in rows]), digits
            ),
        )
        return [
            Sheet(_("Mean revision (all dated figures, including those never revised)"), columns)
        ]


def _unchanged(count: int) -> str:
    return ngettext(
        "{count} figure was confirmed unchanged: --all shows it.",
        "{count} figures were confirmed unchanged: --all shows them.",
        count,
    )


def _turn(first: str, last: str) -> str:
    """From one verdict to another; "" is none."""
    if not first:
        return _("status changed from none to {last}", last=last)
    if not last:
        return _("status changed from {first} to none", first=first)
    return _("status changed from {first} to {last}", first=first, last=last)
