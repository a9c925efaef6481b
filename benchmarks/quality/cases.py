"""The cases of the quality table: the recipe of each degraded picture, and the pictures made from it."""

from __future__ import annotations

import zlib
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from deblur_app.blur import kernel_arrays
from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kernel_files import files as kernel_files
from deblur_app.blur.kinds import Blur
from deblur_app.core import image_io
from deblur_app.core.task import run_to_end

if TYPE_CHECKING:
    from deblur_app.blur.kernel_arrays import Kernel
    from deblur_app.blur.kernel_grid import KernelField
    from deblur_app.core.parameter import Value
    from deblur_app.core.picture import Pixels

NOISE = 0.01  # standard deviation in linear light, white at 1
STRENGTHS = ("mild", "medium", "strong")
REAL = "real"
"""The strength of what no one made: Levin's pairs."""

OWN = "own"
"""The strength of kernels from files."""

LEVIN = "levin"
KERNELS = "kernels"

BLURS: dict[str, tuple[str, tuple[float, float, float]]] = {
    "motion": ("length", (5.0, 11.0, 21.0)),
    "shake": ("extent", (7.0, 13.0, 23.0)),
    "defocus": ("radius", (1.5, 3.0, 5.0)),
    "turbulence": ("sigma", (0.8, 1.6, 2.8)),
    "shake-varying": ("extent", (7.0, 13.0, 23.0)),
}
"""The knob of each made blur, and its values in pixels for the strengths."""

LARGE = "shake-large"
"""Key of shakes that are asked for by their key alone: they need larger pictures."""

LARGE_EXTENTS = {"medium": 41.0, "strong": 65.0}
"""Extents of large shakes in pixels, of the two strengths that there are."""

_MARGIN = 24  # least width in pixels of the border that is cut off: degrading mirrors the picture there
_PHOTOGRAPHS = ("astronaut.png", "chelsea.png", "coffee.png", "motorcycle_left.png", "rocket.jpg")
_PICTURES = (".png", ".jpg", ".jpeg", ".tif", ".tiff", ".webp", ".bmp")


@dataclass(frozen=True)
class Recipe:
    """The recipe of one case.

    Attributes:
        picture: The sharp picture, or one of Levin's files.
        blur: Key of the blur: one of `BLURS`, `KERNELS`, `LARGE` or `LEVIN`.
        strength: One of `STRENGTHS`, `REAL` or `OWN`.
        crop: Longest side of the part of the picture that is taken, from its centre; 0 for all of it.
        seed: Where the random numbers begin.
        kernel: File of the kernel, for `KERNELS`.
        is_shown: Whether the contact sheet shows it.
    """

    picture: Path
    blur: str
    strength: str
    crop: int = 0
    seed: int = 0
    kernel: Path | None = None
    is_shown: bool = False


@dataclass(frozen=True, eq=False)
class Case:
    """A degraded picture and what is known of it.

    Attributes:
        blurred: The input of every method, shape (height, width, 3), in [0, 1].
        truth: The sharp picture, of the same shape.
        kernel: The true kernel; where the blur varies, that of the middle of the frame.
        is_light: Whether values are proportional to light, as in Levin's files, instead of sRGB-encoded.
        is_shifted: Whether the truth may lie elsewhere by some pixels, so that scores look for the best shift.
        field: The true kernels all over the frame, where the blur varies; else None.
    """

    blurred: Pixels
    truth: Pixels
    kernel: Kernel
    is_light: bool = False
    is_shifted: bool = False
    field: KernelField | None = None


def photographs() -> list[Path]:
    """Return the photographs that come with scikit-image."""
    import skimage.data

    return [Path(skimage.data.__file__).parent / name for name in _PHOTOGRAPHS]


def pictures_in(folder: Path) -> list[Path]:
    """Return the pictures in `folder`, in order."""
    return sorted(path for path in folder.iterdir() if path.suffix.lower() in _PICTURES)


