"""The tables of docs/training.md: every key of a configuration with its default and what it means, from the program.

They stand between two lines, `<!-- keys: TABLE -->` and `<!-- end -->`. `python docs/training_keys.py` writes them.
"""

from __future__ import annotations

import dataclasses
import inspect
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any

import tomli_w

from training.config.config import TrainingConfig
from training.config.sections import Data, Learning, Logs, Network

if TYPE_CHECKING:
    from collections.abc import Mapping

PAGE = Path(__file__).parent / "training.md"

TABLES: Mapping[str, type[Any]] = {
    "top": TrainingConfig,
    "network": Network,
    "learning": Learning,
    "data": Data,
    "logs": Logs,
}
"""The class that holds the keys of each table; “top” are those above the tables."""

_PART = re.compile(r"(?P<begin><!-- keys: (?P<name>\w+) -->\n).*?(?P<end><!-- end -->)", re.DOTALL)
_ATTRIBUTE = re.compile(r"^    (?P<name>\w+): (?P<text>.+?)(?=^    \w+: |\Z)", re.DOTALL | re.MULTILINE)


def update_text(text: str) -> str:
    """Return the text of the page with its tables as the program has them now."""
    return _PART.sub(lambda found: f"{found['begin']}{table(found['name'])}\n{found['end']}", text)


def table(name: str) -> str:
    """Return a row for each key of one table of the configuration."""
    explained = meanings(TABLES[name])
    rows = [
        f"| `{field.name}` | {_default(field)} | {explained[field.name]} |"
        for field in dataclasses.fields(TABLES[name])
        if not dataclasses.is_dataclass(_value(field))
    ]
    return "\n".join(["| key | usual | |", "|---|---|---|", *rows])


def meanings(holder: type[Any]) -> dict[str, str]:
    """Return the descriptions of the keys of a table, from its docstring."""
    section = (inspect.getdoc(holder) or "").partition("Attributes:\n")[2]
    return {found["name"]: " ".join(found["text"].split()) for found in _ATTRIBUTE.finditer(section)}


def _default(field: dataclasses.Field[Any]) -> str:
    value = _value(field)
    if isinstance(value, float) and value and round(value, 4) != value:
        return f"`{value:.4g}`"
    text = re.sub(r"\s*\n\s*", " ", tomli_w.dumps({"x": value}).removeprefix("x = ").strip())
    return f"`{text.replace('[ ', '[').replace(', ]', ']')}`" if value != {} else ""


def _value(field: dataclasses.Field[Any]) -> Any:
    value = field.default if field.default_factory is dataclasses.MISSING else field.default_factory()
    return list(value) if isinstance(value, tuple) else value


if __name__ == "__main__":
    PAGE.write_text(update_text(PAGE.read_text(encoding="utf-8")), encoding="utf-8")
