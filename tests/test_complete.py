"""What the shell completes: ids with names beside them, read in a moment, from whatever files; bash, zsh and fish.

Completion is asked for as the shells' scripts do it: through the environment, in a process of its own.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import AREA_COLUMNS, ROOT, write_csv

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


def asked(shell: str, line: str, at: Path, **more: str) -> str:
    """What dtrack prints when that shell asks how the line goes on."""
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


def test_a_fault_in_one_table_takes_no_other_away(city):
    place = city().folder
    toml = place / "targets.toml"
    toml.write_text(
        toml.read_text("utf-8").replace('kind = "share"', "kind = = share", 1),
        "utf-8",
        newline="\n",
    )
    told = list(offered("bash", "dtrack report -i ", place))
    assert told == ["growth", "level", "stock", "down_growth", "jobless"]


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


def test_figures_are_looked_at_up_to_a_megabyte(tmp_path):
    """Of two large files the first half megabyte each: what stands further on is not offered."""
    (tmp_path / "targets.toml").write_text("", "utf-8")
    folder = tmp_path / "data/actuals"
    folder.mkdir(parents=True)
    filler = b"a,growth,2024-05,1.0,flash\n" * 40_000
    for number in (1, 2):
        (folder / f"{number}.csv").write_bytes(
            b"a,growth,H%d-2024,5\n" % number + filler + b"a,growth,H1-2025,5\n"
        )
    assert list(offered("bash", "dtrack report --half ", tmp_path)) == ["H2-2024", "H1-2024"]


def test_a_pipe_in_the_place_of_a_file_is_not_waited_for(tmp_path):
    if not hasattr(os, "mkfifo"):
        pytest.skip("no pipes in folders on this system")
    (tmp_path / "targets.toml").write_text("", "utf-8")
    (tmp_path / "data").mkdir()
    os.mkfifo(tmp_path / "data/areas.csv")
    assert offered("bash", "dtrack report -d ", tmp_path) == {}
