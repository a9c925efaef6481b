"""The table of methods: what forms, options and checks are drawn from."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine import devices
from deblur_app.engine.method import Context, Method
from deblur_app.engine.methods import registry
from tests.conftest import MethodTable


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


def test_a_test_that_changes_the_table_leaves_it_in_its_own_order():
    """Whatever was replaced, added or left out: later tests find the entries where they were."""
    before = registry.METHODS
    with pytest.MonkeyPatch.context() as patch:
        table = MethodTable(patch)
        table.put(Method("new", "New", "Is new.", (), registry.find("denoise").run), replace(before[0], label="Other"))
        assert registry.list_names() == [*(method.name for method in before), "new"]
        assert registry.METHODS[0].label == "Other"
        table.keep("wiener", "new")
        assert registry.list_names() == ["wiener", "new"]
    assert registry.METHODS is before


def test_a_method_is_never_run_without_the_psf_that_it_undoes():
    """One that asks for it all the same has a fault, which is told as what it is."""
    pixels = np.zeros((4, 4, 3), np.float32)
    with pytest.raises(ValueError, match="there is none"):
        _ = Context(pixels, devices.processor()).known_psf
