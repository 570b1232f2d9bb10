"""Read a figure as somebody types it, with its unit (1509.0亿元), as `import` reads a cell."""

from __future__ import annotations

import re
from typing import NamedTuple

from dtrack.core.figure import parse, plain_text
from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import active_language
from dtrack.core.vocabulary import ObsStatus
from dtrack.core.wording import Wording
from dtrack.model.entities import Indicator, Terms
from dtrack.parsing.cell import FIGURE, UNNUMBERED, ParsedCell, parse_cell
from dtrack.parsing.indicator_figure import (
    as_reported,
    fitting_unit,
    kept_text,
    no_number,
    read_as,
    why_no_figure,
)
from dtrack.parsing.target_words import target_words, terms_read

# the file that it goes into, ids of area and indicator, the period
Cell = tuple[str, str, str, str]
# three digits behind it may be thousands
_DECIMAL_COMMA = re.compile(r"[^,]*[0-9],(?:[0-9]{1,2}|[0-9]{4,})(?![0-9])[^,]*")
_FRENCH = re.compile(
    r"\b(?:au (?:plus|moins|maximum|minimum)|plus de|moins de|environ|près de|baisse|hausse"
    r"|entre|plus ou moins|si possible|en visant|avec une ambition de|contraignant|indicatif)\b",
    re.IGNORECASE,
)


class TypedFigure(NamedTuple):
    """The text that is kept, the status that was typed beside it, and how it was read."""

    text: str
    status: str = ""
    told: tuple[Finding, ...] = ()


def typed_figure(
    text: str, item: Indicator, place: Cell, *, of_targets: bool = False
) -> TypedFigure:
    """The figure's text in signs and without a unit that fits the indicator.

    What needs no understanding, or finds none, stays as it is. `of_targets`: it is a target,
    which may be striven for (力争520). Raises BlockedByFindings where unit or words do not fit. A
    comma before decimals is read where the language or the words are French; else it is left to
    the reader of figures, which asks: here no file tells which decimal sign its writer uses.
    """
    cell = _parsed(text, of_targets=of_targets)
    if cell is None:
        return TypedFigure(text)
    if cell.kind == UNNUMBERED and not of_targets:
        return TypedFigure(
            "", ObsStatus.MISSING, (_finding("read-as", place, text, no_number(text)),)
        )
    if why := why_no_figure(text, cell, item, of_targets=of_targets):
        raise BlockedByFindings((_finding("not-a-number", place, text, why),))
    unit, why = fitting_unit(text, cell, item)
    if why:
        raise BlockedByFindings((_finding("wrong-unit", place, text, why),))
    cell = cell if of_targets else as_reported(cell)
    kept = kept_text(cell, unit, item)
    told = (_finding("read-as", place, text, read_as(text, cell)),) if cell.read_as else ()
    return TypedFigure(kept, cell.status, told)


def typed_target(
    text: str, terms: Terms, item: Indicator, place: Cell
) -> tuple[str, Terms, tuple[Finding, ...]]:
    """A target's text, with what its words say beside its value added to `terms`.

    Raises BlockedByFindings as `typed_figure`, and where words and `terms` say two things.
    """
    words = target_words(text)
    if words is None:
        typed = typed_figure(text, item, place, of_targets=True)
        aimed = typed_figure(terms.aim, item, place, of_targets=True)
        return typed.text, terms._replace(aim=aimed.text), typed.told + aimed.told
    parts = [_with_points(part, text) for part in (*words.ends, words.aim or terms.aim)]
    *ends, aim = (typed_figure(part, item, place, of_targets=True).text for part in parts)
    said = words.aim, words.terms.by, words.terms.held
    for word, option in zip(said, (terms.aim, terms.by, terms.held), strict=True):
        if word and option and word != option:
            says = {"text": text, "said": word, "other": option}
            twice = _("“{text}” means {said}, but the option means {other}", **says)
            raise BlockedByFindings((_finding("not-a-number", place, text, twice),))
    value = words.joint.join(ends) or Wording.ASSIGNED.value
    found = Terms(
        words.terms.both or terms.both,
        aim,
        words.terms.by or terms.by,
        words.terms.held or terms.held,
    )
    if value == text.strip() and found == terms:
        return value, found, ()
    return value, found, (_finding("read-as", place, text, terms_read(text, value, found)),)


def _parsed(text: str, *, of_targets: bool) -> ParsedCell | None:
    """What the text says where it is no figure as it stands, but words make one of it.

    None for all else: for a mere number that is written otherwise.
    """
    try:
        parse(text)
    except ValueError:
        plain = plain_text(text)
        comma = "," in plain
        if comma and not (_is_french(plain) and _DECIMAL_COMMA.fullmatch(plain)):
            return None
        cell = parse_cell(text, "," if comma else ".", of_targets=of_targets)
        if cell.kind == UNNUMBERED:
            return cell
        mended = re.fullmatch(r"[0-9\s.+()、。-]*%?", plain)
        return cell if cell.kind == FIGURE and not mended else None
    return None


def _with_points(part: str, whole: str) -> str:
    """Part of a text with decimal points: of its words only the whole tells the language."""
    french = _is_french(whole) and _DECIMAL_COMMA.fullmatch(part)
    return part.replace(",", ".") if french else part


def _is_french(text: str) -> bool:
    """The language spoken, or the words themselves, are French."""
    return active_language() == "fr" or _FRENCH.search(text) is not None


def _finding(code: str, cell: Cell, text: str, sentence: Message) -> Finding:
    file, area, indicator, period = cell
    return Finding(code, file, None, "value", sentence, area, indicator, period, value=text[:60])
