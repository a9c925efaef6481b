"""Parameters: what forms, options and checks are drawn from."""

from __future__ import annotations

import pytest

from deblur_app.core.errors import DeblurError
from deblur_app.core.parameter import Choice, Parameter, check_values

NUMBER = Parameter("strength", "Strength", "How much.", 0.5, minimum=0.0, maximum=2.0, unit="px")
COUNT = Parameter("steps", "Steps", "How often.", 8, minimum=1, maximum=20)
WORD = Parameter("kind", "Kind", "What.", "a", choices=(Choice("a", "the first"), Choice("b", "the second")))
FILE = Parameter("model", "Model", "Which.", "a", choices=(Choice("a", "the first"),), is_file=True)


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
    checked = parameter.convert(text)
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
        parameter.convert(text)
    assert str(caught.value) == sentence


def test_values_are_checked_together():
    """Those that are left out take their defaults; a misspelt name is told with the known ones."""
    assert check_values("Thing", (NUMBER, COUNT), {"steps": "9"}) == {"strength": 0.5, "steps": 9}
    with pytest.raises(DeblurError, match=r"“Thing” has no setting stpes\. It has: strength, steps\."):
        check_values("Thing", (NUMBER, COUNT), {"stpes": 9})
