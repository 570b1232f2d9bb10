"""README and the pages of docs/: every example is run, every link leads somewhere, nothing that they have to tell is missing."""

from __future__ import annotations

import re
import sys
import tomllib

import pytest

from support.returns import MENDED, MESSY, workbook
from support.workspaces import ROOT

sys.path.insert(0, str(ROOT / "docs"))
import cli_reference
import examples
import refresh

PAGES = {page.relative_to(ROOT).as_posix(): page for page in examples.pages()}
TEXTS = {name: page.read_text(encoding="utf-8") for name, page in PAGES.items()}
BLOCKS = [
    pytest.param(name, block, id=f"{name}, line {text.count(chr(10), 0, block.start)}")
    for name, text in TEXTS.items()
    for block in examples.blocks(text)
]
SHOWING = [
    name
    for name, text in TEXTS.items()
    if any(block.is_run or "file" in block.marks for block in examples.blocks(text))
]
# of pages: blocks that are run elsewhere, or that are no text of a program at all
TESTED_ELSEWHERE = {"docs/method.md": "tests/analysis/test_method.py"}
README, README_ZH = "README.md", "README.zh.md"
FINDINGS, SCHEMAS = "docs/reference/findings.md", "docs/reference/output-schemas.md"
FORMATS, IMPORT = "docs/reference/file-formats.md", "docs/reference/import.md"


def toml_of(name: str) -> list[str]:
    return [block.text for block in examples.blocks(TEXTS[name]) if block.kind == "toml"]


# Examples


@pytest.mark.parametrize("name", SHOWING)
def test_a_page_shows_what_the_program_prints(name):
    told = examples.told(TEXTS[name])
    assert [line for each in told for line in examples.missing(each)] == []
    last = {each.block.start: each for each in told}
    wrong = [
        (each.command, each.code)
        for each in told
        if each.code
        != int(each.block.marks.get("exit", 0) if each is last[each.block.start] else 0)
    ]
    assert wrong == []


@pytest.mark.parametrize(("name", "block"), BLOCKS)
def test_every_block_is_run_or_says_why_not(name, block):
    """A `text` block is a drawing; all others are commands, data or programs that some test reads."""
    if "not run" in block.marks:
        assert len(block.marks["not run"].split()) > 3
        assert block.kind in {"sh", "console"}
    elif block.kind in {"", "text"}:
        assert not re.search(r"^\$ ", block.text, re.MULTILINE)
    else:
        assert block.kind in {"console", "python", "toml", "csv"}
        assert block.kind != "csv" or "file" in block.marks


def test_few_examples_are_not_run():
    left = [name for name, text in TEXTS.items() for _ in re.findall("<!-- not run", text)]
    assert len(left) <= 6, left


def test_every_fence_and_every_mark_is_one_that_is_known():
    """An indented fence or a mistyped mark would be passed over without a word."""
    for name, text in TEXTS.items():
        fences = len(re.findall(r"^\s*```", text, re.MULTILINE))
        assert fences == 2 * len(list(examples.blocks(text))), name
        marks = re.findall(r"^<!-- ([a-z ]+?)(?::| -->)", text, re.MULTILINE)
        assert set(marks) <= {*examples.MARKS, "begin", "end"}, name


PYTHON = [
    pytest.param(block.text, id=name)
    for name, text in TEXTS.items()
    if name not in TESTED_ELSEWHERE
    for block in examples.blocks(text)
    if block.kind == "python"
]


@pytest.mark.parametrize("code", PYTHON)
def test_a_program_on_a_page_runs(code, monkeypatch):
    monkeypatch.chdir(ROOT)
    exec(compile(code, "page", "exec"), {"__name__": "page"})


@pytest.mark.parametrize(
    ("name", "block"), [each for each in BLOCKS if each.values[1].kind == "toml"]
)
def test_toml_on_a_page_is_toml(name, block):
    assert tomllib.loads(block.text)


def test_the_comparison_finds_what_is_not_printed():
    printed = ["a", "b", "c d", "e"]

    def missing(quoted: list[str]) -> list[str]:
        block = examples.Block("console", "", 0, {"excerpt": ""})
        return examples.missing(examples.Told(block, "x", quoted, printed, 0))

    assert missing(["a", "b", "c d", "e"]) == []
    assert missing(["…", "b", "…"]) == []
    assert missing(["a", "b", "c …", "e"]) == []
    assert missing(["a", "c d", "e"]) == ["c d", "e"]
    assert missing(["…", "e", "…", "b"]) == ["b"]
    assert missing(["a", "b"]) == ["more: c d"]
    assert missing(["…", "c"]) == ["c"]


