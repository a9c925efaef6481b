"""Writes the list of components and the texts of their licences, and the list in the form of CycloneDX (SBOM)."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from deblur_app import __version__
from deblur_app.core.program.components import Component, as_json, find_components

if TYPE_CHECKING:
    from collections.abc import Iterable

STANDARD = Path(__file__).resolve().parents[1] / "licences"
"""Texts of licences whose packages name them and come without them."""
_BY_NAME = (
    ("LGPL-3.0", ("LGPL-3.0.txt", "GPL-3.0.txt")),
    ("LGPL-2", ("LGPL-2.1.txt",)),
    ("Apache", ("Apache-2.0.txt",)),
)


def write_list(folder: Path, further: Iterable[Component] = ()) -> list[Component]:
    """Write `components.json`, the texts and `sbom.cdx.json` into a folder, which is emptied; return the components.

    Args:
        folder: Where they go.
        further: Components beside those of the environment, as libraries of the system.

    Raises:
        SystemExit: A component has no text of its licence.
    """
    shutil.rmtree(folder, ignore_errors=True)
    (folder / "texts").mkdir(parents=True)
    components = [_with_texts(component, folder) for component in [*find_components(), *further]]
    if bare := [component.name for component in components if not component.texts]:
        raise SystemExit(f"The text of the licence is missing of: {', '.join(bare)}.")
    (folder / "components.json").write_text(as_json(components), encoding="utf-8")
    (folder / "sbom.cdx.json").write_text(make_sbom(components), encoding="utf-8")
    return components


def _with_texts(component: Component, folder: Path) -> Component:
    """Copy the texts of a component into the folder; return the component with their names there."""
    texts = [Path(text) for text in component.texts] or standard_texts(component.licence)
    names = []
    for number, text in enumerate(texts, start=1):
        name = f"texts/{component.name}-{number}.txt"
        shutil.copyfile(text, folder / name)
        names.append(name)
    return replace(component, texts=tuple(names))


def standard_texts(licence: str) -> list[Path]:
    """Return the files of a licence by its name; none for one that is not kept here."""
    names = next((files for start, files in _BY_NAME if start in licence), ())
    return [STANDARD / name for name in names]


def make_sbom(components: Iterable[Component]) -> str:
    """Return the list of components as JSON of CycloneDX 1.6; the same components give the same text."""
    from cyclonedx.contrib.license.factories import LicenseFactory
    from cyclonedx.model import ExternalReference, ExternalReferenceType, XsUri
    from cyclonedx.model.bom import Bom
    from cyclonedx.model.component import Component as Entry
    from cyclonedx.model.component import ComponentType
    from cyclonedx.output.json import JsonV1Dot6
    from packageurl import PackageURL

    make = LicenseFactory().make_from_string
    bom = Bom()
    bom.metadata.component = Entry(name="deblur", version=__version__, type=ComponentType.APPLICATION, bom_ref="deblur")
    for component in components:
        is_package = component.kind == "Python package"
        kind = {"Python package": "pypi", "system library": "deb"}.get(component.kind, "generic")
        links = [ExternalReference(type=ExternalReferenceType.WEBSITE, url=XsUri(component.homepage))]
        entry = Entry(
            name=component.name,
            version=component.version,
            type=ComponentType.LIBRARY if is_package else ComponentType.FILE,
            bom_ref=f"{component.name}@{component.version}",
            purl=PackageURL(kind, name=component.name, version=component.version or None),
            licenses=[make(component.licence)],
            external_references=links if component.homepage else None,
        )
        bom.components.add(entry)
        bom.register_dependency(bom.metadata.component, [entry])
    return _without_time(JsonV1Dot6(bom).output_as_string(indent=1))


def _without_time(text: str) -> str:
    """Return an SBOM without its random number and its time, which would make each build another."""
    import json

    content = json.loads(text)
    content.pop("serialNumber", None)
    content.get("metadata", {}).pop("timestamp", None)
    return json.dumps(content, indent=1, ensure_ascii=False)
