"""Checks of the frozen program, `deblur --check-build`: all its modules, and what they use of the libraries, are there.

Modules that are imported on demand, and parts of libraries that the build leaves out, show their absence here and not
on the machine of a user. The build runs it, and fails where it fails.
"""

from __future__ import annotations

import base64
import importlib
import io
import os
import pkgutil
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

_TIFF = ("lzw", "zlib", "zstd", "jpeg", "lzma", "packbits", "webp", "png", "jpeg2000", "jpegxr", "jpegxl", "lerc")
_HEIC = base64.b64decode(
    "AAAAHGZ0eXBoZWljAAAAAG1pZjFoZWljbWlhZgAAAXxtZXRhAAAAAAAAACFoZGxyAAAAAAAAAABwaWN0AAAAAAAAAAAAAAAAAAAAACJpbG9jAA"
    "AAAERAAAEAAQAAAAABoAABAAAAAAAAABwAAAAjaWluZgAAAAAAAQAAABVpbmZlAgAAAAABAABodmMxAAAAAA5waXRtAAAAAAABAAAA/GlwcnAA"
    "AADcaXBjbwAAAHVodmNDAQNwAAAAkAAAAAAAHvAA/P34+AAADwNgAAEAGEABDAH//wNwAAADAJAAAAMAAAMAHroCQGEAAQApQgEBA3AAAAMAkA"
    "AAAwAAAwAeoCCBBZbqrprm4CGgwIAAAAyAAAADAIRiAAEABkQBwXPBiQAAABNjb2xybmNseAABAA0ABoAAAAAUaXNwZQAAAAAAAABAAAAAQAAA"
    "AChjbGFwAAAAEAAAAAEAAAAQAAAAAf///9AAAAAC////0AAAAAIAAAAQcGl4aQAAAAADCAgIAAAAGGlwbWEAAAAAAAAAAQABBYECAwWEAAAAJG"
    "1kYXQAAAAYKAGvC0jjcPWQmvV0qfZvrZ4SRdyQr6kg"
)
"""A grey picture of 16 × 16 pixels: the installed program reads HEIC, and cannot write it."""


def main() -> int:
    """Try all; write the failures to stderr and return their number."""
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    failures = []
    for name, check in {**_modules(), **_LIBRARIES}.items():
        try:
            check()
        except Exception as error:  # noqa: BLE001 - all of them are told at once
            failures.append(f"{name}: {type(error).__name__}: {error}")
    sys.stderr.write("".join(f"{failure}\n" for failure in failures))
    return min(len(failures), 100)


def _modules() -> dict[str, Callable[[], object]]:
    import deblur_app
    import training

    names = [
        module.name
        for package in (deblur_app, training)
        for module in pkgutil.walk_packages(package.__path__, f"{package.__name__}.", onerror=lambda _: None)
        if not module.name.endswith("__main__")
    ]
    if len(names) < 100:
        raise SystemExit("The modules cannot be listed.")
    return {name: lambda name=name: importlib.import_module(name) for name in names}


def _check_arrays() -> None:
    import cv2
    import numpy as np
    import scipy.io
    from skimage.metrics import structural_similarity
    from skimage.restoration import denoise_tv_chambolle

    picture = np.linspace(0, 1, 32 * 32 * 3, dtype=np.float32).reshape(32, 32, 3)
    structural_similarity(picture, denoise_tv_chambolle(picture, channel_axis=-1), channel_axis=-1, data_range=1)
    cv2.solve(np.eye(3), np.ones((3, 1)), flags=cv2.DECOMP_SVD)
    file = io.BytesIO()
    scipy.io.savemat(file, {"kernel": np.eye(3)})
    scipy.io.loadmat(io.BytesIO(file.getvalue()))


def _check_formats() -> None:
    import imagecodecs
    import numpy as np
    import pillow_heif
    import pillow_jxl  # noqa: F401 - it tells Pillow of itself
    import rawpy  # noqa: F401
    import tifffile
    from astropy.io import fits
    from PIL import Image

    picture = np.arange(32 * 32 * 3, dtype=np.uint8).reshape(32, 32, 3)
    for compression in _TIFF:
        file = io.BytesIO()
        predictor = compression in ("lzw", "zlib")
        tifffile.imwrite(file, picture, compression=compression, predictor=predictor, photometric="rgb")
        tifffile.imread(io.BytesIO(file.getvalue()))
    imagecodecs.exr_decode(imagecodecs.exr_encode(picture.astype(np.float32)))
    imagecodecs.avif_decode(imagecodecs.avif_encode(picture))
    imagecodecs.brotli_decode(imagecodecs.brotli_encode(picture.tobytes()))
    if int(np.asarray(pillow_heif.open_heif(_HEIC)).mean().round()) != 128:
        raise ImportError("HEIC is read wrong")
    for name in ("JXL", "AVIF", "WEBP", "JPEG2000"):
        file = io.BytesIO()
        Image.fromarray(picture).save(file, name)
        Image.open(io.BytesIO(file.getvalue())).load()
    file = io.BytesIO()
    fits.PrimaryHDU(np.eye(4, dtype=np.float32)).writeto(file)
    with fits.open(io.BytesIO(file.getvalue()), memmap=False) as units:
        units[0].data.sum()


def _check_curves() -> None:
    import pyqtgraph
    import qimage2ndarray  # noqa: F401
    import vl_convert
    from PySide6.QtGui import QImageReader
    from PySide6.QtWidgets import QApplication

    application = QApplication.instance() or QApplication([])
    graph = pyqtgraph.PlotWidget()
    graph.plot([1, 2], [3, 4])
    if b"svg" not in [bytes(name.data()) for name in QImageReader.supportedImageFormats()]:
        raise ImportError("Qt does not read SVG")
    del graph, application
    vl_convert.vegalite_to_png({"mark": "point", "data": {"values": [{"x": 1}]}, "encoding": {"x": {"field": "x"}}})


def _check_training() -> None:
    import keras
    import numpy as np

    layers = [keras.layers.Conv2D(2, 3, padding="same"), keras.layers.BatchNormalization()]
    model = keras.Sequential([*layers, keras.layers.Conv2DTranspose(3, 3, padding="same")])
    model.compile("adam", "mse")
    pictures = np.zeros((2, 8, 8, 3), np.float32)
    model.fit(pictures, pictures, verbose=0)


_LIBRARIES: dict[str, Callable[[], object]] = {
    "arrays": _check_arrays,
    "formats": _check_formats,
    "curves": _check_curves,
    "training": _check_training,
}
