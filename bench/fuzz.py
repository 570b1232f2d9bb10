"""Throw mutated cells, files and workspaces at the readers.

`python bench/fuzz.py [--cells N] [--files N] [--folders N]`.

A cell may be understood or not; it may never raise, and what becomes a number has only digits that
stand in the cell, in their order. A file may be read or refused with a finding that says why;
nothing else may come out of it. A workspace with one mutated file is loaded, checked and judged,
within `SLOW` seconds. What breaks is printed with the seed that made it, and the exit code is 1.
Nothing is written outside a temporary folder.
"""

from __future__ import annotations

import argparse
import contextlib
import io
import random
import re
import sys
import time
import traceback
import zipfile
from collections import Counter
from collections.abc import Callable, Sequence
from pathlib import Path

from dtrack.core.days import parse_day
from dtrack.core.figure import parse
from dtrack.core.findings import BlockedByFindings, Finding
from dtrack.core.period import Period
from dtrack.core.severity import Severity
from dtrack.importing.extract import Reading
from dtrack.importing.formats.detect import open_book
from dtrack.importing.layout.decimals import decimal_signs
from dtrack.importing.layout.detect import Surveyor
from dtrack.importing.mapping import Map, read_map
from dtrack.parsing.cell import FIGURE, parse_cell
from dtrack.storage.paths import Files
from dtrack.validation.accepted import review_findings
from dtrack.validation.plausibility.run import check_plausibility
from dtrack.workspace import Workspace, load

ROOT = Path(__file__).parent.parent
SYMPOSIUM, READ, SLOW = ROOT / "examples/symposium", (".toml", ".csv"), 10  # seconds
_TEXTS = """5.2 5.0 -4.9 1,234.5 12,345 0.052 105.2 53230.99 ５．２％ (4.9) — …
5。2 5、2 ↓4.9 10%以上 超1000亿元 约7.5万 5万3230.99亿元 下降4.9% 增长5.2% 5.2① 5.2[1] 5.2(注1)
4.5..5 H1-2024 2024-06-30 =1+1 #N/A TRUE 1.2E+05 海淀区 合计 其中
0x10 1_000 ½ ٥.٢ nan inf"""
SEEDS = tuple(_TEXTS.split())
SIGNS = (
    "0123456789.,- +%()（）、。，．％−–—…①²½٥五万亿元约超下降增长以上[]*"
    "\u00a0\u202f\u200b\u202e\x00\x1b[31m=@\t\n'\"eExX_/"
)


def cell(chance: random.Random) -> str:
    """A seed with a few signs put in, taken out, exchanged or doubled; or signs alone."""
    if chance.random() < 0.2:
        return "".join(chance.choices(SIGNS, k=chance.randrange(12)))
    text = list(chance.choice(SEEDS))
    for _ in range(chance.randrange(4)):
        at = chance.randrange(len(text) + 1)
        text[at : at + chance.randrange(2)] = chance.choices(SIGNS, k=chance.randrange(3))
    return "".join(text)


def holds(text: str, point: str) -> str:
    """What is wrong with how the cell is read; "" where nothing is."""
    said = parse_cell(text, point)
    if said.kind != FIGURE:
        return "a text beside no figure" if said.text else ""
    parse(said.text)
    there = "".join(str(int(sign)) for sign in text if sign.isdecimal())
    got = re.sub(r"[^1-9]", "", said.text)  # 5万30.99 is 50030.99: the zeros are meant
    at = iter(there)
    return "" if all(digit in at for digit in got) else f"digits of {said.text} do not stand there"


def cells(count: int, seed: int) -> list[str]:
    """Faults of so many cells; every text also goes to the readers of figures, periods and days."""
    chance, faults = random.Random(seed), []
    for number in range(count):
        text = cell(chance)
        try:
            fault = holds(text, chance.choice(".,"))
            for read in (parse, Period.parse, parse_day):
                _quietly(read, text)
        except Exception:  # noqa: BLE001 - whatever comes out is the fault that is looked for
            fault = traceback.format_exc(limit=-2)
        if fault:
            faults.append(f"cell {number} of seed {seed}: {text!r}: {fault}")
    return faults


def _quietly(read: Callable[[str], object], text: str) -> None:
    try:
        read(text)
    except ValueError:
        return


