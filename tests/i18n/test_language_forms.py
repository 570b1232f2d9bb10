"""What a bilingual statistician asked for: numbers, lists, plurals and words as each language has them, held by hand."""

from __future__ import annotations

import io
from pathlib import Path

import openpyxl
import pytest

from dtrack.core.period import Period
from dtrack.core.translate import _, enumerated, listed, ngettext, numeral, speaking
from dtrack.i18n.formatting import format_period, the_period
from support.workspaces import ROOT

pytestmark = pytest.mark.slow

N, B = "\u202f", "\u00a0"  # the narrow and the wide no-break space of French
SYMPOSIUM = ROOT / "examples/symposium"


@pytest.fixture(autouse=True)
def english_again():
    """A command leaves its language spoken; each test begins with English."""
    with speaking("en"):
        yield


# Numbers


@pytest.mark.parametrize(
    ("text", "en", "fr"),
    [
        ("7.8", "7.8", "7,8"),
        ("999", "999", "999"),
        ("1000", "1,000", f"1{N}000"),
        ("-59000", "-59,000", f"-59{N}000"),
        ("+1234567.8901", "+1,234,567.8901", f"+1{N}234{N}567,8901"),
        ("0.00467", "0.00467", "0,00467"),
        ("10750 − 4987.8", "10,750 − 4,987.8", f"10{N}750 − 4{N}987,8"),
        ("", "", ""),
    ],
)
def test_a_number_is_grouped_in_english_and_french_and_left_alone_in_chinese(text, en, fr):
    told = {}
    for language in ("en", "zh", "fr"):
        with speaking(language):
            told[language] = numeral(text)
    assert told == {"en": en, "zh": text, "fr": fr}


def test_all_numbers_of_a_french_table_are_grouped_alike(run):
    out = run(
        "report --half H1-2024 -i digital_va -d beijing -d haidian --lang fr", at=SYMPOSIUM
    ).out
    assert [
        word in out
        for word in (f"environ 10{N}750", f"4{N}987,8", f"1{N}507,3", f"au moins 3{N}235")
    ] == [True] * 4
    why = run("why beijing digital_va H1-2024 --lang fr", at=SYMPOSIUM).out
    assert f"4{N}987,8 − 4{N}996,5 = -8,7{B}centaines de millions de yuans" in why
    zh = run("report --half H1-2024 -i digital_va -d beijing --lang zh", at=SYMPOSIUM).out
    assert "4987.8" in zh
    assert "10750左右" in zh


@pytest.mark.filterwarnings("ignore:.*extension is not supported")
def test_a_workbook_groups_its_numbers_as_the_language_does(run, tmp_path):
    formats = {}
    for language in ("en", "zh", "fr"):
        file = tmp_path / f"{language}.xlsx"
        run(f"report --half H1-2024 -i digital_va --lang {language} -o {file}", at=SYMPOSIUM)
        cells = [
            cell for row in openpyxl.load_workbook(file).worksheets[0].iter_rows() for cell in row
        ]
        formats[language] = next(cell.number_format for cell in cells if cell.value == 4987.8)
    assert formats == {"en": "#,##0.0", "zh": "0.0", "fr": "#,##0.0"}


# Lists


def test_ids_in_a_row_have_the_enumeration_comma_in_chinese():
    told = {}
    for language in ("en", "zh", "fr"):
        with speaking(language):
            told[language] = (
                enumerated(["a", "b", "c"]),
                enumerated(["A, x", "B"], "; "),
                listed(["A", "B", "C"]),
            )
    assert told == {
        "en": ("a, b, c", "A, x; B", "A, B and C"),
        "zh": ("a、b、c", "A, x、B", "A、B和C"),
        "fr": ("a, b, c", f"A, x{N}; B", "A, B et C"),
    }


def test_what_is_known_and_what_may_be_said_is_enumerated(run):
    assert run("report -i nowhere --lang zh", at=SYMPOSIUM).err == (
        "dtrack：--indicator：未知指标“nowhere”。可用的有：digital_va_growth（数字经济增加值增速）、digital_va（数字经济增加值）、"
        "digital_va_share_of_gdp（数字经济增加值占地区生产总值比重）、5g_base_stations（5G基站数）、"
        "energy_intensity_change（单位地区生产总值能耗变化）\n"
    )
    assert (
        run("import --lang zh", at=SYMPOSIUM).err
        == "dtrack：须指明：FILE、--half、--published、--source\n"
    )
    said = run(
        "import x.csv --half H1-2024 --published 2024-08-30 --source x --status foo --lang fr",
        at=SYMPOSIUM,
    ).err
    assert (
        said
        == f"dtrack{B}: --status{B}: «{N}foo{N}» n’est pas dans la liste{B}: expected, flash, final, revised, missing, illustrative\n"
    )


# Plurals and articles


@pytest.mark.parametrize(
    ("count", "fr"),
    [(0, "0 chiffre"), (1, "1 chiffre"), (2, "2 chiffres"), (1000, f"1{N}000 chiffres")],
)
def test_the_question_counts_as_french_does(count, fr):
    one, more = "Write {count} figure to {file}?", "Write {count} figures to {file}?"
    assert (
        ngettext(one, more, count, file="x.csv")
        == f"Write {count:,} figure{'s' * (count != 1)} to x.csv?"
    )
    with speaking("fr"):
        assert ngettext(one, more, count, file="x.csv") == f"Écrire {fr} dans x.csv{N}?"
    with speaking("zh"):
        assert ngettext(one, more, count, file="x.csv") == f"把{count}个数值写入x.csv？"


