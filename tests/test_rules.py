"""The house rules of docs/design.md §5, proved on the source itself, and README held against the program."""

from __future__ import annotations

import ast
import os
import re
import shlex
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest
from conftest import ROOT

SOURCE = ROOT / "src/dtrack"
PATHS = {  # dotted name → file
    ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
}
MODULES = sorted(PATHS)
FLOORS = (  # from the ground up; an import goes to a lower floor, or along its own without a circle
    (
        "catalogue",
        "errors",
        "files",
        "change",
        "period",
        "figure",
        "units",
        "csvtext",
        "languages",
        "tongue",
        "texts",
    ),
    ("schema", "model", "spelling", "sheet", "frames", "coded", "sentences"),
    (
        "checks",
        "relevance",
        "choose",
        "cells",
        "lost",
        "verdict",
        "pace",
        "assess",
        "notes",
        "board",
        "ranks",
        "history",
        "revisions",
        "catchup",
        "averages",
        "city",
        "reconciliation",
        "path",
        "journeys",
        "plausible",
        "completeness",
    ),
    (
        "rows",
        "torn",
        "tomltext",
        "keys",
        "targets",
        "actuals",
        "directory",
        "workspace",
        "view",
        "facts",
        "pictures",
        "reports",
        "story",
        "promises",
        "answers",
        "starter",
        "render",
        "acceptance",
        "intake",
        "edits",
        "exchange",
        "locate",
    ),
    ("",),  # dtrack itself: the public API
    ("cli",),
    ("__main__",),
)
CLI = ("dtrack.cli", "dtrack.__main__")


@cache
def tree(module: str) -> ast.Module:
    return ast.parse(PATHS[module].read_text(encoding="utf-8"))


def inside(module: str, *rooms: str) -> bool:
    return any(module == room or module.startswith(f"{room}.") for room in rooms)


def imports_in(node: ast.AST) -> Iterator[str]:
    """The names that an import statement brings in, as dotted modules."""
    if isinstance(node, ast.Import):
        yield from (name.name for name in node.names)
    elif isinstance(node, ast.ImportFrom) and node.module:
        for name in node.names:
            whole = f"{node.module}.{name.name}"
            yield whole if whole in PATHS else node.module


def imports(module: str) -> set[str]:
    """Every module imported anywhere in this one, functions and type checking included."""
    return {name for node in ast.walk(tree(module)) for name in imports_in(node)}


def imports_at_start(module: str) -> set[str]:
    """What is imported when the module is: not inside functions, not for type checking alone."""

    def walk(nodes: list[ast.stmt]) -> Iterator[str]:
        for node in nodes:
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                continue
            if isinstance(node, ast.If) and "TYPE_CHECKING" in ast.unparse(node.test):
                yield from walk(node.orelse)
                continue
            yield from imports_in(node)
            for inner in ("body", "orelse", "finalbody"):
                yield from walk(getattr(node, inner, []))

    return set(walk(tree(module).body))


def floor(module: str) -> int:
    room = module.removeprefix("dtrack").removeprefix(".").split(".")[0]
    found = [number for number, rooms in enumerate(FLOORS) if room in rooms]
    assert found, f"{module} has no floor yet: give it one in FLOORS"
    return found[0]


def ours(module: str) -> set[str]:
    return {name for name in imports(module) if inside(name, "dtrack")} - {module}


def of_package(names: set[str], *packages: str) -> set[str]:
    return {name for name in names if name.split(".")[0] in packages}


# Imports


@pytest.mark.parametrize("module", MODULES)
def test_imports_go_down_only(module):
    assert [name for name in ours(module) if floor(name) > floor(module) and name != "dtrack"] == []


def test_no_imports_in_a_circle():
    left = {module: {name for name in ours(module) if name != "dtrack"} for module in MODULES}
    while free := [module for module, needs in left.items() if not needs & set(left)]:
        for module in free:
            del left[module]
    assert left == {} or all(
        inside(module, "dtrack.cli") for module in left
    )  # commands and their app know one another


