"""What holds everywhere. The environment is read here and in prod.py, and nowhere else."""

from pathlib import Path

import environ
from csp.constants import NONE, SELF

from portal.core.clock_rules import use_packaged_clock_rules
from portal.settings.schedule import SCHEDULE

use_packaged_clock_rules()
env = environ.Env()
ROOT = Path(__file__).resolve().parents[2]
DATA_DIR = Path(env.str("PORTAL_DATA_DIR", default=str(ROOT / ".data")))

SITE_NAME = env.str("SITE_NAME", default="Portal de Gestión Municipal")
ORGANISATION_NAME = env.str("ORGANISATION_NAME", default="RIL")
SITE_URL = env.str("SITE_URL", default="http://127.0.0.1:8000")
SAMPLES_ALLOWED = False
TRUSTED_PROXY_COUNT = env.int("TRUSTED_PROXY_COUNT", default=0)

INSTALLED_APPS = [
    "portal.pages.apps.PagesConfig",
    "portal.safety.apps.SafetyConfig",
    "portal.facets.apps.FacetsConfig",
    "portal.catalog.apps.CatalogConfig",
    "portal.notices.apps.NoticesConfig",
    "portal.indicators.apps.IndicatorsConfig",
    "portal.files.apps.FilesConfig",
    "portal.audit.apps.AuditConfig",
    "portal.accounts.apps.AccountsConfig",
    "portal.topics.apps.TopicsConfig",
    "portal.places.apps.PlacesConfig",
    "portal.core.apps.CoreConfig",
    "connect.apps.ConnectConfig",
    "share.apps.ShareConfig",
    "inspire.apps.InspireConfig",
    "teach.apps.TeachConfig",
    "evaluate.apps.EvaluateConfig",
    "dashboards.apps.DashboardsConfig",
    "portal.core.admin_site.PortalAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "whitenoise.runserver_nostatic",
    "django.contrib.staticfiles",
    "django.contrib.postgres",
    "django.contrib.humanize",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "csp",
    "django_filters",
    "django_htmx",
    "leaflet",
    "rest_framework",
    "drf_spectacular",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    # Outside of compression and headers, so that a kept page is ready to be sent.
    "portal.core.visitor_cache.VisitorCacheMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "portal.core.page_headers.PageHeadersMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "portal.core.language.LanguageMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "portal.audit.middleware.AuditContextMiddleware",
    "portal.catalog.shared_pages.SharedPageMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"
ASGI_APPLICATION = "portal.asgi.application"
FORM_RENDERER = "django.forms.renderers.TemplatesSetting"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "portal.core.context.site",
                "portal.notices.context.notices",
            ],
            "builtins": ["django.templatetags.i18n", "portal.core.templatetags.portal"],
        },
    }
]

DATABASES = {"default": env.db_url("DATABASE_URL", default="postgres:///portal")}
DATABASES["default"]["ENGINE"] = "django.db.backends.postgresql"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env.str("REDIS_URL", default="redis://127.0.0.1:6379/0")
CACHES = {
    "default": {
        "BACKEND": "django_redis.cache.RedisCache",
        "LOCATION": REDIS_URL,
        # A cache that does not answer is an empty one: pages, sessions and limits go on without it.
        "OPTIONS": {"IGNORE_EXCEPTIONS": True, "SOCKET_CONNECT_TIMEOUT": 1, "SOCKET_TIMEOUT": 1},
    }
}
DJANGO_REDIS_LOG_IGNORED_EXCEPTIONS = True
SESSION_ENGINE = "django.contrib.sessions.backends.cached_db"
VISITOR_CACHE_SECONDS = env.int("VISITOR_CACHE_SECONDS", default=300)

TASK_APPLICATION = "portal.celery"
CELERY_BROKER_URL = REDIS_URL
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_BROKER_TRANSPORT_OPTIONS = {
    "visibility_timeout": 900,
    "socket_connect_timeout": 2,
    "socket_timeout": 10,
}
CELERY_TASK_PUBLISH_RETRY_POLICY = {"max_retries": 1, "interval_start": 0, "interval_step": 0.1}
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = True
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_TASK_TIME_LIMIT = 900
CELERY_TIMEZONE = "America/Argentina/Buenos_Aires"
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_BEAT_SCHEDULE = SCHEDULE

# After so many working days without an answer, a question is brought before the network's team.
SHARE_UNANSWERED_WORKING_DAYS = env.int("SHARE_UNANSWERED_WORKING_DAYS", default=3)

