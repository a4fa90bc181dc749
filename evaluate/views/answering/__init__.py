"""Answering: one section at a time, one answer at a time or all of a section at once."""

from evaluate.views.answering.saving import answer_save_view
from evaluate.views.answering.sections import SectionAnswer

__all__ = ["SectionAnswer", "answer_save_view"]
