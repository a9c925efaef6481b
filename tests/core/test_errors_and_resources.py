"""The two smallest modules of core."""

from __future__ import annotations

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.resources import resource


def test_an_error_is_its_sentence():
    """The window shows and the command line prints the text alone."""
    with pytest.raises(DeblurError) as caught:
        raise DeblurError("photo.jpg is empty.")
    assert str(caught.value) == "photo.jpg is empty."


def test_a_defect_is_no_deblur_error():
    """Python's own errors are never mistaken for something the user can mend."""
    assert not issubclass(ValueError, DeblurError)
    assert not issubclass(DeblurError, (ValueError, OSError))


def test_bundled_files_are_found():
    """The icon that ships with the program is where `resource` says."""
    assert resource("icons", "deblur.png").is_file()
