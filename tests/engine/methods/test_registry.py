"""The table of methods: what forms, options and checks are drawn from."""

from __future__ import annotations

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine.methods import registry
from deblur_app.engine.methods.registry import METHODS


@pytest.mark.parametrize("method", METHODS.values(), ids=list(METHODS))
def test_every_entry_is_complete(method):
    """Each method is filed under its name, explains itself in sentences, and its own defaults are valid."""
    assert METHODS[method.name] is method
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
        METHODS["autoencoder"].complete_values({"overlpa": 3})


def test_unknown_methods_are_told_with_the_known_ones():
    """The sentence lists what there is."""
    assert registry.find("autoencoder") is METHODS["autoencoder"]
    with pytest.raises(DeblurError, match=r"no method “magic”\. There are: .*autoencoder"):
        registry.find("magic")
