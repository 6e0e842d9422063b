/* SPDX-License-Identifier: Apache-2.0 */
/* GET P/badge.svg: a button for README files and other sites, which leads to the form. Other sites
 * show it as an image, so it is the one answer that they may embed. */
#ifndef WEB_BADGE_H
#define WEB_BADGE_H

#include "web/visit.h"

#define BADGE_PATH "/badge.svg" /* below the mount */

int badge_send(visit_t *visit);

#endif
