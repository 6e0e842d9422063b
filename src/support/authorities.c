/* SPDX-License-Identifier: Apache-2.0 */
#include "support/authorities.h"

#include <apr_file_io.h>
#include <apr_strings.h>
#include <curl/curl.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509.h>
#include <string.h>

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

int authorities_fit(const char *ssl_version)
{
    static const char name[] = "OpenSSL/";
    const char *ours = OpenSSL_version(OPENSSL_VERSION); /* "OpenSSL 3.0.19 27 Jan 2026" */
    apr_size_t length = ssl_version ? strcspn(ssl_version, " ") : 0;
    return length > strlen(name) && strncmp(ssl_version, name, strlen(name)) == 0 &&
           strncmp(ssl_version + strlen(name), ours + strlen(name), length - strlen(name)) == 0 &&
           ours[length] == ' ';
}

static int libcurl_takes_stores(void)
{
    return authorities_fit(curl_version_info(CURLVERSION_NOW)->ssl_version);
}

static apr_status_t free_store(void *store)
{
    X509_STORE_free(store);
    return APR_SUCCESS;
}

/* Empty, and as libcurl would have it: one that is named vouches, even if another one has signed
 * it. */
static X509_STORE *make_store(apr_pool_t *pool)
{
    X509_STORE *store = X509_STORE_new();
    if (store) {
        X509_STORE_set_flags(store, X509_V_FLAG_TRUSTED_FIRST | X509_V_FLAG_PARTIAL_CHAIN);
        apr_pool_cleanup_register(pool, store, free_store, apr_pool_cleanup_null);
    }
    return store;
}

/* How many certificates were added. */
static int add_all(X509_STORE *store, STACK_OF(X509_INFO) * pieces)
{
    int count = 0;
    for (int i = 0; i < sk_X509_INFO_num(pieces); i++) {
        const X509_INFO *piece = sk_X509_INFO_value(pieces, i);
        count += piece->x509 && X509_STORE_add_cert(store, piece->x509);
        if (piece->crl) {
            X509_STORE_add_crl(store, piece->crl);
        }
    }
    return count;
}

static int add_text(X509_STORE *store, const char *pem)
{
    BIO *text = BIO_new_mem_buf(pem, -1);
    STACK_OF(X509_INFO) *pieces = text ? PEM_X509_INFO_read_bio(text, NULL, NULL, NULL) : NULL;
    int count = store ? add_all(store, pieces) : 0;
    sk_X509_INFO_pop_free(pieces, X509_INFO_free);
    BIO_free(text);
    return count;
}

const char *authorities_read(const authorities_t **authorities, const char *path, apr_pool_t *pool)
{
    authorities_t *read = apr_pcalloc(pool, sizeof(*read));
    apr_file_t *file;
    char said[128];
    apr_status_t rv = apr_file_open(&file, path, APR_READ | APR_BINARY, APR_OS_DEFAULT, pool);
    if (rv == APR_SUCCESS) {
        rv = read_open(&read->pem, file, pool);
        apr_file_close(file);
    }
    if (rv != APR_SUCCESS) {
        return apr_psprintf(pool, "cannot be read: %s", apr_strerror(rv, said, sizeof(said)));
    }
    read->path = path;
    read->store = make_store(pool);
    *authorities = read;
    if (!add_text(read->store, read->pem)) {
        return "holds no certificate; it has to be in PEM";
    }
    if (!libcurl_takes_stores()) {
        read->store = NULL;
    }
    return NULL;
}

const authorities_t *authorities_of_system(apr_pool_t *pool)
{
#if LIBCURL_VERSION_NUM >= 0x074600
    const curl_version_info_data *curl = curl_version_info(CURLVERSION_NOW);
    authorities_t *read = apr_pcalloc(pool, sizeof(*read));
    read->store = make_store(pool);
    if (read->store && libcurl_takes_stores() && curl->age >= CURLVERSION_SEVENTH &&
        (curl->cainfo || curl->capath) &&
        X509_STORE_load_locations(read->store, curl->cainfo, curl->capath)) {
        return read;
    }
#else
    (void)pool;
#endif
    return NULL;
}
