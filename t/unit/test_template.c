/* SPDX-License-Identifier: Apache-2.0 */
/* The template language. What the cases expect is what Python's jinja2 makes of them. */
#include "fixture.h"
#include "template/template.h"

#include <apr_buckets.h>
#include <jansson.h>

static const char CONTEXT[] =
    "{\"name\": \"Tom & <Jerry>\", \"n\": 3, \"none\": null, \"yes\": true, \"pi\": 2.5, \"list\": "
    "[\"a\", \"b\", \"c\"], \"user\": {\"name\": \"Ada\", \"tags\": [\"x\", \"y\"]}, \"empty\": "
    "[], \"tree\": [{\"n\": 1, \"c\": [{\"n\": 2, \"c\": []}]}, {\"n\": 3, \"c\": []}], "
    "\"people\": [{\"n\": \"Eve\", \"age\": 30}, {\"n\": \"Bob\", \"age\": 7}], \"html\": "
    "\"<b>bold</b>\", \"text\": \"äöü €\"}";

typedef struct case_t {
    const char *text;
    const char *page;
} case_t;

enum { MEMBERS = 3 };

/* Templates that belong together, and what the one named "page" renders. */
typedef struct family_t {
    const char *templates[MEMBERS][2];
    const char *page;
} family_t;

static const template_limits_t *limits; /* NULL: the default ones */

static template_source_t source(const char *name, const char *text)
{
    return (template_source_t){.name = name, .text = text, .length = strlen(text)};
}

static template_error_t *render(const template_source_t *sources, apr_size_t count,
                                const char **page)
{
    apr_bucket_brigade *out = apr_brigade_create(pool, apr_bucket_alloc_create(pool));
    json_t *context = json_loads(CONTEXT, 0, NULL);
    template_error_t *error;
    template_set_t *set;
    apr_size_t length;
    char *text;

    *page = "";
    error = template_set_create(&set, sources, count, pool);
    if (!error) {
        if (limits) {
            template_set_limit(set, limits);
        }
        error = template_render(set, "page", context, out, pool);
        ck_assert(!error || APR_BRIGADE_EMPTY(out));
    }
    apr_brigade_pflatten(out, &text, &length, pool);
    *page = apr_pstrmemdup(pool, text, length);
    json_decref(context);
    return error;
}

static void check_cases(const case_t *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        const template_source_t sources[] = {source("page", cases[i].text)};
        const char *page;
        template_error_t *error = render(sources, 1, &page);
        ck_assert_msg(!error, "%s: %s", cases[i].text,
                      error ? template_error_text(error, pool) : "");
        ck_assert_msg(strcmp(page, cases[i].page) == 0, "%s: '%s', not '%s'", cases[i].text, page,
                      cases[i].page);
    }
}

static const char *render_family(const family_t *family)
{
    template_source_t sources[MEMBERS];
    apr_size_t count = 0;
    const char *page;
    template_error_t *error;

    for (; count < MEMBERS && family->templates[count][0]; count++) {
        sources[count] = source(family->templates[count][0], family->templates[count][1]);
    }
    error = render(sources, count, &page);
    ck_assert_msg(!error, "%s", error ? template_error_text(error, pool) : "");
    return page;
}

/* The error that a template has to end with. */
static const template_error_t *failure(const char *text)
{
    const template_source_t sources[] = {source("page", text)};
    const char *page;
    template_error_t *error = render(sources, 1, &page);

    ck_assert_msg(error != NULL, "%s: no error, but '%s'", text, page);
    return error;
}

