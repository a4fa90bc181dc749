"""The style guide: every component, as it looks."""

from typing import Any

from django import forms
from django.templatetags.static import static
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.generic import TemplateView

from portal.core.functions import functions
from portal.core.paging import KeysetPage
from portal.files.pictures import Picture
from portal.indicators.charts.bars import Bar, bars
from portal.indicators.charts.quartiles import Strip, quartile_strips
from portal.indicators.charts.radar import Series, radar
from portal.indicators.figures import Column, Figure, FigureTable, LegendItem


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
            example_figure=_example_figure(),
            example_strips=_example_strips(),
            **kwargs,
        )


def _example_figure() -> Figure:
    """Draw three sections, one of which has no data, beside an earlier result."""
    rows = [
        Bar(gettext("1. Información pública"), 0.62, "62 %", 0.4, "40 %"),
        Bar(gettext("2. Datos abiertos"), 0.25, "25 %", 0.5, "50 %"),
        Bar(gettext("3. Participación"), None, gettext("sin datos")),
    ]
    label = gettext("Parte alcanzada en tres secciones")
    return Figure(
        id="figura-ejemplo",
        title=gettext("Puntaje por sección (ejemplo)"),
        unit=gettext("Parte alcanzada, en porcentaje de lo posible"),
        source=gettext("Datos inventados para esta guía."),
        charts=(
            radar(
                ["1", "2", "3"],
                [Series([row.value for row in rows]), Series([row.before for row in rows], "before")],
                label=label,
            ),
            bars(rows, label=label),
        ),
        legend=(LegendItem("now", gettext("ahora")), LegendItem("before", gettext("la vez anterior"))),
        table=FigureTable(
            gettext("Parte alcanzada por sección"),
            (
                Column(gettext("Sección")),
                Column(gettext("Ahora"), is_number=True),
                Column(gettext("Antes"), is_number=True),
            ),
            [(row.label, row.text, row.before_text or gettext("sin datos")) for row in rows],
        ),
    )


def _example_strips() -> Figure:
    """Draw a value among a group's quartiles, and one whose group has too few to say."""
    few = gettext("menos de cinco")
    strips = [
        (Strip(gettext("Total"), (0.3, 0.45, 0.7), 0.62), ("62 %", "30 %", "45 %", "70 %")),
        (Strip(gettext("Compostaje"), None, 0.25), ("25 %", few, few, few)),
    ]
    return Figure(
        id="tiras-ejemplo",
        title=gettext("Un resultado entre los de otros (ejemplo)"),
        unit=gettext("Parte alcanzada, en porcentaje de lo posible"),
        source=gettext("Datos inventados para esta guía."),
        charts=[quartile_strips([strip], label=strip.label) for strip, _cells in strips],
        legend=(
            LegendItem("own", gettext("tu resultado")),
            LegendItem("box", gettext("la mitad del medio del grupo")),
            LegendItem("median", gettext("mediana del grupo")),
        ),
        table=FigureTable(
            gettext("Un resultado y los cuartiles de un grupo"),
            (
                Column(gettext("Qué")),
                *(
                    Column(name, is_number=True)
                    for name in (
                        gettext("Resultado"),
                        gettext("Primer cuartil"),
                        gettext("Mediana"),
                        gettext("Tercer cuartil"),
                    )
                ),
            ),
            [(strip.label, *cells) for strip, cells in strips],
        ),
    )
