"""Small random workspaces: a `World` is plain data; whole numbers draw one, `written` lays it down as the files that dtrack reads.

A world knows its figures as exact decimals with their wording apart, so that an oracle need not read what was written.
`number(low, high)` is all the chance there is: hypothesis draws with it, and so does random.Random.
"""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any, TypeVar

Number = Callable[[int, int], int]
_T = TypeVar("_T")
CITY = "city_x"
MONTHS = {
    "H1-2024": (1, 6),
    "H2-2024": (7, 12),
    "2024": (1, 12),
    "Q1-2024": (1, 3),
    "Q1-3-2024": (1, 9),
}
POWERS = {
    "": 0,
    "万": 4,
    "亿": 8,
    "万亿": 12,
    "thousand": 3,
    "million": 6,
    "billion": 9,
    "trillion": 12,
}
UNITS = {  # unit: its power of ten, the scale words that its figures may be published with
    "percent": (0, ()),
    "100 million CNY": (8, ("亿", "万亿", "billion", "trillion")),
    "10 thousand tonnes": (4, ("万", "million")),
    "tonnes": (0, ("万", "thousand")),
    "stations": (0, ("万", "thousand")),
    "10 thousand persons": (4, ("万",)),
}
UNITS_OF = {
    "growth": ("percent",),
    "share": ("percent",),
    "flow": ("100 million CNY", "10 thousand tonnes", "tonnes"),
    "stock": ("stations", "10 thousand persons"),
}
WORDED = {  # the ways in which a wording is written around a number
    "plain": ("{}",),
    "around": ("around {}", "{}左右", "约{}", "~{}"),
    "at least": ("at least {}", ">={}", "{}以上", "≥{}"),
    "above": ("above {}", ">{}", "超{}", "over {}"),
    "at most": ("at most {}", "<={}", "{}以下"),
    "below": ("below {}", "<{}", "不到{}"),
    "nearly": ("nearly {}", "近{}"),
}
MIRRORED = {
    "at least": "at most",
    "above": "below",
    "around": "around",
    "plain": "plain",
    "range": "range",
    "nearly": "above",
}
MIRRORED |= {
    "at most": "at least",
    "below": "above",
    "undisclosed": "undisclosed",
    "missing": "missing",
}
NAMES = {  # of each kind; nowhere a digit, so that a number in a sentence is a number
    "growth": (
        ("Output growth", "产出增速", "Croissance de la production"),
        ("Trade growth", "贸易增速", "Croissance du commerce"),
    ),
    "share": (
        ("Green share", "绿色占比", "Part verte"),
        ("Jobless rate", "失业率", "Taux de chômage"),
    ),
    "flow": (("Output", "产出", "Production"), ("Energy used", "能耗", "Énergie consommée")),
    "stock": (("Charging posts", "充电桩", "Bornes"), ("Idle plants", "闲置厂房", "Usines vides")),
}
DISTRICTS = (
    ("Amber", "琥珀区", "Ambre"),
    ("Birch", "白桦区", "Bouleau"),
    ("Cedar", "雪松区", "Cèdre"),
    ("Dover", "多佛区", "Douvres"),
    ("Elder", "接骨木区", "Sureau"),
)


@dataclass(frozen=True)
class Area:
    """`overlaps`: ids of the areas that it lies inside of; `role`: district (blank) or peer."""

    id: str
    names: tuple[str, str, str]
    parent: str = ""
    overlaps: tuple[str, ...] = ()
    role: str = ""


@dataclass(frozen=True)
class Indicator:
    """What is measured; `weight` is the id of a flow, "" where there is none."""

    id: str
    names: tuple[str, str, str]
    kind: str
    unit: str
    better: str
    prices: str = ""
    weight: str = ""
    pace: str = ""

    @property
    def power(self) -> int:
        """The power of ten in its unit, one of UNITS."""
        return UNITS[self.unit][0]


@dataclass(frozen=True)
class Amount:
    """A figure as published: `low` and `high` are in the unit and keep their digits; `text` is how it was written."""

    wording: str
    text: str
    low: Decimal = Decimal("NaN")
    high: Decimal = Decimal("NaN")

    @property
    def decimals(self) -> int:
        """Published digits after the point, in the unit; negative where they end before it."""
        return (
            -min(int(end.as_tuple().exponent) for end in (self.low, self.high))
            if self.low == self.low
            else 0
        )


