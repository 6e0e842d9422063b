/* SPDX-License-Identifier: Apache-2.0 */
/* Options are split at commas and sent as they stand between them, spaces included, as Cloud
 * Manager does; compared and shown, they are without the spaces around. */
#include <string.h>

#include <apr_lib.h>
#include <apr_strings.h>

#include "linode/stackscript.h"
#include "support/json.h"
#include "support/mention.h"
#include "support/secret.h"

/* ---------------------------------------------------------------- rules */

const stackscript_rule_t *stackscript_rule(const apr_array_header_t *rules, const char *name)
{
    int i;

    for (i = 0; rules && i < rules->nelts; i++) {
        const stackscript_rule_t *rule = APR_ARRAY_IDX(rules, i, const stackscript_rule_t *);

        if (!strcmp(rule->name, name)) {
            return rule;
        }
    }
    return NULL;
}

static int sounds_secret(const char *name)
{
    static const char *const words[] = {"password", "passwd", "secret", "token", "key"};

    return mention_any(name, words, sizeof(words) / sizeof(words[0]));
}

/* ---------------------------------------------------------------- options */

static const char *skip_spaces(const char *text)
{
    while (apr_isspace(*text)) {
        text++;
    }
    return text;
}

static apr_size_t trimmed_length(const char *text)
{
    apr_size_t length = strlen(text);

    while (length > 0 && apr_isspace(text[length - 1])) {
        length--;
    }
    return length;
}

static int same_option(const char *a, const char *b)
{
    apr_size_t length;

    a = skip_spaces(a);
    b = skip_spaces(b);
    length = trimmed_length(a);
    return length == trimmed_length(b) && !strncmp(a, b, length);
}

static const char *find_option(const apr_array_header_t *options, const char *text)
{
    int i;

    for (i = 0; i < options->nelts; i++) {
        const char *option = APR_ARRAY_IDX(options, i, const char *);

        if (same_option(option, text)) {
            return option;
        }
    }
    return NULL;
}

const char *stackscript_trimmed(const char *option, apr_pool_t *pool)
{
    option = skip_spaces(option);
    return apr_pstrmemdup(pool, option, trimmed_length(option));
}

/* The next text up to a comma, or NULL; *rest moves behind it. */
static const char *next_between_commas(const char **rest, apr_pool_t *pool)
{
    const char *start = *rest;
    apr_size_t length;

    if (!start) {
        return NULL;
    }
    length = strcspn(start, ",");
    *rest = start[length] ? start + length + 1 : NULL;
    return apr_pstrmemdup(pool, start, length);
}

static apr_array_header_t *read_options(const char *text, apr_pool_t *pool)
{
    apr_array_header_t *options = apr_array_make(pool, 8, sizeof(const char *));
    const char *option;

    while ((option = next_between_commas(&text, pool)) != NULL) {
        if (*skip_spaces(option) && !find_option(options, option)) {
            APR_ARRAY_PUSH(options, const char *) = option;
        }
    }
    return options;
}

apr_array_header_t *stackscript_chosen(const question_t *question, const char *text, int *others,
                                       apr_pool_t *pool)
{
    apr_array_header_t *chosen = apr_array_make(pool, 4, sizeof(const char *));
    const char *part;
    int strangers = 0;

    while ((part = next_between_commas(&text, pool)) != NULL) {
        const char *option = find_option(question->options, part);

        if (option && !find_option(chosen, option)) {
            APR_ARRAY_PUSH(chosen, const char *) = option;
        }
        strangers |= !option && *skip_spaces(part);
    }
    if (others) {
        *others = strangers;
    }
    return chosen;
}

/* ---------------------------------------------------------------- reading */

/* One script on its way. */
typedef struct reading_t {
    stackscript_t *script;
    const apr_array_header_t *rules;
    apr_array_header_t *names; /* const char *: those seen already */
    const char *section;
    json_t *given;
    apr_pool_t *pool;
} reading_t;

