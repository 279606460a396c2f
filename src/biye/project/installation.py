"""安装配置: what one institution's installation says of itself, read from BIYE_… variables and refused loudly when wrong."""

import secrets
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import parse_qsl, unquote, urlsplit

from django.core.exceptions import ImproperlyConfigured
from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from biye.casework.core.reminding import Manners, quiet_hours
from biye.foundation.moments import moment
from biye.machinery.gateway.core.letters import Channel
from biye.machinery.gateway.plugs import is_plug
from biye.project.gateways import mailers
from biye.seasons.core.folder import school_folder as find_school
from biye.seasons.core.trouble import SchoolRefused

PREFIX = "BIYE_"
SECRET_KEY_LENGTH = 50

# Readers never wait for the writer; a writer takes its lock when it begins, so that it waits instead of failing halfway.
SQLITE_OPTIONS: dict[str, Any] = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": (
        "PRAGMA journal_mode=WAL;"
        "PRAGMA synchronous=NORMAL;"
        "PRAGMA foreign_keys=ON;"
        "PRAGMA temp_store=MEMORY;"
        "PRAGMA cache_size=-65536;"
        "PRAGMA mmap_size=268435456;"
        "PRAGMA journal_size_limit=67108864"
    ),
}


class Installation(BaseSettings):
    """安装配置: one installation is one institution."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    school: str
    """A shipped school's name or the path of a school folder."""
    data_dir: Path
    """The folder for the SQLite file, uploads, results and collected static files."""
    database_url: SecretStr | None = None
    """postgresql://user:password@host:5432/name or sqlite:///path; an SQLite file in data_dir when not given."""
    database_pool: int = 8
    """Connections a server process keeps open to PostgreSQL; 0 opens one a request."""
    secret_key: SecretStr | None = None
    hosts: Annotated[list[str], NoDecode] = []
    """Names the site is reached by, separated by commas."""
    https: bool = True
    proxies: int = 0
    """How many trusted proxies stand before the server and add to X-Forwarded-For."""
    demo: bool = False
    """Trying out on one machine: makes its own secret key, serves loopback without https."""
    demo_moment: str | None = None
    """演示时刻: what the clock shows when a demonstration starts, so that its season is under way."""
    debug: bool = False
    static_dir: Path | None = None
    browser_files: Path = Path("node_modules")
    """Where npm put the browser's packages; needed when static files are collected."""
    photo_models: Path | None = None
    """The folder with the photo checks' model files, where set-up did not put them beside the environment."""
    s3_bucket: str | None = None
    s3_endpoint: str | None = None
    """Uploads and results in an S3-compatible store instead of data_dir."""
    email_url: SecretStr | None = None
    """The mail server, smtp+tls://user:password@host:587; without it no e-mail is sent."""
    email_from: str = ""
    """The sender of e-mails: 毕业办公室 <graduation@example.edu.cn>."""
    sms_url: SecretStr | None = None
    """A short-message service as apprise writes it, {to} for the telephone: jsons://sms.example.edu.cn/send?:to={to}."""
    wecom_url: SecretStr | None = None
    """A WeCom gateway likewise, {to} for the student number."""
    quiet_hours: str = "22:00-08:00"
    """When no reminder goes out; empty for never."""
    remind_again_after_hours: int = Field(default=20, ge=1)
    """Nobody is reminded twice within so many hours unless a teacher does it."""
    keep_outcomes_days: int = Field(default=365, ge=1)
    """How long an audit that is no longer needed keeps what it found of each student; `biye tidy` takes it after that."""

    @field_validator("hosts", mode="before")
    @classmethod
    def split_hosts(cls, value: Any) -> Any:
        return [part.strip() for part in value.split(",") if part.strip()] if isinstance(value, str) else value

    @field_validator("data_dir", "static_dir", "browser_files", "photo_models")
    @classmethod
    def make_absolute(cls, value: Path | None) -> Path | None:
        return value.expanduser().resolve() if value else None

    @model_validator(mode="after")
    def refuse_what_cannot_run(self) -> "Installation":
        if wrong := list(self.mistakes()):
            raise ValueError("\n  ".join(wrong))
        return self

    def mistakes(self) -> Iterator[str]:
        """What one value alone does not show."""
        if self.secret_key is None and not self.loopback_only:
            yield "BIYE_SECRET_KEY: needed: a long random text, kept secret and never changed"
        if self.secret_key is not None and len(self.secret_key.get_secret_value()) < SECRET_KEY_LENGTH:
            yield f"BIYE_SECRET_KEY: too short: at least {SECRET_KEY_LENGTH} characters"
        if not (self.hosts or self.loopback_only):
            yield "BIYE_HOSTS: needed: the names this site is reached by, separated by commas"
        try:
            self.clock_offset(datetime.now(UTC))
        except ValueError as unreadable:
            yield f"BIYE_DEMO_MOMENT: {unreadable}"
        try:
            find_school(self.school)
        except SchoolRefused as refused:
            yield f"BIYE_SCHOOL: {refused}"
        yield from self.gateway_mistakes()
        try:
            self.database()
        except ValueError as unreadable:
            yield f"BIYE_DATABASE_URL: {unreadable}"

    def gateway_mistakes(self) -> Iterator[str]:
        """What keeps reminders from going out."""
        try:
            self.mailers()
        except ValueError as unreadable:
            yield f"BIYE_EMAIL_URL: {unreadable}"
        if self.email_url and "@" not in self.email_from:
            yield "BIYE_EMAIL_FROM: needed with BIYE_EMAIL_URL: the address that e-mails come from"
        for name, template in self.gateway_urls().items():
            if not is_plug(template):
                yield f"BIYE_{name.upper()}_URL: not an address that apprise knows with {{to}} where the recipient stands"
        try:
            self.manners()
        except ValueError as unreadable:
            yield f"BIYE_QUIET_HOURS: {unreadable}"

    def mailers(self) -> dict[str, Any]:
        """邮件服务器 as Django wants it."""
        return mailers(self.email_url.get_secret_value() if self.email_url else None)

    def gateway_urls(self) -> dict[str, str]:
        """短信、企业微信: the channels that have an address."""
        given = {Channel.SMS: self.sms_url, Channel.WECOM: self.wecom_url}
        return {channel.value: url.get_secret_value() for channel, url in given.items() if url}

    def manners(self) -> Manners:
        """提醒的分寸: when and how often people are reminded."""
        return Manners(*quiet_hours(self.quiet_hours), timedelta(hours=self.remind_again_after_hours))

    @property
    def site_address(self) -> str:
        """本站网址: what stands before an address in a letter; empty on a machine that nobody else reaches."""
        return f"http{'s' if self.https else ''}://{self.hosts[0]}" if self.hosts else ""

    @property
    def school_folder(self) -> Path:
        """学校目录: a shipped school by its name, any other by its path."""
        return find_school(self.school).resolve()

    @property
    def loopback_only(self) -> bool:
        return self.demo or self.debug

    def clock_offset(self, now: datetime) -> timedelta:
        """演示时钟: how far pages' time is from the machine's; only a demonstration may differ."""
        if self.demo_moment is None:
            return timedelta()
        if not self.demo:
            raise ValueError("only for a demonstration (BIYE_DEMO)")
        return moment(self.demo_moment) - now

    def secret(self) -> str:
        """密钥: the one given, or for trying out one made on the first run and kept in data_dir."""
        if self.secret_key is not None:
            return self.secret_key.get_secret_value()
        kept = self.data_dir / "secret-key"
        if not kept.exists():
            self.data_dir.mkdir(parents=True, exist_ok=True)
            kept.touch(mode=0o600)
            kept.write_text(secrets.token_urlsafe(SECRET_KEY_LENGTH))
        return kept.read_text()

    def database(self) -> dict[str, Any]:
        """数据库: the connection as Django wants it."""
        if self.database_url is None:
            return self._sqlite(self.data_dir / "biye.sqlite3")
        url = urlsplit(self.database_url.get_secret_value())
        name = unquote(url.path.removeprefix("/"))
        if url.scheme == "sqlite" and name:
            return self._sqlite(Path(name))
        if url.scheme in ("postgresql", "postgres") and name:
            return self._postgresql(
                {
                    "NAME": name,
                    "USER": unquote(url.username or ""),
                    "PASSWORD": unquote(url.password or ""),
                    "HOST": url.hostname or "",
                    "PORT": str(url.port or ""),
                },
                dict(parse_qsl(url.query)),
            )
        raise ValueError("neither postgresql://user:password@host:port/name nor sqlite:///path")

    def _sqlite(self, file: Path) -> dict[str, Any]:
        # Tests use a file too: batch reads open the database by its path, beside Django's own connection.
        test_file = {"NAME": str(self.data_dir / "test.sqlite3")}
        return {
            "ENGINE": "django.db.backends.sqlite3",
            "NAME": str(file),
            "OPTIONS": SQLITE_OPTIONS,
            "TEST": test_file,
        }

    def _postgresql(self, place: dict[str, str], query: dict[str, str]) -> dict[str, Any]:
        # A Unix socket's folder stands in the query, as libpq writes it: postgresql:///name?host=/var/run/postgresql
        for key, name in (("host", "HOST"), ("port", "PORT"), ("user", "USER")):
            place[name] = query.pop(key, place[name])
        pool = {"min_size": 1, "max_size": self.database_pool, "timeout": 10} if self.database_pool else False
        return {"ENGINE": "django.db.backends.postgresql", **place, "OPTIONS": {**query, "pool": pool}}

    def storages(self, *, collected: bool) -> dict[str, Any]:
        """文件存储: uploads and results by content, static files with their hash in the name once collected."""
        files: dict[str, Any] = {
            "BACKEND": "django.core.files.storage.FileSystemStorage",
            "OPTIONS": {"location": str(self.data_dir / "files")},
        }
        if self.s3_bucket:
            options = {"bucket_name": self.s3_bucket, "endpoint_url": self.s3_endpoint, "file_overwrite": False}
            files = {"BACKEND": "storages.backends.s3.S3Storage", "OPTIONS": options}
        static = (
            "whitenoise.storage.CompressedManifestStaticFilesStorage"
            if collected
            else "django.contrib.staticfiles.storage.StaticFilesStorage"
        )
        return {"default": files, "staticfiles": {"BACKEND": static}}


def read() -> Installation:
    """Read the environment; every mistake by the name of its variable, never with its value."""
    try:
        return Installation()
    except ValidationError as wrong:
        lines = []
        for error in wrong.errors(include_input=False):
            name = "".join(f"{PREFIX}{part}: " for part in error["loc"]).upper()
            lines.append(name + error["msg"].removeprefix("Value error, "))
        raise ImproperlyConfigured("The installation is not configured:\n  " + "\n  ".join(lines)) from None