@dataclass(frozen=True)
class Promise:
    """One target as set on a day."""

    area: str
    indicator: str
    period: str
    amount: Amount
    set: str
    stated: str = ""
    source: str = "plan"


@dataclass(frozen=True)
class Report:
    """One edition of a figure."""

    area: str
    indicator: str
    period: str
    amount: Amount
    status: str
    published: str
    source: str
    prices: str = ""
    scope: str = ""


@dataclass(frozen=True)
class World:
    """A workspace as data, and the period and day that are asked for."""

    areas: tuple[Area, ...]
    indicators: tuple[Indicator, ...]
    promises: tuple[Promise, ...]
    reports: tuple[Report, ...]
    period: str
    as_of: str = ""
    due: str = ""
    headline: str = ""
    reference: str = ""

    def area(self, name: str) -> Area:
        """The area of an id."""
        return next(area for area in self.areas if area.id == name)

    def indicator(self, name: str) -> Indicator:
        """The indicator of an id."""
        return next(item for item in self.indicators if item.id == name)


class _Draw:
    """Chance, as it is used here."""

    def __init__(self, number: Number) -> None:
        self.number = number

    def one_of(self, choices: Sequence[_T]) -> _T:
        return choices[self.number(0, len(choices) - 1)]

    def chance(self, percent: int) -> bool:
        return self.number(1, 100) > 100 - percent

    def weighed(self, **weights: int) -> str:
        at = self.number(1, sum(weights.values()))
        for name, weight in weights.items():
            at -= weight
            if at <= 0:
                return name.replace("_", " ")
        raise AssertionError


# ---- drawing --------------------------------------------------------------------------------------------------------
def drawn(number: Number) -> World:
    """A world of two to five districts and one to four indicators."""
    draw = _Draw(number)
    areas, reference = _areas(draw)
    indicators = _indicators(draw)
    period = draw.weighed(
        **{
            "H1-2024": 60,
            "2024": 11,
            "H2-2024": 8,
            "Q1-2024": 4,
            "Q1-3-2024": 4,
            "2024-01": 2,
            "2024-06": 3,
            "2024-01..2024-04": 3,
            "2024-01..2024-11": 5,
        }
    )
    maker = _Maker(draw, period)
    promises, reports = [], []
    for item in indicators:
        maker.begin(item)
        for area in areas:
            promises += maker.promises(area)
            reports += maker.reports(area)
    if not reports:
        reports.append(
            Report(
                CITY,
                indicators[0].id,
                "2020",
                _written(Decimal(1), indicators[0], "plain", draw),
                "final",
                "2021-02-01",
                "s1",
            )
        )
    headline = draw.one_of(("", *(item.id for item in indicators)))
    as_of = draw.one_of(("2024-07-31", "2024-09-15", "2025-03-01")) if draw.chance(15) else ""
    due = draw.one_of(("2024-07-15", "2024-08-01")) if draw.chance(30) else ""
    return World(
        tuple(areas),
        tuple(indicators),
        tuple(promises),
        tuple(reports),
        period,
        as_of,
        due,
        headline,
        reference,
    )


def _areas(draw: _Draw) -> tuple[list[Area], str]:
    """The city, its districts, and now and then a street, a zone, a peer and the country."""
    reference = "country_x" if draw.chance(15) else ""
    city = Area(CITY, ("Rivermouth", "河口市", "Rivebouche"), reference if draw.chance(50) else "")
    names = DISTRICTS[: draw.number(2, 5)]
    districts = [
        Area(f"d_{name[0].lower()}", name, draw.one_of((CITY, CITY, ""))) for name in names
    ]
    areas = [city, *districts]
    if reference:
        areas.insert(0, Area(reference, ("Inland", "内陆国", "Intérieur")))
    if draw.chance(25):
        areas.append(street(draw.one_of(districts).id))
    if draw.chance(30):
        inside = [district.id for district in districts[: draw.number(1, 2)]]
        areas.append(zone(inside, draw.one_of((CITY, ""))))
    if draw.chance(20):
        areas.append(peer())
    return areas, reference


def street(parent: str) -> Area:
    """An area below a district: in no count of districts."""
    return Area("street_x", ("North street", "北街", "Rue Nord"), parent)


