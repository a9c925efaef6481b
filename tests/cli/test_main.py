"""`deblur`: the window or the command line, by its arguments."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

from deblur_app import __main__ as program
from deblur_app.cli import main as cli
from deblur_app.core.program import plain_message


@pytest.fixture
def start_arguments(monkeypatch: pytest.MonkeyPatch) -> list[list[Path] | list[str]]:
    """Return what the window, or the command line, was started with."""
    start_arguments: list[list[Path] | list[str]] = []
    app = ModuleType("deblur_app.app")
    app.run = lambda files, is_new_window: start_arguments.append([*files, *["new"] * is_new_window]) or 0  # type: ignore[attr-defined]
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


def test_another_window_is_opened_on_request(start, start_arguments, tmp_path):
    """Where there is one already, it would open the photos."""
    (tmp_path / "photo.jpg").touch()
    assert start("--new-window", "photo.jpg") == 0
    assert start_arguments == [[Path("photo.jpg"), "new"]]


def test_the_program_of_the_double_click_opens_whatever_it_is_given(start_arguments, monkeypatch):
    """A photo that is gone, too: the window says so, where nobody reads stderr."""
    monkeypatch.setattr(sys, "argv", ["deblur-gui", "missing.jpg"])
    assert program.gui_main() == 0
    assert start_arguments == [[Path("missing.jpg")]]


def test_the_program_of_the_double_click_tells_in_a_dialog_why_it_cannot_start(start_arguments, monkeypatch, capsys):
    """Nobody sees what it writes to stderr; it is written there, too."""

    def fail(files, is_new_window):
        raise OSError("no space left")

    told = []
    monkeypatch.setattr(sys.modules["deblur_app.app"], "run", fail)
    monkeypatch.setattr(plain_message, "show_plain", told.append)
    monkeypatch.setattr(sys, "argv", ["deblur-gui"])
    assert program.gui_main() == 2
    assert "no space left" in told[0]
    assert "cannot start" in capsys.readouterr().err


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
