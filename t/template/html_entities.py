#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/template/entities.h: the named characters of HTML 5, and what numbers stand for.

    t/template/html_entities.py > src/template/entities.h
"""
import html
from html.entities import html5


def literal(name):
    return f'"{name}\\0' + "".join(f"\\x{b:02x}" for b in html5[name].encode()) + '\\0"'


def offsets():
    """Where each name begins."""
    at = 0
    for name in sorted(html5):
        yield str(at)
        at += len(name) + 1 + len(html5[name].encode()) + 1
    assert at <= 65536


def rows(cells, comma=",", end="\n};\n"):
    line = "   "
    for cell in cells:
        if len(line) + len(cell) + 2 > 100:
            print(line)
            line = "   "
        line += f" {cell}{comma}"
    print(line + end)


print("/* SPDX-License-Identifier: Apache-2.0 */")
print("/* Written by t/template/html_entities.py: names in the order of their bytes. */")
print("/* clang-format off */")
print("/* Each with what it stands for behind it. One text and numbers: no pointers to be relocated. */")
print("static const char entities[] =")
rows([literal(name) for name in sorted(html5)], comma="", end=";\n")
print("static const uint16_t entity_offsets[] = {")
rows(offsets())
print("/* What &#128; and the like mean, as browsers have it. */")
print("static const uint32_t windows_1252[] = {")
rows([f"0x{ord(html._invalid_charrefs[n]):x}" for n in range(0x80, 0xA0)])
