"""Addresses of the door, the list of who was there, minutes and materials; each stands below its event."""

from django.urls import URLPattern, path

from share.views.agreements import AgreementFormView, AgreementStatusView
from share.views.attendance import AttendanceExportView, AttendanceView, AttendanceWorkbookView
from share.views.door import CheckinView, DoorView
from share.views.materials import MaterialEditView, MaterialsView
from share.views.minutes import MinutesEditView, MinutesView
from share.views.tickets import EventScreenView, HereView, MyTicketView

afterwards_urls: list[URLPattern] = [
    path("<int:pk>/ingreso/", CheckinView.as_view(), name="event-checkin"),
    path("<int:pk>/ingreso/<str:code>/", DoorView.as_view(), name="event-door"),
    path("<int:pk>/mi-entrada/", MyTicketView.as_view(), name="my-ticket"),
    path("<int:pk>/estoy-aca/", HereView.as_view(), name="event-here"),
    path("<int:pk>/pantalla/", EventScreenView.as_view(), name="event-screen"),
    path("<int:pk>/asistencia/", AttendanceView.as_view(), name="event-attendance"),
    path("<int:pk>/asistencia.csv", AttendanceExportView.as_view(), name="event-attendance-csv"),
    path("<int:pk>/asistencia.xlsx", AttendanceWorkbookView.as_view(), name="event-attendance-xlsx"),
    path("<int:pk>/acta/", MinutesView.as_view(), name="event-minutes"),
    path("<int:pk>/acta/escribir/", MinutesEditView.as_view(), name="event-minutes-edit"),
    path("<int:pk>/acta/decision/", AgreementFormView.as_view(), name="agreement-add"),
    path("<int:pk>/acta/decision/<int:agreement_pk>/", AgreementFormView.as_view(), name="agreement-edit"),
    path("decisiones/<int:pk>/estado/", AgreementStatusView.as_view(), name="agreement-status"),
    path("<int:pk>/materiales/", MaterialsView.as_view(), name="event-materials"),
    path("<int:pk>/materiales/<int:material_pk>/", MaterialEditView.as_view(), name="material-edit"),
]
