/* SPDX-License-Identifier: Apache-2.0 */
#include "support/authorities.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

/* All authorities of the world take a quarter of a megabyte. */
#define LARGEST ((apr_off_t)16 * 1024 * 1024)

static apr_status_t read_open(const char **content, apr_file_t *file, apr_pool_t *pool)
{
    apr_finfo_t info;
    apr_status_t rv = apr_file_info_get(&info, APR_FINFO_SIZE, file);
    if (rv == APR_SUCCESS && info.size > LARGEST) {
        rv = APR_ENOSPC;
    }
    if (rv == APR_SUCCESS) {
        char *text = apr_pcalloc(pool, (apr_size_t)info.size + 1);
        rv = apr_file_read_full(file, text, (apr_size_t)info.size, NULL);
        *content = text;
    }
    return rv;
}

static int holds_certificate(const char *pem)
{
    BIO *text = BIO_new_mem_buf(pem, -1);
    X509 *certificate = text ? PEM_read_bio_X509(text, NULL, NULL, NULL) : NULL;
    int found = certificate != NULL;
    X509_free(certificate);
    BIO_free(text);
    return found;
}

const char *authorities_read(const char **pem, const char *path, apr_pool_t *pool)
{
    apr_file_t *file;
    char said[128];
    apr_status_t rv = apr_file_open(&file, path, APR_READ | APR_BINARY, APR_OS_DEFAULT, pool);
    if (rv == APR_SUCCESS) {
        rv = read_open(pem, file, pool);
        apr_file_close(file);
    }
    if (rv != APR_SUCCESS) {
        return apr_psprintf(pool, "cannot be read: %s", apr_strerror(rv, said, sizeof(said)));
    }
    return holds_certificate(*pem) ? NULL : "holds no certificate; it has to be in PEM";
}
