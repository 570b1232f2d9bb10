"""Where a result goes, and what arrives there: files, pipes, colours, narrow and poor terminals, hostile names.

Text from data files is data: whatever stands in a name or a note comes out as harmless text.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

import pytest

from support.terminals import environment, on_a_terminal
from support.workspaces import ROOT

COMMANDS = [
    "report --half H1-2024",
    "gap --district haidian",
    "check",
    "targets",
    "status --half H1-2024",
]
ESCAPE = "\x1b"
COLOUR = re.compile(
    r"\x1b\[(?:[0-9;]*;)?(?:3[0-8]|4[0-8]|9[0-7]|10[0-7])(?:;[0-9;]*)?m"
)  # bold and dim are no colours
GDP = "report --half H1-2024 --indicator gdp_growth"


def process(command: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """dtrack as a process of its own, its output piped."""
    words = [sys.executable, "-m", "dtrack", *command.split()]
    return subprocess.run(
        words,
        cwd=ROOT,
        env=environment(**variables),
        capture_output=True,
        encoding="utf-8",
        check=False,
    )


# Files


def test_the_suffix_chooses_the_format_and_stdout_stays_empty(run, tmp_path):
    for name, whole in (
        ("a.csv", run(f"{GDP} --format csv").out),
        ("a.txt", run(f"{GDP} --sources").out),
        ("A.CSV", run(f"{GDP} -f csv").out),
    ):
        said = run(f"{GDP} -o {tmp_path / name}")
        assert (said.code, said.out) == (0, "")
        # a file names no option
        shown = whole.replace(" --all shows them.", "")
        assert (tmp_path / name).read_text(encoding="utf-8") == shown


@pytest.mark.parametrize("name", ["a.doc", "a", ".csv2"])
def test_an_unknown_suffix_is_a_bad_command_line_and_leaves_nothing(run, tmp_path, name):
    said = run(f"{GDP} -o {tmp_path / name}")
    assert said.code == 2
    assert ".csv" in said.err
    assert list(tmp_path.iterdir()) == []


def test_a_missing_folder_leaves_nothing(run, tmp_path):
    said = run(f"{GDP} -o {tmp_path / 'none' / 'a.csv'}")
    assert (said.code, said.out) == (2, "")
    assert "a.csv" in said.err
    assert list(tmp_path.iterdir()) == []


def test_never_half_a_file(run, tmp_path, monkeypatch):
    def full(*_):
        raise OSError(28, "No space left on device")

    (tmp_path / "a.csv").write_text("yesterday\n", encoding="utf-8")
    monkeypatch.setattr(os, "replace", full)
    assert run(f"{GDP} -o {tmp_path / 'a.csv'}").code == 2
    assert [path.name for path in tmp_path.iterdir()] == ["a.csv"]
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "yesterday\n"


def test_a_refused_report_leaves_the_file_of_yesterday_alone(run, tmp_path):
    (tmp_path / "a.csv").write_text("yesterday\n", encoding="utf-8")
    assert run("report --workspace nowhere -o a.csv", at=tmp_path).code == 3
    assert (tmp_path / "a.csv").read_text(encoding="utf-8") == "yesterday\n"


def test_a_mark_for_excel_only_when_asked_for(run, tmp_path):
    for more, mark in (("", b""), ("--bom", b"\xef\xbb\xbf")):
        run(f"{GDP} -o {tmp_path / 'a.csv'} {more}")
        assert (tmp_path / "a.csv").read_bytes().startswith(mark + b"period,")


# Pipes


@pytest.mark.parametrize("command", COMMANDS)
def test_a_pipe_gets_whole_lines_without_colour_codes(run, command):
    out = run(command).out
    assert ESCAPE not in out
    assert max(map(len, out.splitlines())) > 80
    assert not re.search(r"\w…", out)  # nothing is cut (… alone is the sign of an open verdict)


def test_a_place_can_be_picked_out_of_a_pipe(run):
    lines = run("check").out.splitlines()
    assert any("data/actuals/digital-economy.csv:10:prices" in line for line in lines)


@pytest.mark.parametrize(
    "command", ["report", "report --format csv", "gap --district haidian", "--help"]
)
def test_a_closed_pipe_is_quiet(command):
    reader, writer = os.pipe()
    os.close(reader)  # as `| head -1` does when it has seen enough
    words = [sys.executable, "-m", "dtrack", *command.split()]
    ended = subprocess.run(
        words,
        cwd=ROOT,
        env=environment(),
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert ended.stderr == ""
    assert ended.returncode == 0


def test_outputs_are_repeatable_byte_for_byte():
    one, other = (
        process("report", PYTHONHASHSEED="1", TZ="UTC"),
        process("report", PYTHONHASHSEED="2", TZ="Asia/Shanghai"),
    )
    assert one.stdout == other.stdout != ""


# Colours, and terminals that can do little


def test_force_color_gives_colour_in_a_pipe_and_no_color_takes_it_away():
    assert COLOUR.search(process(GDP, FORCE_COLOR="1").stdout)
    assert not COLOUR.search(process(GDP, FORCE_COLOR="1", NO_COLOR="1").stdout)


def test_a_terminal_gets_colour_unless_it_is_dumb_or_no_color_is_set():
    assert COLOUR.search(on_a_terminal(GDP, 120))
    assert not COLOUR.search(on_a_terminal(GDP, 120, NO_COLOR="1"))
    assert ESCAPE not in on_a_terminal(GDP, 120, TERM="dumb")


@pytest.mark.parametrize("command", [*COMMANDS, "--help"])
def test_an_ascii_locale_is_served_and_keeps_the_words(command):
    ended = process(command, PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert ended.returncode == 0
    assert re.fullmatch(
        r"(dtrack: ascii cannot represent all characters of this output: .+\n)?", ended.stderr
    )
    assert ended.stdout.isascii()
    assert ("missed (as published)" in ended.stdout) == command.startswith("report")


def test_a_finding_survives_an_ascii_locale():
    ended = process("gap --district 海定", PYTHONIOENCODING="ascii", PYTHONUTF8="0", LC_ALL="C")
    assert ended.returncode == 2
    assert "haidian" in ended.stderr


def test_csv_is_utf8_whatever_the_locale():
    assert "around 5" in process(f"{GDP} -f csv", PYTHONIOENCODING="ascii").stdout
    assert "超60" in process("report --half H1-2024 -f csv", PYTHONIOENCODING="ascii").stdout


@pytest.mark.parametrize("command", [GDP, "gap --district haidian", "check", "targets"])
def test_forty_columns_are_enough(command):
    from rich.cells import cell_len

    shown = on_a_terminal(command, 40, NO_COLOR="1")
    plain = re.sub(r"\x1b\[[0-9;]*m", "", shown)
    # a path or key alone on its line is never broken
    assert max(cell_len(line) for line in plain.splitlines() if " " in line.strip()) <= 40


def test_at_forty_columns_names_and_verdicts_stay_whole():
    plain = re.sub(r"\x1b\[[0-9;]*m", "", on_a_terminal(GDP, 40, NO_COLOR="1"))
    table = plain[: plain.index("sources: --sources")]
    for word in ("Beijing", "Yanqing", "Verdict", "reported", "+0.4"):
        assert re.search(
            rf"^.*{re.escape(word)}", table[: table.index(" of 16 districts")], re.MULTILINE
        ), word
    assert "Not shown at this width" in plain.replace("\n", " ")


# Hostile text

PAYLOADS = {
    "Rich markup": "[bold red]Harbour[/bold red]",
    "Rich link": "[link=https://example.org]Harbour[/link]",
    "unbalanced markup": "Harbour[/]",
    "colour escape": "\x1b[31mHarbour\x1b[0m",
    "title escape": "\x1b]0;owned\x07Harbour",
    "one-byte escape": "\x9b31mHarbour",
    "carriage return": "Harbour\rX",
    "backspaces": "Harbour\b\b\b",
    "right to left": "Harbour\u202egpj",
    "formula": '=HYPERLINK("http://example.org","Harbour")',
    "plus": "+Harbour!A1",
    "minus": "-2+3+cmd|' /C calc'!A0",
    "at": "@SUM(A1:A9)",
    "blank before a formula": " =1+1",
    "tab before a formula": "\t=1+1",
    "HTML": "<script>alert(1)</script>",
    "emoji code": "Harbour :smile:",
}
DANGEROUS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


@pytest.fixture
def hostile(city, request):
    """A city whose title, district a, indicator, source and note carry the payload."""
    import json

    payload = request.param
    folder = city(
        {"growth 2024": {"a": "5"}},
        [("a", "growth", "H1-2024", "4.8", {"note": payload.replace("\r", "")})],
    ).folder
    areas = (folder / "data/areas.csv").read_text(encoding="utf-8")
    quoted = '"' + payload.replace('"', '""') + '"'
    (folder / "data/areas.csv").write_text(
        areas.replace("a,,city,A", f"a,,city,{quoted}"), encoding="utf-8", newline=""
    )
    sources = (folder / "data/sources.csv").read_text(encoding="utf-8")
    (folder / "data/sources.csv").write_text(
        sources.replace("s1,Bulletin", f"s1,{quoted}"), encoding="utf-8", newline=""
    )
    toml = (folder / "targets.toml").read_text(encoding="utf-8")
    text = json.dumps(payload).replace("\x7f", "\\u007f")
    toml = toml.replace('name = { en = "growth"', f"name = {{ en = {text}").replace(
        'en = "Small city"', f"en = {text}"
    )
    (folder / "targets.toml").write_text(toml, encoding="utf-8", newline="")
    return folder


@pytest.mark.parametrize("hostile", list(PAYLOADS.values()), ids=list(PAYLOADS), indirect=True)
def test_a_hostile_name_is_harmless_text_everywhere(run, hostile):
    for command in (
        "report --half H1-2024",
        "report --all --half H1-2024",
        "gap --district a",
        "targets",
        "check",
    ):
        for form in ("table", "csv"):
            said = run(f"{command} --format {form}", at=hostile)
            assert said.code == 0
            assert not DANGEROUS.search(said.out + said.err)
            if form == "csv":
                cells = [cell for row in said.rows for cell in row.values()]
                assert not [cell for cell in cells if re.match(r"\s*[=+\-@](?![\d.]+%?$)", cell)]
    said = run("gap --district nobody", at=hostile)  # the nearest names are data too
    assert said.code == 2
    assert not DANGEROUS.search(said.err)


@pytest.mark.parametrize(
    "name", ["Rich markup", "Rich link", "unbalanced markup", "emoji code", "HTML", "formula", "at"]
)
def test_a_hostile_name_is_shown_as_it_is_written(run, city, name):
    folder = city({"growth 2024": {"a": "5"}}, [("a", "growth", "H1-2024", "4.8")]).folder
    areas = (folder / "data/areas.csv").read_text(encoding="utf-8")
    quoted = '"' + PAYLOADS[name].replace('"', '""') + '"'
    (folder / "data/areas.csv").write_text(
        areas.replace("a,,city,A", f"a,,city,{quoted}"), encoding="utf-8"
    )
    shown = " ".join(run("gap --district a", at=folder).out.splitlines()[0].split())
    assert PAYLOADS[name] in shown
    (row,) = run("report --half H1-2024 -d a -i growth -f csv", at=folder).rows
    assert row["area_name"].lstrip("'") == PAYLOADS[name]
