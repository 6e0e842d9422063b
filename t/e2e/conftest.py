# SPDX-License-Identifier: Apache-2.0
"""Fixtures of the end-to-end tests."""
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from harness.fixtures import *  # noqa: E402,F401,F403
from harness.database import postgresql, postgresql_server, sqlite  # noqa: E402,F401
