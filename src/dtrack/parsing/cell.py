"""What a cell of somebody's table says.

A figure, that nothing was reported, less than the smallest unit, or no number.

In comes the text that a person sees, out goes a `Said` whose `text` `figure.parse` reads. Whatever
is read otherwise than it is written is told in `read_as`; what could mean two things is no number,
with the reason.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from dtrack.core.figure import WORDS_AFTER, WORDS_BEFORE, parse, plain_text
from dtrack.core.message import Message, message_of
from dtrack.core.message import lazy_gettext as _

FIGURE, NOT_REPORTED, TINY, NOTHING = (
    "figure",
    "not reported",
    "below the smallest unit",
    "no number",
)

_NOT_REPORTED = frozenset(
    [
        *("", "-", "--", "---", "—", "——", "–", "―", "─", "──", "/", "\\", ".."),
        *("n/a", "na", "n.a.", "nd", "n.d.", "not available", "not reported"),
        *("暂无", "暂无数据", "无数据", "未报", "未报送", "未上报", "缺", "缺报", "未统计", "待报"),
    ]
)
_TINY = re.compile(r"\.{3,}|…+|⋯+")
_MARKS = re.compile(
    r"(?:\s*(?:\[\s*\w{1,3}\s*\]|\(\s*(?:注?\s*[0-9]{1,2}|[a-jln-z])\s*\)|[*†‡§]+|[²³¹⁰⁴-⁹₀-₉①-⓿❶-➓㈠-㉃]+|注[0-9]{0,2}))+$",
    re.IGNORECASE,
)
_RISE = "同比增长|同比上升|比上年增长|较上年增长|增长|上升|增加|升|up by|up|rose by|rose|increased by|grew by|↑"
_FALL = "同比下降|同比减少|比上年下降|较上年下降|下降|降低|减少|下跌|降|负增长|down by|down|fell by|fell|decreased by|↓|▼"
_TURN = re.compile(
    rf"(?:(?P<fall>{_FALL})|(?P<rise>{_RISE})|(?P<minus>负|minus(?= )))\s*(?=约?[+\-0-9.])",
    re.IGNORECASE,
)
# before what is promised, never before what was reached
_AIM = re.compile(r"(?:努力)?(?:力争|争取|确保)(?:实现|达到|完成|达)?\s*")
_POINTS = re.compile(r"(?:个?百分点|percentage points?|pct\.? ?pts?|pp)$", re.IGNORECASE)
_COMPOUND = re.compile(r"([0-9]+)(万亿|亿|万)([0-9]{1,4}(?:\.[0-9]+)?)(亿|万)?(?![0-9])")
_TENFOURS = {("万", "亿"): "亿", ("亿", "万"): "万", ("万亿", "亿"): "亿", ("万", None): ""}
_BODY = re.compile(
    r"(?P<sign>[+-]?) ?(?P<number>\.?[0-9](?:[0-9]|[ ,.'’、。](?=[ 0-9.,]))*\.?)(?P<rest>.*)",
    re.DOTALL,
)
_CURRENCY = re.compile(
    r"(?:CNY|RMB|USD|EUR|US\$|HK\$|[¥$€£]|人民币)\s*(?=[+\-0-9.])", re.IGNORECASE
)
_PERCENT = re.compile(r"(?:%|percent|per cent|pct)", re.IGNORECASE)
# marks of width and direction, which nobody sees
_UNSEEN = re.compile("[\u200b-\u200f\u2060\ufeff]+")
_PLAIN = re.compile(r"-?(?:0|[1-9][0-9]{0,11})(?:\.[0-9]{1,6})?")
_RANGE = re.compile(r"[0-9.]+ ?%? ?(?:\.\.|—|–|~|至|到) ?[0-9.]+ ?%?")


@dataclass(frozen=True, slots=True)
class Said:
    """What one cell says. `kind` is one of the four words above.

    `text`: the figure as `figure.parse` reads it, without its unit; `unit`: the unit that stood in
    the cell; `percent`:
    it had a per cent sign; `turned`: it was told as a rise or fall in words; `aim`: as what is
    striven for; `read_as`: how
    it was read where that is not as it is written; `reason`: why it is no number.
    """

    kind: str
    text: str = ""
    unit: str = ""
    percent: bool = False
    turned: bool = False
    aim: bool = False
    read_as: str = ""
    reason: Message | None = None


def hear(cell: str, point: str = ".") -> Said:
    """What the cell says; `point` is the sign before the decimals in this file, "." or ",".

    >>> hear("下降4.9%").text, hear("5万3230.99亿元").text, hear("1 234,5", ",").text, hear("5.2①").text
    ('-4.9', '53230.99', '1234.5', '5.2')
    """
    if point == "." and _PLAIN.fullmatch(cell):
        return Said(FIGURE, cell)
    if len(cell) > 200:
        return Said(NOTHING, reason=_("too long for a figure"))
    text = plain_text(_UNSEEN.sub("", cell))
    if text.casefold() in _NOT_REPORTED:
        return Said(NOT_REPORTED)
    if _TINY.fullmatch(text):
        return Said(TINY)
    bare = without_marks(text)
    said = _figure(bare if re.search(r"[0-9]", bare) else text, point)
    if said.kind == FIGURE and not said.read_as and (said.turned or bare != text):
        said = replace(said, read_as=said.text + "%" * said.percent)
    return said


def without_marks(text: str) -> str:
    """The text without the footnote marks behind it."""
    return _MARKS.sub("", text)


def _figure(text: str, point: str) -> Said:
    """A text without footnote marks."""
    if reason := _why_asked(text):
        return Said(NOTHING, reason=reason)
    if (aim := _AIM.match(text)) and aim.end() < len(text):
        return _aimed(_figure(text[aim.end() :], point))
    if _RANGE.fullmatch(text):
        return _checked(
            text.replace("%", "").replace(" ", ""), "", Said(FIGURE, percent="%" in text)
        )
    turn = _TURN.match(text)
    rest = text[turn.end() :] if turn else text
    enclosed = re.fullmatch(r"\(([^()]+)\)( ?%)?", rest)
    if enclosed:
        rest = enclosed[1] + (enclosed[2] or "")
    before, rest, after = _worded(rest)
    currency = _CURRENCY.match(rest)
    rest = rest[currency.end() :] if currency else rest
    rest, compound = _uncompounded(rest)
    body = _BODY.fullmatch(rest)
    if not body:
        return Said(NOTHING, reason=_why_no_body(rest))
    number, mended, reason = _number(body["number"], point)
    fall, rise, minus = (bool(turn and turn[name]) for name in ("fall", "rise", "minus"))
    if body["sign"] and (fall or minus or enclosed or (rise and body["sign"] == "+")):
        reason = _("a sign beside words or brackets that tell the direction")
    if re.search(r"[0-9]", body["rest"]):
        exponent = re.match(r"[eE][+-]?[0-9]", body["rest"])
        reason = (
            _("it is written with an exponent, which has lost digits")
            if exponent
            else _("it has more than one number")
        )
    if reason:
        return Said(NOTHING, reason=reason)
    sign = "-" if (body["sign"] == "-" or fall or minus or enclosed) and number.strip("0.") else ""
    unit, percent = _unit(body["rest"], currency[0].strip() if currency else "")
    said = _checked(
        f"{before}{sign}{number}",
        after,
        Said(FIGURE, unit=unit, percent=percent, turned=fall or rise),
    )
    odd = mended or compound or enclosed or turn
    return (
        replace(said, read_as=said.text + unit + "%" * percent)
        if odd and said.kind == FIGURE
        else said
    )


def _why_asked(text: str) -> Message | None:
    """What cannot be a figure whatever its number is.

    Signs that mean two things, and changes in points.
    """
    if "▲" in text or "△" in text:
        return _("▲ and △ may mean a rise or a fall: write the figure with its sign")
    return _("percentage points are a change, not a figure") if _POINTS.search(text) else None


def _aimed(said: Said) -> Said:
    """What is striven for, from the figure behind that word."""
    if said.kind != FIGURE:
        return said
    return replace(
        said, aim=True, read_as=said.read_as or said.text + said.unit + "%" * said.percent
    )


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
    """The number in plain digits and whether it had to be mended for that.

    Or the reason why it is none.
    """
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


def _unit(rest: str, currency: str) -> tuple[str, bool]:
    """The unit that stands behind the number, and whether it is per cent."""
    unit = rest.strip()
    if _PERCENT.fullmatch(unit):
        return "", True
    return " ".join(part for part in (currency, unit) if part), False


def _checked(number: str, after: str, said: Said) -> Said:
    """The figure, if `figure.parse` agrees that it is one; it has the last word."""
    try:
        parse(number + after)
    except ValueError as error:
        return Said(NOTHING, reason=message_of(error))
    return replace(said, text=number + after)
