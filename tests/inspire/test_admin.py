import pytest
from django.test import Client
from django.urls import reverse

from inspire.models import Solution
from portal.catalog.models import Entry
from tests.inspire.factories import SolutionFactory
from tests.portal.accounts_factories import UserFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db

LIST = reverse("admin:inspire_solution_changelist")


@pytest.fixture
def staff(client: Client) -> Client:
    client.force_login(UserFactory(superuser=True))
    return client


def act(client: Client, action: str, *solutions: Solution) -> str:
    chosen = [solution.pk for solution in solutions]
    answer = client.post(LIST, {"action": action, "_selected_action": chosen, "post": "yes"}, follow=True)
    return answer.content.decode()


def test_staff_publish_and_withdraw_from_the_list(staff: Client) -> None:
    drafts = SolutionFactory.create_batch(2, draft=True)
    assert "2 soluciones publicadas." in act(staff, "publish", *drafts)
    assert Entry.objects.count() == 2
    assert "1 solución retirada." in act(staff, "withdraw", drafts[0])
    assert list(Entry.objects.values_list("object_id", flat=True)) == [drafts[1].pk]


def test_what_is_deleted_in_the_list_leaves_the_catalogue(staff: Client) -> None:
    solution = SolutionFactory()
    act(staff, "publish", solution)
    act(staff, "delete_selected", solution)
    assert not Entry.objects.exists()


def test_saving_a_published_solution_brings_the_catalogue_up_to_date_with_areas_too(staff: Client) -> None:
    solution, area = SolutionFactory(), PolicyAreaFactory()
    url = reverse("admin:inspire_solution_change", args=[solution.pk])
    form = staff.get(url).context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    values = {name: value for name, value in values.items() if value not in (None, False)}
    values |= {
        "title": "Título corregido",
        "areas": [area.pk],
        "topics": [],
        "tags": "uno,dos",
        "translations": "",
        "figures": "",
        "links": "",
        "people-TOTAL_FORMS": 1,
        "people-INITIAL_FORMS": 0,
        "people-0-role": "contact",
        "people-0-name": "Ana Muestra",
        "people-0-order": 0,
    }
    answer = staff.post(url, values)
    assert answer.status_code == 302, answer.context["errors"]
    entry = Entry.objects.get(object_id=solution.pk)
    assert (entry.title, entry.areas, entry.tags) == ("Título corregido", [area.slug], ["uno", "dos"])
    solution.refresh_from_db()
    assert {"has_contact:yes", f"area:{area.slug}"} <= set(solution.facet_keys)
    before, after = solution.revisions.order_by("number")
    assert (before.content["people"], after.content["people"][0]["name"]) == ([], "Ana Muestra")


def test_half_a_position_is_refused_at_the_form(staff: Client) -> None:
    solution = SolutionFactory()
    url = reverse("admin:inspire_solution_change", args=[solution.pk])
    form = staff.get(url).context["adminform"].form
    values = {name: form.get_initial_for_field(field, name) for name, field in form.fields.items()}
    values = {name: value for name, value in values.items() if value not in (None, False, [])}
    answer = staff.post(url, values | {"latitude": "-34.6", "translations": "{}"})
    assert "completá las dos o dejá las dos vacías" in answer.content.decode()


@pytest.mark.parametrize(
    ("field", "value", "said"),
    [
        ("figures", '["x"]', "Escribí una lista de elementos"),
        ("figures", '[{"color": "verde"}]', "Escribí una lista de elementos"),
        ("links", '{"label": "x"}', "Escribí una lista de elementos"),
        ("translations", '["x"]', "Escribí los textos por idioma"),
        ("translations", '{"en": {"title": 5}}', "Escribí los textos por idioma"),
        ("translations", '{"en": {"figures": ["x"]}}', "Escribí una lista de elementos"),
        ("slug", "contar", "Esa dirección es de una página"),
    ],
)
def test_what_no_page_could_show_is_refused(staff: Client, field: str, value: str, said: str) -> None:
    solution = SolutionFactory()
    url = reverse("admin:inspire_solution_change", args=[solution.pk])
    answer = staff.post(url, {"title": "Una plaza", field: value})
    assert said in answer.content.decode()
