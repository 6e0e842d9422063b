# SPDX-License-Identifier: Apache-2.0
"""One sandbox for all of its own tests, as new for each of them."""
import pytest
from sandbox_driver import Sandbox


@pytest.fixture(scope="session")
def sandbox_process():
    sandbox = Sandbox("--set", "provision_seconds=0")
    yield sandbox
    sandbox.stop()


@pytest.fixture
def sandbox(sandbox_process):
    sandbox_process.reset()
    return sandbox_process
