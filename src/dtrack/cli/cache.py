"""The user's folder for what programs can do without."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def cache_folder() -> Path:
    """Dtrack's part of it, made or not. Raises FileNotFoundError where the user has no folder."""
    home = Path(os.environ.get("XDG_CACHE_HOME", ""))
    if sys.platform == "win32":
        home = Path(os.environ.get("LOCALAPPDATA", ""))
    elif sys.platform == "darwin":
        home = Path.home() / "Library/Caches"
    elif not home.is_absolute():  # as the XDG specification has it
        home = Path.home() / ".cache"
    if not home.is_absolute():
        raise FileNotFoundError(home)
    return home / "dtrack"
