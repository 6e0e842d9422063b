# SPDX-License-Identifier: Apache-2.0
"""Several mounts in one server, with clients and StackScripts of their own, do not mix."""
from urllib.parse import parse_qs, urlsplit

import pytest
from harness.server import SESSION_MODULES
from harness.visitor import Visitor, password_in


def test_two_mounts_do_not_mix(bench, linode):
    server = bench.server()
    plain = bench.site(server, path="/plain")
    other = bench.site(server, path="/other", ApplicationName='"Other app"', StackScriptID="700002",
                       Tags="other-tag second-tag")
    server.write(plain.section() + "\n" + other.section())
    server.start()
    one, two = Visitor(plain, server), Visitor(other, server)
    two.session = one.session  # one browser, one cookie for both

    urls = one.start(), two.start()
    clients = [parse_qs(urlsplit(url).query)["client_id"][0] for url in urls]
    assert clients == [plain.directives["ClientID"], other.directives["ClientID"]]

    pages = [visitor.result(visitor.get(visitor.consent(url)))
             for visitor, url in ((one, urls[0]), (two, urls[1]))]
    by_group = {row["group"]: row for row in linode.linodes()}
    assert set(by_group) == {"Hello page", "other-tag"}
    assert by_group["other-tag"]["tags"] == ["other-tag", "second-tag"]
    for page, group in zip(pages, ("Hello page", "other-tag")):
        assert linode.has_password(by_group[group]["id"], password_in(page.text))
    scripts = [call["body"]["stackscript_id"] for call in linode.journal("instances.create")]
    assert scripts == [320826, 700002]


def test_result_of_one_mount_is_not_the_others(bench):
    server = bench.server()
    sites = [bench.site(server, path=path) for path in ("/one", "/two")]
    server.write("\n".join(site.section() for site in sites))
    server.start()
    one, two = (Visitor(site, server) for site in sites)
    two.session = one.session
    page = one.deploy()
    assert two.get("/deploys/" + page.url.rsplit("/", 1)[1]).status_code == 404


def test_callback_of_one_mount_at_the_other(bench, linode):
    server = bench.server()
    sites = [bench.site(server, path=path) for path in ("/one", "/two")]
    server.write("\n".join(site.section() for site in sites))
    server.start()
    one, two = (Visitor(site, server) for site in sites)
    two.session = one.session
    callback = one.consent(one.start())
    answer = two.get(callback.replace("/one/", "/two/"))
    assert answer.status_code == 400
    assert not linode.journal("oauth.token")


def test_virtual_hosts_have_callbacks_of_their_own(bench):
    """One section of the main server, inherited by two hosts with names of their own."""
    server = bench.server()
    site = bench.site(server, path="/app")
    hosts = "".join(f"<VirtualHost *:{server.port}>\nServerName https://{name}.example\n"
                    "</VirtualHost>\n" for name in ("red", "blue"))
    server.write(site.section() + "\n" + hosts)
    server.start()
    for name in ("red", "blue"):
        visitor = Visitor(site, server)
        answer = visitor.post("/", {"type": "g6-nanode-1", "region": "eu-central",
                                    "distribution": "linode/debian12"},
                              headers={"Host": f"{name}.example"})
        assert answer.status_code == 303
        sent = parse_qs(urlsplit(answer.headers["Location"]).query)["redirect_uri"]
        assert sent == [f"https://{name}.example/app/auth_callback"]


def test_host_header_reaches_no_url(shop):
    answer = shop.post("/", {"type": "g6-nanode-1", "region": "eu-central",
                             "distribution": "linode/debian12"},
                       headers={"Host": "evil.example", "X-Forwarded-Host": "evil.example"})
    assert answer.status_code == 303
    assert "evil" not in answer.headers["Location"]
    assert "evil" not in shop.get("/", headers={"Host": "evil.example"}).text


def test_mount_without_its_slash(bench):
    server, site = bench.serve(path="/install")
    answer = Visitor(site, server).get("?type=g6-nanode-1")
    assert answer.status_code == 301
    assert answer.headers["Location"].endswith("/install/?type=g6-nanode-1")


@pytest.mark.parametrize("path", ["/", "/install"])
def test_document_root_holds_the_same_path(bench, linode, path):
    """Debian's has an index.html, which mod_dir would look for in spite of any handler."""
    server = bench.server()
    directory = server.dir / "docs" / path.strip("/")
    directory.mkdir(parents=True)
    (directory / "index.html").write_text("It works!")
    site = bench.site(server, path=path)
    server.write(f'DocumentRoot "{server.dir}/docs"\nDirectoryIndex index.html\n{site.section()}',
                 modules=(*SESSION_MODULES, "dir"))
    server.start()
    visitor = Visitor(site, server)
    assert password_in(visitor.deploy().text) and len(linode.linodes()) == 1
    assert "Install Hello page" in visitor.get("/").text
    if path == "/install":
        answer = visitor.get("", headers={"Host": "evil.example"})
        assert answer.status_code == 301 and "evil" not in answer.headers["Location"]


def test_htaccess_that_rewrites_everything(bench):
    """WordPress's; the line that the README has against it."""
    server = bench.server()
    (server.dir / "docs").mkdir()
    (server.dir / "docs/index.html").write_text("blog")
    (server.dir / "docs/.htaccess").write_text(
        "RewriteEngine On\nRewriteCond %{REQUEST_FILENAME} !-f\n"
        "RewriteCond %{REQUEST_FILENAME} !-d\nRewriteRule . /index.html [L]\n")
    site = bench.site(server, path="/install")
    site.session += "\nRewriteEngine Off"
    server.write(f'DocumentRoot "{server.dir}/docs"\n<Directory "{server.dir}/docs">\n'
                 f"AllowOverride All\nOptions FollowSymLinks\n</Directory>\n{site.section()}",
                 modules=(*SESSION_MODULES, "rewrite"))
    server.start()
    visitor = Visitor(site, server)
    assert visitor.get("/../post").text == "blog"
    assert password_in(visitor.deploy().text)


def test_page_that_includes_the_form(bench):
    """The browser takes gzip, but what it gets is not the form alone."""
    server = bench.server()
    (server.dir / "docs").mkdir()
    (server.dir / "docs/page.shtml").write_text('<p>before<!--#include virtual="/install/" -->')
    site = bench.site(server, path="/install")
    server.write(f'DocumentRoot "{server.dir}/docs"\n<Directory "{server.dir}/docs">\n'
                 f"Options Includes\nSetOutputFilter INCLUDES\n</Directory>\n{site.section()}",
                 modules=(*SESSION_MODULES, "include"))
    server.start()
    page = Visitor(site, server).get("/../page.shtml", headers={"Accept-Encoding": "gzip"})
    assert page.text.startswith("<p>before<!DOCTYPE html>") and "Install Hello page" in page.text
