# SPDX-License-Identifier: Apache-2.0
"""TLS to Linode is verified, always; nothing is sent to a server that cannot prove its name."""
import shutil
import subprocess

import pytest
import requests
from harness.certificates import Authority
from harness.linode import Linode
from harness.proxy import Proxy
from harness.visitor import Visitor


@pytest.fixture(scope="module")
def authority(tmp_path_factory):
    """In a directory that only root may read: the file is read before the children are there."""
    return Authority(tmp_path_factory.mktemp("certificates"))


@pytest.fixture
def tls_linode(authority, tmp_path):
    """Starts a sandbox with that certificate, under that host name."""
    running = []

    def start(files, host="localhost"):
        linode = Linode(tmp_path, tls=files)
        linode.session.verify = False
        running.append(linode)
        for name in ("login", "api"):
            setattr(linode, name, getattr(linode, name).replace("127.0.0.1", host))
        return linode
    requests.packages.urllib3.disable_warnings()
    yield start
    for linode in running:
        linode.stop()


@pytest.fixture
def served(bench, authority):
    def serve(linode, ca=None, **directives):
        bench.linode = linode
        server, site = bench.serve(CAFile=str(ca or authority.file), **directives)
        return Visitor(site, server)
    return serve


def test_good_certificate(tls_linode, served, authority):
    linode = tls_linode(authority.server())
    visitor = served(linode)
    assert visitor.get("/").status_code == 200


@pytest.mark.parametrize("case, why", [
    ("expired", "expired"), ("not yet", "not yet valid"), ("other host", "subject name"),
    ("self-made", "self-signed|unable to get local issuer")])
def test_bad_certificates(tls_linode, served, authority, tmp_path, case, why):
    files = {"expired": lambda: authority.server(begins=-5, ends=-1),
             "not yet": lambda: authority.server(begins=2, ends=5),
             "other host": lambda: authority.server("login.linode.com"),
             "self-made": lambda: Authority(tmp_path, "Another").server()}[case]()
    linode = tls_linode(files)
    visitor = served(linode)
    visitor.server.expect_log(f"LO04(12|21).*TLS failed.*({why})")
    answer = visitor.get("/")
    assert answer.status_code == 503
    assert linode.journal() == [], "nothing was asked over it"


def test_authority_that_is_not_in_the_file(tls_linode, served, authority, tmp_path):
    linode = tls_linode(authority.server())
    visitor = served(linode, ca=Authority(tmp_path, "Other").file)
    visitor.server.expect_log("LO04(12|21).*TLS failed")
    assert visitor.get("/").status_code == 503
    assert linode.journal() == []


@pytest.fixture
def other(tmp_path):
    return Authority(tmp_path, "Other")


@pytest.fixture
def system_trusts(authority, other, tmp_path):
    """A command that runs another one on a machine whose own authorities, in a directory as Debian has
    it, are ours; or None where nothing may be mounted."""
    certificates = tmp_path / "certs"
    certificates.mkdir()
    shutil.copy(authority.file, certificates / "ours.pem")
    shutil.copy(other.file, certificates / "ca-certificates.crt")
    subprocess.run(["openssl", "rehash", certificates], check=True)
    command = ["unshare", "--mount", "sh", "-c",
               'mount --bind "$0" /etc/ssl/certs && exec "$@"', str(certificates)]
    done = subprocess.run([*command, "true"], capture_output=True, check=False)
    return command if done.returncode == 0 else None


@pytest.mark.parametrize("file, status", [(None, 200), ("Other", 503)])
def test_systems_authorities_do_not_vouch_when_a_file_is_named(tls_linode, bench, authority, tmp_path,
                                                               system_trusts, file, status):
    if not system_trusts:
        return
    linode = bench.linode = tls_linode(authority.server())
    server = bench.server()
    server.runner = system_trusts
    site = bench.site(server, CAFile=file and str(tmp_path / f"{file}.pem"))
    server.write(site.section())
    server.start()
    server.expect_log("LO04(12|21).*TLS failed")
    assert Visitor(site, server).get("/").status_code == status
    assert bool(linode.journal()) == (status == 200)


OLD_TLS_TOO = """\
openssl_conf = all
[all]
ssl_conf = ssl
[ssl]
system_default = loose
[loose]
MinProtocol = TLSv1
CipherString = ALL:@SECLEVEL=0
"""


