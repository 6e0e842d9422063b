# SPDX-License-Identifier: Apache-2.0
"""Generated cases: templates out of a grammar of the language, shrunk when one differs."""
import json
import os

import oracle
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

CONTEXT = json.loads((oracle.HERE / "corpus" / "context.json").read_text())
NAMES = ["nothing", "yes", "no", "zero", "one", "answer", "minus", "half", "empty", "word",
         "html", "list", "letters", "mixed", "none_list", "nested", "dict", "users", "nope",
         "obj", "pairs", "x", "y", "spaces", "unicode", "number_text"]
LITERALS = ["1", "0", "2", "7", "1.5", "0.1", "1e20", "true", "none", '"a"', '"<b>"', "''",
            '"a b"', "[]", "[1, 2]", "{}", "{'a': 1}", "(1, 2)", "()", '"%s"', '"x&y"|safe',
            "range(3)", '"é\\n"']
BINARY = ["+", "-", "*", "/", "//", "%", "~", "==", "!=", "<", ">=", "in", "not in", "and", "or"]
FILTERS = ["upper", "lower", "length", "first", "last", "list", "join", "join(', ')", "sort",
           "string", "safe", "e", "int", "float", "title", "capitalize", "trim", "reverse",
           "default('d')", "default('d', true)", "abs", "round", "sum", "min", "max", "unique",
           "tojson", "striptags", "replace('a', '<')", "replace('<'|safe, 'b')", "wordcount",
           "map('string')", "select", "reject('odd')", "map(attribute='name')", "items",
           "dictsort", "batch(2)", "slice(2)", "center(9)", "truncate(4, leeway=0)", "urlencode",
           "forceescape", "xmlattr", "groupby('city')", "selectattr('active')", "indent(1, true)",
           "filesizeformat", "format(1)", "wordwrap(3)", "urlize", "pprint", "count", "d"]
TESTS = ["defined", "undefined", "none", "odd", "even", "string", "number", "mapping",
         "sequence", "iterable", "true", "boolean", "integer", "float", "lower", "escaped",
         "in [1, 'a']", "eq 1", "divisibleby 2", "callable", "sameas none", "gt 0"]
SUFFIXES = [".a", "[0]", "[-1]", "['a']", "[1:]", "[::-1]", ".name", ".items()", ".upper()",
            ".keys()|list", "[:2]", ".child.name", ".0", ".get('a')", ".split()", ".nope"]

atoms = st.sampled_from(NAMES + LITERALS)


def grow(inner):
    return st.one_of(
        st.tuples(inner, st.sampled_from(FILTERS)).map("({0[0]})|{0[1]}".format),
        st.tuples(inner, st.sampled_from(BINARY), inner).map("({0[0]} {0[1]} {0[2]})".format),
        st.tuples(inner, st.sampled_from(TESTS)).map("({0[0]} is {0[1]})".format),
        st.tuples(inner, st.sampled_from(SUFFIXES)).map("({0[0]}){0[1]}".format),
        st.tuples(inner, inner, inner).map("({0[0]} if {0[1]} else {0[2]})".format),
        st.tuples(inner, inner).map("[{0[0]}, {0[1]}]".format),
        st.tuples(inner, inner).map("{{{0[0]}: {0[1]}}}".format),
        inner.map("(not {})".format),
        inner.map("(-{})".format),
        st.tuples(inner, inner).map("m({0[0]}, b={0[1]})".format),
    )


expressions = st.recursive(atoms, grow, max_leaves=5)
targets = st.sampled_from(["x", "y", "word", "ns.v", "x, y"])
texts = st.sampled_from(["", " ", "\n", "text", "<", "  \n "])
signs = st.sampled_from(["", "-", "+"])