def zone(inside: Sequence[str], parent: str = CITY) -> Area:
    """An area that lies inside districts: shown, in no count and no sum."""
    return Area("zone_x", ("Harbour zone", "港区", "Zone du port"), parent, tuple(inside))


def peer() -> Area:
    """Another city to compare with: in no count and no sum."""
    return Area("peer_x", ("Hilltop", "山顶市", "Hautmont"), "", (), "peer")


def _indicators(draw: _Draw) -> list[Indicator]:
    """One to four; a growth may be weighted by a flow that is among them."""
    kinds = [
        draw.one_of(("growth", "growth", "share", "flow", "stock"))
        for _ in range(draw.number(1, 4))
    ]
    items: list[Indicator] = []
    for kind in kinds:
        count = sum(item.kind == kind for item in items)
        if count < len(NAMES[kind]):
            unit = draw.one_of(UNITS_OF[kind])
            prices = draw.one_of(("constant", "current")) if kind in ("growth", "flow") else ""
            better = draw.one_of(("up", "down"))
            pace = draw.one_of(("", "", "", "last-year", "calendar")) if kind == "flow" else ""
            items.append(
                Indicator(
                    f"{kind}_{'ab'[count]}",
                    NAMES[kind][count],
                    kind,
                    unit,
                    better,
                    prices,
                    pace=pace,
                )
            )
    flows = [item.id for item in items if item.kind == "flow"]
    return [
        replace(item, weight=draw.one_of(flows))
        if item.kind == "growth" and flows and draw.chance(80)
        else item
        for item in items
    ]


