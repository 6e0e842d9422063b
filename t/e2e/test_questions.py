# SPDX-License-Identifier: Apache-2.0
"""The script's own questions: asked, checked, kept, and given to the script as Linode wants them."""
import html
import re
from html.parser import HTMLParser

import pytest
from harness.session import cookie_of, set_cookie
from harness.visitor import CHOICE, Visitor, password_in
from test_ask import KEY
from test_session_size import flows_in

PASSWORD, TOKEN = "c0rrect-h0rse-battery", "t0ken-0f-the-backup"
ANSWERS = {"udf.admin_email": "admin@example.org", "udf.admin_password": PASSWORD,
           "udf.edition": "school", "udf.addons": ["", "stats", "chat"]}
JSON = {"Accept": "application/json"}


class Fields(HTMLParser):
    """The named fields of a page as (type, value, chosen), in its order."""

    def __init__(self, text):
        super().__init__()
        self.found, self.select = {}, None
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        of = dict(attrs)
        if tag == "select":
            self.select = of["name"]
        elif tag == "option" and self.select:
            self.add(self.select, ("option", of["value"], "selected" in of))
        elif tag == "input":
            self.add(of["name"], (of.get("type"), of.get("value"), "checked" in of))

    def add(self, name, field):
        if name.startswith("udf."):
            self.found.setdefault(name, []).append(field)

    def chosen(self, name):
        return [value for _, value, chosen in self.found[name] if chosen]


@pytest.fixture
def asking(bench):
    server, site = bench.serve(StackScriptID="700001", log_level="debug")
    server.secrets.update([PASSWORD, TOKEN])
    return Visitor(site, server)


def fields(page):
    return Fields(page.text).found


def created(linode):
    [call] = linode.journal("instances.create")
    return call["body"]


def patch(linode, script=700001, **changes):
    linode.control("POST", "data", json={"stackscripts": {str(script): changes}})


def test_each_kind_of_question(asking):
    page = asking.get("/")
    found = fields(page)
    assert found["udf.admin_email"] == [("text", "", False)]
    assert found["udf.admin_password"] == [("password", None, False)]
    assert found["udf.site_name"] == [("text", "My site", False)]
    assert found["udf.api_token"] == [("password", None, False)]
    assert [field[1] for field in found["udf.edition"]] == ["", "community", "team", "school",
                                                            "shop", "press"]
    assert {field[0] for field in found["udf.edition"]} == {"option"}
    assert found["udf.use_tls"] == [("radio", "yes", True), ("radio", "no", False)]
    assert found["udf.addons"][0] == ("hidden", "", False)
    assert [field[:2] for field in found["udf.addons"][1:]] == [
        ("checkbox", name) for name in ("chat", "forum", "wiki", "stats")]
    assert Fields(page.text).chosen("udf.languages") == ["en", "de"]
    assert "udf.hd_extras" not in found and "<h3>Extras</h3>" in page.text
    assert "Shown at the top of every page" in page.text


def test_required_ones_first_then_the_optional_ones(asking):
    page = asking.get("/").text
    order = list(fields(asking.get("/")))
    assert order == [f"udf.{name}" for name in (
        "admin_email", "admin_password", "edition", "addons",
        "site_name", "api_token", "use_tls", "languages")]
    folded = page[page.index('<details class="more"'):]
    assert "udf.site_name" in folded and "udf.addons" not in folded


def test_answers_reach_the_script(asking, linode):
    page = asking.deploy(**ANSWERS)
    assert password_in(page.text)
    data = created(linode)["stackscript_data"]
    assert data.pop("admin_password") == "<hidden>"
    assert data == {"admin_email": "admin@example.org", "edition": "school",
                    "addons": "chat,stats"}


def test_whole_form_of_a_browser(asking, linode):
    asking.deploy(**{**ANSWERS, "udf.site_name": "Café & Söhne", "udf.api_token": TOKEN,
                     "udf.use_tls": "no", "udf.languages": ["", "pt-BR", "fr"],
                     "questions": re.search(r'name="questions" value="([^"]+)"',
                                            asking.get("/").text).group(1)})
    data = created(linode)["stackscript_data"]
    assert data["site_name"] == "Café & Söhne" and data["use_tls"] == "no"
    assert data["languages"] == "fr,pt-BR" and data["api_token"] == "<hidden>"


def test_no_questions(shop, linode):
    page = shop.get("/")
    assert not fields(page) and "Set up" not in page.text
    shop.deploy()
    assert "stackscript_data" not in created(linode)


def test_guides_fields_are_enough_where_nothing_is_required(bench, linode):
    server, site = bench.serve(StackScriptID="700002")
    Visitor(site, server).deploy()
    assert "stackscript_data" not in created(linode)


