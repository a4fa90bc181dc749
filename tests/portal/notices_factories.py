"""People, memberships, notices and files for tests of the kernel."""

from datetime import date
from itertools import count
from typing import Any

import factory

from portal.accounts.models import Membership, User
from portal.notices.models import Notification
from tests.portal.places_factories import MunicipalityFactory

PASSWORD = "una-clave-larga-1"
_numbers = count(1)


def a_person(**fields: Any) -> User:
    """An account of an ordinary person."""
    number = next(_numbers)
    return User.objects.create_user(
        fields.pop("email", f"persona{number}@example.org"),
        fields.pop("password", PASSWORD),
        **{"name": f"Persona {number}", **fields},
    )


class MemberFactory(factory.django.DjangoModelFactory):
    """A person's active membership in a municipality."""

    class Meta:
        model = Membership

    user = factory.LazyFunction(a_person)
    municipality = factory.SubFactory(MunicipalityFactory)
    position = "Directora de Ambiente"
    status = Membership.Status.ACTIVE
    started_on = date(2026, 3, 1)


class NotificationFactory(factory.django.DjangoModelFactory):
    """A notice to a person, unread, with no e-mail."""

    class Meta:
        model = Notification

    user = factory.LazyFunction(a_person)
    kind = "prueba"
    text = factory.Sequence(lambda number: f"Pasó algo {number}")
    url = "/evaluarme/"
    fact = factory.Sequence(lambda number: f"fact:{number}")
