# SPDX-License-Identifier: Apache-2.0
"""Where the schedules find the harness."""
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "e2e")]
