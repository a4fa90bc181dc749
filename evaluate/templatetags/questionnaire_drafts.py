"""Filters for the pages on which questionnaires are written."""

from django import template
from django.utils.translation import get_language

from evaluate.engine.definition import FormDefinition, Texts

register = template.Library()


@register.filter
def text_of(definition: FormDefinition, texts: Texts) -> str:
    """Return one of a questionnaire's texts in the reader's language."""
    return definition.text(texts, get_language() or "es")
