"""What an encounter offers and asks, one thing at a time."""

from datetime import datetime, timedelta
from typing import Any, cast

from django import forms
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.form_fields import TextField
from share.forms.events.clock_fields import HourField
from share.forms.events.event import capitalised
from share.models import Event, RegistrationQuestion, Session, Speaker

MOST_MINUTES = 1440
MOST_CHOICES = 20
MAX_CHOICE = 150
FEWEST_CHOICES = 2


class PartForm(forms.Form):
    """A form about a part of an event.

    Args:
        event: whose.
        part: which, where it is there already.
    """

    def __init__(self, *args: Any, event: Event, part: Any = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.event, self.part = event, part


class SessionForm(PartForm):
    """A session: when it begins by the event's clock, how long it takes, and what it is about."""

    title = TextField(label=gettext_lazy("Título"), max_length=200)
    day = forms.TypedChoiceField(label=gettext_lazy("Día"), coerce=int, required=False, empty_value=None)
    begins = HourField(label=gettext_lazy("Empieza a las"))
    minutes = forms.IntegerField(
        label=gettext_lazy("Cuántos minutos dura"), min_value=1, max_value=MOST_MINUTES, initial=30
    )
    description = TextField(label=gettext_lazy("De qué se trata"), max_length=1000, rows=3)
    room = TextField(label=gettext_lazy("Sala"), max_length=100)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["title"].required = True
        days = (self.event.end_date - self.event.start_date).days
        choices: Any = self.fields["day"]
        choices.choices = [(n, _("Día %(number)s") % {"number": n + 1}) for n in range(days + 1)]
        if not days:
            del self.fields["day"]
        if self.part is not None:
            begins = self._beginning() + timedelta(minutes=self.part.begins_after)
            self.initial = {
                **self.initial,
                **{name: getattr(self.part, name) for name in ("title", "minutes", "description", "room")},
                "day": (begins.date() - self.event.start_date).days,
                "begins": begins.time(),
            }

    def clean(self) -> dict[str, Any]:
        """Count from the beginning of the event, so that the session moves with it."""
        data = super().clean() or self.cleaned_data
        if data.get("begins") is None or not data.get("minutes"):
            return data
        day = self.event.start_date + timedelta(days=data.get("day") or 0)
        begins = datetime.combine(day, data["begins"])
        end = datetime.combine(self.event.end_date, self.event.end_time)
        # An evening that goes on after midnight has no second day to choose.
        if begins < self._beginning() and begins + timedelta(days=1) < end:
            begins += timedelta(days=1)
        after = (begins - self._beginning()) // timedelta(minutes=1)
        if after < 0 or begins >= end:
            self.add_error(
                "begins",
                _("El encuentro es de %(start)s a %(end)s: la actividad tiene que empezar en ese tiempo.")
                % {"start": f"{self.event.start_time:%H:%M}", "end": f"{self.event.end_time:%H:%M}"},
            )
        data["begins_after"] = max(after, 0)
        return data

    def part_fields(self) -> dict[str, Any]:
        """Return what was written, as the service takes it."""
        names = ("begins_after", "minutes", "title", "description", "room")
        return {name: self.cleaned_data[name] for name in names}

    def _beginning(self) -> datetime:
        return datetime.combine(self.event.start_date, self.event.start_time)


class SpeakerForm(PartForm):
    """Somebody who speaks: by her name, or a colleague who has an account."""

    name = TextField(label=gettext_lazy("Nombre"), max_length=150)
    role = TextField(label=gettext_lazy("Cargo u organización"), max_length=200)
    session = forms.ModelChoiceField(
        label=gettext_lazy("En qué actividad"),
        queryset=Session.objects.none(),
        required=False,
        empty_label=gettext_lazy("En todo el encuentro"),
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["name"].required = True
        cast(forms.ModelChoiceField, self.fields["session"]).queryset = Session.objects.filter(
            event=self.event
        )
        if self.part is not None:
            part: Speaker = self.part
            self.initial = {**self.initial, "name": part.name, "role": part.role, "session": part.session_id}

    def part_fields(self) -> dict[str, Any]:
        """Return what was written, as the service takes it."""
        return {name: self.cleaned_data[name] for name in ("name", "role", "session")}


class QuestionForm(PartForm):
    """A question to those who register."""

    text = TextField(label=gettext_lazy("Pregunta"), max_length=300)
    kind = forms.ChoiceField(
        label=gettext_lazy("Cómo se responde"),
        choices=capitalised(RegistrationQuestion.Kind),
        widget=forms.RadioSelect,
        initial=RegistrationQuestion.Kind.TEXT,
    )
    choices = TextField(
        label=gettext_lazy("Opciones"),
        rows=4,
        help_text=gettext_lazy("Una por línea; solo si se elige entre opciones."),
    )
    is_required = forms.BooleanField(
        label=gettext_lazy("Hay que responderla para inscribirse"), required=False
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["text"].required = True
        if self.part is not None:
            part: RegistrationQuestion = self.part
            self.initial = {
                **self.initial,
                "text": part.text,
                "kind": part.kind,
                "choices": "\n".join(part.choices),
                "is_required": part.is_required,
            }

    def clean(self) -> dict[str, Any]:
        """Take the choices line by line, where there are any to take."""
        data = super().clean() or self.cleaned_data
        lines = [" ".join(line.split()) for line in data.get("choices", "").splitlines()]
        found = list(dict.fromkeys(filter(None, lines)))
        kinds = RegistrationQuestion.Kind
        if data.get("kind") not in (kinds.CHOICE, kinds.CHOICES):
            found = []
        elif not FEWEST_CHOICES <= len(found) <= MOST_CHOICES or any(len(one) > MAX_CHOICE for one in found):
            self.add_error(
                "choices",
                _(
                    "Escribí entre %(least)s y %(most)s opciones distintas, una por línea, de hasta %(length)s letras."
                )
                % {"least": FEWEST_CHOICES, "most": MOST_CHOICES, "length": MAX_CHOICE},
            )
        data["choices"] = found
        return data

    def part_fields(self) -> dict[str, Any]:
        """Return what was written, as the service takes it."""
        return {name: self.cleaned_data[name] for name in ("text", "kind", "choices", "is_required")}
