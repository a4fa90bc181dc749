"""Why a change to a draft cannot be made."""


class EditRefused(Exception):
    """A change that cannot be made as asked; the message says why and what to do instead."""

    def __init__(self, message: str, field: str = "") -> None:
        """Keep the reason, and the field of the form beside which it belongs."""
        super().__init__(message)
        self.message = message
        self.field = field
