"""Why a company does not meet a host, who holds the seats, and what granting the meeting would cost."""

from solver.explain.answer import explain
from solver.explain.explanation import REASONS, Explanation, Holder, Swap

__all__ = ["REASONS", "Explanation", "Holder", "Swap", "explain"]
