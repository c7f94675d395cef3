# peer.py: what every peer shares: the works, the data, the protocol.
#
# A contender is a process that reads lines and answers each with one number:
#
#   train WORK SAMPLES     samples a second of training on so many samples
#   latency WORK           seconds for one sample, forward
#   throughput WORK        samples a second, forward, 10,000 samples at once
#
# and 0 for what it cannot do. It is started once and asked in turns with the others.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import sys
import time

import numpy as np

WORKS = {
    'S': dict(widths=[784, 30, 10], hidden='sigmoid', output='sigmoid', loss='squared', optimizer='sgd', rate=1.0, batch=10),
    'M': dict(widths=[784, 128, 10], hidden='relu', output='softmax', loss='ce', optimizer='adam', rate=1e-3, batch=64),
    'L': dict(widths=[784, 512, 512, 10], hidden='relu', output='softmax', loss='ce', optimizer='adam', rate=1e-3, batch=128),
    'X': dict(widths=[784, 2048, 2048, 10], hidden='relu', output='softmax', loss='ce', optimizer='adam', rate=1e-3, batch=256),
    'R': dict(widths=[435, 256, 128, 1], hidden='tanh', output='identity', loss='squared', optimizer='adam', rate=1e-3, batch=64),
}


def load(folder, work):
    """x (n × inputs, float32) and y: classes (MNIST) or values (R)."""
    if work == 'R':
        x = np.fromfile(f'{folder}/table-x.f32', np.float32).reshape(-1, 435)
        return x, np.fromfile(f'{folder}/table-y.f32', np.float32).reshape(-1, 1)
    x = np.fromfile(f'{folder}/digits-x.u8', np.uint8).reshape(-1, 784)
    return x.astype(np.float32) / np.float32(256), np.fromfile(f'{folder}/digits-y.u8', np.uint8)


def median_seconds(call, least=0.3):
    """Median time of a call, over at least so many seconds."""
    times = []
    call()
    end = time.perf_counter() + least
    while time.perf_counter() < end:
        begin = time.perf_counter()
        call()
        times.append(time.perf_counter() - begin)
    return sorted(times)[len(times) // 2]


def serve(make):
    """@make (folder, work) gives an object with train (n), one () and many (n)."""
    folder, made = sys.argv[1], {}
    for line in sys.stdin:
        order, work, *rest = line.split()
        try:
            if work not in made:
                made.clear()          # one at a time: memory
                made[work] = make(folder, work)
            self = made[work]
            if order == 'train':
                n = int(rest[0])
                begin = time.perf_counter()
                self.train(n)
                answer = n / (time.perf_counter() - begin)
            elif order == 'latency':
                answer = median_seconds(self.one)
            else:
                answer = 10000 / median_seconds(lambda: self.many(10000))
        except NotImplementedError:
            answer = 0
        print(answer, flush=True)
