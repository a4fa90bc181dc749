"""What became of an attempt to send an e-mail, and whether another one may help."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from random import SystemRandom
from smtplib import (
    SMTPDataError,
    SMTPException,
    SMTPRecipientsRefused,
    SMTPResponseException,
    SMTPServerDisconnected,
)

MAIL_FAILURES = (SMTPException, OSError)
MAX_ATTEMPTS = 5
# 5 and 25 minutes, 2 and 10 hours: a mail server may be away for a night.
FIRST_PAUSE = timedelta(minutes=5)
PAUSE_FACTOR = 5
# A fifth earlier or later, so that what failed together does not come back together.
JITTER = 0.2
UNWRITABLE = "unwritable"
_chance = SystemRandom()


@dataclass(frozen=True)
class Problem:
    """Why an e-mail was not sent: the mail server's code, if it gave one, and a word of ours; never an address."""

    word: str
    code: int = 0
    is_final: bool = False

    def __str__(self) -> str:
        return f"{self.code} {self.word}" if self.code else self.word


def problem_of(error: Exception) -> Problem:
    """Name what went wrong. Final is what the server says for good of this message or its recipient (RFC 5321, 4.2.1).

    A sender that is refused is a fault of the installation: somebody may mend it before the last attempt.
    """
    if isinstance(error, SMTPRecipientsRefused):
        code = max((int(answer[0]) for answer in error.recipients.values()), default=0)
        return Problem("recipient", code, is_final=code >= 500)
    if isinstance(error, SMTPDataError):
        return Problem("message", error.smtp_code, is_final=error.smtp_code >= 500)
    if isinstance(error, SMTPResponseException):
        return Problem("server", error.smtp_code)
    # While it waits for an answer, the library hides the timeout behind a lost connection.
    if isinstance(error, TimeoutError) or isinstance(error.__context__, TimeoutError):
        return Problem("timeout")
    if isinstance(error, SMTPServerDisconnected):
        return Problem("disconnected")
    return Problem("unreachable")


def next_attempt(*, attempts: int, now: datetime) -> datetime | None:
    """Return when to try again after so many attempts; None when it is given up."""
    if attempts >= MAX_ATTEMPTS:
        return None
    pause = FIRST_PAUSE * PAUSE_FACTOR ** (attempts - 1)
    return now + pause * _chance.uniform(1 - JITTER, 1 + JITTER)
