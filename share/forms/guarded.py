"""Noticing forms that no person filled in: a field that nobody sees, and no time to have written anything."""

from typing import Any

from django import forms
from django.core import signing
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

_SALT = "share.forms.guarded"
# Nobody reads a form, writes a question and sends it in less.
MIN_SECONDS = 2.0
_LASTS = 7 * 24 * 60 * 60


class UnseenInput(forms.TextInput):
    """A box that browsers do not show (`hidden`), drawn with the hidden fields, that machines like to fill in."""

    is_hidden = True  # type: ignore[assignment]


class GuardedForm(forms.Form):
    """Two fields that people leave alone; `is_by_machine` says what they tell, and nothing is refused for it."""

    website = forms.CharField(
        required=False,
        label=_("no completar"),
        widget=UnseenInput(attrs={"hidden": True, "tabindex": "-1", "autocomplete": "off"}),
    )
    shown_at = forms.CharField(required=False, widget=forms.HiddenInput)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["shown_at"].initial = shown_now

    @property
    def is_by_machine(self) -> bool:
        """Whether it was filled in as no person does; asked of a form that was sent."""
        if str(self.data.get(self.add_prefix("website"), "")).strip():
            return True
        seconds = _seconds_since(str(self.data.get(self.add_prefix("shown_at"), "")))
        return seconds is not None and seconds < MIN_SECONDS


def shown_now() -> str:
    """Return a signed note of the moment, to be sent back with the form."""
    return signing.dumps(timezone.now().timestamp(), salt=_SALT)


def _seconds_since(note: str) -> float | None:
    """Return how long ago a form was shown; nothing where it does not say, as an old page or a test."""
    try:
        return float(timezone.now().timestamp() - signing.loads(note[:200], salt=_SALT, max_age=_LASTS))
    except (signing.BadSignature, TypeError, ValueError):
        return None
