"""The set-up script: what it does with a command line, what it hands over to, and what it runs."""

from __future__ import annotations

import ast
import importlib.util
import sys
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from dev_steps import environment, system_libraries

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="stand-in programs are shell scripts")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt takes no libraries from others")


@pytest.fixture
def dev() -> ModuleType:
    """The set-up script, loaded from its file as `python3 dev.py` would."""
    spec = importlib.util.spec_from_file_location("dev", ROOT / "dev.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def handover(
    dev: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_program: Callable[[Path, str], Path]
) -> list[list[str]]:
    """Return what the script hands over to, with nothing set up for real, on a machine without a display."""
    handed: list[list[str]] = []
    place = environment.Environment(tmp_path)
    write_program(place.python, 'case "$*" in *ruff\\ check*) exit 1;; *pytest*) echo "7 passed";; esac')
    monkeypatch.setattr(environment, "ensure", lambda *_: place)
    monkeypatch.setattr(dev, "hand_over", lambda command: handed.append(command[1:]) or 0)
    for name in ("DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    return handed


@linux_only
def test_run_chooses_window_or_demo_by_the_display(
    dev: ModuleType,
    handover: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Without a display the demo runs, and says so; with one, the window."""
    assert dev.main(["run"]) == 0
    assert "no display" in capsys.readouterr().out
    monkeypatch.setenv("DISPLAY", ":0")
    assert dev.main(["run"]) == 0
    assert handover == [["-m", "deblur_app.headless_demo", "--out", "deblur-out"], ["-m", "deblur_app"]]


@posix_only
def test_run_passes_arguments_on_untouched(dev: ModuleType, handover: list[list[str]]) -> None:
    """Whatever follows `run`, options and --help included, reaches the app as it was written."""
    arguments_given = ["restore", "a b.png", "--json", "--help", "--", "-x"]
    assert dev.main(["run", *arguments_given]) == 0
    assert handover == [["-m", "deblur_app", *arguments_given]]


@linux_only
def test_missing_libraries_stop_the_window_and_not_the_command_line(
    dev: ModuleType,
    handover: list[list[str]],
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    """Libraries that Qt lacks are named each time; what may not need them is started all the same."""
    monkeypatch.setattr(system_libraries, "find_missing", lambda *_: ["libEGL.so.1"])
    monkeypatch.setattr(system_libraries, "can_install", lambda: False)
    assert dev.main(["run"]) == 1
    assert dev.main(["run", "restore", "photo.jpg"]) == 0
    assert handover == [["-m", "deblur_app", "restore", "photo.jpg"]]
    assert capsys.readouterr().out.count("libEGL.so.1") == 2


@posix_only
def test_checks_all_run_and_pytest_has_the_last_word(
    dev: ModuleType, handover: list[list[str]], capfd: pytest.CaptureFixture[str]
) -> None:
    """A failing check stops none of the others, stands in the table, and makes the exit code non-zero."""
    assert dev.main(["test"]) == 1
    lines = capfd.readouterr().out.splitlines()
    table = [line.split() for line in lines[lines.index("The checks before the tests:") + 1 :] if line]
    names = ["ruff check FAILED", "ruff format passed", "mypy passed", "import-linter passed"]
    assert table[:4] == [name.split() for name in names]
    assert lines[-1] == "7 passed"


@pytest.mark.parametrize(
    ("line", "code", "answer"),
    [("fly", 2, "“fly”"), ("lock --upgrad", 2, "“lock --upgrad”"), ("", 2, "dev.py COMMAND"),
     ("--help", 0, "dev.py COMMAND"), ("desktop --help", 0, "dev.py COMMAND")],
)  # fmt: skip
def test_wrong_commands_and_help(
    dev: ModuleType, capsys: pytest.CaptureFixture[str], line: str, code: int, answer: str
) -> None:
    """A wrong command or option is named and answered with the help, and help itself is no error."""
    assert dev.main(line.split()) == code
    assert answer in capsys.readouterr().out


def test_script_parses_on_python_38() -> None:
    """The script and its steps are in the syntax of the oldest Python that may be asked to start them."""
    for path in [ROOT / "dev.py", ROOT / "packaging" / "desktop_entries.py", *(ROOT / "dev_steps").glob("*.py")]:
        source = path.read_text(encoding="utf-8")
        assert "from __future__ import annotations" in source or "import" not in source
        ast.parse(source, feature_version=(3, 8))
