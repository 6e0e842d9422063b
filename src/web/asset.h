/* SPDX-License-Identifier: Apache-2.0 */
/* GET P/assets/<name>.<hash>.<ext>: files that pages refer to, straight from memory. The name
 * changes with the content, so a browser may keep one for ever; who takes gzip gets it so. */
#ifndef WEB_ASSET_H
#define WEB_ASSET_H

#include "web/visit.h"

int asset_send(visit_t *visit);

#endif
