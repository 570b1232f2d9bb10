"""What README shows of the program, made anew: `python docs/refresh.py`.

With `--check` nothing is written, 1 says it is stale.

In comes README.md, out goes README.md with three things replaced: every fenced `text` block that
begins with `$ dtrack …` by what that command prints, and the tables between `<!-- begin: NAME -->`
and `<!-- end: NAME -->` by those of the source. Beside it the picture docs/report.svg is drawn.
"""

from __future__ import annotations

import os
import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import screenshot

from dtrack.core.plausible_rules import PLAUSIBLE
from dtrack.core.rules import DOOR, STRUCTURE
from dtrack.core.severity import ValidationRule
from dtrack.model.schema import ASSESSMENT, ASSESSMENT_LAST, HISTORY, FrameColumn
from dtrack.reporting.catchup import CATCHUP
from dtrack.reporting.changes import CHANGES
from dtrack.reporting.completeness import STATUS
from dtrack.reporting.decomposition import CITY
from dtrack.reporting.revisions import REVISIONS
from dtrack.reporting.trajectory import PATH

README = screenshot.ROOT / "README.md"
_BLOCK = re.compile(r"^```text\n\$ (dtrack [^\n]*)\n.*?^```$", re.MULTILINE | re.DOTALL)
_UNASKED = ("DTRACK_WORKSPACE", "DTRACK_DEBUG", "FORCE_COLOR")
_UNITS = {"unit": "of the row's `unit`", "gap_unit": "of the row's `gap_unit`"}
_ANALYSES = {
    "status": STATUS,
    "changes": CHANGES,
    "catchup": CATCHUP,
    "city": CITY,
    "path": PATH,
    "revisions": REVISIONS,
}


def printed(command: str) -> str:
    """What `command` prints in README's folder, 100 columns wide, no blanks at line ends."""
    words = shlex.split(command)
    program = shutil.which(words[0], path=str(Path(sys.executable).parent))
    if program is None:
        sys.exit(
            f"refresh: there is no {words[0]} beside {sys.executable}; "
            "install it first: pip install -e ."
        )
    kept = {name: value for name, value in os.environ.items() if name not in _UNASKED}
    settings = kept | {"COLUMNS": "100", "NO_COLOR": "1", "PYTHONIOENCODING": "utf-8"}
    call = [program, *words[1:]]
    done = subprocess.run(
        call, cwd=README.parent, env=settings, capture_output=True, encoding="utf-8", check=False
    )
    if done.returncode:
        sys.exit(f"refresh: “{command}” ended with {done.returncode}: {done.stderr}")
    return "\n".join(line.rstrip() for line in done.stdout.rstrip().splitlines())


def table(head: tuple[str, ...], rows: Iterable[tuple[str, ...]]) -> str:
    """A Markdown table."""
    lines = [head, tuple("---" for _ in head), *rows]
    return "\n".join(
        "| " + " | ".join(cell.replace("|", r"\|") for cell in line) + " |" for line in lines
    )


def declared(columns: tuple[FrameColumn, ...], units: dict[str, str]) -> str:
    """The table of columns as the schema declares them; `units` tells some units in other words."""
    rows = (
        (f"`{column.name}`", units.get(column.unit, column.unit), column.meaning)
        for column in columns
    )
    return table(("column", "unit", "meaning"), rows)


def faults(rules: dict[str, ValidationRule]) -> str:
    """The table of codes of what one row or file shows."""
    rows = (
        (f"`{code}`", str(rule.severity), rule.meaning, rule.remedy)
        for code, rule in sorted(rules.items())
    )
    return table(("code", "severity", "meaning", "remedy"), rows)


def doubts(rules: dict[str, ValidationRule]) -> str:
    """The table of doubts: how each is found, and what it is when nothing is wrong.

    All are warnings.
    """
    rows = (
        (f"`{code}`", rule.meaning, rule.rule, rule.explanation, rule.remedy)
        for code, rule in sorted(rules.items())
    )
    return table(("code", "meaning", "detection rule", "possible explanation", "remedy"), rows)


def tables() -> dict[str, str]:
    """The tables of README by name."""
    return {
        "columns": declared((*ASSESSMENT, *HISTORY, *ASSESSMENT_LAST), _UNITS),
        **{f"columns-{name}": declared(columns, {}) for name, columns in _ANALYSES.items()},
        "findings-structure": faults(STRUCTURE),
        "findings-plausible": doubts(PLAUSIBLE),
        "findings-door": faults(DOOR),
    }


def refreshed(text: str) -> str:
    """README with its blocks and tables as the program now says them."""
    text = _BLOCK.sub(lambda match: f"```text\n$ {match[1]}\n{printed(match[1])}\n```", text)
    for name, rows in tables().items():
        place = re.compile(rf"(?<=<!-- begin: {name} -->\n).*?(?=<!-- end: {name} -->)", re.DOTALL)
        text = place.sub(lambda _, rows=rows: f"{rows}\n", text)  # type: ignore[misc]
    return text


def main() -> None:
    """Write what has changed, or only say so."""
    before = README.read_text(encoding="utf-8")
    made = {README: refreshed(before), screenshot.PICTURE: screenshot.picture()}
    stale = [
        file
        for file, text in made.items()
        if not file.exists() or file.read_text(encoding="utf-8") != text
    ]
    if "--check" in sys.argv[1:]:
        sys.exit(f"refresh: stale: {', '.join(file.name for file in stale)}" if stale else 0)
    for file in stale:
        file.write_text(made[file], encoding="utf-8", newline="\n")
        print(f"wrote {file.name}")


if __name__ == "__main__":
    main()
