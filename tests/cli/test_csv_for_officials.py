"""CSV that officials open: the mark that Excel needs, and headings in words; programs get neither unasked."""

from __future__ import annotations

import csv
import io
from codecs import BOM_UTF8

import pytest

from dtrack.core.translate import _, speaking
from dtrack.reporting.tidy_headings import HEADINGS

CITY = "examples/symposium"
TIDY = [
    "report H1-2024",
    "gap shunyi",
    "status H1-2024",
    "status H1-2024 --since 2024-01-01",
    "catchup H1-2024",
    "city H1-2024",
    "path",
    "revisions",
    "why shunyi digital_va_growth H1-2024",
    "check",
    "check --explain scale-slip",
    "targets",
    "sources",
]


@pytest.mark.parametrize(
    ("more", "marked"),
    [
        ("--lang zh", True),
        ("--lang zh --no-bom", False),
        ("--lang fr", False),
        ("--lang en", False),
        ("--lang en --bom", True),
        ("--lang fr --headings", True),  # é is read by Excel only after the mark
        ("--lang fr --headings --no-bom", False),
        ("--lang en --headings", False),
    ],
)
def test_the_mark_begins_a_file_in_chinese(run, tmp_path, more, marked):
    file = tmp_path / "a.csv"
    assert run(f"report H1-2024 --workspace {CITY} -o {file} {more}").code == 0
    assert file.read_bytes().startswith(BOM_UTF8) == marked


@pytest.mark.parametrize("name", ["DTRACK_LANG", "LC_ALL"])
def test_the_language_may_be_chosen_by_the_environment(run, tmp_path, monkeypatch, name):
    monkeypatch.setenv(name, "zh_CN.UTF-8")
    run(f"report H1-2024 --workspace {CITY} -o {tmp_path / 'a.csv'}")
    assert (tmp_path / "a.csv").read_bytes().startswith(BOM_UTF8)


@pytest.mark.parametrize("more", ["", "-o -"])
def test_a_pipe_has_no_mark_unless_it_is_asked_for(run, more):
    asked = f"report H1-2024 --workspace {CITY} --lang zh -f csv {more}"
    assert not run(asked).out.startswith("\ufeff")
    assert run(f"{asked} --bom").out.startswith("\ufeff")


def test_other_formats_never_have_one(run, tmp_path):
    for name in ("a.json", "a.md", "a.html"):
        run(f"report H1-2024 --workspace {CITY} --lang zh --bom -o {tmp_path / name}")
        assert not (tmp_path / name).read_bytes().startswith(BOM_UTF8)


def test_the_values_are_the_same_in_every_language(run, tmp_path):
    got = []
    for language in ("en", "zh", "fr"):
        file = tmp_path / f"{language}.csv"
        run(f"report H1-2024 --workspace {CITY} -o {file} --lang {language} --no-bom")
        got.append(file.read_bytes())
    assert got[0] == got[1] == got[2]


@pytest.mark.parametrize("command", TIDY)
@pytest.mark.parametrize("language", ["en", "zh", "fr"])
def test_headings_are_words_and_the_rest_is_as_without(run, command, language):
    plain = run(f"{command} --workspace {CITY} -f csv").out
    worded = run(f"{command} --workspace {CITY} -f csv --headings --lang {language}").out
    (keys, *rows), (heads, *others) = (
        list(csv.reader(io.StringIO(text))) for text in (plain, worded)
    )
    with speaking(language):
        assert heads == [_(HEADINGS[key]) for key in keys]
    assert len(set(heads)) == len(heads)
    assert rows == others


def test_json_keeps_its_keys(run):
    asked = f"report H1-2024 --workspace {CITY} -f json"
    assert run(f"{asked} --headings --lang zh").out == run(asked).out
