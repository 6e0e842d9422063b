# SPDX-License-Identifier: Apache-2.0
"""A mount in a virtual host whose other pages mod_proxy fetches from elsewhere."""
import pytest
from harness.server import SESSION_MODULES
from harness.visitor import Visitor, password_in

MODULES = (*SESSION_MODULES, "proxy", "proxy_http", "rewrite")


def serve(bench, extra, within=""):
    """linode's own address stands for the application's: any HTTP server."""
    server = bench.server()
    site = bench.site(server, path="/install")
    site.session += "\n" + within
    server.write(extra.format(app=bench.linode.login + "/") + "\n" + site.section(), modules=MODULES)
    return server, site


EVERYTHING = pytest.mark.parametrize("extra", [
    "ProxyPass / {app}", "ProxyPassMatch ^/(.*)$ {app}$1",
    "<Location />\nProxyPass {app}\n</Location>"], ids=["path", "pattern", "section"])


@EVERYTHING
def test_line_that_the_readme_has_against_it(bench, extra):
    server, site = serve(bench, extra, "ProxyPass !")
    server.start()
    assert password_in(Visitor(site, server).deploy().text)


@pytest.mark.parametrize("extra", [
    "ProxyPass / {app}", "RewriteEngine On\nRewriteRule ^/(.*)$ {app}$1 [P]"])
def test_proxy_that_takes_the_form_is_told_of(bench, extra):
    """Nothing said why the mount was not there; once is enough."""
    server, site = serve(bench, extra)
    server.expect_log("LO0102: mod_proxy takes the requests of the mount /install; write `ProxyPass !`")
    server.start()
    visitor = Visitor(site, server)
    for path in ("", "/", "/"):
        assert "Install Hello page" not in visitor.get(path).text
    assert server.log().count("LO0102") == 1


def test_proxy_below_a_mount(bench):
    """An application below a mount at / is meant to be there."""
    server = bench.server()
    site = bench.site(server, path="/")
    server.write(f"ProxyPass /app/ {bench.linode.login}/\n{site.section()}", modules=MODULES)
    server.start()
    visitor = Visitor(site, server)
    assert "There is no such page" not in visitor.get("/app/").text
    assert "Install Hello page" in visitor.get("/").text
