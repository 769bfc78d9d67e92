"""Requests that nobody would send are answered, and never with a fault of ours."""

import pytest

from tests.web.fuzzing import fuzz
from web import SiteSettings, create_app
from web.reach import Reach, parse_networks

BEHIND_A_PROXY = Reach(
    proxies=parse_networks("127.0.0.1"), public_url="https://school.example/kebiao"
)


@pytest.mark.parametrize(
    ("settings", "seed"),
    [
        (SiteSettings(), 1),
        (SiteSettings(login_to_view=True), 2),
        (SiteSettings(login_to_view=True, reach=BEHIND_A_PROXY), 3),
    ],
)
def test_odd_requests_find_no_fault(state, settings, seed):
    app = create_app(state, settings)
    if path := settings.reach.path:
        app.config.update(APPLICATION_ROOT=path, PREFERRED_URL_SCHEME="https")
    found = fuzz(app, 150, seed)
    assert found.failures == []
    # They reach pages at all, and what guards them.
    assert {200, 302, 404, 405} <= set(found.statuses)


@pytest.mark.parametrize(
    ("path", "headers", "status"),
    [
        ("/", {"Host": "a" * 64}, 400),
        ("/", {"Host": f"{'b' * 900}.example"}, 400),
        ("/login", {"Host": ""}, 200),
        (f"/static/{'9' * 400}", {}, 404),
        (f"/static/{'课' * 100}.css", {}, 404),
        ("/static/%00.css", {}, 404),
        (f"/o/s1/drafts/{2**63}/edit/draft.json", {}, 404),
        (f"/o/s1/versions/{2**63}", {}, 404),
    ],
)
def test_request_that_once_failed_is_answered(reader, path, headers, status):
    assert reader.get(path, headers=headers).status_code == status
