"""The plan of a batch: what the journal keeps of it, so that any later start of the program can go on with it."""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from deblur_app.core.errors import DeblurError
from deblur_app.core.formats.foreign_json import Text, convert
from deblur_app.core.texts import tr
from deblur_app.engine.batch import inputs, settings
from deblur_app.engine.batch.journal import Start, list_results, name_journal, read_journal
from deblur_app.engine.batch.settings import BatchSettings, Override, find_fingerprint

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from typing import Literal

    from deblur_app.engine.batch.inputs import BatchPhoto
    from deblur_app.engine.batch.journal import Journal, Record

    type OnChange = Literal["redo", "keep"] | None


class SettingsChangedError(DeblurError):
    """The results that are there were made with other settings, and nobody has said what to do then."""


@dataclass(frozen=True, eq=False)
class Plan:
    """A batch that can be begun, or gone on with.

    Attributes:
        inputs: The files and folders that the user named.
        folder: The folder of the results.
        settings: How each photo is restored.
        overrides: The settings of single photos, by their names within the batch.
    """

    inputs: tuple[Path, ...]
    folder: Path
    settings: BatchSettings
    overrides: Mapping[str, Override] = field(default_factory=dict)

    def list_photos(self) -> list[BatchPhoto]:
        """Return all photos of the batch; for errors see `inputs.list_photos`."""
        return inputs.list_photos(
            self.inputs, self.settings.output.suffix, skipped=list_skipped(self.inputs, self.folder)
        )


@dataclass(frozen=True)
class _OverrideForm:
    method: Text = ""
    values: dict[Text, bool | int | float | Text] = field(default_factory=dict)
    strength: int | None = None


@dataclass(frozen=True)
class _PlanForm:
    inputs: list[str]
    settings: dict[str, Any]
    overrides: dict[str, _OverrideForm] = field(default_factory=dict)


def list_skipped(named: Sequence[Path], folder: Path) -> list[Path]:
    """Return what is no photo of a batch: the folder of its results; if that is one of the inputs, its results."""
    real = folder.resolve()
    if any(path.resolve() == real for path in named):
        return list_results(folder)
    return [folder]


def begin_journal(
    journal: Journal, chosen: BatchSettings, on_change: OnChange = None, plan: Plan | None = None
) -> None:
    """Note the settings of this start in the journal.

    Args:
        journal: The journal.
        chosen: The settings.
        on_change: What to do with results of other settings: restore the photos again, or keep them.
        plan: What is to be done, for a later start that goes on.

    Raises:
        SettingsChangedError: They are other than those of the results, and `on_change` does not say what to do.
    """
    fingerprint = find_fingerprint(chosen)
    is_changed = bool(journal.records) and journal.start is not None and journal.start.settings != fingerprint
    if is_changed and on_change is None:
        raise SettingsChangedError(
            tr("The results in “{folder}” were made with other settings.", folder=journal.folder)
        )
    table = _to_table(plan) if plan else None
    journal.begin(Start(fingerprint, keeps_older=is_changed and on_change == "keep", plan=table))


def _to_table(plan: Plan) -> dict[str, Any]:
    overrides = {
        name: {"method": each.method, "values": dict(each.values), "strength": each.strength}
        for name, each in plan.overrides.items()
    }
    paths = [os.path.abspath(path) for path in plan.inputs]  # noqa: PTH100 – links stay as the user named them
    return {"inputs": paths, "settings": settings.to_table(plan.settings), "overrides": overrides}


def read_plan(folder: Path) -> tuple[Plan, dict[str, Record]] | None:
    """Return the plan of the batch in a folder, and what is done of it; None where there is none.

    Raises:
        DeblurError: The journal is of a newer program, or asks for what there is not, such as a model.
    """
    start, records = read_journal(name_journal(folder))
    if start is None or start.plan is None:
        return None
    try:
        form = convert(start.plan, _PlanForm)
        chosen = settings.from_table(form.settings)
    except ValueError as error:
        raise DeblurError(tr("The journal in “{folder}” is damaged: {error}.", folder=folder, error=error)) from error
    overrides = {name: Override(each.method, each.values, each.strength) for name, each in form.overrides.items()}
    return Plan(tuple(Path(path) for path in form.inputs), folder, chosen, overrides), records
