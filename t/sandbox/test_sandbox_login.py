# SPDX-License-Identifier: Apache-2.0
"""Login, consent, tokens: what login.linode.com does."""
import base64
import hashlib
import html.parser
import http.client
import re

import pytest
import requests
from sandbox_driver import CALLBACK, CLIENT_ID, CLIENT_SECRET, returned

VERIFIER = "v" * 43
DIGEST = hashlib.sha256(VERIFIER.encode()).digest()
CHALLENGE = base64.urlsafe_b64encode(DIGEST).decode().rstrip("=")
AUTHORIZE = {"client_id": CLIENT_ID, "response_type": "code"}
PKCE = {"code_challenge": CHALLENGE, "code_challenge_method": "S256"}


class Form(html.parser.HTMLParser):
    """The first form of a page, as a browser would post it."""

    def __init__(self, page):
        super().__init__()
        self.fields, self.buttons, self.options, self.select = {}, [], {}, None
        self.feed(page)

    def handle_starttag(self, tag, attributes):
        attributes = dict(attributes)
        if tag == "input":
            self.fields[attributes["name"]] = attributes.get("value", "")
        elif tag == "select":
            self.select = self.options.setdefault(attributes["name"], [])
        elif tag == "option" and self.select is not None:
            self.select.append(attributes["value"])
        elif tag == "button":
            self.buttons.append((attributes.get("name"), attributes.get("value")))


def page(sandbox, session, **parameters):
    return session.get(sandbox.login + "/oauth/authorize", params={**AUTHORIZE, **parameters},
                       allow_redirects=False)


def post(sandbox, session, fields):
    return session.post(sandbox.login + "/oauth/authorize", data=fields, allow_redirects=False)


# ---------------------------------------------------------------- pages

def test_visitor_logs_in_and_approves(sandbox):
    session = requests.Session()
    login = page(sandbox, session, scope="linodes:read_write", state="a b&c")
    form = Form(login.text)
    assert login.status_code == 200 and form.fields["username"] == "visitor"
    answer = post(sandbox, session, form.fields)
    assert answer.status_code == 303 and "HttpOnly; SameSite=Lax" in answer.headers["Set-Cookie"]
    consent = session.get(sandbox.login + answer.headers["Location"])
    form = Form(consent.text)
    assert "Hello page" in consent.text and "linodes:read_write" in consent.text
    assert form.buttons == [("decision", "approve"), ("decision", "deny")]
    assert form.options["grant"] == ["all", "linodes:read_only", "none"]
    answer = post(sandbox, session, {**form.fields, "decision": "approve", "grant": "all"})
    parameters = returned(answer)
    assert parameters["state"] == "a b&c" and re.fullmatch("[0-9a-f]{20}", parameters["code"])
    assert answer.headers["Location"].startswith(CALLBACK + "?")


def test_login_is_remembered_until_logout(sandbox):
    session = requests.Session()
    sandbox.decide(session=session)
    assert Form(page(sandbox, session).text).options["grant"]
    assert "password" in Form(page(sandbox, session, prompt="login").text).fields
    session.get(sandbox.login + "/logout")
    assert "password" in Form(page(sandbox, session).text).fields


def test_unknown_user_or_empty_password_stays_at_the_login(sandbox):
    for username, password in (("nobody", "x"), ("visitor", "")):
        fields = {"username": username, "password": password}
        answer = post(sandbox, requests, {**AUTHORIZE, **fields, "decision": "approve"})
        assert answer.status_code == 401 and "password" in Form(answer.text).fields


def test_decision_without_login_leads_to_the_login(sandbox):
    assert sandbox.decide(username=None).status_code == 401


def test_denial(sandbox):
    assert returned(sandbox.decide("deny", state="s")) == {
        "error": "access_denied", "error_description": "The visitor denied the request",
        "state": "s"}


def test_consent_is_skipped_only_when_set_and_known(sandbox):
    session = requests.Session()
    sandbox.decide(session=session, scope="linodes:read_only")
    assert page(sandbox, session, scope="linodes:read_only").status_code == 200
    sandbox.settings(skip_consent=True)
    assert "code" in returned(page(sandbox, session, scope="linodes:read_only"))
    assert page(sandbox, session, scope="linodes:read_write").status_code == 200


