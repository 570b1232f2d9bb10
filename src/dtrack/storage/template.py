"""The files of a new workspace.

An invented city with three districts, every figure marked illustrative.
"""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Sequence

from dtrack.model.schema import ACTUALS_FILE, AREAS_FILE, SOURCES_FILE

_COMMENTS = {
    "workspace": "What it is, and the area that the others make up. `headline` is the indicator told first.",
    "indicators": "What is measured. kind: growth (year on year, %), share (%), flow (adds up over the year), stock (read at a\n"
    "# date). better: up or down. prices: constant or current, for growth and money. weight: the flow that weights areas.",
    "targets": "What was promised: one table per indicator and period. Wordings: 5, >=5, above 5, around 5, 4.5..5, 5%以上,\n"
    '# "undisclosed". `set` is the day it was set, `source` an id of data/sources.csv. A target set anew is a list.',
}


def _toml() -> str:
    import tomli_w

    day = dt.date(2024, 1, 15)
    tables = {
        "workspace": {
            "title": {"en": "Rivermouth (illustrative)"},
            "city": "rivermouth",
            "headline": "gdp_growth",
        },
        "indicators": {
            "gdp_growth": {
                "name": {"en": "GDP growth"},
                "kind": "growth",
                "unit": "percent",
                "prices": "constant",
                "better": "up",
                "weight": "gdp",
            },
            "gdp": {
                "name": {"en": "GDP"},
                "kind": "flow",
                "unit": "million CNY",
                "prices": "current",
                "better": "up",
            },
        },
        "targets": {
            "gdp_growth": {
                "2024": {
                    "rivermouth": {"value": "around 5", "set": day, "source": "plan-2024"},
                    "harbour": {"value": ">=5.5", "set": day, "source": "plan-2024"},
                    "hill": {"value": "4.5", "set": day, "source": "plan-2024"},
                    "mill": {"value": "5", "set": day, "source": "plan-2024"},
                }
            }
        },
    }
    parts = [
        f"# {_COMMENTS[name]}\n\n{tomli_w.dumps({name: table})}" for name, table in tables.items()
    ]
    return (
        "# Targets of this workspace. Write in it what you like: `dtrack targets set` adds and leaves all else.\n\n"
        + "\n".join(parts)
    )


def _csv(header: tuple[str, ...], rows: Sequence[tuple[str, ...]]) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out, lineterminator="\n")
    writer.writerows([header, *rows])
    return out.getvalue()


def files() -> dict[str, str]:
    """Relative path → text of every file of the starter workspace."""
    areas = [("rivermouth", "", "", "Rivermouth", "", "", "", "")]
    areas += [
        (name, "", "rivermouth", name.title(), "", "", "", "")
        for name in ("harbour", "hill", "mill")
    ]
    sources = [
        (
            "plan-2024",
            "Plan for 2024 (illustrative)",
            "Council of Rivermouth",
            "2024-01-15",
            "",
            "no",
            "",
            "",
        ),
        (
            "half-2024",
            "First half of 2024 (illustrative)",
            "Statistics of Rivermouth",
            "2024-07-20",
            "",
            "no",
            "",
            "",
        ),
    ]
    growth = {"rivermouth": "5.1", "harbour": "5.0", "hill": "4.5"}
    rows = [
        (
            area,
            "gdp_growth",
            "H1-2024",
            value,
            "illustrative",
            "2024-07-20",
            "half-2024",
            "illustrative",
        )
        for area, value in growth.items()
    ]
    return {
        "targets.toml": _toml(),
        "data/areas.csv": _csv(AREAS_FILE, areas),
        "data/sources.csv": _csv(SOURCES_FILE, sources),
        "data/actuals/2024-h1.csv": _csv(ACTUALS_FILE, rows),
    }
