# exercise: EarlyStopping

# %% right: counter_and_copies
# style: the plain way, a counter and a list comprehension of copies
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% right: deepcopy_early_return
# style: copy.deepcopy, early return, empty list at the start
import copy

class EarlyStopping:
    def __init__(self, patience):
        self.p = patience
        self.best_loss = np.inf
        self.best_parameters = []
        self.count = 0

    def step(self, loss, parameters):
        improved = loss < self.best_loss
        if improved:
            self.best_loss, self.best_parameters = loss, copy.deepcopy(parameters)
            self.count = 0
            return False
        self.count = self.count + 1
        if self.count >= self.p:
            return True
        else:
            return False

# %% right: epoch_numbers
# style: remembers the number of the best epoch instead of a counter
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.epoch = 0
        self.best_epoch = 0
        self.best_loss = float("inf")
        self.best_parameters = None

    def step(self, loss, parameters):
        self.epoch += 1
        if self.best_loss > loss:
            self.best_loss = float(loss)
            self.best_epoch = self.epoch
            self.best_parameters = list(map(np.array, parameters))
        return bool(self.epoch - self.best_epoch >= self.patience)

# %% right: nan_first
# style: treats nan explicitly with math.isnan, then >= ; names in French
import math

class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.mauvaises = 0
        self.best_loss = math.inf
        self.best_parameters = None

    def step(self, loss, parameters):
        mauvaise = math.isnan(loss) or loss >= self.best_loss
        if mauvaise:
            self.mauvaises += 1
        else:
            self.mauvaises = 0
            self.best_loss = loss
            self.best_parameters = []
            for tableau in parameters:
                self.best_parameters.append(np.copy(tableau))
        return self.mauvaises == self.patience or self.mauvaises > self.patience

# %% right: history_of_booleans
# style: keeps a list of good/bad and looks at the last `patience` entries
class EarlyStopping:
    best_loss = float("inf")
    best_parameters = None

    def __init__(self, patience):
        self.patience = patience
        self.history = []

    def step(self, loss, parameters):
        good = bool(loss < self.best_loss)
        self.history.append(good)
        if good:
            self.best_loss = loss
            self.best_parameters = [1.0 * a for a in parameters]
        last = self.history[-self.patience:]
        return len(last) == self.patience and not any(last)

# %% right: counts_down
# style: a countdown of remaining lives, reset at each better epoch
class EarlyStopping:
    def __init__(self, patience=5):
        self.patience = patience
        self.lives = patience
        self.best_loss = float("inf")
        self.best_parameters = None

    def step(self, loss, parameters):
        if not loss < self.best_loss:
            self.lives -= 1
            return self.lives <= 0
        self.lives = self.patience
        self.best_loss = loss
        self.best_parameters = [np.array(a, copy=True) for a in parameters]
        return False

# %% right: properties
# style: one private tuple, the two attributes are properties
class EarlyStopping:
    def __init__(self, patience):
        self._patience = patience
        self._best = (float("inf"), None)
        self._bad = 0

    @property
    def best_loss(self):
        return self._best[0]

    @property
    def best_parameters(self):
        return self._best[1]

    def step(self, loss, parameters):
        better = loss < self.best_loss
        if better:
            self._best = (loss, [a.copy() for a in parameters])
        self._bad = 0 if better else self._bad + 1
        return self._bad >= self._patience

# %% wrong: keeps_reference
# mistake: keeps the list itself, no copy at all
# rule: "The θ to return is that of the **best** epoch, not of the last one. Training goes on and changes the arrays in place."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = parameters
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: copies_list_only
# mistake: parameters.copy() copies the list, not the arrays
# rule: "list of arrays; training goes on changing them"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = parameters.copy()
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: slices_are_views
# mistake: p[:] copies a Python list but is only a view of an array
# rule: "list of arrays; training goes on changing them"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p[:] for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: asarray_no_copy
# mistake: np.asarray does not copy
# rule: "list of arrays; training goes on changing them"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [np.asarray(p) for p in parameters]
            self.bad = 0
            return False
        self.bad += 1
        return self.bad >= self.patience

# %% wrong: equal_is_better
# mistake: <= resets the counter for an equal loss
# rule: "an equal loss is bad too"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss <= self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: equal_not_counted
# mistake: an equal loss neither resets nor counts
# rule: "an equal loss is bad too"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        elif loss > self.best_loss or loss != loss:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: one_too_late
# mistake: > instead of >=
# rule: "number of bad epochs in a row after which to stop"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad > self.patience

