"""Drafts in the database: begun, changed under a lock, published, thrown away."""

import threading
from dataclasses import replace

import pytest
from django.db import IntegrityError, connection, transaction

from evaluate.drafting.marks import item_mark
from evaluate.drafting.refusals import EditRefused
from evaluate.drafting.tree import with_item_removed, with_item_shifted
from evaluate.engine.definition_json import to_json
from evaluate.engine.problems import FormRejected
from evaluate.models import Questionnaire, QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.drafts import (
    DraftChanged,
    DraftClosed,
    DraftUnfinished,
    Held,
    draft_delete,
    draft_edit,
    draft_findings,
    draft_publish,
    draft_start,
    questionnaire_create,
)
from evaluate.services.questionnaires import questionnaire_import, version_retire
from evaluate.starter import CONTENT
from portal.audit.models import AuditEvent
from portal.topics.starter import load_topics
from tests.evaluate.factories import SURVEY, YES_NO, municipal_evaluation, questionnaire_version
from tests.evaluate.form_workbooks import workbook
from tests.portal.accounts_factories import UserFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
PATH = "/residuos/separa"


@pytest.fixture
def editor():
    return UserFactory(is_staff=True)


def retitled(title: str):
    return lambda definition: replace(definition, title=title)


def held(version: QuestionnaireVersion, path: str) -> Held:
    mark = item_mark(definition_of(version), path)
    return Held(version.definition_sha256, mark, lambda definition: item_mark(definition, path))


def test_a_new_questionnaire_begins_with_an_empty_draft(editor) -> None:
    area = PolicyAreaFactory(slug="ambiente")
    draft = questionnaire_create(
        slug="arbolado", area=area, titles={"es": "Arbolado", "en": ""}, actor=editor
    )
    assert (draft.status, draft.number, draft.title, draft.question_count) == ("draft", 1, "Arbolado", 0)
    assert draft_findings(draft)[0].message.startswith("El cuestionario no pregunta nada")
    with pytest.raises(EditRefused, match="Ya hay un cuestionario"):
        questionnaire_create(slug="arbolado", area=None, titles={"es": "Otro"}, actor=editor)


@pytest.mark.parametrize("slug", ["respuestas"])
def test_an_address_of_a_page_is_no_questionnaires(slug: str, editor) -> None:
    with pytest.raises(EditRefused, match="otra página"):
        questionnaire_create(slug=slug, area=None, titles={"es": "X"}, actor=editor)
    with pytest.raises(FormRejected, match="otra página"):
        questionnaire_import(data=workbook(SURVEY, YES_NO), filename="x.xlsx", slug=slug)
    assert not Questionnaire.objects.exists()


def test_a_draft_begins_with_any_version_and_there_is_one_at_a_time(editor) -> None:
    first = version_retire(version=questionnaire_version())
    draft = draft_start(version=first, actor=editor)
    assert (draft.based_on, draft.definition, draft.edited_by) == (first, first.definition, editor)
    with pytest.raises(EditRefused, match="ya tiene un borrador"):
        draft_start(version=first, actor=editor)
    with pytest.raises(FormRejected, match="ya tiene un borrador"):
        questionnaire_import(data=workbook(SURVEY[:5], YES_NO), filename="x.xlsx", slug="ambiente")


def test_a_file_may_take_the_place_of_the_open_draft(editor) -> None:
    first = questionnaire_version()
    draft = draft_start(version=first, actor=editor)
    data = workbook(SURVEY[:5], YES_NO)
    outcome = questionnaire_import(
        data=data, filename="x.xlsx", slug="ambiente", replaces_draft=True, actor=editor
    )
    assert outcome.is_new
    assert list(first.questionnaire.versions.filter(status="draft")) == [outcome.version]
    assert AuditEvent.objects.filter(action="questionnaire.draft-replaced", target_id=str(draft.pk)).exists()


def test_what_an_older_version_says_is_not_brought_in_again(editor) -> None:
    file = CONTENT / "residuos.yaml"
    load_topics()
    first = questionnaire_import(data=file.read_bytes(), filename=file.name, publish=True).version
    draft = draft_start(version=first, actor=editor)
    draft_edit(version_id=draft.pk, edit=retitled("Otro"), actor=editor)
    draft.refresh_from_db()
    QuestionnaireVersion.objects.filter(pk=first.pk).update(status="retired")
    QuestionnaireVersion.objects.filter(pk=draft.pk).update(
        status="published", published_at=first.published_at
    )
    again = questionnaire_import(data=file.read_bytes(), filename=file.name, publish=True)
    assert (again.version, again.is_new) == (first, False)
    draft.refresh_from_db()
    assert draft.status == "published"


def test_an_edit_is_kept_with_who_and_when_and_recorded(editor) -> None:
    draft = draft_start(version=questionnaire_version(), actor=UserFactory(is_staff=True))
    was = draft.definition_sha256
    draft = draft_edit(version_id=draft.pk, edit=lambda form: with_item_removed(form, "/agua"), actor=editor)
    assert (draft.edited_by, draft.question_count, draft.criteria_count) == (editor, 3, 1)
    event = AuditEvent.objects.get(action="questionnaire.draft-edited")
    assert event.before == {"definition_sha256": was}
    assert event.after == {"definition_sha256": draft.definition_sha256, "number": 2}


def test_an_edit_that_changes_nothing_leaves_no_trace(editor) -> None:
    draft = draft_start(version=questionnaire_version(), actor=editor)
    draft_edit(version_id=draft.pk, edit=lambda form: form, actor=editor)
    assert not AuditEvent.objects.filter(action="questionnaire.draft-edited").exists()


