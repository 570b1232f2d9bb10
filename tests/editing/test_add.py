"""`dtrack add`: one figure into data/actuals/added.csv, what it replaces, and which verdicts it turns.

The city of these sessions has two promises (a: 5, b: 5) and a few figures; what is expected was worked out by hand.
"""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.broken_inputs import FIGURES, GOOD, HEAD, write
from support.bytes_of_files import every_byte
from support.workspaces import ROOT

ADDED = "data/actuals/added.csv"
CITY = {"growth 2024": {"a": "5", "b": "5"}, "level 2024": {"a": "100"}}
ROWS = [
    ("a", "growth", "H1-2024", "4.8", {"published": "2024-07-10"}),
    ("a", "growth", "H1-2024", "5.0", {"published": "2024-07-20"}),
    ("b", "growth", "H1-2024", "10%以上", {"published": "2024-07-20"}),
    ("c", "growth", "H1-2024", "4.9", {"published": "2024-07-20", "status": "final"}),
    ("a", "level", "2023", "90.0", {"published": "2024-01-20"}),
    ("a", "level", "H1-2023", "45.0", {"published": "2023-07-20"}),
    ("a", "level", "H1-2024", "50.0", {"published": "2024-07-20"}),
    ("a", "stock", "2024-06", "7.5万", {"published": "2024-07-20"}),
]
BY = "--published 2024-08-01 --source s1"
SESSIONS = [  # typed after `add`, code, lines of stdout, parts of stderr
    (
        f"a growth H1-2024 4.9 --status revised {BY}",
        0,
        [
            "A, growth H1-2024: 4.9 (revised, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "It replaces 5.0 of 2024-07-20 (flash): -0.1 pp.",
            "A, growth: H1-2024: met → missed, -0.1 pp.",
        ],
        [],
    ),
    (
        f"A GROWTH 2024年上半年 5.04 {BY}",
        0,
        [
            "A, growth H1-2024: 5.04 (flash, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "It replaces 5.0 of 2024-07-20 (flash): +0.04 pp.",
            "A, growth: H1-2024: met, 0.0 → +0.04 pp.",
        ],
        [],
    ),
    (
        f"a growth H1-2024 -0.2 {BY}",
        0,
        [
            "A, growth H1-2024: -0.2 (flash, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "It replaces 5.0 of 2024-07-20 (flash): -5.2 pp.",
            "A, growth: H1-2024: met → missed, -5.2 pp.",
        ],
        [],
    ),
    (
        f"a growth H1-2024 >5 {BY}".replace(">5", "'>5'"),
        0,
        [
            "A, growth H1-2024: > 5 (flash, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "It replaces 5.0 of 2024-07-20 (flash).",
            "A, growth: H1-2024: met, 0.0 pp → no gap.",
        ],
        [],
    ),
    (
        f"b growth H1-2024 4.9 {BY}",
        0,
        [
            "B, growth H1-2024: 4.9 (flash, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "It replaces ≥ 10% of 2024-07-20 (flash).",
            "B, growth: H1-2024: met → missed, -0.1 pp.",
        ],
        [],
    ),
    (
        f"d growth H1-2024 4.9 {BY}",
        0,
        [
            "D, growth H1-2024: 4.9 (flash, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "The first figure for this area, indicator and period.",
            "D, growth: H1-2024: neither target nor figure → no target.",
        ],
        [],
    ),
    (
        "a growth H1-2024 5.1 --published 2024-07-15 --source s1",
        0,
        [
            "A, growth H1-2024: 5.1 (flash, published 2024-07-15, s1; data/actuals/added.csv:2).",
            "It does not replace 5.0 of 2024-07-20 (flash), which takes precedence.",
            "A, growth: no result changes.",
        ],
        [],
    ),
    (
        f"a growth H1-2024 5.5 --status expected {BY}",
        0,
        [
            "A, growth H1-2024: 5.5 (expected, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "It does not replace 5.0 of 2024-07-20 (flash), which takes precedence.",
            "A, growth: no result changes.",
        ],
        [],
    ),
    (
        f"a growth H1-2024 - --status missing {BY}",
        0,
        [
            "A, growth H1-2024: - (missing, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "It replaces 5.0 of 2024-07-20 (flash).",
            "A, growth: H1-2024: met → not reported.",
        ],
        [],
    ),
    (
        f"a stock 2024-06 8万 {BY}",
        0,
        [
            "A, stock 2024-06: 80,000 (flash, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "It replaces 75,000 of 2024-07-20 (flash): +5,000 stations.",
            "A, stock: no result changes.",
        ],
        [],
    ),
    (
        f"a level H1-2023 50.0 {BY}",
        0,  # goal: 100 × 50/90 = 55.6 instead of 100 × 45/90 = 50.0
        [
            "A, level H1-2023: 50.0 (flash, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "It replaces 45.0 of 2023-07-20 (flash): +5.0 hundred million CNY.",
            "A, level: H1-2024: met → missed, -5.6 hundred million CNY.",
        ],
        [],
    ),
    (
        f"a growth H1-2024 4.0 {BY} --scope 'towns, only'",
        0,
        [
            "A, growth H1-2024: 4.0 (flash, published 2024-08-01, s1; data/actuals/added.csv:2).",
            "The first figure for this area, indicator and period.",
            "A, growth: no result changes.",
        ],
        [],
    ),
    (
        "a growth H1-2024 5.0 --published 2024-07-20 --source s1",
        0,
        [
            "A, growth H1-2024: 5.0 of 2024-07-20 is already recorded at data/actuals/part-0.csv:3; nothing was written."
        ],
        [],
    ),
    (
        "b growth H1-2024 10%以上 --published 2024-07-20 --source s1 --note anew",
        0,
        [
            "B, growth H1-2024: ≥ 10% of 2024-07-20 is already recorded at data/actuals/part-0.csv:4; nothing was written."
        ],
        [],
    ),
    ("a growth H1-2024 5.0 --published 2024-07-20 --source s2", 0, None, ["[duplicate-figure]"]),
    (
        "a growth H1-2024 5.1 --published 2024-07-20 --source s1",
        3,
        [],
        ["[conflicting-figures]", "nothing was written"],
    ),
    (f"a growth H1-2024 'about right' {BY}", 3, [], ["[not-a-number]", "nothing was written"]),
    (f"a growth H1-2024 5.0 --status missing {BY}", 3, [], ["[not-a-number]"]),
    (f"a growth H1-2024 7.5万 {BY}", 3, [], ["[wrong-unit]"]),
    (f"a level H1-2024 10% {BY}", 3, [], ["[wrong-unit]"]),
    (
        "d level H1-2024 10 --published 2024-08-01 --source s9",
        0,
        None,
        ["“s9” is not in data/sources.csv", "[unknown-source]"],
    ),
    (f"e growth H1-2024 5 {BY}", 2, [], ["unknown area “e”"]),
    (f"a growht H1-2024 5 {BY}", 2, [], ["unknown indicator “growht”", "growth"]),
    (f"a growth H3-2024 5 {BY}", 2, [], ["“H3-2024” is not a valid period"]),
    (f"a growth H1-2024 5 --status guess {BY}", 2, [], ["invalid status “guess”", "flash"]),
    (
        "a growth H1-2024 5 --published 30.8.2024 --source s1",
        2,
        [],
        ["“30.8.2024” is not a valid date"],
    ),
    ("a growth H1-2024 5 --published '' --source s1", 2, [], ["its date of publication"]),
    (
        "a growth H1-2024 5 --published 2024-08-01 --source ' '",
        2,
        [],
        ["a figure requires a source"],
    ),
    ("a growth H1-2024 5 --source s1", 2, [], ["--published"]),
    ("a growth H1-2024 5 --published 2024-08-01", 2, [], ["--source"]),
    (f"a growth H1-2024 5 6 {BY}", 2, [], ["6"]),
    (f"a growth H1-2024 5 --colour {BY}", 2, [], ["--colour"]),
]