START_TEST(plain_text_and_values)
{
    static const case_t cases[] = {
        {"", ""},
        {"just text", "just text"},
        {"{{ name }}", "Tom &amp; &lt;Jerry&gt;"},
        {"{{ n }} {{ none }} {{ yes }} {{ pi }}", "3 None True 2.5"},
        {"{{ list }}", "[&#39;a&#39;, &#39;b&#39;, &#39;c&#39;]"},
        {"{{ user.name }} {{ user['name'] }} {{ list[0] }} {{ list[-1] }}", "Ada Ada a c"},
        {"[{{ missing }}]", "[]"},
        {"{{ user.missing is defined }}", "False"},
        {"{{ text }} {{ text|length }}", "äöü € 5"},
        {"{{ 'it''s' }}", "its"},
        {"{{ \"a\\n<b>\" }}", "a\n&lt;b&gt;"},
        {"{{ list[1:] }} {{ text[:2] }}", "[&#39;b&#39;, &#39;c&#39;] äö"},
        {"{{ {'a': 1, 'b': [1, 2]} }} {{ (1, 2) }}",
         "{&#39;a&#39;: 1, &#39;b&#39;: [1, 2]} (1, 2)"},
    };

    check_cases(cases, COUNT(cases));
}
END_TEST

START_TEST(expressions)
{
    static const case_t cases[] = {
        {"{{ 1 + 2 * 3 }} {{ 7 // 2 }} {{ -7 // 2 }} {{ 7 / 2 }} {{ 7 % 3 }} {{ 2 ** 10 }}",
         "7 3 -4 3.5 1 1024"},
        {"{{ n > 2 and n < 4 }} {{ 1 < n < 3 }}", "True False"},
        {"{{ not yes }} {{ none or 'x' }}", "False x"},
        {"{{ 'a' ~ n ~ name }}", "a3Tom &amp; &lt;Jerry&gt;"},
        {"{{ 'yes' if n == 3 else 'no' }} [{{ 'yes' if n == 4 }}]", "yes []"},
        {"{{ 'a' in list }} {{ 'z' not in list }} {{ 'err' in html }}", "True True False"},
        {"{{ n is odd }} {{ n is divisibleby 3 }} {{ none is none }} {{ x is undefined }} {{ name "
         "is string }}",
         "True True True True True"},
        {"{{ [1, 2] + [3] }} {{ 'ab' * 2 }}", "[1, 2, 3] abab"},
        {"{{ range(3)|list }} {{ range(5, 1, -2)|list }}", "[0, 1, 2] [5, 3]"},
        {"{{ '%s-%03d' % (name, n) }}", "Tom &amp; &lt;Jerry&gt;-003"},
        {"{{ 1e3 }} {{ 0.1 + 0.2 }} {{ 10 / 5 }}", "1000.0 0.30000000000000004 2.0"},
        {"{{ user.items()|list }}",
         "[(&#39;name&#39;, &#39;Ada&#39;), (&#39;tags&#39;, [&#39;x&#39;, &#39;y&#39;])]"},
        {"{{ name.upper() }} {{ 'a,b'.split(',') }}",
         "TOM &amp; &lt;JERRY&gt; [&#39;a&#39;, &#39;b&#39;]"},
    };

    check_cases(cases, COUNT(cases));
}
END_TEST

START_TEST(escaping)
{
    static const case_t cases[] = {
        {"{{ html }}|{{ html|safe }}|{{ html|e }}|{{ html|safe|e }}|{{ html|forceescape }}",
         "&lt;b&gt;bold&lt;/b&gt;|<b>bold</b>|&lt;b&gt;bold&lt;/b&gt;|<b>bold</"
         "b>|&lt;b&gt;bold&lt;/b&gt;"},
        {"{{ '\"' }}{{ \"'\" }}", "&#34;&#39;"},
        {"{% autoescape false %}{{ html }}{{ html|e }}{% endautoescape %}",
         "<b>bold</b>&lt;b&gt;bold&lt;/b&gt;"},
        {"{{ '<i>'|safe ~ html }}", "<i>&lt;b&gt;bold&lt;/b&gt;"},
        {"{{ [html] }}", "[&#39;&lt;b&gt;bold&lt;/b&gt;&#39;]"},
        {"{% set h %}<p>{{ html }}</p>{% endset %}{{ h }}", "<p>&lt;b&gt;bold&lt;/b&gt;</p>"},
        {"{{ list|join('<br>') }} {{ list|join('<br>'|safe) }}",
         "a&lt;br&gt;b&lt;br&gt;c a<br>b<br>c"},
        {"<a title=\"{{ name }}\">", "<a title=\"Tom &amp; &lt;Jerry&gt;\">"},
    };

    check_cases(cases, COUNT(cases));
}
END_TEST

