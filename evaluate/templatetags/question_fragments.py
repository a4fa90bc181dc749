"""The tag that draws a question."""

from django import template
from django.template.context import Context
from django.utils.safestring import SafeString

from evaluate.answering.question_fragments import question_html

register = template.Library()


@register.simple_tag(takes_context=True)
def question(context: Context) -> SafeString:
    """Draw the context's `node`, a question, anew or as it was drawn before."""
    return question_html(context)
