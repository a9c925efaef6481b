"""Masks: strokes, gradients and subjects on a photo, in any order, the same at every size and in every file."""

from __future__ import annotations

import itertools

import cv2
import numpy as np
import pytest

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from deblur_app.core.picture import Picture
from deblur_app.core.task import run_to_end
from deblur_app.engine import blend as blending
from deblur_app.engine.blend import Blend, Blended, blend_photo
from deblur_app.engine.masks.drawing import Box, begin_grid, draw_mask, draw_shape, find_change, grid_size, read_weights
from deblur_app.engine.masks.mask import Gradient, Mask, Stroke, Subject, mask_of_values, read_mask, round_place

PHOTO = np.random.default_rng(0).random((90, 120, 3), np.float32)
RESTORED = np.random.default_rng(1).random((90, 120, 3), np.float32)
LINE = Stroke((round_place(0.2, 0.5), round_place(0.6, 0.5)), radius=0.1, hardness=0.5)


def _distances_to_line() -> np.ndarray:
    """Return the distance of each pixel's middle from `LINE`, in pixels."""
    y, x = np.mgrid[:90, :120] + 0.5
    return np.hypot(x - np.clip(x, 24, 72), y - 45)


def test_outside_of_a_mask_the_photo_stays_and_inside_of_it_the_result_is_taken(monkeypatch):
    """To the last bit, strip by strip; between the two they are mixed as the mask says."""
    monkeypatch.setattr(blending, "_STRIP", 2000)
    blended = run_to_end(blend_photo(PHOTO, RESTORED, Blend(mask=Mask((LINE,)))))
    away = _distances_to_line()
    np.testing.assert_array_equal(blended[away > 13], PHOTO[away > 13])
    np.testing.assert_allclose(blended[away < 5], RESTORED[away < 5], atol=1e-6)
    weights = draw_mask(Mask((LINE,)), PHOTO)[..., None] / 255
    np.testing.assert_allclose(blended, PHOTO + weights * (RESTORED - PHOTO), atol=1e-6)


def test_a_brush_fades_from_its_hardness_to_its_radius():
    """Full within half of the radius of 12 pixels, half of it in the middle of the fading, and nothing outside."""
    grid, away = draw_mask(Mask((LINE,)), PHOTO), _distances_to_line()
    assert (grid[away < 5] == 255).all()
    assert (grid[away > 13] == 0).all()
    assert grid[(away > 8.5) & (away < 9.5)].mean() == pytest.approx(127, abs=20)


def test_a_stroke_that_is_drawn_piece_by_piece_is_the_stroke_and_changes_its_rectangle_only():
    """So that painting shows what is saved, at the cost of what is painted."""
    points = tuple(round_place(0.1 + 0.02 * n, 0.3 + 0.1 * np.sin(n)) for n in range(20))
    whole = draw_mask(Mask((Stroke(points, 0.03, 0.2),)), PHOTO)
    grid = begin_grid(None, grid_size(120, 90))
    for first, second in itertools.pairwise(points):
        before = grid.copy()
        box = draw_shape(grid, Stroke((first, second), 0.03, 0.2), PHOTO)
        changed = np.argwhere(grid != before)
        assert not len(changed) or (
            (changed >= (box.top, box.left)).all() and (changed < (box.bottom, box.right)).all()
        )
        assert (box.right - box.left) * (box.bottom - box.top) < grid.size / 4
    np.testing.assert_array_equal(grid, whole)


def test_shapes_add_and_take_away_in_their_order():
    """What is erased is away until it is painted again; a mask that begins with erasing begins full."""
    spot, wide = Stroke(((0.5, 0.5),), 0.05, 1.0), Stroke(((0.5, 0.5),), 0.2, 1.0)
    rubber = Stroke(((0.5, 0.5),), 0.05, 1.0, is_erasing=True)
    middle, corner = (45, 60), (2, 2)
    for shapes, at_middle, at_corner in (
        ((wide, rubber), 0, 0),
        ((wide, rubber, spot), 255, 0),
        ((rubber,), 0, 255),
    ):
        grid = draw_mask(Mask(shapes), PHOTO)
        assert (grid[middle], grid[corner]) == (at_middle, at_corner)
        np.testing.assert_array_equal(draw_mask(Mask(shapes, is_inverted=True), PHOTO), 255 - grid)


def test_a_gradient_is_full_before_its_start_and_nothing_behind_its_end():
    """Half in the middle, whatever its direction."""
    grid = draw_mask(Mask((Gradient((0.25, 0.5), (0.75, 0.5)),)), PHOTO)
    assert (grid[:, :30] == 255).all()
    assert (grid[:, 90:] == 0).all()
    assert grid[:, 59:61].mean() == pytest.approx(127, abs=2)
    turned = draw_mask(Mask((Gradient((0.75, 0.5), (0.25, 0.5)),)), PHOTO)
    np.testing.assert_allclose(turned.astype(int), 255 - grid.astype(int), atol=1)


