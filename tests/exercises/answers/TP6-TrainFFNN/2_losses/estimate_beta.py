# exercise: estimate_beta

# %% right: inverse_mse
# style: 1 / mse_loss
def estimate_beta(t, y):
    return 1 / mse_loss(y, t)

# %% right: n_over_sum
# style: B / sum of squares
def estimate_beta(t, y):
    return len(t) / np.sum((t - y) ** 2)

# %% right: loop
# style: loop, float
def estimate_beta(t, y):
    somme = 0.0
    for cible, sortie in zip(t, y):
        somme += (cible - sortie) ** 2
    return float(t.shape[0] / somme)

# %% right: power_minus_one
# style: mean to the power -1 by a lambda
estimate_beta = lambda t, y: np.mean(np.square(t - y)) ** -1

# %% right: dot_and_size
# style: dot product of the residuals
def estimate_beta(t, y):
    residus = t - y
    variance = residus @ residus / residus.size
    return np.reciprocal(variance)

# %% right: sigma_squared
# style: root mean square as standard deviation, then 1 / sigma^2
def estimate_beta(t, y):
    sigma = np.sqrt(np.average((y - t) ** 2))
    return 1.0 / sigma**2

# %% wrong: variance_itself
# mistake: returns the mean squared error
# rule: "$\beta$ is the precision, the inverse of the variance"
def estimate_beta(t, y):
    return np.mean((t - y) ** 2)

# %% wrong: n_minus_one
# mistake: unbiased variance
# rule: "The precision that makes the targets most likely."
def estimate_beta(t, y):
    return (len(t) - 1) / np.sum((t - y) ** 2)

# %% wrong: centred_variance
# mistake: np.var of the residuals subtracts their mean
# rule: "Set the derivative of the log-likelihood with respect to $\beta$ to 0"
def estimate_beta(t, y):
    return 1 / np.var(t - y)

# %% wrong: centred_unbiased
# mistake: np.var with ddof=1
# rule: "Set the derivative of the log-likelihood with respect to $\beta$ to 0"
def estimate_beta(t, y):
    return 1 / np.var(t - y, ddof=1)

# %% wrong: inverse_of_standard_deviation
# mistake: 1 / root mean square
# rule: "$\beta$ is the precision, the inverse of the variance"
def estimate_beta(t, y):
    return 1 / np.sqrt(np.mean((t - y) ** 2))

# %% wrong: half
# mistake: a factor 2 lost in the derivative
# rule: "Set the derivative ... to 0 and solve for $\beta$"
def estimate_beta(t, y):
    return len(t) / (2 * np.sum((t - y) ** 2))

# %% wrong: twice
# mistake: a factor 2 gained
# rule: "Set the derivative ... to 0 and solve for $\beta$"
def estimate_beta(t, y):
    return 2 * len(t) / np.sum((t - y) ** 2)

# %% wrong: one_over_sum
# mistake: forgets B
# rule: "The precision that makes the targets most likely."
def estimate_beta(t, y):
    return 1 / np.sum((t - y) ** 2)

# %% wrong: variance_of_targets
# mistake: the variance of t, without the network
# rule: "y: outputs of the network" / the log-likelihood uses t - y
def estimate_beta(t, y):
    return 1 / np.var(t)

# %% wrong: absolute_errors
# mistake: the mean absolute error
# rule: "(t - y(x, \theta))^2"
def estimate_beta(t, y):
    return 1 / np.mean(np.abs(t - y)) ** 2

# %% wrong: precedence
# mistake: 1 / sum / n
# rule: "solve for $\beta$"
def estimate_beta(t, y):
    return 1 / np.sum((t - y) ** 2) / len(t)

# %% wrong: two_parameters_subtracted
# mistake: n - 2 degrees of freedom as in linear regression
# rule: "The precision that makes the targets most likely."
def estimate_beta(t, y):
    return (len(t) - 2) / np.sum((t - y) ** 2)

# %% wrong: negative
# mistake: a sign lost in the derivative
# rule: "Returns a number above 0."
def estimate_beta(t, y):
    return -len(t) / np.sum((t - y) ** 2)

# %% wrong: changes_t
# mistake: t -= y
# rule: "Do not change the arrays that you are given."
def estimate_beta(t, y):
    t -= y
    return 1 / np.mean(t**2)

# %% wrong: grid
# mistake: looks for the best beta on a grid of whole numbers 1 ... 100
# rule: "Set the derivative of the log-likelihood with respect to $\beta$ to 0 and solve for $\beta$."
def estimate_beta(t, y):
    grid = np.arange(1.0, 101.0)
    return grid[np.argmax([gaussian_log_likelihood(t, y, b) for b in grid])]

# %% wrong: rounded
# mistake: rounds to one digit as the figure does
# rule: "The precision that makes the targets most likely."
def estimate_beta(t, y):
    return round(float(len(t) / np.sum((t - y) ** 2)), 1)

# %% wrong: regularised
# mistake: adds 0.01 against division by zero
# rule: "(Leave out the case in which all predictions are exact.)"
def estimate_beta(t, y):
    return 1 / (np.mean((t - y) ** 2) + 0.01)

# %% wrong: square_of_mean
# mistake: the square of the mean error
# rule: "(t - y(x, \theta))^2"
def estimate_beta(t, y):
    return 1 / np.mean(t - y) ** 2

# %% wrong: mean_of_inverses
# mistake: mean of 1 / error^2
# rule: "The precision that makes the targets most likely."
def estimate_beta(t, y):
    with np.errstate(divide="ignore"):
        return np.mean(1 / (t - y) ** 2)

# %% wrong: at_least_one
# mistake: never below 1
# rule: "Returns a number above 0."
def estimate_beta(t, y):
    return max(1.0, len(t) / np.sum((t - y) ** 2))

# %% wrong: exact_predictions_left_out_of_the_count
# mistake: counts only the examples with an error
# rule: "The precision that makes the targets most likely." (leave out only the case in which *all* are exact)
def estimate_beta(t, y):
    e = t - y
    e = e[e != 0]
    return len(e) / np.sum(e**2)
