"""Conversations: whom one may write to, and what their pages show."""