def recipes(pictures: list[Path], *, kernels: list[Path], levin: list[Path], crop: int, seed: int) -> list[Recipe]:
    """Return all cases: every picture under every blur, or under every kernel where there are some, and Levin's pairs.

    Of each blur, one of medium strength is marked to be shown, each time from another picture.
    """
    made: list[Recipe] = []
    if kernels:
        own = [Recipe(p, KERNELS, OWN, crop, seed, kernel) for p in pictures for kernel in kernels]
        made += [replace(own[0], is_shown=True), *own[1:]]
    else:
        for number, blur in enumerate(BLURS):
            shown = pictures[(number * 5 + len(pictures) * number // len(BLURS)) % len(pictures)]
            made += [
                Recipe(p, blur, s, crop, seed, is_shown=p == shown and s == "medium")
                for p in pictures
                for s in STRENGTHS
            ]
    return made + [Recipe(path, LEVIN, REAL, is_shown=path == levin[0]) for path in levin]


def list_large_recipes(pictures: list[Path], *, crop: int, seed: int) -> list[Recipe]:
    """Return the cases of large shakes."""
    recipes = [Recipe(path, LARGE, strength, crop, seed) for path in pictures for strength in LARGE_EXTENTS]
    return [replace(recipes[0], is_shown=True), *recipes[1:]]


def make(recipe: Recipe) -> Case:
    """Read, blur, add noise and round to 8 bits.

    The blur is made on a larger part than the one that is kept, so that beyond the borders there was a scene, as in
    front of a camera, and not the mirror image that some method may count on.
    """
    if recipe.blur == LEVIN:
        return _levin(recipe.picture)
    parts = (recipe.picture.name, recipe.blur, recipe.strength, recipe.kernel.name if recipe.kernel else "")
    random = np.random.default_rng((recipe.seed, zlib.crc32(" ".join(parts).encode())))
    how = kernel_files.read_kernel(recipe.kernel) if recipe.kernel else _blur(recipe, random)
    kernel = how.kernel() if isinstance(how, Blur) else how
    margin = max(_MARGIN, len(kernel) // 2)
    sharp = image_io.read(recipe.picture).pixels
    sharp = centre(sharp, recipe.crop + 2 * margin) if recipe.crop else sharp
    settings = Degradation(blur=how, noise=NOISE, seed=int(random.integers(2**31)))
    inside = (slice(margin, -margin),) * 2
    truth = sharp[inside]
    poses = how.poses(sharp.shape) if isinstance(how, Blur) else None
    field = replace(poses, size=(truth.shape[1], truth.shape[0])).field() if poses else None
    return Case(run_to_end(degrade(sharp, settings))[inside], truth, kernel, field=field)


def centre(pixels: Pixels, side: int) -> Pixels:
    """Return the middle of a picture, at most `side` high and wide."""
    top, left = (max(length - side, 0) // 2 for length in pixels.shape[:2])
    return pixels[top : top + side, left : left + side]


def _blur(recipe: Recipe, random: np.random.Generator) -> Blur:
    if recipe.blur == LARGE:
        return Blur("shake", {"extent": LARGE_EXTENTS[recipe.strength], "seed": int(random.integers(1_000_000))})
    name, sizes = BLURS[recipe.blur]
    values: dict[str, Value] = {name: sizes[STRENGTHS.index(recipe.strength)]}
    if recipe.blur == "motion":
        values["angle"] = float(random.uniform(-90.0, 90.0))
    elif name == "extent":
        values["seed"] = int(random.integers(1_000_000))
    return Blur(recipe.blur, values)


def _levin(path: Path) -> Case:
    """Return one of the pairs of Levin et al., "Understanding and evaluating blind deconvolution algorithms" (2009).

    Their kernels are those of a correlation: turned by half a turn they are point spread functions.
    """
    import scipy.io

    arrays = scipy.io.loadmat(path)
    blurred, truth = (np.repeat(arrays[key][:, :, None], 3, axis=2).astype(np.float32) for key in ("y", "x"))
    return Case(blurred, truth, kernel_arrays.normalize(arrays["f"][::-1, ::-1]), is_light=True, is_shifted=True)
