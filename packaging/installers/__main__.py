"""Builds the installed program and its packages; run by `python3 dev.py package`.

usage: python3 dev.py package [PART...]

Parts, all of them without one: folder (the frozen folder), deb, run, appimage. The packages take the folder that is
there.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path[:0] = [str(ROOT), str(ROOT / "packaging")]

from deblur_app import __version__  # noqa: E402 - the path is set above
from dev_steps.console import say  # noqa: E402
from installers import copied, deb, images, libraries, licences, paths, payload, sizes, slimming, stand_ins  # noqa: E402

PARTS = ("folder", "deb", "run", "appimage")


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
    if found is not None and {"deb", "run"} & set(parts):
        tree = payload.make_tree()
        data = payload.pack(tree)
        made.append(deb.build(found, tree, data) if "deb" in parts else None)
        made.append(images.build_run_file(data) if "run" in parts else None)
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
    # Alike from build to build: the order of sets, and the times in archives.
    environment = {**os.environ, "PYTHONHASHSEED": "0", "SOURCE_DATE_EPOCH": str(paths.source_date())}
    command = [sys.executable, "-m", "PyInstaller", "--noconfirm", "--distpath", str(paths.DIST)]
    command += ["--workpath", str(paths.ROOT / "build" / "pyinstaller"), str(ROOT / "packaging" / "deblur.spec")]
    subprocess.run(command, check=True, env=environment, cwd=ROOT)
    if sys.platform == "darwin":
        copied.copy_into_bundle(paths.BUNDLE)
        slimming.compile_sources(paths.BUNDLE / "Contents" / "Resources")
        check_program(paths.BUNDLE / "Contents" / "MacOS" / "deblur")
        return
    copied.copy_packages(paths.INNER)
    if sys.platform == "linux":
        slimming.replace_uncalled(paths.INNER)
        stand_ins.replace_libraries(paths.INNER)
        slimming.remove_unasked(paths.INNER)
        slimming.strip_libraries(paths.INNER)
    slimming.compile_sources(paths.INNER)
    check_program(paths.FOLDER / ("deblur.exe" if sys.platform == "win32" else "deblur"))


def check_program(program: Path) -> None:
    """Have the program import all its modules and try what it uses of its libraries.

    Raises:
        SystemExit: Something is missing.
    """
    done = subprocess.run([str(program), "--check-build"], check=False, stderr=subprocess.PIPE, text=True)
    if done.returncode:
        raise SystemExit(f"The frozen program lacks parts of itself:\n{done.stderr[-4000:]}")


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


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
