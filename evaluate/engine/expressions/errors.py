"""The one error that a formula can have."""


class ExpressionError(ValueError):
    """A formula that cannot be understood: why, in plain words, and at which character (from 0)."""

    def __init__(self, message: str, position: int = 0) -> None:
        """Keep the reason and the place; `str(error)` is the reason."""
        super().__init__(message)
        self.message = message
        self.position = position
