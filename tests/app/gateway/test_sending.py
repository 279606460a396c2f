"""发信: through a real mail server and a real web service on this machine; without configuration nothing goes anywhere."""

from django.conf import settings as django_settings
from pytest_django import Settings

from biye.machinery.gateway.core.letters import Channel, Fate, Letter
from biye.machinery.gateway.plugs import is_plug
from biye.machinery.gateway.sending import channels, send
from biye.project.gateways import mailers
from tests.app.gateway.sinks import REFUSED, closed_port, mail_sink, web_sink


def letter(to: str, title: str = "请在 6 月 15 日前签字确认") -> Letter:
    return Letter(to, title, "逾期视为无异议。")


def test_without_configuration_there_is_no_channel() -> None:
    assert (channels(), django_settings.MAILERS, django_settings.GATEWAY_SECRET_URLS) == ((), {}, {})


def test_channels_stand_in_one_order(settings: Settings) -> None:
    settings.GATEWAY_SECRET_URLS = {"wecom": "json://127.0.0.1/{to}", "sms": "json://127.0.0.1/{to}"}
    settings.MAILERS = mailers("smtp://127.0.0.1:25")
    assert channels() == (Channel.EMAIL, Channel.SMS, Channel.WECOM)


def test_a_recipient_that_is_refused_concerns_nobody_else(settings: Settings) -> None:
    settings.DEFAULT_FROM_EMAIL = "毕业办公室 <graduation@example.edu.cn>"
    with mail_sink() as sink:
        settings.MAILERS = mailers(f"smtp://127.0.0.1:{sink.port}")
        fates = list(send(Channel.EMAIL, [letter("a@example.edu.cn"), letter(REFUSED), letter("b@example.edu.cn")]))
    assert fates == [Fate.SENT, Fate.REFUSED, Fate.SENT]
    assert [(to, mail["Subject"], mail.get_content().strip()) for to, mail in sink.letters] == [
        (to, "请在 6 月 15 日前签字确认", "逾期视为无异议。") for to in ("a@example.edu.cn", "b@example.edu.cn")
    ]
    assert sink.letters[0][1]["From"] == "毕业办公室 <graduation@example.edu.cn>"


def test_a_title_with_a_line_break_is_not_sent(settings: Settings) -> None:
    with mail_sink() as sink:
        settings.MAILERS = mailers(f"smtp://127.0.0.1:{sink.port}")
        fates = list(send(Channel.EMAIL, [letter("a@example.edu.cn", "一\nBcc: b@example.edu.cn")]))
    assert (fates, sink.letters) == ([Fate.REFUSED], [])


def test_a_mail_server_that_is_not_there_is_tried_once(settings: Settings) -> None:
    settings.MAILERS = mailers(f"smtp://127.0.0.1:{closed_port()}")
    assert list(send(Channel.EMAIL, [letter("a@example.edu.cn")] * 3)) == [Fate.UNREACHABLE] * 3


def test_a_plug_is_told_to_whom_and_what(settings: Settings) -> None:
    with web_sink() as (port, taken):
        settings.GATEWAY_SECRET_URLS = {"sms": f"json://127.0.0.1:{port}/send?:telephone={{to}}"}
        fates = list(send(Channel.SMS, [letter("10012345678"), letter("refused")]))
    assert fates == [Fate.SENT, Fate.UNREACHABLE]
    assert [(one["telephone"], one["title"], one["message"]) for one in taken] == [
        (to, "请在 6 月 15 日前签字确认", "逾期视为无异议。") for to in ("10012345678", "refused")
    ]


def test_a_plug_must_be_known_and_say_where_the_recipient_stands() -> None:
    known = ("json://127.0.0.1/{to}", "json://127.0.0.1/all", "carrier-pigeon://{to}")
    assert [is_plug(template) for template in known] == [True, False, False]
