"""Figure, target and gap of one cell as a sentence."""

from __future__ import annotations

import re
from collections.abc import Callable

import numpy as np

from dtrack.analysis.comparison import fixed, signed
from dtrack.core.translate import N_, _, active_language, numeral
from dtrack.core.wording import Wording
from dtrack.i18n.formatting import amount_shown
from dtrack.i18n.terms import (
    behind_name,
    behind_number,
    unit_word,
)
from dtrack.reporting.cells import AssessmentView


def comparison_in_words(board: AssessmentView, cell: int) -> str:
    """`GDP growth 5.4 % against a target of around 5 %.

    ✓ met, +0.4 pp.` or what is missing for such a sentence.
    """
    item, columns = board.indicator(cell), board.columns
    told = {
        "indicator": item.name,
        "figure": behind_name(
            item.name,
            _with_unit(board, cell, columns["actual_text"][cell], board.actual_shown(cell)),
        ),
    }
    if not board.cells.has_target[cell]:
        return _("{indicator} {figure}; no target is published for this period.", **told)
    told["verdict"] = board.verdict_shown(cell)
    if board.cells.relative[cell]:
        return _relative_in_words(board, cell, told)
    if np.isnan(columns["target"][cell]):
        message = N_("{indicator} {figure} against an undisclosed target: {verdict}.")
        if columns["target_text"][cell] == Wording.ASSIGNED:
            message = N_("{indicator} {figure} against an assigned target: {verdict}.")
        return _(message, **told)
    told["target"] = _with_unit(board, cell, columns["target_text"][cell], board.target_shown(cell))
    if board.cells.prorated[cell] and board.goal_apart[cell]:
        goal = numeral(fixed(columns["goal"][cell], board.decimals["goal"][cell]))
        told["target"] = _("{target} ({goal} to date)", target=told["target"], goal=goal)
    if np.isnan(columns["gap"][cell]):
        return _("{indicator} {figure} against a target of {target}: {verdict}.", **told)
    if (
        item.lower_is_better
        and not board.cells.corridor[cell]
        and columns["gap"][cell]
        and columns["goal"][cell] == columns["target"][cell]
    ):
        return _beside_ceiling(board, cell, told)
    return _(
        "{indicator} {figure} against a target of {target}: {verdict}, {gap}.",
        gap=_gap_in_words(board, cell),
        **told,
    )


def _beside_ceiling(board: AssessmentView, cell: int, told: dict[str, str]) -> str:
    """As `comparison_in_words`, how far the figure lies above or below what it may be at most."""
    gap = board.columns["gap"][cell]
    number = numeral(fixed(abs(gap), board.decimals["gap"][cell]))
    unit = behind_number(board.indicator(cell).gap_unit)
    far = _("{number} {unit}", number=number, unit=unit)
    if gap > 0:
        return _(
            "{indicator} {figure} against a target of {target}: {verdict}, {far} below it.",
            far=far,
            **told,
        )
    return _(
        "{indicator} {figure} against a target of {target}: {verdict}, {far} above it.",
        far=far,
        **told,
    )


def _relative_in_words(board: AssessmentView, cell: int, told: dict[str, str]) -> str:
    """As `comparison_in_words`, against a target that follows another figure."""
    told["target"] = board.target_shown(cell)
    if np.isnan(board.columns["gap"][cell]):
        return _("{indicator} {figure}, the target being {target}: {verdict}.", **told)
    gap = _gap_in_words(board, cell)
    return _("{indicator} {figure}, the target being {target}: {verdict}, {gap}.", gap=gap, **told)


def _gap_in_words(board: AssessmentView, cell: int) -> str:
    number = numeral(signed(board.columns["gap"][cell], board.decimals["gap"][cell]))
    unit = behind_number(board.indicator(cell).gap_unit)
    return _("{number} {unit}", number=number, unit=unit)


def _with_unit(board: AssessmentView, cell: int, published: str, shown: str) -> str:
    """`5.4 %`, `5 %左右`, `12.2万 stations (2024-06)`, `2.06 trillion CNY`.

    A unit that begins with a number in brackets.
    """
    item, text = board.indicator(cell), board.wording(published, cell)
    if item.in_percent:
        per_cent: Callable[[re.Match[str]], str] = lambda digit: _("{number}%", number=digit[1])
        told = text if "%" in text else re.sub(r"([0-9])(?=[^0-9]*$)", per_cent, text, count=1)
    else:
        # in other languages the number is in the unit
        scaled = active_language() == "zh" and re.search(r"[万亿千百]|illion|thousand", published)
        unit = unit_word(item.base_unit if scaled else item.unit)
        told = amount_shown(text, behind_number(unit))
    return shown.replace(text, told, 1)
