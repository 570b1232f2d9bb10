"""Judge random tables with dtrack and with exact fractions, cell by cell.

`python bench/oracle.py [--cells N] [--seed S]`: prints the differences; exit code 1 where there is
one.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))

from support.exact import Table, differences  # type: ignore[import-not-found]


def main() -> int:
    """Compare until so many cells are judged."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--cells", type=int, default=200_000)
    parser.add_argument("--seed", type=int, default=20261130)
    options = parser.parse_args()
    judged, faults = 0, 0
    for number in range(options.seed, options.seed + 10**6):
        if judged >= options.cells:
            break
        table = Table.drawn(random.Random(number), areas=24, items=30)
        with tempfile.TemporaryDirectory() as folder:
            count, found = differences(table, Path(folder))
        judged += count
        faults += len(found)
        for line in found[:5]:
            print(f"seed {number}: {line}")
    print(f"{judged:,} cells, {faults} differences")
    return int(faults > 0)


if __name__ == "__main__":
    raise SystemExit(main())
