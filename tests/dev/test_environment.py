"""The environment: when it is left alone, filled or made anew, with which Python, uv and versions."""

from __future__ import annotations

import os
import re
import sys
import threading
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dev_steps import environment, system_libraries, uv
from dev_steps.console import SetupError, child_environment

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stand-in programs are shell scripts")


@pytest.fixture
def project(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_program: Callable[[Path, str], Path]
) -> environment.Environment:
    """A project, and on PATH a uv that writes down what it is asked, makes a Python and fails where a file says so."""
    root = tmp_path / "dév test"
    root.mkdir()
    for name in ("pyproject.toml", "requirements.lock"):
        (root / name).write_text("\n", encoding="utf-8")
    place = environment.Environment(root)
    body = f"""
        case "$*" in *--help*) echo "  -c, --clear"; exit;; esac
        echo "$*" >> '{tmp_path}/asked'
        test ! -e '{tmp_path}/fail-'"$1" || exit 1
        case "$1" in venv) rm -rf '{place.folder}'; mkdir -p '{place.python.parent}';
                           printf '#!/bin/sh\\n' > '{place.python}'; chmod +x '{place.python}';; esac"""
    write_program(tmp_path / "bin" / "uv", body)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    return place


def read_work(project: environment.Environment) -> list[str]:
    """Return what uv was asked since the last time: “venv”, or the extras that it installed."""
    requests = project.root.parent / "asked"
    lines = requests.read_text(encoding="utf-8").splitlines() if requests.exists() else []
    requests.unlink(missing_ok=True)
    return ["venv" if line.startswith("venv") else line.rpartition("--editable ")[2] for line in lines]


def test_only_what_has_changed_is_done(project: environment.Environment) -> None:
    """The environment is made once, and filled where a file that decides it or a further extra asks for that."""
    for extras, change, work in (
        (["gui"], None, ["venv", ".[gui]"]),
        (["gui"], None, []),
        (["gui"], "pyproject.toml", [".[gui]"]),
        (["gui"], "requirements.lock", [".[gui]"]),
        (["dev"], None, [".[dev,gui]"]),
        (["gui"], None, []),
    ):
        if change:
            (project.root / change).write_text("changed\n", encoding="utf-8")
        environment.ensure(project.root, extras)
        assert read_work(project) == work


def test_interrupted_install_is_begun_anew_with_all_extras(project: environment.Environment) -> None:
    """A set-up that dies while packages are installed leaves no stamp that the next start would believe."""
    failing = project.root.parent / "fail-pip"
    failing.touch()
    with pytest.raises(SetupError, match="what is already downloaded is kept"):
        environment.ensure(project.root, ["gui", "formats"])
    failing.unlink()
    environment.ensure(project.root, ["gui"])
    assert read_work(project) == ["venv", ".[formats,gui]", "venv", ".[formats,gui]"]


@pytest.mark.parametrize("fault", ["moved", "copied", "removed Python", "damaged stamp"])
def test_unsound_environment_is_mended(
    project: environment.Environment, write_program: Callable[[Path, str], Path], fault: str
) -> None:
    """One whose Python does not run or find Deblur, or without a stamp, is made anew; a copy only filled."""
    environment.ensure(project.root, ["gui"])
    read_work(project)
    if fault == "moved":
        write_program(project.python, "exit 1")
    elif fault == "copied":
        project.write_stamp("the hash of another folder", ["gui"])
    elif fault == "removed Python":
        project.python.unlink()
        project.python.symlink_to(project.root / "removed" / "python3.13")
    else:
        (project.folder / "deblur-setup.json").write_text("{", encoding="utf-8")
    environment.ensure(project.root, ["gui"])
    assert read_work(project) == ([".[gui]"] if fault == "copied" else ["venv", ".[gui]"])


def test_no_python_ends_in_advice(project: environment.Environment, monkeypatch: pytest.MonkeyPatch) -> None:
    """If uv can make no environment, the text says what is needed; DEBLUR_PYTHON names the Python to take."""
    (project.root.parent / "fail-venv").touch()
    with pytest.raises(SetupError, match=r"Python 3\.12 or 3\.13(.|\n)*DEBLUR_PYTHON"):
        environment.ensure(project.root, ["gui"])
    monkeypatch.setenv("DEBLUR_PYTHON", "/opt/mine")
    with pytest.raises(SetupError):
        environment.ensure(project.root, ["gui"])
    requests = (project.root.parent / "asked").read_text(encoding="utf-8").splitlines()
    assert [line.partition("--python ")[2].split()[0] for line in requests] == [f"cpython{uv.PYTHONS}", "/opt/mine"]


