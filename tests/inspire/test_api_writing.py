"""The library for partner systems: writing."""

import json
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.test import Client

from inspire.models import Solution
from portal.accounts.models import User
from tests.inspire.factories import SolutionFactory
from tests.inspire.test_exporting import whole_solution
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
LIST = "/api/v1/solutions/"
PHOTO_FREE = {"photos": [], "attachments": []}


def staff(*permissions: str) -> User:
    user = UserFactory(staff=True)
    user.user_permissions.set(Permission.objects.filter(codename__in=permissions))
    return user


@pytest.fixture
def editor(client: Client) -> Client:
    """A browser in which somebody who may write in the library is signed in."""
    client.force_login(staff("add_solution", "change_solution"))
    return client


@pytest.fixture
def content() -> dict[str, Any]:
    """The least that a solution may say."""
    CountryFactory()
    PolicyAreaFactory(slug="water")
    return {"title": "Agua para todos", "summary": "Se hizo un pozo.", "country": "AR", "areas": ["water"]}


def send(client: Client, content: object, address: str = LIST, method: str = "post", **headers: str) -> Any:
    call = getattr(client, method)
    return call(address, json.dumps(content), content_type="application/json", headers=headers)


def test_staff_write_a_draft_that_only_staff_see(editor: Client, content: dict) -> None:
    response = send(editor, content)
    assert response.status_code == 201
    solution = Solution.objects.get()
    assert response.headers["Location"] == f"http://testserver{LIST}{solution.slug}/"
    assert response.headers["ETag"] == editor.get(response.headers["Location"]).headers["ETag"]
    assert (solution.status, solution.title, solution.source) == ("draft", "Agua para todos", "portal")
    assert solution.revisions.get().reason == "API"
    assert Client().get(response.headers["Location"]).status_code == 404


def test_a_solution_may_be_published_at_once(editor: Client, content: dict) -> None:
    assert send(editor, content | {"status": "published"}).json()["status"] == "published"
    assert Client().get(LIST).json()["count"] == 1
    assert Client().get("/inspirarme/exportar.csv").getvalue().count(b"Agua para todos") == 1


def test_everything_that_is_read_can_be_written_back(editor: Client) -> None:
    solution = whole_solution()
    address = f"{LIST}{solution.slug}/"
    before = editor.get(address).json()
    response = send(editor, before, address, "put")
    assert response.status_code == 200, response.json()
    after = response.json()
    assert after | {"updated_at": ""} == before | {"updated_at": ""}


def test_an_account_of_a_person_stays_hers(editor: Client) -> None:
    solution = whole_solution(title="Otra")
    rosa = UserFactory()
    solution.people.update(user=rosa)
    send(
        editor,
        {"people": [{"role": "contact", "name": "Rosa Ejemplo", "position": "Jefa"}]},
        f"{LIST}{solution.slug}/",
        "patch",
    )
    person = solution.people.get()
    assert (person.position, person.user_id) == ("Jefa", rosa.pk)


def test_what_a_put_leaves_out_is_emptied_and_what_a_patch_leaves_out_stays(
    editor: Client, content: dict
) -> None:
    solution = whole_solution()
    address = f"{LIST}{solution.slug}/"
    changed = send(editor, {"title": "Nuevo título"}, address, "patch").json()
    assert (changed["title"], changed["problem"], changed["people"][0]["name"]) == (
        "Nuevo título",
        "Basura.\n\nMucha.",
        "Rosa Ejemplo",
    )
    anew = send(editor, content, address, "put").json()
    assert (anew["title"], anew["problem"], anew["people"], anew["latitude"]) == (
        "Agua para todos",
        "",
        [],
        None,
    )
    assert anew["slug"] == solution.slug


