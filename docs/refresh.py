"""What README and the pages of docs/ show of the program, made anew: `python docs/refresh.py`.

With `--check` nothing is written, 1 says what is stale; with names of pages only these are done.

In come README, README.zh and every page of docs/, out go the same pages with two things replaced:
in fenced `console` blocks what the commands print (docs/examples.py), and the tables between
`<!-- begin: NAME -->` and `<!-- end: NAME -->` by those of the source. Beside them the picture
docs/report.svg is drawn.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import cli_reference
import examples
import screenshot
from cli_reference import table

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

CLI_PAGE = screenshot.ROOT / "docs" / "reference" / "cli.md"
_UNITS = {"unit": "of the row's `unit`", "gap_unit": "of the row's `gap_unit`"}
_ANALYSES = {
    "status": STATUS,
    "changes": CHANGES,
    "catchup": CATCHUP,
    "city": CITY,
    "path": PATH,
    "revisions": REVISIONS,
}


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
    """The table of plausibility warnings: how each is found, and how it may be explained."""
    rows = (
        (f"`{code}`", rule.meaning, rule.rule, rule.explanation, rule.remedy)
        for code, rule in sorted(rules.items())
    )
    return table(("code", "meaning", "detection rule", "possible explanation", "remedy"), rows)


def tables(page: Path) -> dict[str, Callable[[], str]]:
    """How each table is made, by its name; `page` is where it stands."""
    reference = Path(os.path.relpath(CLI_PAGE, page.parent)).as_posix()
    found: dict[str, Callable[[], str]] = {
        "commands": lambda: cli_reference.overview(reference),
        "cli": cli_reference.reference,
        "columns": lambda: declared((*ASSESSMENT, *HISTORY, *ASSESSMENT_LAST), _UNITS),
        "findings-structure": lambda: faults(STRUCTURE),
        "findings-plausible": lambda: doubts(PLAUSIBLE),
        "findings-door": lambda: faults(DOOR),
    }
    return found | {
        f"columns-{name}": lambda columns=columns: declared(columns, {})
        for name, columns in _ANALYSES.items()
    }


def with_tables(text: str, page: Path) -> str:
    """The page with its tables as the source now declares them."""
    made = tables(page)
    place = re.compile(r"<!-- begin: (?P<name>[\w-]+) -->\n.*?<!-- end: (?P=name) -->", re.DOTALL)

    def fresh(found: re.Match[str]) -> str:
        name = found["name"]
        return f"<!-- begin: {name} -->\n{made[name]()}\n<!-- end: {name} -->"

    return place.sub(fresh, text)


def refreshed(pages: Iterable[Path]) -> dict[Path, str]:
    """The pages as they should be; most of the time is that of the commands, in processes."""
    made = {page: with_tables(page.read_text(encoding="utf-8"), page) for page in pages}
    with ThreadPoolExecutor(os.cpu_count()) as at_once:
        return dict(zip(made, at_once.map(examples.recorded, made.values()), strict=True))


def main() -> None:
    """Write what has changed, or only say so."""
    named = [Path(word).resolve() for word in sys.argv[1:] if word != "--check"]
    made = refreshed(named or examples.pages())
    if not named:
        made[screenshot.PICTURE] = screenshot.picture()
    stale = [
        file
        for file, text in made.items()
        if not file.exists() or file.read_text(encoding="utf-8") != text
    ]
    names = [str(file.relative_to(screenshot.ROOT)) for file in stale]
    if "--check" in sys.argv[1:]:
        sys.exit(f"refresh: stale: {', '.join(names)}" if stale else 0)
    for file, name in zip(stale, names, strict=True):
        file.write_text(made[file], encoding="utf-8", newline="\n")
        print(f"wrote {name}")


if __name__ == "__main__":
    main()
