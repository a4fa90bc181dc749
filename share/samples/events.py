"""Putting the invented encounters into the portal, and taking them out again."""

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from portal.accounts.affiliation import is_network_member
from portal.accounts.models import User
from portal.catalog.services import entry_withdraw
from portal.core.yaml_content import read_yaml
from portal.topics.models import PolicyArea, Topic
from share.models import Event, EventSeries, Material, Registration, RegistrationQuestion
from share.querysets.events import KIND
from share.services.agreements import Wording, agreement_add, agreement_set_status
from share.services.events import (
    EventFields,
    event_cancel,
    event_create,
    event_publish,
    question_save,
    session_save,
    speaker_save,
)
from share.services.materials import Offered, material_add
from share.services.minutes import minutes_publish, minutes_save, minutes_version
from share.services.registrations import registration_set
from share.services.series import series_start

CONTENT = Path(__file__).parent.parent / "content" / "sample_events.yaml"
# Who looks after them; where she is not there, nobody does.
ORGANISER = "coordinacion@muestra.example"
_SATURDAY = 5


@transaction.atomic
def create_samples() -> str:
    """Make the invented encounters, once; nothing where they were made before or nobody is there to organise them."""
    organiser = User.objects.samples().filter(email=ORGANISER, is_active=True).first()
    if organiser is None or _made().exists():
        return ""
    people = [
        user for user in User.objects.samples().filter(is_active=True).order_by("pk") if _may_come(user)
    ]
    told: list[dict[str, Any]] = read_yaml(CONTENT.read_text(encoding="utf-8"))
    for one in told:
        _Making(one, organiser, people).make()
    return _("%(number)d encuentros de muestra.") % {"number": _made().count()}


@transaction.atomic
def remove_samples() -> int:
    """Take the invented encounters away, with their series; those that were generated stay. Returns how many."""
    made = _made()
    keys = list(made.values_list("pk", flat=True))
    series = list(made.exclude(series=None).values_list("series_id", flat=True).distinct())
    entry_withdraw(kind=KIND, object_ids=keys)
    Event.objects.filter(pk__in=keys).delete()
    EventSeries.objects.filter(pk__in=series, events=None).delete()
    return len(keys)


def _made() -> Any:
    """Return the samples that somebody organises; generated ones have nobody."""
    return Event.objects.filter(is_sample=True, created_by__isnull=False)


def _may_come(user: User) -> bool:
    return user.email != ORGANISER and is_network_member(user)


class _Making:
    """One invented encounter on its way into the portal, through the services that people's own take."""

    def __init__(self, told: dict[str, Any], organiser: User, people: list[User]) -> None:
        self.told = told
        self.organiser = organiser
        self.people = people

    def make(self) -> None:
        """Make it as its organisers would: write, announce, let people register, and tell what came of it."""
        told = self.told
        event = event_create(actor=self.organiser, fields=self._fields(), capacity=told.get("capacity"))
        event.is_sample = True
        event.save(update_fields=["is_sample"])
        self._add_parts(event)
        if told.get("rule"):
            series_start(event=event, actor=self.organiser, rule=told["rule"])
        event = event_publish(event=event, actor=self.organiser)
        self._let_people_come(event)
        if told.get("cancelled"):
            event_cancel(event=event, actor=self.organiser, reason=told["cancelled"])
        self._leave_behind(event)

    def _fields(self) -> EventFields:
        told = self.told
        starts = datetime.combine(_working_day(told["days"]), time.fromisoformat(told["time"]))
        ends = starts + timedelta(minutes=told["minutes"])
        return {
            "kind": told["kind"],
            "title": told["title"],
            "summary": told["summary"],
            "description": told["description"],
            "visibility": told.get("visibility", Event.Visibility.PUBLIC),
            "areas": _known(PolicyArea, told["areas"]),
            "topics": _known(Topic, told["topics"]),
            "start_date": starts.date(),
            "start_time": starts.time(),
            "end_date": ends.date(),
            "end_time": ends.time(),
            "time_zone": told.get("zone", settings.TIME_ZONE),
            "venue": told.get("venue", ""),
            "address": told.get("address", ""),
            "link": told.get("link", ""),
        }

    def _add_parts(self, event: Event) -> None:
        for told in self.told.get("sessions", ()):
            fields = {"description": "", "room": ""} | told
            speakers = fields.pop("speakers", ())
            begins = fields.pop("after")
            session = session_save(event=event, actor=self.organiser, begins_after=begins, **fields)
            for each in speakers:
                name, _bar, role = each.partition(" | ")
                speaker_save(event=event, actor=self.organiser, session=session, name=name, role=role)
        for told in self.told.get("questions", ()):
            question_save(
                event=event,
                actor=self.organiser,
                text=told["text"],
                kind=told["kind"],
                choices=told.get("choices", []),
                is_required=told.get("required", False),
            )

    def _let_people_come(self, event: Event) -> None:
        """Let people register in turn; of what is over, they were there."""
        number = self.told.get("going", 0) + self.told.get("waiting", 0)
        for person in self.people[:number]:
            if event.ends_at > timezone.now():
                answers = {
                    str(question.pk): True
                    for question in event.questions.filter(kind=RegistrationQuestion.Kind.YES_NO)
                }
                registration_set(event=event, user=person, wanted="going", answers=answers)
            else:
                Registration.objects.create(
                    event=event,
                    user=person,
                    status=Registration.Status.GOING,
                    registered_at=event.starts_at - timedelta(days=3),
                    attendance=Registration.Attendance.PRESENT,
                )

    def _leave_behind(self, event: Event) -> None:
        told = self.told
        for kind, title in (
            (Material.Kind.RECORDING, _("Grabación")),
            (Material.Kind.SLIDES, _("Presentación")),
        ):
            if told.get(str(kind)):
                offered = Offered(title=title, kind=kind, audience=Material.Audience.EVERYONE)
                material_add(event=event, offered=offered, actor=self.organiser, url=told[str(kind)])
        if not told.get("minutes_text"):
            return
        minutes_save(event=event, text=told["minutes_text"], seen=minutes_version(None), actor=self.organiser)
        for each in told.get("agreements", ()):
            wording = Wording(
                text=each["text"],
                responsible=each["responsible"],
                due_on=timezone.localdate() + timedelta(days=each["days"]),
            )
            agreement = agreement_add(event=event, wording=wording, actor=self.organiser)
            if each.get("done"):
                agreement_set_status(agreement=agreement, status="done", actor=self.organiser)
        minutes_publish(event=event, actor=self.organiser)


def _working_day(days: int) -> date:
    """Return a day so many days from today, put off to Monday where it is a weekend's."""
    day = timezone.localdate() + timedelta(days=days)
    return day + timedelta(days=max(0, 7 - day.weekday()) if day.weekday() >= _SATURDAY else 0)


def _known(model: type[PolicyArea] | type[Topic], slugs: list[str]) -> list[str]:
    """Return those that this installation has."""
    there = set(model.objects.filter(slug__in=slugs).values_list("slug", flat=True))
    return [slug for slug in slugs if slug in there]
