"""The table of blurs: what forms, options and checks are drawn from."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import kernel_arrays, kinds, models, shake
from deblur_app.blur.kernel_files.values import MAX_SIDE
from deblur_app.blur.kinds import BLURS, Blur
from deblur_app.core.errors import DeblurError


@pytest.mark.parametrize("kind", BLURS.values(), ids=list(BLURS))
def test_every_entry_is_complete(kind):
    """Each blur is filed under its name, explains itself in sentences, and its own defaults are valid."""
    assert BLURS[kind.name] is kind
    assert kind.label
    assert kind.explanation.endswith(".")
    for parameter in kind.parameters:
        assert parameter.explanation.endswith(".")
        assert parameter.convert(parameter.default) == parameter.default
        assert parameter.minimum < parameter.maximum


@pytest.mark.parametrize("kind", BLURS.values(), ids=list(BLURS))
@pytest.mark.parametrize("end", ["minimum", "maximum"])
def test_both_ends_of_every_range_give_a_kernel(kind, end):
    """No value that a slider reaches breaks it."""
    kernel = kind.kernel(**{parameter.name: getattr(parameter, end) for parameter in kind.parameters})
    assert kernel.sum() == pytest.approx(1, abs=1e-5)
    assert kernel_arrays.centroid(kernel) == pytest.approx((0, 0), abs=0.05)
    assert len(kernel) <= MAX_SIDE  # so that it can be read again from a file


def test_the_four_blurs_of_the_paper_and_shake_are_there():
    """By the names that settings and figures use."""
    assert list(BLURS) == ["motion", "defocus", "turbulence", "shake", "shake-varying"]
    assert [name for name, kind in BLURS.items() if kind.varying] == ["shake-varying"]


def test_a_blur_gives_its_kernel():
    """With its values, and defaults for the others."""
    np.testing.assert_array_equal(Blur("motion", {"length": 9.0}).kernel(), models.motion(9.0, 32.0))
    np.testing.assert_array_equal(BLURS["defocus"].kernel(radius="2.5"), models.defocus(2.5))
    kernel = shake.psf_of(shake.trajectory(7, 0.3, 1.0, 5))
    np.testing.assert_array_equal(Blur("shake", {"extent": 7.0, "seed": 5}).kernel(), kernel)
    np.testing.assert_array_equal(Blur("shake-varying", {"extent": 7.0, "seed": 5, "roll": 4.0}).kernel(), kernel)


@pytest.mark.parametrize(
    ("kind", "text", "values"),
    [
        ("motion", "length=14,angle=-32", {"length": 14.0, "angle": -32.0}),
        ("motion", " angle = 5 ", {"length": 14.0, "angle": 5.0}),
        ("turbulence", "", {"sigma": 1.6}),
        ("shake", "extent=13,seed=1", {"extent": 13.0, "roughness": 0.3, "exposure": 1.0, "seed": 1}),
    ],
)
def test_text_becomes_a_blur(kind, text, values):
    """All values are filled in and have their types."""
    assert kinds.parse(kind, text) == Blur(kind, values)


@pytest.mark.parametrize(
    ("kind", "text", "sentence"),
    [
        ("motion", "length", "“length” is not of the form NAME=VALUE, in “length” for the blur motion."),
        ("motion", "length=3,", "“” is not of the form NAME=VALUE"),
        ("motion", "length=", "“length=” is not of the form"),
        ("motion", "length=3,length=4", "“length” is given twice"),
        ("motion", "radius=3", "“Moving object” has no setting radius. It has: length, angle."),
        ("motion", "length=0", "Length must lie between 0.5 and 200 px: 0."),
        ("motion", "length=nan", "Length must lie between"),
        ("shake", "seed=1.5", "Variant must be a whole number"),
        ("fog", "", "There is no blur “fog”. There are: motion, defocus"),
    ],
)
def test_what_is_no_blur_is_told(kind, text, sentence):
    """The sentence names the part that is wrong."""
    with pytest.raises(DeblurError) as caught:
        kinds.parse(kind, text)
    assert sentence in str(caught.value)
