"""What may lie in a workspace in place of a file, or be handed to a command: pipes, devices, TOML made to fill a memory.

Each attack is one named test (docs/security.md lists them). Nothing waits, and nothing is read without a bound.
"""

from __future__ import annotations

import os
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

import dtrack
from dtrack.core.findings import Finding
from dtrack.storage import paths
from dtrack.storage.toml_text import read_toml
from support.broken_inputs import FIGURES, GOOD, HEAD, SOURCES, write
from support.import_sessions import WORDS, everything, given

posix = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files in a folder")


@pytest.fixture
def pipe() -> Iterator[object]:
    """pipe(path): a named pipe there, and whoever waits for it is let go after a while, so that a test fails and ends."""
    ends = threading.Event()

    def let_go(path: Path) -> None:
        ends.wait(10)
        os.close(os.open(path, os.O_RDWR | os.O_NONBLOCK))

    def make(path: Path) -> Path:
        path.parent.mkdir(parents=True, exist_ok=True)
        os.mkfifo(path)
        threading.Thread(target=let_go, args=(path,), daemon=True).start()
        return path

    yield make
    ends.set()


# In place of a file


@posix
@pytest.mark.parametrize("command", ["report --half H1-2024", "check", "status --half H1-2024"])
@pytest.mark.parametrize("name", [*GOOD, "data/actuals/more.csv"])
def test_a_pipe_in_place_of_a_file_is_refused_at_once(tmp_path, run, pipe, name, command):
    pipe(write(tmp_path, {name: None}) / name)
    said = run(f"{command} --workspace .", at=tmp_path)
    assert said.code == 3
    assert f"{name} cannot be read: it is a pipe or a device, not a file" in said.out + said.err


@posix
@pytest.mark.parametrize("name", [*GOOD, "data/actuals/more.csv"])
def test_a_link_to_a_device_without_end_is_refused_at_once(tmp_path, name):
    (write(tmp_path, {name: None}) / name).symlink_to("/dev/zero")
    found = [
        finding for finding in dtrack.open(tmp_path).findings if finding.code == "file-unreadable"
    ]
    assert [finding.file for finding in found] == [name]


@posix
def test_a_pipe_in_place_of_what_was_accepted_is_refused(tmp_path, run, pipe):
    pipe(write(tmp_path) / "data/accepted.toml")
    said = run("check -f csv --workspace .", at=tmp_path)
    assert (said.code, [(row["file"], row["code"]) for row in said.rows]) == (
        3,
        [("data/accepted.toml", "file-unreadable")],
    )


@posix
@pytest.mark.parametrize("words", ["--undo --yes", ""])
def test_a_pipe_in_place_of_the_list_of_imports_is_refused_and_nothing_is_written(
    run, symposium, pipe, words
):
    name = given(symposium, [["地区", "数字经济增加值增速"], ["海淀区", 8.5]])
    pipe(symposium / "data/imports.csv")
    before = everything(symposium)
    said = run(
        ["import", *words.split()] if words else ["import", name, *WORDS, "--yes"], at=symposium
    )
    assert said.code == 3
    assert "data/imports.csv cannot be read: it is a pipe or a device, not a file" in said.err
    assert everything(symposium) == before


@posix
def test_a_received_file_that_is_a_pipe_now_is_told(tmp_path, pipe):
    row = GOOD[SOURCES].replace("no,,", "no,r.csv,00")
    pipe(write(tmp_path, {SOURCES: row}) / "data/received/r.csv")
    dataset = dtrack.open(tmp_path)
    from dtrack.validation.originals import received_changed

    (found,) = received_changed(paths.Files(tmp_path), dataset.sources.values())
    assert found.code == "received-changed"


def test_a_file_larger_than_any_table_is_refused_by_its_size(tmp_path):
    with (write(tmp_path) / FIGURES).open("r+b") as stream:
        stream.truncate(paths.MOST_BYTES + 1)  # a hole: it takes no room on the disk
    (found,) = (finding for finding in dtrack.open(tmp_path).findings if finding.file == FIGURES)
    assert (found.code, found.sentence) == (
        "file-unreadable",
        f"{FIGURES} cannot be read: the file has more than 2,000,000,000 bytes",
    )


# Handed to a command