def seeds() -> dict[str, bytes]:
    """Good files to begin with.

    A workbook, its parts in an OpenDocument, CSV in three encodings, a map.
    """
    import openpyxl

    rows: list[list[str | float]] = [
        ["地区", "数字经济增加值（亿元）", "增速"],
        ["海淀区", 5323.1, 0.052],
        ["朝阳区", "1,234.5", "下降4.9%"],
        ["合计", 1, 2],
    ]
    book = openpyxl.Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["2024年上半年"])
    for row in rows:
        sheet.append(row)
    sheet.merge_cells("A1:C1")
    sheet["C3"].number_format = "0.0%"
    out = io.BytesIO()
    book.save(out)
    text = "\n".join(",".join(f'"{value}"' for value in row) for row in rows)
    lines = [
        "".join(f"<table:table-cell><text:p>{value}</text:p></table:table-cell>" for value in row)
        for row in rows
    ]
    table = "".join(f"<table:table-row>{line}</table:table-row>" for line in lines)
    spaces = " ".join(
        f'xmlns:{name}="urn:oasis:names:tc:opendocument:xmlns:{name}:1.0"'
        for name in ("office", "table", "text")
    )
    cells = f'<table:table table:name="a">{table}</table:table>'
    body = f"<office:body><office:spreadsheet>{cells}</office:spreadsheet></office:body>"
    content = f"<office:document-content {spaces}>{body}</office:document-content>"
    ods = io.BytesIO()
    with zipfile.ZipFile(ods, "w") as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr("content.xml", content)
    word = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
    cells = "".join(
        "<w:tr>"
        + "".join(f"<w:tc><w:p><w:r><w:t>{value}</w:t></w:r></w:p></w:tc>" for value in row)
        + "</w:tr>"
        for row in rows
    )
    document = f'<w:document xmlns:w="{word}"><w:body><w:tbl>{cells}</w:tbl></w:body></w:document>'
    docx = io.BytesIO()
    with zipfile.ZipFile(docx, "w") as archive:
        archive.writestr("word/document.xml", document)
    return {
        "a.docx": docx.getvalue(),
        "a.xls": (ROOT / "tests/golden/return.xls").read_bytes(),
        "a.xlsx": out.getvalue(),
        "a.ods": ods.getvalue(),
        "a.csv": text.encode(),
        "b.csv": text.encode("gb18030"),
        "c.tsv": text.replace(",", "\t").encode("utf-16"),
        "d.csv": text.replace(",", ";").encode("utf-8-sig"),
    }


def mutated(raw: bytes, chance: random.Random) -> bytes:
    """The bytes with some flipped, cut, doubled or replaced.

    In a zip, half of the time inside one of its parts.
    """
    if raw.startswith(b"PK") and chance.random() < 0.6:
        out = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(raw)) as old,
            zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            names = old.namelist()
            chosen = chance.choice(names)
            for name in names:
                part = old.read(name)
                new.writestr(name, scrambled(part, chance) if name == chosen else part)
        return out.getvalue()
    return scrambled(raw, chance)


def scrambled(raw: bytes, chance: random.Random) -> bytes:
    """The bytes after one to four random edits."""
    data = bytearray(raw)
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(data) + 1)
        size = chance.randrange(1, 40)
        edit = chance.randrange(4)
        if edit == 0:
            data[at : at + 1] = bytes([chance.randrange(256)])
        elif edit == 1:
            del data[at : at + size]
        elif edit == 2:
            data[at:at] = data[at : at + size]
        else:
            data[at : at + size] = cell(chance).encode("utf-8", "replace")
    return bytes(data)


def says_why(findings: Sequence[Finding], outcome: str) -> str:
    """The outcome of a file that is refused.

    Raises ValueError where no finding refuses it with its place and what to do.
    """
    if any(
        finding.severity is Severity.ERROR and finding.place and finding.remedy
        for finding in findings
    ):
        return outcome
    raise ValueError("refused, and no finding says why")


