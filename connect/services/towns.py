"""Writing what a municipality says of itself."""

from collections.abc import Sequence
from typing import Any

from django.db import transaction

from connect.models import TownProfile
from connect.towns.entries import town_entry_refresh
from portal.accounts.models import User
from portal.audit.services import audit_record
from portal.core.visitor_cache import forget_visitor_pages
from portal.places.models import Municipality


@transaction.atomic
def town_update(
    *,
    municipality: Municipality,
    actor: User,
    about: str,
    offers: str,
    offer_topics: Sequence[str],
    seeks: str,
    seek_topics: Sequence[str],
) -> TownProfile:
    """Write the page of a municipality, and let the catalogue find it; what is the same already changes nothing."""
    # Two who write the first page at once wait for each other on the municipality's row.
    Municipality.objects.select_for_update(no_key=True).get(pk=municipality.pk)
    profile = TownProfile.objects.filter(municipality=municipality).first() or TownProfile(
        municipality=municipality
    )
    wanted: dict[str, Any] = {
        "about": about.strip(),
        "offers": offers.strip(),
        "offer_topics": list(offer_topics),
        "seeks": seeks.strip(),
        "seek_topics": list(seek_topics),
    }
    changed = [name for name, value in wanted.items() if getattr(profile, name) != value]
    if not changed:
        return profile
    for name in changed:
        setattr(profile, name, wanted[name])
    profile.edited_by = actor
    profile.save()
    # Which parts, not their words: the trail outlives what people take back.
    audit_record(
        action="town.edited", target=municipality, after={"changed": sorted(changed)}, actor_id=actor.pk
    )
    town_entry_refresh(profile=profile)
    forget_visitor_pages()
    return profile
