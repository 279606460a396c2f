"""Shared by the page tests: the people of one small school, and background work done at once."""

from collections.abc import Callable

import pytest
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from pytest_django import DjangoCaptureOnCommitCallbacks, Settings

from tests.pages.people import People, populate
from tests.pages.season import World, audited_season

type Post = Callable[..., HttpResponse]


@pytest.fixture
def people(db: None) -> People:
    return populate()


@pytest.fixture(autouse=True)
def forgotten_attempts() -> None:
    """What one test tried to sign in with is not held against the next one."""
    cache.clear()


@pytest.fixture
def post(settings: Settings, django_capture_on_commit_callbacks: DjangoCaptureOnCommitCallbacks) -> Post:
    """Send a form, and let the background work that it asks for be done before the answer is looked at."""
    settings.TASKS = {"default": {"BACKEND": "django.tasks.backends.immediate.ImmediateBackend"}}

    def send(client: Client, address: str, data: dict[str, object] | None = None) -> HttpResponse:
        with django_capture_on_commit_callbacks(execute=True):
            return client.post(address, data or {})

    return send


@pytest.fixture
def world(transactional_db: None) -> World:
    """An audit reads by connections of its own, so what it reads has to be there for all to see."""
    return audited_season(populate())