# %% wrong: one_too_early
# mistake: the best epoch counts as the first of the row
# rule: "number of bad epochs in a row after which to stop"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.wait = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.wait = 1
            return False
        self.wait += 1
        return self.wait >= self.patience

# %% wrong: checks_before_counting
# mistake: tests the counter before this epoch has been counted
# rule: "Count one epoch."  "number of bad epochs in a row after which to stop"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        stop = self.bad >= self.patience
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return stop

# %% wrong: never_reset
# mistake: counts all bad epochs, not those in a row
# rule: "the number of bad epochs **in a row** that we put up with"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: nan_is_better
# mistake: turned round, "if loss >= best: bad, else: better", so nan is kept
# rule: "It must not count as better."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss >= self.best_loss:
            self.bad += 1
        else:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        return self.bad >= self.patience

# %% wrong: nan_ignored
# mistake: an epoch with nan is skipped, it does not count as bad
# rule: "An epoch is bad if its loss is not *below* the best so far"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        elif loss >= self.best_loss:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: nan_stops_at_once
# mistake: returns True for the first nan, whatever the patience
# rule: "patience: number of bad epochs in a row after which to stop"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if np.isnan(loss):
            return True
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: nan_resets
# mistake: the counter is set to zero by a nan epoch
# rule: "It must not count as better."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss >= self.best_loss:
            self.bad += 1
        else:
            self.bad = 0
            if not np.isnan(loss):
                self.best_loss = loss
                self.best_parameters = [p.copy() for p in parameters]
        return self.bad >= self.patience

# %% wrong: np_minimum_poisoned
# mistake: best_loss through np.minimum, which becomes nan for ever after one nan
# rule: "every comparison with `nan` is False. It must not count as better."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        self.best_loss = np.minimum(self.best_loss, loss)
        return self.bad >= self.patience

# %% wrong: min_of_history_with_nan
# mistake: min() of the list of losses; if the first is nan, min stays nan and nothing is ever better
# rule: "It must not count as better."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.losses = []
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        better = len(self.losses) == 0 or loss < min(self.losses)
        self.losses.append(loss)
        if better:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: compares_with_previous
# mistake: compares with the loss of the epoch before, not with the best
# rule: "An epoch is bad if its loss is not *below* the best so far"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.previous = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.previous:
            self.bad = 0
        else:
            self.bad += 1
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
        self.previous = loss
        return self.bad >= self.patience

# %% wrong: last_parameters
# mistake: keeps the parameters of every epoch, so in the end the last one's
# rule: "The θ to return is that of the **best** epoch, not of the last one."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        self.best_parameters = [p.copy() for p in parameters]
        if loss < self.best_loss:
            self.best_loss = loss
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: starts_at_zero
# mistake: best_loss starts at 0, nothing is ever better
# rule: "Before the first epoch the best loss is infinite: `float("inf")`."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = 0
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: starts_at_none
# mistake: best_loss is None before the first epoch (and a first nan is taken as the best)
# rule: "Before the first epoch the best loss is infinite: `float("inf")`."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = None
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if self.best_loss is None or loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: maximises
# mistake: takes the loss for an accuracy: larger is better
# rule: "An epoch is bad if its loss is not *below* the best so far"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("-inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss > self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: true_to_go_on
# mistake: the answer is turned round
# rule: "Returns True to stop, False to go on."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad < self.patience

# %% wrong: shared_class_list
# mistake: the list of losses belongs to the class, so a second EarlyStopping compares with the first one's losses
# rule: "Before the first epoch the best loss is infinite"
class EarlyStopping:
    losses = []

    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < min(self.losses, default=float("inf")):
            self.losses.append(loss)
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: min_delta
# mistake: asks for an improvement of at least 0.001, as in Keras
# rule: "An epoch is bad if its loss is not *below* the best so far"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss - 1e-3:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: array_of_parameters
# mistake: np.array(parameters) as copy: fails for arrays of different shapes
# rule: "Keeps best_loss and best_parameters, a list of arrays."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = np.array(parameters)
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: four_arrays
# mistake: only the four arrays of the notebook's network are kept
# rule: "parameters: list of arrays"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [parameters[i].copy() for i in range(4)]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: copies_weights_not_biases
# mistake: copies only the matrices, the biases (1-D) are kept by reference
# rule: "training goes on changing them"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() if p.ndim == 2 else p for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: restores_in_place
# mistake: on stopping, writes the best values back into the arrays it was given
# rule: "Do not change the arrays that you are given."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        if self.bad >= self.patience:
            for p, best in zip(parameters, self.best_parameters):
                p[...] = best
            return True
        return False

