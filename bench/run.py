"""Time dtrack as whole processes and print ratios: `python bench/run.py`.

What is measured: bench/README.md.

In come the `dtrack` of this interpreter's environment and generated workspaces, out goes a table
with the goals of the project beside it. Nothing is measured unless the bytecode of everything that
is imported is there and fresh.
"""

from __future__ import annotations

import argparse
import compileall
import importlib.util
import itertools
import math
import os
import platform
import shutil
import statistics
import struct
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from typing import NamedTuple

import workspaces

HERE = Path(__file__).resolve().parent
GENERATED = HERE / "generated"
QUICK = 5
LARGE = 500_000
PACKAGES = (
    "dtrack",
    "pandas",
    "numpy",
    "dateutil",
    "rich",
    "typer",
    "tomli_w",
    "filelock",
    "xlsxwriter",
)
SLOWING = (
    "PYTHONDONTWRITEBYTECODE",
    "PYTHONUNBUFFERED",
    "PYTHONDEVMODE",
    "PYTHONPROFILEIMPORTTIME",
    "PYTHONTRACEMALLOC",
    "PYTHONMALLOC",
    "DTRACK_WORKSPACE",
    "FORCE_COLOR",
)
READ_CSV = "import pandas; pandas.read_csv({!r})"


@dataclass(frozen=True, slots=True)
class Case:
    """One process to time. `says` must be in its output, so that no error message is ever timed.

    `rows` is the number of figures it reads; a `quick` one, of some hundredths of a second, runs
    QUICK times a round.
    `copy`: a folder and what is to be a fresh copy of it before each run, unmeasured, for a case
    that writes.
    """

    name: str
    command: tuple[str, ...]
    says: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    quick: bool = False
    copy: tuple[Path, Path] | None = None


class Run(NamedTuple):
    """One process that ran.

    Seconds from its start to its end, and seconds of processor time (NaN on Windows).
    """

    wall: float
    cpu: float


class Told(NamedTuple):
    """One figure in three ways.

    By the medians of wall time, by the fastest runs, by the medians of processor time.
    """

    median: float
    fastest: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Goal:
    """`case` may take at most `most` times as long as `base`.

    Without `most` the ratio is only told.
    """

    case: str
    base: str
    most: float | None = None


# ---- what is measured
# -----------------------------------------------------------------------------------------------
def start_cases(dtrack: str) -> tuple[list[Case], list[Goal]]:
    """Starting up, help, completion, and the report on the published figures."""
    python = sys.executable
    complete = {"_DTRACK_COMPLETE": "complete_bash", "COMP_WORDS": "dtrack rep", "COMP_CWORD": "1"}
    cases = [
        Case("python -c pass", (python, "-c", "pass"), quick=True),
        Case("dtrack --version", (dtrack, "--version"), "dtrack ", quick=True),
        Case("dtrack --help", (dtrack, "--help"), "Usage", quick=True),
        Case("dtrack report --help", (dtrack, "report", "--help"), "--half", quick=True),
        Case("completion of “dtrack rep”", (dtrack,), "report", complete, quick=True),
        Case("import pandas", (python, "-c", "import pandas")),
        Case("dtrack report", (dtrack, "report", "--workspace", str(HERE.parent)), "Sources"),
        Case(
            "dtrack report -f md",
            (dtrack, "report", "--workspace", str(HERE.parent), "-f", "md"),
            "## Sources",
        ),
        Case(
            "dtrack report -f html",
            (dtrack, "report", "--workspace", str(HERE.parent), "-f", "html", "-o", os.devnull),
        ),
        Case(
            "dtrack report -f xlsx",
            (dtrack, "report", "--workspace", str(HERE.parent), "-f", "xlsx", "-o", os.devnull),
        ),
        *(
            Case(f"10^5 rows as a workbook, {how}", (python, str(HERE / "cells.py"), how), " bytes")
            for how in ("bare", "dressed")
        ),
    ]
    goals = [
        Goal("dtrack --version", "python -c pass", 2),
        Goal("dtrack --help", "python -c pass", 8),
        Goal("dtrack report --help", "python -c pass", 8),
        Goal("completion of “dtrack rep”", "python -c pass", 8),
        Goal("dtrack report", "import pandas", 1.15),
        Goal("dtrack report -f md", "dtrack report"),
        Goal("dtrack report -f html", "dtrack report", 1.6),
        Goal("dtrack report -f xlsx", "dtrack report", 1.6),
        Goal("10^5 rows as a workbook, dressed", "10^5 rows as a workbook, bare", 2),
    ]
    return cases, goals


