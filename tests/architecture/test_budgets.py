"""Every list has a query budget, and its count does not grow with the rows."""

from collections.abc import Callable
from dataclasses import dataclass
from itertools import count

import pytest
from django.test import Client
from django.urls import get_resolver
from django.views.generic.list import MultipleObjectMixin

from connect.models import Connection, Introduction, Succession, TownProfile
from evaluate.models import Evaluation, ItemComment
from evaluate.services.answering import answer_save
from evaluate.services.assignments import sections_assign
from portal.safety.services import block_add
from share.models import ThreadReader
from tests.architecture.test_guards import addresses
from tests.connect.factories import connect_two, listed, written
from tests.evaluate.factories import municipal_evaluation, plan_step, questionnaire, questionnaire_version
from tests.evaluate.test_views_public_results import published
from tests.inspire.factories import ContributionFactory, ImportBatchFactory, SolutionFactory
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.notices_factories import NotificationFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory
from tests.share.factories import event, post, thread

pytestmark = pytest.mark.django_db
NUMBERS = count()
EVALUATION = "7e5b3d2a-4c1f-4b0e-9a6d-2f8c1e5a7b90"


@dataclass(frozen=True)
class Budget:
    """A list: where it is, who reads it, what makes one more row of it, and how many queries it may ask."""

    name: str
    path: str
    reader: Callable[[], object]
    more: Callable[[object], object]
    queries: int = 12


def coordinator() -> object:
    return MembershipFactory(role="coordinator").user


def request_to(reader: object) -> object:
    return MembershipFactory(municipality=reader.memberships.get().municipality, status="requested")


def another_questionnaire(reader: object) -> object:
    return questionnaire(slug=f"cuestionario-{next(NUMBERS)}")


def another_evaluation(reader: object) -> object:
    membership = reader.memberships.get()
    version = questionnaire_version(slug=f"cuestionario-{next(NUMBERS)}")
    return municipal_evaluation(version, user=reader, municipality=membership.municipality)


def another_step(reader: object) -> object:
    return plan_step(municipality=reader.memberships.get().municipality)


def another_public_result(_reader: object) -> object:
    TopicFactory(slug="agua-segura")
    return published()


def member() -> object:
    return MembershipFactory().user


def evaluating() -> object:
    """Somebody who coordinates a town with an evaluation under way, whose address is known."""
    reader = coordinator()
    evaluation = municipal_evaluation(user=reader, municipality=reader.memberships.get().municipality)
    Evaluation.objects.filter(pk=evaluation.pk).update(public_id=EVALUATION)
    return reader


def helping_colleague(_reader: object) -> None:
    """One more person who has sections, answers something in them and says something about it."""
    evaluation = Evaluation.objects.get(public_id=EVALUATION)
    person = MembershipFactory(municipality=evaluation.municipality).user
    sections_assign(evaluation=evaluation, user=None, added=[("residuos", person.pk), ("agua", person.pk)])
    path = ("/residuos/separa", "/residuos/responsable", "/agua/mide")[next(NUMBERS) % 3]
    answer_save(evaluation=evaluation, user=person, path=path, value="si")
    ItemComment.objects.create(evaluation=evaluation, path=path, text="Listo", author=person)


def another_introduction(reader: object) -> object:
    return Introduction.objects.create(
        first=reader, second=listed(), introducer=listed(), note="x", status="offered"
    )


def another_town(_reader: object) -> None:
    """One more municipality of the network, with somebody, something to show, and something to say."""
    town = MembershipFactory().municipality
    EntryFactory(municipality=town)
    TownProfile.objects.create(municipality=town, about="Una ciudad", offers="Contamos cómo")


def another_succession(reader: object) -> object:
    municipality = reader.memberships.get(status="active").municipality
    return Succession.objects.create(membership=MembershipFactory(municipality=municipality, left=True))


def another_thread(reader: object) -> None:
    """One more conversation, with news for whoever reads it."""
    made = thread(visibility="public")
    post(made)
    if reader is not None:
        ThreadReader.objects.create(thread=made, user=reader, read_number=1)


def another_event(_reader: object) -> object:
    return event(areas=["health"], municipality=MunicipalityFactory())


def nobody() -> None:
    return None


