"""Choosing how to get notices."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField

from portal.accounts.models import User
from portal.notices.kinds import NoticeKind
from portal.notices.services import preferences_of, preferences_save

WAYS = ("portal", "email")


@dataclass(frozen=True)
class PreferenceRow:
    """One kind of notice, with its two boxes, as the table shows it."""

    kind: NoticeKind
    in_portal: BoundField
    by_email: BoundField


class PreferencesForm(forms.Form):
    """A box for each kind of notice and each way to get it; what people must know cannot be unticked."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.kinds: list[NoticeKind] = []
        for kind, ways in preferences_of(user=user):
            self.kinds.append(kind)
            for way, is_on in zip(WAYS, ways, strict=True):
                self.fields[f"{kind.id}-{way}"] = forms.BooleanField(
                    required=False, initial=is_on, disabled=not kind.is_optional, label=str(kind.label)
                )

    def rows(self) -> Iterator[PreferenceRow]:
        """Return the lines of the table."""
        for kind in self.kinds:
            yield PreferenceRow(kind, self[f"{kind.id}-portal"], self[f"{kind.id}-email"])

    def save(self) -> None:
        """Keep the choice."""
        chosen = self.cleaned_data
        wishes = {kind.id: (chosen[f"{kind.id}-portal"], chosen[f"{kind.id}-email"]) for kind in self.kinds}
        preferences_save(user=self.user, wishes=wishes)
