"""The pages on which RIL's staff write a draft."""

import pytest
from django.urls import reverse

from evaluate.models import QuestionnaireVersion
from evaluate.services.definitions import definition_of
from evaluate.services.drafts import draft_edit, draft_start, questionnaire_create
from evaluate.services.questionnaires import questionnaire_import
from evaluate.starter import CONTENT
from portal.accounts.models import Membership
from tests.evaluate.drafts import NO_WORDS, as_sent, item_form
from tests.evaluate.factories import questionnaire_version
from tests.evaluate.queries import counted_queries
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
PATH = "/residuos/separa"
PAGES = (
    "overview",
    "settings",
    f"item?ruta={PATH}",
    "item?ruta=/residuos",
    "item_new?tipo=question&en=/residuos",
    "item_new?tipo=repeat&en=/residuos",
    "item_new?tipo=group",
    f"item_move?ruta={PATH}",
    f"item_remove?ruta={PATH}",
    "preview",
    "preview?seccion=agua",
    "preview?seccion=final",
    "publish",
    "delete",
)


@pytest.fixture
def staff(client):
    """Somebody of the network's team without any table permission."""
    client.user = UserFactory(is_staff=True)
    client.force_login(client.user)
    return client


@pytest.fixture
def draft():
    return draft_start(version=questionnaire_version(), actor=UserFactory(is_staff=True))


def address(draft: QuestionnaireVersion, page: str = "overview") -> str:
    name, _mark, query = page.partition("?")
    return f"{reverse(f'admin:evaluate_draft_{name}', args=[draft.pk])}?{query}"


def now(draft: QuestionnaireVersion):
    draft.refresh_from_db()
    return definition_of(draft)


def typed(client, draft: QuestionnaireVersion, path: str, **changes: str) -> dict:
    """What a browser sends for an item's page, as it stands now, with these fields changed."""
    page = client.get(address(draft, f"item?ruta={path}"))
    form = item_form(definition_of(draft), definition_of(draft).by_path[path])
    return {**as_sent(form), **page.context["marks"], **changes}


@pytest.mark.parametrize("page", PAGES)
def test_every_page_of_a_draft_opens_for_staff(page: str, staff, draft) -> None:
    response = staff.get(address(draft, page))
    assert response.status_code == 200
    assert "{%" not in response.content.decode()


def everyone():
    coordinator = MembershipFactory(role=Membership.Role.COORDINATOR).user
    left = MembershipFactory(status=Membership.Status.LEFT).user
    return {
        "colleague": MembershipFactory().user,
        "coordinator": coordinator,
        "left": left,
        "nobody": UserFactory(),
    }


OTHERS = ("draft_start", "version_retire", "version_workbook", "draft_formula")


@pytest.mark.parametrize("method", ["get", "post"])
def test_nobody_but_staff_opens_a_page_or_changes_anything(method: str, client, draft) -> None:
    urls = [address(draft, page) for page in PAGES]
    urls += [reverse(f"admin:evaluate_{name}", args=[draft.pk]) for name in OTHERS]
    urls += [reverse(f"admin:evaluate_questionnaire_{name}") for name in ("add", "upload")]
    before = draft.definition_sha256
    for user in (None, *everyone().values()):
        if user is None:
            client.logout()
        else:
            client.force_login(user)
        for url in urls:
            response = getattr(client, method)(url, {"accion": f"subir:{PATH}"})
            turned_away = response.status_code == 302 and "login" in response.headers["Location"]
            assert turned_away or response.status_code == 403, url
    draft.refresh_from_db()
    assert draft.definition_sha256 == before
    assert QuestionnaireVersion.objects.count() == 2


@pytest.mark.parametrize("page", PAGES[:9] + PAGES[12:])
def test_a_published_version_has_no_editing_pages(page: str, staff, draft) -> None:
    version = QuestionnaireVersion.objects.published().get()
    for method in ("get", "post"):
        response = getattr(staff, method)(address(version, page), {"accion": f"subir:{PATH}", "note": "x"})
        assert response.status_code == 302
        assert response.headers["Location"] == reverse(
            "admin:evaluate_questionnaireversion_change", args=[version.pk]
        )
    before = version.definition_sha256
    version.refresh_from_db()
    assert (version.definition_sha256, version.status) == (before, "published")


