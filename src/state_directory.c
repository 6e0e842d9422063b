/* SPDX-License-Identifier: Apache-2.0 */
#include "state_directory.h"

#include <apr_strings.h>
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <http_core.h>
#include <http_log.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>
#include <unixd.h>

APLOG_USE_MODULE(linode_oauth);

/* ---------------------------------------------------------------- as the children's user */

/* In a process of its own, which ends with the answer. */
static int try_file(char *path)
{
    if (geteuid() == 0 &&
        (initgroups(ap_unixd_config.user_name, ap_unixd_config.group_id) != 0 ||
         setgid(ap_unixd_config.group_id) != 0 || setuid(ap_unixd_config.user_id) != 0)) {
        return errno;
    }
    return mkstemp(path) >= 0 && unlink(path) == 0 ? 0 : errno;
}

/* 0, or the errno that a child would get when it makes a file and removes it again. */
static int try_as_child(apr_pool_t *pool, const char *directory)
{
    char *path = apr_pstrcat(pool, directory, "/writable-XXXXXX", NULL);
    int status;
    pid_t process = fork();
    if (process < 0) {
        return errno;
    }
    if (process == 0) {
        _exit(try_file(path));
    }
    while (waitpid(process, &status, 0) < 0) {
        if (errno != EINTR) {
            return errno;
        }
    }
    return WIFEXITED(status) ? WEXITSTATUS(status) : EIO;
}

/* ---------------------------------------------------------------- faults */

static const char *children_user(apr_pool_t *pool)
{
    return geteuid() == 0 && ap_unixd_config.user_name
               ? ap_unixd_config.user_name
               : apr_psprintf(pool, "#%ld", (long)geteuid());
}

/* The first reading of the configuration is generation 1; whatever comes later is a restart. */
static int is_restart(void)
{
    return ap_state_query(AP_SQ_CONFIG_GEN) > 1;
}

/* Somebody else who runs `httpd -t` cannot try what root would do. */
static int is_only_looking(void)
{
    return geteuid() != 0 && ap_state_query(AP_SQ_RUN_MODE) == AP_SQ_RM_CONFIG_TEST;
}

static int fault(apr_pool_t *pool, server_rec *server, const char *path, int error)
{
    int goes_on = is_restart() || is_only_looking();
    ap_log_error(APLOG_MARK, (goes_on ? APLOG_WARNING : APLOG_ERR) | APLOG_STARTUP,
                 APR_FROM_OS_ERROR(error), server,
                 "LO0110: the user %s cannot write into the state directory %s, and tokens that "
                 "cannot be written down could outlive their use; give it a directory of its own "
                 "(`install -d -m 700 -o %s %s`), or name another one with "
                 "LinodeOAuthStateDirectory",
                 children_user(pool), path, children_user(pool), path);
    return goes_on ? OK : HTTP_INTERNAL_SERVER_ERROR;
}

static void warn_of_open_directory(server_rec *server, const char *path, const struct stat *info)
{
    if (info->st_mode & S_IWOTH) {
        ap_log_error(APLOG_MARK, APLOG_WARNING | APLOG_STARTUP, 0, server,
                     "LO0119: every user may remove files from the state directory %s; run "
                     "`chmod 700 %s`",
                     path, path);
    }
}

/* ---------------------------------------------------------------- looking and making */

/* What is there of the path, from its end. */
static const char *nearest_existing(apr_pool_t *pool, const char *path, struct stat *info)
{
    char *nearest = apr_pstrdup(pool, path);
    while (stat(nearest, info) != 0) {
        char *slash = strrchr(nearest, '/');
        if (!slash || slash == nearest) {
            return stat("/", info) == 0 ? "/" : NULL;
        }
        *slash = '\0';
    }
    return nearest;
}

int state_directory_check(apr_pool_t *pool, server_rec *server, const char *path)
{
    struct stat info;
    const char *nearest = nearest_existing(pool, path, &info);
    if (!nearest || !S_ISDIR(info.st_mode)) {
        return fault(pool, server, path, ENOTDIR);
    }
    if (strcmp(nearest, path) != 0) {
        return OK; /* it will be made */
    }
    int error = try_as_child(pool, path);
    if (error) {
        return fault(pool, server, path, error);
    }
    warn_of_open_directory(server, path, &info);
    return OK;
}

/* Directories on the way are for everybody to pass. */
static int make_parents(apr_pool_t *pool, const char *path)
{
    char *part = apr_pstrdup(pool, path);
    for (char *at = strchr(part + 1, '/'); at; at = strchr(at + 1, '/')) {
        *at = '\0';
        if (mkdir(part, 0755) != 0 && errno != EEXIST) {
            return errno;
        }
        *at = '/';
    }
    return 0;
}

/* By its descriptor: a link put in its place would give away whatever it points to. */
static int give_to_children(const char *path)
{
    int error = 0;
    int fd = open(path, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
    if (fd < 0) {
        return errno;
    }
    if (geteuid() == 0 && fchown(fd, ap_unixd_config.user_id, ap_unixd_config.group_id) != 0) {
        error = errno;
    }
    close(fd);
    return error;
}

/* With a slash at its end the directory would be one on the way, and a link would be followed. */
static const char *without_last_slash(apr_pool_t *pool, const char *path)
{
    apr_size_t length = strlen(path);
    while (length > 1 && path[length - 1] == '/') {
        length--;
    }
    return apr_pstrmemdup(pool, path, length);
}

/* One that is there already stays as its owner made it. */
static int make(apr_pool_t *pool, const char *name)
{
    const char *path = without_last_slash(pool, name);
    int error = make_parents(pool, path);
    if (error) {
        return error;
    }
    if (mkdir(path, 0700) != 0) {
        return errno == EEXIST ? 0 : errno;
    }
    return give_to_children(path);
}

int state_directory_prepare(apr_pool_t *pool, server_rec *server, const char *path)
{
    int error = make(pool, path);
    if (!error) {
        error = try_as_child(pool, path);
    }
    return error ? fault(pool, server, path, error) : OK;
}
