"""Rules of plausibility: how each is detected, and what it may be when nothing is wrong."""

from __future__ import annotations

from dtrack.core.severity import Severity, ValidationRule

_W = Severity.WARNING

# seen across rows, by `dtrack check` and at the door of `dtrack import`
PLAUSIBLE: dict[str, ValidationRule] = {
    "scale-slip": ValidationRule(
        _W,
        "a level at least ten thousand times its base, or at most a ten-thousandth of it",
        "compare the unit of the return with that of the indicator: 万 is not 亿",
        "log10(level / base) at least 3.5 or at most −3.5, that is, closer to ten "
        "thousand times than to a thousand, or more. The base of a flow is the same "
        "period a year earlier, of a stock its previous figure. Not where a level "
        "returns to normal after a scale error",
        "a series that really started close to zero",
    ),
    "unit-slip": ValidationRule(
        _W,
        "a level about ten, a hundred or a thousand times its base, or such a fraction of it",
        "check the unit and the decimal point against the source",
        "log10(level / base), as for scale-slip, within 0.15 of 1, 2, 3, −1, −2 or −3. "
        "Not against a stock more than 24 months older, and not where a level returns to "
        "normal after a scale error",
        "a recent series that grew tenfold, or a plant that opened or closed",
    ),
    "level-against-growth": ValidationRule(
        _W,
        "level and growth are inconsistent",
        "check both against the source, and whether last year's level was revised",
        "(level / level a year earlier) / (1 + growth) − 1 outside −10% to +20% whatever "
        "the rounding; beyond ±5% where level and growth are at the same prices. For "
        "growth indicators whose `weight` is this level and that have the same `better`; "
        "where there are several, for all of them",
        "last year's level was revised, or the two differ in scope",
    ),
    "index-for-growth": ValidationRule(
        _W,
        "an index (previous year = 100) in place of a growth rate",
        'write 5.2 for 105.2; for an import, set form = "index" or "percent" in the map',
        "a growth rate between 80% and 130%",
        "the indicator really about doubled",
    ),
    "fraction-for-percent": ValidationRule(
        _W,
        "a fraction in place of a percentage",
        'write 5.2 for 0.052; for an import, set form = "fraction" or "percent" in the map',
        "a percentage between −1 and 1, without a % sign, with at least two more "
        "decimals than usual (median) for the indicator, or with three decimals where "
        "there is no other figure",
        "the growth was really that small and published in such detail",
    ),
    "copied-forward": ValidationRule(
        _W,
        "the figure is identical to the previous one of its series",
        "check whether this period was reported, or the previous figure was sent again",
        "a level of four digits or more that equals the one a year earlier, or that of "
        "the period just before (for a stock: its previous figure); or all figures of an "
        "area and period, at least three",
        "a quantity that did not change",
    ),
    "identical-figures": ValidationRule(
        _W,
        "several areas report the same value",
        "check whether one return was copied for the others",
        "a level of four digits or more in two areas (more digits where so many areas "
        "report that one pair in fifty would coincide by chance); a growth rate or share "
        "in at least four areas and more than half of them. Compared are areas and "
        "zones, or the parts of one area",
        "one estimate given for all, or coincidence",
    ),
    "outlier": ValidationRule(
        _W,
        "a figure far from those of the other areas; it may be correct",
        "check the source; if the figure is right, confirm it as an exception with a reason",
        "modified z-score (Iglewicz, Hoaglin) beyond 3.5 among at least six areas with "
        "one parent, and more than 2 points (levels: 10) from their median; for levels "
        "and shares, of their change on a year earlier",
        "an area with one large company, a new zone, or a low base",
    ),
    "parts-against-total": ValidationRule(
        _W,
        "the areas do not add up to the overall total",
        "see `dtrack city`: list the items between them under [reconciliation], or "
        "correct the wrong part",
        "where the whole and all areas have a figure: the difference, after the "
        "listed items, exceeds the sum of all roundings; or overall growth is outside "
        "the range of the areas' growth",
        "items recorded above area level (banks, railways, head offices), or a zone "
        "that belongs to no area",
    ),
    "share-out-of-range": ValidationRule(
        _W,
        "a share below 0% or above 100%",
        "check the unit: a ratio that may exceed 100 has kind stock",
        "kind share, in per cent, outside 0 to 100",
        "a ratio that is labelled a share",
    ),
    "total-as-area": ValidationRule(
        _W,
        "an area's level equals the sum of the others, or the overall total",
        "check whether a total row was taken for an area",
        "a level of four digits or more that equals, within rounding, the overall total or "
        "the sum of all other areas (at least three)",
        "coincidence, where the figures have few digits",
    ),
    "published-early": ValidationRule(
        _W,
        "a growth rate or flow published before the end of its period",
        "check the period and the date; a forecast has status expected",
        "published before the last day of the period, status not expected",
        "the date of the first announcement kept for a later figure",
    ),
    "day-ahead": ValidationRule(
        _W,
        "a figure published, or a target set, on a date in the future",
        "check the date: until then it would count as the latest release, whatever is "
        "published before it",
        "its date, or the first day of its month or year, is later than today",
        "a release announced for that date",
    ),
    "set-late": ValidationRule(
        _W,
        "a target set after the end of its period",
        "check the date; a revised target is a list with both values",
        "set after the last day of the target's period",
        "the source reports a target that was set earlier",
    ),
    "overlapping-periods": ValidationRule(
        _W,
        "two figures of one series whose periods overlap without one containing the "
        "other, or, for a stock or share, end together",
        "check the periods: figures within a year accumulate from January; a stock is "
        "revised under its existing period",
        "Growth or flow of one area: periods of up to a year that share some months and "
        "each have others; not where both are halves, quarters or months, or accumulate "
        "from January. Stock or share of one area: plain figures of two periods that end "
        "in the same month, differing by more than their rounding, on one side of every "
        "break; not a forecast beside a figure",
        "a survey year that does not follow the calendar; a share of a longer span, or one "
        "figure revised without the other",
    ),
    "part-exceeds-whole": ValidationRule(
        _W,
        "a flow that is larger in part of the period than in the whole",
        "check both against the source",
        "for one area, releases on the same side of every break: the figure of the part "
        "exceeds that of the whole by more than their rounding",
        "the whole was revised and the part was not, or part of the amount is negative",
    ),
    "received-changed": ValidationRule(
        _W,
        "a file under data/received differs from the one that was imported",
        "restore the original, or import it again",
        "its SHA-256 is not the one in data/sources.csv, or the file is missing",
        "the file was opened and saved",
    ),
    "accepted-nothing": ValidationRule(
        _W,
        "an entry of data/accepted.toml that matches no finding",
        "delete it, or correct its code, area, indicator, period and value",
        "no finding of that code, area, indicator and period; or a code that cannot be "
        "confirmed; or no reason",
        "the issue was resolved",
    ),
    "nothing-to-follow": ValidationRule(
        _W,
        "a relative target without the figure it refers to",
        "add that figure, or specify in `of` which one is meant",
        "a figure with a relative target, where the figure it is compared with (of the "
        "same months, of the year before or of the base year) is missing, available on "
        "another basis only, or on another side of a break",
        "the other figure is not published yet",
    ),
    "over-unsaid": ValidationRule(
        _W,
        "a target over several years whose definition may differ from the usual one for its kind",
        'specify the definition: over = "sum", "whole", "average", "each" or "end"',
        "`over` is not given, and either an average growth of at least 15% (30% where no "
        "year is known), or at most −5%, is at least 0.6·n times the largest growth "
        "known (n: number of years), or every known year accounts for more than half of "
        "a sum (of two years: 80%)",
        "a truly exceptional plan, or one year that accounts for nearly all of it",
    ),
}
