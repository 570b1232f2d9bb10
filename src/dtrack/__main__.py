"""`python -m dtrack` and the `dtrack` command. `--version` is answered before anything is imported."""

from __future__ import annotations

import gc
import sys


def run() -> None:
    """The entry point. The collector is off from the first line: a report lives too briefly to need it."""
    gc.disable()
    if sys.argv[1:] == ["--version"]:
        from dtrack import __version__

        sys.stdout.write(f"dtrack {__version__}\n")
        return
    from dtrack.cli import main

    main()


if __name__ == "__main__":
    run()
