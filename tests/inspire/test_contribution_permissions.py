"""Who may read, write and review what; the list and the page agree."""

from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser, Permission
from django.urls import reverse
from django.utils import timezone

from inspire.models import Contribution, ContributionAuthor, ContributionFile
from inspire.permissions import (
    can_edit_contribution,
    can_read_solution_file,
    can_review_contributions,
    can_see_contribution,
)
from inspire.services import solution_withdraw
from inspire.services.contributions import contribution_start
from inspire.services.slugs import RESERVED, free_slug
from inspire.urls import urlpatterns
from portal.files.models import StoredFile
from tests.inspire.factories import ContributionFactory, SolutionFactory, with_photo
from tests.inspire.test_contribution_files import stored_photo
from tests.inspire.test_services_bulk import record
from tests.portal.accounts_factories import MembershipFactory, UserFactory

pytestmark = pytest.mark.django_db


def reviewer(**more):
    user = UserFactory(staff=True, **more)
    user.user_permissions.add(Permission.objects.get(codename="change_solution"))
    return user


def invited(contribution: Contribution):
    user = UserFactory()
    ContributionAuthor.objects.create(contribution=contribution, user=user)
    return user


def coauthor(contribution: Contribution):
    user = UserFactory()
    ContributionAuthor.objects.create(contribution=contribution, user=user, accepted_at=timezone.now())
    return user


def ended(contribution: Contribution):
    user = coauthor(contribution)
    user.is_active = False
    user.save()
    return user


PEOPLE = {
    "a visitor": lambda _contribution: AnonymousUser(),
    "a colleague": lambda _contribution: MembershipFactory().user,
    "who was only invited": invited,
    "a co-author": coauthor,
    "a co-author whose account ended": ended,
    "who began it": lambda contribution: contribution.created_by,
    "staff without the permission": lambda _contribution: UserFactory(staff=True),
    "a reviewer": lambda _contribution: reviewer(),
    "a reviewer whose account is closed": lambda _contribution: reviewer(is_active=False),
}
DATES = {"submitted_at": timezone.now(), "decided_at": timezone.now()}


@pytest.mark.parametrize("person", PEOPLE)
@pytest.mark.parametrize("status", Contribution.Status.values)
def test_the_list_shows_what_the_page_would(person: str, status: str) -> None:
    contribution = ContributionFactory(status=status, **DATES)
    user = PEOPLE[person](contribution)
    is_listed = Contribution.objects.visible_to(user).filter(pk=contribution.pk).exists()
    assert is_listed == bool(can_see_contribution(user, contribution))


def test_only_its_authors_write_it_and_only_while_it_is_open_to_them() -> None:
    contribution = ContributionFactory()
    allowed = {
        name for name, make in PEOPLE.items() if can_edit_contribution(make(contribution), contribution)
    }
    assert allowed == {"a co-author", "who began it"}
    for status in ("submitted", "published", "declined", "withdrawn"):
        contribution.status = status
        assert not can_edit_contribution(contribution.created_by, contribution)


def test_only_staff_who_may_change_solutions_review() -> None:
    contribution = ContributionFactory()
    allowed = {name for name, make in PEOPLE.items() if can_review_contributions(make(contribution))}
    assert allowed == {"a reviewer"}


def test_a_photo_is_read_by_those_who_may_read_the_contribution() -> None:
    contribution = ContributionFactory()
    file: StoredFile = stored_photo(contribution.created_by)
    ContributionFile.objects.create(contribution=contribution, file=file, kind="photo", alt="Un cantero")
    mate = coauthor(contribution)
    assert can_read_solution_file(mate, file)
    assert not can_read_solution_file(MembershipFactory().user, file)
    assert not can_read_solution_file(AnonymousUser(), file)


def test_staff_read_the_files_of_a_contribution_from_the_day_it_is_handed_in() -> None:
    contribution = ContributionFactory()
    file: StoredFile = stored_photo(contribution.created_by)
    ContributionFile.objects.create(contribution=contribution, file=file, kind="photo", alt="Un cantero")
    assert not can_read_solution_file(UserFactory(staff=True), file)
    assert not can_read_solution_file(reviewer(), file)
    Contribution.objects.filter(pk=contribution.pk).update(status="submitted", submitted_at=timezone.now())
    assert can_read_solution_file(reviewer(), file)
    assert not can_read_solution_file(UserFactory(staff=True), file)


def test_who_began_to_change_a_solution_reads_its_photos_only_as_long_as_everybody() -> None:
    solution = SolutionFactory()
    photo = with_photo(solution)
    author = UserFactory()
    proposal = contribution_start(public_id=uuid4(), author=author, solution=solution)
    own: StoredFile = stored_photo(UserFactory())
    ContributionFile.objects.create(contribution=proposal, file=own, kind="photo", alt="De su coautora")
    assert can_read_solution_file(author, photo.file)
    solution_withdraw(solution=solution)
    assert not can_read_solution_file(author, photo.file)
    assert can_read_solution_file(author, own)
    photo.delete()
    assert not can_read_solution_file(author, photo.file), "nor once the solution shows it no more"


def test_no_solution_is_given_the_address_of_a_page() -> None:
    taken = {str(pattern.pattern).split("/")[0] for pattern in urlpatterns}
    fixed = {word for word in taken if word and "<" not in word and "." not in word}
    assert fixed <= RESERVED
    for word in sorted(fixed):
        slug = free_slug(record("uno", slug=word))
        assert slug != word
        assert reverse("inspire:solution-detail", args=[slug])
