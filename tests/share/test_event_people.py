"""The organisers' list: who is on it, who may read it, and what of it leaves the house."""

import csv
import io

import pytest
from django.test import Client
from django.urls import reverse

from portal.accounts.models import User
from portal.core.tabular.writing_formulas import without_formula
from share.models import Registration, RegistrationQuestion
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.share.factories import event, member, registered

pytestmark = pytest.mark.django_db
Status = Registration.Status


def reading(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


def people(of, user, **asked):
    return reading(user).get(reverse("share:event-people", args=[of.pk]), asked)


def test_organisers_coordinators_and_staff_read_the_list_and_nobody_else():
    organiser, town = member(), MunicipalityFactory()
    workshop = event(organiser=organiser, municipality=town)
    allowed = (organiser, member(municipality=town, role="coordinator"), UserFactory(is_staff=True))
    going = member()
    registered(workshop, going)
    refused = (
        member(),
        member(role="coordinator"),
        member(municipality=town),
        going,
        UserFactory(),
        MembershipFactory(left=True).user,
    )
    pages = ("event-people", "event-people-csv", "event-people-xlsx", "event-person-add")
    for name in pages:
        address = reverse(f"share:{name}", args=[workshop.pk])
        assert {reading(user).get(address).status_code for user in allowed} == {200}
        assert {reading(user).get(address).status_code for user in refused} == {403}
        assert Client().get(address).status_code == 302


def test_an_organiser_who_left_the_network_reads_no_more():
    organiser = member()
    workshop = event(organiser=organiser)
    organiser.memberships.update(status="left")
    assert people(workshop, organiser).status_code == 403


def test_the_list_is_by_answer_and_found_by_words():
    organiser = member()
    workshop = event(organiser=organiser)
    registered(workshop, member(name="Ana Pérez", municipality=MunicipalityFactory(name="Rafaela")))
    registered(workshop, member(name="Eva Gómez"))
    registered(workshop, member(name="Iris Luna"), status=Status.WAITING, place=4)
    going = people(workshop, organiser).content.decode()
    assert "Ana Pérez" in going and "Iris Luna" not in going
    waiting = people(workshop, organiser, estado="esperan").content.decode()
    assert "Iris Luna" in waiting and "número 4" in waiting
    found = people(workshop, organiser, q="rafaela ana").content.decode()
    assert "Ana Pérez" in found and "Eva Gómez" not in found
    for strange in ("%", "\0", "'" * 3000, "<script>"):
        assert people(workshop, organiser, q=strange, estado=strange, cursor=strange).status_code == 200


def test_the_table_has_answers_no_e_mail_and_no_formula():
    organiser = member()
    workshop = event(organiser=organiser)
    question = RegistrationQuestion.objects.create(event=workshop, text="=HYPERLINK()", kind="text")
    ana = member(name="+Ana", email="ana.perez@example.org")
    registered(workshop, ana, answers={str(question.pk): "=cmd|calc"})
    registered(workshop, member(name="No va"), status=Status.NOT_GOING)
    answer = reading(organiser).get(reverse("share:event-people-csv", args=[workshop.pk]))
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    [row] = list(csv.DictReader(io.StringIO(text)))
    assert row["Nombre"] == without_formula("+Ana") != "+Ana"
    assert without_formula("=cmd|calc") in row.values()
    assert "example.org" not in text and "No va" not in text
    workbook = reading(organiser).get(reverse("share:event-people-xlsx", args=[workshop.pk]))
    assert b"".join(workbook.streaming_content).startswith(b"PK")


def test_the_page_costs_the_same_however_many_there_are(django_assert_max_num_queries):
    organiser = member()
    workshop = event(organiser=organiser)
    registered(workshop)
    client = reading(organiser)
    address = reverse("share:event-people", args=[workshop.pk])
    client.get(address)
    with django_assert_max_num_queries(14) as few:
        client.get(address)
    for _person in range(8):
        registered(workshop)
    with django_assert_max_num_queries(len(few)):
        client.get(address)


def test_somebody_is_taken_off_with_a_reason():
    organiser = member()
    workshop = event(organiser=organiser)
    row, other = registered(workshop), registered(event())
    address = reverse("share:event-person-take-off", args=[workshop.pk, row.pk])
    assert "¿Sacar a" in reading(organiser).get(address).content.decode()
    reading(organiser).post(address, {"reason": ""})
    assert Registration.objects.get(pk=row.pk).status == Status.GOING
    reading(organiser).post(address, {"reason": "Se anotó dos veces el municipio"})
    assert Registration.objects.get(pk=row.pk).status == Status.NOT_GOING
    elsewhere = reverse("share:event-person-take-off", args=[workshop.pk, other.pk])
    assert reading(organiser).post(elsewhere, {"reason": "x"}).status_code == 404
    assert reading(member()).post(address, {"reason": "x"}).status_code == 403


def test_a_colleague_is_put_on_the_list_and_a_stranger_is_not():
    organiser, hidden = member(), member()
    workshop = event(organiser=organiser)
    address = reverse("share:event-person-add", args=[workshop.pk])
    for key in (str(hidden.pk), "0", "x", "9" * 30, ""):
        reading(organiser).post(address, {"persona": key})
    assert not Registration.objects.exists()
    reading(organiser).post(address, {"persona": str(organiser.pk)})
    assert Registration.objects.get().status == Status.GOING


def test_a_question_is_no_formula_in_the_titles_of_the_table():
    """Whoever organises with others writes it, and they open the table."""
    organiser = member()
    workshop = event(organiser=organiser)
    RegistrationQuestion.objects.create(event=workshop, text='=HYPERLINK("https://example.org")')
    answer = reading(organiser).get(reverse("share:event-people-csv", args=[workshop.pk]))
    [titles] = list(csv.reader(io.StringIO(b"".join(answer.streaming_content).decode("utf-8-sig"))))
    assert titles[-1].startswith("'=")
