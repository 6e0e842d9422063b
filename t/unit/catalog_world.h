/* SPDX-License-Identifier: Apache-2.0 */
/* A Linode with two plans, two regions, two images and the StackScript 7, for many threads; and a
 * directory for copies of what it says. */
#ifndef UNIT_CATALOG_WORLD_H
#define UNIT_CATALOG_WORLD_H

#include <stdatomic.h>
#include <unistd.h>

#include <apr_file_info.h>

#include "linode/catalog.h"
#include "linode/catalog_file.h"
#include "scripted_http.h"
#include "support/json.h"
#include "support/log.h"

#define PAGE(data) "{\"data\":[" data "],\"page\":1,\"pages\":1}"

#define NANODE                                                                                     \
    "{\"id\":\"g6-nanode-1\",\"label\":\"Nanode 1GB\","                                            \
    "\"price\":{\"hourly\":null,\"monthly\":null}}"
#define LINODE "{\"id\":\"g6-standard-2\",\"label\":\"Linode 4GB\"}"

#define REGION(id, label, site, capabilities)                                                      \
    "{\"id\":\"" id "\",\"label\":\"" label "\",\"status\":\"ok\",\"site_type\":\"" site           \
    "\",\"capabilities\":[" capabilities "]}"
#define NEWARK REGION("us-east", "Newark, NJ", "core", "\"Linodes\",\"StackScripts\"")
#define BOGOTA REGION("co-bog", "Bogot\xc3\xa1, CO", "core", "\"StackScripts\",\"Linodes\"")

#define IMAGE(id, label, more)                                                                     \
    "{\"id\":\"" id "\",\"label\":\"" label "\",\"is_public\":true,\"status\":\"available\"" more  \
    "}"
#define DEBIAN IMAGE("linode/debian12", "Debian 12", ",\"eol\":null")
#define UBUNTU IMAGE("linode/ubuntu24.04", "Ubuntu 24.04 LTS", ",\"eol\":\"2100-01-01T04:00:00\"")

#define SCRIPT_OF(images)                                                                          \
    "{\"id\":7,\"label\":\"Hello\",\"images\":[" images "],\"script\":\"#!/bin/sh\","              \
    "\"user_defined_fields\":[{\"name\":\"edition\"}]}"

#define ROW(region, plan, available)                                                               \
    "{\"region\":\"" region "\",\"plan\":\"" plan "\",\"available\":" available "}"

typedef struct world_t {
    http_t http;
    const char *answers[CATALOG_KINDS];
    int status[CATALOG_KINDS]; /* 0: 200 */
    const char *etag;          /* of all answers, or NULL; who names it gets a 304 */
    const char *header;        /* one more, or NULL */
    atomic_int down;
    atomic_int calls[CATALOG_KINDS];
} world_t;

static const api_t api = {
    .url = "https://api.example/v4",
    .retries = 0,
    .connect_timeout = APR_USEC_PER_SEC,
    .total_timeout = 3 * APR_USEC_PER_SEC,
};

static inline int world_kind(const char *path)
{
    static const char *const paths[CATALOG_KINDS] = {"/linode/types?", "/regions?", "/images?",
                                                     "/linode/stackscripts/7",
                                                     "/regions/availability?"};
    int kind;

    for (kind = 0; kind < CATALOG_KINDS; kind++) {
        if (!strncmp(path, paths[kind], strlen(paths[kind]))) {
            return kind;
        }
    }
    abort();
}

static inline problem_t *world_perform(http_t *http, http_response_t **response,
                                       const http_request_t *request, apr_pool_t *answer_pool)
{
    world_t *world = (world_t *)http;
    int kind = world_kind(strstr(request->url, "/v4") + 3);
    const char *known = apr_table_get(request->headers, "If-None-Match");
    http_response_t *made = apr_pcalloc(answer_pool, sizeof(*made));

    if (request->bearer || strcmp(request->method, "GET")) {
        abort();
    }
    atomic_fetch_add(&world->calls[kind], 1);
    if (atomic_load(&world->down)) {
        return problem_make(answer_pool, PROBLEM_LINODE_UNREACHABLE, "the world is down");
    }
    made->headers = apr_table_make(answer_pool, 3);
    script_header(made->headers, world->header);
    made->status = world->status[kind] ? world->status[kind] : 200;
    made->body = world->answers[kind];
    apr_table_setn(made->headers, "Content-Type", JSON_TYPE);
    if (world->etag) {
        apr_table_setn(made->headers, "ETag", world->etag);
    }
    if (world->etag && known && !strcmp(known, world->etag)) {
        made->status = 304;
        made->body = "";
    }
    made->length = strlen(made->body);
    *response = made;
    return NULL;
}

