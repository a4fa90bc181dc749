"""People for other programs."""

import pytest

from tests.connect.factories import listed
from tests.portal.accounts_factories import MembershipFactory
from tests.portal.topics_factories import TopicFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/people/"


def test_a_part_that_is_not_for_the_reader_is_left_out_and_not_empty(client):
    person = listed("Ana Rojas", audience="public", about="Solo integrantes", visibility={"areas": "public"})
    told = client.get(f"{LIST}{person.public_id}/").json()
    assert told["areas"] == []
    assert "about" not in told
    client.force_login(MembershipFactory().user)
    told = client.get(f"{LIST}{person.public_id}/").json()
    assert told["about"] == "Solo integrantes"
    assert told["works"][0]["position"] == "Directora de Ambiente"


def test_the_list_has_the_filters_of_the_page(client):
    TopicFactory(slug="compost")
    shown = {"offers": "public"}
    helping = listed("Ana", audience="public", offer_topics=["compost"], visibility=shown)
    listed("Berta", audience="public")
    told = client.get(LIST, {"can_help": "compost"}).json()
    assert [person["id"] for person in told["results"]] == [str(helping.public_id)]
    assert told["count"] == 1
    assert client.get(LIST, {"q": "nadie se llama así"}).json()["results"] == []


def test_pages_go_by_key_and_meet_everybody_once(client):
    everybody = {str(listed(audience="public").public_id) for _number in range(5)}
    seen, address = [], f"{LIST}?page_size=2&orden=nombre"
    while address:
        page = client.get(address).json()
        seen += [person["id"] for person in page["results"]]
        address = page["next"]
    assert len(seen) == 5
    assert set(seen) == everybody


def test_a_made_up_cursor_and_odd_parameters_are_answered(client):
    assert client.get(LIST, {"cursor": "inventado"}).status_code == 404
    for odd in ({"page_size": "-1"}, {"orden": "nada"}, {"q": "\x00"}, {"desde": "x", "orden": "similares"}):
        assert client.get(LIST, odd).status_code == 200
    assert client.get(f"{LIST}no-es-un-id/").status_code == 404


def test_nobody_writes_through_it(client):
    person = listed(audience="public")
    client.force_login(person)
    assert client.post(LIST, {"name": "Otra"}).status_code == 405
    assert client.put(f"{LIST}{person.public_id}/", {"name": "Otra"}).status_code == 405


def test_an_answer_that_is_still_true_need_not_be_loaded_again(client):
    person = listed(audience="public")
    answer = client.get(f"{LIST}{person.public_id}/")
    again = client.get(f"{LIST}{person.public_id}/", headers={"If-None-Match": answer.headers["ETag"]})
    assert again.status_code == 304