def test_old_tls_is_not_spoken(bench, authority, served, tmp_path, monkeypatch):
    """openssl s_server answers with TLS 1.1 at most, and the system has nothing against it."""
    tmp_path.joinpath("openssl.cnf").write_text(OLD_TLS_TOO)
    monkeypatch.setenv("OPENSSL_CONF", str(tmp_path / "openssl.cnf"))
    certificate, key = authority.server()
    server = subprocess.Popen(
        ["openssl", "s_server", "-accept", "0", "-tls1_1", "-cipher", "ALL:@SECLEVEL=0", "-cert",
         certificate, "-key", key, "-www"], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL,
        text=True)
    try:
        port = next(line for line in server.stdout if line.startswith("ACCEPT")).split(":")[-1]
        url = f"https://localhost:{port.strip()}"
        linode = bench.linode
        visitor = served(linode, APIURL=url, LoginURL=url)
        visitor.server.expect_log("LO04(12|21).*TLS failed")
        assert visitor.get("/").status_code == 503
    finally:
        server.kill()
        server.wait()


def deploy(visitor, linode):
    visitor.deploy()
    assert len(linode.linodes()) == 1


def test_whole_deploy_over_tls(tls_linode, served, authority):
    linode = tls_linode(authority.server())
    deploy(served(linode), linode)


def test_proxy_of_the_environment_is_not_used(tls_linode, served, authority, monkeypatch):
    proxy = Proxy()
    for name in ("https_proxy", "HTTPS_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, proxy.url)
    linode = tls_linode(authority.server())
    visitor = served(linode)
    visitor.session.trust_env = False
    assert visitor.get("/").status_code == 200
    assert proxy.asked == []
    proxy.close()


def test_proxy_that_the_operator_names(tls_linode, served, authority, monkeypatch):
    """Whatever the environment says of exceptions."""
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, "*")
    proxy = Proxy()
    linode = tls_linode(authority.server())
    deploy(served(linode, Proxy=proxy.url), linode)
    assert proxy.asked and all(head.startswith("CONNECT localhost:") for head in proxy.asked)
    assert not any(word in head for head in proxy.asked for word in ("Bearer", "code=", "secret"))
    proxy.close()


@pytest.mark.parametrize("file, status", [("Test-authority", 200), ("Other", 503)])
def test_proxy_that_speaks_tls_is_verified_by_the_system(tls_linode, bench, authority, other,
                                                         system_trusts, file, status):
    """And Linode, through it, by the file, though the system would believe it."""
    if not system_trusts:
        return
    proxy = Proxy(tls=other.server())
    linode = bench.linode = tls_linode(authority.server())
    server = bench.server()
    server.runner = system_trusts
    files = {"Test-authority": authority.file, "Other": other.file}
    site = bench.site(server, CAFile=str(files[file]), Proxy=proxy.url)
    server.write(site.section())
    server.start()
    server.expect_log("LO04(12|21).*TLS failed")
    assert Visitor(site, server).get("/").status_code == status
    assert bool(linode.journal()) == (status == 200)
    assert proxy.asked and all(head.startswith("CONNECT localhost:") for head in proxy.asked)
    proxy.close()


def test_proxy_sees_nothing_that_is_not_encrypted(bench, linode):
    """Plain http stays on this machine, as in the demo."""
    proxy = Proxy()
    server, site = bench.serve(Proxy=proxy.url)
    deploy(Visitor(site, server), linode)
    assert proxy.asked == []
    proxy.close()


def test_proxy_that_refuses(tls_linode, served, authority):
    """The request never left: nothing is in doubt."""
    proxy = Proxy(refuse=True)
    linode = tls_linode(authority.server())
    visitor = served(linode, Proxy=proxy.url)
    visitor.server.expect_log("LO04(12|21).*LO0401")
    assert visitor.get("/").status_code == 503
    assert linode.journal() == [] and proxy.asked
    proxy.close()


def test_redirects_are_not_followed(shop, linode):
    """The token goes to no other host, whatever the API says."""
    shop.server.expect_log("LO0405|LO0306")
    elsewhere = linode.api.replace("127.0.0.1", "localhost") + "/profile"
    linode.fault("profile.get", "redirect", location=elsewhere)
    answer = shop.get(shop.consent(shop.start()))
    assert answer.status_code == 502
    assert len(linode.journal("profile.get")) == 1
    assert not linode.linodes()
    linode.wait_for_no_tokens()


def test_more_than_an_answer_is_not_the_next_answer(tls_linode, served, authority):
    """What comes after the announced length, decrypted already, ends with its connection."""
    linode = tls_linode(authority.server())
    visitor = served(linode)
    linode.fault("profile.get", "twice")
    deploy(visitor, linode)
    assert not linode.journal("instances.list"), "the create was answered by its own answer"


def test_more_than_an_answer_over_plain_http(bench, linode):
    server, site = bench.serve(Retries="0")
    linode.fault("profile.get", "twice")
    deploy(Visitor(site, server), linode)
    assert not linode.journal("instances.list")
