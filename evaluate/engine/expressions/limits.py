"""Bounds that keep a hostile or mistaken formula from taking the server with it."""

MAX_LENGTH = 10_000
MAX_DEPTH = 60
MAX_TEXT = 50_000
MAX_PATTERN = 1_000
MAX_SUBJECT = 5_000
PATTERN_SECONDS = 0.1
