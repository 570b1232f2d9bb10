"""What dtrack wrote, read again by readers that share nothing with its writers: each gives the same `Shown`.

`html.parser` reads pages, openpyxl workbooks, python-docx Word files, and a few lines each Markdown's pipe tables and the plain text of a pipe.
"""

from __future__ import annotations

import html
import io
import json
import re
import unicodedata
import warnings
from collections.abc import Iterator
from csv import DictReader
from dataclasses import dataclass, field
from html.parser import HTMLParser

# what is no table, in three languages
SOURCES = ("Sources", "数据来源")
METHOD = ("Method", "Methodology", "方法", "编制方法", "Méthode", "Méthodologie")
SUMMARY, DATA = ("Summary", "摘要", "Synthèse"), ("Data", "数据", "Données")
SHARED = ("Other indicators", "其他指标", "Autres indicateurs")
WORDED = (" as worded", "（原文）", ", tel que formulé")
VOID = {"meta", "input", "br", "link", "rect", "line", "circle", "polyline", "path"}


@dataclass
class Table:
    """One table as people see it: its title, its headings, its cells, and the sentences below."""

    title: str
    head: list[str] = field(default_factory=list)
    rows: list[list[str]] = field(default_factory=list)
    below: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        """A column without a heading is a picture, which not every format draws."""
        kept = [place for place, heading in enumerate(self.head) if heading]
        self.rows = [[row[place] for place in kept] for row in self.rows]
        self.head = [self.head[place] for place in kept]

    def records(self) -> list[dict[str, str]]:
        """Each row by its headings."""
        return [dict(zip(self.head, row, strict=True)) for row in self.rows]


@dataclass
class Shown:
    """A whole answer for people: lines above, tables, lines below, and the numbered sources."""

    headline: list[str] = field(default_factory=list)
    tables: list[Table] = field(default_factory=list)
    closing: list[str] = field(default_factory=list)
    sources: list[str] = field(default_factory=list)


def plain(text: str) -> str:
    """A text without what only the look of a format wants: hard blanks, a wide minus before a number, marks of direction."""
    text = (
        text.replace("\N{NO-BREAK SPACE}", " ")
        .replace("\N{NARROW NO-BREAK SPACE}", " ")
        .replace("\N{LEFT-TO-RIGHT MARK}", "")
    )
    return re.sub(r"−(?=[0-9])", "-", text).strip()


# ---- for programs ---------------------------------------------------------------------------------------------------
def of_csv(data: bytes) -> list[dict[str, str]]:
    """The rows of a CSV; the apostrophe that keeps a spreadsheet from running a text, or what is behind its semicolon, is no part of it."""
    rows = DictReader(io.StringIO(data.decode("utf-8"), newline=""))
    return [
        {key: re.sub(r"(^|;)'(?=\s*[=+@＝＋－＠-])", r"\1", value) for key, value in row.items()}
        for row in rows
    ]


def of_json(data: bytes) -> list[dict[str, str]]:
    """The rows of a JSON answer as texts: numbers as written, null as blank."""
    told = json.loads(data, parse_float=str, parse_int=str)
    assert told["schema"] == "1"
    words = {None: "", True: "true", False: "false"}
    return [
        {key: value if isinstance(value, str) else words[value] for key, value in row.items()}
        for row in told["rows"]
    ]


# ---- plain text -----------------------------------------------------------------------------------------------------
def _wide(text: str) -> str:
    """The text with a filler behind every sign that is two letters wide, so that places are columns of a terminal."""
    return "".join(sign + "\1" * (unicodedata.east_asian_width(sign) in "WF") for sign in text)


def of_text(data: bytes) -> Shown:
    """The plain table. A table is a line of headings, a rule as wide, and the lines as wide with two blanks between columns, as no sentence has."""
    found, part, lines = (
        Shown(),
        "above",
        [_wide(line) for line in data.decode("utf-8").split("\n")][:-1],
    )
    at = 0
    while at < len(lines):
        line = lines[at]
        if not line.strip():
            part, at = "title", at + 1
            continue
        text = plain(line.replace("\1", ""))
        if part == "above":
            found.headline.append(text)
        elif part == "title" and text in SOURCES:
            part = "sources"
        elif part == "sources":
            found.sources.append(text)
        elif part == "title" and at + 2 < len(lines) and set(lines[at + 2]) == {"─"}:
            stop = at + 3
            while (
                stop < len(lines) and len(lines[stop]) == len(lines[at + 2]) and "  " in lines[stop]
            ):
                stop += 1
            found.tables.append(_columns(text, [lines[at + 1], *lines[at + 3 : stop]]))
            part, at = "below", stop - 1
        elif part == "below":
            found.tables[-1].below.append(text)
        else:
            part = "closing"
            found.closing.append(text)
        at += 1
    return found


