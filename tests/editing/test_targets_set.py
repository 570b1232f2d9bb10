"""`dtrack targets set`: one more entry in targets.toml, and every other byte as it was.

The layouts below are those a person may choose; what is expected stands beside each, written by hand. The law lays out
files at random: only letters are added, and the file then says one entry more and nothing else.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from support.broken_inputs import GOOD, write
from support.bytes_of_files import every_byte
from support.workspaces import ROOT

TOML = "targets.toml"
HEAD = GOOD[TOML].partition("[targets.")[0]
NEW = '{ value = "6", set = 2024-05-01, source = "s1" }'
SET = ["targets", "set", "a", "growth", "2024", "6", "--set", "2024-05-01", "--source", "s1"]
OLD = "targets.growth.2024.a"


def entries(folder: Path, area: str = "a", period: str = "2024") -> list[tuple[str, str, str, str]]:
    """Value, day, source and stated verdict of the targets of growth that dtrack reads there."""
    import dtrack

    frame = dtrack.open(folder).targets
    rows = frame[
        (frame["area"] == area) & (frame["period"] == period) & (frame["indicator"] == "growth")
    ]
    return [
        tuple(map(str, row))
        for row in rows[["value", "set", "source", "stated"]].itertuples(index=False)
    ]


# Layouts: the targets as they stand → as they stand afterwards

LAYOUTS = {
    "the short form becomes a list of both": (
        '[targets.growth.2024]\na = "5"  # as announced\nb = "4"\n',
        f'[targets.growth.2024]\na = ["5", {NEW}]  # as announced\nb = "4"\n',
    ),
    "a number keeps its zero": (
        "[targets.growth.2024]\na = 5.0\n",
        f"[targets.growth.2024]\na = [5.0, {NEW}]\n",
    ),
    "a table becomes a list of both": (
        "[targets.growth.2024]\na   = {value='5' , set= 2024-01-15} # spaced by hand\n",
        f"[targets.growth.2024]\na   = [{{value='5' , set= 2024-01-15}}, {NEW}] # spaced by hand\n",
    ),
    "a list in one line": (
        '[targets.growth.2024]\na = ["5"]\n',
        f'[targets.growth.2024]\na = ["5", {NEW}]\n',
    ),
    "a list with a comma at its end": (
        '[targets.growth.2024]\na = [ "5", ]\n',
        f'[targets.growth.2024]\na = [ "5", {NEW} ]\n',
    ),
    "a list over lines": (
        (
            '[targets.growth.2024]\na = [\n  "5", # [first], "of" two\n  # between\n  { value = "5.5", set = 2024-03-01 },  # second\n'
            "  # in the end\n]\n# after\n"
        ),
        (
            '[targets.growth.2024]\na = [\n  "5", # [first], "of" two\n  # between\n  { value = "5.5", set = 2024-03-01 },  # second\n'
            f"  # in the end\n  {NEW}\n]\n# after\n"
        ),
    ),
    "a list over lines without a comma at its end": (
        '[targets.growth.2024]\na = [\n\t"5"   # five\n]\n',
        f'[targets.growth.2024]\na = [\n\t"5",   # five\n\t{NEW}\n]\n',
    ),
    "a list that closes behind its last entry": (
        '[targets.growth.2024]\na = [ "5",\n      "5.5" ]\n',
        f'[targets.growth.2024]\na = [ "5",\n      "5.5",\n      {NEW} ]\n',
    ),
    "a table of its own becomes the first of a list": (
        '[targets.growth.2024.a] # alone\nvalue = "5"  # five\n\n# of b\n[targets.growth.2024.b]\nvalue = "4"\n',
        (
            '[[targets.growth.2024.a]] # alone\nvalue = "5"  # five\n\n[[targets.growth.2024.a]]\nvalue = "6"\nset = 2024-05-01\n'
            'source = "s1"\n\n# of b\n[targets.growth.2024.b]\nvalue = "4"\n'
        ),
    ),
    "a list of tables": (
        '[[targets.growth.2024.a]]\nvalue = "5"\n# the end\n',
        (
            '[[targets.growth.2024.a]]\nvalue = "5"\n# the end\n\n[[targets.growth.2024.a]]\nvalue = "6"\nset = 2024-05-01\n'
            'source = "s1"\n'
        ),
    ),
    "the area in another spelling": (
        '[targets.growth.2024]\n"Alpha" = "5"\n',
        f'[targets.growth.2024]\n"Alpha" = ["5", {NEW}]\n',
    ),
    "the area by its code": (
        '[targets.growth.2024]\n110108 = "5"\n',
        f'[targets.growth.2024]\n110108 = ["5", {NEW}]\n',
    ),
    "the area in Chinese": (
        "[targets.growth.2024]\n'甲区' = \"5\"\n",
        f"[targets.growth.2024]\n'甲区' = [\"5\", {NEW}]\n",
    ),
    "the period in another spelling": (
        '[targets.growth."2024年"]\na = "5"\n',
        f'[targets.growth."2024年"]\na = ["5", {NEW}]\n',
    ),
    "a period of two spellings, the area in one of them": (
        '[targets.growth."2024年"]\na = "5"\n[targets.growth.2024]\nb = "4"\n',
        f'[targets.growth."2024年"]\na = ["5", {NEW}]\n[targets.growth.2024]\nb = "4"\n',
    ),
    "dotted keys": (
        '[targets]\ngrowth.2024.a = "5" # here\ngrowth.2025.a = "7"\n',
        f'[targets]\ngrowth.2024.a = ["5", {NEW}] # here\ngrowth.2025.a = "7"\n',
    ),
    "everything in one line": (
        'targets = { growth = { 2024 = { a = "5" } } }\n',
        f'targets = {{ growth = {{ 2024 = {{ a = ["5", {NEW}] }} }} }}\n',
    ),
    "a new line at the end of its table, in line with the others": (
        '[targets.growth.2024]\n\tcity    = "5"\n\tb       = "4" # four\n\n# next\n[targets.growth.2025]\nb = "4"\n',
        f'[targets.growth.2024]\n\tcity    = "5"\n\tb       = "4" # four\n\ta       = {NEW}\n\n# next\n[targets.growth.2025]\nb = "4"\n',
    ),
    "a new line under a table that holds nothing yet": (
        "[targets.growth.2024]  # to come\n# nobody yet\n",
        f"[targets.growth.2024]  # to come\na = {NEW}\n# nobody yet\n",
    ),
    "a new line beside dotted keys": (
        '[targets]\ngrowth.2024.b = "4"\ngrowth.2025.b = "4"\n',
        f'[targets]\ngrowth.2024.b = "4"\ngrowth.2024.a = {NEW}\ngrowth.2025.b = "4"\n',
    ),
    "into an inline table": (
        '[targets.growth]\n2024 = { b = "4" } # one line a year\n',
        f'[targets.growth]\n2024 = {{ b = "4", a = {NEW} }} # one line a year\n',
    ),
    "a new period in an inline table": (
        '[targets]\ngrowth = { 2025 = { b = "4" } }\n',
        f'[targets]\ngrowth = {{ 2025 = {{ b = "4" }}, 2024.a = {NEW} }}\n',
    ),
    "a new table after the last of its indicator": (
        '[targets.growth.2023]\na = "5"\n# a remark on 2023\n\n# --- levels ---\n[targets.level.2024]\na = "100"\n',
        (
            f'[targets.growth.2023]\na = "5"\n# a remark on 2023\n\n[targets.growth.2024]\na = {NEW}\n\n# --- levels ---\n'
            '[targets.level.2024]\na = "100"\n'
        ),
    ),
    "a remark above a table stays with it": (
        '[targets.growth.2023]\na = "5"\n# levels\n[targets.level.2024]\na = "100"\n',
        f'[targets.growth.2023]\na = "5"\n\n[targets.growth.2024]\na = {NEW}\n# levels\n[targets.level.2024]\na = "100"\n',
    ),
    "a new table at the end": (
        '[targets.level.2024]\na = "100"\n# the end\n',
        f'[targets.level.2024]\na = "100"\n# the end\n\n[targets.growth.2024]\na = {NEW}\n',
    ),
    "no line end at the end": (
        '[targets.growth.2024]\nb = "4"',
        f'[targets.growth.2024]\nb = "4"\na = {NEW}',
    ),
    "a new table where there is no line end": (
        '[targets.level.2024]\nb = "4"',
        f'[targets.level.2024]\nb = "4"\n\n[targets.growth.2024]\na = {NEW}',
    ),
    "text that looks like TOML": (
        '[targets.growth.2024]\nb = { value = "4", note = """\n[targets.growth.2024]\na = "5" # no""" }\n# a = "5"\n',
        (
            '[targets.growth.2024]\nb = { value = "4", note = """\n[targets.growth.2024]\na = "5" # no""" }\n'
            f'a = {NEW}\n# a = "5"\n'
        ),
    ),
}
AREAS = {
    "data/areas.csv": GOOD["data/areas.csv"].replace(
        "a,,city,Alpha,,,,", "a,110108,city,Alpha,甲区,,,"
    )
}


