"""Random scenes and cameras, as often of each kind as photographs that people want mended or left alone."""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur.camera import TONES, CameraSettings
from deblur_app.blur.scene.settings import SceneSettings
from deblur_app.core.errors import DeblurError
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Mapping

type Range = tuple[float, float]

SHARES: Mapping[str, float] = {
    "none": 0.15,
    "enlarged": 0.07,
    "motion": 0.13,
    "shake": 0.2,
    "defocus": 0.13,
    "turbulence": 0.07,
    "varies": 0.25,
}
"""Shares in which the kinds of scenes are drawn."""


@dataclass(frozen=True)
class SceneRanges:
    """From which ranges scenes are drawn, sizes in pixels evenly by their logarithm.

    Attributes:
        extent: Of paths of the camera, and length of straight ones.
        radius: Of the disk of defocus.
        sigma: Of turbulence.
        moving_extent: Of paths of things.
        largest_share: Extent at most, as a share of the frame's short side.
        least_side: Short side in pixels that a photo is reduced to at most.
        shares: How often each kind of scene is drawn; they need not sum to 1.
        plain: Share of cameras that only add noise: screenshots, scans, scientific pictures, and made examples.

    Raises:
        DeblurError: A range is empty or not above 0, or a kind is unknown.
    """

    extent: Range = (3.0, 60.0)
    radius: Range = (1.0, 16.0)
    sigma: Range = (0.8, 6.0)
    moving_extent: Range = (4.0, 60.0)
    largest_share: float = 0.15
    least_side: int = 288
    shares: Mapping[str, float] | None = None
    plain: float = 0.3

    def __post_init__(self) -> None:
        for name in ("extent", "radius", "sigma", "moving_extent"):
            low, high = getattr(self, name)
            if not 0.0 < low <= high:
                raise DeblurError(
                    tr(
                        "{name} must be a range of two numbers above 0, the smaller one first: {low}, {high}.",
                        name=name,
                        low=low,
                        high=high,
                    )
                )
        if self.shares is not None and (set(self.shares) - set(SHARES) or not sum(self.shares.values()) > 0):
            raise DeblurError(tr("The shares of scenes must be of these kinds: {names}.", names=", ".join(SHARES)))


_RANGES = SceneRanges()


def draw_scene(
    random: np.random.Generator, shape: tuple[int, ...], ranges: SceneRanges = _RANGES
) -> tuple[str, SceneSettings]:
    """Draw the settings of a scene.

    Args:
        random: What decides.
        shape: Height and width of the frame in pixels.
        ranges: How large blurs are, and how often each kind is drawn.

    Returns:
        What was drawn, a key of `SHARES`, and the settings; “enlarged” is a scene without blur.
    """
    shares = ranges.shares or SHARES
    names = sorted(shares)
    weights = np.array([shares[name] for name in names])
    kind = names[int(random.choice(len(names), p=weights / weights.sum()))]
    longest = ranges.largest_share * min(shape[:2])
    extent = min(_between_logarithms(random, ranges.extent), longest)
    base = SceneSettings(
        angle=random.uniform(0.0, 180.0),
        roughness=random.uniform(0.0, 0.8),
        exposure=_between_logarithms(random, (0.3, 2.0)),
        shift=1.0,
        seed=int(random.integers(2**31)),
    )
    if kind == "motion":
        return kind, replace(base, extent=extent, is_straight=True)
    if kind == "shake":
        return kind, replace(base, extent=extent)
    if kind == "defocus":
        return kind, replace(base, defocus=min(_between_logarithms(random, ranges.radius), longest / 2))
    if kind == "turbulence":
        return kind, replace(base, sigma=min(_between_logarithms(random, ranges.sigma), longest / 4))
    return kind, _draw_varying(random, base, ranges, longest) if kind == "varies" else base


