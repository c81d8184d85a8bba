"""Pictures as parts of a page: small, with colours of the page, and with names of their own."""

from __future__ import annotations

import re
from collections import Counter
from html import escape

from flexports.plot.style import COLOURS, FAINT, GRID, INK

_OF_THE_PAGE = {
    INK: "currentColor",
    FAINT: "var(--faint)",
    GRID: "var(--grid)",
    "#ffffff": "var(--card)",
    **{colour.lower(): f"var(--c{place})" for place, colour in enumerate(COLOURS)},
}
"""On a dark screen these are other ones."""
_NOT_OF_THE_PICTURE = re.compile(
    r"<metadata>.*?</metadata>|<!--.*?-->|<style .*?</style>", re.DOTALL
)
"""What says who drew it, and what would hold for all of the page."""
_NUMBER = re.compile(r"-?\d+\.\d{2,}")
_ID = re.compile(r'\bid="([^"]+)"')
_STYLE = re.compile(r'style="([^"]+)"')
_OFTEN = 2
_GROUP_ID = re.compile(r'<g id="[^"]*"')


def inline(svg: bytes, name: str, told: str) -> str:
    """Return an SVG file as an element of a page.

    Parameters
    ----------
    svg : bytes
        What `flexports.plot` draws.
    name : str
        Put before every name in it: a page holds several pictures.
    told : str
        What there is to see, for who does not see it.
    """
    text = svg.decode("utf-8")
    body = text[text.index("<svg") : text.rindex("</svg>")]
    opening, _, inside = body.partition(">")
    box = re.search(r'viewBox="[^"]+"', opening)
    assert box is not None, "matplotlib says how large a picture is"
    inside = _NOT_OF_THE_PICTURE.sub("", inside).replace("xlink:href=", "href=")
    inside = _classed(_renamed(_coloured(_rounded(inside)), name), name)
    return f'<svg {box[0]} role="img" aria-label="{escape(told)}">{inside}</svg>'


def _rounded(text: str) -> str:
    """Round coordinates to a tenth of a point, and take out what only makes lines."""
    text = re.sub(r' d="([^"]+)"', lambda path: f' d="{_path(path[1])}"', text)
    text = re.sub(r' (x|y|transform)="([^"]+)"', _short_attribute, text)
    return re.sub(r">\s+<", "><", text)


def _path(path: str) -> str:
    short = _NUMBER.sub(_tenth, " ".join(path.split()))
    return re.sub(r" ?([MLCQZz]) ?", r"\1", short)


def _short_attribute(found: re.Match[str]) -> str:
    return f' {found[1]}="{_NUMBER.sub(_tenth, found[2])}"' if "scale" not in found[2] else found[0]


def _tenth(number: re.Match[str]) -> str:
    return f"{float(number[0]):.1f}".removesuffix(".0")


def _coloured(text: str) -> str:
    for colour, of_the_page in _OF_THE_PAGE.items():
        text = text.replace(f": {colour}", f": {of_the_page}")
    return text.replace("'DejaVu Sans'", "'DejaVu Sans', Verdana, sans-serif")


def _renamed(text: str, name: str) -> str:
    """Give what is referred to short names of the picture's own."""
    text = _GROUP_ID.sub("<g", text)
    for number, given in enumerate(dict.fromkeys(_ID.findall(text))):
        own = f"{name}{number}"
        text = text.replace(f'id="{given}"', f'id="{own}"')
        text = text.replace(f'"#{given}"', f'"#{own}"').replace(f"url(#{given})", f"url(#{own})")
    return text


def _classed(text: str, name: str) -> str:
    """Put styles that occur often into a style sheet of the picture's own."""
    often = [style for style, count in Counter(_STYLE.findall(text)).items() if count > _OFTEN]
    sheet = []
    for number, style in enumerate(often):
        text = text.replace(f'style="{style}"', f'class="{name}-{number}"')
        sheet.append(f".{name}-{number}{{{style}}}")
    return f"<style>{''.join(sheet)}</style>{text}"


def colour_variables() -> str:
    """Return the colours of pictures as variables of a style sheet."""
    told = "".join(f"--c{place}:{colour};" for place, colour in enumerate(COLOURS))
    return f":root{{{told}}}"


def variable_of(colour: str) -> str:
    """Return the variable of a colour of pictures."""
    return _OF_THE_PAGE[colour.lower()]
