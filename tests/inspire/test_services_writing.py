import pytest
from django.core.files.base import ContentFile

from inspire.models import Solution, SolutionRevision
from inspire.record import Attachment, Figure, Link, Person, Photo, SolutionRecord
from inspire.services import (
    solution_archive,
    solution_delete,
    solution_publish,
    solution_restore,
    solution_withdraw,
    solution_write,
    solutions_upsert,
)
from portal.catalog.models import Entry
from portal.files.models import StoredFile
from tests.inspire.factories import SolutionFactory, with_attachment, with_photo
from tests.inspire.test_services_bulk import record
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def argentina() -> None:
    CountryFactory()


def stored(name: str = "ordenanza.pdf") -> StoredFile:
    file = StoredFile(use="pruebas", name=name, content_type="application/pdf", size=3, sha256="a" * 64)
    file.content.save(name, ContentFile(b"abc"), save=False)
    file.save()
    return file


def test_a_new_solution_is_a_draft_with_everything_its_record_says() -> None:
    area, topic, actor = PolicyAreaFactory(), TopicFactory(), UserFactory()
    document = stored()
    solution = solution_write(
        record=record(
            problem="Los residuos se quemaban.",
            figures=[Figure("Residuos separados", "2", "30", "%", "2024")],
            links=[Link("Ordenanza", "https://ejemplo.example/")],
            cost_band="low",
            stage="running",
            start_year=2018,
            end_year=2020,
            sdgs=[12],
            areas=[area.slug],
            topics=[topic.slug],
            people=[Person("contact", "Ana Muestra", user_id=actor.pk)],
            attachments=[Attachment(document.pk, "La ordenanza")],
        ),
        actor=actor,
        reason="Primera versión",
    )
    solution.refresh_from_db()
    assert not solution.is_published
    assert solution.figures == [
        {"indicator": "Residuos separados", "before": "2", "after": "30", "unit": "%", "date": "2024"}
    ]
    assert solution.links == [{"label": "Ordenanza", "url": "https://ejemplo.example/"}]
    assert ([*solution.areas.all()], [*solution.topics.all()]) == ([area], [topic])
    assert [(one.name, one.role, one.user) for one in solution.people.all()] == [
        ("Ana Muestra", "contact", actor)
    ]
    assert solution.attachments.get().file == document
    revision = solution.revisions.get()
    assert (revision.number, revision.made_by, revision.reason) == (1, actor, "Primera versión")
    assert not Entry.objects.exists()


def test_a_change_of_what_is_published_is_in_the_catalogue_and_in_the_history() -> None:
    solution = SolutionFactory(title="Antes")
    solution_publish(solution=solution)
    actor = UserFactory()
    solution_write(record=record(title="Después"), solution=solution, actor=actor)
    assert Entry.objects.get().title == "Después"
    first, second = solution.revisions.order_by("number")
    assert (first.content["title"], second.content["title"]) == ("Antes", "Después")
    assert (first.made_by, second.made_by) == (None, actor)


def test_a_change_of_content_leaves_identity_and_address_alone() -> None:
    solution = SolutionFactory()
    solution_write(record=record(source="otra", slug="otra"), solution=solution, actor=None)
    changed = Solution.objects.get()
    assert (changed.source, changed.source_id, changed.slug) == (
        solution.source,
        solution.source_id,
        solution.slug,
    )


def test_what_was_can_be_brought_back() -> None:
    solution = SolutionFactory(title="Antes", people=[("contact", "Ana Muestra")])
    actor = UserFactory()
    solution_write(record=record(title="Después", people=[]), solution=solution, actor=actor)
    solution_restore(revision=solution.revisions.get(number=1), actor=actor, reason="Era mejor")
    solution.refresh_from_db()
    assert solution.title == "Antes"
    assert [person.name for person in solution.people.all()] == ["Ana Muestra"]
    assert "has_contact:yes" in solution.facet_keys
    assert [one.number for one in solution.revisions.order_by("number")] == [1, 2, 3]