class _Maker:
    """Targets and figures of one indicator after the other, near enough to one another that some are equal."""

    def __init__(self, draw: _Draw, period: str) -> None:
        self.draw, self.period = draw, period

    def begin(self, item: Indicator) -> None:
        draw = self.draw
        self.item, self.digits = item, draw.number(0, 3)
        self.centre = {
            "growth": draw.number(-4, 9),
            "share": draw.number(20, 60),
            "flow": 500,
            "stock": draw.number(3, 80) * 100,
        }[item.kind]
        self.even = draw.chance(
            25
        )  # all levels alike, so that weights are halves, thirds, quarters, and ties occur
        at_end = item.kind in ("share", "stock")
        self.target_periods = [self.period] if draw.chance(30) else ["2024"]
        if at_end and draw.chance(20):
            self.target_periods = [
                *draw.one_of(
                    (
                        ("2026",),
                        ("2025", "2026"),
                        ("2024-06", "2024"),
                        ("2024-12", "2024"),
                        ("2022..2024", "H2-2024"),
                        ("2024..2026", "Q1-2024"),
                        ("2025-06", "2025"),
                    )
                )
            ]
        if draw.chance(15) and self.period != "2024":
            self.target_periods = [self.period, "2024"]

    # -- numbers ------------------------------------------------------------------------------------------------------
    def value(self, months: int = 6) -> Decimal:
        """A number near the centre; of a flow, for so many months."""
        digits = self.digits if self.draw.chance(75) else self.draw.number(0, 3)
        if self.item.kind == "flow":
            whole = (
                self.centre * (months if self.draw.chance(96) else 5) // 6
            )  # a year may be less than its half: a slip
            if self.even:
                return Decimal(whole * 10**digits).scaleb(-digits)
            return (
                Decimal(whole) * 10**digits
                + self.draw.number(-12, 12) * 10 ** max(digits - 1, 0) * 4
            ).scaleb(-digits)
        digits = 0 if self.item.kind == "stock" and self.item.power == 0 else digits
        return (Decimal(self.centre) * 10**digits + self.draw.number(-9, 9)).scaleb(-digits)

    def amount(self, wording: str, months: int = 6) -> Amount:
        if wording == "range":
            ends = sorted((self.value(months), self.value(months)))
            return Amount("range", f"{ends[0]:f}{self.draw.one_of(('..', '—'))}{ends[1]:f}", *ends)
        return _written(self.value(months), self.item, wording, self.draw)

    # -- targets ------------------------------------------------------------------------------------------------------
    def promises(self, area: Area) -> list[Promise]:
        draw, found = self.draw, []
        for period in self.target_periods:
            if draw.chance(70):
                days = draw.one_of(
                    (
                        ("2024-01-15",),
                        ("2024-01-15",),
                        ("2024-01",),
                        ("2024-08-20",),
                        ("",),
                        ("2023", "2024-08-20"),
                        ("2024-01-10", "2024-05-02"),
                    )
                )
                found += [self.promise(area, period, day) for day in days]
        if draw.chance(20):
            found.append(self.promise(area, _year_before(self.target_periods[0]), "2023-01-20"))
        return found

    def promise(self, area: Area, period: str, day: str) -> Promise:
        draw = self.draw
        wording = draw.weighed(
            plain=35,
            around=18,
            at_least=14,
            above=12,
            at_most=6,
            below=6,
            range=6,
            undisclosed=5,
            nearly=2,
        )
        if wording == "undisclosed":
            return Promise(
                area.id,
                self.item.id,
                period,
                Amount(wording, wording),
                day,
                draw.one_of(("", "met", "missed")),
            )
        months = 12 if "-" not in period else _months_of(period)
        return Promise(
            area.id,
            self.item.id,
            period,
            self.amount(wording, months),
            day,
            source=draw.one_of(("plan", "plan", "s2", "")),
        )

    # -- figures ------------------------------------------------------------------------------------------------------
    def reports(self, area: Area) -> list[Report]:
        draw, found = self.draw, []
        if draw.chance(60 if self.item.kind in ("share", "stock") else 85):
            found += self.editions(area, self.period)
        elif self.period.startswith("H"):
            first = 1 if self.period.startswith("H1") else 7
            found += self.editions(area, f"2024-{first:02d}..2024-{first + draw.number(3, 4):02d}")
        if self.item.kind in ("share", "stock"):
            found += (
                self.editions(
                    area,
                    draw.one_of(("2023", "2023-12", "2024-03", "Q1-2024", "2024-06", "H1-2024")),
                )
                if draw.chance(50)
                else []
            )
        for period in (_year_before(self.period), "2023") if self.period != "2024" else ("2023",):
            found += (
                self.editions(area, period)
                if draw.chance(80 if self.item.kind == "flow" else 30)
                else []
            )
        if self.item.kind == "growth":
            for period in ("H2-2022", "H2-2023"):
                found += self.editions(area, period) if draw.chance(40) else []
            if self.period == "2024":
                found += self.editions(area, "H1-2024") if draw.chance(60) else []
        found = list(
            {
                (one.period, one.published, one.status == "expected", one.prices, one.scope): one
                for one in found
            }.values()
        )
        return found + [
            self.again(one) for one in found if one.amount.wording == "plain" and draw.chance(6)
        ]

    def again(self, one: Report) -> Report:
        """The same figure told again on its day, by another source: with a further digit, or as something else."""
        text = f"{one.amount.low:f}"
        more = Decimal(text + ("0" if "." in text else ".0"))
        finer = self.draw.chance(50) and one.amount.text == text
        amount = Amount("plain", f"{more:f}", more, more) if finer else one.amount
        status = (
            one.status
            if one.status == "expected"
            else self.draw.one_of(("flash", "final", "revised"))
        )
        return replace(
            one, amount=amount, status=status, source=self.draw.one_of(("s1", "s2", "s3"))
        )

    def editions(self, area: Area, period: str) -> list[Report]:
        """One edition of a figure, now and then up to three, on different days."""
        days = (
            ("2023-02-20", "2023-07-21")
            if period < "2024" and "2024" not in period
            else ("2024-07-18", "2024-08-10", "2024-10")
        )
        return [self.report(area, period, day) for day in days[: self.draw.one_of((1, 1, 1, 2, 3))]]

    def report(self, area: Area, period: str, day: str) -> Report:
        draw, item = self.draw, self.item
        status = draw.weighed(
            flash=40, final=25, revised=15, expected=6, missing=4, illustrative=10
        )
        wording = draw.weighed(
            plain=84, around=4, above=4, at_least=2, nearly=2, at_most=2, range=2
        )
        amount = (
            Amount("missing", "")
            if status == "missing"
            else self.amount(wording, _months_of(period))
        )
        prices = (
            {"constant": "current", "current": "constant"}.get(item.prices, "")
            if draw.chance(3)
            else ""
        )
        scope = "other" if draw.chance(2) else ""
        day = "" if draw.chance(3) else day
        return Report(
            area.id,
            item.id,
            period,
            amount,
            status,
            day,
            draw.one_of(("s1", "s2", "s3", "")),
            prices,
            scope,
        )


