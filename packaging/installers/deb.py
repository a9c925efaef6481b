"""The package for Debian and Ubuntu."""

from __future__ import annotations

import gzip
import hashlib
import io
import subprocess
import tarfile
from typing import TYPE_CHECKING

from installers import paths, payload
from installers.libraries import package_of

if TYPE_CHECKING:
    from pathlib import Path

    from installers.libraries import Libraries


def build(libraries: Libraries, tree: Path, data: Path) -> Path:
    """Write dist/deblur_VERSION_amd64.deb, and return it.

    A .deb is an `ar` archive of three members (deb(5)); dpkg-deb would pack them with less compression than there is.

    Args:
        libraries: What the programs load from the system.
        tree: The files that it installs.
        data: Their archive.
    """
    target = paths.DIST / f"deblur_{payload.debian_version()}_{architecture()}.deb"
    control = _control_archive({"control": control_file(tree, libraries), "md5sums": _sums(tree)})
    with target.open("wb") as file:
        file.write(b"!<arch>\n")
        for name, content in (("debian-binary", b"2.0\n"), ("control.tar.gz", control), (data.name, data.read_bytes())):
            file.write(f"{name:<16}{paths.source_date():<12}{0:<6}{0:<6}{'100644':<8}{len(content):<10}`\n".encode())
            file.write(content + b"\n" * (len(content) % 2))
    return target


def architecture() -> str:
    """Return Debian's name of this machine's architecture."""
    return subprocess.run(["dpkg", "--print-architecture"], capture_output=True, text=True, check=True).stdout.strip()


def depends(libraries: Libraries) -> str:
    """Return the packages that the programs need: those of the libraries that they load from the system."""
    names = {package_of(path.name)[0] for path in libraries.outside} - {""}
    names.discard("libc6")
    major, minor = libraries.glibc
    return ", ".join([f"libc6 (>= {major}.{minor})", *sorted(names)])


def control_file(tree: Path, libraries: Libraries) -> str:
    """Return what the package is, needs and says of itself."""
    files = (path for path in tree.rglob("*") if path.is_file() and not path.is_symlink())
    return f"""\
Package: deblur
Version: {payload.debian_version()}
Architecture: {architecture()}
Maintainer: {payload.MAINTAINER}
Installed-Size: {sum(path.lstat().st_size for path in files) // 1024}
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


def _sums(tree: Path) -> str:
    sums = []
    for path in sorted(tree.rglob("*")):
        if path.is_file() and not path.is_symlink():
            with path.open("rb") as file:
                sums.append(f"{hashlib.file_digest(file, 'md5').hexdigest()}  {path.relative_to(tree)}\n")
    return "".join(sums)


def _control_archive(files: dict[str, str]) -> bytes:
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode="w", format=tarfile.GNU_FORMAT) as tar:
        for name in (".", *files):
            entry = tarfile.TarInfo("./" if name == "." else f"./{name}")
            entry.mtime, entry.uname, entry.gname = paths.source_date(), "root", "root"
            entry.type, entry.mode = (tarfile.DIRTYPE, 0o755) if name == "." else (tarfile.REGTYPE, 0o644)
            content = files.get(name, "").encode()
            entry.size = len(content)
            tar.addfile(entry, io.BytesIO(content))
    return gzip.compress(archive.getvalue(), 9, mtime=0)
