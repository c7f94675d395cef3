#!/usr/bin/env python3
"""make-molecules.py > molecules.txt: what is in some of the built-in molecules, read
with Python alone; tests/molecules/test-qm9.c compares.

A line for each: number, atoms, formula, SMILES, the 15 properties, and of all places the
sum of each coordinate and the sum of squares.

SPDX-License-Identifier: GPL-3.0-or-later
"""
import collections
import math
import os
import tarfile

NUMBERS = [1, 2, 3, 500, 1000, 1337, 1807, 1808]
ARCHIVE = os.path.join(os.path.dirname(__file__), "..", "..", "data", "samples", "molecules-xtb.xyz.tar.xz")


def make_formula(elements):
    counts = collections.Counter(elements)
    order = ["C", "H"] if "C" in counts else []
    order += sorted(e for e in counts if e not in order)
    return "".join(e + (str(counts[e]) if counts[e] > 1 else "") for e in order)


def describe(text):
    lines = text.splitlines()
    n = int(lines[0])
    words = lines[1].split()
    atoms = [line.split() for line in lines[2:2 + n]]
    places = [[float(word.replace("*^", "e")) for word in atom[1:4]] for atom in atoms]
    sums = [math.fsum(place[k] for place in places) for k in range(3)]
    squares = math.fsum(x * x for place in places for x in place)
    smiles = lines[n + 3].split()[0]
    return " ".join([words[1], str(n), make_formula([atom[0] for atom in atoms]), smiles] +
                    [repr(float(word)) for word in words[2:17]] + [f"{x:.9f}" for x in sums + [squares]])


def main():
    with tarfile.open(ARCHIVE, "r:xz") as archive:
        texts = [archive.extractfile(m).read().decode("ascii") for m in archive if m.isfile()]
    by_number = {int(text.split()[2]): text for text in texts}
    assert len(by_number) == 1808
    for number in NUMBERS:
        print(describe(by_number[number]))


if __name__ == "__main__":
    main()
