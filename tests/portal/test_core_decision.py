import pytest
from django.core.exceptions import PermissionDenied

from portal.core.decision import ALLOWED, denied


def test_a_decision_reads_as_a_sentence() -> None:
    assert ALLOWED
    assert not denied("Porque no.")


def test_what_is_not_allowed_says_why() -> None:
    with pytest.raises(PermissionDenied, match="Solo puede hacerlo su coordinadora"):
        denied("Solo puede hacerlo su coordinadora.").require()


def test_what_is_allowed_goes_on() -> None:
    ALLOWED.require()