BUDGETS = [
    Budget("pages:home", "/", nobody, lambda _reader: EntryFactory()),
    Budget("pages:search", "/buscar/?q=entrada", nobody, lambda _reader: EntryFactory()),
    Budget(
        "inspire:contribution-list",
        "/inspirarme/mis-aportes/",
        UserFactory,
        lambda reader: ContributionFactory(created_by=reader),
    ),
    Budget(
        "inspire:review-list",
        "/inspirarme/revision/",
        lambda: UserFactory(superuser=True),
        lambda _reader: ContributionFactory(submitted=True),
    ),
    Budget(
        "inspire:import-list",
        "/inspirarme/importaciones/",
        lambda: UserFactory(superuser=True),
        lambda _reader: ImportBatchFactory(),
    ),
    Budget("inspire:solution-list", "/inspirarme/", nobody, lambda _reader: SolutionFactory()),
    Budget(
        "evaluate:questionnaire-list",
        "/evaluarme/",
        nobody,
        another_questionnaire,
    ),
    Budget("evaluate:plan-list", "/evaluarme/plan/", member, another_step),
    Budget("evaluate:published-result-list", "/evaluarme/resultados/", nobody, another_public_result),
    Budget("questionnaire-list", "/api/v1/questionnaires/", nobody, another_questionnaire, 4),
    Budget("evaluation-list", "/api/v1/evaluations/", member, another_evaluation, 6),
    Budget("evaluate:evaluation", f"/evaluarme/respuestas/{EVALUATION}/", evaluating, helping_colleague, 16),
    Budget(
        "evaluate:sections-assign",
        f"/evaluarme/respuestas/{EVALUATION}/repartir/",
        evaluating,
        helping_colleague,
    ),
    Budget(
        "evaluate:evaluation-review",
        f"/evaluarme/respuestas/{EVALUATION}/revisar/",
        evaluating,
        helping_colleague,
    ),
    Budget("connect:directory", "/conectarme/", listed, lambda _reader: listed()),
    Budget("person-list", "/api/v1/people/", listed, lambda _reader: listed(), 9),
    Budget(
        "connect:connection-list",
        "/conectarme/conexiones/",
        listed,
        lambda reader: connect_two(reader, listed()),
        14,
    ),
    Budget(
        "connect:request-list",
        "/conectarme/conexiones/recibidos/",
        listed,
        lambda reader: Connection.objects.create(requester=listed(), recipient=reader),
        14,
    ),
    Budget(
        "connect:conversation-list",
        "/conectarme/mensajes/",
        listed,
        lambda reader: written(listed(), reader, about=EntryFactory()),
        14,
    ),
    Budget("connect:introduction-list", "/conectarme/presentaciones/", listed, another_introduction, 15),
    Budget("share:event-list", "/intercambiar/encuentros/", member, another_event),
    Budget("event-list", "/api/v1/events/", member, another_event, 6),
    Budget("notices:notice-list", "/avisos/", UserFactory, lambda reader: NotificationFactory(user=reader)),
    Budget("accounts:membership-requests", "/cuenta/solicitudes/", coordinator, request_to),
    Budget(
        "safety:block-list",
        "/convivencia/bloqueos/",
        UserFactory,
        lambda reader: block_add(user=reader, other=UserFactory(), known_as="Alguien"),
    ),
    Budget(
        "places:municipality-search",
        "/municipios/buscar/?q=mu",
        nobody,
        lambda _reader: MunicipalityFactory(),
    ),
    Budget("connect:town-list", "/conectarme/municipios/", member, another_town, 16),
    Budget("connect:succession-list", "/conectarme/traspasos/", coordinator, another_succession),
    Budget("network-municipality-list", "/api/v1/network/municipalities/", nobody, another_town, 4),
    Budget("share:thread-list", "/intercambiar/conversaciones/", member, another_thread),
    Budget("thread-list", "/api/v1/threads/", nobody, another_thread, 5),
    Budget("municipality-list", "/api/v1/municipalities/", nobody, lambda _reader: MunicipalityFactory(), 4),
    Budget("country-list", "/api/v1/countries/", nobody, lambda _reader: CountryFactory(), 4),
    Budget("solution-list", "/api/v1/solutions/", nobody, lambda _reader: SolutionFactory(), 7),
    Budget("policy-area-list", "/api/v1/policy-areas/", nobody, lambda _reader: PolicyAreaFactory(), 4),
]


@pytest.mark.parametrize("budget", BUDGETS, ids=lambda budget: budget.name)
def test_a_list_keeps_its_budget(budget: Budget, client: Client, django_assert_max_num_queries) -> None:
    reader = budget.reader()
    if reader is not None:
        client.force_login(reader)
    for _row in range(2):
        budget.more(reader)
    client.get(budget.path)
    with django_assert_max_num_queries(budget.queries) as few:
        assert client.get(budget.path).status_code == 200
    for _row in range(12):
        budget.more(reader)
    with django_assert_max_num_queries(budget.queries) as many:
        client.get(budget.path)
    assert len(many) <= len(few)


def test_no_list_is_without_a_budget() -> None:
    budgeted = {budget.name for budget in BUDGETS}
    lists = set()
    for name, _path, pattern in addresses(get_resolver().url_patterns):
        view = getattr(pattern.callback, "view_class", None) or getattr(pattern.callback, "cls", None)
        is_list_page = isinstance(view, type) and issubclass(view, MultipleObjectMixin)
        is_list_name = name.endswith("-list") and not name.startswith("admin:")
        if (is_list_page or is_list_name) and not name.startswith(("account_", "mfa_")):
            lists.add(name)
    assert lists <= budgeted
