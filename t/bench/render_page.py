#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The built-in configure page with a full catalog: pages per second, ours and Python's Jinja2.

    make bench                                  or, when everything is built,
    BUILD=build t/bench/render_page.py

Python has one environment, the template compiled before, and the context as plain dicts; ours has
the same templates in one set and the same context as JSON. Both first have to give the same page,
byte for byte. Then they take turns in one run, and processor time is what counts. A figure is the
best of its turns, as in timeit: what makes the others worse is the rest of the machine.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import time

import jinja2

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
DATA = TOP / "t" / "sandbox" / "data"
TEMPLATES = TOP / "templates"
TURNS = 15
SECONDS = 0.4
RATIO = 20  # what is promised


def read(name):
    return json.loads((DATA / f"{name}.json").read_text())


def full_context():
    """What the module gives the page: every plan and region, and a script for all public images."""
    script = {key: value for key, value in read("stackscripts")[0].items() if key != "script"}
    images = [image for image in read("images") if image["is_public"] and image["vendor"]]
    script["images"] = [{"id": image} for image in images]
    return {
        "application_name": "Example", "base": "/install", "urls": {"form": "/install/"},
        "assets": {"style": "/install/assets/style.0123456789abcdef.css",
                   "app": "/install/assets/app.0123456789abcdef.js"},
        "login_host": "login.linode.com", "scopes": ["read and write your Linodes"],
        "types": read("types"), "regions": read("regions"), "stackscript": script,
        "chosen": {"type": "g6-standard-2", "region": "eu-central", "image": "linode/debian12"},
        "problem": None, "catalog_age": None,
    }


class Ours:
    def __init__(self, context):
        program = pathlib.Path(os.environ.get("BUILD", TOP / "build")) / "bench" / "render_page"
        self.process = subprocess.Popen([program, TEMPLATES, "configure.html"],
                                        stdin=subprocess.PIPE, stdout=subprocess.PIPE)
        self.process.stdin.write(json.dumps(context).encode() + b"\n")

    def order(self, order):
        self.process.stdin.write(f"{order}\n".encode())
        self.process.stdin.flush()
        return self.process.stdout.readline()

    def page(self):
        return self.process.stdout.read(int(self.order("page"))).decode()

    def cost(self):
        return json.loads(self.order("cost"))

    def run(self):
        pages, took = self.order(SECONDS).split()
        return int(pages) / float(took)

    def close(self):
        self.process.stdin.close()
        return self.process.wait()


class Theirs:
    def __init__(self, context):
        environment = jinja2.Environment(
            autoescape=True, extensions=["jinja2.ext.do", "jinja2.ext.loopcontrols"],
            loader=jinja2.FileSystemLoader(TEMPLATES), auto_reload=False)
        self.template = environment.get_template("configure.html")
        self.context = context

    def page(self):
        return self.template.render(self.context)

    def run(self):
        start = time.process_time()
        pages = 0
        while (took := time.process_time() - start) < SECONDS:
            self.template.render(self.context)
            pages += 1
        return pages / took


def main():
    context = full_context()
    ours, theirs = Ours(context), Theirs(context)
    if ours.page() != theirs.page():
        sys.exit("the two pages differ")
    cost = ours.cost()
    rates = [(ours.run(), theirs.run()) for _ in range(TURNS)]
    mine, python = (max(column) for column in zip(*rates))
    ratio = mine / python
    print(f"""configure.html with {len(context["types"])} plans, {len(context["regions"])} regions \
and {len(context["stackscript"]["images"])} images
  ours             {mine:9.0f} pages a second
  Python's Jinja2  {python:9.0f} pages a second
  ratio            {ratio:9.1f}   (median of the turns: {statistics.median(a / b for a, b in rates):.1f})
  a page of ours   {cost["page"]} bytes in {cost["buckets"]} buckets: \
{cost["page"] - cost["copied"]} bytes referenced in the template, {cost["copied"]} copied once
                   {cost["values"]} values made in {cost["value_bytes"]} bytes, from \
{cost["blocks"]} blocks of its pool; {cost["steps"]} steps""")
    if ours.close() != 0 or ratio < RATIO:
        sys.exit(f"the ratio has to be at least {RATIO}")


main()
