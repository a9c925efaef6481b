"""Downloads for Linux that need no installation: an AppImage, and a folder that unpacks itself."""

from __future__ import annotations

import os
import shutil
import subprocess
from pathlib import Path

import desktop_entries

from deblur_app import __version__
from installers import desktop_tree, paths, payload

LINUX = paths.ROOT / "packaging" / "linux"
RUNTIME = "DEBLUR_APPIMAGE_RUNTIME"
"""The variable that names the static type-2 runtime, which needs no libfuse2 on the user's system."""
_APP_RUN = """\
#!/bin/sh
# The window, or the program that the first argument names: deblur, deblur-gui, deblur-train.
here=$(dirname "$(readlink -f "$0")")
case "${1:-}" in
    deblur|deblur-gui|deblur-train) program=$1; shift ;;
    *) program=deblur-gui ;;
esac
exec "$here/usr/lib/deblur/$program" "$@"
"""


def build_appimage() -> Path | None:
    """Write dist/Deblur-VERSION-x86_64.AppImage, and return it; None where its runtime is not at hand.

    An AppImage is the runtime followed by a squashfs of the folder: appimagetool adds nothing that is needed here.
    """
    runtime = os.environ.get(RUNTIME)
    if not runtime or shutil.which("mksquashfs") is None:
        return None
    tree = _make_tree(paths.BUILD / "AppDir")
    packed = paths.BUILD / "AppDir.squashfs"
    packed.unlink(missing_ok=True)
    time = str(paths.source_date())
    options = ["-root-owned", "-noappend", "-comp", "zstd", "-mkfs-time", time, "-all-time", time]
    environment = {
        name: value for name, value in os.environ.items() if name != "SOURCE_DATE_EPOCH"
    }  # it objects to both
    subprocess.run(["mksquashfs", str(tree), str(packed), *options], check=True, env=environment)
    target = paths.DIST / f"Deblur-{__version__}-{os.uname().machine}.AppImage"
    with target.open("wb") as file:
        for part in (Path(runtime), packed):
            with part.open("rb") as source:
                shutil.copyfileobj(source, file)
    target.chmod(0o755)
    return target


def build_run_file(data: Path) -> Path | None:
    """Write dist/Deblur-VERSION-x86_64.run by makeself, and return it; None where makeself is not installed.

    Args:
        data: The archive of the files, which its script unpacks to where they belong.
    """
    if shutil.which("makeself") is None:
        return None
    folder = paths.BUILD / "run"
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    payload.link(str(data), str(folder / data.name))
    for name in ("install.sh", "uninstall.sh"):
        shutil.copyfile(LINUX / name, folder / name)
        (folder / name).chmod(0o755)
    target = paths.DIST / f"Deblur-{__version__}-{os.uname().machine}.run"
    # Files by name, with one owner and one time, so that builds are alike.
    tar = f"--sort=name --owner=0 --group=0 --numeric-owner --mtime=@{paths.source_date()}"
    command = ["makeself", "--nocomp", "--nox11", "--tar-extra", tar, "--packaging-date", str(paths.source_date())]
    subprocess.run([*command, str(folder), str(target), f"Deblur {__version__}", "./install.sh"], check=True)
    return target


def _make_tree(tree: Path) -> Path:
    """Return a folder with the program and the files of the desktop, as AppImages have them."""
    shutil.rmtree(tree, ignore_errors=True)
    (tree / "usr" / "lib").mkdir(parents=True)
    shutil.copytree(paths.FOLDER, tree / "usr" / "lib" / "deblur", symlinks=True, copy_function=payload.link)
    desktop_tree.write_tree(tree / "usr", program="deblur-gui")
    name = desktop_entries.BUNDLE
    share = tree / "usr" / "share"
    shutil.copyfile(share / "applications" / f"{name}.desktop", tree / f"{name}.desktop")
    shutil.copyfile(share / "icons/hicolor/256x256/apps" / f"{name}.png", tree / f"{name}.png")
    (tree / ".DirIcon").symlink_to(f"{name}.png")
    (tree / "AppRun").write_text(_APP_RUN, encoding="utf-8")
    (tree / "AppRun").chmod(0o755)
    return tree
