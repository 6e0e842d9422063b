#!/usr/bin/python3
# SPDX-License-Identifier: Apache-2.0
"""Writes src/template/unicode_tables.h: what Python's str knows about characters.

    t/template/unicode_tables.py > src/template/unicode_tables.h
"""
import sys
import unicodedata

POINTS = [c for c in range(0x80, sys.maxunicode + 1) if not 0xD800 <= c <= 0xDFFF]


def runs(points):
    """Joins ascending points into (first, last, stride) with stride 1 or 2."""
    out = []
    for point in points:
        if out:
            first, last, stride = out[-1]
            if point - last == stride or (first == last and point - last in (1, 2)):
                out[-1] = (first, point, point - last)
                continue
        out.append((point, point, 1))
    return out


def members(name, test):
    print(f"static const unicode_run_t unicode_{name}[] = {{")
    rows([f"{{0x{a:x}, 0x{b:x}, {s}}}" for a, b, s in runs([c for c in POINTS if test(chr(c))])])


def rows(cells):
    line = "   "
    for cell in cells:
        if len(line) + len(cell) + 2 > 100:
            print(line)
            line = "   "
        line += f" {cell},"
    print(line + "\n};\n")


def mapping(name, method):
    """Characters that become one character, as runs of one distance."""
    distances = {}
    for c in POINTS:
        to = method(chr(c))
        if len(to) == 1 and ord(to) != c:
            distances.setdefault(ord(to) - c, []).append(c)
    cells = sorted((*run, d) for d, points in distances.items() for run in runs(points))
    print(f"static const unicode_shift_t unicode_{name}[] = {{")
    rows([f"{{0x{a:x}, 0x{b:x}, {s}, {d}}}" for a, b, s, d in cells])


def expansions(name, method):
    """Characters that become several."""
    print(f"static const unicode_expansion_t unicode_{name}_long[] = {{")
    cells = []
    for c in POINTS:
        to = method(chr(c))
        if len(to) > 1:
            bytes_ = "".join(f"\\x{b:02x}" for b in to.encode())
            cells.append(f'{{0x{c:x}, "{bytes_}"}}')
    rows(cells)


def cased(c):
    return c.islower() or c.isupper() or c.istitle()


def case_ignorable(c):
    """Found out by asking str.lower() which sigma it takes for the final one."""
    if cased(c):
        return ("A\u03a3" + c).lower()[1] == "\u03c2"
    return ("A\u03a3" + c + "A").lower()[1] == "\u03c3"


print("/* SPDX-License-Identifier: Apache-2.0 */")
print(f"/* Written by t/template/unicode_tables.py from Unicode {unicodedata.unidata_version}: "
      "what lies beyond ASCII. */\n/* clang-format off */")
members("lower_case", str.islower)
members("upper_case", str.isupper)
members("title_case", lambda c: c.istitle() and not c.isupper())
members("alphabetic", str.isalpha)
members("numeric", lambda c: c.isalnum() and not c.isalpha())
members("digit", str.isdigit)
members("decimal", str.isdecimal)
members("unprintable", lambda c: not c.isprintable())
members("identifier", lambda c: ("a" + c).isidentifier())
members("identifier_start", str.isidentifier)
members("case_ignorable", case_ignorable)
mapping("to_upper", str.upper)
mapping("to_lower", str.lower)
mapping("to_title", str.title)
expansions("to_upper", str.upper)
expansions("to_lower", str.lower)
expansions("to_title", str.title)