@pytest.mark.parametrize(
    "signs", [("\n", b""), ("\r\n", b""), ("\n", b"\xef\xbb\xbf")], ids=["LF", "CRLF", "BOM"]
)
@pytest.mark.parametrize("layout", LAYOUTS)
def test_an_entry_goes_where_its_cell_is_and_every_other_byte_stays(tmp_path, run, layout, signs):
    before, after = LAYOUTS[layout]
    end, mark = signs
    # what stands before the targets: nothing where they are one key of the root
    heads = ("", HEAD) if before.startswith("targets") else (HEAD, "")

    def raw(text: str) -> bytes:
        return mark + f"{heads[0]}{text}{heads[1]}".replace("\n", end).encode()

    write(tmp_path, AREAS | {TOML: raw(before)})
    files, there = every_byte(tmp_path), entries(tmp_path)
    said = run([*SET, "--workspace", "."], at=tmp_path)
    assert said.code == 0, said.err
    assert every_byte(tmp_path) == files | {TOML: raw(after)}
    assert entries(tmp_path) == [*there, ("6", "2024-05-01", "s1", "")]


def test_a_dotted_entry_is_refused_with_what_to_write(tmp_path, run):
    write(tmp_path, {TOML: HEAD + '[targets.growth.2024]\na.value = "5"\na.set = 2024-01-15\n'})
    files = every_byte(tmp_path)
    said = run([*SET, "--workspace", "."], at=tmp_path)
    assert (said.code, said.out) == (3, "")
    assert OLD in said.err
    assert said.err.startswith("targets.toml: targets.growth.2024.a: error: ")
    assert "{ value = …, set = … }" in said.err
    assert every_byte(tmp_path) == files