def _red_disc(width: int = 480, height: int = 360) -> np.ndarray:
    rng = np.random.default_rng(2)
    photo = np.full((height, width, 3), (0.2, 0.4, 0.3), np.float32)
    cv2.circle(photo, (width // 2, height // 2), height // 4, (0.8, 0.2, 0.1), -1)
    return np.clip(photo + rng.normal(0, 0.03, photo.shape), 0, 1).astype(np.float32)


def test_a_subject_is_found_in_its_rectangle_and_never_outside_of_it():
    """A red disc on green, within a pixel or two of its edge, each time the same."""
    photo, subject = _red_disc(), Subject((0.2, 0.15, 0.8, 0.85), hardness=1.0)
    grid = draw_mask(Mask((subject,)), photo)
    y, x = np.mgrid[:360, :480] + 0.5
    away = np.hypot(x - 240, y - 180)
    assert (grid[away < 87] == 255).mean() > 0.995
    assert (grid[away > 93] == 0).mean() > 0.995
    np.testing.assert_array_equal(grid, draw_mask(Mask((subject,)), photo))
    soft = draw_mask(Mask((Subject(subject.rectangle, hardness=0.0),)), photo)
    assert (soft <= grid).all()  # a feather stays within
    assert 0 < soft[180, 328] < 255


def test_a_subject_in_a_photo_of_one_colour_is_its_rectangle():
    """There is nothing to tell it by; and a rectangle of nothing is nothing."""
    flat = np.full((60, 80, 3), 0.5, np.float32)
    grid = draw_mask(Mask((Subject((0.25, 0.25, 0.75, 0.75), 1.0),)), flat)
    assert (grid[20:40, 25:55] == 255).all()
    assert not grid[:10].any()
    assert not draw_mask(Mask((Subject((0.5, 0.5, 0.5, 0.5)),)), flat).any()


def test_a_large_photo_has_a_coarser_grid_whose_parts_fit_together():
    """Weights of strips are those of the whole, and outside of the mask exactly nothing."""
    size = (5000, 3000)
    columns, rows = grid_size(*size)
    assert (columns, rows) == (2048, 1229)
    grid = begin_grid(None, (columns, rows))
    draw_shape(grid, LINE, PHOTO)
    whole = read_weights(grid, size, Box(0, 0, *size))
    strip = read_weights(grid, size, Box(0, 1400, 5000, 1700))
    np.testing.assert_allclose(strip.astype(int), whole[1400:1700].astype(int), atol=1)
    y, x = np.mgrid[:3000:7, :5000:7] + 0.5
    away = np.hypot(x - np.clip(x, 1000, 3000), y - 1500)
    assert (whole[::7, ::7][away > 507] == 0).all()
    assert (whole[::7, ::7][away < 243] == 255).all()


def test_a_mask_from_a_file_counts_pixel_by_pixel(tmp_path):
    """White is restored, black and transparent stay; it has to be as large as the photo."""
    values = np.zeros((90, 120, 3), np.float32)
    values[10:20, 30:50] = 1.0
    values[40:50] = 128 / 255
    alpha = np.ones((90, 120), np.float32)
    alpha[:, :40] = 0.0
    image_io.write(Picture(values, alpha), tmp_path / "mask.png")
    blend = Blend(mask=read_mask(tmp_path / "mask.png"))
    blended = run_to_end(blend_photo(PHOTO, RESTORED, blend))
    weights = values[..., :1] * alpha[..., None]
    np.testing.assert_array_equal(blended[weights[..., 0] == 0], PHOTO[weights[..., 0] == 0])
    np.testing.assert_allclose(blended, PHOTO + weights * (RESTORED - PHOTO), atol=1e-6)
    with pytest.raises(DeblurError, match="120 × 90 pixels and the photo 90 × 120"):
        run_to_end(blend_photo(PHOTO.transpose(1, 0, 2), RESTORED.transpose(1, 0, 2), blend))


def test_a_damaged_picture_of_a_mask_is_told():
    """Its header says one thing, its pixels another."""
    whole = mask_of_values(np.zeros((90, 120), np.uint8))
    with pytest.raises(DeblurError, match="damaged"):
        draw_mask(Mask(image=whole.image[:60]), PHOTO)


def test_a_mask_says_what_it_is_of():
    """In the words of the panel."""
    assert Mask((LINE, LINE, Gradient((0, 0), (1, 1)))).describe() == "2 strokes, 1 gradient"
    assert mask_of_values(np.zeros((2, 2), np.uint8)).describe() == "a picture"
    assert not Mask()


def test_another_stroke_changes_its_part_of_a_blend_only():
    """What is computed for that part is what the whole would be; so when the stroke is taken back."""
    other = Stroke((round_place(0.7, 0.8), round_place(0.8, 0.8)), 0.05, 0.3, is_erasing=True)
    one, two = Mask((LINE,)), Mask((LINE, other))
    first, second = (run_to_end(blend_photo(PHOTO, RESTORED, Blend(mask=mask))) for mask in (one, two))
    for before, after, pixels, expected in ((one, two, first, second), (two, one, second, first)):
        changed = find_change(before, after, 120, 90)
        assert changed is not None
        assert (changed.right - changed.left) * (changed.bottom - changed.top) < 120 * 90 / 8
        kept = pixels.copy()
        partly = run_to_end(blend_photo(PHOTO, RESTORED, Blend(mask=after), before=Blended(pixels, changed)))
        np.testing.assert_array_equal(partly, expected)
        np.testing.assert_array_equal(pixels, kept)


@pytest.mark.parametrize(("before", "after"), [
    (None, Mask((LINE,))),
    (Mask((LINE,)), None),
    (Mask((LINE,)), Mask((LINE,), is_inverted=True)),
    (Mask((LINE,)), Mask((LINE, Gradient((0, 0), (1, 1))))),
    (Mask((LINE, LINE)), Mask((Gradient((0, 0), (1, 1)), LINE, LINE))),
    (Mask((LINE,)), mask_of_values(np.zeros((90, 120), np.uint8))),
])  # fmt: skip
def test_other_changes_of_a_mask_may_be_anywhere(before, after):
    """So that the whole is computed."""
    assert find_change(before, after, 120, 90) is None
