"""The panes show of their pictures the same place, at the same zoom, never beyond the borders."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st
from PySide6.QtCore import QPointF, QSizeF

from deblur_app.gui.viewer.view import LinkedView, picture_rectangle

if TYPE_CHECKING:
    from PySide6.QtCore import QRectF

shares = st.floats(0, 1)
sides = st.integers(1, 20_000)
canvas_sides = st.integers(120, 3000)
moves = st.lists(
    st.one_of(
        st.tuples(st.just("zoom"), st.floats(-8, 8), shares, shares),
        st.tuples(st.just("move"), st.just(0.0), st.floats(-2, 2), st.floats(-2, 2)),
        st.tuples(st.just("fit"), st.just(0.0), shares, shares),
    ),
    max_size=8,
)


def view_after(history: list[tuple[str, float, float, float]]) -> LinkedView:
    """A view that a user has moved and zoomed about."""
    view = LinkedView()
    for what, steps, x, y in history:
        match what:
            case "zoom":
                view.zoom_by(steps, QPointF(x, y))
            case "move":
                view.move_by(QPointF(x, y))
            case _:
                view.fit()
    return view


def point_of(rectangle: QRectF, place: QPointF) -> tuple[float, float]:
    """Return where a place of the picture lies on the canvas."""
    return rectangle.left() + place.x() * rectangle.width(), rectangle.top() + place.y() * rectangle.height()


@given(history=moves, width=sides, height=sides, canvas_width=canvas_sides, canvas_height=canvas_sides)
@example(history=[("zoom", 5.0, 0.0, 0.0)], width=5000, height=20, canvas_width=300, canvas_height=600)
def test_nothing_beyond_the_borders_is_ever_shown(
    history: list[tuple[str, float, float, float]], width: int, height: int, canvas_width: int, canvas_height: int
) -> None:
    """However the user zooms and moves, a picture fills the canvas along an axis or lies in its middle."""
    seen = picture_rectangle(view_after(history), QSizeF(width, height), QSizeF(canvas_width, canvas_height))
    for start, end, length in (
        (seen.left(), seen.right(), canvas_width),
        (seen.top(), seen.bottom(), canvas_height),
    ):
        if end - start > length:
            assert start <= 1e-6
            assert end >= length - 1e-6
        else:
            assert start == pytest.approx(length - end, abs=1e-6)


@given(history=moves, steps=st.floats(0, 8), pointer=st.tuples(shares, shares), side=sides, scale=st.floats(0.1, 4))
def test_zooming_in_keeps_the_place_under_the_pointer(
    history: list[tuple[str, float, float, float]], steps: float, pointer: tuple[float, float], side: int, scale: float
) -> None:
    """Whatever the pointer is on stays under it while the user zooms in, from any place and zoom."""
    view, picture, canvas = view_after(history), QSizeF(side, side), QSizeF(side * scale, side * scale)
    before = picture_rectangle(view, picture, canvas)
    x, y = pointer[0] * canvas.width(), pointer[1] * canvas.height()
    place = QPointF((x - before.left()) / before.width(), (y - before.top()) / before.height())
    view.zoom_by(steps, place)
    after = picture_rectangle(view, picture, canvas)
    assert point_of(after, place) == pytest.approx((x, y), abs=1e-5 * after.width())


@given(history=moves, steps=st.floats(0.5, 8), x=shares, y=shares)
def test_zooming_out_undoes_zooming_in(
    history: list[tuple[str, float, float, float]], steps: float, x: float, y: float
) -> None:
    """Out after in, around the same place, leads back to where it began, unless the largest zoom was reached."""
    view = view_after(history)
    zoom, centre = view.zoom, view.centre
    place = centre + QPointF(x - 0.5, y - 0.5) / zoom
    view.zoom_by(steps, place)
    assume(view.zoom < 64)
    view.zoom_by(-steps, place)
    assert view.zoom == pytest.approx(zoom)
    assert (view.centre.x(), view.centre.y()) == pytest.approx((centre.x(), centre.y()), abs=1e-9)


@given(width=sides, height=sides, canvas_width=canvas_sides, canvas_height=canvas_sides)
def test_a_fitted_picture_is_whole_and_keeps_its_shape(
    width: int, height: int, canvas_width: int, canvas_height: int
) -> None:
    """At first a picture touches two borders of the canvas, crosses none, and is not distorted."""
    seen = picture_rectangle(LinkedView(), QSizeF(width, height), QSizeF(canvas_width, canvas_height))
    assert max(seen.width() / canvas_width, seen.height() / canvas_height) == pytest.approx(1)
    assert seen.width() * height == pytest.approx(seen.height() * width)


@given(x=st.floats(0.2, 0.8), y=st.floats(0.2, 0.8), sizes=st.tuples(sides, sides))
def test_pictures_of_different_sizes_show_the_same_place(x: float, y: float, sizes: tuple[int, int]) -> None:
    """The middle of the canvas is the same share of the small result as of the large photo."""
    view = LinkedView()
    view.set_zoom(4)
    view.move_by(QPointF(x - 0.5, y - 0.5))
    for side in sizes:
        seen = picture_rectangle(view, QSizeF(side, side), QSizeF(400, 400))
        assert point_of(seen, QPointF(x, y)) == pytest.approx((200, 200), abs=1e-6)


def test_the_panes_are_told_of_changes_only() -> None:
    """Every change is told once; what changes nothing, such as moving a whole picture, is not told."""
    view, told = LinkedView(), []
    view.changed.connect(lambda: told.append(view.zoom))
    view.move_by(QPointF(0.3, 0.3))
    view.fit()
    assert told == []
    view.zoom_by(1)
    view.set_zoom(1e9)
    view.set_zoom(1e9)
    assert told == [1.25, 64.0]