def _columns(title: str, lines: list[str]) -> Table:
    """Lines cut where two columns of blanks run through all of them; what stands right of the last heading is a picture."""
    wide = len(lines[0])
    blank = [all(line[place] == " " for line in lines) for place in range(wide)]
    starts = [0] + [
        place
        for place in range(2, wide)
        if not blank[place] and blank[place - 1] and blank[place - 2]
    ]
    cuts = [slice(first, last) for first, last in zip(starts, [*starts[1:], wide], strict=True)]
    rows = [[plain(line[cut].replace("\1", "")) for cut in cuts] for line in lines]
    return Table(title, rows[0], rows[1:])


# ---- Markdown -------------------------------------------------------------------------------------------------------
def unescaped(text: str) -> str:
    """What a viewer shows of a line of Markdown."""
    return plain(html.unescape(re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", text)))


def of_markdown(data: bytes) -> Shown:
    """Headings, pipe tables and lists."""
    found, part = Shown(), "above"
    for line in data.decode("utf-8").split("\n"):
        if line.startswith("# "):
            found.headline.append(unescaped(line[2:]))
        elif line.startswith("## "):
            part = line[3:]
            if part not in SOURCES + METHOD:
                found.tables.append(Table(unescaped(part)))
        elif line.startswith("|"):
            cells = [unescaped(cell) for cell in re.split(r"(?<!\\)\|", line)[1:-1]]
            if not found.tables[-1].head:
                found.tables[-1].head = cells
            elif not set("".join(cells)) <= set("-:"):
                found.tables[-1].rows.append(cells)
        elif line.strip() and part in SOURCES:
            found.sources.append(
                re.sub(r"^([0-9]+)\. ", r"\1  ", unescaped(re.sub(r"^- ", "", line)))
            )
        elif line.strip() and part not in METHOD:
            text = unescaped(re.sub(r"^ *(?:- |> )", "", line))
            (found.headline if part == "above" else found.tables[-1].below).append(text)
    return found


# ---- pages ----------------------------------------------------------------------------------------------------------
class Node:
    """An element of a page."""

    def __init__(self, tag: str, attributes: dict[str, str | None], parent: Node | None) -> None:
        self.tag, self.attributes, self.parent = tag, attributes, parent
        self.children: list[Node | str] = []

    def has(self, name: str) -> bool:
        """It is of this class."""
        return name in (self.attributes.get("class") or "").split()

    def every(self) -> Iterator[Node]:
        """Every element below it."""
        for child in self.children:
            if isinstance(child, Node):
                yield child
                yield from child.every()

    def all(self, tag: str, name: str = "") -> Iterator[Node]:
        """Every element below it with that tag, and class if told."""
        return (node for node in self.every() if node.tag == tag and (not name or node.has(name)))

    @property
    def text(self) -> str:
        """All that is written in it."""
        return "".join(child if isinstance(child, str) else child.text for child in self.children)

    @property
    def shown(self) -> str:
        return plain(
            " ".join(self.text.split())
            if "drawn" not in (self.attributes.get("class") or "")
            else self.text
        )


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.at = self.root = Node("page", {}, None)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        node = Node(tag, dict(attrs), self.at)
        self.at.children.append(node)
        if tag not in VOID:
            self.at = node

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.at.children.append(Node(tag, dict(attrs), self.at))

    def handle_endtag(self, tag: str) -> None:
        assert self.at.tag == tag, f"</{tag}> closes <{self.at.tag}>"
        assert self.at.parent is not None
        self.at = self.at.parent

    def handle_data(self, data: str) -> None:
        self.at.children.append(data)


def page(data: bytes) -> Node:
    """The elements of a page; one that is not closed fails."""
    reader = _Page()
    reader.feed(data.decode("utf-8"))
    reader.close()
    assert reader.at is reader.root
    return reader.root


def of_page(data: bytes) -> Shown:
    """What a page shows beside its pictures."""
    root = page(data)
    header, main = next(root.all("header")), next(root.all("main"))
    found = Shown(
        [
            node.shown
            for node in header.children
            # who publishes it, and when, is no part of the answer
            if isinstance(node, Node) and node.tag in ("h1", "p") and not node.has("issued")
        ]
    )
    found.headline += [line.shown for box in header.all("div", "remarks") for line in box.all("p")]
    for section in main.all("section"):
        if section.has("closing"):
            found.closing += [line.shown for line in section.all("p")]
            continue
        rows = [
            [cell.shown for cell in row.children if isinstance(cell, Node)]
            for grid in section.all("table", "sortable")
            for row in grid.all("tr")
        ]
        below = [line.shown for box in section.all("div", "below") for line in box.all("p")]
        found.tables.append(
            Table(next(section.all("h2")).shown, rows[0] if rows else [], rows[1:], below)
        )
    for section in root.all("section", "sources"):
        found.sources += [
            f"{next(item.all('span')).shown}  {list(item.all('span'))[1].shown}"
            for item in section.all("li")
        ]
        found.sources += [line.shown for line in section.all("p", "below")]
    return found


def of_brief_page(data: bytes) -> Shown:
    """What the page of a briefing shows beside its picture; the numbers of sources are raised, with no blank before."""
    root = page(data)
    header, main = next(root.all("header")), next(root.all("main"))
    head = [
        side.shown
        for box in header.all("div", "masthead")
        for line in box.all("p")
        for side in list(line.all("span")) or [line]
    ]
    found = Shown(
        [
            node.shown
            for node in header.children
            if isinstance(node, Node) and node.tag in ("h1", "p")
        ]
    )
    found.headline += [" · ".join(filter(None, head))] if head else []
    for section in main.all("section"):
        rows = [
            [cell.shown for cell in row.children if isinstance(cell, Node)]
            for row in section.all("tr")
        ]
        below = [
            node.shown for node in section.children if isinstance(node, Node) and node.tag == "p"
        ]
        found.tables.append(
            Table(next(section.all("h2")).shown, rows[0] if rows else [], rows[1:], below)
        )
    found.closing = [line.shown for line in main.all("p", "contact")]
    found.sources = [f"{item.attributes['value']}  {item.shown}" for item in root.all("li")]
    return found


# ---- workbooks ------------------------------------------------------------------------------------------------------
def of_workbook(data: bytes) -> Shown:
    """The tabs of a workbook. A number is shown as its format shows it, and must have no digit that is not shown."""
    from openpyxl import load_workbook

    with warnings.catch_warnings(
        action="ignore", category=UserWarning
    ):  # it does not know the bars beside gaps
        found, book = Shown(), load_workbook(io.BytesIO(data))
    order = []
    for sheet in book.worksheets:
        if sheet.title in METHOD or sheet.title in DATA:
            continue
        if sheet.title in SUMMARY:
            order = _summary(sheet, found)
            continue
        rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows()]
        first, last = _filtered(sheet.auto_filter.ref)
        head = next(iter(rows[first - 1 : first]), []) if first else []
        wide = len([text for text in head if text])
        above = [row[0] for row in rows[: first - 1 if first else 0] if row and row[0]]
        below = [row[0] for row in rows[last if first else 0 :] if row and row[0]]
        if sheet.title in SOURCES:
            found.sources = [f"{row[0]}  {row[1]}" for row in rows[first:last]] + below
            continue
        if not first:
            above, below = below, []
        found.headline = found.headline or [above[0], *above[2:]]
        table = Table(
            above[1] if len(above) > 1 else "",
            head[:wide],
            [row[:wide] for row in rows[first:last]] if first else [],
            below,
        )
        _with_wordings(table)
        found.tables += _alone(table) if sheet.title in SHARED else [table]
    if order:
        found.tables.sort(key=lambda table: order.index(table.title))
    return found


def _summary(sheet: object, found: Shown) -> list[str]:
    """The headline, the scorecard, and the titles of all tables in their order."""
    rows = [[_cell(cell) for cell in row] for row in sheet.iter_rows()]  # type: ignore[attr-defined]
    links = [row for row in sheet.iter_rows(max_col=1) if row[0].hyperlink]  # type: ignore[attr-defined]
    order = [_cell(row[0]) for row in links]
    shaded = [
        number
        for number, (cell,) in enumerate(sheet.iter_rows(max_col=1))  # type: ignore[attr-defined]
        if cell.fill.fgColor.rgb == "FFEDF1F5"
    ]
    until = next(number for number, row in enumerate(rows) if not row[0])
    found.headline = [row[0] for row in rows[:until]]
    if shaded:
        (top,) = shaded
        last = next(number for number in range(top, len(rows)) if not rows[number][0])
        wide = len([text for text in rows[top] if text])
        body = [row[:wide] for row in rows[top + 1 : last]]
        below = []
        for row in rows[last + 1 :]:
            if not row[0]:
                break
            below.append(row[0])
        found.tables.append(Table(rows[top - 1][0], rows[top][:wide], body, below))
        order.insert(0, rows[top - 1][0])
    if links:
        ends = [row[0] for row in rows[links[-1][0].row :]]
        found.closing = [line for line in ends[ends.index("") :] if line] if "" in ends else []
    return order


def _with_wordings(table: Table) -> None:
    """Put each wording back into the cell whose number stands beside it."""
    for ending in WORDED:
        for heading in [text for text in table.head if text.endswith(ending)]:
            at, own = table.head.index(heading), table.head.index(heading.removesuffix(ending))
            for row in table.rows:
                row[own] = row[at] or row[own]
                del row[at]
            del table.head[at]


def _alone(table: Table) -> list[Table]:
    """The tables of few rows that share a tab: their titles stand first, and before sentences."""
    found: dict[str, Table] = {}
    for title, *row in table.rows:
        before = re.compile(re.escape(title) + r" ?[:：] ?")
        said = [before.sub("", line, count=1) for line in table.below if before.match(line)]
        found.setdefault(title, Table(title, table.head[1:], [], said)).rows.append(row)
    return [*found.values()]


def _filtered(ref: str | None) -> tuple[int, int]:
    if not ref:
        return 0, 0
    first, last = ref.split(":")
    return int(re.sub("[^0-9]", "", first)), int(re.sub("[^0-9]", "", last))


def _cell(cell: object) -> str:
    value, form = cell.value, cell.number_format  # type: ignore[attr-defined]
    if value is None or isinstance(value, str):
        return plain(value or "")
    gain, *_ = form.split(";")
    digits = len(gain.partition(".")[2])
    text = f"{value:,.{digits}f}" if "#,##0" in gain else f"{value:.{digits}f}"
    assert float(text.replace(",", "")) == value, f"{value!r} is shown as {text}"
    return f"+{text}" if gain.startswith("+") and value > 0 else text


# ---- Word files -----------------------------------------------------------------------------------------------------
W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
ABOVE = ("Title", "Subtitle", "Notice")
BESIDE = ("caption", "Caption", "ChartNote", "Gap", "Masthead", "MastheadNumber", "MastheadLine")


def of_word(data: bytes, *, masthead: bool = False) -> Shown:
    """Headings, tables with a heading row, and paragraphs of a Word file; a table without one is a chart.

    `masthead`: the name, the number, the publisher and the day are told as one line, as text formats tell them.
    """
    import docx
    from docx.table import Table as Grid

    found, part, head = Shown(), "above", list[str]()
    for block in docx.Document(io.BytesIO(data)).iter_inner_content():
        if isinstance(block, Grid):
            rows = list(block._tbl.iterchildren(f"{W}tr"))
            if next(rows[0].iter(f"{W}tblHeader"), None) is None:
                continue
            cells = [[_words(cell) for cell in row.iterchildren(f"{W}tc")] for row in rows]
            found.tables[-1] = Table(found.tables[-1].title, cells[0], cells[1:])
            continue
        style, text = block.style.name, plain(block.text)
        if masthead and style.startswith("Masthead"):
            head += block.text.split("\t")
        elif style in ABOVE:
            found.headline.append(text)
        elif style == "Heading 1":
            part = text
            if part not in SOURCES + METHOD:
                found.tables.append(Table(text))
        elif style in BESIDE or part in METHOD or not text:
            continue
        elif part in SOURCES:
            found.sources.append(text.replace("\t", "  "))
        elif found.tables:
            found.tables[-1].below.append(text)
        else:
            found.closing.append(text)
    found.headline += [plain(" · ".join(filter(None, head)))] if head else []
    return found


def _words(cell: object) -> str:
    """All that a cell says."""
    return plain("".join(text.text or "" for text in cell.iter(f"{W}t")))  # type: ignore[attr-defined]
