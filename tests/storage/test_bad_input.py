"""Bad input never gives a traceback: exit 3, all findings at once on stderr, and nothing of it is read as a figure.

The good workspace is the one of test_findings.py: districts a (4.8 against 5) and b (5.1, no target), H1-2024.
"""

from __future__ import annotations

import os
import re
import time

import pytest

from support.broken_inputs import (
    A_ROW,
    B_ROW,
    FIGURES,
    GOOD,
    HEAD,
    PROMISE,
    SOURCES,
    changed,
    write,
)

TOML, AREAS = "targets.toml", "data/areas.csv"
EVERY_COMMAND = [
    "report",
    "report --half H1-2024 --district a",
    "gap --district a",
    "targets",
    "report --format csv",
]


def refused(said) -> str:
    """What stands on stderr of a command that refused: exit 3, and not a figure on stdout."""
    assert (said.code, said.out) == (3, "")
    return said.err


# Files


@pytest.mark.parametrize("command", EVERY_COMMAND)
@pytest.mark.parametrize("name", [TOML, AREAS])
def test_a_missing_file_is_refused_by_every_command(tmp_path, run, command, name):
    folder = write(tmp_path, {name: None})
    err = refused(run([*command.split(), "--workspace", "."], at=folder))
    assert name in err
    assert "[file-missing]" in err


def test_a_folder_that_is_no_workspace_at_all(tmp_path, run):
    err = refused(run("report --workspace nowhere", at=tmp_path))
    assert TOML in err
    assert TOML in refused(run("report", at=tmp_path))


@pytest.mark.parametrize("name", list(GOOD))
def test_a_directory_in_place_of_a_file(tmp_path, run, name):
    (write(tmp_path, {name: None}) / name).mkdir()
    err = refused(run("report --workspace .", at=tmp_path))
    assert f"{name}: error: " in err
    assert "[file-unreadable]" in err


@pytest.mark.parametrize("name", list(GOOD))
def test_a_file_that_nobody_may_read(tmp_path, run, name):
    write(tmp_path)
    (tmp_path / name).chmod(0)
    if os.access(tmp_path / name, os.R_OK):
        pytest.skip("whoever runs this may read every file")
    assert "[file-unreadable]" in refused(run("report --workspace .", at=tmp_path))


CHINESE = A_ROW.replace(",\n", ",海淀区上半年\n")
BYTES = {
    "empty": (b"", "empty-file"),
    "blanks only": (b" \n\n", "empty-file"),
    "binary": (bytes(range(256)), "not-utf8"),
    "UTF-16": ((HEAD + A_ROW).encode("utf-16"), "not-utf8"),
    "UTF-16 without a mark": ((HEAD + A_ROW).encode("utf-16-le"), "not-utf8"),
    "GBK": ((HEAD + CHINESE).encode("gbk"), "not-utf8"),
    "Latin-1": ((HEAD + A_ROW.replace(",\n", ",été\n")).encode("latin-1"), "not-utf8"),
}


@pytest.mark.parametrize("name", list(GOOD))
@pytest.mark.parametrize("what", list(BYTES))
def test_bytes_that_are_no_text_are_refused_whatever_the_file(tmp_path, run, what, name):
    content, code = BYTES[what]
    err = refused(run("report --workspace .", at=write(tmp_path, {name: content})))
    assert f"[{code}]" in err
    assert name in err


@pytest.mark.parametrize("name", [name for name in GOOD if name != TOML])
def test_a_header_without_rows(tmp_path, run, name):
    header = GOOD[name].splitlines(keepends=True)[0]
    assert "[no-rows]" in refused(run("report --workspace .", at=write(tmp_path, {name: header})))


# TOML


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ('[workspace]\ntitle = "x\ncity = "city"\n', "2"),
        ('[workspace]\ncity = "a"\ncity = "b"\n', "3"),
        ('[workspace]\n[workspace]\ncity = "city"\n', "2"),
        ('[workspace]\ncity = "city"\n[indicators.growth\nkind = "growth"\n', "3"),
        (changed(TOML, PROMISE, "a = [1,")[TOML], "(21|22)"),
        ("x =", "1"),
    ],
    ids=[
        "unclosed quote",
        "key twice",
        "table twice",
        "unclosed bracket",
        "unclosed list",
        "nothing after =",
    ],
)
def test_a_syntax_error_is_told_with_its_line(tmp_path, run, text, lines):
    err = refused(run("report --workspace .", at=write(tmp_path, {TOML: text})))
    assert re.search(rf"^targets\.toml:{lines}\b.*\[toml-syntax\]", err, re.MULTILINE)


# What is no figure is never read as one

