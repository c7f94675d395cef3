#!/usr/bin/env python3
# make-digit-steps.py: ink and the frames it must become where steps of the rule are left out, for
# tests/ink/test-frame-steps.c.
#
# Each average is a product of matrices: how much of each cell lies in each pixel, in whole numbers.
# Writes digit-steps.bin beside this file; needs NumPy.
#
# Little-endian: u32 n; then of each case u16 width, u16 height, width × height bytes of ink, and 16
# times u8 skip, u16 least side, u8 whether there is ink, u8 n, i16 x and y of the offset, f64 x, y and side
# of the square, 784 bytes of frame.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import struct
from fractions import Fraction
from math import floor

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(2)

BOX, SIZE, CENTRE = 2, 4, 8


def overlaps(start, side, n, pixels):
    """n × pixels: 2 n times the length of each pixel in each cell of [start, start + side), a Fraction's
    halves included."""
    edges = [Fraction(start) + Fraction(side) * cell / n for cell in range(n + 1)]
    return np.array([[int(2 * n * max(Fraction(0), min(edges[c + 1], i + 1) - max(edges[c], i)))
                      for i in range(pixels)] for c in range(n)], dtype=object)


def rule(ink, skip, least):
    frame = np.zeros((28, 28), np.uint8)
    height, width = ink.shape
    rows, columns = np.flatnonzero(ink.any(axis=1)), np.flatnonzero(ink.any(axis=0))
    if len(rows) == 0:
        return False, 0, (0, 0), (0.0, 0.0, 0.0), frame
    whole = max(width, height)

    if skip & BOX:
        middle, side = (Fraction(width, 2), Fraction(height, 2)), whole
    else:
        middle = (Fraction(int(columns[0] + columns[-1] + 1), 2), Fraction(int(rows[0] + rows[-1] + 1), 2))
        side = max(len(range(columns[0], columns[-1] + 1)), len(range(rows[0], rows[-1] + 1)), least or 10)
    n = 20
    if skip & SIZE:
        side, n = whole, 28
    x, y = middle[0] - Fraction(side, 2), middle[1] - Fraction(side, 2)

    sums = overlaps(y, side, n, height) @ ink.astype(object) @ overlaps(x, side, n, width).T
    cells = np.array([[floor(Fraction(int(v), 4 * side * side) + Fraction(1, 2)) for v in row] for row in sums])
    if cells.sum() == 0:
        return False, n, (0, 0), (float(x), float(y), float(side)), frame

    places = np.array([Fraction(2 * i + 1, 2) for i in range(n)], dtype=object)
    offsets = [(28 - n) // 2] * 2 if skip & CENTRE else \
        [floor(15 - sum(int(v) * p for v, p in zip(cells.sum(axis=axis), places)) / int(cells.sum())) for axis in (0, 1)]

    large = np.zeros((28 * 3, 28 * 3), np.uint8)
    large[28 + offsets[1]:28 + offsets[1] + n, 28 + offsets[0]:28 + offsets[0] + n] = cells
    return True, n, offsets, (float(x), float(y), float(side)), large[28:56, 28:56]


def bar(width, height, x, y, w, h):
    ink = np.zeros((height, width), np.uint8)
    ink[y:y + h, x:x + w] = random.integers(100, 256, (h, w))
    return ink


cases = [
    np.zeros((30, 40), np.uint8),
    bar(40, 40, 31, 3, 2, 3),
    bar(56, 56, 4, 30, 9, 23),
    bar(60, 41, 50, 0, 10, 41),
    bar(33, 70, 0, 61, 33, 9),
    bar(25, 25, 2, 2, 20, 4) | bar(25, 25, 2, 2, 4, 20),
    random.integers(0, 256, (37, 41), np.uint8),
]

with open(os.path.join(here, "digit-steps.bin"), "wb") as file:
    file.write(struct.pack("<I", len(cases)))
    for ink in cases:
        file.write(struct.pack("<HH", ink.shape[1], ink.shape[0]))
        file.write(ink.tobytes())
        for skip in range(0, 16, 2):
            for least in (0, 17):
                found, n, offset, square, frame = rule(ink, skip, least)
                file.write(struct.pack("<BHBBhhddd", skip, least, found, n, *offset, *square))
                file.write(np.ascontiguousarray(frame).tobytes())
