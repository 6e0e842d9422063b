# SPDX-License-Identifier: Apache-2.0
"""Events of an account: what was done, how far it is.

An event is laid down once, with the time it begins and how long it takes; status and
percentage follow from the clock when it is read.
"""
from .errors import Answer, json_answer, not_found
from .paging import collection

FIELDS = {"id": int, "action": str, "created": str, "entity.id": int, "entity.type": str,
          "read": bool}


class Event:
    """Announced (visible) from `at`, at work from `start` for `seconds`."""

    def __init__(self, number, action, username, entity, at, start=None, seconds=None,
                 secondary=None):
        self.id = number
        self.action = action
        self.username = username
        self.entity = entity
        self.secondary = secondary
        self.at = at
        self.start = at if start is None else start
        self.seconds = seconds
        self.seen = self.read = False

    def progress(self, now):
        """Status, percentage, duration."""
        if self.seconds is None:
            return "notification", None, None
        elapsed = now - self.start
        if elapsed < 0:
            return "scheduled", 0, None
        if elapsed >= self.seconds:
            return "finished", 100, round(self.seconds, 1)
        return "started", min(99, int(100 * elapsed / self.seconds)), round(elapsed, 1)

    def as_dict(self, world, now):
        status, percent, duration = self.progress(now)
        return {"id": self.id, "created": world.stamp(self.at), "seen": self.seen,
                "read": self.read, "percent_complete": percent, "time_remaining": None,
                "rate": None, "duration": duration, "action": self.action,
                "username": self.username, "entity": self.entity, "status": status,
                "secondary_entity": self.secondary, "message": ""}


def add(call, action, entity, at=None, start=None, seconds=None, secondary=None):
    """Lays down an event of the caller's account; without seconds it is a notification."""
    world = call.world
    event = Event(world.number("event", 603804000), action, call.username, entity,
                  world.now() if at is None else at, start, seconds, secondary)
    call.account.events.append(event)
    return event


def entity(kind, number, label, path):
    return {"id": number, "label": label, "type": kind, "url": f"/v4/{path}/{number}"}


def visible(call, now):
    """Newest first; a restricted user sees his own."""
    events = [event for event in call.account.events if event.at <= now
              and (not call.user.restricted or event.username == call.username)]
    return sorted(events, key=lambda event: (event.at, event.id), reverse=True)


def list_all(call):
    now = call.world.now()
    return collection(call, [event.as_dict(call.world, now) for event in visible(call, now)],
                      FIELDS)


def find(call):
    now = call.world.now()
    for event in visible(call, now):
        if str(event.id) == call.args["id"]:
            return event
    raise not_found()


def get(call):
    return json_answer(find(call).as_dict(call.world, call.world.now()))


def seen(call):
    """Marks this event and all before it."""
    last = find(call)
    for event in call.account.events:
        if event.id <= last.id:
            event.seen = True
    return Answer(200, b"{}")
