"""What the door and the edits say in Chinese and French: no English word is left, and some lines are held to the letter."""

from __future__ import annotations

import io
import re
import shutil
import struct
import sys
from pathlib import Path

import pytest
import typer

from dtrack.cli.asking import confirm
from dtrack.core.findings import BAD_COMMAND, DONE, REFUSED, BlockedByFindings, WriteFailed
from dtrack.core.rules import CATALOGUE
from dtrack.core.translate import speaking
from dtrack.core.vocabulary import ObsStatus
from support.returns import MENDED, MESSY, workbook
from support.sent_files import (
    compound,
    docx,
    docx_cell,
    docx_table,
    packed,
    record,
    run,
    worksheet,
    xls,
    xls_label,
    xls_sheet,
    xlsx_parts,
)
from support.workspaces import ROOT

NARROW, NO_BREAK = "\u202f", "\u00a0"
RETURN = ["--half", "H1-2024", "--published", "2024-08-30", "--source", "x1"]
OF_CLICK = re.compile(
    r"^(?:Usage: .*|Try '.*|Error: Invalid value(?: for '--[a-z-]+')?: ?)", re.MULTILINE
)
LEFT_AS_IT_IS = re.compile(
    r"`[^`]*`|--[a-z-]+|[A-Za-z0-9_./-]*\.(?:csv|docx|xlsx|xls|xlsb|xlsm|toml|ods|tsv)(?![a-z])(?:!\S+|:[0-9]+:[a-z]+)?"  # commands, options, files
    r"|(?<![A-Za-z])Table [0-9.]+"  # tables of a document, by the names that --sheet takes
    r"|(?<![A-Za-z])(?:dtrack|FILE|Excel|LibreOffice|Microsoft Office|CSV|UTF|NUL|PDF|XML|git)(?![A-Za-z])"  # names
    r"|(?<![A-Za-z])targets\.[^\s：]+"  # keys of targets.toml
    r"|(?<![A-Za-z-])(?:form|percent|fraction|index|met|missed)(?![A-Za-z-])"  # what people type
)


@pytest.fixture(autouse=True)
def english_again():
    """A command leaves its language spoken; each test begins with English."""
    with speaking("en"):
        yield


@pytest.fixture
def symposium(tmp_path: Path) -> Path:
    folder = tmp_path / "symposium"
    shutil.copytree(ROOT / "examples/symposium", folder)
    (tmp_path / "messy.xlsx").write_bytes(workbook(MESSY))
    (tmp_path / "mended.xlsx").write_bytes(workbook(MENDED))
    return folder


def english(text: str, folder: Path) -> list[str]:
    """The English words in a text, beside ids, codes, names of files, options and commands."""
    import dtrack

    dataset = dtrack.open(folder)
    ids = (
        {item.id for item in (*dataset.areas, *dataset.indicators)}
        | set(dataset.sources)
        | set(CATALOGUE)
        | set(ObsStatus)
    )
    text = LEFT_AS_IT_IS.sub(" ", OF_CLICK.sub("", text.replace("\\", "")))
    names = "|".join(map(re.escape, sorted(ids, key=len, reverse=True)))
    return re.findall(
        r"[A-Za-z]{3,}", re.sub(rf"(?<![A-Za-z_])(?:{names})(?![A-Za-z_])", " ", text)
    )


def table(*rows: str) -> bytes:
    return "\n".join(rows).encode()


# No English word

FIGURE = ["haidian", "digital_va_growth", "H1-2024"]
EDITION = ["--published", "2024-09-01", "--source", "x1"]
SET = ["--set", "2024-03-01", "--source", "x1"]
COMMANDS = {
    "messy": (["import", "../messy.xlsx", *RETURN], REFUSED),
    "mended": (["import", "../mended.xlsx", *RETURN, "--dry-run"], DONE),
    "nobody to ask": (["import", "../mended.xlsx", *RETURN], BAD_COMMAND),
    "all of it": (["import", "../mended.xlsx", *RETURN, "--dry-run", "--all", "-f", "md"], DONE),
    "no file": (["import", "../nowhere.csv", *RETURN], BAD_COMMAND),
    "no words": (["import"], BAD_COMMAND),
    "no such sheet": (["import", "../mended.xlsx", *RETURN, "--sheet", "S1"], REFUSED),
    "nothing to undo": (["import", "--undo"], REFUSED),
    "add": (["add", *FIGURE, "8.9", *EDITION, "--status", "revised", "--dry-run"], DONE),
    "add no figure": (["add", *FIGURE, "8.9万", *EDITION], REFUSED),
    "add no status": (["add", *FIGURE, "8.9", *EDITION, "--status", "x"], BAD_COMMAND),
    "set": (["targets", "set", *FIGURE[:2], "2024", "around 9", *SET, "--dry-run"], DONE),
    "set late": (
        [
            "targets",
            "set",
            *FIGURE[:2],
            "2024",
            "9",
            "--set",
            "2025-03-01",
            "--source",
            "x1",
            "--dry-run",
        ],
        DONE,
    ),
    "set without a source": (
        ["targets", "set", *FIGURE[:2], "2024", "9", "--set", "2024-03-01", "--source", " "],
        BAD_COMMAND,
    ),
    "sources add": (["sources", "add", "x1", "--title", "公报", "--dry-run"], DONE),
    "sources add again": (["sources", "add", "illustrative", "--title", " "], BAD_COMMAND),
}


