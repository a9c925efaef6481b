"""Makes resources/samples from photographs that scikit-image ships: each sharp, and with a blur that it is known by."""

from pathlib import Path

import numpy as np
import skimage.data

from deblur_app.blur.degrade import Degradation, degrade
from deblur_app.blur.kinds import Blur
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer
from deblur_app.core.task import run_to_end

SAMPLES = Path(__file__).parents[1] / "resources" / "samples"
BLURS = {
    "coffee": Degradation(Blur("motion", {"length": 11.0, "angle": 25.0}), eight_bit=False),
    "cat": Degradation(Blur("defocus", {"radius": 3.0}), noise=0.003),
    "rocket": Degradation(Blur("shake", {"extent": 13.0, "seed": 4}), noise=0.003, highlights=4.0),
}
"""The blur of each photo."""


def main() -> None:
    """Write all pictures."""
    for name, degradation in BLURS.items():
        sharp = Picture(from_integer(np.ascontiguousarray(getattr(skimage.data, name)())))
        image_io.write(sharp, SAMPLES / f"{name}_sharp.jpg")
        image_io.write(
            sharp.with_pixels(run_to_end(degrade(sharp.pixels, degradation))), SAMPLES / f"{name}_blurred.jpg"
        )


if __name__ == "__main__":
    main()
