# exercise: random_search

# %% right: plain
# style: infinity at the start, strict comparison
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% right: min_key
# style: list of all draws, list of losses, index of the smallest by np.argmin
def random_search(draw, loss, trials):
    tirages = [draw() for _ in range(trials)]
    pertes = [loss(tirage) for tirage in tirages]
    i = int(np.argmin(pertes))
    return tirages[i], pertes[i]

# %% right: first_draw_then_rest
# style: the first draw is the best so far, trials - 1 more; <=
def random_search(draw, loss, trials):
    meilleur = draw()
    perte_min = loss(meilleur)
    for k in range(1, trials):
        candidat = draw()
        perte = loss(candidat)
        if perte <= perte_min:
            meilleur = candidat
            perte_min = perte
    return meilleur, perte_min

# %% right: min_of_pairs
# style: min of a generator of pairs with key
def random_search(draw, loss, trials):
    def one_trial():
        theta = draw()
        return theta, loss(theta)

    return min((one_trial() for _ in range(trials)), key=lambda pair: pair[1])

# %% right: sorted_pairs
# style: sorted by the loss; copies and floats
def random_search(draw, loss, trials):
    results = []
    while len(results) < trials:
        theta = np.array(draw())
        results.append((float(loss(theta)), len(results), theta))
    results.sort(key=lambda r: r[:2])
    value, _, theta = results[0]
    return theta.copy(), value

# %% right: none_test
# style: best is None in the first round; returns a list
def random_search(draw, loss, trials):
    best = None
    t = 0
    while t < trials:
        t += 1
        theta = draw()
        v = loss(theta)
        if best is None or v < best[1]:
            best = [theta, v]
    return best[0], best[1]

# %% wrong: starts_at_zero
# mistake: best loss 0 at the start: never better
# rule: "gives a number above 0"
def random_search(draw, loss, trials):
    best_theta, best_value = None, 0.0
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: starts_at_one
# mistake: best loss 1 at the start
# rule: "a number above 0, as large as it likes"
def random_search(draw, loss, trials):
    best_theta, best_value = None, 1.0
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: starts_at_1000
# mistake: best loss 1000 at the start
# rule: "a number above 0, as large as it likes"
def random_search(draw, loss, trials):
    best_theta, best_value = None, 1000
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: starts_at_1e9
# mistake: best loss 1e9 at the start
# rule: "a number above 0, as large as it likes"
def random_search(draw, loss, trials):
    best_theta, best_value = None, 1e9
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: starts_at_maxsize
# mistake: sys.maxsize at the start
# rule: "a number above 0, as large as it likes"
def random_search(draw, loss, trials):
    import sys

    best_theta, best_value = None, sys.maxsize
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: largest
# mistake: keeps the worst
# rule: "Returns the best parameters and their loss."
def random_search(draw, loss, trials):
    best_theta, best_value = None, -np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value > best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: last
# mistake: returns the last draw
# rule: "Returns the best parameters and their loss."
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return theta, value

# %% wrong: last_theta_best_loss
# mistake: theta of the last draw with the best loss
# rule: "Returns the best parameters and their loss."
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return theta, best_value