@pytest.mark.parametrize(
    "module", [module for module in MODULES if inside(module, "dtrack.rendering")]
)
def test_a_writer_imports_the_sheet_and_nothing_else_of_ours(module):
    own = {
        "dtrack.rendering.html": ("bars", "svg"),
        "dtrack.rendering.plain": ("bars",),
        "dtrack.rendering.terminal": ("bars",),
    }.get(module, ())
    assert ours(module) <= {
        "dtrack.reporting.document",
        "dtrack.core.sanitize",
        "dtrack.core.translate",
        *(f"dtrack.rendering.{room}" for room in own),
    }


@pytest.mark.parametrize("module", MODULES)
def test_rich_and_typer_have_their_rooms(module):
    assert of_package(imports(module), "rich") == set() or inside(
        module, "dtrack.cli", "dtrack.rendering.terminal"
    )
    assert of_package(imports(module), "typer", "click") == set() or inside(module, "dtrack.cli")


@pytest.mark.parametrize("module", MODULES)
def test_pandas_rich_and_writers_are_imported_inside_functions(module):
    heavy = (
        "pandas",
        "rich",
        "tomli_w",
        "openpyxl",
        "xlsxwriter",
        "tomlkit",
        "filelock",
        "jinja2",
        "markupsafe",
        "babel",
    )
    assert of_package(imports_at_start(module), *heavy) == set()
    writers = {name for name in imports_at_start(module) if name.startswith("dtrack.rendering.")}
    light = {"dtrack.rendering.formats", "dtrack.rendering.bars"}  # a table, and plain characters
    assert writers <= light


@pytest.mark.parametrize("module", [module for module in MODULES if inside(module, *CLI)])
def test_what_help_loads_imports_no_numpy(module):
    seen, ahead = set(), {module}
    while ahead:
        seen |= ahead
        names = {name for one in ahead for name in imports_at_start(one)}
        assert of_package(names, "numpy", "pandas", "tomllib") == set()
        ahead = {name for name in names if name in PATHS} - seen


# Names and shape


@pytest.mark.parametrize("module", MODULES)
def test_shape_of_a_module(module):
    text = PATHS[module].read_text(encoding="utf-8")
    assert len(text.splitlines()) <= 300
    assert ast.get_docstring(tree(module))
    name = module.split(".")[-1]
    assert name not in sys.stdlib_module_names or name == "__main__"
    assert name not in {"utils", "util"}


@pytest.mark.parametrize("module", MODULES)
def test_no_class_is_named_after_nothing(module):
    classes = [node.name for node in ast.walk(tree(module)) if isinstance(node, ast.ClassDef)]
    assert [name for name in classes if re.search(r"(Manager|Handler|Helper|Base)$", name)] == []


# Who may do what

OUTSIDE = re.compile(
    r"\b(sys\.(stdout|stderr|stdin|argv|exit)|os\.(environ|getenv|get_terminal_size|getcwd|isatty)|shutil\.get_terminal_size"
    r"|time\.\w+|date\.today|datetime\.(now|today|utcnow)|Path\.(cwd|home)|locale\.\w+|getpass\.\w+|socket\.\w+)\b|\.isatty\b"
)
WRITING = re.compile(r"\.(write_text|write_bytes|mkdir|unlink|rename|replace_with|touch)$")


def used(module: str) -> Iterator[tuple[int, str]]:
    """Every dotted name that stands in the module, with its line."""
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Attribute):
            yield node.lineno, ast.unparse(node)


@pytest.mark.parametrize("module", [module for module in MODULES if not inside(module, *CLI)])
def test_only_the_command_line_prints_writes_exits_or_looks_around(module):
    calls = [node for node in ast.walk(tree(module)) if isinstance(node, ast.Call)]
    assert [
        call.lineno
        for call in calls
        if ast.unparse(call.func) in {"print", "input", "exit", "quit"}
    ] == []
    opened = [ast.unparse(call) for call in calls if ast.unparse(call.func).endswith("open")]
    assert [text for text in opened if re.search(r"['\"][wax]b?\+?['\"]", text)] == []
    assert [
        (line, name) for line, name in used(module) if OUTSIDE.search(name) or WRITING.search(name)
    ] == []


# What starts without pandas

