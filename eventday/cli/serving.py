"""`serve`"""

from __future__ import annotations

import os
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import urlsplit

import click

from ..models import migrating
from ..rules.errors import sentence
from ..services.work.ending import end_with
from ..services.work.queue import is_embedded
from ..settings import Settings, load_settings
from .beside import Beside
from .house import now
from .production import Address, Production
from .speech import say

EVERYWHERE = ("0.0.0.0", "::")  # noqa: S104  a server on a venue's network is there for all of it


@click.command("serve")
@click.option(
    "--host", default=EVERYWHERE[0], show_default=True, help="Which of this machine's addresses to listen at."
)
@click.option(
    "--port",
    type=click.IntRange(1, 65535),
    default=lambda: int(os.environ.get("PORT") or 8000),
    help="Default: $PORT, else 8000.",
)
@click.option("--workers", type=click.IntRange(1, 64), default=2, show_default=True, help="Processes.")
@click.option(
    "--https", is_flag=True, help="Make a certificate for this network; tablets learn to trust it at PORT + 1."
)
@click.option("--no-worker", is_flag=True, help="Bring no worker along; those that you start yourself take the work.")
@click.option("--in-the-clear", is_flag=True, hidden=True, help="Serve the set-up page, and only that.")
@click.option("--beside", type=int, hidden=True, help="End when the process with this number does.")
def command(
    host: str, port: int, workers: int, https: bool, no_worker: bool, in_the_clear: bool, beside: int | None
) -> None:
    """Serve Eventday to browsers, tablets and phones."""
    if https:
        _speak_of_https(host, port)
    os.environ["PORT"] = str(port)  # part of the address that QR codes point to, unless somebody said which
    settings = load_settings()
    migrating.upgrade(settings.database_url)
    if beside:
        end_with(beside)
    plan = Plan()
    if https:
        plan.certify(settings, host, port)
    if is_embedded(settings.queue_url) and not (in_the_clear or no_worker):
        plan.companions.append(Beside("worker"))
    if not in_the_clear:
        say(sentence("Eventday answers at %(address)s"), address=settings.base_url)
    address = Address(host, port, workers, plan.certificate, plan.key)
    Production(settings, address, beside=plan.look, at_exit=plan.stop, in_the_clear=in_the_clear).run()


@dataclass
class Plan:
    """What the server needs and what runs beside it."""

    certificate: str | None = None
    key: str | None = None
    companions: list[Beside] = field(default_factory=list)

    def certify(self, settings: Settings, host: str, port: int) -> None:
        """Make the certificate, and the set-up page that tablets find in the clear."""
        from ..services.venue_certificate import own_addresses, venue_certificate  # loaded for a venue's network only

        name = urlsplit(settings.base_url).hostname or ""
        addresses = own_addresses() if host in EVERYWHERE else list(dict.fromkeys(map(ip_address, (host, "127.0.0.1"))))
        made = venue_certificate(settings.instance, addresses, _names(name), now=now())
        self.certificate, self.key = map(str, (made.certificate, made.key))
        serve = ("serve", "--host", host, "--port", str(port + 1), "--workers", "1", "--in-the-clear")
        self.companions.append(Beside(*serve))
        set_up = f"http://{addresses[0]}:{port + 1}/set-up"
        say(sentence("Tablets learn to trust this server at %(address)s"), address=set_up)
        if made.is_new:
            say(sentence("The authority is new: every tablet has to be set up (again)."))

    def look(self) -> None:
        for companion in self.companions:
            companion.look()

    def stop(self) -> None:
        for companion in self.companions:
            companion.stop()


def _names(host: str) -> list[str]:
    """`localhost`, and the name that people reach us by, where it is one."""
    try:
        ip_address(host)
    except ValueError:
        return ["localhost", host] if host else ["localhost"]
    return ["localhost"]


def _speak_of_https(host: str, port: int) -> None:
    """What QR codes point to, unless somebody said; here and in the processes beside us."""
    from ..services.venue_certificate import own_addresses

    first = own_addresses()[0] if host in EVERYWHERE else host
    os.environ["EVENTDAY_OWN_HTTPS"] = "1"
    if not os.environ.get("EVENTDAY_BASE_URL"):
        os.environ["EVENTDAY_BASE_URL"] = f"https://{first}:{port}"
