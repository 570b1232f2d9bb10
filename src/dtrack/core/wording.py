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

    `before`, `behind`: its words, by where `str(Figure)` puts them; `sign`: the one of ASCII texts;
    `phrase`: the message that people read. `low`, `high`: the ends of the interval. `wants`: the
    direction that a target so worded asks for. `soft`: a verdict on it is never sure. `numbers`:
    how many it has. `both`: both of them count in a target, where of a range the easier end does.
    `of_targets`: nothing that was reached is so worded.
    """

    before: tuple[str, ...] = ()
    behind: tuple[str, ...] = ()
    sign: str = ""
    phrase: str = "{figure}"
    low: End = End.CLOSED
    high: End = End.CLOSED
    wants: Direction | None = None
    soft: bool = False
    numbers: int = 1
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
            before=(">=", "≥", "≧", "at least", "不低于"),
            behind=("以上",),
            sign=">=",
            phrase=N_("at least {figure}"),
            high=End.UNBOUNDED,
            wants=Direction.UP,
        ),
    )
    ABOVE = (
        "above",
        Meaning(
            before=(">", "above", "over", "more than", "超过", "突破", "高于", "超"),
            behind=("余",),
            sign=">",
            phrase=N_("above {figure}"),
            low=End.OPEN,
            high=End.UNBOUNDED,
            wants=Direction.UP,
        ),
    )
    AROUND = (
        "around",
        Meaning(
            before=("~", "≈", "around", "about", "约"),
            behind=("左右",),
            sign="~",
            phrase=N_("around {figure}"),
            soft=True,
        ),
    )
    NEARLY = (
        "nearly",
        Meaning(
            before=("nearly", "almost", "近"),
            sign="nearly ",
            phrase=N_("nearly {figure}"),
            low=End.UNBOUNDED,
            high=End.OPEN,
        ),
    )
    AT_MOST = (
        "at most",
        Meaning(
            before=("<=", "≤", "≦", "at most", "不超过"),
            behind=("以下",),
            sign="<=",
            phrase=N_("at most {figure}"),
            low=End.UNBOUNDED,
            wants=Direction.DOWN,
        ),
    )
    BELOW = (
        "below",
        Meaning(
            before=("<", "below", "under", "less than", "低于", "不到", "不足"),
            sign="<",
            phrase=N_("below {figure}"),
            low=End.UNBOUNDED,
            high=End.OPEN,
            wants=Direction.DOWN,
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


# the categories of a frame's column of wordings, by code
WORDINGS = tuple(wording.value for wording in Wording)
