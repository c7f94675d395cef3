# numpy_peer.py: mini-batches vectorised by hand, as one would write them.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import numpy as np

from peer import load, serve
from works import WORKS


class Net:
    def __init__(self, folder, work):
        self.w = w = WORKS[work]
        self.x, y = load(folder, work)
        self.y = np.eye(w['widths'][-1], dtype=np.float32)[y] if y.dtype == np.uint8 else y
        rng = self.rng = np.random.default_rng(1)
        n = w['widths']
        self.W = [rng.normal(0, n[i] ** -0.5, (n[i], n[i + 1])).astype(np.float32) for i in range(len(n) - 1)]
        self.b = [np.zeros(m, np.float32) for m in n[1:]]
        self.params = self.W + self.b
        self.m = [np.zeros_like(p) for p in self.params]
        self.v = [np.zeros_like(p) for p in self.params]
        self.t = 0

    def activate(self, kind, a):
        if kind == 'sigmoid':
            return 1 / (1 + np.exp(-a))
        if kind == 'tanh':
            return np.tanh(a)
        if kind == 'relu':
            return np.maximum(a, 0)
        if kind == 'softmax':
            e = np.exp(a - a.max(1, keepdims=True))
            return e / e.sum(1, keepdims=True)
        return a

    def slope(self, kind, h):
        if kind == 'sigmoid':
            return h * (1 - h)
        if kind == 'tanh':
            return 1 - h * h
        if kind == 'relu':
            return h > 0
        return 1

    def forward(self, x):
        H = [x]
        for i, (W, b) in enumerate(zip(self.W, self.b)):
            H.append(self.activate(self.w['output' if i == len(self.W) - 1 else 'hidden'], H[-1] @ W + b))
        return H

    def step(self, x, y):
        H = self.forward(x)
        B = len(x)
        d = H[-1] - y
        if self.w['loss'] == 'squared':
            d = d * self.slope(self.w['output'], H[-1])
        gW, gb = [None] * len(self.W), [None] * len(self.W)
        for i in reversed(range(len(self.W))):
            gW[i], gb[i] = H[i].T @ d / B, d.sum(0) / B
            if i:
                d = (d @ self.W[i].T) * self.slope(self.w['hidden'], H[i])
        rate = np.float32(self.w['rate'])
        if self.w['optimizer'] == 'sgd':
            for p, g in zip(self.params, gW + gb):
                p -= rate * g
            return
        self.t += 1
        c1, c2 = 1 - 0.9 ** self.t, 1 - 0.999 ** self.t
        for p, g, m, v in zip(self.params, gW + gb, self.m, self.v):
            m *= np.float32(0.9)
            m += np.float32(0.1) * g
            v *= np.float32(0.999)
            v += np.float32(0.001) * g * g
            p -= rate / np.float32(c1) * m / (np.sqrt(v / np.float32(c2)) + np.float32(1e-8))

    def train(self, n):
        order = self.rng.permutation(len(self.x))[:n]
        B = self.w['batch']
        for i in range(0, n, B):
            items = order[i:i + B]
            self.step(self.x[items], self.y[items])

    def one(self):
        self.forward(self.x[:1])

    def many(self, n):
        self.forward(self.x[:n])


serve(Net)
