"""What the laws that are gamma variables share."""

import numpy as np
from numpy.typing import NDArray


def limited_gamma_mean(
    shape: float, scale: float, limit: NDArray[np.float64]
) -> NDArray[np.float64]:
    """E min(S, x) of a gamma variable S (Klugman, Panjer and Willmot 2012, appendix A.3.2.1)."""
    from scipy import special

    ratio = limit / scale
    within = shape * scale * special.gammainc(shape + 1, ratio)
    return np.asarray(within + limit * special.gammaincc(shape, ratio))
