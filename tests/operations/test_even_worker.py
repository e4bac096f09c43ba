"""Tablets that connect together are shared among the server's processes, so that not one does the work of all."""

from __future__ import annotations

from eventday.cli.even_worker import EvenWorker

MOST = 100


def process(number: int) -> EvenWorker:
    """A process of the server that holds nothing yet and has said nothing."""
    made = EvenWorker.__new__(EvenWorker)
    made.age = number
    made.worker_connections = MOST
    return made


def test_no_process_takes_what_another_has_fewer_of():
    EvenWorker.share()
    one, other = process(1), process(2)
    assert one.worker_connections == MOST, "nobody else has said anything"
    assert other.worker_connections == 2
    other.nr_conns = 8
    assert other.worker_connections == 2, "the first still holds nothing"
    assert one.worker_connections == 12
