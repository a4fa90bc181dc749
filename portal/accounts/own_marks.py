"""By what a person is known in a text of her own: taken out of what stays for others when she leaves."""

import re
from collections.abc import Callable, Iterable

from allauth.account.models import EmailAddress

from portal.accounts.models import User

LEFT_OUT = "[…]"
# Digits as they are written in a telephone number: years, ordinances and amounts have fewer, or dots between them.
_PHONE = re.compile(r"(?<![\w$.,/])\+?\(?\d[\d \t()-]{8,20}\d(?![\w.,/]*\d)")
_FEWEST_DIGITS, _MOST_DIGITS = 10, 15


def marks_of(user: User) -> list[str]:
    """Return a person's name and addresses, the longest first, so that none is cut within another."""
    others = EmailAddress.objects.filter(user=user).values_list("email", flat=True)
    known = {sign for sign in (user.name, user.email, *others) if sign}
    return sorted(known, key=lambda sign: (-len(sign), sign))


def marks_cutter(marks: Iterable[str], *, with_phones: bool = False) -> Callable[[str], str]:
    """Return what takes a person's marks out of a text, however they are written in small or capital letters.

    Args:
        marks: of `marks_of`.
        with_phones: takes out telephone numbers too, whosesoever they are.
    """
    signs = [re.escape(mark) for mark in marks]
    pattern = re.compile("|".join(signs), re.IGNORECASE) if signs else None

    def cut(text: str) -> str:
        found = pattern.sub(LEFT_OUT, text) if pattern else text
        return _PHONE.sub(_without_phone, found) if with_phones else found

    return cut


def _without_phone(found: re.Match[str]) -> str:
    digits = sum(sign.isdigit() for sign in found[0])
    return LEFT_OUT if _FEWEST_DIGITS <= digits <= _MOST_DIGITS else found[0]