def statements(inner):
    return st.one_of(
        st.tuples(inner, inner).map("".join),
        st.tuples(expressions, inner, inner).map(
            "{{% if {0[0]} %}}{0[1]}{{% else %}}{0[2]}{{% endif %}}".format),
        st.tuples(signs, expressions, inner, signs).map(
            "{{%{0[0]} for x in {0[1]} {0[3]}%}}{0[2]}{{{{ loop.index }}}}{{% else %}}e"
            "{{% endfor %}}".replace("{0[3]}%}}", "%}}").format),
        st.tuples(expressions, expressions, inner).map(
            "{{% for x in {0[0]} if {0[1]} %}}{0[2]}{{{{ loop.last }}}}{{% endfor %}}".format),
        st.tuples(targets, expressions).map("{{% set {0[0]} = {0[1]} %}}".format),
        st.tuples(targets, inner).map("{{% set {0[0]} %}}{0[1]}{{% endset %}}".format),
        st.tuples(st.sampled_from(FILTERS), inner).map(
            "{{% filter {0[0]} %}}{0[1]}{{% endfilter %}}".format),
        st.tuples(targets, expressions, inner).map(
            "{{% with y = {0[1]} %}}{0[2]}{{% endwith %}}".format),
        st.tuples(st.sampled_from(["false", "true", "no"]), inner).map(
            "{{% autoescape {0[0]} %}}{0[1]}{{% endautoescape %}}".format),
        st.tuples(expressions, inner).map("{{% call m({0[0]}) %}}{0[1]}{{% endcall %}}".format),
        inner.map("{{% macro k(a, y=1) %}}{0}{{{{ a }}}}{{% endmacro %}}{{{{ k(2) }}}}".format),
        st.sampled_from(["{% include 'part' %}", "{% include 'part' without context %}",
                         "{% import 'part' as p %}{{ p.pm(x) }}{{ p }}",
                         "{% from 'part' import pm with context %}{{ pm(y) }}"]),
    )


leaves = st.one_of(texts, st.tuples(signs, expressions, st.sampled_from(["", "-"])).map(
    "{{{{{0[0]} {0[1]} {0[2]}}}}}".format))
bodies = st.recursive(leaves, statements, max_leaves=6)

PART = "({{ x }}{{ word }}){% macro pm(a) %}[{{ a }}{{ y }}]{% endmacro %}"
HEAD = ("{% set ns = namespace(v=0) %}{% macro m(a, b=2) %}<{{ a }}{{ b }}"
        "{{ caller() if caller }}>{% endmacro %}")
BASE = "{% set y = 'base' %}<{% block a %}base{{ x }}{% endblock %}|{% block b scoped %}{% endblock %}>"

# The same cases each time, unless more are asked for: EXAMPLES=5000 tries new ones.
many = settings(max_examples=int(os.environ.get("EXAMPLES", 120)), deadline=None,
                derandomize="EXAMPLES" not in os.environ, database=None,
                suppress_health_check=list(HealthCheck))


@many
@given(st.lists(expressions, min_size=8, max_size=14))
def test_expressions(ours, cases):
    for case in cases:
        template = HEAD + "{{ " + case + " }}"
        shown = oracle.difference(ours, template, CONTEXT, may_refuse=True)
        assert not shown, shown


@many
@given(st.lists(bodies, min_size=3, max_size=6))
def test_templates(ours, cases):
    for case in cases:
        shown = oracle.difference(ours, {"main": HEAD + case, "part": PART}, CONTEXT,
                                  may_refuse=True)
        assert not shown, shown


@many
@given(bodies, bodies, bodies)
def test_inheritance(ours, outside, a, b):
    templates = {
        "main": "{% extends 'base' %}" + HEAD + outside + "{% block a %}" + HEAD + a +
                "{{ super() }}{% endblock %}{% block b %}" + HEAD + b + "{% endblock %}",
        "base": BASE, "part": PART,
    }
    shown = oracle.difference(ours, templates, CONTEXT, may_refuse=True)
    assert not shown, shown


soup = st.lists(st.sampled_from(
    ["{{", "}}", "{%", "%}", "{#", "#}", "-", "+", " ", "\n", "x", "1", "'", '"', "if", "endif",
     "for", "in", "endfor", "set", "=", "raw", "endraw", "|", "upper", "(", ")", "[", "]", ".",
     ",", "is", "not", "a", "<", "{% if x %}", "{% endif %}", "{% raw %}", "{{ x }}", "~", "\\"]),
    max_size=14).map("".join)


@many
@given(st.lists(soup, min_size=8, max_size=14))
def test_broken(ours, cases):
    """What the lexer and the parser take and refuse."""
    for case in cases:
        shown = oracle.difference(ours, case, CONTEXT, may_refuse=True)
        assert not shown, shown
