"""Masks as JSON. What is read may be a stranger's: numbers, sizes and ranges are checked."""

from __future__ import annotations

import base64
import binascii
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Any, Literal

import numpy as np
from msgspec import Meta

from deblur_app.core.formats.foreign_json import Text  # noqa: TC001 # msgspec reads it
from deblur_app.core.texts import keep_english
from deblur_app.engine.masks.mask import (
    FURTHEST,
    LEAST_RADIUS,
    MOST_POINTS,
    MOST_RADIUS,
    MOST_SHAPES,
    Gradient,
    Mask,
    Stroke,
    Subject,
    pack_place,
    unpack_place,
)

if TYPE_CHECKING:
    from deblur_app.engine.masks.mask import Shape

_MOST_BYTES = 6_000_000
"""Characters of a picture at most; a recipe has 8 million."""

type _Share = Annotated[float, Meta(ge=0, le=1)]
type _Place = Annotated[float, Meta(ge=-FURTHEST, le=1 + FURTHEST)]


@dataclass(frozen=True)
class _ShapeForm:
    """One shape; `points` of a stroke are pairs of 16-bit numbers, little-endian, in base 64."""

    kind: Literal["stroke", "gradient", "subject"]
    is_erasing: bool = False
    radius: Annotated[float, Meta(ge=LEAST_RADIUS, le=MOST_RADIUS)] = 0.05
    hardness: _Share = 0.5
    points: Annotated[str, Meta(max_length=6 * MOST_POINTS)] = ""
    start: tuple[_Place, _Place] = (0.0, 0.0)
    end: tuple[_Place, _Place] = (1.0, 1.0)
    rectangle: tuple[_Share, _Share, _Share, _Share] = (0.0, 0.0, 1.0, 1.0)


@dataclass(frozen=True)
class MaskForm:
    """A mask in a file: `label` alone where there was no room for it."""

    label: Text = ""
    is_inverted: bool = False
    shapes: Annotated[list[_ShapeForm], Meta(max_length=MOST_SHAPES)] | None = None
    image: Annotated[str, Meta(max_length=_MOST_BYTES)] = ""


@keep_english()
def mask_table(mask: Mask) -> dict[str, Any]:
    """Return a mask as plain values for JSON."""
    table: dict[str, Any] = {"label": mask.describe(), "is_inverted": mask.is_inverted}
    if mask.image:
        return {**table, "image": base64.b64encode(mask.image).decode()}
    return {**table, "shapes": [_shape_table(shape) for shape in mask.shapes]}


def mask_of_form(form: MaskForm) -> Mask | None:
    """Return the mask of a form; None where it was left out.

    Raises:
        ValueError: It is damaged.
    """
    try:
        image = base64.b64decode(form.image, validate=True)
        shapes = tuple(_shape_of(shape) for shape in form.shapes or ())
    except binascii.Error as error:
        raise ValueError("its mask is damaged") from error
    return Mask(shapes, form.is_inverted, image) or None


def _shape_table(shape: Shape) -> dict[str, Any]:
    if isinstance(shape, Gradient):
        return {"kind": "gradient", "is_erasing": shape.is_erasing, "start": shape.start, "end": shape.end}
    table = {"is_erasing": shape.is_erasing, "hardness": shape.hardness}
    if isinstance(shape, Subject):
        return {"kind": "subject", **table, "rectangle": shape.rectangle}
    steps = np.array([pack_place(place) for place in shape.points], "<u2")
    return {"kind": "stroke", **table, "radius": shape.radius, "points": base64.b64encode(steps.tobytes()).decode()}


def _shape_of(form: _ShapeForm) -> Shape:
    if form.kind == "gradient":
        return Gradient(form.start, form.end, form.is_erasing)
    if form.kind == "subject":
        return Subject(form.rectangle, form.hardness, form.is_erasing)
    data = base64.b64decode(form.points, validate=True)
    if not data or len(data) % 4:
        raise ValueError("its mask is damaged")
    steps = np.frombuffer(data, "<u2").reshape(-1, 2)
    points = tuple(unpack_place(int(x), int(y)) for x, y in np.minimum(steps, 32767))
    return Stroke(points, form.radius, form.hardness, form.is_erasing)
