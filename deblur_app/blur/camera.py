"""A camera: what it makes of the light that falls on its sensor, until the photo is a file that somebody passes on."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import cv2
import numpy as np

from deblur_app.core.colour import linear_to_srgb
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import from_integer, to_uint8
from deblur_app.core.texts import tr

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from deblur_app.core.picture import Pixels

_BLACK, _WHITE = 4096.0, 57344.0
"""Levels of 16 bits that no light and the brightest light give: noise may fall below the one and is clipped above."""

_CHROMA = 2.5
"""Standard deviation in pixels over which full denoising averages colour."""

_BILATERAL = 7
"""Pixels across which denoising of brightness looks."""

_LIMITS: dict[str, tuple[float, float]] = {
    "exposure": (0.05, 20.0),
    "noise": (0.0, 0.5),
    "photons": (1.0, 1e9),
    "denoise": (0.0, 1.0),
    "sharpen": (0.0, 3.0),
    "sharpen_radius": (0.3, 5.0),
    "scale": (0.1, 4.0),
    "jpeg": (1, 100),
    "second_jpeg": (1, 100),
}
"""Range of each number."""


@dataclass(frozen=True)
class CameraSettings:
    """A camera and what is done with its photos; by default it only encodes and rounds to 8 bits.

    Attributes:
        exposure: What light is multiplied with before it is clipped.
        noise: Read noise in linear light, standard deviation.
        photons: Photons of the brightest light; None for no shot noise.
        has_mosaic: Whether each pixel sees one colour and the others are interpolated, so that noise is correlated.
        red, blue: Gains of white balance; what the sensor sees of these colours is as much less.
        tone: A key of `TONES`.
        denoise: Strength of denoising: of colour, and of brightness with edges kept.
        sharpen: Amount of unsharp masking.
        sharpen_radius: Its standard deviation in pixels.
        jpeg: Quality of the camera's own JPEG with colour at half the resolution; None for none.
        scale: Size of the photo that is passed on, relative to the camera's.
        second_jpeg: Quality of the JPEG after resizing; None for none.
        seed: Equal seeds give equal noise, bit for bit.

    Raises:
        DeblurError: A value is out of its range, or the tone is unknown.
    """

    exposure: float = 1.0
    noise: float = 0.0
    photons: float | None = None
    has_mosaic: bool = False
    red: float = 1.0
    blue: float = 1.0
    tone: str = "srgb"
    denoise: float = 0.0
    sharpen: float = 0.0
    sharpen_radius: float = 1.0
    jpeg: int | None = None
    scale: float = 1.0
    second_jpeg: int | None = None
    seed: int = 0

    def __post_init__(self) -> None:
        for name, (least, most) in _LIMITS.items():
            value = getattr(self, name)
            if value is not None and not least <= value <= most:
                raise DeblurError(
                    tr(
                        "{capitalize} must lie between {least:g} and {most:g}: {value}.",
                        capitalize=name.replace("_", " ").capitalize(),
                        least=least,
                        most=most,
                        value=value,
                    )
                )
        if self.tone not in TONES:
            raise DeblurError(
                tr("There is no tone curve “{tone}”. There are: {names}.", tone=self.tone, names=", ".join(TONES))
            )


def take_photo(light: Pixels, settings: CameraSettings) -> Pixels:
    """Return the photo that a camera makes of light.

    Args:
        light: Float32 array of shape (height, width, 3), linear, 0 and more; above 1 it is clipped.
        settings: Of the camera.

    Returns:
        Float32 array of shape (height, width, 3), encoded, in [0, 1], with 256 levels; its sides are those of the
        light times `settings.scale`.
    """
    exposed = np.clip(light * np.float32(settings.exposure), 0.0, 1.0)
    pixels = TONES[settings.tone](_sense(exposed, settings))
    if settings.denoise:
        pixels = _denoise(pixels, settings)
    if settings.sharpen:
        pixels = _sharpen(pixels, settings.sharpen, settings.sharpen_radius)
    return _pass_on(to_uint8(pixels), settings)


def resize_truth(truth: Pixels, settings: CameraSettings) -> Pixels:
    """Return the sharp picture that belongs to a photo: exposed, encoded and resized like it, without noise or JPEG.

    Args:
        truth: Float32 array of shape (height, width, 3), linear.
        settings: Of the camera.
    """
    pixels = TONES[settings.tone](np.clip(truth * np.float32(settings.exposure), 0.0, 1.0))
    return _resize(pixels, settings.scale)


def _sense(light: Pixels, settings: CameraSettings) -> Pixels:
    """Return what is read from the sensor, in linear light: white balance, noise, mosaic."""
    if not (settings.noise or settings.photons or settings.has_mosaic):
        return light
    gains = np.array([settings.red, 1.0, settings.blue], np.float32)
    random = np.random.default_rng((settings.seed, 21))
    exposure = light / gains
    variance = np.full_like(exposure, settings.noise**2)
    if settings.photons:
        variance += exposure / np.float32(settings.photons)  # Poisson's, as a Gaussian of equal variance
    exposure = (exposure + np.sqrt(variance) * random.standard_normal(exposure.shape, np.float32)).astype(np.float32)
    if settings.has_mosaic:
        exposure = _demosaic(exposure, gains)
    balanced: Pixels = np.clip(exposure * gains, 0.0, 1.0).astype(np.float32)
    return balanced


def _demosaic(light: Pixels, gains: NDArray[np.float32]) -> Pixels:
    """Return the picture that is interpolated from one colour at each pixel, in Bayer's pattern."""
    levels = np.clip(light * gains * np.float32(_WHITE - _BLACK) + np.float32(_BLACK), 0, 65535).astype(np.uint16)
    mosaic = levels[..., 1].copy()
    mosaic[::2, ::2] = levels[::2, ::2, 0]
    mosaic[1::2, 1::2] = levels[1::2, 1::2, 2]
    whole = cv2.demosaicing(mosaic, cv2.COLOR_BayerRGGB2RGB_EA)
    sensor_light = (whole.astype(np.float32) - np.float32(_BLACK)) / np.float32(_WHITE - _BLACK) / gains
    colours: Pixels = sensor_light.astype(np.float32)
    return colours


