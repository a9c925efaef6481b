"""One estimate for a photo from those that begin at several of its sizes."""

import pytest

from deblur_app.blur import blur_posterior
from deblur_app.blur.blur_posterior import BlurPosterior
from deblur_app.blur.kinds import Blur
from deblur_app.engine.estimation.scale_merge import merge_scales


def make_part(size, angle=30.0, **shares):
    """Return the estimate at one size of a photo, all blurs of one size in its pixels."""
    probabilities = dict.fromkeys(blur_posterior.TYPES, 0.0) | shares
    blurs = {
        "motion": Blur("motion", {"length": size, "angle": angle}),
        "defocus": Blur("defocus", {"radius": size}),
        "turbulence": Blur("turbulence", {"sigma": size}),
    }
    return BlurPosterior(probabilities, blurs, size, dict.fromkeys(blur_posterior.SIZES, 0.1))


def test_sizes_that_agree_are_told_as_they_are():
    """In pixels of the photo itself; probabilities sum to 1."""
    merged = merge_scales({scale: make_part(8.0 / scale, defocus=0.9, none=0.1) for scale in (1.0, 1.5, 2.0)})
    assert merged.type == "defocus"
    assert float(merged.blurs["defocus"].values["radius"]) == pytest.approx(8.0)
    assert merged.extent == pytest.approx(8.0)
    assert sum(merged.probabilities.values()) == pytest.approx(1.0)


def test_a_small_blur_is_not_lost_where_the_photo_is_halved():
    """Its type and size come from the sizes that show it."""
    merged = merge_scales({1.0: make_part(2.0, turbulence=0.9, none=0.1), 2.0: make_part(0.3, none=0.99, shake=0.01)})
    assert merged.type == "turbulence"
    assert float(merged.blurs["turbulence"].values["sigma"]) == pytest.approx(2.0, rel=0.05)


@pytest.mark.parametrize(("trusted", "kind"), [((2.0,), "shake"), ((), "none")])
def test_a_blur_of_the_reduced_photo_alone_is_believed_where_that_is_large(trusted, kind):
    """The camera has sharpened the finest detail."""
    parts = {1.0: make_part(3.0, none=0.95, shake=0.05), 2.0: make_part(9.0, shake=0.95, none=0.05)}
    merged = merge_scales(parts, trusted)
    assert merged.type == kind
    assert merged.extent == pytest.approx(18.0, rel=0.1)


def test_one_more_size_of_a_photo_changes_little():
    """As a photo of twice the size has."""
    coarse = {2.0: make_part(5.0, shake=0.6, motion=0.4), 2.8: make_part(3.6, shake=0.7, motion=0.3)}
    merged = merge_scales({1.0: make_part(10.0, shake=0.4, motion=0.6), **coarse})
    assert merged.type == merge_scales({scale / 2.0: part for scale, part in coarse.items()}).type == "shake"


def test_directions_on_both_sides_of_the_vertical_have_a_vertical_mean():
    """An angle of 89° and one of -89° lie two degrees apart."""
    merged = merge_scales({1.0: make_part(8.0, 89.0, motion=1.0), 1.4: make_part(5.7, -89.0, motion=1.0)})
    assert abs(float(merged.blurs["motion"].values["angle"])) == pytest.approx(90.0, abs=0.5)
