"""One answer, whatever it is asked with: over random workspaces every command and every format tells the same numbers, verdicts and counts.

Each world is asked `report`, `gap`, `brief`, `city`, `catchup` and `status`; what comes out as a table, csv, json, md, html and xlsx is read
back by readers of its own (`read_back`) and held against one another and against the rules in exact decimals (`oracle`).

`DTRACK_WORLDS=2000 pytest tests/reporting/test_outputs_agree.py` examines many more worlds than the few of every run.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from dtrack.core.translate import ENGLISH, speaking
from dtrack.i18n.formatting import wording_shown
from support.oracle import ORDER, Cell, Need, Oracle, half_up, number_of, shown, signed
from support.questions import (
    MARK,
    WORDS,
    Asked,
    brief,
    exactly,
    examined,
    judged,
    named,
    seeds,
)
from support.random_workspaces import CITY, Area, Indicator, Number
from support.read_back import Node, Shown, Table, page

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("seed", seeds(0, 8))
def test_every_command_and_every_format_tells_the_same(seed: int, tmp_path: Path) -> None:
    examined(check_all, seed, tmp_path)


def check_all(asked: Asked, _: Number) -> None:
    """Everything that one world is asked."""
    for check in (
        check_report,
        check_tolerance,
        check_pictures,
        check_gap,
        check_city,
        check_catchup,
        check_status,
        check_brief,
    ):
        check(asked)


# ---- report ---------------------------------------------------------------------------------------------------------
MONTHS = ("", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
VERDICT = re.compile(r"([0-9]+) (missed|not reported|cannot be assessed|in progress|met|no target)")


def check_report(asked: Asked) -> None:
    """Every row of the tidy answer is that of the oracle; the tables, their counts and the headline say the same."""
    oracle, world = asked.oracle, asked.world
    rows = asked.rows("report", "--all")
    cells = [cell for item in world.indicators for cell in oracle.board(item.id)]
    assert len(rows) == len(cells)
    for row, cell in zip(rows, cells, strict=True):
        assert {name: row[name] for name in cell.words} == cell.words
        assert row["period"] == world.period
        check_later(asked, row["note"], cell)
    told = asked.shown("report")
    tables = [table for table in told.tables if not table.title.startswith("Scorecard")]
    for table in tables:
        check_table(asked, table)
    check_scorecard(asked, [table for table in told.tables if table not in tables])
    check_headline(asked, told)
    shown_once = {(table.title, *row[:2]) for table in tables for row in table.rows}
    assert len(shown_once) == sum(len(table.rows) for table in tables)
    everything = asked.shown("report", "--all").tables
    everything = [table for table in everything if not table.title.startswith("Scorecard")]
    assert sum(len(table.rows) for table in everything) == len(cells)
    for table in everything:
        check_table(asked, table, everything=True)


def check_scorecard(asked: Asked, found: list[Table]) -> None:
    """Sign and gap of each cell with a target, or how much of it is done; the counts beside and below."""
    oracle, world = asked.oracle, asked.world
    boards = {item.id: oracle.board(item.id, oracle.districts) for item in world.indicators}
    items = [item for item in world.indicators if any(cell.promise for cell in boards[item.id])]
    judged_at_all = {
        item.id
        for item in items
        for cell in boards[item.id]
        if cell.promise and cell.verdict not in ("not_reported", "")
    }
    rows = {
        area.id: [cell for item in items if (cell := oracle.cell(area.id, item.id)).promise]
        for area in world.areas
        if oracle.place(area) != "reference"
    }
    districts = [area for area, cells in rows.items() if cells and area != CITY]
    assert bool(found) is (len(judged_at_all) > 1 and len(districts) > 1)
    for table in found:
        *lines, last = table.records()
        by_name = {placed(asked, area): area for area in world.areas}
        assert {by_name[line["Area"]].id for line in lines} == {a for a in rows if rows[a]}
        for line in lines:
            area = by_name[line["Area"]]
            assert line["Missed"] == missed(rows[area.id])
            for item in items:
                check_scored(line[item.names[0]], oracle.cell(area.id, item.id))
        for item in items:
            assert last[item.names[0]] == missed([c for c in boards[item.id] if c.promise])


def missed(cells: Sequence[Cell]) -> str:
    """`1 of 3`: how many of those met, missed or not reported are missed."""
    due = [cell.verdict for cell in cells if cell.verdict in ("met", "missed", "not_reported")]
    return f"{due.count('missed')} of {len(due)}" if due else ""


def check_scored(text: str, cell: Cell) -> None:
    """One cell of the scorecard: `✗ -3.4`, `✓ 101.4%`, `!`."""
    if not cell.promise:
        assert not text
        return
    sign, _, told = text.partition(" ")
    assert sign == judged(cell)[0]
    if cell.past_goal is None:
        assert told == signed(cell.words["gap"])
        return
    down = cell.item.better == "down"
    percent = 100 + cell.past_goal * (-1 if down != (cell.goal < 0) else 1)
    near = shown(half_up(percent, 1), 1)
    if percent != 100 and near == "100.0":
        near = "<100" if percent < 100 else ">100"
    assert told == f"{near}%"


def check_later(asked: Asked, note: str, cell: Cell) -> None:
    """A target that was set later is told, with the verdict that it would give."""
    told = re.findall(
        r"target revised on (\S*) to ([^;:]*)(?:: ([a-z ]+) against the revised target)?", note
    )
    verdict = asked.oracle.against_later(cell) if cell.later else ""
    assert told == (
        [(cell.later.set, cell.later.amount.text, WORDS.get(verdict, verdict))]
        if cell.later
        else []
    )


def check_tolerance(asked: Asked) -> None:
    """With a tolerance the goals of growth and share are moved by it, to its digits; everything else is as it was."""
    points, oracle = "0.25", Oracle(asked.world, Decimal("0.25"))
    rows = asked.rows("report", "--all", "--tolerance", points)
    for row, cell in zip(
        rows,
        [cell for item in asked.world.indicators for cell in oracle.board(item.id)],
        strict=True,
    ):
        assert {name: row[name] for name in cell.words} == cell.words
    told = asked.shown("report", "--tolerance", points)
    for table in told.tables:
        alone = "Indicator" not in table.head and not table.title.startswith("Scorecard")
        for row in table.records() if alone else ():
            area = next(area for area in asked.world.areas if row["Area"] == placed(asked, area))
            check_line(row, oracle.cell(area.id, named(asked, table.title).id))


def check_table(asked: Asked, table: Table, *, everything: bool = False) -> None:
    """One table of report: its rows in their order, each with the oracle's numbers; the sentences below with its counts."""
    oracle = asked.oracle
    if table.title.endswith("the city's own figures"):
        check_own_figures(asked, table)
        return
    item = named(asked, table.title)
    cells = oracle.ordered(
        cell for cell in oracle.board(item.id) if everything or cell.promise or beside(asked, cell)
    )
    assert [row[0] for row in table.rows] == [placed(asked, cell.area) for cell in cells]
    check_counts(asked, item.id, table)
    for row, cell in zip(table.records(), cells, strict=True):
        check_line(row, cell)


