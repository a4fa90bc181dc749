"""Results of old versions, kept in files: they are shown, exported and scored as they were, whatever came after."""

import hashlib
import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from evaluate.answering.answer_list import answered_sections
from evaluate.engine.definition import FormDefinition, Group, Item, Question
from evaluate.engine.definition_json import from_json, to_json
from evaluate.engine.scoring import scoring_signature
from evaluate.models import Answer, Evaluation, EvaluationRun, Questionnaire, QuestionnaireVersion
from evaluate.personal import export_evaluations
from evaluate.services.questionnaires import version_publish
from evaluate.services.scoring import evaluation_score
from evaluate.services.states import evaluation_state
from tests.portal.accounts_factories import MembershipFactory

pytestmark = pytest.mark.django_db
FILES = sorted((Path(__file__).parent / "stored").glob("*.json"))
Change = Callable[[FormDefinition], FormDefinition]


@pytest.fixture(params=FILES, ids=[file.stem for file in FILES])
def stored(request: pytest.FixtureRequest) -> dict[str, Any]:
    """A version's questions, answers to it, and the result that they had when the file was written."""
    return json.loads(request.param.read_text(encoding="utf-8"))


@pytest.fixture
def evaluation(stored: dict[str, Any]) -> Evaluation:
    """The same in the database, as an installation of that day holds it: handed in and not yet scored."""
    membership = MembershipFactory()
    version = published(Questionnaire.objects.create(slug="guardado"), stored["definition"], 1)
    made = Evaluation.objects.create(
        questionnaire=version.questionnaire,
        version=version,
        municipality=membership.municipality,
        owner=membership.user,
        submitted_by=membership.user,
        status=Evaluation.Status.SUBMITTED,
        submitted_at=datetime.fromisoformat(stored["submitted_at"]),
        repeat_counts=stored["repeat_counts"],
    )
    Answer.objects.bulk_create(
        Answer(
            evaluation=made,
            path=path,
            value=stored["answers"].get(path, ""),
            is_not_applicable=path in stored["not_applicable"],
            reason=stored["not_applicable"].get(path, ""),
            answered_by=membership.user,
            answered_at=made.submitted_at,
        )
        for path in {**stored["answers"], **stored["not_applicable"]}
    )
    return made


def published(questionnaire: Questionnaire, content: dict[str, Any], number: int) -> QuestionnaireVersion:
    definition = from_json(content)
    version = questionnaire.versions.create(
        number=number,
        definition=content,
        definition_sha256=hashlib.sha256(json.dumps(content, sort_keys=True).encode()).hexdigest(),
        titles={"es": definition.title},
        default_language=definition.default_language,
        is_scored=bool(definition.scoring),
        scoring_signature=scoring_signature(definition),
        source_name="guardado.json",
        source_sha256="0" * 64,
    )
    return version_publish(version=version)


def everywhere(definition: FormDefinition, change: Callable[[Item], Item]) -> FormDefinition:
    def changed(item: Item) -> Item:
        if isinstance(item, Group):
            item = replace(item, items=tuple(changed(each) for each in item.items))
        return change(item)

    return replace(definition, items=tuple(changed(item) for item in definition.items))


def edited(definition: FormDefinition) -> FormDefinition:
    def reworded(item: Item) -> Item:
        item = replace(item, label={"es": f"Otra cosa: {item.name}"}, relevant="")
        return replace(item, weight="7") if isinstance(item, Question) and item.choice_list else item

    return replace(everywhere(definition, reworded), title="Otro título", level_names=(), scoring="sum")


def reordered(definition: FormDefinition) -> FormDefinition:
    def turned(item: Item) -> Item:
        return replace(item, items=item.items[::-1]) if isinstance(item, Group) else item

    return replace(everywhere(definition, turned), items=definition.items[::-1])


def renamed(definition: FormDefinition) -> FormDefinition:
    return everywhere(
        definition,
        lambda item: replace(
            item, name=f"n_{item.name}", path=item.path.replace("/", "/n_"), relevant="", label={}
        ),
    )


def shortened(definition: FormDefinition) -> FormDefinition:
    return replace(definition, items=definition.items[1:] if len(definition.items) > 1 else definition.items)


def without_options(definition: FormDefinition) -> FormDefinition:
    lists = {name: choices[1:] for name, choices in definition.choice_lists.items()}
    return replace(definition, choice_lists=lists)


CHANGES: list[Change] = [edited, reordered, renamed, shortened, without_options]


def publish_later_versions(evaluation: Evaluation) -> None:
    """Change the questionnaire in every way that its authors may, one published version after the other."""
    first = from_json(evaluation.version.definition)
    for number, change in enumerate(CHANGES, start=2):
        published(evaluation.questionnaire, to_json(change(first)), number)
    assert evaluation.questionnaire.versions.published().get().number == len(CHANGES) + 1


def shown(evaluation: Evaluation) -> list[Any]:
    """Every question that the answers' list shows, with its answer as people read it."""
    found = Evaluation.objects.with_questionnaire().get(pk=evaluation.pk)
    return [
        (section.label, [(node.path, node.label, node.value, node.shown_value) for node in section.nodes])
        for section in answered_sections(found, evaluation_state(found))
    ]


def score(evaluation: Evaluation) -> EvaluationRun:
    run = evaluation_score(run_id=EvaluationRun.objects.create(evaluation=evaluation).pk)
    assert run is not None
    return run


def test_there_is_a_stored_result_of_every_method():
    methods = {json.loads(file.read_text(encoding="utf-8"))["result"]["method"] for file in FILES}
    assert methods == {"points_over_maximum", "weighted_mean", "sum", "minimum", "staged"}


def test_a_stored_evaluation_scores_as_it_did_when_the_file_was_written(stored, evaluation):
    run = score(evaluation)
    assert run.result == stored["result"]
    assert run.score_exact == stored["score_exact"]


def test_later_versions_leave_an_old_evaluation_as_it_was(client, stored, evaluation):
    score(evaluation)
    before, exported = shown(evaluation), _exported(evaluation)
    answers = list(evaluation.answers.order_by("path").values())
    assert before
    assert exported
    publish_later_versions(evaluation)
    again = score(evaluation)
    assert (again.result, again.score_exact) == (stored["result"], stored["score_exact"])
    assert shown(evaluation) == before
    assert _exported(evaluation) == exported
    assert list(evaluation.answers.order_by("path").values()) == answers
    client.force_login(evaluation.owner)
    page = client.get(reverse("evaluate:evaluation-result", args=[evaluation.public_id]))
    assert page.status_code == 200
    assert "Otra cosa" not in page.content.decode()
    api = client.get(f"/api/v1/evaluations/{evaluation.public_id}/result/").json()
    assert api["score"]["total"]["share_exact"] == stored["score_exact"]


def _exported(evaluation: Evaluation) -> str:
    rows = export_evaluations(evaluation.owner)
    return json.dumps([{**row, "updated_at": ""} for row in rows], default=str, sort_keys=True)


def test_a_published_version_cannot_be_changed_even_by_hand(evaluation):
    from_the_future = timezone.now()
    with pytest.raises(Exception, match="publi"):
        QuestionnaireVersion.objects.filter(pk=evaluation.version_id).update(
            definition={}, published_at=from_the_future
        )
