"""Minutes: written as a draft, published, and put right later with what they said before kept."""

from django.db import transaction
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _

from portal.accounts.models import User
from portal.core.markdown import markdown_html
from portal.core.plain_text import without_hidden
from share.events.entries import event_entry_refresh
from share.models import Event, Minutes, MinutesRevision
from share.services import after_notices as notices


class MinutesConflict(Exception):
    """Somebody else saved meanwhile, or there is nothing to publish; the message is for the page."""

    def __init__(self, message: str | Promise) -> None:
        super().__init__(str(message))


@transaction.atomic
def minutes_begin(*, event: Event, actor: User) -> Minutes:
    """Return the minutes of an event, as a draft where there were none."""
    made, _is_new = Minutes.objects.get_or_create(event=event, defaults={"written_by": actor})
    return made


@transaction.atomic
def minutes_save(*, event: Event, text: str, seen: str, actor: User) -> Minutes:
    """Write down what was said; of published minutes, what they said before is kept.

    Args:
        text: as it was typed, in Markdown.
        seen: `minutes_version` of what the writer had before her.

    Raises:
        MinutesConflict: somebody else saved meanwhile.
    """
    minutes = _locked(minutes_begin(event=event, actor=actor))
    written = without_hidden(text).strip()
    if written == minutes.text:
        return minutes
    if seen != minutes_version(minutes):
        raise MinutesConflict(
            _(
                "Mientras escribías, otra persona guardó cambios en el acta. Tu texto está acá abajo y no se perdió: "
                "comparalo con lo guardado, que está más abajo, y volvé a guardar."
            )
        )
    if minutes.is_published:
        MinutesRevision.objects.create(minutes=minutes, text=minutes.text, replaced_by=actor)
    minutes.text, minutes.html, minutes.written_by = written, markdown_html(written), actor
    minutes.save(update_fields=["text", "html", "written_by", "updated_at"])
    if minutes.is_published:
        event_entry_refresh(event_id=event.pk)
    return minutes


@transaction.atomic
def minutes_publish(*, event: Event, actor: User) -> Minutes:
    """Let everybody who sees the event read its minutes, and tell those who were there; publishing twice does it once.

    Raises:
        MinutesConflict: nothing is written yet.
    """
    minutes = _locked(minutes_begin(event=event, actor=actor))
    if minutes.is_published:
        return minutes
    if not minutes.text and not minutes.agreements.exists():
        raise MinutesConflict(
            _("El acta está vacía. Escribí lo que se habló o agregá una decisión, y después publicala.")
        )
    minutes.published_at = timezone.now()
    minutes.save(update_fields=["published_at", "updated_at"])
    Event.objects.filter(pk=event.pk).update(has_minutes=True, updated_at=timezone.now())
    event.has_minutes = True
    event_entry_refresh(event_id=event.pk)
    notices.tell_minutes(event)
    named = minutes.agreements.pending().select_related("responsible_user", "minutes__event")
    notices.tell_responsible(named, actor=actor)
    return minutes


def minutes_version(minutes: Minutes | None) -> str:
    """Return what tells one state of the minutes' text from another."""
    return minutes.updated_at.isoformat() if minutes and minutes.text else ""


def _locked(minutes: Minutes) -> Minutes:
    # Apart from its agreements, whose rows point at it.
    return Minutes.objects.select_for_update(no_key=True).get(pk=minutes.pk)
