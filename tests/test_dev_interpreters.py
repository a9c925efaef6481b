"""Finding a Python: what is taken, what is refused, and what is said when there is none."""

from __future__ import annotations

import ast
import json
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev_steps import interpreters, system_packages
from dev_steps.console import SetupError

if TYPE_CHECKING:
    from collections.abc import Callable

ROOT = Path(__file__).resolve().parent.parent
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="stand-in programs are shell scripts")


def program(path: Path, body: str) -> Path:
    """Write an executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


def stand_in(path: Path, version: str, **facts: object) -> Path:
    """A program that answers the probe as a Python of this version would."""
    said: dict[str, object] = {
        "executable": str(path),
        "version": [int(part) for part in version.split(".")],
        "implementation": "cpython",
        "wide": True,
        "free_threaded": False,
        "machine": interpreters.MACHINES[sys.platform][0],
        "system": sys.platform,
        "pip": True,
        **facts,
    }
    return program(path, f"printf '%s\\n' {shlex.quote(json.dumps(said))}")


@pytest.fixture
def hunt(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[], interpreters.Interpreter]:
    """Look for a Python as if this one were 3.11 and the machine had only what lies under `tmp_path`."""
    monkeypatch.setattr(sys, "executable", str(stand_in(tmp_path / "current" / "python3", "3.11.7")))
    real = interpreters._known_places

    def inside(*arguments: object) -> list[Path]:
        return [path for path in real(*arguments) if tmp_path in path.parents]  # type: ignore[arg-type]

    monkeypatch.setattr(interpreters, "_known_places", inside)
    return lambda: interpreters.find({"PATH": str(tmp_path / "bin")}, tmp_path / "home")


@posix_only
def test_prefers_313_and_skips_names_that_do_not_run(tmp_path: Path, hunt: Callable) -> None:
    """A shim that says "command not found" is passed over, and 3.13 wins over 3.12 wherever it lies."""
    program(tmp_path / "bin" / "python3.13", "echo 'command not found' >&2; exit 127")
    stand_in(tmp_path / "bin" / "python3.12", "3.12.1")
    wanted = stand_in(tmp_path / "home/.pyenv/versions/3.13.0/bin/python3.13", "3.13.0")
    assert hunt().executable == str(wanted)


@posix_only
def test_newest_patch_of_pyenv_is_taken_by_number(tmp_path: Path, hunt: Callable) -> None:
    """Among pyenv's versions 3.13.10 is newer than 3.13.9."""
    for version in ("3.13.9", "3.13.10", "3.13.2"):
        stand_in(tmp_path / f"home/.pyenv/versions/{version}/bin/python3.13", version)
    assert hunt().version == (3, 13, 10)


@posix_only
@pytest.mark.parametrize(
    ("version", "facts", "reason"),
    [
        ("3.14.0", {}, "3.14.0"),
        ("3.11.9", {}, "3.11.9"),
        ("3.13.0", {"free_threaded": True}, "ordinary CPython"),
        ("3.13.0", {"implementation": "pypy"}, "ordinary CPython"),
        ("3.13.0", {"wide": False}, "no build"),
        ("3.13.0", {"machine": "sparc"}, "sparc"),
    ],
)
def test_unfit_pythons_are_refused_with_the_reason(
    tmp_path: Path, version: str, facts: dict[str, object], reason: str
) -> None:
    """Versions, flavours and processors without TensorFlow builds are not picked."""
    found = interpreters.probe([str(stand_in(tmp_path / "python", version, **facts))])
    assert found is not None
    assert reason in found.flaw


def test_real_interpreter_passes_the_probe() -> None:
    """The Python that runs these tests is one that the hunt accepts, outside its virtual environment."""
    found = interpreters.probe([sys.executable])
    assert found is not None
    assert found.flaw == ""
    assert found.version == sys.version_info[:3]
    assert not Path(found.executable).is_relative_to(ROOT / ".venv")