def test_missing_answers_are_named(asking, linode):
    answer = asking.post("/", CHOICE)
    assert answer.status_code == 422
    for label in ("E-mail of the administrator", "Password of the administrator", "Edition",
                  "Add-ons"):
        assert re.search(rf'<a href="#udf-\d">{label}</a>', answer.text), label
    told = asking.post("/", CHOICE, headers=JSON).json()
    assert [problem["field"] for problem in told["problems"]] == [
        "udf.admin_email", "udf.admin_password", "udf.edition", "udf.addons"]
    assert told["problem"]["code"] == "LO0211"
    assert not linode.journal("oauth.authorize")


@pytest.mark.parametrize("field, value", [
    ("udf.edition", "enterprise"), ("udf.edition", ["team", "school"]), ("udf.use_tls", "maybe"),
    ("udf.addons", ["", "mail"]), ("udf.addons", ""), ("udf.admin_email", ["a", "b"])])
def test_wrong_answer_is_told_at_its_field(asking, field, value):
    answer = asking.post("/", {**CHOICE, **ANSWERS, field: value})
    assert answer.status_code == 422
    [error] = re.findall(r'<p class="field-error" id="(udf-\d)-error">', answer.text)
    assert f'href="#{error}"' in answer.text
    assert re.search(rf'aria-describedby="{error}-error', answer.text)
    assert asking.post("/", {**CHOICE, **ANSWERS, field: value},
                       headers=JSON).json()["problem"]["field"] == field


def test_form_keeps_what_was_typed_save_secrets(asking):
    typed = {**CHOICE, **ANSWERS, "udf.site_name": '"><b>x</b>', "udf.api_token": TOKEN,
             "udf.use_tls": "no", "udf.languages": "", "udf.edition": "none such"}
    answer = asking.post("/", typed)
    assert answer.status_code == 422
    found, page = fields(answer), Fields(answer.text)
    assert found["udf.admin_email"] == [("text", "admin@example.org", False)]
    assert found["udf.site_name"] == [("text", '"><b>x</b>', False)]
    assert page.chosen("udf.use_tls") == ["no"]
    assert page.chosen("udf.addons") == ["chat", "stats"]
    assert page.chosen("udf.languages") == []
    assert found["udf.admin_password"] == found["udf.api_token"] == [("password", None, False)]
    assert "<b>x</b>" not in answer.text
    for text in (answer.text, asking.post("/", typed, headers=JSON).text):
        assert PASSWORD not in text and TOKEN not in text


def test_secrets_are_nowhere_to_be_seen(asking, linode):
    answers = {**ANSWERS, "udf.api_token": TOKEN}
    login = asking.start(**answers)
    seen = [login, str(asking.session.cookies.get_dict())]
    denied = asking.get(asking.consent(login, decision="deny"))
    seen += [denied.text, asking.get("/").text, asking.get("/", headers=JSON).text]
    result = asking.deploy(**answers)
    seen += [result.text, asking.get(result.url, headers=JSON).text]
    for text in seen:
        assert PASSWORD not in text and TOKEN not in text


def test_answers_survive_a_refused_login(asking):
    login = asking.start(**ANSWERS)
    page = asking.get(asking.consent(login, decision="deny"))
    assert "udf" not in page.text and "admin@example.org" not in page.text
    link = re.search(r'href="([^"]*)">Back to the form', page.text).group(1)
    for form in (asking.get(html.unescape(link)), asking.get("/")):
        assert fields(form)["udf.admin_email"] == [("text", "admin@example.org", False)]
        assert Fields(form.text).chosen("udf.edition") == ["school"]
        assert Fields(form.text).chosen("udf.addons") == ["chat", "stats"]


def test_address_fills_in_answers_but_no_secret(asking):
    page = asking.get("/?udf.site_name=Other&udf.languages=de&udf.languages=fr"
                      "&udf.api_token=planted&udf.unknown=1")
    assert fields(page)["udf.site_name"] == [("text", "Other", False)]
    assert Fields(page.text).chosen("udf.languages") == ["de", "fr"]
    assert "planted" not in page.text


