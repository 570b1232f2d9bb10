"""Random tables judged by dtrack and in exact fractions (`support/exact.py`); `bench/oracle.py` judges 200,000 cells."""

from __future__ import annotations

import random

import pytest

from support.exact import Table, differences


@pytest.mark.parametrize("seed", range(4))
def test_every_cell_is_judged_as_the_rules_say(tmp_path, seed):
    count, found = differences(Table.drawn(random.Random(seed), areas=8, items=15), tmp_path)
    assert count == 4 * 15 * 10
    assert found == []


def test_the_tables_hold_every_verdict():
    told = set()
    for seed in range(25):
        table = Table.drawn(random.Random(seed), areas=8, items=15)
        for asked in table.asked():
            for item in table.items:
                for area in table.areas:
                    judged = table.expected(item, area, asked)
                    told |= {judged.verdict, judged.light, judged.aim_verdict}
    assert told >= {"met", "missed", "open", "undetermined", "not_reported", "no_target"}
    assert told >= {"green", "amber", "red"}
