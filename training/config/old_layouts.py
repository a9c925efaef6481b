"""Reading of settings that older versions wrote: keys and values under the names that they have now."""

from __future__ import annotations

from typing import Any

_SOURCES = {"made": "synthetic"}
"""Values of `data.source` that have another name now."""


def upgrade(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the tables of a configuration, or of the settings in a log, in the layout of this version.

    Args:
        settings: As read from TOML or JSON; not changed. What is not as it should be is left as it is.
    """
    data = settings.get("data")
    if isinstance(data, dict) and isinstance(data.get("source"), str):
        return settings | {"data": data | {"source": _SOURCES.get(data["source"], data["source"])}}
    return settings
