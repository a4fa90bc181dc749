"""Pages about an account and its memberships, as each role sees them."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest
from django.urls import reverse

from portal.accounts.forms.memberships import WorkForm
from portal.accounts.models import Membership, User
from portal.accounts.services import membership_end
from tests.portal.accounts_factories import PASSWORD, MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db

PAGES = [
    "profile",
    "profile-update",
    "membership-request",
    "membership-requests",
    "my-data",
    "account-download",
    "account-erase",
]


def page(client, name, *args, **query):
    return client.get(reverse(f"accounts:{name}", args=args), query)


def text(answer):
    return " ".join(answer.content.decode().split())


@pytest.fixture
def coordinator(client):
    membership = MembershipFactory(coordinator=True)
    client.force_login(membership.user)
    return membership


@pytest.mark.parametrize("name", PAGES)
def test_a_visitor_is_asked_to_sign_in_and_gets_no_cookie(client, name):
    answer = page(client, name)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert not answer.cookies


@pytest.mark.parametrize(
    "name", ["membership-update", "membership-end", "membership-decline", "membership-approve"]
)
def test_a_visitor_learns_nothing_of_a_membership(client, name):
    url = reverse(f"accounts:{name}", args=[MembershipFactory(requested=True).public_id])
    answer = client.post(url)
    assert answer.status_code == 302
    assert answer.url.startswith(reverse("account_login"))
    assert Membership.objects.get().is_requested


@pytest.mark.parametrize("name", ["membership-update", "membership-end", "membership-decline"])
def test_a_colleague_from_another_municipality_finds_nothing(client, name):
    client.force_login(MembershipFactory(coordinator=True).user)
    assert page(client, name, MembershipFactory(requested=True).public_id).status_code == 404


def test_an_account_without_municipality_is_invited_to_join_one(client):
    client.force_login(UserFactory(name="Ana Nueva", email="ana@example.org"))
    answer = text(page(client, "profile"))
    assert "Ana Nueva · ana@example.org" in answer
    assert "Todavía no figurás en ningún municipio" in answer
    assert reverse("accounts:membership-request") in answer
    assert "Integrantes y pedidos" not in answer


def test_an_account_shows_present_and_past_memberships_with_their_history(client):
    user = UserFactory()
    staff = UserFactory(staff=True, name="Equipo Red")
    active = MembershipFactory(user=user, position="Directora de Obras", municipality__name="Villa Hoy")
    active.changes.create(from_status="requested", to_status="active", actor=staff)
    past = MembershipFactory(user=user, left=True, municipality__name="Villa Ayer")
    past.changes.create(from_status="active", to_status="left", actor=user, reason="Cambié de trabajo")
    client.force_login(user)
    answer = text(page(client, "profile"))
    for expected in (
        "Villa Hoy",
        "Directora de Obras",
        "Equipo Red",
        "Anteriores (1)",
        "Villa Ayer",
        "Cambié de",
    ):
        assert expected in answer
    assert "Figurás o pediste figurar en 1 municipio." in answer


def test_a_name_is_changed(client):
    user = UserFactory()
    client.force_login(user)
    answer = client.post(reverse("accounts:profile-update"), {"name": "Nombre Corregido"}, follow=True)
    assert "Guardamos tus datos." in text(answer)
    user.refresh_from_db()
    assert user.name == "Nombre Corregido"


def test_a_request_goes_from_the_form_to_the_coordinator_s_list(client, coordinator):
    area = PolicyAreaFactory(name_es="Ambiente y residuos")
    asker = type(client)()
    asker.force_login(UserFactory(name="Zoe Nueva"))
    answer = asker.post(
        reverse("accounts:membership-request"),
        {"municipality": coordinator.municipality_id, "position": "Asesora", "areas": [area.pk]},
        follow=True,
    )
    assert "Enviamos tu pedido para sumarte a" in text(answer)
    assert "Pendiente de aprobación" in text(answer)
    listed = text(page(client, "membership-requests"))
    assert "1 pedido pendiente." in listed
    for expected in ("Zoe Nueva", "Asesora", "Ambiente y residuos", "Aprobar", "Rechazar"):
        assert expected in listed
    assert "1 pedido espera tu respuesta." in text(page(client, "profile"))


def test_asking_where_one_already_is_gets_the_reason_beside_the_field(client):
    membership = MembershipFactory()
    client.force_login(membership.user)
    data = {"municipality": membership.municipality_id, "position": "Asesora"}
    answer = client.post(reverse("accounts:membership-request"), data)
    assert answer.status_code == 200
    assert "Ya figurás en este municipio." in text(answer)


def test_a_request_without_municipality_or_position_keeps_what_was_written(client):
    client.force_login(UserFactory())
    answer = client.post(reverse("accounts:membership-request"), {"position": "Asesora letrada"})
    assert 'value="Asesora letrada"' in text(answer)
    assert "Revisá lo siguiente" in text(answer)
    assert not Membership.objects.exists()


def test_approving_with_two_clicks_approves_once_and_shows_it(client, coordinator):
    waiting = MembershipFactory(requested=True, municipality=coordinator.municipality, user__name="Zoe Nueva")
    url = reverse("accounts:membership-approve", args=[waiting.public_id])
    for _ in range(2):
        assert "Zoe Nueva ya figura en" in text(client.post(url, follow=True))
    waiting.refresh_from_db()
    assert waiting.is_active
    assert waiting.changes.count() == 1


def test_approving_needs_a_click_not_a_link(client, coordinator):
    waiting = MembershipFactory(requested=True, municipality=coordinator.municipality)
    assert page(client, "membership-approve", waiting.public_id).status_code == 405


def test_the_one_who_waits_cannot_approve_herself(client):
    waiting = MembershipFactory(requested=True)
    client.force_login(waiting.user)
    answer = client.post(reverse("accounts:membership-approve", args=[waiting.public_id]))
    assert answer.status_code == 403
    assert "Esto lo hace quien coordina el municipio" in text(answer)
    waiting.refresh_from_db()
    assert waiting.is_requested


def test_declining_needs_a_reason_and_the_person_reads_it(client, coordinator):
    waiting = MembershipFactory(requested=True, municipality=coordinator.municipality)
    url = reverse("accounts:membership-decline", args=[waiting.public_id])
    assert "Completá este campo" in text(client.post(url, {"reason": " "}))
    assert client.post(url, {"reason": "No te conocemos"}).status_code == 302
    person = type(client)()
    person.force_login(User.objects.get(pk=waiting.user_id))
    answer = text(page(person, "profile"))
    assert "No aprobada" in answer
    assert "No te conocemos" in answer


def test_declining_what_was_approved_meanwhile_says_so(client, coordinator):
    member = MembershipFactory(municipality=coordinator.municipality)
    url = reverse("accounts:membership-decline", args=[member.public_id])
    for answer in (client.get(url, follow=True), client.post(url, {"reason": "No"}, follow=True)):
        assert "ya no está pendiente" in text(answer)
    member.refresh_from_db()
    assert member.is_active


def test_a_member_is_named_coordinator_with_one_click(client, coordinator):
    member = MembershipFactory(municipality=coordinator.municipality, user__name="Zoe Capaz")
    answer = client.post(
        reverse("accounts:membership-make-coordinator", args=[member.public_id]), follow=True
    )
    assert "Zoe Capaz ahora coordina" in text(answer)
    member.refresh_from_db()
    assert member.is_coordinator


def test_staff_names_the_first_coordinator_of_a_municipality(client):
    member = MembershipFactory()
    client.force_login(UserFactory(staff=True))
    listed = text(page(client, "membership-requests", estado="active"))
    assert "Nombrar para coordinar" in listed
    client.post(reverse("accounts:membership-make-coordinator", args=[member.public_id]))
    member.refresh_from_db()
    assert member.is_coordinator


def test_leaving_asks_first_and_then_leaves(client):
    membership = MembershipFactory(municipality__name="Villa Hoy")
    client.force_login(membership.user)
    url = reverse("accounts:membership-end", args=[membership.public_id])
    assert "¿Ya no trabajás en Villa Hoy?" in text(client.get(url))
    for _ in range(2):
        assert "Ya no figurás en Villa Hoy." in text(client.post(url, {"reason": ""}, follow=True))
    membership.refresh_from_db()
    assert membership.status == Membership.Status.LEFT
    assert membership.changes.count() == 1


def test_a_coordinator_who_leaves_is_told_to_hand_over_first(client, coordinator):
    assert "nombrá a otra persona" in text(page(client, "membership-end", coordinator.public_id))


def test_a_request_is_withdrawn(client):
    waiting = MembershipFactory(requested=True)
    client.force_login(waiting.user)
    client.post(reverse("accounts:membership-end", args=[waiting.public_id]), {"reason": ""})
    waiting.refresh_from_db()
    assert waiting.status == Membership.Status.WITHDRAWN


def test_a_coordinator_ends_a_member_s_but_not_another_coordinator_s(client, coordinator):
    member = MembershipFactory(municipality=coordinator.municipality, user__name="Zoe Saliente")
    peer = MembershipFactory(municipality=coordinator.municipality, coordinator=True)
    answer = client.post(
        reverse("accounts:membership-end", args=[member.public_id]), {"reason": "Se jubiló"}, follow=True
    )
    assert "Zoe Saliente ya no figura en" in text(answer)
    assert member.changes.get().reason == "Se jubiló"
    refused = client.post(reverse("accounts:membership-end", args=[peer.public_id]))
    assert refused.status_code == 403
    assert "lo resuelve el equipo de la red" in text(refused)


def test_position_and_areas_are_changed_by_the_person_herself_only(client, coordinator):
    member = MembershipFactory(municipality=coordinator.municipality)
    url = reverse("accounts:membership-update", args=[member.public_id])
    assert client.post(url, {"position": "Otra"}).status_code == 403
    person = type(client)()
    person.force_login(User.objects.get(pk=member.user_id))
    assert 'value="Directora de Ambiente"' in text(person.get(url))
    assert "Guardamos tu cargo" in text(person.post(url, {"position": "Asesora"}, follow=True))
    member.refresh_from_db()
    assert member.position == "Asesora"


def test_the_list_shows_the_reader_s_municipality_only(client, coordinator):
    MembershipFactory(requested=True, user__name="Persona Ajena")
    answer = text(page(client, "membership-requests"))
    assert "Persona Ajena" not in answer
    assert "No hay pedidos pendientes" in answer


def test_a_member_is_refused_the_list_with_a_reason(client):
    client.force_login(MembershipFactory().user)
    answer = page(client, "membership-requests")
    assert answer.status_code == 403
    assert "quien coordina un municipio" in text(answer)


def test_the_list_is_searched_counted_and_paged(client):
    client.force_login(UserFactory(staff=True))
    town = MunicipalityFactory(name="Villa Grande")
    for number in range(25):
        MembershipFactory(requested=True, municipality=town, user__name=f"Persona {number:02d}")
    MembershipFactory(requested=True, user__name="Zoe Única")
    first = text(page(client, "membership-requests"))
    assert "26 pedidos pendientes." in first
    assert "Pendientes (26)" in first
    assert "Persona 00" not in first
    older = page(client, "membership-requests").context["page"].next_cursor
    assert "Persona 00" in text(page(client, "membership-requests", cursor=older))
    found = text(page(client, "membership-requests", q="única zoe"))
    assert "1 pedido pendiente." in found
    assert "Persona" not in found.split('id="contenido"')[1]
    assert "No encontramos a nadie" in text(page(client, "membership-requests", q="nadie así"))
    assert page(client, "membership-requests", estado="invento", cursor="x").status_code == 200


def queries(client, django_assert_max_num_queries, name, budget, **query):
    with django_assert_max_num_queries(budget) as counted:
        assert page(client, name, **query).status_code == 200
    return len(counted)


def test_the_list_costs_the_same_with_one_row_and_with_twenty(client, django_assert_max_num_queries):
    staff = UserFactory(staff=True)
    client.force_login(staff)
    town, area = MunicipalityFactory(), PolicyAreaFactory()
    counts = []
    for rows in (1, 19):
        for _ in range(rows):
            member = MembershipFactory(municipality=town, areas=[area])
            member.changes.create(from_status="requested", to_status="active", actor=staff)
        counts.append(
            queries(client, django_assert_max_num_queries, "membership-requests", 12, estado="active")
        )
    assert counts[0] == counts[1]


def test_an_account_costs_the_same_with_one_membership_and_with_ten(client, django_assert_max_num_queries):
    user = UserFactory()
    client.force_login(user)
    counts = []
    for rows in (1, 9):
        for _ in range(rows):
            member = MembershipFactory(user=user, areas=[PolicyAreaFactory()])
            member.changes.create(from_status="", to_status="requested", actor=user)
        counts.append(queries(client, django_assert_max_num_queries, "profile", 15))
    assert counts[0] == counts[1]


def test_a_person_sees_what_is_kept_and_downloads_her_copy(client):
    membership = MembershipFactory(user__name="Ana Dueña")
    client.force_login(membership.user)
    assert "Para saber qué podés ver y hacer en nombre de tu municipio." in text(page(client, "my-data"))
    answer = page(client, "account-download")
    assert answer.headers["Content-Disposition"].startswith('attachment; filename="mis-datos-')
    assert "private" in answer.headers["Cache-Control"]
    data = ZipFile(BytesIO(answer.getvalue())).read("datos.json")
    parts = {part["id"]: part["data"] for part in json.loads(data)["parts"]}
    assert parts["accounts.account"]["name"] == "Ana Dueña"
    assert parts["accounts.memberships"][0]["municipality"] == str(membership.municipality)


@pytest.mark.parametrize(
    "data", [{"password": PASSWORD}, {"password": "equivocada", "understood": "on"}, {"understood": "on"}]
)
def test_an_account_is_not_erased_without_password_and_consent(client, data):
    user = UserFactory()
    client.force_login(user)
    assert client.post(reverse("accounts:account-erase"), data).status_code == 200
    user.refresh_from_db()
    assert user.erased_at is None


def test_an_account_is_erased_with_both_and_its_person_is_signed_out(client):
    user = UserFactory()
    client.force_login(user)
    data = {"password": PASSWORD, "understood": "on"}
    answer = client.post(reverse("accounts:account-erase"), data, follow=True)
    assert "Borramos tu cuenta y tus datos." in text(answer)
    assert "_auth_user_id" not in client.session
    user.refresh_from_db()
    assert user.name == "Cuenta borrada"


def test_the_last_administrator_reads_why_she_cannot_go(client):
    user = UserFactory(superuser=True)
    client.force_login(user)
    assert "Es la única cuenta que administra el portal" in text(page(client, "account-erase"))
    data = {"password": PASSWORD, "understood": "on"}
    assert client.post(reverse("accounts:account-erase"), data).status_code == 403


def test_a_sample_account_is_marked(client):
    client.force_login(UserFactory(is_sample=True))
    assert "badge--sample" in text(page(client, "profile"))


def test_names_are_shown_as_text(client):
    client.force_login(UserFactory(name="<b>Ana</b>"))
    assert "<b>Ana</b>" not in page(client, "profile").content.decode()


@pytest.mark.parametrize("query", [{"q": "\0"}, {"q": "a\0b"}, {"estado": "\0"}, {"cursor": "WzAsIngiXQ"}])
def test_what_is_no_text_in_a_search_of_members_is_no_error(client, coordinator, query):
    assert page(client, "membership-requests", **query).status_code == 200


def test_she_is_told_when_her_membership_ended_while_she_wrote(client, monkeypatch):
    membership = MembershipFactory(position="Asesora")
    client.force_login(membership.user)

    def meanwhile(form):
        membership_end(membership=membership, actor=membership.user)
        return form.cleaned_data["position"]

    monkeypatch.setattr(WorkForm, "clean_position", meanwhile)
    url = reverse("accounts:membership-update", args=[membership.public_id])
    answer = client.post(url, {"position": "Directora"}, follow=True)
    assert "Esta pertenencia ya terminó." in text(answer)
    assert "Guardamos tu cargo" not in text(answer)
    membership.refresh_from_db()
    assert membership.position == "Asesora"