def beside(asked: Asked, cell: Cell) -> bool:
    """A figure without a target that is shown: of the city, the area above and other cities; of all where nothing has one."""
    board = [one for item in asked.world.indicators for one in asked.oracle.board(item.id)]
    if not cell.report or cell.older:
        return False
    if not any(one.promise for one in board):
        return True
    promised = any(one.promise for one in asked.oracle.board(cell.item.id))
    return promised and asked.oracle.place(cell.area) in ("city", "reference", "peer")


def placed(asked: Asked, area: Area) -> str:
    """An area's name in a table, and where it stands unless that is plain."""
    told = {
        "zone": "overlapping",
        "peer": "peer",
        "part": f"part of {asked.world.area(area.parent).names[0]}" if area.parent else "",
    }
    place = asked.oracle.place(area)
    return f"{area.names[0]} ({told[place]})" if place in told else area.names[0]


def check_own_figures(asked: Asked, table: Table) -> None:
    """Indicators that only the city has, each with its line; what the area above it has stands there and is not counted."""
    cells = []
    for row in table.records():
        area = next(
            a
            for a in asked.world.areas
            if row.get("Area", asked.world.area(CITY).names[0]) == a.names[0]
        )
        cells.append(asked.oracle.cell(area.id, named(asked, row["Indicator"]).id))
        check_line(row, cells[-1])
    own = [cell for cell in cells if cell.area.id == CITY]
    assert len({(cell.area.id, cell.item.id) for cell in cells}) == len(cells)
    assert counted(table.below[0]) == Counter(WORDS.get(cell.verdict, cell.verdict) for cell in own)
    assert int(table.below[0].split()[0]) == len(own)


def check_line(row: dict[str, str], cell: Cell) -> None:
    """A line of a table for people: what was published as it was published, differences with their signs."""
    words = cell.words
    row = {heading: text.replace(",", "") for heading, text in row.items()}
    actual, target = (as_read(words[f"{of}_text"], cell.item) for of in ("actual", "target"))
    told = with_period(actual, words["actual_period"], (cell.period,))
    assert row["Actual"] == told.replace(",", ""), (row, told)
    target = f"{target} → {words['goal']}" if cell.moved else target
    told = with_period(target, words["target_period"], (cell.period, "2024"))
    assert row["Target"] == told.replace(",", ""), (row, told)
    assert row.get("Gap (pp)", row.get("Gap")) == signed(words["gap"])
    if row.get("Target to date"):
        assert row["Target to date"] == words["goal"]
    assert row["Verdict"] == judged(cell)
    of_amount = cell.item.kind in ("flow", "stock")
    assert row.get("% of target", "") == (cell.percent_of_target if of_amount else "")
    assert row.get("vs city", "") == signed(words["vs_city"])
    assert row["Status"] == words["status"]
    if reference := next(
        (heading for heading in row if heading.startswith("vs ") and heading != "vs city"), ""
    ):
        assert row[reference] == signed(shown(cell.vs_reference, cell.vs_reference_digits))


def as_read(text: str, item: Indicator) -> str:
    """A figure or target as people read it: around 5 is ≈ 5; the tests of formatting hold these words."""
    with speaking(ENGLISH):
        return wording_shown(text, item.unit)


def with_period(text: str, period: str, own: Sequence[str]) -> str:
    """A figure, and its period where that is not the one asked for; months of a year by their names."""
    if not text or period in own:
        return text
    months = re.fullmatch(r"([0-9]{4})-([0-9]{2})\.\.[0-9]{4}-([0-9]{2})", period)
    told = f"{MONTHS[int(months[2])]}–{MONTHS[int(months[3])]} {months[1]}" if months else period
    return f"{text} ({told})"


def counted(sentence: str) -> dict[str, int]:
    """`2 missed, 1 met` as numbers by their words."""
    return {word: int(number) for number, word in VERDICT.findall(sentence)}


