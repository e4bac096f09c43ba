"""Why a company does not meet a host, who holds the seats, and what granting the meeting would cost."""

from solver.explanations.answer import explain
from solver.explanations.explanation import REASONS, Explanation, Holder, Swap

__all__ = ["REASONS", "Explanation", "Holder", "Swap", "explain"]
