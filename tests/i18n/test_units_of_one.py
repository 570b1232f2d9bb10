"""One of a thing is told in the singular: 1 tonne, 1,5 tonne in French; what has no regular plural stays."""

from __future__ import annotations

from decimal import Decimal

import pytest

from dtrack.core.translate import speaking
from dtrack.i18n.formatting import format_amount

B = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize(
    ("language", "number", "unit", "told"),
    [
        ("en", "1", "tonnes", "1 tonne"),
        ("en", "2", "tonnes", "2 tonnes"),
        ("en", "1.0", "tonnes", "1.0 tonnes"),
        ("en", "1", "tonnes of coal equivalent", "1 tonne of coal equivalent"),
        ("en", "1", "companies", "1 company"),
        ("en", "1", "gas", "1 gas"),
        ("en", "1", "cases", "1 case"),
        ("en", "1", "100 million CNY", "1 hundred million CNY"),
        ("fr", "1.5", "tonnes", f"1,5{B}tonne"),
        ("fr", "2", "tonnes", f"2{B}tonnes"),
        ("zh", "1", "tonnes", "1吨"),
    ],
)
def test_a_unit_behind_one(language, number, unit, told):
    with speaking(language):
        exact = Decimal(number)
        assert format_amount(exact, max(-exact.as_tuple().exponent, 0), unit) == told