def check_counts(asked: Asked, indicator: str, table: Table) -> None:
    """The count below a table is of districts, and of all of them; the one furthest behind is the one with the least gap."""
    oracle = asked.oracle
    cells, text = oracle.board(indicator, oracle.districts), table.below[0]
    promised = [cell for cell in cells if cell.promise]
    number = len(cells)
    if not promised:
        assert text.startswith(f"None of the {number} district")
    else:
        head = re.match(r"([0-9]+) of ([0-9]+) districts? (?:has|have) a target: ([^.]*)\.", text)
        assert [int(part) for part in head.groups()[:2]] == [len(promised), number]
        assert counted(head[3]) == {
            WORDS.get(word, word): count for word, count in oracle.counts(indicator).items()
        }
    behind = [cell for cell in cells if cell.gap is not None and cell.gap < 0]
    furthest = re.search(r"Largest shortfall: (.*?) \((?:(-?[0-9.]+) |[<>]?[0-9.]+% of)", text)
    assert bool(furthest) is bool(behind)
    if furthest:
        first = oracle.ordered(behind)[0]
        assert first.area.names[0] in re.split(", | and ", furthest[1])
        assert (furthest[2] is None) is (first.past_goal is not None)
        assert furthest[2] in (None, first.words["gap"])
    check_silence(table.below, cells)


def check_silence(lines: Sequence[str], cells: Sequence[Cell]) -> None:
    """Which districts have no figure for the period, and how many."""
    silent = [cell.area.names[0] for cell in cells if not cell.report or cell.older]
    spoke = [cell.area.names[0] for cell in cells if cell.report and not cell.older]
    told = [line for line in lines if re.match(r"No data for|Data for", line)]
    assert bool(told) is bool(silent)
    for line in told:
        assert "[0-9]" not in line or int(re.search("[0-9]+", line)[0]) == len(silent)
        names = re.sub(r"No data for (?:any of )?the .*|(?:No d|D)ata for | only; .*|\.$", "", line)
        expected = silent if len(silent) <= len(spoke) else spoke
        assert [*filter(None, re.split(", | and ", names))] == expected


def check_headline(asked: Asked, told: Shown) -> None:
    """The city's sentence tells verdict and gap as its row does."""
    city = asked.world.area(CITY).names[0]
    for line in told.headline[1:]:
        name, _, sentence = line.partition(": ")
        if name != city:
            check_who(asked, line)
            continue
        check_sentence(sentence, asked.oracle.cell(CITY, named(asked, sentence).id))


def check_who(asked: Asked, line: str) -> None:
    """Who misses the target of the headline's indicator, and whoever misses most over all of them."""
    oracle = asked.oracle
    if found := re.search(r"([0-9]+) of ([0-9]+) districts? with a target miss(?:es)? it", line):
        numbers = [int(number) for number in found.groups()]
        boards = [oracle.counts(item.id) for item in asked.world.indicators]
        assert numbers in [[board.get("missed", 0), sum(board.values())] for board in boards]
    if found := re.match(r"(.*?) misses ([0-9]+) of ([0-9]+) targets?[,;. ]", line):
        area = next(area for area in oracle.districts if area.names[0] == found[1])
        cells = [oracle.cell(area.id, item.id) for item in asked.world.indicators]
        assert missed([cell for cell in cells if cell.promise]) == f"{found[2]} of {found[3]}"


def check_sentence(sentence: str, cell: Cell) -> None:
    """`Output 5.4 against a target of around 5: ✓ met, +0.4.` says what the cell does."""
    words = cell.words
    if not cell.promise:
        assert "no target is published" in sentence
        return
    assert f": {judged(cell)}" in sentence
    gap = re.search(r", ([+-]?[0-9.]+) [^,]*\.$", sentence)
    told = gap[1] if gap else ""
    if side := re.search(r" (above|below) it\.$", sentence):
        assert cell.item.better == "down"
        told = ("-" if side[1] == "above" else "+") + told
    assert told == signed(words["gap"])


# ---- gap ------------------------------------------------------------------------------------------------------------
def check_gap(asked: Asked) -> None:
    """A district's own story tells for the period what report tells, and its rank among the districts."""
    report = {(row["area"], row["indicator"]): row for row in asked.rows("report", "--all")}
    districts = asked.oracle.districts
    for area in asked.world.areas:
        cells = [asked.oracle.cell(area.id, item.id) for item in asked.world.indicators]
        cells = [cell for cell in cells if cell.report or cell.promise]
        rows = asked.rows("gap", "--all", "-d", area.id)
        assert [row["indicator"] for row in rows] == [cell.item.id for cell in cells]
        for row, cell in zip(rows, cells, strict=True):
            assert {name: row[name] for name in cell.words} == cell.words
            assert row["note"] == report[area.id, cell.item.id]["note"]
            assert row["change"] == asked.oracle.change(cell)
            low, high, _ = (area in districts and asked.oracle.rank(cell)) or ("", "", "")
            assert (row["rank_low"], row["rank_high"]) == (str(low), str(high))
        check_story(asked, asked.shown("gap", "--all", "-d", area.id), rows, cells)


def check_story(
    asked: Asked, told: Shown, rows: Sequence[dict[str, str]], cells: Sequence[Cell]
) -> None:
    """The story as a table: the same lines, each with change and rank."""
    (table,) = told.tables
    assert len(table.rows) == len(rows)
    for line, row, cell in zip(table.records(), rows, cells, strict=True):
        check_line(line, cell)
        assert line.get("Change", "") == signed(row["change"])
        low, high, of = asked.oracle.rank(cell) if row["rank_low"] else ("", "", "")
        assert line.get("Rank", "") == (
            f"{low if low == high else f'{low}–{high}'} of {of}" if low else ""
        )
    for sentence in told.headline[1:]:
        _, _, rest = sentence.partition(": ")
        check_sentence(rest, next(cell for cell in cells if cell.item == named(asked, rest)))


# ---- city -----------------------------------------------------------------------------------------------------------
PARTS = {
    "performance": "Performance effect",
    "target_setting": "Target-setting effect",
    "no_target": "Districts without a target",
    "rest": "Residual (incl. non-response)",
    "total": "City's gap",
}


