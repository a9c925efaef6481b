"""An example of the pairs that are made of sharp photographs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from deblur_app.blur import kinds
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import lower_first, tr
from deblur_app.gui.images import qt_image
from training.synthetic.crop_pair import make_pair
from training.synthetic.photo_store import decode
from training.synthetic.recipe import Recipe, draw_pair, photo_of

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray
    from PySide6.QtGui import QImage

    from deblur_app.blur.kinds import Blur
    from training.synthetic.blur_choice import Ranges

_SIDE = 192
"""The side of the example, in pixels."""

_SEED = 7
"""The seed of the examples: one number gives the same pair each time."""


@dataclass(frozen=True, eq=False)
class SyntheticSample:
    """A pair that was made of a sharp photograph.

    Attributes:
        blurred: The input of a network.
        sharp: The truth.
        words: Its blur, for people.
    """

    blurred: QImage
    sharp: QImage
    words: str


def make_sample(photos: Sequence[Path], blurs: Ranges, number: int) -> Task[SyntheticSample]:
    """Make pair number `number` of `photos`.

    Raises:
        DeblurError: A photograph cannot be read or is too small, or a blur is impossible.
    """
    yield Progress(0.0, tr("Making a pair"))
    recipe = Recipe(side=_SIDE, seed=_SEED, blurs=blurs, scale=(0.5, 1.0), photons_share=0.5)
    path = photos[photo_of(number, len(photos), _SEED)]
    pixels = _decode(path)
    yield Progress(0.5, tr("Making a pair"))
    blurred, sharp = make_pair(lambda _: pixels, len(photos), recipe, number)
    return SyntheticSample(_image(blurred), _image(sharp), words_for(draw_pair(recipe, number).blur))


def words_for(blur: Blur | None) -> str:
    """Return a blur in a line, such as “Moving object: length 14 px, angle 32°”."""
    if blur is None:
        return tr("not blurred")
    kind = kinds.find(blur.kind)
    values = [
        f"{lower_first(tr(p.label))} {float(blur.values[p.name]):.2g} {p.unit}".strip()
        for p in kind.parameters
        if p.name in blur.values and p.unit
    ]
    return f"{tr(kind.label)}: {', '.join(values)}".replace(" °", "°")


@lru_cache(maxsize=2)
def _decode(path: Path) -> NDArray[np.uint8]:
    return decode(path, _SIDE)


def _image(pixels: NDArray[np.uint8]) -> QImage:
    import numpy as np

    return qt_image.to_qimage(np.ascontiguousarray(pixels))
