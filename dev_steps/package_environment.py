"""The environment in which the installed program is built: locked versions, and TensorFlow for processors alone."""

from __future__ import annotations

import re
import sys
from pathlib import Path

from dev_steps import system_libraries, uv
from dev_steps.console import SetupError, output_of, run, say

FOLDER = Path("build", "package")
EXTRAS = "gui,formats,package"
# The wheel of TensorFlow for Linux can compute on NVIDIA cards, whose libraries an installed program does not bring;
# that of `tensorflow-cpu` is half as large. For Windows and macOS there is one wheel, without cards.
CPU_BUILD = "tensorflow-cpu"


def ensure(root: Path) -> Path:
    """Make the environment anew where the locked versions changed, and return its Python.

    Raises:
        SetupError: It could not be made or filled.
    """
    folder = root / FOLDER / "env"
    python, stamp = uv.find_program(folder, "python"), folder / "deblur-package.txt"
    inputs = "".join((root / name).read_text(encoding="utf-8") for name in ("pyproject.toml", "requirements.lock"))
    if (
        stamp.is_file()
        and stamp.read_text(encoding="utf-8") == inputs
        and output_of([python, "-c", uv.CHECK]) is not None
    ):
        system_libraries.ensure_qt(folder, is_for_others=True)
        return python
    program = uv.find_uv(root)
    make = [program, "venv", "--no-config", "--clear", "--python-preference", "system"]
    if run([*make, "--python", f"cpython{uv.PYTHONS}", folder], PATH=uv.make_search_path()) != 0:
        raise SetupError(f"{folder} could not be made; see above. It needs Python 3.12 or 3.13.")
    _install(root, program, python)
    stamp.write_text(inputs, encoding="utf-8")
    system_libraries.ensure_qt(folder, is_for_others=True)
    return python


def _install(root: Path, program: str, python: Path) -> None:
    say("Installing what the program is built from.")
    command = [program, "pip", "install", "--python", python, "--constraints", "requirements.lock"]
    command += ["--build-constraints", "requirements.lock", "--editable", f".[{EXTRAS}]"]
    if sys.platform == "linux":
        override = root / FOLDER / "overrides.txt"
        override.write_text("tensorflow; python_version < '0'\n", encoding="utf-8")
        command += ["--override", override, f"{CPU_BUILD}=={_locked_version(root, 'tensorflow')}"]
    if run(command, cwd=root, **uv.read_settings_of_pip()) != 0:
        raise SetupError(
            "Installing failed; uv's own words are above. Check the network and the disk, then start again."
        )


def _locked_version(root: Path, name: str) -> str:
    lock = (root / "requirements.lock").read_text(encoding="utf-8")
    return re.search(rf"^{name}==(\S+)", lock, re.MULTILINE).group(1)
