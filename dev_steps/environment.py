"""The virtual environment in `.venv`: made and filled by uv, begun anew after an interruption, else left alone."""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import sys
import tempfile
import time
from pathlib import Path

from dev_steps import uv
from dev_steps.console import SetupError, output_of, run, say

# The versions of the packages, and of the tool that builds Deblur's own.
LOCKED = ("--constraints", "requirements.lock", "--build-constraints", "requirements.lock")


class Environment:
    """The virtual environment of the project in the folder `root`, with a stamp that tells what was installed."""

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.folder = self.root / ".venv"
        self.python = uv.find_program(self.folder, "python")
        self._stamp = self.folder / "deblur-setup.json"

    def read_stamp(self) -> tuple[str, list[str]]:
        """Return the inputs (empty where the last install did not end) and the extras of the last install."""
        try:
            stamp = json.loads(self._stamp.read_text(encoding="utf-8"))
            return str(stamp["inputs"]), [str(name) for name in stamp["extras"]]
        except (OSError, ValueError, TypeError, KeyError):
            return "", []

    def write_stamp(self, inputs: str, extras: list[str]) -> None:
        """Write the stamp in one step: a half-written one would be believed."""
        new = self._stamp.with_suffix(".new")
        new.write_text(json.dumps({"inputs": inputs, "extras": extras}), encoding="utf-8")
        new.replace(self._stamp)

    def hash_inputs(self) -> str:
        """Return a hash of what decides the installation: the folder, and the files that name packages."""
        files = [(self.root / name).read_bytes() for name in ("pyproject.toml", "requirements.lock")]
        return hashlib.sha256(b"\0".join([os.fsencode(self.root), *files])).hexdigest()

    def is_sound(self) -> bool:
        """Return whether the last install ended, and its Python still runs and finds Deblur."""
        return bool(self.read_stamp()[0]) and output_of([self.python, "-I", "-c", "import deblur_app"]) is not None

    def is_ready(self, extras: list[str]) -> bool:
        """Return whether everything is installed as the project's files now ask for it."""
        inputs, installed = self.read_stamp()
        return inputs == self.hash_inputs() and set(extras) <= set(installed) and self.is_sound()


def ensure(root: Path, extras: list[str]) -> Environment:
    """Return an environment that holds the project with these extras of pyproject.toml, and those of earlier set-ups.

    Raises:
        SetupError: uv, a Python, the network or disk space is missing.
    """
    environment = Environment(root)
    if not environment.is_ready(extras):
        with one_at_a_time(environment.root):
            if not environment.is_ready(extras):  # else the set-up that was waited for did it
                _set_up(environment, sorted({*environment.read_stamp()[1], *extras}))
    return environment


def _set_up(environment: Environment, extras: list[str]) -> None:
    """Make the environment where it is not sound, and install the project in it."""
    program = uv.find_uv(environment.root)
    if not environment.is_sound():
        _create(environment, program)
    # Said before anything is touched: whatever interrupts it, the next start begins anew, from uv's cache.
    environment.write_stamp("", extras)
    _install(environment, program, extras)
    environment.write_stamp(environment.hash_inputs(), extras)
    say("Everything is installed.")


def _create(environment: Environment, program: str) -> None:
    """Create the environment, in place of an unfinished or broken one."""
    python = os.environ.get("DEBLUR_PYTHON") or f"cpython{uv.PYTHONS}"
    # --clear empties the folder rather than replacing it: it may be a link to a larger disk.
    command = [program, "venv", "--no-config", "--clear", "--python-preference", "system", "--python", python]
    is_made = run([*command, environment.folder], PATH=uv.make_search_path()) == 0
    if not is_made or output_of([environment.python, "-c", uv.CHECK]) is None:
        raise SetupError(
            f"{environment.folder} could not be made; see above. Deblur needs Python 3.12 or 3.13: where "
            "none was found and none could be downloaded, install one, or set the variable DEBLUR_PYTHON to the path "
            "of one. Then start again."
        )


def _install(environment: Environment, program: str, extras: list[str]) -> None:
    """Install the project, editable, in the versions of requirements.lock."""
    say(f"Installing Deblur ({', '.join(extras)}). The first time, some 700 MB are downloaded.")
    command = [program, "pip", "install", "--python", environment.python, *LOCKED, "--compile-bytecode"]
    command += ["--editable", f".[{','.join(extras)}]"]
    if run(command, cwd=environment.root, **uv.read_settings_of_pip()) != 0:
        raise SetupError(
            "Installing failed; uv's own words are above. Check the network and the disk, of which it needs 5 GB, then "
            "start again: what is already downloaded is kept."
        )


@contextlib.contextmanager
def one_at_a_time(root: Path):
    """Hold a lock, which goes when the process dies: two set-ups at once would ruin the environment."""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    name = hashlib.sha256(os.fsencode(f"{user}:{root}")).hexdigest()[:16]
    with (Path(tempfile.gettempdir()) / f"deblur-setup-{name}.lock").open("a") as file:
        if not _try_lock(file.fileno()):
            say("Another set-up of this folder is running: waiting for it.")
            while not _try_lock(file.fileno()):
                time.sleep(0.2)
        yield


def _try_lock(descriptor: int) -> bool:
    """Take the lock of an open file if nobody holds it."""
    with contextlib.suppress(OSError):
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
        return True
    return False
