"""The package for Debian and Ubuntu."""

from __future__ import annotations

import gzip
import hashlib
import os
import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from deblur_app import __version__
from installers import desktop_tree, paths
from installers.libraries import package_of

if TYPE_CHECKING:
    from pathlib import Path

    from installers.libraries import Libraries

MAINTAINER = "The Deblur authors <deblur@deblur.org>"
_HOME = "usr/lib/deblur"
_EXECUTABLE, _PLAIN = 0o755, 0o644
_COMPRESSION = ("-Zxz", "-z6")
_QUICK_COMPRESSION = ("-Zzstd", "-z3")


def build(libraries: Libraries) -> Path:
    """Write dist/deblur_VERSION_amd64.deb from the frozen folder, and return it."""
    tree = paths.BUILD / "deb"
    shutil.rmtree(tree, ignore_errors=True)
    home = tree / _HOME
    home.parent.mkdir(parents=True)
    shutil.copytree(paths.FOLDER, home, symlinks=True, copy_function=_link)
    for program in desktop_tree.PROGRAMS:
        link = tree / "usr" / "bin" / program
        link.parent.mkdir(exist_ok=True)
        link.symlink_to(f"../lib/deblur/{program}")
    desktop_tree.write_tree(tree / "usr")
    _write_documents(tree / "usr" / "share")
    _set_modes(tree)
    _write_control(tree, libraries)
    target = paths.DIST / f"deblur_{debian_version()}_{architecture()}.deb"
    target.unlink(missing_ok=True)
    environment = {**os.environ, "SOURCE_DATE_EPOCH": str(paths.source_date())}
    compression = _QUICK_COMPRESSION if os.environ.get(paths.QUICK) else _COMPRESSION
    command = ["dpkg-deb", "--root-owner-group", *compression, "--build", str(tree), str(target)]
    subprocess.run(command, check=True, env=environment)
    return target


def debian_version() -> str:
    """Return the version as Debian sorts it: a release candidate comes before its release."""
    version = __version__
    for mark in ("a", "b", "rc", ".dev"):
        version = version.replace(mark, f"~{mark.strip('.')}", 1)
    return version


def architecture() -> str:
    """Return Debian's name of this machine's architecture."""
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def depends(libraries: Libraries) -> str:
    """Return the packages that the programs need: those of the libraries that they load from the system."""
    names = {package_of(path.name)[0] for path in libraries.outside} - {""}
    names.discard("libc6")
    major, minor = libraries.glibc
    return ", ".join([f"libc6 (>= {major}.{minor})", *sorted(names)])


def _write_control(tree: Path, libraries: Libraries) -> None:
    installed = (
        sum(path.lstat().st_size for path in tree.rglob("*") if path.is_file() and not path.is_symlink()) // 1024
    )
    control = f"""\
Package: deblur
Version: {debian_version()}
Architecture: {architecture()}
Maintainer: {MAINTAINER}
Installed-Size: {installed}
Depends: {depends(libraries)}
Recommends: xdg-desktop-portal
Section: graphics
Priority: optional
Homepage: https://deblur.org/
Description: repair blurred photographs
 Deblur estimates what blurred a photo (the camera moved, the focus was off,
 warm air) and removes that blur as far as it can. It has a window, commands
 for the terminal, and trains networks on photographs of your own.
 .
 It brings its own Python and libraries.
"""
    folder = tree / "DEBIAN"
    folder.mkdir()
    (folder / "control").write_text(control, encoding="utf-8")
    sums = []
    for path in sorted(tree.rglob("*")):
        if path.is_file() and not path.is_symlink() and folder not in path.parents:
            with path.open("rb") as file:
                sums.append(f"{hashlib.file_digest(file, 'md5').hexdigest()}  {path.relative_to(tree)}\n")
    (folder / "md5sums").write_text("".join(sums), encoding="utf-8")
    for path in (folder, *folder.iterdir()):
        path.chmod(_EXECUTABLE if path.is_dir() else _PLAIN)


def _write_documents(share: Path) -> None:
    folder = share / "doc" / "deblur"
    folder.mkdir(parents=True)
    licence = (paths.ROOT / "LICENSE").read_text(encoding="utf-8").strip()
    text = (
        "Deblur itself:\n\n" + licence + "\n\nThe libraries that it brings have licences of their own, which\n"
        "/usr/lib/deblur/_internal/resources/licences lists (components.json, the texts beside it;\n"
        "sbom.cdx.json in the form of CycloneDX). Passed on as a whole, the package stands under the\n"
        "GPL version 3, the text of which is in /usr/share/common-licenses/GPL-3.\n"
    )
    (folder / "copyright").write_text(text, encoding="utf-8")
    when = format_datetime(datetime.fromtimestamp(paths.source_date(), UTC))
    changes = (
        f"deblur ({debian_version()}) stable; urgency=medium\n\n  * See CHANGELOG.md.\n\n -- {MAINTAINER}  {when}\n"
    )
    (folder / "changelog.gz").write_bytes(gzip.compress(changes.encode(), 9, mtime=0))
    overrides = share / "lintian" / "overrides" / "deblur"
    overrides.parent.mkdir(parents=True)
    shutil.copyfile(desktop_tree.LINUX / "lintian-overrides", overrides)


def _set_modes(tree: Path) -> None:
    """Let programs alone be executable, and everything be readable."""
    programs = {tree / _HOME / name for name in desktop_tree.PROGRAMS}
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(_EXECUTABLE if path.is_dir() or path in programs else _PLAIN)


def _link(source: str, target: str) -> None:
    """Take a file into the tree without copying its content, where the disk allows that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)
