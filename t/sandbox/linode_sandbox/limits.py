# SPDX-License-Identifier: Apache-2.0
"""Rate limits: calls per window, per token, or per address for public operations.

Off unless the setting rate_limits says otherwise; the three headers are sent always.
"""
from .errors import ApiError

# The documented ones: calls, seconds.
DOCUMENTED = {"instances.create": (10, 30), "images.list": (20, 60),
              "stackscripts.list": (20, 60), "*": (800, 120)}


class Limits:
    """Windows that have begun: (operation, caller) -> [end, calls left]."""

    def __init__(self):
        self.windows = {}

    def headers(self, call):
        """Counts the call; the rate-limit headers, or 429 when the window is used up."""
        setting = call.world.settings.rate_limits
        table = setting if isinstance(setting, dict) else DOCUMENTED
        key = call.operation.id if call.operation.id in table else "*"
        most, length = table.get(key) or DOCUMENTED["*"]
        now = call.world.now()
        if not setting or key not in table:
            return shown(most, most - 1, now + length)
        window = self.window((key, call.caller()), now, most, length)
        if window[1] <= 0:
            raise ApiError(429, ("Too many requests", None),
                           headers=shown(most, 0, window[0])
                           + [("Retry-After", str(max(1, round(window[0] - now))))])
        window[1] -= 1
        return shown(most, window[1], window[0])

    def window(self, key, now, most, length):
        window = self.windows.get(key)
        if window is None or window[0] <= now:
            window = self.windows[key] = [now + length, most]
        return window


def shown(most, left, end):
    return [("X-RateLimit-Limit", str(most)), ("X-RateLimit-Remaining", str(left)),
            ("X-RateLimit-Reset", str(int(end)))]
