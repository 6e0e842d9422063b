/* SPDX-License-Identifier: Apache-2.0 */
#include "web/monitor.h"

#include <apr_strings.h>
#include <http_protocol.h>
#include <http_request.h>
#include <mod_status.h>
#include <util_filter.h>

#include "web/visit.h"

#define MEDIA_TYPE "text/plain; version=0.0.4; charset=utf-8"

/* How one request wants the numbers. */
typedef enum { PROMETHEUS, STATUS_TABLE, STATUS_LINES } format_t;

typedef struct report_t {
    request_rec *r;
    const child_t *child;
    format_t format;
    const char *name; /* of the family at hand */
    apr_bucket_brigade *out;
} report_t;

/* ---------------------------------------------------------------- samples */

static const char *escape_label(const char *value, apr_pool_t *pool)
{
    char *escaped = apr_palloc(pool, 2 * strlen(value) + 1);
    char *out = escaped;
    for (; *value; value++) {
        if (strchr("\\\"\n", *value)) {
            *out++ = '\\';
        }
        *out++ = (char)(*value == '\n' ? 'n' : *value);
    }
    *out = '\0';
    return escaped;
}

/* labels as they stand between braces, or NULL. */
static void tell_sample(const report_t *report, const char *labels, const char *value)
{
    static const char *const formats[] = {[PROMETHEUS] = "%s %s\n",
                                          [STATUS_TABLE] =
                                              "<tr><td>%s</td><td align=\"right\">%s</td></tr>\n",
                                          [STATUS_LINES] = "%s: %s\n"};
    apr_pool_t *pool = report->r->pool;
    const char *name = labels ? apr_psprintf(pool, "%s{%s}", report->name, labels) : report->name;
    if (report->format == STATUS_TABLE) {
        name = ap_escape_html(pool, name);
    }
    apr_brigade_printf(report->out, NULL, NULL, formats[report->format], name, value);
}

static void tell_number(const report_t *report, const char *labels, apr_int64_t number)
{
    tell_sample(report, labels, apr_psprintf(report->r->pool, "%" APR_INT64_T_FMT, number));
}

/* Seconds, exact to the microsecond whatever the locale. */
static void tell_time(const report_t *report, const char *labels, apr_int64_t microseconds)
{
    tell_sample(report, labels,
                apr_psprintf(report->r->pool, "%" APR_INT64_T_FMT ".%06d",
                             (apr_int64_t)apr_time_sec(microseconds),
                             (int)apr_time_usec(microseconds)));
}

static apr_int64_t counted(const report_t *report, metric_counter_t counter, int place)
{
    return (apr_int64_t)metric_read(report->child->metrics, counter, place);
}

/* ---------------------------------------------------------------- families */

static const char *const operations[METRIC_OPERATIONS] = {
    [METRIC_TOKEN] = "token",   [METRIC_REVOKE] = "revoke", [METRIC_PROFILE] = "profile",
    [METRIC_CREATE] = "create", [METRIC_FIND] = "find",     [METRIC_CATALOG] = "catalog",
    [METRIC_OTHER] = "other"};

static const char *const results[METRIC_RESULTS] = {[METRIC_OK] = "ok",
                                                    [METRIC_REFUSED] = "refused",
                                                    [METRIC_BUSY] = "busy",
                                                    [METRIC_FAILED] = "failed",
                                                    [METRIC_TIMEOUT] = "timeout",
                                                    [METRIC_UNREACHABLE] = "unreachable",
                                                    [METRIC_UNREADABLE] = "unreadable"};

static const char *const forms[METRIC_FORMS] = {[METRIC_FORM_SHARED] = "shared",
                                                [METRIC_FORM_NOT_MODIFIED] = "not_modified",
                                                [METRIC_FORM_RENDERED] = "rendered"};

static const int codes[PROBLEM_KINDS] = {
#define PROBLEM(name, code, status, effect, title, message, remedy) code,
#include "support/problem.def"
#undef PROBLEM
};

typedef struct family_t {
    const char *name;
    const char *type;
    const char *help;
    void (*tell)(const report_t *report, int which);
    int which; /* metric_counter_t or metric_gauge_t */
} family_t;

static void tell_counter(const report_t *report, int counter)
{
    tell_number(report, NULL, counted(report, (metric_counter_t)counter, 0));
}

static void tell_gauge(const report_t *report, int gauge)
{
    tell_number(report, NULL, metric_read_gauge(report->child->metrics, (metric_gauge_t)gauge));
}

/* People are told of what has happened at all. */
static void tell_codes(const report_t *report, int counter)
{
    for (int i = 0; i < PROBLEM_KINDS; i++) {
        apr_int64_t number = counted(report, (metric_counter_t)counter, i);
        if (number || report->format == PROMETHEUS) {
            tell_number(report, apr_psprintf(report->r->pool, "code=\"LO0%d\"", codes[i]), number);
        }
    }
}

static void tell_forms(const report_t *report, int counter)
{
    for (int i = 0; i < METRIC_FORMS; i++) {
        tell_number(report, apr_psprintf(report->r->pool, "answer=\"%s\"", forms[i]),
                    counted(report, (metric_counter_t)counter, i));
    }
}

static void tell_calls(const report_t *report, int counter)
{
    for (int i = 0; i < METRIC_OPERATIONS * METRIC_RESULTS; i++) {
        apr_int64_t number = counted(report, (metric_counter_t)counter, i);
        if (number || report->format == PROMETHEUS) {
            tell_number(report,
                        apr_psprintf(report->r->pool, "operation=\"%s\",result=\"%s\"",
                                     operations[i / METRIC_RESULTS], results[i % METRIC_RESULTS]),
                        number);
        }
    }
}

