"""The report in a real browser: the slider, other screens, print, and nothing from elsewhere."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from browser import a_browser, opened
from flexports import parse_floor
from flexports.report import Material, Origin, Run, report_html
from flexports.report.figures import Figures
from shown_floors import CALLS

ORIGIN = Origin("tiny.toml", "abc", "flexports report tiny.toml --seed 7", "0")
HOSTILE = "</script><script>document.title = 'mine'</script>"
ALSO_HOSTILE = "<img src=x onerror=alert(1)> & $\\frac{$"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with a_browser() as started:
        yield started


@pytest.fixture(scope="module")
def material() -> Material:
    return Run(parse_floor(CALLS), {"days": 20, "seed": 7}).material(ORIGIN)


@pytest.fixture(scope="module")
def page_file(material: Material, tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("report") / "page.html"
    path.write_text(report_html(material), encoding="utf-8")
    return path


def shown(page: Page) -> tuple[str, str, list[str], list[str]]:
    """What the page shows of the count that is chosen."""
    return (
        page.inner_text("#chosen"),
        page.inner_text("#text").replace("\u00a0", " "),
        page.locator("[data-value]").all_inner_texts(),
        page.locator("[data-interval]").all_inner_texts(),
    )


def expected(material: Material, ports: int) -> tuple[str, str, list[str], list[str]]:
    """What it should show."""
    counts = {count.ports: count for count in Figures(material).counts}
    count = counts[str(ports)]
    return count.ports, count.text, list(count.values), list(count.intervals)


def test_the_page_begins_with_the_answer(
    browser: Browser, page_file: Path, material: Material
) -> None:
    with opened(browser, page_file) as watched:
        assert watched.page.inner_text("#answer") == str(material.size.ports)
        assert shown(watched.page) == expected(material, material.centre)
        box = watched.page.locator(".lead").first.bounding_box()
        assert box is not None
        assert box["y"] + box["height"] < 720  # of a usual first screen


@pytest.mark.parametrize("ports", [1, 2, 7])
def test_the_slider_shows_the_figures_and_sentences_of_another_count(
    browser: Browser, page_file: Path, material: Material, ports: int
) -> None:
    with opened(browser, page_file) as watched:
        watched.page.fill("#ports", str(ports))
        assert shown(watched.page) == expected(material, ports)


def test_its_values_are_those_of_the_tidy_table(
    browser: Browser, page_file: Path, material: Material
) -> None:
    table = material.sweep.table.set_index(["ports", "source", "metric"])
    with opened(browser, page_file) as watched:
        watched.page.fill("#ports", "2")
        told = watched.page.locator("[data-value]").first.inner_text()
    value = float(table.loc[(2, "calls", "blocking"), "value"])
    assert float(told.removesuffix(" %")) == pytest.approx(100 * value, abs=0.6)


def test_arrow_keys_move_it(browser: Browser, page_file: Path, material: Material) -> None:
    with opened(browser, page_file) as watched:
        watched.page.focus("#ports")
        watched.page.keyboard.press("ArrowRight")
        assert shown(watched.page) == expected(material, material.centre + 1)
        watched.page.keyboard.press("Home")
        assert shown(watched.page) == expected(material, material.counts[0])
        told = watched.page.get_attribute("#ports", "aria-valuetext")
        assert told == "1 flex port, misses a target"


def test_the_mouse_moves_it_and_so_do_the_buttons(
    browser: Browser, page_file: Path, material: Material
) -> None:
    with opened(browser, page_file) as watched:
        box = watched.page.locator("#ports").bounding_box()
        assert box is not None
        watched.page.mouse.click(box["x"] + 3, box["y"] + box["height"] / 2)
        assert shown(watched.page) == expected(material, material.counts[0])
        watched.page.click("#up")
        assert shown(watched.page) == expected(material, material.counts[1])
        watched.page.click("#down")
        assert shown(watched.page) == expected(material, material.counts[0])


def test_nothing_goes_wrong_and_nothing_is_asked_for(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as watched:
        watched.page.fill("#ports", "3")
        watched.page.wait_for_load_state("networkidle")
        assert watched.complaints == []
        assert watched.requests == []


def test_without_javascript_everything_is_there_for_the_answer(
    browser: Browser, page_file: Path, material: Material
) -> None:
    with opened(browser, page_file, java_script_enabled=False) as watched:
        assert shown(watched.page) == expected(material, material.centre)
        assert not watched.page.is_visible("#ports")


@pytest.mark.parametrize("width", [360, 768, 1600])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_no_screen_has_to_be_scrolled_sideways(
    browser: Browser, page_file: Path, width: int, scheme: str
) -> None:
    screen = {"width": width, "height": 800}
    with opened(browser, page_file, viewport=screen, color_scheme=scheme) as watched:
        assert watched.page.evaluate("document.documentElement.scrollWidth") <= width


def test_it_prints(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as watched:
        assert watched.page.pdf(prefer_css_page_size=True).startswith(b"%PDF")


def test_controls_and_pictures_say_what_they_are(browser: Browser, page_file: Path) -> None:
    with opened(browser, page_file) as watched:
        assert watched.page.get_by_role("slider", name="Number of flex ports").count() == 1
        pictures = watched.page.locator("svg").all()
        assert len(pictures) >= 4
        assert all(picture.get_attribute("aria-label") for picture in pictures)
        ids = watched.page.evaluate("[...document.querySelectorAll('[id]')].map(e => e.id)")
        assert len(ids) == len(set(ids))


def test_names_from_a_file_are_shown_and_never_run(browser: Browser, tmp_path: Path) -> None:
    other = ALSO_HOSTILE.replace("\\", "\\\\")
    text = CALLS.replace('"Tiny"', f'"{HOSTILE}"').replace('name = "calls"', f'name = "{other}"')
    material = Run(parse_floor(text), {"days": 3}).material(ORIGIN)
    page = tmp_path / "hostile.html"
    page.write_text(report_html(material), encoding="utf-8")
    with opened(browser, page) as watched:
        watched.page.fill("#ports", "2")
        assert watched.page.locator("img").count() == 0
        assert watched.page.locator("script").count() == 2
        assert HOSTILE in watched.page.inner_text("h1")
        assert ALSO_HOSTILE.split(" $", maxsplit=1)[0] in watched.page.inner_text(".group h3")
        assert HOSTILE in watched.page.title()
        assert watched.complaints == []
        assert watched.requests == []
