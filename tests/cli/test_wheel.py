"""The wheel works with no clone: built from the sdist, installed elsewhere, it brings its example, languages and pages."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

from support.workspaces import ROOT

pytestmark = pytest.mark.slow


def done(*words: object, at: Path) -> str:
    """What a command prints; it ends well, and nothing of the repository is on its path."""
    kept = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
    ran = subprocess.run(
        [str(word) for word in words],
        cwd=at,
        env=kept | {"PYTHONIOENCODING": "utf-8"},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr
    return ran.stdout


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder with the sdist of this repository and the wheel that is made of it."""
    folder = tmp_path_factory.mktemp("dist")
    done(sys.executable, "-m", "build", "--no-isolation", "--outdir", folder, ROOT, at=folder)
    return folder


@pytest.fixture(scope="module")
def installed(built: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The `dtrack` of a fresh environment, which has the wheel and sees the dependencies of this one."""
    folder = tmp_path_factory.mktemp("fresh")
    venv.create(folder, with_pip=False)
    (python,) = folder.glob("*/python") if os.name != "nt" else folder.glob("*/python.exe")
    # paths of a .pth file are searched, and the .pth files in them are not: an editable dtrack stays unseen
    (site,) = folder.glob("**/site-packages")
    (site / "dependencies.pth").write_text(sysconfig.get_path("purelib"), encoding="utf-8")
    (wheel,) = built.glob("*.whl")
    pip = (sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--quiet")
    done(*pip, "--no-index", wheel, at=folder)
    code = "import dtrack; print(dtrack.__file__)"
    assert Path(done(python, "-c", code, at=folder).strip()).is_relative_to(folder)
    return python.with_name("dtrack")


def test_the_example_comes_with_the_wheel(installed, tmp_path):
    done(installed, "init", "--example", "symposium", at=tmp_path)
    here = ROOT / "examples/symposium"
    names = [path.relative_to(here) for path in sorted(here.rglob("*")) if path.is_file()]
    brought = [path for path in sorted((tmp_path / "symposium").rglob("*")) if path.is_file()]
    assert [
        path.relative_to(tmp_path / "symposium") for path in brought if ".dtrack" not in path.parts
    ] == names
    assert all(
        (here / name).read_bytes() == (tmp_path / "symposium" / name).read_bytes() for name in names
    )
    report = done(installed, "report", "--half", "H1-2024", at=tmp_path / "symposium")
    assert "Fangshan" in report


def test_languages_and_pages_come_with_the_wheel(installed, tmp_path):
    done(installed, "init", "mine", at=tmp_path)
    assert "上半年" in done(installed, "report", "--lang", "zh", "--workspace", "mine", at=tmp_path)
    for command, file in (("report", "h1.html"), ("report", "h1.xlsx"), ("brief", "brief.html")):
        done(installed, command, "--workspace", "mine", "-o", file, at=tmp_path)
        assert (tmp_path / file).stat().st_size > 2000


def test_the_wheel_holds_the_package_and_nothing_else(built):
    (wheel,) = built.glob("*.whl")
    with zipfile.ZipFile(wheel) as opened:
        tops = {name.split("/")[0] for name in opened.namelist()}
        (metadata,) = (name for name in opened.namelist() if name.endswith("/METADATA"))
        told = opened.read(metadata).decode()
    assert {top.split("-")[0] for top in tops} == {"dtrack"}
    for words in (
        "Project-URL: Documentation",
        "Classifier: Natural Language :: Chinese",
        "Keywords: ",
    ):
        assert words in told
