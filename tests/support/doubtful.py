"""Shared by tests. What may be wrong: for every code the smallest workspace that gives exactly that finding, and its nearest innocent neighbour."""

from __future__ import annotations

from dataclasses import dataclass, field

from support.rounded import R, six

H24, H23 = "H1-2024", "H1-2023"


LIKE = (
    'kind = "flow"\nunit = "100 million CNY"\nprices = "current"',
    'kind = "flow"\nunit = "100 million CNY"\nprices = "constant"',
)


SIX = list(R)


def _weighed(better, *, beside=False):
    """One growth more that names the level as its weight, as the energy a unit takes; without `beside` the only one."""
    energy = (
        f'\n[indicators.energy]\nname = {{ en = "energy", zh = "能耗", fr = "énergie" }}\nkind = "growth"\nunit = "percent"\n'
        f'prices = "constant"\nbetter = "{better}"\nweight = "level"\n'
    )
    growth = 'prices = "constant"\nbetter = "up"\nweight = "level"\n'
    return growth, (growth if beside else 'prices = "constant"\nbetter = "up"\n') + energy


@dataclass(frozen=True)
class Case:
    """Rows that give exactly one finding of the code, at this cell; `instead` replaces rows by innocent ones."""

    code: str
    why: str
    rows: list
    innocent: list
    cell: tuple[str, str, str]
    says: str
    targets: dict = field(default_factory=dict)
    innocent_targets: dict = field(default_factory=dict)
    districts: bool = False  # the six of the formulas instead of a to d
    toml: tuple[str, str] = ("", "")  # what is replaced in targets.toml
    innocent_toml: tuple[str, str] | None = None
    breaks: dict = field(default_factory=dict)

    def __str__(self) -> str:
        return f"{self.code}: {self.why}"


def a(indicator, *figures, area="a"):
    """Figures of one area: (period, value) or (period, value, other columns)."""
    return [(area, indicator, period, value, *more) for period, value, *more in figures]


def among(indicator, values, names=SIX, period=H24, **more):
    """One figure each of several areas."""
    return [
        (name, indicator, period, value, more) for name, value in zip(names, values, strict=False)
    ]


CITY = "city"


BASE = ["100.0", "200.0", "300.0", "400.0", "500.0", "600.0"]


