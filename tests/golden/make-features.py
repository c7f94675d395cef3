#!/usr/bin/python3
# make-features.py: writes features.txt, the features of some molecules, computed
# by NumPy in double precision from the papers' formulas as the comments of
# src/molecules/features/mol-feature-*.c give them.
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
FROM_ARCHIVE = (40, 107, 512, 1001, 1508, 1777)


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


def coulomb_spectra(z, xyz):
    x = []
    for p in (1, 2, 4, 8):
        m = coulomb(z, xyz)
        r = distances(xyz)
        np.fill_diagonal(r, 1.5)
        m = m * (1.5 / r) ** (p - 1)
        for elements, length in ((ELEMENTS, 29), ([6, 7, 8, 9], 9), ([6, 7], 9), ([6, 8], 9), ([7, 8], 9)):
            part = m[np.ix_(np.isin(z, elements), np.isin(z, elements))]
            values = np.linalg.eigvalsh(part)[::-1][:length] if len(part) else []
            x += list(np.pad(values, (0, length - len(values))))
    return np.array(x)


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


# Exponents of three Gaussians for zeta = 1, and their parts in 1s, 2s, 2p.
STO_1S = ([2.227660584, 0.405771156, 0.109818036], [0.154328967, 0.535328142, 0.444634542], None)
STO_2SP = ([0.994203, 0.231031, 0.0751386], [-0.0999672292, 0.399512826, 0.700115469],
           [0.155916275, 0.607683719, 0.391957393])
ZETAS = {1: 1.3, 6: 1.625, 7: 1.95, 8: 2.275, 9: 2.425}
OWN = {1: (-13.6,), 6: (-21.4, -11.4), 7: (-26.0, -13.4), 8: (-32.3, -14.8), 9: (-40.0, -18.1)}
WARMTH = 0.1


class Function:
    """A basis function: x^l y^m z^n (l + m + n at most 1) times Gaussians."""

    def __init__(self, atom, element, axis, place):
        exponents, s, p = STO_1S if element == 1 else STO_2SP
        self.atom, self.axis, self.place = atom, axis, place
        self.exponents = np.array(exponents) * ZETAS[element] ** 2
        self.parts = np.array(s if axis is None else p) * (2 * self.exponents / np.pi) ** 0.75
        if axis is not None:
            self.parts = self.parts * 2 * np.sqrt(self.exponents)
        self.energy = OWN[element][axis is not None]

    def powers(self):
        return [1 if k == self.axis else 0 for k in range(3)]


def overlap_1d(l, m, alpha, beta, a, b):
    """The integral of (x - a)^l (x - b)^m exp (-alpha (x - a)^2 - beta (x - b)^2)."""
    p = alpha + beta
    centre = (alpha * a + beta * b) / p
    base = np.sqrt(np.pi / p) * np.exp(-alpha * beta / p * (a - b) ** 2)
    if l == m == 1:
        return base * ((centre - a) * (centre - b) + 1 / (2 * p))
    return base * (centre - a) ** l * (centre - b) ** m


def overlap(f, g):
    total = 0
    for alpha, x in zip(f.exponents, f.parts):
        for beta, y in zip(g.exponents, g.parts):
            factors = [overlap_1d(l, m, alpha, beta, a, b) for l, m, a, b in
                       zip(f.powers(), g.powers(), f.place, g.place)]
            total += x * y * np.prod(factors)
    return total


def fermi(energies, electrons):
    low, high = energies[0] - 10, energies[-1] + 10
    for _ in range(200):
        mu = (low + high) / 2
        with np.errstate(over='ignore'):
            filled = 1 / (1 + np.exp((energies - mu) / WARMTH))
        low, high = (mu, high) if 2 * filled.sum() < electrons else (low, mu)
    return filled


def kinds(z, xyz):
    """How much each atom is of each of the 13 kinds."""
    w = bonds(z, xyz)
    shares = np.zeros((len(z), 13))
    for i, a in enumerate(z):
        if a == 1:
            for j, b in enumerate(z):
                shares[i, {7: 1, 8: 2}.get(int(b), 0)] += w[i, j]
            total = shares[i].sum()
            if total < 1:
                shares[i, 0] += 1 - total
            else:
                shares[i] /= total
            continue
        first, neighbours = {6: (3, [2, 3, 4]), 7: (6, [1, 2, 3, 4]), 8: (10, [1, 2]), 9: (12, [1])}[int(a)]
        n = np.clip(w[i].sum(), neighbours[0], neighbours[-1])
        for k, m in enumerate(neighbours):
            shares[i, first + k] = max(0, 1 - abs(n - m))
    return shares