static inline world_t *world_make(void)
{
    world_t *world = apr_pcalloc(pool, sizeof(*world));

    world->http.perform = world_perform;
    world->answers[CATALOG_TYPES] = PAGE(NANODE "," LINODE);
    world->answers[CATALOG_REGIONS] = PAGE(NEWARK "," BOGOTA);
    world->answers[CATALOG_IMAGES] = PAGE(DEBIAN "," UBUNTU);
    world->answers[CATALOG_STACKSCRIPT] = SCRIPT_OF("\"linode/debian12\",\"linode/ubuntu24.04\"");
    world->answers[CATALOG_UNAVAILABLE] =
        PAGE(ROW("us-east", "g6-nanode-1", "true") "," ROW("us-east", "g6-standard-2", "false"));
    return world;
}

static inline int world_calls(const world_t *world)
{
    int calls = 0;
    int kind;

    for (kind = 0; kind < CATALOG_KINDS; kind++) {
        calls += atomic_load(&world->calls[kind]);
    }
    return calls;
}

/* One source of each kind. */
static inline apr_array_header_t *world_sources(apr_interval_time_t refresh)
{
    apr_array_header_t *sources = apr_array_make(pool, 5, sizeof(catalog_source_t *));
    int kind;

    for (kind = 0; kind < CATALOG_KINDS; kind++) {
        ck_assert_int_eq(catalog_source_add(sources, (catalog_kind_t)kind, &api, 7, refresh), kind);
    }
    return sources;
}

static inline const catalog_source_t *source_of(const apr_array_header_t *sources, int kind)
{
    return APR_ARRAY_IDX(sources, kind, const catalog_source_t *);
}

/* ---------------------------------------------------------------- a state directory */

static inline const char *directory_make(void)
{
    char *path = apr_pstrdup(pool, "/tmp/linode-oauth-unit-XXXXXX");

    ck_assert_ptr_nonnull(mkdtemp(path));
    return path;
}

static inline void directory_remove(const char *path)
{
    apr_dir_t *directory;
    apr_finfo_t info;

    ck_assert_int_eq(apr_dir_open(&directory, path, pool), APR_SUCCESS);
    while (apr_dir_read(&info, APR_FINFO_NAME, directory) == APR_SUCCESS) {
        if (info.name[0] != '.') {
            ck_assert_int_eq(unlink(apr_pstrcat(pool, path, "/", info.name, NULL)), 0);
        }
    }
    apr_dir_close(directory);
    ck_assert_int_eq(rmdir(path), 0);
}

static inline void file_write(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");

    ck_assert_ptr_nonnull(file);
    ck_assert_int_ge(fputs(text, file), 0);
    ck_assert_int_eq(fclose(file), 0);
}

/* ---------------------------------------------------------------- a log */

typedef struct noted_t {
    log_t log;
    int count;
    const char *lines[64];
} noted_t;

static inline void note_line(void *baton, log_level_t level, const char *text)
{
    noted_t *noted = baton;

    ck_assert_int_lt(noted->count, (int)COUNT(noted->lines));
    noted->lines[noted->count++] = apr_psprintf(pool, "%d %s", (int)level, text);
}

static inline noted_t *noted_make(void)
{
    noted_t *noted = apr_pcalloc(pool, sizeof(*noted));

    noted->log = (log_t){.line = note_line, .baton = noted};
    return noted;
}

/* How many lines hold that text. */
static inline int noted_with(const noted_t *noted, const char *text)
{
    int count = 0;
    int i;

    for (i = 0; i < noted->count; i++) {
        count += strstr(noted->lines[i], text) != NULL;
    }
    return count;
}

/* ---------------------------------------------------------------- looking at data */

/* The ids of an array, joined by spaces. */
static inline const char *ids(const json_t *array)
{
    apr_array_header_t *found = strings(NULL);
    size_t i;

    for (i = 0; i < json_array_size(array); i++) {
        APR_ARRAY_PUSH(found, const char *) = json_member_string(json_array_get(array, i), "id");
    }
    return apr_array_pstrcat(pool, found, ' ');
}

/* A page of these elements, ended by NULL. */
static inline const char *page(const char *first, ...)
{
    const char *data = first;
    const char *element;
    va_list rest;

    va_start(rest, first);
    while ((element = va_arg(rest, const char *))) {
        data = apr_pstrcat(pool, data, ",", element, NULL);
    }
    va_end(rest);
    return apr_pstrcat(pool, "{\"data\":[", data, "],\"page\":1,\"pages\":1}", NULL);
}

#endif
