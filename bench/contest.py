# contest.py: the contenders take turns, and what their figures say.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import os
import pathlib
import shutil
import subprocess
import sys
from statistics import median

from works import WORKS, flops, samples

PEERS = pathlib.Path(__file__).resolve().parent / 'peers'

# Debian's, whichever Python runs this.
PYTHON = '/usr/bin/python3'

OURS = {'ours': 0, 'ours-1': 1, 'ours-2': 2}
FRAMEWORKS = ('torch', 'sklearn')
INFERENCE = ('S', 'L')
PICTURES = ('S', 'M', 'L', 'X')


def say(text):
    print(text, file=sys.stderr, flush=True)


class Contender:
    """A process that answers; see peers/peer.py."""

    def __init__(self, name, command):
        self.name = name
        self.process = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
                                        stderr=subprocess.DEVNULL if name == 'fann' else None, text=True)

    def ask(self, *order):
        """A number; 0 for what it cannot do."""
        if not self.process:
            return 0.0
        try:
            self.process.stdin.write(' '.join(map(str, order)) + '\n')
            self.process.stdin.flush()
            return float(self.process.stdout.readline())
        except (OSError, ValueError):
            say(f'{self.name} gave up at: {" ".join(map(str, order))}')
            self.close()
            return 0.0

    def close(self):
        if self.process:
            self.process.stdin.close()
            self.process.kill()
            self.process.wait()
            self.process = None


def export(build, mnist):
    """Writes the samples for everybody and returns where."""
    folder = build / 'bench' / 'data' / ('mnist' if mnist else 'builtin')
    folder.mkdir(parents=True, exist_ok=True)
    subprocess.run([build / 'bench' / 'contender', '--export', mnist or 'builtin:digits', folder], check=True)
    return folder


def installed(module):
    return shutil.which(PYTHON) and subprocess.run([PYTHON, '-c', f'import {module}'], capture_output=True).returncode == 0


def start(build, folder, peers):
    contenders = [Contender(name, [build / 'bench' / 'contender', str(threads), folder]) for name, threads in OURS.items()]
    if peers:
        contenders += [Contender(name, [PYTHON, PEERS / f'{name}_peer.py', folder])
                       for name, module in (('numpy', 'numpy'), ('sklearn', 'sklearn'), ('torch', 'torch')) if installed(module)]
        if (build / 'bench' / 'fann-peer').exists():
            contenders.append(Contender('fann', [build / 'bench' / 'fann-peer', folder]))
    return contenders


def turns(contenders, rounds, ask):
    """{name: [a figure for each round]}; everybody once a round, each time someone else first."""
    figures = {c.name: [] for c in contenders}
    for r in range(rounds):
        for i in range(len(contenders)):
            c = contenders[(i + r) % len(contenders)]
            figures[c.name].append(ask(c))
    done = {name: values for name, values in figures.items() if all(values)}
    if not done.keys() >= {c.name for c in contenders if c.name in OURS}:
        sys.exit('Our own contender has no answer')
    return done


def amount(contender, work, seconds):
    """How many samples it trains in so many seconds; this also warms it up."""
    n = 4 * WORKS[work]['batch']
    rate = contender.ask('train', work, n)
    if contender.name in OURS:
        # The first epochs also choose the threads.
        rate = contender.ask('train', work, samples(work)) if rate * 3 > samples(work) else contender.ask('train', work, n)
        whole = int(rate * seconds / samples(work))
        if whole:
            return whole * samples(work)
    n = max(n, min(int(rate * seconds), samples(work)))
    contender.ask('train', work, n)
    return n


def paired(ours, theirs):
    """The median ratio of figures that were measured in the same round."""
    return median(a / b for a, b in zip(ours, theirs))


def best_of(figures, names):
    """The fastest by its median, or None."""
    names = [name for name in names if name in figures]
    return max(names, key=lambda name: median(figures[name])) if names else None


def compare(figures, names):
    """Ours to the best of @names, and who that is; None where nobody is there."""
    best = best_of(figures, names)
    return (round(paired(figures['ours'], figures[best]), 3), best) if best else (None, None)


