"""Workspaces to measure with.

In come a folder and a number of areas, out goes a whole workspace of invented figures.

A city of `areas` areas, 17 indicators (10 growth, 5 flow, 1 share, 1 stock) and the 20 halves
H1-2015 to H2-2024, so 17 × 20 figures for each area and for the city, all in one file, and the 5
flows of the year 2023, which the share of a half in its year is made of. The flows weight the
growths. The same seed gives the same bytes. No place is real.

For `import` another one: 100 indicators (40 growth, 40 flow, 10 share, 10 stock) with the figures
of H1-2023 on file, and beside it a return, return.csv: a row for every area and indicator of
H1-2024, near enough to last year to be believed.
"""

from __future__ import annotations

import csv
from pathlib import Path
from random import Random
from typing import NamedTuple

SEED = 20240830
AREAS = {"10^4": 30, "10^5": 300, "10^6": 3000}
KINDS = ("growth",) * 10 + ("flow",) * 5 + ("share", "stock")
HALVES = tuple(f"H{half}-{year}" for year in range(2015, 2025) for half in (1, 2))
BASE, TARGETED = "2023", "2024"  # the year before the one that the targets are for, and that one
TARGETS = 1000
RETURNS = {"10^4": 100, "10^5": 1000}  # areas; rows are a hundred times as many
RETURNED_KINDS = ("growth",) * 40 + ("flow",) * 40 + ("share",) * 10 + ("stock",) * 10
RETURNED, YEAR_BEFORE = "H1-2024", "H1-2023"
WORDINGS = ("{}", ">={}", "around {}", "above {}", "{}%以上")

_HEADER = ("area", "indicator", "period", "value", "status", "published", "source", "note")
_UNITS = {"growth": "percent", "share": "percent", "flow": "100 million CNY", "stock": "stations"}


class Made(NamedTuple):
    """A workspace that stands.

    Its folder, a file of figures (its own, or a return), and how many figures that holds.
    """

    folder: Path
    figures: Path
    rows: int


def indicators(kinds: tuple[str, ...] = KINDS) -> list[tuple[str, str]]:
    """Id and kind of every indicator: growth_01 … growth_10, flow_01 …, share_01, stock_01."""
    return [
        (f"{kind}_{kinds[: position + 1].count(kind):02d}", kind)
        for position, kind in enumerate(kinds)
    ]


def area_ids(areas: int) -> list[str]:
    """The city first, then its areas."""
    return ["rivermouth", *(f"area_{number:04d}" for number in range(1, areas + 1))]


def make(folder: Path, areas: int) -> Made:
    """Write the workspace.

    A folder that holds it already, from the same text of this script, is kept as it is.
    """
    figures = folder / "data" / "actuals" / "figures.csv"
    if not _stands(folder, areas):
        random = Random(SEED)
        _lay(folder, areas, targets(areas, random))
        _write(figures, [_HEADER, *_figures(areas, random)])
        _stamp(folder, areas)
    return Made(folder, figures, (areas + 1) * (len(KINDS) * len(HALVES) + KINDS.count("flow")))


def make_return(folder: Path, areas: int) -> Made:
    """Write the workspace that a return comes to and the return.

    They are `folder`/workspace and `folder`/return.csv. `folder`/first is the same workspace with
    but one figure on file: what it is when its first return comes.
    """
    home, sent = folder / "workspace", folder / "return.csv"
    if not _stands(folder, areas):
        random = Random(SEED)
        _lay(home, areas, targets(areas, random, RETURNED_KINDS))
        before, rows = _years(areas, random)
        _lay(folder / "first", areas, targets(areas, Random(SEED), RETURNED_KINDS))
        for where, rows_there in ((home, before), (folder / "first", before[:1])):
            _write(where / "data" / "actuals" / f"{YEAR_BEFORE}.csv", [_HEADER, *rows_there])
        _write(sent, [("area", "indicator", "value"), *rows])
        _stamp(folder, areas)
    return Made(home, sent, areas * len(RETURNED_KINDS))


def _mark(areas: int) -> str:
    return f"{SEED} {areas}\n{Path(__file__).read_text(encoding='utf-8')}"


def _stands(folder: Path, areas: int) -> bool:
    stamp = folder / "made-by"
    return stamp.exists() and stamp.read_text(encoding="utf-8") == _mark(areas)


def _stamp(folder: Path, areas: int) -> None:
    (folder / "made-by").write_text(_mark(areas), encoding="utf-8", newline="\n")


def _lay(folder: Path, areas: int, toml: str) -> None:
    """All of a workspace but its figures."""
    (folder / "data" / "actuals").mkdir(parents=True, exist_ok=True)
    (folder / "targets.toml").write_text(toml, encoding="utf-8", newline="\n")
    _write(folder / "data" / "areas.csv", _areas(areas))
    _write(folder / "data" / "sources.csv", _sources())


def _years(areas: int, random: Random) -> tuple[list[tuple[str, ...]], list[tuple[str, ...]]]:
    """Figures of a half as they are on file, and those of a year later as they are sent."""
    rest = ("illustrative", f"{YEAR_BEFORE[3:]}-07-20", f"return-{YEAR_BEFORE}", "")
    before: list[tuple[str, ...]] = []
    sent: list[tuple[str, ...]] = []
    for number, area in enumerate(area_ids(areas)):
        growth: dict[str, float] = {}
        for name, kind in indicators(RETURNED_KINDS):
            then = _number(_value(kind, random))
            now = _a_year_later(
                kind, then, growth.get(name[-2:], 5.0) + random.uniform(-2, 2), random
            )
            before.append((area, name, YEAR_BEFORE, f"{then:.{int(kind != 'stock')}f}", *rest))
            growth |= {name[-2:]: _number(now)} if kind == "growth" else {}
            if number:
                sent.append((f"Area {area[-4:]}", name, now))
    return before, sent