@posix
def test_a_pipe_handed_over_as_the_file_is_read_as_stdin_is(tmp_path, run, symposium):
    sent = tmp_path / "sent"
    os.mkfifo(sent)
    text = "地区,数字经济增加值增速\n海淀区,8.5\n".encode()
    threading.Thread(target=sent.write_bytes, args=(text,), daemon=True).start()
    said = run(["import", str(sent), *WORDS, "--yes"], at=symposium)
    assert said.code == 0
    assert (
        symposium / f"data/received/{WORDS[WORDS.index('--source') + 1]}.csv"
    ).read_bytes() == text


@posix
@pytest.mark.parametrize(
    "words", [["/dev/zero"], ["r.csv", "--map", "/dev/zero"]], ids=["file", "map"]
)
def test_a_device_without_end_is_read_up_to_the_limit_and_refused(
    monkeypatch, run, symposium, words
):
    monkeypatch.setattr("dtrack.importing.formats.limits.TEXT", 1_000_000)
    (symposium / "r.csv").write_text("地区,数字经济增加值增速\n海淀区,8.5\n", encoding="utf-8")
    said = run(["import", *words, *WORDS, "--yes"], at=symposium)
    assert said.code == 3
    assert "more than" in said.err


# TOML

TOML = {
    "a key of 20,000 parts": ("a." * 20_000 + "b = 1", "a key has more than 32 parts"),
    "a table of 20,000 parts": ("[" + "a." * 20_000 + "b]", "a key has more than 32 parts"),
    "parts with blanks between": ("a . " * 20_000 + "b = 1", "a key has more than 32 parts"),
    "parts in quotes": ('"a.b".' * 20_000 + "b = 1", "a key has more than 32 parts"),
    "behind a text that ends in quotes": (
        'x = """""y""""" # "\n' + "a." * 20_000 + "b = 1",
        "a key has more than 32 parts",
    ),
    "lists within lists": (
        "a = " + "[" * 10_000,
        "brackets are nested more than 32 levels deep",
    ),
    "lists on lines of their own": (
        "a = " + "[ # ]\n" * 10_000,
        "brackets are nested more than 32 levels deep",
    ),
    "tables within tables": (
        "a = " + "{a = " * 10_000,
        "brackets are nested more than 32 levels deep",
    ),
    "behind four quotes in a list": (
        'a = ["""x"""", ' + "[" * 10_000,
        "brackets are nested more than 32 levels deep",
    ),
    "a number of 5,000 digits": (
        "a = " + "9" * 5000,
        "a word or number has more than 1,000 characters",
    ),
    "a number of 5,000 digits in hexadecimal": (
        "a = 0x" + "f" * 5000,
        "a word or number has more than 1,000 characters",
    ),
    "a million tables": (
        "a = [" + "{}," * 1_000_000 + "]",
        "more than 500,000 tables and lists",
    ),
    "eleven million letters": ("#" * 11_000_000, "more than 10,000,000 characters"),
}


@pytest.mark.parametrize(("text", "says"), TOML.values(), ids=TOML)
def test_toml_that_would_fill_the_memory_is_refused_before_it_is_parsed(text, says):
    resource = pytest.importorskip("resource")
    begun, before = time.process_time(), resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    found = read_toml(text, "x.toml")
    assert isinstance(found, Finding)
    assert (found.code, found.sentence) == ("toml-syntax", says)
    assert time.process_time() - begun < 5
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 200_000  # kB


@pytest.mark.parametrize(
    "text",
    [
        'a.b."c.d".e = 1',
        "a = [[1, 2], [3, 4]]",
        "a = [" + "[1], " * 1000 + "]",
        "\n".join(f"k{number} = [1.5, 2.5]" for number in range(1000)),
        'a = "' + "[" * 5000 + '"',
        "a = '" + "x." * 5000 + "'",
        'a = """' + "\\\\\n[\n" * 500 + '"""',
        "a = '''" + "[\n" * 500 + "'''''",
        "# " + "[" * 5000,
        'a = "\\"' + "[" * 5000 + '"',
        "d = 2024-07-20 10:00:00.5",
    ],
)
def test_toml_that_only_looks_like_much_is_read(text):
    import tomllib

    assert read_toml(text, "x.toml") == tomllib.loads(text)