def size_cases(dtrack: str, size: str) -> tuple[list[Case], list[Goal]]:
    """One generated workspace: the plain read of its figures, the report as table and CSV.

    Of the largest check and analyses.
    """
    made = workspaces.make(GENERATED / size.replace("^", ""), workspaces.AREAS[size])
    ask = (dtrack, "report", "--half", "H1-2024", "--workspace", str(made.folder))
    plain, table, as_csv = f"read_csv, {size}", f"report, {size}", f"report -f csv, {size}"
    cases = [
        Case(plain, (sys.executable, "-c", READ_CSV.format(str(made.figures))), rows=made.rows),
        Case(table, ask, "Furthest behind", rows=made.rows),
        Case(as_csv, (*ask, "--format", "csv"), "period,area,", rows=made.rows),
    ]
    largest = size == max(workspaces.AREAS)
    most = 3 if largest else None
    goals = [Goal(table, plain, most), Goal(as_csv, plain, most)]
    if largest:
        cases.append(
            Case(
                f"check, {size}",
                (dtrack, "check", "--workspace", str(made.folder)),
                "warning",
                rows=made.rows,
            )
        )
        goals.append(Goal(f"check, {size}", plain, 4))
    for command, says in (("catchup", "period,area,"), ("city", "part,area,")) if largest else ():
        words = (
            dtrack,
            command,
            "--half",
            "H1-2024",
            "--workspace",
            str(made.folder),
            "--format",
            "csv",
        )
        cases.append(Case(f"{command} -f csv, {size}", words, says, rows=made.rows))
        goals.append(Goal(f"{command} -f csv, {size}", as_csv, 1.5))
    return cases, goals


def import_cases(dtrack: str, size: str) -> tuple[list[Case], list[Goal]]:
    """A long CSV as it is sent, brought into a fresh copy of its workspace.

    And the plain read of it.

    Twice: as the workspace's first return, which is held against the goal, and where as many
    figures are on file.
    """
    made = workspaces.make_return(
        GENERATED / f"return-{size.replace('^', '')}", workspaces.RETURNS[size]
    )
    fresh = made.folder.with_name("fresh")
    words = (
        "--half",
        workspaces.RETURNED,
        "--published",
        "2024-07-20",
        "--source",
        "return",
        "--status",
        "illustrative",
        "--yes",
    )
    typed = (dtrack, "import", str(made.figures), *words, "--workspace", str(fresh))
    plain, whole = f"read_csv of a return, {size}", f"import, {size}"
    among = f"{whole}, as many on file"
    cases = [
        Case(plain, (sys.executable, "-c", READ_CSV.format(str(made.figures))), rows=made.rows),
        Case(
            whole, typed, "figures of", rows=made.rows, copy=(made.folder.with_name("first"), fresh)
        ),
        Case(among, typed, "figures of", rows=made.rows, copy=(made.folder, fresh)),
    ]
    return cases, [
        Goal(whole, plain, 3 if size == max(workspaces.RETURNS) else None),
        Goal(among, plain, None),
    ]


# ---- bytecode ------------------------------------------------------------------------------------
def insist_on_bytecode() -> None:
    """Compile what is missing, then exit unless all that is imported has fresh bytecode."""
    for name in PACKAGES:
        spec = importlib.util.find_spec(name)
        if spec is None or spec.origin is None:
            sys.exit(f"bench: {name} is not installed for {sys.executable}")
        source = Path(spec.origin)
        if source.name == "__init__.py":
            compileall.compile_dir(source.parent, quiet=2)
        else:
            compileall.compile_file(source, quiet=2)
        files = [source, *source.parent.rglob("*.py")] if name == "dtrack" else [source]
        stale = [file for file in files if not is_compiled(file)]
        if stale:
            sys.exit(f"bench: no fresh bytecode of {stale[0]}; nothing is measured without it")


