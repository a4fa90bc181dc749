"""The page on which sections are given to colleagues."""

import pytest
from django.urls import reverse

from evaluate.models import SectionAssignment
from tests.evaluate.team import Team, team
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def ours(client) -> Team:
    ours = team()
    client.force_login(ours.coordinator)
    return ours


def url(ours: Team) -> str:
    return reverse("evaluate:sections-assign", args=[ours.evaluation.public_id])


def box(section: str, person) -> str:
    return f"{section}:{person.public_id}"


def held() -> set[tuple[str, str]]:
    return set(SectionAssignment.objects.values_list("section", "person__name"))


def test_one_form_gives_and_takes_back_all_at_once(client, ours):
    response = client.post(
        url(ours), {"elegida": [box("agua", ours.ana), box("agua", ours.beto), box("residuos", ours.beto)]}
    )
    assert response.url == reverse("evaluate:evaluation", args=[ours.evaluation.public_id])
    assert held() == {("agua", "Ana Agua"), ("agua", "Beto Barrios"), ("residuos", "Beto Barrios")}
    shown = [box("agua", ours.ana), box("agua", ours.beto), box("residuos", ours.beto)]
    client.post(url(ours), {"mostrada": shown, "elegida": [box("agua", ours.ana)]})
    assert held() == {("agua", "Ana Agua")}


def test_a_page_that_was_opened_earlier_does_not_undo_what_another_coordinator_gave(client, ours):
    client.post(url(ours), {"elegida": [box("agua", ours.ana)]})
    client.post(url(ours), {"elegida": [box("residuos", ours.beto)]})
    assert held() == {("agua", "Ana Agua"), ("residuos", "Beto Barrios")}


def test_one_section_alone_can_be_given(client, ours):
    page = client.get(url(ours), {"seccion": "agua"}).content.decode()
    assert box("agua", ours.ana) in page
    assert box("residuos", ours.ana) not in page


def test_who_left_since_the_page_was_made_is_named_and_gets_nothing(client, ours):
    ours.ana.memberships.update(status="left")
    response = client.post(
        url(ours), {"elegida": [box("agua", ours.ana), box("agua", ours.beto)]}, follow=True
    )
    assert "Ana Agua ya no figura en el municipio" in response.content.decode()
    assert held() == {("agua", "Beto Barrios")}


def test_boxes_that_no_page_of_ours_has_are_ignored_and_name_nobody(client, ours):
    stranger = UserFactory(name="Sara Secreta")
    values = [box("agua", stranger), "agua:no-es-nadie", "", ":", "agua", f"otra:{ours.ana.public_id}"]
    response = client.post(url(ours), {"elegida": values}, follow=True)
    assert "Sara Secreta" not in response.content.decode()
    assert "No cambió nada" in response.content.decode()
    assert held() == set()


def test_in_a_large_team_one_looks_for_people_and_keeps_what_is_ticked(client, ours):
    for number in range(12):
        MembershipFactory(
            municipality=ours.town, user__name=f"Persona {number:02}", position="Administrativa"
        )
    sofia = MembershipFactory(municipality=ours.town, user__name="Sofía Núñez", position="Salud").user
    MembershipFactory(municipality=ours.town, user__name="Sofía Lejos", left=True)
    page = client.get(url(ours)).content.decode()
    assert "Buscar a alguien del municipio" in page
    assert "Sofía" not in page
    data = {"accion": "buscar", "q": "nunez salud", "elegida": [box("agua", ours.beto)]}
    page = " ".join(client.post(url(ours), data).content.decode().split())
    assert box("residuos", sofia) in page
    assert f'value="{box("agua", ours.beto)}" checked' in page
    assert "Sofía Lejos" not in page
    assert "Persona 01" not in page
    assert held() == set()
    assert "No encontramos a nadie" in client.post(url(ours), data | {"q": "zzz"}).content.decode()


def test_nothing_is_given_once_it_is_signed(client, ours):
    ours.sign()
    assert client.get(url(ours)).status_code == 403
    assert client.post(url(ours), {"elegida": [box("agua", ours.ana)]}).status_code == 403
    assert held() == set()