@pytest.mark.parametrize("name", COMMANDS)
def test_no_english_word_is_left(run, symposium, name):
    words, code = COMMANDS[name]
    done = run([*words, "--lang", "zh"], at=symposium)
    assert done.code == code
    assert done.out + done.err
    assert english(done.out + done.err, symposium) == []


def test_no_english_word_where_something_is_written_and_taken_back(run, symposium):
    typed = (
        ["import", "../mended.xlsx", *RETURN, "--yes"],
        ["import", "../mended.xlsx", *RETURN, "--yes"],
        ["import", "--undo", "--dry-run"],
        ["import", "--undo", "--yes"],
        ["sources", "add", "x1", "--title", "公报"],
        ["add", *FIGURE, "8.9", *EDITION],
        ["add", *FIGURE, "8.9", *EDITION],
        ["targets", "set", *FIGURE[:2], "2024", "9", *SET],
        ["targets", "set", *FIGURE[:2], "2024", "9", *SET],
    )
    said = [run([*words, "--lang", "zh"], at=symposium) for words in typed]
    assert [done.code for done in said] == [DONE] * len(typed)
    assert [english(done.out + done.err, symposium) for done in said] == [[]] * len(typed)


SENT = {
    "a.csv": table(
        "地区,数字经济增加值增速,数字经济增加值（万元）,幸福指数",
        "海淀区,增长8.5%,15073000,9",
        "朝阳曲,6.5,7,1",
    ),
    "b.csv": table("地区;数字经济增加值增速", "海淀区;8,5", "朝阳区;6,5"),
    "c.csv": table(
        "地区,指标,数值,时期,来源",
        "海淀区,不知道,8.5,H1-2024,甲",
        "朝阳区,数字经济增加值增速,6.5,某年,甲",
    ),
    "d.csv": table(
        "地区,数字经济增加值增速", "海淀区,0.085", "朝阳区,0.065", "平谷区,▲5", "密云区,5、6、7"
    ),
    "e.csv": table(
        "地区,数字经济增加值", "海淀区,上升5%", "朝阳区,5个百分点", "平谷区,3 4", "密云区,1e5"
    ),
    "f.csv": table("地区,数字经济增加值增速", '海淀区,"8.5', "朝阳区,6.5"),
    "g.xls": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600),
    "l.xls": xls(
        xls_sheet(
            record(0x208, struct.pack("<8H", 0, 0, 2, 255, 0, 0, 0x20, 0)),
            xls_label(0, 0, "地区"),
            record(0x06, struct.pack("<HHHBxxxxxHIHH", 1, 0, 0, 3, 0xFFFF, 0, 0, 0)),
            record(0xE5, struct.pack("<5H", 1, 0, 0, 0, 1)),
            xls_label(0, 1, "x"),
        )
    ),
    "m.xls": xls(xls_sheet(), before=record(0x2F, b"")),
    "n.xls": xls(version=0x500),
    "o.xls": compound({"WordDocument": b""}),
    "p.docx": docx("<w:p/>"),
    "q.docx": docx(
        docx_table(
            ["地区", "数字经济增加值增速"],
            ["海淀区", run("8.5") + run("9", "<w:vanish/>")],
            ["朝阳区", "<w:ins>" + run("6.5", "<w:strike/>") + "</w:ins>"],
            [docx_cell(docx_table(["内"]))],
        )
    ),
    "r.docx": docx(docx_table([docx_cell("5", '<w:gridSpan w:val="x"/>')])),
    "s.docx": docx("<w:tr/>"),
    "h.csv": b"%PDF-1.7 ...",
    "i.csv": table("甲,乙", "丙,1"),
    "j.xlsx": packed(xlsx_parts(worksheet('<row r="1"><c r="A1"><v>x</v></c></row>'))),
    "k.xlsx": packed(
        xlsx_parts(
            worksheet(
                '<row r="1" hidden="1"><c r="A1" t="str"><f>1</f><v>1</v></c><c r="B1"><f>2</f></c></row>'
            )
        )
    ),
}


