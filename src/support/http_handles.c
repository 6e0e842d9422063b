/* SPDX-License-Identifier: Apache-2.0 */
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>

#include <apr_thread_mutex.h>

#include "support/http_handles.h"
#include "support/workers.h"

#define TIDY_INTERVAL apr_time_from_sec(10)

typedef struct idle_t {
    CURL *curl;
    const struct authorities_t *trusted;
    apr_time_t since; /* by workers_now */
} idle_t;

struct http_handles_t {
    apr_thread_mutex_t *mutex; /* guards idle and kept */
    idle_t *idle;              /* the one used last is the last */
    int kept;
    int most;
    _Atomic apr_time_t tidy_at; /* the time to look for outdated ones again */
};

/* Something has come that nobody asked for, on the connection used last. */
static int has_unread(CURL *curl)
{
    curl_socket_t connection = CURL_SOCKET_BAD;
    char byte;

    curl_easy_getinfo(curl, CURLINFO_ACTIVESOCKET, &connection);
    return connection != CURL_SOCKET_BAD && recv(connection, &byte, 1, MSG_PEEK | MSG_DONTWAIT) > 0;
}

/* The mutex is held. */
static CURL *remove_idle(http_handles_t *handles, int i)
{
    CURL *curl = handles->idle[i].curl;

    handles->kept--;
    memmove(&handles->idle[i], &handles->idle[i + 1],
            sizeof(*handles->idle) * (size_t)(handles->kept - i));
    return curl;
}

static CURL *take_idle(http_handles_t *handles, const struct authorities_t *trusted)
{
    CURL *curl = NULL;
    int i;

    apr_thread_mutex_lock(handles->mutex);
    for (i = handles->kept - 1; i >= 0 && !curl; i--) {
        if (handles->idle[i].trusted == trusted) {
            curl = remove_idle(handles, i);
        }
    }
    apr_thread_mutex_unlock(handles->mutex);
    return curl;
}

CURL *http_handles_take(http_handles_t *handles, const struct authorities_t *trusted)
{
    CURL *curl;

    while ((curl = take_idle(handles, trusted)) && has_unread(curl)) {
        curl_easy_cleanup(curl);
    }
    return curl ? curl : curl_easy_init();
}

/* What there is no room for any more, or NULL. */
static CURL *keep(http_handles_t *handles, CURL *curl, const struct authorities_t *trusted)
{
    CURL *oldest = NULL;

    if (handles->most == 0) {
        return curl;
    }
    apr_thread_mutex_lock(handles->mutex);
    if (handles->kept == handles->most) {
        oldest = remove_idle(handles, 0);
    }
    handles->idle[handles->kept++] = (idle_t){curl, trusted, workers_now()};
    apr_thread_mutex_unlock(handles->mutex);
    return oldest;
}

void http_handles_give_back(http_handles_t *handles, CURL *curl,
                            const struct authorities_t *trusted, int unread)
{
    CURL *surplus = curl;

    if (!unread) {
        curl_easy_reset(curl);
        surplus = keep(handles, curl, trusted);
    }
    if (surplus) {
        curl_easy_cleanup(surplus);
    }
}

/* The handle that has not been used for longest, if that is too long. */
static CURL *take_outdated(http_handles_t *handles, apr_time_t now)
{
    CURL *curl = NULL;

    apr_thread_mutex_lock(handles->mutex);
    if (handles->kept > 0 &&
        handles->idle[0].since + apr_time_from_sec(HTTP_HANDLES_IDLE_SECONDS) < now) {
        curl = remove_idle(handles, 0);
    }
    apr_thread_mutex_unlock(handles->mutex);
    return curl;
}

void http_handles_tidy(http_handles_t *handles, apr_time_t now)
{
    CURL *curl;

    if (now < atomic_load(&handles->tidy_at)) {
        return;
    }
    atomic_store(&handles->tidy_at, now + TIDY_INTERVAL);
    while ((curl = take_outdated(handles, now))) {
        curl_easy_cleanup(curl);
    }
}

static apr_status_t close_all(void *data)
{
    http_handles_t *handles = data;

    while (handles->kept > 0) {
        curl_easy_cleanup(handles->idle[--handles->kept].curl);
    }
    return APR_SUCCESS;
}

http_handles_t *http_handles_create(int most, apr_pool_t *pool)
{
    http_handles_t *handles = apr_pcalloc(pool, sizeof(*handles));

    handles->most = most > 0 ? most : 0;
    handles->idle = apr_pcalloc(pool, sizeof(idle_t) * (apr_size_t)(handles->most + 1));
    if (apr_thread_mutex_create(&handles->mutex, APR_THREAD_MUTEX_DEFAULT, pool) != APR_SUCCESS) {
        return NULL;
    }
    apr_pool_cleanup_register(pool, handles, close_all, apr_pool_cleanup_null);
    return handles;
}