ROUNDED = Decimal("0.006")  # two decimals of a number that has four


def check_city(asked: Asked) -> None:
    """The parts add up to the total as printed, the total is report's gap of the city, and every part is the oracle's."""
    told = asked.shown("city")
    tables = {table.title: table for table in told.tables}
    for item in asked.world.indicators:
        if item.kind != "growth":
            continue
        rows, parts = asked.rows("city", "-i", item.id), asked.oracle.parts(item)
        terms = {(row["part"], row["area"]): row for row in rows}
        assert len(terms) == len(rows)
        total, rest = terms.pop(("total", CITY)), terms.pop(("rest", CITY))
        if parts is None:
            assert not terms
            assert (total["contribution"], rest["contribution"]) == ("", "")
            continue
        goal = asked.oracle.cell(CITY, item.id)
        assert exactly(total["actual"], parts.city)
        assert exactly(total["target"], parts.goal)
        assert exactly(total["contribution"], parts.total)
        assert dict.fromkeys(terms) == dict.fromkeys(parts.terms)
        for key, value in parts.terms.items():
            assert exactly(terms[key]["contribution"], value)
            assert exactly(terms[key]["weight"], parts.weights[key[1]])
            cell = asked.oracle.cell(key[1], item.id)
            assert exactly(terms[key]["actual"], cell.exact)
            assert exactly(terms[key]["target"], cell.goal)
        for part in ("performance", "target_setting", "no_target"):
            points = [Decimal(row["contribution"]) for row in rows if row["part"] == part]
            assert points == sorted(points)  # the worst first
        if total["contribution"] and rest["contribution"]:
            assert sum(Decimal(row["contribution"]) for row in (*terms.values(), rest)) == Decimal(
                total["contribution"]
            )
        if total["contribution"] and goal.gap is not None and goal.of_period:
            assert Decimal(total["contribution"]) == goal.gap
        check_waterfall(
            asked, item, tables, {**terms, ("rest", CITY): rest, ("total", CITY): total}
        )


def check_waterfall(
    asked: Asked,
    item: Indicator,
    tables: dict[str, Table],
    rows: dict[tuple[str, str], dict[str, str]],
) -> None:
    """The table of one indicator: its parts, the districts under them, the sentence that is their sum."""
    table = tables.get(f"{item.names[0]} (pp)")
    if not rows["rest", CITY]["contribution"] or not rows["total", CITY]["contribution"]:
        assert table is None
        return
    points = {part: Decimal(0) for part in PARTS}
    for (part, _), row in rows.items():
        points[part] += Decimal(row["contribution"])
    told, part = {}, ""
    for line in table.records():
        heading = next((name for name, words in PARTS.items() if words == line["Component"]), None)
        part = heading or part
        if heading:
            told[part] = Decimal(line["Contribution (pp)"])
        else:
            area = next(a for a in asked.world.areas if a.names[0] == line["Component"])
            exact = Decimal(rows[part, area.id]["contribution"])
            assert abs(Decimal(line["Contribution (pp)"]) - exact) <= ROUNDED
            assert exactly(line["Weight (%)"], 100 * asked.oracle.parts(item).weights[area.id])
    assert all(abs(value - points[name]) <= ROUNDED for name, value in told.items())
    assert all(value == 0 or name in told for name, value in points.items())
    check_identity(asked, item, table.below[0], points)


def check_identity(
    asked: Asked, item: Indicator, sentence: str, points: dict[str, Decimal]
) -> None:
    """`5.4 − 5.0 = 0.4000 = 0.1000 + 0.2000 + 0.0000 + 0.1000` is true as printed, in figures as they were published."""
    figures, total, terms = sentence.replace("−", "-").split(" = ")
    numbers = [
        Decimal(number)
        for number in re.findall(r"-?[0-9]+(?:\.[0-9]+)?", figures.replace(" - ", " "))
    ]
    cell = asked.oracle.cell(CITY, item.id)
    assert sorted(numbers) == sorted((cell.exact, cell.goal))
    assert abs(numbers[0] - numbers[1]) == abs(Decimal(total))
    assert Decimal(total) == points["total"]
    parts = [
        Decimal(number)
        for number in re.findall(r"-?[0-9]+\.[0-9]+", re.sub(r"([-+]) ", r"\1", terms))
    ]
    wanted = [points[name] for name in ("performance", "target_setting", "no_target", "rest")]
    assert all(abs(one - other) <= ROUNDED for one, other in zip(parts, wanted, strict=True))
    assert abs(sum(parts) - Decimal(total)) <= 4 * ROUNDED