def test_the_published_targets_of_beijing_take_an_entry_in_place(tmp_path, run):
    from support.workspaces import ROOT

    before = (ROOT / TOML).read_bytes()
    write(
        tmp_path,
        {name: (ROOT / name).read_bytes() for name in (TOML, "data/areas.csv", "data/sources.csv")}
        | {"data/actuals/figures.csv": (ROOT / "data/actuals/gdp.csv").read_bytes()},
    )
    words = [
        "targets",
        "set",
        "北京市",
        "地区生产总值增速",
        "2024年",
        "5.5",
        "--set",
        "2024-03-01",
        "--source",
        "people-en-20240122",
    ]
    assert run(words, at=tmp_path).code == 0
    line = b'beijing = { value = "around 5", set = 2024-01-21, source = "people-en-20240122" }'
    new = (
        line.replace(b"= {", b"= [{", 1)
        + b', { value = "5.5", set = 2024-03-01, source = "people-en-20240122" }]'
    )
    assert before.count(line) == 1
    assert (tmp_path / TOML).read_bytes() == before.replace(line, new)


# The law

NAMES = {"a": ["a", '"a"', "'Alpha'", "110108", '"甲区"'], "b": ["b", '"Beta"'], "city": ["city"]}
YEARS = {
    "2023": ["2023"],
    "2024": ["2024", '"2024"', '"2024年"'],
    "H1-2024": ["H1-2024", '"2024-H1"', '"2024年上半年"'],
}
VALUES = [
    '"5"',
    "5.0",
    "'around 5'",
    '{ value = "5", set = 2024-01-15 }',
    "{value='5.50'}",
    '["5"]',
    '[ {value = "5"}, ]',
    '[\n  "5", # [one\n  "5.5"\n]',
    "[\n    '5', # }\n    # more\n]",
    '["5",\n "5.5"] # both',
]
GAPS = st.sampled_from(["", "\n", "# a remark\n", '# a = "5"\n', "\n# --- 目标 --- [x]\n\n"])


