"""The set-up script: what it skips, what it repairs, what it locks, and what it hands over to."""

from __future__ import annotations

import importlib.util
import sys
import threading
import tomllib
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from dev_steps import checks, environment, lock, qt_libraries, uv
from dev_steps.console import SetupError, child_environment

if TYPE_CHECKING:
    from types import ModuleType

ROOT = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(sys.platform == "win32", reason="stand-in programs are shell scripts")
linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="desktop entries are for Linux")


def program(path: Path, body: str) -> Path:
    """Write an executable shell script."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
    path.chmod(0o755)
    return path


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
def place(tmp_path: Path) -> environment.Environment:
    """A project whose environment is complete, with a stand-in for its Python."""
    root = tmp_path / "dév test"
    root.mkdir()
    (root / "pyproject.toml").write_text("[project]\n", encoding="utf-8")
    (root / "requirements.lock").write_text("a==1\n", encoding="utf-8")
    made = environment.Environment(root)
    program(made.python, "echo 3.13")
    made.write_stamp(complete=True, root=made.address, inputs=made.inputs(), python="3.13", extras=["gui"], qt=[])
    return made


@pytest.fixture
def work(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record what a set-up does: “create”, or the extras that it installs."""
    done: list[str] = []

    def create(place: environment.Environment, _: str) -> None:
        done.append("create")
        program(place.python, "echo 3.13")

    monkeypatch.setattr(environment, "_create", create)
    monkeypatch.setattr(environment, "_install", lambda _, _uv, extras: done.append(" ".join(extras)))
    monkeypatch.setattr(uv, "find_uv", lambda _: "uv")
    return done


@posix_only
def test_complete_environment_is_left_alone(place: environment.Environment, work: list[str]) -> None:
    """Nothing is installed when nothing has changed."""
    before = place.stamp()
    environment.ensure(place, ["gui"])
    assert work == []
    assert place.stamp() == before


@posix_only
@pytest.mark.parametrize("name", ["pyproject.toml", "requirements.lock"])
def test_changed_input_asks_for_an_install(place: environment.Environment, name: str) -> None:
    """A change to either file that decides what is installed is noticed."""
    assert place.is_ready(["gui"])
    (place.root / name).write_text("changed\n", encoding="utf-8")
    assert not place.is_ready(["gui"])


@posix_only
def test_extras_add_up(place: environment.Environment, work: list[str]) -> None:
    """Asking for more extras installs them beside the earlier ones, and asking for fewer does nothing."""
    environment.ensure(place, ["dev"])
    environment.ensure(place, ["gui"])
    assert work == ["dev gui"]