def _a_year_later(kind: str, then: float, growth: float, random: Random) -> str:
    """A growth of its own, a share some points from last year's, a level grown as it says."""
    if kind == "growth":
        return _value(kind, random)
    grown = then + random.gauss(0, 1) if kind == "share" else then * (1 + growth / 100)
    return f"{grown:.{int(kind != 'stock')}f}"


def _number(text: str) -> float:
    """The number in a figure's text, without its wording."""
    return float(text.strip("><=%以上").split(" ")[-1])


def _write(file: Path, rows: list[tuple[str, ...]]) -> None:
    with file.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, lineterminator="\n").writerows(rows)


def _areas(areas: int) -> list[tuple[str, ...]]:
    header = ("id", "code", "parent", "name_en", "name_zh", "name_fr", "aliases", "overlaps")
    city, *rest = area_ids(areas)
    rows = [
        (
            name,
            f"9{name[-4:]}",
            city,
            f"Area {name[-4:]}",
            f"第{name[-4:]}区",
            f"Zone {name[-4:]}",
            "",
            "",
        )
        for name in rest
    ]
    return [header, (city, "90000", "", "Rivermouth", "河口市", "Rivermouth", "", ""), *rows]


def _sources() -> list[tuple[str, ...]]:
    header = ("id", "title", "publisher", "date", "url", "copy", "file", "sha256")
    texts = [("plan", "Plan for 2024", "2024-01-15")]
    texts += [(f"return-{half}", f"Return of {half}", f"{half[3:]}-12-31") for half in HALVES]
    return [
        header,
        *(
            (name, f"{title} (illustrative)", "Bench", day, "", "no", "", "")
            for name, title, day in texts
        ),
    ]


def _figures(areas: int, random: Random) -> list[tuple[str, ...]]:
    """A row for every half, area and indicator, and for each flow of the base year.

    Levels nearly all differ, as in life.
    """
    rows: list[tuple[str, ...]] = []
    for half in HALVES:
        month = "07" if half.startswith("H1") else "12"
        for area in area_ids(areas):
            rest = (
                "illustrative",
                f"{half[3:]}-{month}-{random.randint(15, 28)}",
                f"return-{half}",
                "",
            )
            rows += [(area, name, half, _value(kind, random), *rest) for name, kind in indicators()]
    rest = ("illustrative", f"{BASE}-12-31", f"return-H2-{BASE}", "")
    flows = [name for name, kind in indicators() if kind == "flow"]
    rows += [
        (area, name, BASE, f"{random.uniform(100_000, 200_000):.1f}", *rest)
        for area in area_ids(areas)
        for name in flows
    ]
    return rows


def _value(kind: str, random: Random) -> str:
    """One figure as published: growth and share to one digit, one in fifty of them worded."""
    if kind == "flow":
        return f"{random.uniform(100, 100_000):.1f}"
    if kind == "stock":
        return str(random.randint(100, 100_000))
    number = f"{random.gauss(6, 3) if kind == 'growth' else random.uniform(20, 60):.1f}"
    if random.random() >= 0.02:
        return number
    wording = random.choice(WORDINGS[1:])
    # beside a minus 以上 may mean either side, and is refused
    return (">={}" if number.startswith("-") and "上" in wording else wording).format(number)


def targets(areas: int, random: Random, kinds: tuple[str, ...] = KINDS) -> str:
    """targets.toml.

    The indicators, and about a thousand targets for 2024 and its first half, spread evenly.

    The city has one for 2024 on every indicator, so that its gap can be taken apart; each growth
    has a flow for weight.
    """
    head = '[workspace]\ntitle = "Rivermouth (illustrative, to measure with)"\n'
    parts = [head + 'city = "rivermouth"\nheadline = "growth_01"\n']
    for name, kind in indicators(kinds):
        prices = 'prices = "current"\n' if kind in ("growth", "flow") else ""
        weight = (
            f'weight = "flow_{(int(name[-2:]) - 1) % kinds.count("flow") + 1:02d}"\n'
            if kind == "growth"
            else ""
        )
        head = f'[indicators.{name}]\nname = "{name}"\nkind = "{kind}"\nunit = "{_UNITS[kind]}"\n'
        parts.append(f'{head}{prices}{weight}better = "up"\n')
    periods, city = (TARGETED, f"H1-{TARGETED}"), area_ids(areas)[0]
    cells = [
        (*item, period, area)
        for item in indicators(kinds)
        for period in periods
        for area in area_ids(areas)
    ]
    step = max(len(cells) // TARGETS, 1)
    chosen = [
        cell for at, cell in enumerate(cells) if at % step == 0 or cell[2:] == (TARGETED, city)
    ]
    table = ""
    for name, kind, period, area in chosen:
        if table != (table := f'[targets.{name}."{period}"]'):
            parts.append(f"\n{table}")
        wording = random.choice(WORDINGS[:4]) if kind in ("growth", "share") else "{}"
        text = wording.format(_value(kind, random).strip("><=%以上").split(" ")[-1])
        parts.append(f'{area} = {{ value = "{text}", set = 2024-01-15, source = "plan" }}')
    return "\n".join(parts) + "\n"