def test_pages_escape_what_they_are_given(sandbox):
    evil = '"><script>alert(1)</script>'
    session = requests.Session()
    client = sandbox.control("clients", {"redirect_uri": CALLBACK, "label": evil})
    for _ in range(2):
        text = page(sandbox, session, client_id=client["id"], state=evil).text
        assert "<script" not in text and Form(text).fields["state"] == evil
        sandbox.decide(session=session)
    answer = post(sandbox, requests, {**AUTHORIZE, "username": evil, "password": "x"})
    assert "<script" not in answer.text


def test_pages_forbid_scripts_and_frames(sandbox):
    headers = page(sandbox, requests).headers
    assert headers["Content-Security-Policy"].startswith("default-src 'none'")
    assert headers["X-Frame-Options"] == "DENY" and headers["Cache-Control"] == "no-store"


@pytest.mark.parametrize("path", ["/", "/signup", "/logout"])
def test_other_pages(sandbox, path):
    answer = requests.get(sandbox.login + path)
    assert answer.status_code == 200 and answer.headers["Content-Type"].startswith("text/html")


# ---------------------------------------------------------------- the authorization request

@pytest.mark.parametrize("wrong", [
    {"client_id": "0" * 20}, {"client_id": ""},
    {"redirect_uri": "http://localhost:5001/auth_callback"},
    {"redirect_uri": "http://localhost:5000/auth_callbacks"},
    {"redirect_uri": "http://localhost:5000/auth_callback/../x"},
    {"redirect_uri": "http://localhost:5000/auth_callback/%2e%2e/x"},
    {"redirect_uri": "http://localhost:5000@evil.example/auth_callback"},
    {"redirect_uri": "https://localhost:5000/auth_callback"},
    {"redirect_uri": "http://localhost:5000/auth_callback#x"}, {"redirect_uri": "//evil.example"},
    {"redirect_uri": "http://localhost:x/auth_callback"}])
def test_bad_client_or_redirect_uri_gets_a_page_never_a_redirect(sandbox, wrong):
    answer = page(sandbox, requests, **wrong)
    assert answer.status_code == 400 and "Location" not in answer.headers
    assert sandbox.decide(**wrong).status_code == 400


def test_parameter_given_twice_is_refused(sandbox):
    answer = requests.get(sandbox.login + "/oauth/authorize?state=1&state=2", params=AUTHORIZE)
    assert answer.status_code == 400


@pytest.mark.parametrize("uri", [
    CALLBACK, CALLBACK + "/", CALLBACK + "/deep", CALLBACK + "?returnTo=%2F"])
def test_redirect_uri_may_be_below_the_registered(sandbox, uri):
    location = sandbox.decide(redirect_uri=uri).headers["Location"]
    assert location.startswith(uri + ("&" if "?" in uri else "?") + "code=")


@pytest.mark.parametrize("wrong, error", [
    ({"response_type": "token"}, "unsupported_response_type"),
    ({"scope": "linodes:read_write nonsense"}, "invalid_scope"),
    ({"scope": "linodes:fly"}, "invalid_scope"),
    ({"code_challenge": CHALLENGE, "code_challenge_method": "plain"}, "invalid_request"),
    ({"code_challenge": CHALLENGE}, "invalid_request"),
    ({"code_challenge": "short", "code_challenge_method": "S256"}, "invalid_request")])
def test_other_mistakes_go_back_to_the_client(sandbox, wrong, error):
    parameters = returned(page(sandbox, requests, state="s", **wrong))
    assert parameters["error"] == error and parameters["state"] == "s"


@pytest.mark.parametrize("name", ["scope", "scopes"])
@pytest.mark.parametrize("text", ["linodes:read_write,events:read_only",
                                  "linodes:read_write events:read_only"])
def test_scopes_by_both_names_and_separators(sandbox, name, text):
    answer = sandbox.exchange(code=sandbox.code(**{name: text})).json()
    assert answer["scopes"] == answer["scope"] == "linodes:read_write events:read_only"


@pytest.mark.parametrize("asked, granted", [
    ("linodes", "linodes:*"), ("linodes:create", "linodes:read_write"),
    ("linodes:view", "linodes:read_only"), ("linodes:*,linodes:*", "linodes:*"), ("*", "*"),
    ("", "")])