@pytest.mark.parametrize("name", SENT)
def test_no_english_word_for_what_is_sent(run, symposium, name):
    (symposium.parent / name).write_bytes(SENT[name])
    done = run(["import", f"../{name}", *RETURN, "--dry-run", "--lang", "zh"], at=symposium)
    assert done.code in (REFUSED, DONE)
    assert english(done.out + done.err, symposium) == []


def findings_of(folder, name, raw):
    """What an import finds in a file, whether it refuses it or not."""
    import dtrack
    from dtrack.core.period import Period
    from dtrack.importing.compare import Edition
    from dtrack.importing.pipeline import Request, receive

    edition = Edition("2024-08-30", "x1")
    request = Request(name, raw, Period.parse("H1-2024"), edition, title="公报")
    try:
        return tuple(receive(dtrack.open(folder), request).arrival.findings)
    except BlockedByFindings as refused:
        return refused.findings


@pytest.mark.parametrize("name", [*SENT, "messy.xlsx"])
def test_what_is_found_in_one_language_is_told_wholly_in_another(symposium, name):
    raw, found = SENT.get(name) or (symposium.parent / name).read_bytes(), {}
    for language in ("en", "zh", "fr"):
        with speaking(language):
            found[language] = findings_of(symposium, name, raw)
    assert found["en"] == found["zh"] == found["fr"]
    for language in found:
        with speaking(language):
            assert len({"\n".join(map(str, findings)) for findings in found.values()}) == 1


TARGETS = ("地区,数字经济增加值增速", "海淀区,9左右", "密云区,8%以上")


@pytest.mark.parametrize("more", [[], ["朝阳区,0.07"], ["海淀区,7"]])
def test_no_english_word_for_a_table_of_targets(run, symposium, more):
    (symposium.parent / "t.csv").write_bytes(table(*TARGETS, *more))
    words = [
        "targets",
        "import",
        "../t.csv",
        "--year",
        "2025",
        "--source",
        "x1",
        "--set",
        "2025-01-10",
        "--dry-run",
    ]
    done = run([*words, "--lang", "zh"], at=symposium)
    assert done.code == (REFUSED if more else DONE)
    assert english(done.out + done.err, symposium) == []


# Lines to the letter


def test_what_the_return_says(run, symposium):
    told = {}
    for language in ("zh", "fr"):
        done = run(
            ["import", "../mended.xlsx", *RETURN, "--dry-run", "--lang", language], at=symposium
        )
        told[language] = (*done.out.splitlines()[:5], done.err.strip())
    assert told["zh"] == (
        "mended.xlsx!上半年：2024年上半年，5个地区，9个数值：修订3个，新增2个，未变4个；1个单元格没有数值。",
        "逗号按千位分隔符读取。",
        "C4“数字经济增加值 / 总量”对应digital_va，单位万元",
        "D4“数字经济增加值 / 增速”对应digital_va_growth，单位%",
        "将有4个判断改变。其中转为未达到目标的有：密云区。",
        "dtrack：--dry-run：未写入任何内容。",
    )
    counted = f"3 révisés, 2 nouveaux, 4 inchangés{NARROW}; 1 cellule sans chiffre."
    assert told["fr"] == (
        f"mended.xlsx!上半年{NO_BREAK}: 9 chiffres pour 5 territoires, S1 2024{NO_BREAK}: {counted}",
        "Les virgules sont lues comme séparateurs de milliers.",
        f"C4 «{NARROW}数字经济增加值 / 总量{NARROW}» correspond à digital_va, en 万元",
        f"D4 «{NARROW}数字经济增加值 / 增速{NARROW}» correspond à digital_va_growth, en %",
        f"4 constats changeraient. Passeraient à «{NARROW}non atteint{NARROW}»{NO_BREAK}: district de Miyun.",
        f"dtrack{NO_BREAK}: --dry-run{NO_BREAK}: rien n’a été écrit.",
    )


def test_what_an_edit_turns(run, symposium):
    words = [
        "targets",
        "set",
        "haidian",
        "digital_va_growth",
        "2024",
        "around 9",
        *SET,
        "--dry-run",
    ]
    zh, fr = (
        run([*words, "--lang", language], at=symposium).out.strip() for language in ("zh", "fr")
    )
    assert (
        zh
        == "海淀区2024年数字经济增加值增速：8以上 → 9左右；2024年上半年：达到目标 → 未达到目标，-0.6个百分点。"
    )
    turned = f"S1 2024{NO_BREAK}: atteint → non atteint, -0,6{NO_BREAK}pt."
    target = f"Croissance de la valeur ajoutée numérique, 2024{NO_BREAK}: au moins 8 → environ 9"
    assert fr == f"district de Haidian, {target}{NARROW}; {turned}"


