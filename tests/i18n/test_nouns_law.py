"""A workspace whose areas are regions of a group reads of no district and no city, in any answer, language or format.

Two ways: no message of the source holds such a word but as a placeholder; and the answers of a workspace with other nouns are
read for it, the names of its areas aside.
"""

from __future__ import annotations

import csv
import html
import io
import re
import shutil

import pytest

from dtrack.core.nouns import mentions_nouns
from support.workspaces import ROOT

# isort: split
import catalogues

NOUNS = """area_noun = { en = ["region", "regions"], zh = "大组", fr = ["région", "régions", "f"] }
whole_noun = { en = ["group", "groups"], zh = "集团", fr = ["groupe", "groupes", "m"] }
"""
WORDS = {
    "en": r"\bdistricts?\b|\bcity\b|\bcities\b",
    "zh": r"全市|城市|本市|(?<![地园市专作])区(?!间|域|分)",
    "fr": r"\bdistricts?\b|\bvilles?\b",
}
# options, commands, keys and file names are typed as they are; what stands for a name of the workspace
TYPED = re.compile(
    r"--district|`?dtrack city`?|\bcity, reference\b|vs_city|“city”|data/areas\.csv|another city, else blank"
)
LAYOUT = ["table", "md", "html"]
COMMANDS = [
    "report --half H1-2024",
    "report --half H1-2024 -i energy_intensity_change --all",
    "report --half H1-2024 -d etown -d fangshan",
    "brief --half H1-2024",
    "brief --half H1-2024 -i digital_va",
    "status --half H1-2024",
    "gap -d shunyi",
    "catchup --half H1-2024",
    "city --half H1-2024",
    "path",
    "revisions",
    "targets",
    "why shunyi digital_va_growth H1-2024 --of city",
    "why beijing digital_va_growth H1-2024 --of city",
    "why fangshan digital_va_growth H1-2024",
    "check",
]


def raw_words(text: str, language: str) -> list[str]:
    """The words of districts and cities in a text."""
    plain = TYPED.sub("", re.sub(r"\{[a-zA-Z_]+\}", "", text))
    return re.findall(WORDS[language], plain, re.IGNORECASE)


# told of a file before its nouns are known, or a code that stays what it is
OF_FILES = re.compile(r"(?:the )?city$|.*“peer” for another city")


def test_no_message_of_the_source_names_them_itself():
    for message in catalogues.messages():
        texts = message.id if isinstance(message.id, tuple) else (message.id,)
        if texts[0] and not OF_FILES.match(texts[0]):
            assert not [text for text in texts if raw_words(text, "en")], texts


@pytest.mark.parametrize("language", ["zh", "fr"])
def test_nor_does_a_translation_of_one_that_has_a_noun(language):
    for message in catalogues.read(language):
        ids = message.id if isinstance(message.id, tuple) else (message.id,)
        told = message.string if isinstance(message.string, tuple) else (message.string,)
        if ids[0] and mentions_nouns(ids[0]):
            assert not [text for text in told if raw_words(text, language)], (ids, told)


@pytest.fixture(scope="module")
def regions(tmp_path_factory):
    """The symposium, its areas the regions of a group: the names lose their district and city."""
    home = tmp_path_factory.mktemp("regions") / "w"
    shutil.copytree(ROOT / "examples/symposium", home)
    toml = home / "targets.toml"
    text = toml.read_text(encoding="utf-8")
    toml.write_text(text.replace("[due]", f"{NOUNS}\n[due]", 1), encoding="utf-8")
    areas = home / "data/areas.csv"
    rows = list(csv.reader(io.StringIO(areas.read_text(encoding="utf-8"))))
    zh, fr = rows[0].index("name_zh"), rows[0].index("name_fr")
    for row in rows[1:]:
        row[zh] = row[zh].removesuffix("区").removesuffix("市").replace("开发区", "开发")
        row[fr] = row[fr].removeprefix("district de ")
        row[rows[0].index("aliases")] = row[rows[0].index("short_zh")] = ""
    out = io.StringIO(newline="")
    csv.writer(out, lineterminator="\n").writerows(rows)
    areas.write_text(out.getvalue(), encoding="utf-8")
    return home


def seen(text: str) -> str:
    """What a reader sees of a page."""
    return html.unescape(re.sub(r"(?s)<(script|style).*?</\1>|<[^>]*>", " ", text))


@pytest.mark.parametrize("command", COMMANDS)
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_no_answer_names_them(regions, run, command, language):
    spoken = 0
    for layout in LAYOUT:
        said = run([*command.split(), "--lang", language, "-f", layout], at=regions)
        if said.code == 2 and "format" in said.err.lower():
            continue
        assert said.code == 0, said.err
        text = seen(said.out) if layout == "html" else said.out
        assert raw_words(text + said.err, language) == [], (layout, text)
        spoken += 1
    assert spoken


def test_notes_of_csv_name_them_neither(regions, run):
    for command in ("status --half H1-2024", "city --half H1-2024", "gap -d shunyi"):
        for row in run(f"{command} -f csv", at=regions).rows:
            assert raw_words(row.get("note", ""), "en") == [], row


def test_the_nouns_are_there(regions, run):
    assert "regions" in run("report --half H1-2024", at=regions).out
    assert "régions" in run("report --half H1-2024 --lang fr", at=regions).out
    assert "个大组" in run("report --half H1-2024 --lang zh", at=regions).out
    assert "group" in run("city --half H1-2024", at=regions).out.casefold()
    assert "groupe" in run("city --half H1-2024 --lang fr", at=regions).out.casefold()
    assert "集团" in run("city --half H1-2024 --lang zh", at=regions).out