def _denoise(pixels: Pixels, settings: CameraSettings) -> Pixels:
    """Return pixels whose colour is averaged, and whose brightness is averaged among similar neighbours.

    The range of the bilateral filter (Tomasi and Manduchi 1998) follows the noise that the picture shows.
    """
    parts = cv2.cvtColor(pixels, cv2.COLOR_RGB2YCrCb)
    brightness = np.ascontiguousarray(parts[..., 0])
    fine = brightness - cv2.GaussianBlur(brightness, (0, 0), 1.0)
    noise = 1.4826 * float(np.median(np.abs(fine)))
    spread = settings.denoise * (4.0 * noise + 0.01)
    parts[..., 0] = cv2.bilateralFilter(brightness, _BILATERAL, spread, 0.5 + 2.0 * settings.denoise)
    colour = cv2.GaussianBlur(parts[..., 1:], (0, 0), _CHROMA * settings.denoise + 0.1)
    parts[..., 1:] = colour
    return np.clip(cv2.cvtColor(parts, cv2.COLOR_YCrCb2RGB), 0.0, 1.0)


def _sharpen(pixels: Pixels, amount: float, radius: float) -> Pixels:
    """Return pixels with unsharp masking of their brightness."""
    brightness = cv2.cvtColor(pixels, cv2.COLOR_RGB2GRAY)
    detail = brightness - cv2.GaussianBlur(brightness, (0, 0), radius)
    return np.clip(pixels + np.float32(amount) * detail[..., None], 0.0, 1.0).astype(np.float32)


def _pass_on(values: NDArray[np.uint8], settings: CameraSettings) -> Pixels:
    """Return the photo after the camera's JPEG, resizing, and the JPEG of whoever passes it on."""
    if settings.jpeg is not None:
        values = _through_jpeg(values, settings.jpeg)
    pixels = from_integer(values)
    if settings.scale != 1.0:
        values = to_uint8(_resize(pixels, settings.scale))
        pixels = from_integer(values)
    return from_integer(_through_jpeg(values, settings.second_jpeg)) if settings.second_jpeg is not None else pixels


def _resize(pixels: Pixels, scale: float) -> Pixels:
    if scale == 1.0:
        return pixels
    height, width = (max(round(length * scale), 1) for length in pixels.shape[:2])
    how = cv2.INTER_AREA if scale < 1.0 else cv2.INTER_CUBIC
    return np.clip(cv2.resize(pixels, (width, height), interpolation=how), 0.0, 1.0).astype(np.float32)


def _through_jpeg(values: NDArray[np.uint8], quality: int) -> NDArray[np.uint8]:
    settings = [
        cv2.IMWRITE_JPEG_QUALITY,
        quality,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR,
        cv2.IMWRITE_JPEG_SAMPLING_FACTOR_420,
    ]
    _, data = cv2.imencode(".jpg", cv2.cvtColor(values, cv2.COLOR_RGB2BGR), settings)
    return np.asarray(cv2.cvtColor(cv2.imdecode(data, cv2.IMREAD_COLOR), cv2.COLOR_BGR2RGB), np.uint8)  # type: ignore[arg-type]


def _gamma(light: Pixels) -> Pixels:
    return np.asarray(light ** np.float32(1 / 2.2), np.float32)


def _contrast(light: Pixels) -> Pixels:
    """Return sRGB with darker shadows and brighter lights, as compact cameras show them."""
    pixels = linear_to_srgb(light)
    return np.asarray(pixels + np.float32(0.5) * pixels * (1 - pixels) * (2 * pixels - 1), np.float32)


def _film(light: Pixels) -> Pixels:
    """Return sRGB of light whose highlights roll off (Reinhard et al. 2002), as phones show them."""
    return linear_to_srgb(light * (1.8 / (1.0 + 0.8 * light)))


TONES: dict[str, Callable[[Pixels], Pixels]] = {
    "srgb": linear_to_srgb,
    "gamma": _gamma,
    "contrast": _contrast,
    "film": _film,
}
"""Curves from linear light to encoded values, by name; all are 0 at 0 and 1 at 1."""

CAMERAS: dict[str, CameraSettings] = {
    "compact": CameraSettings(
        noise=0.004,
        photons=4_000.0,
        has_mosaic=True,
        red=1.8,
        blue=1.5,
        tone="contrast",
        denoise=0.6,
        sharpen=0.8,
        jpeg=90,
    ),
    "phone": CameraSettings(
        noise=0.004,
        photons=2_500.0,
        has_mosaic=True,
        red=1.8,
        blue=1.6,
        tone="film",
        denoise=0.9,
        sharpen=1.2,
        sharpen_radius=0.8,
        jpeg=85,
    ),
}
"""Cameras by name, as far as what they do can be seen in their photos."""
