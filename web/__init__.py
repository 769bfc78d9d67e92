"""The web application: server-rendered pages and calendar feeds."""

from web.app import SiteSettings, create_app

__all__ = ["SiteSettings", "create_app"]
