"""The table of methods: what forms, options and checks are drawn from."""

from __future__ import annotations

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.engine import methods
from deblur_app.engine.methods import METHODS, Choice, Parameter

NUMBER = Parameter("strength", "Strength", "How much.", 0.5, minimum=0.0, maximum=2.0, unit="px")
COUNT = Parameter("steps", "Steps", "How often.", 8, minimum=1, maximum=20)
WORD = Parameter("kind", "Kind", "What.", "a", choices=(Choice("a", "the first"), Choice("b", "the second")))
FILE = Parameter("model", "Model", "Which.", "a", choices=(Choice("a", "the first"),), is_file=True)


@pytest.mark.parametrize("method", METHODS.values(), ids=list(METHODS))
def test_every_entry_is_complete(method):
    """Each method is filed under its name, explains itself in sentences, and its own defaults are valid."""
    assert METHODS[method.name] is method
    assert method.label
    assert method.explanation.endswith(".")
    for parameter in method.parameters:
        assert parameter.label
        assert parameter.explanation.endswith(".")
        assert parameter.checked(parameter.default) == parameter.default
        assert parameter.choices or parameter.minimum < parameter.maximum
    assert method.checked({}) == {parameter.name: parameter.default for parameter in method.parameters}


@pytest.mark.parametrize(
    ("parameter", "text", "value"),
    [
        (NUMBER, "1.5", 1.5),
        (NUMBER, 2, 2.0),
        (COUNT, "20", 20),
        (COUNT, 1, 1),
        (WORD, "b", "b"),
        (FILE, "my.json", "my.json"),
    ],
)
def test_text_from_the_command_line_becomes_a_value(parameter, text, value):
    """A value has the type of the default, from text and from a form."""
    checked = parameter.checked(text)
    assert checked == value
    assert type(checked) is type(parameter.default)


@pytest.mark.parametrize(
    ("parameter", "text", "sentence"),
    [
        (NUMBER, "2.1", "Strength must lie between 0 and 2 px: 2.1."),
        (NUMBER, "-1", "Strength must lie between 0 and 2 px: -1."),
        (NUMBER, "nan", "Strength must lie between 0 and 2 px: nan."),
        (NUMBER, "inf", "Strength must lie between 0 and 2 px: inf."),
        (NUMBER, "much", "Strength must be a number, not “much”."),
        (COUNT, "0", "Steps must lie between 1 and 20: 0."),
        (COUNT, "1.5", "Steps must be a whole number, not “1.5”."),
        (COUNT, float("inf"), "Steps must be a whole number, not “inf”."),
        (COUNT, None, "Steps must be a whole number, not “None”."),
        (WORD, "c", "Kind cannot be “c”. Choose one of: a, b."),
    ],
)
def test_what_is_no_value_is_told(parameter, text, sentence):
    """The sentence names the parameter, its range, and what was given."""
    with pytest.raises(DeblurError) as caught:
        parameter.checked(text)
    assert str(caught.value) == sentence


def test_unknown_settings_are_told_with_the_known_ones():
    """A misspelt name is not ignored."""
    with pytest.raises(DeblurError, match=r"has no setting overlpa\. It has: area, overlap, model\."):
        METHODS["autoencoder"].checked({"overlpa": 3})


def test_unknown_methods_are_told_with_the_known_ones():
    """The sentence lists what there is."""
    assert methods.find("autoencoder") is METHODS["autoencoder"]
    with pytest.raises(DeblurError, match=r"no method “magic”\. There are: .*autoencoder"):
        methods.find("magic")