# %% wrong: one_draw_too_many
# mistake: a first draw before trials more
# rule: "Make exactly `trials` draws"
def random_search(draw, loss, trials):
    best_theta = draw()
    best_value = loss(best_theta)
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: one_draw_too_few
# mistake: range(1, trials) from infinity
# rule: "Make exactly `trials` draws"
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(1, trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: loss_twice
# mistake: computes the loss again for the result
# rule: "compute each loss once: this is the budget"
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, loss(best_theta)

# %% wrong: loss_twice_in_test
# mistake: loss(theta) in the test and in the assignment
# rule: "compute each loss once: this is the budget"
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        if loss(theta) < best_value:
            best_theta, best_value = theta, loss(theta)
    return best_theta, best_value

# %% wrong: draws_again
# mistake: the loss belongs to another draw
# rule: "`loss(theta)` their loss"
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(draw())
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: swapped
# mistake: loss first
# rule: "Returns the best parameters and their loss."
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_value, best_theta

# %% wrong: theta_only
# mistake: loss not returned
# rule: "Returns the best parameters and their loss."
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta

# %% wrong: loss_only
# mistake: parameters not returned
# rule: "Returns the best parameters and their loss."
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_value

# %% wrong: stops_early
# mistake: stops when the loss is small
# rule: "Make exactly `trials` draws"
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
        if best_value < 0.1:
            break
    return best_theta, best_value

# %% wrong: stops_when_worse
# mistake: stops at the first draw that is not better
# rule: "Make exactly `trials` draws"
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
        else:
            break
    return best_theta, best_value

# %% wrong: thousand
# mistake: always 1,000 draws
# rule: "Make exactly `trials` draws"
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(1000):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: walk
# mistake: adds each draw to the best so far
# rule: "each call gives new parameters", draw at random, keep the best
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw() if best_theta is None else best_theta + draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: mean_of_losses
# mistake: best theta with the mean loss
# rule: "the best parameters and their loss"
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        total = value if _ == 0 else total + value
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, total / trials

# %% wrong: integer_losses
# mistake: int() of the loss: ties between different draws
# rule: "Returns the best parameters and their loss."
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = int(loss(theta))
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: changes_theta
# mistake: rounds the draw in place before the loss
# rule: "Do not change the arrays that you are given"
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        np.round(theta, 1, out=theta)
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: kept_over_calls
# mistake: the best of all calls (function attribute)
# rule: "The best of many random parameters" - of `trials` draws
def random_search(draw, loss, trials):
    best_theta, best_value = getattr(random_search, "best", (None, np.inf))
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_value:
            best_theta, best_value = theta, value
    random_search.best = best_theta, best_value
    return best_theta, best_value

# %% wrong: first_draw_not_counted
# mistake: the first draw is thrown away
# rule: "Returns the best parameters" of exactly `trials` draws
def random_search(draw, loss, trials):
    best_theta, best_value = None, np.inf
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if _ > 0 and value < best_value or trials == 1:
            best_theta, best_value = theta, value
    return best_theta, best_value

# %% wrong: compared_with_previous
# mistake: compares with the loss before, not with the best
# rule: "keep the best"
def random_search(draw, loss, trials):
    best = draw()
    before = best_value = loss(best)
    for _ in range(trials - 1):
        theta = draw()
        value = loss(theta)
        if value < before:
            best, best_value = theta, value
        before = value
    return best, best_value

# %% wrong: absolute_theta
# mistake: the smallest parameters instead of the smallest loss
# rule: "the best parameters and their loss"
def random_search(draw, loss, trials):
    thetas = [draw() for _ in range(trials)]
    best = min(thetas, key=lambda theta: np.abs(theta).sum())
    return best, loss(best)

# %% right: loop
# style: loop with infinity
def random_search(draw, loss, trials):
    best, best_loss = None, float("inf")
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if best is None or value < best_loss:
            best, best_loss = theta, value
    return best, best_loss

# %% right: lists_and_argmin
# style: lists, then argmin
def random_search(draw, loss, trials):
    tirages = [draw() for _ in range(trials)]
    pertes = [loss(t) for t in tirages]
    i = int(np.argmin(pertes))
    return tirages[i], pertes[i]

# %% right: min_with_key
# style: min over pairs with a key
def random_search(draw, loss, trials):
    pairs = ((theta, loss(theta)) for theta in (draw() for _ in range(trials)))
    return min(pairs, key=lambda pair: pair[1])

# %% right: first_then_while
# style: first draw before a while loop
def random_search(draw, loss, trials):
    theta_best = np.array(draw())
    l_best = loss(theta_best)
    k = 1
    while k < trials:
        candidate = np.array(draw())
        l = loss(candidate)
        if l < l_best:
            theta_best, l_best = candidate, l
        k += 1
    return theta_best, l_best

# %% wrong: last_one
# mistake: returns the last draw
# rule: "Returns the best parameters and their loss."
def random_search(draw, loss, trials):
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
    return theta, value

# %% wrong: largest_again
# mistake: keeps the largest loss
# rule: "Returns the best parameters" (of many: the lowest loss)
def random_search(draw, loss, trials):
    best, best_loss = None, 0.0
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value > best_loss:
            best, best_loss = theta, value
    return best, best_loss

# %% wrong: only_theta
# mistake: returns the parameters without the loss
# rule: "Returns the best parameters and their loss."
def random_search(draw, loss, trials):
    best, best_loss = None, float("inf")
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_loss:
            best, best_loss = theta, value
    return best

# %% wrong: starts_at_1000_again
# mistake: start value 1000, losses above are never kept
# rule: "gives a number above 0, as large as it likes"
def random_search(draw, loss, trials):
    best, best_loss = None, 1000.0
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_loss:
            best, best_loss = theta, value
    return best, best_loss

# %% wrong: one_draw_too_many_again
# mistake: a first draw before the loop of trials draws
# rule: "Make exactly `trials` draws"
def random_search(draw, loss, trials):
    best = draw()
    best_loss = loss(best)
    for _ in range(trials):
        theta = draw()
        value = loss(theta)
        if value < best_loss:
            best, best_loss = theta, value
    return best, best_loss

# %% wrong: loss_twice_again
# mistake: computes the loss twice
# rule: "compute each loss once: this is the budget"
def random_search(draw, loss, trials):
    best = None
    for _ in range(trials):
        theta = draw()
        if best is None or loss(theta) < loss(best):
            best = theta
    return best, loss(best)

# %% wrong: one_draw_too_few_again
# mistake: range(1, trials)
# rule: "Make exactly `trials` draws"
def random_search(draw, loss, trials):
    best, best_loss = None, float("inf")
    for _ in range(1, trials):
        theta = draw()
        value = loss(theta)
        if value < best_loss:
            best, best_loss = theta, value
    return best, best_loss

# %% wrong: other_draw_returned
# mistake: the loss is of one draw, the parameters kept of the next one
# rule: "Returns the best parameters and their loss." / "exactly `trials` draws"
def random_search(draw, loss, trials):
    best, best_loss = None, float("inf")
    for _ in range(trials):
        value = loss(draw())
        if value < best_loss:
            best, best_loss = draw(), value
    return best, best_loss
