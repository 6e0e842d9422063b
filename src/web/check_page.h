/* SPDX-License-Identifier: Apache-2.0 */
/* SetHandler linode-oauth-check: what is known to be right, risky or wrong about the mounts of the
 * virtual host that it stands in (mount_check.h), each with its remedy, and the badge to paste.
 *
 * For the operator: who may see it is up to the <Location>, as with mod_status. It wears the
 * templates of the host's first mount, shows no secret and changes nothing. With
 * `Accept: application/json` it answers {"state", "mounts": [{"url", "state", "findings": …}]},
 * where a state is the worst level of a finding. */
#ifndef WEB_CHECK_PAGE_H
#define WEB_CHECK_PAGE_H

#include <httpd.h>

#define CHECK_PAGE_HANDLER "linode-oauth-check"

int check_page_handle(request_rec *r);

#endif
