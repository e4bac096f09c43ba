"""HTTPS on a venue's network: an authority that vouches for nothing but the venue, and a server that shows how."""

import ipaddress
import re
import socket
import ssl
import subprocess
import urllib.request
from datetime import timedelta

import pytest
import zxingcpp
from cryptography import x509
from cryptography.x509.verification import PolicyBuilder, Store, VerificationError
from PIL import Image

from eventday.services.venue_certificate import venue_certificate
from tests import live as live_tools
from tests.builders import NOW

LAPTOP = ipaddress.ip_address("192.168.1.20")


def made(folder, *addresses, now=NOW):
    return venue_certificate(folder, [ipaddress.ip_address(text) for text in addresses] or [LAPTOP], [], now=now)


def read(file) -> x509.Certificate:
    return x509.load_pem_x509_certificate(file.read_bytes())


def test_the_leaf_is_short_lived_and_says_where_the_server_is(tmp_path):
    leaf = read(made(tmp_path).certificate)
    assert leaf.not_valid_after_utc - leaf.not_valid_before_utc <= timedelta(days=397)
    names = leaf.extensions.get_extension_for_class(x509.SubjectAlternativeName).value
    assert names.get_values_for_type(x509.IPAddress) == [LAPTOP]


def test_tablets_need_the_authority_once(tmp_path):
    first, again = made(tmp_path), made(tmp_path)
    assert (first.is_new, again.is_new) == (True, False)
    moved = made(tmp_path, "192.168.1.77")  # the laptop got another address in the same network
    assert not moved.is_new
    assert "192.168.1.77" in read(moved.certificate).subject.rfc4514_string()
    assert made(tmp_path, "10.1.2.3").is_new  # another network


def test_a_leaf_about_to_run_out_is_made_anew(tmp_path):
    before = read(made(tmp_path).certificate)
    assert read(made(tmp_path, now=NOW + timedelta(days=380)).certificate).serial_number != before.serial_number


def test_the_authority_vouches_for_no_other_address(tmp_path):
    home = made(tmp_path)
    authority = read(home.authority)
    limits = authority.extensions.get_extension_for_class(x509.NameConstraints)
    assert limits.critical
    assert [limit.value for limit in limits.value.permitted_subtrees] == [ipaddress.ip_network("192.168.1.0/24")]
    # A leaf for elsewhere, signed with the same key, is refused by OpenSSL.
    from eventday.services import venue_certificate as module

    key = module._load(home.authority, tmp_path / "venue-authority.key")
    foreign, _ = module._make_leaf(key, [ipaddress.ip_address("8.8.8.8")], ["example.org"], NOW)
    from cryptography.hazmat.primitives.serialization import Encoding

    (tmp_path / "foreign.pem").write_bytes(foreign.public_bytes(Encoding.PEM))
    for leaf, accepted in ((home.certificate, True), (tmp_path / "foreign.pem", False)):
        verify = ["openssl", "verify", "-no_check_time", "-CAfile", home.authority, leaf]
        assert (subprocess.run(verify, capture_output=True).returncode == 0) is accepted


def test_a_strict_verifier_accepts_the_leaf(tmp_path):
    home = made(tmp_path)
    store = Store([read(home.authority)])
    for address, accepted in ((LAPTOP, True), (ipaddress.ip_address("192.168.1.21"), False)):
        verifier = PolicyBuilder().store(store).time(NOW).build_server_verifier(x509.IPAddress(address))
        if accepted:
            assert verifier.verify(read(home.certificate), [])
        else:
            with pytest.raises(VerificationError):
                verifier.verify(read(home.certificate), [])


def test_keys_are_the_owners_alone(tmp_path):
    made(tmp_path)
    assert {file.stat().st_mode & 0o777 for file in tmp_path.glob("venue-*.key")} == {0o600}


@pytest.fixture
def secure_server(settings):
    server = live_tools.Server(settings, "--https", afresh=True, EVENTDAY_BASE_URL="")
    server.url = f"https://127.0.0.1:{server.port}"
    server.start()
    yield server
    server.stop()


def test_the_server_speaks_https_with_it_and_shows_on_plain_http_how_to_trust_it(secure_server, settings):
    trusting = ssl.create_default_context(cafile=settings.instance / "venue-authority.pem")
    with urllib.request.urlopen(f"{secure_server.url}/healthz", context=trusting) as answer:
        assert answer.status == 200
    plain = f"http://127.0.0.1:{secure_server.port + 1}"
    live_tools.until(lambda: listens(secure_server.port + 1), within=live_tools.STARTED_WITHIN)
    page = urllib.request.urlopen(f"{plain}/set-up?lang=en").read().decode()
    assert page.index("iPad") < page.index("Android")
    assert page.count("<svg") == page.count('role="img" aria-label="') == 8  # a drawn screen for every step
    assert "WeChat" not in page
    request = urllib.request.Request(
        f"{plain}/set-up?lang=zh", headers={"User-Agent": "Mozilla/5.0 (Linux; Android 14) MicroMessenger/8.0"}
    )
    chinese = urllib.request.urlopen(request).read().decode()
    assert chinese.index("在浏览器打开") < chinese.index("Android") < chinese.index("iPad")
    assert "证书信任设置" in chinese
    [code] = zxingcpp.read_barcodes(Image.open(urllib.request.urlopen(f"{plain}/set-up/qr.png")))
    assert re.fullmatch(rf"http://[^/]+:{secure_server.port + 1}/set-up", code.text)
    with urllib.request.urlopen(f"{plain}/set-up/eventday.crt") as answer:
        assert answer.headers["Content-Type"] == "application/x-x509-ca-cert"
        assert x509.load_der_x509_certificate(answer.read()) == read(settings.instance / "venue-authority.pem")
    # Nothing else is served in the clear.
    with urllib.request.urlopen(f"{plain}/sign-in?lang=en") as answer:
        assert answer.url.startswith(f"{plain}/set-up")


def listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