@pytest.mark.parametrize(
    ("typed", "code", "out", "err"), SESSIONS, ids=[typed for typed, *_ in SESSIONS]
)
def test_session(run, city, typed, code, out, err):
    there = city(CITY, ROWS).folder
    before = every_byte(there)
    said = run(f"add {typed}", at=there)
    assert said.code == code, said.err
    assert [part for part in err if part not in said.err] == []
    assert err or said.err == ""
    if out is not None:
        assert said.out.splitlines() == out
    written = code == 0 and "nothing was written" not in said.out
    assert every_byte(there).keys() - before.keys() == ({ADDED} if written else set())
    assert {name: raw for name, raw in every_byte(there).items() if name != ADDED} == before


def test_a_dry_run_says_the_same_and_writes_nothing(run, city):
    there = city(CITY, ROWS).folder
    before = every_byte(there)
    dry = run(f"add a growth H1-2024 4.9 {BY} --dry-run", at=there)
    assert every_byte(there) == before
    assert f"--dry-run: nothing was written; files to be changed: {ADDED}" in dry.err
    assert (dry.code, dry.out) == (0, run(f"add a growth H1-2024 4.9 {BY}", at=there).out)


def test_the_file_is_made_with_its_header_and_grows_by_lines(run, city):
    there = city(CITY, ROWS).folder
    for value in ("4.9", "-1.0"):
        day = {"4.9": "2024-08-01", "-1.0": "2024-08-02"}[value]
        assert (
            run(
                ["add", "a", "growth", "H1-2024", value, "--published", day, "--source", "s1"],
                at=there,
            ).code
            == 0
        )
    assert (there / ADDED).read_bytes() == (
        b"area,indicator,period,value,status,published,source,note\n"
        b"a,growth,H1-2024,4.9,flash,2024-08-01,s1,\n"
        b"a,growth,H1-2024,-1.0,flash,2024-08-02,s1,\n"
    )


