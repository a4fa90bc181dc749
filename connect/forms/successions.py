"""To whom passes what an official looked after."""

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from connect.models import Succession
from portal.accounts.models import Membership, User

KEEP = "keep"


class SuccessionForm(forms.Form):
    """A colleague who works there now, or the municipality itself."""

    successor = forms.ChoiceField(
        label=_("A quién pasa"),
        help_text=_("Le avisamos. Solo figuran quienes trabajan ahora en el municipio."),
        error_messages={
            "required": _("Elegí a quién pasa, o dejá todo en el municipio."),
            "invalid_choice": _(
                "La persona que elegiste ya no figura en el municipio. Elegí a otra, o dejá todo en el municipio."
            ),
        },
    )

    def __init__(self, *args: Any, succession: Succession, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._colleagues = {str(row.pk): row for row in colleagues_of(succession)}
        people = [(key, _named(row)) for key, row in self._colleagues.items()]
        field: Any = self.fields["successor"]
        field.choices = [
            ("", _("Elegí una opción")),
            (KEEP, _("Queda en el municipio, sin nadie a cargo")),
            *([(_("Pasa a alguien del equipo"), people)] if people else []),
        ]

    @property
    def chosen(self) -> User | None:
        """Who follows; nobody where it stays with the municipality."""
        chosen: str = self.cleaned_data["successor"]
        return None if chosen == KEEP else self._colleagues[chosen].user

    @property
    def has_colleagues(self) -> bool:
        """Whether there is anybody to choose."""
        return bool(self._colleagues)


def colleagues_of(succession: Succession) -> QuerySet[Membership]:
    """Return the memberships of those who work there now and can sign in, by name, without who left."""
    rows = Membership.objects.active().filter(municipality=succession.municipality, user__is_active=True)
    return rows.exclude(user=succession.leaver).select_related("user").order_by("user__name", "pk")


def _named(membership: Membership) -> str:
    return " · ".join(filter(None, (membership.user.name, membership.position)))