def _draw_varying(
    random: np.random.Generator, base: SceneSettings, ranges: SceneRanges, longest: float
) -> SceneSettings:
    """Draw a scene whose blur is not the same everywhere: turning, depth, focus, or things that move."""
    flat = base
    base = replace(base, tilt=random.uniform(0.0, 0.6), relief=random.uniform(0.0, 0.5))
    extent = min(_between_logarithms(random, ranges.extent), longest)
    moving = min(_between_logarithms(random, ranges.moving_extent), longest)
    how = random.random()
    if how < 0.45:  # the camera turns and shifts
        return replace(
            base,
            extent=extent,
            is_straight=random.random() < 0.2,
            roll=random.uniform(0.3, 2.0),
            zoom=random.uniform(0.0, 1.0),
            shift=random.uniform(0.0, 1.0),
            focal=random.uniform(0.7, 3.0),
            center=(random.uniform(-0.5, 0.5), random.uniform(-0.5, 0.5)),
            moving=int(random.random() < 0.2),
            moving_extent=moving,
        )
    if how < 0.6:  # focus in front of the subject or behind it
        radius = min(_between_logarithms(random, ranges.radius), longest / 2)
        return replace(base, defocus=radius, has_focus_plane=True)
    is_shaken = random.random() < 0.4
    return replace(
        flat,
        extent=min(extent, moving) / 2 if is_shaken else 0.0,
        moving=int(random.integers(1, 4)),
        moving_extent=moving,
    )


def draw_camera(
    random: np.random.Generator, shape: tuple[int, ...], kind: str, ranges: SceneRanges = _RANGES
) -> tuple[CameraSettings, float]:
    """Draw the settings of a camera, and how much brighter than white the scene's white spots are.

    Args:
        random: What decides.
        shape: Height and width of the scene in pixels.
        kind: The kind of the scene, a key of `SHARES`: an enlarged one is always enlarged.
        ranges: Say how small photos may become.
    """
    if random.random() < ranges.plain and kind != "enlarged":
        noise = 0.0 if random.random() < 0.15 else random.uniform(0.0, 0.02)
        quality = int(random.integers(70, 99)) if random.random() < 0.3 else None
        return CameraSettings(noise=noise, jpeg=quality, seed=int(random.integers(2**31))), 1.0
    is_night, is_raw = random.random() < 0.18, random.random() < 0.2
    is_passed_on = random.random() < 0.55
    camera = CameraSettings(
        exposure=_between_logarithms(random, (0.15, 0.5) if is_night else (0.6, 1.6)),
        noise=_between_logarithms(random, (0.001, 0.02)),
        photons=_between_logarithms(random, (300.0, 5_000.0) if is_night else (1_000.0, 50_000.0)),
        has_mosaic=random.random() < 0.8,
        red=random.uniform(1.2, 2.2),
        blue=random.uniform(1.2, 2.0),
        tone=str(random.choice(sorted(TONES))),
        denoise=0.0 if is_raw else random.uniform(0.1, 1.0),
        sharpen=0.0 if is_raw or random.random() < 0.3 else random.uniform(0.1, 1.5),
        sharpen_radius=random.uniform(0.6, 1.6),
        jpeg=int(random.integers(60, 99)) if random.random() < 0.85 else None,
        scale=_draw_scale(random, ranges.least_side / min(shape[:2]), kind, is_passed_on=is_passed_on),
        second_jpeg=int(random.integers(60, 99)) if is_passed_on and random.random() < 0.6 else None,
        seed=int(random.integers(2**31)),
    )
    return camera, _between_logarithms(random, (3.0, 40.0)) if is_night or random.random() < 0.25 else 1.0


def _draw_scale(random: np.random.Generator, least: float, kind: str, *, is_passed_on: bool) -> float:
    """Draw the size of the photo that is passed on: mostly reduced, to `least` at most, sometimes enlarged."""
    if kind == "enlarged":
        return random.uniform(1.5, 2.5)
    if not is_passed_on:
        return 1.0
    if random.random() < 0.2:
        return random.uniform(1.1, 2.0)
    return random.uniform(min(max(least, 0.35), 1.0), 1.0)


def _between_logarithms(random: np.random.Generator, limits: Range) -> float:
    return math.exp(random.uniform(math.log(limits[0]), math.log(limits[1])))