def test_buttons_move_and_duplicate_and_the_cursor_stays_on_them(staff, draft) -> None:
    response = staff.post(address(draft), {"accion": f"bajar:{PATH}"}, follow=True)
    assert [item.name for item in now(draft).by_path["/residuos"].items][:2] == ["barrios", "separa"]
    page = response.content.decode()
    button = page[: page.index("autofocus")].rpartition("<button")[2]
    assert f"bajar:{PATH}" in button
    staff.post(address(draft), {"accion": f"duplicar:{PATH}"})
    assert "/residuos/separa_2" in now(draft).by_path
    response = staff.post(address(draft), {"accion": "volar:/x"}, follow=True)
    assert "No entendimos qué hacer" in response.content.decode()


def test_a_question_is_changed_and_renamed_with_what_mentions_it(staff, draft) -> None:
    data = typed(staff, draft, PATH, label_default="¿Separan?", name="separacion")
    response = staff.post(address(draft, f"item?ruta={PATH}"), data, follow=True)
    assert "Guardaste «separacion»" in response.content.decode()
    form = now(draft)
    assert form.by_path["/residuos/separacion"].label == {"default": "¿Separan?"}
    assert form.by_path["/residuos/barrios"].relevant == "${separacion} = 'si'"
    # The draft stems from a published version: results of both stay under one key.
    assert form.criterion_keys["/residuos/separacion"] == "separa"


def test_a_mistake_is_told_beside_its_field_and_nothing_typed_is_lost(staff, draft) -> None:
    data = typed(staff, draft, PATH, label_default="Otra cosa", relevant="${barrios} >")
    response = staff.post(address(draft, f"item?ruta={PATH}"), data)
    page = response.content.decode()
    assert response.status_code == 422
    assert "Otra cosa" in page
    assert "no se entiende" in page
    assert now(draft).by_path[PATH].label == {"default": "¿Se separan los residuos?"}


def test_a_name_that_is_taken_is_told_beside_the_name(staff, draft) -> None:
    data = typed(staff, draft, PATH, name="barrios")
    response = staff.post(address(draft, f"item?ruta={PATH}"), data)
    assert "Ya hay una pregunta o sección" in str(response.context["form"].errors["name"])


def test_the_later_of_two_editors_keeps_what_she_typed_and_sees_what_is_saved(staff, draft) -> None:
    hers = typed(staff, draft, PATH, label_default="La suya")
    staff.post(address(draft, f"item?ruta={PATH}"), typed(staff, draft, PATH, label_default="La de antes"))
    response = staff.post(address(draft, f"item?ruta={PATH}"), hers)
    page = response.content.decode()
    assert response.status_code == 409
    assert "alguien cambió esto mientras lo editabas" in page
    assert "La suya" in page
    assert "La de antes" in page
    assert now(draft).by_path[PATH].label == {"default": "La de antes"}
    again = staff.post(address(draft, f"item?ruta={PATH}"), {**hers, **response.context["marks"]})
    assert again.status_code == 302
    assert now(draft).by_path[PATH].label == {"default": "La suya"}


def test_two_editors_of_different_questions_do_not_meet(staff, draft) -> None:
    hers = typed(staff, draft, "/agua/mide", label_default="¿Se mide?")
    staff.post(address(draft, f"item?ruta={PATH}"), typed(staff, draft, PATH, label_default="¿Separan?"))
    assert staff.post(address(draft, "item?ruta=/agua/mide"), hers).status_code == 302
    form = now(draft)
    assert (form.by_path[PATH].label["default"], form.by_path["/agua/mide"].label["default"]) == (
        "¿Separan?",
        "¿Se mide?",
    )


def test_a_question_that_another_took_out_is_said_to_be_gone(staff, draft) -> None:
    hers = typed(staff, draft, PATH, label_default="La suya")
    removing = address(draft, f"item_remove?ruta={PATH}")
    staff.post(removing, staff.get(removing).context["marks"])
    assert PATH not in now(draft).by_path
    response = staff.post(address(draft, f"item?ruta={PATH}"), hers, follow=True)
    assert "Eso ya no está en el borrador" in response.content.decode()


def test_removing_tells_what_mentions_it(staff, draft) -> None:
    page = staff.get(address(draft, f"item_remove?ruta={PATH}")).content.decode()
    assert "¿En cuántos barrios?" in page


