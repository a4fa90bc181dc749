"""Addresses at which people write in conversations, and do things to what was written."""

from django.urls import URLPattern, path

from share.views.post_history import post_history
from share.views.post_writing import PostCreateView, PostEditView, PostRemoveView
from share.views.thread_steps import accept_answer, close_or_open, support, thank
from share.views.thread_writing import OutcomeView, ThreadCreateView, ThreadEditView
from share.views.writing_help import markdown_preview, people_to_mention

# The verb comes first: what follows a conversation's number is its title.
writing_urls: list[URLPattern] = [
    path("nueva/", ThreadCreateView.as_view(), name="thread-create"),
    path("vista-previa/", markdown_preview, name="markdown-preview"),
    path("a-quien-mencionar/", people_to_mention, name="people-to-mention"),
    path("responder/<int:pk>/", PostCreateView.as_view(), name="post-create"),
    path("titulo/<int:pk>/", ThreadEditView.as_view(), name="thread-edit"),
    path("en-que-quedo/<int:pk>/", OutcomeView.as_view(), name="thread-outcome"),
    path("cerrar/<int:pk>/", close_or_open, name="thread-close"),
    path("a-mi-tambien/<int:pk>/", support, name="thread-support"),
    path("mensaje/<int:pk>/cambiar/", PostEditView.as_view(), name="post-edit"),
    path("mensaje/<int:pk>/quitar/", PostRemoveView.as_view(), name="post-remove"),
    path("mensaje/<int:pk>/versiones/", post_history, name="post-history"),
    path("mensaje/<int:pk>/aceptar/", accept_answer, name="answer-accept"),
    path("mensaje/<int:pk>/agradecer/", thank, name="post-thanks"),
]
