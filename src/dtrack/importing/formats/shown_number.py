"""A number and its format → the text that a person sees.

All arithmetic is decimal: Excel holds 15 digits and rounds halves away from zero. General shows at
most 11 characters (a whole number in full: how much of it shows is a matter of the column's width).
A minus that a format hides is put back: −5 is never 5.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Context, Decimal
from fractions import Fraction
from typing import NamedTuple

from dtrack.importing.formats.number_format import (
    DATE,
    FRACTION,
    GENERAL,
    LITERAL,
    NUMBER,
    SCIENTIFIC,
    TEXT,
    NumberFormat,
    Section,
    Token,
    Usual,
)
from dtrack.importing.formats.shown_date import date_text

_TESTS = {
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
    "=": operator.eq,
    "<>": operator.ne,
}
# one of these before the digits says that a section is for negative numbers
_SIGNS = "-−–—▲△▼▽↓负減减降跌"
_STEPS = [Decimal(1).scaleb(-decimals) for decimals in range(16)]
_WIDE = Context(prec=700)  # 1e308 with as many decimals as a format can name
# of the number: less than that is the dust of a calculation, not a hidden digit
_DUST = Decimal("1e-9")


class Shown(NamedTuple):
    """What a cell shows.

    `hides`: it holds more digits; `sign`: a minus was put back; `blank`: the format shows nothing.
    """

    text: str
    hides: bool = False
    sign: bool = False
    blank: bool = False


def show_number(number: float, form: NumberFormat, *, since_1904: bool = False) -> Shown:
    """What a cell with this number and format shows.

    >>> from dtrack.importing.formats.number_format import PLAIN, parse_format
    >>> show_number(0.052, parse_format("0.0%")).text, show_number(0.1 + 0.2, PLAIN).text
    ('5.2%', '0.3')
    >>> show_number(5.0, parse_format("0.0")).text
    '5.0'
    """
    section, unsigned = _choose(number, form)
    if section.kind == DATE:
        return Shown(date_text(number, section, since_1904=since_1904))
    value = Decimal(f"{number:.15g}")
    text, worth = _SHOWS[section.kind](abs(value), section)
    if not text.strip():
        return Shown("", blank=True)
    if section.kind == LITERAL:
        return Shown(text.strip(), hides=number != 0)
    hides = worth is not None and abs(worth - abs(value)) > abs(value) * _DUST
    put_back = unsigned and number < 0 and not _says_negative(section)
    minus = "-" if number < 0 and (put_back or not unsigned) else ""
    return Shown(minus + text.strip(), hides, put_back)


def show_text(text: str, form: NumberFormat) -> str:
    """Return a text under a format that puts words around it: @"区"."""
    if form.text is None or not text:
        return text
    tokens = form.text.tokens
    if not any(token.kind == "at" for token in tokens):
        return text
    around = "".join(text if token.kind == "at" else token.text for token in tokens)
    return text if around.strip() == text.strip() else around.strip()


def _says_negative(section: Section) -> bool:
    """The section shows a sign of its own."""
    tokens = section.tokens
    digits = [n for n, token in enumerate(tokens) if token.kind in {"digit", "general"}]
    first, last = (digits[0], digits[-1]) if digits else (len(tokens), len(tokens))
    before = "".join(token.text for token in tokens[:first])
    return says_negative(before, "".join(token.text for token in tokens[last + 1 :]))


def says_negative(before: str, after: str) -> bool:
    """True where a minus, a triangle, a word or brackets stand around the digits.

    >>> says_negative("(", ")"), says_negative("", "(亿元)"), says_negative("", "-")
    (True, False, True)
    """
    opened = ("(" in before and ")" not in before) or ("（" in before and "）" not in before)
    return opened or any(mark in before for mark in _SIGNS) or after.strip().startswith("-")


def general(value: Decimal) -> str:
    """A number under General: at most 11 characters, whole numbers in full.

    >>> [general(Decimal(text)) for text in ("5", "0.333333333333333", "12345.678901", "0.00001")]
    ['5', '0.333333333', '12345.6789', '1E-05']
    """
    if value == value.to_integral_value() and abs(value) < Decimal("1e15"):
        return f"{value:.0f}"
    size = value.adjusted()
    if -5 < size < 11:
        text = f"{_rounded(value, 9 if size < 0 else max(9 - size, 0)):f}"
        return text.rstrip("0").rstrip(".") if "." in text else text
    mantissa, _, exponent = f"{value:.5E}".partition("E")
    return f"{mantissa.rstrip('0').rstrip('.')}E{int(exponent):+03d}"


def _rounded(number: Decimal, decimals: int) -> Decimal:
    """To that many decimals, halves away from zero."""
    return number.quantize(
        _STEPS[decimals] if decimals < len(_STEPS) else Decimal(1).scaleb(-decimals),
        ROUND_HALF_UP,
        _WIDE,
    )


def _choose(number: float, form: NumberFormat) -> tuple[Section, bool]:
    """The section for a number; True where it is for negative ones only, so shows no minus."""
    sections = form.numbers
    if len(sections) == 1:
        return sections[0], False
    if not any(section.condition for section in sections):
        place = (
            1 if number < 0 and len(sections) > 1 else 2 if number == 0 and len(sections) > 2 else 0
        )
        return sections[place], place == 1
    for section in sections:
        sign, limit = section.condition or ("", 0.0)
        if not sign or _TESTS[sign](number, limit):
            return section, (sign == "<" and limit <= 0) or (sign == "<=" and limit < 0)
    return sections[-1], False


Worth = Decimal | None


def _show_general(value: Decimal, section: Section) -> tuple[str, Worth]:
    return "".join(
        general(value) if token.kind == "general" else token.text for token in section.tokens
    ), None


def _show_literal(_value: Decimal, section: Section) -> tuple[str, Worth]:
    return "".join(token.text for token in section.tokens), None


def _show_number(value: Decimal, section: Section) -> tuple[str, Worth]:
    """Put digits in places: before the point from the right, after it from the left."""
    if section.usual is not None:
        return _show_usual(value, section.usual)
    tokens = list(section.tokens)
    point = next((n for n, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    thousands, scale, tokens = _commas(tokens, point)
    point = next((n for n, token in enumerate(tokens) if token.kind == "point"), len(tokens))
    power = 2 * sum(token.kind == "percent" for token in tokens) - 3 * scale
    decimals = sum(token.kind == "digit" for token in tokens[point:])
    rounded = _rounded(value.scaleb(power), decimals)
    whole, _, part = f"{rounded:f}".partition(".")
    before = _whole(tokens[:point], whole.lstrip("0"), thousands=thousands)
    places = [token for token in tokens[point:] if token.kind == "digit"]
    dot = "." if part.strip("0") or any(token.text == "0" for token in places) else ""
    return before + dot + _part(tokens[point + 1 :], part), rounded.scaleb(-power)


def _show_usual(value: Decimal, usual: Usual) -> tuple[str, Worth]:
    rounded = _rounded(value.scaleb(2) if usual.percent else value, usual.decimals)
    digits = f"{rounded:,f}" if usual.thousands else f"{rounded:f}"
    return usual.before + digits + usual.after, rounded.scaleb(-2) if usual.percent else rounded


def _commas(tokens: list[Token], point: int) -> tuple[bool, int, list[Token]]:
    """Whether commas part thousands, how many divide by a thousand, and the tokens without them."""
    digits = [n for n, token in enumerate(tokens) if token.kind == "digit"]
    whole = [n for n in digits if n < point]
    thousands, scale, kept = False, 0, []
    for n, token in enumerate(tokens):
        if token.kind != "comma":
            kept.append(token)
        elif whole and whole[0] < n < whole[-1]:
            thousands = True
        elif digits and n > digits[0] and tokens[n - 1].kind in {"digit", "comma", "point"}:
            scale += 1
        else:
            kept.append(Token("text", ","))
    return thousands, scale, kept


def _whole(tokens: list[Token], digits: str, *, thousands: bool) -> str:
    """The part before the point; what does not fit the places goes to the first of them."""
    places = sum(token.kind == "digit" for token in tokens)
    if not places:
        return "".join(map(_plain, tokens)) + digits
    out: list[str] = []
    put = 0
    for token in reversed(tokens):
        if token.kind != "digit":
            out.append(_plain(token))
            continue
        places -= 1
        taken, digits = (digits[-1:], digits[:-1]) if places else (digits, "")
        for digit in reversed(taken or {"0": "0", "?": " ", "#": ""}[token.text]):
            out.append("," * (thousands and put > 0 and put % 3 == 0 and digit != " "))
            out.append(digit)
            put += 1
    return "".join(reversed(out))


def _part(tokens: list[Token], digits: str) -> str:
    """The part after the point: zeros at its end are left out where the place is # or ?."""
    needed = len(digits.rstrip("0"))
    out, place = [], 0
    for token in tokens:
        if token.kind != "digit":
            out.append(_plain(token))
            continue
        shown = token.text == "0" or place < needed
        out.append(digits[place : place + 1] if shown else " " if token.text == "?" else "")
        place += 1
    return "".join(out)


