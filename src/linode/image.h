/* SPDX-License-Identifier: Apache-2.0 */
/* How long an image of GET /images gets updates, and the images as a form offers them.
 *
 * Past its end of life an image still deploys, but nobody mends it any more: it is offered with a
 * word of that for half a year and then no more, as in Cloud Manager. Texts are the image's own or
 * in the pool given. */
#ifndef LINODE_IMAGE_H
#define LINODE_IMAGE_H

#include <apr_pools.h>
#include <apr_time.h>
#include <jansson.h>

/* The day of the end of life, "2026-08-31", where that is past; or NULL. */
const char *image_ended(const json_t *image, apr_time_t now, apr_pool_t *pool);

/* Whether that was so long ago that it should not be offered. */
int image_is_gone(const json_t *image, apr_time_t now);

/* An array of {vendor, images: [{id, label, ended, deprecated}]}: vendors from A to Z, those
 * without one last; of each the newest image first. The reference is the caller's. */
json_t *image_groups(const json_t *images, apr_time_t now, apr_pool_t *pool);

#endif
