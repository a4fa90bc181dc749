"""What the library tells about a person, and how it forgets her."""

import json
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
from django.db import connection, transaction
from django.utils import timezone

from inspire.contribution_record import content_of, contribution_record, solution_record
from inspire.forms import ContributionForm
from inspire.models import Contribution, ContributionAuthor, SolutionPerson, SolutionRevision
from inspire.personal import erase_from_library
from inspire.services import solution_restore, solution_write
from inspire.services.contributions import contribution_save
from portal.accounts.services import account_erase, account_export
from portal.files.models import StoredFile
from tests.inspire.factories import ContributionFactory, SolutionFactory, whole_content
from tests.inspire.test_contribution_files import stored_photo
from tests.portal.accounts_factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path


@pytest.fixture
def ana():
    return UserFactory(name="Ana Única", email="ana.unica@villa.example")


def named_solution(user):
    """A published solution that names somebody through her account, in two versions."""
    solution = SolutionFactory()
    SolutionPerson.objects.create(solution=solution, role="contact", name="Ana Única", user=user)
    SolutionPerson.objects.create(solution=solution, role="author", name="Berta Otra")
    for lessons in ("Una", "Otra"):
        record = solution_record(solution)
        object.__setattr__(record, "lessons", lessons)
        solution = solution_write(record=record, solution=solution, actor=user)
    return solution


def test_her_name_leaves_the_page_and_every_version(ana) -> None:
    solution = named_solution(ana)
    assert SolutionRevision.objects.filter(content__people__contains=[{"user_id": ana.pk}]).count() == 3
    account_erase(user=ana, actor=ana)
    texts = json.dumps(list(solution.revisions.values_list("content", flat=True)), ensure_ascii=False)
    assert "Ana Única" not in texts
    assert texts.count("Berta Otra") == 3
    assert [person.name for person in solution.people.all()] == ["Berta Otra"]
    assert not solution.revisions.filter(made_by__isnull=False).exists()
    solution.refresh_from_db()
    assert solution.is_published
    assert "has_contact:yes" not in solution.facet_keys


def test_bringing_an_old_version_back_does_not_bring_her_back(ana) -> None:
    solution = named_solution(ana)
    account_erase(user=ana, actor=ana)
    solution_restore(revision=solution.revisions.get(number=1), actor=UserFactory(staff=True))
    assert not solution.people.filter(name="Ana Única").exists()


def test_her_drafts_go_with_their_files(ana) -> None:
    for status in ("draft", "submitted", "changes_asked", "declined", "withdrawn"):
        row = ContributionFactory(
            created_by=ana, status=status, submitted_at=timezone.now(), decided_at=timezone.now()
        )
        row.files.create(file=stored_photo(ana), kind="photo", alt="Foto")
    account_erase(user=ana, actor=ana)
    assert not Contribution.objects.exists()
    assert not StoredFile.objects.exists()


def test_what_she_wrote_with_others_or_was_published_stays_without_her(ana) -> None:
    shared = ContributionFactory(created_by=ana, authors=[UserFactory()])
    people = [{"role": "author", "name": "Ana Única"}, {"role": "author", "name": "Berta Otra"}]
    published = ContributionFactory(
        created_by=ana,
        status="published",
        decided_at=timezone.now(),
        content={"title": "A", "people": people},
    )
    account_erase(user=ana, actor=ana)
    for row in (shared, published):
        row.refresh_from_db()
        assert row.created_by is None
        assert not ContributionAuthor.objects.filter(contribution=row, user=ana).exists()
    assert [row["name"] for row in published.content["people"]] == ["Berta Otra"]


def test_a_coauthor_who_leaves_the_portal_takes_no_draft_with_her(ana) -> None:
    row = ContributionFactory(authors=[ana])
    comment = row.comments.create(section="", text="Muy bien", author=ana, is_told=True)
    account_erase(user=ana, actor=ana)
    comment.refresh_from_db()
    assert Contribution.objects.filter(pk=row.pk).exists()
    assert comment.author is None


