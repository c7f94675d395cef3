#!/usr/bin/env python3
# make-pen.py: ink of all pens and the frames it must become, for
# tests/ink/test-stroke-width.c.
#
# The same as src/ink/ink-stroke-width.c, written a second time: each distance is the least
# of those to all cells, and the rule is make-digit.py's. Writes pen.bin beside this
# file; needs NumPy.
#
# Little-endian: u32 n; then of each case u16 width, u16 height, width × height bytes
# of ink, f64 how wide the strokes are in the 20 × 20, u8 whether they get another
# pen, 784 bytes of frame.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import importlib.util
import os
import struct

import numpy as np

here = os.path.dirname(os.path.abspath(__file__))
spec = importlib.util.spec_from_file_location("make_digit", os.path.join(here, "make-digit.py"))
digit = importlib.util.module_from_spec(spec)
spec.loader.exec_module(digit)
random = np.random.default_rng(2)


def measure(box):
    v = np.pad(box.astype(float), 1)
    gx = (v[:-1, 1:] + v[1:, 1:] - v[:-1, :-1] - v[1:, :-1]) / 2
    gy = (v[1:, :-1] + v[1:, 1:] - v[:-1, :-1] - v[:-1, 1:]) / 2
    return 2 * v.sum() / np.hypot(gx, gy).sum()


def least_distance(points, shape):
    """From the middle of each cell to the nearest of the points."""
    ys, xs = np.mgrid[:shape[0], :shape[1]]
    best = np.full(shape, np.inf)
    for y, x in points:
        best = np.minimum(best, (ys - y) ** 2 + (xs - x) ** 2)
    return np.sqrt(best)


def any_pen(ink):
    found, box, frame, _, _ = digit.rule(ink)
    pen = measure(box) if found else 0.0
    wanted = min(max(pen, 2.3), 4.0)
    if not found or wanted == pen:
        return pen, False, frame

    rows = np.flatnonzero(ink.any(axis=1))
    columns = np.flatnonzero(ink.any(axis=0))
    h, w = rows[-1] + 1 - rows[0], columns[-1] + 1 - columns[0]
    side = max(h, w, 10)
    top = int(np.floor((rows[0] + rows[-1] + 1 - side) / 2))
    left = int(np.floor((columns[0] + columns[-1] + 1 - side) / 2))

    # What must be added on either side so that the pen is as wide as wanted when
    # the larger square is 20.
    growth = side * (wanted - pen) / (2 * (20 - wanted))

    scale = -(-side // 128)
    n = -(-side // scale) + 1
    big = np.zeros((ink.shape[0] + 2 * 400, ink.shape[1] + 2 * 400), np.int64)
    big[400:-400, 400:-400] = ink
    square = big[400 + top:400 + top + n * scale, 400 + left:400 + left + n * scale]
    hard = square.reshape(n, scale, n, scale).sum(axis=(1, 3)) * 2 > 255 * scale ** 2
    if not hard.any():
        return pen, False, frame

    growth /= scale
    hard = np.pad(hard, 1 + int(np.ceil(max(growth, 0))))
    if growth > 0:
        covered = growth + 1 - least_distance(np.argwhere(hard), hard.shape)
    else:
        covered = growth + least_distance(np.argwhere(~hard), hard.shape)
    found, _, other, _, _ = digit.rule(np.floor(np.clip(covered, 0, 1) * 255 + 0.5).astype(np.uint8))
    return (pen, True, other) if found else (pen, False, frame)


def ring(side, radius, width):
    ys, xs = np.mgrid[:side, :side]
    far = np.abs(np.hypot(xs - side / 2 + 0.5, ys - side / 2 + 0.5) - radius)
    return np.clip((width / 2 - far + 0.5) * 255, 0, 255).astype(np.uint8)


cases = [
    digit.blank(30, 30),
    digit.blank(64, 64, (31, 40, 1, 1)),            # one pixel
    digit.blank(64, 64, (63, 0, 1, 1)),             # in a corner
    digit.blank(64, 64, (31, 40, 1, 1), 90),        # nowhere half
    digit.blank(64, 64, (20, 20, 25, 25)),          # a blot
    digit.blank(70, 60, (30, 0, 3, 60)),            # lines, from border to border
    digit.blank(70, 60, (0, 25, 70, 12)),
    digit.blank(50, 270, (20, 5, 9, 261)),            # so large that it is made smaller
    digit.blank(150, 150, (0, 0, 150, 9)) | digit.blank(150, 150, (0, 0, 9, 150)),
    ring(112, 40, 5), ring(112, 40, 12), ring(112, 40, 30), ring(61, 25, 2), ring(150, 68, 5),
    np.eye(45, 52, 3, np.uint8) * 255,
]
cases += [digit.strokes(*random.integers(40, 150, 2), 3, r, grey) for r, grey in
          ((2, False), (3, True), (8, False), (12, False), (1.2, False), (4, True), (15, False))]

with open(os.path.join(here, "pen.bin"), "wb") as file:
    file.write(struct.pack("<I", len(cases)))
    for ink in cases:
        pen, changed, frame = any_pen(ink)
        print(ink.shape, round(pen, 3), changed)
        file.write(struct.pack("<HH", ink.shape[1], ink.shape[0]))
        file.write(ink.astype(np.uint8).tobytes())
        file.write(struct.pack("<dB", pen, changed))
        file.write(frame.astype(np.uint8).tobytes())
