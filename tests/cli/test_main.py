"""`deblur`: the window or the command line, by its arguments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from deblur_app import __main__ as program
from deblur_app.cli import main as cli


@pytest.fixture
def start_arguments(monkeypatch: pytest.MonkeyPatch) -> list[list[Path] | list[str]]:
    """Return what the window, or the command line, was started with."""
    start_arguments: list[list[Path] | list[str]] = []
    app = ModuleType("deblur_app.app")
    app.run = lambda files: start_arguments.append(files) or 0  # type: ignore[attr-defined]
    monkeypatch.setitem(sys.modules, "deblur_app.app", app)
    monkeypatch.setattr(cli, "main", lambda argv: start_arguments.append(argv) or 7)
    return start_arguments


@pytest.fixture
def start(monkeypatch: pytest.MonkeyPatch, tmp_path: Path):
    """The program with the given arguments, in a folder of its own."""
    monkeypatch.chdir(tmp_path)

    def start(*arguments: str) -> int:
        monkeypatch.setattr(sys, "argv", ["deblur", *arguments])
        return program.main()

    return start


def test_without_arguments_the_window_opens(start, start_arguments):
    """A double click on the icon."""
    assert start() == 0
    assert start_arguments == [[]]


def test_photos_and_folders_open_in_the_window(start, start_arguments, tmp_path):
    """A double click on a photo, or several dropped on the icon."""
    (tmp_path / "photo.jpg").touch()
    (tmp_path / "folder").mkdir()
    assert start("photo.jpg", str(tmp_path / "folder")) == 0
    assert start_arguments == [[Path("photo.jpg"), tmp_path / "folder"]]


@pytest.mark.parametrize("arguments", [("methods",), ("--help",), ("missing.jpg",), ("photo.jpg", "--json")])
def test_anything_else_is_the_command_line(start, start_arguments, tmp_path, arguments):
    """Commands, options, and files that are not there, which it answers with a sentence."""
    (tmp_path / "photo.jpg").touch()
    assert start(*arguments) == 7
    assert start_arguments == [list(arguments)]


def test_a_command_stays_a_command_beside_a_file_of_its_name(start, start_arguments, tmp_path):
    """A folder called “methods” does not take the command away."""
    (tmp_path / "methods").mkdir()
    assert start("methods") == 7


def test_without_qt_the_user_is_told_what_to_install():
    """One sentence with the extra, and where to go without it."""
    program = "import sys; sys.modules['PySide6'] = None; from deblur_app.__main__ import main; sys.exit(main())"
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (process.returncode, process.stdout) == (2, "")
    assert process.stderr == (
        'The window needs PySide6, which is not installed: pip install "deblur[gui]". Without it there is the command '
        "line, see “deblur --help”.\n"
    )


def test_without_a_system_library_the_user_is_told_which(start, monkeypatch, capsys):
    """Qt is installed and the machine, a bare server, lacks what it draws with."""

    def fail(name: str) -> None:
        raise ImportError("libEGL.so.1: cannot open shared object file: No such file or directory")

    app = ModuleType("deblur_app.app")
    app.__getattr__ = fail  # type: ignore[method-assign]
    monkeypatch.setitem(sys.modules, "deblur_app.app", app)
    assert start() == 2
    err = capsys.readouterr().err
    assert "libEGL.so.1" in err
    assert err.count("\n") == 1


def test_a_defect_of_the_window_is_not_taken_for_a_missing_library(start, monkeypatch):
    """Only Qt and what draws with it are extras."""
    monkeypatch.setitem(sys.modules, "deblur_app.app", None)
    with pytest.raises(ModuleNotFoundError, match="deblur_app"):
        start()
