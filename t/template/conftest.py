# SPDX-License-Identifier: Apache-2.0
import oracle
import pytest


@pytest.fixture(scope="session")
def ours():
    process = oracle.Ours()
    yield process
    process.close()
