"""uv and the Pythons that it works with: which are taken, which are refused, and what is said when there is none."""

from __future__ import annotations

import ast
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev_steps import system_packages, uv
from dev_steps.console import SetupError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parents[2]
pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="stand-in programs are shell scripts")


def program(path: Path, body: str) -> Path:
    """Write an executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def stand_in(path: Path, minor: str, flavour: str = "cpython True 0") -> str:
    """Write a program that answers the probe as a Python of this version would; return its path."""
    return str(program(path, f"echo {minor} {flavour}"))


@pytest.fixture
def find(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], str]:
    """Look for a Python as if this one were 3.11 and uv knew of none."""
    this = stand_in(tmp_path / "current" / "python3", "3.11")
    monkeypatch.setattr(sys, "_base_executable", this, raising=False)
    program(tmp_path / "uv", "exit 2")
    return lambda: uv.find_python(str(tmp_path / "uv"), {"PATH": str(tmp_path / "shims")}, tmp_path / "home")


def test_newest_version_of_pyenv_is_taken(tmp_path: Path, find: Callable[[], str]) -> None:
    """3.13 wins over 3.12 wherever pyenv keeps it, and 3.13.10 over 3.13.9; one that does not run is passed over."""
    stand_in(tmp_path / "versions/3.12.7/bin/python", "3.12")
    program(tmp_path / "home/.pyenv/versions/3.13.11/bin/python", "exit 127")
    for patch in ("9", "10", "2"):
        stand_in(tmp_path / f"home/.pyenv/versions/3.13.{patch}/bin/python", "3.13")
    assert find() == str(tmp_path / "home/.pyenv/versions/3.13.10/bin/python")


def test_versions_beside_shims_on_the_path_are_found(tmp_path: Path, find: Callable[[], str]) -> None:
    """Pyenv's folder is known by its shims where neither the home folder nor a variable tells it."""
    wanted = stand_in(tmp_path / "versions/3.12.7/bin/python", "3.12")
    assert find() == wanted


@pytest.mark.parametrize(
    ("minor", "flavour"),
    [("3.14", "cpython True 0"), ("3.11", "cpython True 0"), ("3.13", "cpython True 1"), ("3.13", "pypy True 0"),
     ("3.13", "cpython False 0"), ("", "")],
)  # fmt: skip
def test_unfit_pythons_are_refused(tmp_path: Path, minor: str, flavour: str) -> None:
    """Versions and builds that TensorFlow has no packages for are not picked."""
    assert not uv.is_fit(stand_in(tmp_path / "python", minor, flavour))


def test_python_of_these_tests_is_fit() -> None:
    """The Python that runs these tests is one that the set-up accepts."""
    assert uv.is_fit(sys.executable)


def test_named_python_is_used_or_refused(tmp_path: Path) -> None:
    """DEBLUR_PYTHON decides, and a wrong one is told by name instead of being passed over."""
    good = stand_in(tmp_path / "good", "3.12")
    assert uv.find_python("uv", {"DEBLUR_PYTHON": good}, tmp_path) == good
    for wrong in (str(tmp_path / "nowhere"), stand_in(tmp_path / "new", "3.14")):
        with pytest.raises(SetupError, match=wrong):
            uv.find_python("uv", {"DEBLUR_PYTHON": wrong}, tmp_path)


def test_uv_provides_a_python(tmp_path: Path, find: Callable[[], str]) -> None:
    """With no fit Python, uv is asked to install 3.13, and the one it reports is used."""
    python = stand_in(tmp_path / "fetched" / "python3.13", "3.13")
    asked, found = (shlex.quote(str(path)) for path in (tmp_path / "asked", python))
    answer = f'case "$*" in *install*) touch {asked};; *managed*) echo {found};; esac'
    program(tmp_path / "uv", answer)
    assert find() == python
    assert (tmp_path / "asked").exists()


def test_nothing_to_be_had_ends_in_advice(find: Callable[[], str]) -> None:
    """The text says what is needed and how to get it when uv fails too."""
    with pytest.raises(SetupError, match=r"3\.13 or 3\.12(.|\n)*brew install"):
        find()


def test_recent_uv_on_the_path_is_used_and_an_old_one_is_not(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A uv that knows the options is taken as it is; with an old one and no network the text says what to do."""
    monkeypatch.setenv("PATH", str(tmp_path))
    good = program(tmp_path / "uv", "echo uv 0.9.8")
    assert uv.find_uv(tmp_path) == str(good)
    program(tmp_path / "uv", "echo uv 0.1.3")
    monkeypatch.setattr(uv, "run", lambda *_: 1)
    monkeypatch.setattr(system_packages, "is_debian", lambda: False)
    with pytest.raises(SetupError, match="uv could not be installed"):
        uv.find_uv(tmp_path)


def test_script_parses_on_python_39() -> None:
    """The script and its steps are in the syntax of the oldest Python that may be asked to start them."""
    for path in [ROOT / "dev.py", ROOT / "packaging" / "desktop_entries.py", *(ROOT / "dev_steps").glob("*.py")]:
        source = path.read_text(encoding="utf-8")
        assert "from __future__ import annotations" in source or "import" not in source
        ast.parse(source, feature_version=(3, 9))
