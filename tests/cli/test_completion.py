"""What the shell completes: ids with names beside them, read in a moment, from whatever files; bash, zsh and fish.

Completion is asked for as the shells' scripts do it: through the environment, in a process of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from support.workspaces import AREA_COLUMNS, INDICATORS, ROOT, write_csv

START = """
import sys
from dtrack.__main__ import run

sys.argv[0] = "dtrack"
try:
    run()
finally:
    heavy = {"pandas", "numpy", "pydantic", "rich", "rich.table"} & {name for name, there in sys.modules.items() if there}
    sys.stderr.write(f"loaded: {sorted(heavy)}")
"""


def read_by_a_command(line: str, at: Path, **more: str) -> None:
    """As any command does that finds a workspace from there: what can be named is in the cache afterwards."""
    from dtrack.cli.complete import remember
    from dtrack.core.findings import BlockedByFindings
    from dtrack.storage.paths import find
    from dtrack.workspace import load

    given = re.search(r"--workspace (\S+)", line)
    with suppress(BlockedByFindings):
        remember(load(find(given and given[1], more.get("DTRACK_WORKSPACE"), at)))


def asked(shell: str, line: str, at: Path, *, fresh: bool = False, **more: str) -> str:
    """What dtrack prints when that shell asks how the line goes on."""
    if not fresh:
        read_by_a_command(line, at, **more)
    words = line.split(" ")
    variables = (
        {
            "bash": {"COMP_WORDS": "\n".join(words), "COMP_CWORD": str(len(words) - 1)},
            "zsh": {"_TYPER_COMPLETE_ARGS": line},
            "fish": {"_TYPER_COMPLETE_ARGS": line, "_TYPER_COMPLETE_FISH_ACTION": "get-args"},
        }[shell]
        | {"_DTRACK_COMPLETE": f"complete_{shell}", "PYTHONIOENCODING": "utf-8"}
        | more
    )
    started = [sys.executable, "-c", START]
    ran = subprocess.run(
        started,
        cwd=at,
        env=os.environ | variables,
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.stderr == "loaded: []"
    return ran.stdout


def offered(shell: str, line: str, at: Path = ROOT, **more: str) -> dict[str, str]:
    """Words and what is told beside them, as that shell reads them."""
    out = asked(shell, line, at, **more).rstrip("\n")
    if shell == "zsh":
        if out in ("", "_files"):
            return {}
        lines = re.fullmatch(r"_arguments '\*: :\(\((.*)\)\)'", out, re.DOTALL)[1].split("\n")
        return dict(
            re.fullmatch(r'"([^"]*)"(?::"([^"]*)")?', text).groups(default="") for text in lines
        )
    return dict((*text.split("\t"), "")[:2] for text in out.split("\n") if text)


# Which words

HAIDIAN, GDP = "Haidian · 海淀区", "GDP growth · 地区生产总值增速"


@pytest.mark.parametrize(
    (
        "line",
        "bash",
        "zsh",
    ),  # zsh and fish drop what does not begin with what was typed: there the name itself is offered
    [
        ("dtrack gap -d hai", "haidian", "haidian"),
        ("dtrack gap -d 海", "haidian", "海淀区"),
        ("dtrack gap --district Hai", "haidian", "haidian"),
        ("dtrack gap -d 110108", "haidian", "110108"),
        ("dtrack report -d 海淀", "haidian", "海淀区"),
        ("dtrack targets --district hai", "haidian", "haidian"),
        ("dtrack add 海", "haidian", "海淀区"),
        ("dtrack why hai", "haidian", "haidian"),
        ("dtrack targets set hai", "haidian", "haidian"),
        ("dtrack export -d hai", "haidian", "haidian"),
        ("dtrack check -d hai", "haidian", "haidian"),
        ("dtrack gap 海", "haidian", "海淀区"),
        ("dtrack gap hai", "haidian", "haidian"),
    ],
)
def test_an_area_by_id_name_or_code(line, bash, zsh):
    assert list(offered("bash", line)) == [bash]
    assert offered("zsh", line) == offered("fish", line) == {zsh: HAIDIAN}


@pytest.mark.parametrize(
    ("line", "bash", "zsh"),
    [
        (
            "dtrack report -i gdp_growth",
            ["gdp_growth", "gdp_growth_avg"],
            ["gdp_growth", "gdp_growth_avg"],
        ),
        ("dtrack report -i 地区生产总值增", ["gdp_growth"], ["地区生产总值增速"]),
        ("dtrack catchup --indicator 地区生产总值增", ["gdp_growth"], ["地区生产总值增速"]),
        ("dtrack add haidian 地区生产总值增", ["gdp_growth"], ["地区生产总值增速"]),
        ("dtrack why haidian 地区生产总值增", ["gdp_growth"], ["地区生产总值增速"]),
        ("dtrack import -i 地区生产总值增", ["gdp_growth"], ["地区生产总值增速"]),
    ],
)
def test_an_indicator_by_id_or_name(line, bash, zsh):
    assert list(offered("bash", line)) == bash
    assert list(offered("zsh", line)) == list(offered("fish", line)) == zsh
    assert next(iter(offered("fish", line).values())) == GDP


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("dtrack report --half H1-2024", ["H1-2024"]),
        ("dtrack report --half 2026.", ["2026..2030"]),
        ("dtrack gap --period H1-2024", ["H1-2024"]),
        ("dtrack check --half H1-2024", ["H1-2024"]),
        ("dtrack status --half H1-2024", ["H1-2024"]),
        ("dtrack import --half H1-2024", ["H1-2024"]),
        ("dtrack add haidian gdp_growth H1-2024", ["H1-2024"]),
        ("dtrack targets set haidian gdp_growth H1-2024", ["H1-2024"]),
        ("dtrack why haidian gdp_growth H1-2024", ["H1-2024"]),
        ("dtrack report --half H3", []),
        ("dtrack report H1-2024", ["H1-2024"]),
        ("dtrack gap haidian H1-2024", ["H1-2024"]),
        ("dtrack city H1-2024", ["H1-2024"]),
        ("dtrack check H1-2024", ["H1-2024"]),
        ("dtrack report H3", []),
    ],
)
@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_periods(shell, line, words):
    assert list(offered(shell, line)) == words


def test_a_half_by_the_year():
    assert list(offered("bash", "dtrack report --half 2024-H1")) == ["H1-2024"]
    assert list(offered("fish", "dtrack report --half 2024-H1")) == ["2024-H1"]
    assert list(offered("fish", "dtrack report --half 2024年上")) == ["2024年上半年"]


@pytest.mark.parametrize(
    "line",
    [
        "dtrack add --source bjeitb",
        "dtrack targets set --source bjeitb",
        "dtrack import --source bjeitb",
    ],
)
def test_sources_by_id(line):
    assert list(offered("bash", line)) == ["bjeitb-20240830"]


def test_periods_are_those_of_targets_due_days_and_figures(city):
    toml = '[due]\n"Q1-2025" = 2025-04-20\n[targets.growth]\n2023 = { a = "5" }\n[targets.\'share\' . "2026..2030"]\na = "5"\n[targets.x.soon]\n'
    place = city(
        toml,
        [("a", "growth", f"H1-{year}", "5") for year in range(2001, 2021)]
        + [("a", "growth", "2022-05", "4")],
    ).folder
    told = list(offered("bash", "dtrack report --half ", place))
    assert told == [
        "2026..2030",
        "Q1-2025",
        "2023",
        *(f"H1-{year}" for year in range(2020, 2008, -1)),
    ]  # the last twelve halves


# Which workspace


def test_the_workspace_on_the_line_then_the_variable_then_the_folder(tmp_path, city):
    small, nowhere = str(city().folder), tmp_path
    assert list(offered("bash", f"dtrack report --workspace {small} -d ", ROOT)) == [
        "city",
        "a",
        "b",
        "c",
        "d",
        "z",
    ]
    assert list(offered("fish", "dtrack report -d ", nowhere, DTRACK_WORKSPACE=small)) == [
        "city",
        "a",
        "b",
        "c",
        "d",
        "z",
    ]
    assert "haidian" in offered("zsh", "dtrack report -d ", ROOT / "docs")
    assert offered("bash", "dtrack report -d ", nowhere) == {}
    assert offered("bash", f"dtrack report --workspace {small}/none -d ", ROOT) == {}


def test_commands_and_options_are_completed_as_ever():
    assert list(offered("bash", "dtrack re")) == ["report", "revisions"]
    assert list(offered("zsh", "dtrack targets s")) == ["set"]
    assert list(offered("fish", "dtrack gap --dis")) == ["--district"]


# Whatever the files


@pytest.mark.parametrize(
    ("name", "raw"),
    [
        ("data/areas.csv", b"\xff\xfe\x00broken"),
        ("data/areas.csv", b""),
        ("data/areas.csv", b'id,name_en\n"a'),
        ("data/areas.csv", b"\0" * 100),
        ("data/areas.csv", b"id\n" + b"x" * 200_000),
        ("targets.toml", b"\xff\xfe"),
        ("targets.toml", b"[indicators.growth\nname = "),
        ("targets.toml", b"[indicators]\ngrowth = 5\n[targets]\n2024 = 5\n[due]\n"),
        ("targets.toml", b"[indicators.x]\nname = 5\naliases = 6\n"),
        ("targets.toml", b"[targets.x.y]\n[due]\nsoon = " + b"[" * 5000),
        ("data/sources.csv", b"title\nno id\n"),
        ("data/actuals/part-0.csv", b"\xff,H1-2024,\xfe,H9-2024,H1-99999,"),
    ],
    ids=lambda words: (
        words[:30] if isinstance(words, str) else repr(words[:12])
    ),  # a test's name is in its environment: 128 kB at most
)
def test_a_broken_file_is_no_traceback(name, raw, city):
    place = city().folder
    (place / name).write_bytes(raw)
    options = {"data/areas.csv": "-d", "data/sources.csv": "--source", "targets.toml": "-i"}
    for option in dict.fromkeys((options.get(name, "--half"), "--half")):
        told = offered(
            "bash",
            f"dtrack import {option} " if option == "--source" else f"dtrack report {option} ",
            place,
        )
        assert all(
            re.fullmatch(r"[\w.-]+", word) for word in told
        )  # and nothing was said on stderr: `asked` looks


def test_a_fault_takes_no_name_away_that_was_there(city):
    place = city().folder
    line, toml = "dtrack report -i ", place / "targets.toml"
    there = offered("bash", line, place)
    toml.write_text(toml.read_text("utf-8").replace('kind = "share"', "kind = = share", 1), "utf-8")
    assert list(offered("bash", line, place)) == list(there) == [*INDICATORS]


HOSTILE = [
    "a\nb",
    "a:b:c",
    "\x1b[31mred\x1b[0m",
    "'; touch pwned; '",
    '"; touch pwned; "',
    "$(touch pwned)",
    "`touch pwned`",
    "\\$(touch pwned)",
    '\\"$(touch pwned)',
    "))'; touch pwned; _x '((",
    "[bold]x[/bold]",
    "a\tb",
    "\u202eabc",
    "*",
    "-d",
]


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_hostile_names_and_ids_come_out_harmless(shell, tmp_path):
    """No id that is no plain word is offered; beside a word stands nothing that any shell reads as more than a letter."""
    rows = [
        {"id": f"x{number}", "name_en": text, "name_zh": text}
        for number, text in enumerate(HOSTILE)
    ]
    rows += [{"id": text, "name_en": "x"} for text in HOSTILE]
    (tmp_path / "targets.toml").write_text("", "utf-8")
    write_csv(tmp_path / "data/areas.csv", AREA_COLUMNS, rows)
    told = offered(shell, "dtrack report -d ", tmp_path)
    assert list(told) == [f"x{number}" for number in range(len(HOSTILE))]
    assert not re.search(r"""[\x00-\x1f\x7f"'`$\\:\[\]\u202e]""", "".join(told.values()))
    assert list(offered(shell, "dtrack report -d a", tmp_path)) == [
        "x0",
        "x1",
        "x11",
    ]  # a hostile name is never the word itself


