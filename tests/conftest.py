"""Fixtures of all tests."""

from __future__ import annotations

import shlex
import shutil
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any

import pytest

from support.return_sheets import brought  # noqa: F401 - fixtures
from support.transactions import before  # noqa: F401 - fixtures
from support.workspaces import ROOT, City, Said, build_city, says_why


@pytest.fixture(autouse=True, scope="session")
def cache_folder(tmp_path_factory: pytest.TempPathFactory) -> Iterable[None]:
    """No test leaves names in the user's own cache."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(tmp_path_factory.mktemp("cache")))
        yield


@pytest.fixture(scope="session")
def build() -> Callable[..., City]:
    """build(folder, targets, actuals, breaks=…, files=…): for laws, where each example has a folder of its own."""
    return build_city


@pytest.fixture
def city(tmp_path: Path) -> Callable[..., City]:
    """city(targets, actuals, breaks=…, files=…): a fresh workspace at every call."""
    made: list[City] = []

    def make(*args: Any, **options: Any) -> City:
        made.append(build_city(tmp_path / f"city-{len(made)}", *args, **options))
        return made[-1]

    return make


@pytest.fixture(autouse=True)
def quiet_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    """No test sees the terminal or the workspace of whoever runs it."""
    monkeypatch.setenv("COLUMNS", "120")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    for name in ("FORCE_COLOR", "NO_COLOR", "DTRACK_WORKSPACE", "DTRACK_DEBUG", "DTRACK_LANG"):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture(autouse=True)
def no_language() -> None:
    """No test finds a language that another chose: nobody reads yet, and figures stay as typed."""
    from dtrack.core.translate import ENGLISH, set_language

    set_language(ENGLISH, people=False)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch) -> Callable[..., Said]:
    """run("report --half H1-2024", at=folder): one command of a recorded session, typed in that folder.

    A list stands for words that a shell would have to quote. Three laws hold for every command of every test: an exception
    that is no exit fails it, since a user never sees a traceback; whatever is refused is refused with a finding; and the map
    that an import would save reads its own sheet again.
    """
    from typer.testing import CliRunner

    from dtrack.cli import app_of, asked_for
    from dtrack.core.translate import ENGLISH, speaking
    from dtrack.importing import pipeline
    from support.saved_maps import reads_its_own_sheet

    received = pipeline.receive

    def lawful(dataset: Any, request: Any) -> Any:
        if len(request.raw) < 100_000:
            reads_its_own_sheet(dataset, request)
        return received(dataset, request)

    monkeypatch.setattr(pipeline, "receive", lawful)

    def command(words: str | list[str], at: Path = ROOT) -> Said:
        monkeypatch.chdir(at)
        typed = shlex.split(words) if isinstance(words, str) else words
        with speaking(ENGLISH):  # the language that a command speaks ends with it
            result = CliRunner().invoke(app_of(asked_for(typed)), typed)
        if result.exception is not None and not isinstance(result.exception, SystemExit):
            raise result.exception
        assert "Traceback" not in result.stderr
        in_a_file = typed[:1] == ["check"] and {"-o", "-f"} & set(
            typed
        )  # the findings are its result, in a form of their own
        assert result.exit_code != 3 or in_a_file or says_why(result.stdout, result.stderr), (
            f"{words}: exit 3 and no word why"
        )
        return Said(result.exit_code, result.stdout, result.stderr)

    return command


@pytest.fixture
def symposium(tmp_path: Path) -> Path:
    """A copy of examples/symposium: a whole workspace of made-up figures."""
    folder = tmp_path / "symposium"
    shutil.copytree(ROOT / "examples/symposium", folder)
    return folder
