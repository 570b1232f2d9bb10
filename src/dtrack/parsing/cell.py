"""Text of one cell → what it says: a figure, not reported, below the smallest unit, or no number.

The text is that which a person sees; `ParsedCell.text` is one that `figure.parse` reads. Whatever
is read otherwise than it is written is told in `read_as`; what could mean two things is no number,
with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dtrack.core.figure import WORDS_AFTER, WORDS_BEFORE, parse, plain_text
from dtrack.core.message import Message, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.parsing import lexicon

FIGURE, NOT_REPORTED, TINY, NOTHING = (
    "figure",
    "not reported",
    "below the smallest unit",
    "no number",
)
_LONGEST = 200
_COMPOUND = re.compile(r"([0-9]+)(万亿|亿|万)([0-9]{1,4}(?:\.[0-9]+)?)(亿|万)?(?![0-9])")
_TENFOURS = {("万", "亿"): "亿", ("亿", "万"): "万", ("万亿", "亿"): "亿", ("万", None): ""}
_BODY = re.compile(
    r"(?P<sign>[+-]?) ?(?P<number>\.?[0-9](?:[0-9]|[ ,.'’、。](?=[ 0-9.,]))*\.?)(?P<rest>.*)",
    re.DOTALL,
)
# marks of width and direction, which nobody sees
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]+")
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")
_RANGE = re.compile(r"[0-9.]+ ?%? ?(?:\.\.|—|–|~|至|到) ?[0-9.]+ ?%?")


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """What one cell says. `kind` is one of the four words above.

    `text`: the figure as `figure.parse` reads it, without its unit; `unit`: the unit that stood in
    the cell; `percent`: it had a per cent sign; `turned`: it was told as a rise or fall in words;
    `aim`: as what is striven for; `read_as`: how it was read where that is not as it is written;
    `reason`: why it is no number.
    """

    kind: str
    text: str = ""
    unit: str = ""
    percent: bool = False
    turned: bool = False
    aim: bool = False
    read_as: str = ""
    reason: Message | None = None

    @property
    def as_read(self) -> str:
        """The figure with its unit and per cent sign."""
        return self.text + self.unit + "%" * self.percent


def parse_cell(cell: str, point: str = ".") -> ParsedCell:
    """Parse a cell; `point` is the sign before the decimals in this file, "." or ",".

    >>> [parse_cell(text).text for text in ("下降4.9%", "5万3230.99亿元", "5.2①")]
    ['-4.9', '53230.99', '5.2']
    """
    if point == "." and _PLAIN.fullmatch(cell):
        return ParsedCell(FIGURE, cell)
    if len(cell) > _LONGEST:
        return ParsedCell(NOTHING, reason=_("too long for a figure"))
    text = plain_text(_UNSEEN.sub("", cell))
    if text.casefold() in lexicon.BLANK:
        return ParsedCell(NOT_REPORTED)
    if lexicon.BELOW_SMALLEST.fullmatch(text):
        return ParsedCell(TINY)
    bare = without_marks(text)
    parsed = _figure(bare if re.search(r"[0-9]", bare) else text, point)
    if parsed.kind == FIGURE and not parsed.read_as and (parsed.turned or bare != text):
        parsed = replace(parsed, read_as=parsed.text + "%" * parsed.percent)
    return parsed


def without_marks(text: str) -> str:
    """The text without the footnote marks behind it."""
    return lexicon.FOOTNOTE_MARKS.sub("", text)


def _figure(text: str, point: str) -> ParsedCell:
    """A text without footnote marks."""
    if reason := _why_unclear(text):
        return ParsedCell(NOTHING, reason=reason)
    if (aim := lexicon.AIM.match(text)) and aim.end() < len(text):
        return _aimed(_figure(text[aim.end() :], point))
    if _RANGE.fullmatch(text):
        ends = text.replace("%", "").replace(" ", "")
        return _checked(ends, ParsedCell(FIGURE, percent="%" in text))
    turn = lexicon.CHANGE.match(text)
    rest = text[turn.end() :] if turn else text
    enclosed = re.fullmatch(r"\(([^()]+)\)( ?%)?", rest)
    if enclosed:
        rest = enclosed[1] + (enclosed[2] or "")
    before, rest, after = _worded(rest)
    currency = lexicon.CURRENCY_BEFORE.match(rest)
    rest, compound = _uncompounded(rest[currency.end() :] if currency else rest)
    if not (body := _BODY.fullmatch(rest)):
        return ParsedCell(NOTHING, reason=_why_no_body(rest))
    number, mended, reason = _number(body["number"], point)
    fall, rise, minus = (bool(turn and turn[name]) for name in ("fall", "rise", "minus"))
    down = fall or minus or bool(enclosed)
    if body["sign"] and (down or (rise and body["sign"] == "+")):
        reason = _("a sign beside words or brackets that tell the direction")
    if reason := _why_more(body["rest"]) or reason:
        return ParsedCell(NOTHING, reason=reason)
    sign = "-" if (body["sign"] == "-" or down) and number.strip("0.") else ""
    unit, percent = _unit(body["rest"].strip(), currency[0].strip() if currency else "")
    parsed = _checked(
        f"{before}{sign}{number}{after}",
        ParsedCell(FIGURE, unit=unit, percent=percent, turned=fall or rise),
    )
    odd = mended or compound or enclosed or turn
    return replace(parsed, read_as=parsed.as_read) if odd and parsed.kind == FIGURE else parsed


def _aimed(parsed: ParsedCell) -> ParsedCell:
    """What is striven for, from the figure behind that word."""
    if parsed.kind != FIGURE:
        return parsed
    return replace(parsed, aim=True, read_as=parsed.read_as or parsed.as_read)


def _why_unclear(text: str) -> Message | None:
    """Why a text is no figure whatever its number is; None where it may be one."""
    if "▲" in text or "△" in text:
        return _("▲ and △ may mean a rise or a fall: write the figure with its sign")
    points = lexicon.POINTS.search(text)
    return _("percentage points are a change, not a figure") if points else None


def _why_more(rest: str) -> Message | None:
    """Why what stands behind a number spoils it; None where it does not."""
    if re.match(r"[eE][+-]?[0-9]", rest):
        return _("it is written with an exponent, which has lost digits")
    return _("it has more than one number") if re.search(r"[0-9]", rest) else None


def _unit(unit: str, currency: str) -> tuple[str, bool]:
    """The unit that stands beside the number, and whether it is per cent."""
    if lexicon.PERCENT_BEHIND.fullmatch(unit):
        return "", True
    return f"{currency} {unit}".strip(), False


def _why_no_body(text: str) -> Message:
    """Why a text does not begin with a number."""
    before = re.match(r"[^0-9]*", text)
    if before and before[0].strip() and before.end() < len(text) and not text.startswith("#"):
        return _("“{text}” before the number is not understood", text=before[0].strip()[:20])
    return _("it has no number")


def _worded(text: str) -> tuple[str, str, str]:
    """The wording before the number, the rest, the wording after it."""
    before, after = WORDS_BEFORE.match(text), WORDS_AFTER.search(text)
    start, end = before.end() if before else 0, after.start() if after else len(text)
    if start >= end:
        return "", text, ""
    return (
        (before[0] if before else ""),
        text[start:end].strip(),
        (after[0].strip() if after else ""),
    )


def _uncompounded(text: str) -> tuple[str, bool]:
    """5万3230.99亿 as 53230.99亿; the second part is below ten thousand of its own scale."""
    match = _COMPOUND.match(text)
    if (
        not match
        or (match[2], match[4]) not in _TENFOURS
        or (not match[4] and not re.match(r"[0-9]{4}", match[3]))
    ):
        return text, False  # 10万2 may be 100,002 or 102,000
    whole, _, part = match[3].partition(".")
    number = f"{int(match[1])}{int(whole):04d}" + (f".{part}" if part else "")
    return number + _TENFOURS[match[2], match[4]] + text[match.end() :], True


def _number(text: str, point: str) -> tuple[str, bool, Message | None]:
    """The number in plain digits, whether it had to be mended, or why it is none."""
    group, plain = "," if point == "." else ".", text.strip()
    if re.fullmatch(rf"[0-9]+(?:\{point}[0-9]+)?", plain):
        return plain.replace(point, "."), False, None
    grouped = re.fullmatch(
        rf"([0-9]{{1,3}}(?:([ '’{group}])[0-9]{{3}})(?:\2[0-9]{{3}})*)(?:\{point}([0-9]+))?", plain
    )
    if grouped:
        return (
            re.sub(r"[^0-9]", "", grouped[1]) + (f".{grouped[3]}" if grouped[3] else ""),
            False,
            None,
        )
    stray = re.fullmatch(rf"([0-9]*) ?[、。{point}] ?([0-9]*)", plain)
    if stray and (stray[1] or stray[2]):
        return (stray[1] or "0") + (f".{stray[2]}" if stray[2] else ""), True, None
    return "", False, _("“{text}” can be read in more than one way", text=plain[:40])


def _checked(text: str, parsed: ParsedCell) -> ParsedCell:
    """The figure, if `figure.parse` agrees that it is one; it has the last word."""
    try:
        parse(text)
    except ValueError as error:
        return ParsedCell(NOTHING, reason=message_of(error))
    return replace(parsed, text=text)
