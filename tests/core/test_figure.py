"""Text to interval and back: what a published figure says, how exactly it says it, and what is never read as one."""

from __future__ import annotations

import re
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

READ = [  # text, the number at its lower end, at its upper end (None: a bound, it has no such end), decimals
    ("7.8", "7.8", "7.8", 1),
    ("5.0", "5.0", "5.0", 1),
    ("5", "5", "5", 0),
    ("5.00", "5", "5", 2),
    ("0.0", "0", "0", 1),
    ("-3.1", "-3.1", "-3.1", 1),
    ("7.8%", "7.8", "7.8", 1),
    ("7.8 %", "7.8", "7.8", 1),
    ("around 1000", "1000", "1000", 0),
    (">10", "10", None, 0),
    (">=10.5", "10.5", None, 1),
    ("10%以上", "10", None, 0),
    ("近600", None, "600", 0),
    ("nearly 600", None, "600", 0),
    ("at most 3", None, "3", 0),
    ("<-2.5", None, "-2.5", 1),
    ("4.5..5", "4.5", "5", 1),
    ("-3..-2", "-3", "-2", 0),
    ("7.5万", "75000", "75000", -3),
    ("2.2万亿", "2200000000000", "2200000000000", -11),
    ("3亿", "300000000", "300000000", -8),
    ("2.06 trillion", "2060000000000", "2060000000000", -10),
    ("75 thousand", "75000", "75000", -3),
    ("1.25 million", "1250000", "1250000", -4),
    ("9 billion", "9000000000", "9000000000", -9),
    ("超2.2万亿", "2200000000000", None, -11),
]
SAME = [  # spellings of one wording
    ["at least 5", ">=5", "≥5", "≥ 5", "5以上", "不低于5"],
    ["above 5", ">5", "> 5", "超5", "超过5", "突破5", "高于5"],
    ["around 5", "~5", "5左右", "约5"],
    ["nearly 5", "近5"],
    ["at most 5", "<=5", "≤5", "5以下", "不超过5"],
    ["below 5", "<5", "低于5", "不到5", "不足5"],
    ["4.5..5", "4.5—5"],
    ["5", "5%", "5 %"],
]
NORMAL = [  # printed as they were read
    *("7.8", "5.0", "5", "-3.1", "0.0", ">10", ">=10", "<3", "<=3", "around 1000", "nearly 600"),
    *("above 10", "at least 10", "at most 3", "below 4"),
    *("超1000", "突破3000", "约900", "近600", "超过10", "10%以上", "1000左右", "4.5..5", "7.8%"),
    *(
        "7.5万",
        "3亿",
        "2.2万亿",
        "2.06 trillion",
        "75 thousand",
        "超2.2万亿",
        "around 2.06 trillion",
        "-3..-2",
    ),
]
WORDS = [
    "nan",
    "NaN",
    "inf",
    "-inf",
    "Infinity",
    "n/a",
    "five",
    "%",
    "万",
    "above",
    "around",
    "以上",
    "-",
    "..",
    "5 or so",
]
SLIPS = [
    "5.",
    ".5",
    "-.5",
    "1,234",
    "--5",
    "10%%",
    "5..4",
    "+-5",
    "5-",
    "5 6",
    "5.0.0",
    "1/2",
    "5..",
    "5;6",
    "5?",
    "5\n6",
]
CODES = ["1e400", "1e5", "1E5", "0x10", "=1+1", "1_000", "@SUM(A1)"]
TWICE = ["> > 5", ">5以上", "above around 5", "5万万", "%5"]
NEVER = {text: text for text in (*WORDS, *SLIPS, *CODES, *TWICE)} | {
    "nothing": "",
    "a space": " ",
    "5,000 digits": "9" * 5000,
    "5,000 decimals": "0." + "9" * 5000,
    "16 digits": "1234567890123456",
    "18 digits": "1234567890.12345678",
    "18 digits behind the point": "0.123456789012345678",
}


