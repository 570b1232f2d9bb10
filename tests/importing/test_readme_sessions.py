"""README's sessions of the commands that write, held against the program: typed in order, every quoted line is printed.

They run on a copy of examples/symposium with the workbooks of returns.py. In a quoted block `…` alone on a line stands
for lines that are left out, at the end of a line for the rest of it; nothing else may differ.
"""

from __future__ import annotations

import re
import tomllib

import pytest

from support.returns import MENDED, MESSY, workbook
from support.workspaces import ROOT

README = (ROOT / "README.md").read_text(encoding="utf-8")
CHECK, IMPORT, ADD, SET, INIT = (
    README.index(f"\n{heading}\n")
    for heading in ("### check", "### import", "### add", "#### targets set", "### init")
)


def commands(text: str) -> list[tuple[str, list[str]]]:
    """(command, quoted lines) of the console blocks in the text, in order."""
    blocks = re.findall(r"^```console\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    typed = [
        part for block in blocks for part in re.split(r"^\$ dtrack ", block, flags=re.MULTILINE)[1:]
    ]
    return [(part.splitlines()[0], part.splitlines()[1:]) for part in typed]


SESSION = commands(README[IMPORT:INIT])
FIRST = "import ../workbook.xlsx"


def left(quoted: list[str], printed: list[str]) -> list[str]:
    """The quoted lines that are not printed where they should be: one after the other, nothing between that is not told by …"""
    at, gap, wrong = 0, False, []
    for line in quoted:
        if line == "…":
            gap = True
            continue
        start, cut = (line.removesuffix(" …"), True) if line.endswith(" …") else (line, False)
        hits = [
            n
            for n in range(at, len(printed))
            if (printed[n].startswith(start) if cut else printed[n] == line)
        ]
        if hits and (gap or hits[0] == at):
            at, gap = hits[0] + 1, False
        else:
            wrong.append(line)
    return wrong if gap or at == len(printed) or wrong else [f"and more is printed: {printed[at]}"]


def lines(said) -> list[str]:
    """What a session shows: stdout, then stderr."""
    return [line.rstrip() for line in (said.out + said.err).splitlines()]


def test_the_comparison_finds_what_is_not_printed():
    printed = ["a", "b", "c d", "e"]
    assert left(["a", "b", "c d", "e"], printed) == []
    assert left(["…", "b", "…"], printed) == []
    assert left(["a", "b", "c …", "e"], printed) == []
    assert left(["a", "c d", "e"], printed) == ["c d", "e"]
    assert left(["…", "e", "…", "b"], printed) == ["b"]
    assert left(["a", "b"], printed) == ["and more is printed: c d"]
    assert left(["…", "c"], printed) == ["c"]


def test_the_sessions_of_what_writes(run, symposium):
    sent = [workbook(MESSY), workbook(MENDED)]
    told, codes = [], []
    for typed, quoted in SESSION:
        if typed.startswith(FIRST):
            (symposium.parent / "workbook.xlsx").write_bytes(sent.pop(0))
        said = run(typed, at=symposium)
        codes.append((typed.split(" --")[0], said.code))
        told += [(typed, line) for line in left(quoted, lines(said))]
    assert told == []
    assert sent == []
    report, done = ("report", 0), 0
    assert codes == [
        report,
        (FIRST, 3),
        (FIRST, done),
        report,
        ("why fangshan digital_va_growth H1-2024", done),
        ("import", done),
        ("sources add haidian-call", done),
        ("add haidian digital_va_growth H1-2024 8.6", done),
        ('targets set haidian digital_va_growth 2024 "around 9"', done),
    ]
    (line,) = re.findall(r"^```toml\n(.*)\n```$", README[SET:INIT], re.MULTILINE)
    assert line in (symposium / "targets.toml").read_text(encoding="utf-8").splitlines()


def test_the_session_of_check(run):
    ((typed, quoted),) = commands(README[CHECK:IMPORT])
    assert left(quoted, lines(run(typed, at=ROOT))) == []


def test_the_workbook_is_the_one_that_readme_shows(run):
    rows = dict(re.findall(r"^\| (\d+) \| (.*?) \|", README[IMPORT:ADD], re.MULTILINE))
    assert list(rows.values()) == ["合计", *(area for _, area, _, _ in MESSY[:4])]
    for number, (_, area, level, growth) in enumerate(MESSY[:4], start=6):
        assert f"| {number} | {area} | {level} | {growth} |" in README


def the_map() -> str:
    (text,) = re.findall(r"^```toml\n(.*?)^```$", README[IMPORT:ADD], re.MULTILINE | re.DOTALL)
    return text


def test_the_map_is_one_that_fits_the_workbook(run, symposium):
    (symposium.parent / "map.toml").write_text(the_map(), encoding="utf-8")
    (symposium.parent / "workbook.xlsx").write_bytes(workbook(MENDED))
    words = "import ../workbook.xlsx --half H1-2024 --published 2024-08-30 --source returns-2024 --dry-run -f csv"
    without, with_it = run(words, at=symposium), run(f"{words} --map ../map.toml", at=symposium)
    assert (with_it.code, "map" in with_it.err) == (0, False)
    assert with_it.out == without.out


def test_the_map_shows_every_key():
    from dtrack.importing.mapping import _COLUMN_KEYS, _KEYS

    text = the_map()
    assert [key for key in (*_KEYS, *_COLUMN_KEYS) if not re.search(rf"\b{key}\b", text)] == []


@pytest.mark.parametrize("command", ["import", "check"])
def test_the_columns_of_import_and_check(run, symposium, command):
    (symposium.parent / "workbook.xlsx").write_bytes(workbook(MENDED))
    words = {
        "import": "import ../workbook.xlsx --half H1-2024 --published 2024-08-30 --source s --dry-run -f csv",
        "check": "check -f csv",
    }
    header = run(words[command], at=symposium).out.splitlines()[0].split(",")
    part = (
        README[README.index("## CSV columns") :]
        .split(f"`dtrack {command}`", 1)[1]
        .split("\n`dtrack ")[0]
        .split("\n<!--")[0]
    )
    told = (
        re.findall(r"`([a-z_,]+)`", part)
        if command == "import"
        else re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)
    )
    assert ",".join(told) == ",".join(header)


def test_an_acceptance_as_readme_writes_it():
    from dtrack.validation.accepted import _KEYS

    part = README[README.index("`data/accepted.toml` says") :]
    (text,) = re.findall(r"^```toml\n(.*?)^```$", part, re.MULTILINE | re.DOTALL)[:1]
    (entry,) = tomllib.loads(text)["accepted"]
    assert set(entry) == set(_KEYS)


def test_the_log_of_imports_as_readme_writes_it():
    from dtrack.importing.register import COLUMNS

    assert f"`{','.join(COLUMNS)}`" in README


def test_the_formats_and_the_json_schema(run):
    said = run("report --half H1-2024 -i gdp_growth -d haidian -f json")
    assert said.out.startswith('{"schema": 1, "sheet": ')
    assert '`{"schema": 1, "sheet": …, "rows": [{…}, …]}`' in README
