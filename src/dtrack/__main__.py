"""`python -m dtrack` and the `dtrack` command.

`--version` is answered before anything is imported.
"""

from __future__ import annotations

import gc
import os
import sys

_INTERRUPTED = 130  # that of dtrack.core.findings, which is not loaded yet


def run() -> None:
    """The entry point.

    Ctrl-C is quiet from the first line on, while modules load and after they have.
    """
    sys.unraisablehook = _stopped_anyhow
    try:
        _run()
    except KeyboardInterrupt:
        sys.exit(_INTERRUPTED)


def _stopped_anyhow(fault: sys.UnraisableHookArgs) -> None:
    """End on a Ctrl-C that comes where nothing can be raised: in a callback of an import."""
    if fault.exc_type is KeyboardInterrupt:
        os._exit(_INTERRUPTED)
    sys.__unraisablehook__(fault)


def _run() -> None:
    """The collector is off from the beginning: a report lives too briefly to need it."""
    gc.disable()
    # numpy starts threads for matrices, of which there are none here
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        # closed by the caller: there is nobody to ask or to tell anything
        if getattr(sys, name) is None:
            setattr(sys, name, open(os.devnull, mode, encoding="utf-8"))  # noqa: SIM115, PTH123
    if sys.argv[1:] == ["--version"]:
        from dtrack import __version__

        try:
            sys.stdout.write(f"dtrack {__version__}\n")
            sys.stdout.flush()
        except OSError:  # `main` tells what is wrong with stdout
            pass
        else:
            return
    from dtrack.cli import main

    main()


if __name__ == "__main__":
    run()