def orbitals(z, xyz):
    valence = np.array([1 if a == 1 else a - 2 for a in z], float)
    places = (xyz - valence @ xyz / valence.sum()) / BOHR
    basis = []
    for i, a in enumerate(z):
        for axis in [None] if a == 1 else [None, 0, 1, 2]:
            basis.append(Function(i, int(a), axis, places[i]))
    n = len(basis)
    atom = np.array([f.atom for f in basis])

    s = np.eye(n)
    for i, j in itertools.combinations(range(n), 2):
        if atom[i] != atom[j]:
            s[i, j] = s[j, i] = 0.98 * overlap(basis[i], basis[j])
    own = np.array([f.energy for f in basis])
    h = 0.5 * 1.75 * s * (own[:, None] + own[None])
    np.fill_diagonal(h, own)

    # Loewdin's orthogonal functions.
    u, v = np.linalg.eigh(s)
    root = v @ np.diag(u ** -0.5) @ v.T
    energies, y = np.linalg.eigh(root @ h @ root)
    c = root @ y
    electrons = int(valence.sum())
    homo = (electrons - 1) // 2
    filled = fermi(energies, electrons)
    p = 2 * c @ np.diag(filled) @ c.T

    # Levels
    def level(k):
        return energies[min(max(k, 0), n - 1)]

    gap = level(homo + 1) - level(homo)
    atoms = sum(OWN[1][0] if a == 1 else 2 * OWN[int(a)][0] + (a - 4) * OWN[int(a)][1] for a in z)
    x = [level(homo - k) for k in range(8)] + [level(homo + 1 + k) for k in range(8)]
    x += [gap, np.log(max(gap, 0.1)), 2 * filled @ energies - atoms]

    # Moments between functions, then between levels.
    r = 0.5 * s[None] * (places[atom].T[:, :, None] + places[atom].T[:, None, :])
    for i, f in enumerate(basis):
        if f.axis is not None:
            k = i - 1 - f.axis
            r[f.axis, k, i] = r[f.axis, i, k] = 5 / (2 * np.sqrt(3) * ZETAS[int(z[f.atom])])
    hybrids = np.where(atom[:, None] == atom[None], r - np.array([np.diag(np.diag(m)) for m in r]), 0)
    moments = np.einsum('mi,kmn,nj->kij', c, r, c)

    difference = energies[None] - energies[:, None]
    close = abs(difference) < 1e-4
    response = np.where(close, filled[:, None] * (1 - filled[None]) / WARMTH,
                        (filled[:, None] - filled[None]) / np.where(close, 1, difference))
    alpha = 2 * np.einsum('ij,kij,lij->kl', response, moments, moments)
    trace = np.trace(alpha)
    x += [trace / 3, np.sqrt(max(1.5 * (alpha ** 2).sum() - 0.5 * trace ** 2, 0))]

    weights = []
    for share, edge in ((filled, homo), (1 - filled, homo + 1)):
        w = share * np.exp(-abs(energies - level(edge)) / 0.25)
        weights.append(w / w.sum() if w.sum() > 0 else w)
    x.append(np.sqrt(np.einsum('i,j,kij->', weights[0], weights[1], moments ** 2)))

    # Dipole
    ps = p @ s
    charges = valence.copy()
    np.subtract.at(charges, atom, np.diag(ps))
    mu_q = 2.541746473 * charges @ places
    mu_h = -2.541746473 * np.einsum('mn,kmn->k', p, hybrids)
    mu = mu_q + mu_h
    x += [np.linalg.norm(mu), np.linalg.norm(mu_q), np.linalg.norm(mu_h), mu @ mu_q, mu @ mu]

    # Kinds, frontier
    member = (atom[None] == np.arange(len(z))[:, None]).astype(float)
    bond = 2 * member @ (p * s) @ member.T
    np.fill_diagonal(bond, 0)
    shares = kinds(z, xyz)
    x += list(charges @ shares) + list(charges ** 2 @ shares) + list(bond.sum(1) ** 2 @ shares)
    on_functions = c * (s @ c)
    for w in weights:
        on_atoms = member @ on_functions @ w
        x += list(on_atoms @ shares) + [on_atoms @ on_atoms]

    # Bonds, charges, densities
    found = {pair: [] for pair in PAIRS}
    for i, j in itertools.combinations(range(len(z)), 2):
        found[tuple(sorted((z[i], z[j])))].append(bond[i, j])
    x += [sum(found[pair]) for pair in PAIRS] + [sum(b * b for b in found[pair]) for pair in PAIRS]
    firsts = [.6, .745, .66, .53, .5, .45, .42, .38, .42, .6, .37, .3, .3, .3, .3]
    steps = [.02, .008, .008, .007, .01, .14, .13, .065, .01, .07, .035, .05, .05, .05, .05]
    for pair, first, step in zip(PAIRS, firsts, steps):
        x += list(sum((bump(b, first + step * np.arange(10), 0.8 * step) for b in found[pair]), np.zeros(10)))
    for e, first, step in zip(ELEMENTS, [-.03, -.4, -1.2, -1.25, -.66], [.05, .15, .12, .08, .01]):
        x += list(sum((bump(q, first + step * np.arange(10), 0.8 * step) for q in charges[z == e]), np.zeros(10)))
    for share, first, step, width in ((filled, -34, 2.2, 1.6), (1 - filled, -11, 1.2, 0.9)):
        for e in ELEMENTS:
            on_element = on_functions[z[atom] == e].sum(0) * share
            x += list(sum((o * bump(energy, first + step * np.arange(12), width)
                           for o, energy in zip(on_element, energies)), np.zeros(12)))
    return np.array(x)


FEATURES = {
    'composition': composition,
    'coulomb-eigenvalues': lambda z, xyz: eigenvalues(z, xyz, 29),
    'coulomb-eigenvalues-25': lambda z, xyz: eigenvalues(z, xyz, 25),
    'coulomb-matrix': sorted_matrix,
    'coulomb-spectra': coulomb_spectra,
    'bag-of-bonds': bag_of_bonds,
    'pair-histograms': pair_histograms,
    'hdad': hdad,
    'orbitals': orbitals,
    'hdad-orbitals': lambda z, xyz: np.concatenate([hdad(z, xyz), orbitals(z, xyz)]),
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