@st.composite
def files(draw: st.DrawFn) -> str:
    """Targets of growth laid out at random: tables, dotted keys or inline, in any spelling, with remarks between."""
    parts = [HEAD]
    inline = draw(st.sampled_from(["tables", "dotted", "inline"]))
    if inline == "dotted":
        parts.append("[targets]\n")
    if inline == "inline":
        parts.append("[targets.growth]\n")
    for year in draw(st.lists(st.sampled_from(sorted(YEARS)), unique=True)):
        spelled = draw(st.sampled_from(YEARS[year]))
        pairs = []
        for area in draw(
            st.lists(st.sampled_from(sorted(NAMES)), unique=True, min_size=inline != "tables")
        ):
            pairs.append((draw(st.sampled_from(NAMES[area])), draw(st.sampled_from(VALUES))))
        around = draw(st.sampled_from(["=", " = ", "   =  "]))
        tail = draw(st.sampled_from(["", "  # why", "\t"]))
        if inline == "inline":
            parts.append(
                f"{spelled}{around}{{ "
                + ", ".join(f"{n} = {v}" for n, v in pairs if "\n" not in v and "#" not in v)
                + f" }}{tail}\n"
            )
        elif inline == "dotted":
            parts += [
                f"growth.{spelled}.{n}{around}{v}{tail if '#' not in v else ''}\n" for n, v in pairs
            ]
        else:
            parts.append(f"[ targets . growth.{spelled} ]{tail}\n")
            parts += [
                draw(GAPS) + f"{n}{around}{v}{tail if '#' not in v else ''}\n" for n, v in pairs
            ]
        parts.append(draw(GAPS))
    text = "".join(parts) + draw(
        st.sampled_from(["", "# the end", "\n\n", '[targets.level.2024]\na = "100"\n'])
    )
    text = text.rstrip("\n") if draw(st.booleans()) else text
    return text.replace("\n", draw(st.sampled_from(["\n", "\r\n"])))


def only_adds(old: str, new: str) -> bool:
    """Every letter of the old text stands in the new one, in the same order."""
    letters = iter(new)
    return all(letter in letters for letter in old)