def test_a_column_that_the_file_has_not_makes_a_file_of_its_own(run, city):
    there = city(CITY, ROWS).folder
    assert run(f"add a growth H1-2024 4.9 {BY}", at=there).code == 0
    first = (there / ADDED).read_bytes()
    for value in ("4.0", "4.1"):
        assert (
            run(f"add a growth Q1-2024 {value} {BY} --prices current{value[-1]}", at=there).code
            == 0
        )
    assert (there / ADDED).read_bytes() == first
    assert (there / "data/actuals/added-2.csv").read_bytes() == (
        b"area,indicator,period,value,status,published,source,note,prices\n"
        b"a,growth,Q1-2024,4.0,flash,2024-08-01,s1,,current0\n"
        b"a,growth,Q1-2024,4.1,flash,2024-08-01,s1,,current1\n"
    )


NOTES = [
    '=cmd("x")',
    'a "quoted", comma',
    "two\nlines",
    "two\r\nlines",
    "a,b,c,d,e,f,g,h\ni,j,k,l,m,n,o,p,q",
    "\x1b[31m[red]x[/red]",
    "海淀区，按现价",
    "'",
    " blanks around ",
    "\tTab",
    '"',
]


@pytest.mark.parametrize("note", NOTES, ids=repr)
def test_a_note_can_hold_anything_and_is_shown_harmlessly(run, city, note):
    there = city(CITY, ROWS).folder
    said = run(
        [
            "add",
            "c",
            "growth",
            "H1-2023",
            "4.9",
            "--published",
            "2024-08-01",
            "--source",
            "s1",
            "--note",
            note,
        ],
        at=there,
    )
    assert said.code == 0, said.err
    assert "\x1b" not in said.out + said.err
    (row,) = csv.DictReader(io.StringIO((there / ADDED).read_bytes().decode(), newline=""))
    kept = note.strip() if note.count(",") < 7 else note.replace("\n", " ")
    assert row["note"] == kept
    import dtrack

    frame = dtrack.open(there).actuals
    assert list(frame[frame["file"] == ADDED]["note"].astype(str)) == [kept.replace("\r\n", "\n")]
    shown = run("report --half H1-2023 --all", at=there)
    assert shown.code == 0
    assert "\x1b" not in shown.out


# Files that a person has begun

BEGUN = {
    "as dtrack writes it": (HEAD.encode(), b"\n"),
    "Windows": (
        HEAD.replace("\n", "\r\n").encode() + b"b,growth,H1-2023,5.1,flash,2024-07-22,s1,\r\n",
        b"\r\n",
    ),
    "an old Macintosh": (
        HEAD.replace("\n", "\r").encode() + b"b,growth,H1-2023,5.1,flash,2024-07-22,s1,\r",
        b"\r",
    ),
    "with a BOM": (b"\xef\xbb\xbf" + HEAD.encode(), b"\n"),
    "empty": (b"", b"\n"),
}


