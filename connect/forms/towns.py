"""What a municipality says of itself."""

from django import forms
from django.utils.translation import gettext_lazy as _

from connect.models.profile import MAX_ABOUT, MAX_HELP
from portal.core.form_fields import TextField
from portal.topics.form_fields import ChosenField, TopicsWidget, topics_by_area

MOST_TOPICS = 12


class TownForm(forms.Form):
    """The page of a municipality: who it is, what it can share, what it looks for."""

    about = TextField(
        label=_("Sobre el municipio"),
        max_length=MAX_ABOUT,
        rows=5,
        help_text=_("En pocas líneas: cómo es, a qué se dedica, en qué está trabajando la gestión."),
    )
    offers = TextField(
        label=_("Qué puede compartir"),
        max_length=MAX_HELP,
        rows=4,
        help_text=_("Por ejemplo «Cómo armamos la planta de separación y cuánto costó»."),
    )
    offer_topics = ChosenField(
        label=_("Temas sobre los que puede compartir"),
        most=MOST_TOPICS,
        choices=topics_by_area,
        widget=TopicsWidget,
    )
    seeks = TextField(
        label=_("Qué está buscando"),
        max_length=MAX_HELP,
        rows=4,
        help_text=_("Por ejemplo «Una ordenanza de grandes generadores que ya se aplique»."),
    )
    seek_topics = ChosenField(
        label=_("Temas sobre los que está buscando"),
        most=MOST_TOPICS,
        choices=topics_by_area,
        widget=TopicsWidget,
    )
