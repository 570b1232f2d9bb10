"""Where a workspace is. In come what was asked for and where one stands, out goes its folder.

Nothing heavy is loaded here.
"""

from __future__ import annotations

from pathlib import Path

from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.message import lazy_gettext as _
from dtrack.model.schema import TARGETS_FILE


def find(given: str | Path | None, variable: str | None, here: Path) -> Path:
    """The workspace folder.

    The one given, else the variable's, else the nearest upward with a targets.toml.

    Raises BlockedByFindings where there is none.
    """
    named = given or variable
    if named:
        folder = Path(named)
        if folder.is_dir():
            return folder
        told = _(
            "there is no folder {folder}, and so no {file} in it", folder=named, file=TARGETS_FILE
        )
        raise BlockedByFindings((Finding("file-missing", str(named), None, "", told),))
    for folder in (here, *here.parents):
        if (folder / TARGETS_FILE).is_file():
            return folder
    told = _("there is no {file} in {folder} or above", file=TARGETS_FILE, folder=here)
    raise BlockedByFindings((Finding("file-missing", TARGETS_FILE, None, "", told),))
