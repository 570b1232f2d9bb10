"""Text as published ↔ a figure: `around 5`, `10%以上`, `4.5..5`; and the table of wordings.

A figure keeps its digits, its decimals (the trailing zero of `5.0` tells the rounding) and the
wording as written, so that `str` gives the text back. Nothing that is no number becomes one: no
nan, no exponent, no `=1+1`.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Context, Decimal
from functools import lru_cache

from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.core.wording import FRAMES, Wording

# so many decimal digits are held exactly by a float64, and every comparison is exact
MAX_DIGITS = 15
# a program writes so many where it writes a float64 in full: 5.5999999999999996
MACHINE_DIGITS = 17
# nobody publishes more: what has more is a program's, and is rounded where it is shown
MAX_DECIMALS = 9
# of what a program wrote: 17 digits behind four zeros
MACHINE_DECIMALS = 21
# digits: every float64 fits. With the usual 28 what is 10²⁷ times another cannot be rounded
WIDE = Context(prec=400)

_WORDS = {
    word: wording
    for wording in Wording
    for word in (*wording.meaning.before, *wording.meaning.behind, *wording.meaning.around)
    if wording.meaning.numbers
}
_NUMBERLESS = {
    word: wording
    for wording in Wording
    for word in wording.meaning.before
    if not wording.meaning.numbers
}
_BEHIND = frozenset(word for wording in Wording for word in wording.meaning.behind)
_BEFORE = frozenset(word for word in _WORDS if word not in _BEHIND and "…" not in word)


# -5%以上 is at least −5 for one writer and a fall of 5 % or more for the other
_UNCLEAR_OF_MINUS = ("以上", "及以上", "以下", "及以下", "以内", "之内", "余")


def _is_latin(word: str) -> bool:
    """It is of a language that parts words with blanks."""
    return word[:1].isalpha() and word[:1] < "\u3000"


_SIGNS = [word for word in _BEFORE if not word[0].isalpha()]
_LATIN = [word for word in _BEFORE if _is_latin(word)]
_CHINESE = [*(word for word in _BEFORE if word >= "\u3000"), *FRAMES]
_LATIN_BEHIND = [word for word in _BEHIND if _is_latin(word)]
_CHINESE_BEHIND = [word for word in _BEHIND if not _is_latin(word)]
_SCALES = {
    "千": 3,
    "万": 4,
    "百万": 6,
    "千万": 7,
    "亿": 8,
    "万亿": 12,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
}
_CHINESE_SCALES = frozenset(scale for scale in _SCALES if not scale.isascii())


def _any(words: Iterable[str]) -> str:
    return "|".join(map(re.escape, sorted(words, key=len, reverse=True)))


_NUMBER = r"[+-]?(?:0|[1-9][0-9]*)(?:\.[0-9]+)?"
_BEFORE_IT = rf"(?:{_any(_SIGNS)})|(?:{_any(_LATIN)})(?= )|(?:{_any(_CHINESE)})"
_BEHIND_IT = rf" ?(?P<after>{_any(_CHINESE_BEHIND)})|(?<! ) (?P<latin>{_any(_LATIN_BEHIND)})"
# patterns, compiled where they are first used
WORDS_BEFORE = rf"(?i:(?:{_BEFORE_IT}) ?)"
WORDS_AFTER = rf"(?i:{_BEHIND_IT})$"
# 9: no Chinese word for it
SCALES = {power: word for word, power in _SCALES.items() if not word.isascii() or power == 9}
_CELL = re.compile(
    rf"(?P<before>{_BEFORE_IT})? ?"
    rf"(?P<number>{_NUMBER}) ?(?P<percent>%)?"
    rf"(?: ?(?:\.\.|—|–|~|至|到|(?<=%)-(?=[0-9])) ?(?P<upper>{_NUMBER}) ?(?P<percent2>%)?"
    rf"| ?(?:±|\+/-|\+-) ?(?P<around>{_NUMBER.removeprefix('[+-]?')}) ?(?P<percent3>%)?)?"
    rf"(?: ?(?P<scale>{_any(_SCALES)}))?(?:{_BEHIND_IT})?"
)
_UNIT_BEHIND = (
    r"(?i:(.*[0-9].*?) ?"
    r"(?:元|人民币|美元|欧元|港元|人次|[个家座台套项件条所人户]|CNY|RMB|yuan|USD|EUR))"
)


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure as published.

    `low` is the number without its wording, in base units (the lower end of a range); `high` is the
    upper end of a range, else equal to `low`; both None where there is no number. `decimals` counts
    the published digits after the point and is negative after a scale word: 7.5万 has −3. `scale`
    and `word` are the words as written.

    >>> parse("7.5万").low, parse("7.5万").decimals, str(parse("at least 10"))
    (Decimal('75000'), -3, 'at least 10')
    """

    wording: Wording
    low: Decimal | None = None
    high: Decimal | None = None
    decimals: int = 0
    scale: str = ""
    word: str = ""
    percent: bool = False

    def __str__(self) -> str:
        if self.low is None or self.high is None:
            return "" if self.wording == Wording.MISSING else self.wording.value
        number = self._number(self.low)
        if self.wording == Wording.RANGE:
            number += ".." + self._number(self.high)
        if self.wording == Wording.CORRIDOR:
            half = (self.high - self.low) / 2
            number = f"{self._number(self.low + half)}±{self._number(half)}"
        number += "%" if self.percent else ""
        number += (
            self.scale if self.scale in _CHINESE_SCALES else f" {self.scale}" if self.scale else ""
        )
        before, _, behind = self.word.partition("…")
        if self.word in _BEHIND:
            before, behind = "", self.word
        blank = " " * _is_latin(before), " " * _is_latin(behind)
        return f"{before}{blank[0]}{number}{blank[1]}{behind}"

    def _number(self, value: Decimal) -> str:
        return format(value.scaleb(-_SCALES.get(self.scale, 0)), "f")


