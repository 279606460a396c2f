"""测试设置: the project's own settings on a throw-away folder, and on a throw-away PostgreSQL when asked for.

SQLite by itself; with BIYE_TEST_DATABASE=postgresql on a server started for this run; with BIYE_TEST_DATABASE_URL on
one that is already there.
"""

import atexit
import os
import shutil
import tempfile
from contextlib import ExitStack
from pathlib import Path

from tools import postgres

# Closed at the end of the run; also by conftest, because the workers of a parallel run end without further ado.
THROWN_AWAY = ExitStack()
atexit.register(THROWN_AWAY.close)


def _prepare() -> None:
    folder = tempfile.mkdtemp(prefix="biye-tests-")
    THROWN_AWAY.callback(shutil.rmtree, folder, ignore_errors=True)
    Path(folder, "static").mkdir()
    url = _database_url()
    # A developer's own installation must never leak into a test.
    for name in [name for name in os.environ if name.startswith("BIYE_") and not name.startswith("BIYE_TEST_")]:
        del os.environ[name]
    os.environ |= {
        "BIYE_SCHOOL": "tju-online",
        "BIYE_DATA_DIR": folder,
        "BIYE_DEBUG": "true",
        "BIYE_HTTPS": "false",
        "BIYE_DATABASE_POOL": "0",
        # Sync Playwright keeps an event loop in the test's thread, where Django would refuse its database.
        "DJANGO_ALLOW_ASYNC_UNSAFE": "1",
    }
    if url:
        os.environ["BIYE_DATABASE_URL"] = url


def _database_url() -> str | None:
    """Where the tests' database is; a server is started once, and the workers of a parallel run find it in their environment."""
    if os.environ.get("BIYE_TEST_DATABASE") == "postgresql" and "BIYE_TEST_DATABASE_URL" not in os.environ:
        os.environ["BIYE_TEST_DATABASE_URL"] = THROWN_AWAY.enter_context(postgres.Server()).url()
    return os.environ.get("BIYE_TEST_DATABASE_URL")


_prepare()

from biye.project.settings import *  # noqa: E402, F403

# Argon2 is slow on purpose; a thousand test accounts are not worth that.
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
