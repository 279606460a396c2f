"""时钟: the moment a request arrives; a demonstration plays at another time."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The one place where the portals read the clock."""
    return timezone.now() + settings.CLOCK_OFFSET
