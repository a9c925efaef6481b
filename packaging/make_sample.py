"""Makes resources/samples from a photograph that scikit-image ships: sharp, and blurred by a moving camera."""

from pathlib import Path

import skimage.data

from deblur_app.blur import models
from deblur_app.blur.degrade import blur
from deblur_app.core import image_io
from deblur_app.core.picture import Picture, from_integer

SAMPLES = Path(__file__).parents[1] / "resources" / "samples"
LENGTH, ANGLE = 11.0, 25.0


def main() -> None:
    """Write both pictures."""
    sharp = Picture(from_integer(skimage.data.coffee()))
    image_io.write(sharp, SAMPLES / "coffee_sharp.jpg")
    image_io.write(sharp.with_pixels(blur(sharp.pixels, models.motion(LENGTH, ANGLE))), SAMPLES / "coffee_blurred.jpg")


if __name__ == "__main__":
    main()
