# report.py: the result as tables in Markdown.
#
# SPDX-License-Identifier: GPL-3.0-or-later

# At least so many times the figure of the peers.
GOALS = {
    'ratio': {'S': 10, 'M': 3.5, 'L': 1.7, 'X': 1.35, 'R': 1.6},
    'ratio_frameworks': {'S': 15, 'M': 4.5, 'L': 1.8, 'X': 1.35, 'R': 2},
}
LATENCY_GOALS = {
    'ratio': {'S': 10, 'L': 1.5},
    'ratio_frameworks': {'S': 20, 'L': 2},
}
SHARE_GOALS = {'L': 0.8}
AUGMENTED_GOALS = {'L': 0.667}
TWO_THREADS_GOALS = {'L': 1.7, 'X': 1.7}
BUSY_GOAL = 0.9
VALIDATION_GOAL = 0.05

NAMES = {
    'ours': 'Perzeptron, threads chosen',
    'ours-1': 'Perzeptron, one thread',
    'ours-2': 'Perzeptron, two threads',
    'numpy': 'NumPy, by hand',
    'sklearn': 'scikit-learn',
    'torch': 'PyTorch',
    'fann': 'FANN, incremental',
}


def rate(value):
    """Samples a second."""
    if value is None:
        return '–'
    return f'{value / 1e3:,.0f} k' if value >= 1e4 else f'{value / 1e3:.3g} k'


def seconds(value):
    for factor, unit in ((1, 's'), (1e3, 'ms'), (1e6, 'µs')):
        if value * factor >= 1:
            break
    return f'{value * factor:.3g} {unit}'


def percent(value):
    return f'{100 * value:.0f} %' if value >= 0.1 else f'{100 * value:.1f} %'


def with_goal(value, goal, show=lambda v: f'{v:.2f} ×', most=False):
    """The figure, and by how much it misses its goal."""
    if value is None:
        return '–'
    if goal is None:
        return show(value)
    if value <= goal if most else value >= goal:
        return f'**{show(value)}** (goal {show(goal)})'
    return f'{show(value)} (goal {show(goal)}, missed by {100 * abs(value / goal - 1):.0f} %)'


def table(head, rows):
    lines = ['| ' + ' | '.join(head) + ' |', '|' + '---|' * len(head)]
    return '\n'.join(lines + ['| ' + ' | '.join(map(str, row)) + ' |' for row in rows])


def training(result):
    figures = result['samples_per_second']
    works = list(figures)
    names = [name for name in NAMES if any(name in figures[w] for w in works)]
    rows = []
    for name in names:
        cells = []
        for w in works:
            cell = rate(figures[w].get(name))
            if name in figures[w]:
                cell += f" ± {percent(result['spread'][w][name])}"
            if name in result['threads'][w]:
                cell += f", {result['threads'][w][name]} t"
            cells.append(cell)
        rows.append([NAMES[name], *cells])
    rows.append(['To the best peer', *(with_goal(result['ratio'][w], GOALS['ratio'][w]) for w in works)])
    rows.append(['which is', *(NAMES.get(result['best_peer'][w], '–') for w in works)])
    rows.append(['and the fastest rounds', *(with_goal(result['ratio_fastest'][w], None) for w in works)])
    rows.append(['To PyTorch and scikit-learn', *(with_goal(result['ratio_frameworks'][w], GOALS['ratio_frameworks'][w]) for w in works)])
    rows.append(['Share of the GEMM peak, one thread',
                 *(with_goal(result['gemm_share'][w]['one'], SHARE_GOALS.get(w), percent) for w in works)])
    rows.append(['Share of the GEMM peak, all threads', *(percent(result['gemm_share'][w]['all']) for w in works)])
    rows.append(['Two threads to one', *(with_goal(result['two_threads'][w], TWO_THREADS_GOALS.get(w)) for w in works)])
    rows.append(['Validation, of an epoch',
                 *(with_goal(result['validation_share'][w], VALIDATION_GOAL, percent, most=True) for w in works)])
    for kind, figures in result['augmented'].items():
        rows.append([f'With {kind} augmentation, to without', *(with_goal(figures[w], AUGMENTED_GOALS.get(w)) if w in figures else '–' for w in works)])
    rows.append(['Before the first epoch', *(seconds(result['setup_seconds'][w]) for w in works)])
    return '## Training, samples/s\n\n' + table(['', *works], rows)


def inference(result):
    inference = result['inference']
    works = list(inference['latency'])
    if not works:
        return ''
    names = [name for name in NAMES if any(name in inference['latency'][w] for w in works)]
    head = ['', *(f'{w}, one sample' for w in works), *(f'{w}, 10,000 at once' for w in works)]
    rows = [[NAMES[name],
             *(seconds(inference['latency'][w][name]) if name in inference['latency'][w] else '–' for w in works),
             *(rate(inference['throughput'][w].get(name)) for w in works)] for name in names]
    for key, label in (('ratio', 'To the best peer'), ('ratio_frameworks', 'To PyTorch and scikit-learn')):
        rows.append([label, *(with_goal(inference[key][w], LATENCY_GOALS[key][w]) for w in works), *('' for w in works)])
    rows.append(['Ours, to prepare a network', *(seconds(inference['prepare'][w]) for w in works), *('' for w in works)])
    return '## Inference\n\n' + table(head, rows)


def rest(entries):
    rows = [[e['what'], seconds(e['seconds']), '' if 'goal' not in e else
             f"≤ {seconds(e['goal'])}" + ('' if e['seconds'] <= e['goal'] else ': missed')] for e in entries]
    return '## The rest\n\n' + table(['', 'median', 'goal'], rows)


def scaling(result):
    rows = [[name, '-'.join(map(str, p['widths'])), p['batch'], f"{p['samples']:,}", seconds(p['seconds']), seconds(p['seconds_model']),
             f"{p['bytes'] / 1e6:.1f} MB", f"{p['bytes_model'] / 1e6:.1f} MB"] for name, points in result['series'].items() for p in points]
    head = ['what grows', 'network', 'batch', 'samples', 'time per sample', 'model', 'memory', 'model']
    return '\n\n'.join(['## How it grows', table(head, rows), result['seconds_text'], result['bytes_text'], f"Plot: {result['plot']}"])


def tables(result):
    machine = result['machine']
    parts = [f"{result['date'][:10]}, {result['commit']}, {machine['processor']}, {machine['processors']} processors, "
             f"load {machine['load']:.1f}" + (f", {result['data']}" if 'data' in result else '')]
    if 'gemm_peak' in result:
        parts.append(f"GEMM peak: {result['gemm_peak']:.0f} GFLOP/s with one thread, {result['gemm_peak_all']:.0f} with all.")
        parts += [training(result), inference(result)]
    if 'busy' in result:
        parts.append('## On a busy machine, threads chosen to one thread\n\n' + table(
            list(result['busy']), [[with_goal(v, BUSY_GOAL) for v in result['busy'].values()]]))
    if 'rest' in result:
        parts.append(rest(result['rest']))
    if 'scaling' in result:
        parts.append(scaling(result['scaling']))
    return '\n\n'.join(part for part in parts if part)