@pytest.mark.slow
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(
    text=files(), mark=st.sampled_from([b"", b"\xef\xbb\xbf"]), asked=st.sampled_from(sorted(YEARS))
)
def test_setting_a_target_only_adds_letters_and_one_entry(tmp_path, text, mark, asked):
    from dtrack.editing.targets import TargetEntry, set_target
    from dtrack.workspace import load

    tomllib.loads(text)
    write(tmp_path, AREAS | {TOML: mark + text.encode()})
    dataset = load(tmp_path)
    edit = set_target(dataset, "甲区", "Growth", asked, TargetEntry("6.5", "2022-05-01", "s1"))
    raw = edit.change.files[TOML]
    assert raw.startswith(mark)
    new = raw.removeprefix(mark).decode()
    assert only_adds(text, new)
    assert new.count("6.5") == text.count("6.5") + 1
    assert new.endswith("\n") == text.endswith("\n")
    assert new.count("\r") == (new.count("\n") if "\r" in text else 0)
    told = [line for line in text.splitlines() if line.startswith("#")]
    assert [line for line in new.splitlines() if line.startswith("#")] == told
    after = load(tmp_path, edit.change.files)
    mine = ("a", "growth", asked, "6.5", "2022-05-01", "s1")

    def rows(dataset) -> list[tuple[str, ...]]:
        columns = ["area", "indicator", "period", "value", "set", "source"]
        return sorted(
            tuple(map(str, row)) for row in dataset.targets[columns].itertuples(index=False)
        )

    assert rows(after) == sorted([*rows(dataset), mine])


# Sessions

CITY = {
    "growth 2024": {"a": "around 5", "b": "5"},
    "level 2024": {"a": "100"},
    "jobless 2024": {"a": "at most 4"},
}
ROWS = [
    ("a", "growth", "H1-2024", "5.4"),
    ("b", "growth", "H1-2024", "5.1"),
    ("a", "share", "2024-06", "30.5"),
    ("a", "jobless", "2024-06", "4.2"),
]
BY = "--set 2024-03-01 --source s1"
SESSIONS = [  # typed after `targets set`, code, stdout, parts of stderr
    (
        f"a growth 2024 5.5 {BY}",
        0,
        "A, growth 2024: ≈ 5 → 5.5; H1-2024: met → missed, -0.1 pp.\n",
        [],
    ),
    (
        f"A GROWTH 2024年 5.2 {BY}",
        0,
        "A, growth 2024: ≈ 5 → 5.2; H1-2024: met, +0.4 → +0.2 pp.\n",
        [],
    ),
    (
        f"c growth 2024 5 {BY}",
        0,
        (
            "C, growth 2024: 5; 2024: neither target nor figure → not reported; "
            "H1-2024: neither target nor figure → not reported.\n"
        ),
        [],
    ),
    (
        f"a share 2024 30 {BY}",
        0,
        (
            "A, share 2024: 30; 2024: no target → met, +0.5 pp; H1-2024: no target → met, +0.5 pp; "
            "2024-06: no target → met, +0.5 pp.\n"
        ),
        [],
    ),
    (
        f"a growth H1-2024 undisclosed --stated missed {BY}",
        0,
        "A, growth H1-2024: undisclosed; H1-2024: met → missed.\n",
        [],
    ),
    (
        f"a growth 2024 -1.5 {BY}",
        0,
        "A, growth 2024: ≈ 5 → -1.5; H1-2024: met, +0.4 → +6.9 pp.\n",
        [],
    ),
    (
        "a growth 2024 6 --set 2024-01-01 --source s1",
        0,
        "A, growth 2024: 6 (set 2024-01-01) before ≈ 5 (set 2024-01-15); no result changes.\n",
        [],
    ),
    (
        "a growth 2024 'about 5' --set 2024-01-15 --source s1",
        0,
        "A, growth 2024: ≈ 5 of 2024-01-15 is already set; nothing was written.\n",
        [],
    ),
    (
        "a growth 2024 'around  5' --set 2024-01-15 --source s1",
        0,
        "A, growth 2024: ≈ 5 of 2024-01-15 is already set; nothing was written.\n",
        [],
    ),
    (
        "a growth 2024 5.1 --set 2024-01-15 --source s1",
        3,
        "",
        ["[target-twice]", "nothing was written"],
    ),
    ("a growth 2024 'around 5' --set 2024-01-15 --source s2", 3, "", ["[target-twice]"]),
    (f"a growth 2024 five {BY}", 3, "", ["[not-a-number]", "nothing was written"]),
    (f"a growth 2024 '' {BY}", 3, "", ["[not-a-number]"]),
    (f"a growth 2024 7.5万 {BY}", 3, "", ["[wrong-unit]"]),
    (f"a level 2024 5% {BY}", 3, "", ["[wrong-unit]"]),
    (
        f"a jobless 2024 'at least 5' {BY}",
        0,
        (
            "A, jobless 2024: ≤ 4 → ≥ 5; 2024: in progress, -0.2 → +0.8 pp; "
            "H1-2024: in progress, -0.2 → +0.8 pp; 2024-06: in progress, -0.2 → +0.8 pp.\n"
        ),
        ["[wording-against-better]"],
    ),
    (
        "b level 2024 100 --set 2024-03-01 --source s9",
        0,
        None,
        ["“s9” is not in data/sources.csv", "[unknown-source]"],
    ),
    (
        "b level 2024 100 --set 2025-02 --source s1",
        0,
        None,
        ["after the end of 2024", "[set-late]"],
    ),
    (f"e growth 2024 5 {BY}", 2, "", ["unknown area “e”", "Available"]),
    (f"a growht 2024 5 {BY}", 2, "", ["unknown indicator “growht”", "growth"]),
    (f"a growth H3-2024 5 {BY}", 2, "", ["“H3-2024” is not a valid period"]),
    ("a growth 2024 5 --set soon --source s1", 2, "", ["“soon” is not a valid date"]),
    ("a growth 2024 5 --set '' --source s1", 2, "", ["the date on which it was set"]),
    ("a growth 2024 5 --set 2024-03-01 --source ''", 2, "", ["a target requires a source"]),
    (f"a growth 2024 5 --stated maybe {BY}", 2, "", ["--stated", "maybe"]),
    ("a growth 2024 5 --source s1", 2, "", ["--set"]),
    ("a growth 2024 5 --set 2024-03-01", 2, "", ["--source"]),
    (f"a growth 2024 5 --colour {BY}", 2, "", ["--colour"]),
    (f"a growth 2024 {BY}", 2, "", ["target"]),
]


