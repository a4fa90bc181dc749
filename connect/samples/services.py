"""Putting the invented people into the directory, and taking them out again."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from connect.models import Profile
from connect.samples.people import OTHERS, PROFILES, SampleProfile
from connect.services.directory import directory_refresh
from portal.accounts.models import Membership, User
from portal.places.models import Municipality
from portal.places.names import normalise_name
from portal.topics.models import PolicyArea, Topic

# What anybody may see of those who are found by anybody; a newcomer without an account then sees whom there is.
_PUBLIC = {"name": "public", "work": "public", "offers": "public", "areas": "public"}


@transaction.atomic
def create_samples() -> str:
    """Put the invented people into the directory who are not there; returns what was done, nothing when all were."""
    made = [user.pk for user in map(_create, PROFILES) if user is not None]
    directory_refresh(user_ids=made)
    if not made:
        return ""
    return _("%(made)d personas de muestra en el directorio.") % {"made": len(made)}


@transaction.atomic
def remove_samples() -> int:
    """Take the invented profiles away, and the accounts of those who are nothing else; returns how many."""
    removed, _rows = Profile.objects.filter(user__is_sample=True, user__email__in=_emails(PROFILES)).delete()
    User.objects.samples().filter(email__in=_emails(OTHERS)).delete()
    return removed


def _create(sample: SampleProfile) -> User | None:
    """Make a person or give her a profile; None when there is nothing to do or nowhere to put her."""
    user = User.objects.samples().filter(email=sample.email).first()
    if user is None:
        user = _account(sample) if sample.town else None
    if user is None or Profile.objects.filter(user=user).exists():
        return None
    Profile.objects.create(user=user, **_told(sample))
    return user


def _account(sample: SampleProfile) -> User | None:
    """Make an account that nobody can sign in to, and its work; None where the register has no such town."""
    town = _town(sample.town)
    if town is None:
        return None
    user = User.objects.create_user(sample.email, None, name=sample.name, is_sample=True)
    membership = Membership.objects.create(
        user=user,
        municipality=town,
        position=sample.position,
        role=Membership.Role.COORDINATOR if sample.is_coordinator else Membership.Role.MEMBER,
        status=Membership.Status.ACTIVE,
        started_on=timezone.localdate() - timedelta(days=400),
    )
    membership.areas.set(PolicyArea.objects.filter(slug__in=sample.areas))
    return user


def _told(sample: SampleProfile) -> dict[str, object]:
    topics = set(Topic.objects.values_list("slug", flat=True))
    areas = set(PolicyArea.objects.values_list("slug", flat=True))
    return {
        "listed_at": timezone.now(),
        "about": sample.about,
        "areas": [slug for slug in sample.areas if slug in areas],
        "offers": sample.offers,
        "offer_topics": [slug for slug in sample.offer_topics if slug in topics],
        "seeks": sample.seeks,
        "seek_topics": [slug for slug in sample.seek_topics if slug in topics],
        "languages": list(sample.languages),
        "active_on": timezone.localdate() - timedelta(days=sample.days_ago),
        "visibility": (_PUBLIC if sample.is_public else {}) | sample.visibility,
    }


def _town(name: str) -> Municipality | None:
    """Return the biggest town of this name in Argentina."""
    towns = Municipality.objects.filter(country_id="AR", normalised_name=normalise_name(name))
    return towns.order_by("-population", "id").first()


def _emails(samples: tuple[SampleProfile, ...]) -> list[str]:
    return [sample.email for sample in samples]
