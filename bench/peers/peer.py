# peer.py: what every peer shares: the works, the data, the protocol.
#
# A contender is a process that reads lines and answers each with one number:
#
#   train WORK SAMPLES     samples a second of training on so many samples
#   latency WORK           seconds for one sample, forward
#   throughput WORK        samples a second, forward, 10,000 samples at once
#   threads WORK           how many threads it trains with
#
# and 0 for what it cannot do. It is started once and asked in turns with the others.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import sys
import time

import numpy as np

from works import WORKS


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


def measure(net, order, work, n):
    if order == 'train':
        begin = time.perf_counter()
        net.train(n)
        return n / (time.perf_counter() - begin)
    if order == 'latency':
        return median_seconds(net.one)
    return 10000 / median_seconds(lambda: net.many(10000))


def set_blas_threads(n):
    """Of the BLAS that NumPy has loaded, where it can be told."""
    try:
        from threadpoolctl import threadpool_limits
        threadpool_limits(n)
    except ImportError:
        pass


def fastest(options, seconds, batch):
    """Of some ways to train the one that takes least time, by @seconds (way, samples). They take
    turns, so that what else the machine does meets them all."""
    n = 4 * batch
    n = max(n, min(20000, int(n * 0.05 / min(seconds(way, n) for way in options))))
    times = [[] for _ in options]
    for _ in range(3):
        for i, way in enumerate(options):
            times[i].append(seconds(way, n))
    return options[min(range(len(options)), key=lambda i: sorted(times[i])[1])]


def choose_threads(net, order, work, set_threads):
    """The number of threads, one or all, with which this is fastest."""
    def seconds(threads, n):
        set_threads(threads)
        figure = measure(net, order, work, n)
        return figure if order == 'latency' else n / figure

    return fastest(sorted({1, len(os.sched_getaffinity(0))}), seconds, WORKS[work]['batch'])


def serve(make, set_threads=set_blas_threads):
    """@make (folder, work) gives an object with train (n), one () and many (n).

    Before the first answer to an order the numbers of threads are tried with @set_threads; None
    where the object sees to that itself and says its threads."""
    folder, made, chosen = sys.argv[1], {}, {}
    for line in sys.stdin:
        order, work, *rest = line.split()
        n = int(rest[0]) if rest else 0
        if work not in made:
            made.clear()          # one at a time: memory
            made[work] = make(folder, work)
        net = made[work]
        if order == 'threads':
            answer = chosen['train', work] if set_threads else net.threads
        else:
            if set_threads:
                if (order, work) not in chosen:
                    chosen[order, work] = choose_threads(net, order, work, set_threads)
                set_threads(chosen[order, work])
            answer = measure(net, order, work, n)
        print(answer, flush=True)
