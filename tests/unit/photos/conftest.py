"""Shared by the photo tests: the networks, loaded once, and the specification printed in the second founding notice."""

import pytest

from biye.photos.core import carriers, specification
from biye.photos.core.networks import Networks
from biye.photos.core.specification import Specification


@pytest.fixture(scope="session")
def networks() -> Networks:
    return Networks(carriers.usual_folder())


@pytest.fixture(scope="session")
def notice() -> Specification:
    return specification.load("cslg-adult/2021-summer")


@pytest.fixture(scope="session")
def degree() -> Specification:
    return specification.load("cslg-adult/2021-summer.degree")
