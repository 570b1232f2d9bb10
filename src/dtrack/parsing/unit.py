"""Words of a unit (亿元, CNY 100m, %, 万人) → `Unit`; figures brought to the unit of an indicator.

Only units of one base are converted. A figure keeps its digits as published and gets a scale word
(53230.99万), which the reader scales exactly and whose rounding it keeps.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from dtrack.core.figure import MACHINE_DECIMALS, SCALES, beside_number, parse, plain_text
from dtrack.core.message import Message, deferred
from dtrack.core.message import lazy_gettext as _
from dtrack.core.translate import N_
from dtrack.core.units import scale_and_base
from dtrack.i18n.terms import unit_word
from dtrack.model.entities import Indicator
from dtrack.parsing.lexicon import COUNTERS, MEASURED, MONEY, PER_CENT, PERSONS

PERCENT, FRACTION, INDEX = "percent", "fraction", "index"
FORMS = (PERCENT, FRACTION, INDEX)
FORMS_TOLD = {PERCENT: N_(", as percent"), FRACTION: N_(", as fraction"), INDEX: N_(", as index")}

_MONEY, _PERSONS = frozenset(MONEY.values()), frozenset(PERSONS.values())
UNITS = _MONEY | _PERSONS | COUNTERS | MEASURED | {PERCENT}
_NUMBER = re.compile(r"-?[0-9]+(?:\.[0-9]+)?")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as read: `scale`, its power of ten; `base`, what is counted (CNY, percent, persons).

    `text`, as written.
    """

    scale: int
    base: str
    text: str


@lru_cache(maxsize=1 << 12)  # of a column every cell asks, of a workspace every heading
def read_unit(text: str) -> Unit:
    """The unit that a text names.

    >>> read_unit("万元").scale, read_unit("CNY 100m").scale, read_unit("CNY bn").base
    (4, 8, 'CNY')
    """
    plain = re.sub(r"(?<=[0-9])[ ,\u00a0\u202f](?=[0-9]{3}(?![0-9]))", "", plain_text(text).strip())
    plain = re.sub(
        r"^人民币\s*\(?([^()]+)\)?$",
        r"\1",
        re.sub(r"^(?:in|en)\s+", "", plain, flags=re.IGNORECASE),
    )
    if plain.casefold() in PER_CENT:
        return Unit(0, PERCENT, text)
    words = plain
    if re.search(r"[A-Za-z$¥€]", plain):
        # a single letter, alone or behind a number: CNY 100m
        for sign, word in (("k", "thousand"), ("m", "million")):
            words = re.sub(rf"(?<![a-z]){sign}\b", f" {word}", words, flags=re.IGNORECASE)
    scale, base = scale_and_base(words)
    key = re.sub(
        r"[\s.]", "", re.sub(r"^(?:of\s|de\s|d['’])", "", base.strip(), flags=re.IGNORECASE)
    ).casefold()
    bare = key.removesuffix("s")
    return Unit(scale, MONEY.get(key) or MONEY.get(bare) or PERSONS.get(bare) or bare, text)


def misfit(unit: Unit, indicator: Indicator) -> Message | None:
    """Why figures in this unit are none of the indicator; None where they are."""
    own = read_unit(indicator.unit)
    if unit.base == own.base or (unit.base == "" and unit.scale and own.base != PERCENT):
        return None
    bases = {unit.base, own.base}
    if bases & COUNTERS and not bases & (_MONEY | _PERSONS | {PERCENT}):
        return None
    return _(
        "“{unit}” is not a unit of {indicator}, which is in {own}",
        unit=unit.text,
        indicator=indicator.id,
        own=deferred(unit_word, indicator.unit),
    )


def in_unit(text: str, unit: Unit, indicator: Indicator) -> str:
    """The figure's text as it is kept.

    Unchanged where the scales agree, else with the scale word of its own unit.

    A scale without a word of its own (1, 10 万) is brought to the indicator's, or to the next
    larger word. Raises ValueError where no exact text of at most 15 digits exists.
    """
    own = read_unit(indicator.unit)
    if unit.scale == own.scale:
        return text
    word = SCALES.get(unit.scale, "")
    if not word:
        plain = _all_moved(text, unit.scale - own.scale)
        numbers = _NUMBER.findall(plain)
        if all(len(number.partition(".")[2]) <= MACHINE_DECIMALS for number in numbers):
            return plain
        larger = min((power for power in SCALES if power > unit.scale), default=0)
        if not larger:
            raise ValueError(_("more than {count} decimals", count=MACHINE_DECIMALS))
        text, word = _all_moved(text, unit.scale - larger), SCALES[larger]
    word = f" {word}" if word.isascii() else word
    kept = beside_number(text, word)
    parse(kept)
    return kept


def in_form(text: str, form: str) -> str:
    """A per cent from a fraction (0.052 → 5.2) or an index (105.2 → 5.2), exactly."""
    if form not in (FRACTION, INDEX):
        return text

    def turned(match: re.Match[str]) -> str:
        return _moved(match[0], 2) if form == FRACTION else format(Decimal(match[0]) - 100, "f")

    return _NUMBER.sub(turned, text)


def _all_moved(text: str, power: int) -> str:
    """The figure's text with each of its numbers, both ends of a range, times a power of ten."""
    return _NUMBER.sub(lambda number: _moved(number[0], power), text)


def _moved(number: str, power: int) -> str:
    """The number times a power of ten, its published digits kept: 5.10 × 10⁻² is 0.0510."""
    return format(Decimal(number).scaleb(power), "f")