@pytest.mark.parametrize(
    ("typed", "code", "out", "err"), SESSIONS, ids=[typed for typed, *_ in SESSIONS]
)
def test_session(run, city, typed, code, out, err):
    there = city(CITY, ROWS).folder
    before = every_byte(there)
    said = run(f"targets set {typed}", at=there)
    assert said.code == code, said.err
    assert [part for part in err if part not in said.err] == []
    assert err or said.err == ""
    if out is not None:
        assert said.out == out
    untouched = code != 0 or "nothing was written" in said.out
    assert (every_byte(there) == before) == untouched
    assert {**every_byte(there), TOML: b""} == {**before, TOML: b""}  # never another file


def test_a_dry_run_says_the_same_and_writes_nothing(run, city):
    there = city(CITY, ROWS).folder
    before = every_byte(there)
    dry = run(f"targets set a growth 2024 5.5 {BY} --dry-run", at=there)
    assert every_byte(there) == before
    assert "--dry-run: nothing was written; files to be changed: targets.toml" in dry.err
    assert (dry.code, dry.out) == (0, run(f"targets set a growth 2024 5.5 {BY}", at=there).out)
    assert every_byte(there) != before


def test_no_target_is_ever_lost(run, city):
    there = city({"growth 2024": {"a": {"value": "5", "set": None, "source": None}}}, ROWS).folder
    for number, day in enumerate(("2024-02-01", "2024-03-01", "2024-04")):
        assert (
            run(
                [
                    "targets",
                    "set",
                    "a",
                    "growth",
                    "2024",
                    f"5.{number}",
                    "--set",
                    day,
                    "--source",
                    "s1",
                ],
                at=there,
            ).code
            == 0
        )
    assert entries(there) == [
        ("5", "", "", ""),
        ("5.0", "2024-02-01", "s1", ""),
        ("5.1", "2024-03-01", "s1", ""),
        ("5.2", "2024-04", "s1", ""),
    ]