/* The API's spelling of a key is lower case, its documentation's is not. */
static const char *member(const json_t *field, const char *key)
{
    const char *name;
    json_t *value;

    json_object_foreach ((json_t *)field, name, value) {
        if (!strcasecmp(name, key) && json_is_string(value)) {
            return json_string_value(value);
        }
    }
    return NULL;
}

static int is_heading(const json_t *field)
{
    const char *header = member(field, "header");

    return header && !strcasecmp(header, "yes");
}

/* A name counts once. */
static int is_new(const reading_t *reading, const char *name)
{
    int i;

    if (!name || !*name) {
        return 0;
    }
    for (i = 0; i < reading->names->nelts; i++) {
        if (!strcasecmp(APR_ARRAY_IDX(reading->names, i, const char *), name)) {
            return 0;
        }
    }
    APR_ARRAY_PUSH(reading->names, const char *) = name;
    return 1;
}

static const char *label_of(const json_t *field, const stackscript_rule_t *rule, const char *name)
{
    const char *label = rule && rule->label ? rule->label : member(field, "label");

    return label && *label ? label : name;
}

/* What the default of a choice comes to: nothing, where it is not on offer. */
static const char *initial_choice(const question_t *question, const char *initial, apr_pool_t *pool)
{
    if (question->kind == QUESTION_ONE) {
        const char *option = find_option(question->options, initial);

        return option ? option : "";
    }
    return apr_array_pstrcat(pool, stackscript_chosen(question, initial, NULL, pool), ',');
}

static void read_kind(question_t *question, const json_t *field, const reading_t *reading)
{
    const char *one = member(field, "oneof");
    const char *many = member(field, "manyof");

    question->kind = many && *many ? QUESTION_MANY : one && *one ? QUESTION_ONE : QUESTION_TEXT;
    question->options = read_options(question->kind == QUESTION_MANY ? many
                                     : question->kind                ? one
                                                                     : "",
                                     reading->pool);
    if (!question->options->nelts) {
        question->kind = QUESTION_TEXT;
    }
}

static void add_question(const reading_t *reading, const json_t *field, const char *name,
                         const stackscript_rule_t *rule)
{
    question_t *question = apr_array_push(reading->script->questions);
    const char *initial = member(field, "default");
    const char *help = rule && rule->help ? rule->help : member(field, "example");

    question->name = name;
    question->field = apr_pstrcat(reading->pool, STACKSCRIPT_FIELD, name, NULL);
    question->id = apr_psprintf(reading->pool, "udf-%d", reading->script->questions->nelts);
    question->label = label_of(field, rule, name);
    question->help = help && *help ? help : NULL;
    question->section = reading->section;
    question->required = !initial || member(field, "required");
    question->rule = rule;
    question->type = rule ? rule->type : ANSWER_TEXT;
    read_kind(question, field, reading);
    question->initial = initial ? initial : "";
    if (question->kind != QUESTION_TEXT) {
        question->initial = initial_choice(question, question->initial, reading->pool);
    }
    /* A choice is between what everybody may read in the script, whatever its name sounds like. */
    question->secret =
        (rule && rule->secret) || (question->kind == QUESTION_TEXT && sounds_secret(name));
}

/* A heading is nothing to answer, but Linode asks for a value where it has no default. */
static void add_heading(reading_t *reading, const json_t *field, const char *name,
                        const stackscript_rule_t *rule)
{
    reading->section = label_of(field, rule, name);
    if (!member(field, "default")) {
        json_object_set_new(reading->given, name, json_string(member(field, "header")));
    }
}

static void add_generated(const reading_t *reading, const json_t *field, const char *name,
                          const stackscript_rule_t *rule)
{
    stackscript_generated_t *generated = apr_array_push(reading->script->generated);

    generated->name = name;
    generated->label = label_of(field, rule, name);
    generated->length = rule->generate;
}