START_TEST(filters)
{
    static const case_t cases[] = {
        {"{{ missing|default('d') }} {{ ''|default('d') }} {{ ''|default('d', true) }} {{ "
         "none|d('d') }}",
         "d  d None"},
        {"{{ list|length }} {{ user|count }} {{ ''|length }}", "3 2 0"},
        {"{{ name|upper }} {{ name|lower }} {{ text|upper }}",
         "TOM &amp; &lt;JERRY&gt; tom &amp; &lt;jerry&gt; ÄÖÜ €"},
        {"{{ list|join }} {{ list|join(', ') }} {{ people|join(', ', attribute='n') }}",
         "abc a, b, c Eve, Bob"},
        {"{{ user|tojson }} {{ name|tojson }} {{ none|tojson }} {{ text|tojson }}",
         "{\"name\": \"Ada\", \"tags\": [\"x\", \"y\"]} \"Tom \\u0026 \\u003cJerry\\u003e\" null "
         "\"\\u00e4\\u00f6\\u00fc \\u20ac\""},
        {"{{ user|tojson(indent=2) }}",
         "{\n  \"name\": \"Ada\",\n  \"tags\": [\n    \"x\",\n    \"y\"\n  ]\n}"},
        {"{{ html|striptags }} {{ ' x '|trim }} {{ 'hello world'|title }} {{ 'hELLO'|capitalize }}",
         "bold x Hello World Hello"},
        {"{{ '<'|safe|last }}", "<"},
        {"{{ list|first }} {{ list|last }} {{ list|reverse|list }} {{ [3,1,2]|sort }} {{ "
         "[1,2,3]|sum }}",
         "a c [&#39;c&#39;, &#39;b&#39;, &#39;a&#39;] [1, 2, 3] 6"},
        {"{{ people|map(attribute='n')|list }} {{ people|selectattr('age', 'gt', "
         "10)|map(attribute='n')|join }}",
         "[&#39;Eve&#39;, &#39;Bob&#39;] Eve"},
        {"{{ people|sort(attribute='age')|map(attribute='n')|join(',') }}", "Bob,Eve"},
        {"{{ pi|round }} {{ 2.567|round(2) }} {{ '42'|int + 1 }} {{ '1.5'|float }} {{ 'x'|int(7) "
         "}}",
         "2.0 2.57 43 1.5 7"},
        {"{{ name|replace('Tom', 'Tim') }} {{ 'a b'|urlencode }} {{ 'hello wide "
         "world'|truncate(11) }}",
         "Tim &amp; &lt;Jerry&gt; a%20b hello wide world"},
        {"{% filter upper %}abc {{ html }}{% endfilter %}", "ABC &LT;B&GT;BOLD&LT;/B&GT;"},
        {"{{ '%.2f'|format(pi) }} {{ 1234567|filesizeformat }}", "2.50 1.2 MB"},
        {"{{ [1,2,3,4,5]|batch(2)|list }}", "[[1, 2], [3, 4], [5]]"},
        {"{{ [1,1,2]|unique|list }} {{ list|select('equalto', 'a')|list }} {{ [0,1]|reject|list }}",
         "[1, 2] [&#39;a&#39;] [0]"},
        {"{{ user|dictsort }} {{ html|wordcount }} {{ 'a\nb'|indent }}",
         "[(&#39;name&#39;, &#39;Ada&#39;), (&#39;tags&#39;, [&#39;x&#39;, &#39;y&#39;])] 3 a\n    "
         "b"},
        {"{% for g, l in [{'k':1,'v':2},{'k':1,'v':3}]|groupby('k') %}{{ g }}:{{ l|length }}{% "
         "endfor %}",
         "1:2"},
    };

    check_cases(cases, COUNT(cases));
}
END_TEST

