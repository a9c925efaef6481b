"""The table of what takes the space in the frozen folder."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

_SHOWN = 18


def measure(folder: Path) -> Counter[str]:
    """Return the bytes of each part of the inner folder; numpy.libs and such belong to their package."""
    sizes: Counter[str] = Counter()
    for path in folder.rglob("*"):
        if path.is_file() and not path.is_symlink():
            parts = path.relative_to(folder).parts
            name = parts[0] if len(parts) > 1 else ("libraries of the system" if ".so" in parts[0] else parts[0])
            sizes[name.removesuffix(".libs").replace("opencv_python_headless", "cv2")] += path.stat().st_size
    return sizes


def as_table(sizes: Counter[str]) -> str:
    """Return the sizes as a table of Markdown, the largest first."""
    rows = sizes.most_common(_SHOWN)
    rest = sum(sizes.values()) - sum(size for _, size in rows)
    lines = [f"| {name} | {size / 1e6:.0f} |" for name, size in [*rows, ("all others", rest)]]
    total = f"| **all** | **{sum(sizes.values()) / 1e6:.0f}** |"
    return "\n".join(["| part | MB |", "|---|---|", *lines, total])
