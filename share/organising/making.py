"""From the form to the services: one step for whoever presses the button, all of it or nothing."""

from django.db import transaction

from portal.accounts.models import User
from share.forms.events import EventForm
from share.models import Event
from share.services.events import event_change, event_create
from share.services.series import draft_rule_change, following_change


@transaction.atomic
def event_begin(*, form: EventForm, actor: User) -> Event:
    """Make a draft of what was written, with the rule by which it repeats."""
    data = form.cleaned_data
    event = event_create(
        actor=actor, fields=form.event_fields(), capacity=data["capacity"], client_key=data["client_key"]
    )
    if data["rule"] and not event.series_id:
        draft_rule_change(event=event, actor=actor, rule=data["rule"])
    return event


@transaction.atomic
def event_save(*, event: Event, form: EventForm, actor: User, with_following: bool) -> None:
    """Save what was written of an event, and of those that follow it.

    Raises:
        EventStale: somebody else changed it since the form was opened.
        SeatsConflict: more people are registered than there would be places.
        DayIsTheRules: the day of what follows was changed.
    """
    data = form.cleaned_data
    change = following_change if with_following and event.series_id else event_change
    change(
        event=event,
        actor=actor,
        fields=form.event_fields(),
        capacity=data["capacity"],
        seen=data["seen"],
    )
    if not event.published_at:
        event.refresh_from_db()
        draft_rule_change(event=event, actor=actor, rule=data["rule"])
