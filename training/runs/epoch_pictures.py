"""Pictures that the network restored after each epoch, as small files in the folder of a run.

previews/input-NAME.jpg       what it is given, once
previews/truth-NAME.jpg       the sharp picture, once, where it is known
previews/epoch-0001-NAME.jpg  what it makes of it after an epoch

NAME is the number of a held-out pair, or “photo” for a photo of the user's own.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from deblur_app.core.files.atomic_files import write_atomic
from deblur_app.core.picture import to_uint8

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from deblur_app.core.picture import Pixels
    from training.runs.run import Run

PHOTO = "photo"
"""The name of the user's own photo among the scenes."""

_EPOCH = re.compile(r"epoch-(\d+)-.+\.jpg")
_QUALITY = 92
"""Quality of the JPEG files."""


@dataclass(frozen=True)
class Scene:
    """A picture that is followed over the epochs.

    Attributes:
        name: “1”, “2” … or `PHOTO`.
        input: The file with what the network is given.
        truth: The file with the sharp picture; None where it is not known.
    """

    name: str
    input: Path
    truth: Path | None


def write_scene(run: Run, name: str, photo: Pixels, truth: Pixels | None) -> None:
    """Write the picture that the network is given, and the truth.

    Args:
        run: The run.
        name: What the scene is called.
        photo: Float32 array of shape (height, width, 3).
        truth: The same; None where it is not known.

    Raises:
        DeblurError: The disk is full or the folder is gone.
    """
    write_atomic(run.previews / f"input-{name}.jpg", jpeg(photo))
    if truth is not None:
        write_atomic(run.previews / f"truth-{name}.jpg", jpeg(truth))


def write_epoch(run: Run, epoch: int, predicted: Mapping[str, Pixels]) -> None:
    """Write the pictures that the network restores of each scene after an epoch.

    Raises:
        DeblurError: The disk is full or the folder is gone.
    """
    for name, pixels in predicted.items():
        write_atomic(prediction(run, epoch, name), jpeg(pixels))


def scenes(run: Run) -> list[Scene]:
    """Return the scenes that a run follows: the held-out ones by number, and then the user's photo."""
    scene_names = [path.stem.removeprefix("input-") for path in run.previews.glob("input-*.jpg")]
    names = sorted(scene_names, key=lambda name: (not name.isdecimal(), name.zfill(4)))
    truths = {name: run.previews / f"truth-{name}.jpg" for name in names}
    return [
        Scene(name, run.previews / f"input-{name}.jpg", truths[name] if truths[name].exists() else None)
        for name in names
    ]


def prediction(run: Run, epoch: int, name: str) -> Path:
    """Return the file with the scene as the network restored it after an epoch."""
    return run.previews / f"epoch-{epoch:04d}-{name}.jpg"


def epochs(run: Run) -> list[int]:
    """Return the epochs that have pictures, in order."""
    matches = (_EPOCH.fullmatch(path.name) for path in run.previews.glob("epoch-*.jpg"))
    return sorted({int(match[1]) for match in matches if match})


def jpeg(pixels: Pixels) -> bytes:
    """Return a picture as a small JPEG without chroma subsampling."""
    from PIL import Image

    file = io.BytesIO()
    Image.fromarray(to_uint8(pixels)).save(file, "JPEG", quality=_QUALITY, subsampling="4:4:4")
    return file.getvalue()
