"""Tables of a Word file: a heading row that is repeated, numbers right, tones as coloured cells."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from html import escape

from dtrack.core.sanitize import harmless
from dtrack.rendering.docx_text import linked, paragraph, run, shown
from dtrack.rendering.tones import COLOURS, QUIET, QUIET_LETTERS
from dtrack.reporting.document import Column, Sheet, width_of

LETTER, SIDES = 96, 240  # twips of a letter at the size of cells, and of both sides of a cell
_BOLD = 1.15  # how much wider bold letters are
_MOST = 34  # letters of a column that is not broken
_WHOLE = 16  # letters of a text that is never broken: a number with its wording
_HEAD = "EDF1F5"
_LINES = (
    '<w:tblBorders><w:top w:val="single" w:sz="8" w:space="0" w:color="5B6B7B"/>'
    '<w:bottom w:val="single" w:sz="8" w:space="0" w:color="5B6B7B"/>'
    '<w:insideH w:val="single" w:sz="4" w:space="0" w:color="D9D9D9"/></w:tblBorders>'
)


def table(sheet: Sheet, room: int, known: Collection[int] = ()) -> str:
    """The grid of a sheet, `room` twips wide at most; `known`: the numbers of sources listed."""
    columns = list(sheet.columns)
    if needed(sheet) > room:
        columns = [replace(column, heading=column.short or column.heading) for column in columns]
    widths = _widths(columns, room)
    heat = sheet.heat
    cells = [
        _cells(column, width, known, heat=heat)
        for column, width in zip(columns, widths, strict=True)
    ]
    rows = "".join(
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{''.join(row)}</w:tr>"
        for row in zip(*cells, strict=True)
    )
    begin = frame(sheet.title, sheet.told or sheet.title, widths, _LINES)
    return f"{begin}{_heading(columns, widths)}{rows}{END}"


def needed(sheet: Sheet) -> int:
    """The width at which no short text of a sheet is broken, in twips."""
    return sum(map(_natural, sheet.columns))


def frame(caption: str, told: str, widths: Sequence[int], borders: str = "") -> str:
    """The beginning of a table, with the text that is read to those who cannot see it."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    alternative = f'<w:tblCaption w:val="{_attribute(caption)}"/>'
    if told:
        alternative += f'<w:tblDescription w:val="{_attribute(told)}"/>'
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/>{borders}'
        f'<w:tblLayout w:type="fixed"/>{alternative}</w:tblPr><w:tblGrid>{grid}</w:tblGrid>'
    )


END = "</w:tbl>"


def _attribute(text: str) -> str:
    return escape(shown(text))


def _heading(columns: Sequence[Column], widths: Sequence[int]) -> str:
    cells = (
        cell(
            paragraph("CellHeadingRight" if c.to_the_right else "CellHeading", run(c.heading)),
            width,
            shading(_HEAD) + '<w:vAlign w:val="bottom"/>',
        )
        for c, width in zip(columns, widths, strict=True)
    )
    return f"<w:tr><w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>{''.join(cells)}</w:tr>"


def cell(inside: str, width: int, look: str = "", span: int = 1) -> str:
    """One cell; `look` is the end of its w:tcPr."""
    over = f'<w:gridSpan w:val="{span}"/>' if span > 1 else ""
    return f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{over}{look}</w:tcPr>{inside}</w:tc>'


def _cells(column: Column, width: int, known: Collection[int], *, heat: bool) -> list[str]:
    """The cells of a column; its texts are right where numbers are."""
    style = "CellNumber" if column.to_the_right else "CellText"
    texts, size = column.for_people(), len(column.values)
    tones, cites = column.tones or [""] * size, column.cites or [()] * size
    grounded = heat or column.decimals is None
    made = []
    for text, tone, cited in zip(texts, tones, cites, strict=True):
        letters, ground = _dress(tone if text else "", grounded=grounded)
        inside = linked(text, known, letters) if cited else run(text, letters) if text else ""
        made.append(cell(paragraph(style, inside), width, ground))
    return made


def _dress(tone: str, *, grounded: bool) -> tuple[str, str]:
    """How the letters and the ground of a cell are set."""
    bold = "<w:b/>" if tone in ("city", "missed") else ""
    if tone in COLOURS:
        letters, ground = (colour.removeprefix("#") for colour in COLOURS[tone])
        look = f'{bold}<w:color w:val="{letters}"/>'
        return look, shading(ground) if grounded else ""
    if tone in QUIET:
        return f'<w:color w:val="{QUIET_LETTERS.removeprefix("#")}"/>', ""
    return bold, ""


def shading(ground: str) -> str:
    """The ground of a cell."""
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>'


# ---- widths --------------------------------------------------------------------------------------
def _widths(columns: Sequence[Column], room: int) -> list[int]:
    """As wide as the texts want to be; where that is too much, long texts fold first."""
    natural, least = list(map(_natural, columns)), list(map(_least, columns))
    if sum(natural) <= room:
        return natural
    spare = room - sum(least)
    if spare <= 0:
        return [want * room // sum(least) for want in least]
    wanted = sum(natural) - sum(least)
    return [low + (high - low) * spare // wanted for low, high in zip(least, natural, strict=True)]


def _natural(column: Column) -> int:
    """No text of up to _MOST letters is broken, and the heading in two lines at most."""
    longest = max(map(width_of, _texts(column)), default=0)
    heading = max(width_of(column.heading) / 2, _longest_word(column.heading)) * _BOLD
    return _twips(max(min(longest, _MOST), heading))


def _least(column: Column) -> int:
    """No word is broken, nor a text as short as a number with its wording."""
    short = [width_of(text) for text in _texts(column) if width_of(text) <= _WHOLE]
    words = [_longest_word(text) for text in _texts(column)]
    heading = _longest_word(column.heading) * _BOLD
    return _twips(min(max([*short, *words, heading]), _MOST))


def _texts(column: Column) -> set[str]:
    return {harmless(text) for text in column.for_people()}


def _longest_word(text: str) -> int:
    """The widest of the words; Chinese breaks anywhere, after four signs at least here."""
    return max(
        (min(width_of(w), 8) if not w.isascii() else len(w) for w in text.split()), default=0
    )


def _twips(letters: float) -> int:
    return round(letters * LETTER) + SIDES