NO_TOML_FIGURES = ["nan", "inf", "-inf", "1e400", "0x10", "9" * 5000]
NO_FIGURES = [
    *NO_TOML_FIGURES,
    "NaN",
    "Infinity",
    "1e3",
    "=1+1",
    "+-5",
    "--5",
    "5%%",
    "5..4",
    "1 000 000",
    "٥",
]


def told(text: str) -> str:
    """A short name for a case."""
    return text if len(text) < 99 else "5,000 digits"


@pytest.mark.parametrize("text", NO_FIGURES, ids=told)
def test_a_value_that_is_no_figure(tmp_path, run, text):
    folder = write(tmp_path, {FIGURES: HEAD + A_ROW.replace("4.8", text) + B_ROW})
    err = refused(run("report --half H1-2024 --workspace .", at=folder))
    assert f"{FIGURES}:2:value: error: “{text[:40]}” is not a valid figure" in err
    assert max(map(len, err.splitlines())) < 400
    rows = run("report --half H1-2024 --set-aside --format csv --workspace .", at=folder).rows
    (row,) = [row for row in rows if (row["area"], row["indicator"]) == ("a", "growth")]
    assert (row["actual"], row["gap"], row["verdict"]) == ("", "", "undetermined")


@pytest.mark.parametrize("quoted", [True, False], ids=["as text", "as a TOML number"])
@pytest.mark.parametrize("text", NO_TOML_FIGURES, ids=told)
def test_a_target_that_is_no_figure(tmp_path, run, text, quoted):
    folder = write(tmp_path, changed(TOML, '"5"', f'"{text}"' if quoted else text))
    err = refused(run("report --half H1-2024 --workspace .", at=folder))
    assert "targets.growth.2024.a" in err or re.search(r"targets\.toml:21\b", err)
    assert (
        "set_int_max_str_digits" not in err
    )  # a sentence for people who keep targets, not for people who write Python
    assert max(map(len, err.splitlines())) < 400


# CSV


def test_a_quote_that_is_never_closed_swallows_no_row(tmp_path, run):
    text = HEAD + A_ROW.replace(",\n", ',"open\n') + B_ROW
    err = refused(run("report --workspace .", at=write(tmp_path, {FIGURES: text})))
    assert f"{FIGURES}:2" in err


@pytest.mark.parametrize("quoted", ["", '"'], ids=["plain", "in quotes"])
@pytest.mark.parametrize("name", [name for name in GOOD if name != TOML])
def test_a_first_line_of_200000_letters_is_a_finding_of_its_file(tmp_path, run, name, quoted):
    err = refused(
        run(
            "report --workspace .",
            at=write(tmp_path, {name: f"{quoted}{'x' * 200_000}{quoted}\n1\n"}),
        )
    )
    assert (
        f"{name}:1: error: a field of this row holds more than 131,072 characters [column-missing]"
        in err
    )


def test_hundreds_of_thousands_of_columns_that_nobody_knows_are_told_at_once(tmp_path, run):
    strange = "".join(f",c{number}" for number in range(200_000))
    text = (
        HEAD.strip()
        + strange
        + "\n"
        + A_ROW.strip()
        + "," * 200_000
        + "\n"
        + B_ROW.strip()
        + "," * 200_000
        + "\n"
    )
    begun = time.process_time()
    said = run("check -f csv --workspace .", at=write(tmp_path, {FIGURES: text}))
    assert time.process_time() - begun < 10  # it took minutes, and takes one second
    assert [row["code"] for row in said.rows] == ["column-unknown"] * 21
    assert "and 199,980 more columns of this kind" in said.out


NOTES = {
    "none": "",
    "plain": "plain",
    "three lines": '"one\ntwo\nthree"',
    "quotes": '"a ""quoted"" word"',
}


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"], ids=["LF", "CR LF", "CR"])
@pytest.mark.parametrize("note", list(NOTES))
@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"], ids=["no mark", "BOM"])
def test_lines_are_counted_as_an_editor_counts_them(tmp_path, end, note, mark):
    import dtrack

    first = A_ROW.replace(",\n", f",{NOTES[note]}\n")
    text = HEAD + first + "\n,,,,,,,\n" + B_ROW.replace("5.1", "x")
    line = text[: text.index("b,growth")].count("\n") + 1
    folder = write(tmp_path, {FIGURES: mark + text.replace("\n", end).encode()})
    assert [(f.code, f.line) for f in dtrack.open(folder).findings] == [("not-a-number", line)]


