"""A real browser without a screen, for tests of pages."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, Route, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")
MISSING = (
    "NO CHROMIUM: the pages were not tried in a browser. On Debian and Ubuntu: apt install chromium"
)


@dataclass
class Watched:
    """A page, and what it did that it should not."""

    page: Page
    complaints: list[str] = field(default_factory=list)
    requests: list[str] = field(default_factory=list)


@contextmanager
def a_browser() -> Iterator[Browser]:
    """Start a browser; skip, and say so, where there is none."""
    found = next(filter(None, map(shutil.which, NAMES)), None)
    if found is None:
        pytest.skip(MISSING)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=["--no-sandbox"])
        try:
            yield browser
        finally:
            browser.close()


@contextmanager
def opened(browser: Browser, path: Path, **options: object) -> Iterator[Watched]:
    """Open a file, and watch what it says and asks for; no request gets anywhere."""
    context = browser.new_context(**options)  # type: ignore[arg-type]
    page = context.new_page()
    watched = Watched(page)
    page.on("console", lambda message: watched.complaints.append(message.text))
    page.on("pageerror", lambda error: watched.complaints.append(str(error)))
    own = path.as_uri()

    def stop(route: Route) -> None:
        if route.request.url == own:
            route.continue_()
            return
        watched.requests.append(route.request.url)
        route.abort()

    context.route("**/*", stop)
    try:
        page.goto(own)
        yield watched
    finally:
        context.close()
