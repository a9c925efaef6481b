"""Photos whose values are proportional to light reach a method as screens want them, and come back as they were."""

from __future__ import annotations

import numpy as np

from deblur_app.core.colour import srgb_to_linear
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine.preparation import preparation


def test_linear_values_come_back_linear(scene):
    """A method that changes nothing changes nothing of the file either; a note says what was seen."""
    light = srgb_to_linear(scene)
    prepared = preparation.with_linear_values(run_to_end(preparation.prepare(Picture(light))))
    np.testing.assert_allclose(prepared.picture.pixels, scene, atol=1e-4)
    assert "proportional to light" in " ".join(prepared.notes)
    result = run_to_end(preparation.finish(prepared, prepared.picture.pixels))
    np.testing.assert_allclose(result, light, atol=1e-4)
