# SPDX-License-Identifier: Apache-2.0
"""mod_session_dbd as the store: the whole deploy, what expires, what is forgotten, and what a
database that does not answer means for a visitor."""
import re
import time
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from harness.database import MODULES, SESSION, STATEMENTS, TABLE, PostgreSQL, SQLite
from harness.session import cookie_of, set_cookie
from harness.visitor import CHOICE, Visitor, password_in


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request):
    return request.getfixturevalue(request.param)


# A test names its database before serve, so that the server is stopped first.
@pytest.fixture
def serve(bench):
    def start(database, session=SESSION):
        return Visitor(*reversed(bench.serve(modules=MODULES, extra=database.config,
                                             session=session)))
    return start


def rows(database):
    return int(database.execute("SELECT count(*) FROM session")[0][0])


def test_deploy_reload_and_forget(database, serve, linode):
    shop = serve(database)
    page = shop.deploy()
    [created] = linode.linodes()
    password = password_in(page.text)
    assert linode.has_password(created["id"], password)
    assert password_in(shop.get(page.url).text) == password
    assert shop.post(urlsplit(page.url).path + "/forget").status_code == 303
    assert password_in(shop.get(page.url).text) is None
    assert len(cookie_of(shop)) == 36, "the browser holds a name and nothing else"


def test_value_is_sealed_in_the_database(database, serve):
    shop = serve(database)
    page = shop.deploy()
    text = "".join(value for row in database.execute("SELECT value FROM session") for value in row)
    assert "lo-" in text
    for secret in (password_in(page.text), CHOICE["region"], CHOICE["type"]):
        assert secret not in text


def test_expired_row_is_an_empty_session(database, serve, linode):
    """The row is still there: nothing deletes it but the operator."""
    shop = serve(database, session=SESSION + "SessionMaxAge 900")
    page = shop.deploy()
    database.execute("UPDATE session SET expiry = 1")
    assert shop.get(page.url).status_code == 404
    assert password_in(shop.deploy().text)
    assert len(linode.linodes()) == 2


def test_expired_value_in_a_row_that_still_counts(sqlite, bench, linode):
    """A statement that does not ask for expiry leaves it to mod_session: httpd's lost record."""
    sqlite.config = sqlite.config.replace("AND (expiry = 0 OR expiry > %lld)",
                                          "AND %lld > 0")
    server, site = bench.serve(modules=MODULES, extra=sqlite.config,
                               session=SESSION + "SessionMaxAge 900")
    server.expect_log("AH018")
    shop = Visitor(site, server)
    page = shop.deploy()
    end_all = "UPDATE session SET value = value || '&expiry=1'"  # the last one counts
    sqlite.execute(end_all)
    assert shop.get(page.url).status_code == 404
    sqlite.execute(end_all)
    assert password_in(shop.deploy().text)
    assert len(linode.linodes()) == 2


def test_readme_shows_what_is_tested_here():
    readme = (Path(__file__).resolve().parents[2] / "README.md").read_text()
    cleaning = [f"DELETE FROM session WHERE expiry <> 0 AND expiry < {store.now}"
                for store in (PostgreSQL, SQLite)]
    for line in (*STATEMENTS.splitlines(), TABLE, *cleaning):
        assert f"    {line}\n" in readme


def test_cleaning_deletes_only_what_has_expired(database, serve):
    """The statement of the README."""
    shop = serve(database, session=SESSION + "SessionMaxAge 900")
    page = shop.deploy()
    before = rows(database)
    database.execute("INSERT INTO session (key, value, expiry) VALUES ('old', 'x=y', 1)")
    database.execute(f"DELETE FROM session WHERE expiry <> 0 AND expiry < {database.now}")
    assert not database.execute("SELECT key FROM session WHERE key = 'old'")
    assert rows(database) == before
    assert password_in(shop.get(page.url).text)


def test_names_that_a_visitor_invents_are_not_taken(sqlite, serve):
    shop = serve(sqlite)
    for name in ("11111111-2222-4333-8444-555555555555", "' OR '1'='1", "x" * 3000, "%s%n"):
        set_cookie(shop, name)
        assert shop.get("/").status_code == 200
        shop.start()
        assert cookie_of(shop) != name


def test_looking_at_the_form_fills_no_row(sqlite, serve):
    """With a lifetime mod_session writes at every request, unless told for how long not to."""
    shop = serve(sqlite, session=SESSION + "SessionMaxAge 86400\nSessionExpiryUpdateInterval 300")
    for _ in range(3):
        assert "Set-Cookie" not in shop.get("/").headers
    assert rows(sqlite) == 0
    page = shop.deploy()
    written = rows(sqlite)
    assert written > 0
    shop.get(page.url)
    assert rows(sqlite) == written


