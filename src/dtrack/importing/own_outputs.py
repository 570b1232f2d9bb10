"""Tables that are no return though they look like one: SDMX, and what dtrack worked out itself.

Read as a return, a target of `export --sdmx` would be a figure, and the older figure that `report`
judges one of the period asked for.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from dtrack.core.findings import Finding
from dtrack.core.message import Message
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.grid import Grid
from dtrack.model.schema import ASSESSMENT, names
from dtrack.reporting.catchup import CATCHUP
from dtrack.reporting.changes import CHANGES
from dtrack.reporting.completeness import STATUS
from dtrack.reporting.decomposition import CITY
from dtrack.reporting.revisions import REVISIONS
from dtrack.reporting.trajectory import PATH

# behind a name may stand the sign between parts, or a label: STRUCTURE[;], OBS_VALUE: Value
_LABEL = r"(?:\[.\])?(?:\s*:.*)?"
_SDMX = re.compile(rf"(?i:STRUCTURE_ID|TIME_PERIOD|OBS_VALUE){_LABEL}")
# these may say who sent a table (STRUCTURE : Direction de la statistique), so another is needed
_OPENING = re.compile(rf"(?:STRUCTURE|DATAFLOW){_LABEL}")
_BESIDE = re.compile(
    rf"(?:STRUCTURE|DATAFLOW|ACTION|FREQ|REF_AREA|UNIT_MEASURE|UNIT_MULT|OBS_STATUS){_LABEL}"
)
_ANSWERS = {
    "report": ASSESSMENT,
    "catchup": CATCHUP,
    "city": CITY,
    "path": PATH,
    "revisions": REVISIONS,
    "status": STATUS,
    "status --since": CHANGES,
}
_ROWS = 30  # in which a header may stand


def no_return(grid: Grid) -> Finding | None:
    """Why the sheet is no return; None where it may be one."""
    for row, cells in enumerate(grid.rows[:_ROWS]):
        for column, sentence in _told([text.strip() for text in cells]):
            return Finding(
                "no-return",
                "",
                None,
                "",
                sentence,
                value=cells[column][:60],
                origin=grid.origin(row, column),
            )
    return None


def _told(cells: Sequence[str]) -> Iterator[tuple[int, Message]]:
    """The cell of a row that shows it, and what it shows."""
    surely = any(map(_SDMX.fullmatch, cells))
    surely |= sum(_BESIDE.fullmatch(text) is not None for text in cells) > 1
    for column, text in enumerate(cells):
        if _SDMX.fullmatch(text) or (surely and _OPENING.fullmatch(text)):
            yield (
                column,
                _(
                    "“{heading}” heads a column of SDMX, as `dtrack export --sdmx` writes it; "
                    "SDMX is not read yet",
                    heading=text[:60],
                ),
            )
    there = {text.casefold() for text in cells}
    for command, columns in _ANSWERS.items():
        if there >= set(names(columns)):
            yield (
                0,
                _(
                    "these are the columns of `dtrack {command}`: "
                    "what dtrack worked out is no return",
                    command=command,
                ),
            )
