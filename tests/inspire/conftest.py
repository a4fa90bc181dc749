import pytest

from portal.accounts.models import User
from tests.portal.accounts_factories import UserFactory
from tests.portal.places_factories import CountryFactory, MunicipalityFactory
from tests.portal.topics_factories import PolicyAreaFactory


@pytest.fixture
def places(settings, tmp_path) -> None:
    settings.MEDIA_ROOT = tmp_path
    CountryFactory()
    MunicipalityFactory(name="Tandil", latitude=-37.32, longitude=-59.13)
    PolicyAreaFactory(slug="environment-waste")


@pytest.fixture
def staff(client) -> User:
    user = UserFactory(is_staff=True, is_superuser=True)
    client.force_login(user)
    return user
