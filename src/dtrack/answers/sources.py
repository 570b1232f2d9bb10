"""Sources → a sheet: what each is, and how many figures and targets stand on it."""

from __future__ import annotations

from collections import Counter

from dtrack.model import Holdings
from dtrack.sheet import Column, Document, Sheet
from dtrack.tongue import listed


def sheet_of(held: Holdings) -> Sheet:
    """One row per source of data/sources.csv, in file order; cited ids that it does not list are named below."""
    figures, targets = (_cited(frame) for frame in (held.actuals, held.targets))
    sources = list(held.sources.values())
    stray = [name for name in dict.fromkeys((*figures, *targets)) if name and name not in held.sources]
    below = (f"Cited and not listed in data/sources.csv: {listed(stray, most=20)}.",) if stray else ()

    def count(key: str, heading: str, of: Counter[str]) -> Column:
        return Column(key, heading, [of[source.id] for source in sources], [0] * len(sources), right=True)

    return Sheet(f"{len(sources):,} source{'s' * (len(sources) != 1)}", (
        Column("id", "Source", [source.id for source in sources]),
        Column("title", "Title", [source.title for source in sources]),
        Column("publisher", "Publisher", [source.publisher for source in sources], gives_way=1),
        Column("date", "Date", [source.date for source in sources]),
        Column("copy", "Copy", ["yes" if source.copy else "no" for source in sources], gives_way=2),
        count("figures", "Figures", figures),
        count("targets", "Targets", targets),
    ), below)  # fmt: skip


def document(sheet: Sheet) -> Document:
    """The sheet, ready to be shown."""
    return Document("sources", sheets=(sheet,))


def _cited(frame: object) -> Counter[str]:
    """How many rows of a frame name each source."""
    column = frame["source"]  # type: ignore[index]
    return Counter({str(name): int(number) for name, number in column.value_counts().items() if number})