def test_old_and_short_names_of_scopes(sandbox, asked, granted):
    assert sandbox.exchange(code=sandbox.code(scope=asked)).json()["scopes"] == granted


def test_visitor_grants_less(sandbox):
    for grant, scope in (("linodes:read_only", "linodes:read_only"), ("none", "")):
        code = sandbox.code(scope="linodes:read_write,events:read_only", grant=grant)
        assert sandbox.exchange(code=code).json()["scopes"] == scope


def test_visitor_cannot_grant_more(sandbox):
    assert sandbox.decide(scope="linodes:read_only", grant="linodes:read_write").status_code == 400


def test_issuer_is_sent_on_request(sandbox):
    sandbox.settings(send_iss=True)
    assert returned(sandbox.decide())["iss"] == sandbox.login


# ---------------------------------------------------------------- tokens

def test_token_answer(sandbox):
    answer = sandbox.exchange(code=sandbox.code(scope="linodes:read_write"))
    body = answer.json()
    assert answer.status_code == 200 and "no-store" in answer.headers["Cache-Control"]
    assert body.keys() == {"access_token", "token_type", "expires_in", "refresh_token", "scope",
                           "scopes"}
    assert re.fullmatch("[0-9a-f]{64}", body["access_token"])
    assert re.fullmatch("[0-9a-f]{64}", body["refresh_token"])
    assert body["token_type"] == "bearer" and body["expires_in"] == 7200
    assert sandbox.call("GET", "/profile", body["access_token"]).json()["username"] == "visitor"


def test_separator_can_be_a_comma(sandbox):
    sandbox.settings(separator="comma")
    code = sandbox.code(scope="linodes:read_write events:read_only")
    assert sandbox.exchange(code=code).json()["scopes"] == "linodes:read_write,events:read_only"


def test_multipart_is_taken_too(sandbox):
    fields = {"client_id": CLIENT_ID, "client_secret": CLIENT_SECRET, "code": sandbox.code()}
    answer = requests.post(sandbox.login + "/oauth/token",
                           files={name: (None, value) for name, value in fields.items()})
    assert answer.status_code == 200


def test_second_use_of_a_code_is_refused_and_ends_its_token(sandbox):
    code = sandbox.code()
    token = sandbox.exchange(code=code).json()
    assert sandbox.exchange(code=code).status_code == 400
    assert sandbox.call("GET", "/profile", token["access_token"]).status_code == 401
    refresh = {"grant_type": "refresh_token", "refresh_token": token["refresh_token"]}
    assert sandbox.exchange(**refresh).status_code == 400


def test_codes_expire(sandbox):
    code = sandbox.code()
    sandbox.settings(clock_offset=601)
    assert sandbox.exchange(code=code).status_code == 400


def test_tokens_expire(sandbox):
    token = sandbox.exchange(code=sandbox.code()).json()["access_token"]
    sandbox.settings(clock_offset=7201)
    assert sandbox.call("GET", "/profile", token).status_code == 401
    assert sandbox.state()["tokens"] == []


@pytest.mark.parametrize("wrong, status", [
    ({"client_secret": "x"}, 401), ({"client_id": "0" * 20}, 401), ({"code": "0" * 20}, 400),
    ({"redirect_uri": CALLBACK + "/"}, 400), ({"grant_type": "password"}, 400),
    ({"code_verifier": VERIFIER}, 400)])
def test_refused_exchanges(sandbox, wrong, status):
    answer = sandbox.exchange(**{"code": sandbox.code(), **wrong})
    assert answer.status_code == status and answer.json()["errors"][0]["reason"]


def test_redirect_uri_may_be_repeated_but_not_changed(sandbox):
    uri = CALLBACK + "?returnTo=%2F"
    assert sandbox.exchange(code=sandbox.code(redirect_uri=uri), redirect_uri=uri).ok
    assert not sandbox.exchange(code=sandbox.code(redirect_uri=uri), redirect_uri=CALLBACK).ok


def test_code_of_another_client_is_refused(sandbox):
    other = sandbox.control("clients", {"redirect_uri": CALLBACK, "label": "Other"})
    assert not sandbox.exchange(code=sandbox.code(), client_id=other["id"],
                                client_secret=other["secret"]).ok


