"""Letting the catalogue know what became of a conversation."""

from share.models import Thread
from share.threads.entries import thread_entry_write


def thread_entry_refresh(thread: Thread) -> None:
    """Write a conversation into the catalogue as it is, or take a hidden one out, and forget the pages that show it."""
    thread_entry_write(thread)
