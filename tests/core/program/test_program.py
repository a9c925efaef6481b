"""What the program knows of the machine and of itself."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from deblur_app.core.program.frozen import is_frozen, program_beside
from deblur_app.core.program.plain_message import show_plain
from deblur_app.core.program.processor import has_avx

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc/cpuinfo")
@pytest.mark.parametrize(("line", "expected"), [("flags\t: fpu avx avx2", True), ("flags\t: fpu sse2", False)])
def test_avx_is_read_from_the_flags(line: str, expected: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On Intel and AMD; other processors never need it."""
    (tmp_path / "cpuinfo").write_text(f"processor\t: 0\n{line}\n")
    monkeypatch.setattr("platform.machine", lambda: "x86_64")
    assert has_avx.__wrapped__(tmp_path / "cpuinfo") is expected
    monkeypatch.setattr("platform.machine", lambda: "aarch64")
    assert has_avx.__wrapped__(tmp_path / "cpuinfo")


def test_other_programs_of_the_installed_folder_lie_beside_this_one(monkeypatch: pytest.MonkeyPatch) -> None:
    """From source there are none."""
    assert not is_frozen()
    monkeypatch.setattr(sys, "executable", "/opt/deblur/deblur-gui")
    monkeypatch.setattr(sys, "platform", "linux")
    assert str(program_beside("deblur-train")) == "/opt/deblur/deblur-train"


@pytest.mark.skipif(sys.platform != "linux", reason="programs of Linux desktops")
def test_a_message_without_qt_is_shown_by_the_desktop(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """The text reaches the program as it is; without any such program the answer is no."""
    monkeypatch.setenv("PATH", str(tmp_path))
    assert not show_plain("The window needs libxcb.")
    zenity = tmp_path / "zenity"
    zenity.write_text(f'#!/bin/sh\nprintf "%s" "$*" > "{tmp_path}/shown"\n')
    zenity.chmod(0o755)
    assert show_plain("The window needs <libxcb> & 100 %.")
    assert "The window needs <libxcb> & 100 %." in (tmp_path / "shown").read_text()
