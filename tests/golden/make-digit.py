#!/usr/bin/env python3
# make-digit.py: ink and the frames it must become, for tests/ink/test-frame.c.
#
# The rule of docs/DIGITS.md, written a second time and in another way: the
# picture is enlarged by repeating pixels until a cell of the 20 × 20 is a whole
# number of them, and cells are then summed. Whole numbers only, so that the
# bytes must be equal. Writes digit.bin beside this file; needs NumPy.
#
# Little-endian: u32 n; then of each case u16 width, u16 height, width × height
# bytes of ink, u8 whether there is ink, i16 x and y of the offset, f64 x and y
# of the barycentre, 400 bytes of box, 784 bytes of frame.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import struct
from fractions import Fraction
from math import floor

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
random = np.random.default_rng(1)


def rule(ink):
    box = np.zeros((20, 20), np.int64)
    frame = np.zeros((28, 28), np.int64)
    rows = np.flatnonzero(ink.any(axis=1))
    columns = np.flatnonzero(ink.any(axis=0))
    if len(rows) == 0:
        return False, box, frame, (0, 0), (0.0, 0.0)

    cut = ink[rows[0]:rows[-1] + 1, columns[0]:columns[-1] + 1].astype(np.int64)
    h, w = cut.shape
    m = max(h, w, 10)

    # Twice as large, so that the padding, half of what is missing, is whole.
    twice = np.zeros((2 * m, 2 * m), np.int64)
    twice[m - h:m + h, m - w:m + w] = cut.repeat(2, axis=0).repeat(2, axis=1)

    # 20 times as large: a cell is then 2 m × 2 m.
    sums = np.zeros((20, 20), np.int64)
    large = twice.repeat(20, axis=1)
    for cell in range(20):
        lines = np.arange(cell * 2 * m, (cell + 1) * 2 * m) // 20
        sums[cell] = large[lines].sum(axis=0).reshape(20, 2 * m).sum(axis=1)
    area = (2 * m) ** 2
    for y in range(20):
        for x in range(20):
            box[y, x] = floor(Fraction(int(sums[y, x]), area) + Fraction(1, 2))

    mass = int(box.sum())
    if mass == 0:
        return False, box, frame, (0, 0), (0.0, 0.0)
    b = [Fraction(sum(int(v) * (2 * i + 1) for i, v in enumerate(box.sum(axis=axis))), 2 * mass) for axis in (0, 1)]
    offset = [floor(15 - v) for v in b]

    for y in range(20):
        for x in range(20):
            if 0 <= y + offset[1] < 28 and 0 <= x + offset[0] < 28:
                frame[y + offset[1], x + offset[0]] = box[y, x]

    return True, box, frame, offset, [float(v) for v in b]


def strokes(width, height, n, radius, grey):
    """Thick random walks."""
    ink = np.zeros((height, width), np.uint8)
    ys, xs = np.mgrid[:height, :width]
    for _ in range(n):
        p = random.uniform((radius, radius), (width - radius, height - radius))
        for _ in range(12):
            far = np.hypot(xs - p[0], ys - p[1])
            disk = np.clip((radius - far) * (255 if not grey else random.uniform(40, 200)), 0, 255)
            ink = np.maximum(ink, disk.astype(np.uint8))
            p = np.clip(p + random.normal(0, radius, 2), radius, (width - radius, height - radius))
    return ink


def blank(width, height, box=None, value=255):
    ink = np.zeros((height, width), np.uint8)
    if box is not None:
        x, y, w, h = box
        ink[y:y + h, x:x + w] = value
    return ink


cases = [
    blank(40, 30),
    blank(64, 64, (31, 40, 1, 1)),                  # one pixel
    blank(64, 64, (31, 40, 1, 1), 1),               # so faint that it stays nothing?
    blank(64, 64, (30, 30, 4, 4)),                  # a dot
    blank(60, 50, (20, 5, 3, 40)),                  # straight lines
    blank(60, 50, (3, 24, 51, 4)),
    blank(56, 56, (0, 0, 7, 9)),                    # corners
    blank(56, 56, (45, 50, 11, 6)),
    blank(33, 70, (0, 0, 33, 70)),                  # nothing but ink
    blank(70, 70, (10, 10, 50, 3)) | blank(70, 70, (57, 10, 3, 50)),    # far off its centre
    (blank(70, 70, (0, 0, 60, 60), 1) | blank(70, 70, (0, 0, 8, 8))),   # clipped on one side
    random.integers(0, 256, (37, 41), np.uint8),
    np.eye(45, 52, 3, np.uint8) * 255,
]
cases += [strokes(*random.integers(29, 80, 2), 3, r, grey) for r, grey in
          ((2, False), (3, True), (4.5, True), (1.2, False), (6, False), (2.7, True))]

if __name__ == "__main__":
    with open(os.path.join(here, "digit.bin"), "wb") as file:
        file.write(struct.pack("<I", len(cases)))
        for ink in cases:
            found, box, frame, offset, b = rule(ink)
            file.write(struct.pack("<HH", ink.shape[1], ink.shape[0]))
            file.write(ink.astype(np.uint8).tobytes())
            file.write(struct.pack("<Bhhdd", found, *offset, *b))
            file.write(box.astype(np.uint8).tobytes())
            file.write(frame.astype(np.uint8).tobytes())
