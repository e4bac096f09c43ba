"""HTTPS on a venue's network: an authority of our own for a few addresses, and a certificate that it signs.

Cameras and service workers need HTTPS, and no public authority vouches for 192.168.1.20. So tablets are made to trust
a small authority that can vouch for nothing but the networks that the server stands in: its name constraints (RFC
5280, 4.2.1.10) name them, so that even a stolen key opens no other site. The leaf lives for 397 days at most, because
Apple's devices refuse more than 825 and browsers are going below 398.
"""

from __future__ import annotations

import ipaddress
import os
import plistlib
import socket
import uuid
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    load_pem_private_key,
)
from cryptography.x509.oid import ExtendedKeyUsageOID, NameOID

AUTHORITY_DAYS = 825
LEAF_DAYS = 397
RENEW_BEFORE = timedelta(days=30)
Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Pair = tuple[x509.Certificate, ec.EllipticCurvePrivateKey]


@dataclass(frozen=True)
class VenueCertificate:
    """Files to serve HTTPS with; `authority` is what tablets install, `is_new` when they have to do so (again)."""

    certificate: Path
    key: Path
    authority: Path
    is_new: bool


def own_addresses() -> list[Address]:
    """This machine's addresses on its networks, the one that leads outwards first; loopback last."""
    found: list[str] = []
    for family, far in ((socket.AF_INET, "192.0.2.1"), (socket.AF_INET6, "2001:db8::1")):
        with socket.socket(family, socket.SOCK_DGRAM) as probe:
            try:
                probe.connect((far, 9))  # sends nothing; asks the system which address it would send from
                found.append(probe.getsockname()[0])
            except OSError:
                continue
    with suppress(OSError):
        found += [str(entry[4][0]).partition("%")[0] for entry in socket.getaddrinfo(socket.gethostname(), None)]
    addresses = [ipaddress.ip_address(text) for text in [*found, "127.0.0.1"]]
    return list(dict.fromkeys(address for address in addresses if not address.is_link_local))


def venue_certificate(
    folder: Path, addresses: Iterable[Address], names: Iterable[str], *, now: datetime
) -> VenueCertificate:
    """The authority and a certificate for `addresses` and host `names`, kept in `folder` and made where they lack.

    The authority stays as long as it covers the addresses' networks, so that tablets need it once; the leaf is made
    anew when it runs out or the addresses changed. Keys are readable by the owner alone.
    """
    addresses, names = list(addresses), sorted(set(names))
    authority_file = folder / "venue-authority.pem"
    authority = _load(authority_file, folder / "venue-authority.key")
    is_new = authority is None or not _covers(authority[0], addresses, names, now)
    if authority is None or is_new:
        authority = _make_authority(addresses, names, now)
        _keep(authority, authority_file, folder / "venue-authority.key")
    files = folder / "venue-server.pem", folder / "venue-server.key"
    leaf = _load(*files)
    if leaf is None or is_new or not _serves(leaf[0], addresses, names, now):
        _keep(_make_leaf(authority, addresses, names, now), *files)
    return VenueCertificate(*files, authority_file, is_new)


def network_of(address: Address) -> ipaddress.IPv4Network | ipaddress.IPv6Network:
    """The network that an authority for `address` may vouch for: its neighbours, as it may get another address."""
    return ipaddress.ip_network((address, 24 if address.version == 4 else 64), strict=False)


