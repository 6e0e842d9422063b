# SPDX-License-Identifier: Apache-2.0
"""The pages of login.linode.com: log in, allow or deny, log out.

GET /oauth/authorize shows the login form, or the consent once somebody is logged in.
POST /oauth/authorize takes both forms, also in one request: username, password, decision
(approve or deny), grant ("all", "none" or a smaller list of scopes), beside the parameters
of the authorization itself.  Any password but an empty one is right.

A wrong client or redirect_uri gets a page; whatever else is wrong goes back to the client
(RFC 6749, 4.1.2.1).
"""
import re
import secrets
import urllib.parse

from . import pages, scopes, tokens
from .errors import Answer

COOKIE = "sandbox_login"
CHALLENGE = re.compile(r"[A-Za-z0-9\-_]{43}")
PARAMETERS = ("client_id", "response_type", "scope", "scopes", "redirect_uri", "state",
              "code_challenge", "code_challenge_method")
LOOPBACK = ("localhost", "127.0.0.1", "::1")


class Refused(Exception):
    """A page for the visitor: there is nowhere to send him."""

    def __init__(self, reason):
        super().__init__(reason)
        self.reason = reason


class Returned(Exception):
    """Back to the client, with an error."""

    def __init__(self, request, error, description):
        super().__init__(description)
        self.request = request
        self.error = error
        self.description = description


class AuthorizationRequest:
    """What the client asks for, checked."""

    def __init__(self, call):
        given = {**call.query, **call.form}
        if call.form_repeated in PARAMETERS or repeated(call.query_text):
            raise Refused("A parameter is given twice.")
        self.parameters = {name: given[name] for name in PARAMETERS if name in given}
        self.client = call.world.clients.get(given.get("client_id", ""))
        if self.client is None:
            raise Refused("No application is registered under this client_id.")
        self.redirect_uri = given.get("redirect_uri", self.client.redirect_uri)
        if not is_under(self.redirect_uri, self.client.redirect_uri):
            raise Refused("The redirect_uri is not the one that this application registered.")
        self.state = given.get("state")
        self.check_response_type(given)
        self.scopes = self.checked_scopes(given)
        self.challenge = self.checked_challenge(given, call.world.settings.pkce)

    def check_response_type(self, given):
        if "response_type" not in given:
            raise Returned(self, "invalid_request", "response_type is required")
        if given["response_type"] != "code":
            raise Returned(self, "unsupported_response_type", "response_type is not code")

    def checked_scopes(self, given):
        try:
            return scopes.parse(given.get("scopes", given.get("scope", "")))
        except ValueError as unknown:
            raise Returned(self, "invalid_scope", f"{unknown} is no scope") from None

    def checked_challenge(self, given, policy):
        challenge = given.get("code_challenge")
        if challenge is None or policy == "ignore":
            return None
        if policy == "refuse":
            raise Returned(self, "invalid_request", "code_challenge is not for this client")
        if given.get("code_challenge_method") != "S256" or not CHALLENGE.fullmatch(challenge):
            raise Returned(self, "invalid_request", "code_challenge_method is not S256")
        return challenge

    def url(self):
        return "/oauth/authorize?" + urllib.parse.urlencode(self.parameters)

    def hidden(self):
        """The parameters, to be posted again with a form."""
        return pages.each('<input type="hidden" name="$name" value="$value">\n',
                          [{"name": name, "value": value}
                           for name, value in self.parameters.items()])


def repeated(query):
    names = [name for name, _ in urllib.parse.parse_qsl(query, keep_blank_values=True)
             if name in PARAMETERS]
    return len(names) != len(set(names))


def is_under(uri, registered):
    """The prefix rule: same scheme and host and port, the path at or below the registered."""
    try:
        sent, known = urllib.parse.urlsplit(uri), urllib.parse.urlsplit(registered)
        ports = sent.port, known.port
    except ValueError:
        return False
    if (sent.scheme, sent.hostname) != (known.scheme, known.hostname) or "@" in sent.netloc:
        return False
    if ports[0] != ports[1] and not (ports[1] is None and known.hostname in LOOPBACK):
        return False
    if "#" in uri or "\\" in uri or ".." in urllib.parse.unquote(sent.path).split("/"):
        return False
    base = known.path.rstrip("/")
    under = sent.path == known.path or sent.path == base or sent.path.startswith(base + "/")
    return under and sent.query.startswith(known.query)


# ---------------------------------------------------------------- handlers

def guarded(handler):
    """Answers what the checks of a request raise."""
    def handle(call):
        try:
            return handler(call)
        except Refused as refusal:
            return html(400, "This request cannot be answered", "problem.html",
                        reason=refusal.reason)
        except Returned as error:
            return back(call, error.request, error=error.error,
                        error_description=error.description)
    return handle


@guarded
def authorize(call):
    request = AuthorizationRequest(call)
    user = logged_in(call)
    if user is None or call.query.get("prompt") == "login":
        return login_page(call, request)
    call.user = user
    known = (request.client.id, user.name, tuple(request.scopes))
    if call.world.settings.skip_consent and known in call.world.consents:
        return approve(call, request, request.scopes)
    return consent_page(request, user)


