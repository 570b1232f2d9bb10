"""Follow one figure of a workbook through `dtrack import r.xlsx --dry-run` and count where it goes.

Every call of a function of dtrack whose arguments hold the figure (as a number, in a text or in
bytes, inside records, lists and dicts down to `DEPTH` levels) is one stop of the walk.

    python bench/walk.py [SRC] [--list]      SRC: the folder that holds `dtrack`, default: src here
"""

from __future__ import annotations

import argparse
import contextlib
import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

FIGURE, TEXT = 617.375, "617.375"
DEPTH = 2
# of a list or dict no more are looked at: the return has two rows
FIRST = 400
CHILD = "DTRACK_WALK"
COMMAND = [
    *("import", "r.xlsx", "--half", "H1-2024", "--published", "2024-08-01"),
    *("--source", "office-20240801", "--dry-run"),
]
TARGETS = """[workspace]
title = { en = "Walk" }
city = "town"

[indicators.output]
name = { en = "Output" }
kind = "flow"
unit = "100 million CNY"
prices = "current"
better = "up"
"""
FILES = {
    "targets.toml": TARGETS,
    "data/areas.csv": "id,code,parent,name_en\ntown,1,,Town\neast,2,town,East\nwest,3,town,West\n",
    "data/sources.csv": "id,title,publisher,date,url,copy,file,sha256\n",
    "data/actuals/.keep": "",
}


def main() -> None:
    """Run the walk in a process of its own and print its counts."""
    parser = argparse.ArgumentParser(description=__doc__)
    own = Path(__file__).parent.parent / "src"
    parser.add_argument("source", nargs="?", type=Path, default=own)
    parser.add_argument("--list", action="store_true", help="print every stop")
    options = parser.parse_args()
    if os.environ.get(CHILD):
        walk(listed=options.list)
        return
    with tempfile.TemporaryDirectory() as folder:
        lay_down(Path(folder))
        path = {"PYTHONPATH": str(options.source.resolve()), CHILD: "1", "LANGUAGE": "en"}
        command = [sys.executable, str(Path(__file__).resolve())]
        command += ["--list"] * options.list
        subprocess.run(command, cwd=folder, env=os.environ | path, check=True)


def lay_down(folder: Path) -> None:
    """Write a workspace of a town with two areas, and the return of both for one indicator."""
    import openpyxl

    for name, text in FILES.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    book = openpyxl.Workbook()
    for row in (("area", "Output (100 million CNY)"), ("East", FIGURE), ("West", 588.5)):
        book.worksheets[0].append(row)
    book.save(folder / "r.xlsx")


class Walk:
    """Stops of the figure, in the order of the calls."""

    def __init__(self) -> None:
        self.stops: list[tuple[str, str]] = []

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Profile hook: keep a call whose arguments hold the figure."""
        name = frame.f_globals.get("__name__", "")
        code = frame.f_code
        # what `dataclass` generates stands in no file: a record is no stop
        if event != "call" or not name.startswith("dtrack") or code.co_filename == "<string>":
            return
        known = frame.f_locals
        if any(holds(known[argument]) for argument in arguments(code) if argument in known):
            self.stops.append((name, code.co_qualname))


def arguments(code: CodeType) -> Iterable[str]:
    """Names of the arguments, `*` and `**` among them."""
    starred = bool(code.co_flags & 4) + bool(code.co_flags & 8)
    return code.co_varnames[: code.co_argcount + code.co_kwonlyargcount + starred]


def holds(value: Any, depth: int = DEPTH) -> bool:
    """The value is the figure, or holds it at most so many levels down."""
    if isinstance(value, str):
        return TEXT in value
    if isinstance(value, bytes):
        return TEXT.encode() in value
    if isinstance(value, float | Decimal):
        return float(value) == FIGURE
    if depth == 0:
        return False
    return any(holds(part, depth - 1) for part in parts(value))


def parts(value: Any) -> Iterable[Any]:
    """What a record, list, tuple, set or dict holds."""
    if isinstance(value, dict):
        return list(value.values())[:FIRST]
    if isinstance(value, list | tuple | set | frozenset):
        return list(value)[:FIRST]
    if is_dataclass(value) and not isinstance(value, type):
        return [getattr(value, field.name, None) for field in fields(value)]
    if type(value).__module__.startswith("dtrack"):
        return list(getattr(value, "__dict__", {}).values())
    return ()


def walk(*, listed: bool) -> None:
    """Run the command under the hook, and print functions, modules and changes of module."""
    from dtrack.cli import main as command

    sys.argv = ["dtrack", *COMMAND]
    seen, out = Walk(), io.TextIOWrapper(io.BytesIO(), "utf-8")
    with contextlib.redirect_stdout(out), contextlib.suppress(SystemExit):
        sys.setprofile(seen)
        try:
            command()
        finally:
            sys.setprofile(None)
    out.seek(0)
    if TEXT not in (shown := out.read()):
        sys.exit(f"the import did not show the figure:\n{shown}")
    stops = seen.stops
    modules = [module for module, _ in stops]
    changes = sum(one != other for one, other in pairwise(modules))
    if listed:
        for stop in dict.fromkeys(stops):
            print(*stop)
    print(f"{len(set(stops))} functions, {len(set(modules))} modules, {changes} changes of module")


if __name__ == "__main__":
    main()
