"""Words that say what a target of several years is of (docs/method.md, Targets over several years)."""

from __future__ import annotations

import pytest

from dtrack.core.vocabulary import Kind, Over
from dtrack.parsing.span_words import over_said, span_words


@pytest.mark.parametrize(
    ("text", "rest", "word"),
    [
        ("累计下降13.5%", "下降13.5%", "cumulative"),
        ("五年累计新增130万人", "130万人", "cumulative"),
        ("年均增长5%以上", "增长5%以上", "average"),
        ("年均5%左右", "5%左右", "average"),
        ("每年下降3%", "下降3%", "each"),
        ("at least 5 % a year on average", "at least 5 %", "average"),
        ("average annual growth of at least 5 %", "at least 5 %", "average"),
        ("cumulative fall of 13.5 %", "down 13.5 %", "cumulative"),
        ("at least 130 in total", "at least 130", "cumulative"),
        ("at least 5 in every year", "at least 5", "each"),
        ("5 % par an en moyenne", "5 %", "average"),
        ("en moyenne 5 % par an", "5 %", "average"),
        ("baisse cumulée de 13,5 %", "down 13,5 %", "cumulative"),
        ("growth五年累计目标", "growth 目标", "cumulative"),
        ("GDP growth, annual average", "GDP growth,", "average"),
        # nothing is said, or two things at once
        ("5 % a year", "5 % a year", ""),
        ("13.5", "13.5", ""),
        ("年均增长5%，累计增长28%", "年均增长5%，累计增长28%", ""),
    ],
)
def test_what_the_words_say(text, rest, word):
    assert span_words(text) == (rest, word)


@pytest.mark.parametrize(
    ("word", "kind", "over"),
    [
        ("cumulative", Kind.FLOW, Over.SUM),
        ("cumulative", Kind.GROWTH, Over.WHOLE),
        ("cumulative", Kind.SHARE, None),
        ("cumulative", Kind.STOCK, None),
        ("average", Kind.SHARE, Over.AVERAGE),
        ("each", Kind.GROWTH, Over.EACH),
        ("", Kind.FLOW, Over.NONE),
    ],
)
def test_what_a_word_means_of_a_kind(word, kind, over):
    assert over_said(word, kind) == over