@pytest.mark.parametrize("count, kind", [(3, "radio"), (6, "option")])
def test_choice_can_be_taken_back(bench, linode, count, kind):
    """Of a question that may be left alone: also once the form comes back, or is opened again."""
    sizes = [f"s{number}" for number in range(count)]
    patch(linode, user_defined_fields=[
        {"name": "size", "label": "Size", "oneof": ",".join(sizes), "default": ""},
        {"name": "tone", "label": "Tone", "oneof": ",".join(sizes), "default": "s1"}])
    server, site = bench.serve(StackScriptID="700001")
    visitor = Visitor(site, server)
    answers = {"udf.size": "s2", "udf.tone": "s2"}
    for page, chosen in ((visitor.get("/"), ""), (visitor.post("/", {**answers, "type": "no"}), "s2"),
                         (visitor.get("/?udf.size=s2"), "s2")):
        found = fields(page)["udf.size"]
        assert found[0][:2] == (kind, "") and [field[1] for field in found[1:]] == sizes
        assert chosen in Fields(page.text).chosen("udf.size") or not chosen and kind == "option"
        assert [field[1] for field in fields(page)["udf.tone"]] == sizes, "its default is a choice"
        assert 'for="udf-1"' in page.text or 'id="udf-1"' in page.text
    visitor.start(**answers)
    assert Fields(visitor.get("/").text).chosen("udf.size") == ["s2"]
    back = visitor.post("/", {"udf.size": "", "type": "no"})
    assert set(Fields(back.text).chosen("udf.size")) <= {""}
    visitor.deploy(**{**answers, "udf.size": ""})
    assert created(linode)["stackscript_data"] == {"tone": "s2"}


ODD = 'a b<&"\'=%é{{ 7*7 }}'


def test_odd_names_and_texts(bench, linode):
    patch(linode, user_defined_fields=[
        {"name": ODD, "label": "<i>label</i>", "example": "{% endif %}", "default": "<&>"},
        {"name": "country", "label": "Country",
         "oneof": ",".join(f"c{number}" for number in range(250)) + ",", "default": None}])
    server, site = bench.serve(StackScriptID="700001")
    visitor = Visitor(site, server)
    page = visitor.get("/")
    assert fields(page)[f"udf.{ODD}"] == [("text", "<&>", False)]
    assert "<i>label" not in page.text
    assert len(fields(page)["udf.country"]) == 251
    visitor.deploy(**{f"udf.{ODD}": "{{ value }}", "udf.country": "c249"})
    assert created(linode)["stackscript_data"] == {ODD: "{{ value }}", "country": "c249"}


def test_too_long_for_the_session(asking, linode):
    answer = asking.post("/", {**CHOICE, **ANSWERS, "udf.site_name": "x" * 6000})
    assert answer.status_code == 413
    assert "The longest is &#34;Name of the site&#34;" in answer.text
    assert fields(answer)["udf.site_name"] == [("text", "x" * 6000, False)]
    assert not linode.journal("oauth.authorize")
    asking.deploy(**ANSWERS)


def test_changed_script_brings_the_form_back(bench, linode):
    server, site = bench.serve(StackScriptID="700001", CatalogRefresh="10s")
    asking = Visitor(site, server)
    signature = re.search(r'name="questions" value="([^"]+)"', asking.get("/").text).group(1)
    patch(linode, user_defined_fields=[{"name": "admin_email", "label": "E-mail"},
                                       {"name": "colour", "label": "Colour"}])
    server.wait_until(lambda: "udf.colour" in asking.get("/").text)
    answer = asking.post("/", {**CHOICE, **ANSWERS, "questions": signature})
    assert answer.status_code == 422 and "have changed" in answer.text
    assert fields(answer)["udf.admin_email"] == [("text", "admin@example.org", False)]
    assert "udf.colour" in fields(answer) and "field-error" not in answer.text
    assert f'value="{signature}"' not in answer.text
    new = re.search(r'name="questions" value="([^"]+)"', answer.text).group(1)
    asking.start(**{"udf.admin_email": "a", "udf.colour": "red", "questions": new})


@pytest.mark.parametrize("reason", [
    {"reason": "is no address that works", "field": "admin_email"},
    {"reason": "is no address that works", "field": "stackscript_data.admin_email"},
    {"reason": "A value for the UDF admin_email is required."}])
def test_refusal_leads_back_to_the_question(asking, linode, reason):
    login = asking.start(**ANSWERS)
    linode.fault("instances.create", "error", code=400, errors=[reason])
    asking.server.expect_log("LO0406")
    answer = asking.get(asking.consent(login))
    assert answer.status_code == 422 and reason["reason"] in answer.text
    assert "did not accept the answer to &#34;E-mail of the administrator&#34;" in answer.text
    link = html.unescape(re.search(r'href="([^"]*#[^"]*)">Back to the form', answer.text).group(1))
    form, place = asking.get(link.split("#")[0]), link.split("#")[1]
    assert fields(form)["udf.admin_email"] == [("text", "admin@example.org", False)]
    assert f'id="{place}" name="udf.admin_email"' in form.text
    assert PASSWORD not in answer.text
    assert not linode.linodes()


def test_answer_that_a_refusal_quotes_is_in_no_log(asking, linode):
    asking.server.secrets.add("a-private-site-name")
    login = asking.start(**{**ANSWERS, "udf.site_name": "a-private-site-name"})
    linode.fault("instances.create", "error", code=400, errors=[
        {"reason": "a-private-site-name is not valid", "field": "site_name"}])
    asking.server.expect_log("LO0406")
    answer = asking.get(asking.consent(login))
    assert "did not accept the answer to &#34;Name of the site&#34;" in answer.text


