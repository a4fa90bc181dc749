"""Forms about people."""

from portal.accounts.forms.sign_in import SignupForm

__all__ = ["SignupForm"]
