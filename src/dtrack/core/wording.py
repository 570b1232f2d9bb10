"""The table of wordings: what a publisher's word makes of a number."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum
from typing import Self

from dtrack.core.translate import N_
from dtrack.core.vocabulary import Direction


class End(IntEnum):
    """How an interval ends: at its number, short of its number, or nowhere."""

    CLOSED, OPEN, UNBOUNDED = range(3)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meaning:
    """What a wording says of its number, and how it is spelled.

    `before`, `behind`, `around`: its words, by where `str(Figure)` puts them; `sign`: the one of
    ASCII texts; `phrase`: the message that people read. `low`, `high`: the ends of the interval.
    `wants`: the direction that a target so worded asks for. `soft`: a verdict on it is never sure.
    `numbers`: how many it has. `of_fall`: what the same word says of a fall (下降5%以上 is at most
    −5); "": the same. `both`: both of its numbers count in a target, where of a range the easier
    one does. `of_targets`: nothing that was reached is so worded.
    """

    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    around: tuple[str, ...] = ()
    sign: str = ""
    phrase: str = "{figure}"
    low: End = End.CLOSED
    high: End = End.CLOSED
    wants: Direction | None = None
    soft: bool = False
    numbers: int = 1
    of_fall: str = ""
    both: bool = False
    of_targets: bool = False

    @property
    def bound(self) -> bool:
        """The interval has one end only."""
        return End.UNBOUNDED in (self.low, self.high)

    @property
    def point(self) -> bool:
        """It is a single number, exact or soft: it can be subtracted and added."""
        return self.numbers == 1 and not self.bound

    @property
    def exact(self) -> bool:
        """It is a single number with no word."""
        return self.point and not self.soft

    def needs_more(self, direction: Direction) -> bool:
        """A target so worded is not met by reaching it: `above 5` where higher is better."""
        end = self.low if direction == Direction.UP else self.high
        return self.wants == direction and end == End.OPEN


# 控制在5.5%以内: what a number is kept in, said before it
FRAMES = ("控制在", "保持在", "稳定在", "维持在")


def _kept(*behind: str) -> tuple[str, ...]:
    """The words around a number, … in its place: 控制在…以内."""
    return tuple(f"{frame}…{word}" for frame in FRAMES for word in behind)


class Wording(StrEnum):
    """What a publisher's word makes of a number. A new wording is a row here (docs/design.md §2).

    `code` is its position, the one in frames and arrays.
    """

    code: int
    meaning: Meaning

    PLAIN = "plain"
    AT_LEAST = (
        "at least",
        Meaning(
            before=(
                *(">=", "≥", "≧", "at least", "no less than", "not less than", "no fewer than"),
                *("not below", "no lower than", "不低于", "不少于", "不小于", "至少", "最少"),
                *("au moins", "au minimum", "pas moins de"),
            ),
            behind=("以上", "及以上", "or more", "ou plus"),
            around=_kept("以上"),
            sign=">=",
            phrase=N_("at least {figure}"),
            high=End.UNBOUNDED,
            wants=Direction.UP,
            of_fall="at most",
        ),
    )
    ABOVE = (
        "above",
        Meaning(
            before=(
                *(">", "above", "over", "more than", "greater than", "超过", "突破", "高于", "超"),
                *("大于", "多于", "逾", "plus de", "supérieur à", "supérieure à", "au-dessus de"),
            ),
            behind=("余",),
            sign=">",
            phrase=N_("above {figure}"),
            low=End.OPEN,
            high=End.UNBOUNDED,
            wants=Direction.UP,
            of_fall="below",
        ),
    )
    AROUND = (
        "around",
        Meaning(
            before=(
                *("~", "≈", "around", "about", "approximately", "roughly", "约", "大约", "大概"),
                *("environ", "autour de", "à peu près"),
            ),
            behind=("左右", "上下"),
            around=_kept("左右", "上下"),
            sign="~",
            phrase=N_("around {figure}"),
            soft=True,
        ),
    )
    NEARLY = (
        "nearly",
        Meaning(
            before=("nearly", "almost", "近", "接近", "将近", "près de", "presque"),
            sign="nearly ",
            phrase=N_("nearly {figure}"),
            low=End.UNBOUNDED,
            high=End.OPEN,
            of_fall="above",
        ),
    )
    AT_MOST = (
        "at most",
        Meaning(
            before=(
                *("<=", "≤", "≦", "at most", "no more than", "not more than", "not above"),
                *("no higher than", "not exceeding", "up to", "within"),
                *("不超过", "不超", "不高于", "不大于", "不多于", "不突破", "至多", "最多"),
                *("au plus", "au maximum", "pas plus de", "jusqu'à", "jusqu’à"),
                "ne pas dépasser",
            ),
            behind=("以下", "以内", "之内", "及以下", "or less", "ou moins"),
            around=_kept("以内", "之内", "以下"),
            sign="<=",
            phrase=N_("at most {figure}"),
            low=End.UNBOUNDED,
            wants=Direction.DOWN,
            of_fall="at least",
        ),
    )
    BELOW = (
        "below",
        Meaning(
            before=(
                *("<", "below", "under", "less than", "fewer than", "lower than"),
                *("低于", "不到", "不足", "小于", "少于"),
                *("moins de", "inférieur à", "inférieure à", "au-dessous de"),
            ),
            sign="<",
            phrase=N_("below {figure}"),
            low=End.UNBOUNDED,
            high=End.OPEN,
            wants=Direction.DOWN,
            of_fall="above",
        ),
    )
    RANGE = "range", Meaning(phrase=N_("{low} to {high}"), numbers=2)
    UNDISCLOSED = (
        "undisclosed",
        Meaning(
            before=("undisclosed", "未公布", "未公开"),
            phrase=N_("undisclosed"),
            numbers=0,
            of_targets=True,
        ),
    )
    MISSING = "missing", Meaning(phrase=N_("missing"), numbers=0)
    # a target that has no number of its own: `core/relation.py`
    RELATIVE = "relative", Meaning(numbers=0)
    CORRIDOR = (
        "corridor",
        Meaning(phrase=N_("{low} to {high}"), numbers=2, both=True, of_targets=True),
    )
    ASSIGNED = (
        "assigned",
        Meaning(before=("assigned",), phrase=N_("assigned"), numbers=0, of_targets=True),
    )

    def __new__(cls, word: str, meaning: Meaning | None = None) -> Self:
        """Make a row of the table."""
        row = str.__new__(cls, word)
        row._value_ = word
        row.code, row.meaning = len(cls.__members__), meaning or Meaning()
        return row

    @property
    def of_fall(self) -> Wording:
        """What the same word says of a growth when it is said of a fall."""
        return Wording(self.meaning.of_fall or self)


# the categories of a frame's column of wordings, by code
WORDINGS = tuple(wording.value for wording in Wording)
