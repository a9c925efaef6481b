"""Qt's shared libraries: which are missing, and what is done or said about it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from dev_steps import qt_libraries, system_packages
from dev_steps.console import SetupError

if TYPE_CHECKING:
    from pathlib import Path

linux_only = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="desktop entries are for Linux")


LDD = """\
/x/libqxcb.so:
\tlibQt6Pdf.so.6 => not found
\tlibxcb-icccm.so.4 => not found
\tlibxcb.so.1 => /lib/x86_64-linux-gnu/libxcb.so.1 (0x00007f)
/x/libqoffscreen.so:
\tlibxcb-icccm.so.4 => not found
\tlibEGL.so.1 => not found
"""


def test_missing_libraries_are_read_from_ldd() -> None:
    """Each missing library is named once, without those that Qt itself would bring."""
    assert qt_libraries.read_missing(LDD) == ["libEGL.so.1", "libxcb-icccm.so.4"]


@pytest.mark.parametrize(
    ("environ", "ways", "shown"),
    [
        ({}, {"offscreen"}, False),
        ({"DISPLAY": ":0"}, {"offscreen", "xcb"}, True),
        ({"WAYLAND_DISPLAY": "wayland-0"}, {"offscreen", "wayland"}, True),
        ({"DISPLAY": ""}, {"offscreen"}, False),
    ],
)
def test_libraries_follow_the_display(environ: dict[str, str], ways: set[str], shown: bool) -> None:
    """Only a machine that shows windows needs the libraries for windows."""
    assert qt_libraries.find_needed_platforms(environ) == ways
    assert qt_libraries.has_display(environ, "linux") is shown
    assert qt_libraries.has_display(environ, "darwin")


@linux_only
def test_missing_libraries_stop_the_start_with_the_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without the right to install, a missing library ends in the line that brings it."""
    monkeypatch.setattr(qt_libraries, "missing", lambda *_: ["libEGL.so.1"])
    monkeypatch.setattr(system_packages, "is_debian", lambda: True)
    monkeypatch.setattr(system_packages, "is_root", lambda: False)
    with pytest.raises(SetupError, match=r"libEGL\.so\.1(.|\n)*sudo apt-get update && sudo apt-get install .*libegl1"):
        qt_libraries.ensure(tmp_path, {"offscreen"})
    monkeypatch.setattr(system_packages, "is_debian", lambda: False)
    with pytest.raises(SetupError, match=r"libEGL\.so\.1(.|\n)*your distribution"):
        qt_libraries.ensure(tmp_path, {"offscreen"})


@linux_only
def test_root_on_debian_installs_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """As root on Debian the packages are installed, and the libraries looked for once more."""
    answers = [["libEGL.so.1", "libGL.so.1"], []]
    installed: list[list[str]] = []
    monkeypatch.setattr(qt_libraries, "missing", lambda *_: answers.pop(0))
    monkeypatch.setattr(system_packages, "is_debian", lambda: True)
    monkeypatch.setattr(system_packages, "is_root", lambda: True)
    monkeypatch.setattr(system_packages, "apt_install", lambda names: installed.append(names) is None)
    qt_libraries.ensure(tmp_path, {"offscreen"})
    assert installed == [list(qt_libraries.PACKAGES["offscreen"])]
    assert answers == []
