"""The long run of a Markov chain with many states and few ways out of each."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy import sparse
from scipy.sparse import csgraph
from scipy.sparse.linalg import SuperLU, spilu

Vector = NDArray[np.float64]

# Factors leave out entries below this; complete ones cost a hundred times more where a state has
# many coordinates, and save only a few rounds.
DROPPED = 1e-2
# States are left a little faster than the rates say, or the equations would be singular.
HASTE = 1e-4
MOST_ROUNDS = 2_000
# The shares are final when a round changes none by more than this part of itself ...
SETTLED = 1e-12
# ... or by more than this.
NEGLIGIBLE = 1e-35
# What two starts arrive at may differ by this.
ALIKE = 1e-9
# More states than this are not eliminated one by one.
FEW = 1_000


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
        If there are many states, and the shares do not settle.

    Notes
    -----
    The balance equations are factored incompletely, as an M-matrix with pivots on the diagonal,
    and the remainder is solved for again and again (iterative refinement) until every state has
    settled: rare ones too, to some 1e-11 of their share. Where that fails, since parts of the
    chain hardly ever meet, a small chain is solved by elimination without any subtraction.

    References
    ----------
    W. J. Stewart, Introduction to the Numerical Solution of Markov Chains, 1994 (preconditioned
    power iterations). W. K. Grassmann, M. I. Taksar, D. P. Heyman, "Regenerative analysis and
    steady state distributions for Markov chains", Operations Research 33(5), 1985, 1107-1116.

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
    shares = _refined(rates)
    if shares is None and rates.shape[0] <= FEW:
        shares = _eliminated(rates.toarray())
    if shares is None:
        raise ArithmeticError(
            "the long run of the chain does not settle: its rates differ by too much, or parts "
            "of it hardly ever meet; ask for its occupancy over a span"
        )
    shares = np.maximum(shares, 0.0)
    return np.asarray(shares / shares.sum())


def _refined(rates: sparse.csr_array) -> Vector | None:
    """Shares that balance, each state to its own scale; nothing if they do not settle.

    Two starts are followed, anywhere and in the first state: where parts of the chain hardly ever
    meet, each would settle, and elsewhere.
    """
    size = rates.shape[0]
    balance = sparse.csc_array(
        sparse.diags_array(rates.sum(axis=1), format="csc") - rates.T.tocsc()
    )
    factors = _factors(balance)
    shares: Vector = np.column_stack((np.full(size, 1 / size), np.zeros(size)))
    shares[0, 1] = 1.0
    for _ in range(MOST_ROUNDS):
        before = shares
        shares = before - np.asarray(factors.solve(np.asarray(balance @ before)))
        shares /= shares.sum(axis=0)
        if (np.abs(shares - before) <= SETTLED * np.abs(shares) + NEGLIGIBLE).all():
            return shares[:, 0] if np.abs(np.diff(shares)).sum() < ALIKE else None
    return None


def _factors(balance: sparse.csc_array) -> SuperLU:
    haste = np.full(balance.shape[0], float(balance.diagonal().min()) * HASTE)
    return spilu(
        sparse.csc_array(balance + sparse.diags_array(haste, format="csc")),
        drop_tol=DROPPED,
        fill_factor=5,
        permc_spec="MMD_AT_PLUS_A",
        diag_pivot_thresh=0.0,
        options={"SymmetricMode": True},
    )


def _eliminated(rates: NDArray[np.float64]) -> Vector:
    """Grassmann, Taksar and Heyman: states are cut out of the chain, last first."""
    size = len(rates)
    for last in range(size - 1, 0, -1):
        rates[:last, last] /= rates[last, :last].sum()
        rates[:last, :last] += np.outer(rates[:last, last], rates[last, :last])
        np.fill_diagonal(rates[:last, :last], 0.0)
    shares = np.ones(size)
    for state in range(1, size):
        shares[state] = shares[:state] @ rates[:state, state]
        shares[: state + 1] /= shares[: state + 1].sum()
    return shares
