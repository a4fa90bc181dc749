"""Bringing questionnaires in, publishing and retiring them."""

import pytest
from django.db import IntegrityError, transaction

from evaluate.engine.problems import FormRejected
from evaluate.models import Questionnaire, QuestionnaireVersion
from evaluate.services.questionnaires import (
    questionnaire_import,
    questionnaire_update,
    version_publish,
    version_retire,
)
from portal.audit.models import AuditEvent
from portal.catalog.models import Entry
from tests.evaluate.factories import SURVEY, YES_NO, questionnaire_version
from tests.evaluate.form_workbooks import workbook
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
DATA = workbook(SURVEY, YES_NO, [{"form_title": "Ambiente", "form_id": "ambiente"}])
CHANGED = workbook([*SURVEY, {"type": "text", "name": "algo", "label": "Algo más"}], YES_NO)


def test_a_workbook_becomes_a_draft_version_that_says_what_it_asks() -> None:
    outcome = questionnaire_import(data=DATA, filename="ambiente.xlsx", slug="ambiente")
    version = outcome.version
    assert outcome.is_new
    assert (version.number, version.status, version.title) == (1, "draft", "Ambiente")
    assert (version.question_count, version.criteria_count, version.is_scored) == (4, 2, True)
    assert not Entry.objects.filter(kind="questionnaire").exists()


def test_the_same_file_twice_makes_no_second_version() -> None:
    questionnaire_import(data=DATA, filename="ambiente.xlsx", slug="ambiente")
    again = questionnaire_import(data=DATA, filename="ambiente.xlsx", slug="ambiente")
    assert not again.is_new
    assert QuestionnaireVersion.objects.count() == 1


def test_a_changed_file_makes_a_draft_and_leaves_the_version_in_force_alone() -> None:
    first = questionnaire_import(data=DATA, filename="a.xlsx", slug="ambiente", publish=True).version
    second = questionnaire_import(data=CHANGED, filename="a.xlsx", slug="ambiente").version
    first.refresh_from_db()
    assert (first.status, second.status, second.number) == ("published", "draft", 2)


def test_publishing_a_version_retires_the_one_before_it_and_keeps_one_catalogue_entry() -> None:
    first = questionnaire_import(data=DATA, filename="a.xlsx", slug="ambiente", publish=True).version
    second = questionnaire_import(data=CHANGED, filename="a.xlsx", slug="ambiente", publish=True).version
    first.refresh_from_db()
    assert (first.status, second.status) == ("retired", "published")
    entry = Entry.objects.get(kind="questionnaire")
    assert (entry.object_id, entry.url) == (second.questionnaire_id, "/evaluarme/ambiente/")


def test_publishing_is_recorded_in_the_audit_trail() -> None:
    version = questionnaire_version()
    event = AuditEvent.objects.get(action="questionnaire.version-published")
    assert (event.target_id, event.before, event.after["status"]) == (
        str(version.pk),
        {"status": "draft"},
        "published",
    )


def test_retiring_the_version_in_force_takes_the_questionnaire_out_of_the_catalogue() -> None:
    version = version_retire(version=questionnaire_version())
    assert version.status == "retired"
    assert not Entry.objects.filter(kind="questionnaire").exists()


@pytest.mark.parametrize(
    ("field", "value"),
    [("definition", {"format": 1}), ("number", 7), ("status", "draft"), ("source_name", "otro.xlsx")],
)
def test_the_database_refuses_to_change_a_published_version(field: str, value: object) -> None:
    version = questionnaire_version()
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionnaireVersion.objects.filter(pk=version.pk).update(**{field: value})
    retired = version_retire(version=version)
    with pytest.raises(IntegrityError), transaction.atomic():
        QuestionnaireVersion.objects.filter(pk=retired.pk).update(**{field: value})


def test_a_draft_may_still_change() -> None:
    version = questionnaire_version(publish=False)
    assert QuestionnaireVersion.objects.filter(pk=version.pk).update(source_name="otro.xlsx") == 1


def test_the_database_holds_one_version_in_force_for_each_questionnaire() -> None:
    first = questionnaire_version()
    second = questionnaire_import(data=CHANGED, filename="a.xlsx", slug="ambiente").version
    with pytest.raises(IntegrityError, match="evaluate_one_published_version"), transaction.atomic():
        QuestionnaireVersion.objects.filter(pk=second.pk).update(
            status="published", published_at=first.published_at
        )


def test_a_draft_of_before_can_be_published_again_after_a_later_one() -> None:
    draft = questionnaire_version(publish=False)
    questionnaire_import(data=CHANGED, filename="a.xlsx", slug="ambiente", publish=True)
    assert version_publish(version=draft).status == "published"
    assert QuestionnaireVersion.objects.published().get() == draft


@pytest.mark.parametrize(
    ("data", "filename", "area"),
    [
        (b"esto no es un libro", "roto.xlsx", ""),
        (b"- uno\n- dos\n", "lista.yaml", ""),
        (b"a: [1", "roto.yaml", ""),
        (b"id: x\n", "corto.yaml", ""),
        (DATA, "bien.xlsx", "no-existe"),
    ],
)
def test_a_file_that_cannot_be_used_changes_nothing(data: bytes, filename: str, area: str) -> None:
    with pytest.raises(FormRejected) as rejection:
        questionnaire_import(data=data, filename=filename, slug="x", area=area, publish=True)
    assert all(str(problem) for problem in rejection.value.problems)
    assert not Questionnaire.objects.exists()


def test_a_file_that_names_an_unknown_topic_is_not_published_and_says_so() -> None:
    survey = [{**row, "topic": "urban-tree"} if row["type"].startswith("select") else row for row in SURVEY]
    data = workbook(survey, YES_NO)
    with pytest.raises(FormRejected, match="No existe el tema «urban-tree»"):
        questionnaire_import(data=data, filename="a.xlsx", slug="ambiente", publish=True)
    assert not Questionnaire.objects.exists()
    assert questionnaire_import(data=data, filename="a.xlsx", slug="ambiente").version.status == "draft"


def in_area(slug: str, title: str) -> bytes:
    return workbook(SURVEY, YES_NO, [{"form_title": title, "form_id": "ambiente", "area": slug}])


def test_a_questionnaire_moves_with_the_version_that_names_another_area_and_not_before() -> None:
    PolicyAreaFactory(slug="una")
    PolicyAreaFactory(slug="otra")
    first = questionnaire_import(data=in_area("una", "A"), filename="a.xlsx", publish=True).version
    draft = questionnaire_import(data=in_area("otra", "A"), filename="a.xlsx").version
    questionnaire = Questionnaire.objects.get(pk=first.questionnaire_id)
    assert questionnaire.area.slug == "una"
    version_publish(version=draft)
    questionnaire.refresh_from_db()
    assert questionnaire.area.slug == "otra"
    assert Entry.objects.get(kind="questionnaire").areas == ["otra"]


def test_an_area_chosen_for_a_questionnaire_outlives_versions_that_say_nothing_new_of_it() -> None:
    PolicyAreaFactory(slug="una")
    version = questionnaire_import(data=in_area("una", "A"), filename="a.xlsx", publish=True).version
    questionnaire = version.questionnaire
    questionnaire.area = PolicyAreaFactory(slug="elegida")
    questionnaire_update(questionnaire=questionnaire)
    assert Entry.objects.get(kind="questionnaire").areas == ["elegida"]
    questionnaire_import(data=in_area("una", "B"), filename="a.xlsx", publish=True)
    assert Entry.objects.get(kind="questionnaire").areas == ["elegida"]