@pytest.mark.parametrize("name", BEGUN)
def test_a_row_goes_behind_what_is_there(tmp_path, run, name):
    raw, end = BEGUN[name]
    write(tmp_path, {ADDED: raw})
    said = run(
        "add a growth H1-2023 4.9 --published 2024-08-01 --source s1 --workspace .", at=tmp_path
    )
    assert said.code == 0, said.err
    header = b"" if raw else HEAD.encode()
    assert (
        tmp_path / ADDED
    ).read_bytes() == raw + header + b"a,growth,H1-2023,4.9,flash,2024-08-01,s1," + end


def test_a_last_line_without_an_end_gets_one(tmp_path, run):
    raw = HEAD.encode() + b"b,growth,H1-2023,5.1,flash,2024-07-22,s1,"
    write(tmp_path, {ADDED: raw})
    assert (
        run(
            "add a growth H1-2023 4.9 --published 2024-08-01 --source s1 --workspace .", at=tmp_path
        ).code
        == 0
    )
    assert (tmp_path / ADDED).read_bytes() == raw + b"\na,growth,H1-2023,4.9,flash,2024-08-01,s1,\n"


def test_the_columns_stand_in_the_order_of_the_file(tmp_path, run):
    raw = b"note,source,published,status,value,period,indicator,area,colour\n,s1,2024-07-22,flash,5.1,H1-2023,growth,b,red\n"
    write(tmp_path, {ADDED: raw})
    said = run(
        "add a growth H1-2023 4.9 --published 2024-08-01 --source s1 --note here --workspace .",
        at=tmp_path,
    )
    assert said.code == 0
    assert (
        tmp_path / ADDED
    ).read_bytes() == raw + b"here,s1,2024-08-01,flash,4.9,H1-2023,growth,a,\n"


@pytest.mark.parametrize(
    ("raw", "says"),
    [
        (
            HEAD.replace("note", "caf").encode()
            + b"b,growth,H1-2023,5.1,flash,2024-07-22,s1,caf\xe9\n",
            "[not-utf8]",
        ),
        (
            HEAD.replace("value,", "").encode() + b"b,growth,H1-2023,flash,2024-07-22,s1,\n",
            "[column-missing]",
        ),
    ],
    ids=["not UTF-8", "a column missing"],
)
def test_a_file_that_cannot_be_read_is_left_alone(tmp_path, run, raw, says):
    write(tmp_path, {ADDED: raw})
    before = every_byte(tmp_path)
    said = run(
        "add a growth H1-2023 4.9 --published 2024-08-01 --source s1 --workspace .", at=tmp_path
    )
    assert (said.code, said.out) == (3, "")
    assert says in said.err
    assert "nothing was written" in said.err
    assert every_byte(tmp_path) == before


def test_faults_that_stood_there_before_do_not_keep_a_figure_out(tmp_path, run):
    write(tmp_path, {FIGURES: GOOD[FIGURES].replace("5.1", "about right")})
    said = run(
        "add a growth H1-2023 4.9 --published 2024-08-01 --source s1 --workspace .", at=tmp_path
    )
    assert (said.code, said.err) == (0, "")


FIELD = st.text(
    st.characters(codec="utf-8", exclude_characters="\0", exclude_categories=("Cs",)), max_size=20
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    note=FIELD, scope=FIELD, source=FIELD, end=st.sampled_from(["\n", "\r\n"]), closed=st.booleans()
)
def test_what_was_there_stays_and_the_row_says_what_was_given(
    tmp_path, note, scope, source, end, closed
):
    from dtrack.editing.observations import add_figure
    from dtrack.workspace import load

    head = HEAD.replace("\n", ",scope\n")
    raw = (head + "b,growth,H1-2023,5.1,flash,2024-07-22,s1,,\n").replace("\n", end).encode()
    raw = raw if closed else raw.removesuffix(end.encode())
    dataset = load(write(tmp_path, {ADDED: raw}))
    words = {
        "area": "a",
        "indicator": "growth",
        "period": "H1-2023",
        "value": "4.9",
        "status": "flash",
        "published": "2024-08-01",
        "source": f"s{source}",
        "note": note,
        "scope": scope,
    }
    edit = add_figure(dataset, words)
    new = edit.change.files[ADDED]
    assert new.startswith(raw)
    assert new.endswith(end.encode())
    rows = list(csv.DictReader(io.StringIO(new.decode(), newline="")))
    assert len(rows) == 2
    assert rows[1] == words | {
        "source": f"s{source}".strip(),
        "note": note.strip(),
        "scope": scope.strip(),
    }


