# SPDX-License-Identifier: Apache-2.0
"""The wall clock of a server's machine, which a test may set."""
import os
import struct
import subprocess
from pathlib import Path


class Clock:
    """For servers that are started after they were given it."""

    def __init__(self, directory):
        self.library = Path(directory) / "clock.so"
        self.ahead = Path(directory) / "ahead"
        subprocess.run([os.environ.get("CC", "cc"), "-shared", "-fPIC", "-O2", "-o", self.library,
                        Path(__file__).with_name("clock.c")], check=True)
        self.set(0)
        self.ahead.chmod(0o644)

    def give(self, server):
        environment = server.environment or dict(os.environ)
        before = environment.get("LD_PRELOAD")
        server.environment = {
            **environment, "CLOCK_AHEAD": str(self.ahead),
            "LD_PRELOAD": f"{before} {self.library}" if before else str(self.library)}

    def set(self, seconds):
        """So many seconds before, or ahead of, the true time. In place: servers have it mapped."""
        descriptor = os.open(self.ahead, os.O_RDWR | os.O_CREAT, 0o644)
        os.pwrite(descriptor, struct.pack("q", seconds), 0)
        os.close(descriptor)