@posix_only
def test_interrupted_install_is_begun_anew_with_all_extras(
    place: environment.Environment, work: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """A set-up that dies while packages are installed leaves no stamp that the next start would believe."""

    def kill(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patch:
        patch.setattr(environment, "_install", kill)
        with pytest.raises(KeyboardInterrupt):
            environment.ensure(place, ["gui", "formats"])
    assert not place.is_ready(["gui"])
    environment.ensure(place, ["gui"])
    assert work == ["create", "formats gui"]
    assert place.is_ready(["formats", "gui"])


@posix_only
@pytest.mark.parametrize("fault", ["moved", "other Python", "no Python", "removed Python"])
def test_unsound_environment_is_made_anew(place: environment.Environment, work: list[str], fault: str) -> None:
    """A moved folder, another Python and a removed Python each ask for a new environment."""
    if fault == "moved":
        place.write_stamp(root="/elsewhere")
    elif fault == "other Python":
        program(place.python, "echo 3.11")
    else:
        place.python.unlink()
        if fault == "removed Python":
            place.python.symlink_to(place.root / "removed" / "python3.13")
    assert not place.is_ready(["gui"])
    if fault == "removed Python":
        place.python.unlink()
    environment.ensure(place, ["gui"])
    assert work == ["create", "gui"]


@posix_only
def test_unreadable_stamp_counts_as_none(place: environment.Environment) -> None:
    """A stamp that is not JSON, or not an object, only means that the set-up runs again."""
    for text in ("{", "[]", ""):
        (place.folder / environment.STAMP).write_text(text, encoding="utf-8")
        assert place.stamp() == {}
        assert not place.is_ready([])


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


def test_misleading_variables_are_kept_from_children() -> None:
    """Variables that point Python or uv elsewhere do not reach the programs of the environment."""
    assert child_environment({"PYTHONPATH": "/x", "UV_PYTHON": "/y", "LANG": "C"}) == {"LANG": "C"}


def test_lock_holds_only_pins_and_covers_the_project() -> None:
    """requirements.lock has no address or path in it, and pins every dependency of pyproject.toml."""
    pins = lock.read_pins((ROOT / "requirements.lock").read_text(encoding="utf-8"))
    pinned = {canonicalize_name(Requirement(line).name): Requirement(line) for line in pins.splitlines()}
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [
        *project["dependencies"],
        *(line for part in project["optional-dependencies"].values() for line in part),
    ]
    for line in map(Requirement, asked):
        version = str(pinned[canonicalize_name(line.name)].specifier).removeprefix("==")
        assert line.specifier.contains(version), line


@pytest.mark.parametrize("line", ["--index-url https://x/simple", "a @ file:///x", "-e .", "a==1 ; extra == '/x'"])
def test_lock_refuses_what_is_no_pin(line: str) -> None:
    """An option, an address or a path is not written into the lock."""
    with pytest.raises(SetupError, match=r"requirements\.lock"):
        lock.read_pins(f"# comment\nb==2\n{line}\n")


@pytest.fixture
def handover(dev: ModuleType, place: environment.Environment, monkeypatch: pytest.MonkeyPatch) -> list[list[str]]:
    """Return what the script hands over to, with nothing set up for real."""
    handed: list[list[str]] = []
    monkeypatch.setattr(dev, "set_up", lambda _: place)
    monkeypatch.setattr(qt_libraries, "ensure", lambda *_: None)
    monkeypatch.setattr(dev, "hand_over", lambda _, arguments: handed.append(arguments) or 0)
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
    given = ["restore", "a b.png", "--json", "--help", "--", "-x"]
    assert dev.main(["run", *given]) == 0
    assert handover == [["-m", "deblur_app", *given]]


@posix_only
def test_libraries_in_order_are_remembered(
    dev: ModuleType, place: environment.Environment, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Libraries found in order are not looked for again, until another way of drawing is wanted."""
    asked: list[set[str]] = []
    monkeypatch.setattr(qt_libraries, "ensure", lambda _, ways: asked.append(set(ways)))
    for ways in ({"offscreen"}, {"offscreen"}, {"offscreen", "xcb"}):
        dev.check_qt(place, platforms=ways)
    assert asked == [{"offscreen"}, {"xcb"}]


@posix_only
def test_checks_all_run_and_pytest_has_the_last_word(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A failing check stops none of the others, stands in the table, and makes the exit code non-zero."""
    python = program(tmp_path / "python", 'case "$*" in *ruff\\ check*) exit 1;; *pytest*) echo "7 passed";; esac')
    assert checks.everything(python, tmp_path) == 1
    lines = capfd.readouterr().out.splitlines()
    table = [line.split() for line in lines[lines.index("The checks before the tests:") + 1 :] if line]
    assert table[:4] == [
        ["ruff", "check", "FAILED"],
        ["ruff", "format", "passed"],
        ["mypy", "passed"],
        ["import-linter", "passed"],
    ]
    assert lines[-1] == "7 passed"


def test_unknown_command_and_help(dev: ModuleType, capsys: pytest.CaptureFixture[str]) -> None:
    """A wrong command is named and answered with the help, and help itself is no error."""
    assert dev.main(["fly"]) == 2
    assert "no command fly" in capsys.readouterr().out
    assert dev.main(["--help"]) == 0
    assert "dev.py COMMAND" in capsys.readouterr().out
