"""A would-be file whose fields are known is taken as it would be read: the frames and the findings are the same."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pandas.testing import assert_frame_equal

from dtrack.model.schema import ACTUALS_FILE
from dtrack.storage.paths import Files
from dtrack.workspace import load

pytestmark = pytest.mark.slow

HEADER = (*ACTUALS_FILE, "origin")
NAME = "data/actuals/new.csv"


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    """A workspace of the starter's files, which every command can open."""
    import shutil

    from dtrack.cli.init import STARTER

    return shutil.copytree(STARTER, tmp_path_factory.mktemp("fields") / "w")


def text_of(rows) -> bytes:
    return "\n".join((",".join(HEADER), *map(",".join, rows), "")).encode()


def field(*usual: str) -> st.SearchStrategy[str]:
    """A usual text of a column, or any that needs no quotes."""
    return st.sampled_from(usual) | st.text(
        st.characters(exclude_characters='",\n\r\0', exclude_categories=["Cs"]), max_size=6
    )


ROW = st.tuples(
    field("harbour", "Hill", "nowhere", ""),
    field("gdp_growth", "GDP growth", "x"),
    field("H1-2024", "2023", "H3-2024"),
    field("5.0", ">10", "7.5万", "0426", "-", ""),
    field("flash", "final", "guess"),
    field("2024-07-20", "2024-07", ""),
    field("s1", ""),
    field("", " a note "),
    field("return.csv!C2"),
)


@given(st.lists(ROW, min_size=1, max_size=6), st.sampled_from([NAME, "data/actuals/a.csv"]))
def test_fields_that_are_known_are_those_that_would_be_read(folder, rows, name):
    text = text_of(rows)
    fields = {name: [row[at] for row in rows] for at, name in enumerate(HEADER)}
    read, taken = load(folder, {name: text}), load(folder, {name: text}, fields={name: fields})
    assert taken.findings == read.findings
    assert_frame_equal(taken.actuals, read.actuals, check_categorical=False)
    assert taken.periods == read.periods


# ---- what was read before is not read again ---------------------------------------------------------------------------
OLD = "data/actuals/old.csv"


@given(
    st.lists(ROW, max_size=4),
    st.lists(ROW, max_size=4),
    st.sampled_from([NAME, OLD, "data/actuals/a.csv"]),
)
def test_a_folder_read_before_is_what_it_would_be_read_anew(folder, rows, more, name):
    (folder / OLD).write_bytes(text_of(rows))
    before = load(folder)
    beside = {
        name: text_of(more)
    }  # a new file, one that replaces the old one, one that stands before it
    anew, known = load(folder, beside), load(folder, beside, before=before)
    assert sorted(map(str, known.findings)) == sorted(map(str, anew.findings))
    assert_frame_equal(known.actuals, anew.actuals, check_categorical=False)
    (folder / OLD).unlink()


def test_a_file_that_went_since_is_gone(folder):
    (folder / OLD).write_bytes(
        text_of([("harbour", "gdp_growth", "H1-2024", "5.0", "flash", "2024-07-20", "s1", "", "")])
    )
    before = load(folder)
    (folder / OLD).unlink()
    after = load(folder, before=before)
    assert OLD in set(before.actuals["file"])
    assert OLD not in set(after.actuals["file"])


def test_a_file_that_is_there_is_read_once(folder, monkeypatch):
    before, read = load(folder), []
    at_hand = Files.read
    monkeypatch.setattr(Files, "read", lambda self, name: read.append(name) or at_hand(self, name))
    load(folder, {NAME: text_of([])}, before=before)
    assert [name for name in read if name.startswith("data/actuals/")] == [NAME]


def test_figures_stand_in_the_order_of_their_files_whatever_their_columns(folder):
    """Of two editions of one day the one that stands last counts, so the order is a rule and no accident."""
    shorter, row = HEADER[:-1], "harbour,gdp_growth,H1-2024,{},flash,2024-07-20,s1,"
    files = {"a": (HEADER, "7.71", ","), "b": (shorter, "7.72", ""), "c": (HEADER, "7.73", ",")}
    beside = {
        f"data/actuals/{name}.csv": f"{','.join(header)}\n{row.format(value)}{end}\n".encode()
        for name, (header, value, end) in reversed(files.items())
    }
    dataset = load(folder, beside)
    assert [value for value in dataset.actuals["value"] if value.startswith("7.7")] == [
        "7.71",
        "7.72",
        "7.73",
    ]


@pytest.mark.parametrize("names", [("a", "b"), ("b", "a")], ids=["before", "after"])
@pytest.mark.parametrize("nothing", [b"\n", b"\n\n", b"only,two\n", b",,\n"])
def test_a_file_without_a_single_row_moves_no_row_of_another(folder, names, nothing):
    header = ",".join(HEADER[:-1]).encode() + b"\n"
    row = "hill,gdp_growth,H1-2022,{},flash,2022-07-20,s1,\n"
    full, empty = (f"data/actuals/{name}.csv" for name in names)
    dataset = load(
        folder,
        {
            full: header + (row.format("7.71") + row.format("7.72")).encode(),
            empty: header + nothing,
        },
    )
    mine = dataset.actuals[dataset.actuals["value"].isin(["7.71", "7.72"])]
    assert list(zip(mine["file"], mine["line"], strict=True)) == [(full, 2), (full, 3)]
    assert empty in {finding.file for finding in dataset.findings}


def test_names_that_changed_since_are_read_anew(folder):
    """A row of 朝陽 was an area's while that was its alias; with the alias gone it is nobody's."""
    areas = (folder / "data/areas.csv").read_text(encoding="utf-8")
    lines = areas.splitlines()
    at, column = (
        next(n for n, line in enumerate(lines) if line.startswith("harbour,")),
        lines[0].split(",").index("aliases"),
    )
    cells = lines[at].split(",")
    cells[column] = "朝陽"
    lines[at] = ",".join(cells)
    (folder / OLD).write_bytes(
        text_of([("朝陽", "gdp_growth", "H1-2024", "5.0", "flash", "2024-07-20", "s1", "", "")])
    )
    try:
        (folder / "data/areas.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")
        before = load(folder)
        without = {"data/areas.csv": areas.encode()}
        assert load(folder, without, before=before).findings == load(folder, without).findings
        assert "unknown-area" in {finding.code for finding in load(folder, without).findings}
        assert "unknown-area" not in {finding.code for finding in before.findings}
    finally:
        (folder / "data/areas.csv").write_text(areas, encoding="utf-8")
        (folder / OLD).unlink()
