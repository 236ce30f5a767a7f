"""Django's settings, one module for both halves of the site: TRIPLEAIM_SERVES says which are on.

`public` is what anybody may read: pages without a database, sessions or scripts from elsewhere.
`signed-in` will be what people see after they have signed in.
"""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

from tripleaim.web.ui.assets_manifest import ASSETS

WEB = Path(__file__).resolve().parents[2]

SERVES = frozenset(filter(None, os.environ.get("TRIPLEAIM_SERVES", "public").split(",")))

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
# Whether pages accept files and make places from them: the same three.
TRIPLEAIM_UPLOADS = os.environ.get("TRIPLEAIM_UPLOADS", "")
# The address of the documents, where that is not the site that `make docs` built.
TRIPLEAIM_DOCUMENTS = os.environ.get("TRIPLEAIM_DOCUMENTS", "")
DATA_UPLOAD_MAX_MEMORY_SIZE = 16 * 1024
# The form of assumptions sends one field for each: some sixty of a place with every table.
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# The subjects whose pages are served, in the order of the navigation; each has a `urls.py`.
TRIPLEAIM_SUBJECTS = [
    f"tripleaim.web.pages.{subject}"
    for subject in (
        "home",
        "boards",
        "new_place",
        "plan",
        "papers",
        "scenario",
        "people",
        "practices",
        "activity",
        "money",
        "staff",
        "solutions",
        "compare",
        "outcomes",
        "figures",
        "own_numbers",
        "search",
        "runs",
    )
]
# Whose pages are served: those of any other audience have no address.
TRIPLEAIM_AUDIENCES = ["public"]

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
    # What anybody may cause as often as they like fills no disk.
    "filters": {"few": {"()": "tripleaim.web.config.log_limit.FewLines"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "filters": ["few"]}},
    "loggers": {
        "django.request": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "django.security": {"handlers": ["console"], "level": "CRITICAL", "propagate": False},
        "waitress.queue": {"handlers": ["console"], "level": "ERROR", "propagate": False},
        "waitress": {"handlers": ["console"], "level": "WARNING", "propagate": False},
    },
}

if {"public"} != SERVES:
    # For those who sign in, here and nowhere else: DATABASES from DATABASE_URL, INSTALLED_APPS with
    # the apps of `web/apps`, sessions, sign-in and tokens of forms in MIDDLEWARE, and roles in
    # TRIPLEAIM_AUDIENCES. Their pages are stored by no cache: only an audience "public" is.
    raise ImproperlyConfigured(
        f"TRIPLEAIM_SERVES is “{','.join(sorted(SERVES))}”: only “public” is built yet"
    )