def test_the_first_lines_end_with_a_mark_and_not_with_a_blank():
    block = examples.Block("console", "", 0, {"first": "3"})
    assert examples.Told(block, "x", [], ["a", "", "", "b"], 0).shown == ["a", "…"]
    assert examples.Told(block, "x", [], ["a", "b", "c"], 0).shown == ["a", "b", "c"]


def test_a_session_is_recorded_as_it_is_typed():
    text = "<!-- in: empty -->\n```console\n$ dtrack init x\n$ cd x\nold\n```\nafter\n"
    recorded = examples.recorded(text)
    assert recorded.startswith(
        "<!-- in: empty -->\n```console\n$ dtrack init x\nWrote targets.toml"
    )
    assert recorded.endswith("\n$ cd x\n```\nafter\n")


# Tables


@pytest.mark.parametrize("name", [name for name, text in TEXTS.items() if "<!-- begin: " in text])
def test_the_tables_are_those_of_the_source(name):
    assert refresh.with_tables(TEXTS[name], PAGES[name]) == TEXTS[name]


def test_every_table_has_a_place():
    places = set(re.findall(r"<!-- begin: ([\w-]+) -->", "\n".join(TEXTS.values())))
    assert places == set(refresh.tables(PAGES[README]))


def test_the_readmes_name_every_command():
    row = re.compile(
        r"^\|[^|]*\| \[`([a-z ]+)`\]\(docs/reference/cli\.md#([a-z-]+)\)", re.MULTILINE
    )
    for name in (README, README_ZH):
        told = row.findall(TEXTS[name])
        assert told == [(each, each.replace(" ", "-")) for each in cli_reference.commands()]


def test_the_reference_has_every_option_of_every_command():
    text = TEXTS["docs/reference/cli.md"]
    for name, command in cli_reference.commands().items():
        part = text.split(f"\n## {name}\n", 1)[1].split("\n## ")[0]
        shown = [each for each in command.params if not getattr(each, "hidden", False)]
        words = [word for each in shown if each.param_type_name == "option" for word in each.opts]
        words += [str(each.name).upper() for each in shown if each.param_type_name == "argument"]
        assert [word for word in words if word not in part] == []


def test_every_finding_and_every_exit_code_is_told():
    from dtrack.core.rules import CATALOGUE

    assert [code for code in CATALOGUE if f"| `{code}` |" not in TEXTS[FINDINGS]] == []
    codes = re.findall(r"^\| (\d+) \|", TEXTS["docs/reference/cli.md"], re.MULTILINE)
    assert codes == ["0", "2", "3", "4", "70", "130"]


# Links

HEADING = re.compile(r"^#+ (.*?)\s*$", re.MULTILINE)


def anchors(text: str) -> set[str]:
    """The anchors of a page, as GitHub and the site make them of its headings."""
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    kept = [re.sub(r"[^\w\- ]", "", heading.lower()) for heading in HEADING.findall(outside)]
    return {words.strip().replace(" ", "-") for words in kept}


def links(text: str) -> list[tuple[str, str]]:
    """(file, anchor) of the relative links of a page, pictures included."""
    outside = re.sub(r"^```.*?^```$", "", text, flags=re.MULTILINE | re.DOTALL)
    return re.findall(r"\]\((?!https?:)([^)#\s]*)(?:#([^)\s]*))?\)", outside)


ALL = {
    *PAGES,
    "CONTRIBUTING.md",
    "data/README.md",
    "examples/symposium/README.md",
    "bench/README.md",
}


@pytest.mark.parametrize("name", sorted(ALL))
def test_every_relative_link_leads_somewhere(name):
    page = ROOT / name
    lost = []
    for to, anchor in links(page.read_text(encoding="utf-8")):
        there = (page.parent / to).resolve() if to else page
        if not there.is_relative_to(ROOT) or not there.exists():
            lost.append(to)
        elif anchor and anchor not in anchors(there.read_text(encoding="utf-8")):
            lost.append(f"{to}#{anchor}")
    assert lost == []


def test_every_page_is_in_the_table_of_contents():
    told = re.findall(
        r"([\w/.-]+\.md)$", (ROOT / "mkdocs.yml").read_text(encoding="utf-8"), re.MULTILINE
    )
    in_english = [
        name.removeprefix("docs/")
        for name in PAGES
        if name.startswith("docs/") and not re.search(r"\.\w\w\.md$", name)
    ]
    assert sorted(told) == sorted(in_english)


def test_links_that_lead_out_of_the_site_become_names_of_files():
    import site_hooks

    page = ROOT / "docs/reference/api.md"
    text = "[a](../../CONTRIBUTING.md) [b](../method.md#pace) [c](https://x.org) [d](#here)"
    assert site_hooks.inside(text, page) == (
        "a (`CONTRIBUTING.md`) [b](../method.md#pace) [c](https://x.org) [d](#here)"
    )