def _plain(token: Token) -> str:
    """A token that stands for itself."""
    return "" if token.kind in {"at", "general", "exponent"} else token.text


def _show_scientific(value: Decimal, section: Section) -> tuple[str, Worth]:
    """1.23E+04; with several places before the point the exponent is a multiple of their number."""
    mark = next(n for n, token in enumerate(section.tokens) if token.kind == "exponent")
    mantissa, rest = section.tokens[:mark], section.tokens[mark + 1 :]
    point = next((n for n, token in enumerate(mantissa) if token.kind == "point"), len(mantissa))
    step = max(sum(token.kind == "digit" for token in mantissa[:point]), 1)
    decimals = sum(token.kind == "digit" for token in mantissa[point:])
    power = value.adjusted() // step * step if value else 0
    if value and _rounded(value.scaleb(-power), decimals).adjusted() >= step:
        power += step
    text, worth = _show_number(value.scaleb(-power), Section(NUMBER, mantissa))
    sign = "-" if power < 0 else "+" if section.tokens[mark].text[1] == "+" else ""
    width = sum(token.kind == "digit" for token in rest)
    tail = "".join(_plain(token) for token in rest if token.kind != "digit")
    worth = None if worth is None else worth.scaleb(power)
    return f"{text}E{sign}{abs(power):0{max(width, 1)}d}{tail}", worth


