"""The form with which one answers in a conversation, for any page that shows it."""

from django import template

from share.forms.writing import PostForm

register = template.Library()


@register.simple_tag
def post_form() -> PostForm:
    """Return an empty form for an answer."""
    return PostForm()
