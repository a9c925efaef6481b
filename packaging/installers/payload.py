"""The files that packages of Linux install, and their archive, which the .deb and the .run share."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
from datetime import UTC, datetime
from email.utils import format_datetime
from typing import TYPE_CHECKING

from deblur_app import __version__
from installers import desktop_tree, paths
from installers.libraries import is_elf

if TYPE_CHECKING:
    from pathlib import Path

MAINTAINER = "The Deblur authors <deblur@deblur.org>"
HOME = "usr/lib/deblur"
EXECUTABLE, PLAIN = 0o755, 0o644
# The filter turns addresses of calls into what compresses better. The dictionary holds libraries that several wheels
# bring (OpenBLAS thrice, libaom thrice) at once; unpacking needs as much memory. The number of threads is fixed:
# with one alone, files come out otherwise.
_XZ = ("xz", "--threads=2", "--x86", "--lzma2=preset=6,dict=64MiB", "--check=crc64", "--stdout")
_TAR = ("tar", "--format=gnu", "--owner=0", "--group=0", "--numeric-owner")
_QUICK = ("zstd", "-3", "-T2", "-q", "--stdout")


def make_tree() -> Path:
    """Return the folder of all that is installed, from the frozen folder; its files are links where the disk allows."""
    tree = paths.BUILD / "tree"
    shutil.rmtree(tree, ignore_errors=True)
    home = tree / HOME
    home.parent.mkdir(parents=True)
    shutil.copytree(paths.FOLDER, home, symlinks=True, copy_function=link)
    for program in desktop_tree.PROGRAMS:
        target = tree / "usr" / "bin" / program
        target.parent.mkdir(exist_ok=True)
        target.symlink_to(f"../lib/deblur/{program}")
    desktop_tree.write_tree(tree / "usr")
    _write_documents(tree / "usr" / "share")
    programs = {home / name for name in desktop_tree.PROGRAMS}
    for path in tree.rglob("*"):
        if not path.is_symlink():
            path.chmod(EXECUTABLE if path.is_dir() or path in programs else PLAIN)
    return tree


def pack(tree: Path) -> Path:
    """Return the archive of the tree, data.tar.xz: the same tree gives the same bytes."""
    is_quick = bool(os.environ.get(paths.QUICK))
    target = paths.BUILD / ("data.tar.zst" if is_quick else "data.tar.xz")
    names = sorted((_order(path), f"./{path.relative_to(tree)}") for path in tree.rglob("*"))
    archive = [*_TAR, f"--mtime=@{paths.source_date()}", "-C", str(tree), "--no-recursion", "--null", "--files-from=-"]
    packer = _QUICK if is_quick else _XZ
    listing = "\0".join([".", *(name for _, name in names)])
    with target.open("wb") as file, subprocess.Popen(packer, stdin=subprocess.PIPE, stdout=file) as process:
        subprocess.run([*archive, "-c"], input=listing.encode(), stdout=process.stdin, check=True)
        process.communicate()
    if process.returncode != 0:
        raise SystemExit(f"{packer[0]} could not pack the files: it ended with {process.returncode}.")
    return target


def _order(path: Path) -> tuple[int, str, str]:
    """Return what sorts files so that those with much in common are near each other; folders come first."""
    if path.is_dir() and not path.is_symlink():
        return 0, str(path), ""
    if path.is_symlink() or not is_elf(path):
        return 1, path.suffix, str(path)
    return 2, "" if "openblas" in path.name else path.name, str(path)


def debian_version() -> str:
    """Return the version as Debian sorts it: a release candidate comes before its release."""
    version = __version__
    for mark in ("a", "b", "rc", ".dev"):
        version = version.replace(mark, f"~{mark.strip('.')}", 1)
    return version


def link(source: str, target: str) -> None:
    """Take a file into a tree without copying its content, where the disk allows that."""
    try:
        os.link(source, target)
    except OSError:
        shutil.copy2(source, target)


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