START = """
import sys
from dtrack.__main__ import run

sys.argv[0] = "dtrack"
try:
    run()
finally:
    heavy = {"pandas", "numpy", "pydantic", "rich.table"} & set(sys.modules)
    sys.stderr.write(f"loaded: {sorted(heavy)}")
"""
COMPLETION = {"_DTRACK_COMPLETE": "complete_bash", "COMP_WORDS": "dtrack re", "COMP_CWORD": "1"}


@pytest.mark.parametrize(
    ("words", "variables", "says"),
    [
        (["--help"], {}, "Usage"),
        (["--version"], {}, "dtrack 0."),
        (["report", "--help"], {}, "--half"),
        ([], COMPLETION, "report"),
        ([], COMPLETION | {"COMP_WORDS": "dtrack gap --dis", "COMP_CWORD": "2"}, "--district"),
    ],
    ids=[
        "--help",
        "--version",
        "report --help",
        "completion of a command",
        "completion of an option",
    ],
)
def test_help_version_and_completion_never_load_pandas(words, variables, says):
    started = [sys.executable, "-c", START, *words]
    ran = subprocess.run(
        started, env=os.environ | variables, capture_output=True, text=True, check=False
    )
    assert says in ran.stdout
    assert ran.stderr == "loaded: []"


def test_typer_is_held_below_the_version_that_loads_pydantic():
    needs = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"][
        "dependencies"
    ]
    (typer,) = [need for need in needs if need.startswith("typer")]
    assert re.search(r"<0\.29\b", typer)


# README

README = (ROOT / "README.md").read_text(encoding="utf-8")
AS_INSTALLED = "import sys; sys.argv[0] = 'dtrack'; from dtrack.__main__ import run; run()"
BLOCKS = dict(
    re.findall(r"^```text\n\$ dtrack( [^\n]*)?\n(.*?)^```$", README, re.MULTILINE | re.DOTALL)
)


def commands() -> list[str]:
    """Every command as it is typed, those of groups too: report, targets, targets set."""
    from dtrack.cli import app_of

    app = app_of()
    found = [str(command.name) for command in app.registered_commands]
    for group in app.registered_groups:
        found += [
            str(group.name),
            *(
                f"{group.name} {command.name}"
                for command in group.typer_instance.registered_commands
            ),
        ]
    return found


def test_readme_has_the_help_of_every_command():
    assert {words.strip() for words in BLOCKS if "--help" in words} == {
        "--help",
        *(f"{name} --help" for name in commands()),
    }


@pytest.mark.parametrize("words", list(BLOCKS))
def test_readme_shows_what_the_program_prints(words):
    """At 100 columns, without colour, in the folder of the repository."""
    typed = [sys.executable, "-c", AS_INSTALLED, *shlex.split(words)]
    variables = os.environ | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    ran = subprocess.run(
        typed, cwd=ROOT, env=variables, capture_output=True, encoding="utf-8", check=False
    )
    told, shown = (
        [line.rstrip() for line in text.strip().splitlines()]
        for text in (ran.stdout, BLOCKS[words])
    )
    assert shown == told


def test_readme_explains_every_command_finding_code_exit_code_and_column():
    from dtrack.core.rules import CATALOGUE
    from dtrack.model.schema import ASSESSMENT, HISTORY

    words = [*(f"dtrack {command}" for command in commands()), *(f"`{code}`" for code in CATALOGUE)]
    words += [f"`{column.name}`" for column in ASSESSMENT + HISTORY]
    assert [word for word in words if word not in README] == []
    table = README[README.index("### Exit codes") :]
    assert [
        code
        for code in ("0", "2", "3", "4", "70", "130")
        if not re.search(rf"\| *`?{code}`? *\|", table)
    ] == []


def test_files_that_readme_points_to_are_there():
    names = re.findall(r"\]\((?!https?:|#)([^)#]+)", README)
    assert names
    assert [name for name in names if not (ROOT / name).exists()] == []


def test_the_package_says_nothing_of_places_outside_the_repository():
    paths = [*PATHS.values(), ROOT / "README.md", ROOT / "data/README.md"]
    assert [
        path.name
        for path in paths
        if re.search(r"/(?:home|root|work)/|\.\./shared", path.read_text(encoding="utf-8"))
    ] == []