def test_only_one_set_up_at_a_time(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A second set-up of the same folder says that it waits, and goes on when the first is through."""
    order: list[str] = []
    waiting = threading.Event()
    monkeypatch.setattr(environment, "say", lambda _: waiting.set())

    def second() -> None:
        with environment.one_at_a_time(tmp_path):
            order.append("second")

    thread = threading.Thread(target=second)
    with environment.one_at_a_time(tmp_path):
        thread.start()
        assert waiting.wait(5)
        order.append("first")
    thread.join(5)
    assert order == ["first", "second"]


def test_misleading_variables_are_kept_from_children(monkeypatch: pytest.MonkeyPatch) -> None:
    """Variables that point Python or uv elsewhere do not reach the programs of the environment."""
    for name in ("PYTHONPATH", "UV_PYTHON", "LANG"):
        monkeypatch.setenv(name, "x")
    assert {"PYTHONPATH", "UV_PYTHON", "LANG"} & set(child_environment()) == {"LANG"}


def test_uv_looks_into_pyenv_newest_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """This Python comes first, then pyenv's by number, also those beside shims on PATH, which are left out."""
    for version in ("home/.pyenv/versions/3.13.9", "home/.pyenv/versions/3.13.10", "other/versions/3.12.7"):
        (tmp_path / version).mkdir(parents=True)
    monkeypatch.setenv("PATH", f"{tmp_path}/other/shims:/usr/bin")
    monkeypatch.setenv("HOME", f"{tmp_path}/home")
    monkeypatch.delenv("PYENV_ROOT", raising=False)
    monkeypatch.setattr(sys, "_base_executable", "/opt/python/bin/python3", raising=False)
    assert uv.make_search_path().split(os.pathsep) == [
        "/opt/python/bin",
        f"{tmp_path}/home/.pyenv/versions/3.13.10/bin",
        f"{tmp_path}/home/.pyenv/versions/3.13.9/bin",
        f"{tmp_path}/other/versions/3.12.7/bin",
        "/usr/bin",
    ]


def test_recent_uv_on_the_path_is_used_and_an_old_one_is_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_program: Callable[[Path, str], Path]
) -> None:
    """A uv that knows the options is taken as it is; with an old one and no network the text says what to do."""
    monkeypatch.setenv("PATH", str(tmp_path))
    good = write_program(tmp_path / "uv", 'echo "  -c, --clear"')
    assert uv.find_uv(tmp_path) == str(good)
    write_program(tmp_path / "uv", "echo usage")
    monkeypatch.setattr(uv, "run", lambda *_: 1)
    monkeypatch.setattr(system_libraries, "can_install", lambda: False)
    with pytest.raises(SetupError, match=r"uv could not be installed(.|\n)*apt-get install python3-venv"):
        uv.find_uv(tmp_path)


def test_pythons_are_those_of_the_project() -> None:
    """The set-up looks for the Pythons that pyproject.toml names, of which this one is."""
    assert PROJECT["requires-python"] == uv.PYTHONS
    assert Requirement(f"python{uv.PYTHONS}").specifier.contains(".".join(map(str, sys.version_info[:3])))


def test_lock_holds_only_pins_and_covers_the_project() -> None:
    """requirements.lock has no address, path or option in it, and pins every dependency of pyproject.toml."""
    lines = (ROOT / "requirements.lock").read_text(encoding="utf-8").splitlines()
    pins = [line for line in lines if not line.startswith("#")]
    for line in pins:
        assert re.fullmatch(r"[A-Za-z0-9._-]+==[A-Za-z0-9.!+_-]+( ; [^/\\]+)?", line), line
    pinned = {canonicalize_name(Requirement(line).name): Requirement(line) for line in pins}
    extras = [line for part in PROJECT["optional-dependencies"].values() for line in part]
    for line in map(Requirement, [*PROJECT["dependencies"], *extras]):
        version = str(pinned[canonicalize_name(line.name)].specifier).removeprefix("==")
        assert line.specifier.contains(version), line
