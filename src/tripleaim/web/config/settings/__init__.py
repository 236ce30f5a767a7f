"""Django's settings: public pages without a database, sessions or scripts from elsewhere."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from tripleaim.web.ui.assets_manifest import ASSETS

WEB = Path(__file__).resolve().parents[2]

DEBUG = os.environ.get("TRIPLEAIM_DEBUG") == "1"
SECRET_KEY = os.environ.get("TRIPLEAIM_SECRET_KEY") or secrets.token_urlsafe(50)
ALLOWED_HOSTS = [
    "localhost",
    "127.0.0.1",
    "[::1]",
    *filter(None, os.environ.get("TRIPLEAIM_HOST", "").split(",")),
    *filter(None, os.environ.get("TRIPLEAIM_HOSTS", "").split(",")),
]
TRIPLEAIM_DATA = os.environ.get("TRIPLEAIM_DATA", "tripleaim-data")
# Whether pages may start long work: "open", "local" (asked for by this machine alone), or not.
TRIPLEAIM_RUNS = os.environ.get("TRIPLEAIM_RUNS", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 20

ROOT_URLCONF = "tripleaim.web.config.addresses"
INSTALLED_APPS: list[str] = []
DATABASES: dict[str, object] = {}
MIDDLEWARE = [
    "tripleaim.web.config.middleware.headers",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "django.middleware.gzip.GZipMiddleware",
    "django.middleware.http.ConditionalGetMiddleware",
    "django.middleware.common.CommonMiddleware",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.jinja2.Jinja2",
        "DIRS": [WEB],
        "OPTIONS": {
            "environment": "tripleaim.web.ui.environment.environment",
            "trim_blocks": True,
            "lstrip_blocks": True,
        },
    }
]
STATIC_URL = "/assets/"
STATIC_ROOT = ASSETS
WHITENOISE_IMMUTABLE_FILE_TEST = r"\.[0-9a-f]{12}\.[a-z]+$"
LANGUAGE_CODE = "en-gb"
TIME_ZONE = "Europe/London"
USE_TZ = True
USE_I18N = False
LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "handlers": {"console": {"class": "logging.StreamHandler"}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "waitress": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}