def test_a_text_can_hold_anything(run, city):
    there = city(CITY, ROWS).folder
    source = '=cmd("x")\n\\[red]\x1b[31m# "'
    said = run(
        ["targets", "set", "a", "growth", "2025", "5", "--set", "2025-01-05", "--source", source],
        at=there,
    )
    assert said.code == 0
    assert "\x1b" not in said.out + said.err
    assert entries(there, period="2025") == [("5", "2025-01-05", source, "")]


@pytest.mark.parametrize(
    "raw",
    [b"[workspace\n", b'[workspace]\ntitle = "caf\xe9"\n', b""],
    ids=["syntax", "not UTF-8", "empty"],
)
def test_a_file_that_cannot_be_read_is_left_alone(tmp_path, run, raw):
    write(tmp_path, {TOML: raw})
    before = every_byte(tmp_path)
    said = run([*SET, "--workspace", "."], at=tmp_path)
    assert (said.code, said.out) == (3, "")
    assert "nothing was written" in said.err
    assert every_byte(tmp_path) == before


def test_line_ends_of_an_old_macintosh_are_refused_not_damaged(tmp_path, run):
    write(tmp_path, {TOML: GOOD[TOML].replace("\n", "\r")})
    before = every_byte(tmp_path)
    said = run([*SET, "--workspace", "."], at=tmp_path)
    assert said.code == 3
    assert said.err.startswith("targets.toml: targets.growth.2024.a: error: ")
    assert "add the entry by hand" in said.err
    assert every_byte(tmp_path) == before


def test_faults_that_stood_there_before_do_not_keep_an_entry_out(tmp_path, run):
    text = (
        GOOD[TOML] + 'b = [{ value = "5", set = 2024-01-15 }, { value = "6", set = 2024-01-15 }]\n'
    )
    write(tmp_path, {TOML: text})
    said = run([*SET, "--workspace", "."], at=tmp_path)
    assert said.code == 0
    assert said.err == ""


def test_the_change_knows_what_it_was_made_from(tmp_path):
    from dtrack.editing.targets import TargetEntry, set_target
    from dtrack.storage.changeset import fingerprint
    from dtrack.workspace import load

    write(tmp_path)
    edit = set_target(load(tmp_path), "a", "growth", "2024", TargetEntry("6", "2024-05-01", "s1"))
    assert edit.change.seen == {TOML: fingerprint((tmp_path / TOML).read_bytes())}
    assert list(edit.change.files) == [TOML]


# The list goes on working


@pytest.mark.parametrize(
    "typed", ["targets", "targets --half H1-2024", "targets -f csv", "targets --district haidian"]
)
def test_the_list_needs_no_command(run, typed):
    said = run(typed)
    assert said.code == 0
    assert "target" in said.out


def test_an_option_before_the_command_is_not_lost(run, city):
    there = city(CITY, ROWS).folder
    before = every_byte(there)
    said = run(f"targets --workspace . set a growth 2024 5.5 {BY}", at=there)
    assert said.code == 2
    assert "after “set”" in said.err
    assert every_byte(there) == before


# Which verdicts a change turns


def test_turned_tells_the_cells_whose_verdict_is_another(city):
    from decimal import Decimal

    from dtrack.analysis.impact import VerdictChange, verdict_changes
    from dtrack.workspace import load

    there = city(CITY, ROWS)
    before, text = load(there.folder), (there.folder / TOML).read_text(encoding="utf-8")
    assert list(verdict_changes(before, before, "H1-2024")) == []
    after = load(
        there.folder, {TOML: text.replace("around 5", "5.5").replace('"5"', '"5.1"').encode()}
    )
    turn = VerdictChange("a", "growth", "met", "missed", Decimal("0.4"), Decimal("-0.1"), "H1-2024")
    assert list(verdict_changes(before, after, "H1-2024")) == [
        turn
    ]  # b is met by 0.1 and then by 0.0
    assert list(verdict_changes(before, after, "H1-2024", areas=["b"])) == []
    assert list(verdict_changes(before, after, "H1-2024", indicators=["growth"])) == [turn]
    assert list(verdict_changes(after, before, "H1-2024")) == [
        VerdictChange("a", "growth", "missed", "met", Decimal("-0.1"), Decimal("0.4"), "H1-2024")
    ]