def plain_text(text: str) -> str:
    """The text with full-width forms, minus signs and runs of blanks made plain.

    A raised or circled digit stays what it is, a footnote mark: NFKC alone would make 5.21 of 5.2¹
    and of 5.2①.
    """
    if text.isascii():
        return " ".join(text.split())
    plain = "".join(
        sign if _is_mark(sign) else unicodedata.normalize("NFKC", sign) for sign in text
    )
    return " ".join(plain.replace("−", "-").split())


def _is_mark(sign: str) -> bool:
    """A sign that is no digit and would become one: ², ①, ⒌, ½."""
    return sign.isnumeric() and not sign.isdecimal()


@lru_cache(maxsize=4096)  # a target's text is read where it stands, and with its column
def parse(text: str) -> Figure:
    """The figure that `text` publishes; `undisclosed` and `assigned` are without a number.

    Raises ValueError, with the reason, for anything else. A range runs upwards, as 2±1 does from 1
    to 3; at most 15 significant digits.
    """
    if len(text) > 200:
        raise ValueError(_("too long for a figure"))
    cell = plain_text(text)
    if cell in _NUMBERLESS:
        return Figure(_NUMBERLESS[cell])
    match = _CELL.fullmatch(cell.lower())
    if not match:
        raise ValueError(_why_none(cell))
    wording, word = _wording(match["before"] or "", match["after"] or match["latin"] or "")
    two_ends = match["upper"] or match["around"]
    if two_ends and (word or ("-" in match["number"] and "%-" in cell)):
        raise ValueError(_("two wordings in one figure") if word else _("write a range as 4.5..5"))
    scale = match["scale"] or ""
    percent = bool(match["percent"] or match["percent2"] or match["percent3"])
    if percent and scale:
        raise ValueError(_("a % sign and a scale word together"))
    low, high, decimals = _ends(
        match["number"], match["upper"] or match["around"], _SCALES.get(scale, 0), match["around"]
    )
    if low < 0 and word.rpartition("…")[2] in _UNCLEAR_OF_MINUS:
        raise ValueError(
            _(
                "“{word}” beside a minus sign is ambiguous: write <= or >= before the number",
                word=word,
            )
        )
    if two_ends:
        wording = Wording.CORRIDOR if match["around"] else Wording.RANGE
    return Figure(wording, low, high, decimals, scale, word, percent)


def _wording(before: str, after: str) -> tuple[Wording, str]:
    """What the words before and behind a number make of it, and the words as written."""
    if before in FRAMES:
        word = f"{before}…{after}"
        if word not in _WORDS:
            raise ValueError(
                _(
                    "“{word}” is ambiguous (at most, or around): add 以内 or 左右 after the number",
                    word=before,
                )
            )
        return _WORDS[word], word
    found = {_WORDS[word] for word in (before, after) if word}
    if len(found) > 1:
        raise ValueError(_("two wordings in one figure"))
    return (found.pop() if found else Wording.PLAIN), before or after


