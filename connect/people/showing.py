"""Making of an account and its profile what a reader of one circle may see."""

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from connect.models import Profile
from connect.people.languages import SPOKEN, language_names
from connect.people.shown import ShownAvailability, ShownLink, ShownPerson, ShownWork
from connect.visibility import Circle, parts_seen
from portal.accounts.models import Membership, User
from portal.files.pictures import picture_of
from portal.topics.labels import Label, area_labels, topic_labels

# Of fewer questions nothing can be said.
FEWEST_ASKS = 3
A_DAY_IN_HOURS = 24

Part = Callable[[User, Profile], dict[str, Any]]


def person_shown(account: User, profile: Profile, circle: Circle) -> ShownPerson:
    """Return a person with those parts that a reader of this circle may see.

    Args:
        account: with its memberships, as `connect.people.finding` loads it.
    """
    parts = parts_seen(circle, profile.visibility)
    shown: dict[str, Any] = {}
    for part in parts & _PARTS.keys():
        shown |= _PARTS[part](account, profile)
    return ShownPerson(
        user_id=account.pk,
        public_id=account.public_id,
        name=account.name,
        initials=initials_of(account.name),
        url=reverse("connect:person-detail", args=[account.public_id]),
        parts=parts,
        is_staff_badge=account.is_staff,
        is_sample=account.is_sample,
        is_self=circle is Circle.SELF,
        is_connection=circle is Circle.CONNECTION,
        **shown,
    )


def initials_of(name: str) -> str:
    """Return the first letters of the first and the last word, for the place of a photo."""
    words = [letters for word in name.split() if (letters := "".join(filter(str.isalpha, word)))]
    return "".join(word[0] for word in (words[:1] + words[1:][-1:])).upper()


def response_habit(profile: Profile) -> str:
    """Say how soon she usually answers; nothing of who was asked fewer than three times or answers less than half."""
    hours = profile.typical_hours
    is_told = profile.asks_received >= FEWEST_ASKS and profile.asks_answered * 2 >= profile.asks_received
    if not is_told or hours is None:
        return ""
    if hours <= A_DAY_IN_HOURS:
        return _("Suele responder en un día.")
    days = -(-hours // A_DAY_IN_HOURS)
    return ngettext("Suele responder en %(days)d día.", "Suele responder en %(days)d días.", days) % {
        "days": days
    }


def _photo(account: User, profile: Profile) -> dict[str, Any]:
    return {"photo": picture_of(profile.photo) if profile.photo else None}


def _work(account: User, profile: Profile) -> dict[str, Any]:
    return {"works": _works(account.memberships.all(), Membership.Status.ACTIVE)}


def _history(account: User, profile: Profile) -> dict[str, Any]:
    return {"history": _works(account.memberships.all(), Membership.Status.LEFT)}


def _works(memberships: Iterable[Membership], status: str) -> tuple[ShownWork, ...]:
    return tuple(
        ShownWork(
            municipality_id=row.municipality_id,
            municipality=str(row.municipality),
            country_id=row.municipality.country_id,
            position=row.position,
            since=row.started_on,
            until=row.ended_on,
        )
        for row in memberships
        if row.status == status
    )


def _about(account: User, profile: Profile) -> dict[str, Any]:
    return {"about": profile.about}


def _areas(account: User, profile: Profile) -> dict[str, Any]:
    return {"areas": _labels(profile.areas, area_labels())}


def _offers(account: User, profile: Profile) -> dict[str, Any]:
    return {"offers": profile.offers, "offer_topics": _labels(profile.offer_topics, topic_labels())}


def _seeks(account: User, profile: Profile) -> dict[str, Any]:
    return {"seeks": profile.seeks, "seek_topics": _labels(profile.seek_topics, topic_labels())}


def _languages(account: User, profile: Profile) -> dict[str, Any]:
    codes = tuple(code for code in profile.languages if code in SPOKEN)
    return {"languages": language_names(codes), "language_codes": codes}


def _links(account: User, profile: Profile) -> dict[str, Any]:
    # What a hand in the database or an older form left is no link unless it is a safe one.
    safe = (link for link in profile.links if str(link.get("url", "")).startswith("https://"))
    return {
        "links": tuple(ShownLink(str(link.get("label") or link["url"]), str(link["url"])) for link in safe)
    }


def _availability(account: User, profile: Profile) -> dict[str, Any]:
    state = profile.current_availability
    return {
        "availability": ShownAvailability(
            state=state.value,
            label=str(state.label),
            until=profile.paused_until if state is Profile.Availability.PAUSED else None,
            note=profile.availability_note,
            habit="" if state is Profile.Availability.PAUSED else response_habit(profile),
        )
    }


def _labels(slugs: Iterable[str], labels: Mapping[str, Label]) -> tuple[Label, ...]:
    """Return the labels of slugs; a topic or area that was taken away is shown no more."""
    return tuple(labels[slug] for slug in slugs if slug in labels)


_PARTS: dict[str, Part] = {
    "photo": _photo,
    "work": _work,
    "history": _history,
    "about": _about,
    "areas": _areas,
    "offers": _offers,
    "seeks": _seeks,
    "languages": _languages,
    "links": _links,
    "availability": _availability,
}
