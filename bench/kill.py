"""Kill writing processes at random moments and compare every byte.

`python bench/kill.py [--times 300] [--seed 1]`.

On copies of examples/symposium in a temporary folder. COMMAND is a `dtrack import` of a small
return with --yes; out go the counts of how each killed run ended: *before* (no byte of the change),
*after* (all of it), *other*. Exit 1 if any is other, or if what a report would read before anybody
recovered is neither. Needs SIGKILL (no Windows: there use tests/test_killed.py). Nothing outside
the temporary folder is written.

A moment is drawn in one of two ways, so that the short time of writing is hit often: one in four
anywhere between the start of the process and its end; the others from the first trace of the writer
in `.dtrack` on, over a fifth more than it writes when nobody disturbs it.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

from dtrack.storage import transaction
from dtrack.workspace import load

ROOT = Path(__file__).resolve().parents[1]
EXAMPLE = ROOT / "examples/symposium"

RETURN = "地区,数字经济增加值增速\n房山区,6.9\n怀柔区,7.1\n"
# What makes the change; {workspace} becomes the folder, {return} the file that is brought in.
COMMAND: tuple[str, ...] = (
    *(
        sys.executable,
        "-m",
        "dtrack",
        "import",
        "{return}",
        "--half",
        "H1-2024",
        "--published",
        "2024-08-30",
    ),
    *("--source", "killed", "--status", "illustrative", "--yes", "--workspace", "{workspace}"),
)
# an import writes down when it was made
TIME = re.compile(rb"\d{4}-\d\d-\d\d[T ]\d\d:\d\d:\d\d[\d.+:Z-]*")


def command(folder: Path) -> list[str]:
    """The words of COMMAND for one workspace; the return lies beside it."""
    sent = folder.parent / "return.csv"
    return [
        word.replace("{workspace}", str(folder)).replace("{return}", str(sent)) for word in COMMAND
    ]


def bytes_of(folder: Path) -> dict[str, bytes]:
    """Every file but those of `.dtrack`, times of imports made alike."""
    files = (
        path
        for path in folder.rglob("*")
        if path.is_file() and ".dtrack" not in path.relative_to(folder).parts
    )
    return {
        path.relative_to(folder).as_posix(): TIME.sub(b"TIME", path.read_bytes()) for path in files
    }


def figures(folder: Path) -> list[tuple[str, ...]]:
    """What a report would read."""
    actuals = load(folder).actuals
    return sorted(
        zip(
            *(
                actuals[name].astype(str)
                for name in ("area", "indicator", "period", "value", "file")
            ),
            strict=True,
        )
    )


def fresh(scratch: Path, name: str) -> Path:
    """A new copy of the example."""
    return Path(shutil.copytree(EXAMPLE, scratch / name))


def wait_for(folder: Path, process: subprocess.Popen[bytes], *, there: bool) -> float:
    """The moment at which the trace of a writer is there, or is there no more."""
    while (folder / ".dtrack/holder.json").exists() != there and process.poll() is None:
        pass
    return time.perf_counter()


def undisturbed(scratch: Path, times: int = 5) -> tuple[float, float]:
    """Seconds from start to end, and of them those with a trace of the writer; medians."""
    whole, writing = [], []
    for number in range(times):
        folder = fresh(scratch, f"timed-{number}")
        start = time.perf_counter()
        process = subprocess.Popen(
            command(folder), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
        )
        trace = wait_for(folder, process, there=True)
        writing.append(wait_for(folder, process, there=False) - trace)
        if process.wait() != 0:
            sys.exit(
                "the command fails when nobody disturbs it: " + " ".join(command(folder))[:200]
            )
        whole.append(time.perf_counter() - start)
    return statistics.median(whole), statistics.median(writing)


def kill(folder: Path, chance: random.Random, whole: float, writing: float) -> bool:
    """Start the command and kill it at a random moment; True if it was still alive then."""
    process = subprocess.Popen(
        command(folder), stderr=subprocess.DEVNULL, stdout=subprocess.DEVNULL
    )
    if chance.random() < 0.25:
        wait = chance.uniform(0, whole)
    else:
        wait_for(folder, process, there=True)
        wait = chance.uniform(0, writing * 1.2)
    end = time.perf_counter() + wait
    while time.perf_counter() < end:  # sleeping is too coarse for a millisecond
        pass
    process.kill()
    return process.wait() < 0


def main() -> None:
    """Kill, recover, compare, count."""
    options = argparse.ArgumentParser(
        description="Kill writing processes at random moments and compare every byte."
    )
    options.add_argument("--times", type=int, default=300)
    options.add_argument("--seed", type=int, default=1)
    chosen = options.parse_args()
    chance = random.Random(chosen.seed)
    with tempfile.TemporaryDirectory() as name, open(os.devnull, "w", encoding="utf-8") as nowhere:
        scratch = Path(name)
        (scratch / "return.csv").write_text(RETURN, encoding="utf-8", newline="\n")
        whole, writing = undisturbed(scratch)
        before, after = bytes_of(EXAMPLE), bytes_of(scratch / "timed-0")
        read_before, read_after = figures(EXAMPLE), figures(scratch / "timed-0")
        if before == after or read_before == read_after:
            sys.exit("the command changes nothing")
        ended: Counter[str] = Counter()
        for number in range(chosen.times):
            folder = fresh(scratch, "killed")
            ended["alive when killed"] += kill(folder, chance, whole, writing)
            ended["left something behind"] += any(
                (folder / ".dtrack" / left).exists()
                for left in ("holder.json", "plan.json", "stage")
            )
            ended["of them with a plan"] += (folder / ".dtrack/plan.json").exists()
            ended["read as neither before recovery"] += figures(folder) not in (
                read_before,
                read_after,
            )
            sys.stderr, kept = nowhere, sys.stderr
            transaction.recover(folder, print)
            sys.stderr = kept
            state = bytes_of(folder)
            ended["before" if state == before else "after" if state == after else "other"] += 1
            ended["litter"] += bool(
                {path.name for path in folder.glob(".dtrack/*")} - {"lock", ".gitignore"}
            )
            if state not in (before, after):
                names = state.keys() | before
                print(f"run {number}:", sorted(n for n in names if state.get(n) != before.get(n)))
            shutil.rmtree(folder)
    print(
        f"{chosen.times} runs, seed {chosen.seed}; undisturbed {whole * 1000:.0f} ms, "
        f"of them {writing * 1000:.0f} ms writing"
    )
    for key in (
        "alive when killed",
        "left something behind",
        "of them with a plan",
        "before",
        "after",
        "other",
        "read as neither before recovery",
        "litter",
    ):
        print(f"{ended[key]:6} {key}")
    sys.exit(
        1 if ended["other"] or ended["read as neither before recovery"] or ended["litter"] else 0
    )


if __name__ == "__main__":
    main()