def spread(values):
    """Half the distance of the quartiles, as a share of the median."""
    ordered = sorted(values)
    n = len(ordered)
    return (ordered[(3 * n) // 4 if n > 2 else -1] - ordered[n // 4]) / 2 / median(ordered)


def medians(figures):
    return {name: float(f'{median(values):.4g}') for name, values in figures.items()}


def run(options, folder):
    contenders = start(options.build, folder, not options.no_peers)
    peers = [c.name for c in contenders if c.name not in OURS]
    ours = contenders[0]
    cores = len(os.sched_getaffinity(0))
    result = {key: {} for key in ('ratio', 'ratio_frameworks', 'ratio_fastest', 'best_peer', 'samples_per_second', 'spread', 'threads',
                                  'gemm_share', 'two_threads', 'validation_share', 'setup_seconds')}
    result['augmented'] = {'affine': {}, 'elastic': {}}
    gemm_1, gemm_all = [], []

    for work in options.works:
        say(f'{work}: training …')
        n = {c.name: amount(c, work, options.seconds) for c in contenders}
        gemm = {'one': [], 'all': []}

        def ask(c):
            if c is ours:
                # The limit, right beside what is measured against it.
                gemm['one'].append(ours.ask('gemm', 1))
                gemm['all'].append(ours.ask('gemm', cores) if cores > 1 else gemm['one'][-1])
            return c.ask('train', work, n[c.name])

        figures = turns(contenders, options.rounds, ask)
        gemm_1 += gemm['one']
        gemm_all += gemm['all']
        operations = flops(WORKS[work]['widths'], True)
        result['samples_per_second'][work] = medians(figures)
        result['spread'][work] = {name: round(spread(values), 3) for name, values in figures.items()}
        result['threads'][work] = {c.name: int(c.ask('threads', work)) for c in contenders if c.name not in ('fann', 'ours-1', 'ours-2')}
        result['ratio'][work], best = compare(figures, peers)
        result['best_peer'][work] = best
        result['ratio_fastest'][work] = best and round(max(figures['ours']) / max(max(figures[name]) for name in peers if name in figures), 3)
        result['ratio_frameworks'][work] = compare(figures, FRAMEWORKS)[0]
        result['gemm_share'][work] = {
            'one': round(operations * paired(figures['ours-1'], gemm['one']), 3),
            'all': round(operations * paired(figures['ours'], gemm['all']), 3)}
        result['two_threads'][work] = round(paired(figures['ours-2'], figures['ours-1']), 3)

    inference = {order: {} for order in ('latency', 'throughput', 'ratio', 'ratio_frameworks', 'prepare')}
    for work in (w for w in INFERENCE if w in options.works):
        say(f'{work}: inference …')
        for order in ('latency', 'throughput'):
            for c in contenders:
                c.ask(order, work)
            figures = turns(contenders, max(3, options.rounds // 3), lambda c: c.ask(order, work))
            inference[order][work] = medians(figures)
            if order == 'latency':
                rates = {name: [1 / seconds for seconds in values] for name, values in figures.items()}
                inference['ratio'][work] = compare(rates, peers)[0]
                inference['ratio_frameworks'][work] = compare(rates, FRAMEWORKS)[0]
                inference['prepare'][work] = float(f"{median(ours.ask('prepare', work) for _ in range(3)):.3g}")
    result['inference'] = inference

    say('validation …')
    for work in options.works:
        # A sixth validates, of all samples or of what takes about a second.
        n = min(samples(work), int(result['samples_per_second'][work]['ours']))
        result['validation_share'][work] = float(f"{median(ours.ask('validation', work, n) for _ in range(3)):.3g}")
        result['setup_seconds'][work] = float(f"{median(ours.ask('setup', work) for _ in range(3)):.3g}")

    say('augmentation …')
    for work in (w for w in options.works if w in PICTURES):
        n = min(samples(work), int(result['samples_per_second'][work]['ours'] * options.seconds))
        for kind, figures in result['augmented'].items():
            figures[work] = round(ours.ask(kind, work, n), 3)

    result['gemm_peak'] = round(max(gemm_1) / 1e9, 1)
    result['gemm_peak_all'] = round(max(gemm_all) / 1e9, 1)
    for c in contenders:
        c.close()
    return result


def run_busy(options, folder):
    """Ours to one thread of ours while every processor has something else to do."""
    contenders = [Contender(name, [options.build / 'bench' / 'contender', str(OURS[name]), folder]) for name in ('ours', 'ours-1')]
    idlers = [subprocess.Popen([sys.executable, '-c', 'while True: pass']) for _ in os.sched_getaffinity(0)]
    result = {}
    try:
        for work in options.works:
            say(f'{work}: busy …')
            n = {c.name: amount(c, work, options.seconds) for c in contenders}
            figures = turns(contenders, options.rounds, lambda c: c.ask('train', work, n[c.name]))
            result[work] = round(paired(figures['ours'], figures['ours-1']), 3)
    finally:
        for process in idlers:
            process.kill()
            process.wait()
        for c in contenders:
            c.close()
    return result