def test_an_edit_proposed_in_one_language_is_told_in_another(symposium):
    import dtrack
    from dtrack.editing.observations import add_figure

    given = dict(zip(("area", "indicator", "period", "value"), (*FIGURE, "8.9"), strict=True))
    given |= {"status": "flash", "published": "2024-08-30", "source": "x1"}
    told = {}
    for language in ("en", "zh"):
        with speaking(language):
            told[language] = add_figure(dtrack.open(symposium), given).sentences
    assert told["en"] == told["zh"]
    with speaking("zh"):
        assert english(" ".join(map(str, told["en"])), symposium) == []


def test_what_a_cell_is_refused_for(run, symposium):
    (symposium.parent / "e.csv").write_bytes(SENT["e.csv"])
    told = {
        name: run(["import", "../e.csv", *RETURN, "--dry-run", "--lang", name], at=symposium).out
        for name in ("zh", "fr")
    }
    assert "“5个百分点”不是有效数值：百分点表示变化，不是数值" in told["zh"]
    assert (
        f"«{NARROW}5个百分点{NARROW}» n’est pas un chiffre valide{NO_BREAK}: des points de pourcentage sont une variation"
        in told["fr"]
    )


def test_what_is_written_is_the_same_in_every_language(run, symposium):
    written = []
    for language in ("en", "zh", "fr"):
        folder = symposium.with_name(language)
        shutil.copytree(symposium, folder)
        words = [
            "import",
            "../mended.xlsx",
            *RETURN,
            "--yes",
            "--save-map",
            "../map.toml",
            "--lang",
            language,
        ]
        assert run(words, at=folder).code == DONE
        names = ("data/actuals/H1-2024-x1.csv", "data/sources.csv", "../map.toml")
        written.append([(folder / name).read_bytes() for name in names])
    assert written[0] == written[1] == written[2]


# The question


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("language", "answers", "agrees"),
    [
        ("en", "y\n", True),
        ("en", "YES\n", True),
        ("en", "\n", False),
        ("en", "n\n", False),
        ("en", "o\nyes\n", True),
        ("zh", "是\n", True),
        ("zh", "y\n", True),
        ("zh", "否\n", False),
        ("zh", "\n", False),
        ("zh", "oui\n是\n", True),
        ("fr", "oui\n", True),
        ("fr", "O\n", True),
        ("fr", "y\n", True),
        ("fr", "non\n", False),
        ("fr", "是\nn\n", False),
    ],
)
def test_yes_in_the_language_and_with_y(monkeypatch, capsys, language, answers, agrees):
    monkeypatch.setattr(sys, "stdin", Terminal(answers))
    with speaking(language):
        if agrees:
            confirm("…", yes=False)
        else:
            with pytest.raises(typer.Exit):
                confirm("…", yes=False)
    asked = {"en": "… [y/N]:", "zh": "…［是/否，默认否］：", "fr": f"… [o/N]{NO_BREAK}:"}
    assert capsys.readouterr().err.startswith(asked[language])


def test_who_writes_meanwhile_is_told(symposium):
    from dtrack.storage.lock import Holder

    with speaking("zh"):
        assert str(Holder(1234, "", "targets set").deed) == "进程1234的操作（设定目标）"
        assert str(Holder(1234, "other", "import").named) == "（进程1234，在other上，导入）"
    with speaking("fr"):
        assert (
            str(Holder(1234, "other", "undo").named) == " (processus 1234, sur other, annulation)"
        )
        assert str(Holder().deed) == "modification par un autre dtrack"


def test_what_the_disk_says():
    from dtrack.i18n.system_messages import reason

    full = OSError(28, "No space left on device")
    assert str(reason(full)) == "No space left on device"
    with speaking("zh"):
        assert str(reason(full)) == "磁盘空间不足"
    with speaking("fr"):
        assert str(reason(full)) == "plus de place sur le disque"


def test_a_workspace_that_cannot_be_written_says_so(symposium):
    from dtrack.storage import transaction
    from dtrack.storage.changeset import Change

    with speaking("zh"), pytest.raises(WriteFailed) as told:
        transaction.apply(symposium, Change({"../x": b""}))
    with speaking("zh"):
        assert str(told.value) == "无法写入“../x”：不是工作区内的普通文件名；未写入任何内容"