# %% wrong: patience_five
# mistake: the patience of the example is written into the code
# rule: "patience: number of bad epochs in a row after which to stop, 1 or more"
class EarlyStopping:
    def __init__(self, patience):
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= 5

# %% right: counter
# style: a counter of bad epochs
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% right: epoch_numbers_again
# style: remembers the number of the best epoch, early return
class EarlyStopping:
    def __init__(self, patience):
        self.patience, self.epoque, self.meilleure = patience, 0, 0
        self.best_loss, self.best_parameters = float("inf"), []

    def step(self, loss, parameters):
        self.epoque += 1
        if loss < self.best_loss:
            self.meilleure = self.epoque
            self.best_loss = float(loss)
            self.best_parameters = [np.array(p) for p in parameters]
            return False
        return self.epoque - self.meilleure >= self.patience

# %% right: deepcopy_countdown
# style: copy.deepcopy, counts down
import copy
class EarlyStopping:
    best_loss = float("inf")
    best_parameters = None

    def __init__(self, patience):
        self.patience = patience
        self.left = patience

    def step(self, loss, parameters):
        if not loss < self.best_loss:
            self.left -= 1
            return self.left <= 0
        self.left = self.patience
        self.best_loss = loss
        self.best_parameters = copy.deepcopy(list(parameters))
        return False

# %% right: history
# style: list of good/bad flags, last patience ones looked at
import math
class EarlyStopping:
    def __init__(self, patience):
        self.n = patience
        self.best_loss = math.inf
        self.best_parameters = None
        self._bad = []

    def step(self, loss, parameters):
        bad = math.isnan(loss) or loss >= self.best_loss
        self._bad.append(bad)
        if not bad:
            self.best_loss = loss
            self.best_parameters = list(map(np.copy, parameters))
        return len(self._bad) >= self.n and all(self._bad[-self.n:])

# %% wrong: no_copy
# mistake: keeps the arrays themselves
# rule: "The θ to return is that of the **best** epoch ... Training goes on and changes the arrays in place."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = parameters
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: not_in_a_row
# mistake: the counter is never reset
# rule: "the number of bad epochs **in a row** that we put up with"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: last_parameters_again
# mistake: keeps the parameters of each epoch
# rule: "The θ to return is that of the **best** epoch, not of the last one"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.bad = 0
        else:
            self.bad += 1
        self.best_parameters = [p.copy() for p in parameters]
        return self.bad >= self.patience

# %% wrong: shallow_list
# mistake: copies the list but not its arrays
# rule: "training goes on changing them"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = list(parameters)
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: equal_is_good
# mistake: an equal loss counts as an improvement
# rule: "an equal loss is bad too"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss <= self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: nan_is_better_again
# mistake: not (loss >= best): nan counts as better
# rule: "It must not count as better."
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if not (loss >= self.best_loss):
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad >= self.patience

# %% wrong: one_too_patient
# mistake: > instead of >=
# rule: "number of bad epochs in a row after which to stop"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0

    def step(self, loss, parameters):
        if loss < self.best_loss:
            self.best_loss = loss
            self.best_parameters = [p.copy() for p in parameters]
            self.bad = 0
        else:
            self.bad += 1
        return self.bad > self.patience

# %% wrong: compared_with_last
# mistake: compares with the previous loss, not with the best
# rule: "An epoch is bad if its loss is not *below* the best so far"
class EarlyStopping:
    def __init__(self, patience):
        self.patience = patience
        self.best_loss = float("inf")
        self.best_parameters = None
        self.bad = 0
        self.last = float("inf")

    def step(self, loss, parameters):
        if loss < self.last:
            self.bad = 0
            if loss < self.best_loss:
                self.best_loss = loss
                self.best_parameters = [p.copy() for p in parameters]
        else:
            self.bad += 1
        self.last = loss
        return self.bad >= self.patience
