"""Questionnaires in the admin: made, brought in files, tried out, published."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from evaluate.engine.xlsform import read_workbook
from evaluate.models import Evaluation, Questionnaire, QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.drafts import draft_start, questionnaire_create
from evaluate.starter import CONTENT
from portal.audit.models import AuditEvent
from portal.catalog.models import Entry
from tests.evaluate.drafts import content
from tests.evaluate.factories import SURVEY, YES_NO, municipal_evaluation, questionnaire_version
from tests.evaluate.form_workbooks import workbook
from tests.portal.accounts_factories import UserFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
PATH = "/residuos/separa"


@pytest.fixture
def staff(client):
    client.user = UserFactory(is_staff=True)
    client.force_login(client.user)
    return client


@pytest.fixture
def draft(staff):
    return draft_start(version=questionnaire_version(), actor=staff.user)


def page_of(version: QuestionnaireVersion, page: str) -> str:
    return reverse(f"admin:evaluate_{page}", args=[version.pk])


def uploaded(data: bytes, name: str = "ambiente.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def test_staff_without_table_permissions_find_the_questionnaires(staff, draft) -> None:
    assert "Cuestionarios" in staff.get(reverse("admin:index")).content.decode()
    page = staff.get(
        reverse("admin:evaluate_questionnaire_change", args=[draft.questionnaire_id])
    ).content.decode()
    assert "Editar el borrador 2" in page


def test_the_list_leads_to_how_the_network_stands(staff, draft) -> None:
    page = staff.get(reverse("admin:evaluate_questionnaire_changelist")).content.decode()
    assert f'href="{reverse("evaluate:network-coverage")}"' in page


def test_a_questionnaire_is_made_and_leads_to_its_draft(staff) -> None:
    area = PolicyAreaFactory(slug="ambiente")
    data = {"title_es": "Arbolado", "title_en": "Trees", "slug": "arbolado", "area": area.pk}
    response = staff.post(reverse("admin:evaluate_questionnaire_add"), data)
    draft = QuestionnaireVersion.objects.get()
    assert response.headers["Location"] == page_of(draft, "draft_overview")
    assert (draft.titles, definition_of(draft).languages) == ({"es": "Arbolado", "en": "Trees"}, ("es", "en"))
    assert draft.questionnaire.area == area
    assert AuditEvent.objects.filter(action="questionnaire.created", actor_id=staff.user.pk).exists()


@pytest.mark.parametrize(
    ("slug", "words"),
    [("respuestas", "otra página"), ("ambiente", "Ya hay un cuestionario"), ("con espacio", "slug")],
)
def test_an_address_that_cannot_be_is_told_beside_the_field(slug: str, words: str, staff) -> None:
    questionnaire_version()
    response = staff.post(reverse("admin:evaluate_questionnaire_add"), {"title_es": "X", "slug": slug})
    assert words in str(response.context["form"].errors["slug"])
    assert 'value="X"' in response.content.decode()
    assert Questionnaire.objects.count() == 1


def test_a_workbook_becomes_a_draft_of_a_new_questionnaire(staff) -> None:
    data = {"file": uploaded(workbook(SURVEY, YES_NO)), "slug": "ambiente"}
    response = staff.post(reverse("admin:evaluate_questionnaire_upload"), data, follow=True)
    draft = QuestionnaireVersion.objects.get()
    assert (draft.status, draft.edited_by, draft.source_name) == ("draft", staff.user, "ambiente.xlsx")
    assert "4 preguntas" in response.content.decode()


def test_one_of_our_files_becomes_the_next_draft_and_the_same_again_makes_none(staff) -> None:
    PolicyAreaFactory(slug="environment-waste")
    file = CONTENT / "residuos.yaml"
    url = reverse("admin:evaluate_questionnaire_upload")
    staff.post(url, {"file": uploaded(file.read_bytes(), file.name)})
    draft = QuestionnaireVersion.objects.get()
    assert definition_of(draft) == content("residuos")
    to_it = reverse("admin:evaluate_questionnaire_upload_to", args=[draft.questionnaire_id])
    response = staff.post(to_it, {"file": uploaded(file.read_bytes(), file.name)}, follow=True)
    assert "dice lo mismo que la versión 1" in response.content.decode()
    assert QuestionnaireVersion.objects.count() == 1


def test_what_is_wrong_in_a_file_is_shown_row_by_row_and_nothing_is_brought_in(staff) -> None:
    broken = [*SURVEY, {"type": "integer", "name": "x", "label": "X", "relevant": "${nada} ="}]
    response = staff.post(
        reverse("admin:evaluate_questionnaire_upload"),
        {"file": uploaded(workbook(broken, YES_NO)), "slug": "a"},
    )
    page = response.content.decode()
    assert "No trajimos nada" in page
    assert "<td>survey</td>" in page
    assert f"<td>{len(broken) + 1}</td>" in page
    assert not Questionnaire.objects.exists()


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("foto.png", b"x", "no es de un tipo"),
        ("roto.xlsx", b"x", "No trajimos nada"),
        ("roto.yaml", b"a: [1", "YAML"),
    ],
)
def test_a_file_that_is_none_is_refused_with_the_reason(name: str, data: bytes, words: str, staff) -> None:
    url = reverse("admin:evaluate_questionnaire_upload")
    assert words in staff.post(url, {"file": uploaded(data, name)}).content.decode()


def test_a_new_questionnaire_does_not_take_anothers_address_by_a_file(staff) -> None:
    version = questionnaire_version()
    data = {"file": uploaded(workbook(SURVEY[:5], YES_NO)), "slug": "ambiente"}
    page = staff.post(reverse("admin:evaluate_questionnaire_upload"), data).content.decode()
    assert "Ya hay un cuestionario «ambiente»" in page
    assert list(QuestionnaireVersion.objects.all()) == [version]


def test_an_open_draft_is_replaced_only_when_asked(staff, draft) -> None:
    url = reverse("admin:evaluate_questionnaire_upload_to", args=[draft.questionnaire_id])
    data = workbook(SURVEY[:5], YES_NO)
    assert "ya tiene un borrador abierto" in staff.post(url, {"file": uploaded(data)}).content.decode()
    staff.post(url, {"file": uploaded(data), "replaces_draft": "on"})
    assert not QuestionnaireVersion.objects.filter(pk=draft.pk).exists()
    assert QuestionnaireVersion.objects.filter(status="draft").count() == 1


def test_any_version_is_taken_away_as_a_workbook_that_reads_back_the_same(staff) -> None:
    version = questionnaire_version()
    response = staff.get(page_of(version, "version_workbook"))
    assert 'filename="ambiente-v1.xlsx"' in response.headers["Content-Disposition"]
    again = read_workbook(BytesIO(response.content).getvalue(), "x.xlsx").definition
    before = definition_of(version)
    assert {path: item.label for path, item in again.by_path.items()} == {
        path: item.label for path, item in before.by_path.items()
    }
    assert again.choice_lists == before.choice_lists


def test_a_draft_is_begun_from_an_older_version_and_a_second_one_is_not(staff, draft) -> None:
    older = QuestionnaireVersion.objects.published().get()
    staff.post(page_of(draft, "draft_delete"))
    assert not QuestionnaireVersion.objects.filter(status="draft").exists()
    staff.post(page_of(older, "version_retire"))
    staff.post(page_of(older, "draft_start"))
    response = staff.post(page_of(older, "draft_start"), follow=True)
    assert "ya tiene un borrador abierto" in response.content.decode()
    assert QuestionnaireVersion.objects.get(status="draft").based_on == older


def test_publishing_shows_the_differences_and_whether_scores_stay_comparable(staff, draft) -> None:
    page = staff.get(page_of(draft, "draft_publish")).content.decode()
    assert "Los puntajes siguen siendo comparables" in page
    staff.post(page_of(draft, "draft_overview"), {"accion": f"duplicar:{PATH}"})
    response = staff.get(page_of(draft, "draft_publish"))
    page = response.content.decode()
    assert "Los puntajes dejan de ser comparables" in page
    assert "¿Se separan los residuos?" in page
    evaluation = municipal_evaluation(QuestionnaireVersion.objects.published().get())
    data = {**response.context["marks"], "note": "Una pregunta más."}
    staff.post(page_of(draft, "draft_publish"), data)
    draft.refresh_from_db()
    evaluation.refresh_from_db()
    assert (draft.status, draft.note) == ("published", "Una pregunta más.")
    assert evaluation.version.number == 1


def test_publishing_wants_a_note_and_the_draft_that_was_looked_at(staff, draft) -> None:
    response = staff.get(page_of(draft, "draft_publish"))
    assert staff.post(page_of(draft, "draft_publish"), response.context["marks"]).status_code == 422
    staff.post(page_of(draft, "draft_overview"), {"accion": f"duplicar:{PATH}"})
    late = staff.post(page_of(draft, "draft_publish"), {**response.context["marks"], "note": "x"})
    assert late.status_code == 409
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_an_unfinished_draft_offers_no_button_and_is_refused(staff) -> None:
    draft = questionnaire_create(slug="vacio", area=None, titles={"es": "Vacío"}, actor=staff.user)
    page = staff.get(page_of(draft, "draft_publish"))
    assert "Antes de publicar hay que corregir" in page.content.decode()
    staff.post(page_of(draft, "draft_publish"), {**page.context["marks"], "note": "x"})
    draft.refresh_from_db()
    assert draft.status == "draft"


def preview(draft: QuestionnaireVersion, section: str) -> str:
    return f"{page_of(draft, 'draft_preview')}?seccion={section}"


def test_a_preview_follows_the_skip_logic_and_keeps_nothing(staff, draft) -> None:
    url = preview(draft, "residuos")
    assert "¿En cuántos barrios?" not in staff.get(url).content.decode()
    response = staff.post(url, {"path": PATH, PATH: "si"}, headers={"HX-Request": "true"})
    assert "¿En cuántos barrios?" in response.content.decode()
    wrong = staff.post(
        url, {"shown": [PATH, "/residuos/barrios"], PATH: "si", "/residuos/barrios": "99"}, follow=True
    )
    assert "Tiene que ser un número entre 1 y 50." in wrong.content.decode()
    right = {
        "shown": [PATH, "/residuos/barrios", "/residuos/responsable"],
        PATH: "si",
        "/residuos/barrios": "9",
    }
    on = staff.post(url, {**right, "/residuos/responsable": "Ana"}, follow=True)
    assert "Contesta Ana." in on.content.decode()
    end = staff.get(preview(draft, "final")).content.decode()
    assert "50 %" in end
    assert not Evaluation.objects.exists()
    staff.post(url, {"accion": "vaciar"})
    assert "¿En cuántos barrios?" not in staff.get(url).content.decode()


def test_a_preview_says_what_is_missing_before_going_on(staff, draft) -> None:
    response = staff.post(preview(draft, "residuos"), {"shown": [PATH]}, follow=True)
    assert "revisá lo siguiente" in response.content.decode()


def test_a_preview_of_an_empty_draft_says_so(staff) -> None:
    draft = questionnaire_create(slug="vacio", area=None, titles={"es": "Vacío"}, actor=staff.user)
    assert "Todavía no pregunta nada" in staff.get(page_of(draft, "draft_preview")).content.decode()
    assert staff.post(page_of(draft, "draft_preview")).status_code == 302


def test_each_step_is_recorded(staff, draft) -> None:
    staff.post(page_of(draft, "draft_overview"), {"accion": f"duplicar:{PATH}"})
    response = staff.get(page_of(draft, "draft_publish"))
    staff.post(page_of(draft, "draft_publish"), {**response.context["marks"], "note": "x"})
    staff.post(page_of(draft, "version_retire"))
    events = AuditEvent.objects.filter(target_type="evaluate.questionnaireversion", target_id=str(draft.pk))
    actions = events.order_by("id").values_list("action", flat=True)
    assert list(actions) == [
        "questionnaire.draft-started",
        "questionnaire.draft-edited",
        "questionnaire.version-published",
        "questionnaire.version-retired",
    ]


def test_another_area_chosen_in_the_admin_is_in_the_catalogue_at_once(staff) -> None:
    questionnaire = questionnaire_version(area="una").questionnaire
    other = PolicyAreaFactory(slug="otra")
    page = reverse("admin:evaluate_questionnaire_change", args=[questionnaire.pk])
    frame = {f"versions-{name}_FORMS": "0" for name in ("TOTAL", "INITIAL", "MIN_NUM", "MAX_NUM")}
    response = staff.post(page, {"area": other.pk, "is_open": "on", **frame})
    assert response.status_code == 302
    assert Entry.objects.get(kind="questionnaire").areas == ["otra"]
    assert AuditEvent.objects.filter(action="questionnaire.updated").exists()
