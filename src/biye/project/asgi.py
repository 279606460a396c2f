"""ASGI: the door for ASGI servers."""

import os

from django.core.asgi import get_asgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "biye.project.settings")
application = get_asgi_application()
