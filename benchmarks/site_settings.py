"""The settings of the site, with one page more: the floor."""

from baliprocess.settings import *  # noqa: F403

ROOT_URLCONF = "benchmarks.site_urls"
LOGGING["loggers"]["django"]["level"] = "ERROR"  # noqa: F405
