"""The targets that questions of plausibility are asked of, and the making of findings about them.

In comes what a workspace holds, out go arrays, one value per row of the targets.
"""

from __future__ import annotations

from collections.abc import Callable

import numpy as np

from dtrack.core.arrays import Flags, Ints, codes
from dtrack.core.findings import Finding, row_findings
from dtrack.core.message import Message
from dtrack.model.entities import Dataset
from dtrack.model.schema import TARGETS_FILE


class Entries:
    """The targets of a workspace.

    `readable` marks those that have a number, `dated` those whose day is known.
    """

    def __init__(self, dataset: Dataset) -> None:
        frame = dataset.targets
        self.dataset = dataset
        self.indicator, self.period = codes(frame, "indicator"), codes(frame, "period")
        self.number, self.upper = (frame[name].to_numpy() for name in ("number", "upper"))
        self.decimals = frame["decimals"].to_numpy().astype(np.int64)
        self.day = frame["set_day"].to_numpy().astype(np.int64)
        aside = frame["aside"].to_numpy(dtype=bool)
        self.readable: Flags = ~aside & ~np.isnan(self.number)
        self.dated: Flags = ~aside & (self.day > 0)

    def text(self, name: str, at: int) -> str:
        """A text column of the targets at a row."""
        return str(self.dataset.targets[name].iat[at])

    def tell(
        self, code: str, at: Ints, sentence: Callable[[int], Message], column: str = ""
    ) -> list[Finding]:
        """A finding at each of the rows, under its dotted key.

        `sentence` takes a position in `at`.
        """

        def finding(number: int) -> Finding:
            row = int(at[number])
            key = ".".join(part for part in (self.text("key", row), column) if part)
            area, indicator, period, value = (
                self.text(name, row) for name in ("area", "indicator", "period", "value")
            )
            return Finding(
                code,
                TARGETS_FILE,
                None,
                key,
                sentence(number),
                area,
                indicator,
                period,
                int(self.day[row]),
                value,
            )

        return row_findings(np.arange(len(at)), finding)
