# SPDX-License-Identifier: Apache-2.0
"""What lies in the document root beside a mount's path does not come before the mount."""
import pytest
import requests
from harness.server import SESSION_MODULES
from harness.visitor import Visitor, password_in


def serve(bench, modules, extra="", path="/install"):
    server = bench.server()
    (server.dir / "docs").mkdir()
    (server.dir / "docs/install.html").write_text("Read this before you install.")
    (server.dir / "docs/instal").write_text("A slip of the pen.")
    site = bench.site(server, path=path)
    server.write(f'DocumentRoot "{server.dir}/docs"\n{extra.format(docs=server.dir / "docs")}\n'
                 f'{site.section()}', modules=(*SESSION_MODULES, *modules))
    server.start()
    return Visitor(site, server)


@pytest.mark.parametrize("modules, extra", [
    (["negotiation"], '<Directory "{docs}">\nOptions +MultiViews\n</Directory>'),
    (["speling"], "CheckSpelling On"),
], ids=["MultiViews", "CheckSpelling"])
def test_similar_names(bench, linode, modules, extra):
    """MultiViews took install.html for the mount, and every page of it was not found; mod_speling
    redirected to a name that is similar."""
    visitor = serve(bench, modules, extra)
    assert password_in(visitor.deploy().text) and len(linode.linodes()) == 1
    answer = visitor.get("")
    assert answer.status_code == 301 and answer.headers["Location"] == "/install/"


@pytest.mark.parametrize("handler, words", [("check", "Hello page"),
                                            ("metrics", "linode_oauth_logins_total")])
def test_pages_for_the_operator(bench, handler, words):
    """They are asked for by a name too, which a file, or the index of a directory, may have."""
    server = bench.server()
    docs = server.dir / "docs"
    (docs / "there").mkdir(parents=True)
    for name in ("page.html", "there/index.html"):
        (docs / name).write_text("Something else.")
    site = bench.site(server, path="/install")
    server.write('TypesConfig /dev/null\nAddType text/html .html\n'
                 f'DocumentRoot "{docs}"\n<Directory "{docs}">\nOptions +MultiViews\n</Directory>\n'
                 f'{site.section()}\n<LocationMatch "^/(page|there/)$">\n'
                 f'SetHandler linode-oauth-{handler}\n</LocationMatch>',
                 modules=(*SESSION_MODULES, "negotiation", "dir", "mime"))
    server.start()
    for path in ("/page", "/there/"):
        answer = requests.get(f"http://localhost:{server.port}{path}", timeout=10)
        assert answer.status_code == 200 and words in answer.text


def test_mount_that_looks_like_a_language(bench):
    """mod_mime tells language and coding from what looks like extensions of the path."""
    extra = "TypesConfig /dev/null\nAddLanguage de .de\nAddEncoding x-gzip .gz"
    visitor = serve(bench, ["mime"], extra, path="/install.de.gz")
    answer = visitor.get("/none")
    assert answer.status_code == 404 and "There is no such page" in answer.text
    assert "Content-Language" not in answer.headers
    assert "Content-Encoding" not in answer.headers