def test_zsh_is_handed_nothing_that_it_would_run(tmp_path):
    """The answer is one word in single quotes, and in it a list of words in double quotes, each with no way out."""
    (tmp_path / "targets.toml").write_text("", "utf-8")
    write_csv(
        tmp_path / "data/areas.csv",
        AREA_COLUMNS,
        [{"id": f"x{n}", "name_en": text} for n, text in enumerate(HOSTILE)],
    )
    out = asked("zsh", "dtrack report -d ", tmp_path)
    assert re.fullmatch(r"""_arguments '\*: :\(\(("x\d+":"[^"'`$\\:]*"\n?)+\)\)'\n?""", out)
    bash = shutil.which("bash")
    if bash:  # the same quoting: zsh evaluates twice, the answer and then the list
        words = out.strip().removeprefix("_arguments '*: :((").removesuffix("))'")
        listed = words.replace("\n", " ")
        subprocess.run(
            [bash, "-c", f"set -- {listed}"], cwd=tmp_path, check=True, capture_output=True
        )
        assert not (tmp_path / "pwned").exists()


def test_three_thousand_areas(tmp_path):
    (tmp_path / "targets.toml").write_text("", "utf-8")
    rows = [
        {"id": f"town-{n:04d}", "code": f"{n:06d}", "name_en": f"Town {n}", "name_zh": f"第{n}镇"}
        for n in range(3000)
    ]
    write_csv(tmp_path / "data/areas.csv", AREA_COLUMNS, rows)
    assert len(offered("bash", "dtrack gap -d ", tmp_path)) == 3000
    assert offered("zsh", "dtrack gap -d 第2999", tmp_path) == {"第2999镇": "Town 2999 · 第2999镇"}


