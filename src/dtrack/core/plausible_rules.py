"""Rules of plausibility: how each is detected, and what it may be when nothing is wrong."""

from __future__ import annotations

from dtrack.core.severity import Severity, ValidationRule

_W = Severity.WARNING

# seen across rows, by `dtrack check` and at the door of `dtrack import`
PLAUSIBLE: dict[str, ValidationRule] = {
    "scale-slip": ValidationRule(
        _W,
        "a level ten thousand times its base or more, or a ten-thousandth of it or less",
        "compare the unit of the return with the indicator's: 万 is not 亿",
        "log10(level / base) at least 3.5 or at most −3.5, nearer to ten thousand times than to "
        "a thousand or further still; the base of a flow is the same period a year before, of a "
        "stock its figure before; not where a level comes back from a slip",
        "a series that truly began from almost nothing",
    ),
    "unit-slip": ValidationRule(
        _W,
        "a level ten, a hundred or a thousand times, or such a part, of its base",
        "compare the unit and the decimal point with the source",
        "log10(level / base), as for scale-slip, within 0.15 of 1, 2, 3, −1, −2 or −3; not "
        "against a stock of more than 24 months before, and not where a level comes back from a "
        "slip",
        "a young series that grew tenfold, or a plant that opened or closed",
    ),
    "level-against-growth": ValidationRule(
        _W,
        "level and growth told together do not fit",
        "check both against the source, and whether last year's level was revised",
        "(level / level a year before) / (1 + growth) − 1 outside −10% to +20% however the "
        "three were rounded; beyond ±5% where level and growth are at the same prices; of "
        "growths whose `weight` is the level, with the same `better`; where there are several, "
        "of all of them",
        "last year's level was revised, or the two are of different scope",
    ),
    "index-for-growth": ValidationRule(
        _W,
        "an index with last year = 100 where a growth rate belongs",
        'write 5.2 for 105.2; at import say form = "index" or "percent" in the map',
        "a growth in per cent from 80 to 130",
        "the indicator truly about doubled",
    ),
    "fraction-for-percent": ValidationRule(
        _W,
        "a fraction where a per cent belongs",
        'write 5.2 for 0.052; at import say form = "fraction" or "percent" in the map',
        "a per cent between −1 and 1, without a % sign, with at least two more decimals than is "
        "usual (the median) of its indicator, or three decimals where there are no others",
        "the growth was truly that small and published that finely",
    ),
    "copied-forward": ValidationRule(
        _W,
        "the figure repeats the last one of its series, digit for digit",
        "ask whether this half was reported, or last half's figure sent again",
        "a level of four digits or more that equals the one a year before, or of the span right "
        "before (a stock: its figure before); or every figure of an area and period, at least "
        "three",
        "a quantity that did not change",
    ),
    "identical-figures": ValidationRule(
        _W,
        "several areas report one identical value",
        "ask whether one return was copied to the others",
        "a level of four digits or more in two areas (of more digits where so many areas report "
        "that one pair in fifty would be alike by chance); a growth or share in at least four "
        "areas and more than half of them; among districts and zones, or the parts of one area",
        "an estimate given to all alike, or chance",
    ),
    "outlier": ValidationRule(
        _W,
        "a figure far from those of the other areas; it may be true",
        "look at the source once more; accept it with a reason if it is right",
        "modified z-score (Iglewicz, Hoaglin) beyond 3.5 among six areas or more of one parent, "
        "and more than 2 points (levels: 10) from their median; of levels and shares, their "
        "change on the year",
        "a district with one large firm, a new zone, or a low base",
    ),
    "parts-against-total": ValidationRule(
        _W,
        "the districts do not add up to the city",
        "see `dtrack city`: name the items between them under [reconciliation], or correct the "
        "part that is wrong",
        "where the city and every district have a figure: the difference, less the named items, "
        "exceeds what all roundings together allow; the city's growth lies outside that of all "
        "districts",
        "accounts made above the districts (banks, rail, head offices) or a zone that is nobody's",
    ),
    "share-out-of-range": ValidationRule(
        _W,
        "a share below 0 or above 100%",
        "check the unit: a ratio that may pass 100 has kind stock",
        "kind share, in per cent, outside 0 to 100",
        "a ratio that is called a share",
    ),
    "total-as-area": ValidationRule(
        _W,
        "a district's level is the sum of the others, or the city's own",
        "see whether a total row was taken for a district",
        "a level of four digits or more, equal within the rounding of the figures to the city's "
        "or to the sum of all other districts, at least three",
        "chance, where the figures have few digits",
    ),
    "published-early": ValidationRule(
        _W,
        "a growth or flow published before its period ended",
        "check period and date; an expectation has status expected",
        "published before the last day of the period, status not expected",
        "a date of the first announcement kept for a later figure",
    ),
    "day-ahead": ValidationRule(
        _W,
        "a figure published, or a target set, on a day that has not come yet",
        "check the date: until that day it would be the newest edition, whatever comes before it",
        "its day, or the first day of its month or year, is after today",
        "a release that is announced for that day",
    ),
    "set-late": ValidationRule(
        _W,
        "a target set after its period had ended",
        "check the date; a target set anew is a list of both",
        "set after the last day of the target's period",
        "the source reports the target later than it was set",
    ),
    "overlapping-periods": ValidationRule(
        _W,
        "two figures of one series whose periods overlap, neither within the other, or of a "
        "stock or share that end together",
        "check the periods: figures of a year accumulate from January; a stock is revised under "
        "the period that is on file",
        "growth or flow of one area; periods of up to a year that share months and each has some "
        "of its own; not where both are halves, quarters or months, or accumulate from January. "
        "Stock or share of one area: plain figures of two periods that end with the same month, "
        "further apart than their rounding, on one side of every break; not an expectation "
        "beside a figure",
        "a survey year that does not follow the calendar; a share of a longer span, or one "
        "figure revised without the other",
    ),
    "part-exceeds-whole": ValidationRule(
        _W,
        "a flow that is larger in a part of the period than in the whole",
        "check both against the source",
        "of one area, edition on the same side of every break: the part's figure exceeds the "
        "whole's by more than their rounding",
        "the whole was revised and the part was not, or a negative amount lies between",
    ),
    "received-changed": ValidationRule(
        _W,
        "a file under data/received is not the one that was imported",
        "put the original back, or import it again",
        "its SHA-256 is not that of data/sources.csv, or it is not there",
        "somebody opened and saved it",
    ),
    "accepted-nothing": ValidationRule(
        _W,
        "an entry of data/accepted.toml that accepts nothing",
        "delete it, or correct its code, area, indicator, period and value",
        "no finding of that code and cell, a code that cannot be accepted, or no reason",
        "the fault was mended",
    ),
    "nothing-to-follow": ValidationRule(
        _W,
        "a target follows another figure, which is not there",
        "add that figure, or say in `of` which one is meant",
        "a figure whose target is relative, where the figure that it follows (of the same months, "
        "of the year before or of the base year) is missing, on another basis alone or on another "
        "side of a break",
        "the other figure is not published yet",
    ),
    "over-unsaid": ValidationRule(
        _W,
        "a target of several years that may be of something else than is usual of its kind",
        'say what it is of: over = "sum", "whole", "average", "each" or "end"',
        "`over` is not said, and either an average growth of 15% or more (30% before any year is "
        "known), or of −5% or less, is at least 0.6·n times the largest growth known (n: its "
        "years), or every year known makes more than half of a sum (of two years 80%)",
        "a truly extraordinary plan, or a year that brought nearly all of it",
    ),
}