@pytest.mark.parametrize("name", ["targets.toml", "data/accepted.toml"])
@pytest.mark.parametrize(
    "line",
    ["b = " + "[" * 10_000, "a." * 20_000 + "b = 1", "b = 0x" + "f" * 5000, "b = 2024-13-01"],
)
def test_the_line_of_what_is_too_much_is_told_for_each_toml_of_the_workspace(
    tmp_path, run, name, line
):
    folder = write(tmp_path, {name: f'# one\n\na = """\n\n"""\n{line}\n'})
    said = run("check -f csv --workspace .", at=folder)
    (found,) = [row for row in said.rows if row["file"] == name]
    assert (said.code, found["code"], found["line"]) == (3, "toml-syntax", "6")


def test_a_map_made_to_fill_the_memory_is_refused(run, symposium):
    name = given(symposium, [["地区", "数字经济增加值增速"], ["海淀区", 8.5]])
    (symposium / "m.toml").write_text("\n" + "a." * 20_000 + "b = 1", encoding="utf-8")
    said = run(["import", name, *WORDS, "--map", "m.toml"], at=symposium)
    assert said.code == 3
    assert "m.toml:2: error: a key has more than 32 parts [toml-syntax]" in said.err


# Much of one thing


def test_twenty_thousand_areas_in_one_chain_of_parents_are_walked_in_seconds(tmp_path):
    chain = "".join(f"t{n},{f't{n - 1}' if n else 'city'},Area {n}\n" for n in range(20_000))
    circle = "x,t19999,X\ny,z,Y\nz,y,Z\nu,y,U\n"
    write(
        tmp_path,
        {"data/areas.csv": "id,parent,name_en\ncity,,City\na,city,A\nb,city,B\n" + chain + circle},
    )
    begun = time.process_time()
    findings = dtrack.open(tmp_path).findings
    assert time.process_time() - begun < 10  # it took 46, and takes half a second
    assert [(finding.code, finding.area) for finding in findings] == [
        ("area-tree", "y"),
        ("area-tree", "z"),
        ("area-tree", "u"),
    ]


def test_why_of_a_figure_with_thirty_thousand_editions_is_told_in_seconds(tmp_path, run):
    days = [
        f"{year}-{month:02d}-{day:02d}"
        for year in range(1900, 1990)
        for month in range(1, 13)
        for day in range(1, 29)
    ][:30_000]
    rows = "".join(
        f"a,growth,H1-2024,{4 + number / 10_000:.4f},final,{day},s1,\n"
        for number, day in enumerate(days)
    )
    begun = time.process_time()
    said = run("why a growth H1-2024 --workspace .", at=write(tmp_path, {FIGURES: HEAD + rows}))
    assert time.process_time() - begun < 10  # it took 21, and takes one
    assert (said.code, said.out.count("figures.csv:")) == (0, 30_001)


# Beside the files of figures

LEFT = [
    "._figures.csv",
    ".DS_Store",
    "Thumbs.db",
    "desktop.ini",
    "~$figures.csv",
    "~$figures.xlsx",
    ".~lock.figures.csv#",
]


@pytest.mark.parametrize("folder", ["data/actuals", "data/received", "data"])
@pytest.mark.parametrize("name", LEFT)
def test_what_systems_leave_beside_files_is_neither_read_nor_told(tmp_path, run, name, folder):
    (write(tmp_path) / folder).mkdir(exist_ok=True)
    (tmp_path / folder / name).write_bytes(b"\x00\x05\x16\x07Mac OS X\xff")
    assert dtrack.open(tmp_path).findings == ()
    said = run("check --workspace .", at=tmp_path)
    assert (said.code, said.out.strip().endswith("checked: no errors, no warnings.")) == (0, True)


@pytest.mark.parametrize("name", [".hidden.csv", ".x.CSV"])
def test_a_hidden_file_of_figures_is_not_read_and_told(tmp_path, name):
    (write(tmp_path) / "data/actuals" / name).write_bytes((tmp_path / FIGURES).read_bytes())
    dataset = dtrack.open(tmp_path)
    assert [(finding.code, finding.file) for finding in dataset.findings] == [
        ("file-ignored", f"data/actuals/{name}")
    ]
    assert len(dataset.actuals) == 2
