#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/template/entities.h: the named characters of HTML 5, and what numbers stand for.

    t/template/html_entities.py > src/template/entities.h
"""
import html
from html.entities import html5


def literal(text):
    return '"' + "".join(f"\\x{b:02x}" for b in text.encode()) + '"'


def rows(cells):
    line = "   "
    for cell in cells:
        if len(line) + len(cell) + 2 > 100:
            print(line)
            line = "   "
        line += f" {cell},"
    print(line + "\n};\n")


print("/* SPDX-License-Identifier: Apache-2.0 */")
print("/* Written by t/template/html_entities.py: names in the order of their bytes. */")
print("/* clang-format off */")
print("static const entity_t entities[] = {")
rows([f'{{"{name}", {literal(html5[name])}}}' for name in sorted(html5)])
print("/* What &#128; and the like mean, as browsers have it. */")
print("static const uint32_t windows_1252[] = {")
rows([f"0x{ord(html._invalid_charrefs[n]):x}" for n in range(0x80, 0xA0)])
