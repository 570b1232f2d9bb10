"""Tables that are no return though they look like one: SDMX, and what dtrack worked out itself.

Read as a return, a target of `export --sdmx` would be a figure, and the older figure that `report`
judges one of the period asked for.
"""

from __future__ import annotations

import re
from collections.abc import Set as AbstractSet

from dtrack.core.findings import Finding
from dtrack.core.message import lazy_gettext as _
from dtrack.importing.formats.grid import Grid

# behind a name may stand the sign between parts, or a label: STRUCTURE[;], OBS_VALUE: Value
_LABEL = r"(?:\[.\])?(?:\s*:.*)?"
_SDMX = re.compile(rf"(?i:STRUCTURE_ID|TIME_PERIOD|OBS_VALUE){_LABEL}")
# these may say who sent a table (STRUCTURE : Direction de la statistique), so another is needed
_OPENING = re.compile(rf"(?:STRUCTURE|DATAFLOW){_LABEL}")
_BESIDE = re.compile(
    rf"(?:STRUCTURE|DATAFLOW|ACTION|FREQ|REF_AREA|UNIT_MEASURE|UNIT_MULT|OBS_STATUS){_LABEL}"
)
_ROWS = 30  # in which a header may stand
_FEWEST = 7  # columns of an answer of dtrack


def no_return(grid: Grid) -> Finding | None:
    """Why the sheet is no return; None where it may be one."""
    for row, texts in enumerate(grid.rows[:_ROWS]):
        cells = [text.strip() for text in texts]
        surely = any(map(_SDMX.fullmatch, cells))
        surely |= sum(_BESIDE.fullmatch(text) is not None for text in cells) > 1
        of_sdmx = [
            column
            for column, text in enumerate(cells if surely else ())
            if _SDMX.fullmatch(text) or _OPENING.fullmatch(text)
        ]
        column = of_sdmx[0] if of_sdmx else 0
        if of_sdmx:
            why = _(
                "“{heading}” is an SDMX column, as written by `dtrack export --sdmx`; "
                "SDMX cannot be imported yet",
                heading=cells[column][:60],
            )
        elif len(cells) >= _FEWEST and (command := _answering({*map(str.casefold, cells)})):
            why = _(
                "these are the columns of `dtrack {command}`: results computed by dtrack "
                "are not a return",
                command=command,
            )
        else:
            continue
        origin, value = grid.origin(row, column), texts[column][:60]
        return Finding("no-return", "", None, "", why, value=value, origin=origin)
    return None


def _answering(headings: AbstractSet[str]) -> str:
    """The command whose answer has no column but these; "" where there is none."""
    from dtrack.model.schema import ASSESSMENT, names
    from dtrack.reporting.catchup import CATCHUP
    from dtrack.reporting.changes import CHANGES
    from dtrack.reporting.completeness import STATUS
    from dtrack.reporting.decomposition import CITY
    from dtrack.reporting.revisions import REVISIONS
    from dtrack.reporting.trajectory import PATH

    answers = {
        "report": ASSESSMENT,
        "catchup": CATCHUP,
        "city": CITY,
        "path": PATH,
        "revisions": REVISIONS,
        "status": STATUS,
        "status --since": CHANGES,
    }
    for command, columns in answers.items():
        own = names(columns)
        # what stands behind the note has joined later: older answers come back without it
        if headings >= set(own[: own.index("note") + 1] if "note" in own else own):
            return command
    return ""