def test_readme_is_short():
    for name in (README, README_ZH):
        assert len(TEXTS[name].splitlines()) <= 200


def test_readme_has_what_a_clean_machine_is_tried_with():
    assert 'pip install -e ".[dev]"' in TEXTS[README]
    assert "pytest -n auto" in TEXTS[README]


# The pages' own data


def test_the_example_of_targets_toml_is_a_workspace(tmp_path):
    import dtrack

    (text, _) = toml_of(FORMATS)
    (tmp_path / "targets.toml").write_text(text, encoding="utf-8")
    areas = [
        "country,",
        "rivermouth,",
        *(f"{each},rivermouth" for each in ("harbour", "hill", "mill")),
    ]
    files = {
        "areas.csv": ["id,parent,name_en", *(f"{row},{row.split(',')[0]}" for row in areas)],
        "sources.csv": [
            "id,title",
            *(f"{each},x" for each in sorted(set(re.findall(r'source = "([\w-]+)"', text)))),
        ],
        "actuals/a.csv": [
            "area,indicator,period,value,status,published,source,note",
            "harbour,gdp_growth,H1-2024,6.1,illustrative,2024-07-20,plan-2024,",
        ],
    }
    for name, rows in files.items():
        file = tmp_path / "data" / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text("\n".join(rows) + "\n", encoding="utf-8")
    found = dtrack.open(tmp_path).findings
    assert [each for each in found if each.severity != "info"] == []


def test_the_workbook_is_the_one_that_the_page_shows():
    text = TEXTS["docs/how-to/import.md"]
    rows = dict(re.findall(r"^\| (\d+) \| (.*?) \|", text, re.MULTILINE))
    assert list(rows.values()) == ["合计", *(area for _, area, _, _ in MESSY[:4])]
    for number, (_, area, level, growth) in enumerate(MESSY[:4], start=6):
        assert f"| {number} | {area} | {level} | {growth} |" in text


def test_the_map_is_one_that_fits_the_workbook(run, symposium):
    (text,) = toml_of(IMPORT)
    (symposium.parent / "map.toml").write_text(text, encoding="utf-8")
    (symposium.parent / "workbook.xlsx").write_bytes(workbook(MENDED))
    words = "import ../workbook.xlsx --half H1-2024 --published 2024-08-30 --source returns-2024 --dry-run -f csv"
    without, with_it = run(words, at=symposium), run(f"{words} --map ../map.toml", at=symposium)
    assert (with_it.code, "map" in with_it.err) == (0, False)
    assert with_it.out == without.out


def test_the_map_shows_every_key():
    from dtrack.importing.mapping import _COLUMN_KEYS, _KEYS

    (text,) = toml_of(IMPORT)
    assert [key for key in (*_KEYS, *_COLUMN_KEYS) if not re.search(rf"\b{key}\b", text)] == []


def test_the_line_of_a_target_that_is_set_anew(run, symposium):
    (line,) = toml_of("docs/how-to/edit.md")
    for each in examples.told(TEXTS["docs/how-to/edit.md"]):
        run(each.command.removeprefix("dtrack "), at=symposium)
    assert line.strip() in (symposium / "targets.toml").read_text(encoding="utf-8").splitlines()


@pytest.mark.parametrize("command", ["import", "check"])
def test_the_columns_of_import_and_check(run, symposium, command):
    (symposium.parent / "workbook.xlsx").write_bytes(workbook(MENDED))
    words = {
        "import": "import ../workbook.xlsx --half H1-2024 --published 2024-08-30 --source s --dry-run -f csv",
        "check": "check -f csv",
    }
    header = run(words[command], at=symposium).out.splitlines()[0].split(",")
    part = TEXTS[SCHEMAS].split(f"\n## {command}\n", 1)[1].split("\n## ")[0]
    told = (
        re.findall(r"`([a-z_,]+)`", part)
        if command == "import"
        else re.findall(r"^\| `(\w+)` \|", part, re.MULTILINE)
    )
    assert ",".join(told) == ",".join(header)


def test_an_acceptance_as_the_page_writes_it():
    from dtrack.validation.accepted import _KEYS

    (_, text) = toml_of(FORMATS)
    (entry,) = tomllib.loads(text)["accepted"]
    assert set(entry) == set(_KEYS)


def test_the_log_of_imports_as_the_page_writes_it():
    from dtrack.importing.register import COLUMNS

    assert f"`{','.join(COLUMNS)}`" in TEXTS[FORMATS]


def test_the_json_schema(run):
    said = run("report --half H1-2024 -i gdp_growth -d haidian -f json")
    assert said.out.startswith('{"schema": 1, "sheet": ')
    assert '`{"schema": 1, "sheet": …, "rows": [{…}, …]}`' in TEXTS[SCHEMAS]