@pytest.mark.parametrize(
    ("wanted", "was"), [("draft", "published"), ("archived", "published"), ("published", "draft")]
)
def test_a_status_moves_a_solution_and_notes_the_step(editor: Client, wanted: str, was: str) -> None:
    solution = whole_solution(**({"draft": True} if was == "draft" else {}))
    response = send(editor, {"status": wanted}, f"{LIST}{solution.slug}/", "patch")
    assert response.json()["status"] == wanted
    step = solution.changes.get()
    assert (step.from_status, step.to_status, step.reason) == (was, wanted, "API")


def test_what_somebody_else_wrote_is_not_overwritten(editor: Client) -> None:
    solution = whole_solution()
    address = f"{LIST}{solution.slug}/"
    tag = editor.get(address).headers["ETag"]
    assert send(editor, {"title": "Primera"}, address, "patch", **{"If-Match": tag}).status_code == 200
    stale = send(editor, {"title": "Segunda"}, address, "patch", **{"If-Match": tag})
    assert stale.status_code == 412
    assert "If-Match" in stale.json()["detail"]
    assert Solution.objects.get().title == "Primera"
    assert send(editor, {"title": "Tercera"}, address, "put", **{"If-Match": '"x"'}).status_code == 412
    assert send(editor, {"title": "Cuarta"}, address, "patch", **{"If-Match": "*"}).status_code == 200


def test_a_mark_that_came_compressed_is_as_good(editor: Client) -> None:
    solution = whole_solution()
    address = f"{LIST}{solution.slug}/"
    weak = editor.get(address, headers={"Accept-Encoding": "gzip"}).headers["ETag"]
    assert weak.startswith("W/")
    assert send(editor, {"title": "Primera"}, address, "patch", **{"If-Match": weak}).status_code == 200


def test_the_same_id_of_a_source_is_named_and_not_written_twice(editor: Client, content: dict) -> None:
    known = SolutionFactory(source="banco", source_id="7", title="Ya está")
    response = send(editor, content | {"source": "banco", "source_id": "7"})
    assert response.status_code == 409
    assert response.json()["slug"] == known.slug
    assert response.json()["url"].endswith(known.get_absolute_url())
    assert Solution.objects.get().title == "Ya está"


def test_what_a_solution_is_known_by_is_not_changed(editor: Client) -> None:
    solution = whole_solution()
    response = send(editor, {"source_id": "otro"}, f"{LIST}{solution.slug}/", "patch")
    assert response.status_code == 400
    assert "no se puede cambiar" in response.json()["source_id"][0]


@pytest.mark.parametrize("method", ["post", "put", "patch"])
@pytest.mark.parametrize("who", ["visitor", "person", "reader", "adder"])
def test_nobody_else_writes(client: Client, content: dict, method: str, who: str) -> None:
    solution = SolutionFactory(title="Así estaba")
    people = {
        "visitor": lambda: None,
        "person": UserFactory,
        "reader": staff,
        "adder": lambda: staff("view_solution", "change_solution" if method == "post" else "add_solution"),
    }
    person = people[who]()
    if person:
        client.force_login(person)
    response = send(client, content, LIST if method == "post" else f"{LIST}{solution.slug}/", method)
    assert response.status_code == 403
    if who == "person":
        assert "/inspirarme/contar/" in response.json()["detail"]
    assert Solution.objects.get().title == "Así estaba"


def test_publishing_asks_for_its_own_permission(client: Client, content: dict) -> None:
    client.force_login(staff("add_solution"))
    assert send(client, content | {"status": "published"}).status_code == 403
    assert not Solution.objects.exists()
    assert send(client, content).status_code == 201


def test_a_token_against_forgery_is_asked_for(content: dict) -> None:
    client = Client(enforce_csrf_checks=True)
    client.force_login(staff("add_solution"))
    assert send(client, content).status_code == 403


def test_nobody_deletes(editor: Client) -> None:
    solution = SolutionFactory()
    assert editor.delete(f"{LIST}{solution.slug}/").status_code == 405


