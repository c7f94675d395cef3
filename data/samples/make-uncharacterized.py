#!/usr/bin/env python3
"""make-uncharacterized.py UNCHARACTERIZED.TXT ARCHIVE > qm9-uncharacterized.txt

The molecules of QM9 that failed its authors' consistency check, as the program ships
them: from the published list, and from the archive how many atoms each has. The latter
tells a set that is QM9 from others whose molecules are numbered, too. Both are
published under CC0: https://doi.org/10.6084/m9.figshare.c.978904

SPDX-License-Identifier: GPL-3.0-or-later
"""
import sys
import tarfile


def read_list(path):
    with open(path, encoding="ascii") as lines:
        words = [line.split() for line in lines]
    return {int(w[0]) for w in words if w and w[0].isdigit()}


def count_atoms(path):
    counts = {}
    with tarfile.open(path, "r|*") as archive:
        for member in archive:
            lines = archive.extractfile(member).read().decode("ascii").splitlines()
            counts[int(lines[1].split()[1])] = int(lines[0])
    return counts


def main():
    numbers = read_list(sys.argv[1])
    counts = count_atoms(sys.argv[2])
    print("number atoms")
    for number in sorted(numbers):
        print(number, counts[number])


if __name__ == "__main__":
    main()
