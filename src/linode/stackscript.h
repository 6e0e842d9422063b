/* SPDX-License-Identifier: Apache-2.0 */
/* The questions that a StackScript asks: its user defined fields (user_defined_fields of GET
 * /linode/stackscripts/{id}) as typed questions, with the operator's rules laid over them.
 *
 * Read once for each catalog; immutable from then on, in the catalog's pool, shared by threads.
 * Names are opaque: whatever characters one holds, the form's field is called "udf." and the name.
 * Keys of the API are taken in either spelling (oneof, oneOf), a null as absent. A field without a
 * name is left out, and so is a second one of a name; case does not tell names apart, since the
 * script finds the answer in a variable of the upper-cased name. */
#ifndef LINODE_STACKSCRIPT_H
#define LINODE_STACKSCRIPT_H

#include <apr_pools.h>
#include <apr_tables.h>
#include <jansson.h>
#include "support/problem.h"

#define STACKSCRIPT_FIELD "udf." /* what names of form fields begin with */

/* What an answer has to be, where the operator says so. */
typedef enum {
    ANSWER_TEXT,
    ANSWER_EMAIL,
    ANSWER_URL,
    ANSWER_HOSTNAME,
    ANSWER_PORT,
} answer_type_t;

/* What the operator says of the field of one name; what he does not say is NULL or 0. */
typedef struct stackscript_rule_t {
    const char *name;
    const char *label;  /* instead of the script's */
    const char *help;   /* instead of the script's example */
    const char *hidden; /* sent without asking */
    int generate;       /* characters of a secret that is made instead of asked for */
    int secret;
    answer_type_t type;
    const void *pattern; /* a compiled regular expression, and what tries it on a whole answer */
    int (*matches)(const void *pattern, const char *answer);
    const char *pattern_message; /* what to say when it does not match, or NULL */
} stackscript_rule_t;

typedef enum {
    QUESTION_TEXT,
    QUESTION_ONE,  /* one of the options */
    QUESTION_MANY, /* any of the options; the answer joins them with commas */
} question_kind_t;

typedef struct question_t {
    question_kind_t kind;
    const char *name;
    const char *field; /* of the form */
    const char *id;    /* of its element in the form: "udf-3" */
    const char *label;
    const char *help;            /* or NULL */
    const char *section;         /* the heading above it, or NULL */
    const char *initial;         /* the script's default; "" where it has none */
    apr_array_header_t *options; /* const char *, as Linode wants them; empty for TEXT */
    int required;
    int secret; /* never shown again once it was typed: the name says so, or a rule */
    answer_type_t type;
    const stackscript_rule_t *rule; /* or NULL */
} question_t;

/* A secret that is made for each Linode. */
typedef struct stackscript_generated_t {
    const char *name;
    const char *label;
    int length; /* characters */
} stackscript_generated_t;

typedef struct stackscript_t {
    apr_array_header_t *questions; /* question_t, in the script's order */
    apr_array_header_t *generated; /* stackscript_generated_t */
    const json_t *given;           /* what is sent without asking: name to value */
    const char *signature;         /* another one when the fields change */
} stackscript_t;

/* fields is the API's array, or NULL; rules (const stackscript_rule_t *) may be NULL. */
const stackscript_t *stackscript_read(const json_t *fields, const apr_array_header_t *rules,
                                      apr_pool_t *pool);

/* The rule of that name, or NULL. */
const stackscript_rule_t *stackscript_rule(const apr_array_header_t *rules, const char *name);

/* The question of that form field, or NULL. */
const question_t *stackscript_question(const stackscript_t *script, const char *field);

/* The default of that field as the script has it, on offer or not; NULL where it has none. */
const char *stackscript_default(const json_t *fields, const char *name);

/* An option without the spaces around it: how it is shown. */
const char *stackscript_trimmed(const char *option, apr_pool_t *pool);

/* The options that a text names, as Linode wants them: const char *; those between its commas that
 * are none are left out, and *others (may be NULL) says whether there were any. */
apr_array_header_t *stackscript_chosen(const question_t *question, const char *text, int *others,
                                       apr_pool_t *pool);

/* The question that Linode's refusal of a create is about, by the field or by the words of one of
 * its reasons, or NULL. */
const question_t *stackscript_blamed(const stackscript_t *script, const problem_t *problem);

#endif
