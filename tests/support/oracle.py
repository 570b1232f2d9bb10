"""The rules of docs/design.md §4 once more, one cell at a time and in exact decimals: what every output has to say of a `World`.

Written from the rules, not from the code, and of nothing but Python: slow, with an `if` for each rule, so that it can be read aloud.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from decimal import Decimal
from fractions import Fraction
from functools import cached_property
from typing import NamedTuple

from support.random_workspaces import CITY, Amount, Area, Indicator, Promise, Report, World

INFINITE = Decimal("Infinity")
LIFE = (
    "missing",
    "illustrative",
    "expected",
    "flash",
    "final",
    "revised",
)  # of two of a day with as many digits the later counts
ORDER = ("city", "reference", "district", "peer", "part")  # in which areas stand in a table


class Span(NamedTuple):
    """A period as month numbers, year × 12 + month − 1, both included."""

    start: int
    end: int

    @property
    def months(self) -> int:
        return self.end - self.start + 1

    @property
    def is_half(self) -> bool:
        return self.months == 6 and self.start % 6 == 0

    def before(self, months: int = 12) -> Span:
        return Span(self.start - months, self.end - months)


def span(text: str) -> Span:
    """A period in dtrack's own spelling."""
    if ".." in text:
        first, last = text.split("..")
        return Span(span(first).start, span(last).end)
    head, _, tail = text.partition("-")
    if head == "Q1" and tail.startswith("3-"):
        return Span(int(tail[2:]) * 12, int(tail[2:]) * 12 + 8)
    if head[0] in "HQ":
        size = 6 if head[0] == "H" else 3
        start = int(tail) * 12 + (int(head[1]) - 1) * size
        return Span(start, start + size - 1)
    return (
        Span(int(head) * 12 + int(tail) - 1, int(head) * 12 + int(tail) - 1)
        if tail
        else Span(int(head) * 12, int(head) * 12 + 11)
    )


def last_day(month: int) -> str:
    """The last day of a month, as a text that sorts after all its days; February's needs no more."""
    return f"{month // 12}-{month % 12 + 1:02d}-31"


def day_of(text: str) -> str:
    """A day, month or year as the last day it allows; "" is before all of them."""
    return text + ("", "-31", "-12-31")[2 - text.count("-")] if text else ""


def half_up(value: Fraction, digits: int) -> Decimal:
    """An exact number at so many digits after the point (negative: before it), halves away from zero."""
    scaled = abs(value) * Fraction(10) ** digits
    whole = int(scaled + Fraction(1, 2))
    return (Decimal(whole) * (-1 if value < 0 else 1)).scaleb(-digits) + 0


def shown(value: Decimal | None, digits: int) -> str:
    """A number at its digits, as programs read it; "" where there is none."""
    if value is None:
        return ""
    text = f"{value.quantize(Decimal(1).scaleb(-max(digits, 0))):f}"
    return text.lstrip("-") if not text.strip("-0.") else text


def signed(text: str) -> str:
    """A difference as people read it: a sign before gains."""
    return text if text.startswith("-") or not text.strip("0.") else f"+{text}"


