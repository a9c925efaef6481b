"""What the program consists of: libraries with versions and licences, and photographs its networks learned from.

An installed program brings the list with it, as it was made of the environment that it was built in. From source it is
made of the environment that runs.
"""

from __future__ import annotations

import json
import platform
import re
import sys
from dataclasses import asdict, dataclass
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.core.resources import resource

if TYPE_CHECKING:
    from collections.abc import Iterable

LIST = ("licences", "components.json")
"""Where an installed program has its list, among its resources."""

_EXTRAS = ("gui", "formats")
"""What is installed with the program."""
_TEXT = re.compile(r"(^|[/_-])(licen[cs]es?|copying|notice|third_party_notices)[^/]*$", re.IGNORECASE)
_NOT_TEXT = (".py", ".pyc", ".json", ".so", ".svg", ".h")
_CLASSIFIER = "License :: OSI Approved :: "
_HOME = re.compile(r"^(home|source|repository|code|github)", re.IGNORECASE)
"""Labels of links that lead to where a package comes from."""
_ALSO_INSIDE = {
    "pillow_heif": "libheif and libde265: LGPL-3.0-or-later; x265: GPL-2.0-or-later",
    "opencv-python-headless": "FFmpeg: LGPL-2.1-or-later; OpenBLAS: BSD-3-Clause",
    "rawpy": "LibRaw: LGPL-2.1 OR CDDL-1.0",
}
"""Libraries inside a package whose licences ask for more than that of the package itself."""
_LONGEST_NAME = 120
"""Letters; some packages write the whole licence where its name belongs."""


@dataclass(frozen=True)
class Component:
    """One thing that the program consists of.

    Attributes:
        name: Its name where it is published.
        version: Its version; "" where it has none.
        licence: The name of its licence, an SPDX expression where its authors give one.
        homepage: Where it comes from; "" where nobody says.
        kind: “Python package”, “system library” or “artwork”, or “program” for Python itself.
        texts: The texts of its licences, as paths: absolute ones, or within the folder of an installed list.
    """

    name: str
    version: str
    licence: str
    homepage: str = ""
    kind: str = "Python package"
    texts: tuple[str, ...] = ()


@dataclass(frozen=True)
class PhotographSource:
    """Photographs that a bundled network learned from.

    Attributes:
        source: Where they are published.
        licence: Their licence.
        photographs: How many of them.
    """

    source: str
    licence: str
    photographs: int


def list_components() -> list[Component]:
    """Return all components, by name: those of the installed list, else those of the environment."""
    file = resource(*LIST)
    if not file.is_file():
        return find_components()
    entries = json.loads(file.read_text(encoding="utf-8"))
    return [Component(**{**entry, "texts": tuple(entry["texts"])}) for entry in entries]


def read_texts(component: Component) -> str:
    """Return the texts of the licences of a component, one below the other; "" where it comes without any."""
    folder = resource(*LIST).parent
    texts = [Path(folder, name).read_text(encoding="utf-8", errors="replace").strip() for name in component.texts]
    return "\n\n\n".join(texts)


def find_components() -> list[Component]:
    """Return the components of the environment: Python, the packages that Deblur asks for and they again, and icons."""
    python = Path(sys.base_prefix, "lib", f"python{sys.version_info[0]}.{sys.version_info[1]}", "LICENSE.txt")
    others = [
        Component(
            "Python", platform.python_version(), "PSF-2.0", "https://www.python.org", "program", _existing(python)
        ),
        Component(
            "Lucide", "1.62", "ISC", "https://lucide.dev", "artwork", _existing(resource("icons", "lucide", "LICENSE"))
        ),
    ]
    packages = [_describe(distribution) for distribution in find_distributions()]
    return sorted([*others, *packages], key=lambda component: component.name.lower())


def find_distributions(
    extras: Iterable[str] = _EXTRAS, requirements: Iterable[str] | None = None
) -> list[metadata.Distribution]:
    """Return the installed packages that Deblur asks for, and they again.

    Args:
        extras: What of its extras counts.
        requirements: What it asks for, as `pyproject.toml` says; None takes what was said when it was installed.
    """
    from packaging.requirements import Requirement
    from packaging.utils import canonicalize_name

    found: dict[str, metadata.Distribution] = {}
    seen: set[tuple[str, str]] = set()
    todo = [("deblur", extra) for extra in ("", *extras)] if requirements is None else []
    for requirement in map(Requirement, requirements or ()):
        todo += [(requirement.name, extra) for extra in ("", *requirement.extras)]
    while todo:
        name, extra = todo.pop()
        name = canonicalize_name(name)
        if (name, extra) in seen:
            continue
        seen.add((name, extra))
        distribution = _find_distribution(name)
        if distribution is None:
            continue
        found[name] = distribution
        for requirement in map(Requirement, distribution.requires or ()):
            if requirement.marker is None or requirement.marker.evaluate({"extra": extra}):
                todo += [(requirement.name, wanted) for wanted in ("", *requirement.extras)]
    return [found[name] for name in sorted(found) if name != "deblur"]


def photograph_sources() -> list[PhotographSource]:
    """Return the photographs that the bundled networks learned from, as their cards tell; the largest counts."""
    sources: dict[tuple[str, str], int] = {}
    for card in sorted(resource("weights").glob("*.json")):
        data: Any = json.loads(card.read_text(encoding="utf-8")).get("data") or {}
        for entry in data.get("photographs") or ():
            key = str(entry["source"]), str(entry["licence"])
            sources[key] = max(sources.get(key, 0), int(entry["photographs"]))
    return [PhotographSource(source, licence, count) for (source, licence), count in sorted(sources.items())]


def as_json(components: list[Component]) -> str:
    """Return a list of components as the text of a file, which `list_components` reads."""
    return json.dumps([asdict(component) for component in components], indent=1, ensure_ascii=False)


def _find_distribution(name: str) -> metadata.Distribution | None:
    """Return an installed package; TensorFlow's build for processors alone stands in for TensorFlow."""
    for candidate in (name, f"{name}-cpu"):
        try:
            return metadata.distribution(candidate)
        except metadata.PackageNotFoundError:
            continue
    return None


def _describe(distribution: metadata.Distribution) -> Component:
    about = distribution.metadata
    files = [file for file in distribution.files or () if _is_text(str(file))]
    located = [str(path) for file in files if (path := Path(str(distribution.locate_file(file)))).is_file()]
    links = [line.partition(",") for line in about.get_all("Project-URL") or ()]
    home = next((link.strip() for label, _, link in links if _HOME.match(label)), "")
    inside = _ALSO_INSIDE.get(distribution.name)
    return Component(
        distribution.name,
        distribution.version,
        _licence_of(about) + (f" (inside it, {inside})" if inside else ""),
        str(about.get("Home-page") or home),
        texts=tuple(sorted(located)),
    )


def _licence_of(about: Any) -> str:
    """Return the licence of a package: its SPDX expression, else its `License` field if short, else its classifiers."""
    if expression := about.get("License-Expression"):
        return str(expression)
    classifiers = [line.removeprefix(_CLASSIFIER) for line in about.get_all("Classifier") or () if _CLASSIFIER in line]
    named = str(about.get("License") or "").strip()
    if named and "\n" not in named and len(named) <= _LONGEST_NAME:
        return named
    return " AND ".join(classifiers) or named.partition("\n")[0][:_LONGEST_NAME] or "not named"


def _is_text(name: str) -> bool:
    return bool(_TEXT.search(name)) and not name.endswith(_NOT_TEXT)


def _existing(path: Path) -> tuple[str, ...]:
    return (str(path),) if path.is_file() else ()