# ---- catchup --------------------------------------------------------------------------------------------------------
def check_catchup(asked: Asked) -> None:
    """What is still needed is the oracle's, in the tidy rows and in the tables, where the hardest comes first."""
    if asked.oracle.asked.start % 12:
        return
    needs = [
        asked.oracle.need(cell)
        for item in asked.world.indicators
        for cell in asked.oracle.board(item.id)
    ]
    needs = [need for need in needs if need]
    rows = asked.rows("catchup")
    assert [(row["area"], row["indicator"]) for row in rows] == [
        (need.cell.area.id, need.cell.item.id) for need in needs
    ]
    for row, need in zip(rows, needs, strict=True):
        numbers = {
            "target": need.target,
            "actual": need.so_far,
            "share": need.share,
            "needed": need.needed,
            "change": need.change,
        }
        if need.band is not None and need.needed is not None:
            numbers |= {
                "needed_low": need.needed - need.band,
                "needed_high": need.needed + need.band,
            }
        for name in ("target", "actual", "share", "needed", "change", "needed_low", "needed_high"):
            assert exactly(row[name], numbers.get(name)), name
        compared = need.cell.item.kind == "growth" and asked.oracle.asked.months in (6, 12)
        assert (row["reached"], row["of"]) == (
            str(need.reached) if need.of else "",
            str(need.of) if compared else "",
        )
    told = asked.shown("catchup")
    for item in asked.world.indicators:
        of = [(row, need) for row, need in zip(rows, needs, strict=True) if need.cell.item == item]
        if known := [(row, need) for row, need in of if need.needed is not None]:
            check_needs(
                asked,
                item,
                next(t for t in told.tables if t.title.startswith(f"{item.names[0]} (")),
                known,
            )
    unknown = [need for need in needs if need.needed is None]
    assert len(told.tables) == len(
        {need.cell.item.id for need in needs if need.needed is not None}
    ) + bool(unknown)
    if unknown:
        table = next(t for t in told.tables if t.title == "Cannot be computed")
        found = {
            (line["Indicator"], area)
            for line in table.records()
            for area in line["Areas"].split(", ")
        }
        assert found == {(n.cell.item.names[0], n.cell.area.names[0]) for n in unknown}
        assert all(line["Reason"] for line in table.records())


def check_needs(
    asked: Asked, item: Indicator, table: Table, of: Sequence[tuple[dict[str, str], Need]]
) -> None:
    """The table of one indicator: the city first, then whom the target asks most of."""
    turn = -1 if item.better == "down" else 1

    def hard(pair: tuple[dict[str, str], Need]) -> tuple[object, ...]:
        need = pair[1]
        size = need.change if item.kind == "growth" else need.needed
        place = ORDER.index(asked.oracle.place(need.cell.area).replace("zone", "district"))
        return (place, size is None, -turn * (size or 0))

    order = sorted(of, key=hard)
    assert [line[0] for line in table.rows] == [need.cell.area.names[0] for _, need in order]
    by_name = {need.cell.area.names[0]: (row, need) for row, need in of}
    for line in table.records():
        row, need = by_name[line["Area"]]
        needed = line[next(name for name in REQUIRED if name in line)]
        assert line["Target"] == (
            as_read(need.promise.amount.text, item) if need.target is not None else ""
        )
        assert line.get("So far", line.get("Year")) == (
            as_read(need.cell.report.amount.text, item) if need.so_far is not None else ""
        )
        number = printed(need.needed, need.digits)
        if needed not in ("reached", "within the limit") and "exceeded by" not in needed:
            assert Decimal(needed.strip("<> ")) == Decimal(number)
        elif "exceeded by" in needed:
            assert Decimal(needed.removeprefix("exceeded by ")) == -Decimal(number) > 0
        else:
            assert turn_of(item) * Decimal(number) <= 0
        if item.kind == "growth":
            band = [printed(need.needed + side * need.band, need.fine) for side in (-1, 1)]
            assert line["Rounding interval"] == (" to ".join(band) if row["needed_low"] else "")
            assert line["Change (pp)"] == signed(
                shown(Decimal(number) - half_up(need.needed - need.change, 9), need.digits)
            )
            assert line["Share of year (%)"] == shown(half_up(100 * need.share, 1), 1)
        assert line.get("Past second halves", "") in (
            "",
            f"achieved in {need.reached} of {need.of}",
        )


REQUIRED = (  # headings of what is required
    "Second half (%)",
    "Required (%)",
    "Required (pp)",
    "Still required",
    "Allowed at most (%)",
    "Change allowed (pp)",
    "Change allowed",
    "Still allowed",
)


def turn_of(item: Indicator) -> int:
    """The sign with which a number of the indicator is behind."""
    return -1 if item.better == "down" else 1


def printed(value: Fraction | None, digits: int) -> str:
    """A computed number as it is printed, halves away from zero."""
    return "" if value is None else shown(half_up(value, max(digits, 0)), digits)


# ---- brief ----------------------------------------------------------------------------------------------------------SAID = {  # how a briefing counts verdicts
SAID = {  # how a briefing counts verdicts
    "met": "met it",
    "missed": "missed it",
    "open": "(?:is|are) in progress",
    "within": "(?:is within its|are within their) limits? so far",
    "undetermined": "cannot be assessed",
    "not_reported": "ha(?:s|ve) not reported",
}
ROWS = {  # how it begins the list of the districts with one verdict
    "Missed the target: ": lambda cell: cell.verdict == "missed" and cell.basis != "stated",
    "Met the target: ": lambda cell: cell.verdict == "met" and cell.basis != "stated",
    "Results as published by the sources, ": lambda cell: cell.basis == "stated",
    "In progress, ": lambda cell: cell.verdict == "open" and not cell.within,
    "Within the limit so far: ": lambda cell: cell.within,
    "Cannot be assessed: ": lambda cell: cell.verdict == "undetermined",
    "No target: ": lambda cell: cell.verdict == "no_target",
    "Not reported: ": lambda cell: cell.verdict == "not_reported",
}


def check_brief(asked: Asked) -> None:
    """A briefing's counts, lists and distances are those of the oracle, what it costs those of city, what is needed those of catchup."""
    for item in asked.world.indicators:
        cells = asked.oracle.ordered(asked.oracle.board(item.id, asked.oracle.districts))
        told = brief(asked, item)
        lines = [line for table in told.tables for line in (table.title, *table.below)]
        check_tally(lines, cells)
        for start, belongs in ROWS.items():
            found = [line for line in lines if line.startswith(start)]
            of = [cell for cell in cells if belongs(cell)]
            assert len(found) == bool(of), start
            if found:
                items = listed_in(asked, found[0])
                assert list(items) == [
                    cell.area.names[0]
                    for cell in (reversed(of) if start.startswith("Met the") else of)
                ]
                for cell in of:
                    check_item(items[cell.area.names[0]], cell)
        check_results(asked, told, item, cells)
        check_changes(asked, lines, cells)
        check_city_line(asked, lines, asked.oracle.cell(CITY, item.id))
        check_costs(asked, lines, item)
        check_needed(asked, lines, item)
        check_received(asked, lines, item)
    assert asked.run("brief") in [
        asked.run("brief", "-i", item.id) for item in asked.world.indicators
    ]


