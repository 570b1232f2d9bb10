"""A would-be file whose fields are known is taken as it would be read: the frames and the findings are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from dtrack.schema import ACTUALS_FILE
from dtrack.workspace import load

HEADER = (*ACTUALS_FILE, "origin")
NAME = "data/actuals/new.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A workspace of the starter's files, which every command can open."""
    from dtrack.starter import files

    home = tmp_path_factory.mktemp("fields")
    for name, text in files().items():
        (home / name).parent.mkdir(parents=True, exist_ok=True)
        (home / name).write_text(text, encoding="utf-8")
    return home


def field(*usual: str) -> st.SearchStrategy[str]:
    """A usual text of a column, or any that needs no quotes."""
    return st.sampled_from(usual) | st.text(st.characters(exclude_characters='",\n\r\0', exclude_categories=["Cs"]), max_size=6)


ROW = st.tuples(
    field("harbour", "Hill", "nowhere", ""), field("gdp_growth", "GDP growth", "x"), field("H1-2024", "2023", "H3-2024"),
    field("5.0", ">10", "7.5万", "0426", "-", ""), field("flash", "final", "guess"), field("2024-07-20", "2024-07", ""),
    field("s1", ""), field("", " a note "), field("return.csv!C2"),
)  # fmt: skip


@given(st.lists(ROW, min_size=1, max_size=6))
def test_fields_that_are_known_are_those_that_would_be_read(folder, rows):
    text = "\n".join((",".join(HEADER), *map(",".join, rows), "")).encode()
    fields = {name: [row[at] for row in rows] for at, name in enumerate(HEADER)}
    read, taken = load(folder, {NAME: text}), load(folder, {NAME: text}, fields={NAME: fields})
    assert taken.findings == read.findings
    assert_frame_equal(taken.actuals, read.actuals)
    assert taken.periods == read.periods
