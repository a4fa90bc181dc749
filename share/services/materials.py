"""What can be read or watched of an event: files and addresses, for everybody or for who has a place."""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db import transaction
from django.db.models import Max
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.visitor_cache import forget_visitor_pages
from portal.files.checks import CheckedUpload
from portal.files.services import file_store
from share.models import Event, Material
from share.services import after_notices as notices

FILE_USE = "share-material"
MOST = 40


class MaterialConflict(Exception):
    """There are as many materials as an event holds; the message is for the page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@dataclass(frozen=True)
class Offered:
    """What a material is called, what it is, and who gets it."""

    title: str
    kind: str
    audience: str


@transaction.atomic
def material_add(
    *, event: Event, offered: Offered, actor: User, upload: CheckedUpload | None = None, url: str = ""
) -> Material:
    """Add a file or an address, last of the event's; after the event those who had a place are told.

    Raises:
        MaterialConflict: the event has as many as it holds.
        ValidationError: the file is not what is taken.
    """
    # In turn, so that two at once are counted.
    Event.objects.select_for_update(no_key=True).get(pk=event.pk)
    rows = Material.objects.filter(event=event)
    if rows.count() >= MOST:
        raise MaterialConflict(
            _("Un encuentro lleva hasta %(most)d materiales. Quitá alguno o juntalos en uno.")
            % {"most": MOST}
        )
    last = rows.aggregate(last=Max("order"))["last"]
    made = Material.objects.create(
        event=event,
        file=file_store(use=FILE_USE, upload=upload, user=actor) if upload else None,
        url="" if upload else url,
        added_by=actor,
        order=0 if last is None else last + 1,
        **_fields(offered),
    )
    _changed(event)
    if event.ends_at <= timezone.now() and event.is_published and event.hidden_at is None:
        notices.tell_material(event, made)
    return made


@transaction.atomic
def material_change(*, material: Material, offered: Offered) -> Material:
    """Call a material something else, or give it to others."""
    for name, value in _fields(offered).items():
        setattr(material, name, value)
    material.save(update_fields=list(_fields(offered)))
    _changed(material.event)
    return material


@transaction.atomic
def material_remove(*, material: Material) -> None:
    """Take a material away with its file and what was told of it; nobody reads it the next moment."""
    event, file = material.event, material.file
    notices.forget_material(material)
    material.delete()
    if file is not None:
        file.delete()
    _changed(event)


@transaction.atomic
def material_move(*, material: Material, places: int) -> None:
    """Put a material so many places further down, or up where the number is negative."""
    Event.objects.select_for_update(no_key=True).get(pk=material.event_id)
    rows = list(Material.objects.filter(event_id=material.event_id))
    at = next((index for index, row in enumerate(rows) if row.pk == material.pk), None)
    if at is None:
        return
    rows.insert(max(0, min(len(rows) - 1, at + places)), rows.pop(at))
    _number(rows)
    forget_visitor_pages()


def _number(rows: Sequence[Material]) -> None:
    for order, row in enumerate(rows):
        row.order = order
    Material.objects.bulk_update(rows, ["order"])


def _fields(offered: Offered) -> dict[str, str]:
    return {"title": offered.title, "kind": offered.kind, "audience": offered.audience}


def _changed(event: Event) -> None:
    """Let the event say whether it has a recording that everybody who sees it can watch."""
    recordings = Material.objects.filter(
        event=event, kind=Material.Kind.RECORDING, audience=Material.Audience.EVERYONE
    )
    event.has_recording = recordings.exists()
    Event.objects.filter(pk=event.pk).update(has_recording=event.has_recording)
    forget_visitor_pages()
