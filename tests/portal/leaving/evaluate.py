"""Her self-check, her part in her municipality's, and her plan."""

from collections.abc import Callable
from typing import Any

from django.apps import apps
from django.utils import timezone

from connect.people.entries import people_entries_refresh
from evaluate.models import Evaluation
from portal.catalog.models import Entry
from tests.evaluate.factories import plan_step
from tests.portal.leaving.scene import HER_KEY, MARK, Scene


def _evaluation(scene: Scene) -> None:
    Evaluation.objects.filter(pk=scene.own_check.pk).update(submitted_by=scene.her)
    Evaluation.objects.filter(pk=scene.town_check.pk).update(
        submitted_by=scene.her, published_by=scene.her, published_at=timezone.now()
    )


def _answers(label: str, **given: Any) -> Callable[[Scene], None]:
    """Fill a model of answers: with her texts in her self-check, with her name alone in her municipality's."""

    def fill(scene: Scene) -> None:
        scene.row(label, evaluation=scene.own_check, path="residuos.responsable", **given)
        plain = {"value": "si"} if label.startswith("evaluate.Answer") else {}
        scene.row(
            label, evaluation=scene.town_check, path="residuos.separa", file=None, reason="", **plain, **given
        )

    return fill


def _revision(scene: Scene) -> None:
    when = {"answered_at": timezone.now(), "replaced_at": timezone.now()}
    scene.row("evaluate.AnswerRevision", evaluation=scene.own_check, path="residuos.responsable", **when)
    scene.row(
        "evaluate.AnswerRevision",
        evaluation=scene.town_check,
        path="residuos.separa",
        value="si",
        reason="",
        **when,
    )


def _comment(scene: Scene) -> None:
    scene.row("evaluate.ItemComment", evaluation=scene.town_check, path="residuos.separa")


def _evidence(scene: Scene) -> None:
    scene.row("evaluate.ItemEvidence", evaluation=scene.own_check, path="a", url="")
    scene.row(
        "evaluate.ItemEvidence",
        evaluation=scene.own_check,
        path="b",
        file=None,
        url=f"https://{MARK}.example/",
    )
    scene.row(
        "evaluate.ItemEvidence",
        evaluation=scene.town_check,
        path="a",
        title="Ordenanza",
        file=None,
        url="https://rafaela.example/",
    )


def _plan(scene: Scene) -> None:
    about = scene.version.questionnaire
    plan_step(
        owner=scene.her,
        about=about,
        title=scene.mark("step"),
        notes=scene.mark("notes"),
        responsible=scene.her,
    )
    towns = plan_step(scene.town, owner=scene.her, about=about, responsible=scene.her)
    # Somebody was inspired by her, and still she can leave.
    people_entries_refresh(user_ids=[HER_KEY])
    towns.inspirations.add(Entry.objects.get(kind="person", object_id=HER_KEY), scene.entry)


def _plan_change(scene: Scene) -> None:
    steps = apps.get_model("evaluate.PlanStep").objects.filter(owner=scene.her)
    own, towns = steps.get(municipality=None), steps.get(municipality=scene.town)
    scene.row("evaluate.PlanStepChange", step=own, to_status="doing")
    scene.row("evaluate.PlanStepChange", step=towns, to_status="doing", note="")


def _version(scene: Scene) -> None:
    type(scene.version).objects.filter(pk=scene.version.pk).update(edited_by=scene.her)


FILLERS: dict[str, Callable[[Scene], Any]] = {
    "evaluate.Evaluation": _evaluation,
    "evaluate.Answer": _answers("evaluate.Answer", answered_at=timezone.now()),
    "evaluate.AnswerRevision": _revision,
    "evaluate.SectionAssignment": lambda scene: scene.row(
        "evaluate.SectionAssignment", evaluation=scene.town_check, section="agua"
    ),
    "evaluate.ItemComment": _comment,
    "evaluate.ItemEvidence": _evidence,
    "evaluate.PlanStep": _plan,
    "evaluate.PlanStepChange": _plan_change,
    "evaluate.QuestionnaireVersion": _version,
    "evaluate.EvaluationChange": lambda scene: scene.row(
        "evaluate.EvaluationChange", evaluation=scene.town_check, to_status="draft"
    ),
}
