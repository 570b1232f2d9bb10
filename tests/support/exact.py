"""The verdict of one cell by the rules of docs/design.md §4 alone, in exact fractions; and random tables to ask it of.

It shares no line with dtrack, nor with `support/oracle.py` (which tells whole documents of small worlds): here are
few outputs and very many cells. `Table.drawn` makes one workspace, `Table.write` lays it down, `expected` judges.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from fractions import Fraction
from pathlib import Path
from typing import NamedTuple

YEAR = 2024
STARTS = (1, 1, 4, 7)  # months in which years begin
SPANS = ((0, 6), (6, 6), (0, 12), (0, 3), (3, 3), (0, 9), (0, 11), (0, 4), (0, 1), (5, 1))
CITY, REFERENCE = "city", "province"


class Span(NamedTuple):
    """Months by number, year × 12 + month − 1, both ends included."""

    start: int
    end: int

    @property
    def months(self) -> int:
        return self.end - self.start + 1

    def moved(self, months: int) -> Span:
        return Span(self.start + months, self.end + months)

    def __str__(self) -> str:
        first, last = (f"{month // 12}-{month % 12 + 1:02d}" for month in self)
        return f"{first}..{last}"


@dataclass(frozen=True)
class Worded:
    """A number with a publisher's word: ends of its interval (None: none), which are open, its decimals."""

    text: str
    low: Fraction | None
    high: Fraction | None
    low_open: bool = False
    high_open: bool = False
    decimals: int = 0
    soft: bool = False
    wants: str = ""
    numbers: int = 1

    @property
    def bound(self) -> bool:
        return self.low is None or self.high is None

    @property
    def point(self) -> Fraction | None:
        """The number, where it is a single one."""
        return self.low if self.numbers == 1 and not self.bound else None

    @property
    def number(self) -> Fraction | None:
        """The number that is printed; of a range the lower."""
        return self.low if self.low is not None else self.high


@dataclass(frozen=True)
class Item:
    """An indicator."""

    id: str
    kind: str
    better: str
    pace: str = ""
    band: tuple[Fraction, str] | None = None
    signed: bool = False


@dataclass(frozen=True)
class Target:
    """What is to be reached; `of`: relative to that figure plus the number of `worded`; `aim` beside the floor."""

    span: Span
    worded: Worded
    of: str = ""
    aim: Worded | None = None
    both: bool = False


@dataclass(frozen=True)
class Report:
    """One figure."""

    span: Span
    worded: Worded
    status: str = "final"


@dataclass
class Judged:
    """What dtrack must say of a cell; None where a column is empty."""

    target: Span | None = None
    actual: Span | None = None
    goal: Fraction | None = None
    gap: Fraction | None = None
    verdict: str = ""
    sure: bool | None = None
    percent_of_target: Fraction | None = None
    percent_of_time: Fraction | None = None
    light: str = ""
    aim_verdict: str = ""
    both: bool = False


def half_up(value: Fraction, decimals: int) -> Fraction:
    """To so many decimals, halves away from zero."""
    unit = Fraction(10) ** decimals
    whole = int(abs(value) * unit + Fraction(1, 2))
    return (whole if value >= 0 else -whole) / unit


WORDS = {  # word: low end, high end, open ends, soft, wants
    "{}": "closed closed",
    ">={}": "closed none up",
    ">{}": "open none up",
    "<={}": "none closed down",
    "<{}": "none open down",
    "around {}": "soft closed",
    "nearly {}": "none open",
}


def worded(word: str, number: Fraction, decimals: int, upper: Fraction | None = None) -> Worded:
    """The number in a word of WORDS, or `{}..{}`."""
    text = f"{float(number):.{decimals}f}"
    if upper is not None:
        return Worded(
            f"{text}..{float(upper):.{decimals}f}", number, upper, decimals=decimals, numbers=2
        )
    low, high, *wants = WORDS[word].split()
    return Worded(
        word.format(text),
        None if low == "none" else number,
        None if high == "none" else number,
        low == "open",
        high == "open",
        decimals,
        low == "soft",
        wants[0] if wants else "",
    )


