"""`python -m dtrack` and the `dtrack` command. `--version` is answered before anything is imported."""

from __future__ import annotations

import gc
import os
import sys


def run() -> None:
    """The entry point. The collector is off from the first line: a report lives too briefly to need it."""
    gc.disable()
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # numpy starts threads for matrices, of which there are none here
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by the caller: there is nobody to tell anything
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115, PTH123
    if sys.argv[1:] == ["--version"]:
        from dtrack import __version__

        try:
            sys.stdout.write(f"dtrack {__version__}\n")
            sys.stdout.flush()
        except OSError as error:
            from dtrack.cli.guard import lost_output

            sys.exit(lost_output(error))
        return
    from dtrack.cli import main

    main()


if __name__ == "__main__":
    run()