def check_results(asked: Asked, told: Shown, item: Indicator, cells: Sequence[Cell]) -> None:
    """The table of a briefing has every district with a figure or a target, in order, with its gap and verdict."""
    table = next((table for table in told.tables if table.rows), None)
    shown_cells = [cell for cell in cells if cell.report or cell.promise]
    if table is None:
        return
    rows = {row["Area"]: row for row in table.records()}
    names = [cell.area.names[0] for cell in shown_cells]
    assert list(rows)[: len(names)] == names
    city = asked.oracle.cell(CITY, item.id)
    for cell in [*shown_cells, *([city] if city.area.names[0] in rows else [])]:
        row = rows[cell.area.names[0]]
        gap = row.get("Gap (pp)", row.get("Gap"))
        assert gap.replace(",", "") == (signed(shown(cell.gap, cell.gap_digits)))
        assert row["Verdict"] == judged(cell)
        if cell.goal is not None and cell.paced:
            assert cell.goal in numbers_in(row["Target to date"])


def check_tally(lines: Sequence[str], cells: Sequence[Cell]) -> None:
    """Of so many districts so many have a target, and what became of them."""
    promised = [cell for cell in cells if cell.promise]
    if not promised:
        start = (
            "The 1 district has no"
            if len(cells) == 1
            else f"None of the {len(cells)} districts has a"
        )
        assert any(line.startswith(f"{start} published target") for line in lines)
        return
    (told,) = (
        re.fullmatch(r"Of ([0-9]+) districts, ([0-9]+) (?:has|have) a target: (.*)\.", line)
        for line in lines
        if re.match("Of [0-9]", line)
    )
    assert [int(told[1]), int(told[2])] == [len(cells), len(promised)]
    counts = Counter("within" if cell.within else cell.verdict for cell in promised)
    found = {
        verdict: int(number[1])
        for verdict, words in SAID.items()
        if (number := re.search(rf"([0-9]+) {words}", told[3]))
    }
    assert found == dict(counts)


def check_changes(asked: Asked, lines: Sequence[str], cells: Sequence[Cell]) -> None:
    """Targets that were changed later, and the verdict against them."""
    line = next((line for line in reversed(lines) if line.startswith("Target changed later: ")), "")
    names = "|".join(re.escape(cell.area.names[0]) for cell in cells)
    found = re.findall(
        rf"({names}) on .*? to .*?(?: \(([a-z ]+) against that\)|(?=, |\.$| and |{MARK}))", line
    )
    own = asked.world.area(CITY).names[0]
    told = {name: verdict for name, verdict in found if name != own}
    verdicts = {
        cell.area.names[0]: asked.oracle.against_later(cell) for cell in cells if cell.later
    }
    assert told == {name: WORDS.get(verdict, verdict) for name, verdict in verdicts.items()}


def listed_in(asked: Asked, line: str) -> dict[str, str]:
    """`Amber (5.0 against 6) [1] and Birch (…)` by the names of the areas, in their order."""
    names = "|".join(re.escape(area.names[0]) for area in asked.world.areas)
    items = line.partition(": ")[2]
    return dict(re.findall(rf"\b({names})\b(?: \(([^()]*(?:\([^()]*\)[^()]*)*)\))?", items))


def numbers_in(text: str) -> list[Decimal]:
    """The numbers of a text, in their order; a minus belongs to its number."""
    return [
        Decimal(number.replace(",", ""))
        for number in re.findall(r"(?<![0-9A-Za-z.])-?[0-9][0-9,]*(?:\.[0-9]+)?", text)
    ]


def check_item(text: str, cell: Cell) -> None:
    """`5.0% against 6%, 1.0 percentage points below`: the figure, what it is held against, the distance; else nothing."""
    value, _, rest = text.partition(" against ")
    if cell.basis == "stated":
        assert text == cell.verdict
        return
    if cell.verdict not in ("missed", "open") or cell.within:
        assert text == ""
        return
    ends = [cell.report.amount.low] + [cell.report.amount.high] * (
        cell.report.amount.wording == "range"
    )
    assert numbers_in(value)[: len(ends)] == ends
    if cell.gap:
        distance = re.search(r", ([0-9,]+(?:\.[0-9]+)?)(?: [^,]*)? (above|below)$", rest)
        assert distance[1].replace(",", "") == shown(abs(cell.gap), cell.gap_digits)
        assert distance[2] == ("above" if cell.item.better == "down" else "below")
    if cell.promise and cell.goal is not None:
        goal = number_of(cell.promise, cell.item) if not cell.paced else cell.goal
        assert goal in numbers_in(rest)


def check_city_line(asked: Asked, lines: Sequence[str], cell: Cell) -> None:
    """The city's sentence: how far from the target, and on which side."""
    at = (
        lines.index("Main points")
        if asked.oracle.cell(CITY, cell.item.id).report or cell.promise
        else -1
    )
    if at < 0:
        assert (cell.report, cell.promise) == (None, None)
        return
    told = re.sub(MARK, "", lines[at + 1])
    if cell.gap is None or cell.verdict in ("undetermined", "") or cell.basis == "stated":
        return
    if cell.gap == 0:
        assert "exactly at" in told or "equal to" in told
        return
    distance = re.search(r", ([0-9,]+(?:\.[0-9]+)?) [^,]*?(below|above) ", told)
    assert distance[1].replace(",", "") == shown(abs(cell.gap), cell.gap_digits)
    above = (cell.gap > 0) is (cell.item.better == "up")
    assert distance[2] == ("above" if above else "below")


