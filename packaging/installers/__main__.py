"""Builds the installed program and its packages; run by `python3 dev.py package`.

usage: python3 dev.py package [PART...]

Parts, all of them without one: folder (the frozen folder), deb, run, appimage. The packages take the folder that is
there.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from deblur_app import __version__  # noqa: E402 - the path is set above
from dev_steps.console import say  # noqa: E402
from installers import copied, deb, images, libraries, licences, paths, sizes  # noqa: E402

PARTS = ("folder", "deb", "run", "appimage")
_STRIPPED = "libtensorflow_cc.so.2"
"""TensorFlow's library, of which a quarter (205 MB) are symbols for debuggers."""


def main(arguments: list[str]) -> int:
    """Build the parts that are asked for."""
    parts = arguments or (list(PARTS) if sys.platform == "linux" else ["folder"])
    if unknown := set(parts) - set(PARTS):
        say(f"There is no part “{', '.join(sorted(unknown))}”.\n\n{__doc__}")
        return 2
    check_tag()
    if "folder" in parts:
        freeze()
    found = finish_folder() if sys.platform == "linux" else None
    made: list[Path | None] = []
    if found is not None and "deb" in parts:
        made.append(deb.build(found))
    if "run" in parts:
        made.append(images.build_run_file())
    if "appimage" in parts:
        made.append(images.build_appimage())
        if made[-1] is None:
            say(f"No AppImage: the variable {images.RUNTIME} names no runtime, or mksquashfs is not installed.")
    for path in filter(None, made):
        say(f"{path.relative_to(ROOT)}: {path.stat().st_size / 1e6:.0f} MB")
    return 0


def check_tag() -> None:
    """See that a tag of this commit names the version: `deblur_app.__version__` is the one place that has it.

    Raises:
        SystemExit: It names another one.
    """
    command = ["git", "-C", str(ROOT), "tag", "--points-at", "HEAD", "--list", "v[0-9]*"]
    tags = subprocess.run(command, capture_output=True, text=True, check=False).stdout.split()
    if tags and f"v{__version__}" not in tags:
        raise SystemExit(f"The tag {tags[0]} is not that of version {__version__} in deblur_app/__init__.py.")


def freeze() -> None:
    """Make dist/deblur by PyInstaller."""
    licences.write_list(paths.GENERATED)
    if sys.platform == "linux":
        _strip_tensorflow()
    # Alike from build to build: the order of sets, and the times in archives.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(paths.source_date())}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", str(paths.DIST)]
    command += ["--workpath", str(paths.ROOT / "build" / "pyinstaller"), str(ROOT / "packaging" / "deblur.spec")]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    copied.copy_packages(paths.INNER)


def finish_folder() -> libraries.Libraries:
    """Check the libraries of the frozen folder, list those of the system, and say what takes the space.

    Raises:
        SystemExit: A library is missing.
    """
    libraries.remove_unneeded(paths.FOLDER, paths.INNER)
    found = libraries.examine(paths.FOLDER, paths.INNER)
    if found.missing:
        lines = [f"  {name}: {', '.join(files[:3])}" for name, files in sorted(found.missing.items())]
        raise SystemExit("\n".join(["Libraries are missing on this machine, and would be on others:", *lines]))
    licences.write_list(paths.LICENCES, libraries.system_components(found))
    table = sizes.as_table(sizes.measure(paths.INNER))
    (paths.BUILD / "sizes.md").write_text(table + "\n", encoding="utf-8")
    say(table)
    return found


def _strip_tensorflow() -> None:
    import importlib.util

    package = importlib.util.find_spec("tensorflow")
    library = Path(package.origin).with_name(_STRIPPED) if package and package.origin else None
    mark = library.with_suffix(".stripped") if library else None
    if library is None or mark is None or not library.is_file() or mark.exists() or shutil.which("strip") is None:
        return
    new = library.with_suffix(".new")  # the file itself may be a link into uv's cache
    subprocess.run(["strip", "--strip-all", "-o", str(new), str(library)], check=True)
    new.replace(library)
    mark.touch()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