@posix_only
def test_named_python_is_used_or_refused(tmp_path: Path) -> None:
    """DEBLUR_PYTHON decides, and a wrong one is told by name instead of being passed over."""
    good = stand_in(tmp_path / "good", "3.12.4")
    assert interpreters.find({"DEBLUR_PYTHON": str(good)}, tmp_path).executable == str(good)
    with pytest.raises(SetupError, match="nowhere"):
        interpreters.find({"DEBLUR_PYTHON": str(tmp_path / "nowhere")}, tmp_path)
    with pytest.raises(SetupError, match=r"3\.14\.1"):
        interpreters.find({"DEBLUR_PYTHON": str(stand_in(tmp_path / "new", "3.14.1"))}, tmp_path)


@posix_only
def test_python_without_venv_is_the_last_choice(tmp_path: Path, hunt: Callable) -> None:
    """Debian's Python without its venv package gives way to an older one that is complete."""
    stand_in(tmp_path / "bin" / "python3.13", "3.13.5", pip=False)
    complete = stand_in(tmp_path / "bin" / "python3.12", "3.12.1")
    assert hunt().executable == str(complete)


@posix_only
def test_missing_venv_package_is_named(tmp_path: Path, hunt: Callable, monkeypatch: pytest.MonkeyPatch) -> None:
    """Where only a Python without venv is there, the line that installs the package is shown."""
    stand_in(tmp_path / "bin" / "python3.13", "3.13.5", pip=False)
    monkeypatch.setattr(system_packages, "is_debian", lambda: True)
    monkeypatch.setattr(system_packages, "is_root", lambda: False)
    with pytest.raises(SetupError, match=r"sudo apt-get .*python3\.13-venv"):
        hunt()


@posix_only
def test_uv_provides_a_python(tmp_path: Path, hunt: Callable) -> None:
    """With no fit Python, uv is asked to install 3.13 and the one it reports is used."""
    python = stand_in(tmp_path / "fetched" / "python3.13", "3.13.2")
    asked = tmp_path / "asked"
    answer = f'echo "$*" >> {shlex.quote(str(asked))}; [ "$2" = find ] && echo {shlex.quote(str(python))}; exit 0'
    program(tmp_path / "bin" / "uv", answer)
    assert hunt().executable == str(python)
    assert asked.read_text(encoding="utf-8").splitlines()[0] == "python install 3.13"


@posix_only
def test_nothing_to_be_had_ends_in_advice(tmp_path: Path, hunt: Callable) -> None:
    """When uv fails too, the text says what is needed, how to get it, and what was found instead."""
    program(tmp_path / "bin" / "uv", "exit 1")
    stand_in(tmp_path / "bin" / "python3", "3.14.0")
    with pytest.raises(SetupError) as caught:
        hunt()
    assert "3.13 or 3.12" in str(caught.value)
    assert "brew install" in str(caught.value)
    assert "3.14.0" in str(caught.value)


def test_windows_places_are_searched(tmp_path: Path) -> None:
    """On Windows the installer's folders are candidates, newest version first."""
    named = {"PATH": "", "LOCALAPPDATA": str(tmp_path / "Local"), "PROGRAMFILES": str(tmp_path / "Files")}
    found = [Path(command[0]) for command in interpreters.candidates(named, tmp_path, "win32")]
    assert found[0] == tmp_path / "Local" / "Programs" / "Python" / "Python313" / "python.exe"
    assert tmp_path / "Files" / "Python312" / "python.exe" in found


def test_script_parses_on_python_39() -> None:
    """The script and its steps are in the syntax of the oldest Python that may be asked to start them."""
    for path in [ROOT / "dev.py", *(ROOT / "dev_steps").glob("*.py")]:
        source = path.read_text(encoding="utf-8")
        assert "from __future__ import annotations" in source or "import" not in source
        ast.parse(source, feature_version=(3, 9))
