"""Time dtrack as whole processes and print ratios: `python bench/run.py`. What is measured: bench/README.md.

In come the `dtrack` of this interpreter's environment and generated workspaces, out goes a table with the goals of
the project beside it. Nothing is measured unless the bytecode of everything that is imported is there and fresh.
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
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path

import workspaces

HERE = Path(__file__).resolve().parent
GENERATED = HERE / "generated"
QUICK = 5
LARGE = 500_000
PACKAGES = ("dtrack", "pandas", "numpy", "dateutil", "rich", "typer", "tomli_w")
SLOWING = ("PYTHONDONTWRITEBYTECODE", "PYTHONUNBUFFERED", "PYTHONDEVMODE", "PYTHONPROFILEIMPORTTIME", "PYTHONTRACEMALLOC",
           "PYTHONMALLOC", "DTRACK_WORKSPACE", "FORCE_COLOR")  # fmt: skip
READ_CSV = "import pandas; pandas.read_csv({!r})"


@dataclass(frozen=True, slots=True)
class Case:
    """One process to time. `says` must be in its output, so that no error message is ever timed.

    `rows` is the number of figures it reads; a `quick` one, of some hundredths of a second, runs QUICK times a round.
    """

    name: str
    command: tuple[str, ...]
    says: str = ""
    settings: dict[str, str] = field(default_factory=dict)
    rows: int = 0
    quick: bool = False


@dataclass(frozen=True, slots=True)
class Goal:
    """`case` may take at most `most` times as long as `base`; without `most` the ratio is only told."""

    case: str
    base: str
    most: float | None = None


# ---- what is measured -----------------------------------------------------------------------------------------------
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
    ]
    goals = [
        Goal("dtrack --version", "python -c pass", 2),
        Goal("dtrack --help", "python -c pass", 8),
        Goal("dtrack report --help", "python -c pass", 8),
        Goal("completion of “dtrack rep”", "python -c pass", 8),
        Goal("dtrack report", "import pandas", 1.15),
    ]
    return cases, goals


def size_cases(dtrack: str, size: str) -> tuple[list[Case], list[Goal]]:
    """One generated workspace: the plain read of its figures, and the report as table and as CSV."""
    made = workspaces.make(GENERATED / size.replace("^", ""), workspaces.AREAS[size])
    ask = (dtrack, "report", "--half", "H1-2024", "--workspace", str(made.folder))
    plain, table, as_csv = f"read_csv, {size}", f"report, {size}", f"report -f csv, {size}"
    cases = [
        Case(plain, (sys.executable, "-c", READ_CSV.format(str(made.figures))), rows=made.rows),
        Case(table, ask, "Furthest behind", rows=made.rows),
        Case(as_csv, (*ask, "--format", "csv"), "period,area,", rows=made.rows),
    ]
    most = 3 if size == max(workspaces.AREAS) else None
    return cases, [Goal(table, plain, most), Goal(as_csv, plain, most)]


# ---- bytecode -------------------------------------------------------------------------------------------------------
def insist_on_bytecode() -> None:
    """Compile what is missing, then exit unless dtrack and pandas, and what else is imported, have fresh bytecode."""
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
    """There is a .pyc that Python would take for this source: made of its present size and time, or checked by hash."""
    compiled = Path(importlib.util.cache_from_source(source))
    if not compiled.exists():
        return False
    head = compiled.read_bytes()[:16]
    flags, changed, size = struct.unpack("<4xIII", head)
    found = source.stat()
    by_time = (changed, size) == (int(found.st_mtime) & 0xFFFFFFFF, found.st_size & 0xFFFFFFFF)
    return head[:4] == importlib.util.MAGIC_NUMBER and (bool(flags & 1) or by_time)


# ---- measuring ------------------------------------------------------------------------------------------------------
def environment(case: Case) -> dict[str, str]:
    """Of the child: without what slows Python down or leads dtrack elsewhere, in UTF-8."""
    kept = {name: value for name, value in os.environ.items() if name not in SLOWING}
    return kept | {"PYTHONIOENCODING": "utf-8", "COLUMNS": "100"} | case.settings


def prove(case: Case) -> None:
    """Run once, unmeasured: warms the file cache, and shows that the case does what it says."""
    done = subprocess.run(case.command, env=environment(case), capture_output=True, encoding="utf-8", check=False)
    if done.returncode or case.says not in done.stdout:
        sys.exit(f"bench: {case.name} failed with {done.returncode}: {done.stderr[-500:] or done.stdout[-500:]}")


def once(case: Case) -> float:
    """Seconds of wall time from start to end of the process; its output is thrown away."""
    begin = time.perf_counter()
    subprocess.run(case.command, env=environment(case), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)
    return time.perf_counter() - begin


def measure(cases: list[Case], runs: int) -> dict[str, list[float]]:
    """Seconds of every run. Interleaved: each round times every case once, so that a slow minute strikes all alike."""
    for case in cases:
        prove(case)
    seconds: dict[str, list[float]] = {case.name: [] for case in cases}
    for number in range(runs):
        for _ in range(QUICK):
            for case in cases:
                if case.quick:
                    seconds[case.name].append(once(case))
        for case in cases:
            if not case.quick and number < runs_of(case, runs):
                seconds[case.name].append(once(case))
    return seconds


def runs_of(case: Case, runs: int) -> int:
    """Two fewer runs for the largest workspace, but never fewer than three of those asked for."""
    return min(runs, max(3, runs - 2)) if case.rows > LARGE else runs


# ---- telling --------------------------------------------------------------------------------------------------------
def told_times(cases: list[Case], seconds: dict[str, list[float]]) -> list[str]:
    """A row per case: median, fastest and slowest run, number of runs."""
    lines = ["| process | figures | median, s | fastest | slowest | runs |", "|---|---:|---:|---:|---:|---:|"]
    for case in cases:
        runs = seconds[case.name]
        rows = f"{case.rows:,}" if case.rows else ""
        lines.append(f"| {case.name} | {rows} | {statistics.median(runs):.3f} | {min(runs):.3f} | {max(runs):.3f} | {len(runs)} |")
    return lines


def told_ratios(goals: list[Goal], seconds: dict[str, list[float]]) -> list[str]:
    """A row per ratio: of the medians, which the goal judges, and of the fastest runs, which noise disturbs less."""
    lines = ["| ratio | of medians | of fastest | goal | |", "|---|---:|---:|---:|---|"]
    for goal in goals:
        upper, lower = seconds[goal.case], seconds[goal.base]
        ratios = statistics.median(upper) / statistics.median(lower), min(upper) / min(lower)
        lines.append(_told(f"{goal.case} / {goal.base}", ratios, goal.most))
    return lines


def told_growth(cases: list[Case], seconds: dict[str, list[float]]) -> list[str]:
    """How time grows with the rows: the exponent e of time ~ rows^e between two sizes, 1 being as fast as the rows.

    Of whole processes (the goal), and of what is left when the import of pandas is taken off (only told).
    """
    lines = ["| exponent of time over figures | of medians | of fastest | goal | |", "|---|---:|---:|---:|---|"]
    for kind in ("report, ", "report -f csv, "):
        sizes = [case for case in cases if case.name.startswith(kind)]
        for small, large in itertools.pairwise(sizes):
            name = f"{small.name} → {large.name.removeprefix(kind)}"
            lines.append(_told(name, _exponents(small, large, seconds), 1))
            lines.append(_told(f"{name}, less `import pandas`", _exponents(small, large, seconds, "import pandas"), None))
    return lines


def _exponents(small: Case, large: Case, seconds: dict[str, list[float]], less: str = "") -> tuple[float, float]:
    """Of the medians and of the fastest runs; NaN where the smaller takes no time beyond what is taken off."""
    found = []
    for middle in (statistics.median, min):
        start = middle(seconds[less]) if less else 0.0
        times = [middle(seconds[case.name]) - start for case in (small, large)]
        found.append(math.log(times[1] / times[0]) / math.log(large.rows / small.rows) if min(times) > 0 else math.nan)
    return found[0], found[1]


def _told(name: str, values: tuple[float, float], most: float | None) -> str:
    goal = f"≤ {most:g} | {'reached' if values[0] <= most else '**not reached**'}" if most is not None else " | "
    return f"| {name} | {values[0]:.2f} | {values[1]:.2f} | {goal} |"


def told_machine() -> str:
    """The machine in general words."""
    packages = ", ".join(f"{name} {version(name)}" for name in ("dtrack", "pandas", "numpy", "rich", "typer"))
    return f"{platform.system()}, {os.cpu_count()} CPUs, Python {platform.python_version()}, {packages}"


# ---- the command ----------------------------------------------------------------------------------------------------
def asked() -> argparse.Namespace:
    """The words of the command line."""
    parser = argparse.ArgumentParser(description="Time dtrack as whole processes and print ratios.")
    parser.add_argument("--runs", type=int, default=7, metavar="N", help="rounds; two fewer of the largest workspace [default: 7]")
    parser.add_argument("--only", choices=("small", "large"), help="small: start-up, default report; large: generated workspaces")
    parser.add_argument("--keep", action="store_true", help="keep bench/generated for the next run")
    return parser.parse_args()


def console_script() -> str:
    """The `dtrack` that is installed beside this interpreter."""
    found = shutil.which("dtrack", path=str(Path(sys.executable).parent))
    if found is None:
        sys.exit(f"bench: there is no dtrack beside {sys.executable}; install it first: pip install -e .")
    return found


def main() -> None:
    """Prepare, measure, tell."""
    words = asked()
    if words.runs < 1:
        sys.exit("bench: --runs is at least 1")
    dtrack = console_script()
    insist_on_bytecode()
    cases, goals = start_cases(dtrack)
    if words.only == "large":
        cases, goals = [case for case in cases if case.name == "import pandas"], []
    if words.only != "small":
        for size in workspaces.AREAS:
            print(f"making the workspace of {size} figures …", file=sys.stderr)
            more_cases, more_goals = size_cases(dtrack, size)
            cases, goals = cases + more_cases, goals + more_goals
    print(f"measuring {len(cases)} processes, {words.runs} rounds …", file=sys.stderr)
    seconds = measure(cases, words.runs)
    growth = told_growth(cases, seconds) if words.only != "small" else []
    for lines in ([told_machine()], told_times(cases, seconds), told_ratios(goals, seconds), growth):
        print("\n".join(lines) + "\n" if lines else "", end="\n" if lines else "")
    if not words.keep:
        shutil.rmtree(GENERATED, ignore_errors=True)


if __name__ == "__main__":
    main()