@dataclass
class Cell:
    """One area, indicator and period: what is compared with what, and what comes of it."""

    area: Area
    item: Indicator
    asked: Span
    promise: Promise | None = None
    report: Report | None = None
    own_basis: bool = True
    share: Fraction | None = None
    paced: bool = False
    goal: Decimal | None = None
    goal_digits: int = 0
    gap: Decimal | None = None
    gap_digits: int = 0
    verdict: str = ""
    sure: bool | None = None
    basis: str = ""
    vs_city: Decimal | None = None
    vs_digits: int = 0
    vs_reference: Decimal | None = None
    vs_reference_digits: int = 0
    moved: bool = False
    past: bool = False
    within: bool = False
    provisional: bool = False
    later: Promise | None = None

    @property
    def period(self) -> str:
        """The period asked for, as it is written: a half, a quarter, three quarters or a year."""
        year, first = divmod(self.asked.start, 12)
        named = {
            6: f"H{first // 6 + 1}-{year}",
            3: f"Q{first // 3 + 1}-{year}",
            9: f"Q1-3-{year}",
            12: str(year),
            1: f"{year}-{first + 1:02d}",
        }
        last = first + self.asked.months
        return named.get(self.asked.months, f"{year}-{first + 1:02d}..{year}-{last:02d}")

    @property
    def point(self) -> Decimal | None:
        """The figure where it is a single number, exact or soft, on the indicator's own basis."""
        if self.report and self.own_basis and self.report.amount.wording in ("plain", "around"):
            return self.report.amount.low
        return None

    @property
    def exact(self) -> Decimal | None:
        """The figure where it is an exact number of the very months, on the own basis."""
        if self.report and self.own_basis and self.report.amount.wording == "plain":
            return self.report.amount.low
        return None

    @property
    def percent_of_target(self) -> str:
        """The figure in per cent of the target's number: of points, and of points only."""
        if self.point is None or self.promise is None:
            return ""
        target = self.promise.amount
        if target.wording in ("range", "undisclosed") or target.low == 0:
            return ""
        if self.item.kind in ("growth", "share") and min(self.point, target.low) <= 0:
            return ""
        return shown(half_up(100 * Fraction(self.point) / Fraction(target.low), 1), 1)

    @property
    def percent_of_time(self) -> str:
        """The months of the target's period gone by at the end of the figure's, of growth and flow."""
        if self.promise is None or self.report is None or self.item.kind in ("share", "stock"):
            return ""
        whole, end = span(self.promise.period), span(self.report.period).end
        return shown(half_up(Fraction(100 * (end - whole.start + 1), whole.months), 1), 1)

    @property
    def ahead(self) -> Fraction | None:
        """By how many per cent of the target's size the figure is past it; negative is short of it."""
        if not self.percent_of_target:
            return None
        done = Fraction(Decimal(self.percent_of_target)) - 100
        turned = (self.item.better == "down") != (self.promise.amount.low < 0)
        return -done if turned else done

    @property
    def past_goal(self) -> Fraction | None:
        """By how many per cent of the goal's size an amount or count is past it; negative is behind."""
        if self.gap is None or self.item.kind not in ("flow", "stock") or not self.goal:
            return None
        return 100 * Fraction(self.gap) / abs(Fraction(self.goal))

    @property
    def of_period(self) -> bool:
        """The figure is of the very months asked for."""
        return self.report is not None and span(self.report.period) == self.asked

    @property
    def older(self) -> bool:
        """A share or stock that ended before the period began."""
        return (
            self.report is not None
            and self.item.kind in ("share", "stock")
            and span(self.report.period).end < self.asked.start
        )

    @property
    def digits(self) -> int:
        """Published digits of the figure."""
        return self.report.amount.decimals if self.report else 0

    @property
    def words(self) -> dict[str, str]:
        """The columns of the tidy CSV that this knows."""
        amount = self.report.amount if self.report else None
        promised = self.promise.amount if self.promise else None
        return {
            "area": self.area.id,
            "area_name": self.area.names[0],
            "indicator": self.item.id,
            "indicator_name": self.item.names[0],
            "unit": self.item.unit,
            "target": shown(promised.low, promised.decimals)
            if promised and promised.low == promised.low
            else "",
            "target_text": promised.text if promised else "",
            "target_period": self.promise.period if self.promise else "",
            "target_set": self.promise.set if self.promise else "",
            "target_source": self.promise.source if self.promise else "",
            "goal": shown(self.goal, self.goal_digits),
            "actual": shown(amount.low, amount.decimals) if amount else "",
            "actual_text": amount.text if amount else "",
            "actual_period": self.report.period if self.report else "",
            "status": self.report.status if self.report else "",
            "published": self.report.published if self.report else "",
            "source": self.report.source if self.report else "",
            "gap": shown(self.gap, self.gap_digits),
            "gap_unit": "pp" if self.item.kind in ("growth", "share") else self.item.unit,
            "verdict": self.verdict,
            "sure": "" if self.sure is None else str(self.sure).lower(),
            "basis": self.basis,
            "vs_city": shown(self.vs_city, self.vs_digits),
            "percent_of_target": self.percent_of_target,
            "percent_of_time": self.percent_of_time,
        }


