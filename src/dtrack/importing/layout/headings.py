"""What the texts above a column, or the name in a row, say: indicator, units, period.

A heading names an indicator only where it equals its id, one of its names or an alias, once unit,
period and words that say nothing (总量, value) are taken off. Everything else is for a map to say;
nothing is guessed from likeness.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import NamedTuple

from dtrack.analysis.over import is_span
from dtrack.core.figure import plain_text
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.names import ambiguous, heading_index, keys_of, spelling
from dtrack.core.period import Period
from dtrack.i18n.terms import basis_in_words
from dtrack.importing.layout.periods import NamedPeriod, mentions, period_agreed, question_of
from dtrack.model.entities import Indicator
from dtrack.parsing import lexicon
from dtrack.parsing.cell import without_marks
from dtrack.parsing.span_words import span_words
from dtrack.parsing.unit import UNITS, read_unit

_BRACKETS = re.compile(r"[(\[【〔]([^()\[\]【】〔〕]*)[)\]】〕]")
_AT_THE_END = re.compile(rf"(?:{_BRACKETS.pattern}\s*)+$")
_TAIL = re.compile(r"[,，/:：;；、_\s]+(?=[^,，/:：;；、_\s])")
_BULLET = re.compile(r"^其中\s*[:：]?|^[\s#,，:：*]+|[\s,，:：*]+$")
# nothing but a number, which heads nothing; and one that is no code of an area, as 110101 may be
NUMBER = re.compile(r"[-+−]?[0-9.,]+ ?[%％]?")
NO_NAME = re.compile(rf"(?![0-9]+$){NUMBER.pattern}")
_UNIT_WORD = re.compile(r"^\s*(?:计量)?单位\s*[:：]?\s*")
_LONGEST = 300  # letters; what is longer is no heading, and its commas would be tried one by one
_MOST = 1000  # different names in rows that are read; what comes after has to be one to the letter
_SAMPLE = 60  # different texts from which a column of names is told


@dataclass(frozen=True, slots=True)
class Heading:
    """A column's heading.

    `text`: its parts joined; `indicator`: a position, −1 where it names none; `words`: what was
    left to look for; `units`: all that it tells, those of the lowest part first; `nearest`: those
    of the lowest part that tells any; `period`: as found, None where it has none; `unfit`: why it
    names no indicator though its words do; `relative`: the period is told from another (上年同期);
    `torn`: its words are the name of two indicators.
    """

    text: str
    indicator: int
    words: str = ""
    units: tuple[str, ...] = ()
    nearest: tuple[str, ...] = ()
    period: Period | None = None
    unfit: Message | None = None
    relative: bool = False
    torn: bool = False

    @property
    def unit(self) -> str:
        """The nearest of its units, "" where it tells none."""
        return next(iter(self.nearest), "")


class _Bare(NamedTuple):
    """What is left of one text of a heading; its units, periods and price basis."""

    text: str
    units: tuple[str, ...] = ()
    named: tuple[NamedPeriod, ...] = ()
    prices: str = ""


class HeadingReader:
    """Reads headings, and names in rows as headings; each distinct one once.

    `asked`: the period of the import; `of_targets`: a table of targets, where the word target says
    nothing.
    """

    def __init__(
        self, indicators: tuple[Indicator, ...], asked: Period, *, of_targets: bool = False
    ) -> None:
        self.indicators, self.asked, self.of_targets = indicators, asked, of_targets
        self.index = heading_index(indicators)
        self.bases = UNITS | {read_unit(item.unit).base for item in indicators}
        self.known: dict[tuple[Period, tuple[str, ...]], Heading] = {}
        self.of_rows: dict[str, Heading] = {}

    def read(self, parts: Sequence[str], asked: Period | None = None) -> Heading:
        """Heading of parts, topmost first; `asked`: period that its own is told from."""
        key = (asked or self.asked, tuple(parts))
        if key not in self.known:
            self.known[key] = self._heading(key[1], key[0])
        return self.known[key]

    def of_row(self, name: str) -> Heading:
        """What the name in a row says; one that is an indicator's to the letter is not read."""
        position = self.index.get(spelling(name), -1)
        full = len(self.of_rows) >= _MOST and name not in self.of_rows
        if position >= 0 or not name.strip() or full:
            return Heading(name, position)
        if name not in self.of_rows:
            self.of_rows[name] = self.read([name])
        return self.of_rows[name]

    def share(self, words: Iterable[str]) -> float:
        """Which part of the first of these texts names an indicator; 0 where there are none."""
        first = list(islice(words, _SAMPLE))
        return (
            sum(self.of_row(word).indicator >= 0 for word in first) / len(first) if first else 0.0
        )

    def is_heading(self, text: str) -> bool:
        """The text names an indicator, a period or a unit; a mere number may be a figure."""
        if NUMBER.fullmatch(text):
            return False
        heading = self.read([text])
        told = heading.period is not None or bool(heading.unit)
        return heading.indicator >= 0 or (not heading.words and told)

    def names(self, text: str) -> bool:
        """The text is the name of an indicator, or of several."""
        return spelling(text) in self.index

    def is_unit(self, text: str) -> bool:
        """Per cent, money, a counting word, a scale word, or the base of an indicator here."""
        unit = read_unit(text)
        if not text.strip():
            return False
        return unit.base in self.bases or (unit.base == "" and unit.scale > 0)

    # -- a heading ---------------------------------------------------------------------------------
    def _heading(self, parts: tuple[str, ...], asked: Period) -> Heading:
        whole = " / ".join(parts)
        if sum(map(len, parts)) > _LONGEST:
            return Heading(whole, -1, " ".join(parts))
        bare = [self._bare(part, asked) for part in parts]
        named = [named for one in bare for named in one.named]
        period, clear = period_agreed(named, asked)
        words = [_BULLET.sub("", one.text) for one in bare]
        telling = [word for word in words if word and spelling(word) not in lexicon.SILENT]
        joined = ("".join(telling), "".join(reversed(telling)))
        tries = [text for one in joined for text in (one, lexicon.SILENT_END.sub("", one))]
        position = next((self.index[key] for key in map(spelling, tries) if key in self.index), -1)
        twins = self._twins(tries) if position < 0 else None
        prices = {one.prices for one in bare} - {""}
        unfit = _unfit(self.indicators[position], prices, clear) if position >= 0 else twins
        unfit = question_of(named) or unfit
        return Heading(
            whole,
            -1 if unfit else position,
            " ".join(telling),
            tuple(dict.fromkeys(unit for one in reversed(bare) for unit in one.units)),
            next((one.units for one in reversed(bare) if one.units), ()),
            period if clear else None,
            unfit,
            any(one.before for one in named),
            bool(twins),
        )

    def _twins(self, texts: Sequence[str]) -> Message | None:
        """The question where one of the texts is the name of two indicators, else None."""
        name = next(filter(self.names, texts), "")
        return (
            ambiguous(name, {item.id: keys_of(item) for item in self.indicators}) if name else None
        )

    def _bare(self, part: str, asked: Period) -> _Bare:
        """One text of a heading without its units, periods and price basis, and those."""
        text = without_marks(plain_text(part))
        if self.of_targets:
            text = lexicon.TARGET_WORDS.sub("", text)
            if is_span(self.asked) and not self.names(text):
                text = span_words(text)[0]
        if self.names(text):  # a unit that stands in its own name is its unit
            return _Bare(text, tuple(filter(self.is_unit, _BRACKETS.findall(text))))
        if basis := prices_in(text):
            return _Bare("", prices=basis)
        found = list[_Bare]()
        for bracket in list(_BRACKETS.finditer(text)):
            inside = self._inside(bracket[1], asked)
            if inside is not None:
                text = text.replace(bracket[0], "", 1).strip()
                found.append(inside)
            elif read_unit(bracket[1]).scale and self.names(text.replace(bracket[0], "", 1)):
                # 汽车产量（万辆）: a scale behind the name of an indicator is a unit, of whatever
                text = text.replace(bracket[0], "", 1).strip()
                found.append(_Bare("", (bracket[1].strip(),)))
        if not self.names(text):
            text, named = mentions(text, asked)
            text, unit = self._tail(text)
            found.append(_Bare("", (unit,) if unit else (), tuple(named)))
        return _Bare(
            text,
            tuple(unit for one in found for unit in one.units),
            tuple(named for one in found for named in one.named),
            next((one.prices for one in found if one.prices), ""),
        )

    def _tail(self, text: str) -> tuple[str, str]:
        """The text and the unit that it ends with; a text that is nothing but a unit is one."""
        if text and self.is_unit(text):
            return "", text
        ends = (
            (text[: mark.start()].strip(), text[mark.end() :].strip())
            for mark in _TAIL.finditer(text)
            if mark.start()
        )
        return next(((head, tail) for head, tail in ends if self.is_unit(tail)), (text, ""))

    def _inside(self, text: str, asked: Period) -> _Bare | None:
        """Units, periods and prices in a bracket; None where it says more than those."""
        if self.is_unit(text):
            return _Bare("", (text.strip(),))
        units, prices, named = dict[str, None](), "", list[NamedPeriod]()
        for piece in re.split(r"[,，、;；]|(?<!元)(?<![0-9]{4})/", text):
            word, basis = _UNIT_WORD.sub("", piece).strip(), prices_in(piece.strip())
            rest, found = (word, []) if self.is_unit(word) else mentions(word, asked)
            if basis:
                prices = prices or basis
                continue
            if self.is_unit(rest):
                units[rest] = None
            elif rest and spelling(rest) not in lexicon.SILENT:
                return None
            named += found
        return _Bare("", tuple(units), tuple(named), prices)

    # -- units of the whole table ------------------------------------------------------------------
    def table_units(self, texts: Sequence[str]) -> tuple[list[str], str]:
        """Units of lines such as 单位：亿元、%; else the line that is not understood."""
        units: list[str] = []
        for text, following in zip(texts, [*texts[1:], ""], strict=False):
            found = lexicon.UNIT_LINE.search(plain_text(text))
            if not found:
                continue
            beside = following if found["sign"] and not found["told"] else ""
            told = found["told"] or beside
            named = self._listed(told) if told else []
            if told and not named and found["sign"] and lexicon.OF_UNITS.search(told):
                return [], f"{text}{beside}"
            units += named
        return units, ""

    def units_beside_title(self, texts: Iterable[str]) -> list[str]:
        """The units alone in a cell above the table, or in brackets at the end of its titles."""
        units: list[str] = []
        for text in map(plain_text, texts):
            brackets = _AT_THE_END.search(text)
            told = _BRACKETS.findall(brackets[0]) if brackets else [text]
            units += [unit for one in told for unit in self._listed(one)]
        return units

    def _listed(self, text: str) -> list[str]:
        """The units that a text is, or is a list of; none where something else stands in it."""
        if self.is_unit(text):
            return [text.strip()]
        parts = re.split(r"[、;；/]|[,，](?![0-9]{3})|\band\b|和", text)
        units = [part.strip() for part in parts if part.strip()]
        return units if all(map(self.is_unit, units)) else []


def _unfit(item: Indicator, prices: set[str], clear: bool) -> Message | None:
    """Why figures under a heading that names the indicator are none of it; None where they are."""
    if not clear:
        return _("the heading names conflicting periods")
    if not (other := prices - {item.prices}):
        return None
    return _(
        "{indicator} is in {own}, its heading gives {other}",
        indicator=item.id,
        own=deferred(basis_in_words, item.prices, "") if item.prices else _("no price basis"),
        other=deferred(basis_in_words, min(other), ""),
    )


def prices_in(text: str) -> str:
    """The price basis that a text is nothing but, "" where it is none."""
    found = (basis for basis, pattern in lexicon.PRICES.items() if pattern.fullmatch(text))
    return next(found, "")
