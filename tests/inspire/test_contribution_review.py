"""From the queue to a decision: comments, differences, publishing, asking for changes, declining."""

from datetime import timedelta

import pytest
from django.contrib.auth.models import Permission
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from inspire.contribution_record import content_of, solution_record
from inspire.models import Contribution, Solution
from inspire.services import solution_archive
from portal.audit.models import AuditEvent
from portal.catalog.models import Entry
from portal.notices.models import Notification
from tests.inspire.factories import ContributionFactory, SolutionFactory, whole_content
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db
QUEUE = reverse("inspire:review-list")


def reviewer():
    user = UserFactory(staff=True)
    user.user_permissions.add(Permission.objects.get(codename="change_solution"))
    return user


@pytest.fixture
def staff(client: Client):
    user = reviewer()
    client.force_login(user)
    return user


def review(contribution: Contribution) -> str:
    return reverse("inspire:review-detail", args=[contribution.public_id])


def decide(client: Client, contribution: Contribution, action: str, reason: str = "", version: int = 0):
    data = {"accion": action, "version": version, "reason": reason}
    answer = client.post(review(contribution), data)
    contribution.refresh_from_db()
    return answer


def proposal(solution: Solution, **changes) -> Contribution:
    base = content_of(solution_record(solution))
    return ContributionFactory(
        submitted=True,
        solution=solution,
        is_proposal=True,
        title=solution.title,
        base_content=base,
        content=base | changes,
    )


def published(**more) -> Solution:
    return SolutionFactory(areas=[PolicyAreaFactory(slug="environment-waste")], **more)


def test_the_queue_shows_the_longest_waiting_first_with_its_age(client: Client, staff) -> None:
    for title, days in (("Nueva", 1), ("Vieja", 9)):
        when = timezone.now() - timedelta(days=days)
        ContributionFactory(title=title, status="submitted", submitted_at=when)
    ContributionFactory(title="Borrador ajeno")
    page = client.get(QUEUE).content.decode()
    assert page.index("Vieja") < page.index("Nueva")
    assert "hace 1\xa0semana, 2\xa0días" in page
    assert "Borrador ajeno" not in page
    assert "Nueva" not in client.get(f"{QUEUE}?q=vieja").content.decode()


def test_the_queue_asks_as_much_of_the_database_with_one_as_with_many(
    client: Client, staff, django_assert_max_num_queries
) -> None:
    ContributionFactory(submitted=True)
    client.get(QUEUE)
    with django_assert_max_num_queries(12) as few:
        client.get(QUEUE)
    ContributionFactory.create_batch(12, submitted=True)
    with django_assert_max_num_queries(12) as many:
        client.get(QUEUE)
    assert len(many) <= len(few)


def test_publishing_puts_it_into_the_library_with_its_history_and_tells_the_authors(
    client: Client, staff, django_capture_on_commit_callbacks
) -> None:
    town = MunicipalityFactory(name="Rafaela", latitude=-31.25, longitude=-61.49)
    content = whole_content("Huertas en las veredas") | {
        "municipality": {"choice": str(town.pk)},
        "figures": [{"indicator": "Canteros", "before": "3", "after": "90"}],
        "links": [{"label": "Nota", "url": "https://example.org/nota"}],
        "tags": "huerta, vereda",
    }
    contribution = ContributionFactory(submitted=True, content=content)
    assert "Así se va a ver" in client.get(review(contribution)).content.decode()
    with django_capture_on_commit_callbacks(execute=True):
        decide(client, contribution, "publicar", "Muy claro.")
    solution = contribution.solution
    assert (contribution.status, solution.status) == ("published", "published")
    assert (solution.slug, solution.place_name) == ("huertas-en-las-veredas", "Rafaela")
    assert (solution.latitude, solution.position_precision) == (-31.25, "place")
    assert solution.figures[0]["after"] == "90"
    assert solution.tags == ["huerta", "vereda"]
    assert solution.licence == "CC BY 4.0"
    assert Entry.objects.get(object_id=solution.pk).title == solution.title
    assert solution.revisions.get().made_by == staff
    assert [step.to_status for step in contribution.steps.all()] == ["published"]
    assert Notification.objects.get(kind="contribution-decided").user == contribution.created_by
    assert AuditEvent.objects.filter(action="contribution.decided", actor_id=staff.pk).exists()
    page = client.get(solution.get_absolute_url())
    assert "Las vecinas plantan verduras" in page.content.decode()


def test_an_author_is_named_in_the_library_only_if_she_says_so(client: Client, staff) -> None:
    other = UserFactory(name="Berta Reservada")
    contribution = ContributionFactory(submitted=True, authors=[other])
    contribution.authors.filter(user=contribution.created_by).update(is_named=True)
    decide(client, contribution, "publicar")
    person = contribution.solution.people.get()
    assert (person.user, person.role) == (contribution.created_by, "author")


