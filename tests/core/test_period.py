"""Every spelling of a period that people have, one canonical spelling back, and no guess where there is none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

SPELLINGS = {
    "H1-2024": [
        *(
            "H1-2024",
            "2024-H1",
            "2024H1",
            "2024-S1",
            "2024S1",
            "1H24",
            "1H2024",
            "2024年上半年",
            "2024年1-6月",
        ),
        "2024-01..2024-06",  # a period is its months, however they are named
    ],
    "H2-2024": [
        "H2-2024",
        "2024-H2",
        "2024H2",
        "2024-S2",
        "2024S2",
        "2H24",
        "2H2024",
        "2024年下半年",
        "2024年7-12月",
    ],
    "2024": ["2024", "2024年", "2024-01..2024-12", "2024年1-12月"],
    "Q1-2024": [
        "Q1-2024",
        "2024-Q1",
        "2024Q1",
        "2024年一季度",
        "2024年第一季度",
        "2024年1-3月",
        "2024-01..2024-03",
    ],
    "Q2-2024": ["Q2-2024", "2024-Q2", "2024Q2", "2024年二季度", "2024年第二季度", "2024年4-6月"],
    "Q3-2024": ["Q3-2024", "2024-Q3", "2024Q3", "2024年三季度", "2024年第三季度", "2024年7-9月"],
    "Q4-2024": ["Q4-2024", "2024-Q4", "2024Q4", "2024年四季度", "2024年第四季度", "2024年10-12月"],
    "Q1-3-2024": ["Q1-3-2024", "2024年前三季度", "2024年1-9月", "2024-01..2024-09"],
    "2024-01..2024-05": ["2024-01..2024-05", "2024年1-5月"],
    "2024-07..2024-11": ["2024-07..2024-11", "2024年7-11月"],
    "2024-06": ["2024-06", "2024年6月", "2024-06..2024-06"],
    "2024-12": ["2024-12", "2024年12月"],
    "2026..2030": ["2026..2030"],
    "H1-2099": ["1H2099", "2099H1"],
}
PAIRS = [(text, canonical) for canonical, texts in SPELLINGS.items() for text in texts]
NOT_PERIODS = [
    *("2024-S3", "H3-2024", "2024-Q5", "13-2024", "2024-13", "", " "),
    *(
        "2024-S0",
        "H0-2024",
        "2024-Q0",
        "2024-00",
        "3H24",
        "0H24",
        "Q5-2024",
        "2024H3",
        "2024S3",
        "2024Q5",
    ),
    *(
        "2024年五季度",
        "2024年13月",
        "2024年0月",
        "2024年6-1月",
        "2024年1-13月",
        "2024年中半年",
        "年上半年",
    ),
    *(
        "2024-05..2024-01",
        "2030..2026",
        "2024-01..2024-13",
        "2024-01..",
        "..2024-05",
        "2024..",
        "2024-01...2024-05",
    ),
    *(
        "H1",
        "24",
        "20245",
        "-2024",
        "H1-24x",
        "xH1-2024",
        "H1-2024x",
        "H1--2024",
        "H1-2024 H2-2024",
        "2024-06-30",
    ),
    *("last half", "nan", "None", "=1+1", "2024.0", "2e3", "0x7e8", "9" * 5000),
]


@pytest.mark.parametrize(("text", "canonical"), PAIRS, ids=[text for text, _ in PAIRS])
def test_spelling(text, canonical):
    from dtrack.core.period import Period

    assert str(Period.parse(text)) == canonical
    assert Period.parse(text) == Period.parse(canonical)


@pytest.mark.parametrize("text", NOT_PERIODS, ids=[repr(text[:30]) for text in NOT_PERIODS])
def test_not_a_period(text):
    from dtrack.core.period import Period

    with pytest.raises(ValueError, match=r"\w"):
        Period.parse(text)


def test_the_parts_of_a_year_begin_and_end_where_they_should():
    from dtrack.core.period import Period

    def start(text):
        return Period.parse(text).start

    def end(text):
        return Period.parse(text).end

    assert (
        start("2024")
        == start("H1-2024")
        == start("Q1-2024")
        == start("Q1-3-2024")
        == start("2024-01")
    )
    assert end("2024") == end("H2-2024") == end("Q4-2024") == end("2024-12") == end("2020..2024")
    assert end("H1-2024") == end("Q2-2024") == end("2024-06")
    assert end("Q1-3-2024") == end("Q3-2024") == end("2024-09")
    assert start("H2-2024") == start("Q3-2024") == start("2024-07")
    assert end("2024-06") < end("2024-07") < end("2025-01")
    assert start("2025-01") - start("2024-01") == 12


years = st.integers(1950, 2099)
months = st.tuples(st.integers(1, 12), st.integers(1, 12)).map(sorted)
canonicals = st.one_of(
    st.builds("{}-{}".format, st.sampled_from(["H1", "H2", "Q1", "Q2", "Q3", "Q4", "Q1-3"]), years),
    st.builds(str, years),
    st.builds("{}-{:02}".format, years, st.integers(1, 12)),
)


@given(text=canonicals)
def test_parsing_and_printing_is_the_identity(text):
    from dtrack.core.period import Period

    assert str(Period.parse(text)) == text


@given(year=years, span=months)
def test_any_months_of_a_year_are_one_period_whatever_its_name(year, span):
    from dtrack.core.period import Period

    period = Period.parse(f"{year}-{span[0]:02}..{year}-{span[1]:02}")
    assert Period.parse(str(period)) == period
    assert period == Period.parse(f"{year}年{span[0]}-{span[1]}月")
    assert period.start == Period.parse(f"{year}-{span[0]:02}").start
    assert period.end == Period.parse(f"{year}-{span[1]:02}").end


@given(span=st.tuples(years, years).map(sorted))
def test_a_span_of_years(span):
    from dtrack.core.period import Period

    period = Period.parse(f"{span[0]}..{span[1]}")
    assert Period.parse(str(period)) == period
    assert (period.start, period.end) == (
        Period.parse(str(span[0])).start,
        Period.parse(str(span[1])).end,
    )


# Of another age

OF_ANOTHER_AGE = [
    "1000",
    "H1-1499",
    "2999-12",
    "2500",
    "Q1-2500",
    "1000..2999",
    "1499..2024",
    "2024..2500",
    "1499年上半年",
    "1H1000",
]


@pytest.mark.parametrize("text", OF_ANOTHER_AGE)
def test_a_period_of_another_age_is_none_and_the_years_are_told(text):
    from dtrack.core.period import Period

    with pytest.raises(ValueError, match="is outside the years 1500 to 2499"):
        Period.parse(text)


@pytest.mark.parametrize("text", ["1500", "H1-1500", "2499-12", "H2-2499", "1500..2499"])
def test_the_first_and_the_last_years_are_read(text):
    from dtrack.core.period import Period

    assert str(Period.parse(text)) == text


@pytest.mark.parametrize("text", OF_ANOTHER_AGE)
def test_a_period_of_another_age_is_told_wherever_it_stands(city, run, text):
    place = city(
        {"growth 2024": {"a": "5"}, f"growth {text}": {"a": "5"}}, [("a", "growth", text, "5.0")]
    ).folder
    found = {(row["file"], row["code"]) for row in run("check -f csv --workspace .", at=place).rows}
    assert {("targets.toml", "bad-period"), ("data/actuals/part-0.csv", "bad-period")} <= found
    for command in (
        "report",
        "city",
        "catchup",
        "brief",
        "status",
        "path",
        "revisions",
        "report -f html",
    ):
        said = run(f"{command} --half {text} --workspace .", at=place)
        assert (said.code, said.out) == (2, "")
        assert "is outside the years 1500 to 2499" in " ".join(said.err.replace("│", " ").split())


EVERY = [
    "check",
    "report",
    "report --all",
    "report -f html",
    "report --all -f xlsx -o x.xlsx",
    "city",
    "catchup",
    "brief",
    "brief -f html",
    "status",
    "path",
    "path --method opensdg",
    "revisions",
    "gap -d a",
    "why a growth",
    "why a share",
    "status --since 2020",
]


@pytest.mark.parametrize(
    "half", ["1500", "H1-1500", "1500-01", "2499", "H2-2499", "2499-12", "1500..2499"]
)
def test_whatever_is_counted_from_the_first_and_the_last_years_is_told(city, run, half):
    figures = [
        ("city", "level", "2023", "90"),
        ("a", "level", "2023", "9"),
        ("a", "growth", half, "5.0"),
        ("city", "growth", half, "4"),
        ("a", "level", half, "9"),
        ("a", "share", half, "9"),
        ("city", "level", half, "90"),
        ("a", "stock", half, "7"),
    ]
    place = city(
        {
            f"{kind} {half}": {"a": "5", "city": "6"}
            for kind in ("growth", "level", "share", "stock")
        },
        figures,
    ).folder
    for command in EVERY:
        asked = (
            ""
            if command.startswith(("check", "gap", "status --since"))
            else f" {half}"
            if "why" in command
            else f" --half {half}"
        )
        said = run(f"{command}{asked} --workspace .", at=place)
        assert said.code in (0, 2, 3)