def check_costs(asked: Asked, lines: Sequence[str], item: Indicator) -> None:
    """What those that fell short cost, and those ahead brought, are sums of city's rows; where lower is better too."""
    parts = asked.oracle.parts(item) if item.kind == "growth" else None
    told = {
        start: next((line for line in lines if line.startswith(start)), "")
        for start in ("Compared with their own targets", "The districts", "By weight, the targets")
    }
    reported = [
        name for name, growth in (parts.growth.items() if parts else ()) if growth is not None
    ]
    if not reported or parts.weights is None or not set(reported) <= set(parts.weights):
        assert not any(told.values())
        return
    own = {name: value for (part, name), value in parts.terms.items() if part == "performance"}
    setting = sum(
        (value for (part, _), value in parts.terms.items() if part == "target_setting"), Fraction(0)
    )
    short = {
        cell.area.id
        for cell in asked.oracle.board(item.id, asked.oracle.districts)
        if cell.verdict == "missed"
    }
    costs = (
        {name: -own[name] for name in short if own.get(name, 0) < 0} if short <= set(own) else {}
    )
    check_sum(told["Compared with their own targets"], costs, asked)
    gains = sum((value for value in own.values() if value > 0), Fraction(0))
    assert told_as(told["The districts"], gains)
    words = {
        ("up", True): "above",
        ("up", False): "below",
        ("down", True): "below",
        ("down", False): "above",
    }[item.better, setting > 0]
    assert told_as(told["By weight, the targets"], abs(setting))
    assert words in told["By weight, the targets"] or abs(setting) < Fraction(1, 199)


def told_as(line: str, value: Fraction) -> bool:
    """A sum to two digits; nothing is told of what rounds to nothing. It is made of parts of four digits."""
    room = Fraction(1, 200) + Fraction(1, 1000)
    number = re.search(r"([0-9]+\.[0-9]{2}) percentage", line)
    return abs(Fraction(Decimal(number[1])) - value) <= room if number else abs(value) <= room


def check_sum(line: str, costs: dict[str, Fraction], asked: Asked) -> None:
    """A sum and its parts, the largest first."""
    assert told_as(line, sum(costs.values(), Fraction(0)))
    found = re.findall(r"(\w+) ([0-9]+\.[0-9]{2}) percentage", line.partition(": ")[2])
    by_name = {asked.world.area(name).names[0]: value for name, value in costs.items()}
    for name, number in found:
        assert abs(Fraction(Decimal(number)) - by_name[name]) <= Fraction(1, 199)
    assert [Decimal(number) for _, number in found] == sorted(
        (Decimal(number) for _, number in found), reverse=True
    )
    assert {name for name, value in by_name.items() if value > Fraction(51, 10000)} <= {
        name for name, _ in found
    } or not line


NEEDED = {  # how a briefing begins what is left to be done: of a growth or where more is better; where less is; of an amount
    "grow": (
        "Still needed by those that missed their targets: ",
        r"To reach .*(?: growth of | still needs )",
    ),
    "come down": (
        "Reduction needed by those that missed their targets: ",
        r"To reach .* come down by ",
    ),
    "spend": (
        "What may still come at most in those that missed their targets: ",
        r"To reach .* may still come",
    ),
    "passed": (
        "Of those that missed their targets, the year's limit is exceeded for good by: ",
        r".* is exceeded by .* already",
    ),
    "over": (
        "Of those that missed their targets, the year's limit is exceeded so far by: ",
        r".* is exceeded by .* so far",
    ),
}


def check_needed(asked: Asked, lines: Sequence[str], item: Indicator) -> None:
    """What the rest of the year must bring is what catchup says, to the city and to every district that fell short."""
    found: dict[str, dict[str, str]] = {}
    for left, (start, _) in NEEDED.items():
        told = next((line for line in lines if line.startswith(start)), "").removeprefix(start)
        found[left] = dict(
            re.findall(
                r"(\w+) (?:(?:more|less) than |at most )?(-?[0-9,]+(?:\.[0-9]+)?)(?= )", told
            )
        )
    after = asked.oracle.asked.start % 12 or asked.oracle.asked.months == 12
    for cell in asked.oracle.board(item.id, [asked.world.area(CITY), *asked.oracle.districts]):
        need = None if after else asked.oracle.need(cell)
        left = what_is_left(asked, need) if need and need.needed is not None else ""
        size = (
            printed(
                need.needed if left == "grow" and item.kind == "growth" else abs(need.needed),
                need.digits,
            )
            if left
            else ""
        )
        if cell.area.id == CITY:
            told = [
                line
                for line in lines
                if any(re.match(pattern, line) for _, pattern in NEEDED.values())
            ]
            assert [bool(re.match(NEEDED[left][1], line)) for line in told] == [True] * bool(left)
            assert not left or size in told[0].replace(",", "")
        else:
            told = {
                kind: items[cell.area.names[0]].replace(",", "")
                for kind, items in found.items()
                if cell.area.names[0] in items
            }
            assert told == ({left: size} if left and cell.verdict == "missed" else {})


def what_is_left(asked: Asked, need: Need) -> str:
    """A growth is needed always; else nothing where the target is reached. Of an amount of which less is better nothing is reached yet."""
    for_good = not asked.oracle.shrinks(need.cell.item) and need.cell.report.status != "expected"
    item, needed = need.cell.item, need.needed
    if item.kind == "growth" or item.better == "up":
        return "grow" if item.kind == "growth" or needed > 0 else ""
    if item.kind == "flow":
        over = "passed" if for_good else "over"
        return "spend" if needed > 0 else over if needed < 0 else ""
    return "come down" if needed < 0 else ""


