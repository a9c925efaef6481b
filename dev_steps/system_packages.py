"""Debian's packages: installed when we may, else the exact line that installs them."""

from __future__ import annotations

import os
import shutil
from typing import TYPE_CHECKING

from dev_steps.console import run, say

if TYPE_CHECKING:
    from collections.abc import Sequence


def is_debian() -> bool:
    """Return whether this system takes its packages from apt (Debian, Ubuntu and their kin)."""
    return shutil.which("apt-get") is not None


def is_root() -> bool:
    """Return whether we may install packages without asking for a password."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def apt_line(packages: Sequence[str]) -> str:
    """Return the line to copy into a terminal."""
    return "sudo apt-get update && sudo apt-get install -y --no-install-recommends " + " ".join(packages)


def apt_install(packages: Sequence[str]) -> bool:
    """Install Debian packages as root; return whether apt-get succeeded."""
    say(f"Installing system packages: {' '.join(packages)}")
    quiet = {"DEBIAN_FRONTEND": "noninteractive"}
    # Another apt-get may be at work: wait for it rather than fail.
    apt = ["apt-get", "-q", "-o", "DPkg::Lock::Timeout=120"]
    run([*apt, "update"], extra=quiet)  # without a network the old lists may still do
    return run([*apt, "install", "-y", "--no-install-recommends", *packages], extra=quiet) == 0
