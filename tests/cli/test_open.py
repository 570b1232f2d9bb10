"""--open: the page is shown in the browser, is kept where nobody else reads it, and is no part of the workspace."""

from __future__ import annotations

import os
import re
import stat
import sys
import time
import webbrowser
from pathlib import Path

import pytest

REPORT = "report H1-2024 -i digital_va_growth"


@pytest.fixture
def opened(monkeypatch, tmp_path) -> list[str]:
    """The addresses that a browser was asked for; the cache is empty before."""
    seen: list[str] = []
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setattr(webbrowser, "open", lambda address: seen.append(address) or True)
    return seen


def files(folder: Path) -> set[Path]:
    return {path for path in folder.rglob("*") if path.is_file()}


def test_the_page_is_opened_and_private(run, symposium, opened, tmp_path):
    before = files(symposium)
    said = run(f"{REPORT} --open", at=symposium)
    assert (said.code, said.out) == (0, "")
    (page,) = (tmp_path / "cache/dtrack/pages").iterdir()
    assert opened == [page.as_uri()]
    assert str(page) in said.err
    assert page.read_text(encoding="utf-8").startswith("<!DOCTYPE html>")
    assert files(symposium) == before
    if sys.platform != "win32":
        assert stat.S_IMODE(page.stat().st_mode) == 0o600
        assert stat.S_IMODE(page.parent.stat().st_mode) == 0o700


def test_a_file_that_was_named_is_opened_itself(run, opened, tmp_path):
    file = tmp_path / "h1.html"
    assert run(f"{REPORT} --open -o {file}").code == 0
    assert opened == [file.as_uri()]
    assert not (tmp_path / "cache/dtrack/pages").exists()


def test_pages_of_last_week_are_deleted(run, opened, tmp_path):
    for _ in range(2):
        run(f"{REPORT} --open")
    pages = tmp_path / "cache/dtrack/pages"
    old, new = sorted(pages.iterdir())
    (pages / "mine.txt").write_text("kept", encoding="utf-8")
    long_ago = time.time() - 8 * 86_400
    for path in (old, pages / "mine.txt"):
        os.utime(path, (long_ago, long_ago))
    run(f"{REPORT} --open")
    assert not old.exists()
    assert new.exists()
    assert (pages / "mine.txt").exists()


def test_a_cache_within_a_workspace_is_not_used(run, symposium, opened, monkeypatch):
    monkeypatch.setenv("XDG_CACHE_HOME", str(symposium / "cache"))
    before = files(symposium)
    said = run(f"{REPORT} --open", at=symposium)
    assert said.code == 0
    page = Path(re.search(r"opened (\S+)", said.err)[1])
    assert page.exists()
    assert not page.is_relative_to(symposium)
    # the names that the shell completes stand in the cache as ever
    assert {path for path in files(symposium) - before if path.suffix == ".html"} == set()


@pytest.mark.parametrize("fault", [False, OSError("no"), webbrowser.Error("no")])
def test_without_a_browser_it_says_where_the_page_is(run, opened, monkeypatch, tmp_path, fault):
    def browse(_: str) -> bool:
        if isinstance(fault, Exception):
            raise fault
        return fault

    monkeypatch.setattr(webbrowser, "open", browse)
    said = run(f"{REPORT} --open")
    (page,) = (tmp_path / "cache/dtrack/pages").iterdir()
    assert said.code == 0
    assert "no browser" in said.err
    assert str(page) in said.err


def test_the_exit_code_is_still_that_of_fail_on(run, opened):
    said = run("report H1-2024 --open --fail-on missed --workspace examples/symposium")
    assert (said.code, len(opened)) == (4, 1)


@pytest.mark.parametrize("more", ["-f csv", "-f table", "-o a.xlsx", "-o a.txt"])
def test_another_format_is_a_bad_command_line(run, opened, more, tmp_path):
    said = run(f"{REPORT} --open {more}")
    assert (said.code, opened) == (2, [])
    assert "--open" in said.err


@pytest.mark.parametrize(
    "command",
    [
        "brief H1-2024",
        "gap shunyi",
        "status H1-2024",
        "city H1-2024",
        "catchup H1-2024",
        "path",
        "revisions",
        "why shunyi digital_va_growth H1-2024",
        "check",
        "targets",
        "sources",
    ],
)
def test_every_answer_has_a_page(run, opened, command):
    assert run(f"{command} --workspace examples/symposium --open").code == 0
    assert len(opened) == 1
