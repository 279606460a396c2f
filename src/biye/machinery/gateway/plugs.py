"""接口地址: an SMS or WeCom service as apprise writes it, with {to} where the recipient stands. Knows no settings."""

from urllib.parse import quote

from biye.machinery.gateway.core.letters import Letter

TO = "{to}"
SOMEBODY = "10000000000"


def is_plug(template: str) -> bool:
    """Can letters to one person each go there?"""
    # Apprise takes half a second to read, and most processes send nothing.
    from apprise import Apprise

    return TO in template and Apprise.instantiate(template.replace(TO, SOMEBODY)) is not None


def deliver(template: str, letter: Letter) -> bool:
    """Hand one letter over; did the service take it?"""
    from apprise import Apprise

    plug = Apprise()
    plug.add(template.replace(TO, quote(letter.to, safe="")))
    return bool(plug.notify(title=letter.title, body=letter.text))
