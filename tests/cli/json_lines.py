"""Strict reading of JSON that commands print."""

from __future__ import annotations

import json


def parse_json_lines(text: str) -> list[dict]:
    """Return the objects of text with one on each line; NaN and infinity are refused, as by strict parsers."""

    def refuse(constant: str) -> None:
        raise AssertionError(f"{constant} is no JSON")

    return [json.loads(line, parse_constant=refuse) for line in text.splitlines()]
