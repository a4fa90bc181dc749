"""What Evaluarme gives to the rest of the portal: catalogue, panels, starter, samples, personal data."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import RequestFactory

from evaluate.models import Answer, Evaluation, QuestionnaireVersion
from evaluate.panels import questionnaires_panel
from evaluate.personal import erase_evaluations, export_evaluations
from evaluate.samples import remove_samples
from evaluate.services.answering import answer_save
from evaluate.services.questionnaires import version_retire
from evaluate.services.states import FILE_USE
from evaluate.starter import load_questionnaires
from portal.accounts.models import User
from portal.accounts.personal_data import erasures, personal_models, subject_accesses
from portal.catalog.kinds import entry_kinds, entry_panels
from portal.catalog.models import Entry
from portal.catalog.services import catalog_rebuild
from portal.core.starter import sample_contents, starter_contents
from portal.files.models import StoredFile
from portal.files.services import file_store
from portal.topics.starter import load_topics
from tests.evaluate.factories import municipal_evaluation, personal_evaluation, questionnaire_version
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory

pytestmark = pytest.mark.django_db


def test_the_app_has_told_the_kernel_about_itself():
    assert "questionnaire" in entry_kinds
    assert "questionnaires" in entry_panels
    assert "questionnaires" in starter_contents
    assert "evaluations" in sample_contents
    assert "evaluations" in subject_accesses
    assert "evaluations" in erasures
    assert {"evaluate.Evaluation", "evaluate.Answer"} <= {model.id for model in personal_models}


def test_the_catalogue_can_be_rebuilt_from_the_questionnaires():
    questionnaire_version(area="environment")
    before = Entry.objects.values_list("kind", "object_id", "title", "url", "areas", "published_at").get()
    Entry.objects.all().delete()
    assert catalog_rebuild()["questionnaire"] == 1
    assert (
        Entry.objects.values_list("kind", "object_id", "title", "url", "areas", "published_at").get()
        == before
    )


def test_the_starter_publishes_its_questionnaires_once():
    load_topics()
    load_questionnaires()
    first = list(QuestionnaireVersion.objects.values_list("questionnaire__slug", "number", "status"))
    assert ("gobierno-abierto", 1, "published") in first
    load_questionnaires()
    assert list(QuestionnaireVersion.objects.values_list("questionnaire__slug", "number", "status")) == first
    version = QuestionnaireVersion.objects.get(questionnaire__slug="gobierno-abierto")
    assert (version.questionnaire.area.slug, version.is_scored) == ("open-government", True)
    assert version.topics


def test_a_solutions_page_asks_how_the_readers_town_stands_in_the_same_area(client):
    request = RequestFactory().get("/")
    entry = EntryFactory(areas=["environment"])
    assert questionnaires_panel(request, entry) is None
    version = questionnaire_version(area="environment")
    context = questionnaires_panel(request, entry)
    assert context is not None
    assert context["versions"] == [version]
    assert str(context["area"]) == "Área environment"
    assert questionnaires_panel(request, EntryFactory(areas=[])) is None
    version_retire(version=version)
    assert questionnaires_panel(request, entry) is None


def attach(evaluation: Evaluation, user: User) -> None:
    file = file_store(use=FILE_USE, upload=SimpleUploadedFile("o.txt", b"Texto"), user=user)
    answer_save(evaluation=evaluation, user=user, path="/ordenanza", value=str(file.public_id))


def test_what_was_attached_goes_with_the_evaluation_however_that_goes():
    version = questionnaire_version([{"type": "file", "name": "ordenanza", "label": "Ordenanza"}], ())
    sample, own = municipal_evaluation(version), personal_evaluation(version)
    Evaluation.objects.filter(pk=sample.pk).update(is_sample=True)
    for evaluation in (sample, own):
        attach(evaluation, evaluation.owner)
    assert StoredFile.objects.count() == 2
    assert remove_samples() == 1
    assert StoredFile.objects.get() == Answer.objects.get().file
    User.objects.get(pk=own.owner.pk).delete()
    assert not StoredFile.objects.exists()


def test_erasing_a_person_deletes_her_self_checks_and_keeps_the_towns_answers_without_her_name():
    town = municipal_evaluation()
    person: User = town.owner
    own = personal_evaluation(town.version, user=person)
    for evaluation in (town, own):
        answer_save(evaluation=evaluation, user=person, path="/residuos/separa", value="si")
    erase_evaluations(person)
    erase_evaluations(person)
    town.refresh_from_db()
    assert not Evaluation.objects.filter(pk=own.pk).exists()
    assert town.owner is None
    assert list(Answer.objects.values_list("evaluation", "value", "answered_by")) == [(town.pk, "si", None)]
    assert town.changes.get().actor is None


COPIED = [
    {"type": "username", "name": "quien"},
    {"type": "email", "name": "correo"},
    {"type": "text", "name": "nombre", "label": "Tu nombre", "default": "${quien}"},
    {"type": "text", "name": "firma", "label": "Firma", "default": "concat(${nombre}, ' <', ${correo}, '>')"},
    {"type": "text", "name": "cargo", "label": "Cargo", "relevant": "${quien} != ''"},
]


def test_what_was_filled_in_from_her_account_is_emptied_with_it():
    version = questionnaire_version(COPIED, ())
    town = municipal_evaluation(version)
    colleague = MembershipFactory(municipality=town.municipality).user
    other = municipal_evaluation(version, user=colleague, municipality=MembershipFactory().municipality)
    answer_save(evaluation=town, user=town.owner, path="/cargo", value="Directora")
    name = town.owner.name
    assert Answer.objects.get(evaluation=town, path="/nombre").value == name
    assert name in Answer.objects.get(evaluation=town, path="/firma").value
    erase_evaluations(town.owner)
    kept = dict(Answer.objects.filter(evaluation=town).values_list("path", "value"))
    assert kept == {"/nombre": "", "/firma": "", "/cargo": "Directora"}
    assert Answer.objects.get(evaluation=other, path="/nombre").value == colleague.name


def test_deleting_the_account_row_itself_does_the_same():
    town = municipal_evaluation()
    own = personal_evaluation(town.version, user=town.owner)
    User.objects.filter(pk=town.owner.pk).first().delete()
    town.refresh_from_db()
    assert town.owner is None
    assert not Evaluation.objects.filter(pk=own.pk).exists()


def test_a_person_gets_a_copy_of_what_she_answered_and_nobody_elses():
    town = municipal_evaluation()
    colleague = UserFactory()
    own = personal_evaluation(town.version, user=town.owner)
    answer_save(evaluation=own, user=town.owner, path="/agua/mide", value="no")
    answer_save(evaluation=town, user=town.owner, path="/residuos/separa", value="si")
    answer_save(evaluation=town, user=colleague, path="/residuos/responsable", value="Obras")
    copy = export_evaluations(town.owner)
    assert [row["answers"] for row in copy] == [{"/agua/mide": "no"}, {"/residuos/separa": "si"}]
