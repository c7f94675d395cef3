#!/usr/bin/python3
# make-features.py: writes features.txt, the features of some molecules, computed
# by NumPy in double precision from the papers' formulas as the comments of
# src/datasets/ds-feature-*.c give them.
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: make-features.py ARCHIVE > features.txt

ARCHIVE holds molecules in QM9's XYZ format: molecules-xtb.xyz.tar.xz. The file:
"molecule NAME N", N lines with atomic number and place (Å, exact in float32),
then for each feature its id and what is above 1e-6 as INDEX:VALUE.
"""

import itertools
import sys
import tarfile

import numpy as np

BOHR = 0.529177210903
ELEMENTS = [1, 6, 7, 8, 9]
SYMBOLS = {'H': 1, 'C': 6, 'N': 7, 'O': 8, 'F': 9}
RADII = {1: 0.31, 6: 0.76, 7: 0.71, 8: 0.66, 9: 0.57}
MOST = {1: 20, 6: 9, 7: 7, 8: 5, 9: 6}
PAIRS = list(itertools.combinations_with_replacement(ELEMENTS, 2))
MIDDLES = [6, 7, 8]
FROM_ARCHIVE = (3, 40, 107, 333, 512, 640, 1001, 1200, 1508, 1777)


def distances(xyz):
    r = np.linalg.norm(xyz[:, None] - xyz[None], axis=2)
    r = np.maximum(r, 0.1)
    np.fill_diagonal(r, 0)
    return r


def composition(z, xyz):
    return np.array([np.count_nonzero(z == e) for e in ELEMENTS], float)


def coulomb(z, xyz):
    r = distances(xyz) / BOHR
    np.fill_diagonal(r, 1)
    m = np.outer(z, z) / r
    np.fill_diagonal(m, 0.5 * z ** 2.4)
    return m


def eigenvalues(z, xyz, length):
    values = np.linalg.eigvalsh(coulomb(z, xyz))
    values = values[np.argsort(-abs(values), kind='stable')][:length]
    return np.pad(values, (0, length - len(values)))


def sorted_matrix(z, xyz):
    m = coulomb(z, xyz)
    norms = np.linalg.norm(m, axis=1)
    left, order = list(range(len(z))), []
    while left:
        # Of those that are as long as the longest, and so on along the rows placed.
        best = left
        for key in [norms] + [m[:, p] for p in order]:
            top = max(key[i] for i in best)
            best = [i for i in best if key[i] >= top * (1 - 1e-5)]
        order.append(best[0])
        left.remove(best[0])
    full = np.zeros((29, 29))
    full[:len(z), :len(z)] = m[np.ix_(order, order)]
    return full[np.triu_indices(29)]


def bag_of_bonds(z, xyz):
    m = coulomb(z, xyz)
    bags = []
    for a, b in PAIRS:
        size = MOST[a] * (MOST[a] - 1) // 2 if a == b else MOST[a] * MOST[b]
        bag = sorted((m[i, j] for i, j in itertools.combinations(range(len(z)), 2)
                      if sorted((z[i], z[j])) == [a, b]), reverse=True)[:size]
        bags.append(np.pad(bag, (0, size - len(bag))))
    return np.concatenate(bags)


def bump(value, centres, width):
    return np.exp(-((value - centres) / width) ** 2 / 2)


def pair_histograms(z, xyz):
    r = distances(xyz)
    centres = PAIR_CENTRES
    bins = {pair: np.zeros(len(centres)) for pair in PAIRS}
    for i, j in itertools.combinations(range(len(z)), 2):
        bins[tuple(sorted((z[i], z[j])))] += bump(np.log(r[i, j]), centres, PAIR_WIDTH)
    return np.concatenate([composition(z, xyz)] + [bins[pair] for pair in PAIRS])


PAIR_CENTRES = -0.05 + 0.1 * np.arange(24)
PAIR_WIDTH = 0.08


def bonds(z, xyz):
    radii = np.array([RADII[int(a)] for a in z])
    ratio = distances(xyz) / (radii[:, None] + radii[None])
    w = 0.5 + 0.5 * np.cos(np.pi * np.clip((ratio - 1.2) / 0.3, 0, 1))
    w[ratio >= 1.5] = 0
    np.fill_diagonal(w, 0)
    return w


def hdad(z, xyz):
    n = len(z)
    w = bonds(z, xyz)
    r = distances(xyz)

    centres = np.radians(np.arange(60, 181, 10))
    angles = {(b, pair): np.zeros(13) for b in MIDDLES for pair in PAIRS}
    for a, b, c in itertools.permutations(range(n), 3):
        weight = w[a, b] * w[b, c]
        if a < c and z[b] in MIDDLES and weight > 0:
            cosine = np.dot(xyz[a] - xyz[b], xyz[c] - xyz[b]) / (r[a, b] * r[b, c])
            theta = np.arccos(np.clip(cosine, -1, 1))
            angles[z[b], tuple(sorted((z[a], z[c])))] += weight * bump(theta, centres, np.radians(8))

    # The same chain is met from both ends: each counts half.
    centres = np.radians(np.arange(0, 181, 30))
    kinds = [(b, b, *ends) for b in MIDDLES for ends in PAIRS]
    kinds += [(b, c, *ends) for b, c in itertools.combinations(MIDDLES, 2)
              for ends in itertools.product(ELEMENTS, repeat=2)]
    dihedrals = {kind: np.zeros(7) for kind in kinds}
    for b, c in itertools.permutations(range(n), 2):
        if w[b, c] == 0 or z[b] not in MIDDLES or z[c] not in MIDDLES:
            continue
        for a, d in itertools.permutations(range(n), 2):
            if len({a, b, c, d}) < 4 or w[a, b] == 0 or w[c, d] == 0:
                continue
            # Gram-Schmidt: the parts of ba and cd at right angles to bc.
            axis = xyz[c] - xyz[b]
            if not axis.any():
                continue
            axis = axis / np.linalg.norm(axis)
            u, v = xyz[a] - xyz[b], xyz[d] - xyz[c]
            u, v = u - axis * (u @ axis), v - axis * (v @ axis)
            lengths = np.linalg.norm(u), np.linalg.norm(v)
            if min(lengths) == 0:
                continue
            phi = np.arccos(np.clip(u @ v / (lengths[0] * lengths[1]), -1, 1))
            shrink = (np.linalg.norm(xyz[c] - xyz[b]) / r[b, c]) ** 2
            sines = lengths[0] / r[a, b] * lengths[1] / r[c, d] * shrink
            chain = (z[b], z[c], z[a], z[d])
            if z[b] > z[c]:
                chain = (z[c], z[b], z[d], z[a])
            if z[b] == z[c]:
                chain = (z[b], z[c], *sorted((z[a], z[d])))
            dihedrals[chain] += 0.5 * w[a, b] * w[b, c] * w[c, d] * sines * bump(phi, centres, np.radians(20))

    return np.concatenate([pair_histograms(z, xyz)] + list(angles.values()) + list(dihedrals.values()))


FEATURES = {
    'composition': composition,
    'coulomb-eigenvalues': lambda z, xyz: eigenvalues(z, xyz, 29),
    'coulomb-eigenvalues-25': lambda z, xyz: eigenvalues(z, xyz, 25),
    'coulomb-matrix': sorted_matrix,
    'bag-of-bonds': bag_of_bonds,
    'pair-histograms': pair_histograms,
    'hdad': hdad,
}


def made_up():
    """Molecules that nobody would find: name, elements, places."""
    yield 'one-atom', 'F', [[1, 2, 3]]
    yield 'hydrogen', 'HH', [[0, 0, 0], [0, 0, 0.74]]
    yield 'straight', 'OCCCOH', [[k * 1.25, 0, 0] for k in range(6)]
    yield 'in-one-place', 'CCHHO', [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 1, 0], [1, 0, 0]]
    yield 'square', 'CCCC', [[0, 0, 0], [1.5, 1.5, 0], [1.5, 0, 0], [0, 1.5, 0]]
    yield 'methane', 'HCHHH', [[.625, .625, .625], [0, 0, 0], [-.625, -.625, .625],
                               [.625, -.625, -.625], [-.625, .625, -.625]]
    yield 'far-apart', 'NHF', [[0, 0, 0], [500, 0, 0], [0, -900, 0]]
    yield 'many-nitrogens', 'N' * 29, [[1.5 * (k % 3), 1.4 * (k // 3 % 3), 1.3 * (k // 9)] for k in range(29)]


def from_archive(path):
    with tarfile.open(path) as archive:
        members = sorted((m for m in archive if m.isfile()), key=lambda m: m.name)
        for index in FROM_ARCHIVE:
            lines = archive.extractfile(members[index]).read().decode().splitlines()
            atoms = [line.split() for line in lines[2:2 + int(lines[0])]]
            number = lines[1].split()[1]
            yield 'xtb-' + number, [a[0] for a in atoms], [[float(x) for x in a[1:4]] for a in atoms]


def main():
    for name, symbols, places in itertools.chain(made_up(), from_archive(sys.argv[1])):
        z = np.array([SYMBOLS[s] for s in symbols])
        xyz = np.array(places, np.float32)
        print('molecule', name, len(z))
        for a, place in zip(z, xyz):
            print(a, *(f'{x:.9g}' for x in place))
        for feature, compute in FEATURES.items():
            x = compute(z, xyz.astype(float))
            print(feature, *(f'{i}:{x[i]:.7g}' for i in np.flatnonzero(abs(x) > 1e-6)))


main()