@guarded
def decide(call):
    request = AuthorizationRequest(call)
    headers = []
    if "username" in call.form:
        call.user = call.world.users.get(call.form["username"])
        if call.user is None or not call.form.get("password"):
            call.user = None
            return login_page(call, request, "No user of that name, or no password.", 401)
        headers = [remember(call)]
    else:
        call.user = logged_in(call)
    answer = decided(call, request)
    answer.headers += headers
    return answer


def decided(call, request):
    decision = call.form.get("decision")
    if call.user is None:
        return login_page(call, request, "Please log in.", 401)
    if decision is None:
        return redirect(request.url())
    if decision == "deny":
        return back(call, request, error="access_denied",
                    error_description="The visitor denied the request")
    granted = chosen(call.form.get("grant", "all"), request)
    if decision != "approve" or granted is None:
        raise Refused("The form was changed on its way.")
    return approve(call, request, granted)


def chosen(grant, request):
    """The scopes of the visitor's choice, never more than were asked for."""
    if grant in ("all", ""):
        return request.scopes
    if grant == "none":
        return []
    try:
        granted = scopes.parse(grant)
    except ValueError:
        return None
    return granted if scopes.within(granted, request.scopes) else None


def approve(call, request, granted):
    world = call.world
    world.consents.add((request.client.id, call.user.name, tuple(request.scopes)))
    code = world.tokens.issue_code(tokens.Grant(
        request.client.id, call.user.name, granted, request.redirect_uri, request.challenge,
        world.now()))
    return back(call, request, code=code)


def back(call, request, **parameters):
    """A redirect to the client; a query in its redirect_uri is kept."""
    if request.state is not None:
        parameters["state"] = request.state
    if call.world.settings.send_iss:
        parameters["iss"] = call.world.origin
    joint = "&" if "?" in request.redirect_uri else "?"
    return redirect(request.redirect_uri + joint + urllib.parse.urlencode(parameters), 302)


def redirect(location, status=303):
    return Answer(status, headers=[("Location", location), ("Cache-Control", "no-store")])


# ---------------------------------------------------------------- who is logged in

def cookie_of(call):
    for part in call.headers.get("Cookie", "").split(";"):
        name, _, value = part.strip().partition("=")
        if name == COOKIE:
            return value
    return None


def logged_in(call):
    return call.world.users.get(call.world.logins.get(cookie_of(call)))


def remember(call):
    value = secrets.token_hex(16)
    call.world.logins[value] = call.user.name
    return set_cookie(call, value)


def set_cookie(call, value, extra=""):
    secure = "; Secure" if call.world.secure else ""
    return ("Set-Cookie", f"{COOKIE}={value}; Path=/; HttpOnly; SameSite=Lax{secure}{extra}")


def logout(call):
    call.world.logins.pop(cookie_of(call), None)
    answer = html(200, "Logged out", "plain.html", text="You are logged out.")
    answer.headers.append(set_cookie(call, "", "; Max-Age=0"))
    return answer


# ---------------------------------------------------------------- pages

def html(status, title, name, **values):
    body = pages.page(title, name, **values).encode()
    return Answer(status, body, "text/html; charset=utf-8", [
        ("Cache-Control", "no-store"), ("Referrer-Policy", "same-origin"),
        ("X-Content-Type-Options", "nosniff"), ("X-Frame-Options", "DENY"),
        ("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; "
                                    "frame-ancestors 'none'")])


def login_page(call, request, message="", status=200):
    users = [{"name": user.name, "about": user.about} for user in call.world.users.values()]
    return html(status, "Log in", "login.html", hidden=request.hidden(),
                message=pages.each('<p class="bad" role="alert">$text</p>',
                                   [{"text": message}] if message else []),
                username=call.form.get("username", "visitor"), label=request.client.label,
                names=pages.each('<option value="$name">', users),
                users=pages.each("<dt>$name</dt><dd>$about</dd>\n", users))


def consent_page(request, user):
    words = [{"scope": scope, "words": in_words(scope)} for scope in request.scopes]
    nothing = {"scope": "no scope", "words": "know your username and e-mail address, no more"}
    offers = [{"value": ",".join(offer) or "none", "text": ", ".join(offer) or "nothing"}
              for offer in scopes.reductions(request.scopes)]
    return html(200, f"Allow {request.client.label}?", "consent.html",
                hidden=request.hidden(), label=request.client.label, username=user.name,
                account=user.account.facts["email"], again=request.url() + "&prompt=login",
                home=urllib.parse.urlsplit(request.redirect_uri).netloc,
                scopes=pages.each("<li><code>$scope</code> $words</li>\n", words or [nothing]),
                offers=pages.each('<option value="$value">Only $text</option>\n', offers))


def in_words(scope):
    if scope == "*":
        return "see and change everything in your account"
    family, _, level = scope.partition(":")
    verb = "see your" if level == "read_only" else "see, create, change and delete your"
    return f"{verb} {'Linodes' if family == 'linodes' else family.replace('_', ' ')}"


def index(call):
    users = [{"name": user.name, "about": user.about} for user in call.world.users.values()]
    return html(200, "Sandbox Linode", "index.html", origin=call.world.origin,
                users=pages.each("<dt>$name</dt><dd>$about</dd>\n", users))


def favicon(call):
    return Answer(204)


def signup(call):
    return html(200, "Sign up", "plain.html",
                text="Here Linode would open an account. The sandbox has its users already.")
