"""The files of the desktop on Linux, as both the .deb and the AppImage have them: a tree below `usr`."""

from __future__ import annotations

import gzip
import shutil
from datetime import UTC, datetime
from pathlib import Path

import desktop_entries
import make_icons

from deblur_app import __version__
from installers import paths

LINUX = paths.ROOT / "packaging" / "linux"
SIZES = (16, 22, 24, 32, 48, 64, 128, 256, 512)
"""Pixels of the icons, as the theme hicolor has them."""
PROGRAMS = ("deblur", "deblur-gui", "deblur-train")


_PAGES = {
    "deblur": (
        "repair blurred photographs",
        "[PHOTO ...] | COMMAND [OPTION ...]",
        """\
Without arguments, or with photos alone, it opens the window; with a command, such as \\fBrestore\\fR, it works on the
terminal. \\fBdeblur \\-\\-help\\fR lists the commands, \\fBdeblur COMMAND \\-\\-help\\fR the options of one.""",
    ),
    "deblur-gui": (
        "open the window of Deblur",
        "[\\-\\-new\\-window] [PHOTO ...]",
        "It opens the photos in the window that is there, or in a new one with \\fB\\-\\-new\\-window\\fR.",
    ),
    "deblur-train": (
        "train networks for Deblur",
        "COMMAND [OPTION ...]",
        """\
\\fBdeblur\\-train \\-\\-help\\fR lists the commands, \\fBdeblur\\-train COMMAND \\-\\-help\\fR the options of one.""",
    ),
}
"""What each program is for, its arguments, and where the rest is told."""


def write_tree(usr: Path, program: str = "/usr/bin/deblur-gui") -> None:
    """Write entry, icons, MIME types, metainfo and manual pages below the folder `usr`.

    Args:
        usr: Where they go; it need not exist.
        program: What the desktop entry starts.
    """
    share = usr / "share"
    name = desktop_entries.BUNDLE
    _write(share / "applications" / f"{name}.desktop", desktop_entries.program_entry(Path(program)))
    shutil.copyfile(LINUX / f"{name}.mime.xml", _place(share / "mime" / "packages" / f"{name}.xml"))
    _write(share / "metainfo" / f"{name}.metainfo.xml", metainfo())
    icons = share / "icons" / "hicolor"
    for folder, icon, text in (
        ("apps", name, make_icons.svg()),
        ("mimetypes", "application-x-deblur-model", make_icons.model_svg()),
    ):
        _write(icons / "scalable" / folder / f"{icon}.svg", text)
        for size in SIZES:
            target = _place(icons / f"{size}x{size}" / folder / f"{icon}.png")
            make_icons.render(text, size).save(target, optimize=True)
    for page in PROGRAMS:
        text = manual_page(page).encode()
        _place(share / "man" / "man1" / f"{page}.1.gz").write_bytes(gzip.compress(text, 9, mtime=0))


def metainfo() -> str:
    """Return the AppStream metadata with version and date of this build."""
    text = (LINUX / f"{desktop_entries.BUNDLE}.metainfo.xml").read_text(encoding="utf-8")
    date = datetime.fromtimestamp(paths.source_date(), UTC).date().isoformat()
    return text.replace("@VERSION@", __version__).replace("@DATE@", date)


def manual_page(program: str) -> str:
    """Return the manual page of a program: what it is for, and where the rest is told."""
    what, usage, more = _PAGES[program]
    title = program.replace("-", "\\-")
    date = datetime.fromtimestamp(paths.source_date(), UTC).date().isoformat()
    return (
        f'.TH {program.upper()} 1 "{date}" "Deblur {__version__}"\n.SH NAME\n{title} \\- {what}\n'
        f".SH SYNOPSIS\n.B {title}\n{usage}\n.SH DESCRIPTION\n{more}\n"
        ".SH SEE ALSO\n.BR deblur (1),\n.BR deblur\\-gui (1),\n.BR deblur\\-train (1)\n"
    )


def _place(path: Path) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    return path


def _write(path: Path, text: str) -> None:
    _place(path).write_text(text, encoding="utf-8")