def _why_none(cell: str) -> Message:
    """Why a text is no figure, with the mend where it can be guessed."""
    if re.search(r"[0-9],[0-9]", cell):
        return _why_no_comma(cell)
    if re.fullmatch(r"[0-9.]+%? ?- ?[0-9.]+%?", cell):
        return _("write a range as 4.5..5")
    if re.fullmatch(r"[+-]?0+[0-9]+(?:\.[0-9]+)? ?%?", cell):
        return _("write the number without the leading 0")
    if re.search(r"[0-9]", cell):
        return _why_not_alone(cell)
    return _("not a number") if cell else _("blank")


def _why_no_comma(cell: str) -> Message:
    """Behind one comma there may be decimals.

    With three digits there, and with more commas, it parts thousands.
    """
    decimal = re.fullmatch(r"[^0-9.,]*?(-?[0-9]+),([0-9]{1,2}|[0-9]{4,})[^0-9.,]*", cell)
    if decimal:
        return _("write {number}, with a decimal point", number=f"{decimal[1]}.{decimal[2]}")
    return _("write a number without thousands separators: 1234.5")


def _why_not_alone(cell: str) -> Message:
    """A unit stands behind the number, or other words beside it."""
    unit = re.fullmatch(_UNIT_BEHIND, cell)
    if unit and _CELL.fullmatch(unit[1].lower() if cell.isascii() else unit[1]):
        return _("no unit is written here: write {number}", number=unit[1])
    return _("not a valid figure; valid are 7.8, >10, 10%以上, 7.5万")


def _ends(
    first: str, last: str | None, scale: int, around: str | None = None
) -> tuple[Decimal, Decimal, int]:
    """The two ends in base units and the decimals of the finer one.

    `around`: the second number is told as what lies on either side of the first.
    """
    numbers = [_written(number) for number in ([first] if last is None else [first, last])]
    ends = [Decimal(number).scaleb(scale) for number in numbers]
    if around:
        ends = [WIDE.subtract(*ends), WIDE.add(*ends)]
    if ends[0] > ends[-1]:
        raise ValueError(_("the lower end of a range comes first"))
    # −0.0 is 0.0; its zeros after the point stay
    ends = [abs(end) if end.is_zero() else end for end in ends]
    return ends[0], ends[-1], max(len(number.partition(".")[2]) for number in numbers) - scale


def as_written(number: str) -> str:
    """The number; where a program wrote it in full, the shortest that is the same float64.

    >>> as_written("5.5999999999999996")
    '5.6'
    """
    digits = len(number.lstrip("+-").replace(".", "").lstrip("0"))
    behind = number.partition(".")[2]
    if MAX_DIGITS < digits <= MACHINE_DIGITS and behind:
        shortest = format(Decimal(repr(float(number))), "f")
        return shortest if "." in shortest else shortest + ".0"
    return number


def _written(number: str) -> str:
    """The number as it was written or meant. Raises ValueError where it is too long."""
    if len(number.partition(".")[2]) > MACHINE_DECIMALS:
        raise ValueError(_("more than {count} decimals", count=MACHINE_DECIMALS))
    kept = as_written(number)
    digits = len(kept.lstrip("+-").replace(".", "").lstrip("0"))
    if digits > (MACHINE_DIGITS if "." in number else MAX_DIGITS):
        raise ValueError(_("more than {count} significant digits", count=MAX_DIGITS))
    return kept


def beside_number(text: str, word: str) -> str:
    """The figure's text with a word right behind its number: 超1000万, 10%以上."""
    return re.sub(r"([0-9])(?=[^0-9]*$)", rf"\g<1>{word}", text, count=1) if word else text


def in_signs(text: str) -> str:
    """The figure that `text` publishes, in ASCII: >=10 for 10%以上, ~1000 for 1000左右.

    >>> in_signs("10%以上"), in_signs("7.5万")
    ('>=10%', '75000')
    """
    try:
        figure = parse(text)
    except ValueError:
        return text
    if figure.low is None or figure.high is None:
        return str(figure)
    ends = dict.fromkeys(format(end, "f") for end in (figure.low, figure.high))
    return figure.wording.meaning.sign + "..".join(ends) + "%" * figure.percent
