"""The strength of a restoration, overall and by area: cheap sums on a result that is there already."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.core import protection
from deblur_app.core.errors import DeblurError
from deblur_app.core.parameter import Parameter, check_values
from deblur_app.core.picture import from_integer
from deblur_app.core.task import Progress, Task
from deblur_app.core.texts import tr, tr_later
from deblur_app.engine.masks.drawing import Box, draw_mask, read_weights

if TYPE_CHECKING:
    from deblur_app.core.parameter import Values
    from deblur_app.core.picture import Pixels
    from deblur_app.engine.masks.drawing import Grid
    from deblur_app.engine.masks.mask import Mask

_MASKS = {"highlights": protection.highlights, "skin": protection.skin, "sky": protection.sky}

PROTECTED = tuple(_MASKS)
"""The choices of what is protected."""

_REACH = 40
"""Pixels that a mask looks around at most; strips overlap by so many."""

_STRIP = 1_000_000
"""Pixels of a strip: a large photo never has its masks in memory as a whole."""

PARAMETERS = (
    Parameter(
        "strength",
        tr_later("Strength"),
        tr_later("0 is the input, 100 the result, 200 twice the change."),
        100,
        0,
        200,
        "%",
    ),
    Parameter(
        "highlights",
        tr_later("Protect highlights"),
        tr_later("Keeps nearly white areas as in the original."),
        0,
        0,
        100,
        "%",
    ),
    Parameter("skin", tr_later("Protect skin"), tr_later("Keeps skin tones as in the original."), 0, 0, 100, "%"),
    Parameter(
        "sky",
        tr_later("Protect sky"),
        tr_later("Keeps smooth, light, bluish areas as in the original."),
        0,
        0,
        100,
        "%",
    ),
)
"""The knobs of a blend."""


@dataclass(frozen=True)
class Blend:
    """The strength of a restoration and its protections, in per cent, and where it is taken.

    Attributes:
        strength: Of the whole change, 0 to 200.
        highlights: How much of it is held back in highlights, 0 to 100.
        skin: The same of skin.
        sky: The same of sky.
        mask: The places at which it is taken; None for everywhere.
    """

    strength: int = 100
    highlights: int = 0
    skin: int = 0
    sky: int = 0
    mask: Mask | None = None

    @property
    def amounts(self) -> dict[str, int]:
        """The per cents by name: the values of `PARAMETERS`."""
        return {parameter.name: getattr(self, parameter.name) for parameter in PARAMETERS}

    @property
    def is_protecting(self) -> bool:
        """True if it holds the change back in places."""
        return any(getattr(self, name) for name in PROTECTED)

    @property
    def is_plain(self) -> bool:
        """True if it leaves a result as it is."""
        return self == Blend()


PLAIN = Blend()
"""The result as it is."""


def blend_of(values: Values) -> Blend:
    """Return the blend with these values; those left out take their defaults.

    Raises:
        DeblurError: A name is unknown, or a value is out of range.
    """
    checked = check_values("Blend", PARAMETERS, values)
    return Blend(*(int(checked[name]) for name in ("strength", *PROTECTED)))  # type: ignore[arg-type] # no mask


def blend_of_text(strength: str, protected: str) -> Blend:
    """Return the blend of a command line.

    Args:
        strength: Per cent of the change.
        protected: What is protected, such as “skin,sky=50”; those without a number wholly; "" for nothing.

    Raises:
        DeblurError: A name is unknown, or a value is out of range.
    """
    values = {"strength": strength}
    for entry in filter(None, protected.split(",")):
        name, _, amount = entry.strip().partition("=")
        if name not in _MASKS:
            raise DeblurError(
                tr("“{name}” cannot be protected. Choose from: {names}.", name=name, names=", ".join(_MASKS))
            )
        values[name] = amount or "100"
    return blend_of(values)


def blend_pixels(photo: Pixels, restored: Pixels, blend: Blend, scale: float = 1.0, mask: Grid | None = None) -> Pixels:
    """Return photo + strength · (1 - protection) · mask · (restored - photo), in [0, 1].

    Args:
        photo: The input, float32 (height, width, 3), sRGB-encoded.
        restored: What a method made of it, same shape.
        blend: How much is taken, and where.
        scale: Size of both over that of the photo, where they are made smaller for the screen.
        mask: The weights of the mask of `blend`, shape (height, width); None for none.
    """
    weights = np.full((*photo.shape[:2], 1), blend.strength / 100, np.float32)
    if mask is not None:
        weights[..., 0] *= from_integer(mask)
    for name, protect in _MASKS.items():
        if amount := getattr(blend, name):
            weights[..., 0] *= 1 - np.float32(amount / 100) * protect(photo, scale)
    change = restored - photo
    change *= weights
    change += photo
    return np.clip(change, 0.0, 1.0, out=change)


@dataclass(frozen=True, eq=False)
class Blended:
    """A blend that was made before its mask was changed.

    Attributes:
        pixels: The blend.
        changed: The rectangle outside of which the mask is the same, in pixels.
    """

    pixels: Pixels
    changed: Box


def blend_photo(
    photo: Pixels, restored: Pixels, blend: Blend, grid: Grid | None = None, before: Blended | None = None
) -> Task[Pixels]:
    """Return the blend at full size, strip by strip.

    Args:
        photo: The input, float32 (height, width, 3), sRGB-encoded.
        restored: What a method made of it.
        blend: How much is taken, and where.
        grid: The mask of `blend` as it was drawn; None has it drawn.
        before: The blend with the same amounts before the mask was changed in a part: only that part is computed then.

    Raises:
        DeblurError: The two differ in size, or the mask is a picture of another size.
    """
    if blend.is_plain:
        return restored
    if photo.shape != restored.shape:
        raise DeblurError(tr("The result has another size than the photo, so the two cannot be blended."))
    height, width = photo.shape[:2]
    if blend.mask and grid is None:
        yield Progress(0.0, tr("Drawing the mask"))
        grid = draw_mask(blend.mask, photo)
    result = before.pixels.copy() if before else np.empty_like(restored)
    whole = before.changed if before else Box(0, 0, width, height)
    step = max(_STRIP // max(whole.right - whole.left, 1), _REACH)
    for top in range(whole.top, whole.bottom, step):
        yield Progress((top - whole.top) / (whole.bottom - whole.top), tr("Blending"))
        strip = Box(whole.left, top, whole.right, min(top + step, whole.bottom))
        result[strip.slices] = _blend_strip(photo, restored, blend, grid, strip)
    return result


def _blend_strip(photo: Pixels, restored: Pixels, blend: Blend, grid: Grid | None, strip: Box) -> Pixels:
    """Return the blend of a part, which looks at what is around it."""
    height, width = photo.shape[:2]
    left, top = max(strip.left - _REACH, 0), max(strip.top - _REACH, 0)
    around = Box(left, top, min(strip.right + _REACH, width), min(strip.bottom + _REACH, height))
    mask = None if grid is None else read_weights(grid, (width, height), around)
    blended = blend_pixels(photo[around.slices], restored[around.slices], blend, mask=mask)
    return blended[strip.top - top : strip.bottom - top, strip.left - left : strip.right - left]
