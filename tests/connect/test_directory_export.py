"""The directory as a file: what the page shows, for members alone."""

import csv
import io

import pytest
from django.test import Client
from openpyxl import load_workbook

from portal.safety.models import Block
from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.topics_factories import TopicFactory

pytestmark = pytest.mark.django_db
CSV, XLSX = "/conectarme/exportar.csv", "/conectarme/exportar.xlsx"


def client_of(user):
    client = Client()
    client.force_login(user)
    return client


def rows(user, **asked):
    content = b"".join(client_of(user).get(CSV, asked)).decode("utf-8-sig")
    return list(csv.DictReader(io.StringIO(content)))


def test_it_holds_whom_the_page_shows_in_its_order_and_what_she_lets_be_seen():
    TopicFactory(slug="compost", name_es="Compostaje")
    reader = MembershipFactory().user
    listed("Zoe", offers="=1+1", offer_topics=["compost"], user_email="zoe.secreta@example.org")
    listed("Ana", offers="nada de esto", visibility={"offers": "connections", "work": "nobody"})
    hidden = listed("Tapada")
    Block.objects.create(blocker=hidden, blocked=reader)
    found = rows(reader, orden="nombre")
    assert [row["Nombre"] for row in found] == ["Ana", "Zoe"]
    assert (found[0]["Cargo"], found[0]["Municipio"], found[0]["Puede ayudar con"]) == ("", "", "")
    assert found[1]["Puede ayudar con"] != "=1+1"
    assert found[1]["Temas en los que puede ayudar"] == "Compostaje"
    assert "@" not in str(found)
    assert [row["Nombre"] for row in rows(reader, can_help="compost")] == ["Zoe"]


def test_it_is_a_workbook_too():
    reader = MembershipFactory().user
    listed("Ana")
    content = b"".join(client_of(reader).get(XLSX))
    sheet = load_workbook(io.BytesIO(content)).active
    assert [row[0].value for row in sheet.iter_rows()] == ["Nombre", "Ana"]


def test_it_is_for_members_of_the_network_alone(client):
    listed("Ana", audience="public")
    assert client.get(CSV).status_code == 302
    for user in (UserFactory(), MembershipFactory(left=True).user):
        answer = client_of(user).get(CSV)
        assert answer.status_code == 403
        assert "Ana" not in answer.content.decode()


def test_a_list_that_is_too_long_is_refused_with_the_reason(monkeypatch):
    monkeypatch.setattr("connect.permissions.directory.MOST_EXPORTED", 1)
    reader = MembershipFactory().user
    listed("Ana")
    listed("Bea", about="única")
    assert "hasta 1 personas" in client_of(reader).get(CSV).content.decode()
    assert "hasta 1 personas" in client_of(reader).get("/conectarme/").content.decode()
    assert [row["Nombre"] for row in rows(reader, q="única")] == ["Bea"]