static void add_field(reading_t *reading, const json_t *field)
{
    const char *name = member(field, "name");
    const stackscript_rule_t *rule;

    if (!is_new(reading, name)) {
        return;
    }
    rule = stackscript_rule(reading->rules, name);
    if (rule && rule->hidden) {
        json_object_set_new(reading->given, name, json_string(rule->hidden));
    }
    else if (is_heading(field)) {
        add_heading(reading, field, name, rule);
    }
    else if (rule && rule->generate) {
        add_generated(reading, field, name, rule);
    }
    else {
        add_question(reading, field, name, rule);
    }
}

static const char *sign(const json_t *fields, apr_pool_t *pool)
{
    apr_size_t length = 0;
    const char *text = json_text(fields, &length, pool);

    return secret_fingerprint(text ? text : "", length, SECRET_FINGERPRINT, pool);
}

const stackscript_t *stackscript_read(const json_t *fields, const apr_array_header_t *rules,
                                      apr_pool_t *pool)
{
    stackscript_t *script = apr_pcalloc(pool, sizeof(*script));
    reading_t reading = {.script = script, .rules = rules, .pool = pool};
    json_t *kept = json_in_pool(fields ? json_deep_copy(fields) : json_array(), pool);
    size_t i;

    reading.names = apr_array_make(pool, 8, sizeof(const char *));
    reading.given = json_in_pool(json_object(), pool);
    script->questions = apr_array_make(pool, 8, sizeof(question_t));
    script->generated = apr_array_make(pool, 2, sizeof(stackscript_generated_t));
    script->given = reading.given;
    for (i = 0; i < json_array_size(kept); i++) {
        add_field(&reading, json_array_get(kept, i));
    }
    script->signature = sign(kept, pool);
    return script;
}

const question_t *stackscript_question(const stackscript_t *script, const char *field)
{
    int i;

    for (i = 0; field && i < script->questions->nelts; i++) {
        const question_t *question = &APR_ARRAY_IDX(script->questions, i, question_t);

        if (!strcmp(question->field, field)) {
            return question;
        }
    }
    return NULL;
}

const char *stackscript_default(const json_t *fields, const char *name)
{
    size_t i;

    for (i = 0; i < json_array_size(fields); i++) {
        const json_t *field = json_array_get(fields, i);
        const char *found = member(field, "name");

        if (found && !strcmp(found, name)) {
            return member(field, "default");
        }
    }
    return NULL;
}

/* ---------------------------------------------------------------- refusals */

static int is_name_character(char c)
{
    return apr_isalnum(c) || c == '_';
}

/* Whether the text has the name in it, not as a part of a longer one. */
static int mentions(const char *text, const char *name)
{
    apr_size_t length = strlen(name);
    const char *at;

    for (at = strstr(text, name); at; at = strstr(at + 1, name)) {
        if ((at == text || !is_name_character(at[-1])) && !is_name_character(at[length])) {
            return 1;
        }
    }
    return 0;
}

static int blames(const problem_reason_t *reason, const question_t *question)
{
    static const char parent[] = "stackscript_data";
    const char *field = reason->field;

    if (field && !strncmp(field, parent, sizeof(parent) - 1)) {
        field += sizeof(parent) - 1;
        field = *field == '.' ? field + 1 : NULL;
    }
    return field && *field ? !strcmp(field, question->name)
                           : mentions(reason->text, question->name);
}

const question_t *stackscript_blamed(const stackscript_t *script, const problem_t *problem)
{
    int i, j;

    for (i = 0; problem->reasons && i < problem->reasons->nelts; i++) {
        for (j = 0; j < script->questions->nelts; j++) {
            const question_t *question = &APR_ARRAY_IDX(script->questions, j, question_t);

            if (blames(&APR_ARRAY_IDX(problem->reasons, i, problem_reason_t), question)) {
                return question;
            }
        }
    }
    return NULL;
}