def test_pkce(sandbox):
    assert sandbox.exchange(code=sandbox.code(**PKCE), code_verifier=VERIFIER).ok
    assert not sandbox.exchange(code=sandbox.code(**PKCE), code_verifier="w" * 43).ok
    assert not sandbox.exchange(code=sandbox.code(**PKCE)).ok


def test_pkce_may_be_ignored_or_refused(sandbox):
    sandbox.settings(pkce="ignore")
    assert sandbox.exchange(code=sandbox.code(**PKCE), code_verifier="w" * 43).ok
    sandbox.settings(pkce="refuse")
    assert returned(sandbox.decide(**PKCE))["error"] == "invalid_request"


def test_field_given_twice_is_refused(sandbox):
    fields = [("client_id", CLIENT_ID), ("client_secret", CLIENT_SECRET), ("code", sandbox.code()),
              ("code", "x")]
    assert requests.post(sandbox.login + "/oauth/token", data=fields).status_code == 400


def test_refresh_rotates(sandbox):
    first = sandbox.exchange(code=sandbox.code(scope="linodes:read_only")).json()
    refresh = {"grant_type": "refresh_token", "refresh_token": first["refresh_token"]}
    second = sandbox.exchange(**refresh).json()
    assert second["scopes"] == "linodes:read_only"
    assert not {first["access_token"], first["refresh_token"]} & set(second.values())
    assert sandbox.exchange(**refresh).status_code == 400


@pytest.mark.parametrize("path", ["/oauth/revoke", "/oauth/token/expire"])
@pytest.mark.parametrize("which", ["access_token", "refresh_token"])
def test_revoking_one_ends_both(sandbox, path, which):
    token = sandbox.exchange(code=sandbox.code()).json()
    answer = sandbox.revoke(token[which], path, token_type_hint=which)
    assert answer.status_code == 200 and answer.json() == {}
    assert sandbox.call("GET", "/profile", token["access_token"]).status_code == 401
    assert not sandbox.exchange(grant_type="refresh_token",
                                refresh_token=token["refresh_token"]).ok
    assert sandbox.revoke(token[which], path).status_code == 200


def test_revoking_needs_the_right_client(sandbox):
    other = sandbox.control("clients", {"redirect_uri": CALLBACK, "label": "Other"})
    token = sandbox.exchange(code=sandbox.code()).json()["access_token"]
    assert sandbox.revoke(token, client_secret="x").status_code == 401
    assert sandbox.revoke(token, client_id=other["id"],
                          client_secret=other["secret"]).status_code == 400
    assert sandbox.revoke("").status_code == 400
    assert sandbox.call("GET", "/profile", token).ok


def test_error_shapes(sandbox):
    sandbox.settings(error_shape="rfc6749")
    assert sandbox.exchange(code="0").json()["error"] == "invalid_grant"
    sandbox.settings(error_shape="html")
    answer = sandbox.exchange(code="0")
    assert answer.status_code == 400 and answer.headers["Content-Type"] == "text/html"


@pytest.mark.parametrize("missing", ["User-Agent", "Accept", "Content-Type"])
def test_edge_filter_wants_the_usual_headers(sandbox, missing):
    headers = {"User-Agent": "test", "Accept": "application/json",
               "Content-Type": "application/x-www-form-urlencoded"}
    del headers[missing]
    connection = http.client.HTTPConnection("127.0.0.1", sandbox.ready["port"])
    connection.request("POST", "/oauth/token", b"x=1", headers)
    answer = connection.getresponse()
    assert answer.status == 403 and b"<TITLE>Access Denied</TITLE>" in answer.read()
    assert answer.headers["Content-Type"] == "text/html"
    connection.close()


def test_edge_filter_reads_bodies_when_told(sandbox):
    sandbox.settings(edge_patterns=["<script"])
    assert sandbox.exchange(code="<script>").status_code == 400  # percent-encoded on the way
    answer = requests.post(sandbox.login + "/oauth/token", data="code=<script>",
                           headers={"Content-Type": "application/x-www-form-urlencoded"})
    assert answer.status_code == 403
