"""No accepted text changes its side: words × signs × numbers against a table written by hand, and back from every language."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dtrack.core.figure import parse
from dtrack.core.translate import speaking
from dtrack.core.wording import End, Wording
from dtrack.i18n.formatting import format_figure, wording_shown
from dtrack.parsing.cell import FIGURE, NOTHING, UNNUMBERED, parse_cell

# words around a number → where the number lies: on the floor, above it, on the ceiling, below it
SIDES = {
    "floor": (
        *("{}以上", "不低于{}", "不少于{}", "至少{}", "保持在{}以上", "≥{}", ">={}"),
        *("at least {}", "no less than {}", "not less than {}", "{} or more"),
        *("au moins {}", "{} ou plus", "pas moins de {}"),
    ),
    "over": (
        *("超过{}", "高于{}", "大于{}", "逾{}", ">{}", "more than {}", "over {}", "plus de {}"),
    ),
    "ceiling": (
        *(
            "{}以内",
            "{}以下",
            "不超过{}",
            "不高于{}",
            "至多{}",
            "控制在{}以内",
            "控制在{}以下",
            "≤{}",
        ),
        *("at most {}", "no more than {}", "not more than {}", "{} or less"),
        *("au plus {}", "pas plus de {}", "{} ou moins"),
    ),
    "under": ("低于{}", "不到{}", "不足{}", "<{}", "less than {}", "below {}", "moins de {}"),
    "near": ("{}左右", "约{}", "控制在{}左右", "around {}", "environ {}", "~{}"),
    "point": ("{}",),
}
OF_A_FALL = {
    "floor": "ceiling",
    "over": "under",
    "ceiling": "floor",
    "under": "over",
    "near": "near",
    "point": "point",
}
ENDS = {  # side → how its lower and its upper end are
    "floor": (End.CLOSED, End.UNBOUNDED),
    "over": (End.OPEN, End.UNBOUNDED),
    "ceiling": (End.UNBOUNDED, End.CLOSED),
    "under": (End.UNBOUNDED, End.OPEN),
    "near": (End.CLOSED, End.CLOSED),
    "point": (End.CLOSED, End.CLOSED),
}
FALLS = {
    "zh": ("下降", "同比下降", "降低", "减少", "降幅", "降幅为", "压减"),
    "en": ("fell by ", "down ", "a fall of ", "reduction of ", "reduce by ", "decline of "),
    "fr": ("en baisse de ", "baisse de ", "a reculé de ", "réduire de "),
}
RISES = {
    "zh": ("增长", "同比增长", "增幅", "上升"),
    "en": ("rose by ", "growth of ", "up by ", "an increase of "),
    "fr": ("en hausse de ", "hausse de ", "croissance de "),
}
LEVELS = {
    "zh": ("降至", "降到", "回落至", "下降到", "增长到", "升至"),
    "en": ("fell to ", "reduce to ", "down to ", "rose to "),
    "fr": ("ramené à ", "baissé à "),
}
NUMBERS = st.decimals(0, 999, places=1).map(str) | st.integers(0, 400).map(str)


def language_of(words: str) -> str:
    """The language of the words around a number; a sign is of all."""
    letters = [sign for sign in words.replace("{}", "") if sign.isalpha()]
    if not letters:
        return ""
    if letters[0] > "\u3000":
        return "zh"
    french = ("au ", "plus de", "pas ", "ou ", "moins", "environ")
    return "fr" if words.replace("{} ", "").startswith(french) else "en"


def said(start: str, words: str, number: str) -> str:
    """One cell; d’ before a vowel in French."""
    text = words.format(f"{number}%")
    if start.endswith("de ") and text[0] in "ae":
        return start.removesuffix("e ") + "'" + text
    return start + text


def side_of(text: str) -> tuple[End, End, Decimal, bool]:
    """Where a cell says that the number lies, and whether around it."""
    cell = parse_cell(text)
    assert cell.kind == FIGURE, (text, str(cell.reason))
    figure = parse(cell.text)
    assert figure.low == figure.high is not None
    meaning = figure.wording.meaning
    return meaning.low, meaning.high, figure.low, meaning.soft


@given(st.data(), NUMBERS, st.sampled_from([*SIDES]))
def test_a_word_says_the_same_in_every_place_and_a_fall_turns_it(data, number, side):
    words = data.draw(st.sampled_from(SIDES[side]))
    own = language_of(words)
    language = own or data.draw(st.sampled_from(["zh", "en", "fr"]))
    exact, soft = Decimal(number), side == "near"
    assert side_of(said("", words, number)) == (*ENDS[side], exact, soft)
    for starts, turned, sign in ((RISES, side, 1), (LEVELS, side, 1), (FALLS, OF_A_FALL[side], -1)):
        start = data.draw(st.sampled_from(starts[language]))
        assert side_of(said(start, words, number)) == (*ENDS[turned], sign * exact, soft)


def test_nearly_a_fall_of_five_is_a_little_more_than_minus_five():
    assert side_of("下降近5%") == (*ENDS["over"], Decimal(-5), False)


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
@pytest.mark.parametrize("wording", [w for w in Wording if w.meaning.numbers == 1])
@pytest.mark.parametrize("number", ["5", "-5", "1234.5", "0", "-0.25"])
def test_what_is_shown_is_read_as_what_it_was(language, wording, number):
    figure = parse(wording.meaning.sign + number)
    with speaking(language):
        sentence, cell = format_figure(figure, "percent"), wording_shown(str(figure))
    point = "," if language == "fr" else "."
    for text in (sentence, cell):
        back = parse(parse_cell(text, point).text)
        assert (back.wording, back.low, back.high) == (wording, figure.low, figure.high), text


@pytest.mark.parametrize("language", ["en", "zh", "fr"])
@pytest.mark.parametrize("text", ["4.5..5", "-3..-2", "0.5..12"])
def test_a_range_that_is_shown_is_read_as_what_it_was(language, text):
    figure = parse(text)
    with speaking(language):
        sentence = format_figure(figure, "percent")
    back = parse(parse_cell(sentence, "," if language == "fr" else ".").text)
    assert (back.low, back.high) == (figure.low, figure.high)


WORDS = [
    word for w in Wording for word in (*w.meaning.before, *w.meaning.behind, *w.meaning.around)
]


@pytest.mark.parametrize(
    "word", [word for word in WORDS if word not in ("undisclosed", "未公布", "未公开", "assigned")]
)
def test_every_word_of_the_table_comes_back_as_it_was_written(word):
    before, _, behind = word.partition("…") if "…" in word else (word, "", "")
    for wording in Wording:
        if word in wording.meaning.behind:
            before, behind = "", word
    text = f"{before} 5 {behind}".strip()
    figure = parse(text)
    assert parse(str(figure)) == figure
    assert word in (figure.word, f"{before}…{behind}")


OTHERS = [  # the cell, the growth that it tells in signs ("": none), its status
    ("下降3%至5%", "-5..-3", ""),
    ("6.5%-7%", "6.5..7", ""),
    ("6.5%~7%", "6.5~7", ""),
    ("6.5%至7%", "6.5至7", ""),
    ("6.5-7%", "6.5..7", ""),
    ("-3%至-2%", "-3至-2", ""),
    ("下降至少5%", "<=-5", ""),
    ("下降至多5%", ">=-5", ""),
    ("between 6.5 and 7 %", "6.5..7", ""),
    ("控制在6.5%-7%之间", "6.5..7", ""),
    ("持平", "0", ""),
    ("与上年基本持平", "~0", ""),
    ("unchanged", "0", ""),
    ("增长1.5倍", "150", ""),
    ("增长2.5倍以上", "250以上", ""),
    ("翻一番", "100", ""),
    ("翻两番", "300", ""),
    ("是上年的2.5倍", "150", ""),
    ("增长到上年的3倍", "200", ""),
    ("more than doubled", "more than 100", ""),
    ("降幅收窄至3%", "-3", ""),
    ("增速回落至5.2%", "5.2", ""),
    ("5.2 (p)", "5.2", "flash"),
    ("5.2p", "5.2", "flash"),
    ("5.2 (p)①", "5.2", "flash"),
    ("5.2%（初步数）", "5.2", "flash"),
    ("初步核算，增长5.2%", "5.2", "flash"),
    ("5.2 provisional", "5.2", "flash"),
    ("5,2 % (provisoire)", "5.2", "flash"),
    ("5.2 (e)", "5.2", "expected"),
    ("预计增长5.2%", "5.2", "expected"),
    ("estimated 5.2", "5.2", "expected"),
    ("5,2 (estimé)", "5.2", "expected"),
    ("预计下降5%以上", "<=-5", "expected"),
    ("5.2r", "5.2", "revised"),
    ("5.2（修订）", "5.2", "revised"),
    ("5.2 % revised", "5.2", "revised"),
    ("5,2 % révisé", "5.2", "revised"),
    ("5.2（最终核实数）", "5.2", "final"),
    ("5.5999999999999996", "5.6", ""),
    ("86.27958333333333", "86.27958333333333", ""),
    ("86.2795833333333", "86.2795833333333", ""),
    ("0.30000000000000004%", "0.30000000000000004", ""),
]


@pytest.mark.parametrize(("cell", "text", "status"), OTHERS)
def test_what_else_a_cell_may_say(cell, text, status):
    read = parse_cell(cell, "," if ",2" in cell else ".")
    assert (read.kind, read.text, read.status) == (FIGURE, text, status)


@pytest.mark.parametrize(
    ("cell", "reason"),
    [
        ("控制在5.5%", "is ambiguous (at most, or around)"),
        ("下降1倍", "cannot be written as a percentage"),
        ("-5%以上", "is ambiguous"),
        ("增长-5%以内", "is ambiguous"),
        ("负5%以上", "is ambiguous"),
        ("下降-5%", "a sign beside words"),
        ("预计5.2(p)", "two statuses"),
        ("10-12", "more than one number"),
        ("2024.1-2024.6", "more than one number"),
        ("下降-3%至5%", "a sign beside words"),
        ("下降5%至3%", "the lower end of a range comes first"),
        ("12345678901234567", "significant digits"),
    ],
)
def test_what_may_mean_two_things_is_asked_about(cell, reason):
    read = parse_cell(cell)
    assert read.kind == NOTHING
    assert reason in str(read.reason)


@pytest.mark.parametrize(
    "cell",
    ["扭亏为盈", "由盈转亏", "转亏", "亏损", "扭亏为盈①", "turned to profit", "loss to profit"],
)
def test_a_turn_to_profit_or_loss_is_told_without_a_number(cell):
    assert parse_cell(cell).kind == UNNUMBERED


def test_the_letters_of_a_status_are_footnotes_of_a_target():
    assert (
        parse_cell("5 (p)", of_targets=True).text,
        parse_cell("5 (p)", of_targets=True).status,
    ) == ("5", "")
