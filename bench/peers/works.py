# works.py: the five works that everybody is timed on; ../bench-works.c has the same table.
#
# SPDX-License-Identifier: GPL-3.0-or-later

WORKS = {
    'S': dict(widths=[784, 30, 10], hidden='sigmoid', output='sigmoid', loss='squared', optimizer='sgd', rate=1.0, batch=10),
    'M': dict(widths=[784, 128, 10], hidden='relu', output='softmax', loss='ce', optimizer='adam', rate=1e-3, batch=64),
    'L': dict(widths=[784, 512, 512, 10], hidden='relu', output='softmax', loss='ce', optimizer='adam', rate=1e-3, batch=128),
    'X': dict(widths=[784, 2048, 2048, 10], hidden='relu', output='softmax', loss='ce', optimizer='adam', rate=1e-3, batch=256),
    'R': dict(widths=[435, 256, 128, 1], hidden='tanh', output='identity', loss='squared', optimizer='adam', rate=1e-3, batch=64),
}


def samples(work):
    """How many there are."""
    return 100000 if work == 'R' else 60000


def flops(widths, training):
    """Floating-point operations for one sample in the dense products: forward, and for training
    the gradients and the errors of all layers but the first."""
    weights = [widths[i] * widths[i + 1] for i in range(len(widths) - 1)]
    return 6 * sum(weights) - 2 * weights[0] if training else 2 * sum(weights)
