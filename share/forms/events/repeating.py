"""How an encounter repeats, in words that people use; and as a rule for those who know them."""

from datetime import date
from typing import Any

from django import forms
from django.db import models
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from portal.core.form_fields import TextField
from share.forms.events.clock_fields import DayField
from share.models import Event
from share.models.series import MAX_RULE
from share.recurrence import DAYS, LAST_WEEK, MOST_TIMES, RuleRefused, rule_read

_WEEK = 7


class Repeat(models.TextChoices):
    """How often."""

    NEVER = "", gettext_lazy("No se repite")
    WEEKLY = "weekly", gettext_lazy("Cada semana")
    FORTNIGHTLY = "fortnightly", gettext_lazy("Cada dos semanas")
    SAME_WEEKDAY = "same_weekday", gettext_lazy("Cada mes, el mismo día de la semana (el segundo martes)")
    LAST_WEEKDAY = (
        "last_weekday",
        gettext_lazy("Cada mes, el último de ese día de la semana (el último jueves)"),
    )
    SAME_DAY = "same_day", gettext_lazy("Cada mes, el mismo número de día (el 15)")
    YEARLY = "yearly", gettext_lazy("Cada año")
    RULE = "rule", gettext_lazy("De otra manera, con una regla")


def rule_of(repeat: str, first: date) -> str:
    """Return the rule of a way to repeat, for something that begins on a day."""
    day, nth = DAYS[first.weekday()], (first.day - 1) // _WEEK + 1
    return {
        Repeat.WEEKLY: "FREQ=WEEKLY",
        Repeat.FORTNIGHTLY: "FREQ=WEEKLY;INTERVAL=2",
        # Not every month has a fifth Tuesday: the last is meant.
        Repeat.SAME_WEEKDAY: f"FREQ=MONTHLY;BYDAY={-1 if nth == LAST_WEEK else nth}{day}",
        Repeat.LAST_WEEKDAY: f"FREQ=MONTHLY;BYDAY=-1{day}",
        Repeat.SAME_DAY: "FREQ=MONTHLY",
        Repeat.YEARLY: "FREQ=YEARLY",
    }[Repeat(repeat)]


class RepeatingMixin(forms.Form):
    """The part of a form that says how an encounter repeats."""

    REPEATING = ("repeat", "repeat_until", "repeat_times", "repeat_rule")

    repeat = forms.ChoiceField(label=gettext_lazy("¿Se repite?"), choices=Repeat.choices, required=False)
    repeat_until = DayField(
        label=gettext_lazy("Hasta el día"),
        required=False,
        help_text=gettext_lazy("Sin día ni cantidad de veces, sigue hasta que lo termines."),
    )
    repeat_times = forms.IntegerField(
        label=gettext_lazy("O cuántas veces en total"), required=False, min_value=1, max_value=MOST_TIMES
    )
    repeat_rule = TextField(
        label=gettext_lazy("Regla"),
        max_length=MAX_RULE,
        help_text=gettext_lazy(
            "Solo si elegiste «De otra manera». Como la escriben los calendarios (RFC 5545): "
            "FREQ=WEEKLY;BYDAY=TU,TH;COUNT=8"
        ),
    )

    def prepare_repeating(self, event: Event | None) -> None:
        """Leave it out of the form of what was announced: there it has a page of its own."""
        if event is not None and event.published_at:
            for name in self.REPEATING:
                del self.fields[name]
        elif event is not None and event.series:
            self.initial = {**self.initial, "repeat": Repeat.RULE, "repeat_rule": event.series.rule}

    def clean_repeating(self, data: dict[str, Any]) -> None:
        """Put together the rule that was chosen, and check it."""
        data["rule"] = ""
        if "repeat" not in self.fields or not data.get("repeat") or not data.get("start_date"):
            return
        by_rule = data["repeat"] == Repeat.RULE
        field = "repeat_rule" if by_rule else "repeat"
        text = data.get("repeat_rule", "") if by_rule else rule_of(data["repeat"], data["start_date"])
        ends = [part for part in ("repeat_until", "repeat_times") if data.get(part)]
        if len(ends) > 1:
            self.add_error("repeat_times", _("Elegí hasta qué día o cuántas veces, no las dos cosas."))
            return
        if ends:
            field = ends[0] if not by_rule else field
            text += f";UNTIL={data['repeat_until']:%Y%m%d}" if data.get("repeat_until") else ""
            text += f";COUNT={data['repeat_times']}" if data.get("repeat_times") else ""
        try:
            rule = rule_read(text, first=data["start_date"], time_zone=data.get("time_zone") or "UTC")
        except RuleRefused as refused:
            self.add_error(field, str(refused))
            return
        data["rule"] = str(rule)
