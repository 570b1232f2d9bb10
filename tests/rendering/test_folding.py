"""Chinese in narrow columns: a line never begins with a closing mark, ends with an opening one, or loses a letter."""

from __future__ import annotations

import re
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from dtrack.rendering.folding import folded, pieces

CLOSING, OPENING = "）”’》〉】，。、；：！？％", "（“‘《〈【"


@pytest.mark.parametrize(
    ("text", "width", "lines"),
    [
        ("✗ 未达到目标（据来源表述）", 10, ["✗ 未达到目", "标（据来源", "表述）"]),
        ("… 尚未到期（不确定）", 10, ["… 尚未到期", "（不确定）"]),
        ("50左右（2025年）", 10, ["50左右", "（2025年）"]),
        ("差距（百分点）", 8, ["差距（百", "分点）"]),
        ("1 · T16（转载）", 9, ["1 · T16", "（转载）"]),
        ("目标7.5%左右，✗ 未达到目标。", 16, ["目标7.5%左右，", "✗ 未达到目标。"]),
        ("海淀区", 20, ["海淀区"]),
        ("（ 数字", 4, ["（ 数", "字"]),  # an opening mark never ends a line, blank or not
        ("", 5, [""]),
    ],
)
def test_folded(text, width, lines):
    assert folded(text, width) == lines


TEXTS = st.lists(
    st.sampled_from([*"数字经济目标（）“”，。：✗✓… ", "5.2%", "T16", "H1-2024", "· "]), max_size=25
).map(
    lambda parts: re.sub(
        rf" +(?=[{CLOSING}])", "", "".join(parts)
    )  # nobody writes a blank before those
)


@given(TEXTS)
def test_no_letter_is_lost(text):
    assert "".join(pieces(text)).strip() == text.strip()
    assert "".join("".join(folded(text, 6)).split()) == "".join(text.split())


@given(TEXTS, st.integers(4, 40))
def test_lines_fit_and_keep_their_marks(text, width):
    lines = folded(text.strip(), width)
    for line in lines:
        assert cell_len(line) <= width or len(pieces(line)) == 1
    for before, after in pairwise(lines):
        assert not (after and after[0] in CLOSING)
        assert not (before and before[-1] in OPENING and after)
