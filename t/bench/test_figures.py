# SPDX-License-Identifier: Apache-2.0
"""Each measurement of make bench for a moment: what it counts is right, whatever it takes."""
import pytest

from figures import FIGURES, SHORT
from harness.server import PRELOAD

# Under sanitizers nothing can be said of instructions and memory.
NAMES = [name for name in FIGURES if not (PRELOAD and name in ("instructions", "memory"))]


@pytest.mark.parametrize("name", NAMES)
def test_nothing_fails(name):
    for figure in FIGURES[name](SHORT):
        assert figure.errors == 0, figure
