"""Questionnaires that come with the portal: brought up to date, and never put over what people decided."""

from dataclasses import replace

import pytest

from evaluate import starter
from evaluate.models import Questionnaire, QuestionnaireVersion
from evaluate.services.drafts import draft_edit, draft_publish, draft_start
from evaluate.services.questionnaires import questionnaire_import, questionnaire_update, version_retire
from evaluate.services.shipped import Fate, shipped_import
from tests.evaluate.factories import CRITERIA
from tests.portal.accounts_factories import UserFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
FILE = "plazas.yaml"
FIRST = CRITERIA.replace("SLUG", "plazas").encode()
NEXT = FIRST.replace(b"{es: Plazas}", "{es: Plazas y árboles}".encode())
LATER = FIRST.replace(b"{es: Plazas}", b"{es: Plazas y fuentes}")


@pytest.fixture(autouse=True)
def area():
    return PolicyAreaFactory(slug="environment-waste")


@pytest.fixture
def editor():
    return UserFactory(is_staff=True)


def shipped(data: bytes = FIRST) -> Fate:
    return shipped_import(data=data, filename=FILE).fate


def in_force() -> QuestionnaireVersion:
    return QuestionnaireVersion.objects.published().get()


def edited_by(editor) -> QuestionnaireVersion:
    """RIL's own wording, in force."""
    draft = draft_start(version=in_force(), actor=editor)
    draft = draft_edit(
        version_id=draft.pk, edit=lambda form: replace(form, titles={"es": "Las nuestras"}), actor=editor
    )
    return draft_publish(version_id=draft.pk, held=draft.definition_sha256, note="Nuestra.", actor=editor)


def test_a_new_wording_takes_the_place_of_the_shipped_one() -> None:
    assert shipped() == shipped(NEXT) == Fate.IN_FORCE
    assert (in_force().number, in_force().title) == (2, "Plazas y árboles")


def test_a_new_wording_becomes_a_draft_where_people_published_their_own(editor) -> None:
    shipped()
    own = edited_by(editor)
    assert shipped(NEXT) == Fate.DRAFTED
    assert in_force() == own
    assert QuestionnaireVersion.objects.get(status="draft").title == "Plazas y árboles"
    assert shipped(NEXT) == Fate.DRAFTED
    assert shipped(LATER) == Fate.DRAFTED
    assert [draft.title for draft in QuestionnaireVersion.objects.filter(status="draft")] == [
        "Plazas y fuentes"
    ]
    assert in_force() == own


def test_a_draft_that_people_work_on_stays_beside_their_own_version(editor) -> None:
    shipped()
    own = edited_by(editor)
    draft = draft_start(version=own, actor=editor)
    assert shipped(NEXT) == Fate.LEFT
    assert list(QuestionnaireVersion.objects.filter(status="draft")) == [draft]
    assert in_force() == own


def test_an_uploaded_file_of_the_same_name_is_peoples_own(editor) -> None:
    questionnaire_import(data=FIRST, filename=FILE, publish=True)
    assert shipped(NEXT) == Fate.DRAFTED
    assert in_force().title == "Plazas"


def test_what_people_took_out_of_use_is_not_put_back() -> None:
    shipped()
    version_retire(version=in_force())
    assert shipped() == Fate.IN_FORCE
    assert shipped(NEXT) == Fate.DRAFTED
    assert not QuestionnaireVersion.objects.published().exists()


def test_the_area_that_people_chose_stays() -> None:
    shipped()
    questionnaire = Questionnaire.objects.get()
    questionnaire.area = PolicyAreaFactory(slug="otra")
    questionnaire_update(questionnaire=questionnaire)
    shipped()
    shipped(NEXT)
    assert Questionnaire.objects.get().area.slug == "otra"


def test_the_starter_says_what_it_left_to_people(editor, tmp_path, monkeypatch) -> None:
    monkeypatch.setattr(starter, "CONTENT", tmp_path)
    (tmp_path / FILE).write_bytes(FIRST)
    assert starter.load_questionnaires() == "1 cuestionario, con 4 criterios"
    edited_by(editor)
    (tmp_path / FILE).write_bytes(NEXT)
    assert "como borrador" in starter.load_questionnaires()
    draft = QuestionnaireVersion.objects.get(status="draft")
    draft_edit(version_id=draft.pk, edit=lambda form: replace(form, minutes=7), actor=editor)
    (tmp_path / FILE).write_bytes(LATER)
    assert "no se tocan" in starter.load_questionnaires()