def test_people_of_whom_nothing_is_said_stay() -> None:
    solution = SolutionFactory(people=[("contact", "Ana Muestra")])
    solution_write(record=record(people=None), solution=solution, actor=None)
    assert solution.people.count() == 1


def test_a_document_that_is_taken_away_can_be_brought_back_until_the_solution_is_deleted() -> None:
    document = stored()
    solution = solution_write(record=record(attachments=[Attachment(document.pk, "Una")]), actor=None)
    solution_write(record=record(attachments=[]), solution=solution, actor=None)
    assert not solution.attachments.exists()
    solution_restore(revision=solution.revisions.get(number=1), actor=UserFactory())
    assert solution.attachments.get().file == document
    solution_restore(revision=solution.revisions.get(number=2), actor=UserFactory())
    solution_delete(solution=solution)
    assert not StoredFile.objects.exists()


def test_bringing_back_a_version_without_a_photo_leaves_the_photo_to_the_version_that_had_it() -> None:
    solution = solution_write(record=record(), actor=None)
    photo = with_photo(solution)
    solution_write(
        record=record(title="Con foto", photos=[Photo(photo.file_id, "Una plaza")]),
        solution=solution,
        actor=None,
    )
    for number, photos in ((1, 0), (2, 1)):
        solution_restore(revision=solution.revisions.get(number=number), actor=UserFactory())
        assert solution.photos.count() == photos
    assert solution.photos.get().file == photo.file


def test_a_document_that_no_version_names_goes_with_its_place() -> None:
    solution = solution_write(record=record(), actor=None)
    with_attachment(solution)
    solution_write(record=record(attachments=[]), solution=solution, actor=None)
    assert not StoredFile.objects.exists()


def test_the_content_that_is_kept_is_a_whole_record() -> None:
    solution = solution_write(record=record(), actor=None)
    kept = SolutionRecord.from_json(solution.revisions.get().content)
    assert kept == record(slug="plaza-1", people=[], photos=[], attachments=[])


def test_each_step_is_a_row_with_who_and_why() -> None:
    actor, solution = UserFactory(), solution_write(record=record(), actor=None)
    solution_publish(solution=solution, actor=actor, reason="Completa")
    solution_publish(solution=solution, actor=actor)
    solution_archive(solution=solution, actor=actor, reason="Ya no existe")
    solution_withdraw(solution=solution)
    steps = solution.changes.values_list("from_status", "to_status", "actor", "reason")
    assert list(steps) == [
        ("draft", "published", actor.pk, "Completa"),
        ("published", "archived", actor.pk, "Ya no existe"),
        ("archived", "draft", None, ""),
    ]


def test_what_is_archived_is_found_nowhere() -> None:
    solution = SolutionFactory()
    solution_publish(solution=solution)
    solution_archive(solution=solution)
    assert not Entry.objects.exists()
    assert not Solution.objects.published().exists()


def test_an_import_that_changes_a_solution_keeps_what_it_said_before() -> None:
    actor = UserFactory()
    solutions_upsert(records=[record(title="Antes")])
    assert not SolutionRevision.objects.exists()
    solutions_upsert(records=[record(title="Después")], actor=actor, reason="obras.csv")
    first, second = SolutionRevision.objects.order_by("number")
    assert (first.content["title"], second.content["title"]) == ("Antes", "Después")
    assert (second.made_by, second.reason) == (actor, "obras.csv")


def test_a_bulk_brings_people_and_says_nothing_of_them_without_a_column() -> None:
    people = [Person("contact", "Ana Muestra", "Directora"), Person("author", "Bruno Muestra")]
    solutions_upsert(records=[record(people=people)])
    solution = Solution.objects.get()
    assert [(one.role, one.name, one.position) for one in solution.people.all()] == [
        ("contact", "Ana Muestra", "Directora"),
        ("author", "Bruno Muestra", ""),
    ]
    assert "has_contact:yes" in solution.facet_keys
    solutions_upsert(records=[record(title="Otra", people=None)])
    solution.refresh_from_db()
    assert solution.people.count() == 2
    assert "has_contact:yes" in solution.facet_keys