def is_compiled(source: Path) -> bool:
    """There is a .pyc that Python would take for this source.

    Made of its present size and time, or checked by hash.
    """
    compiled = Path(importlib.util.cache_from_source(source))
    if not compiled.exists():
        return False
    head = compiled.read_bytes()[:16]
    flags, changed, size = struct.unpack("<4xIII", head)
    found = source.stat()
    by_time = (changed, size) == (int(found.st_mtime) & 0xFFFFFFFF, found.st_size & 0xFFFFFFFF)
    return head[:4] == importlib.util.MAGIC_NUMBER and (bool(flags & 1) or by_time)


# ---- measuring -----------------------------------------------------------------------------------
def environment(case: Case) -> dict[str, str]:
    """Of the child: without what slows Python down or leads dtrack elsewhere, in UTF-8."""
    kept = {name: value for name, value in os.environ.items() if name not in SLOWING}
    return kept | {"PYTHONIOENCODING": "utf-8", "COLUMNS": "100"} | case.settings


def prove(case: Case) -> None:
    """Run once, unmeasured: warms the file cache, and shows that the case does what it says."""
    lay_fresh(case)
    done = subprocess.run(
        case.command, env=environment(case), capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode or case.says not in done.stdout:
        told = done.stderr[-500:] or done.stdout[-500:]
        sys.exit(f"bench: {case.name} failed with {done.returncode}: {told}")


def lay_fresh(case: Case) -> None:
    """The folder that the case writes to, as it was.

    On the disk, so that no old writing is waited for in the run.
    """
    if case.copy:
        shutil.rmtree(case.copy[1], ignore_errors=True)
        shutil.copytree(*case.copy)
        if hasattr(os, "sync"):
            os.sync()


def once(case: Case) -> Run:
    """One run from start to end of the process; its output is thrown away."""
    lay_fresh(case)
    begin, used = time.perf_counter(), cpu_of_children()
    subprocess.run(
        case.command,
        env=environment(case),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        check=True,
    )
    return Run(time.perf_counter() - begin, cpu_of_children() - used)


def cpu_of_children() -> float:
    """Seconds of processor time of all processes that have ended so far."""
    if sys.platform == "win32":
        return math.nan
    import resource

    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def measure(cases: list[Case], runs: int) -> dict[str, list[Run]]:
    """Every run of every case.

    Interleaved: each round runs every case, so that a slow minute strikes all alike.
    """
    for case in cases:
        prove(case)
    done: dict[str, list[Run]] = {case.name: [] for case in cases}
    for number in range(runs):
        for _ in range(QUICK):
            for case in cases:
                if case.quick:
                    done[case.name].append(once(case))
        for case in cases:
            if not case.quick and number < runs_of(case, runs):
                done[case.name].append(once(case))
    return done


def runs_of(case: Case, runs: int) -> int:
    """Two fewer runs for the largest workspace, but never fewer than three of those asked for."""
    return min(runs, max(3, runs - 2)) if case.rows > LARGE else runs


# ---- telling -------------------------------------------------------------------------------------
def times(runs: list[Run]) -> Told:
    """Median and fastest wall time, median processor time."""
    wall = [run.wall for run in runs]
    return Told(statistics.median(wall), min(wall), statistics.median(run.cpu for run in runs))


def told_times(cases: list[Case], done: dict[str, list[Run]]) -> list[str]:
    """A row per case: its times, and the number of runs."""
    lines = [
        "| process | figures | median, s | fastest | slowest | CPU | runs |",
        "|---|---:|---:|---:|---:|---:|---:|",
    ]
    for case in cases:
        runs, rows = done[case.name], f"{case.rows:,}" if case.rows else ""
        told, slowest = times(runs), max(run.wall for run in runs)
        cells = [f"{cell:.3f}" for cell in (told.median, told.fastest, slowest, told.cpu)]
        lines.append(f"| {' | '.join([case.name, rows, *cells, str(len(runs))])} |")
    return lines


def told_ratios(goals: list[Goal], done: dict[str, list[Run]]) -> list[str]:
    """A row per ratio.

    The goal judges the medians; fastest runs and processor time are less disturbed by other work.
    """
    lines = ["| ratio | medians | fastest | CPU | goal | |", "|---|---:|---:|---:|---:|---|"]
    for goal in goals:
        pairs = zip(times(done[goal.case]), times(done[goal.base]), strict=True)
        lines.append(
            _told(
                f"{goal.case} / {goal.base}",
                Told(*(upper / lower for upper, lower in pairs)),
                goal.most,
            )
        )
    return lines


def told_growth(cases: list[Case], done: dict[str, list[Run]]) -> list[str]:
    """How time grows with the rows.

    The exponent e of time ~ rows^e between two sizes, 1 being as fast as the rows.

    Of whole processes (the goal), and of what is left when the import of pandas is taken off (only
    told).
    """
    lines = [
        "| exponent of time over figures | medians | fastest | CPU | goal | |",
        "|---|---:|---:|---:|---:|---|",
    ]
    start, none = times(done["import pandas"]), Told(0, 0, 0)
    for kind in ("report, ", "report -f csv, ", "import, "):
        sizes = (
            case
            for case in cases
            if case.name.startswith(kind) and "," not in case.name.removeprefix(kind)
        )
        for small, large in itertools.pairwise(sizes):
            name = f"{small.name} → {large.name.removeprefix(kind)}"
            for suffix, less, most in (("", none, 1), (", less `import pandas`", start, None)):
                pairs = zip(times(done[small.name]), times(done[large.name]), less, strict=True)
                found = Told(
                    *(_exponent(a - off, b - off, large.rows / small.rows) for a, b, off in pairs)
                )
                lines.append(_told(name + suffix, found, most))
    return lines


def _exponent(small: float, large: float, rows: float) -> float:
    return math.log(large / small) / math.log(rows) if min(small, large) > 0 else math.nan


def _told(name: str, values: Told, most: float | None) -> str:
    goal = (
        f"≤ {most:g} | {'reached' if values.median <= most else '**not reached**'}"
        if most is not None
        else " | "
    )
    return f"| {name} | {values.median:.2f} | {values.fastest:.2f} | {values.cpu:.2f} | {goal} |"


def told_machine() -> str:
    """The machine in general words."""
    packages = ", ".join(
        f"{name} {version(name)}" for name in ("dtrack", "pandas", "numpy", "rich", "typer")
    )
    python = platform.python_version()
    return f"{platform.system()}, {os.cpu_count()} CPUs, Python {python}, {packages}"


# ---- the command ---------------------------------------------------------------------------------
def asked() -> argparse.Namespace:
    """The words of the command line."""
    parser = argparse.ArgumentParser(description="Time dtrack as whole processes and print ratios.")
    parser.add_argument(
        "--runs",
        type=int,
        default=7,
        metavar="N",
        help="rounds; two fewer of the largest workspace [default: 7]",
    )
    parser.add_argument(
        "--only",
        choices=("small", "large", "imports"),
        help="small: start-up, default report; large: generated workspaces; imports: returns",
    )
    parser.add_argument("--keep", action="store_true", help="keep bench/generated for the next run")
    return parser.parse_args()


def console_script() -> str:
    """The `dtrack` that is installed beside this interpreter."""
    found = shutil.which("dtrack", path=str(Path(sys.executable).parent))
    if found is None:
        sys.exit(
            f"bench: there is no dtrack beside {sys.executable}; install it first: pip install -e ."
        )
    return found


def generated(
    only: str | None,
) -> Iterator[tuple[str, Callable[[str, str], tuple[list[Case], list[Goal]]]]]:
    """The sizes of the workspaces that are made, each with what makes its cases."""
    if only in (None, "large"):
        yield from ((size, size_cases) for size in workspaces.AREAS)
    if only in (None, "imports"):
        yield from ((size, import_cases) for size in workspaces.RETURNS)


def main() -> None:
    """Prepare, measure, tell."""
    words = asked()
    if words.runs < 1:
        sys.exit("bench: --runs is at least 1")
    dtrack = console_script()
    insist_on_bytecode()
    cases, goals = start_cases(dtrack)
    if words.only in ("large", "imports"):
        cases, goals = [case for case in cases if case.name == "import pandas"], []
    for size, make in generated(words.only):
        print(f"making the workspace of {size} figures …", file=sys.stderr)
        more_cases, more_goals = make(dtrack, size)
        cases, goals = cases + more_cases, goals + more_goals
    print(f"measuring {len(cases)} processes, {words.runs} rounds …", file=sys.stderr)
    done = measure(cases, words.runs)
    growth = told_growth(cases, done) if words.only != "small" else []
    for lines in ([told_machine()], told_times(cases, done), told_ratios(goals, done), growth):
        print("\n".join(lines) + "\n" if lines else "", end="\n" if lines else "")
    if not words.keep:
        shutil.rmtree(GENERATED, ignore_errors=True)


if __name__ == "__main__":
    main()
