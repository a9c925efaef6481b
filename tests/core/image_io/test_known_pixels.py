"""Every format, depth, layout, compression and alpha that is read, against the pixels that were put in."""

from __future__ import annotations

import numpy as np
import pytest

pytest.importorskip("imagecodecs")
pytest.importorskip("pillow_heif")

from deblur_app.core import image_io
from deblur_app.core.errors import DeblurError
from tests.core.image_io import picture_files


@pytest.mark.parametrize("kind", list(picture_files.FILES))
def test_the_pixels_are_those_of_the_file(tmp_path, capfd, kind):
    """Colours, transparency, depth and number of channels come back, and no codec prints anything."""
    sample = picture_files.FILES[kind]()
    path = tmp_path / f"a{sample.ending}"
    path.write_bytes(sample.data)
    picture = image_io.read(path)
    channels = sample.expected.shape[2]
    assert picture.bit_depth == sample.bits
    assert picture.is_grey == (channels < 3)
    assert (picture.alpha is not None) == (channels in {2, 4})
    colours = np.broadcast_to(sample.expected[..., : 1 if channels < 3 else 3], picture.pixels.shape)
    np.testing.assert_allclose(picture.pixels, colours, atol=sample.tolerance)
    if picture.alpha is not None:
        np.testing.assert_allclose(picture.alpha, sample.expected[..., -1], atol=sample.tolerance)
    assert capfd.readouterr().err == ""


@pytest.mark.parametrize("share", [0.4, 0.9])
@pytest.mark.parametrize("kind", list(picture_files.FILES))
def test_every_kind_of_file_that_was_cut_off_is_refused(tmp_path, capfd, kind, share):
    """A sentence, never a picture that is partly made up."""
    sample = picture_files.FILES[kind]()
    path = tmp_path / f"a{sample.ending}"
    path.write_bytes(sample.data[: int(len(sample.data) * share)])
    with pytest.raises(DeblurError, match="is damaged"):
        image_io.read(path)
    assert capfd.readouterr().err == ""
