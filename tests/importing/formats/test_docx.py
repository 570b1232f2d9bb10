"""What is read of the tables of a document of Word: the text that a person sees who has accepted all changes."""

from __future__ import annotations

import pytest

from dtrack.core.findings import BlockedByFindings
from dtrack.core.translate import speaking
from dtrack.importing.formats.detect import kind_of, open_book
from dtrack.importing.formats.grid import Grid
from support.sent_files import docx, docx_cell, docx_parts, docx_table, packed, paragraph, run

STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
RAISED = '<w:vertAlign w:val="superscript"/>'
DOWN, FURTHER = '<w:vMerge w:val="restart"/>', "<w:vMerge/>"


def grid(raw: bytes, sheet: str = "Table 1") -> Grid:
    return open_book("return.docx", raw).grid(sheet)[0]


def cell(inside: str, **more) -> str:
    """What is read of a cell with this XML, beside another."""
    raw = docx(docx_table([docx_cell(inside), "x"]), **more)
    (row,) = grid(raw).rows
    assert row[1] == "x"
    return row[0]


def told(raw: bytes, sheet: str = "Table 1") -> list[tuple[str, str, str]]:
    found = open_book("return.docx", raw).grid(sheet)[1]
    return [(finding.code, str(finding.severity), finding.origin) for finding in found]


def words(told) -> list[str]:
    return [str(message) for message in told]