def read(dataset: Workspace, name: str, raw: bytes) -> str:
    """Read or refused; raises whatever else comes out."""
    try:
        book = open_book(name, raw)
        grid, told = book.grid(book.sheets[0].name)
    except BlockedByFindings as refused:
        return says_why(refused.findings, "refused")
    decimal_signs(grid)
    surveyor = Surveyor(grid, dataset, Map(), Period.parse("H1-2024"))
    layout = surveyor.survey()
    if layout is None:
        return says_why([*told, *surveyor.findings], "no table")
    for figure in Reading(surveyor, layout).read().figures:
        parse(figure.value)
    return "read"


def files(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """What became of so many mutated files, and the faults."""
    dataset = load(ROOT / "examples/symposium")
    good, chance, told, faults = list(seeds().items()), random.Random(seed), Counter[str](), []
    for number in range(count):
        name, raw = chance.choice(good)
        data = mutated(raw, chance)
        try:
            told[read(dataset, name, data)] += 1
            _map_of(data)
        except Exception:  # noqa: BLE001 - whatever comes out is the fault that is looked for
            told["broken"] += 1
            faults.append(
                f"file {number} of seed {seed} ({name}): {traceback.format_exc(limit=-3)}"
            )
    return told, faults


def _map_of(data: bytes) -> None:
    read_map(data.decode("utf-8", "replace")[:2000], "map.toml")


def folders(count: int, seed: int) -> tuple[Counter[str], list[str]]:
    """What became of so many workspaces with one mutated file, and the faults."""
    good = {
        path.relative_to(SYMPOSIUM).as_posix(): path.read_bytes()
        for path in SYMPOSIUM.rglob("*")
        if path.suffix in READ
    }
    good["data/accepted.toml"] = (
        b'[[accepted]]\ncode = "outlier"\narea = "haidian"\nvalue = 5.0\nreason = "asked"\n'
    )
    chance, told, faults = random.Random(seed), Counter[str](), []
    for number in range(count):
        name, raw = chance.choice(list(good.items()))
        data, begun = scrambled(raw, chance), time.process_time()
        try:
            told[judged({name: data})] += 1
        except Exception:  # noqa: BLE001 - whatever comes out is the fault that is looked for
            told["broken"] += 1
            faults.append(
                f"folder {number} of seed {seed} ({name}): {traceback.format_exc(limit=-3)}"
            )
        if (took := time.process_time() - begun) > SLOW:
            faults.append(f"folder {number} of seed {seed} ({name}): {took:.0f} s")
    return told, faults


def judged(instead: dict[str, bytes]) -> str:
    """Judged or refused; raises whatever else comes out."""
    dataset = load(SYMPOSIUM, instead)
    found = review_findings(
        [*dataset.findings, *check_plausibility(dataset)], Files(SYMPOSIUM, instead), dataset
    )
    sum(len(str(finding)) for finding in found.open)
    for asked in ("H1-2024", "2024"):
        for question in (dataset.catchup, dataset.city, dataset.status):
            with contextlib.suppress(BlockedByFindings):
                question(asked)
        with contextlib.suppress(BlockedByFindings):
            dataset.assess(asked, set_aside=True)
    return (
        "refused" if any(finding.severity is Severity.ERROR for finding in found.open) else "judged"
    )


def main() -> None:
    """Run all and tell."""
    wanted = argparse.ArgumentParser(description=__doc__)
    wanted.add_argument("--cells", type=int, default=1_000_000)
    wanted.add_argument("--files", type=int, default=10_000)
    wanted.add_argument("--folders", type=int, default=2_000)
    wanted.add_argument("--seed", type=int, default=20240830)
    given = wanted.parse_args()
    begun = time.perf_counter()
    faults = cells(given.cells, given.seed)
    print(f"{given.cells:,} cells: {len(faults)} faults")
    told, more = files(given.files, given.seed)
    print(
        f"{given.files:,} files: "
        + ", ".join(f"{count:,} {word}" for word, count in told.most_common())
    )
    kept, worse = folders(given.folders, given.seed)
    print(
        f"{given.folders:,} workspaces: "
        + ", ".join(f"{count:,} {word}" for word, count in kept.most_common())
    )
    print(*(faults + more + worse)[:20], sep="\n")
    print(f"{time.perf_counter() - begun:.0f} s")
    sys.exit(1 if faults or more or worse else 0)


if __name__ == "__main__":
    main()