START_TEST(conditions)
{
    static const case_t cases[] = {
        {"{% if n == 3 %}three{% elif n == 4 %}four{% else %}other{% endif %}", "three"},
        {"{% if empty %}a{% elif none %}b{% else %}c{% endif %}", "c"},
        {"{% if missing %}a{% endif %}b", "b"},
        {"{% if yes %}{% if n > 5 %}x{% else %}y{% endif %}{% endif %}", "y"},
    };

    check_cases(cases, COUNT(cases));
}
END_TEST

START_TEST(loops)
{
    static const case_t cases[] = {
        {"{% for x in list %}{{ x }}{% endfor %}", "abc"},
        {"{% for x in list %}{{ loop.index }}{{ loop.index0 }}{{ loop.revindex }}{{ loop.revindex0 "
         "}}{{ loop.first }}{{ loop.last }}{{ loop.length }};{% endfor %}",
         "1032TrueFalse3;2121FalseFalse3;3210FalseTrue3;"},
        {"{% for x in empty %}{{ x }}{% else %}none{% endfor %}", "none"},
        {"{% for k, v in user.items() %}{{ k }}={{ v }};{% endfor %}",
         "name=Ada;tags=[&#39;x&#39;, &#39;y&#39;];"},
        {"{% for x in list if x != 'b' %}{{ loop.index }}{{ x }}{% endfor %}", "1a2c"},
        {"{% for x in list %}{{ loop.previtem }}<{{ x }}>{{ loop.nextitem }};{% endfor %}",
         "<a>b;a<b>c;b<c>;"},
        {"{% for x in list %}{{ loop.cycle('odd', 'even') }} {% endfor %}", "odd even odd "},
        {"{% for x in [1,1,2] %}{{ loop.changed(x) }} {% endfor %}", "True False True "},
        {"{% for t in tree recursive %}{{ loop.depth }}{{ loop.depth0 }}:{{ t.n }}[{{ loop(t.c) "
         "}}]{% endfor %}",
         "10:1[21:2[]]10:3[]"},
        {"{% for x in list %}{% if x == 'b' %}{% break %}{% endif %}{{ x }}{% endfor %}", "a"},
        {"{% for x in list %}{% if x == 'b' %}{% continue %}{% endif %}{{ x }}{% endfor %}", "ac"},
        {"{% set x = 0 %}{% for y in list %}{% set x = y %}{% endfor %}{{ x }}", "0"},
        {"{% set ns = namespace(x=0) %}{% for y in list %}{% set ns.x = ns.x + 1 %}{% endfor %}{{ "
         "ns.x }}",
         "3"},
        {"{% for c in 'ab' %}{% for d in list %}{{ loop.index }}{% endfor %}{{ loop.index }}{% "
         "endfor %}",
         "12311232"},
        {"{% for i in range(3) %}{% if not loop.first %}, {% endif %}{{ i }}{% endfor %}",
         "0, 1, 2"},
    };

    check_cases(cases, COUNT(cases));
}
END_TEST

START_TEST(assignments)
{
    static const case_t cases[] = {
        {"{% set x = 5 %}{{ x }}", "5"},
        {"{% set a, b = 1, 2 %}{{ a }}{{ b }}", "12"},
        {"{% set x %}<{{ n }}>{% endset %}{{ x }}", "<3>"},
        {"{% set x | upper %}abc{% endset %}{{ x }}", "ABC"},
        {"{% with a = 1, b = 2 %}{{ a + b }}{% endwith %}{{ a }}", "3"},
        {"{% set l = [] %}{% do l.append(1) %}{% do l.append(2) %}{{ l }}", "[1, 2]"},
        {"{% set d = {} %}{% do d.update(a=1) %}{{ d }}", "{&#39;a&#39;: 1}"},
        {"{% if yes %}{% set z = 1 %}{% endif %}{{ z }}", "1"},
    };

    check_cases(cases, COUNT(cases));
}
END_TEST

