"""What an official finds in the .docx: headings, tables and sources that Word knows as such, letters of their language, the same bytes."""

from __future__ import annotations

import datetime as dt
import io
import re
import time
import zipfile
from dataclasses import replace

import docx
import pytest
from docx.oxml.ns import qn

from dtrack.core.translate import speaking
from dtrack.rendering import docx_package, docx_styles, docx_writer
from dtrack.rendering.docx_chart import UNITS, chart
from dtrack.rendering.tones import COLOURS, QUIET_LETTERS
from dtrack.reporting.document import (
    Bullet,
    Chart,
    Citation,
    Column,
    Detail,
    Document,
    Line,
    Masthead,
    Sheet,
    Step,
)
from support.read_back import of_word
from support.sheets import FULL

WHOLE = Document(
    "report",
    ("Two of four missed", "First half of 2024"),
    ("A tolerance was used.",),
    (replace(FULL, told="Two of four missed."),),
    ("Closing.",),
    (Citation(1, "Bulletin [1], Bureau"), Citation(None, "T: source of the target.")),
    (("Period", "H1-2024"),),
    letterhead=Masthead("Digest", "Bureau", "No 7", "30 August 2024", "Li, 010-1234"),
)


def opened(document):
    return docx.Document(io.BytesIO(docx_writer.render(document)))