def test_texts_lose_their_tags(editor: Client, content: dict) -> None:
    sent = content | {"title": "<b>Agua</b>", "problem": "<script>alert(1)</script><p>Uno</p><p>Dos</p>"}
    found = send(editor, sent).json()
    assert found["title"] == "Agua"
    assert "<" not in found["problem"]


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("title", "", "blanco"),
        ("title", "<b></b>", "Falta el título"),
        ("title", "a" * 10_000, "200 caracteres"),
        ("summary", " ", "blanco"),
        ("problem", "a" * 100_001, "100000 caracteres"),
        ("country", "XX", "No conocemos ese país"),
        ("areas", [], "vacía"),
        ("areas", ["nada"], "No conocemos «nada»"),
        ("topics", ["nada"], "No conocemos «nada»"),
        ("municipality", 10**30, "No conocemos ese municipio"),
        ("start_year", 3000, "entre 1900 y 2100"),
        ("sdgs", [0, 18], "del 1 al 17"),
        ("stage", "lista", "no es una de las opciones"),
        ("level", "barrial", "no es una de las opciones"),
        ("language", "xx", "no es una de las opciones"),
        ("status", "vieja", "no es una elección válida"),
        ("source_url", "javascript:alert(1)", "http"),
        ("source", "con espacios", "sin espacios"),
        ("source_id", "a" * 121, "120 caracteres"),
        ("links", [{"url": "ftp://x"}], "http"),
        ("figures", [{"indicator": "Casas"}], "le falta el valor"),
        ("people", [{"role": "jefa", "name": "Rosa"}], "no es una de las opciones"),
        ("people", [{"role": "contact", "name": "rosa@ejemplo.org"}], "correo"),
        ("translations", {"xx": {"title": "a"}}, "no es un idioma"),
        ("translations", {"es": {"title": "a"}}, "no es un idioma"),
        ("translations", {"en": {"titel": "a"}}, "mismos textos"),
        ("translations", {"en": {"title": 7}}, "textos"),
        ("translations", {"en": {"figures": "muchas"}}, "textos"),
        ("tags", ["a" * 61], "60 caracteres"),
        ("tags", [str(number) for number in range(51)], "más de 50"),
        ("titel", "a", "no conoce este campo"),
    ],
)
def test_what_cannot_be_is_said_beside_its_field(
    editor: Client, content: dict, field: str, value: object, said: str
) -> None:
    response = send(editor, content | {field: value})
    assert response.status_code == 400
    assert said.casefold() in json.dumps(response.json()[field], ensure_ascii=False).casefold()
    assert not Solution.objects.exists()


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        (0, 0, "en el mar"),
        (-58.4, -34.6, "invertidas"),
        (40.4, -3.7, "fuera de"),
        (91, 0, "fuera del mapa"),
        ("nan", 1, "número válido"),
    ],
)
def test_a_position_that_cannot_be_is_refused(
    editor: Client, content: dict, latitude: object, longitude: object, said: str
) -> None:
    CountryFactory._meta.model.objects.update(south=-55.1, north=-21.8, west=-73.6, east=-53.6)
    response = send(editor, content | {"latitude": latitude, "longitude": longitude})
    assert response.status_code == 400
    assert said in response.json()["latitude"][0]


def test_half_a_position_is_none(editor: Client, content: dict) -> None:
    response = send(editor, content | {"latitude": -34.6})
    assert "completá las dos" in response.json()["longitude"][0]


def test_a_municipality_of_another_country_is_refused(editor: Client, content: dict) -> None:
    town = MunicipalityFactory(country=CountryFactory(code="UY"))
    assert "otro país" in send(editor, content | {"municipality": town.pk}).json()["municipality"][0]


def test_all_mistakes_are_told_at_once(editor: Client, content: dict) -> None:
    response = send(editor, content | {"stage": "x", "sdgs": [99], "end_year": 1800})
    assert set(response.json()) == {"stage", "sdgs", "end_year"}


@pytest.mark.parametrize("body", ["", "[]", "null", "{", '"a"', '{"title": {"a": 1}}'])
def test_a_body_that_is_no_solution_is_refused(editor: Client, body: str) -> None:
    response = editor.post(LIST, body, content_type="application/json")
    assert response.status_code == 400
