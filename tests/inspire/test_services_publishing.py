import pytest

from inspire.models import Solution
from inspire.services import (
    solution_catalogue,
    solution_delete,
    solution_publish,
    solution_withdraw,
)
from portal.catalog.models import Entry
from portal.core.events import solution_published
from tests.inspire.factories import SolutionFactory
from tests.portal.topics_factories import PolicyAreaFactory

pytestmark = pytest.mark.django_db


def test_what_is_published_can_be_found() -> None:
    area = PolicyAreaFactory()
    draft = SolutionFactory(
        draft=True,
        areas=[area],
        translations={"en": {"title": "Composting", "what_was_done": "Bins.", "results": "Less."}},
        results="Bajó la basura.",
    )
    solution = solution_publish(solution=draft)
    entry = Entry.objects.get(kind="solution", object_id=draft.pk)
    assert solution.is_published
    assert (entry.title, entry.url, entry.areas) == (draft.title, f"/inspirarme/{draft.slug}/", [area.slug])
    assert entry.body == "Se entregaron composteras.\n\nBajó la basura."
    assert entry.translations["en"] == {"title": "Composting", "summary": "", "body": "Bins.\n\nLess."}
    assert entry.published_at == solution.published_at


def test_the_catalogue_has_the_point_that_the_map_has() -> None:
    solution_publish(solution=SolutionFactory(draft=True, country_wide=True))
    entry = Entry.objects.get()
    assert (entry.latitude, entry.longitude) == (-34.61, -58.38)


def test_publishing_is_told_once(django_capture_on_commit_callbacks) -> None:
    heard = []

    def listen(solution_id: int, **kwargs: object) -> None:
        heard.append(solution_id)

    solution_published.connect(listen)
    draft = SolutionFactory(draft=True)
    with django_capture_on_commit_callbacks(execute=True):
        solution = solution_publish(solution=draft)
        solution_publish(solution=solution)
    assert heard == [draft.pk]


def test_what_is_withdrawn_is_found_no_more_and_keeps_its_first_day() -> None:
    solution = solution_publish(solution=SolutionFactory(draft=True))
    withdrawn = solution_withdraw(solution=solution)
    assert not Entry.objects.filter(object_id=solution.pk).exists()
    assert not withdrawn.is_published
    assert solution_publish(solution=withdrawn).published_at == solution.published_at


def test_the_catalogue_follows_what_staff_saved() -> None:
    solution = solution_publish(solution=SolutionFactory(draft=True))
    Solution.objects.filter(pk=solution.pk).update(title="Otro título")
    solution.refresh_from_db()
    solution_catalogue(solution=solution)
    assert Entry.objects.get(object_id=solution.pk).title == "Otro título"


def test_a_saved_draft_is_not_in_the_catalogue() -> None:
    draft = SolutionFactory(draft=True)
    solution_catalogue(solution=draft)
    assert not Entry.objects.filter(object_id=draft.pk).exists()


def test_what_is_deleted_leaves_nothing_behind() -> None:
    solution = solution_publish(solution=SolutionFactory(draft=True))
    pk = solution.pk
    solution_delete(solution=solution)
    assert not Solution.objects.filter(pk=pk).exists()
    assert not Entry.objects.filter(object_id=pk).exists()
