"""Rules that import-linter cannot see: which libraries are loaded when."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import deblur_app

ROOT = Path(deblur_app.__file__).parent
HEAVY = ("tensorflow", "keras")
QT = ("PySide6", "pyqtgraph", "qimage2ndarray")


def _list_loaded(program: str, *arguments: str) -> set[str]:
    """The packages that a new interpreter has loaded after `program`."""
    ending = "\nimport sys\nprint('loaded:', *{name.partition('.')[0] for name in sys.modules})"
    command = [sys.executable, "-c", program + ending, *arguments]
    process = subprocess.run(command, capture_output=True, text=True, check=True)
    return set(process.stdout.rpartition("loaded:")[2].split())


def _modules(folder: str) -> list[str]:
    """The names of all modules of a folder and of the folders in it."""
    paths = sorted(path for path in (ROOT / folder).rglob("*.py") if path.stem != "__init__")
    return [".".join(path.relative_to(ROOT.parent).with_suffix("").parts) for path in paths]


def test_the_command_line_starts_without_qt_and_tensorflow():
    """Help and the answer to bad input come at once."""
    assert _list_loaded("import deblur_app.cli.main").isdisjoint({*HEAVY, *QT})


def test_bad_input_is_answered_without_tensorflow():
    """A missing photo and a misspelt setting are told before the engine is loaded."""
    program = (
        "from deblur_app.cli import main as cli\n"
        "assert cli.main(['restore', 'missing.jpg']) == 2\n"
        "assert cli.main(['restore', 'missing.jpg', '--set', 'overlpa=1']) == 2"
    )
    assert _list_loaded(program).isdisjoint({*HEAVY, *QT})


def test_the_table_of_methods_needs_neither_qt_nor_tensorflow():
    """`deblur methods` works where PySide6 is not installed."""
    program = (
        "import sys\n"
        f"for name in {QT!r}: sys.modules[name] = None\n"
        "from deblur_app.cli import main as cli\n"
        "assert cli.main(['methods']) == 0"
    )
    assert _list_loaded(program).isdisjoint(HEAVY)


def test_the_window_loads_no_tensorflow():
    """All modules of the window together: it paints before the engine is loaded."""
    imports = "\n".join(f"import {name}" for name in [*_modules("gui"), "deblur_app.app"])
    assert _list_loaded(imports).isdisjoint(HEAVY)


@pytest.mark.parametrize("folder", ["core", "blur", "engine"])
def test_lower_layers_load_neither_qt_nor_tensorflow(folder):
    """Arrays know neither; the engine loads TensorFlow when it is first used."""
    assert _list_loaded("\n".join(f"import {name}" for name in _modules(folder))).isdisjoint({*HEAVY, *QT})


def test_the_networks_know_no_qt():
    """Training and the command line run on machines without a screen."""
    assert _list_loaded("\n".join(f"import {name}" for name in _modules("networks"))).isdisjoint(QT)


def test_no_part_of_restoration_loads_scipy_signal():
    """It loads all of SciPy's statistics, which takes seconds on a cold machine, for what its transforms do as well."""
    folders = ("core", "blur", "restoration", "engine", "cli")
    names = [name for folder in folders for name in _modules(folder)]
    program = "\n".join(f"import {name}" for name in names) + "\nimport sys\nprint('scipy.signal' in sys.modules)"
    process = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert process.stdout.strip() == "False"
