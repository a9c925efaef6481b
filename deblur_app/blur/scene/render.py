"""The light that falls on the sensor while the shutter is open, from a sharp photograph."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.blur import kernel_arrays, models
from deblur_app.blur.degrade import blur_light, boost_highlights
from deblur_app.blur.scene.camera_path import CameraPath, make_camera_path, motion_field
from deblur_app.blur.scene.depth import inverse_depth
from deblur_app.blur.scene.description import BlurDescription, LocalBlur
from deblur_app.blur.scene.layers import make_layers
from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.task import Progress, Task, subtask
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from deblur_app.blur.scene.layers import Cutout, Layer
    from deblur_app.blur.scene.settings import SceneSettings
    from deblur_app.core.picture import Pixels

_STEP = 1.0
"""Pixels that the fastest corner moves between two moments of the mean."""

_MOST_MOMENTS = 240
"""Moments at most, however long the path."""

_FOCUS_LEVELS = 5
"""Disks that the frame is blurred with where the focus is not the same everywhere; between them it is mixed."""

_GRID = (6, 8)
"""Places of a description along the short and the long side."""

_OPAQUE = 0.5
"""Alpha from which on a place belongs to a thing and not to the background."""


@dataclass(frozen=True, eq=False)
class Scene:
    """A scene in linear light.

    Attributes:
        light: What falls on the sensor, float32 of shape (height, width, 3); above 1 where lamps are.
        truth: The same at the middle of the exposure, everything in focus.
        blur: The true blur.
    """

    light: Pixels
    truth: Pixels
    blur: BlurDescription


@dataclass(frozen=True, eq=False)
class _View:
    """The background as the camera sees it.

    Attributes:
        settings: Of the scene.
        path: Of the camera.
        near: Inverse depth of each pixel.
    """

    settings: SceneSettings
    path: CameraPath
    near: NDArray[np.float32]

    def path_at(self, row: float, column: float) -> NDArray[np.float64]:
        """Return the path of the background at a place, shape (2, times)."""
        height, width = self.near.shape
        depth = np.array(self.near[round(row), round(column)])
        field = motion_field(self.settings, (height, width), np.array(column), np.array(row), depth)
        moments = self.path.at(np.arange(len(self.path)))
        moved: NDArray[np.float64] = np.tensordot(field.T.astype(np.float64), moments, axes=1)
        return moved


def make_scene(photo: Pixels, settings: SceneSettings, cutouts: Sequence[Cutout] = ()) -> Task[Scene]:
    """Blur a sharp photograph as a moving camera before a scene with depth and moving things does.

    Equal photographs, settings and cut-outs give equal scenes, bit for bit. Beyond the borders the photograph is
    mirrored.

    Args:
        photo: Float32 array of shape (height, width, 3), sRGB-encoded, in [0, 1].
        settings: What happens.
        cutouts: RGBA pictures that may move before it.
    """
    yield Progress(0.0, tr("Blurring"))
    sharp = boost_highlights(srgb_to_linear(photo), settings.highlights)
    shape = sharp.shape[:2]
    view = _View(settings, make_camera_path(settings, math.hypot(*shape)), inverse_depth(settings, shape))
    radii = _radii(view)
    layers = make_layers(sharp, settings, cutouts)
    light = yield from subtask(_defocus(sharp, settings, radii), 0.0, 0.2)
    if settings.sigma:
        light = yield from subtask(blur_light(light, models.turbulence(settings.sigma)), 0.2, 0.3)
    moving = _move_as_one if settings.is_uniform else _move
    light = yield from subtask(moving(light, view), 0.3, 0.8)
    truth = sharp
    layers = [_carry_along(layer, view) for layer in layers]
    for number, layer in enumerate(layers):
        start, end = (0.8 + 0.2 * at / len(layers) for at in (number, number + 1))
        blurred = yield from subtask(blur_light(layer.light, layer.kernel), start, end)
        light, truth = (_lay_over(below, over) for below, over in ((light, blurred), (truth, layer.light)))
    return Scene(light, truth, _describe(view, radii, layers))


def _radii(view: _View) -> NDArray[np.float32]:
    """Return the radius of the disk of defocus at each pixel: proportional to inverse depth from that of the focus."""
    settings, near = view.settings, view.near
    if not settings.defocus or not settings.has_focus_plane:
        return np.full_like(near, settings.defocus)
    low, high = float(near.min()), float(near.max())
    beyond = (high - low) / 2  # half of the time nothing in the frame is in focus
    focus = np.random.default_rng((settings.seed, 12)).uniform(low - beyond, high + beyond)
    away = np.abs(near - np.float32(focus))
    return (away * np.float32(settings.defocus / max(abs(focus - low), abs(high - focus), 1e-6))).astype(np.float32)


def _defocus(light: Pixels, settings: SceneSettings, radii: NDArray[np.float32]) -> Task[Pixels]:
    """Return the light with a disk of its own at each pixel: mixed of a few pictures with one disk each."""
    if not settings.defocus:
        return light
    if not settings.has_focus_plane:
        return (yield from blur_light(light, models.defocus(settings.defocus)))
    step = settings.defocus / (_FOCUS_LEVELS - 1)
    mixed = np.zeros_like(light)
    for number in range(_FOCUS_LEVELS):
        share = np.maximum(1.0 - np.abs(radii / np.float32(step) - number), 0.0)[..., None]
        start, end = (at / _FOCUS_LEVELS for at in (number, number + 1))
        blurring = blur_light(light, models.defocus(step * number)) if number else _pass_through(light)
        mixed += share * (yield from subtask(blurring, start, end))
    return mixed


def _pass_through(light: Pixels) -> Task[Pixels]:
    yield Progress(0.0, tr("Blurring"))
    return light


def _move_as_one(light: Pixels, view: _View) -> Task[Pixels]:
    """Return the light under a path that moves the whole frame alike."""
    if not view.settings.extent:
        return light
    return (yield from blur_light(light, kernel_arrays.rasterize_points(view.path.x, view.path.y)))


def _move(light: Pixels, view: _View) -> Task[Pixels]:
    """Return the mean of what is seen at many moments of a path, each point moved by its motion field."""
    if not view.settings.extent:
        return light
    height, width = light.shape[:2]
    rows, columns = np.mgrid[:height, :width].astype(np.float32)
    field = motion_field(view.settings, (height, width), columns, rows, view.near)
    moments = _moments(view.path, field)
    mean = np.zeros_like(light)
    for number, moment in enumerate(view.path.at(moments).T.astype(np.float32)):
        yield Progress(number / len(moments), tr("Blurring"))
        right, down = np.tensordot(moment, field, axes=1)
        shifted = cv2.remap(light, columns - right, rows - down, cv2.INTER_LINEAR, borderMode=cv2.BORDER_REFLECT)
        cv2.scaleAdd(shifted, 1.0 / len(moments), mean, dst=mean)
    return mean


def _moments(path: CameraPath, field: NDArray[np.float32]) -> NDArray[np.intp]:
    """Return points of time, spread evenly, so many that no corner moves by more than `_STEP` pixels in the mean."""
    corners = field[:, :, :: field.shape[2] - 1, :: field.shape[3] - 1].reshape(4, 2, -1)
    places = np.tensordot(path.at(np.arange(len(path))).T, corners, axes=1)
    lengths = np.hypot(*np.moveaxis(np.diff(places, axis=0), 1, 0)).sum(axis=0)
    count = int(np.clip(math.ceil(float(lengths.max()) / _STEP), 1, _MOST_MOMENTS))
    return np.rint((np.arange(count) + 0.5) / count * (len(path) - 1)).astype(np.intp)


def _carry_along(layer: Layer, view: _View) -> Layer:
    """Return a thing whose path is its own and that of the camera at its place."""
    alpha = layer.light[..., 3]
    total = float(alpha.sum())
    if not view.settings.extent or not total:
        return layer
    row = float(alpha.sum(axis=1) @ np.arange(len(alpha), dtype=np.float32)) / total
    column = float(alpha.sum(axis=0) @ np.arange(alpha.shape[1], dtype=np.float32)) / total
    x, y = view.path_at(row, column)
    return replace(layer, x=layer.x + x, y=layer.y + y)


def _lay_over(below: Pixels, layer: NDArray[np.float32]) -> Pixels:
    """Return light with a premultiplied layer over it."""
    return (below * (1.0 - layer[..., 3:]) + layer[..., :3]).astype(np.float32)


def _describe(view: _View, radii: NDArray[np.float32], layers: Sequence[Layer]) -> BlurDescription:
    """Return the blur at the middles of the cells of a grid."""
    settings, shape = view.settings, view.near.shape
    grid = _GRID if shape[0] <= shape[1] else _GRID[::-1]
    places = []
    for row in (np.arange(grid[0]) + 0.5) / grid[0] * shape[0] - 0.5:
        for column in (np.arange(grid[1]) + 0.5) / grid[1] * shape[1] - 0.5:
            pixel = round(row), round(column)
            over = next((layer for layer in layers[::-1] if layer.light[(*pixel, 3)] > _OPAQUE), None)
            if over is not None:
                places.append(LocalBlur(over.x, over.y, is_straight=over.is_straight))
                continue
            x, y = view.path_at(row, column)
            places.append(LocalBlur(x, y, float(radii[pixel]), settings.sigma, settings.is_straight))
    return BlurDescription(places, grid)
