"""Django's settings, built from the installation's configuration. No institution and no machine is named here."""

from datetime import UTC, datetime, timedelta

from django.utils.csp import CSP

from biye.project import installation, logs

INSTALLATION = installation.read()

# --- what this installation is -----------------------------------------------------------------
SCHOOL_FOLDER = INSTALLATION.school_folder
DATA_DIR = INSTALLATION.data_dir
# Pages add this to the clock; nothing, unless a demonstration plays at another time.
CLOCK_OFFSET = INSTALLATION.clock_offset(datetime.now(UTC))
DEBUG = INSTALLATION.debug
SECRET_KEY = INSTALLATION.secret()
ALLOWED_HOSTS = [*INSTALLATION.hosts, *(["127.0.0.1", "localhost"] if INSTALLATION.loopback_only else [])]

# --- packages, lowest storey last ----------------------------------------------------------------
INSTALLED_APPS = [
    "biye.web.apps.WebConfig",
    "biye.casework.apps.CaseworkConfig",
    "biye.audit.apps.AuditConfig",
    "biye.photos.apps.PhotosConfig",
    "biye.seasons.apps.SeasonsConfig",
    "biye.accounts.apps.AccountsConfig",
    "biye.records.apps.RecordsConfig",
    "biye.machinery.exchange.apps.ExchangeConfig",
    "biye.machinery.jobs.apps.JobsConfig",
    "biye.machinery.ledger.apps.LedgerConfig",
    "django_tasks_db",
    "django_htmx",
    "django_cotton",
    "allauth",
    "allauth.account",
    "axes",
    "whitenoise.runserver_nostatic",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.csp.ContentSecurityPolicyMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    # Last, so that a locked-out sign-in is answered in place of the sign-in page.
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "biye.project.urls"
WSGI_APPLICATION = "biye.project.wsgi.application"
ASGI_APPLICATION = "biye.project.asgi.application"

TEMPLATES = [
    {
        # The component loader of django-cotton puts itself in front of these.
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "biye.web.shared.context.school",
            ],
            "builtins": ["biye.web.shared.tags"],
        },
    }
]

# --- data ------------------------------------------------------------------------------------------
DATABASES = {"default": INSTALLATION.database()}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
STORAGES = INSTALLATION.storages(collected=not DEBUG)
PHOTO_MODELS = INSTALLATION.photo_models
TASKS = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}

# Grade sheets of a whole school are uploaded; they are streamed to disk, never held in memory.
FILE_UPLOAD_MAX_MEMORY_SIZE = 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 10 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20_000
# A folder of photos is one form.
DATA_UPLOAD_MAX_NUMBER_FILES = 2_000

# --- what goes beyond the site ------------------------------------------------------------------------
MAILERS = INSTALLATION.mailers()
DEFAULT_FROM_EMAIL = INSTALLATION.email_from
GATEWAY_SECRET_URLS = INSTALLATION.gateway_urls()
REMINDING_MANNERS = INSTALLATION.manners()
SITE_ADDRESS = INSTALLATION.site_address

# --- static files ------------------------------------------------------------------------------------
BROWSER_FILES = INSTALLATION.browser_files
STATIC_URL = "/static/"
STATIC_ROOT = INSTALLATION.static_dir or DATA_DIR / "static"
STATICFILES_FINDERS = [
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
    "biye.project.browser_files.BrowserFilesFinder",
]
WHITENOISE_USE_FINDERS = DEBUG
WHITENOISE_KEEP_ONLY_HASHED_FILES = True

# --- language and time -------------------------------------------------------------------------------
LANGUAGE_CODE = "zh-hans"
LANGUAGES = [("zh-hans", "简体中文")]
TIME_ZONE = "Asia/Shanghai"
USE_TZ = True
USE_I18N = True

# --- who may enter -------------------------------------------------------------------------------------
AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": f"django.contrib.auth.password_validation.{name}"}
    for name in (
        "UserAttributeSimilarityValidator",
        "MinimumLengthValidator",
        "CommonPasswordValidator",
        "NumericPasswordValidator",
    )
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "/"
ACCOUNT_LOGOUT_REDIRECT_URL = "/"
ACCOUNT_ADAPTER = "biye.project.sign_in.SignInAdapter"
ACCOUNT_LOGIN_METHODS = {"username"}
ACCOUNT_SIGNUP_FIELDS = ["username*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_SESSION_REMEMBER = False
ACCOUNT_LOGOUT_ON_GET = False
# A whole campus or teaching point may stand behind one address on the last evening.
ACCOUNT_RATE_LIMITS = {"login": "600/m/ip", "login_failed": "100/m/ip,10/5m/key"}
ALLAUTH_TRUSTED_PROXY_COUNT = INSTALLATION.proxies

AXES_FAILURE_LIMIT = 8
AXES_COOLOFF_TIME = timedelta(minutes=15)
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_RESET_ON_SUCCESS = True
AXES_USERNAME_CALLABLE = "biye.project.sign_in.client_username"
AXES_CLIENT_IP_CALLABLE = "biye.project.sign_in.client_address"
AXES_LOCKOUT_TEMPLATE = "shared/locked_out.html"
AXES_VERBOSE = False

SESSION_COOKIE_AGE = 8 * 60 * 60
SESSION_COOKIE_SECURE = INSTALLATION.https
CSRF_COOKIE_SECURE = INSTALLATION.https
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [f"https://{host}" for host in INSTALLATION.hosts]

# --- what the browser is told ----------------------------------------------------------------------------
SECURE_CSP = {
    "default-src": [CSP.SELF],
    "script-src": [CSP.SELF],
    "style-src": [CSP.SELF],
    "img-src": [CSP.SELF, "data:", "blob:"],
    "object-src": [CSP.NONE],
    "base-uri": [CSP.NONE],
    "form-action": [CSP.SELF],
    "frame-ancestors": [CSP.NONE],
}
SECURE_SSL_REDIRECT = INSTALLATION.https
SECURE_HSTS_SECONDS = 365 * 24 * 60 * 60 if INSTALLATION.https else 0
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
# Whether a university's other sites keep to https is not for this one to promise.
# An installation without a mail server sends no mail.
SILENCED_SYSTEM_CHECKS = ["security.W005", "security.W021", "mail.W001"]
if INSTALLATION.proxies:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")

LOGGING = logs.configuration(readable=INSTALLATION.loopback_only)
