"""The virtual environment in `.venv`: made, filled, repaired, and left alone when nothing has changed."""

from __future__ import annotations

import csv
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

from dev_steps import interpreters
from dev_steps.console import SetupError, output_of, run, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

STAMP = "deblur-setup.json"
# What the whole of it takes on the disk, with room for pip to unpack.
DISK_BYTES = 5_000_000_000


class Environment:
    """The virtual environment of one copy of the project.

    Attributes:
        root: The project's folder.
        address: The same as text, for the stamp.
        folder: Where the environment lies.
        python: Its interpreter.
    """

    def __init__(self, root: Path) -> None:
        self.root = root.resolve()
        self.folder = self.root / ".venv"
        # The same text whatever the locale, or a start in another one would take the folder for moved.
        self.address = os.fsencode(self.root).decode("utf-8", errors="replace")
        windows = sys.platform == "win32"
        self.python = self.folder / ("Scripts/python.exe" if windows else "bin/python")

    def stamp(self) -> dict[str, object]:
        """What the last set-up wrote about itself; empty if there was none or it cannot be read."""
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
        """An entry of the stamp that lists names: `extras` or `qt`."""
        listed = self.stamp().get(entry)
        return {str(name) for name in listed} if isinstance(listed, list) else set()

    def inputs(self) -> str:
        """A hash of the files that decide what is installed."""
        files = (self.root / name for name in ("pyproject.toml", "requirements.lock"))
        return hashlib.sha256(b"\0".join(file.read_bytes() for file in files)).hexdigest()

    def minor(self) -> str | None:
        """The version of the environment's Python, by running it; None if it does not run."""
        if not self.python.exists():  # also so for a link to a Python that was removed
            return None
        said = output_of([self.python, "-I", "-S", "-c", "import sys; print('%d.%d' % sys.version_info[:2])"])
        return said.strip() if said else None

    def is_ready(self, extras: Iterable[str]) -> bool:
        """Whether everything is installed as the project's files now ask for it."""
        stamp = self.stamp()
        return (
            stamp.get("complete") is True
            and stamp.get("root") == self.address
            and stamp.get("inputs") == self.inputs()
            and set(extras) <= self.names("extras")
            and self.minor() == stamp.get("python")
        )

    def site_packages(self) -> Path:
        """Where its packages lie."""
        if sys.platform == "win32":
            return self.folder / "Lib" / "site-packages"
        return self.folder / "lib" / f"python{self.minor()}" / "site-packages"

    def fault(self) -> str:
        """Why the environment cannot be filled but must be made anew; empty if it is sound."""
        minor = self.minor()
        if minor is None:
            return "its Python does not run"
        if minor not in interpreters.PREFERRED:
            return f"it was made with Python {minor}"
        if self.stamp().get("root", self.address) != self.address:
            return "it was made in another folder"
        pips = list(self.site_packages().glob("pip-*.dist-info"))
        if len(pips) != 1 or not is_whole(pips[0]):
            return "its pip is not whole"
        return ""


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
        if environment.is_ready(extras):  # the one we waited for did it
            return
        wanted = sorted(environment.names("extras") | set(extras))
        if environment.fault():
            _make(environment)
        # Said before anything is touched: whatever interrupts us, the next start sees that it has to finish.
        environment.write_stamp(complete=False, root=environment.address, extras=wanted, qt=[])
        drop_broken(environment.site_packages())
        _install(environment, wanted)
        environment.write_stamp(complete=True, inputs=environment.inputs(), python=environment.minor())
        say("Everything is installed.")


def _make(environment: Environment) -> None:
    """Create the environment, in place of a broken one if there is one."""
    if environment.folder.exists():
        say(f"Making the environment in .venv anew: {environment.fault()}.")
    free = shutil.disk_usage(environment.root).free
    if free < DISK_BYTES:
        raise SetupError(
            f"Deblur needs {DISK_BYTES / 1e9:.0f} GB on this disk to install, and {free / 1e9:.1f} GB are "
            "free: make room, then start again."
        )
    interpreter = interpreters.find()
    say(f"Setting up with Python {'.'.join(map(str, interpreter.version))} ({interpreter.executable}).")
    # --clear empties the folder rather than replacing it: it may be a link to a larger disk.
    if run([interpreter.executable, "-m", "venv", "--clear", environment.folder]) != 0:
        raise SetupError(
            f"{environment.folder} could not be made; the lines above say why. Close programs that use it "
            "and check that you may write there, then start again."
        )


def _install(environment: Environment, extras: Sequence[str]) -> None:
    """Install the project, editable, in the versions of requirements.lock."""
    say(f"Installing Deblur ({', '.join(extras)}). The first time, some 700 MB are downloaded.")
    pip: list[str | Path] = [environment.python, "-m", "pip", "install", "--disable-pip-version-check"]
    pip += ["-c", "requirements.lock"]
    # Without build isolation the lock holds for the build tool too, and nothing is fetched a second time.
    for what in (["setuptools"], ["--no-build-isolation", "-e", f".[{','.join(extras)}]"]):
        if run([*pip, *what], cwd=environment.root) != 0:
            raise SetupError(
                "Installing failed; pip's own words are above. Check the network and the disk, then start "
                "again: what is already there is kept."
            )


def is_whole(dist_info: Path) -> bool:
    """Whether an installed package has all the files that its RECORD lists, in full size."""
    try:
        rows = list(csv.reader((dist_info / "RECORD").read_text(encoding="utf-8").split("\n")))
        for name, _, size in filter(None, rows):
            # Compiled files and RECORD itself carry no size: Python writes the former again by itself.
            if size and (dist_info.parent / name).stat().st_size != int(size):
                return False
    except (OSError, ValueError):
        return False
    return True


def drop_broken(site_packages: Path) -> list[str]:
    """Make pip forget the packages that a killed pip left half installed, so that it installs them again.

    Returns:
        Their names.
    """
    broken = [info for info in sorted(site_packages.glob("*.dist-info")) if not is_whole(info)]
    for info in broken:
        say(f"Repairing {info.name.split('-')[0]}, whose installation was interrupted.")
        shutil.rmtree(info)
    for leftover in site_packages.glob("~*"):  # what pip had moved out of the way to replace it
        shutil.rmtree(leftover, ignore_errors=True)
    return [info.name.split("-")[0] for info in broken]


@contextmanager
def one_at_a_time(root: Path) -> Iterator[None]:
    """Hold a lock, which goes when the process dies: two pips at once would ruin the environment."""
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
