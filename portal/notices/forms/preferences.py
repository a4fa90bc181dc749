"""What reaches a person, and by which ways."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django import forms
from django.forms.boundfield import BoundField
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from portal.accounts.models import User
from portal.core.functions import functions
from portal.notices.kinds import NoticeKind
from portal.notices.models import Notification
from portal.notices.services import preferences_of, preferences_save
from portal.notices.services.preferences import Ways

PORTAL, EMAIL = "portal", "email"


@dataclass(frozen=True)
class PreferenceRow:
    """One kind of notice, with its two fields; without them where people must know."""

    kind: NoticeKind
    in_portal: BoundField | None = None
    by_email: BoundField | None = None


@dataclass(frozen=True)
class PreferenceGroup:
    """The kinds of one of the portal's functions."""

    id: str
    name: str | Promise
    rows: list[PreferenceRow]


class PreferencesForm(forms.Form):
    """For each kind of notice, whether it is shown in the portal and when it goes by e-mail."""

    def __init__(self, *args: Any, user: User, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user = user
        self.kinds: list[NoticeKind] = []
        for kind, ways in preferences_of(user=user):
            if kind.is_for_staff and not user.is_staff:
                continue
            self.kinds.append(kind)
            if kind.is_optional:
                self._add_fields(kind, ways)

    def _add_fields(self, kind: NoticeKind, ways: Ways) -> None:
        in_portal, email = ways
        self.fields[f"{kind.id}-{PORTAL}"] = forms.BooleanField(
            required=False, initial=in_portal, label=_("En el portal")
        )
        self.fields[f"{kind.id}-{EMAIL}"] = forms.ChoiceField(
            choices=Notification.EmailMode.choices, initial=email, label=_("Por correo")
        )

    def groups(self) -> Iterator[PreferenceGroup]:
        """Return the kinds that people choose: first those of no function, then function by function."""
        names = {"": _("El portal"), **{function.id: function.name for function in functions}}
        for function, name in names.items():
            rows = [self._row(kind) for kind in self.kinds if kind.is_optional and kind.function == function]
            if rows:
                yield PreferenceGroup(function or "portal", name, rows)

    def _row(self, kind: NoticeKind) -> PreferenceRow:
        return PreferenceRow(kind, self[f"{kind.id}-{PORTAL}"], self[f"{kind.id}-{EMAIL}"])

    def fixed_rows(self) -> list[PreferenceRow]:
        """Return the kinds that people must know."""
        return [PreferenceRow(kind) for kind in self.kinds if not kind.is_optional]

    def save(self) -> None:
        """Keep what was changed; where nothing was, the kind's own default goes on holding."""
        chosen = self.cleaned_data
        changed = {name.rpartition("-")[0] for name in self.changed_data}
        wishes = {kind: (chosen[f"{kind}-{PORTAL}"], chosen[f"{kind}-{EMAIL}"]) for kind in changed}
        preferences_save(user=self.user, wishes=wishes)


class EmailChoiceForm(forms.Form):
    """When the e-mails of one kind go out, chosen beside one of its notices."""

    email = forms.ChoiceField(choices=Notification.EmailMode.choices)

    def __init__(self, *args: Any, user: User, kind: NoticeKind, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.kind = user, kind
        self.in_portal, self.now = next(ways for each, ways in preferences_of(user=user) if each == kind)

    def save(self) -> None:
        """Keep the choice; what is shown in the portal stays as it was."""
        wishes = {self.kind.id: (self.in_portal, self.cleaned_data["email"])}
        preferences_save(user=self.user, wishes=wishes)