def field(*parts: str) -> str:
    """A field: its instruction, its result."""
    kinds = ("begin", "separate", "end")
    marks = [f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>' for kind in kinds]
    return marks[0] + parts[0] + marks[1] + parts[1] + marks[2]


def instruction(text: str) -> str:
    return f"<w:r><w:instrText>{text}</w:instrText></w:r>"


@pytest.mark.parametrize(
    ("inside", "shown"),
    [
        (run("5.") + run("2"), "5.2"),
        (run("5.2") + run("1", RAISED), "5.2[1]"),
        (run("5.2") + run("1", '<w:position w:val="6"/>'), "5.2[1]"),
        (run("5.2") + run("1", '<w:position w:val="0"/>'), "5.21"),
        (run("km") + run("2", RAISED), "km²"),
        (run("12", RAISED), "12"),
        (run("5.2") + '<w:r><w:footnoteReference w:id="7"/></w:r>' + run("%"), "5.2%[1]"),
        (run("５．２％"), "５．２％"),
        (run("5") + "<w:r><w:tab/></w:r>" + run("6"), "5\t6"),
        (run("5") + "<w:r><w:br/></w:r>" + run("6"), "5\n6"),
        (paragraph("5") + paragraph("6"), "5\n6"),
        (paragraph("5") + paragraph("<w:r/>"), "5"),
        ('<w:p><w:pPr><w:tabs><w:tab w:val="left"/></w:tabs></w:pPr>' + run("5") + "</w:p>", "5"),
        ("<w:r><w:noBreakHyphen/><w:t>5</w:t></w:r>", "-5"),
        ('<w:r><w:sym w:font="Symbol" w:char="F02D"/><w:t>5</w:t></w:r>', "-5"),
        ('<w:r><w:sym w:font="Wingdings" w:char="F0FC"/><w:t>5</w:t></w:r>', "\uf0fc5"),
        ('<w:r><w:sym w:char="x"/><w:t>5</w:t></w:r>', "\ufffd5"),
        (run("6") + "<w:del><w:r><w:t>7</w:t><w:delText>8</w:delText></w:r></w:del>", "6"),
        ("<w:ins>" + run("6") + "</w:ins><w:moveFrom>" + run("7") + "</w:moveFrom>", "6"),
        ("<w:moveTo>" + run("6") + "</w:moveTo>", "6"),
        (
            run("5.2")
            + f"<w:r><w:rPr><w:rPrChange><w:rPr>{RAISED}</w:rPr></w:rPrChange></w:rPr><w:t>1</w:t></w:r>",
            "5.21",
        ),
        (run("5", "<w:vanish/>") + run("6"), "6"),
        (run("5", '<w:vanish w:val="0"/>') + run("6"), "56"),
        (run("5", "<w:strike/>") + run("6"), "~5~6"),
        (field(instruction("REF x"), run("5")), "5"),
        (field(field(instruction("x"), run("9")) + instruction("y"), run("5")), "5"),
        ('<w:fldSimple w:instr="REF x">' + run("5") + "</w:fldSimple>", "5"),
        ("<w:sdt><w:sdtContent>" + run("5") + "</w:sdtContent></w:sdt>", "5"),
        (
            (
                "<w:r><mc:AlternateContent><mc:Choice/><mc:Fallback><w:t>5</w:t></mc:Fallback>"
                "</mc:AlternateContent><w:t>6</w:t></w:r>"
            ),
            "6",
        ),
        (
            "<w:r><w:pict><w:txbxContent>"
            + paragraph("9")
            + "</w:txbxContent></w:pict><w:t>6</w:t></w:r>",
            "6",
        ),
        (
            "<w:r><w:ruby><w:rt>"
            + run("qu")
            + "</w:rt><w:rubyBase>"
            + run("区")
            + "</w:rubyBase></w:ruby></w:r>",
            "区",
        ),
        ("<m:oMath><m:r><m:t>5.2</m:t></m:r></m:oMath>", "5.2"),
        (
            "<m:oMath><m:f><m:num><m:r><m:t>1</m:t></m:r></m:num><m:den><m:r><m:t>2</m:t></m:r></m:den></m:f></m:oMath>",
            "1/2",
        ),
        (
            "<m:oMath><m:sSup><m:e><m:r><m:t>10</m:t></m:r></m:e><m:sup><m:r><m:t>3</m:t></m:r></m:sup></m:sSup></m:oMath>",
            "10^3",
        ),
    ],
)
def test_a_cell_is_what_a_person_sees(inside, shown):
    assert cell(inside) == shown


def test_the_style_of_a_mark_raises_it_too():
    styles = (
        f'<w:style w:styleId="a"><w:rPr>{RAISED}</w:rPr></w:style>'
        '<w:style w:styleId="b"><w:basedOn w:val="a"/></w:style>'
        '<w:style w:styleId="c"><w:rPr><w:vanish/></w:rPr></w:style>'
    )
    for style in "ab":
        inside = run("5.2") + run("1", f'<w:rStyle w:val="{style}"/>')
        assert cell(inside, styles=styles) == "5.2[1]"
    plain = run("1", '<w:rStyle w:val="a"/><w:vertAlign w:val="baseline"/>')
    assert cell(run("5.2") + plain, styles=styles) == "5.21"
    assert cell(run("5") + run("9", '<w:rStyle w:val="c"/>'), styles=styles) == "5"


def test_merged_cells_are_one_cell_over_their_rows_and_columns():
    raw = docx(
        docx_table(
            [docx_cell("地区", DOWN), docx_cell("数字经济", '<w:gridSpan w:val="2"/>')],
            [docx_cell("", FURTHER), "总量", "增速"],
            [
                docx_cell("北京", DOWN),
                docx_cell("1", '<w:hMerge w:val="restart"/>'),
                docx_cell("", '<w:hMerge w:val="continue"/>'),
            ],
            [docx_cell("", FURTHER), "2", "3"],
            [docx_cell("另一", DOWN), "4", "5"],
        )
    )
    read = grid(raw)
    assert read.rows == [
        ["地区", "数字经济"],
        ["", "总量", "增速"],
        ["北京", "1"],
        ["", "2", "3"],
        ["另一", "4", "5"],
    ]
    assert read.merged == ((0, 0, 1, 0), (0, 1, 0, 2), (2, 0, 3, 0), (2, 1, 2, 2))


def test_what_stands_under_a_merged_cell_is_told_and_not_read():
    raw = docx(docx_table([docx_cell("a", DOWN), "1"], [docx_cell("b", FURTHER), "2"]))
    assert grid(raw).rows == [["a", "1"], ["", "2"]]
    assert told(raw) == [("hidden-cells", "info", "return.docx!Table 1!A2")]


def test_a_cell_that_continues_nothing_stands_for_itself():
    raw = docx(docx_table(["a", "1"], [docx_cell("b", FURTHER), "2"]))
    assert grid(raw).rows == [["a", "1"], ["b", "2"]]
    assert grid(raw).merged == ()


def test_rows_that_begin_later_that_are_deleted_or_hidden():
    before = "<w:tr><w:trPr>{}</w:trPr>" + docx_cell("5") + "</w:tr>"
    rows = [
        before.format('<w:gridBefore w:val="2"/>'),
        before.format('<w:del w:id="1"/>'),
        before.format('<w:ins w:id="2"/>'),
        before.format("<w:hidden/>"),
    ]
    raw = docx(f"<w:tbl>{''.join(rows)}</w:tbl>")
    assert grid(raw).rows == [["", "", "5"], ["5"], ["5"]]
    assert words(grid(raw).hidden) == ["row 3"]
    assert told(raw) == [("hidden-cells", "info", "return.docx!Table 1!A3")]


def test_a_deleted_cell_takes_no_place():
    raw = docx(docx_table([docx_cell("9", "<w:cellDel/>"), "5"]))
    assert grid(raw).rows == [["5"]]


def test_tracked_changes_are_told():
    raw = docx(docx_table([docx_cell("<w:ins>" + run("5") + "</w:ins>")]))
    assert words(open_book("return.docx", raw).remarks) == [
        "the document has tracked changes; it was read with all changes accepted",
    ]


def test_hidden_text_is_told():
    raw = docx(docx_table([docx_cell(run("5") + run("9", "<w:vanish/>"))]))
    assert told(raw) == [("hidden-cells", "info", "return.docx!Table 1!A1")]


def test_a_table_in_a_cell_is_a_sheet_of_its_own():
    inner = docx_table(["内", "5"]) + paragraph("text beside it")
    raw = docx(docx_table(["a", docx_cell(inner)], ["b", "6"]) + docx_table(["c"]))
    book = open_book("return.docx", raw)
    assert [sheet.name for sheet in book.sheets] == ["Table 1", "Table 1.1", "Table 2"]
    assert words(book.remarks) == [
        "1 table is nested in a cell of another table; it is read as a separate sheet"
    ]
    assert book.grid("Table 1")[0].rows == [["a", "text beside it"], ["b", "6"]]
    assert book.grid("Table 1.1")[0].rows == [["内", "5"]]
    assert book.grid("Table 2")[0].rows == [["c"]]


def test_a_table_in_a_text_box_is_read():
    box = (
        f"<w:p><w:r><w:pict><w:txbxContent>{docx_table(['5'])}</w:txbxContent></w:pict></w:r></w:p>"
    )
    assert grid(docx(box)).rows == [["5"]]


def test_the_short_lines_above_a_table_are_rows_above_its_first():
    long = "本报告说明上半年全市数字经济发展情况，包括增加值、增速、结构和各区情况，并对下半年走势作出判断，供有关部门参考，数据均为初步核算数，最终以年度公报为准，特此说明并请各区核对后反馈"
    body = (
        paragraph("表0")
        + paragraph(long)
        + paragraph("表1 2024年上半年")
        + paragraph("")
        + paragraph("单位：万元")
        + docx_table(["地区", "总量"], ["海淀", "5"])
        + docx_table(["x"])
    )
    read = grid(docx(body))
    assert read.rows == [["表1 2024年上半年"], ["单位：万元"], ["地区", "总量"], ["海淀", "5"]]
    assert read.above == 2
    assert read.origins([(0, 0), (1, 0), (2, 0), (3, 1)]) == [
        f"return.docx!Table 1!{name}" for name in ("A-1", "A0", "A1", "B2")
    ]
    assert read.origins_down([2, 3], 1) == ["return.docx!Table 1!B1", "return.docx!Table 1!B2"]
    assert grid(docx(body), "Table 2").rows == [["x"]]


def test_sums_that_word_computed_are_told_as_formulas():
    computed = field(instruction(" =SUM(ABOVE) "), run("5"))
    raw = docx(docx_table([docx_cell(computed), "6"]))
    assert grid(raw).formulas == {(0, 0)}
    assert told(raw) == [("formula-cell", "info", "return.docx!Table 1!A1")]
    raw = docx(docx_table([docx_cell(field(instruction("=A1"), "")), "6"]))
    assert told(raw) == [("formula-cell", "error", "return.docx!Table 1!A1")]


def test_a_document_of_the_strict_kind_and_one_whose_main_part_has_another_name():
    parts = docx_parts(docx_table(["5"]), word=STRICT)
    assert grid(packed(parts)).rows == [["5"]]
    parts["word/document2.xml"] = parts.pop("word/document.xml")
    parts["_rels/.rels"] = parts["_rels/.rels"].replace("document.xml", "document2.xml")
    assert grid(packed(parts)).rows == [["5"]]


@pytest.mark.parametrize("name", ["word/vbaProject.bin", "word/embeddings/table.xlsx"])
def test_what_a_document_carries_is_told_and_not_opened(name):
    (sentence,) = open_book("r.docm", packed(docx_parts(docx_table(["5"])) | {name: "x"})).remarks
    assert "not" in str(sentence)


def test_a_document_without_a_table_is_refused_in_three_languages():
    raw = docx(paragraph("5"))
    for language, word in (("en", "no table"), ("zh", "没有表格"), ("fr", "aucun tableau")):
        with speaking(language), pytest.raises(BlockedByFindings) as caught:
            open_book("return.docx", raw)
        with speaking(language):
            (found,) = caught.value.findings
            assert (found.code, found.origin) == ("workbook-refused", "return.docx")
            assert word in found.sentence


def test_the_bytes_tell_a_document_whatever_its_name_says():
    raw = docx(docx_table(["5"]))
    assert open_book("return.csv", raw).kind == kind_of("stdin", raw) == "docx"
