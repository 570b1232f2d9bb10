"""dtrack: targets by area, the figures reported against them, and what the gap is.

>>> import dtrack
>>> board = dtrack.open(".").assess("H1-2024")  # doctest: +SKIP
"""

from __future__ import annotations

from dtrack.core.version import VERSION

TYPE_CHECKING = False  # not from typing: `dtrack --version` answers before anything is imported
if TYPE_CHECKING:
    import builtins
    from pathlib import Path

    from dtrack.workspace import Workspace

__version__ = VERSION
__all__ = ["__version__", "open"]


def open(folder: builtins.str | Path = ".") -> Workspace:
    """Load the workspace in `folder` (the one that holds targets.toml).

    Never raises for what the files say: the faults are in `Workspace.findings`, each with file,
    line and remedy. pandas is loaded here, not by `import dtrack`.
    """
    from dtrack.workspace import load

    return load(folder)
