"""Fields for what a place's clock shows: days, hours, and both together."""

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from share.times import EARLIEST_YEAR, latest_year

DAY = "%Y-%m-%d"
HOUR = "%H:%M"
BOTH = f"{DAY}T{HOUR}"


class DayField(forms.DateField):
    """A day, as browsers send it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateInput(attrs={"type": "date"}, format=DAY)
        kwargs.setdefault("error_messages", {}).update(invalid=_("Escribí el día como 2027-03-25."))
        super().__init__(widget=widget, input_formats=[DAY], **kwargs)


class HourField(forms.TimeField):
    """An hour of the day, as browsers send it."""

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.TimeInput(attrs={"type": "time"}, format=HOUR)
        kwargs.setdefault("error_messages", {}).update(invalid=_("Escribí la hora como 18:30."))
        super().__init__(widget=widget, input_formats=[HOUR, "%H:%M:%S"], **kwargs)


class WallClockField(forms.Field):
    """A day and an hour that some place's clock shows; which place, the form knows."""

    widget = forms.DateTimeInput

    def __init__(self, **kwargs: Any) -> None:
        widget = forms.DateTimeInput(attrs={"type": "datetime-local"}, format=BOTH)
        super().__init__(required=False, widget=widget, **kwargs)

    def prepare_value(self, value: Any) -> Any:
        """Write it as browsers read it."""
        return value.strftime(BOTH) if isinstance(value, datetime) else value

    def to_python(self, value: Any) -> datetime | None:
        """Read what a browser sent.

        Raises:
            ValidationError: it is no day and hour, or of another age.
        """
        text = str(value or "").strip()
        if not text:
            return None
        try:
            found = datetime.strptime(text[: len("2027-03-25T18:30")], BOTH)  # noqa: DTZ007 - of a clock, not a moment
        except ValueError:
            raise forms.ValidationError(_("Escribí el día y la hora como 2027-03-25T18:30.")) from None
        if not EARLIEST_YEAR <= found.year <= latest_year():
            raise forms.ValidationError(_("Revisá el año."))
        return found
