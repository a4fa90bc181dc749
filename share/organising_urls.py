"""Addresses of those who organise encounters, below /intercambiar/encuentros/."""

from django.urls import URLPattern, path

from share.views.organising.parts import QuestionView, SessionView, SpeakerView
from share.views.organising.people import OrganisersView
from share.views.organising.series import EventRepeatingView
from share.views.organising.steps import (
    EventCancelView,
    EventDeleteView,
    EventHistoryView,
    EventManageView,
    event_duplicate_view,
    event_publish_view,
    event_restore_view,
)
from share.views.organising.writing import EventCreateView, EventEditView

# No title of an event can make these addresses: the key stands after a word.
_DESK = "organizar/<int:pk>/"

organising_urls: list[URLPattern] = [
    path("nuevo/", EventCreateView.as_view(), name="event-create"),
    path(_DESK, EventManageView.as_view(), name="event-manage"),
    path(f"{_DESK}editar/", EventEditView.as_view(), name="event-edit"),
    path(f"{_DESK}publicar/", event_publish_view, name="event-publish"),
    path(f"{_DESK}cancelar/", EventCancelView.as_view(), name="event-cancel"),
    path(f"{_DESK}retomar/", event_restore_view, name="event-restore"),
    path(f"{_DESK}borrar/", EventDeleteView.as_view(), name="event-delete"),
    path(f"{_DESK}duplicar/", event_duplicate_view, name="event-duplicate"),
    path(f"{_DESK}historial/", EventHistoryView.as_view(), name="event-history"),
    path(f"{_DESK}repeticion/", EventRepeatingView.as_view(), name="event-repeating"),
    path(f"{_DESK}quienes-organizan/", OrganisersView.as_view(), name="event-organisers"),
    path(f"{_DESK}programa/nueva/", SessionView.as_view(), name="session-create"),
    path(f"{_DESK}programa/<int:part>/", SessionView.as_view(), name="session-edit"),
    path(f"{_DESK}exponen/sumar/", SpeakerView.as_view(), name="speaker-create"),
    path(f"{_DESK}exponen/<int:part>/", SpeakerView.as_view(), name="speaker-edit"),
    path(f"{_DESK}preguntas/nueva/", QuestionView.as_view(), name="question-create"),
    path(f"{_DESK}preguntas/<int:part>/", QuestionView.as_view(), name="question-edit"),
]
