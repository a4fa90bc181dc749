"""The style guide: every component, as it looks."""

from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from portal.core.functions import functions
from portal.core.paging import KeysetPage
from portal.files.pictures import Picture


class ExampleForm(forms.Form):
    """A form with one field of each kind."""

    name = forms.CharField(label=_("Nombre y apellido"), help_text=_("Como querés que te vean tus colegas."))
    email = forms.EmailField(label=_("Correo electrónico"))
    area = forms.ChoiceField(
        label=_("Área"),
        choices=[("salud", _("Salud")), ("ambiente", _("Ambiente"))],
        widget=forms.RadioSelect,
    )
    note = forms.CharField(label=_("Comentario"), required=False, widget=forms.Textarea)
    agrees = forms.BooleanField(label=_("Quiero recibir avisos por correo"), required=False)


class StyleGuideView(TemplateView):
    """Shows each component of templates/components with an example."""

    template_name = "portal/style_guide.html"
    is_public_page = True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Give the examples their content."""
        return super().get_context_data(
            functions=list(functions),
            form=ExampleForm(),
            form_with_errors=ExampleForm({"name": "", "email": "ana.ejemplo", "area": "salud"}),
            example_picture=Picture(static("img/icon.svg"), width=64, height=64),
            example_page=KeysetPage(rows=[], next_cursor="siguiente", previous_cursor="anterior"),
            **kwargs,
        )
