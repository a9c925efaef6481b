"""The share of a restoration that is taken: the formula, at any size, with bounded memory."""

from __future__ import annotations

import numpy as np
import pytest
from skimage.data import astronaut

from deblur_app.core import protection
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import from_integer
from deblur_app.core.task import run_to_end
from deblur_app.engine import blend as blending
from deblur_app.engine.blend import PLAIN, Blend, blend_of, blend_of_text, blend_photo, blend_pixels

RESTORED = from_integer(astronaut())
GIVEN = np.clip(RESTORED * np.float32(0.9) + np.float32(0.02), 0, 1)


def test_strength_leads_from_the_input_over_the_result_to_beyond():
    """0 is the input, 100 the result, 200 twice the change, clipped to what a picture can hold."""
    np.testing.assert_allclose(blend_pixels(GIVEN, RESTORED, Blend(0)), GIVEN, atol=1e-6)
    np.testing.assert_allclose(blend_pixels(GIVEN, RESTORED, PLAIN), RESTORED, atol=1e-6)
    twice = np.clip(2 * RESTORED - GIVEN, 0, 1)
    np.testing.assert_allclose(blend_pixels(GIVEN, RESTORED, Blend(200)), twice, atol=1e-6)


@pytest.mark.parametrize("name", blending.PROTECTED)
def test_what_is_protected_stays_as_it_was(name):
    """As much as its mask says, and half of that at half the amount."""
    mask = getattr(protection, name)(GIVEN)[..., None]
    for amount in (50, 100):
        expected = GIVEN + (1 - amount / 100 * mask) * (RESTORED - GIVEN)
        np.testing.assert_allclose(blend_pixels(GIVEN, RESTORED, Blend(**{name: amount})), expected, atol=1e-5)


def test_a_whole_photo_is_blended_strip_by_strip_without_seams(monkeypatch):
    """The same as all at once; the photo and the result are left alone."""
    monkeypatch.setattr(blending, "_STRIP", 20_000)
    blend = Blend(150, highlights=100, skin=80, sky=60)
    before = GIVEN.copy(), RESTORED.copy()
    whole = run_to_end(blend_photo(GIVEN, RESTORED, blend))
    np.testing.assert_allclose(whole, blend_pixels(GIVEN, RESTORED, blend), atol=1e-5)
    np.testing.assert_array_equal((GIVEN, RESTORED), before)


def test_the_plain_result_is_not_copied():
    """Also where it has another size, as the paper's network on the whole photo gives; any other blend cannot be."""
    small = RESTORED[:16, :16]
    assert run_to_end(blend_photo(GIVEN, small, PLAIN)) is small
    with pytest.raises(DeblurError, match="another size"):
        run_to_end(blend_photo(GIVEN, small, Blend(50)))


def test_a_blend_comes_from_a_form_or_from_a_command_line():
    """Settings that are not named are as usual; a name without a number is protected wholly."""
    assert blend_of({"strength": 80, "sky": 30}) == Blend(80, sky=30)
    assert blend_of_text("80", "highlights, skin=40") == Blend(80, highlights=100, skin=40)
    assert blend_of_text("100", "").is_plain


@pytest.mark.parametrize(("strength", "protected", "words"), [
    ("201", "", "between 0 and 200"),
    ("much", "", "whole number"),
    ("100", "hair", "“hair” cannot be protected"),
    ("100", "skin=101", "between 0 and 100"),
])  # fmt: skip
def test_what_cannot_be_is_told(strength, protected, words):
    """In a sentence that says what can."""
    with pytest.raises(DeblurError, match=words):
        blend_of_text(strength, protected)
