"""The pages of successions: who sees and decides them."""

import pytest
from django.test import Client

from connect.models import Succession
from connect.permissions.towns import can_decide_succession, can_see_succession
from evaluate.models import PlanStep
from portal.accounts.models import User
from portal.accounts.services import membership_end
from portal.accounts.services.erasure import account_erase
from tests.evaluate.factories import plan_step
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory

pytestmark = pytest.mark.django_db
LIST = "/conectarme/traspasos/"
# Who sees a succession, and who decides it.
ROLES = {
    "visitor": (False, False),
    "account": (False, False),
    "colleague": (False, False),
    "elsewhere": (False, False),
    "coordinator elsewhere": (False, False),
    "coordinator who left": (False, False),
    "the leaver": (False, False),
    "the leaver, coordinating again": (True, False),
    "the leaver, of the team": (True, False),
    "coordinator": (True, True),
    "staff": (True, True),
}


@pytest.fixture
def succession(django_capture_on_commit_callbacks) -> Succession:
    membership = MembershipFactory(
        municipality=MunicipalityFactory(name="Rafaela"), user__name="Nadia Saliente"
    )
    plan_step(municipality=membership.municipality, responsible=membership.user)
    with django_capture_on_commit_callbacks(execute=True):
        membership_end(membership=membership, actor=membership.user)
    return Succession.objects.get()


def reader_of(role: str, succession: Succession) -> User | None:
    town, leaver = succession.municipality, succession.leaver
    if role.startswith("the leaver"):
        if "again" in role:
            MembershipFactory(user=leaver, municipality=town, coordinator=True)
        leaver.is_staff = "team" in role
        leaver.save()
        return leaver
    found = {
        "visitor": lambda: None,
        "account": UserFactory,
        "colleague": lambda: MembershipFactory(municipality=town).user,
        "elsewhere": lambda: MembershipFactory().user,
        "coordinator elsewhere": lambda: MembershipFactory(coordinator=True).user,
        "coordinator who left": lambda: (
            MembershipFactory(municipality=town, left=True, role="coordinator").user
        ),
        "coordinator": lambda: MembershipFactory(municipality=town, coordinator=True).user,
        "staff": lambda: UserFactory(staff=True),
    }
    return found[role]()


def client_of(user: User | None) -> Client:
    client = Client()
    if user is not None:
        client.force_login(user)
    return client


@pytest.mark.parametrize("role", ROLES)
def test_only_others_who_coordinate_and_the_team_decide(succession, role):
    sees, decides = ROLES[role]
    reader = reader_of(role, succession)
    client = client_of(reader)
    if reader is not None:
        assert bool(can_see_succession(reader, succession)) == sees
        assert bool(can_decide_succession(reader, succession)) == decides
        assert Succession.objects.visible_to(reader).exists() == sees
    page = client.get(succession.get_absolute_url())
    assert (page.status_code == 200) == sees
    assert ("Nadia Saliente" in page.content.decode()) == sees
    assert ('name="successor"' in page.content.decode()) == decides
    listed = client.get(LIST)
    assert (listed.status_code == 200 and "Nadia Saliente" in listed.content.decode()) == sees
    client.post(succession.get_absolute_url(), {"successor": "keep"})
    succession.refresh_from_db()
    assert succession.is_open != decides


def test_she_chooses_a_colleague_who_works_there_now(succession):
    client = client_of(reader_of("coordinator", succession))
    colleague = MembershipFactory(municipality=succession.municipality, user__name="Luz Sigue")
    elsewhere = MembershipFactory(user__name="Eva Lejos")
    text = client.get(succession.get_absolute_url()).content.decode()
    assert "Luz Sigue" in text
    assert "Eva Lejos" not in text
    assert "Pasos del plan de mejora: <strong>1</strong>" in text
    for wrong in ({"successor": elsewhere.pk}, {"successor": "nada"}, {"successor": "x" * 9999}, {}):
        answer = client.post(succession.get_absolute_url(), wrong)
        assert answer.status_code == 200
        assert "error-summary" in answer.content.decode()
        assert Succession.objects.get().is_open
    answer = client.post(succession.get_absolute_url(), {"successor": colleague.pk}, follow=True)
    assert "Pasó a Luz Sigue." in answer.content.decode()
    assert PlanStep.objects.get().responsible == colleague.user
    again = client.post(succession.get_absolute_url(), {"successor": "keep"}, follow=True)
    assert "ya se había decidido" in again.content.decode()
    assert Succession.objects.get().status == "passed"


def test_an_erased_official_is_told_of_as_a_former_one(succession, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        account_erase(user=succession.leaver, actor=succession.leaver)
    client = client_of(reader_of("coordinator", succession))
    for address in (LIST, succession.get_absolute_url()):
        text = client.get(address).content.decode()
        assert "Una persona que trabajaba en Rafaela" in text
        assert "Nadia" not in text


def test_the_page_of_the_municipality_shows_what_waits_to_whoever_coordinates_it_alone(succession):
    MembershipFactory(municipality=succession.municipality, requested=True)
    address = f"/conectarme/municipios/{succession.municipality.pk}/"
    hers = client_of(reader_of("coordinator", succession)).get(address).content.decode()
    assert "1 persona pidió sumarse" in hers
    assert succession.get_absolute_url() in hers
    assert f"{address}editar/" in hers
    for role in ("visitor", "colleague", "elsewhere", "coordinator elsewhere"):
        text = client_of(reader_of(role, succession)).get(address).content.decode()
        assert "Para quien coordina" not in text
        assert "Nadia" not in text
