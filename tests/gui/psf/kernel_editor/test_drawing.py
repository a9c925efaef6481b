"""The brush draws light, takes it away, and what it drew is always a kernel."""

from __future__ import annotations

import numpy as np
import pytest

from deblur_app.blur import kernel_arrays, models
from deblur_app.gui.psf.kernel_editor import drawing
from deblur_app.gui.psf.kernel_editor.drawing import center_field, draw_stroke, field_of, kernel_of, resize_field

BLACK = np.zeros((21, 21), np.float32)


def test_a_kernel_goes_into_a_field_and_back() -> None:
    """Places that nobody draws on do not change, and its field has room around it."""
    kernel = models.motion(14.0, 32.0)
    field = field_of(kernel)
    assert field.max() == 1.0
    assert len(field) > len(kernel)
    result = kernel_of(field)
    assert result is not None
    assert np.allclose(resize_field(result, len(kernel)) if len(result) < len(kernel) else result, kernel, atol=1e-6)


def test_a_stroke_is_light_along_its_line_and_none_elsewhere() -> None:
    """Pixels on the line are at the strength of the brush, those further than its radius stay black."""
    field = draw_stroke(BLACK, (4, 10), (16, 10), size=1.0, strength=0.7)
    assert np.allclose(field[10, 4:17], 0.7)
    assert not field[:9].any()
    assert not field[12:].any()
    assert not BLACK.any()  # what was drawn on stays


def test_a_larger_brush_covers_more_and_drawing_twice_changes_nothing() -> None:
    """The stroke of a brush of 5 px is 5 px wide; the same stroke again leaves the field as it is."""
    field = draw_stroke(BLACK, (10, 10), (10, 10), size=5.0, strength=1.0)
    assert field[10].sum() == pytest.approx(5.0, abs=0.5)
    assert np.array_equal(draw_stroke(field, (10, 10), (10, 10), size=5.0, strength=1.0), field)


def test_erasing_takes_away_by_the_strength_of_the_brush() -> None:
    """At full strength nothing is left, at half strength half of it."""
    field = np.ones((21, 21), np.float32)
    removed = draw_stroke(field, (3, 10), (17, 10), size=3.0, strength=1.0, erases=True)
    assert not removed[10, 3:18].any()
    assert removed[0, 0] == 1.0
    half = draw_stroke(field, (3, 10), (17, 10), size=3.0, strength=0.5, erases=True)
    assert np.allclose(half[10, 3:18], 0.5)


def test_an_empty_field_is_no_kernel() -> None:
    """Nothing drawn gives None, and centring it changes nothing."""
    assert kernel_of(BLACK) is None
    assert np.array_equal(center_field(BLACK), BLACK)


def test_what_was_drawn_sums_to_one_and_keeps_its_place() -> None:
    """A spot off the middle stays off the middle until it is centred."""
    field = draw_stroke(BLACK, (15, 6), (15, 6), size=1.0, strength=0.3)
    kernel = kernel_of(field)
    assert kernel is not None
    assert kernel.sum() == pytest.approx(1.0)
    assert kernel_arrays.centroid(kernel) == pytest.approx((5.0, -4.0))
    centred = kernel_of(center_field(field))
    assert centred is not None
    assert kernel_arrays.centroid(centred) == pytest.approx((0.0, 0.0), abs=0.06)
    assert "off centre by 5.0, −4.0 px" in drawing.facts_text(kernel)
    assert "centred" in drawing.facts_text(centred)


@pytest.mark.parametrize("sides", [(15, 31), (31, 15), (21, 21)])
def test_a_field_keeps_its_middle_when_its_side_changes(sides: tuple[int, int]) -> None:
    """Larger or smaller, the light stays where it is seen from the middle."""
    field = np.zeros((sides[0], sides[0]), np.float32)
    field[sides[0] // 2 + 2, sides[0] // 2 - 3] = 1.0
    other = resize_field(field, sides[1])
    assert other.shape == (sides[1], sides[1])
    assert other[sides[1] // 2 + 2, sides[1] // 2 - 3] == 1.0
