"""Opening pictures, as tasks: one, a pair, or several of which some cannot be opened."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.errors import DeblurError
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr
from deblur_app.engine import tasks
from deblur_app.gui.session.opening import pairing
from deblur_app.gui.session.steps import open_picture, show

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from deblur_app.core.picture import Picture
    from deblur_app.gui.session.display import DisplayImage

MOST_TRIED = 20
"""Files that are tried when they are dropped together; the others are when one goes to them."""

_MOST_TOLD = 8
"""The most files whose problems one message lists."""


@dataclass(frozen=True, eq=False)
class Opened:
    """The outcome of opening several files together.

    Attributes:
        display_image: The first that can be opened.
        truth: Its ground truth, where two are a pair.
        problems: The sentences for those before it that cannot be opened, by their path.
    """

    display_image: DisplayImage
    truth: DisplayImage | None
    problems: dict[Path, str]


def open_pair(path: Path, truth: Path) -> Task[tuple[DisplayImage, DisplayImage]]:
    """Open a picture and its ground truth; for errors see `tasks.open_picture`."""
    first = yield from subtask(open_picture(path), 0.0, 0.5)
    second = yield from subtask(open_picture(truth), 0.5, 1.0)
    return first, second


def open_first(paths: Sequence[Path], *, is_pair: bool = False, may_pair: bool = False) -> Task[Opened]:
    """Open the first of several files that can be opened, with its ground truth where two make a pair.

    Args:
        paths: The files.
        is_pair: Whether the second is the ground truth of the first.
        may_pair: Whether the content of two decides that.

    Raises:
        DeblurError: None can be opened; the text says why, for each.
    """
    problems: dict[Path, str] = {}
    pictures: list[Picture] = []
    most_pictures = 2 if is_pair or may_pair else 1
    for number, path in enumerate(paths):
        try:
            share = 0.8 * number / len(paths), 0.8 * (number + 1) / len(paths)
            pictures.append((yield from subtask(tasks.open_picture(path), *share)))
        except DeblurError as error:
            problems[path] = str(error)
        if len(pictures) == most_pictures:
            break
    if not pictures:
        raise DeblurError(message(list(problems.values()), len(paths)))
    pair = _pair(pictures, is_pair=is_pair)
    first, truth = pair or (pictures[0], None)
    display_image = yield from subtask(show(first), 0.8, 0.9)
    return Opened(display_image, (yield from subtask(show(truth), 0.9, 1.0)) if truth else None, problems)


def _pair(pictures: list[Picture], *, is_pair: bool) -> tuple[Picture, Picture] | None:
    if len(pictures) < 2:
        return None
    return (pictures[0], pictures[1]) if is_pair else pairing.order_by_content(*pictures)


def try_all(paths: Sequence[Path]) -> Task[dict[Path, str]]:
    """Return why files cannot be opened, by their path; nothing of those that can."""
    problems: dict[Path, str] = {}
    for number, path in enumerate(paths):
        yield Progress(number / len(paths), tr("Looking at {name}", name=path.name))
        try:
            yield from subtask(tasks.open_picture(path), number / len(paths), (number + 1) / len(paths))
        except DeblurError as error:
            problems[path] = str(error)
    return problems


def message(problems: Sequence[str], count: int) -> str:
    """Return one message for all files, of `count`, that could not be opened."""
    if len(problems) == 1:
        return problems[0]
    lines = [f"• {problem}" for problem in problems[:_MOST_TOLD]]
    if more := len(problems) - len(lines):
        lines.append(tr("… and {more} more.", more=more))
    head = (
        tr("None of these could be opened:")
        if len(problems) == count
        else tr("{count} could not be opened:", count=len(problems))
    )
    return "\n".join([head, *lines])
