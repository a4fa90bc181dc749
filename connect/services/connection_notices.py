"""What people are told about connections, and taking it away again when it no longer concerns them."""

from collections.abc import Collection, Iterable
from contextlib import suppress

from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils.translation import gettext_noop

from connect.models import Connection
from portal.notices.models import Notification
from portal.notices.services import notify
from portal.notices.texts import Text

REQUESTED = "connection-requested"
ACCEPTED = "connection-accepted"
SEVERAL = Text.plural(
    "%(number)s persona quiere conectarse con vos.", "%(number)s personas quieren conectarse con vos."
)


def tell_requested(connection: Connection) -> None:
    """Tell a person that somebody wants to connect with her; several in a row are one line."""
    notify(
        users=connection.recipient,
        kind=REQUESTED,
        text=Text(gettext_noop("%(person)s quiere conectarse con vos."), person=connection.requester.name),
        grouped_text=SEVERAL,
        url=reverse("connect:request-list"),
        fact=fact_of(connection.pk),
        group=REQUESTED,
        naming=[connection.requester],
    )


def tell_accepted(connection: Connection) -> None:
    """Tell whoever asked that the answer is yes; no is never told."""
    notify(
        users=connection.requester,
        kind=ACCEPTED,
        text=Text(
            gettext_noop("%(person)s aceptó tu pedido: ya están en contacto."),
            person=connection.recipient.name,
        ),
        url=reverse("connect:person-detail", args=[connection.recipient.public_id]),
        fact=fact_of(connection.pk),
        naming=[connection.recipient],
    )


def take_request_away(connection: Connection) -> None:
    """Take the notice of a request away, for it was answered or taken back; the line of several counts one less."""
    notices_delete(kinds=[REQUESTED], facts=[fact_of(connection.pk)])
    unread = Notification.objects.filter(user=connection.recipient, kind=REQUESTED).unread()
    left = list(unread.order_by("is_folded", "-pk").select_for_update())
    if not left:
        return
    head = left[0]
    head.is_folded, head.number = False, len(left)
    head.text = _words_of(head).said_in(connection.recipient.language)
    # Somebody asks at this very moment: then the new line speaks for these.
    with suppress(IntegrityError), transaction.atomic():
        head.save(update_fields=["is_folded", "number", "text"])


def _words_of(head: Notification) -> Text:
    """Return what the line says now: how many, or who it is when one is left."""
    if head.number > 1:
        return SEVERAL.counting(head.number)
    key = head.fact.rpartition(":")[2]
    name = Connection.objects.filter(pk=key).values_list("requester__name", flat=True).first()
    return Text(gettext_noop("%(person)s quiere conectarse con vos."), person=name)


def take_away(connections: Iterable[Connection]) -> None:
    """Take away everything that was told of these connections."""
    notices_delete(kinds=[REQUESTED, ACCEPTED], facts=[fact_of(row.pk) for row in connections])


def notices_delete(*, kinds: Collection[str], facts: Collection[str], users: Collection[int] = ()) -> None:
    """Delete notices by what they tell, of some people or of everybody."""
    rows = Notification.objects.filter(kind__in=kinds, fact__in=facts)
    if users:
        rows = rows.filter(user_id__in=users)
    rows.delete()


def fact_of(connection_id: int) -> str:
    """Name the fact of a connection, to find the notices that carry the other's name."""
    return f"connection:{connection_id}"
