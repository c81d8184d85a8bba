"""The long run of a Markov chain with many states and few ways out of each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import SuperLU, splu

Vector = NDArray[np.float64]

# Flows in and out of the states may disagree by this share of the greatest rate, in all.
UNBALANCED = 1e-10


def long_run(rates: sparse.csr_array) -> Vector:
    """Stationary distribution of the chain with these rates between states.

    Parameters
    ----------
    rates : sparse array of float, shape (n, n)
        ``rates[i, j]`` is the rate from state i to j; nothing on the diagonal.

    Returns
    -------
    ndarray of float, shape (n,)
        Probabilities; 0 for transient states.

    Raises
    ------
    ValueError
        If more than one set of states is never left.
    ArithmeticError
        If the answer does not balance.

    Notes
    -----
    The balance equations with the weight of a likely state set to 1. What remains is an M-matrix,
    factored with pivots on the diagonal: all its terms have one sign, so that rare states keep
    their relative accuracy.

    Examples
    --------
    >>> long_run(sparse.csr_array([[0.0, 1.0], [3.0, 0.0]]))
    array([0.75, 0.25])
    """
    shares = np.zeros(rates.shape[0])
    recurrent = _never_left(rates)
    within = sparse.csr_array(rates[recurrent][:, recurrent])
    shares[recurrent] = _solve(within) if len(recurrent) > 1 else 1.0
    return shares


def _never_left(rates: sparse.csr_array) -> NDArray[np.intp]:
    """The states of the one class that the chain ends up in."""
    number, labels = csgraph.connected_components(rates, directed=True, connection="strong")
    moves = rates.tocoo()
    left = np.zeros(number, dtype=bool)
    left[labels[moves.row[labels[moves.row] != labels[moves.col]]]] = True
    closed = np.flatnonzero(~left)
    if len(closed) > 1:
        raise ValueError(
            f"the chain has {len(closed)} sets of states that it never leaves, so its long run "
            "depends on chance; connect them, or ask for its occupancy over a span"
        )
    return np.flatnonzero(labels == closed[0])


def _solve(rates: sparse.csr_array) -> Vector:
    balance = sparse.csc_array(
        sparse.diags_array(rates.sum(axis=1), format="csc") - rates.T.tocsc()
    )
    likely = int(np.argmax(_rough(balance)))
    weights = np.maximum(_relative_to(balance, likely), 0.0)
    shares = np.asarray(weights / weights.sum())
    if not np.abs(balance @ shares).sum() <= UNBALANCED * float(balance.diagonal().max()):
        raise ArithmeticError("the rates of the chain differ by too much to be solved in floats")
    return shares


def _relative_to(balance: sparse.csc_array, reference: int) -> Vector:
    """Weights that balance, when that of the reference state is 1.

    It has to be a likely one. Seen from a state where the chain hardly ever is, the others are
    nearly closed among themselves, and the factors lose all their digits.
    """
    others = np.delete(np.arange(balance.shape[0]), reference)
    fed = -balance[others][:, [reference]].toarray().ravel()
    return np.insert(_factored(balance[others][:, others]).solve(fed), reference, 1.0)


def _rough(balance: sparse.csc_array) -> Vector:
    """Where the chain is after a long exponential time: never overflows, finds a likely state."""
    size = balance.shape[0]
    hurry = float(balance.diagonal().min()) * 1e-6
    slowed = balance + sparse.diags_array(np.full(size, hurry), format="csc")
    return np.asarray(_factored(slowed).solve(np.full(size, hurry / size)))


def _factored(matrix: sparse.csc_array) -> SuperLU:
    return splu(
        sparse.csc_array(matrix),
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )
