"""The house rules of docs/design.md §5, proved on the source itself."""

from __future__ import annotations

import ast
import os
import re
import subprocess
import sys
import tomllib
from collections.abc import Iterator
from functools import cache

import pytest

from support.workspaces import ROOT

SOURCE = ROOT / "src/dtrack"
PATHS = {  # dotted name → file
    ".".join(path.relative_to(SOURCE.parent).with_suffix("").parts).removesuffix(".__init__"): path
    for path in SOURCE.rglob("*.py")
}
MODULES = sorted(PATHS)
HEAVY = (
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
# the rooms that may look around, print, write and exit
CLI = ("dtrack.cli", "dtrack.__main__")
WRITERS = (*CLI, *(f"dtrack.storage.{room}" for room in ("disk", "lock", "plan", "transaction")))


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


def of_package(names: set[str], *packages: str) -> set[str]:
    return {name for name in names if name.split(".")[0] in packages}


# Imports; that they go down only is a contract of import-linter (.importlinter)


def test_rich_and_typer_have_their_rooms():
    rich = ("dtrack.cli", "dtrack.rendering.terminal", "dtrack.rendering.folding")
    rich += ("dtrack.rendering.widths",)
    assert [m for m in MODULES if of_package(imports(m), "rich") and not inside(m, *rich)] == []
    typer = [m for m in MODULES if of_package(imports(m), "typer", "click")]
    assert [m for m in typer if not inside(m, *CLI)] == []


def test_pandas_rich_and_writers_are_imported_inside_functions():
    assert [m for m in MODULES if of_package(imports_at_start(m), *HEAVY)] == []
    outside = [m for m in MODULES if not inside(m, "dtrack.rendering")]
    # the registry of formats names the writers, and loads one when it is asked for
    writers = {m for m in MODULES if inside(m, "dtrack.rendering")} - {"dtrack.rendering.formats"}
    assert [m for m in outside if imports_at_start(m) & (writers - {"dtrack.rendering"})] == []


def test_what_help_loads_imports_no_numpy():
    seen, ahead = set(), {module for module in MODULES if inside(module, *CLI)}
    while ahead:
        seen |= ahead
        ahead = {n for m in ahead for n in imports_at_start(m) if n in PATHS} - seen
    loaded = {module: of_package(imports_at_start(module), *HEAVY, "numpy") for module in seen}
    assert {module: names for module, names in loaded.items() if names} == {}


def test_writers_know_documents_and_nothing_else_of_ours():
    rooms = ("dtrack.core", "dtrack.i18n", "dtrack.rendering", "dtrack.reporting.document")
    writers = [module for module in MODULES if inside(module, "dtrack.rendering")]
    ours = {m: {n for n in imports(m) if inside(n, "dtrack")} for m in writers}
    beyond = {m: {n for n in names if not inside(n, *rooms)} for m, names in ours.items()}
    assert {module: names for module, names in beyond.items() if names} == {}


def test_no_imports_in_a_circle():
    """Within a room as between rooms; commands and their app know one another, and so does the API."""
    among = {m for m in MODULES if not inside(m, *CLI) and m != "dtrack"}
    left = {module: imports(module) & among - {module} for module in among}
    while free := [module for module, needs in left.items() if not needs & set(left)]:
        for module in free:
            del left[module]
    assert left == {}


# Names and shape


def test_modules_are_short_and_say_what_they_are():
    lines = {m: len(PATHS[m].read_text(encoding="utf-8").splitlines()) for m in MODULES}
    assert {module: count for module, count in lines.items() if count > 550} == {}
    assert sorted(lines.values())[len(lines) * 9 // 10] <= 300
    assert [module for module in MODULES if not ast.get_docstring(tree(module))] == []


def test_at_most_six_modules_stand_at_the_top():
    assert len([path for path in SOURCE.iterdir() if path.suffix == ".py"]) <= 6


def test_no_module_or_class_is_named_after_nothing():
    assert [m for m in MODULES if m.split(".")[-1] in {"utils", "util", "helpers"}] == []
    classes = [(m, n.name) for m in MODULES for n in ast.walk(tree(m)) if type(n) is ast.ClassDef]
    empty = re.compile(r"(Manager|Handler|Helper|Base)$")
    assert [(module, name) for module, name in classes if empty.search(name)] == []


# Who may do what

OUTSIDE = re.compile(
    r"\b(sys\.(stdout|stderr|stdin|argv|exit)"
    r"|os\.(environ|getenv|get_terminal_size|getcwd|isatty)|shutil\.get_terminal_size"
    r"|time\.\w+|date\.today|datetime\.(now|today|utcnow)|Path\.(cwd|home)"
    r"|locale\.\w+|getpass\.\w+|socket\.\w+)\b|\.isatty\b"
)
WRITING = re.compile(r"\.(write_text|write_bytes|mkdir|unlink|rename|replace_with|touch)$")


def deeds(module: str) -> list[tuple[int, str]]:
    """Lines of a module that print, open for writing, write or look around, each with its words."""
    found = []
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Call):
            called, text = ast.unparse(node.func), ast.unparse(node)
            opens = called.endswith("open") and re.search(r"['\"][wax]b?\+?['\"]", text)
            if opens or called in {"print", "input", "exit", "quit"}:
                found.append((node.lineno, text))
        elif isinstance(node, ast.Attribute):
            name = ast.unparse(node)
            if OUTSIDE.search(name) or WRITING.search(name):
                found.append((node.lineno, name))
    return found


def test_only_the_command_line_prints_writes_exits_or_looks_around():
    """Beside it the rooms that write a changeset, which are asked by it alone."""
    others = [module for module in MODULES if not inside(module, *WRITERS)]
    assert {module: found for module in others if (found := deeds(module))} == {}


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


# What is handed out


def test_the_package_says_nothing_of_places_outside_the_repository():
    pages = [*ROOT.glob("*.md"), *(ROOT / "docs").rglob("*.md"), ROOT / "data/README.md"]
    paths = [*PATHS.values(), *(page for page in pages if page.name != "decisions.md")]
    assert [
        path.name
        for path in paths
        if re.search(r"/(?:home|root|work)/|\.\./shared", path.read_text(encoding="utf-8"))
    ] == []