class Oracle:
    """What a world comes to, as known on its as-of day; `tolerance`: points by which a goal of growth or share is moved."""

    def __init__(self, world: World, tolerance: Decimal = Decimal(0)) -> None:
        self.world, self.tolerance = world, tolerance
        self.known = [
            r for r in world.reports if not world.as_of or "" < day_of(r.published) <= world.as_of
        ]
        self.set = [
            p for p in world.promises if not world.as_of or "" < day_of(p.set) <= world.as_of
        ]
        self.asked = span(world.period)
        self.cells: dict[tuple[str, str, Span], Cell] = {}

    # -- who is a district --------------------------------------------------------------------------------------------
    @cached_property
    def districts(self) -> list[Area]:
        """The areas that are counted, ranked and summed."""
        return [area for area in self.world.areas if self.place(area) == "district"]

    def place(self, area: Area) -> str:
        """Where an area stands to the city: a district hangs from it or from nothing, lies in no other and is no peer."""
        if area.id in (CITY, self.world.reference):
            return "city" if area.id == CITY else "reference"
        if area.role == "peer":
            return "peer"
        if area.overlaps:
            return "zone"
        return "district" if area.parent in ("", CITY) else "part"

    # -- cells --------------------------------------------------------------------------------------------------------
    def cell(self, area: str, indicator: str, asked: Span | None = None) -> Cell:
        """One cell, judged."""
        key = (area, indicator, asked or self.asked)
        if key not in self.cells:
            self.cells[key] = self._judged(
                Cell(self.world.area(area), self.world.indicator(indicator), key[2])
            )
        return self.cells[key]

    def board(self, indicator: str, areas: Iterable[Area] | None = None) -> list[Cell]:
        """The cells of one indicator, in file order."""
        return [
            self.cell(area.id, indicator) for area in (self.world.areas if areas is None else areas)
        ]

    def ordered(self, cells: Iterable[Cell]) -> list[Cell]:
        """The city, the area above it, districts with zones among them, peers, parts of others; of each the worst gap first.

        Amounts and counts go by per cent of what they are compared with, where each that has a gap has that. What has no
        gap stands after what has one, and the silent ones last.
        """

        def key(cell: Cell) -> tuple[object, ...]:
            first = ORDER.index(self.place(cell.area).replace("zone", "district"))
            actual = cell.report.amount.low if cell.report else Decimal(0)
            turned = -actual if cell.item.better == "down" else actual
            size = cell.past_goal if by_percent else cell.gap
            return (
                first,
                cell.report is None,
                size is None,
                size or 0,
                turned,
                self.world.areas.index(cell.area),
            )

        cells = list(cells)
        by_percent = not any(one.gap is not None and one.past_goal is None for one in cells)
        return sorted(cells, key=key)

    def _judged(self, cell: Cell) -> Cell:
        self._choose_actual(cell)
        self._choose_target(cell)
        self._set_goal(cell)
        self._compare(cell)
        self._against_others(cell)
        return cell

    # -- which actual -------------------------------------------------------------------------------------------------
    def editions(self, area: str, indicator: str, *, own: bool = True) -> dict[Span, Report]:
        """The newest edition of each period: *expected* never replaces another; told twice on a day, the one with more digits counts."""
        prices = self.world.indicator(indicator).prices
        newest: dict[Span, Report] = {}
        for one in self.known:
            if (one.area, one.indicator) == (area, indicator) and (
                one.prices in ("", prices) and not one.scope
            ) is own:
                other = newest.get(span(one.period))
                key = lambda report: (
                    report.status != "expected",
                    day_of(report.published),
                    report.amount.decimals,
                    LIFE.index(report.status),
                    report.source,
                )
                if other is None or key(one) >= key(other):
                    newest[span(one.period)] = one
        return newest

    def _choose_actual(self, cell: Cell) -> None:
        for own in (True, False):
            newest = self.editions(cell.area.id, cell.item.id, own=own)
            there = {period: one for period, one in newest.items() if one.status != "missing"}
            found = there.get(cell.asked)
            if found is None and cell.item.kind in ("share", "stock"):
                past = [period for period in there if period.end <= cell.asked.end]
                found = (
                    there[max(past, key=lambda period: (period.end, period.months))]
                    if past
                    else None
                )
            elif found is None and cell.asked.is_half:
                start = cell.asked.start
                found = there.get(Span(start, start + 4)) or there.get(Span(start, start + 3))
            if found:
                cell.report, cell.own_basis = found, own
                return

    # -- which target -------------------------------------------------------------------------------------------------
    def _choose_target(self, cell: Cell) -> None:
        at_end = cell.item.kind in ("share", "stock")
        mine = [p for p in self.set if (p.area, p.indicator) == (cell.area.id, cell.item.id)]
        year = Span(cell.asked.start // 12 * 12, cell.asked.start // 12 * 12 + 11)
        ladder = [cell.asked]
        if at_end:
            due = {span(p.period) for p in mine if span(p.period).end >= cell.asked.end}
            ladder += sorted(due, key=lambda s: (s.end, s.months))
        elif cell.asked.start == year.start and cell.asked.end <= year.end:
            ladder.append(year)
        for period in ladder:
            entries = sorted(
                (p for p in mine if span(p.period) == period), key=lambda p: day_of(p.set)
            )
            if entries:
                in_force = [p for p in entries if day_of(p.set) <= last_day(cell.asked.end)]
                cell.promise = in_force[-1] if in_force else entries[0]
                if entries[-1] is not cell.promise:
                    cell.later = entries[-1]
                return

    def target_of_year(self, area: str, indicator: str) -> Promise | None:
        """The target of the year of the period asked for, in force on its last day."""
        year = Span(self.asked.start // 12 * 12, self.asked.start // 12 * 12 + 11)
        entries = sorted(
            (
                p
                for p in self.set
                if (p.area, p.indicator) == (area, indicator) and span(p.period) == year
            ),
            key=lambda p: day_of(p.set),
        )
        in_force = [p for p in entries if day_of(p.set) <= last_day(self.asked.end)]
        return in_force[-1] if in_force else entries[0] if entries else None

    # -- goal, gap, verdict -------------------------------------------------------------------------------------------
    def level(self, area: str, flow: str, period: Span) -> tuple[Decimal | None, int]:
        """A level that is a single number, and its digits."""
        one = self.editions(area, flow).get(period)
        if one is None or one.amount.wording not in ("plain", "around"):
            return None, 0
        return one.amount.low, one.amount.decimals

    def usual_share(self, area: str, flow: str, asked: Span) -> tuple[Fraction | None, int]:
        """Last year's share of the same months in the year, and the digits of the levels."""
        before = asked.before()
        part, digits = self.level(area, flow, before)
        whole, more = self.level(
            area, flow, Span(before.start // 12 * 12, before.start // 12 * 12 + 11)
        )
        if part is None or whole is None or part < 0 or whole <= 0 or part > whole:
            return None, 0
        return Fraction(part) / Fraction(whole), max(digits, more)

    def _set_goal(self, cell: Cell) -> None:
        if cell.promise is None:
            return
        cell.paced = cell.item.kind == "flow" and span(cell.promise.period) != cell.asked
        if cell.promise.amount.wording == "undisclosed":
            cell.goal_digits = 0
            return
        cell.goal, cell.goal_digits = (
            number_of(cell.promise, cell.item),
            cell.promise.amount.decimals,
        )
        if self.tolerance and cell.item.kind in ("growth", "share"):
            cell.moved = True
            cell.goal += self.tolerance * (1 if cell.item.better == "down" else -1)
            cell.goal_digits = max(cell.goal_digits, -int(self.tolerance.as_tuple().exponent))
        if cell.paced:
            cell.share, digits = self.usual_share(cell.area.id, cell.item.id, cell.asked)
            if cell.item.pace == "calendar":
                cell.share, digits = Fraction(cell.asked.months, 12), 0
            cell.past = self._passed(cell)
            if cell.share is None and (cell.past or cell.goal == 0):
                return
            part = Fraction(cell.asked.months, 12) if cell.share is None else cell.share
            cell.goal_digits = max(
                cell.goal_digits, cell.digits, digits if cell.share is not None else 0
            )
            cell.goal = half_up(Fraction(cell.goal) * part, cell.goal_digits)

    def _compare(self, cell: Cell) -> None:
        promise, report = cell.promise, cell.report
        stated = (
            promise is not None and promise.stated
            if promise and promise.amount.wording == "undisclosed"
            else ""
        )
        if stated and span(promise.period) == cell.asked:
            cell.verdict, cell.basis = stated, "stated"
            return
        if promise is None or report is None:
            cell.verdict = "not_reported" if promise else "no_target" if report else ""
            return
        cell.basis, cell.sure, cell.verdict = "computed", False, "undetermined"
        early = cell.item.kind not in ("share", "stock") and span(report.period) != cell.asked
        cell.gap_digits = max(cell.digits, cell.goal_digits)
        if cell.goal is None or not cell.own_basis or (cell.item.kind == "flow" and early):
            return
        if report.amount.wording in ("plain", "around"):
            cell.gap = (report.amount.low - cell.goal) * (-1 if cell.item.better == "down" else 1)
        whole = number_of(promise, cell.item)
        if not (cell.paced and cell.share is None) or cell.past or whole == 0:
            verdict, sure = compared(report.amount, promise.amount, cell.goal, cell.item.better)
            cell.verdict = self._with_time(cell, verdict)
            whole_year = span(report.period).months >= 12 or span(promise.period).months != 12
            cell.within = cell.verdict == "open" and verdict == "met"
            cell.provisional = (
                early
                or cell.older
                or cell.paced
                or report.status == "expected"
                or (cell.item.kind == "share" and not whole_year)
                or self._still_runs(cell)
            )
            cell.sure = (
                sure
                and not (early or cell.older or cell.paced or report.status == "expected")
                and (cell.item.kind != "share" or whole_year)
                and not (cell.verdict == "met" and self._still_runs(cell))
            )
        if cell.past and report.status != "expected":
            _, cell.sure = compared(report.amount, promise.amount, whole, cell.item.better)

    def _passed(self, cell: Cell) -> bool:
        """An amount past the year's target, of an indicator whose amounts cannot shrink."""
        if not (cell.report and cell.own_basis and cell.of_period):
            return False
        whole = number_of(cell.promise, cell.item)
        verdict, _ = compared(cell.report.amount, cell.promise.amount, whole, cell.item.better)
        way = "missed" if cell.item.better == "down" else "met"
        return verdict == way and not self.shrinks(cell.item)

    def shrinks(self, item: Indicator) -> bool:
        """A figure on file is negative, or more months of a year brought less than its first ones."""
        told = [r for r in self.known if r.indicator == item.id]
        if any(r.amount.low < 0 for r in told if r.amount.low == r.amount.low):
            return True
        for area in {r.area for r in told}:
            begun = {
                period: one.amount.low
                for period, one in self.editions(area, item.id).items()
                if one.amount.wording in ("plain", "around") and period.start % 12 == 0
            }
            for long, more in begun.items():
                for short, less in begun.items():
                    if long.start == short.start and long.end > short.end and more < less:
                        return True
        return False

    def against_later(self, cell: Cell) -> str:
        """The verdict that the figure would have against the target that was set later; "" without a figure."""
        if not cell.report:
            return ""
        other = Cell(
            cell.area,
            cell.item,
            cell.asked,
            replace(cell.later, stated=""),
            cell.report,
            cell.own_basis,
        )
        self._set_goal(other)
        self._compare(other)
        return other.verdict

    @staticmethod
    def _with_time(cell: Cell, verdict: str) -> str:
        """Share and stock are never missed before the deadline; where lower is better, not met either."""
        if not Oracle._still_runs(cell) or verdict == "undetermined":
            return verdict
        return "open" if verdict == "missed" or cell.item.better == "down" else verdict

    @staticmethod
    def _still_runs(cell: Cell) -> bool:
        """A share or stock from before its target's deadline."""
        deadline = span(cell.promise.period).end
        ahead = deadline > cell.asked.end or deadline > span(cell.report.period).end
        return ahead and cell.item.kind in ("share", "stock")

    def _against_others(self, cell: Cell) -> None:
        """Growth and share less those of the city, and of the area above it, for the same months."""
        cell.vs_city, cell.vs_digits = self._less(cell, CITY)
        cell.vs_reference, cell.vs_reference_digits = self._less(cell, self.world.reference)

    def _less(self, cell: Cell, other: str) -> tuple[Decimal | None, int]:
        if (
            cell.item.kind in ("growth", "share")
            and other
            and cell.area.id not in (other, self.world.reference)
            and cell.exact is not None
        ):
            theirs = self.editions(other, cell.item.id).get(span(cell.report.period))
            if theirs and theirs.amount.wording == "plain":
                return cell.exact - theirs.amount.low, max(cell.digits, theirs.amount.decimals)
        return None, 0

    # -- counts -------------------------------------------------------------------------------------------------------
    def counts(self, indicator: str) -> dict[str, int]:
        """How many districts with a target met it, missed it and so on."""
        found: dict[str, int] = {}
        for cell in self.board(indicator, self.districts):
            if cell.promise:
                found[cell.verdict] = found.get(cell.verdict, 0) + 1
        return found

    def came_in(self, area: str, indicator: str) -> bool:
        """A figure of the very period is in (of share and stock one that ends with it), neither expected nor missing."""
        at_end = self.world.indicator(indicator).kind in ("share", "stock")
        newest = self.editions(area, indicator)
        return any(
            one.status not in ("expected", "missing")
            for period, one in newest.items()
            if period == self.asked or (at_end and period.end == self.asked.end)
        )

    # -- a district through time --------------------------------------------------------------------------------------
    def rank(self, cell: Cell) -> tuple[int, int, int] | None:
        """Best and worst rank of a district's figure among the districts with one of the same months, and how many these are."""
        others = [self.cell(area.id, cell.item.id, cell.asked) for area in self.districts]
        ranked = [
            o
            for o in others
            if o.report
            and o.own_basis
            and o.report.status != "expected"
            and cell.report
            and span(o.report.period) == span(cell.report.period)
        ]
        if cell.report is None or not any(o.area == cell.area for o in ranked):
            return None
        ends = {o.area.id: _with_rounding(o) for o in ranked}
        low, high = ends.pop(cell.area.id)
        return (
            1 + sum(least >= high for least, _ in ends.values()),
            1 + sum(most > low for _, most in ends.values()),
            len(ranked),
        )

    def change(self, cell: Cell) -> str:
        """The gap less the gap of the same months a year before; of share and stock also to deadlines a year apart."""
        then = self.cell(cell.area.id, cell.item.id, cell.asked.before())
        if (
            cell.gap is None
            or then.gap is None
            or span(then.report.period) != span(cell.report.period).before()
        ):
            return ""
        if (
            cell.item.kind in ("share", "stock")
            and span(cell.promise.period).end - span(then.promise.period).end != 12
        ):
            return ""
        return shown(cell.gap - then.gap, max(cell.gap_digits, then.gap_digits))

    # -- the city's gap taken apart -----------------------------------------------------------------------------------
    def weights(self, item: Indicator) -> dict[str, Fraction] | None:
        """Each district's share of the level of the same months a year before; where one is unknown, of the city's level."""
        if not item.weight:
            return None
        before = self.asked.before()
        levels = {area.id: self.level(area.id, item.weight, before)[0] for area in self.districts}
        known = {name: level for name, level in levels.items() if level is not None}
        whole = (
            sum(known.values())
            if len(known) == len(levels)
            else self.level(CITY, item.weight, before)[0]
        )
        if not known or min(known.values()) < 0 or whole is None or whole <= 0:
            return None
        return {name: Fraction(level) / Fraction(whole) for name, level in known.items()}

    def parts(self, item: Indicator) -> Parts | None:
        """The city's gap as a sum; None where neither the city nor a district has a growth of the very period."""
        cells = {cell.area.id: cell for cell in self.board(item.id)}
        growth = {
            name: cell.exact
            for name, cell in cells.items()
            if cell.of_period and cell.exact is not None
        }
        city, goal, weights, turn = (
            growth.get(CITY),
            cells[CITY].goal,
            self.weights(item),
            -1 if item.better == "down" else 1,
        )
        found = Parts(city, goal, weights, {a.id: growth.get(a.id) for a in self.districts})
        if city is None and not any(a.id in growth for a in self.districts):
            return None
        if city is not None and goal is not None:
            found.total = (city - goal) * turn
        for area in self.districts:
            mine, target = growth.get(area.id), cells[area.id].goal
            if mine is None or weights is None or area.id not in weights:
                continue
            weight = weights[area.id] * turn
            if target is not None:
                found.terms["performance", area.id] = weight * Fraction(mine - target)
                if goal is not None:
                    found.terms["target_setting", area.id] = weight * Fraction(target - goal)
            elif goal is not None:
                found.terms["no_target", area.id] = weight * Fraction(mine - goal)
        return found

    # -- what is still needed -----------------------------------------------------------------------------------------
    def need(self, cell: Cell) -> Need | None:
        """What the rest of the year must bring; of a whole year, what its second half was. None where there is no target."""
        year = cell.asked.months == 12
        at_end = cell.item.kind in ("share", "stock")
        promise = cell.promise if at_end else self.target_of_year(cell.area.id, cell.item.id)
        if not (cell.item.kind == "growth" and (cell.report or promise) if year else promise):
            return None
        found = Need(cell, promise)
        if promise and promise.amount.wording != "undisclosed":
            found.target = number_of(promise, cell.item)
        if cell.point is not None and (at_end or cell.of_period):
            found.so_far = cell.point
        part = Span(cell.asked.start, cell.asked.start + 5) if year else cell.asked
        flow = (
            cell.item.weight
            if cell.item.kind == "growth"
            else cell.item.id
            if cell.item.kind == "flow"
            else ""
        )
        if flow:
            share, _ = self.usual_share(cell.area.id, flow, part)
            found.share = share if share is None or share < 1 else None
        half = (
            Fraction(1, 2) / Fraction(10) ** cell.digits
            if cell.report and cell.report.amount.wording == "plain"
            else None
        )
        finest = max(
            cell.digits,
            promise.amount.decimals if promise else cell.digits,
            self.cell(cell.area.id, cell.item.id, part).digits * year,
        )
        found.digits = max(finest + 1, 2) if cell.item.kind == "growth" else finest
        found.fine = found.digits if cell.item.kind == "growth" else max(finest, cell.digits + 1)
        found.more = not year and promise.amount.wording == (
            "below" if cell.item.better == "down" else "above"
        )
        whole, done, before = found.target, found.so_far, None
        if year:
            first = self.editions(cell.area.id, cell.item.id).get(part)
            exact = first is not None and first.amount.wording == "plain"
            whole, done = found.so_far, first.amount.low if exact else None
            before = Fraction(1, 2) / Fraction(10) ** first.amount.decimals if exact else None
        if whole is None or done is None or (cell.item.kind == "growth" and found.share is None):
            return found
        if cell.item.kind == "growth":
            found.needed = (Fraction(whole) - found.share * Fraction(done)) / (1 - found.share)
            found.change = found.needed - Fraction(done)
            if half is not None:
                room = half + found.share * before if before is not None else found.share * half
                found.band = room / (1 - found.share)
            self._past(found)
        else:
            found.needed, found.band = Fraction(whole) - Fraction(done), half
        return found

    def _past(self, need: Need) -> None:
        """How many second halves before this year were as good, of a half or a year."""
        if self.asked.months not in (6, 12):
            return
        for period, one in self.editions(need.cell.area.id, need.cell.item.id).items():
            if (
                period.is_half
                and period.start % 12 == 6
                and period.end < self.asked.start
                and one.amount.wording in ("plain", "around")
            ):
                told = half_up(need.needed, max(need.digits, one.amount.decimals))
                ahead = (
                    told - one.amount.low
                    if need.cell.item.better == "down"
                    else one.amount.low - told
                )
                need.of += 1
                need.reached += ahead > 0 or (ahead == 0 and not need.more)


@dataclass
class Parts:
    """The city's gap: negative is behind, and so are the terms. `growth`: of each district, None where it has not reported."""

    city: Decimal | None
    goal: Decimal | None
    weights: dict[str, Fraction] | None
    growth: dict[str, Decimal | None]
    total: Decimal | None = None
    terms: dict[tuple[str, str], Fraction] = field(default_factory=dict)


@dataclass
class Need:
    """What one area needs: a growth in per cent, or what is remaining in the unit; `band` to either side by rounding.

    `digits` of what is needed: those of the figures, of a growth one more and two at least; `fine`: of the band. `more`: to
    reach it is not enough.
    """

    cell: Cell
    promise: Promise | None
    target: Decimal | None = None
    so_far: Decimal | None = None
    share: Fraction | None = None
    needed: Fraction | None = None
    change: Fraction | None = None
    band: Fraction | None = None
    digits: int = 0
    fine: int = 0
    more: bool = False
    reached: int = 0
    of: int = 0


def number_of(promise: Promise, item: Indicator) -> Decimal:
    """The number printed in a target; a range is met from its easier end."""
    return (
        promise.amount.high
        if promise.amount.wording == "range" and item.better == "down"
        else promise.amount.low
    )


def interval(amount: Amount) -> tuple[Decimal, bool, Decimal, bool, Decimal | None]:
    """Where a figure lies: low, whether open, high, whether open, half a unit of its last digit (None: soft, never sure)."""
    low, high, half = amount.low, amount.high, Decimal(5).scaleb(-amount.decimals - 1)
    return {
        "plain": (low, False, high, False, half),
        "range": (low, False, high, False, half),
        "around": (low, False, high, False, None),
        "at least": (low, False, INFINITE, True, Decimal(0)),
        "above": (low, True, INFINITE, True, Decimal(0)),
        "at most": (-INFINITE, True, high, False, Decimal(0)),
        "below": (-INFINITE, True, high, True, Decimal(0)),
        "nearly": (-INFINITE, True, high, True, Decimal(0)),
    }[amount.wording]


def compared(actual: Amount, target: Amount, goal: Decimal, better: str) -> tuple[str, bool]:
    """The verdict, and whether rounding cannot change it."""
    low, low_open, high, high_open, half = interval(actual)
    more = target.wording == ("above" if better == "up" else "below")
    if better == "down":
        low, low_open, high, high_open, goal = -high, high_open, -low, low_open, -goal
    reached = lambda end: end > goal or (end == goal and (low_open or not more))
    short = lambda end: end < goal or (end == goal and (high_open or more))
    if reached(low):
        return "met", half is not None and reached(low - half)
    if short(high):
        return "missed", half is not None and short(high + half)
    return "undetermined", False


def _with_rounding(cell: Cell) -> tuple[Decimal, Decimal]:
    """The ends of a figure with its rounding, turned where lower is better; a bound has none."""
    low, _, high, _, half = interval(cell.report.amount)
    if cell.report.amount.wording == "around":
        half = Decimal(5).scaleb(-cell.digits - 1)
    low, high = low - (half or 0), high + (half or 0)
    return (-high, -low) if cell.item.better == "down" else (low, high)
