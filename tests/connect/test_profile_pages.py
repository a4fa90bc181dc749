"""One's own profile: reading it, writing it, and being found."""

import io
import re
from datetime import timedelta

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from connect.models import DirectoryEntry, Profile
from connect.visibility import profile_fields
from portal.audit.models import AuditEvent
from portal.catalog.models import Entry
from portal.files.models import StoredFile
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db
OWN, EDIT = "/conectarme/mi-perfil/", "/conectarme/mi-perfil/editar/"


@pytest.fixture
def person(client):
    """Somebody who works in a town and is signed in."""
    user = MembershipFactory(areas=[PolicyAreaFactory(slug="ambiente", name_es="Ambiente")]).user
    client.force_login(user)
    return user


def picture(colour: str = "teal") -> SimpleUploadedFile:
    content = io.BytesIO()
    Image.new("RGB", (500, 400), colour).save(content, "PNG")
    return SimpleUploadedFile("yo.png", content.getvalue(), "image/png")


def typed(**wanted) -> dict:
    """What the form sends when nothing was changed, and what was."""
    levels = {f"level_{part.id}": part.default.value for part in profile_fields}
    return {"availability": "open", **levels, **wanted}


def test_a_new_profile_begins_with_the_areas_of_her_work(client, person):
    assert client.get(OWN).status_code == 200
    assert Profile.objects.get(user=person).areas == ["ambiente"]


def test_each_suggestion_says_why_and_leads_to_its_field(client, person):
    seen = client.get(OWN).content.decode()
    edit = client.get(EDIT).content.decode()
    assert "Agregá en qué podés ayudar" in seen
    assert "así te encuentran quienes buscan justo eso" in seen
    for section in set(re.findall(rf'href="{EDIT}#([\w-]+)"', seen)):
        assert f'id="{section}"' in edit


def test_a_full_profile_asks_for_nothing_more(client, person):
    TopicFactory(slug="compost")
    client.post(EDIT, typed(about="Hago", offers="Puedo", offer_topics=["compost"], seeks="Busco", areas=["ambiente"],
                            languages=["es", "gn"], photo=picture()))  # fmt: skip
    assert "Está completo" in client.get(OWN).content.decode()


