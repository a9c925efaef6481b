"""Search by a few letters of a name, in their order, as editors have it."""

from __future__ import annotations

from dataclasses import dataclass

_AT_BEGINNING, _IN_A_ROW, _AT_START = 8, 5, 6
"""Points for a letter that begins a word, that follows the letter before, and that begins the name: beginnings of words
count most, as people type them."""

_SKIPPED = 0.1
"""Points that each letter of the name costs: of two names that match alike, the shorter one comes first."""


@dataclass(frozen=True)
class Match:
    """A match: its points, more for better ones, and the places of the letters."""

    points: float
    places: tuple[int, ...] = ()


def match_letters(search: str, name: str) -> Match | None:
    """Return how well the letters of `search` stand in `name` in their order, or None where they do not.

    Case and spaces do not matter.
    """
    letters = "".join(search.casefold().split())
    if not letters:
        return Match(0.0)
    # One letter for each: ß would become two, and the places would be others.
    text = "".join(small if len(small := letter.casefold()) == 1 else letter for letter in name)
    best = max((_match_from(letters, text, start) for start in _find_all(letters[0], text)), key=_points, default=None)
    return best if best and best.places else None


def _points(match: Match) -> float:
    return match.points


def _find_all(letter: str, text: str) -> list[int]:
    return [place for place, one in enumerate(text) if one == letter]


def _match_from(letters: str, text: str, start: int) -> Match:
    """Return the match that begins at `start`; each letter is taken where it begins a word, or else next."""
    places = [start]
    for letter in letters[1:]:
        following = places[-1] + 1
        if text[following : following + 1] == letter:
            places.append(following)
            continue
        rest = [place for place in range(following, len(text)) if text[place] == letter]
        if not rest:
            return Match(-1.0)
        places.append(next((place for place in rest if _begins_word(text, place)), rest[0]))
    points = sum(
        1.0
        + _AT_BEGINNING * _begins_word(text, place)
        + _AT_START * (place == 0)
        + _IN_A_ROW * (number > 0 and place == places[number - 1] + 1)
        for number, place in enumerate(places)
    )
    return Match(points - _SKIPPED * len(text), tuple(places))


def _begins_word(text: str, place: int) -> bool:
    return place == 0 or not text[place - 1].isalnum()
