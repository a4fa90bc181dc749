"""What she wrote for the library, and where it names her."""

from collections.abc import Callable
from typing import Any

from tests.inspire.factories import ContributionFactory, ImportBatchFactory
from tests.portal.leaving.scene import HER_KEY, Scene


def _library_people(scene: Scene) -> None:
    scene.row("inspire.SolutionPerson", solution=scene.solution, role="author")


def _revision_of_library(scene: Scene) -> None:
    her = {"user_id": HER_KEY, "name": scene.her.name, "role": "author", "position": scene.mark("pos")}
    scene.row("inspire.SolutionRevision", solution=scene.solution, number=99, content={"people": [her]})


def _contribution(scene: Scene) -> None:
    texts = {"content": {"title": scene.mark("draft")}, "base_content": {"title": scene.mark("base")}}
    type(scene.draft).objects.filter(pk=scene.draft.pk).update(title=scene.mark("title"), **texts)


def _contribution_parts(label: str, **given: Any) -> Callable[[Scene], None]:
    return lambda scene: scene.row(label, contribution=scene.draft, **given) and None


def _contribution_author(scene: Scene) -> None:
    others = ContributionFactory(created_by=scene.third)
    scene.row("inspire.ContributionAuthor", contribution=others)


def _imported(label: str, **given: Any) -> Callable[[Scene], None]:
    return lambda scene: scene.row(label, batch=ImportBatchFactory(made_by=scene.third), **given) and None


FILLERS: dict[str, Callable[[Scene], Any]] = {
    "inspire.SolutionPerson": _library_people,
    "inspire.SolutionChange": lambda scene: scene.row(
        "inspire.SolutionChange", solution=scene.solution, to_status="published"
    ),
    "inspire.SolutionRevision": _revision_of_library,
    "inspire.Contribution": _contribution,
    "inspire.ContributionAuthor": _contribution_author,
    "inspire.ContributionStep": _contribution_parts("inspire.ContributionStep", to_status="draft"),
    "inspire.ContributionComment": _contribution_parts("inspire.ContributionComment"),
    "inspire.ImportBatch": lambda scene: ImportBatchFactory(made_by=scene.her),
    "inspire.ImportChange": _imported("inspire.ImportChange", to_status="uploaded"),
    # Not hers by her account: they go after thirty days (docs/data-protection.md).
    "inspire.ImportedRow": _imported(
        "inspire.ImportedRow",
        number=1,
        source="x",
        source_id="1",
        digest="0",
        record={"title": "De un archivo"},
    ),
    "inspire.ImportNote": _imported("inspire.ImportNote", row=1, is_refusal=True, reason="Falta el título"),
}