def test_asking_for_changes_needs_words_and_tells_the_comments(client: Client, staff) -> None:
    contribution = ContributionFactory(submitted=True)
    answer = decide(client, contribution, "pedir-cambios")
    assert "Contá qué falta o por qué" in answer.content.decode()
    assert contribution.status == "submitted"
    client.post(
        review(contribution), {"accion": "comentar", "section": "summary", "text": "¿Cuántas familias?"}
    )
    authors_client = Client()
    authors_client.force_login(contribution.created_by)
    seen = authors_client.get(contribution.get_absolute_url()).content.decode()
    assert "¿Cuántas familias?" not in seen, "a reviewer's note is not told before she decides"
    decide(client, contribution, "pedir-cambios")
    assert contribution.status == "changes_asked"
    screen = reverse("inspire:contribution-edit", args=[contribution.public_id])
    assert "¿Cuántas familias?" in authors_client.get(screen).content.decode()
    comment = contribution.comments.get()
    authors_client.post(screen, {"accion": f"resolver:{comment.pk}"})
    authors_client.post(screen, {"accion": "enviar"})
    comment.refresh_from_db()
    contribution.refresh_from_db()
    assert comment.resolved_by == contribution.created_by
    assert contribution.status == "submitted"
    assert [step.to_status for step in contribution.steps.all()] == ["changes_asked", "submitted"]


def test_declining_needs_a_reason_and_can_be_taken_up_again(client: Client, staff) -> None:
    contribution = ContributionFactory(submitted=True)
    decide(client, contribution, "no-publicar")
    assert contribution.status == "submitted"
    decide(client, contribution, "no-publicar", "Es publicidad de un producto.")
    assert contribution.status == "declined"
    client.force_login(contribution.created_by)
    page = client.get(contribution.get_absolute_url()).content.decode()
    assert "Es publicidad de un producto." in page
    client.post(contribution.get_absolute_url(), {"accion": "reabrir"})
    contribution.refresh_from_db()
    assert contribution.status == "draft"


def test_a_decision_about_another_version_than_the_present_one_is_not_taken(client: Client, staff) -> None:
    contribution = ContributionFactory(submitted=True, version=4)
    page = client.post(
        review(contribution), {"accion": "publicar", "version": 3, "reason": ""}, follow=True
    ).content.decode()
    assert "lo cambiaron desde que abriste" in page
    contribution.refresh_from_db()
    assert contribution.status == "submitted"


def test_two_reviewers_at_once_decide_once(client: Client, staff) -> None:
    contribution = ContributionFactory(submitted=True)
    decide(client, contribution, "publicar")
    decide(client, contribution, "no-publicar", "tarde")
    assert contribution.status == "published"
    assert Solution.objects.count() == 1


def test_a_proposal_shows_what_it_changes_and_the_page_waits_for_the_decision(client: Client, staff) -> None:
    solution = published(problem="Mucha basura en la calle")
    contribution = proposal(solution, problem="Mucha basura en la plaza")
    page = client.get(review(contribution)).content.decode()
    assert "calle</span>" not in page
    assert "plaza<span" in page
    solution.refresh_from_db()
    assert solution.problem == "Mucha basura en la calle"
    decide(client, contribution, "publicar")
    solution.refresh_from_db()
    assert solution.problem == "Mucha basura en la plaza"
    assert solution.slug == contribution.solution.slug
    assert solution.revisions.count() == 2


def test_what_a_proposal_leaves_alone_follows_the_library(client: Client, staff) -> None:
    solution = published(problem="Antes", lessons="Antes")
    contribution = proposal(solution, problem="De la propuesta")
    Solution.objects.filter(pk=solution.pk).update(lessons="Corregido por el equipo", problem="También")
    page = client.get(review(contribution)).content.decode()
    assert "en la biblioteca también cambió" in page
    decide(client, contribution, "publicar")
    solution.refresh_from_db()
    assert (solution.problem, solution.lessons) == ("De la propuesta", "Corregido por el equipo")


def test_accepting_changes_to_what_was_archived_does_not_publish_it(client: Client, staff) -> None:
    solution = published()
    contribution = proposal(solution, lessons="Algo nuevo")
    solution_archive(solution=solution)
    decide(client, contribution, "publicar")
    solution.refresh_from_db()
    assert (solution.status, solution.lessons) == ("archived", "Algo nuevo")
    client.force_login(contribution.created_by)
    page = client.get(reverse("inspire:contribution-list")).content.decode()
    assert "Ya no está en la biblioteca" in page


def test_people_who_do_not_review_see_neither_queue_nor_review(client: Client) -> None:
    contribution = ContributionFactory(submitted=True)
    for user in (contribution.created_by, UserFactory(), UserFactory(staff=True)):
        client.force_login(user)
        assert client.get(QUEUE).status_code == 403
        assert client.post(review(contribution), {"accion": "publicar", "version": 0}).status_code == 403
    contribution.refresh_from_db()
    assert contribution.status == "submitted"


def test_a_reviewer_is_told_of_what_is_handed_in_and_finds_it_in_the_admin(client: Client) -> None:
    boss = UserFactory(superuser=True)
    contribution = ContributionFactory()
    client.force_login(contribution.created_by)
    client.post(reverse("inspire:contribution-edit", args=[contribution.public_id]), {"accion": "enviar"})
    notice = Notification.objects.get(user=boss)
    assert notice.url == review(contribution)
    client.force_login(boss)
    address = reverse("admin:inspire_contribution_changelist")
    assert review(contribution) in client.get(address).content.decode()
    ContributionFactory(title="Borrador ajeno")
    assert "Borrador ajeno" not in client.get(address).content.decode()
