# torch_peer.py: PyTorch on the CPU; the fastest of eager, foreach and traced with one thread or all is taken.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import time

import torch
from torch import nn

from peer import fastest, load, serve
from works import WORKS

# Of PyTorch itself and of its BLAS, which has threads of its own.
ALL = len(os.sched_getaffinity(0))
THREADS = sorted({(1, 1), (1, ALL), (ALL, ALL)})

try:
    from threadpoolctl import ThreadpoolController
    controller = ThreadpoolController()
except ImportError:
    controller = None


def set_threads(threads):
    if controller:
        controller.limit(limits=threads[1], user_api='blas')
    torch.set_num_threads(threads[0])


ACTIVATIONS = {'sigmoid': nn.Sigmoid, 'tanh': nn.Tanh, 'relu': nn.ReLU}


class Way:
    """One way to run it."""

    def __init__(self, w, x, y, foreach, traced, threads):
        self.w, self.x, self.y, self.threads = w, x, y, threads
        torch.manual_seed(1)
        n, parts = w['widths'], []
        for i in range(len(n) - 1):
            parts.append(nn.Linear(n[i], n[i + 1]))
            kind = w['output'] if i == len(n) - 2 else w['hidden']
            if kind in ACTIVATIONS:
                parts.append(ACTIVATIONS[kind]())
        self.model = nn.Sequential(*parts)
        if traced:
            self.model = torch.jit.trace(self.model, x[:w['batch']])
        kind = torch.optim.SGD if w['optimizer'] == 'sgd' else torch.optim.Adam
        self.optimizer = kind(self.model.parameters(), lr=w['rate'], foreach=foreach)
        self.loss = nn.CrossEntropyLoss() if w['loss'] == 'ce' else nn.MSELoss()

    def train(self, n):
        set_threads(self.threads)
        order = torch.randperm(len(self.x))[:n]
        B = self.w['batch']
        for i in range(0, n, B):
            items = order[i:i + B]
            self.optimizer.zero_grad(set_to_none=True)
            loss = self.loss(self.model(self.x[items]), self.y[items])
            loss.backward()
            self.optimizer.step()

    def ask(self, x):
        set_threads(self.threads)
        with torch.inference_mode():
            self.model(x)


class Net:
    def __init__(self, folder, work):
        w = WORKS[work]
        x, y = load(folder, work)
        x, y = torch.from_numpy(x), torch.from_numpy(y)
        if w['loss'] == 'ce':
            y = y.long()
        elif y.dtype == torch.uint8:
            y = nn.functional.one_hot(y.long(), 10).float()
        self.x = x
        ways = [Way(w, x, y, foreach, traced, threads)
                for foreach, traced in ((False, False), (True, False), (True, True))
                for threads in THREADS]
        self.way = fastest(ways, self.time, w['batch'])
        self.threads = max(self.way.threads)
        # Traced, with one thread and with all.
        self.single, self.parallel = ways[-len(THREADS)], ways[-1]

    @staticmethod
    def time(way, n):
        begin = time.perf_counter()
        way.train(n)
        return time.perf_counter() - begin

    def train(self, n):
        self.way.train(n)

    def one(self):
        self.single.ask(self.x[:1])

    def many(self, n):
        self.parallel.ask(self.x[:n])


serve(Net, set_threads=None)