def _written(value: Decimal, item: Indicator, wording: str, draw: _Draw) -> Amount:
    """A number in the unit as somebody might publish it: with a word, a scale word, a per cent sign."""
    words = UNITS[item.unit][1]
    scale = draw.one_of(words) if words and draw.chance(20) else ""
    if scale:
        told = Decimal(format(value.scaleb(item.power - POWERS[scale]), "f"))
        number = f"{told:f}{scale}" if not scale.isascii() else f"{told:f} {scale}"
        value = told.scaleb(POWERS[scale] - item.power)
    else:
        number = f"{value:f}" + ("%" if item.unit == "percent" and draw.chance(10) else "")
    # behind a minus 以上 and 以下 may be meant of the fall or of the number: that is asked
    ways = (
        WORDED[wording] if value >= 0 else [way for way in WORDED[wording] if way[-1] not in "上下"]
    )
    return Amount(wording, draw.one_of(ways).format(number), value, value)


def _months_of(period: str) -> int:
    """How many months a period has that is drawn here."""
    if ".." in period:
        return int(period[-2:]) - int(period[5:7]) + 1
    first = period.split("-", maxsplit=1)[0]
    return {"H1": 6, "H2": 6, "Q1": 9 if period.startswith("Q1-3") else 3}.get(
        first, 12 if "-" not in period else 1
    )


def _year_before(period: str) -> str:
    """The same months of the year before; of a year from 2025 on, 2023."""
    return period.replace("2024", "2023") if "2024" in period else "2023"


# ---- writing --------------------------------------------------------------------------------------------------------
def written(world: World, folder: Path, *, parts: int = 1) -> Path:
    """Lay the world down as a workspace, its figures in so many files."""
    (folder / "data/actuals").mkdir(parents=True)
    (folder / "targets.toml").write_text(_toml(world), encoding="utf-8", newline="\n")
    _csv(
        folder / "data/areas.csv",
        "id,code,parent,name_en,name_zh,name_fr,aliases,overlaps,role",
        [(a.id, "", a.parent, *a.names, "", ";".join(a.overlaps), a.role) for a in world.areas],
    )
    _csv(
        folder / "data/sources.csv",
        "id,title,publisher,date,url,copy",
        [
            (name, f"Bulletin of {name}", "Bureau", "", "", "yes" if name == "s3" else "no")
            for name in ("plan", "s1", "s2", "s3")
        ],
    )
    for part in range(parts):
        if world.reports[part::parts]:
            rows = [
                (
                    r.area,
                    r.indicator,
                    r.period,
                    r.amount.text,
                    r.status,
                    r.published,
                    r.source,
                    "",
                    r.prices,
                    r.scope,
                )
                for r in world.reports[part::parts]
            ]
            _csv(
                folder / f"data/actuals/part-{part}.csv",
                "area,indicator,period,value,status,published,source,note,prices,scope",
                rows,
            )
    return folder


def _csv(path: Path, header: str, rows: Sequence[Sequence[str]]) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        csv.writer(file, lineterminator="\n").writerows([header.split(","), *rows])


def _toml(world: World) -> str:
    lines = [
        "[workspace]",
        _names("title", ("Rivermouth", "河口", "Rivebouche")),
        f'city = "{CITY}"',
    ]
    lines += [
        f'{key} = "{value}"'
        for key, value in (("headline", world.headline), ("reference", world.reference))
        if value
    ]
    if world.due:
        lines += ["", "[due]", f'"{world.period}" = {world.due}']
    for item in world.indicators:
        keys = {
            "kind": item.kind,
            "unit": item.unit,
            "better": item.better,
            "prices": item.prices,
            "weight": item.weight,
            "pace": item.pace,
        }
        lines += ["", f"[indicators.{item.id}]", _names("name", item.names)]
        lines += [f'{key} = "{value}"' for key, value in keys.items() if value]
    tables: dict[tuple[str, str], dict[str, list[Promise]]] = {}
    for promise in world.promises:
        tables.setdefault((promise.indicator, promise.period), {}).setdefault(
            promise.area, []
        ).append(promise)
    for (indicator, period), areas in tables.items():
        lines += ["", f'[targets.{indicator}."{period}"]']
        lines += [f"{area} = {_entries(promises)}" for area, promises in areas.items()]
    return "\n".join(lines) + "\n"


