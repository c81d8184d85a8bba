"""Laws: the distributions of talk, patience, messages and all other durations.

One file a law. A new one is a new file in this folder: it is found and registers itself.
"""

import pkgutil
from importlib import import_module

from flexports.laws.base import LARGEST_CV, Cv, Law, Sampler, Standard, known_laws
from flexports.laws.coin import Choice, Coin
from flexports.laws.constant import Constant
from flexports.laws.empirical import Empirical
from flexports.laws.erlang import Erlang
from flexports.laws.exponential import Exponential
from flexports.laws.field import LawField, LawMark, law_table
from flexports.laws.gamma import Gamma
from flexports.laws.hyperexponential import Hyperexponential
from flexports.laws.lognormal import Lognormal
from flexports.laws.triangular import Triangular
from flexports.laws.uniform import Uniform
from flexports.laws.weibull import Weibull

for _module in pkgutil.iter_modules(__path__):
    import_module(f"{__name__}.{_module.name}")

__all__ = [
    "LARGEST_CV",
    "Choice",
    "Coin",
    "Constant",
    "Cv",
    "Empirical",
    "Erlang",
    "Exponential",
    "Gamma",
    "Hyperexponential",
    "Law",
    "LawField",
    "LawMark",
    "Lognormal",
    "Sampler",
    "Standard",
    "Triangular",
    "Uniform",
    "Weibull",
    "known_laws",
    "law_table",
]
