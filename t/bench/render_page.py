#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""The built-in configure page with a full catalog: pages per second, ours and Python's Jinja2.

    make bench                                  or, when everything is built,
    BUILD=build t/bench/render_page.py

The context is the module's own: what a httpd with it hands to the template, asked for as JSON. Python
has one environment, the template compiled before, and the context as plain dicts; ours has the same
templates in one set and the same context as JSON. Both first have to give the page that the httpd
sends, byte for byte. Then they take turns in one run, and processor time is what counts. A figure is
the best of its turns, as in timeit: what makes the others worse is the rest of the machine.
"""
import json
import os
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

import jinja2
import requests

TOP = pathlib.Path(__file__).resolve().parent.parent.parent
sys.path.insert(0, str(TOP / "t" / "e2e"))

from harness.linode import Linode  # noqa: E402
from harness.server import Server, Site  # noqa: E402

TEMPLATES = TOP / "templates"
SCRIPT = "320826"
FORM = "/?type=g6-standard-2&region=eu-central&image=linode/debian12"
TURNS = 15
SECONDS = 0.4
RATIO = 20  # what is promised


def answers(url):
    """The context and the page of a form."""
    json_only = {"Accept": "application/json"}
    return requests.get(url, headers=json_only, timeout=60).json(), requests.get(url, timeout=60).text


def full_form():
    """Every plan and region, a script for all public images, and something chosen."""
    with tempfile.TemporaryDirectory() as directory:
        linode = Linode(directory)
        linode.control("POST", "data", json={"stackscripts": {SCRIPT: {"images": ["any/all"]}}})
        server = Server()
        try:
            site = Site(linode, server.port, StackScriptID=SCRIPT)
            server.write(site.section())
            server.start()
            return answers(site.url + FORM)
        finally:
            server.stop()
            server.close()
            linode.stop()


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
    context, page = full_form()
    ours, theirs = Ours(context), Theirs(context)
    if not ours.page() == theirs.page() == page:
        sys.exit("the pages differ")
    images = sum(len(group["images"]) for group in context["image_groups"])
    cost = ours.cost()
    rates = [(ours.run(), theirs.run()) for _ in range(TURNS)]
    mine, python = (max(column) for column in zip(*rates))
    ratio = mine / python
    print(f"""configure.html with {len(context["types"])} plans, {len(context["regions"])} regions \
and {images} images
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
