"""Shared by the page tests: the people of one small school."""

import pytest

from tests.pages.people import People, populate


@pytest.fixture
def people(db: None) -> People:
    return populate()
