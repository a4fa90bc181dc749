"""The one screen: what is typed is kept, whatever it is, and checked when it is handed in."""

import uuid
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from inspire.contribution_content import mark_of
from inspire.forms import ContributionForm
from inspire.models import Contribution, ContributionStep
from tests.inspire.factories import ContributionFactory, SolutionFactory, whole_content
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory

pytestmark = pytest.mark.django_db
CREATE = reverse("inspire:contribution-create")


@pytest.fixture
def author(client: Client):
    user = UserFactory()
    client.force_login(user)
    return user


def screen(contribution: Contribution) -> str:
    return reverse("inspire:contribution-edit", args=[contribution.public_id])


def as_posted(values: dict[str, Any], shown: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Return values as the screen sends them, with the marks of what it had shown."""
    data = dict(more)
    for name, value in values.items():
        data[name] = value
        data[f"held-{name}"] = mark_of((shown or {}).get(name))
    return data


def begin(client: Client, values: dict[str, Any], **more: Any) -> Contribution:
    public_id = uuid.uuid4()
    address = reverse("inspire:contribution-edit", args=[public_id])
    client.post(address, as_posted(values, nuevo="1", **more))
    return Contribution.objects.get(public_id=public_id)


def test_looking_at_the_empty_screen_keeps_nothing(client: Client, author) -> None:
    page = client.get(CREATE)
    assert page.status_code == 200
    assert "Contá una experiencia" in page.content.decode()
    assert not Contribution.objects.exists()


def test_a_draft_is_kept_with_a_first_step_and_without_being_whole(client: Client, author) -> None:
    contribution = begin(client, {"title": "Huerta"}, accion="guardar")
    assert contribution.title == "Huerta"
    assert contribution.is_written_by(author)
    assert [step.to_status for step in contribution.steps.all()] == ["draft"]
    assert "Huerta" in client.get(screen(contribution)).content.decode()


def test_a_request_that_is_repeated_makes_no_second_draft(client: Client, author) -> None:
    address = reverse("inspire:contribution-autosave", args=[uuid.uuid4()])
    for _try in range(2):
        answer = client.post(address, as_posted({"title": "Huerta"}, nuevo="1"))
        assert answer.json()["conflicts"] == []
    assert Contribution.objects.count() == 1


def test_autosave_tells_the_time_the_new_mark_and_how_complete_it_is(client: Client, author) -> None:
    contribution = ContributionFactory(created_by=author)
    address = reverse("inspire:contribution-autosave", args=[contribution.public_id])
    answer = client.post(address, as_posted({"problem": "Basura en la vía."})).json()
    assert answer["saved"].startswith("Guardado ")
    assert answer["marks"] == {"problem": mark_of("Basura en la vía.")}
    assert " %" in answer["completeness"]
    contribution.refresh_from_db()
    assert contribution.content["problem"] == "Basura en la vía."
    assert contribution.version == 1


def test_two_authors_change_different_fields_and_both_are_kept(client: Client, author) -> None:
    contribution = ContributionFactory(created_by=author, content={"title": "A", "problem": "B"})
    address = reverse("inspire:contribution-autosave", args=[contribution.public_id])
    shown = {"title": "A", "problem": "B"}
    client.post(address, as_posted({"title": "A nuevo"}, shown))
    client.post(address, as_posted({"problem": "B nuevo"}, shown))
    contribution.refresh_from_db()
    assert contribution.content == {"title": "A nuevo", "problem": "B nuevo"}


def test_where_a_coauthor_was_quicker_both_texts_are_answered_and_hers_stays(client: Client, author) -> None:
    contribution = ContributionFactory(created_by=author, content={"title": "Lo de ella"})
    address = reverse("inspire:contribution-autosave", args=[contribution.public_id])
    answer = client.post(address, as_posted({"title": "Lo mío"}, {"title": "Lo de antes"})).json()
    (conflict,) = answer["conflicts"]
    assert (conflict["name"], conflict["theirs"]) == ("title", "Lo de ella")
    contribution.refresh_from_db()
    assert contribution.content["title"] == "Lo de ella"
    client.post(address, {"title": "Lo mío", "held-title": conflict["mark"]})
    contribution.refresh_from_db()
    assert contribution.content["title"] == "Lo mío"


def test_a_whole_page_sent_back_does_not_undo_what_others_changed(client: Client, author) -> None:
    contribution = ContributionFactory(created_by=author, content={"title": "Hoy", "problem": "De ella"})
    shown = {"title": "Hoy", "problem": "De antes"}
    page = client.post(
        screen(contribution), as_posted({"title": "Hoy", "problem": "De antes"}, shown), follow=True
    )
    assert page.status_code == 200
    contribution.refresh_from_db()
    assert contribution.content["problem"] == "De ella"


def test_without_javascript_a_conflict_shows_both_texts(client: Client, author) -> None:
    contribution = ContributionFactory(created_by=author, content={"problem": "De ella"})
    page = client.post(
        screen(contribution), as_posted({"problem": "Lo mío"}, {"problem": "Antes"}, accion="enviar")
    ).content.decode()
    assert "De ella" in page
    assert "Lo mío" in page
    contribution.refresh_from_db()
    assert contribution.status == "draft"


def test_handing_in_needs_only_title_place_area_and_one_sentence(client: Client, author) -> None:
    contribution = begin(client, whole_content(), accion="enviar")
    assert contribution.status == "submitted"
    assert contribution.submitted_at is not None
    last = ContributionStep.objects.filter(contribution=contribution).last()
    assert (last.from_status, last.to_status, last.actor) == ("draft", "submitted", author)


def test_what_is_missing_is_said_beside_each_field_and_nothing_typed_is_lost(client: Client, author) -> None:
    contribution = ContributionFactory(created_by=author, content={"problem": "Largo <b>y</b> difícil"})
    page = client.post(screen(contribution), {"accion": "enviar"}).content.decode()
    for said in ("Falta el título", "Falta una oración", "Falta el lugar", "Elegí al menos un área"):
        assert said in page
    assert "Largo &lt;b&gt;y&lt;/b&gt; difícil" in page


def test_a_title_of_ten_thousand_characters_is_answered_and_kept(client: Client, author) -> None:
    long = "palabra " * 1250
    contribution = begin(client, whole_content() | {"title": long}, accion="enviar")
    assert contribution.status == "draft"
    assert contribution.content["title"] == long
    assert len(contribution.title) <= 200
    page = client.post(screen(contribution), {"accion": "enviar"}).content.decode()
    assert "El título tiene 9999 caracteres y entran 200" in page


def test_a_script_is_plain_text_that_is_shown_escaped(client: Client, author) -> None:
    script = "<script>alert(1)</script> 😀"
    contribution = begin(client, whole_content() | {"what_was_done": script}, accion="enviar")
    page = client.get(contribution.get_absolute_url()).content.decode()
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt; 😀" in page


def test_characters_that_the_database_cannot_take_are_left_out(client: Client, author) -> None:
    contribution = begin(client, {"title": "Huer\x00ta\x07", "tags": "a\x00b"})
    assert (contribution.content["title"], contribution.content["tags"]) == ("Huerta", "ab")


@pytest.mark.parametrize("url", ["javascript:alert(1)", "data:text/html,x", "ftp://x.org/a", "no es nada"])
def test_a_link_that_is_no_web_page_is_refused(url: str) -> None:
    form = ContributionForm.checking(whole_content() | {"links": [{"label": "Nota", "url": url}]})
    assert not form.is_valid()
    assert "Fila 1" in form.errors["links"][0]


def test_a_row_without_its_number_says_so_in_the_row() -> None:
    form = ContributionForm.checking(whole_content() | {"figures": [{"indicator": "Familias"}]})
    assert not form.is_valid()
    html = str(form["figures"])
    assert "Escribí al menos uno de los dos valores" in html


def test_too_many_rows_are_answered() -> None:
    rows = [{"indicator": f"Cifra {number}", "after": "1"} for number in range(51)]
    form = ContributionForm.checking(whole_content() | {"figures": rows})
    assert "demasiadas filas" in form.errors["figures"][0]


@pytest.mark.parametrize(
    ("latitude", "longitude", "said"),
    [
        ("0", "0", "en el mar"),
        ("-58,38", "-34,60", "invertidas"),
        ("48,85", "2,35", "fuera de Argentina"),
        ("-34,6", "", "Falta una de las dos"),
        ("cerca", "-58", "no es un número"),
    ],
)
def test_a_point_that_cannot_be_right_is_doubted_beside_the_field(
    latitude: str, longitude: str, said: str
) -> None:
    form = ContributionForm.checking(whole_content() | {"latitude": latitude, "longitude": longitude})
    assert not form.is_valid()
    assert said in " ".join(str(form.errors.get(name, "")) for name in ("latitude", "longitude"))


def test_a_municipality_gives_the_country_and_contradicts_another() -> None:
    town = MunicipalityFactory()
    content = whole_content() | {"municipality": {"choice": str(town.pk)}, "country": ""}
    form = ContributionForm.checking(content)
    assert form.is_valid(), form.errors
    assert form.cleaned_data["country"] == "AR"
    other = ContributionForm.checking(content | {"country": CountryFactory(code="UY").code})
    assert "queda en otro país" in other.errors["country"][0]


def test_the_search_for_a_municipality_works_without_javascript(client: Client, author) -> None:
    MunicipalityFactory(name="Rafaela")
    contribution = ContributionFactory(created_by=author)
    values = {"municipality_search": "Rafa", "held-municipality": mark_of(None), "municipality_find": "1"}
    page = client.post(screen(contribution), values, follow=True).content.decode()
    assert "<strong>Rafaela</strong>" in page


def test_another_persons_contribution_does_not_exist(client: Client, author) -> None:
    foreign = ContributionFactory()
    for name in ("contribution-detail", "contribution-edit", "contribution-invitation"):
        assert client.get(reverse(f"inspire:{name}", args=[foreign.public_id])).status_code == 404
    autosave = reverse("inspire:contribution-autosave", args=[foreign.public_id])
    assert client.post(autosave, as_posted({"title": "Mío"}, nuevo="1")).status_code == 404
    foreign.refresh_from_db()
    assert "Mío" not in str(foreign.content)


def test_nobody_writes_without_the_token_of_her_page(author) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.force_login(author)
    contribution = ContributionFactory(created_by=author)
    assert strict.post(screen(contribution), {"accion": "enviar"}).status_code == 403


def test_autosave_tells_a_session_that_ended_apart_from_a_saved_text(client: Client) -> None:
    address = reverse("inspire:contribution-autosave", args=[uuid.uuid4()])
    assert client.post(address, as_posted({"title": "x"}, nuevo="1")).status_code == 401


def test_what_is_being_reviewed_cannot_be_changed_until_it_is_taken_back(client: Client, author) -> None:
    contribution = ContributionFactory(created_by=author, submitted=True)
    address = reverse("inspire:contribution-autosave", args=[contribution.public_id])
    answer = client.post(address, as_posted({"title": "Otro"}))
    assert answer.status_code == 409
    assert "en revisión" in answer.json()["error"]
    client.post(contribution.get_absolute_url(), {"accion": "a-borrador"})
    assert client.post(address, as_posted({"lessons": "Otro"})).status_code == 200


def test_a_proposal_begins_with_what_the_library_says(client: Client, author) -> None:
    solution = SolutionFactory(problem="Mucha basura", tags=["compost", "barrio"])
    page = client.get(f"{CREATE}?solucion={solution.slug}").content.decode()
    assert "Mucha basura" in page
    contribution = begin(client, {"lessons": "Empezar de a poco"}, solucion=solution.slug)
    assert contribution.solution == solution
    assert contribution.content["problem"] == "Mucha basura"
    assert contribution.content["lessons"] == "Empezar de a poco"
    again = client.get(f"{CREATE}?solucion={solution.slug}")
    assert again.headers["Location"] == screen(contribution)


def test_nothing_is_proposed_for_what_is_not_in_the_library(client: Client, author) -> None:
    draft = SolutionFactory(draft=True)
    assert client.get(f"{CREATE}?solucion={draft.slug}").status_code == 404
    assert client.get(f"{CREATE}?solucion=no%00hay").status_code == 404


def test_the_list_of_ones_own_says_what_to_do_next_and_explains_itself_when_empty(
    client: Client, author
) -> None:
    address = reverse("inspire:contribution-list")
    assert "Todavía no contaste ninguna experiencia" in client.get(address).content.decode()
    ContributionFactory(created_by=author, title="La mía")
    ContributionFactory(title="La ajena")
    page = client.get(address).content.decode()
    assert "La mía" in page
    assert "La ajena" not in page
    assert "envialo a revisión" in page


def test_the_screen_asks_as_much_of_the_database_with_many_comments_and_authors(
    client: Client, author, django_assert_max_num_queries
) -> None:
    contribution = ContributionFactory(created_by=author, authors=UserFactory.create_batch(8))
    for number in range(8):
        contribution.comments.create(section="title", text=f"Mirá {number}", author=author, is_told=True)
    client.get(screen(contribution))
    with django_assert_max_num_queries(24):
        client.get(screen(contribution))


def test_the_criteria_are_public(client: Client) -> None:
    page = client.get(reverse("inspire:contribution-criteria"))
    assert page.status_code == 200
    assert "No prometemos un plazo" in page.content.decode()