def _names(key: str, names: tuple[str, str, str]) -> str:
    return f'{key} = {{ en = "{names[0]}", zh = "{names[1]}", fr = "{names[2]}" }}'


def _entries(promises: Sequence[Promise]) -> str:
    entries = [_entry(promise) for promise in promises]
    return entries[0] if len(entries) == 1 else f"[{', '.join(entries)}]"


def _entry(promise: Promise) -> str:
    told = [f'value = "{promise.amount.text}"']
    if promise.set:
        told.append(f"set = {promise.set}" if len(promise.set) == 10 else f'set = "{promise.set}"')
    told += [
        f'{key} = "{value}"'
        for key, value in (("source", promise.source), ("stated", promise.stated))
        if value
    ]
    return "{ " + ", ".join(told) + " }"


# ---- the same world, otherwise --------------------------------------------------------------------------------------
def mirrored(world: World, indicator: str) -> World:
    """All signs of one indicator's figures and targets turned round, and the direction in which it is better."""

    def turned(amount: Amount) -> Amount:
        wording, low, high = MIRRORED[amount.wording], -amount.high, -amount.low
        if amount.low != amount.low:
            return amount
        text = f"{low:f}..{high:f}" if wording == "range" else WORDED[wording][0].format(f"{low:f}")
        return Amount(wording, text, low, high)

    other = {"up": "down", "down": "up"}
    return replace(
        world,
        indicators=tuple(
            replace(i, better=other[i.better]) if i.id == indicator else i for i in world.indicators
        ),
        promises=tuple(
            replace(p, amount=turned(p.amount)) if p.indicator == indicator else p
            for p in world.promises
        ),
        reports=tuple(
            replace(r, amount=turned(r.amount)) if r.indicator == indicator else r
            for r in world.reports
        ),
    )


def scaled(world: World) -> World:
    """The same levels in units ten times as large: what is written without a scale word has its decimal point one place on."""
    tens = {
        "100 million CNY": "billion CNY",
        "10 thousand tonnes": "100 thousand tonnes",
        "tonnes": "10 tonnes",
        "stations": "10 stations",
        "10 thousand persons": "100 thousand persons",
    }
    levels = {item.id for item in world.indicators if item.kind in ("flow", "stock")}

    def moved(one: Any) -> Any:
        amount = one.amount
        if one.indicator not in levels or amount.low != amount.low:
            return one
        numbers = {f"{end:f}": f"{end.scaleb(-1):f}" for end in (amount.low, amount.high)}
        has_scale = any(word and word in amount.text for word in POWERS)
        text = (
            amount.text
            if has_scale
            else re.sub(r"-?[0-9]+(?:\.[0-9]+)?", lambda found: numbers[found[0]], amount.text)
        )
        return replace(
            one,
            amount=replace(
                amount, text=text, low=amount.low.scaleb(-1), high=amount.high.scaleb(-1)
            ),
        )

    return replace(
        world,
        indicators=tuple(
            replace(i, unit=tens[i.unit]) if i.id in levels else i for i in world.indicators
        ),
        promises=tuple(map(moved, world.promises)),
        reports=tuple(map(moved, world.reports)),
    )


def shuffled(world: World, order: Callable[[Sequence[Any]], Sequence[Any]]) -> World:
    """The same rows in another order; targets of one table and cell too."""
    return replace(
        world, promises=tuple(order(world.promises)), reports=tuple(order(world.reports))
    )


def renamed(world: World, to: Callable[[str], str]) -> World:
    """The same world, its areas and indicators under other ids."""

    def changed(one: Any) -> Any:
        return replace(one, area=to(one.area), indicator=to(one.indicator))

    return replace(
        world,
        areas=tuple(
            replace(
                a,
                id=to(a.id) if a.id != CITY else CITY,
                parent=a.parent and to(a.parent),
                overlaps=tuple(map(to, a.overlaps)),
            )
            for a in world.areas
        ),
        indicators=tuple(
            replace(i, id=to(i.id), weight=i.weight and to(i.weight)) for i in world.indicators
        ),
        promises=tuple(map(changed, world.promises)),
        reports=tuple(map(changed, world.reports)),
        headline=world.headline and to(world.headline),
        reference=world.reference and to(world.reference),
    )
