# SPDX-License-Identifier: Apache-2.0
"""The public data: types, regions, availability, images, StackScripts.

Rows live in dictionaries by id, in the order of the data files, and can be patched (RFC
7396 merge patch).  A page of a whole collection is encoded once and kept until the data
change.
"""
import copy
import functools
import json
import pathlib

from .errors import Answer, json_answer, not_found
from .paging import collection, envelope

DATA = pathlib.Path(__file__).resolve().parent.parent / "data"
TYPE_FIELDS = {"label": str, "class": str, "disk": int, "gpus": int, "memory": int,
               "network_out": int, "transfer": int, "vcpus": int}
AVAILABILITY_FIELDS = {"region": str, "plan": str, "available": bool}
IMAGE_FIELDS = {"id": str, "label": str, "vendor": str, "type": str, "status": str, "size": int,
                "is_public": bool, "deprecated": bool, "created": str, "tags": list}
SCRIPT_FIELDS = {"label": str, "description": str, "rev_note": str, "mine": bool,
                 "is_public": bool, "deployments_total": int}


@functools.lru_cache(maxsize=None)
def load(name):
    """A data file; what is in it is shared, so nothing changes it in place."""
    return json.loads((DATA / name).read_text(encoding="utf-8"))


def by_id(rows):
    return {str(row["id"]): row for row in rows}


def merged(old, patch):
    """RFC 7396: objects merge, null removes, anything else replaces."""
    if not isinstance(patch, dict):
        return patch
    result = dict(old) if isinstance(old, dict) else {}
    for key, value in patch.items():
        if value is None and key in NULLABLE and isinstance(old, dict) and key in old:
            result[key] = None
        elif value is None:
            result.pop(key, None)
        else:
            result[key] = merged(result.get(key), value)
    return result


# Fields of the API that may be null: there a null is a value, not a removal.
NULLABLE = frozenset("hourly monthly price successor eol expiry vendor description".split())


class Catalog:
    """The rows, and the pages already encoded."""

    def __init__(self, settings):
        self.settings = settings
        self.types = by_id(load("types.json"))
        self.regions = by_id(load("regions.json"))
        self.images = by_id(load("images.json"))
        self.stackscripts = by_id(load("stackscripts.json"))
        self.nodebalancer_types = by_id(load("nodebalancer-types.json"))
        self.availability = load("availability.json")
        self.pages = {}

    def patch(self, changes):
        """Applies {"types": {id: patch or null}, …}; ValueError if it makes no sense."""
        tables = {name: copy.copy(getattr(self, name)) for name in changes if name in PATCHED}
        if len(tables) != len(changes):
            raise ValueError(f"patchable are {', '.join(PATCHED)}")
        for name, table in tables.items():
            if not isinstance(changes[name], dict):
                raise ValueError(f"{name}: an object of ids is wanted")
            for key, patch in changes[name].items():
                if patch is None:
                    table.pop(key, None)
                else:
                    table[key] = self.patched(name, table, key, patch)
        for name, table in tables.items():
            setattr(self, name, table)
        self.pages.clear()

    @staticmethod
    def patched(name, table, key, patch):
        """A new row starts as a copy of the first one of its kind."""
        if not isinstance(patch, dict):
            raise ValueError(f"{name}.{key}: an object or null is wanted")
        if name == "availability":
            return merged(table.get(key), patch)
        old = table.get(key)
        if old is None:
            number = int(key) if name == "stackscripts" else key
            old = {**next(iter(table.values()), {}), "id": number}
        return merged(old, patch)

    def rows(self, name):
        if name in self.settings.empty_catalogs:
            return []
        if name == "availability":
            return [{"region": region, "plan": plan, "available": available}
                    for region, plans in self.availability.items()
                    for plan, available in plans.items()]
        return list(getattr(self, name).values())

    def page(self, call, name, fields=None):
        """A page of the whole collection, from memory where it was asked for before."""
        if call.headers.get("X-Filter"):
            return collection(call, self.rows(name), fields)
        key = (name, call.query.get("page"), call.query.get("page_size"))
        body = self.pages.get(key)
        if body is None:
            answer = json_answer(envelope(call, self.rows(name)))
            body = answer.body
            if len(self.pages) < 1000:
                self.pages[key] = body
        return Answer(200, body)


PATCHED = ("types", "regions", "availability", "images", "stackscripts", "nodebalancer_types")


def list_types(call):
    return call.world.catalog.page(call, "types", TYPE_FIELDS)


def get_type(call):
    return row(call.world.catalog.types, call.args["id"])


def list_regions(call):
    return call.world.catalog.page(call, "regions")


def get_region(call):
    return row(call.world.catalog.regions, call.args["id"])


def list_availability(call):
    return call.world.catalog.page(call, "availability", AVAILABILITY_FIELDS)


def get_availability(call):
    """A bare array, not an envelope."""
    catalog, region = call.world.catalog, call.args["id"]
    if region not in catalog.regions:
        raise not_found()
    return json_answer([line for line in catalog.rows("availability") if line["region"] == region])


def list_images(call):
    return call.world.catalog.page(call, "images", IMAGE_FIELDS)


def get_image(call):
    return row(call.world.catalog.images, call.args["id"])


def list_nodebalancer_types(call):
    return call.world.catalog.page(call, "nodebalancer_types")


def list_stackscripts(call):
    rows = [seen_by(script, call.username) for script in call.world.catalog.rows("stackscripts")
            if visible(script, call.username)]
    return collection(call, rows, SCRIPT_FIELDS)


def get_stackscript(call):
    script = call.world.catalog.stackscripts.get(call.args["id"])
    if script is None or not visible(script, call.username if call.allows("stackscripts:read_only")
                                     else None):
        raise not_found()
    return json_answer(seen_by(script, call.username))


def visible(script, username):
    return script["is_public"] or username is not None and script["username"] == username


def seen_by(script, username):
    return dict(script, mine=username is not None and script["username"] == username)


def row(table, key):
    if key not in table:
        raise not_found()
    return json_answer(table[key])
