"""What the network's team does to conversations; each step is noted, audited, and told to whoever wrote."""

from share.services.moderation.holding import post_approve, post_hold, post_reject
from share.services.moderation.posts import post_hide, post_show
from share.services.moderation.splitting import answer_split
from share.services.moderation.taking import ModerationConflict
from share.services.moderation.threads import (
    thread_hide,
    thread_lock,
    thread_move,
    thread_pin,
    thread_reopen,
    thread_show,
    thread_slow,
    thread_unpin,
)

__all__ = [
    "ModerationConflict",
    "answer_split",
    "post_approve",
    "post_hide",
    "post_hold",
    "post_reject",
    "post_show",
    "thread_hide",
    "thread_lock",
    "thread_move",
    "thread_pin",
    "thread_reopen",
    "thread_show",
    "thread_slow",
    "thread_unpin",
]
