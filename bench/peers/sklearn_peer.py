# sklearn_peer.py: scikit-learn's MLPClassifier and MLPRegressor.
#
# SPDX-License-Identifier: GPL-3.0-or-later

import warnings

import numpy as np
from sklearn.neural_network import MLPClassifier, MLPRegressor

from peer import load, serve
from works import WORKS

warnings.simplefilter('ignore')


class Net:
    def __init__(self, folder, work):
        w = WORKS[work]
        self.x, self.y = load(folder, work)
        kind = MLPRegressor if work == 'R' else MLPClassifier
        self.y = self.y.ravel()
        self.model = kind(hidden_layer_sizes=w['widths'][1:-1],
                          activation={'sigmoid': 'logistic'}.get(w['hidden'], w['hidden']),
                          solver=w['optimizer'], learning_rate_init=0.1 if w['optimizer'] == 'sgd' else w['rate'],
                          momentum=0.0, nesterovs_momentum=False, alpha=0.0, batch_size=w['batch'],
                          max_iter=1, warm_start=True, random_state=1)
        self.model.fit(self.x[:1000], self.y[:1000])

    def train(self, n):
        self.model.fit(self.x[:n], self.y[:n])

    def ask(self, x):
        self.model.predict_proba(x) if hasattr(self.model, 'predict_proba') else self.model.predict(x)

    def one(self):
        self.ask(self.x[:1])

    def many(self, n):
        self.ask(self.x[:n])


serve(Net)
