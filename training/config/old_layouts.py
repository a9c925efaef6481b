"""Reading of settings that older versions wrote: keys and values under the names that they have now."""

from __future__ import annotations

from typing import Any

_MOVED = {"side": "network", "filters": "network", "latent": "network"}
"""Keys that stood above the tables, and the table that they are in now."""

_SOURCES = {"made": "synthetic"}
"""Values of `data.source` that have another name now."""


def upgrade(settings: dict[str, Any]) -> dict[str, Any]:
    """Return the tables of a configuration, or of the settings in a log, in the layout of this version.

    Args:
        settings: As read from TOML or JSON; not changed. What is not as it should be is left as it is.
    """
    new = dict(settings)
    for key, table in _MOVED.items():
        section = new.get(table, {})
        if key in new and isinstance(section, dict):
            new[table] = {key: new.pop(key)} | section
    data = new.get("data")
    if isinstance(data, dict) and isinstance(data.get("source"), str):
        new["data"] = data | {"source": _SOURCES.get(data["source"], data["source"])}
    return new