# ---------------------------------------------------------------- LinodeOAuthField

def ruled(bench, *lines, around=()):
    """A mount with these lines, and others that it inherits."""
    server = bench.server()
    site = bench.site(server, StackScriptID="700001")
    server.secrets.update([PASSWORD, TOKEN])
    section = site.section().replace(
        "</Location>", "".join(f"    LinodeOAuthField {line}\n" for line in lines) + "</Location>")
    server.write("".join(f"LinodeOAuthField {line}\n" for line in around) + section)
    server.start()
    return Visitor(site, server)


def test_generated_secret(bench, linode):
    visitor = ruled(bench, "admin_password generate 24")
    assert "udf.admin_password" not in fields(visitor.get("/"))
    answers = {name: value for name, value in ANSWERS.items() if name != "udf.admin_password"}
    page = visitor.deploy(**answers)
    [made] = re.findall(r'id="made-1" class="secret">([0-9A-Za-z]{24})<', page.text)
    visitor.note_secret(made)
    assert "Password of the administrator" in page.text
    assert made in visitor.get(page.url).text, "a reload shows it as long as the password"
    assert created(linode)["stackscript_data"]["admin_password"] == "<hidden>"
    visitor.post(page.url + "/forget")
    assert made not in visitor.get(page.url).text
    other = visitor.deploy(**answers)
    assert made not in other.text


def test_answers_leave_the_session_once_the_linode_is_there(asking):
    asking.start(**ANSWERS)
    [waiting] = flows_in(asking)
    assert waiting["secrets"]["admin_password"] == PASSWORD
    asking.deploy(**ANSWERS, authorized_keys=KEY)
    [finished] = [flow for flow in flows_in(asking) if "linode" in flow]
    assert not {"answers", "secrets", "keys"} & set(finished)


def made_in(page):
    return re.findall(r'id="made-\d+" class="secret">([0-9A-Za-z]{24})<', page.text)


def test_generated_secrets_are_different_ones(bench):
    visitor = ruled(bench, "admin_password generate 24", "site_name generate 24")
    made = made_in(visitor.deploy(**ANSWERS))
    assert len(made) == len(set(made)) == 2


def test_generated_secret_is_the_accounts(bench):
    """As the root password: whoever plants his session in another browser has another one."""
    planter = ruled(bench, "site_name generate 24")
    victim = Visitor(planter.site, planter.server, user="second")
    login = planter.start(**ANSWERS)
    set_cookie(victim, cookie_of(planter))
    made = [made_in(who.result(who.get(who.consent(login)))) for who in (planter, victim)]
    assert [len(one) for one in made] == [1, 1] and made[0] != made[1]


def test_generated_secret_is_what_the_script_gets(bench, linode):
    """In a field whose name does not say so, the sandbox's journal shows it."""
    visitor = ruled(bench, "site_name generate 12")
    page = visitor.deploy(**ANSWERS)
    [made] = re.findall(r'id="made-1" class="secret">([0-9A-Za-z]{12})<', page.text)
    assert created(linode)["stackscript_data"]["site_name"] == made


def test_hidden_value(bench, linode):
    visitor = ruled(bench, 'site_name hidden "Ours alone"', "edition hidden team")
    assert not {"udf.site_name", "udf.edition"} & set(fields(visitor.get("/")))
    visitor.deploy(**{**ANSWERS, "udf.edition": "shop", "udf.site_name": "mine"})
    data = created(linode)["stackscript_data"]
    assert data["site_name"] == "Ours alone" and data["edition"] == "team"


def test_words_and_checks(bench):
    visitor = ruled(bench, 'admin_email label "Your <mail>"', "admin_email type email",
                    'site_name pattern "[a-z]+" "Small letters only."', "site_name secret",
                    around=('admin_email help "For notices"', 'admin_email label "Other"'))
    page = visitor.get("/")
    assert "Your &lt;mail&gt;" in page.text and "For notices" in page.text
    assert fields(page)["udf.admin_email"] == [("email", "", False)]
    assert fields(page)["udf.site_name"] == [("password", None, False)]
    answer = visitor.post("/", {**CHOICE, **ANSWERS, "udf.admin_email": "nobody",
                                "udf.site_name": "Big"}, headers=JSON).json()
    assert [(problem["field"], problem["message"]) for problem in answer["problems"]] == [
        ("udf.admin_email", "Write an e-mail address, such as name@example.org."),
        ("udf.site_name", "Small letters only.")]
    visitor.start(**ANSWERS, **{"udf.site_name": "small"})
