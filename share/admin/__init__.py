"""The network team's pages."""

from share.admin import events, questions, waiting

__all__ = ["events", "questions", "waiting"]
