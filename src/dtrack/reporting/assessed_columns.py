"""The columns of assessed cells that `report` and `gap` share, from target to source."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any

import numpy as np

from dtrack.core.arrays import Ints
from dtrack.core.translate import ENGLISH, _, active_language, speaking
from dtrack.i18n.terms import (
    ASCII_SIGNS,
    LIGHT_ASCII_SIGNS,
    LIGHT_SIGNS,
    light_word,
    status_word,
    verdict_word,
)
from dtrack.reporting.cells import AssessmentView
from dtrack.reporting.columns import each, exact_numbers
from dtrack.reporting.document import Column

_TONES = {"green": "met", "amber": "open", "red": "missed"}  # in which a light is dressed


def assessed_columns(
    board: AssessmentView,
    rows: Ints,
    gap: str,
    gives_way: Mapping[str, int],
    verdicts: Sequence[str] | None = None,
) -> dict[str, Column]:
    """The columns that `report` and `gap` share, by key: from target to source.

    `gap`: heading of the gap. `gives_way`: of those that may leave a narrow terminal. `verdicts`:
    in words of their own.
    """
    tones, quiet = board.pick("verdict", rows), ["quiet"] * len(rows)
    target, actual = [board.target_shown(c) for c in rows], [board.actual_shown(c) for c in rows]
    targets, actuals = (
        numbers_of(shown, rows, texts)
        for shown, texts in ((board.target_shown, target), (board.actual_shown, actual))
    )

    def difference(name: str, heading: str, **look: Any) -> Column:
        values, digits = board.pick(name, rows), board.digits(name, rows)
        return Column(name, heading, values, digits, signed=True, right=True, **look)

    told = verdicts or [board.verdict_shown(c) for c in rows]
    order, alike = board.pick("actual", rows), len(set(board.pick("gap_unit", rows))) == 1
    percent = np.where(
        board.cells.in_points[rows], np.nan, board.columns["percent_of_target"][rows]
    )
    status = each(status_word, board.pick("status", rows))
    columns = (
        Column("target", _("Target"), target, numbers=targets, order=board.pick("target", rows)),
        *goal_column(board, rows),
        Column("actual", _("Actual"), actual, right=True, numbers=actuals, order=order),
        difference("gap", gap, tones=tones, alike=alike),
        Column(
            "percent_of_target",
            _("% of target"),
            percent.tolist(),
            board.digits("percent_of_target", rows),
            right=True,
        ),
        Column("verdict", _("Verdict"), told, tones=tones),
        *beside_columns(board, rows),
        difference("vs_city", _("vs {city}")),
        Column("status", _("Status"), status, tones=quiet),
        board.sources.column(board.pick("source", rows), board.pick("target_source", rows)),
    )
    return {c.key: replace(c, gives_way=gives_way.get(c.key, 0)) for c in columns}


def goal_column(board: AssessmentView, rows: Ints) -> Iterator[Column]:
    """The number that figures are compared with, where it is not in the target's own words."""
    apart = board.goal_apart[rows]
    if apart.any():
        values = np.where(apart, board.columns["goal"][rows], np.nan).tolist()
        digits, short = board.digits("goal", rows), _("To date")
        yield Column("goal", _("Target to date"), values, digits, right=True, short=short)


def beside_columns(board: AssessmentView, rows: Ints) -> Iterator[Column]:
    """The light and the aim beside the verdicts, where any cell has one."""
    if any(lights := board.pick("light", rows)):
        signs = LIGHT_ASCII_SIGNS if board.view.signs is ASCII_SIGNS else LIGHT_SIGNS
        shown = [f"{signs[light]} {light_word(light)}" if light else "" for light in lights]
        tones = [_TONES.get(light, "") for light in lights]
        yield Column("light", _("Light"), shown, tones=tones, gives_way=2)
    if any(aims := board.pick("aim", rows)):
        verdicts = board.pick("aim_verdict", rows)
        told = [
            _("{aim}: {verdict}", aim=board.wording(aim, cell), verdict=verdict_word(verdict))
            if aim
            else ""
            for aim, verdict, cell in zip(aims, verdicts, rows.tolist(), strict=True)
        ]
        yield Column("aim", _("Aim"), told, tones=verdicts, gives_way=2)


def numbers_of(
    shown: Callable[[int], str], rows: Iterable[int], texts: Sequence[str]
) -> list[float | None]:
    """The exact numbers of the figures that `shown` words as `texts`, in whatever language."""
    if active_language() != ENGLISH:
        with speaking(ENGLISH):
            texts = [shown(cell) for cell in rows]
    return exact_numbers(texts)