START_TEST(raw_comments_and_white_space)
{
    static const case_t cases[] = {
        {"{% raw %}{{ n }}{% if %}{% endraw %}", "{{ n }}{% if %}"},
        {"a{# no {{ n }} #}b", "ab"},
        {"a  {#- x -#}  b", "ab"},
        {"a  {{- n -}}  b", "a3b"},
        {"a\n  {%- if yes -%}  \n b \n{%- endif -%}  c", "abc"},
        {"a\n", "a"},
        {"a\n\n", "a\n"},
        {"  {% if yes %}\n x\n  {% endif %}\n y", "  \n x\n  \n y"},
        {"{%- raw -%}  x  {%- endraw -%}  y", "xy"},
        {"a {%+ if yes +%} b {% endif %}", "a  b "},
        {"a\r\nb\rc", "a\nb\nc"},
    };

    check_cases(cases, COUNT(cases));
}
END_TEST

START_TEST(macros)
{
    static const case_t cases[] = {
        {"{% macro m(a, b=2) %}{{ a }}-{{ b }}{% endmacro %}{{ m(1) }} {{ m(1, b=3) }} {{ m() }}",
         "1-2 1-3 -2"},
        {"{% macro m() %}{{ varargs }}{{ kwargs }}{% endmacro %}{{ m(1, 2, x=3) }}",
         "(1, 2){&#39;x&#39;: 3}"},
        {"{% macro m() %}<p>{{ caller() }}</p>{% endmacro %}{% call m() %}in {{ name }}{% endcall "
         "%}",
         "<p>in Tom &amp; &lt;Jerry&gt;</p>"},
        {"{% macro l(xs) %}{% for x in xs %}{{ caller(x) }}{% endfor %}{% endmacro %}{% call(x) "
         "l(list) %}[{{ x }}]{% endcall %}",
         "[a][b][c]"},
        {"{% macro m(h) %}<b>{{ h }}</b>{% endmacro %}{{ m(html) }} {{ m(html)|upper }}",
         "<b>&lt;b&gt;bold&lt;/b&gt;</b> <B>&LT;B&GT;BOLD&LT;/B&GT;</B>"},
        {"{% macro m(a) %}{% endmacro %}{{ m.name }} {{ m.arguments }} {{ m.caller }}",
         "m (&#39;a&#39;,) False"},
        {"{% macro f(k) %}{{ k }}{% if k > 0 %}{{ f(k - 1) }}{% endif %}{% endmacro %}{{ f(3) }}",
         "3210"},
        {"{% macro m(a, b=a) %}{{ a }}{{ b }}{% endmacro %}{{ m(4) }}", "44"},
    };

    check_cases(cases, COUNT(cases));
}
END_TEST