static void tell_call_times(const report_t *report, int counter)
{
    for (int i = 0; i < METRIC_OPERATIONS; i++) {
        tell_time(report, apr_psprintf(report->r->pool, "operation=\"%s\"", operations[i]),
                  counted(report, (metric_counter_t)counter, i));
    }
}

static void tell_age(void *data, const catalog_source_t *source, apr_time_t read)
{
    const report_t *report = data;
    apr_interval_time_t age = apr_time_now() - read;
    if (read) {
        tell_time(
            report,
            apr_psprintf(report->r->pool, "url=\"%s\"", escape_label(source->url, report->r->pool)),
            age > 0 ? age : 0);
    }
}

static void tell_ages(const report_t *report, int nothing)
{
    (void)nothing;
    catalog_cache_tell(report->child->catalogs, tell_age, (void *)report);
}

static const family_t families[] = {
    {"linode_oauth_logins_total", "counter", "Visitors sent to Linode's login.", tell_counter,
     METRIC_LOGINS},
    {"linode_oauth_deploys_started_total", "counter", "Orders that were taken.", tell_counter,
     METRIC_DEPLOYS_STARTED},
    {"linode_oauth_deploys_finished_total", "counter", "Linodes that were created.", tell_counter,
     METRIC_DEPLOYS_FINISHED},
    {"linode_oauth_deploys_failed_total", "counter",
     "Logins that came back and led to no Linode, by the code of the problem.", tell_codes,
     METRIC_DEPLOYS_FAILED},
    {"linode_oauth_problems_total", "counter", "Problems told to visitors, by code.", tell_codes,
     METRIC_PROBLEMS},
    {"linode_oauth_forms_total", "counter",
     "Forms sent: from memory, as a 304, or rendered for one visitor.", tell_forms,
     METRIC_FORMS_SENT},
    {"linode_oauth_upstream_waiting", "gauge", "Threads that wait for Linode on behalf of a login.",
     tell_gauge, METRIC_UPSTREAM_WAITING},
    {"linode_oauth_upstream_limit", "gauge",
     "Threads that may wait so where no LinodeOAuthUpstreamLimit says otherwise.", tell_gauge,
     METRIC_UPSTREAM_LIMIT},
    {"linode_oauth_upstream_refused_total", "counter",
     "Logins that were told to come again in a moment, as too many threads waited.", tell_counter,
     METRIC_UPSTREAM_REFUSED},
    {"linode_oauth_upstream_calls_total", "counter",
     "Requests to Linode, by operation and by what came of them.", tell_calls,
     METRIC_UPSTREAM_CALLS},
    {"linode_oauth_upstream_call_seconds_total", "counter",
     "Time that requests to Linode took together.", tell_call_times, METRIC_UPSTREAM_MICROSECONDS},
    {"linode_oauth_tokens_waiting", "gauge", "Tokens in use, or waiting to be revoked.", tell_gauge,
     METRIC_TOKENS_WAITING},
    {"linode_oauth_catalog_age_seconds", "gauge",
     "How old the copy is of what Linode offers, by its address.", tell_ages, 0},
};

static void tell_all(report_t *report)
{
    for (unsigned i = 0; i < sizeof(families) / sizeof(families[0]); i++) {
        const family_t *family = &families[i];
        report->name = family->name;
        if (report->format == PROMETHEUS) {
            apr_brigade_printf(report->out, NULL, NULL, "# HELP %s %s\n# TYPE %s %s\n",
                               family->name, family->help, family->name, family->type);
        }
        family->tell(report, family->which);
    }
}

/* ---------------------------------------------------------------- requests */

/* 0 when this server counts nothing. */
static int begin_report(report_t *report, request_rec *r, format_t format)
{
    const child_t *child = config_has_mounts(r->server) ? config_child(r->server) : NULL;
    *report = (report_t){.r = r,
                         .child = child,
                         .format = format,
                         .out = apr_brigade_create(r->pool, r->connection->bucket_alloc)};
    return child && child->metrics;
}

int monitor_handle(request_rec *r)
{
    report_t report;
    if (!r->handler || strcmp(r->handler, MONITOR_HANDLER) != 0) {
        return DECLINED;
    }
    ap_allow_standard_methods(r, REPLACE_ALLOW, M_GET, -1);
    if (r->method_number != M_GET) {
        return r->method_number == M_OPTIONS ? DECLINED : HTTP_METHOD_NOT_ALLOWED;
    }
    if (!begin_report(&report, r, PROMETHEUS)) {
        return HTTP_SERVICE_UNAVAILABLE;
    }
    tell_all(&report);
    ap_set_content_type(r, MEDIA_TYPE);
    apr_table_setn(r->headers_out, "Cache-Control", "no-store");
    apr_table_setn(r->headers_out, "X-Content-Type-Options", "nosniff");
    APR_BRIGADE_INSERT_TAIL(report.out, apr_bucket_eos_create(r->connection->bucket_alloc));
    return ap_pass_brigade(r->output_filters, report.out) == APR_SUCCESS ? OK : AP_FILTER_ERROR;
}

int monitor_status(request_rec *r, int flags)
{
    report_t report;
    int lines = (flags & AP_STATUS_SHORT) != 0;
    char *text;
    apr_size_t length;
    if (!begin_report(&report, r, lines ? STATUS_LINES : STATUS_TABLE)) {
        return DECLINED;
    }
    tell_all(&report);
    apr_brigade_pflatten(report.out, &text, &length, r->pool);
    ap_rputs(lines ? "" : "<hr />\n<h2>mod_linode_oauth</h2>\n<table border=\"0\">\n", r);
    ap_rwrite(text, (int)length, r);
    ap_rputs(lines ? "" : "</table>\n", r);
    return OK;
}