@pytest.mark.parametrize(
    ("period", "fr"),
    [
        ("H1-2024", "le premier semestre 2024"),
        ("Q2-2024", "le deuxième trimestre 2024"),
        ("Q1-3-2023", "les trois premiers trimestres 2023"),
        ("2024", "2024"),
        ("2024-05", "mai 2024"),
    ],
)
def test_a_part_of_a_year_has_its_article_after_a_preposition(period, fr):
    one = Period.parse(period)
    with speaking("fr"):
        assert the_period(one) == fr
    for language in ("zh", "en"):
        with speaking(language):
            assert the_period(one) == format_period(one)


def test_a_figure_of_another_period_is_told_with_it(run):
    out = run("brief --half 2024 -i digital_va_share_of_gdp --lang fr", at=SYMPOSIUM).out
    assert "24,0 (premier semestre 2024)" in out
    assert f"Shunyi (21,6{N}% pour le premier semestre 2024, objectif{B}: 24{N}%" in out
    assert "pour premier" not in out


@pytest.mark.parametrize(
    ("day", "fr"), [("2024", "2024"), ("2024-03", "2024-03"), ("2024-03-01", "2024-03-01")]
)
def test_a_day_that_is_a_month_or_a_year_needs_no_article(day, fr):
    with speaking("fr"):
        assert (
            _("target set on {day}, after the end of the period", day=day)
            == f"objectif fixé après la période ({fr})"
        )


# Meaning


def test_last_years_share_is_not_the_usual_one(run):
    out = run("brief --half H1-2024 -i digital_va --lang fr", at=SYMPOSIUM).out
    assert "selon le profil de l’année précédente" in out
    assert "usuelle" not in out


def test_about_doubled_is_not_nearly_doubled(run):
    assert "增长一倍左右" in run("check --explain index-for-growth --lang zh", at=SYMPOSIUM).out


# No English word, no foreign sign


@pytest.mark.parametrize(("language", "before"), [("zh", "dtrack："), ("fr", f"dtrack{B}: ")])
def test_every_remark_begins_alike(run, tmp_path, language, before):
    (tmp_path / "targets.toml").write_text("", encoding="utf-8")
    assert run(f"init --lang {language}", at=tmp_path).err.startswith(before)
    assert run(f"export --sdmx - --half 2031 --lang {language}", at=SYMPOSIUM).err.startswith(
        before
    )


def test_a_workbook_without_tables_has_a_tab_in_the_language(run, tmp_path):
    file = tmp_path / "o.xlsx"
    for language, tab in (("en", "check"), ("zh", "检查"), ("fr", "contrôle")):
        run(f"check -o {file} --lang {language}", at=SYMPOSIUM)
        assert openpyxl.load_workbook(io.BytesIO(file.read_bytes())).sheetnames[0] == tab


def test_a_value_told_beside_another_has_the_languages_comma(run, tmp_path):
    rows = "area,indicator,period,value,status,published,source,note\n"
    twice = "haidian,digital_va_growth,H1-2024,{},flash,2024-08-30,s,\n"
    folder = copied(tmp_path)
    (folder / "data/actuals/zz.csv").write_text(
        rows + twice.format("8.4") + twice.format("8.5"), encoding="utf-8"
    )
    assert (
        "8,5, mais 8,4 à data/actuals/zz.csv:2, publiés le même jour"
        in run("check --lang fr", at=folder).out
    )
    assert (
        "本行为8.5，data/actuals/zz.csv:2为8.4，公布日相同" in run("check --lang zh", at=folder).out
    )


def copied(folder: Path) -> Path:
    import shutil

    return Path(shutil.copytree(SYMPOSIUM, folder / "symposium"))


MACHINE = (
    "report --half H1-2024",
    "status --half H1-2024",
    "gap -d haidian",
    "catchup --half H1-2024",
    "city --half H1-2024",
    "path",
    "revisions",
    "check",
    "targets",
    "sources",
    "why beijing digital_va H1-2024",
    "check --explain outlier",
)


@pytest.mark.parametrize("words", MACHINE)
def test_programs_read_english_whatever_is_spoken(run, monkeypatch, words):
    for form in ("csv", "json"):
        english = run(f"{words} -f {form}", at=SYMPOSIUM)
        assert run(f"{words} -f {form} --lang fr", at=SYMPOSIUM) == english
        with monkeypatch.context() as patch:
            patch.setenv("DTRACK_LANG", "zh")
            assert run(f"{words} -f {form}", at=SYMPOSIUM) == english
        with monkeypatch.context() as patch:
            patch.setenv("LC_ALL", "fr_FR.UTF-8")
            assert run(f"{words} -f {form}", at=SYMPOSIUM) == english


def test_sdmx_is_the_same_in_every_language(run):
    assert (
        len(
            {
                run(f"export --sdmx - --editions --lang {language}", at=SYMPOSIUM).out
                for language in ("en", "zh", "fr")
            }
        )
        == 1
    )
