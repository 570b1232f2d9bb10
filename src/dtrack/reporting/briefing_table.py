"""The one table of a briefing and its bullet chart: every figure against its target.

The districts stand as `report` orders them, what lies in them behind, and the whole last.
"""

from __future__ import annotations

from collections.abc import Sequence

from dtrack.core.figure import Figure
from dtrack.core.translate import _, ngettext
from dtrack.i18n.formatting import format_period, places_of
from dtrack.i18n.terms import SIGNS, in_a_row, verdict_words
from dtrack.reporting.briefing_facts import Standing
from dtrack.reporting.briefing_phrases import Phrases
from dtrack.reporting.document import Bullet, Chart, Column, Sheet

MOST = 40  # districts of a page; the others are counted


def results(say: Phrases) -> Sheet | None:
    """The table with its chart; None where there is neither figure nor target."""
    facts = say.facts
    districts = [one for one in facts.told if one.figure or one.target]
    shown = [*districts[:MOST], *facts.inside, *facts.peers]
    if facts.city:
        shown.append(facts.city)
    # one row says no more than its sentence
    if len(shown) < 2:
        return None
    # numbers of sources in the order of the rows
    columns = tuple(_columns(say, shown))
    below = (
        ngettext(
            "{count} more {district} is left out of this table.",
            "{count} more {districts} are left out of this table.",
            more,
        )
        if (more := len(districts) - MOST) > 0
        else ""
    )
    title = _("Results by {district} ({unit})", unit=say.unit())
    charts = tuple(_chart(say, shown))
    return Sheet(title, columns, (below,) if below else (), charts, name=facts.indicator.id)


def _columns(say: Phrases, shown: Sequence[Standing]) -> list[Column]:
    goals = [say.bare(one.goal) if one.goal is not None else "" for one in shown]
    gaps = [None if one.gap is None else float(one.gap) for one in shown]
    decimals = [0 if one.gap is None else places_of(one.gap) for one in shown]
    cites = [
        tuple(dict.fromkeys(map(say.number, filter(None, (one.source, one.target_source)))))
        for one in shown
    ]
    in_points = say.facts.indicator.in_points
    tones = ["city" if one is say.facts.city else "" for one in shown]
    columns = [
        Column("area", _("Area"), [_name(say, one) for one in shown], tones=tones),
        Column("target", _("Target"), [_shown(say, one.target) for one in shown], right=True),
        Column("goal", _("Target to date"), goals, right=True),
        Column("actual", _("Actual"), [_actual(say, one) for one in shown], right=True),
        Column(
            "gap",
            _("Gap (pp)") if in_points else _("Gap"),
            gaps,
            decimals,
            signed=True,
            right=True,
            tones=[one.verdict for one in shown],
        ),
        Column("verdict", _("Verdict"), list(map(_verdict, shown)), tones=_tones(shown)),
        Column(
            "source",
            _("Source"),
            [", ".join(map(str, numbers)) for numbers in cites],
            tones=["quiet"] * len(shown),
            cites=cites,
        ),
    ]
    return [column for column in columns if column.key != "goal" or any(goals)]


def _name(say: Phrases, one: Standing) -> str:
    """What is in no count says so beside its name."""
    if one in say.facts.inside:
        return _("{area} (overlapping)", area=one.area.short)
    return _("{area} (peer)", area=one.area.short) if one in say.facts.peers else one.area.short


def _shown(say: Phrases, figure: Figure | None) -> str:
    return say.bare_figure(figure) if figure else ""


def _actual(say: Phrases, one: Standing) -> str:
    if one.figure is None:
        return ""
    told = say.bare_figure(one.figure)
    if not say.of_another_period(one) or one.period is None:
        return told
    return _("{name} ({more})", name=told, more=format_period(one.period))


def _verdict(one: Standing) -> str:
    basis = "stated" if one.stated else "computed"
    return verdict_words(one.verdict, basis, one.caveat, SIGNS) if one.verdict else ""


def _tones(shown: Sequence[Standing]) -> list[str]:
    return [one.verdict for one in shown]


# ---- the chart -----------------------------------------------------------------------------------
def _chart(say: Phrases, shown: Sequence[Standing]) -> list[Chart]:
    """Bars of figures of one number; amounts of the whole are on no scale with its parts."""
    drawn = [
        one
        for one in shown
        if (say.facts.indicator.in_points or one is not say.facts.city)
        and (_point(one.figure) is not None or _target(say, one) is not None)
    ]
    known = [one for one in drawn if _point(one.figure) is not None]
    if len(known) < 2:
        return []
    bullets = tuple(
        Bullet(
            one.area.short,
            _point(one.figure),
            _target(say, one),
            None,
            one.verdict,
            _told(say, one),
        )
        for one in drawn
    )
    read = [_("Bar: actual.")]
    if any(bullet.target is not None for bullet in bullets):
        read.append(
            _("Upright mark: target to date.")
            if any(one.goal is not None for one in drawn)
            else _("Upright mark: target.")
        )
    title = _("Actual and target, {period}", period=format_period(say.facts.period))
    return [Chart(title, say.unit(), in_a_row(read), bullets=bullets)]


def _point(figure: Figure | None) -> float | None:
    if figure is None or figure.low is None or not figure.wording.meaning.point:
        return None
    return float(figure.low)


def _target(say: Phrases, one: Standing) -> float | None:
    """What the figure is compared with, where that is one number: of a range its easier end."""
    if one.goal is not None:
        return float(one.goal)
    if one.beside.corridor or one.target is None:
        return None
    end = one.target.high if say.down else one.target.low
    return None if end is None else float(end)


def _told(say: Phrases, one: Standing) -> str:
    """`✗ 3.1`: the sign of the verdict and the figure."""
    sign = SIGNS[one.verdict] if one.verdict not in ("", "no_target") else ""
    figure = say.bare_figure(one.figure) if one.figure else "–"
    return f"{sign} {figure}".strip()
