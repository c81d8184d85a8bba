"""Tables for drawing exponentials, as numpy's generators have them.

The area under exp(-x) is covered by 255 bars and a bottom strip with a tail, all of the same area;
a draw picks one of these and a place in it, and nearly always lies below the curve.

Notes
-----
Marsaglia and Tsang (2000), "The Ziggurat Method for Generating Random Variables", Journal of
Statistical Software 5(8). With the exact place at which the tail begins the tables are numpy's to
the last bit; `flexports.engine.compiled.columns` sees to it that values are.
"""

from __future__ import annotations

from decimal import Decimal, localcontext

import numpy as np

LAYERS = 256
_RIGHTMOST = Decimal("7.6971174701310497140446280481140895233429681852828")
"""Where the tail begins, times the mean: so that the topmost bar ends at the top of the curve."""
TAIL_FROM = float(_RIGHTMOST)
_PLACES = Decimal(2) ** 53
"""In a bar, from left to right."""


def _tables() -> tuple[list[float], list[int], list[float]]:
    """Of each layer: the width of a place, how many of them lie below the curve, and its top."""
    with localcontext(prec=60):
        right = _RIGHTMOST
        area = (right + 1) * (-right).exp()
        bottom = area / (-right).exp()  # as wide as if it were a bar
        widths, below, tops = [right], [right / bottom], [(-right).exp()]
        for _ in range(LAYERS - 2):
            left = -(area / right + (-right).exp()).ln()
            widths.append(left)
            below.append(left / right)
            tops.append((-left).exp())
            right = left
    widths.append(bottom)
    tops.append(Decimal(1))
    # The last bar but one is the topmost, of which no place lies wholly below; the bottom comes
    # first in the tables, and the widest bar last.
    below = [below[0], Decimal(0), *reversed(below[1:])]
    return (
        [float(width / _PLACES) for width in reversed(widths)],
        [int(share * _PLACES) for share in below],
        [float(top) for top in reversed(tops)],
    )


_widths, _below, _tops = _tables()
WIDTHS = np.array(_widths)
BELOW = np.array(_below, dtype=np.int64)
TOPS = np.array(_tops)
BARS = np.column_stack((WIDTHS, BELOW)).ravel()
"""Of each layer side by side, as they are wanted together: its width, and how many lie below."""
