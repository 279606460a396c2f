"""通知渠道的设置: a mail server's address as Django wants it."""

from typing import Any
from urllib.parse import unquote, urlsplit

TIMEOUT = 20
_PORTS = {"smtp": 25, "smtp+tls": 587, "smtps": 465}
FORM = "neither smtp://host:25, smtp+tls://user:password@host:587 nor smtps://user:password@host:465"


def mailers(address: str | None) -> dict[str, Any]:
    """邮件服务器: Django's MAILERS; none where no address is given, so that nothing is ever sent by accident."""
    if address is None:
        return {}
    url = urlsplit(address)
    if url.scheme not in _PORTS or not url.hostname:
        raise ValueError(FORM)
    options = {
        "host": url.hostname,
        "port": url.port or _PORTS[url.scheme],
        "username": unquote(url.username or ""),
        "password": unquote(url.password or ""),
        "use_tls": url.scheme == "smtp+tls",
        "use_ssl": url.scheme == "smtps",
        "timeout": TIMEOUT,
    }
    return {"default": {"BACKEND": "django.core.mail.backends.smtp.EmailBackend", "OPTIONS": options}}
