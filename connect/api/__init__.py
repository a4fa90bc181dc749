"""Conectarme for partner systems: people, as each lets whoever asks see her."""

from connect.api.people import PersonViewSet

__all__ = ["PersonViewSet"]