def test_answer_that_got_lost(database, serve, linode):
    """The browser has the key from before, the server has gone on: the login once more ends in the
    same Linode and its password."""
    shop = serve(database)
    callback = shop.consent(shop.start())
    before = cookie_of(shop)
    assert shop.get(callback).status_code == 303
    set_cookie(shop, before)
    answer = shop.get(callback)
    while answer.headers["Location"].startswith(linode.login):
        answer = shop.get(shop.consent(answer.headers["Location"]))
    page = shop.result(answer)
    [created] = linode.linodes()
    assert linode.has_password(created["id"], password_in(page.text))


def test_planted_key_shows_nothing_of_what_its_victim_does(database, serve, linode):
    attacker = serve(database)
    attacker.user = "second"
    login = attacker.start()
    victim = Visitor(attacker.site, attacker.server)
    set_cookie(victim, cookie_of(attacker))
    page = victim.result(victim.get(victim.consent(login)))
    assert cookie_of(victim) != cookie_of(attacker)
    answer = attacker.get(page.url)
    assert password_in(page.text) not in answer.text
    [his] = linode.linodes()
    mine = attacker.deploy()
    assert not linode.has_password(his["id"], password_in(mine.text))
    assert linode.has_password(his["id"], password_in(victim.get(page.url).text))


def test_lifetime_is_prolonged_in_its_row(sqlite, serve):
    shop = serve(sqlite, session=SESSION + "SessionMaxAge 900\nSessionExpiryUpdateInterval 1")
    page = shop.deploy()
    key, written = cookie_of(shop), rows(sqlite)
    [(before,)] = sqlite.execute("SELECT expiry FROM session WHERE key = ?", key)
    time.sleep(1.1)
    assert password_in(shop.get(page.url).text)
    [(after,)] = sqlite.execute("SELECT expiry FROM session WHERE key = ?", key)
    assert after > before and cookie_of(shop) == key and rows(sqlite) == written


def test_database_that_takes_nothing_is_told_before_the_login(postgresql, serve, linode):
    postgresql.execute("ALTER TABLE session ADD CONSTRAINT refuse CHECK (false) NOT VALID")
    shop = serve(postgresql)
    shop.server.expect_log("AH018|LO0108")
    answer = shop.post("/", CHOICE)
    postgresql.execute("ALTER TABLE session DROP CONSTRAINT refuse")
    assert answer.status_code == 503
    assert "cannot remember you" in answer.text and "LO0108" in shop.server.log()
    assert answer.headers["Retry-After"]
    shop.deploy()
    assert len(linode.linodes()) == 1


def test_database_that_goes_and_comes_back(postgresql, serve, linode):
    """The driver takes a question that got lost for one without an answer: no session, so no
    login is begun and no code is spent. Connections that broke are made anew."""
    shop = serve(postgresql)
    shop.server.expect_log("AH018|LO0108|AH006")
    callback = shop.consent(shop.start())
    postgresql.stop()
    try:
        assert shop.post("/", CHOICE).status_code == 503
        assert shop.get(callback).status_code in (400, 503)
        assert not linode.journal("oauth.token")
    finally:
        postgresql.start()
    shop.result(shop.get(callback))
    assert len(linode.linodes()) == 1


def test_database_that_takes_nothing_once_the_linode_is_there(postgresql, serve, linode):
    """The page says that there is one; the login once more finds it and makes no second one."""
    shop = serve(postgresql)
    shop.server.expect_log("AH018|LO0108")
    callback = shop.consent(shop.start())
    postgresql.execute("ALTER TABLE session ADD CONSTRAINT refuse CHECK (false) NOT VALID")
    answer = shop.get(callback)
    postgresql.execute("ALTER TABLE session DROP CONSTRAINT refuse")
    [created] = linode.linodes()
    assert answer.status_code == 503 and "LO0108" in shop.server.log()
    assert "<dt>Linode</dt><dd>created</dd>" in answer.text and created["label"] in answer.text
    again = shop.get(re.search(r'href="([^"]*/login)"', answer.text)[1])
    page = shop.result(shop.get(shop.consent(again.headers["Location"])))
    assert linode.linodes() == [created]
    assert linode.has_password(created["id"], password_in(page.text))
