"""A person who tells something distinctive in every part of her profile, and everybody who may look at her."""

import io
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from django.contrib.postgres.fields import ArrayField
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import models
from django.utils import timezone
from PIL import Image

from connect.models import Connection, Profile
from connect.services.directory import directory_refresh
from connect.services.profiles import photo_set, profile_of
from connect.visibility import Circle, profile_fields
from portal.accounts.models import User
from portal.safety.models import Block
from tests.portal.accounts_factories import MembershipFactory, UserFactory
from tests.portal.catalog_factories import EntryFactory
from tests.portal.places_factories import MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory, TopicFactory

# Who looks, and how near each is.
READERS = {
    "visitor": Circle.PUBLIC,
    "account without municipality": Circle.PUBLIC,
    "member who left": Circle.PUBLIC,
    "member elsewhere": Circle.MEMBER,
    "colleague": Circle.MEMBER,
    "staff": Circle.MEMBER,
    "connection": Circle.CONNECTION,
    "blocked": Circle.NONE,
    "blocker": Circle.NONE,
    "herself": Circle.SELF,
}


@dataclass
class Scene:
    """Her, what gives each part of her away, and the readers by name (no account for a visitor)."""

    person: User
    profile: Profile
    markers: dict[str, list[bytes]] = field(default_factory=dict)
    readers: dict[str, User | None] = field(default_factory=dict)

    def shows(self, part: str, content: bytes) -> bool:
        """Say whether an answer gives a part away."""
        plain = content.lower()
        return any(marker in plain for marker in self.markers[part])

    def set_levels(self, levels: dict[str, str]) -> None:
        """Let her choose who sees each part."""
        Profile.objects.filter(pk=self.profile.pk).update(visibility=levels)
        self.profile.refresh_from_db()
        directory_refresh(user_ids=[self.person.pk])


def scene() -> Scene:
    """Return a listed person, every part of whose profile is filled in, with everybody around her."""
    town = MunicipalityFactory(name="Lugarmarcado")
    person = UserFactory(name="Marcaname Gómez")
    MembershipFactory(user=person, municipality=town, position="Marcawork")
    profile = profile_of(user=person)
    profile.listed_at = timezone.now()
    profile.save()
    made = Scene(person, profile)
    for part in profile_fields:
        made.markers[part.id] = _fill(made, part.id)
    profile.refresh_from_db()
    made.readers = _readers(person, town)
    return made


def _fill(made: Scene, part: str) -> list[bytes]:
    """Fill a part in and return what gives it away; a new part needs a field of the profile that is called like it."""
    special = _SPECIAL.get(part)
    if special is not None:
        return special(made)
    marker = f"marca{part}"
    filled = {
        column.name: _value(column, marker)
        for column in Profile._meta.concrete_fields
        if column.name in (part, f"{part.removesuffix('s')}_topics")
    }
    assert filled, f"nobody knows how to fill in «{part}»: name its field after it"
    Profile.objects.filter(pk=made.profile.pk).update(**filled)
    return [marker.encode()]


def _value(column: models.Field, marker: str) -> Any:
    if isinstance(column, ArrayField):
        TopicFactory(slug=marker, name_es=marker.capitalize())
        PolicyAreaFactory(slug=marker, name_es=marker.capitalize())
        return [marker]
    if isinstance(column, models.JSONField):
        return [{"label": marker.capitalize(), "url": f"https://{marker}.example/"}]
    assert isinstance(column, models.CharField | models.TextField), column
    return f"{marker.capitalize()} <script>alert(1)</script>"


def _photo(made: Scene) -> list[bytes]:
    picture = io.BytesIO()
    Image.new("RGB", (300, 300), "purple").save(picture, "JPEG")
    profile = photo_set(
        user=made.person, upload=SimpleUploadedFile("yo.jpg", picture.getvalue(), "image/jpeg")
    )
    return [str(profile.photo.public_id).encode()]


def _history(made: Scene) -> list[bytes]:
    MembershipFactory(
        user=made.person,
        left=True,
        position="Marcahistory",
        started_on=date(2015, 1, 1),
        ended_on=date(2019, 1, 1),
    )
    return [b"marcahistory"]


def _languages(made: Scene) -> list[bytes]:
    Profile.objects.filter(pk=made.profile.pk).update(languages=["arn"])
    return [b"mapudungun", b'"arn"']


def _availability(made: Scene) -> list[bytes]:
    Profile.objects.filter(pk=made.profile.pk).update(
        availability="paused",
        paused_until=timezone.localdate() + timedelta(days=3),
        availability_note="Marcaavailability",
    )
    return [b"marcaavailability", b"no recibe mensajes"]


def _contributions(made: Scene) -> list[bytes]:
    EntryFactory(title="Marcacontributions", people=[made.person.pk])
    return [b"marcacontributions"]


_SPECIAL = {
    "name": lambda _made: [b"marcaname"],
    "work": lambda _made: [b"marcawork"],
    "photo": _photo,
    "history": _history,
    "languages": _languages,
    "availability": _availability,
    "contributions": _contributions,
}


def _readers(person: User, town: Any) -> dict[str, User | None]:
    connection, blocked, blocker = (MembershipFactory().user for _number in range(3))
    Connection.objects.create(
        requester=connection, recipient=person, status="accepted", decided_at=timezone.now()
    )
    Block.objects.create(blocker=person, blocked=blocked)
    Block.objects.create(blocker=blocker, blocked=person)
    return {
        "visitor": None,
        "account without municipality": UserFactory(),
        "member who left": MembershipFactory(left=True).user,
        "member elsewhere": MembershipFactory().user,
        "colleague": MembershipFactory(municipality=town).user,
        "staff": UserFactory(staff=True),
        "connection": connection,
        "blocked": blocked,
        "blocker": blocker,
        "herself": person,
    }
