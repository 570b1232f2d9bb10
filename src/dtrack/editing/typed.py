"""Read a figure as somebody types it, with its unit (1509.0亿元), as `import` reads a cell."""

from __future__ import annotations

from dataclasses import replace

from dtrack.core.figure import parse, plain_text
from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.wording import Wording
from dtrack.model.entities import Indicator, Terms
from dtrack.parsing.cell import FIGURE, ParsedCell, parse_cell
from dtrack.parsing.indicator_figure import fitting_unit, kept_text, read_as, why_no_figure
from dtrack.parsing.target_words import target_words, terms_read

# the file that it goes into, ids of area and indicator, the period
Cell = tuple[str, str, str, str]


def typed_figure(
    text: str, item: Indicator, place: Cell, *, of_targets: bool = False
) -> tuple[str, tuple[Finding, ...]]:
    """The figure's text without a unit that fits the indicator.

    What needs no understanding, or finds none, stays as it is. `of_targets`: it is a target,
    which may be striven for (力争520). Raises BlockedByFindings where unit or words do not fit. A
    comma is left to the reader of figures, which asks: here no file tells which decimal sign
    its writer uses.
    """
    cell = _parsed(text)
    if cell is None:
        return text, ()
    if why := why_no_figure(text, cell, item, of_targets=of_targets):
        raise BlockedByFindings((_finding("not-a-number", place, text, why),))
    unit, why = fitting_unit(text, cell, item)
    if why:
        raise BlockedByFindings((_finding("wrong-unit", place, text, why),))
    kept = kept_text(cell, unit, item)
    told = (_finding("read-as", place, text, read_as(text, kept)),) if cell.aim else ()
    return kept, told


def typed_target(
    text: str, terms: Terms, item: Indicator, place: Cell
) -> tuple[str, Terms, tuple[Finding, ...]]:
    """A target's text, with what its words say beside its value added to `terms`.

    Raises BlockedByFindings as `typed_figure`, and where words and `terms` say two things.
    """
    words = target_words(text)
    if words is None:
        value, told = typed_figure(text, item, place, of_targets=True)
        aim, more = typed_figure(terms.aim, item, place, of_targets=True)
        return value, replace(terms, aim=aim), told + more
    ends = [typed_figure(end, item, place, of_targets=True)[0] for end in words.ends]
    aim = typed_figure(words.aim or terms.aim, item, place, of_targets=True)[0]
    said = words.aim, words.terms.by, words.terms.held
    for word, option in zip(said, (terms.aim, terms.by, terms.held), strict=True):
        if word and option and word != option:
            says = {"text": text, "said": word, "other": option}
            twice = _("“{text}” says {said}, and the option {other}", **says)
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


def _parsed(text: str) -> ParsedCell | None:
    """What the text says where it is no figure as it stands, and has a unit or tells an aim.

    None for all else.
    """
    try:
        parse(text)
    except ValueError:
        cell = parse_cell(text) if "," not in plain_text(text) else None
        if cell is None or cell.kind != FIGURE:
            return None
        return cell if cell.aim or (cell.unit and not cell.read_as) else None
    return None


def _finding(code: str, cell: Cell, text: str, sentence: Message) -> Finding:
    file, area, indicator, period = cell
    return Finding(code, file, None, "value", sentence, area, indicator, period, value=text[:60])
