"""The web application: server-rendered pages and calendar feeds."""

from web.app import create_app
from web.context import SiteSettings

__all__ = ["SiteSettings", "create_app"]
