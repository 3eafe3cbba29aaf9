# exercise: diagnose_curve

# %% right: plain
# style: early returns, masks
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% right: loops
# style: Python loops over lists
def diagnose_curve(train, validation):
    import math

    train = [float(v) for v in train]
    validation = [float(v) for v in validation]
    for v in train:
        if math.isnan(v) or math.isinf(v):
            return "diverges"
    n = len(train)
    if train[n - 1] > train[0]:
        return "diverges"
    chute = train[0] - train[n - 1]
    montees = 0.0
    for avant, apres in zip(train, train[1:]):
        if apres > avant:
            montees += apres - avant
    if montees > 0.5 * chute:
        return "too high"
    plus_bas = min(validation)
    if validation[-1] > 1.2 * plus_bas:
        return "overfits"
    if train[n - 1 - n // 4] - train[n - 1] >= 0.1 * chute:
        return "too low"
    return "good"

# %% right: ordered_table
# style: a table of (text, condition) lambdas, next()
def diagnose_curve(train, validation):
    fall = train[0] - train[-1]
    table = [
        ("diverges", lambda: not np.isfinite(train).all() or train[-1] > train[0]),
        ("too high", lambda: np.maximum(np.diff(train), 0).sum() > 0.5 * fall),
        ("overfits", lambda: validation[-1] > 1.2 * validation.min()),
        ("too low", lambda: train[-(len(train) // 4) - 1] - train[-1] >= 0.1 * fall),
        ("good", lambda: True),
    ]
    return next(text for text, holds in table if holds())

# %% right: elif_chain
# style: one if-elif-else chain, result variable; clip
def diagnose_curve(train, validation):
    n = len(train)
    debut, fin = train[0], train[-1]
    chute = debut - fin
    montees = np.clip(train[1:] - train[:-1], 0, None).sum()
    if np.isnan(train).any() or np.isinf(train).any() or chute < 0:
        resultat = "diverges"
    elif 2 * montees > chute:
        resultat = "too high"
    elif validation[-1] > np.min(validation) * 1.2:
        resultat = "overfits"
    elif 10 * (train[n - 1 - n // 4] - fin) >= chute:
        resultat = "too low"
    else:
        resultat = "good"
    return resultat

# %% right: isfinite_of_sum
# style: finite test by the sum, where= in np.sum
def diagnose_curve(train, validation):
    train, validation = np.array(train, dtype=float), np.array(validation, dtype=float)
    quarter = train.size // 4
    if not np.isfinite(train.sum()):
        return "diverges"
    total = train[0] - train[-1]
    if total < 0:
        return "diverges"
    d = train[1:] - train[:-1]
    if np.sum(d, where=d > 0) > total / 2:
        return "too high"
    if sorted(validation)[0] * 1.2 < validation[-1]:
        return "overfits"
    last = train[::-1][quarter] - train[-1]
    return "too low" if last >= total / 10 else "good"

# %% wrong: nan_only
# mistake: inf is not seen
# rule: "a value of train is not finite, or the last one is above the first"
def diagnose_curve(train, validation):
    if np.any(np.isnan(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: inf_only
# mistake: nan is not seen
# rule: "a value of train is not finite, or the last one is above the first"
def diagnose_curve(train, validation):
    if np.any(np.isinf(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: last_value_finite
# mistake: looks at the last value only
# rule: "a value of train is not finite, or the last one is above the first"
def diagnose_curve(train, validation):
    if not np.isfinite(train[-1]) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: no_finite_test
# mistake: only last above first
# rule: "a value of train is not finite, or the last one is above the first"
def diagnose_curve(train, validation):
    if train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: finite_only
# mistake: last above the first is forgotten
# rule: "a value of train is not finite, or the last one is above the first"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)):
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: not_below_first
# mistake: >= : a curve that ends where it began
# rule: "a value of train is not finite, or the last one is above the first"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] >= train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: any_value_above_first
# mistake: any value above the first diverges
# rule: "a value of train is not finite, or the last one is above the first"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or np.max(train) > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: overfits_first
# mistake: overfits before too high
# rule: "Go through the rules in this order; the first one that holds is the diagnosis"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: too_low_before_overfits
# mistake: rule 4 before rule 3
# rule: "Go through the rules in this order; the first one that holds is the diagnosis"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    return "good"

# %% wrong: last_rule_wins
# mistake: no early return: the last rule that holds
# rule: "Go through the rules in this order; the first one that holds is the diagnosis"
def diagnose_curve(train, validation):
    result = "good"
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        result = "too high"
    if validation[-1] > 1.2 * np.min(validation):
        result = "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        result = "too low"
    return result

# %% wrong: largest_rise
# mistake: the largest rise instead of the sum
# rule: "all rises of train from one epoch to the next add up to more than half the fall"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes.max() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: number_of_rises
# mistake: more than half of the epochs rise
# rule: "all rises of train from one epoch to the next add up to more than half the fall"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if (changes > 0).sum() > len(changes) / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: all_changes
# mistake: sum of |changes|
# rule: "all rises of train from one epoch to the next add up to more than half the fall"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if np.abs(changes).sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: more_than_fall
# mistake: more than the whole fall
# rule: "all rises of train from one epoch to the next add up to more than half the fall"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: half_included
# mistake: >= half the fall
# rule: "all rises of train from one epoch to the next add up to more than half the fall"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() >= fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: rises_of_validation
# mistake: rises of validation
# rule: "all rises of train from one epoch to the next add up to more than half the fall"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(validation)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: reversed_difference
# mistake: falls taken for rises
# rule: "all rises of train from one epoch to the next add up to more than half the fall"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = train[:-1] - train[1:]
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: first_validation
# mistake: last against the first value of validation
# rule: "the last value of validation is above 1.2 times its lowest one"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation[0]:
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: before_last_validation
# mistake: last against the one before
# rule: "the last value of validation is above 1.2 times its lowest one"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation[-2]:
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: plus_one_fifth
# mistake: lowest + 0.2
# rule: "the last value of validation is above 1.2 times its lowest one"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 0.2 + np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: any_above_lowest
# mistake: above the lowest, no 1.2
# rule: "the last value of validation is above 1.2 times its lowest one"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: max_validation
# mistake: the highest value, not the last
# rule: "the last value of validation is above 1.2 times its lowest one"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if np.max(validation) > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: validation_at_lowest_train
# mistake: compares with the validation loss at the lowest training loss
# rule: "the last value of validation is above 1.2 times its lowest one"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation[np.argmin(train)]:
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: overfits_included
# mistake: >= 1.2 times
# rule: "the last value of validation is above 1.2 times its lowest one"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] >= 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: overfits_12_train
# mistake: compares validation with train
# rule: "the last value of validation is above 1.2 times its lowest one"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * train[-1]:
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: quarter_off_by_one
# mistake: train[-(n // 4)]: one place too near
# rule: "in the last quarter, train fell by at least a tenth of the fall" / "compares train[-1] with the value n // 4 places before it"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-(len(train) // 4)] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: minus_n_quarter
# mistake: train[-n // 4]: -n is divided, rounded away from 0
# rule: "in the last quarter, train fell by at least a tenth of the fall" / "compares train[-1] with the value n // 4 places before it"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: three_quarters
# mistake: 3 * n // 4 places from the start
# rule: "in the last quarter, train fell by at least a tenth of the fall" / "compares train[-1] with the value n // 4 places before it"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[3 * len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: quarter_of_intervals
# mistake: (n - 1) // 4
# rule: "in the last quarter, train fell by at least a tenth of the fall" / "compares train[-1] with the value n // 4 places before it"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - (len(train) - 1) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: quarter_rounded_up
# mistake: n / 4 rounded up
# rule: "in the last quarter, train fell by at least a tenth of the fall" / "compares train[-1] with the value n // 4 places before it"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - -(-len(train) // 4)] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: last_step_only
# mistake: only the last epoch
# rule: "in the last quarter, train fell by at least a tenth of the fall" / "compares train[-1] with the value n // 4 places before it"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-2] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: more_than_tenth
# mistake: > instead of at least
# rule: "in the last quarter, train fell by at least a tenth of the fall" / "compares train[-1] with the value n // 4 places before it"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] > fall / 10:
        return "too low"
    return "good"

# %% wrong: tenth_of_first
# mistake: a tenth of the first loss
# rule: "in the last quarter, train fell by at least a tenth of the fall" / "compares train[-1] with the value n // 4 places before it"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= train[0] / 10:
        return "too low"
    return "good"

# %% wrong: hundredth
# mistake: a hundredth
# rule: "in the last quarter, train fell by at least a tenth of the fall" / "compares train[-1] with the value n // 4 places before it"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 100:
        return "too low"
    return "good"

# %% wrong: fall_from_max
# mistake: fall from the highest to the lowest
# rule: "Let **fall** be `train[0] - train[-1]`"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = np.max(train) - np.min(train)
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: fall_to_min
# mistake: fall to the lowest value
# rule: "Let **fall** be `train[0] - train[-1]`"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - np.min(train)
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: words
# mistake: another spelling
# rule: "with exactly this text"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too_high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too_low"
    return "good"

# %% wrong: capitals
# mistake: capital letters
# rule: "with exactly this text"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "Overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "Good"

# %% wrong: number
# mistake: the number of the rule
# rule: Returns "diverges", "too high", "overfits", "too low" or "good".
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return 1
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return 2
    if validation[-1] > 1.2 * np.min(validation):
        return 3
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return 4
    return 5

# %% wrong: none_for_good
# mistake: no return at the end
# rule: "good" | none of these
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"

# %% wrong: cleans_in_place
# mistake: nan_to_num in place: train of the caller changes
# rule: "Do not change the arrays that you are given"
def diagnose_curve(train, validation):
    bad = not np.all(np.isfinite(train))
    np.nan_to_num(train, copy=False, nan=1e9, posinf=1e9)
    if bad or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: sorts_validation
# mistake: sorts validation in place: changed, and its last value is then the largest
# rule: "Do not change the arrays that you are given" / the last value of validation is above 1.2 times its lowest one
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    last = validation[-1]
    validation.sort()
    if last > 1.2 * validation[0]:
        return "overfits"
    if train[-1 - len(train) // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: forty_epochs
# mistake: a quarter is 10 epochs
# rule: "in the last quarter, train fell by at least a tenth of the fall" / "compares train[-1] with the value n // 4 places before it"
def diagnose_curve(train, validation):
    if not np.all(np.isfinite(train)) or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    changes = np.diff(train)
    if changes[changes > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * np.min(validation):
        return "overfits"
    if train[-1 - min(10, len(train) - 1)] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% right: numpy_early_returns
# style: early returns with np.diff
def diagnose_curve(train, validation):
    train, validation = np.asarray(train, float), np.asarray(validation, float)
    n = len(train)
    if not np.isfinite(train).all() or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    steps = np.diff(train)
    if steps[steps > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    if train[-1 - n // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% right: plain_python
# style: lists, math and an if/elif chain
import math
def diagnose_curve(train, validation):
    a, v = [float(u) for u in train], [float(u) for u in validation]
    chute = a[0] - a[-1]
    montees = sum(max(0.0, y - x) for x, y in zip(a, a[1:]))
    if any(math.isnan(u) or math.isinf(u) for u in a) or a[-1] > a[0]:
        verdict = "diverges"
    elif 2 * montees > chute:
        verdict = "too high"
    elif v[-1] > 1.2 * min(v):
        verdict = "overfits"
    elif a[len(a) - 1 - len(a) // 4] - a[-1] >= 0.1 * chute:
        verdict = "too low"
    else:
        verdict = "good"
    return verdict

# %% right: list_of_rules
# style: a list of (name, rule) tried in order
def diagnose_curve(train, validation):
    t = np.array(train, dtype=float)
    fall = t[0] - t[-1]
    rules = [
        ("diverges", lambda: np.any(~np.isfinite(t)) or fall < 0),
        ("too high", lambda: np.clip(t[1:] - t[:-1], 0, None).sum() > 0.5 * fall),
        ("overfits", lambda: validation[-1] > 1.2 * np.min(validation)),
        ("too low", lambda: t[-(len(t) // 4) - 1] - t[-1] >= fall / 10),
        ("good", lambda: True),
    ]
    return next(name for name, holds in rules if holds())

# %% right: loop_for_rises
# style: an index loop for the rises, nested else
def diagnose_curve(train, validation):
    n = len(train)
    for value in train:
        if not np.isfinite(value):
            return "diverges"
    fall = train[0] - train[n - 1]
    if fall < 0:
        return "diverges"
    rises = 0.0
    for i in range(1, n):
        if train[i] > train[i - 1]:
            rises += train[i] - train[i - 1]
    if rises > fall / 2:
        return "too high"
    if validation[n - 1] > 1.2 * min(validation):
        return "overfits"
    return "too low" if train[n - 1 - n // 4] - train[n - 1] >= 0.1 * fall else "good"

# %% wrong: nan_unseen
# mistake: does not look for nan or inf
# rule: "a value of `train` is not finite"
def diagnose_curve(train, validation):
    train, validation = np.asarray(train, float), np.asarray(validation, float)
    n = len(train)
    if train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    steps = np.diff(train)
    if steps[steps > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    if train[-1 - n // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: above_any
# mistake: any rise above the first value diverges
# rule: "or the last one is above the first"
def diagnose_curve(train, validation):
    train, validation = np.asarray(train, float), np.asarray(validation, float)
    n = len(train)
    if not np.isfinite(train).all() or train.max() > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    steps = np.diff(train)
    if steps[steps > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    if train[-1 - n // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: validation_last_above_first
# mistake: overfits if the last validation loss is above the first
# rule: "the last value of `validation` is above 1.2 times its lowest one"
def diagnose_curve(train, validation):
    train, validation = np.asarray(train, float), np.asarray(validation, float)
    n = len(train)
    if not np.isfinite(train).all() or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    steps = np.diff(train)
    if steps[steps > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > validation[0]:
        return "overfits"
    if train[-1 - n // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: order_of_rules
# mistake: overfits is tested before too high
# rule: "Go through the rules in this order; the first one that holds is the diagnosis"
def diagnose_curve(train, validation):
    train, validation = np.asarray(train, float), np.asarray(validation, float)
    n = len(train)
    if not np.isfinite(train).all() or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    steps = np.diff(train)
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    if steps[steps > 0].sum() > fall / 2:
        return "too high"
    if train[-1 - n // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: count_of_rises
# mistake: counts the rises instead of adding them up
# rule: "all rises of `train` from one epoch to the next add up to more than half the fall"
def diagnose_curve(train, validation):
    train, validation = np.asarray(train, float), np.asarray(validation, float)
    n = len(train)
    if not np.isfinite(train).all() or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    steps = np.diff(train)
    if (steps > 0).sum() > len(steps) / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    if train[-1 - n // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: quarter_off_by_one_again
# mistake: train[-n // 4] is one place too late
# rule: "compares `train[-1]` with the value `n // 4` places before it"
def diagnose_curve(train, validation):
    train, validation = np.asarray(train, float), np.asarray(validation, float)
    n = len(train)
    if not np.isfinite(train).all() or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    steps = np.diff(train)
    if steps[steps > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    if train[-(n // 4)] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: equal_diverges
# mistake: last equal to first counts as diverging
# rule: "the last one is above the first"
def diagnose_curve(train, validation):
    train, validation = np.asarray(train, float), np.asarray(validation, float)
    n = len(train)
    if not np.isfinite(train).all() or train[-1] >= train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    steps = np.diff(train)
    if steps[steps > 0].sum() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    if train[-1 - n // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"

# %% wrong: largest_rise_again
# mistake: only the largest rise
# rule: "all rises of `train` from one epoch to the next add up"
def diagnose_curve(train, validation):
    train, validation = np.asarray(train, float), np.asarray(validation, float)
    n = len(train)
    if not np.isfinite(train).all() or train[-1] > train[0]:
        return "diverges"
    fall = train[0] - train[-1]
    steps = np.diff(train)
    if steps.max() > fall / 2:
        return "too high"
    if validation[-1] > 1.2 * validation.min():
        return "overfits"
    if train[-1 - n // 4] - train[-1] >= fall / 10:
        return "too low"
    return "good"