def test_before_the_first_command_there_is_nothing_to_offer(city):
    place = city().folder
    assert asked("bash", "dtrack report -d ", place, fresh=True).strip() == ""
    assert list(offered("bash", "dtrack report -d c", place)) == ["city", "c"]


def test_what_the_last_command_saw_is_offered_until_the_next_one(city, run):
    place = city().folder
    assert run("report --half H1-2024 --workspace .", at=place).code == 0
    areas = place / "data/areas.csv"
    areas.write_text(areas.read_text("utf-8").replace("\nd,", "\ndd,"), "utf-8")
    assert "dd" not in asked("bash", "dtrack report -d d", place, fresh=True)
    run("report --half H1-2024 --workspace .", at=place)
    assert asked("bash", "dtrack report -d d", place, fresh=True).split() == ["dd"]


@pytest.mark.parametrize("cache", ["a file", "read-only", "nobody's", "broken"])
def test_a_cache_that_cannot_be_is_no_fault(city, run, tmp_path, monkeypatch, cache):
    place, home = city().folder, tmp_path / "cache"
    before = set(place.rglob("*"))
    if cache == "a file":
        home.write_text("x")
    elif cache == "read-only":
        home.mkdir(mode=0o500)
    elif cache == "broken":
        monkeypatch.setenv("XDG_CACHE_HOME", str(home))
        run("report --half H1-2024 --workspace .", at=place)
        for file in (home / "dtrack/completion").iterdir():
            file.write_bytes(b"[}")
    monkeypatch.setenv("XDG_CACHE_HOME", "/proc/none" if cache == "nobody's" else str(home))
    assert asked("bash", "dtrack report -d ", place, fresh=True).strip() == ""
    said = run("report --half H1-2024 --workspace .", at=place)
    assert (said.code, said.err) == (0, "")
    assert set(place.rglob("*")) == before


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes in folders on this system")
    (tmp_path / "targets.toml").write_text("", "utf-8")
    (tmp_path / "data").mkdir()
    os.mkfifo(tmp_path / "data/areas.csv")
    assert offered("bash", "dtrack report -d ", tmp_path) == {}
