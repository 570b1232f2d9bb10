"""A page for the browser, of which nobody said where it is to be kept.

It stands in the user's cache, where nobody else can read it, and never in a workspace.
"""

from __future__ import annotations

import os
import tempfile
import time
from contextlib import suppress
from pathlib import Path

from dtrack.cli.cache import cache_folder
from dtrack.cli.output import remark
from dtrack.core.places import TARGETS_FILE
from dtrack.core.translate import N_, _

_DAYS = 7  # that a page is kept
_PREFIX = "dtrack-"
_SHOWN = N_("dtrack: opened {file} in the browser")
_NOT_SHOWN = N_("dtrack: no browser could be started; the page is {file}")


def new_page() -> Path:
    """An empty file for a page, readable by the user alone; pages of last week are deleted."""
    with suppress(OSError, RuntimeError):  # RuntimeError: there is no home folder
        folder = cache_folder() / "pages"
        if not _is_in_a_workspace(folder):
            folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            _clean(folder)
            return _file_in(folder)
    return _file_in(Path(tempfile.mkdtemp(prefix=_PREFIX)))


def _file_in(folder: Path) -> Path:
    handle, name = tempfile.mkstemp(prefix=_PREFIX, suffix=".html", dir=folder)
    os.close(handle)
    return Path(name)


def _is_in_a_workspace(folder: Path) -> bool:
    parents = Path(os.path.realpath(folder)).parents
    return any((parent / TARGETS_FILE).exists() for parent in parents)


def _clean(folder: Path) -> None:
    for page in folder.glob(f"{_PREFIX}*.html"):
        with suppress(OSError):  # another dtrack may have deleted it
            if page.stat().st_mtime < time.time() - _DAYS * 86_400:
                page.unlink()


def show(page: Path) -> None:
    """Open the page in the browser, or say where it is: a machine without one is no fault."""
    import webbrowser  # slow to load

    try:
        opened = webbrowser.open(page.absolute().as_uri())
    except (OSError, webbrowser.Error):
        opened = False
    remark(_(_SHOWN if opened else _NOT_SHOWN, file=page))
