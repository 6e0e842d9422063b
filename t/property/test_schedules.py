# SPDX-License-Identifier: Apache-2.0
"""A few schedules, always the same; `make property` makes as many as wanted."""
from hypothesis import HealthCheck, settings
from hypothesis.stateful import run_state_machine_as_test

from schedules import Schedules
from stage import Stage


def test_schedules():
    stage = Schedules.stage = Stage()
    try:
        run_state_machine_as_test(Schedules, settings=settings(
            max_examples=25, stateful_step_count=40, derandomize=True, database=None,
            deadline=None, suppress_health_check=list(HealthCheck)))
    finally:
        stage.close()
    assert stage.counts["flows"] > 50 and stage.counts["passwords"] > 20, stage.counts
    print(dict(stage.counts))
