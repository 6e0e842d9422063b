# SPDX-License-Identifier: Apache-2.0
"""A mount's page that is httpd's ErrorDocument says the error's status."""
from harness.visitor import Visitor


def test_form_as_error_document(bench):
    """It said 200 for each address of the site that does not exist."""
    server, site = bench.serve(path="/install", extra="ErrorDocument 404 /install/\n")
    visitor = Visitor(site, server)
    root = site.url.removesuffix("/install")
    answer = visitor.get(root + "/nowhere")
    assert answer.status_code == 404 and "Install Hello page" in answer.text
    answer = visitor.get(root + "/nowhere", headers={"If-None-Match": "*"})
    assert answer.status_code == 404
    answer = visitor.get("/?type=g6-nanode-1")
    assert answer.status_code == 200
