"""What readers type into a search box."""

import re

MAX_LENGTH = 200
_UNWANTED = re.compile(r'(?:^|\s)-("[^"]*"|[^\s"]+)')


def split_search_text(text: str) -> tuple[str, str]:
    """Part what is wanted from what a minus excludes: `agua -"agua potable"` gives `agua` and `agua potable`.

    The two are put to the database apart because one stemmer's "not" must not be undone by another's.
    """
    text = text.replace("\x00", "")[:MAX_LENGTH]
    unwanted = [match.strip('"') for match in _UNWANTED.findall(text)]
    return _UNWANTED.sub(" ", text).strip(), " or ".join(filter(None, unwanted))
