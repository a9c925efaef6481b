"""What the processor can do, asked of the system."""

from __future__ import annotations

import ctypes
import functools
import platform
import sys
from pathlib import Path

_X86 = {"x86_64", "amd64", "i386", "i686"}
_CPU_FACTS = Path("/proc/cpuinfo")
_WINDOWS_AVX = 39
"""PF_AVX_INSTRUCTIONS_AVAILABLE."""


@functools.cache
def has_avx(facts: Path = _CPU_FACTS) -> bool:
    """Return whether an Intel or AMD processor has AVX; True on others, which never need it, and where nobody knows.

    Args:
        facts: The file in which Linux describes the processor.
    """
    if platform.machine().lower() not in _X86:
        return True
    if sys.platform == "win32":
        return bool(ctypes.windll.kernel32.IsProcessorFeaturePresent(_WINDOWS_AVX))
    if sys.platform != "linux":
        return True  # every Intel Mac that runs a supported macOS has it
    try:
        lines = facts.read_text(encoding="ascii", errors="replace").splitlines()
    except OSError:
        return True
    flags = next((line.partition(":")[2].split() for line in lines if line.startswith("flags")), None)
    return flags is None or "avx" in flags
