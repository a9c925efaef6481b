"""The virtual environment in `.venv`: made, filled, begun anew after an interruption, else left alone."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import sys
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from dev_steps import uv
from dev_steps.console import SetupError, output_of, run, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

STAMP = "deblur-setup.json"
# What the whole of it takes on the disk, with room to unpack.
DISK_BYTES = 5_000_000_000


class Environment:
    """The virtual environment of one copy of the project.

    Attributes:
        root: The project's folder.
        address: The same as text, for the stamp.
        folder: The folder of the environment.
        python: Its interpreter.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.folder = self.root / ".venv"
        # The same text whatever the locale, or a start in another one would take the folder for moved.
        self.address = os.fsencode(self.root).decode("utf-8", errors="replace")
        self.python = self.folder / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")

    def stamp(self) -> dict[str, object]:
        """Return what the last set-up wrote about itself; empty if there was none or it cannot be read."""
        try:
            said = json.loads((self.folder / STAMP).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return {}
        return said if isinstance(said, dict) else {}

    def write_stamp(self, **changes: object) -> None:
        """Change entries of the stamp, in one step: a half-written stamp would be believed."""
        path = self.folder / STAMP
        new = path.with_suffix(".new")
        new.write_text(json.dumps({**self.stamp(), **changes}, indent=1), encoding="utf-8")
        new.replace(path)

    def names(self, entry: str) -> set[str]:
        """Return an entry of the stamp that lists names: `extras` or `qt`."""
        listed = self.stamp().get(entry)
        return {str(name) for name in listed} if isinstance(listed, list) else set()

    def inputs(self) -> str:
        """Return a hash of the files that decide what is installed."""
        files = (self.root / name for name in ("pyproject.toml", "requirements.lock"))
        return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()

    def minor(self) -> str | None:
        """Return the version of the environment's Python, by running it; None if it does not run."""
        output = output_of([self.python, "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
        return output.strip() if output else None

    def is_sound(self) -> bool:
        """Return whether the last set-up came to its end, in this folder, with a Python that still runs."""
        stamp = self.stamp()
        is_here = stamp.get("complete") is True and stamp.get("root") == self.address
        return is_here and stamp.get("python") in uv.PYTHONS and self.minor() == stamp.get("python")

    def is_ready(self, extras: Iterable[str]) -> bool:
        """Return whether everything is installed as the project's files now ask for it."""
        is_current = self.stamp().get("inputs") == self.inputs() and set(extras) <= self.names("extras")
        return is_current and self.is_sound()

    def site_packages(self) -> Path:
        """Return the folder of its packages."""
        if sys.platform == "win32":
            return self.folder / "Lib" / "site-packages"
        return self.folder / "lib" / f"python{self.minor()}" / "site-packages"


def ensure(environment: Environment, extras: Sequence[str]) -> None:
    """Make the environment hold the project with these extras; do nothing if it does already.

    Args:
        environment: The environment.
        extras: Names of extras of pyproject.toml. Those installed earlier stay.

    Raises:
        SetupError: A Python, the network or disk space is missing.
    """
    if environment.is_ready(extras):
        return
    with one_at_a_time(environment.root):
        if environment.is_ready(extras):  # the set-up that was waited for did it
            return
        wanted = sorted(environment.names("extras") | set(extras))
        program = uv.find_uv(environment.root)
        if not environment.is_sound():
            _create(environment, program)
        # Said before anything is touched: whatever interrupts it, the next start begins anew, from uv's cache.
        environment.write_stamp(complete=False, root=environment.address, extras=wanted, qt=[])
        _install(environment, program, wanted)
        environment.write_stamp(complete=True, inputs=environment.inputs(), python=environment.minor())
        say("Everything is installed.")


def _create(environment: Environment, program: str) -> None:
    """Create the environment, in place of an unfinished or moved one if there is one."""
    free = shutil.disk_usage(environment.root).free
    if free < DISK_BYTES:
        raise SetupError(
            f"Deblur needs {DISK_BYTES / 1e9:.0f} GB on this disk to install, and {free / 1e9:.1f} GB are "
            "free: make room, then start again."
        )
    python = uv.find_python(program)
    say(f"Setting up with {python}.")
    # --clear empties the folder rather than replacing it: it may be a link to a larger disk.
    if run([program, "venv", "--no-config", "--quiet", "--clear", "--python", python, environment.folder]) != 0:
        raise SetupError(
            f"{environment.folder} could not be made; the lines above say why. Close programs that use it "
            "and check that you may write there, then start again."
        )


def _install(environment: Environment, program: str, extras: Sequence[str]) -> None:
    """Install the project, editable, in the versions of requirements.lock."""
    say(f"Installing Deblur ({', '.join(extras)}). The first time, some 700 MB are downloaded.")
    # The lock holds for the build tool too.
    command = [program, "pip", "install", "--python", environment.python, "--constraints", "requirements.lock"]
    command += [
        "--build-constraints",
        "requirements.lock",
        "--compile-bytecode",
        "--editable",
        f".[{','.join(extras)}]",
    ]
    if run(command, cwd=environment.root, extra=_settings_of_pip()) != 0:
        raise SetupError(
            "Installing failed; uv's own words are above. Check the network and the disk, then start again: what is "
            "already downloaded is kept."
        )


def _settings_of_pip() -> dict[str, str]:
    """Return the settings of pip's that uv does not read by itself: its index and the system's certificates."""
    settings = {"UV_SYSTEM_CERTS": "1"}
    index = output_of([sys.executable, "-m", "pip", "config", "get", "global.index-url"]) or ""
    index = os.environ.get("PIP_INDEX_URL") or index.strip()
    if index and not {"UV_INDEX_URL", "UV_DEFAULT_INDEX"} & set(os.environ):
        settings["UV_DEFAULT_INDEX"] = index
    return settings


@contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Hold a lock, which goes when the process dies: two set-ups at once would ruin the environment."""
    user = os.getuid() if hasattr(os, "getuid") else os.environ.get("USERNAME", "")
    name = hashlib.sha256(os.fsencode(f"{user}:{root}")).hexdigest()[:16]
    path = Path(tempfile.gettempdir()) / f"deblur-setup-{name}.lock"
    with path.open("a") as file:
        if not _try_lock(file.fileno()):
            say("Another set-up of this folder is running: waiting for it.")
            while not _try_lock(file.fileno()):
                time.sleep(0.2)
        yield


def _try_lock(descriptor: int) -> bool:
    """Take the lock of an open file if nobody holds it."""
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            import fcntl

            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True
