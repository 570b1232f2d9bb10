"""Text of one cell → what it says: a figure, not reported, below the smallest unit, or no number.

The text is that which a person sees; `ParsedCell.text` is one that `figure.parse` reads. Whatever
is read otherwise than it is written is told in `read_as`; what could mean two things is no number,
with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from decimal import Decimal

from dtrack.core.figure import (
    WORDS_AFTER,
    WORDS_BEFORE,
    beside_number,
    parse,
    plain_text,
)
from dtrack.core.message import Message, message_of
from dtrack.core.message import lazy_gettext as _
from dtrack.parsing import lexicon
from dtrack.parsing.digits import plain_digits, uncompounded
from dtrack.parsing.rewording import in_per_cent, unchanged, without_status

FIGURE, NOT_REPORTED, TINY, UNNUMBERED, NOTHING = (
    "figure",
    "not reported",
    "below the smallest unit",
    "told without a number",
    "no number",
)
_LONGEST = 200
_BODY = re.compile(
    r"(?P<sign>[+-]?) ?(?P<number>\.?[0-9](?:[0-9]|[ ,.'’、。](?=[ 0-9.,]))*\.?)(?P<rest>.*)",
    re.DOTALL,
)
# marks of width and direction, which nobody sees
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]+")
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")
_NUMBER = r"-?[0-9]+(?:[.,][0-9]+)?"
_SPAN = re.compile(
    rf"(?P<low>{_NUMBER}) ?(?P<percent>%?) ?(?P<to>\.\.|—|–|~|至|到|-|(?<= )(?:to|and|à|et)(?= )) ?"
    rf"(?P<high>{_NUMBER}) ?(?P<percent2>%|percent|per cent)?",
    re.IGNORECASE,
)
# 6.5%-7% is a range; 10-12 may be a day, 2024.1-2024.6 are months, and -5--3 nobody writes
_HYPHENED = re.compile(r"(?!-|[12][0-9]{3}\.[0-9]{1,2}-)(?=.*[%.,])[^-]*-[^-]*")
_ENDS = ("low", "high")
_TO_WORDS = ("-", "to", "and", "à", "et")
# a Latin word of a wording that stands before its number elsewhere: 5 % at most
_TRAILING = re.compile(
    r"(?<=[0-9%]) (at least|at most|approximately|au moins|au plus|environ)$", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class ParsedCell:
    """What one cell says. `kind` is one of the four words above.

    `text`: the figure as `figure.parse` reads it, without its unit; `unit`: the unit that stood in
    the cell; `percent`: it had a per cent sign; `turned`: it was told as a rise or fall in words;
    `coarse`: as a multiple, which is less exact than it looks; `aim`: as what is striven for;
    `status`: what the cell calls it; `read_as`: how it was read where that is not as it is written;
    `reason`: why it is no number.
    """

    kind: str
    text: str = ""
    unit: str = ""
    percent: bool = False
    turned: bool = False
    coarse: bool = False
    aim: bool = False
    status: str = ""
    read_as: str = ""
    reason: Message | None = None

    @property
    def as_read(self) -> str:
        """The figure with its unit and per cent sign."""
        return beside_number(self.text, self.unit + "%" * self.percent)


def parse_cell(cell: str, point: str = ".", *, of_targets: bool = False) -> ParsedCell:
    """Parse a cell; `point` is the sign before the decimals in this file, "." or ",".

    `of_targets`: it holds a target, where p, e and r are footnotes.

    >>> [parse_cell(text).text for text in ("下降4.9%", "5万3230.99亿元", "5.2①", "下降5以上")]
    ['-4.9', '53230.99', '5.2', '<=-5']
    """
    if point == "." and _PLAIN.fullmatch(cell):
        return ParsedCell(FIGURE, cell)
    if len(cell) > _LONGEST:
        return ParsedCell(NOTHING, reason=_("too long for a figure"))
    text = plain_text(_UNSEEN.sub("", cell))
    if silent := _silent(text):
        return silent
    said, status, reason = without_status(text, letters=not of_targets)
    if reason:
        return ParsedCell(NOTHING, reason=reason)
    bare = without_marks(said)
    parsed = _figure(bare if re.search(r"[0-9]", bare) else said, point)
    if parsed.kind == FIGURE and not parsed.read_as and (parsed.turned or bare != text):
        parsed = replace(parsed, read_as=beside_number(parsed.text, "%" * parsed.percent))
    return replace(parsed, status=status) if parsed.kind == FIGURE else parsed


def _silent(text: str) -> ParsedCell | None:
    """What a text without a number says; None where it may be a figure."""
    if text.casefold() in lexicon.BLANK:
        return ParsedCell(NOT_REPORTED)
    if lexicon.BELOW_SMALLEST.fullmatch(text):
        return ParsedCell(TINY)
    if lexicon.WITHOUT_NUMBER.fullmatch(without_marks(text)):
        return ParsedCell(UNNUMBERED)
    return None


def without_marks(text: str) -> str:
    """The text without the footnote marks behind it."""
    return lexicon.FOOTNOTE_MARKS.sub("", text)


def _figure(text: str, point: str) -> ParsedCell:
    """A text without footnote marks."""
    if reason := _why_unclear(text):
        return ParsedCell(NOTHING, reason=reason)
    if (aim := lexicon.AIM.match(text)) and aim.end() < len(text):
        return _aimed(_figure(text[aim.end() :], point))
    if change := _of_change(text, point):
        return change
    level = lexicon.LEVEL.match(text)
    parsed = _told(text[level.end() :].strip() if level else text, point, turns=not level)
    if level and parsed.kind == FIGURE:
        return replace(parsed, read_as=parsed.read_as or parsed.as_read)
    return parsed


def _of_change(text: str, point: str) -> ParsedCell | None:
    """A change told without its per cent, 持平, 翻一番, 增长1.5倍; None for all else."""
    if same := unchanged(text):
        return _checked(same, ParsedCell(FIGURE, percent=True, turned=True, read_as=same + "%"))
    if (times := in_per_cent(text)) is None:
        return None
    if times.reason:
        return ParsedCell(NOTHING, reason=times.reason)
    parsed = _figure(times.text, point)
    return replace(parsed, turned=True, coarse=times.coarse, read_as=parsed.as_read)


def _told(text: str, point: str, *, turns: bool) -> ParsedCell:
    """A number with the words around it; `turns`: it may be told as a rise or fall."""
    lead, text = _led(text)
    turn = lexicon.CHANGE.match(text) if turns else None
    rest = lead + (text[turn.end() :] if turn else text)
    fall, rise, minus = (bool(turn and turn[name]) for name in ("fall", "rise", "minus"))
    if span := _span(rest, point, fall=fall):
        return replace(span, turned=fall or rise)
    enclosed = re.fullmatch(r"\(([^()]+)\)( ?%)?", rest)
    if enclosed:
        rest = enclosed[1] + (enclosed[2] or "")
    before, rest, after = _worded(rest)
    currency = lexicon.CURRENCY_BEFORE.match(rest)
    rest, compound = uncompounded(rest[currency.end() :] if currency else rest)
    if not (body := _BODY.fullmatch(rest)):
        return ParsedCell(NOTHING, reason=_why_no_body(rest))
    number, mended, reason = plain_digits(body["number"], point)
    down = fall or minus or bool(enclosed)
    if body["sign"] and (down or (rise and body["sign"] == "+")):
        reason = _("a sign beside words or brackets that already give the direction")
    if reason := _why_more(body["rest"]) or reason:
        return ParsedCell(NOTHING, reason=reason)
    sign = "-" if (body["sign"] == "-" or down) and number.strip("0.") else ""
    unit, percent = _unit(body["rest"].strip(), currency[0].strip() if currency else "")
    words = _of_fall(before, after) if fall else (before, after)
    parsed = _checked(
        f"{words[0]}{sign}{number}{words[1]}",
        ParsedCell(FIGURE, unit=unit, percent=percent, turned=fall or rise),
    )
    odd = mended or compound or enclosed or turn
    return replace(parsed, read_as=parsed.as_read) if odd and parsed.kind == FIGURE else parsed


def _led(text: str) -> tuple[str, str]:
    """The wording before a rise or fall, 约下降5%, and the rest; "" where none stands there."""
    word = re.match(WORDS_BEFORE, text)
    if word and word[0].strip().lower() in lexicon.BEFORE_CHANGE:
        behind = text[word.end() :].removeprefix("a ")
        if lexicon.CHANGE.match(behind):
            return word[0], behind
    return "", text


def _of_fall(before: str, after: str) -> tuple[str, str]:
    """The words of a fall as those of its growth: 下降5%以上 is at most −5."""
    try:
        wording = parse(f"{before}1{after}").wording
    except ValueError:
        return before, after
    turned = wording.of_fall
    return (before, after) if turned == wording else (turned.meaning.sign, "")


def _span(text: str, point: str, *, fall: bool) -> ParsedCell | None:
    """A range, 6.5%-7% or between 6.5 and 7 %; that of a fall is turned. None for all else."""
    bare = lexicon.OF_RANGE.sub("", text)
    if bare != text or re.search(r"(?: and | et )", bare) or lexicon.BETWEEN.match(bare):
        bare = lexicon.BETWEEN.sub("", bare, count=1)
    match = _SPAN.fullmatch(bare)
    if not match or (match["to"] == "-" and not _HYPHENED.fullmatch(bare)):
        return None
    digits = [plain_digits(match[end].removeprefix("-"), point) for end in _ENDS]
    reason = next((why for _text, _mended, why in digits if why), None)
    if fall and "-" in match["low"] + match["high"]:
        reason = _("a sign beside words or brackets that already give the direction")
    if reason:
        return ParsedCell(NOTHING, reason=reason)
    low, high = (
        "-" * match[end].startswith("-") + one[0] for end, one in zip(_ENDS, digits, strict=True)
    )
    if fall and Decimal(low) > Decimal(high):
        return ParsedCell(NOTHING, reason=_("the lower end of a range comes first"))
    to = ".." if fall or match["to"].lower() in _TO_WORDS else match["to"]
    told = f"-{high}{to}-{low}" if fall else f"{low}{to}{high}"
    percent = bool(match["percent"] or match["percent2"])
    read_as = "" if bare == text and not fall else told + "%" * percent
    return _checked(told, ParsedCell(FIGURE, percent=percent, read_as=read_as))


def _aimed(parsed: ParsedCell) -> ParsedCell:
    """What is striven for, from the figure behind that word."""
    if parsed.kind != FIGURE:
        return parsed
    return replace(parsed, aim=True, read_as=parsed.read_as or parsed.as_read)


def _why_unclear(text: str) -> Message | None:
    """Why a text is no figure whatever its number is; None where it may be one."""
    if "▲" in text or "△" in text:
        return _("▲ and △ are ambiguous (rise or fall): write the figure with its sign")
    points = lexicon.POINTS.search(text)
    return _("percentage points are a change, not a figure") if points else None


def _why_more(rest: str) -> Message | None:
    """Why what stands behind a number spoils it; None where it does not."""
    if re.match(r"[eE][+-]?[0-9]", rest):
        return _("the number is in scientific notation, which has lost digits")
    return _("more than one number") if re.search(r"[0-9]", rest) else None


def _unit(unit: str, currency: str) -> tuple[str, bool]:
    """The unit that stands beside the number, and whether it is per cent."""
    if lexicon.PERCENT_BEHIND.fullmatch(unit):
        return "", True
    return f"{currency} {unit}".strip(), False


def _why_no_body(text: str) -> Message:
    """Why a text does not begin with a number."""
    before = re.match(r"[^0-9]*", text)
    if before and before[0].strip() and before.end() < len(text) and not text.startswith("#"):
        return _("unknown wording “{text}” before the number", text=before[0].strip()[:20])
    return _("no number in the text")


def _worded(text: str) -> tuple[str, str, str]:
    """The wording before the number, the rest, the wording after it."""
    if trailing := _TRAILING.search(text):
        text = f"{trailing[1]} {text[: trailing.start()]}"
    before, after = re.match(WORDS_BEFORE, text), re.search(WORDS_AFTER, text)
    start, end = before.end() if before else 0, after.start() if after else len(text)
    if start >= end:
        return "", text, ""
    return (
        (before[0] if before else ""),
        text[start:end].strip(),
        ((after["after"] or " " + after["latin"]) if after else ""),
    )


def _checked(text: str, parsed: ParsedCell) -> ParsedCell:
    """The figure, if `figure.parse` agrees that it is one; it has the last word."""
    try:
        parse(text)
    except ValueError as error:
        return ParsedCell(NOTHING, reason=message_of(error))
    return replace(parsed, text=text)