@pytest.mark.parametrize(
    ("figure", "code"),
    [
        ("digital_va H1-2024 15073000", "scale-slip"),
        ("digital_va_growth H1-2024 0.084", "fraction-for-percent"),
        ("digital_va_growth H1-2024 108.4", "index-for-growth"),
    ],
)
def test_a_doubt_about_a_figure_by_telephone_is_told_and_left_to_whoever_adds_it(
    run, tmp_path, figure, code
):
    import shutil

    shutil.copytree(ROOT / "examples/symposium", tmp_path / "s")
    said = run(
        f"add haidian {figure} --published 2024-09-01 --source illustrative-haidian-h1-2024",
        at=tmp_path / "s",
    )
    assert (said.code, f"[{code}]" in said.err) == (0, True)


@pytest.mark.parametrize(
    ("typed", "kept", "in_unit"),
    [
        ("1509.0亿元", "1509.0", "1509.0"),
        ("15090000万元", "15090000万", "1509.0000"),
        ("CNY 150.9 bn", "150.9 billion", "1509"),
        ("约1509亿元", "约1509", "~1509"),
        ("1509.0亿", "1509.0亿", "1509.0"),  # as ever: a scale word alone needs no understanding
    ],
)
def test_a_figure_with_its_unit_is_understood_as_import_does(run, tmp_path, typed, kept, in_unit):
    import shutil

    import dtrack

    there = tmp_path / "s"
    shutil.copytree(ROOT / "examples/symposium", there)
    said = run(
        [
            "add",
            "haidian",
            "digital_va",
            "H1-2024",
            typed,
            *["--published", "2024-09-01", "--source", "illustrative-haidian-h1-2024"],
        ],
        at=there,
    )
    assert said.code == 0, said.err
    (row,) = csv.DictReader(io.StringIO((there / ADDED).read_text(encoding="utf-8")))
    assert row["value"] == kept
    frame = dtrack.open(there).actuals
    assert frame[frame["file"] == ADDED]["number"].tolist() == [float(in_unit.strip("~"))]


@pytest.mark.parametrize(
    ("figure", "code", "says"),
    [
        (
            "digital_va H1-2024 1509.0万人",
            "wrong-unit",
            "“1509.0万人”: “万人” is not a unit of digital_va, which is in 100 million CNY",
        ),
        (
            "digital_va_growth H1-2024 8.4亿元",
            "wrong-unit",
            "“亿元” is not a unit of digital_va_growth",
        ),
        (
            "digital_va_growth H1-2024 8,6",
            "not-a-number",
            "“8,6” is not a valid figure: write 8.6, with a decimal point",
        ),
        ("digital_va H1-2024 1,509.0", "not-a-number", "without thousands separators: 1234.5"),
        (
            "digital_va H1-2024 力争1509",
            "not-a-number",
            "“力争1509” is an aim, not a result",
        ),
        ("digital_va H1-2024 1509吨", "wrong-unit", "“吨” is not a unit of digital_va"),
    ],
)
def test_what_is_refused_is_refused_for_a_true_reason(run, tmp_path, figure, code, says):
    import shutil

    there = tmp_path / "s"
    shutil.copytree(ROOT / "examples/symposium", there)
    said = run(
        f"add haidian {figure} --published 2024-09-01 --source illustrative-haidian-h1-2024",
        at=there,
    )
    assert (said.code, said.out, f"[{code}]" in said.err) == (3, "", True)
    assert says in said.err
    assert "nothing was written" in said.err
    assert not (there / ADDED).exists()