CASES = [
    Case(
        "scale-slip",
        "万 where 亿 belongs",
        a("level", (H23, "480.0"), (H24, "5040000")),
        a("level", (H23, "480.0"), (H24, "504.0")),
        ("a", "level", H24),
        "5,040,000 is 10,500 times the 480.0 of H1-2023",
    ),
    Case(
        "scale-slip",
        "亿 where 万 belongs",
        a("level", (H23, "480.0"), (H24, "0.0504")),
        a("level", (H23, "480.0"), (H24, ">500")),
        ("a", "level", H24),
        "0.0504 is 1/9,524 of the 480.0 of H1-2023",
    ),
    Case(
        "scale-slip",
        "a stock against its figure before, however old",
        a("stock", ("2019-05", "4300"), ("2024-06", "4500万")),
        a("stock", ("2019-05", "4300"), ("2024-06", "4.5万")),
        ("a", "stock", "2024-06"),
        "4500万 is 10,465 times the 4,300",
    ),
    Case(
        "scale-slip",
        "元 where 亿 belongs",
        a("level", (H23, "480.0"), (H24, "50400000000")),
        a("level", (H23, "480.0"), (H24, "504.0")),
        ("a", "level", H24),
        "50,400,000,000 is 105,000,000 times the 480.0 of H1-2023",
    ),
    Case(
        "scale-slip",
        "元 where 万亿 belongs, the other way",
        a("level", (H23, "480000000000"), (H24, "0.504")),
        a("level", (H23, "480.0"), (H24, "504.0")),
        ("a", "level", H24),
        "0.504 is 1/952,380,952,381 of the 480,000,000,000 of H1-2023",
    ),
    Case(
        "scale-slip",
        "a hundred thousand",
        a("level", (H23, "480.0"), (H24, "50400000")),
        a("level", (H23, "480.0"), (H24, "504.0")),
        ("a", "level", H24),
        "50,400,000 is 105,000 times",
    ),
    Case(
        "scale-slip",
        "a million",
        a("level", (H23, "480.0"), (H24, "504000000")),
        a("level", (H23, "480.0"), (H24, "504.0")),
        ("a", "level", H24),
        "504,000,000 is 1,050,000 times",
    ),
    Case(
        "scale-slip",
        "between the powers of ten, from half-way to ten thousand on",
        a("level", (H23, "480.0"), (H24, "1518240")),  # × 3,163
        a("level", (H23, "480.0"), (H24, "1517760")),
        ("a", "level", H24),
        "1,518,240 is 3,163 times",
    ),  # × 3,162
    Case(
        "scale-slip",
        "it is told where it is, not where the series comes back",  # × 5,000 (10^3.7), then 1/50,000 (10^−4.7)
        a("level", ("H1-2022", "480.0"), (H23, "2400000"), (H24, "48.0")),
        a("level", ("H1-2022", "480.0"), (H23, "500.0"), (H24, "504.0")),
        ("a", "level", H23),
        "5,000 times",
    ),
    Case(
        "unit-slip",
        "a decimal point",
        a("level", (H23, "480.0"), (H24, "4920")),
        a("level", (H23, "480.0"), (H24, "3300")),
        ("a", "level", H24),
        "4,920 is 10.3 times the 480.0 of H1-2023; a recent series",
    ),
    Case(
        "unit-slip",
        "a tenth",
        a("level", (H23, "480.0"), (H24, "50.4")),
        a("level", (H23, "480.0"), (H24, "72.0")),
        ("a", "level", H24),
        "50.4 is 1/9.52 of the 480.0 of H1-2023",
    ),
    Case(
        "unit-slip",
        "a stock within two years",
        a("stock", ("2019-05", "4300"), ("2021-05", "4.57万")),
        a("stock", ("2019-05", "4300"), ("2021-06", "4.57万")),
        ("a", "stock", "2021-05"),
        "4.57万 is 10.6 times the 4,300 of 2019-05",
    ),
    Case(
        "unit-slip",
        "it is told where it is, not where the series comes back",
        a("level", ("H1-2022", "480.0"), (H23, "4920"), (H24, "504.0")),
        a("level", ("H1-2022", "480.0"), (H23, "492.0"), (H24, "504.0")),
        ("a", "level", H23),
        "10.3 times",
    ),
    Case(
        "unit-slip",
        "a break dwarfs no power of ten",
        a("level", (H23, "480.0", {"published": "2023-07-20"}), (H24, "4920")),
        a("level", (H23, "480.0", {"published": "2023-07-20"}), (H24, "604.0")),
        ("a", "level", H24),
        "10.3 times",
        breaks={"level": "2024-01-01"},
    ),
    Case(
        "level-against-growth",
        "a growth that no prices explain",
        a("level", (H23, "480.0"), (H24, "520.0")) + a("growth", (H24, "30.0")),
        a("level", (H23, "480.0"), (H24, "520.0")) + a("growth", (H24, "5.0")),
        ("a", "level", H24),
        "520.0 is +8.3% on the 480.0 of H1-2023, but the published growth (growth) is 30.0%: an implied price change of -16.7%",
    ),
    Case(
        "level-against-growth",
        "at the same prices five points are too many",
        a("level", (H23, "480.0"), (H24, "535.0")) + a("growth", (H24, "5.0")),
        a("level", (H23, "480.0"), (H24, "525.0")) + a("growth", (H24, "5.0")),
        ("a", "level", H24),
        "a difference of +6.2%",
        toml=LIKE,
    ),
    Case(
        "level-against-growth",
        "not across a break",
        a("level", (H23, "480.0"), (H24, "520.0")) + a("growth", (H24, "30.0")),
        a("level", (H23, "480.0", {"published": "2023-07-20"}), (H24, "520.0"))
        + a("growth", (H24, "30.0")),
        ("a", "level", H24),
        "-16.7%",
        breaks={"level": "2024-01-01"},
    ),
    Case(
        "level-against-growth",
        "not what rounding explains",
        a("level", (H23, "20.0"), (H24, "12.0")) + a("growth", (H24, "-30.0")),
        a("level", (H23, "20"), (H24, "12")) + a("growth", (H24, "-30.0")),
        ("a", "level", H24),
        "-14.3%",
    ),
    Case(
        "level-against-growth",
        "a growth that the level only weighs has another direction",
        a("level", (H23, "900.0"), (H24, "960.0")) + a("energy", (H24, "-18.0")),
        a("level", (H23, "900.0"), (H24, "960.0")) + a("energy", (H24, "-18.0")),
        ("a", "level", H24),
        # 960 / 900 / 0.82 = 1.3008
        "the published growth (energy) is -18.0%: an implied price change of +30.1%",
        toml=_weighed("up"),
        innocent_toml=_weighed("down"),
    ),
    Case(
        "level-against-growth",
        "of two growths with that weight one explains it",
        # 960 / 900 / 1.30 = 0.8205
        a("level", (H23, "900.0"), (H24, "960.0")) + a("growth", (H24, "30.0")),
        a("level", (H23, "900.0"), (H24, "960.0"))
        + a("growth", (H24, "5.0"))
        + a("energy", (H24, "30.0")),
        ("a", "level", H24),
        "the published growth (growth) is 30.0%: an implied price change of -17.9%",
        innocent_toml=_weighed("up", beside=True),
    ),
    Case(
        "level-against-growth",
        "of two growths with that weight only one is told",
        a("level", (H23, "900.0"), (H24, "960.0")) + a("growth", (H24, "30.0")),
        a("level", (H23, "900.0"), (H24, "960.0")) + a("energy", (H24, "30.0")),
        ("a", "level", H24),
        "the published growth (growth) is 30.0%",
        innocent_toml=_weighed("up", beside=True),
    ),
    Case(
        "index-for-growth",
        "last year = 100",
        a("growth", (H24, "105.2")),
        a("growth", (H24, "79.9")),
        ("a", "growth", H24),
        "105.2 looks like an index (previous year = 100), a growth of 5.2%",
    ),
    Case(
        "index-for-growth",
        "of a target",
        a("growth", (H24, "5.0")),
        a("growth", (H24, "5.0")),
        ("a", "growth", "2024"),
        "a growth of 5%",
        targets={"growth 2024": {"a": ">=105"}},
        innocent_targets={"growth 2024": {"a": ">=5"}},
    ),
    Case(
        "fraction-for-percent",
        "more finely than the others",
        among("growth", ["5.2", "4.8", "0.052"], "abc"),
        among("growth", ["5.2", "4.8", "0.05"], "abc"),
        ("c", "growth", H24),
        "0.052 has 3 decimals where 1 is usual: as a fraction it is 5.2%",
    ),
    Case(
        "fraction-for-percent",
        "a % sign says that it is none",
        among("growth", ["5.2", "4.8", "-0.052"], "abc"),
        among("growth", ["5.2", "4.8", "-0.052%"], "abc"),
        ("c", "growth", H24),
        "as a fraction it is -5.2%",
    ),
    Case(
        "fraction-for-percent",
        "alone",
        a("share", (H24, "0.321")),
        a("share", (H24, "0.32")),
        ("a", "share", H24),
        "as a fraction it is 32.1%",
    ),
    Case(
        "copied-forward",
        "a level of four digits",
        a("level", (H23, "480.0"), (H24, "480.0")),
        a("level", (H23, "480"), (H24, "480")),
        ("a", "level", H24),
        "480.0 is identical to H1-2023",
    ),
    Case(
        "copied-forward",
        "another rounding is another figure",
        a("level", (H23, "480.0"), (H24, "480.0")),
        a("level", (H23, "480.0"), (H24, "480.00")),
        ("a", "level", H24),
        "identical to",
    ),
    Case(
        "copied-forward",
        "the half before sent again",
        a("level", ("H2-2023", "480.5"), (H24, "480.5")),
        a("level", ("H1-2022", "480.5"), (H24, "480.5")),
        ("a", "level", H24),
        "480.5 is identical to H2-2023",
    ),
    Case(
        "copied-forward",
        "a stock",
        a("stock", ("2023-06", "4801"), ("2024-06", "4801")),
        a("stock", (H24, "4801"), ("2024-06", "4801")),
        ("a", "stock", "2024-06"),
        "4,801 is identical to 2023-06",
    ),
    Case(
        "copied-forward",
        "every figure of an area, told once",
        [
            row
            for name, value in (("growth", "5.1"), ("share", "30.2"), ("down_growth", "-2.0"))
            for row in a(name, (H23, value), (H24, value))
        ],
        a("growth", (H23, "5.1"), (H24, "5.1"))
        + a("share", (H23, "30.2"), (H24, "30.2"))
        + a("down_growth", (H23, "-2.0"), (H24, "-2.1")),
        ("a", "growth", H24),
        "all 3 figures of A for H1-2024 are identical to those of H1-2023",
    ),
    Case(
        "identical-figures",
        "a level of four digits in two areas",
        among("level", ["492.5", "492.5"], "ab"),
        among("level", ["492", "492"], "ab"),
        ("a", "level", H24),
        "492.5 is reported for A and B",
    ),
    Case(
        "identical-figures",
        "told where it was published last",
        among("level", ["492.5"], "a") + among("level", ["492.5"], "b", published="2024-08-20"),
        among("level", ["492.5", "492.6"], "ab"),
        ("b", "level", H24),
        "A and B",
    ),
    Case(
        "identical-figures",
        "a rate in four areas and more than half",
        among("growth", ["5.0"] * 4 + ["5.1"], "abcdz"),
        among("growth", ["5.0"] * 3 + ["5.1"] * 2, "abcdz"),
        ("a", "growth", H24),
        "5.0 is reported for 4 of 5 areas (A, B, C and D)",
    ),
    Case(
        "identical-figures",
        "the city is no area among others",
        among("level", ["492.5", "492.5", "900.5"], ["a", "b", CITY]),
        among("level", ["492.5", "900.5", "900.5"], ["a", CITY, "z"]),
        ("a", "level", H24),
        "A and B",
    ),
    Case(
        "outlier",
        "one in six, where a plain z-score cannot tell",
        among("growth", ["5.1", "4.8", "5.3", "4.9", "5.0", "52.0"]),
        among("growth", ["5.1", "4.8", "5.3", "4.9", "5.0", "5.2"]),
        ("tongzhou", "growth", H24),
        "52.0; the median of 6 areas is 5.05 (modified z-score +158.3)",
        districts=True,
    ),
    Case(
        "outlier",
        "the median distance is nothing, but the mean is not",
        among("level", BASE, period=H23)
        + among("level", ["110.0", "220.0", "330.0", "440.0", "550.0", "726.0"]),
        among("level", BASE, period=H23)
        + among("level", ["110.0", "220.0", "330.0", "440.0", "550.0", "720.0"]),
        ("tongzhou", "level", H24),
        "726.0 is a change of +21.0% on a year earlier; the median of 6 areas is +10.0 (modified z-score +4.8)",
        districts=True,
    ),
    Case(
        "outlier",
        "zone and city are no part of the sample",
        among("growth", ["5.1", "4.8", "5.3", "4.9", "5.0", "52.0"]),
        [
            *among("growth", ["5.1", "4.8", "5.3", "4.9", "5.0", "52.0"], [*SIX[:5], "zone"]),
            (CITY, "growth", H24, "5.0"),
        ],
        ("tongzhou", "growth", H24),
        "52.0",
        districts=True,
    ),
    Case(
        "outlier",
        "of levels the change on the year",
        among("level", ["100.5", "201.5", "302.5", "403.5", "504.5", "605.5"], period=H23)
        + among("level", ["105.5", "210.6", "318.7", "423.8", "533.9", "1303.1"]),
        among("level", ["100.5", "201.5", "302.5", "403.5", "504.5", "605.5"], period=H23)
        + among("level", ["105.5", "210.6", "318.7", "423.8", "533.9", "638.1"]),
        ("tongzhou", "level", H24),
        "1,303.1 is a change of +115% on a year earlier; the median of 6 areas is +5.2",
        districts=True,
    ),
    Case(
        "outlier",
        "a bound is no figure to compare",
        among("growth", ["5.1", "4.8", "5.3", "4.9", "5.0", "52.0"]),
        among("growth", ["5.1", "4.8", "5.3", "4.9", "5.0", ">52.0"]),
        ("tongzhou", "growth", H24),
        "52.0",
        districts=True,
    ),
    Case(
        "parts-against-total",
        "more than all roundings",
        among(
            "level",
            ["15210.0", "4800.1", "4000.2", "2800.3", "1700.4", "1100.5", "600.5"],
            [CITY, *SIX],
        ),
        among(
            "level",
            ["15002.3", "4800.1", "4000.2", "2800.3", "1700.4", "1100.5", "600.5"],
            [CITY, *SIX],
        ),
        (CITY, "level", H24),
        "15,210.0 is 208.0 more than the 15,002.0 of all 6 districts; rounding explains at most 0.35",
        districts=True,
    ),
    Case(
        "parts-against-total",
        "an item between them is named",
        among(
            "level",
            ["15210.0", "4800.1", "4000.2", "2800.3", "1700.4", "1100.5", "600.5"],
            [CITY, *SIX],
        ),
        among(
            "level",
            ["15210.0", "4800.1", "4000.2", "2800.3", "1700.4", "1100.5", "600.5"],
            [CITY, *SIX],
        ),
        (CITY, "level", H24),
        "208.0 more",
        districts=True,
        innocent_toml=(
            "[indicators.growth]",
            '[[reconciliation.level."H1-2024"]]\nname = "Banks"\nvalue = 208.0\nsource = "s1"\n\n[indicators.growth]',
        ),
    ),
    Case(
        "parts-against-total",
        "one that is silent leaves it open",
        among(
            "level",
            ["15210.0", "4800.1", "4000.2", "2800.3", "1700.4", "1100.5", "600.5"],
            [CITY, *SIX],
        ),
        among("level", ["15210.0", "4800.1", "4000.2", "2800.3", "1700.4", "1100.5"], [CITY, *SIX]),
        (CITY, "level", H24),
        "208.0 more",
        districts=True,
    ),
    Case(
        "parts-against-total",
        "a growth above all",
        among("growth", ["5.6", "4.8", "5.3", "5.0", "4.9", "5.1", "5.2"], [CITY, *SIX]),
        among("growth", ["5.4", "4.8", "5.3", "5.0", "4.9", "5.1", "5.2"], [CITY, *SIX]),
        (CITY, "growth", H24),
        "5.6 is outside the growth range of all 6 districts, 4.8 to 5.3",
        districts=True,
    ),
    Case(
        "share-out-of-range",
        "more than the whole",
        a("share", (H24, "100.1")),
        a("share", (H24, "100")),
        ("a", "share", H24),
        "a share of 100.1% exceeds the whole",
    ),
    Case(
        "share-out-of-range",
        "below nothing",
        a("share", (H24, "-0.5")),
        a("share", (H24, "0.5")),
        ("a", "share", H24),
        "is negative",
    ),
    Case(
        "share-out-of-range",
        "a growth may pass 100",
        a("share", (H24, "130.5")),
        a("growth", (H24, "130.5")),
        ("a", "share", H24),
        "130.5%",
    ),
    Case(
        "total-as-area",
        "the city's own figure",
        among("level", ["1500.2", "600.3", "1500.2"], ["a", "b", CITY]),
        among("level", ["1500.2", "600.3", "1500.4"], ["a", "b", CITY]),
        ("a", "level", H24),
        "1,500.2 of A equals the city total",
    ),
    Case(
        "total-as-area",
        "as near as rounding brings it",
        among("level", ["1500.1", "600.3", "1500.2"], ["a", "b", CITY]),
        among("level", ["1500.1", "600.3", "1500.3"], ["a", "b", CITY]),
        ("a", "level", H24),
        "1,500.1 of A equals the city total",
    ),
    Case(
        "total-as-area",
        "the sum of the others",
        among("level", ["100.1", "200.2", "300.3", "600.6"], "abcd"),
        among("level", ["100.1", "200.2", "300.3", "601.6"], "abcd"),
        ("d", "level", H24),
        "600.6 of D is the sum of the other 3 districts",
    ),
    Case(
        "published-early",
        "before its last day",
        a("growth", (H24, "5.0", {"published": "2024-06-29"})),
        a("growth", (H24, "5.0", {"published": "2024-06-30"})),
        ("a", "growth", H24),
        "published 2024-06-29, before the end of H1-2024 on 2024-06-30",
    ),
    Case(
        "published-early",
        "an expectation may be early",
        a("level", (H24, "500", {"published": "2024-05"})),
        a("level", (H24, "500", {"published": "2024-05", "status": "expected"})),
        ("a", "level", H24),
        "published 2024-05, before",
    ),
    Case(
        "published-early",
        "a month counts from its last day, and what is read at a date may be early",
        a("growth", (H24, "5.0", {"published": "2024-05"})),
        a("growth", (H24, "5.0", {"published": "2024-06"}))
        + a("stock", ("2024", "500", {"published": "2024-06-07"})),
        ("a", "growth", H24),
        "2024-05",
    ),
    Case(
        "set-late",
        "after the period",
        a("growth", (H24, "5.0")),
        a("growth", (H24, "5.0")),
        ("a", "growth", H24),
        "set 2024-07-01, after the end of H1-2024 on 2024-06-30",
        targets={"growth H1-2024": {"a": {"value": "5", "set": "2024-07-01"}}},
        innocent_targets={"growth H1-2024": {"a": {"value": "5", "set": "2024-06-30"}}},
    ),
    Case(
        "overlapping-periods",
        "a span of its own",
        a("level", ("2023-12..2024-05", "400"), (H24, "500")),
        a("level", ("2024-01..2024-05", "400"), (H24, "500")),
        ("a", "level", H24),
        "2023-12..2024-05 (400) and H1-2024 (500) overlap",
    ),
    Case(
        "overlapping-periods",
        "parts of a year may cross",
        a("growth", ("2023-07..2024-06", "5.0"), ("2024", "5.1", {"published": "2025-01-20"})),
        a(
            "growth",
            ("Q1-3-2024", "5.0", {"published": "2024-10-20"}),
            ("H2-2024", "5.1", {"published": "2025-01-20"}),
        ),
        ("a", "growth", "2024"),
        "2023-07..2024-06 (5.0) and 2024 (5.1)",
    ),
    Case(
        "overlapping-periods",
        "two stocks for the end of June",
        a("stock", ("2024-06", "3580"), (H24, "2000", {"published": "2024-09-30"})),
        a(
            "stock",
            ("2024-06", "3580"),
            (H24, "3580", {"published": "2024-09-30"}),
            ("2024-05", "3400"),
        ),
        ("a", "stock", H24),
        "H1-2024 (2,000) and 2024-06 (3,580) both end in 2024-06; one may have been revised without the other",
    ),
    Case(
        "overlapping-periods",
        "of one day it is told of the longer; one edition of a cell replaces the other",
        a("stock", ("2024-06", "3580"), ("Q2-2024", "2000")),
        a(
            "stock",
            ("2024-06", "3580", {"published": "2024-07-10"}),
            ("2024-06", "2000"),
            ("Q2-2024", "2000"),
        ),
        ("a", "stock", "Q2-2024"),
        "Q2-2024 (2,000) and 2024-06 (3,580) both end in 2024-06",
    ),
    Case(
        "overlapping-periods",
        "two shares, further apart than their rounding",
        a("share", (H24, "45.8"), ("Q2-2024", "47")),
        a("share", (H24, "45.8"), ("Q2-2024", "46.0", {"status": "expected"}))
        + a("share", (H24, "45.5"), ("Q2-2024", "46"), area="b"),
        ("a", "share", H24),
        "a share over a longer period may really differ",
    ),
    Case(
        "overlapping-periods",
        "not across a break, nor a bound",
        a("stock", ("2024-06", "3580"), (H24, "2000")),
        a("stock", ("2024-06", "3580", {"published": "2024-06-30"}), (H24, "2000"))
        + a("stock", ("2024-06", ">3000"), (H24, "2100"), area="b"),
        ("a", "stock", H24),
        "(2,000) and 2024-06 (3,580)",
        breaks={"stock": "2024-07-01"},
    ),
    Case(
        "part-exceeds-whole",
        "half above the year",
        a("level", (H23, "580.2"), ("2023", "580.0")),
        a("level", (H23, "580.1"), ("2023", "580.0")),
        ("a", "level", H23),
        "580.2 in H1-2023 exceeds the 580.0 of 2023",
    ),
    Case(
        "part-exceeds-whole",
        "not across a break",
        a("level", (H23, "600.0"), ("2023", "580.0")),
        a("level", (H23, "600.0", {"published": "2023-07-20"}), ("2023", "580.0")),
        ("a", "level", H23),
        "600.0 in H1-2023",
        breaks={"level": "2024-01-01"},
    ),
    Case(
        "over-unsaid",
        "a change over five years, taken for an average",
        a("growth", ("2021", "5.1"), ("2022", "4.8")),
        a("growth", ("2021", "5.1"), ("2022", "4.8")),
        ("a", "growth", "2021..2025"),
        "“30” may be the change over all years",
        targets={"growth 2021..2025": {"a": {"value": "30", "set": "2021-01-20"}}},
        innocent_targets={
            "growth 2021..2025": {"a": {"value": "30", "over": "whole", "set": "2021-01-20"}}
        },
    ),
    Case(
        "over-unsaid",
        "the level of one year, taken for the sum of five",
        a("level", ("2021", "400.5"), ("2022", "430.2")),
        a("level", ("2021", "80.5"), ("2022", "85.2")),
        ("a", "level", "2021..2025"),
        "“500” may apply to one year",
        targets={"level 2021..2025": {"a": {"value": "500", "set": "2021-01-20"}}},
        innocent_targets={"level 2021..2025": {"a": {"value": "500", "set": "2021-01-20"}}},
    ),
    Case(
        "nothing-to-follow",
        "the city has not reported",
        a("growth", (H24, "5.2")),
        [*a("growth", (H24, "5.2")), ("city", "growth", H24, "5.1")],
        ("a", "growth", "2024"),
        "no figure for CITY (H1-2024)",
        targets={"growth 2024": {"a": {"value": ">", "of": "city"}}},
        innocent_targets={"growth 2024": {"a": {"value": ">", "of": "city"}}},
    ),
]


def open_city(build, folder, case, rows, targets, toml):
    """The workspace of a case."""
    made = build(folder, targets, rows, breaks=case.breaks)
    if case.districts:
        six(made.folder)
    file = made.folder / "targets.toml"
    text = file.read_text(encoding="utf-8")
    assert toml[0] in text
    file.write_text(text.replace(toml[0], toml[1], 1) if toml[0] else text, encoding="utf-8")
    return made.open()
