/* SPDX-License-Identifier: Apache-2.0 */
/* The directives as data: one table, one setter, one way of inheriting.
 *
 * directives.def has a row for each. httpd calls the same setter for all of them; it checks the
 * value by the row's kind and bounds and stores it in the section's directive_values_t, or answers
 * with a sentence that names the directive, the value (never a secret) and the remedy. Values live
 * in the configuration's pool and do not change once the configuration has been read. */
#ifndef DIRECTIVE_H
#define DIRECTIVE_H

#include <stdint.h>
#include <httpd.h>
#include <http_config.h>

typedef enum {
    DIRECTIVE_TEXT,        /* one argument of least..most characters */
    DIRECTIVE_WORD,        /* the same, of visible ASCII characters */
    DIRECTIVE_POLICY,      /* the same, a Content-Security-Policy */
    DIRECTIVE_SECRET,      /* likewise, or file:/path, or exec:/path args */
    DIRECTIVE_SECRETS,     /* several of them */
    DIRECTIVE_INTEGER,     /* a number from least to most */
    DIRECTIVE_FLAG,        /* on or off */
    DIRECTIVE_TIME,        /* a time of least to most seconds: 90, 90s, 15m, 2h */
    DIRECTIVE_TIMES,       /* two of them, the first not above the second */
    DIRECTIVE_RATE,        /* least to most in a time: 60/1m; or 0 */
    DIRECTIVE_URL,         /* https, or http on a loopback address; no query */
    DIRECTIVE_CALLBACK,    /* the same, and a mount's callback (config_callback.h) */
    DIRECTIVE_PROXY,       /* http or https, a host and a port, nothing else */
    DIRECTIVE_COLOUR,      /* #rrggbb, fit for an accent */
    DIRECTIVE_FILE,        /* an existing file */
    DIRECTIVE_DIRECTORY,   /* an existing directory */
    DIRECTIVE_SERVER_PATH, /* a path; for the whole server only */
    DIRECTIVE_LIST,        /* least..most arguments */
    DIRECTIVE_WORDS,       /* the same, each one a word that the help names */
    DIRECTIVE_SCOPES,      /* the same, each one an OAuth scope */
    DIRECTIVE_FIELDS,      /* may be repeated: its lines add up (field_rule.h) */
    DIRECTIVE_PAIRS,       /* likewise: names and values (linode/instance_field.h) */
} directive_kind_t;

/* Marks a row whose directive every mount needs. */
#define DIRECTIVE_REQUIRED "\001required"

typedef enum {
#define REQUIRED                                                           DIRECTIVE_REQUIRED
#define DIRECTIVE(id, name, kind, least, most, otherwise, arguments, help) DIRECTIVE_##id##_INDEX,
#include "directives.def"
#undef DIRECTIVE
    DIRECTIVE_COUNT
} directive_index_t;

typedef struct directive_t {
    const char *name;
    directive_kind_t kind;
    apr_int64_t least, most;
    const char *otherwise; /* default, as written in httpd.conf */
    const char *arguments;
    const char *help;
} directive_t;

typedef struct directive_value_t {
    const char *text;          /* TEXT, SECRET, URL, paths */
    apr_int64_t number;        /* INTEGER, FLAG, RATE; TIME and TIMES in microseconds */
    apr_int64_t second;        /* the other of TIMES; the time of RATE */
    apr_array_header_t *list;  /* const char *, PAIRS in turns; or rules: FIELDS */
    apr_array_header_t *files; /* SECRET, SECRETS: const char *, those it came from; or NULL */
    const char *place;         /* "file:line" for messages; NULL for a default */
} directive_value_t;

typedef struct directive_values_t {
    directive_value_t value[DIRECTIVE_COUNT];
    apr_uint64_t set; /* a bit for each index */
} directive_values_t;

/* httpd's command table, made from the same rows. */
extern const command_rec directive_commands[];

const directive_t *directive_of(directive_index_t index);

int directive_is_set(const directive_values_t *values, directive_index_t index);

/* Copies what `over` sets over `values`; what adds up is added up in the pool. */
void directive_values_merge(directive_values_t *values, const directive_values_t *over,
                            apr_pool_t *pool);

/* Fills in what has a default and is not set. NULL, or the sentence that refuses a default (which
 * only a build with a bad default can cause). */
const char *directive_values_complete(directive_values_t *values, apr_pool_t *pool);

#endif
