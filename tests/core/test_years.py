"""Years that begin with another month than January: how they are written, what they are called, and which are asked about."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from dtrack.core.period import Period, UnclearYear
from dtrack.core.years import JANUARY, Calendar, twins_are_years, use_calendar

APRIL, JULY_BY_END = Calendar(4, told=True), Calendar(7, named_end=True, told=True)


@pytest.fixture(autouse=True)
def january_again() -> Iterator[None]:
    yield
    use_calendar(JANUARY)


def span(text: str, twins: bool | None = None) -> str:
    """The first and the last month of what a text spells."""
    period = Period.parse(text, twins)
    return " ".join(f"{at // 12}-{at % 12 + 1:02}" for at in (period.start, period.end))


@pytest.mark.parametrize(
    ("text", "months", "told"),
    [
        ("FY2024", "2024-04 2025-03", "FY2024"),
        ("FY24", "2024-04 2025-03", "FY2024"),
        ("fy 2024-25", "2024-04 2025-03", "FY2024"),
        ("2024-25", "2024-04 2025-03", "FY2024"),
        ("2024/25", "2024-04 2025-03", "FY2024"),
        ("2024/2025", "2024-04 2025-03", "FY2024"),
        ("1999-00", "1999-04 2000-03", "FY1999"),
        ("2024财年", "2024-04 2025-03", "FY2024"),
        ("exercice 2024/25", "2024-04 2025-03", "FY2024"),
        ("2024-04..2025-03", "2024-04 2025-03", "FY2024"),
        ("H1-FY2024", "2024-04 2024-09", "H1-FY2024"),
        ("H1 2024-25", "2024-04 2024-09", "H1-FY2024"),
        ("H1:2024-25", "2024-04 2024-09", "H1-FY2024"),
        ("1HFY24", "2024-04 2024-09", "H1-FY2024"),
        ("2024/25财年下半年", "2024-10 2025-03", "H2-FY2024"),
        ("Q1-FY2024", "2024-04 2024-06", "Q1-FY2024"),
        ("Q4-FY2024", "2025-01 2025-03", "Q4-FY2024"),
        ("Q1-3-FY2024", "2024-04 2024-12", "Q1-3-FY2024"),
        ("FY2024..FY2026", "2024-04 2027-03", "FY2024..FY2026"),
        ("2024-25..2026-27", "2024-04 2027-03", "FY2024..FY2026"),
        # of the year from January, as ever
        ("2024", "2024-01 2024-12", "2024"),
        ("H1-2024", "2024-01 2024-06", "H1-2024"),
        ("2024-06", "2024-06 2024-06", "2024-06"),
        ("2024-2025", "2024-01 2025-12", "2024..2025"),
        ("2024年1-5月", "2024-01 2024-05", "2024-01..2024-05"),
        ("2024-04..2024-08", "2024-04 2024-08", "2024-04..2024-08"),
        # a quarter of either: what the workspace calls it
        ("Q2-2024", "2024-04 2024-06", "Q1-FY2024"),
    ],
)
def test_a_year_from_april(text, months, told):
    use_calendar(APRIL)
    assert span(text) == months
    assert str(Period.parse(text)) == told
    assert span(told) == months


@pytest.mark.parametrize(
    ("text", "months", "told"),
    [
        ("FY2025", "2024-07 2025-06", "FY2025"),
        ("2024-25", "2024-07 2025-06", "FY2025"),
        ("H2-FY2025", "2025-01 2025-06", "H2-FY2025"),
        ("FY24..FY25", "2023-07 2025-06", "FY2024..FY2025"),
        ("FY2024..FY2025", "2023-07 2025-06", "FY2024..FY2025"),
        ("2024", "2024-01 2024-12", "2024"),
    ],
)
def test_a_year_named_after_its_end(text, months, told):
    use_calendar(JULY_BY_END)
    assert span(text) == months
    assert str(Period.parse(text)) == told


@pytest.mark.parametrize("start", range(1, 13))
@pytest.mark.parametrize("named_end", [False, True])
def test_what_is_printed_is_read_again(start, named_end):
    """Every span of up to 25 months over years in which 2007-08 is a month and two years."""
    use_calendar(Calendar(start, named_end, told=True))
    for first in range(1999 * 12, 2013 * 12):
        for months in (1, 2, 3, 5, 6, 9, 11, 12, 24, 25):
            period = Period(first, first + months - 1)
            assert Period.parse(str(period)) == period


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("FY2019", "2019"),
        ("H1-FY2024", "H1-2024"),
        ("2012-13", "2012"),
        ("2024财年上半年", "H1-2024"),
    ],
)
def test_without_the_month_it_is_refused_with_what_to_write(text, plain):
    with pytest.raises(UnclearYear) as told:
        Period.parse(text)
    assert "year_starts = 4" in str(told.value)
    assert f"write {plain} for" in str(told.value)


def test_a_year_from_january_that_was_told():
    use_calendar(Calendar(1, told=True))
    assert str(Period.parse("H1-FY2024")) == "H1-2024"
    with pytest.raises(ValueError, match="not a valid period"):
        Period.parse("2024-25")


def test_what_is_a_month_and_a_year_is_asked():
    use_calendar(APRIL)
    with pytest.raises(UnclearYear, match="2007-M08 for the month, 2007/08 for the year"):
        Period.parse("2007-08")
    assert span("2007-M08") == "2007-08 2007-08"
    assert span("2007/08") == "2007-04 2008-03"
    assert span("2007-08", True) == "2007-04 2008-03"
    assert span("2007-08", False) == "2007-08 2007-08"
    assert span("2007-08..2008-09") == "2007-08 2008-09"
    use_calendar(JANUARY)
    assert span("2007-08") == "2007-08 2007-08"
    with pytest.raises(UnclearYear):
        Period.parse("2007-08", True)


@pytest.mark.parametrize(
    ("column", "years"),
    [
        (["2007-08", "2012-13"], True),
        (["2007-08", "FY2019"], True),
        (["2005-06", "2006-07", "2007-08"], True),
        (["2007-08", "2007-09"], False),
        (["2007-08"], None),
        (["2007-08", "2012-13", "2007-03"], None),
        ([], None),
    ],
)
def test_what_a_column_says(column, years):
    assert twins_are_years(column) is years


def test_parts_and_years_ask_the_calendar():
    use_calendar(APRIL)
    half, last = Period.parse("H1-FY2024"), Period.parse("H2-FY2024")
    assert half.is_half
    assert half.begins_year
    assert half.number == 1
    assert last.is_half
    assert last.number == 2
    assert not last.begins_year
    assert half.whole_year == last.whole_year == Period.parse("FY2024")
    assert str(half.year_before) == "H1-FY2023"
    assert Period.parse("FY2024").first_half == half
    assert Period.parse("FY2024").is_year
    assert Period.parse("2024").is_year
    assert Period.parse("H1-2024").whole_year == Period.parse("2024")
    # January to March is the last quarter of FY2023, and begins 2024 all the same
    assert Period.parse("Q1-2024").year_begun == Period.parse("2024")
    assert Period.parse("2024-04..2024-08").year_begun == Period.parse("FY2024")
    assert str(Period.parse("2024-05").year_begun) == "2024-05..2025-04"
    assert Period.parse("H1-FY2024").year_before_called == "2023/24"
    assert Period.parse("H1-2024").year_before_called == "2023"