def test_what_is_written_is_kept_with_who_sees_it(client, person):
    TopicFactory(slug="compost")
    answer = client.post(
        EDIT,
        typed(
            about="Residuos\r\ny ambiente", offers="Compostaje\u202e", offer_topics=["compost"], languages=["pt"],
            link_label_0="Mi área", link_url_0="villa.example/ambiente", availability_note="De mañana",
            level_about="public", level_links="nobody", seccion="enlaces",
        ),
    )  # fmt: skip
    assert answer.status_code == 302
    assert answer.headers["Location"] == f"{EDIT}#enlaces"
    profile = Profile.objects.get(user=person)
    assert profile.about == "Residuos\ny ambiente"
    assert profile.offers == "Compostaje"
    assert profile.links == [{"label": "Mi área", "url": "https://villa.example/ambiente"}]
    assert (profile.visibility["about"], profile.visibility["links"]) == ("public", "nobody")


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("about", "a" * 1001, "entran 1000"),
        ("about", "a" * 2_000_000, "entran 1000"),
        ("link_url_0", "javascript:alert(1)", "https://"),
        ("link_url_0", "https://", "https://"),
        ("link_label_1", "Sin dirección", "Falta la dirección"),
        ("offer_topics", ["no-existe"], "no-existe"),
        ("level_about", "todos", "level_about"),
        ("availability", "nunca", "availability"),
        ("photo", SimpleUploadedFile("yo.png", b"<svg onload=alert(1)>", "image/png"), "photo"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_does_not_hold_is_shown_again_with_its_reason_and_nothing_is_lost(
    client, person, field, value, said
):
    data = typed(**{"seeks": "Lo que ya había escrito", "offers": "Y esto"} | {field: value})
    answer = client.post(EDIT, data)
    seen = answer.content.decode()
    assert answer.status_code == 422
    assert "error-summary" in seen
    assert said in seen
    assert "Lo que ya había escrito" in seen
    assert Profile.objects.get(user=person).seeks == ""


def test_ten_megabytes_of_text_are_refused_before_they_are_read(client, person):
    assert client.post(EDIT, typed(about="a" * 10_000_000)).status_code == 413
    assert not Profile.objects.filter(user=person).exclude(about="").exists()


def test_a_pause_cannot_end_before_today(client, person):
    answer = client.post(EDIT, typed(availability="paused", paused_until="2020-01-01"))
    assert "Ese día ya pasó" in answer.content.decode()
    client.post(EDIT, typed(availability="open", paused_until="2020-01-01"))
    assert Profile.objects.get(user=person).paused_until is None


def test_a_photo_is_kept_though_something_else_is_wrong_and_the_one_before_is_deleted(client, person):
    client.post(EDIT, typed(photo=picture()))
    first = Profile.objects.get(user=person).photo
    assert client.post(EDIT, typed(photo=picture("red"), link_label_0="x")).status_code == 422
    second = Profile.objects.get(user=person).photo
    assert second.pk != first.pk
    assert not StoredFile.objects.filter(pk=first.pk).exists()
    client.post(EDIT, {"quitar-foto": "1"})
    assert Profile.objects.get(user=person).photo is None
    assert not StoredFile.objects.exists()


def test_a_former_photo_is_read_by_nobody(client, person):
    client.post(EDIT, typed(photo=picture(), level_photo="public"))
    photo = Profile.objects.get(user=person).photo
    Profile.objects.update(photo=None)
    assert client.get(photo.get_absolute_url()).status_code == 404


def test_joining_and_leaving_is_one_button_and_works_at_once(client, person):
    assert "No aparecés en el directorio" in client.get(OWN).content.decode()
    seen = client.post("/conectarme/mi-perfil/aparecer/", follow=True).content.decode()
    assert "ya te encuentran" in seen
    assert DirectoryEntry.objects.filter(user=person).count() == 1
    assert Entry.objects.get(kind="person", object_id=person.pk).visibility == "members"
    since = Profile.objects.get(user=person).listed_at
    client.post("/conectarme/mi-perfil/aparecer/")
    assert Profile.objects.get(user=person).listed_at == since
    seen = client.post("/conectarme/mi-perfil/salir/", follow=True).content.decode()
    assert "Ya no aparecés" in seen
    assert not DirectoryEntry.objects.filter(user=person).exists()
    assert not Entry.objects.filter(kind="person").exists()
    actions = AuditEvent.objects.filter(action__startswith="profile.").order_by("id")
    assert list(actions.values_list("action", flat=True)) == ["profile.listed", "profile.unlisted"]


def test_joining_is_no_link_that_somebody_else_could_send(client, person):
    for address in ("/conectarme/mi-perfil/aparecer/", "/conectarme/mi-perfil/salir/"):
        assert client.get(address).status_code == 405


def test_who_works_nowhere_yet_is_told_what_is_missing(client):
    client.force_login(UserFactory())
    client.post("/conectarme/mi-perfil/aparecer/")
    assert "Falta que figures en un municipio" in client.get(OWN).content.decode()
    assert not DirectoryEntry.objects.exists()


def test_another_name_is_found_at_once(client, person):
    client.post("/conectarme/mi-perfil/aparecer/")
    client.post("/cuenta/datos/", {"name": "Nombre Nuevo"})
    person.refresh_from_db()
    assert person.name == "Nombre Nuevo"
    assert DirectoryEntry.objects.get(user=person).name == "Nombre Nuevo"
    assert Entry.objects.get(kind="person").title == "Nombre Nuevo"


def test_the_search_finds_people_by_what_they_can_help_with(client, person):
    client.post(EDIT, typed(offers="Compostaje domiciliario", level_name="public", level_offers="public"))
    client.post("/conectarme/mi-perfil/aparecer/")
    client.logout()
    assert person.name in client.get("/buscar/?q=compostaje").content.decode()


def test_own_pages_cost_the_same_with_much_in_them(client, person, django_assert_max_num_queries):
    with django_assert_max_num_queries(18) as few:
        client.get(EDIT)
    for number in range(8):
        TopicFactory(slug=f"tema-nuevo-{number}")
    with django_assert_max_num_queries(len(few)):
        client.get(EDIT)
    with django_assert_max_num_queries(18):
        client.get(OWN)


def test_a_pause_is_one_button_with_a_day_and_ended_with_another(client, person):
    client.get(OWN)
    until = timezone.localdate() + timedelta(days=9)
    client.post(f"{OWN}pausa/", {"until": until.isoformat()})
    profile = Profile.objects.get(user=person)
    assert (profile.availability, profile.paused_until) == ("paused", until)
    assert "Tus mensajes están en pausa" in client.get(OWN).content.decode()
    client.post(f"{OWN}pausa/", {"accion": "terminar"})
    profile.refresh_from_db()
    assert (profile.availability, profile.paused_until) == ("open", None)
    assert client.get(f"{OWN}pausa/?ver=integrantes").headers["Location"] == OWN


@pytest.mark.parametrize("day", ["2020-01-01", "mañana", "9999999999"])
def test_a_pause_with_no_day_to_come_is_refused_beside_its_field(client, person, day):
    answer = client.post(f"{OWN}pausa/", {"until": day})
    assert answer.status_code == 422
    assert 'id="id_until_error"' in answer.content.decode()
    assert Profile.objects.get(user=person).availability == "open"


def test_that_nothing_is_needed_is_said_once_and_not_beside_each_field(client, person):
    page = client.get(EDIT).content.decode()
    assert "Nada es obligatorio" in page
    assert "(opcional)" not in page


def test_who_hides_her_name_from_members_is_told_that_nobody_finds_her(client, person):
    client.post(f"{OWN}aparecer/")
    assert "Aparecés en el directorio" in client.get(OWN).content.decode()
    client.post(EDIT, typed(level_name="connections"))
    seen = client.get(OWN).content.decode()
    assert "Todavía no aparecés en el directorio" in seen
    assert "así nadie te encuentra" in seen
