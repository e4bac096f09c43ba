"""The board: may this company sit there, and what would it cost, goal by goal?

Works on an instance document (`eventday.instance/1`) and plain (company, table, round) seats, one cell in constant
time, so that a whole board of verdicts is painted while a chip is still being lifted. The optimiser's own checker
has the last word when a drop is stored; this is the same law told cell by cell.
"""

from .board import Board
from .seat import Seat
from .verdict import REASONS, Verdict

__all__ = ["REASONS", "Board", "Seat", "Verdict"]
