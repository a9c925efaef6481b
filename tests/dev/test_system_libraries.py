"""Qt's shared libraries: which are missing, and what is done or said about it."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

import pytest

from dev_steps import system_libraries
from dev_steps.console import SetupError

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

pytestmark = pytest.mark.skipif(not sys.platform.startswith("linux"), reason="Qt takes no libraries from others")

LDD = """cat <<'END'
/x/libqxcb.so:
\tlibQt6Pdf.so.6 => not found
\tlibxcb-icccm.so.4 => not found
\tlibxcb.so.1 => /lib/x86_64-linux-gnu/libxcb.so.1 (0x00007f)
/x/libqoffscreen.so:
\tlibxcb-icccm.so.4 => not found
\tlibEGL.so.1 => not found
END"""


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, write_program: Callable[[Path, str], Path]) -> Path:
    """An environment with a library of Qt, on a machine whose `ldd` finds some of its libraries missing."""
    library = tmp_path / "lib/python3.13/site-packages/PySide6/Qt/plugins/platforms/libqoffscreen.so"
    library.parent.mkdir(parents=True)
    library.touch()
    write_program(tmp_path / "bin" / "ldd", LDD)
    monkeypatch.setenv("PATH", f"{tmp_path / 'bin'}:/usr/bin:/bin")
    monkeypatch.delenv("WAYLAND_DISPLAY", raising=False)
    monkeypatch.setenv("DISPLAY", ":0")
    return tmp_path


@pytest.mark.parametrize("has_windows", [True, False])
def test_missing_libraries_stop_the_start_with_the_line(
    place: Path, monkeypatch: pytest.MonkeyPatch, has_windows: bool
) -> None:
    """Without the right to install, what is missing is named once, with the packages for what is drawn."""
    monkeypatch.setattr(system_libraries, "can_install", lambda: False)
    monkeypatch.setattr(system_libraries.shutil, "which", lambda name: f"/usr/bin/{name}")
    with pytest.raises(
        SetupError, match=r"lacks: libEGL\.so\.1, libxcb-icccm\.so\.4\.(.|\n)*sudo apt.* libegl1"
    ) as caught:
        system_libraries.ensure_qt(place, has_windows)
    assert ("libxcb-cursor0" in str(caught.value)) is has_windows


def test_root_on_debian_installs_what_is_missing(
    place: Path, monkeypatch: pytest.MonkeyPatch, write_program: Callable[[Path, str], Path]
) -> None:
    """As root on Debian the packages for this display are installed, and the libraries looked for once more."""
    installed: list[str] = []

    def install(packages: list[str]) -> bool:
        installed.extend(packages)
        write_program(place / "bin" / "ldd", "exit 0")
        return True

    monkeypatch.setattr(system_libraries, "can_install", lambda: True)
    monkeypatch.setattr(system_libraries, "apt_install", install)
    assert system_libraries.has_display()
    system_libraries.ensure_qt(place)
    assert {"libegl1", "libxcb-cursor0"} <= set(installed)
    assert "libwayland-client0" not in installed