@pytest.mark.parametrize(("text", "low", "high", "decimals"), READ, ids=[row[0] for row in READ])
def test_a_figure_is_read_with_its_rounding(text, low, high, decimals):
    from dtrack.core.figure import parse

    figure = parse(text)
    assert low is None or figure.low == Decimal(low)
    assert high is None or figure.high == Decimal(high)
    assert figure.decimals == decimals


@pytest.mark.parametrize("texts", SAME, ids=[texts[0] for texts in SAME])
def test_spellings_of_one_wording_are_one_wording(texts):
    from dtrack.core.figure import parse

    figures = [parse(text) for text in texts]
    assert (
        len({(figure.wording, figure.low, figure.high, figure.decimals) for figure in figures}) == 1
    )


def test_different_wordings_stay_apart():
    from dtrack.core.figure import parse

    assert len({parse(texts[0]).wording for texts in SAME}) == len(SAME)


@pytest.mark.parametrize("text", NORMAL)
def test_a_normal_spelling_is_printed_as_it_was_read(text):
    from dtrack.core.figure import parse

    assert str(parse(text)) == text


@pytest.mark.parametrize("text", NEVER.values(), ids=NEVER.keys())
def test_never_read_as_a_figure(text):
    from dtrack.core.figure import parse

    with pytest.raises(ValueError, match=r"\w"):
        parse(text)


def test_fifteen_digits_are_a_number():
    from dtrack.core.figure import parse

    assert parse("123456789012.345").low == Decimal("123456789012.345")


@pytest.mark.parametrize(
    "text", [text for text in NEVER.values() if text.strip()], ids=lambda text: repr(text[:30])
)
def test_in_a_file_it_is_a_finding_with_its_place_and_never_a_traceback(city, text):
    figures = [("a", "growth", "H1-2024", "5.0"), ("b", "growth", "H1-2024", text)]
    refused = [
        finding for finding in city("", figures).open().findings if finding.severity == "error"
    ]
    assert [(finding.line, finding.column) for finding in refused] == [(3, "value")]
    assert all((refused[0].sentence, refused[0].remedy, refused[0].file.endswith("part-0.csv")))


@pytest.mark.parametrize(
    ("indicator", "text"),
    [("stock", "5%"), ("level", "5%以上"), ("growth", "7.5万"), ("share", "2.06 trillion")],
)
def test_a_unit_of_another_indicator_is_refused(city, indicator, text):
    findings = city("", [("a", indicator, "H1-2024", text)]).open().findings
    assert [finding.code for finding in findings if finding.severity == "error"] == ["wrong-unit"]


signed = st.builds(
    lambda n, d: format(Decimal(n).scaleb(-d), "f"), st.integers(-(10**9), 10**9), st.integers(0, 4)
)
unsigned = st.builds(
    lambda n, d: format(Decimal(n).scaleb(-d), "f"), st.integers(0, 10**9), st.integers(0, 4)
)
scales = st.sampled_from(
    ["", "", "万", "亿", "万亿", " thousand", " million", " billion", " trillion"]
)
before = st.sampled_from(
    ["", ">", ">=", "<", "<=", "around ", "nearly ", "above ", "at least ", "at most ", "below "]
)
normal = st.one_of(
    st.builds("{}{}{}".format, before, signed, scales),
    st.builds(
        "{}{}{}".format, st.sampled_from(["超", "突破", "约", "近", "超过"]), unsigned, scales
    ),
    st.builds(
        "{}{}{}".format,
        unsigned,
        st.sampled_from(["", "%", "万", "亿"]),
        st.sampled_from(["以上", "左右"]),
    ),
    st.lists(signed, min_size=2, max_size=2, unique_by=Decimal).map(
        lambda ends: "..".join(sorted(ends, key=Decimal))
    ),
)


@given(text=normal)
def test_parsing_and_printing_is_the_identity(text):
    from dtrack.core.figure import parse

    assert str(parse(text)) == text