def check_received(asked: Asked, lines: Sequence[str], item: Indicator) -> None:
    """How many districts have reported, as status counts them."""
    told = next((line for line in lines if line.startswith("Figures received from")), "")
    rows = [
        row
        for row in asked.rows("status")
        if row["indicator"] == item.id and not row["note"].startswith("not counted")
    ]
    assert bool(told) is bool(rows)
    if told:
        came = [row for row in rows if row["state"] == "reported"]
        assert [int(number) for number in re.findall("[0-9]+", told)[:2]] == [len(came), len(rows)]


# ---- status ---------------------------------------------------------------------------------------------------------
def check_status(asked: Asked) -> None:
    """Who has reported, by district and indicator, in the rows and in the counts above and below them."""
    oracle, rows = asked.oracle, asked.rows("status")
    names = {area.id for area in oracle.districts}
    due = {
        (area, item.id)
        for item in asked.world.indicators
        for area in names
        if oracle.cell(area, item.id).promise
        or 2 * sum(oracle.came_in(other, item.id) for other in names) >= len(names)
    }
    own = [row for row in rows if (row["area"], row["indicator"]) in due]
    assert len(own) == len(due)
    names = {area for area, _ in due}
    for row in rows:
        assert (row["state"] == "reported") is oracle.came_in(row["area"], row["indicator"])
        assert ("not counted" in row["note"]) is ((row["area"], row["indicator"]) not in due)
    told = asked.shown("status")
    if not own:
        return
    came = [row for row in own if row["state"] == "reported"]
    whole = [
        name
        for name in names
        if all(row["state"] == "reported" for row in own if row["area"] == name)
    ]
    figures = next(line for line in told.headline if re.match("[0-9]+ of [0-9]+ figures?", line))
    assert [int(number) for number in re.findall("[0-9]+", figures)[:2]] == [len(came), len(own)]
    districts = next(
        line for line in told.headline if re.match("[0-9]+ of [0-9]+ districts?", line)
    )
    assert [int(number) for number in re.findall("[0-9]+", districts)[:2]] == [
        len(whole),
        len(names),
    ]
    table = next(table for table in told.tables if table.title == "By indicator")
    for line in table.records():
        item = named(asked, line["Indicator"])
        of = [row for row in own if row["indicator"] == item.id]
        assert line["Received"] == f"{sum(row['state'] == 'reported' for row in of)} of {len(of)}"


# ---- pictures -------------------------------------------------------------------------------------------------------
def check_pictures(asked: Asked) -> None:
    """The numbers written beside the bars of a page are those of the tables: verdict, figure and goal; the terms of the city's gap."""
    for section in page(asked.run("report", "-f", "html")).all("section"):
        check_sorting(asked, section)
        for figure in section.all("figure"):
            caption = next(figure.all("figcaption")).shown
            tips = [next(row.all("title")).shown.partition(": ")[::2] for row in figure.all("g")]
            item = (
                named(asked, next(section.all("h2")).shown)
                if "own figures" not in next(section.all("h2")).shown
                else None
            )
            if caption.startswith("Figure and target"):
                for area, told in tips:
                    check_bar(
                        told,
                        asked.oracle.cell(
                            next(a.id for a in asked.world.areas if a.names[0] == area), item.id
                        ),
                    )
            if caption.startswith("Decomposition of the city's gap"):
                check_steps(asked, item, [Decimal(told) for _, told in tips])


def check_sorting(asked: Asked, section: Node) -> None:
    """The numbers by which a page sorts its rows are those of the rows: 122000 for 12.2万, and nothing where there is none."""
    titles = [title.shown for title in section.all("h2")]
    if not titles or not list(section.all("tbody")):
        return
    if "own figures" in titles[0] or titles[0].startswith("Scorecard"):
        return
    head = [cell.shown for cell in next(section.all("thead")).all("th")]
    for line in next(section.all("tbody")).all("tr"):
        cells = dict(
            zip(head, (node for node in line.children if isinstance(node, Node)), strict=True)
        )
        area = next(
            area for area in asked.world.areas if placed(asked, area) == cells["Area"].shown
        )
        words = asked.oracle.cell(area.id, named(asked, titles[0]).id).words
        for name, node in (
            ("target", cells["Target"]),
            ("actual", cells["Actual"]),
            ("gap", cells.get("Gap (pp)", cells.get("Gap"))),
        ):
            by = node.attributes.get("data-value") or ""
            assert (Decimal(by) if by else "") == (Decimal(words[name]) if words[name] else ""), (
                name
            )


def check_bar(told: str, cell: Cell) -> None:
    """`✗ 3.1 / 6.5`: the sign of the verdict, the figure, what it is compared with."""
    sign = judged(cell)[:1] if cell.verdict != "no_target" else ""
    figure, _, goal = told.removeprefix(sign).strip().partition(" / ")
    assert told.startswith(sign)
    assert goal == cell.words["goal"]
    exact = cell.report and cell.report.amount.wording == "plain"
    assert figure.startswith(cell.words["actual" if exact else "actual_text"] or "–")


def check_steps(asked: Asked, item: Indicator, told: Sequence[Decimal]) -> None:
    """The terms of the identity, the rest and the whole."""
    rows = asked.rows("city", "-i", item.id)
    sums = [
        sum((Decimal(row["contribution"]) for row in rows if row["part"] == part), Decimal(0))
        for part in PARTS
    ]
    assert all(abs(one - other) <= ROUNDED for one, other in zip(told, sums, strict=True))
