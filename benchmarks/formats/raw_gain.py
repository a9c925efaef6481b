"""What restoring from raw gains over restoring the JPEG that a camera makes of the same exposure.

Three photographs that scikit-image ships, half a stop overexposed and moved by 13 pixels at 30°, on a made sensor with
photon noise. Both files are restored by `sparse` with the true kernel. PSNR is that of sRGB-encoded light below 70 % of
white, which both show alike, without a border of 16 pixels. `python -m benchmarks.formats.raw_gain` prints it for each.
"""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import cv2
import numpy as np
import rawpy
import skimage.data
from PIL import Image

from benchmarks.formats.made_raw import P3_OF_SRGB, make_dng
from deblur_app.blur import models
from deblur_app.blur.psf import Psf
from deblur_app.core import image_io
from deblur_app.core.colour import linear_to_srgb, srgb_to_linear
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.engine import tasks
from deblur_app.engine.method import Request

if TYPE_CHECKING:
    from numpy.typing import NDArray

_PICTURES = ("astronaut", "coffee", "chelsea")
_EXPOSURE = 1.5
_PHOTONS = 100_000
"""Photons of white."""


def main() -> None:
    """Print both figures of each picture."""
    for name in _PICTURES:
        from_raw, from_jpeg = measure_gain(name)
        print(f"{name}: from raw {from_raw:.2f} dB, from JPEG {from_jpeg:.2f} dB")


def measure_gain(name: str) -> tuple[float, float]:
    """Return the PSNR of a picture of scikit-image that is restored from raw, and from JPEG, in dB."""
    pixels = from_integer(np.ascontiguousarray(getattr(skimage.data, name)()[:256, 100:356]))
    light = srgb_to_linear(pixels).astype(np.float64) * _EXPOSURE
    kernel = models.motion(13, 30)
    blurred = cv2.filter2D(light, -1, kernel[::-1, ::-1], borderType=cv2.BORDER_REFLECT)
    noise = np.random.default_rng(0).normal(size=blurred.shape) * np.sqrt(blurred / _PHOTONS + 1e-6)
    with tempfile.TemporaryDirectory() as folder:
        raw, jpeg = Path(folder) / "a.dng", Path(folder) / "a.jpg"
        raw.write_bytes(make_dng(np.maximum(blurred + noise, 0)))
        with rawpy.imread(str(raw)) as sensor:
            values = sensor.postprocess(use_camera_wb=True, gamma=(2.4, 12.92), no_auto_bright=True)
        Image.fromarray(values).save(jpeg, quality=90)
        from_raw, from_jpeg = _restore(raw, kernel) @ np.linalg.inv(P3_OF_SRGB).T, _restore(jpeg, kernel)
    return _measure(from_raw, light), _measure(from_jpeg, light)


def _restore(path: Path, kernel: NDArray[np.float32]) -> NDArray[np.float32]:
    """Return the linear light of a restored photo, as its saved file shows it."""
    request = Request("sparse", psf=Psf(kernel), is_checked=False)
    restored = run_to_end(tasks.deblur(image_io.read(path), request)).picture
    image_io.write(restored, path.with_suffix(".tif"))
    return srgb_to_linear(image_io.read(path.with_suffix(".tif")).pixels)


def _measure(light: NDArray[Any], truth: NDArray[np.float64]) -> float:
    is_counted = truth.max(axis=2) < 0.7
    is_counted[:16], is_counted[-16:], is_counted[:, :16], is_counted[:, -16:] = False, False, False, False
    shown, expected = (linear_to_srgb(np.clip(part, 0, 1).astype(np.float32)) for part in (light, truth))
    return float(-10 * np.log10(np.mean((shown - expected)[is_counted] ** 2)))


if __name__ == "__main__":
    main()
