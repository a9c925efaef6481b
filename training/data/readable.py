"""Search for pictures that cannot be read, all at once, before hours of training are spent on the others."""

from __future__ import annotations

import os
from collections import deque
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from concurrent.futures import Future
    from pathlib import Path

_MOST_THREADS = 4
"""Pictures that are decoded at once: each may take 300 MB, and the decoders use several cores themselves."""

_SHOWN = 20
"""Names in the sentence; more than that nobody reads."""


@dataclass(frozen=True)
class Unreadable:
    """A picture that cannot be read.

    Attributes:
        path: The file.
        reason: Why, as a sentence.
    """

    path: Path
    reason: str

    @property
    def name(self) -> str:
        """The file's name with its folder, because the two pictures of a pair often have one name."""
        return name_with_folder(self.path)


def name_with_folder(path: Path) -> str:
    """Return a file's name behind that of its folder, such as “sharp/12.png”."""
    return f"“{path.parent.name}/{path.name}”" if path.parent.name else f"“{path.name}”"


def find_unreadable(paths: Sequence[Path], read: Callable[[Path], Any] = image_io.read) -> Task[list[Unreadable]]:
    """Decode every picture, and return those that cannot be, in order.

    Args:
        paths: The files; one that is named twice is read once.
        read: Reads one, and raises `DeblurError` where it cannot.
    """
    waiting: deque[tuple[Path, Future[Unreadable | None]]] = deque()
    unreadable: list[Unreadable | None] = []
    files = list(dict.fromkeys(paths))
    with ThreadPoolExecutor(min(_MOST_THREADS, os.cpu_count() or 1)) as threads:
        try:
            for number, path in enumerate(files):
                yield Progress(number / len(files), tr("Checking {name}", name=path.name))
                waiting.append((path, threads.submit(_problem_of, path, read)))
                if len(waiting) > _MOST_THREADS:
                    unreadable.append(waiting.popleft()[1].result())
            while waiting:
                yield Progress(1.0, tr("Checking {name}", name=waiting[0][0].name))
                unreadable.append(waiting.popleft()[1].result())
        finally:
            for _, future in waiting:
                future.cancel()
    return [each for each in unreadable if each is not None]


def refuse(unreadable: Sequence[Unreadable]) -> None:
    """Raise an error that names all unreadable pictures.

    Raises:
        DeblurError: There is one or more.
    """
    if unreadable:
        raise DeblurError(sentence(unreadable))


def sentence(unreadable: Sequence[Unreadable]) -> str:
    """Return a sentence that names all pictures with their folders, and says why the first cannot be read."""
    count, first = len(unreadable), unreadable[0]
    if count == 1:
        return tr(
            "{name} cannot be used: {reason} Replace it, or take it and its counterpart out.",
            name=first.name,
            reason=first.reason,
        )
    names = ", ".join(each.name for each in unreadable[:_SHOWN])
    if count > _SHOWN:
        names = tr("{names} and {count} more", names=names, count=count - _SHOWN)
    return tr(
        "{count} pictures cannot be used: {names}. Of the first: {reason} Replace them, or take them and "
        "their counterparts out.",
        count=count,
        names=names,
        reason=first.reason,
    )


def _problem_of(path: Path, read: Callable[[Path], Any]) -> Unreadable | None:
    try:
        read(path)
    except DeblurError as error:
        return Unreadable(path, str(error))
    return None