START_TEST(templates_use_templates)
{
    static const family_t families[] = {
        {{{"base", "<{% block a %}A{% endblock %}|{% block b %}B{% endblock %}>"},
          {"page", "{% extends 'base' %}{% block a %}1{{ super() }}{% endblock %}lost"}},
         "<1A|B>"},
        {{{"base", "{% block t %}base{% endblock %}"},
          {"mid", "{% extends 'base' %}{% block t %}mid {{ super() }}{% endblock %}"},
          {"page", "{% extends 'mid' %}{% block t %}page {{ super() }}{% endblock %}"}},
         "page mid base"},
        {{{"base", "{% block t %}T{% endblock %} {{ self.t() }}"},
          {"page", "{% extends 'base' %}{% block t %}{{ name }}{% endblock %}"}},
         "Tom &amp; &lt;Jerry&gt; Tom &amp; &lt;Jerry&gt;"},
        {{{"base", "{% for x in list %}{% block i scoped %}{{ x }}{% endblock %}{% endfor %}"},
          {"page", "{% extends 'base' %}{% block i %}[{{ x }}]{% endblock %}"}},
         "[a][b][c]"},
        {{{"base", "{% block a %}{% endblock %}"},
          {"page",
           "{% extends which|default('base') %}{% set v = 4 %}{% block a %}{{ v }}{% endblock %}"}},
         "4"},
        {{{"inc", "[{{ n }}{{ v }}]"},
          {"page", "{% set v = 1 %}{% include 'inc' %}{% include 'inc' without context %}{% "
                   "include 'gone' ignore missing %}{% include ['gone', 'inc'] %}"}},
         "[31][][31]"},
        {{{"inc", "{{ x }}"}, {"page", "{% for x in list %}{% include 'inc' %}{% endfor %}"}},
         "abc"},
        {{{"lib", "{% macro m(a) %}<{{ a }}>{% endmacro %}{% set v = 7 %}{% set _p = 8 %}"},
          {"page", "{% import 'lib' as l %}{{ l.m(html) }}{{ l.v }}{{ l._p }}{% from 'lib' import "
                   "m, v as w %}{{ m(1) }}{{ w }}"}},
         "<&lt;b&gt;bold&lt;/b&gt;>7<1>7"},
        {{{"lib", "{% macro m() %}{{ n }}{% endmacro %}"},
          {"page",
           "{% import 'lib' as a %}{% import 'lib' as b with context %}[{{ a.m() }}{{ b.m() }}]"}},
         "[3]"},
        {{{"base", "{% block r required %}{% endblock %}"},
          {"page", "{% extends 'base' %}{% block r %}x{% endblock %}"}},
         "x"},
    };

    for (size_t i = 0; i < COUNT(families); i++) {
        ck_assert_str_eq(render_family(&families[i]), families[i].page);
    }
}
END_TEST

START_TEST(errors_say_where)
{
    static const struct {
        const char *text;
        int line;
        int column;
    } cases[] = {
        {"{{ 1 +", 1, 7},
        {"a\nb {% if %}", 2, 9},
        {"{% if n %}\nx", 1, 4},
        {"{% endif %}", 1, 4},
        {"a\n\n  {% nonsense %}", 3, 6},
        {"{{ n|nonsense }}", 1, 6},
        {"{{ n is nonsense }}", 1, 6},
        {"{% block a %}{% endblock %}\n{% block a %}{% endblock %}", 2, 4},
        {"{{ 'open }}", 1, 4},
        {"{# open", 1, 1},
        {"{% raw %}x", 1, 1},
        {"€€ {{ n.x.y }}", 1, 10},
        {"x\n{{ missing() }}", 2, 11},
        {"{% for x in n %}{% endfor %}", 1, 4},
        {"{{ 1 // 0 }}", 1, 4},
        {"{% include 'gone' %}", 1, 4},
        {"{{ 'a' + 1 }}", 1, 4},
        {"{{ range(-1) }}{{ list.append(1, 2) }}", 1, 30},
        {"{% macro m(a) %}{% endmacro %}\n{{ m(1, 2) }}", 2, 5},
    };

    for (size_t i = 0; i < COUNT(cases); i++) {
        const template_error_t *error = failure(cases[i].text);
        ck_assert_str_eq(error->name, "page");
        ck_assert_msg(error->line == cases[i].line && error->column == cases[i].column,
                      "%s: %d:%d, not %d:%d: %s", cases[i].text, error->line, error->column,
                      cases[i].line, cases[i].column, error->message);
    }
}
END_TEST

START_TEST(errors_belong_to_the_template_that_has_them)
{
    const template_source_t sources[] = {
        source("base", "{% block a %}{% endblock %}"),
        {.name = "page",
         .path = "dir/page",
         .text = "{% extends 'base' %}\n{% bad %}",
         .length = 31},
    };
    const char *page;
    template_error_t *error = render(sources, 2, &page);

    ck_assert_ptr_nonnull(error);
    ck_assert_str_eq(error->path, "dir/page");
    ck_assert_int_eq(error->line, 2);
    ck_assert(strncmp(template_error_text(error, pool), "dir/page:2:4: ", 14) == 0);
    ck_assert_ptr_nonnull(strstr(template_error_text(error, pool), "\n    {% bad %}\n       ^"));
}
END_TEST