AUTH_USER_MODEL = "accounts.User"
AUTHENTICATION_BACKENDS = ["portal.accounts.backends.AffiliatedBackend"]
PASSWORD_HASHERS = ["django.contrib.auth.hashers.Argon2PasswordHasher"]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 10},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "pages:home"
ACCOUNT_ADAPTER = "portal.accounts.adapter.AccountAdapter"
ACCOUNT_FORMS = {
    "login": "portal.accounts.forms.sign_in.LoginForm",
    "signup": "portal.accounts.forms.sign_in.SignupForm",
    "add_email": "portal.accounts.forms.sign_in.AddEmailForm",
    "change_password": "portal.accounts.forms.sign_in.ChangePasswordForm",
    "set_password": "portal.accounts.forms.sign_in.SetPasswordForm",
    "reset_password": "portal.accounts.forms.sign_in.ResetPasswordForm",
    "reset_password_from_key": "portal.accounts.forms.sign_in.ResetPasswordKeyForm",
    "reauthenticate": "portal.accounts.forms.sign_in.ReauthenticateForm",
}
ACCOUNT_EMAIL_NOTIFICATIONS = True
# Holds only in the browser that signed up.
ACCOUNT_LOGIN_ON_EMAIL_CONFIRMATION = True
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_CONFIRM_EMAIL_ON_GET = False
ACCOUNT_LOGOUT_ON_GET = False
ACCOUNT_UNIQUE_EMAIL = True
ACCOUNT_PREVENT_ENUMERATION = True
ACCOUNT_SESSION_REMEMBER = True
ACCOUNT_LOGIN_ON_PASSWORD_RESET = True
ACCOUNT_EMAIL_SUBJECT_PREFIX = ""
MFA_ADAPTER = "portal.accounts.adapter.MFAAdapter"
MFA_FORMS = {
    "authenticate": "portal.accounts.forms.second_step.AuthenticateForm",
    "reauthenticate": "portal.accounts.forms.second_step.ReauthenticateForm",
    "activate_totp": "portal.accounts.forms.second_step.ActivateTOTPForm",
    "add_webauthn": "portal.accounts.forms.second_step.AddWebAuthnForm",
    "edit_webauthn": "portal.accounts.forms.second_step.EditWebAuthnForm",
}
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_TOTP_ISSUER = SITE_NAME

LANGUAGE_CODE = "es-ar"
# Each in its own words: a reader looks for the language she speaks.
LANGUAGES = [("es-ar", "Español"), ("en", "English"), ("pt-br", "Português")]
LOCALE_PATHS = [ROOT / "locale"]
LANGUAGE_COOKIE_AGE = 365 * 24 * 3600
USE_I18N = True
USE_TZ = True
TIME_ZONE = "America/Argentina/Buenos_Aires"

STATIC_URL = "/static/"
STATICFILES_DIRS = [ROOT / "static"]
STATIC_ROOT = ROOT / "staticfiles"
MEDIA_ROOT = Path(env.str("MEDIA_ROOT", default=str(DATA_DIR / "media")))
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
FILE_UPLOAD_PERMISSIONS = 0o640
DATA_UPLOAD_MAX_NUMBER_FIELDS = 5000

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)
DEFAULT_FROM_EMAIL = env.str("DEFAULT_FROM_EMAIL", default=f"{SITE_NAME} <portal@localhost>")
EMAIL_TIMEOUT = 20

CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF, "data:"],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "frame-ancestors": [NONE],
        "base-uri": [NONE],
        "object-src": [NONE],
    }
}
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
SESSION_COOKIE_HTTPONLY = True
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_FAILURE_VIEW = "portal.pages.views.errors.csrf_failure"

LEAFLET_CONFIG = {
    "TILES": [],
    "DEFAULT_CENTER": (-15.0, -30.0),
    "DEFAULT_ZOOM": 2,
    "MIN_ZOOM": 1,
    "MAX_ZOOM": 16,
    "RESET_VIEW": False,
    "NO_GLOBALS": False,
    "ATTRIBUTION_PREFIX": "",
}

REST_FRAMEWORK = {
    "DEFAULT_AUTHENTICATION_CLASSES": ["rest_framework.authentication.SessionAuthentication"],
    "DEFAULT_PERMISSION_CLASSES": ["rest_framework.permissions.IsAuthenticated"],
    "DEFAULT_FILTER_BACKENDS": ["django_filters.rest_framework.DjangoFilterBackend"],
    "DEFAULT_RENDERER_CLASSES": ["rest_framework.renderers.JSONRenderer"],
    "DEFAULT_SCHEMA_CLASS": "drf_spectacular.openapi.AutoSchema",
    "DEFAULT_THROTTLE_CLASSES": [
        "rest_framework.throttling.AnonRateThrottle",
        "rest_framework.throttling.UserRateThrottle",
    ],
    "DEFAULT_THROTTLE_RATES": {"anon": "120/min", "user": "600/min"},
}
SPECTACULAR_SETTINGS = {
    "TITLE": SITE_NAME,
    "VERSION": "1",
    "SERVE_INCLUDE_SCHEMA": False,
    # Fields that are called alike and take other values have other names in the schema.
    "ENUM_NAME_OVERRIDES": {
        "EventKind": "share.models.Event.Kind",
        "EventStatus": "share.models.Event.Status",
        "PostStatus": "share.models.Post.Status",
        "SolutionStatus": "inspire.models.Solution.Status",
        "ThreadKind": "share.models.Thread.Kind",
    },
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": env.str("LOG_LEVEL", default="INFO")},
}
