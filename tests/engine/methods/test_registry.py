"""The table of methods: what forms, options and checks are drawn from."""

from __future__ import annotations

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine.methods import registry


@pytest.mark.parametrize("method", registry.METHODS, ids=registry.list_names())
def test_every_entry_is_complete(method):
    """Each method is found by its name, explains itself in sentences, and its own defaults are valid."""
    assert registry.find(method.name) is method
    assert method.label
    assert method.explanation.endswith(".")
    for parameter in method.parameters:
        assert parameter.label
        assert parameter.explanation.endswith(".")
        assert parameter.convert(parameter.default) == parameter.default
        assert parameter.choices or parameter.minimum < parameter.maximum
    assert method.complete_values({}) == {parameter.name: parameter.default for parameter in method.parameters}


def test_unknown_settings_are_told_with_the_known_ones():
    """A misspelt name is not ignored."""
    with pytest.raises(DeblurError, match=r"has no setting overlpa\. It has: area, overlap, model\."):
        registry.find("autoencoder").complete_values({"overlpa": 3})


def test_unknown_methods_are_told_with_the_known_ones():
    """The sentence lists what there is."""
    assert registry.find("autoencoder").network == "autoencoder"
    with pytest.raises(DeblurError, match=r"no method “magic”\. There are: .*autoencoder"):
        registry.find("magic")