START_TEST(circles_are_refused)
{
    const template_source_t circle[] = {source("page", "{% extends 'other' %}"),
                                        source("other", "{% extends 'page' %}")};
    const char *page;

    ck_assert_ptr_nonnull(render(circle, 2, &page));
    failure("{% extends 'page' %}");
    failure("{% include 'page' %}");
    failure("{% macro m() %}{{ m() }}{% endmacro %}{{ m() }}");
    failure("{% block a %}{{ self.a() }}{% endblock %}");
}
END_TEST

/* Too long to be copied. */
#define SIXTEEN "0123456789abcdef"
#define LITERAL                                                                                    \
    SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN        \
        SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN SIXTEEN

#define MACROS(times)                                                                              \
    "{% macro m(n) %}{% if n > 1 %}{{ m(n - 1) }}{% else %}end{% endif %}{% endmacro %}"           \
    "{{ m(" #times ") }}"
#define BLOCKS(times)                                                                              \
    "{% set ns = namespace(n=" #times                                                              \
    ") %}{% block b %}{% if ns.n > 1 %}{% set ns.n = ns.n - 1 %}"                                  \
    "{{ self.b() }}{% else %}end{% endif %}{% endblock %}"
#define LOOPS(times)                                                                               \
    "{% for n in [" #times "] recursive %}{% if n > 1 %}{{ loop([n - 1]) }}{% else %}end"          \
    "{% endif %}{% endfor %}"
#define INCLUDES(times)                                                                            \
    "{% set ns = ns|default(namespace(n=" #times ")) %}{% if ns.n > 1 %}"                          \
    "{% set ns.n = ns.n - 1 %}{% include 'page' %}{% else %}end{% endif %}"

START_TEST(limits_hold)
{
    /* The template itself is one of ten. */
    static const case_t at_most[] = {
        {MACROS(9), "end"}, {BLOCKS(9), "end"}, {LOOPS(9), "end"}, {INCLUDES(10), "end"}};
    static const case_t as_long[] = {{"{{ 100 }}", "100"}};
    static const case_t literal[] = {{LITERAL, LITERAL}};
    template_limits_t small = template_limits_default();

    limits = &small;
    small.steps = 1000;
    failure("{% for x in range(99999) %}{% endfor %}");
    small = template_limits_default();
    small.output = 1000;
    failure("{% for x in range(9999) %}{{ x }}{% endfor %}");
    small.output = 3;
    check_cases(as_long, COUNT(as_long));
    failure("{{ 1000 }}");
    small.output = 9000;
    failure("{{ 'x' * 9001 }}");
    small.output = strlen(LITERAL);
    check_cases(literal, COUNT(literal));
    failure(LITERAL ".");
    small = template_limits_default();
    small.memory = 100000;
    failure("{% set ns = namespace(x='abc') %}{% for x in range(99) %}{% set ns.x = ns.x ~ ns.x %}"
            "{% endfor %}");
    failure("{{ 'x' * 1000000 }}");
    failure("{{ range(100000)|list|length }}");
    small = template_limits_default();
    small.recursion = 10;
    check_cases(at_most, COUNT(at_most));
    failure(MACROS(10));
    failure(BLOCKS(10));
    failure(LOOPS(10));
    failure(INCLUDES(11));
    limits = NULL;
    failure("{{ 'x' * 10 ** 12 }}");
}
END_TEST

static const char *repeated(const char *start, const char *part, int times, const char *end)
{
    size_t length = strlen(part);
    char *text = apr_palloc(pool, length * (size_t)times + 1);
    int i;

    for (i = 0; i < times; i++) {
        memcpy(text + length * (size_t)i, part, length);
    }
    text[length * (size_t)times] = '\0';
    return apr_pstrcat(pool, start, text, end, NULL);
}