def _show_fraction(value: Decimal, section: Section) -> tuple[str, Worth]:
    """5 1/4: the nearest fraction with the denominator named, or with as many digits as places."""
    code = "".join(
        token.text
        for token in section.tokens
        if token.kind in {"digit", "slash"} or token.text.isdecimal() or token.text == " "
    )
    left, _, right = code.partition("/")
    named = int(right) if right.isdecimal() and int(right) else 0
    near = Fraction(value)
    near = (
        Fraction(round(near * named), named)
        if named
        else near.limit_denominator(10 ** max(len(right.strip()), 1) - 1)
    )
    under = named or near.denominator
    over = int(near * under)
    worth = Decimal(near.numerator) / Decimal(near.denominator)
    if " " not in left.strip():
        return f"{over}/{under}", worth
    whole, over = divmod(over, under)
    part = f"{over}/{under}" if over else ""
    return f"{whole} {part}".strip() if whole or not over else part, worth


def _show_at(value: Decimal, _section: Section) -> tuple[str, Worth]:
    return general(value), None


_SHOWS: dict[str, Callable[[Decimal, Section], tuple[str, Worth]]] = {
    GENERAL: _show_general,
    NUMBER: _show_number,
    SCIENTIFIC: _show_scientific,
    FRACTION: _show_fraction,
    LITERAL: _show_literal,
    TEXT: _show_at,
}
