#!/usr/bin/python3
# make-optimizers.py: writes optimizers.txt, what each optimizer does to six
# parameters in forty steps, computed by NumPy in double precision from the
# formulas of mlp-optimizer.h. Where PyTorch is at hand, torch.optim must agree.
#
# SPDX-License-Identifier: GPL-3.0-or-later
"""Usage: make-optimizers.py > optimizers.txt

The file: "optimizer NAME mu rho beta1 beta2 epsilon decay", then for some steps a
line with the step and the parameters after it. Gradients and rates follow from
the step t and the parameter i, and are exact in float32:
g = ((7 t + 5 i) mod 13 - 6) / 8 * 4^(i - 3), rate = 1/64 for t <= 20, then 1/128.
Parameters start as (i - 2) / 2.
"""

import sys

import numpy as np

N_PARAMS = 6
N_STEPS = 40
WRITTEN = (1, 2, 3, 10, 20, 21, 40)

# Options are float32 in the program.
MU, RHO, BETA1, BETA2, EPSILON, DECAY = (
    float(np.float32(x)) for x in (0.9, 0.99, 0.9, 0.999, 1e-8, 0.01))


def gradient(t):
    i = np.arange(N_PARAMS)
    return ((7 * t + 5 * i) % 13 - 6) / 8.0 * 4.0 ** (i - 3)


def rate(t):
    return 1 / 64 if t <= 20 else 1 / 128


def run(kind):
    """The parameters after each step, in double."""
    theta = (np.arange(N_PARAMS) - 2) / 2.0
    m = np.zeros(N_PARAMS)
    v = np.zeros(N_PARAMS)
    after = []
    for t in range(1, N_STEPS + 1):
        g, eta = gradient(t), rate(t)
        if kind == 'sgd':
            theta = theta - eta * g
        elif kind == 'momentum':
            v = MU * v + g
            theta = theta - eta * v
        elif kind == 'nesterov':
            v = MU * v + g
            theta = theta - eta * (g + MU * v)
        elif kind == 'rmsprop':
            v = RHO * v + (1 - RHO) * g * g
            theta = theta - eta * g / (np.sqrt(v) + EPSILON)
        else:
            if kind == 'adamw':
                theta = theta - eta * DECAY * theta
            m = BETA1 * m + (1 - BETA1) * g
            v = BETA2 * v + (1 - BETA2) * g * g
            m_hat = m / (1 - BETA1 ** t)
            v_hat = v / (1 - BETA2 ** t)
            theta = theta - eta * m_hat / (np.sqrt(v_hat) + EPSILON)
        after.append(theta)
    return after


def check_with_torch(kinds):
    try:
        import torch
    except ImportError:
        print('PyTorch is not here: not compared', file=sys.stderr)
        return

    def make(kind, params):
        if kind == 'sgd':
            return torch.optim.SGD(params, lr=1)
        if kind in ('momentum', 'nesterov'):
            return torch.optim.SGD(params, lr=1, momentum=MU, nesterov=kind == 'nesterov')
        if kind == 'rmsprop':
            return torch.optim.RMSprop(params, lr=1, alpha=RHO, eps=EPSILON)
        if kind == 'adam':
            return torch.optim.Adam(params, lr=1, betas=(BETA1, BETA2), eps=EPSILON)
        return torch.optim.AdamW(params, lr=1, betas=(BETA1, BETA2), eps=EPSILON,
                                 weight_decay=DECAY)

    for kind in kinds:
        theta = torch.tensor((np.arange(N_PARAMS) - 2) / 2.0, requires_grad=True)
        optimizer = make(kind, [theta])
        for t, want in enumerate(run(kind), 1):
            optimizer.param_groups[0]['lr'] = rate(t)
            theta.grad = torch.tensor(gradient(t))
            optimizer.step()
            np.testing.assert_allclose(theta.detach().numpy(), want, rtol=1e-12, atol=1e-14,
                                       err_msg=f'{kind}, step {t}')
    print(f'PyTorch {torch.__version__} agrees', file=sys.stderr)


def main():
    kinds = ('sgd', 'momentum', 'nesterov', 'rmsprop', 'adam', 'adamw')
    check_with_torch(kinds)
    for kind in kinds:
        print('optimizer', kind, *(repr(x) for x in (MU, RHO, BETA1, BETA2, EPSILON, DECAY)))
        for t, theta in enumerate(run(kind), 1):
            if t in WRITTEN:
                print(t, *(f'{x:.17g}' for x in theta))


main()
