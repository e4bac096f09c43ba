"""The fairness certificate: what a plan reaches, what no plan could, and how to check it from the files alone."""

from solver.certificate.claims import SCHEMA, certify, false_claims
from solver.certificate.page import page

__all__ = ["SCHEMA", "certify", "false_claims", "page"]
