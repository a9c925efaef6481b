"""Several photos of one scene that become one: blurred differently, a burst, or with and without flash."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.errors import DeblurError
from deblur_app.core.files.targets import Target
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr, tr_later
from deblur_app.engine import tasks

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from pathlib import Path

    from deblur_app.core.picture import Picture, Pixels


@dataclass(frozen=True)
class Combination:
    """A way to make one picture of several.

    Attributes:
        name: Its key in `COMBINATIONS`.
        label: What people read.
        explanation: One sentence: what the photos are, and what comes out.
        most: Most photos it takes; the fewest are two.
        run: Takes linear light of each photo, the first being the one that the result looks like; a task that
            returns linear light.
    """

    name: str
    label: str
    explanation: str
    most: int
    run: Callable[[Sequence[Pixels]], Task[Pixels]]


def find(name: str) -> Combination:
    """Return the combination called `name`.

    Raises:
        DeblurError: There is none.
    """
    if name not in COMBINATIONS:
        raise DeblurError(
            tr(
                "Photos cannot be combined as “{name}”. Choose one of: {names}.",
                name=name,
                names=", ".join(COMBINATIONS),
            )
        )
    return COMBINATIONS[name]


def combine(pictures: Sequence[Picture], name: str) -> Task[Picture]:
    """Make one picture of several.

    Args:
        pictures: Two or more photos of one scene and size.
        name: A key of `COMBINATIONS`.

    Returns:
        The result, with what the file of the first photo said.

    Raises:
        DeblurError: The combination is unknown, there are too few or too many photos, they differ in size, or they
            do not show one scene.
    """
    how = find(name)
    _check(pictures, how)
    yield Progress(0.0, tr("Preparing the photos"))
    lights = [srgb_to_linear(picture.pixels) for picture in pictures]
    light = yield from subtask(how.run(lights), 0.05, 0.98)
    if not np.isfinite(light).all():
        raise DeblurError(tr("“{label}” gave no valid picture of these photos.", label=tr(how.label)))
    return replace(pictures[0].with_pixels(linear_to_srgb(light)), path=pictures[0].path)


def combine_files(
    paths: Sequence[Path], name: str, target: Callable[[Picture], Path | Target]
) -> Task[tuple[Picture, Path]]:
    """Open several photos, combine them and save the result: all that happens on the command line.

    Args:
        paths: The photos; the first is the one that the result looks like.
        name: A key of `COMBINATIONS`.
        target: Says where the result goes, once the first photo is open.

    Returns:
        The result and the file it was written to.

    Raises:
        DeblurError: Any of the steps cannot be done; nothing is written then.
    """
    from deblur_app.core import image_io

    pictures = []
    for number, path in enumerate(paths):
        done = 0.2 * number / len(paths)
        pictures.append((yield from subtask(tasks.open_picture(path), done, done + 0.2 / len(paths))))
    place = target(pictures[0])
    for path in paths:
        image_io.check_target(place.path() if isinstance(place, Target) else place, path)
    combined = yield from subtask(combine(pictures, name), 0.2, 0.95)
    return combined, (yield from subtask(tasks.save_picture(combined, place), 0.95, 1.0))


def _check(pictures: Sequence[Picture], how: Combination) -> None:
    if not 2 <= len(pictures) <= how.most:
        takes = tr("two photos") if how.most == 2 else tr("2 to {most} photos", most=how.most)
        raise DeblurError(
            tr("“{label}” takes {takes}, and there are {count}.", label=tr(how.label), takes=takes, count=len(pictures))
        )
    sizes = {picture.size_text for picture in pictures}
    if len(sizes) > 1:
        raise DeblurError(
            tr("The photos differ in size ({names}): choose photos of one camera.", names=", ".join(sorted(sizes)))
        )


def _differently_blurred(lights: Sequence[Pixels]) -> Task[Pixels]:
    from deblur_app.restoration.multi_frame.joint import restore

    return restore(lights)


def _burst(lights: Sequence[Pixels]) -> Task[Pixels]:
    from deblur_app.restoration.multi_frame import burst

    return burst.merge(lights)


def _with_flash(lights: Sequence[Pixels]) -> Task[Pixels]:
    from deblur_app.restoration.multi_frame import flash

    return flash.combine(lights[0], lights[1])


_ALL = (
    Combination(
        "blurred",
        tr_later("The same scene, blurred differently"),
        tr_later(
            "Each photo lost other details to its own shake or motion: together they give back what none of them shows."
        ),
        6,
        _differently_blurred,
    ),
    Combination(
        "burst",
        tr_later("A burst of short exposures"),
        tr_later(
            "Sharp but noisy photos taken at once: merged, their noise goes; what moved is taken from the sharpest one."
        ),
        32,
        _burst,
    ),
    Combination(
        "flash",
        tr_later("Without flash, then with flash"),
        tr_later("The light of the first photo, the detail of the second, which was taken with flash."),
        2,
        _with_flash,
    ),
)

COMBINATIONS: dict[str, Combination] = {combination.name: combination for combination in _ALL}
"""All combinations by name."""
