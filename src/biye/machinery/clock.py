"""时钟: the moment of what people do and of the data an audit looks at; a demonstration plays at another time."""

from datetime import datetime

from django.conf import settings
from django.utils import timezone


def now() -> datetime:
    """The one place where the portals and the background work read the clock for what they write down."""
    return timezone.now() + settings.CLOCK_OFFSET