@dataclass
class Table:
    """One workspace: items, areas, their targets and reports; years begin in the month `starts`."""

    starts: int
    spans: tuple[tuple[int, int], ...] = ()
    items: list[Item] = field(default_factory=list)
    areas: list[str] = field(default_factory=list)
    targets: dict[tuple[str, str], list[Target]] = field(default_factory=dict)
    reports: dict[tuple[str, str], list[Report]] = field(default_factory=dict)

    # -- time --------------------------------------------------------------------------------------
    def year_of(self, month: int) -> Span:
        """The year that the month lies in."""
        first = month - (month - (self.starts - 1)) % 12
        return Span(first, first + 11)

    def part(self, first: int, months: int, year: int = YEAR) -> Span:
        """So many months of a year, from its month `first` (0 …)."""
        start = year * 12 + self.starts - 1 + first
        return Span(start, start + months - 1)

    # -- drawing -----------------------------------------------------------------------------------
    @classmethod
    def drawn(cls, chance: random.Random, areas: int, items: int) -> Table:
        """A table of so many areas and indicators."""
        table = cls(chance.choice(STARTS), tuple(chance.sample(SPANS, 4)))
        table.areas = [CITY, REFERENCE, *(f"d{number}" for number in range(areas))]
        for number in range(items):
            kind = chance.choice(("growth", "share", "flow", "flow", "stock"))
            unit = chance.choice(("%", "pp")) if kind in ("growth", "share") else "%"
            band = Fraction(chance.choice((5, 10, 15)) if unit == "%" else chance.choice((3, 5)))
            table.items.append(
                Item(
                    f"i{number}",
                    kind,
                    chance.choice(("up", "down")),
                    chance.choice(("", "calendar")) if kind == "flow" else "",
                    chance.choice((None, (band if unit == "%" else band / 10, unit))),
                    kind == "growth" or (kind == "flow" and chance.random() < 0.2),
                )
            )
        for item in table.items:
            for area in table.areas:
                table.draw(chance, item, area)
        return table

    def number(self, chance: random.Random, item: Item, decimals: int) -> Fraction:
        """A small number, so that many are equal or near."""
        least = -40 if item.signed else 0
        return (
            Fraction(chance.randint(least, 90), 10)
            if decimals
            else Fraction(chance.randint(least // 5, 60))
        )

    def amount(self, chance: random.Random, item: Item, *, plain: float = 0.6) -> Worded:
        """A number in some word."""
        decimals = chance.choice((0, 1, 1))
        number = self.number(chance, item, decimals)
        if chance.random() < plain:
            return worded("{}", number, decimals)
        word = chance.choice([*WORDS, "range"])
        if word == "range":
            return worded(
                "", number, decimals, number + Fraction(chance.randint(1, 15), 10**decimals)
            )
        return worded(word, number, decimals)

    def draw(self, chance: random.Random, item: Item, area: str) -> None:
        """The targets and reports of one cell."""
        key, at_end = (item.id, area), item.kind in ("share", "stock")
        spans = self.asked()
        if chance.random() < 0.85:
            kept = [self.part(0, 12)] if not at_end else [
                self.part(0, 12), self.part(0, 24), self.part(0, 36), self.part(5, 1), self.part(0, 6), self.part(2, 1)
            ]  # fmt: skip
            several = chance.sample(kept, chance.choice((1, 1, min(2, len(kept)))))
            if chance.random() < 0.2:
                several.append(chance.choice(spans))
            self.targets[key] = [
                self.relative(chance, item, area, span)
                if chance.random() < 0.2
                else self.absolute(chance, item, span)
                for span in dict.fromkeys(several)
            ]
        told: list[Report] = []
        if at_end:
            ends = [self.part(month, 1, year) for month in range(12) for year in (YEAR - 1, YEAR)]
            told = [
                self.report(chance, item, span)
                for span in chance.sample(ends, chance.randint(0, 4))
            ]
        elif chance.random() < 0.9:
            # one span of this year, so that no other is the sum or the rest of it
            some = (
                chance.sample(spans, chance.randint(1, 3))
                if item.kind == "growth"
                else [chance.choice(spans)]
            )
            told = [self.report(chance, item, span) for span in some]
            if item.kind == "flow":
                told += self.levels(chance, item, told[0].span.moved(-12))
        self.reports[key] = list({one.span: one for one in told}.values())

    def absolute(self, chance: random.Random, item: Item, span: Span) -> Target:
        """A target with a number of its own, at times with both ends or with an aim beyond it."""
        amount, dice = self.amount(chance, item), chance.random()
        if dice < 0.2:
            low = self.number(chance, item, 1)
            upper = low + Fraction(chance.randint(1, 30), 10)
            return Target(span, worded("", low, 1, upper), both=True)
        end = amount.high if amount.numbers > 1 and item.better == "up" else amount.number
        if dice < 0.5 and end is not None and not amount.soft and amount.wants in ("", item.better):
            beyond = Fraction(chance.randint(1, 20), 10) * (1 if item.better == "up" else -1)
            return Target(span, amount, aim=worded("{}", end + beyond, 1))
        return Target(span, amount)

    def relative(self, chance: random.Random, item: Item, area: str, span: Span) -> Target:
        """A target that follows another figure; never in a circle."""
        earlier = [one.id for one in self.items if one.kind == item.kind]
        follows = ["last-year", *earlier[: earlier.index(item.id)]]
        follows += ["city", "province", "d0"] if area not in (CITY, REFERENCE, "d0") else []
        if item.kind == "flow" and span.start != self.year_of(span.start).start:
            # the amount of last year may follow from its parts: that is for the tests of parts
            follows = follows[1:]
        if not follows:
            return Target(span, self.amount(chance, item))
        word = chance.choice((">=", ">") if item.better == "up" else ("<=", "<"))
        decimals = chance.choice((0, 1))
        added = Fraction(chance.choice((0, 0, 1, -1, 5)), 10**decimals)
        sign = f"{float(added):+.{decimals}f}" if added else ""
        change = Worded(f"{word}{sign}", added, added, decimals=decimals if added else 0)
        return Target(span, change, chance.choice(follows))

    def report(
        self, chance: random.Random, item: Item, span: Span, *, levels: bool = False
    ) -> Report:
        """A figure of the span."""
        status = chance.choice(("final", "final", "flash", "expected")) if not levels else "final"
        return Report(span, self.amount(chance, item, plain=0.95 if levels else 0.6), status)

    def levels(self, chance: random.Random, item: Item, span: Span) -> list[Report]:
        """Last year's amounts of the same months and of the year, which is not less."""
        part, whole = (
            self.report(chance, item, one, levels=True)
            for one in (span, self.part(0, 12, YEAR - 1))
        )
        if not item.signed and (part.worded.number or 0) > (whole.worded.number or 0):
            part, whole = Report(span, whole.worded), Report(whole.span, part.worded)
        # the year less its second half would be the first: that is for the tests of parts
        both = (part, whole) if span.start == self.part(0, 1, YEAR - 1).start else (part,)
        return [one for one in both if chance.random() < 0.8]

    def asked(self) -> list[Span]:
        """The periods that are asked for."""
        return [self.part(first, months) for first, months in self.spans]

    # -- which --------------------------------------------------------------------------------------
    def target(self, item: Item, area: str, asked: Span) -> Target | None:
        """The one for the very period; else of the year, or of the same end, or the next deadline."""
        there = self.targets.get((item.id, area), [])
        if own := [one for one in there if one.span == asked]:
            return own[-1]
        if item.kind in ("growth", "flow"):
            year = self.year_of(asked.start)
            begins = asked.start == year.start and asked.end <= year.end
            return next((one for one in there if begins and one.span == year), None)
        due = [one for one in there if one.span.end >= asked.end]
        return min(due, key=lambda one: (one.span.end, one.span.months), default=None)

    def actual(self, item: Item, area: str, asked: Span) -> tuple[Report | None, bool]:
        """The figure that is judged, and whether another span stands in for the one asked for."""
        there = self.reports.get((item.id, area), [])
        if item.kind in ("share", "stock"):
            past = [one for one in there if one.span.end <= asked.end]
            return max(past, key=lambda one: (one.span.end, one.span.months), default=None), False
        if own := [one for one in there if one.span == asked]:
            return own[0], False
        is_half = asked.months == 6 and (asked.start - self.year_of(asked.start).start) % 6 == 0
        parts = [
            one
            for one in there
            if is_half and one.span.start == asked.start and 4 <= one.span.months < 6
        ]
        return max(parts, key=lambda one: one.span.months, default=None), bool(parts)

    def share_before(self, item: Item, area: str, asked: Span) -> tuple[Fraction | None, int]:
        """Last year's share of the same months in its year, and the decimals of its levels."""
        before, year = asked.moved(-12), self.year_of(asked.start).moved(-12)
        levels = {one.span: one for one in self.reports.get((item.id, area), [])}
        if before not in levels or year not in levels:
            return None, 0
        part, whole = levels[before].worded, levels[year].worded
        if part.point is None or whole.point is None or not whole.point:
            return None, 0
        # a part that is more than the whole, or of the other sign, is no season
        if whole.point < 0 or not 0 <= part.point / whole.point <= 1:
            return None, 0
        return part.point / whole.point, max(part.decimals, whole.decimals)

    # -- judging ------------------------------------------------------------------------------------
    def expected(self, item: Item, area: str, asked: Span) -> Judged:
        """What must be said of the cell."""
        target, (report, stands_in) = self.target(item, area, asked), self.actual(item, area, asked)
        judged = Judged(target and target.span, report and report.span)
        judged.both = bool(target and target.both)
        if target is None or report is None:
            judged.verdict = "not_reported" if target else "no_target" if report else ""
            judged.aim_verdict = judged.verdict if target and target.aim else ""
            if target and target.of:
                ref = (
                    None
                    if self.too_early(target, asked)
                    else self.followed(item, area, target, asked)
                )
                if ref and ref.worded.point is not None:
                    judged.goal = ref.worded.point + (target.worded.low or 0)
            elif target:
                judged.goal = self.goal(item, area, asked, target, None)[0]
            return judged
        if target.of:
            self.judge_relative(item, area, asked, target, report, judged, stands_in=stands_in)
            return judged
        if target.both:
            self.judge_corridor(item, area, asked, target, report, judged, stands_in=stands_in)
            return judged
        if target.aim:
            aim = Target(target.span, target.aim)
            judged.aim_verdict = self.against(
                item, area, asked, aim, report, Judged(), stands_in=stands_in
            ).verdict
        return self.against(item, area, asked, target, report, judged, stands_in=stands_in)

    def against(
        self,
        item: Item,
        area: str,
        asked: Span,
        target: Target,
        report: Report,
        judged: Judged,
        *,
        stands_in: bool,
    ) -> Judged:
        """The figure against one number."""
        goal, decimals, more, share = self.goal(item, area, asked, target, report)
        judged.goal = goal
        comparable = not (stands_in and item.kind == "flow")
        figure = report.worded
        if comparable and goal is not None and figure.point is not None:
            gap = figure.point - goal if item.better == "up" else goal - figure.point
            judged.gap = half_up(gap, max(decimals, figure.decimals))
        prorated = item.kind == "flow" and target.span != asked
        verdict, sure = verdict_of(figure, goal, decimals, more, item.better)
        if prorated and share is None and not self.decided(item, area, target, report):
            verdict = "undetermined"
        passed = prorated and self.passed(item, area, target, report) is True
        certain = passed and report.status != "expected"
        years = target.span.months == 12 and target.span == self.year_of(target.span.start)
        part = item.kind == "share" and years and report.span.months < 12
        kinds = (
            part
            or prorated
            or stands_in
            or report.status == "expected"
            or self.stale(item, report, asked)
        )
        judged.verdict, judged.sure = (
            (verdict, (sure and not kinds) or certain) if comparable else ("undetermined", False)
        )
        if comparable:
            self.before_its_end(item, asked, target, report, judged)
        self.percentages(item, area, target, report, judged)
        judged.light = light(item, judged, report.worded)
        return judged

    def judge_corridor(
        self,
        item: Item,
        area: str,
        asked: Span,
        target: Target,
        report: Report,
        judged: Judged,
        *,
        stands_in: bool,
    ) -> None:
        """Both ends count; of a flow in the course of a year their shares."""
        figure, prorated = report.worded, item.kind == "flow" and target.span != asked
        low, high, decimals = target.worded.low, target.worded.high, target.worded.decimals
        assert low is not None
        assert high is not None
        self.percentages(item, area, target, report, judged)
        judged.verdict, judged.sure = "undetermined", False
        if stands_in and item.kind == "flow":
            return
        past = (
            not self.can_shrink(item) and self.outside(figure, None, high, Fraction(0)) and prorated
        )
        past_surely = past and self.outside(figure, None, high, half_of(figure))
        share: Fraction | None = None
        if prorated:
            share, digits = self.share_of(item, area, asked)
            decimals = max(decimals, digits, figure.decimals)
            if not past or share is not None:
                due = Fraction(asked.months, 12) if share is None else share
                low, high = half_up(low * due, decimals), half_up(high * due, decimals)
        if figure.point is not None:
            inside = min(figure.point - low, high - figure.point)
            judged.gap = half_up(inside, max(decimals, figure.decimals))
        if prorated and share is None and not past:
            return
        years = target.span == self.year_of(target.span.start)
        part = item.kind == "share" and years and report.span.months < 12
        kinds = [part, prorated, stands_in, report.status == "expected", figure.soft]
        kinds += [self.stale(item, report, asked)]
        half = half_of(figure)
        if self.outside(figure, low, high, Fraction(0)) or past:
            judged.verdict = "missed"
            judged.sure = self.outside(figure, low, high, half) and not any(kinds)
        elif self.inside(figure, low, high, Fraction(0)):
            judged.verdict = "met"
            judged.sure = self.inside(figure, low, high, half) and not any(kinds)
        if past_surely and report.status != "expected" and not figure.soft:
            judged.sure = True
        if item.kind in ("share", "stock") and target.span.end > min(asked.end, report.span.end):
            judged.verdict = "open" if judged.verdict in ("met", "missed") else judged.verdict

    def inside(self, figure: Worded, low: Fraction, high: Fraction, room: Fraction) -> bool:
        """Every value that the figure can have lies between the ends."""
        ends = figure.low is not None and figure.high is not None
        return bool(ends and figure.low - room >= low and figure.high + room <= high)

    def outside(self, figure: Worded, low: Fraction | None, high: Fraction, room: Fraction) -> bool:
        """None does."""
        above = figure.low is not None and (
            figure.low - room > high or (figure.low - room == high and figure.low_open)
        )
        below = (
            figure.high is not None
            and low is not None
            and (figure.high + room < low or (figure.high + room == low and figure.high_open))
        )
        return bool(above or below)

    def followed(self, item: Item, area: str, target: Target, span: Span) -> Report | None:
        """The figure that a relative target follows, of the months of the cell's own."""
        of, whose = item, area
        if target.of == "last-year":
            span = span.moved(-12)
        elif target.of in self.areas:
            whose = target.of
        else:
            of = next(one for one in self.items if one.id == target.of)
        there = self.reports.get((of.id, whose), [])
        if of.kind in ("share", "stock"):
            return next((one for one in there if one.span.end == span.end), None)
        return next((one for one in there if one.span == span), None)

    def is_part(self, item: Item, asked: Span, target: Target) -> bool:
        """An amount of a part of the target's period, which cannot shrink."""
        return item.kind == "flow" and target.span != asked and not self.can_shrink(item)

    def too_early(self, target: Target, asked: Span) -> bool:
        """The year before the target's is not over at the end of the period asked for."""
        return target.of == "last-year" and asked.end < target.span.start

    def judge_relative(
        self,
        item: Item,
        area: str,
        asked: Span,
        target: Target,
        report: Report,
        judged: Judged,
        *,
        stands_in: bool,
    ) -> None:
        """Two intervals against one another: every value of one reaches every value of the other."""
        other, figure, added = (
            self.followed(item, area, target, report.span),
            report.worded,
            target.worded.low or 0,
        )
        if self.too_early(target, asked):
            other = None
        judged.verdict, judged.sure = "undetermined", False
        if item.kind in ("growth", "flow"):
            gone = report.span.end - target.span.start + 1
            judged.percent_of_time = half_up(Fraction(100 * gone, target.span.months), 1)
        if other is None:
            return
        ref, turn = other.worded, 1 if item.better == "up" else -1
        if ref.point is not None:
            judged.goal = ref.point + added
        if stands_in and item.kind == "flow":
            return
        decimals = max(figure.decimals, ref.decimals, target.worded.decimals)
        if figure.point is not None and judged.goal is not None:
            judged.gap = half_up(turn * (figure.point - judged.goal), decimals)
        years = target.span == self.year_of(target.span.start)
        part = item.kind == "share" and years and report.span.months < 12
        kinds = [
            part,
            item.kind == "flow" and target.span != asked,
            stands_in,
            figure.soft,
            ref.soft,
        ]
        kinds += [self.stale(item, report, asked), "expected" in (report.status, other.status)]
        judged.verdict, firm = relation_of(figure, ref, target, item.better)
        judged.sure = firm and not any(kinds)
        whole = self.followed(item, area, target, target.span)
        if judged.verdict in ("met", "missed") and whole and self.is_part(item, asked, target):
            # past all that the other has brought in the whole period
            past, firm = relation_of(figure, whole.worded, target, item.better)
            certain = firm and not figure.soft and not whole.worded.soft
            if past == ("met" if item.better == "up" else "missed") and certain:
                judged.sure |= "expected" not in (report.status, whole.status)
        self.before_its_end(item, asked, target, report, judged)
        judged.light = light(item, judged, report.worded)

    def goal(
        self, item: Item, area: str, asked: Span, target: Target, report: Report | None
    ) -> tuple[Fraction | None, int, bool, Fraction | None]:
        """What is compared with, its decimals, whether more is needed, and the share it was made with."""
        worded, (number, more) = target.worded, self.whole(item, target)
        if item.kind != "flow" or target.span == asked:
            return number, worded.decimals, more, None
        share, digits = self.share_of(item, area, asked)
        of_calendar = Fraction(asked.months, 12)
        decimals = max(worded.decimals, digits, report.worded.decimals if report else 0)
        stands_in = report is not None and report.span != asked
        if share is None and report and not stands_in and self.decided(item, area, target, report):
            return number, worded.decimals, more, None
        return (
            half_up(number * (of_calendar if share is None else share), decimals),
            decimals,
            more,
            share,
        )

    def share_of(self, item: Item, area: str, asked: Span) -> tuple[Fraction | None, int]:
        """The share of the year that is due: the calendar's where that is the rule, else last year's."""
        if item.pace == "calendar":
            return Fraction(asked.months, 12), 0
        return self.share_before(item, area, asked)

    def decided(self, item: Item, area: str, target: Target, report: Report) -> bool:
        """No share decides: the year's target is nothing, or it is passed already."""
        return (
            self.whole(item, target)[0] == 0 or self.passed(item, area, target, report) is not None
        )

    def whole(self, item: Item, target: Target) -> tuple[Fraction | None, bool]:
        """The number of the whole period, and whether more is needed."""
        worded = target.worded
        number = worded.number if item.better == "up" or worded.numbers == 1 else worded.high
        return number, worded.wants == item.better and (worded.low_open or worded.high_open)

    def passed(self, item: Item, area: str, target: Target, report: Report) -> bool | None:
        """What cannot shrink has passed the target of the whole year: whether for sure; None: not."""
        if self.can_shrink(item):
            return None
        number, more = self.whole(item, target)
        verdict, sure = verdict_of(report.worded, number, target.worded.decimals, more, item.better)
        return sure if verdict == ("met" if item.better == "up" else "missed") else None

    def can_shrink(self, item: Item) -> bool:
        """A figure on file is negative, or of one year's first months the longer brought less."""
        for area in self.areas:
            there = self.reports.get((item.id, area), [])
            if any((one.worded.number or 0) < 0 for one in there):
                return True
            points = [
                one
                for one in there
                if one.worded.point is not None
                and self.year_of(one.span.start).start == one.span.start
            ]
            if any(
                a.span.start == b.span.start
                and a.span.end < b.span.end
                and a.worded.point > b.worded.point
                for a in points
                for b in points
            ):
                return True
        return False

    def before_its_end(
        self, item: Item, asked: Span, target: Target, report: Report, judged: Judged
    ) -> None:
        """What may still change until the deadline is open; what cannot is certain."""
        if item.kind in ("share", "stock") and target.span.end > min(asked.end, report.span.end):
            if judged.verdict == "missed" or (judged.verdict == "met" and item.better == "down"):
                judged.verdict = "open"
            elif judged.verdict == "met":
                judged.sure = False

    def stale(self, item: Item, report: Report, asked: Span) -> bool:
        """A share or stock that was read before the period began."""
        return item.kind in ("share", "stock") and report.span.end < asked.start

    def percentages(
        self, item: Item, area: str, target: Target, report: Report, judged: Judged
    ) -> None:
        """Of the number in the target of the whole period, and of its time."""
        done = report.worded.point
        whole = target.worded.number if target.worded.numbers == 1 else None
        points = item.kind in ("growth", "share")
        if done is not None and whole and not (points and (done <= 0 or whole <= 0)):
            judged.percent_of_target = half_up(100 * done / whole, 1)
        if item.kind in ("growth", "flow"):
            gone = report.span.end - target.span.start + 1
            judged.percent_of_time = half_up(Fraction(100 * gone, target.span.months), 1)


def relation_of(figure: Worded, ref: Worded, target: Target, better: str) -> tuple[str, bool]:
    """The verdict of one interval against another, moved; and whether both roundings leave it."""
    low, high, low_open, high_open = turned(figure, better)
    ref_low, ref_high, ref_low_open, ref_high_open = turned(ref, better)
    added, more = target.worded.low or Fraction(0), target.worded.text[1:2] != "="
    added = added if better == "up" else -added

    def met(room: Fraction) -> bool:
        if low is None or ref_high is None:
            return False
        over = low - room - ref_high - added
        return over > 0 or (over == 0 and (low_open or ref_high_open or not more))

    def missed(room: Fraction) -> bool:
        if high is None or ref_low is None:
            return False
        under = high + room - ref_low - added
        return under < 0 or (under == 0 and (high_open or ref_low_open or more))

    half = half_of(figure) + half_of(ref)
    if met(Fraction(0)):
        return "met", met(half)
    return ("missed", missed(half)) if missed(Fraction(0)) else ("undetermined", False)


def half_of(figure: Worded) -> Fraction:
    """Half a unit of the last printed digit; a bound has no rounding."""
    return Fraction(0) if figure.bound else Fraction(1, 2 * 10**figure.decimals)


def verdict_of(
    figure: Worded, goal: Fraction | None, decimals: int, more: bool, better: str
) -> tuple[str, bool]:
    """Met, missed or undetermined, and whether rounding could not turn it."""
    if goal is None:
        return "undetermined", False
    turned = better == "down"
    low, high = (figure.low, figure.high) if not turned else (figure.high, figure.low)
    low_open, high_open = figure.low_open, figure.high_open
    if turned:
        low, high = (None if end is None else -end for end in (low, high))
        low_open, high_open, goal = high_open, low_open, -goal

    def reached(end: Fraction | None) -> bool:
        return end is not None and (end > goal or (end == goal and (low_open or not more)))

    def short(end: Fraction | None) -> bool:
        return end is not None and (end < goal or (end == goal and (high_open or more)))

    # a bound has no rounding
    half = Fraction(0) if figure.bound else Fraction(1, 2 * 10**figure.decimals)
    if reached(low):
        return "met", not figure.soft and reached(low - half)
    if short(high):
        return "missed", not figure.soft and short(high + half)
    return "undetermined", False


def turned(figure: Worded, better: str) -> tuple[Fraction | None, Fraction | None, bool, bool]:
    """The ends and whether they are open; signs turned where lower is better."""
    if better == "up":
        return figure.low, figure.high, figure.low_open, figure.high_open
    ends = (None if end is None else -end for end in (figure.high, figure.low))
    return (*ends, figure.high_open, figure.low_open)  # type: ignore[return-value]


def light(item: Item, judged: Judged, figure: Worded) -> str:
    """Green, amber, red; empty where nothing is decided, no band is given, or either may be."""
    if item.band is None or judged.verdict not in ("met", "missed"):
        return ""
    if judged.verdict == "met":
        return "green"
    low, high, _low_open, high_open = turned(figure, item.better)
    if judged.goal is None:
        return ""
    size, unit = item.band
    room = size if unit == "pp" else size * abs(judged.goal) / 100
    aim = judged.goal if item.better == "up" else -judged.goal
    least = aim - high if high is not None else None
    most = aim - low if low is not None else None
    if least is not None and (least > room or (least == room and high_open)):
        return "red"
    return "amber" if most is not None and most <= room else ""


def written(table: Table, folder: Path) -> Path:
    """The table as the files of a workspace."""
    lines = ["[workspace]", 'title = "Exact"', f'city = "{CITY}"', f'reference = "{REFERENCE}"']
    lines += [f"year_starts = {table.starts}"] if table.starts > 1 else []
    for item in table.items:
        lines += [f"[indicators.{item.id}]", f'name = "Item {item.id}"', f'kind = "{item.kind}"']
        lines += [f'unit = "{"percent" if item.kind in ("growth", "share") else "tonnes"}"']
        lines += [f'better = "{item.better}"']
        lines += ['prices = "current"'] if item.kind in ("growth", "flow") else []
        lines += [f'pace = "{item.pace}"'] if item.pace else []
        lines += [f'amber = "{float(item.band[0]):g}{item.band[1]}"'] if item.band else []
    for (item_id, area), targets in table.targets.items():
        for one in targets:
            of = f', of = "{"reference" if one.of == REFERENCE else one.of}"' if one.of else ""
            more = f', aim = "{one.aim.text}"' if one.aim else ""
            more += ", both = true" if one.both else ""
            lines += [
                f'[targets.{item_id}."{one.span}"]',
                f'{area} = {{ value = "{one.worded.text}"{of}, set = 2023-01-01, source = "s"{more} }}',
            ]
    merged: dict[str, list[str]] = {}
    heads: list[str] = []
    for line in lines:
        if line.startswith("["):
            heads.append(line)
            merged.setdefault(line, [])
        else:
            merged[heads[-1]].append(line)
    text = "\n".join(part for head, body in merged.items() for part in (head, *body))
    (folder / "data/actuals").mkdir(parents=True)
    (folder / "targets.toml").write_text(text + "\n", encoding="utf-8")
    areas = ["id,code,parent,name_en"]
    areas += [f"{REFERENCE},1,,Province", f"{CITY},2,,City"]
    areas += [f"{area},{3 + at},,District {area}" for at, area in enumerate(table.areas[2:])]
    (folder / "data/areas.csv").write_text("\n".join(areas) + "\n", encoding="utf-8")
    (folder / "data/sources.csv").write_text(
        "id,title,publisher,date,url,copy,file,sha256\ns,S,Office,2024-01-01,,,,\n",
        encoding="utf-8",
    )
    rows = ["area,indicator,period,value,status,published,source"]
    for (item_id, area), reports in table.reports.items():
        rows += [
            f"{area},{item_id},{one.span},{one.worded.text},{one.status},2025-06-01,s"
            for one in reports
        ]
    (folder / "data/actuals/all.csv").write_text("\n".join(rows) + "\n", encoding="utf-8")
    return folder


COLUMNS = ("percent_of_target", "percent_of_time", "goal", "gap")


def differences(table: Table, folder: Path) -> tuple[int, list[str]]:
    """How many cells were judged, and a line for each that dtrack judges otherwise."""
    import dtrack

    workspace = dtrack.open(written(table, folder))
    count, found = 0, []
    for asked in table.asked():
        frame = workspace.assess(str(asked)).set_index(["indicator", "area"])
        rows = frame.to_dict("index")
        for item in table.items:
            for area in table.areas:
                count += 1
                judged, row = table.expected(item, area, asked), rows[item.id, area]
                if lines := unlike(judged, row):
                    said = (
                        f"{table.targets.get((item.id, area))} {table.reports.get((item.id, area))}"
                    )
                    found.append(f"{item} {area} {asked}: {'; '.join(lines)} | {said}")
    return count, found


def unlike(judged: Judged, row: dict[str, object]) -> list[str]:
    """What the row says otherwise."""
    lines, skip = [], ("light", "goal") if judged.both else ()
    for name in ("verdict", "light", "aim_verdict"):
        if name not in skip and row[name] != getattr(judged, name):
            lines.append(f"{name} {row[name]!r}, not {getattr(judged, name)!r}")
    sure = row["sure"]
    is_sure = None if judged.sure is None else judged.sure
    if (sure if sure is True or sure is False else None) is not is_sure:
        lines.append(f"sure {sure}, not {is_sure}")
    for name in COLUMNS:
        if name not in skip:
            value, right = float(str(row[name])), getattr(judged, name)
            if (value != value) != (right is None) or (
                right is not None and abs(value - float(right)) > 1e-9
            ):
                lines.append(f"{name} {value}, not {right and float(right)}")
    return lines
