"""What an outside reviewer found at the door of `dtrack import`, where a return meets the figures on file.

The workspace is a copy of examples/symposium, all figures are illustrative. Expected values were worked out by hand.
"""

from __future__ import annotations

import json

import pytest
from test_review_import import HALF, brought, sheet, symposium  # noqa: F401 - the fixtures

VA, STOCKS = "数字经济增加值（亿元）", "5G基站数（个）"


@pytest.mark.parametrize(
    ("haidian", "dongcheng"),
    [
        (150_810_000_000, 35_510_000_000),  # 元
        (15_081_000, 3_551_000),  # 万元
        (150_810_000, 35_510_000),  # 千元
        (0.000001508, 0.000000355),
    ],
)
def test_a_slip_of_ten_thousand_or_more_is_refused_whatever_the_power(brought, haidian, dongcheng):  # noqa: F811
    said = brought(sheet([["区", VA], ["海淀区", haidian], ["东城区", dongcheng]]))
    assert said.code == 3
    assert said.err.count("[scale-slip]") == 2
    assert "unit-slip" not in said.err
