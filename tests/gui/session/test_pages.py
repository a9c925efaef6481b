"""A file of several pages is looked at page by page, and each page has its own result."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import tifffile

from deblur_app.core.picture import to_uint8

if TYPE_CHECKING:
    from pathlib import Path

    from tests.gui.session.desk import Desk


def test_pages_are_opened_one_after_the_other(desk: Desk, tmp_path: Path) -> None:
    """Each with its own result, which is there again when one goes back; at the ends nothing happens."""
    planes = np.random.default_rng(0).integers(0, 256, (3, 40, 50), dtype=np.uint8)
    tifffile.imwrite(tmp_path / "a.tif", planes, photometric="minisblack", metadata=None)
    desk.open(tmp_path / "a.tif")
    session, shown = desk.session, []
    for step, is_there in ((-1, False), (1, True), (1, True), (1, False), (-1, True)):
        assert session.has_page(step) == is_there
        session.open_page(step)
        desk.wait()
        assert session.input
        assert session.result
        page = session.input.picture.page
        shown.append(page)
        assert np.array_equal(to_uint8(session.input.picture.pixels)[..., 0], planes[page])
        np.testing.assert_allclose(session.result.restored.picture.pixels * 2, session.input.picture.pixels, atol=1e-4)
    assert shown == [0, 1, 2, 2, 1]
    assert session.input
    assert session.input.picture.note == "“a.tif” has 3 pages; this is page 2."


def test_a_photo_has_one_page(desk: Desk, photo: Path) -> None:
    """There is nothing to go to."""
    assert not desk.session.has_page(1)
    desk.open(photo)
    assert not desk.session.has_page(1)
    assert not desk.session.has_page(-1)