def test_she_is_handed_what_she_wrote_and_where_she_stands(ana) -> None:
    named_solution(ana)
    ContributionFactory(created_by=ana, title="Borrador mío", content={"title": "Borrador mío"})
    ContributionFactory(title="Borrador ajeno")
    text = json.dumps(account_export(user=ana), ensure_ascii=False)
    assert "Borrador mío" in text
    assert "Borrador ajeno" not in text
    assert '"role": "contact"' in text


def test_her_name_goes_also_where_no_account_stands_beside_it(ana) -> None:
    solution = SolutionFactory(people=[("author", "ANA  unica"), ("author", "Berta Otra")])
    ContributionFactory(
        created_by=ana,
        status="published",
        decided_at=timezone.now(),
        solution=solution,
        content={"title": "A"},
    )
    typed = [{"role": "contact", "name": " Ana Unica"}, {"role": "author", "name": "Berta Otra"}]
    theirs = ContributionFactory(
        solution=solution,
        is_proposal=True,
        content={"people": typed},
        base_content={"people": typed},
        version=3,
    )
    for lessons in ("Una", "Otra"):
        record = solution_record(solution)
        object.__setattr__(record, "lessons", lessons)
        solution = solution_write(record=record, solution=solution, actor=None)
    account_erase(user=ana, actor=ana)
    assert [person.name for person in solution.people.all()] == ["Berta Otra"]
    assert solution.revisions.count() == 3
    for revision in solution.revisions.all():
        assert [row["name"] for row in revision.content["people"]] == ["Berta Otra"]
    theirs.refresh_from_db()
    assert [row["name"] for row in theirs.content["people"]] == ["Berta Otra"]
    assert [row["name"] for row in theirs.base_content["people"]] == ["Berta Otra"]
    assert theirs.version == 4, "who reads it now must not accept what was there before"


def test_who_has_the_same_name_and_an_account_of_her_own_stays(ana) -> None:
    solution = named_solution(ana)
    other = SolutionPerson.objects.create(
        solution=solution, role="author", name="Ana Única", user=UserFactory(name="Ana Única")
    )
    elsewhere = SolutionFactory(people=[("author", "Ana Única")])
    account_erase(user=ana, actor=ana)
    assert solution.people.filter(name="Ana Única").get() == other
    assert elsewhere.people.exists(), "a solution that is not hers may be about somebody else"


def test_a_name_typed_a_little_differently_keeps_its_account(ana) -> None:
    solution = SolutionFactory()
    SolutionPerson.objects.create(solution=solution, role="contact", name="Ana Única", user=ana)
    rows = [{"role": "author", "name": "Ana  unica"}, {"role": "author", "name": "Berta Otra"}]
    proposal = ContributionFactory(solution=solution, is_proposal=True)
    proposal.content = content_of(solution_record(solution)) | whole_content() | {"people": rows}
    form = ContributionForm.checking(proposal.content)
    assert form.is_valid(), form.errors
    people = contribution_record(proposal, form.cleaned_data).people
    assert [(person.name, person.user_id) for person in people or []] == [
        ("Ana  unica", ana.pk), ("Berta Otra", None)
    ]  # fmt: skip


@pytest.mark.django_db(transaction=True)
def test_what_a_coauthor_saves_meanwhile_is_neither_lost_nor_brings_her_back(ana) -> None:
    people = [{"role": "author", "name": "Ana Única"}]
    row = ContributionFactory(
        created_by=ana, authors=[UserFactory()], content={"title": "A", "people": people}
    )

    def save() -> None:
        contribution_save(contribution=row, sent={"lessons": "Mucho"}, held={})
        connection.close()

    with ThreadPoolExecutor(1) as others:
        with transaction.atomic():
            erase_from_library(ana)
            saving = others.submit(save)
            time.sleep(0.3)
            assert not saving.done(), "it waits for the erasure"
        saving.result(timeout=20)
    row.refresh_from_db()
    assert row.content == {"title": "A", "people": [], "lessons": "Mucho"}


def test_erasing_twice_and_erasing_somebody_without_rows_is_quiet(ana) -> None:
    account_erase(user=ana, actor=ana)
    account_erase(user=ana, actor=ana)
    account_erase(user=UserFactory(), actor=UserFactory(staff=True))
