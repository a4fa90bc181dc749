"""What a person tells colleagues about herself, and whether she is found."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from django.core.files.base import File
from django.db import transaction
from django.utils import timezone

from connect.models import Profile
from connect.services.directory import directory_refresh
from portal.accounts.models import Membership, User
from portal.audit.services import Target, audit_record
from portal.core.visitor_cache import forget_visitor_pages
from portal.files.checks import CheckedUpload
from portal.files.models import StoredFile
from portal.files.services import file_store

PHOTO_USE = "person-photo"
# What a person writes; everything else of a profile has a service of its own.
WRITTEN = (
    "about",
    "areas",
    "offers",
    "offer_topics",
    "seeks",
    "seek_topics",
    "languages",
    "links",
    "availability",
    "paused_until",
    "availability_note",
)


def profile_of(*, user: User) -> Profile:
    """Return a person's profile; a new one begins with the areas that she works in."""
    profile, is_new = Profile.objects.get_or_create(user=user)
    if is_new:
        profile.areas = _areas_of_work(user)
        profile.save(update_fields=["areas", "updated_at"])
    return profile


@transaction.atomic
def profile_save(
    *, user: User, values: Mapping[str, Any], levels: Mapping[str, str] | None = None
) -> Profile:
    """Keep what a person wrote, and who may see each part; what is not named stays as it is.

    Args:
        values: checked values of fields named in `WRITTEN`.
        levels: `connect.visibility.Level` by the part's id.

    Raises:
        ValueError: a value is of a field that is not written like this.
    """
    if unknown := set(values) - set(WRITTEN):
        raise ValueError(f"Not written by a person: {sorted(unknown)}")
    profile = _locked(user)
    for name, value in values.items():
        setattr(profile, name, value)
    if profile.availability != Profile.Availability.PAUSED:
        profile.paused_until = None
    profile.visibility |= levels or {}
    return _saved(profile)


@transaction.atomic
def photo_set(*, user: User, upload: File | CheckedUpload) -> Profile:
    """Show another photo; the one before is deleted.

    Raises:
        ValidationError: it is no picture that is taken; the message is for the field.
    """
    profile = _locked(user)
    former = profile.photo_id
    profile.photo = file_store(use=PHOTO_USE, upload=upload, user=user)
    _saved(profile)
    _delete_photo(former)
    return profile


@transaction.atomic
def photo_remove(*, user: User) -> Profile:
    """Show no photo any more, and delete it."""
    profile = _locked(user)
    former = profile.photo_id
    profile.photo = None
    _saved(profile)
    _delete_photo(former)
    return profile


@transaction.atomic
def profile_join_directory(*, user: User) -> Profile:
    """Let a person be found from now on; who is in the directory already stays since when she was."""
    profile = _locked(user)
    if not profile.is_listed:
        profile.listed_at = timezone.now()
        profile.areas = profile.areas or _areas_of_work(user)
        _saved(profile)
        _record("profile.listed", user)
    return profile


@transaction.atomic
def profile_leave_directory(*, user: User) -> Profile:
    """Take a person out of the directory and the search at once."""
    profile = _locked(user)
    if profile.is_listed:
        profile.listed_at = None
        _saved(profile)
        _record("profile.unlisted", user)
    return profile


@transaction.atomic
def availability_pause(*, user: User, until: date | None = None) -> Profile:
    """Receive no messages for now.

    Args:
        until: the last day of the pause; without one she ends it herself.
    """
    return profile_save(
        user=user, values={"availability": Profile.Availability.PAUSED, "paused_until": until}
    )


@transaction.atomic
def availability_resume(*, user: User) -> Profile:
    """Receive messages again."""
    return profile_save(user=user, values={"availability": Profile.Availability.OPEN})


def _locked(user: User) -> Profile:
    profile_of(user=user)
    return Profile.objects.select_for_update(of=("self",)).get(user=user)


def _saved(profile: Profile) -> Profile:
    profile.save()
    directory_refresh(user_ids=[profile.user_id])
    # Her page may show more than her rows in the directory hold.
    forget_visitor_pages()
    return profile


def _delete_photo(file_id: int | None) -> None:
    if file_id is not None:
        StoredFile.objects.filter(pk=file_id, use=PHOTO_USE).delete()


def _record(action: str, user: User) -> None:
    audit_record(action=action, target=Target("accounts.user", str(user.pk)))


def _areas_of_work(user: User) -> list[str]:
    """Return the slugs of the areas that a person works in now."""
    rows = Membership.objects.active().filter(user=user, areas__isnull=False)
    return sorted(set(rows.values_list("areas__slug", flat=True)))