def _make_authority(addresses: list[Address], names: list[str], now: datetime) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, f"Eventday {now:%Y-%m-%d}")])
    permitted: list[x509.GeneralName] = [
        x509.IPAddress(network) for network in dict.fromkeys(network_of(address) for address in addresses)
    ]
    permitted += [x509.DNSName(name) for name in names]
    usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
    builder = (
        _begin(subject, subject, key, now, AUTHORITY_DAYS)
        .add_extension(x509.BasicConstraints(ca=True, path_length=0), critical=True)
        .add_extension(x509.NameConstraints(permitted, None), critical=True)
        .add_extension(usage, critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
    )
    return builder.sign(key, hashes.SHA256()), key


def _make_leaf(authority: Pair, addresses: list[Address], names: list[str], now: datetime) -> Pair:
    key = ec.generate_private_key(ec.SECP256R1())
    subject = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, str(addresses[0]))])
    alternatives: list[x509.GeneralName] = [x509.IPAddress(address) for address in addresses]
    alternatives += [x509.DNSName(name) for name in names]
    usage = x509.KeyUsage(True, False, False, False, False, False, False, False, False)
    signer = authority[1].public_key()
    builder = (
        _begin(subject, authority[0].subject, key, now, LEAF_DAYS)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .add_extension(x509.SubjectAlternativeName(alternatives), critical=False)
        .add_extension(x509.ExtendedKeyUsage([ExtendedKeyUsageOID.SERVER_AUTH]), critical=False)
        .add_extension(usage, critical=True)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(signer), critical=False)
    )
    return builder.sign(authority[1], hashes.SHA256()), key


def _begin(
    subject: x509.Name, issuer: x509.Name, key: ec.EllipticCurvePrivateKey, now: datetime, days: int
) -> x509.CertificateBuilder:
    begin = now - timedelta(hours=1)  # tablets whose clock is a little slow
    return (
        x509.CertificateBuilder()
        .subject_name(subject)
        .issuer_name(issuer)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(begin)
        .not_valid_after(begin + timedelta(days=days))
    )


def _covers(authority: x509.Certificate, addresses: list[Address], names: list[str], now: datetime) -> bool:
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints).value.permitted_subtrees or []
    allowed = {limit.value for limit in limits}
    wanted = {network_of(address) for address in addresses} | set(names)
    return wanted <= allowed and authority.not_valid_after_utc - now > RENEW_BEFORE


def _serves(leaf: x509.Certificate, addresses: list[Address], names: list[str], now: datetime) -> bool:
    alternatives = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    same = set(alternatives.get_values_for_type(x509.IPAddress)) == set(addresses)
    same = same and set(alternatives.get_values_for_type(x509.DNSName)) == set(names)
    return same and leaf.not_valid_after_utc - now > RENEW_BEFORE


def _load(certificate: Path, key: Path) -> Pair | None:
    try:
        private = load_pem_private_key(key.read_bytes(), None)
        loaded = x509.load_pem_x509_certificate(certificate.read_bytes())
    except (OSError, ValueError):
        return None
    return (loaded, private) if isinstance(private, ec.EllipticCurvePrivateKey) else None


def _keep(pair: Pair, certificate: Path, key: Path) -> None:
    for file, content in (
        (key, pair[1].private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())),
        (certificate, pair[0].public_bytes(Encoding.PEM)),
    ):
        aside = file.with_suffix(f"{file.suffix}.new")
        with open(os.open(aside, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "wb") as out:
            out.write(content)
        aside.replace(file)


def as_der(pem: bytes) -> bytes:
    """A certificate as browsers take it for installation."""
    return x509.load_pem_x509_certificate(pem).public_bytes(Encoding.DER)


def as_profile(der: bytes, number: uuid.UUID) -> bytes:
    """A configuration profile for iPads that installs the authority `der` (Apple, Configuration Profile Reference)."""
    common = {"PayloadVersion": 1, "PayloadOrganization": "Eventday"}
    authority = common | {
        "PayloadType": "com.apple.security.root",
        "PayloadIdentifier": f"eventday.authority.{number}",
        "PayloadUUID": str(number),
        "PayloadDisplayName": "Eventday",
        "PayloadContent": der,
    }
    profile = common | {
        "PayloadType": "Configuration",
        "PayloadIdentifier": f"eventday.{number}",
        "PayloadUUID": str(uuid.uuid5(number, "profile")),
        "PayloadDisplayName": "Eventday",
        "PayloadContent": [authority],
    }
    return plistlib.dumps(profile)
