# SPDX-License-Identifier: Apache-2.0
"""What somebody else's link fills in goes to a script that runs as root: none of it is inside
something folded."""
import pytest
from harness.visitor import CHOICE, Visitor

FOLDED, OPEN = '<details class="more">', '<details class="more" open>'


@pytest.fixture
def asking(bench):
    return Visitor(*reversed(bench.serve(StackScriptID="700001")))


@pytest.mark.parametrize("query, is_open", [
    ("type=g6-nanode-1", False),
    ("udf.admin_email=a@example.org", False),
    ("udf.api_token=t0ken", False),
    ("udf.languages=en,de", False),
    ("udf.languages=en&udf.languages=de", False),
    ("udf.site_name=evil.example", True),
    ("udf.languages=en", True),
    ("udf.admin_email=a@example.org&udf.use_tls=no", True),
])
def test_optional_answer_of_a_link(asking, query, is_open):
    page = asking.get("/?" + query).text
    assert (OPEN in page, FOLDED in page) == (is_open, not is_open)


def test_form_that_comes_back(asking):
    page = asking.post("/", {**CHOICE, "udf.site_name": "Mine"})
    assert page.status_code == 422 and OPEN in page.text