def parts(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    return {name: archive.read(name).decode("utf-8", "replace") for name in archive.namelist()}


def grid(book):
    return book.tables[0]._tbl


def test_headings_and_paragraphs_have_the_styles_that_word_knows():
    told = [(block.style.name, block.text) for block in opened(WHOLE).paragraphs if block.text]
    assert told == [
        ("Masthead", "Digest"),
        ("MastheadNumber", "No 7"),
        ("MastheadLine", "Bureau\t30 August 2024"),
        ("Notice", "A tolerance was used."),
        ("Title", "Two of four missed"),
        ("Subtitle", "First half of 2024"),
        ("Heading 1", "Growth (%)"),
        ("Normal", "Two of four missed."),
        ("Normal", "Closing."),
        ("Heading 1", "Sources"),
        ("SourceLine", "1\tBulletin [1], Bureau"),
        ("SourceLine", "T: source of the target."),
        ("Heading 1", "Method"),
        ("Note", "Period: H1-2024"),
        ("Note", "Contact: Li, 010-1234"),
    ]


def test_a_table_repeats_its_heading_row_keeps_rows_together_and_is_told_to_those_who_cannot_see_it():
    rows = list(grid(opened(WHOLE)).iter(qn("w:tr")))
    assert [row.find(f".//{qn('w:tblHeader')}") is not None for row in rows] == [True] + [False] * 4
    assert all(row.find(f".//{qn('w:cantSplit')}") is not None for row in rows)
    properties = grid(opened(WHOLE)).tblPr
    assert properties.find(qn("w:tblCaption")).get(qn("w:val")) == "Growth (%)"
    assert properties.find(qn("w:tblDescription")).get(qn("w:val")) == "Two of four missed."


def test_numbers_stand_right_and_texts_left():
    table = opened(WHOLE).tables[0]
    styles = [[cell.paragraphs[0].style.name for cell in row.cells] for row in table.rows]
    assert styles[0] == [
        "CellHeading",
        "CellHeadingRight",
        "CellHeadingRight",
        "CellHeading",
        "CellHeadingRight",
        "CellHeadingRight",
    ]
    assert {tuple(row) for row in styles[1:]} == {
        ("CellText", "CellNumber", "CellNumber", "CellText", "CellNumber", "CellNumber")
    }


def grounds(table, column):
    return [
        (
            found.get(qn("w:fill"))
            if (found := row.cells[column]._tc.find(f".//{qn('w:shd')}")) is not None
            else ""
        )
        for row in table.rows[1:]
    ]


def test_tones_are_grounds_of_words_and_in_a_matrix_of_numbers_too():
    met, missed = (COLOURS[tone][1].removeprefix("#") for tone in ("met", "missed"))
    table = opened(WHOLE).tables[0]
    assert grounds(table, 3) == [met, missed, met, missed]
    assert grounds(table, 2) == ["", "", "", ""]
    heat = replace(WHOLE, sheets=(replace(FULL, heat=True),))
    assert grounds(opened(heat).tables[0], 2) == [met, missed, met, missed]


def luminance(colour):
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (
        c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("pair", [*COLOURS.values(), (QUIET_LETTERS, "#FFFFFF")])
def test_letters_can_be_read_on_their_ground(pair):
    light, dark = sorted(map(luminance, pair), reverse=True)
    assert (light + 0.05) / (dark + 0.05) >= 4.5


@pytest.mark.parametrize(
    ("language", "chinese", "tag"),
    [("en", "SimSun", "en-GB"), ("fr", "SimSun", "fr-FR"), ("zh", "SimSun", "zh-CN")],
)
def test_letters_follow_the_language(language, chinese, tag):
    with speaking(language):
        data = docx_writer.render(WHOLE)
    styles = parts(data)["word/styles.xml"]
    fonts = re.search(r"<w:rPrDefault>.*?<w:rFonts ([^>]*)/>", styles)[1]
    assert f'w:eastAsia="{chinese}"' in fonts
    assert 'w:ascii="Times New Roman"' in fonts
    # without it Word sets “ ” in a Latin font; with it an English apostrophe in a Chinese one
    assert ('w:hint="eastAsia"' in fonts) is (language == "zh")
    assert ('w:eastAsia="SimHei"' in styles) is (language == "zh")
    assert docx.Document(io.BytesIO(data)).core_properties.language == tag


def test_the_paper_is_a4_and_every_page_has_its_number():
    section = opened(WHOLE).sections[0]
    assert (round(section.page_width.mm), round(section.page_height.mm)) == (210, 297)
    foot = section.footer._element.xml
    assert re.findall(r'w:instr=" (\w+) "', foot) == ["PAGE", "NUMPAGES"]
    assert "Two of four missed" in foot


def test_a_wide_table_lies_on_its_side_and_stays_between_the_margins():
    columns = tuple(
        Column(f"c{n}", f"Heading {n}", ["a text of some length"] * 2) for n in range(12)
    )
    book = opened(Document("t", sheets=(Sheet("Wide", columns),)))
    section = book.sections[0]
    assert section.page_width > section.page_height
    widths = [int(c.get(qn("w:w"))) for c in grid(book).iter(qn("w:gridCol"))]
    assert sum(widths) <= docx_styles.room(across=True)


def test_the_file_says_what_it_is_and_bears_no_day_of_the_clock():
    data = docx_writer.render(WHOLE)
    found = docx.Document(io.BytesIO(data)).core_properties
    assert (found.title, found.subject, found.author) == ("Two of four missed", "report", "Bureau")
    assert found.created == found.modified == docx_package.CREATED.replace(tzinfo=dt.UTC)
    days = {part.date_time for part in zipfile.ZipFile(io.BytesIO(data)).infolist()}
    assert days == {(2000, 1, 1, 0, 0, 0)}


def test_the_same_document_is_the_same_bytes(monkeypatch):
    first = docx_writer.render(WHOLE)
    later = time.time() + 100_000
    monkeypatch.setattr(time, "time", lambda: later)
    assert docx_writer.render(WHOLE) == first


def test_nothing_is_linked_to_but_the_own_sources():
    column = Column("source", "Source", ["1 · T7", "2024"], cites=[(1, 7), ()])
    document = replace(WHOLE, sheets=(Sheet("S", (column,)),))
    data = parts(docx_writer.render(document))
    assert not any("External" in text for text in data.values())
    body = data["word/document.xml"]
    assert re.findall('w:anchor="(.*?)"', body) == ["source1"]
    assert re.findall('<w:bookmarkStart [^>]*w:name="(.*?)"', body) == ["source1"]


def test_marks_of_sources_in_sentences_are_raised():
    sheet = Sheet("S", (), ("It grew by 7.3% [1]. A [9] is no mark.", Detail("More.")))
    book = opened(replace(WHOLE, sheets=(sheet,), marks=("[1]",)))
    line = next(p for p in book.paragraphs if "grew" in p.text)
    assert line.text == "It grew by 7.3%[1]. A [9] is no mark."
    raised = [
        r.text for r in line._p.iter(qn("w:r")) if r.find(f".//{qn('w:vertAlign')}") is not None
    ]
    assert "".join(raised) == "[1]"
    assert [p.style.name for p in book.paragraphs if p.text == "More."] == ["Detail"]


def spans(xml):
    """The cells of the drawing of each row: how many columns, the ground, a mark at the end."""
    found = []
    for row in re.findall("<w:tr>.*?</w:tr>", xml):
        cells = re.findall("<w:tc>.*?</w:tc>", row)[1:-1]
        found.append(
            [
                (
                    int(n[1]) if (n := re.search('gridSpan w:val="([0-9]+)"', c)) else 1,
                    f[1] if (f := re.search('w:fill="(.*?)"', c)) else "",
                    "tcBorders" in c,
                )
                for c in cells
            ]
        )
    return found


def test_a_bullet_chart_is_a_table_of_coloured_cells():
    bullets = (
        Bullet("A", 6.0, 8.0, 4.0, "missed", "6.0 / 8.0"),
        Bullet("B", None, 4.0),
        Bullet("C", -4.0, None),
    )
    xml = chart(Chart("Growth", "%", "A is short.", bullets), 9638)
    red = COLOURS["missed"][0].removeprefix("#")
    unit = UNITS // 12  # from −4 to 8
    # zero stands after 4 units; A: 6 units of the figure over 4 of last year's, a mark at the end
    assert spans(xml)[0] == [
        (4 * unit, "", False),
        (4 * unit, red, False),
        (2 * unit, red, False),
        (2 * unit, "", True),
    ]
    assert spans(xml)[1] == [(8 * unit, "", True), (4 * unit, "", False)]
    assert spans(xml)[2][0][0] == 4 * unit
    assert spans(xml)[2][0][1]
    assert 'tblDescription w:val="A is short."' in xml
    assert "6.0 / 8.0" in xml


def test_steps_begin_where_the_one_above_ended():
    steps = (Step("gain", 2.0), Step("loss", -6.0), Step("whole", -4.0, whole=True))
    rows = spans(chart(Chart("What it is made of", "pp", "", steps=steps), 9638))
    third = UNITS // 3  # two of six units
    assert [[size for size, _, _ in row] for row in rows] == [
        [2 * third, third],
        [UNITS],
        [2 * third, third],
    ]


@pytest.mark.parametrize(
    "picture",
    [
        Chart("Nothing", "", "", (Bullet("A", None),)),
        Chart("Zero", "", "", (Bullet("A", 0.0, 0.0, 0.0),)),
        Chart("Small", "", "", (Bullet("A", 1e-9, 1e9),)),
    ],
)
def test_a_chart_of_next_to_nothing_is_still_a_table(picture):
    for row in spans(chart(picture, 9638)):
        assert sum(size for size, _, _ in row) == UNITS


def test_small_lines_are_left_to_pages():
    assert chart(Chart("Lines", "", "", lines=(Line("A", ("2023",), (1.0,)),)), 9638) == ""


def test_a_table_that_word_could_not_lay_out_is_cut_and_says_so():
    rows = docx_writer.MOST_ROWS + 5
    sheet = Sheet("Long", (Column("n", "N", list(range(rows)), right=True),), ("Below.",))
    told = of_word(docx_writer.render(Document("t", sheets=(sheet,))))
    assert len(told.tables[0].rows) == docx_writer.MOST_ROWS
    assert told.tables[0].below == ["… and 5 more rows: a workbook or CSV has them all", "Below."]


def test_what_has_no_sheet_is_a_file_all_the_same():
    assert of_word(docx_writer.render(Document("report"))).headline == ["report"]


@pytest.mark.parametrize(
    "words",
    [
        "report --half H1-2024",
        "gap -d haidian",
        "city --half H1-2024",
        "status --half H1-2024",
        "path",
        "targets",
        "sources",
        "check",
    ],
)
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_every_command_that_writes_documents_writes_word(run, symposium, tmp_path, words, language):
    file = tmp_path / "out.docx"
    assert run([*words.split(), "--lang", language, "-o", str(file)], at=symposium).code == 0
    assert of_word(file.read_bytes()).headline