def test_a_mark_line_ends_blank_rows_and_quotes_change_no_figure(tmp_path):
    import dtrack

    plain = dtrack.open(write(tmp_path / "plain")).assess("H1-2024")
    text = (
        "\ufeff" + HEAD + ",,,,,,,\n" + A_ROW.replace("4.8", '"4.8"') + "\n" + B_ROW + ",,,,,,,\n"
    )
    other = dtrack.open(write(tmp_path / "other", {FIGURES: text.replace("\n", "\r\n")}))
    assert other.findings == ()
    assert other.assess("H1-2024").equals(plain)


def test_codes_keep_their_zeros(tmp_path):
    import dtrack

    folder = write(tmp_path, changed(AREAS, "a,,city", "a,0426,city"))
    board = dtrack.open(folder).assess("H1-2024")
    assert set(board[board["area"] == "a"]["area_code"]) == {"0426"}


# All at once, and only what matters


def test_all_faults_are_told_together(tmp_path, run):
    faults = [
        ("4.8", "x"),
        ("H1-2024", "H3-2024"),
        ("a,", "q,"),
        ("flash", "guess"),
        ("2024-07-20", "2024-02-30"),
        ("4.8", "4,8"),
    ]
    bad = [A_ROW.replace(old, new, 1) for old, new in faults]
    folder = write(
        tmp_path,
        {
            FIGURES: HEAD + "".join(bad),
            **changed(TOML, '"5"', '"five"'),
            SOURCES: GOOD[SOURCES] * 2,
        },
    )
    err = refused(run("report --half H1-2024 --workspace .", at=folder))
    for code in (
        "not-a-number",
        "bad-period",
        "unknown-area",
        "bad-status",
        "bad-date",
        "row-width",
        "id-twice",
    ):
        assert f"[{code}]" in err
    assert "targets.growth.2024.a" in err
    places = [int(line) for line in re.findall(rf"^{FIGURES}:(\d+)", err, re.MULTILINE)]
    assert set(places) == {2, 3, 4, 5, 6, 7}


ELSEWHERE = {
    "another period": (
        A_ROW.replace("H1-2024", "H1-2010").replace("4.8", "x"),
        "report --half H1-2024",
    ),
    "another indicator": (
        A_ROW.replace("growth", "level").replace("4.8", "x"),
        "report --half H1-2024 --indicator growth",
    ),
    "another district": (
        B_ROW.replace("H1-2024", "Q1-2024").replace("5.1", "x"),
        "gap --district a",
    ),
}


@pytest.mark.parametrize("what", list(ELSEWHERE))
def test_a_finding_that_can_change_no_verdict_of_this_report_is_told_and_does_not_stop_it(
    tmp_path, run, what
):
    row, command = ELSEWHERE[what]
    said = run(
        [*command.split(), "--workspace", "."],
        at=write(tmp_path, {FIGURES: HEAD + A_ROW + B_ROW + row}),
    )
    assert said.code == 0
    assert "-0.2" in said.out
    assert "[not-a-number]" in said.err
    assert "[not-a-number]" not in said.out


@pytest.mark.parametrize("command", ["report --half H1-2024", "gap --district a"])
def test_set_aside_goes_on_with_the_cell_undetermined_and_the_finding_above_the_table(
    tmp_path, run, command
):
    folder = write(tmp_path, {FIGURES: HEAD + A_ROW.replace("4.8", "x") + B_ROW})
    words = [*command.split(), "--set-aside", "--workspace", "."]
    said = run(words, at=folder)
    assert said.code == 0
    assert said.out.index("[not-a-number]") < said.out.index("Growth")
    assert "cannot be assessed" in said.out
    tidy = run([*words, "--format", "csv"], at=folder)
    assert [row["verdict"] for row in tidy.rows if row["area"] == "a" and row["actual_text"]] == [
        "undetermined"
    ]
    assert (
        "[not-a-number]" in tidy.err
    )  # a CSV has nothing above its header: the finding goes to stderr


@pytest.mark.parametrize("bad", ["targets.toml", FIGURES])
def test_set_aside_never_lets_the_broken_half_of_a_pair_be_judged(tmp_path, bad):
    import dtrack

    change = (
        changed(TOML, '"5"', '"five"')
        if bad == TOML
        else {FIGURES: HEAD + A_ROW.replace("4.8", "x") + B_ROW}
    )
    board = (
        dtrack.open(write(tmp_path, change))
        .assess("H1-2024", set_aside=True)
        .set_index(["area", "indicator"])
    )
    assert board.loc[("a", "growth"), "verdict"] == "undetermined"
    assert board.loc[("b", "growth"), "verdict"] == "no_target"


def test_set_aside_cannot_do_without_the_areas_or_the_indicators(tmp_path, run):
    for name in (TOML, AREAS):
        refused(run("report --set-aside --workspace .", at=write(tmp_path / name, {name: None})))
