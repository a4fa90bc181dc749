"""A public conversation as search engines read it: schema.org in JSON-LD, of what the page shows and nothing else.

Source of the words: https://schema.org/QAPage and https://schema.org/DiscussionForumPosting. Names of people are left
out: engines keep what they read longer than a person may want to be found.
"""

import json
import re
from collections.abc import Callable
from typing import Any

from django.utils.safestring import SafeString, mark_safe

from share.models import Thread
from share.threads.drawing import DrawnPost, anchor_of
from share.threads.entries import plain
from share.threads.page import ThreadPage

# What could end the block or begin markup, wherever it stands in a text; JSON reads it back as it was.
_ESCAPES = {ord(character): f"\\u{ord(character):04X}" for character in "<>&\u2028\u2029"}
# People whom a post mentions or quotes, and what its files are called: no part of what it says.
_besides = re.compile(
    r'<(a|span) class="(?:mention|quote-of)".*?</\1>|<ul class="post__files">.*?</ul>', re.DOTALL
)
_LONGEST = 500
_MOST = 20


def thread_data(thread: Thread, page: ThreadPage, absolute: Callable[[str], str]) -> SafeString:
    """Return the element that describes a page of a conversation to programs.

    Args:
        absolute: makes a whole address of one within the portal.
    """
    url = absolute(thread.get_absolute_url())
    data = _question(thread, page, url) if thread.is_question else _discussion(thread, page, url)
    text = json.dumps({"@context": "https://schema.org", **data}, ensure_ascii=False).translate(_ESCAPES)
    return mark_safe(f'<script type="application/ld+json">{text}</script>')  # noqa: S308 escaped in the line above


def _question(thread: Thread, page: ThreadPage, url: str) -> dict[str, Any]:
    answers = [post for post in page.posts if post.is_answer][:_MOST]
    question = {
        "@type": "Question",
        "name": thread.title,
        "text": _opening(page),
        "inLanguage": thread.language,
        "dateCreated": thread.created_at.isoformat(timespec="seconds"),
        "answerCount": thread.answers,
        "upvoteCount": thread.supporters,
        "acceptedAnswer": [_said(post, url, "Answer") for post in answers if post.is_accepted],
        "suggestedAnswer": [_said(post, url, "Answer") for post in answers if not post.is_accepted],
    }
    return {
        "@type": "QAPage",
        "url": url,
        "mainEntity": {key: value for key, value in question.items() if value != []},
    }


def _discussion(thread: Thread, page: ThreadPage, url: str) -> dict[str, Any]:
    said = [post for post in page.posts if post.number > 1][:_MOST]
    return {
        "@type": "DiscussionForumPosting",
        "headline": thread.title,
        "text": _opening(page),
        "url": url,
        "inLanguage": thread.language,
        "datePublished": thread.created_at.isoformat(timespec="seconds"),
        "commentCount": thread.replies,
        "comment": [_said(post, url, "Comment") for post in said],
    }


def _said(post: DrawnPost, url: str, kind: str) -> dict[str, Any]:
    return {"@type": kind, "text": _plain(post.text), "url": f"{url}#{anchor_of(post.number)}"}


def _opening(page: ThreadPage) -> str:
    return next((_plain(post.text) for post in page.posts if post.number == 1), "")


def _plain(html: str) -> str:
    return plain(_besides.sub(" ", html))[:_LONGEST]