@given(text=normal)
def test_a_figure_read_again_is_the_same_figure(text):
    from dtrack.core.figure import parse

    assert parse(str(parse(text))) == parse(text)


@given(text=st.text(max_size=12))
def test_any_text_is_a_figure_or_a_refusal(text):
    from dtrack.core.figure import parse

    try:
        figure = parse(text)
    except ValueError:
        return
    assert (
        any(character.isdigit() for character in text) or figure.wording == "undisclosed"
    )  # 未公开, 未公布: not a number at all
    assert parse(str(figure)) == figure


@pytest.mark.parametrize("text", ["5.2²", "5.2①", "5.2¹", "⒌2", "½", "5⑵", "٥.٢", "五"])
def test_a_footnote_mark_never_becomes_a_digit(text):
    from dtrack.core.figure import parse

    with pytest.raises(ValueError, match=r"not a number|not a valid figure"):
        parse(text)


WHY_NONE = [  # a text that is no figure, why
    ("about right", "not a number"),
    ("", "blank"),
    ("8,6", "write 8.6, with a decimal point"),
    ("-8,65", "write -8.65, with a decimal point"),
    ("8,6%", "write 8.6, with a decimal point"),
    ("1,2345", "write 1.2345, with a decimal point"),
    (
        "1,509",
        "write a number without thousands separators: 1234.5",
    ),  # 1509, or 1.509 by somebody else
    ("1,509.5", "write a number without thousands separators: 1234.5"),
    ("1,234,567", "write a number without thousands separators: 1234.5"),
    ("12,34,56", "write a number without thousands separators: 1234.5"),
    ("4.5-5", "write a range as 4.5..5"),
    ("05.2", "write the number without the leading 0"),
    ("1509.0亿元", "no unit is written here: write 1509.0亿"),
    ("15090000万元", "no unit is written here: write 15090000万"),
    ("约520座", "no unit is written here: write 约520"),
    ("5.3 billion CNY", "no unit is written here: write 5.3 billion"),
    (
        "CNY 150.9 bn",
        "not a valid figure; valid are 7.8, >10, 10%以上, 7.5万",
    ),  # “150.9” would be another figure
    ("5.2十万元", "not a valid figure; valid are 7.8, >10, 10%以上, 7.5万"),
    ("5.2个百分点", "not a valid figure; valid are 7.8, >10, 10%以上, 7.5万"),
    ("力争520", "not a valid figure; valid are 7.8, >10, 10%以上, 7.5万"),
]


@pytest.mark.parametrize(("text", "why"), WHY_NONE)
def test_the_reason_why_a_text_is_no_figure_is_true(text, why):
    from dtrack.core.figure import parse

    with pytest.raises(ValueError, match=re.escape(why) + "$"):
        parse(text)


# ---- many at once ----------------------------------------------------------------------------------------------------
NUMBERS = st.from_regex(r"-?[0-9]{1,14}(\.[0-9]{0,4})?", fullmatch=True) | st.sampled_from(
    ["5", "-0.0", "05", "5\n", "\n5", "5\n7"]
)


@given(st.lists(NUMBERS | st.text(max_size=8), max_size=8))
def test_the_short_way_reads_what_the_long_way_reads(texts):
    from dtrack.core.figure import parse
    from dtrack.storage.columns import read_figures

    found = read_figures(texts)
    for at, text in enumerate(texts):
        if at in found.reasons:
            with pytest.raises(ValueError, match=re.escape(str(found.reasons[at]))):
                parse(text)
            continue
        figure = parse(text)
        numbers = (
            (figure.low, figure.high)
            if figure.low is not None and figure.high is not None
            else (None, None)
        )
        assert [found.number[at], found.upper[at]] == pytest.approx(
            [float(n) if n is not None else float("nan") for n in numbers],
            rel=0,
            abs=0,
            nan_ok=True,
        )
        assert (found.decimals[at], bool(found.percent[at])) == (figure.decimals, figure.percent)