def test_the_later_of_two_edits_of_one_question_is_told(editor) -> None:
    draft = draft_start(version=questionnaire_version(), actor=editor)
    seen = held(draft, PATH)
    draft_edit(version_id=draft.pk, edit=lambda form: with_item_removed(form, PATH), actor=editor, held=seen)
    with pytest.raises(DraftChanged):
        draft_edit(version_id=draft.pk, edit=retitled("Otro"), actor=editor, held=seen)
    draft.refresh_from_db()
    assert draft.title == "Ambiente"


def test_two_edits_of_different_questions_are_both_kept(editor) -> None:
    draft = draft_start(version=questionnaire_version(), actor=editor)
    seen = held(draft, "/agua/mide")
    draft_edit(version_id=draft.pk, edit=lambda form: with_item_removed(form, PATH), actor=editor)
    draft_edit(
        version_id=draft.pk, edit=lambda form: with_item_removed(form, "/agua/mide"), actor=editor, held=seen
    )
    draft.refresh_from_db()
    assert {*definition_of(draft).by_path}.isdisjoint({PATH, "/agua/mide"})


def test_publishing_keeps_the_note_and_what_was_begun_goes_on_with_the_old_version(editor) -> None:
    first = questionnaire_version()
    evaluation = municipal_evaluation(first)
    draft = draft_start(version=first, actor=editor)
    draft = draft_edit(version_id=draft.pk, edit=lambda form: with_item_removed(form, "/agua"), actor=editor)
    published = draft_publish(
        version_id=draft.pk, held=draft.definition_sha256, note="Sin el agua.", actor=editor
    )
    evaluation.refresh_from_db()
    first.refresh_from_db()
    assert (published.status, published.note, first.status) == ("published", "Sin el agua.", "retired")
    assert evaluation.version == first
    assert "/agua/mide" in definition_of(evaluation.version).by_path


def test_a_draft_with_something_left_to_mend_is_not_published(editor) -> None:
    draft = questionnaire_create(slug="vacio", area=None, titles={"es": "Vacío"}, actor=editor)
    with pytest.raises(DraftUnfinished, match="no pregunta nada"):
        draft_publish(version_id=draft.pk, held=draft.definition_sha256, note="x", actor=editor)
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_topic_that_does_not_exist_stops_the_publishing_and_the_near_ones_are_named(editor) -> None:
    area = PolicyAreaFactory(slug="environment-waste")
    area.topics.create(slug="urban-trees", name_es="Arbolado", name_en="Trees", name_pt="Árvores")
    survey = [{**row, "topic": "urban-tree"} if row["type"].startswith("select") else row for row in SURVEY]
    data = workbook(survey, YES_NO, [{"form_title": "A", "form_id": "a", "area": "environment-waste"}])
    draft = questionnaire_import(data=data, filename="a.xlsx", slug="a").version
    with pytest.raises(DraftUnfinished, match=r"No existe el tema «urban-tree».*urban-trees"):
        draft_publish(version_id=draft.pk, held=draft.definition_sha256, note="x", actor=editor)


def test_a_draft_that_changed_since_it_was_looked_at_is_not_published(editor) -> None:
    draft = draft_start(version=questionnaire_version(), actor=editor)
    looked_at = draft.definition_sha256
    draft_edit(version_id=draft.pk, edit=lambda form: with_item_shifted(form, "/agua", -1), actor=editor)
    with pytest.raises(DraftChanged):
        draft_publish(version_id=draft.pk, held=looked_at, note="x", actor=editor)


def test_no_edit_reaches_a_published_version(editor) -> None:
    version = questionnaire_version()
    for step in (
        lambda: draft_edit(version_id=version.pk, edit=retitled("Otro"), actor=editor),
        lambda: draft_delete(version_id=version.pk, actor=editor),
        lambda: draft_publish(version_id=version.pk, held=version.definition_sha256, note="x", actor=editor),
    ):
        with pytest.raises(DraftClosed):
            step()
    # And were the service wrong, the database would still refuse.
    content = to_json(replace(definition_of(version), title="Otro"))
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionnaireVersion.objects.filter(pk=version.pk).update(definition=content)
    version.refresh_from_db()
    assert (version.title, version.status) == ("Ambiente", "published")


def test_a_draft_is_thrown_away_and_an_answered_one_is_not(editor) -> None:
    draft = draft_start(version=questionnaire_version(), actor=editor)
    draft_delete(version_id=draft.pk, actor=editor)
    assert not QuestionnaireVersion.objects.filter(pk=draft.pk).exists()
    assert AuditEvent.objects.filter(action="questionnaire.draft-deleted", actor_id=editor.pk).exists()
    evaluation = municipal_evaluation(QuestionnaireVersion.objects.published().get())
    answered = draft_start(version=evaluation.version, actor=editor)
    evaluation.version = answered
    evaluation.save()
    with pytest.raises(EditRefused, match="tiene respuestas"):
        draft_delete(version_id=answered.pk, actor=editor)


@pytest.mark.django_db(transaction=True)
def test_an_edit_waits_for_a_publishing_and_then_finds_no_draft() -> None:
    editor = UserFactory(is_staff=True)
    draft = draft_start(version=questionnaire_version(), actor=editor)
    found: list[object] = []

    def edit() -> None:
        try:
            draft_edit(version_id=draft.pk, edit=retitled("Otro"), actor=editor)
        except DraftClosed as error:
            found.append(error)
        finally:
            connection.close()

    with transaction.atomic():
        draft_publish(version_id=draft.pk, held=draft.definition_sha256, note="x", actor=editor)
        late = threading.Thread(target=edit)
        late.start()
        late.join(timeout=0.5)
        assert late.is_alive()
    late.join(timeout=20)
    draft.refresh_from_db()
    assert (draft.title, len(found)) == ("Ambiente", 1)
