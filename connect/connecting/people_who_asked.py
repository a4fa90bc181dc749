"""Whoever asked a person to connect or wants to be introduced to her: known to her by it, and reported by it."""

from collections.abc import Collection
from uuid import UUID

from django.db.models import Q
from django.utils.translation import gettext as _

from connect.models import Connection, Introduction
from connect.people.finding import shown_people
from portal.accounts.models import User
from portal.core.decision import ALLOWED, Decision, denied
from portal.safety.reportables import Evidence


def names_of_those_who_asked(reader: User, person_ids: Collection[int]) -> dict[int, str]:
    """Return those of these people who asked a person something, by the name that she read."""
    asked = set(
        Connection.objects.filter(recipient_id=reader.pk, requester_id__in=person_ids).values_list(
            "requester_id", flat=True
        )
    )
    told = Q(first_id=reader.pk, second_accepted_at__isnull=False) | Q(
        second_id=reader.pk, first_accepted_at__isnull=False
    )
    for row in Introduction.objects.filter(told).exclude(status=Introduction.Status.ASKED):
        asked.add(row.other_than(reader.pk))
    asked &= set(person_ids)
    return {key: person.name for key, person in shown_people(reader, asked, acquainted=asked).items()}


def request_from_key(key: str) -> int | None:
    """Return the request whose random id stands in an address."""
    try:
        public_id = UUID(key)
    except ValueError:
        return None
    return Connection.objects.filter(public_id=public_id).values_list("pk", flat=True).first()


def may_report_request(reader: User, connection_id: int) -> Decision:
    """Whoever was asked may show the team what was written to her."""
    if Connection.objects.visible_to(reader).filter(pk=connection_id, recipient=reader).exists():
        return ALLOWED
    return denied(_("No encontramos ese pedido."))


def request_evidence(connection_id: int) -> Evidence | None:
    """Copy the note of a request as it is."""
    row = Connection.objects.filter(pk=connection_id).select_related("requester").first()
    if row is None:
        return None
    return Evidence(
        title=_("Pedido de conexión de %(name)s") % {"name": row.requester.name},
        text=row.note,
        at=row.created_at,
        author_id=row.requester_id,
    )
