"""What reviewers and staff fill in."""

from typing import Any, cast

from django import forms
from django.utils.translation import gettext_lazy as _

from inspire.contribution_content import SECTIONS
from inspire.models import Solution
from inspire.models.contributions import COMMENT_LENGTH, REASON_LENGTH

_SOLUTION_REASON = 500


def _section_choices() -> list[tuple[str, Any]]:
    return [("", _("Todo el aporte")), *SECTIONS.items()]


class CommentForm(forms.Form):
    """A comment about one part."""

    section = forms.ChoiceField(label=_("Sobre qué parte"), choices=_section_choices, required=False)
    text = forms.CharField(
        label=_("Comentario"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=COMMENT_LENGTH,
        error_messages={"required": _("Escribí el comentario.")},
    )


class ReasonForm(forms.Form):
    """A decision with its reason, about the version that was read."""

    version = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    reason = forms.CharField(
        label=_("Mensaje para quienes lo escribieron"),
        widget=forms.Textarea(attrs={"rows": 3}),
        max_length=REASON_LENGTH,
        required=False,
    )


class StatusForm(forms.Form):
    """Where a solution should stand, and why."""

    status = forms.ChoiceField(
        label=_("Qué hacer con la solución"),
        widget=forms.RadioSelect,
        error_messages={"required": _("Elegí qué hacer.")},
    )
    reason = forms.CharField(
        label=_("Motivo"),
        max_length=_SOLUTION_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Queda en el historial, que ven el equipo y quienes escribieron la solución."),
        error_messages={"required": _("Contá por qué: queda en el historial.")},
    )

    def __init__(self, *args: Any, solution: Solution, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        offered = {
            Solution.Status.PUBLISHED: _("Publicarla en la biblioteca"),
            Solution.Status.DRAFT: _("Retirarla: queda como borrador"),
            Solution.Status.ARCHIVED: _("Archivarla: ya no sirve o quedó vieja"),
        }
        field = cast(forms.ChoiceField, self.fields["status"])
        field.choices = [(status, label) for status, label in offered.items() if status != solution.status]
