# SPDX-License-Identifier: Apache-2.0
"""A pattern of LinodeOAuthField that tries everything gives up before it costs much: a link has
answers checked as often as anybody likes."""
import pytest
from harness.visitor import CHOICE, Visitor
from test_link_of_many_fields import cost

GREEDY = r'site_name pattern "(\\w+ ?)*" "Write words."'
ANSWERS = {"udf.admin_email": "admin@example.org", "udf.admin_password": "c0rrect-h0rse-battery",
           "udf.edition": "school", "udf.addons": "stats"}


@pytest.fixture
def asking(bench):
    server, site = bench.serve(StackScriptID="700001", Field=GREEDY)
    return Visitor(site, server)


def test_answer_that_a_pattern_tries_all_ways(asking):
    plain = cost(asking, "udf.site_name=a")
    assert cost(asking, "udf.site_name=" + "a" * 30 + "!") < 20 * plain + 0.2


def test_what_it_gave_up_on_does_not_fit(asking):
    answer = asking.post("/", {**CHOICE, **ANSWERS, "udf.site_name": "a" * 30 + "!"})
    assert answer.status_code == 422 and "Write words." in answer.text


def test_long_answer_that_fits(asking):
    answer = asking.post("/", {**CHOICE, **ANSWERS, "udf.site_name": "word " * 200})
    assert answer.status_code == 303