def test_turned_of_an_area_that_was_not_there(tmp_path):
    from dtrack.analysis.impact import verdict_changes
    from dtrack.workspace import load

    write(tmp_path)
    after = load(tmp_path)
    areas, rows = (
        GOOD["data/areas.csv"].replace("a,,city,Alpha,,,,\n", ""),
        GOOD["data/actuals/figures.csv"],
    )
    without = {
        "data/areas.csv": areas.encode(),
        TOML: HEAD.encode(),
        "data/actuals/figures.csv": rows.encode(),
    }
    before = load(tmp_path, without)
    assert [
        (t.area, t.verdict_before, t.verdict_after)
        for t in verdict_changes(before, after, "H1-2024")
    ] == [("a", "", "missed")]
    assert [
        (t.area, t.verdict_before, t.verdict_after)
        for t in verdict_changes(after, before, "H1-2024")
    ] == []


# Many at once
CELLS = st.lists(
    st.tuples(
        st.sampled_from(["a", "b", "city"]),
        st.sampled_from(["growth", "level"]),
        st.sampled_from(sorted(YEARS)),
        st.sampled_from(["5", "at least 6", "7.5"]),
    ),
    min_size=1,
    max_size=8,
)


@pytest.mark.slow
@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(text=files(), cells=CELLS)
def test_many_put_in_together_say_what_they_say_one_by_one(tmp_path, text, cells):
    from dtrack.core.period import Period
    from dtrack.editing.targets import TargetEntry, target_cell
    from dtrack.storage.toml_editor import inserted
    from dtrack.workspace import load

    write(tmp_path, AREAS | {TOML: text.encode()})
    dataset = load(tmp_path)
    wanted = []
    for area, indicator, period, value in cells:
        if indicator in dataset.indicator_position:
            place = target_cell(
                dataset,
                dataset.find_area(area),
                dataset.find_indicator(indicator),
                Period.parse(period),
            )
            wanted.append((place, TargetEntry(value, "2022-05-01", "s1").written()))
    one_by_one = text.encode()
    for one in wanted:
        one_by_one = inserted(one_by_one, [one])
    together = inserted(text.encode(), wanted).decode()
    assert only_adds(text, together)

    def said(text: str) -> list[tuple[str, ...]]:
        rows = load(tmp_path, {TOML: text.encode()}).targets[
            ["area", "indicator", "period", "value", "set", "source"]
        ]
        return sorted(tuple(map(str, row)) for row in rows.itertuples(index=False))

    assert said(together) == said(one_by_one.decode())


@pytest.mark.parametrize(
    ("typed", "kept", "told"),
    [
        ("3300亿元", "3300", ""),
        ("超33000000万元", "超33000000万", ""),
        ("不到1500", "不到1500", "[wording-against-better]"),
        ("力争3300亿元", "3300", "“力争3300亿元” was interpreted as 3300"),
        ("力争超3300", "超3300", "was interpreted as > 3,300"),
    ],
)
def test_a_target_with_its_unit_or_a_word_of_striving_is_understood(
    run, tmp_path, typed, kept, told
):
    import shutil

    shutil.copytree(ROOT / "examples/symposium", tmp_path / "s")
    words = ["--set", "2025-01-10", "--source", "illustrative-haidian-plan-2024"]
    said = run(
        ["targets", "set", "haidian", "digital_va", "2025", typed, *words], at=tmp_path / "s"
    )
    assert said.code == 0, said.err
    targets = tomllib.loads((tmp_path / "s/targets.toml").read_text(encoding="utf-8"))["targets"]
    assert targets["digital_va"]["2025"]["haidian"]["value"] == kept
    assert told in said.err
    assert bool(said.err) == bool(told)
