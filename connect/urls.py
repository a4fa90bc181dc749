"""Addresses of the app."""

from django.urls import path

from connect.directory.export import CSV, XLSX
from connect.towns import export as town_export
from connect.views.connections import (
    ConnectionEndView,
    ConnectionListView,
    ConnectionRequestView,
    ConnectionWithdrawView,
    RequestListView,
    SentRequestsView,
    connection_answer,
)
from connect.views.conversation_people import (
    ConversationPeopleView,
    leave_conversation,
    mute_conversation,
    rename_conversation,
)
from connect.views.conversation_starting import ConversationCreateView, EntryAskView, MessagePersonView
from connect.views.conversations import ConversationDetailView, ConversationListView, ConversationNewsView
from connect.views.directory import DirectoryView
from connect.views.directory_export import DirectoryExportView
from connect.views.introductions import (
    IntroduceView,
    IntroductionAskView,
    IntroductionListView,
    introduction_answer,
)
from connect.views.people import PersonDetailView
from connect.views.people_like_me import PeopleLikeMeView
from connect.views.profile import OwnProfileView, PauseView, join_directory, leave_directory, put_off_profile
from connect.views.profile_edit import ProfileEditView
from connect.views.successions import SuccessionDetailView, SuccessionListView
from connect.views.town_list import TownExportView, TownListView
from connect.views.towns import TownDetailView, TownEditView, TownThingsView

app_name = "connect"
urlpatterns = [
    path("", DirectoryView.as_view(), name="directory"),
    path("exportar.csv", DirectoryExportView.as_view(format=CSV), name="directory-export-csv"),
    path("exportar.xlsx", DirectoryExportView.as_view(format=XLSX), name="directory-export-xlsx"),
    path("personas/<uuid:public_id>/", PersonDetailView.as_view(), name="person-detail"),
    path("mi-perfil/", OwnProfileView.as_view(), name="profile"),
    path("mi-perfil/editar/", ProfileEditView.as_view(), name="profile-edit"),
    path("mi-perfil/mas-adelante/", put_off_profile, name="profile-later"),
    path("mi-perfil/pausa/", PauseView.as_view(), name="pause"),
    path("mi-perfil/aparecer/", join_directory, name="directory-join"),
    path("mi-perfil/salir/", leave_directory, name="directory-leave"),
    path("mensajes/", ConversationListView.as_view(), name="conversation-list"),
    path("mensajes/nuevo/", ConversationCreateView.as_view(), name="conversation-create"),
    path("mensajes/para/<uuid:public_id>/", MessagePersonView.as_view(), name="message-person"),
    path("mensajes/<uuid:public_id>/", ConversationDetailView.as_view(), name="conversation-detail"),
    path("mensajes/<uuid:public_id>/nuevos/", ConversationNewsView.as_view(), name="conversation-news"),
    path("mensajes/<uuid:public_id>/personas/", ConversationPeopleView.as_view(), name="conversation-people"),
    path("mensajes/<uuid:public_id>/nombre/", rename_conversation, name="conversation-rename"),
    path("mensajes/<uuid:public_id>/avisos/", mute_conversation, name="conversation-mute"),
    path("mensajes/<uuid:public_id>/dejar/", leave_conversation, name="conversation-leave"),
    path("preguntar/<slug:kind>/<int:object_id>/", EntryAskView.as_view(), name="ask"),
    path("municipios/", TownListView.as_view(), name="town-list"),
    path(
        "municipios/exportar.csv",
        TownExportView.as_view(format=town_export.CSV),
        name="town-export-csv",
    ),
    path(
        "municipios/exportar.xlsx",
        TownExportView.as_view(format=town_export.XLSX),
        name="town-export-xlsx",
    ),
    path("municipios/<int:pk>/", TownDetailView.as_view(), name="town-detail"),
    path("municipios/<int:pk>/editar/", TownEditView.as_view(), name="town-edit"),
    path("municipios/<int:pk>/publicaciones/<slug:kind>/", TownThingsView.as_view(), name="town-things"),
    path("traspasos/", SuccessionListView.as_view(), name="succession-list"),
    path("traspasos/<uuid:public_id>/", SuccessionDetailView.as_view(), name="succession-detail"),
    path("como-vos/", PeopleLikeMeView.as_view(), name="people-like-me"),
    path("conexiones/", ConnectionListView.as_view(), name="connection-list"),
    path("conexiones/recibidos/", RequestListView.as_view(), name="request-list"),
    path("conexiones/enviados/", SentRequestsView.as_view(), name="request-sent"),
    path("conexiones/<uuid:public_id>/responder/", connection_answer, name="connection-answer"),
    path(
        "conexiones/<uuid:public_id>/retirar/", ConnectionWithdrawView.as_view(), name="connection-withdraw"
    ),
    path("personas/<uuid:public_id>/conectar/", ConnectionRequestView.as_view(), name="connection-request"),
    path("personas/<uuid:public_id>/desconectar/", ConnectionEndView.as_view(), name="connection-end"),
    path("personas/<uuid:public_id>/presentacion/", IntroductionAskView.as_view(), name="introduction-ask"),
    path("presentaciones/", IntroductionListView.as_view(), name="introduction-list"),
    path("presentaciones/<uuid:public_id>/responder/", introduction_answer, name="introduction-answer"),
    path("presentar/", IntroduceView.as_view(), name="introduce"),
]