/* Whatever grows a tree, on the way down or along a chain: else the stack ends first. */
START_TEST(nesting_has_an_end)
{
    enum { MANY = 200000 };

    failure(repeated("{{ ", "(", MANY, "1"));
    failure(repeated("{{ ", "[", MANY, "1"));
    failure(repeated("{{ ", "-", MANY, "1 }}"));
    failure(repeated("{{ ", "not ", MANY, "1 }}"));
    failure(repeated("{{ 1", "+1", MANY, " }}"));
    failure(repeated("{{ 1", "**1", MANY, " }}"));
    failure(repeated("{{ x", ".x", MANY, " }}"));
    failure(repeated("{{ x", "|e", MANY, " }}"));
    failure(repeated("", "{% if 1 %}", MANY, ""));
}
END_TEST

/* Lists of lists that share their parts: small in memory, endless for who goes through them. */
#define DOUBLED                                                                                    \
    "{% set ns = namespace(a=[1], b=[1]) %}{% for i in range(60) %}{% set ns.a = [ns.a, ns.a] %}"  \
    "{% set ns.b = [ns.b, ns.b] %}{% endfor %}"

START_TEST(work_within_a_step_counts)
{
    static const char *const texts[] = {
        DOUBLED "{{ ns.a == ns.b }}",
        DOUBLED "{{ ns.a < ns.b }}",
        DOUBLED "{{ ns.a in [ns.b] }}",
        DOUBLED "{{ [ns.a, ns.b]|sort }}",
        DOUBLED "{{ [ns.a, ns.b]|unique|list }}",
        DOUBLED "{{ {'x': ns.a} == {'x': ns.b} }}",
        DOUBLED "{{ ns.a }}",
        DOUBLED "{{ ns.a|tojson }}",
        DOUBLED "{{ ns.a|pprint }}",
        "{% set t = namespace(a=(1,)) %}{% for i in range(60) %}{% set t.a = (t.a, t.a) %}{% "
        "endfor %}"
        "{{ {t.a: 1} }}",
        "{% set a = 'a' * 100000 %}{% for i in range(99) %}{{ a|length }}{% endfor %}",
        "{% set a = 'a' * 100000 %}{% for i in range(99) %}{{ 'b' in a }}{% endfor %}",
        "{% set a = [1] * 100000 %}{% for i in range(99) %}{{ a == a }}{% endfor %}",
        "{% set a = [1] * 100000 %}{% for i in range(99) %}{{ a.count(2) }}{% endfor %}",
    };
    template_limits_t small = template_limits_default();

    small.steps = 100000;
    small.memory = 4 * 1024 * 1024;
    limits = &small;
    for (size_t i = 0; i < COUNT(texts); i++) {
        failure(texts[i]);
    }
    limits = NULL;
}
END_TEST

START_TEST(failed_pages_leave_the_brigade_as_it_was)
{
    const template_source_t sources[] = {source("page", "{{ name }}{{ 1 // n }}{{ n() }}")};
    apr_bucket_brigade *out = apr_brigade_create(pool, apr_bucket_alloc_create(pool));
    json_t *context = json_loads(CONTEXT, 0, NULL);
    template_set_t *set;
    apr_size_t length;
    char *text;

    apr_brigade_puts(out, NULL, NULL, "before");
    ck_assert_ptr_null(template_set_create(&set, sources, 1, pool));
    ck_assert_ptr_nonnull(template_render(set, "page", context, out, pool));
    ck_assert_ptr_nonnull(template_render(set, "other", context, out, pool));
    apr_brigade_pflatten(out, &text, &length, pool);
    ck_assert_str_eq(apr_pstrmemdup(pool, text, length), "before");
    json_decref(context);
}
END_TEST

TESTS("template", plain_text_and_values, expressions, escaping, filters, conditions, loops,
      assignments, raw_comments_and_white_space, macros, templates_use_templates, errors_say_where,
      errors_belong_to_the_template_that_has_them, circles_are_refused, limits_hold,
      nesting_has_an_end, work_within_a_step_counts, failed_pages_leave_the_brigade_as_it_was)
