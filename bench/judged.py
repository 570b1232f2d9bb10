"""10^5 judged rows to CSV beside pandas' own `to_csv` of the same frame.

`python bench/judged.py [rounds]`.

Both in one process and in turn, without the collector. Of dtrack two steps are told: laying the
judged cells out as a sheet, and writing it (which makes every text harmless to a spreadsheet). The
goal is for the two together.
"""

from __future__ import annotations

import gc
import statistics
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import workspaces

from dtrack import open as open_workspace
from dtrack.analysis.assessment_frame import frame_of, whole_board
from dtrack.analysis.question import Query
from dtrack.rendering import csv_writer
from dtrack.reporting.cells import DisplayOptions, tidy

AREAS, MOST = 6_000, 1.5


def timed(step: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds, and what came out."""
    start = time.perf_counter()
    out = step()
    return time.perf_counter() - start, out


def main(rounds: int) -> None:
    """Print the medians of each step and the ratio."""
    gc.disable()
    made = workspaces.make(Path(__file__).parent / "generated" / "judged", AREAS)
    cells = whole_board(open_workspace(made.folder), Query.of("H1-2024"))
    frame = frame_of(cells)
    plain, laid, written = [], [], []
    for _ in range(rounds):
        plain.append(timed(lambda: frame.to_csv(index=False))[0])
        seconds, sheet = timed(lambda: tidy(cells, DisplayOptions()))
        laid.append(seconds)
        written.append(timed(partial(csv_writer.render, sheet))[0])
    ratios = [(b + c) / a for a, b, c in zip(plain, laid, written, strict=True)]
    ratio, (first, second, third) = (
        statistics.median(ratios),
        map(statistics.median, (plain, laid, written)),
    )
    print(
        f"{len(frame):,} rows: to_csv {first:.3f} s; "
        f"dtrack {second:.3f} s laying out, {third:.3f} s writing"
    )
    word = "reached" if ratio <= MOST else "not reached"
    print(f"ratio {ratio:.2f} ({min(ratios):.2f} to {max(ratios):.2f}), goal ≤ {MOST}: {word}")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 7)
