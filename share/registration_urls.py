"""Addresses about who comes to an encounter."""

from django.urls import URLPattern, path

from share.views.event_people import (
    EventPeopleExportView,
    EventPeopleView,
    PersonAddView,
    PersonTakeOffView,
)
from share.views.registrations import RegisterView, answers_save, offer_answer

registration_urls: list[URLPattern] = [
    path("<int:pk>/inscripcion/", RegisterView.as_view(), name="register"),
    path("<int:pk>/inscripcion/respuestas/", answers_save, name="answers-save"),
    path("<int:pk>/inscripcion/lugar/", offer_answer, name="offer-answer"),
    path("<int:pk>/personas/", EventPeopleView.as_view(), name="event-people"),
    path("<int:pk>/personas/personas.csv", EventPeopleExportView.as_view(), name="event-people-csv"),
    path(
        "<int:pk>/personas/personas.xlsx",
        EventPeopleExportView.as_view(ending="xlsx"),
        name="event-people-xlsx",
    ),
    path("<int:pk>/personas/sumar/", PersonAddView.as_view(), name="event-person-add"),
    path(
        "<int:pk>/personas/<int:registration>/quitar/",
        PersonTakeOffView.as_view(),
        name="event-person-take-off",
    ),
]