def test_a_section_moves_and_a_question_goes_to_another(staff, draft) -> None:
    staff.post(address(draft, f"item_move?ruta={PATH}"), {"container": "/agua", "place": "first"})
    assert now(draft).by_path["/agua"].items[0].name == "separa"
    staff.post(address(draft, "item_move?ruta=/agua"), {"container": "", "place": "first"})
    assert [item.name for item in now(draft).items] == ["agua", "residuos"]


def test_new_sections_and_questions_are_written_from_nothing(staff) -> None:
    draft = questionnaire_create(slug="nuevo", area=None, titles={"es": "Nuevo", "en": ""}, actor=staff.user)
    staff.post(address(draft, "item_new?tipo=group"), {"label_es": "Los árboles"})
    data = {"type": "text", "label_es": "¿Cuántos hay?", "required_kind": "always"}
    management = {"opciones-TOTAL_FORMS": "0", "opciones-INITIAL_FORMS": "0"}
    response = staff.post(address(draft, "item_new?tipo=question&en=/los_arboles"), {**data, **management})
    assert response.status_code == 302
    question = now(draft).by_path["/los_arboles/cuantos_hay"]
    assert (question.required, question.label) == ("true()", {"es": "¿Cuántos hay?"})
    assert draft.question_count == 1


def test_a_draft_may_be_unfinished_and_says_what_is_missing(staff, draft) -> None:
    data = typed(staff, draft, PATH, relevant="${todavia_no} = 1")
    staff.post(address(draft, f"item?ruta={PATH}"), data)
    page = staff.get(address(draft)).content.decode()
    assert "1 cosa para corregir antes de publicar" in page
    assert "menciona «todavia_no», que no existe" in page


@pytest.mark.parametrize(
    ("formula", "words"),
    [
        ("${separa} = 'si'", "se entiende"),
        ("${separa} =", "no se entiende"),
        ("${separ} = 1", "¿Quisiste decir separa?"),
    ],
)
def test_a_formula_is_judged_while_it_is_typed(formula: str, words: str, staff, draft) -> None:
    response = staff.post(address(draft, "formula"), {"formula": formula, "ruta": PATH, "campo": "relevant"})
    assert words in response.content.decode()


def test_settings_are_kept(staff, draft) -> None:
    page = staff.get(address(draft, "settings"))
    data = {
        **as_sent(page.context["form"]),
        **page.context["marks"],
        "titles_default": "Ambiente sano",
        "minutes": "20",
        "levels_default": "Bajo\r\nAlto",
        "level_thresholds": "0; 60",
    }
    assert staff.post(address(draft, "settings"), data).status_code == 302
    form = now(draft)
    assert (form.minutes, form.level_thresholds) == (20, ("0", "60"))
    assert [names["default"] for names in form.level_names] == ["Bajo", "Alto"]
    assert draft.title == "Ambiente sano"


def test_a_big_draft_is_drawn_with_as_many_queries_as_a_small_one(staff, draft) -> None:
    PolicyAreaFactory(slug="environment-waste")
    file = CONTENT / "ambiente-y-clima.yaml"
    big = questionnaire_import(data=file.read_bytes(), filename=file.name).version
    for page in ("overview", "settings", "preview", "publish", "item_new?tipo=question"):
        counts = []
        for version in (draft, big):
            staff.get(address(version, page))
            with counted_queries() as queries:
                assert staff.get(address(version, page)).status_code == 200
            counts.append(len(queries))
        # The small one has a version in force to compare with, which may cost one more.
        assert counts[1] <= counts[0] <= 12, (page, counts)
    with counted_queries() as queries:
        staff.get(address(big, "item?ruta=/arbolado/arbolado_censo"))
    assert len(queries) <= 6


def test_an_edit_costs_a_handful_of_queries(staff, draft) -> None:
    with counted_queries() as queries:
        draft_edit(version_id=draft.pk, edit=lambda form: form, actor=staff.user)
    assert len(queries) <= 2
    data = typed(staff, draft, PATH, label_default="¿Separan?")
    with counted_queries() as queries:
        staff.post(address(draft, f"item?ruta={PATH}"), data)
    assert len(queries) <= 8, queries
    assert NO_WORDS.areas == []


def test_at_the_edge_of_its_section_the_cursor_goes_to_the_button_that_still_works(staff, draft) -> None:
    response = staff.post(address(draft), {"accion": f"subir:{PATH}"}, follow=True)
    page = response.content.decode()
    assert f"bajar:{PATH}" in page[: page.index("autofocus")].rpartition("<button")[2]
