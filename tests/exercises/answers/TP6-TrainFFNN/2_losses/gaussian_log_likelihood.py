# exercise: gaussian_log_likelihood

# %% right: formula
# style: the closed form with B
def gaussian_log_likelihood(t, y, beta):
    B = len(t)
    return 0.5 * B * np.log(beta / (2 * np.pi)) - 0.5 * beta * np.sum((t - y) ** 2)

# %% right: sum_of_terms
# style: one log-density per example, np.sum
def gaussian_log_likelihood(t, y, beta):
    termes = (np.log(beta) - np.log(2 * np.pi) - beta * (y - t) ** 2) / 2
    return termes.sum()

# %% right: loop_math
# style: math, a loop
import math

def gaussian_log_likelihood(t, y, beta):
    total = 0.0
    for t_i, y_i in zip(t, y):
        total += math.log(math.sqrt(beta / (2 * math.pi)))
        total -= beta / 2 * (t_i - y_i) ** 2
    return total

# %% right: by_sigma
# style: standard deviation and standardised errors
def gaussian_log_likelihood(t, y, beta):
    sigma = beta**-0.5
    r = (t - y) / sigma
    return float(-t.size * np.log(sigma * np.sqrt(2 * np.pi)) - np.dot(r, r) / 2)

# %% right: helper_and_generator
# style: local function, generator expression
def gaussian_log_likelihood(t, y, beta):
    def log_n(x, mu):
        return -0.5 * (np.log(2 * np.pi / beta) + beta * (x - mu) ** 2)
    return sum(log_n(a, b) for a, b in zip(t, y))

# %% right: uses_mse_loss
# style: reuses mse_loss of the notebook
def gaussian_log_likelihood(t, y, beta):
    n = t.shape[0]
    return n / 2 * (np.log(beta / 2 / np.pi) - beta * mse_loss(y, t))

# %% wrong: mean_not_sum
# mistake: mean over the examples
# rule: "it is a **sum** over the examples, not a mean"
def gaussian_log_likelihood(t, y, beta):
    return np.mean(0.5 * np.log(beta / (2 * np.pi)) - beta / 2 * (t - y) ** 2)

# %% wrong: negative
# mistake: the loss, with minus
# rule: "this is the log-*likelihood*, so larger is better"
def gaussian_log_likelihood(t, y, beta):
    return -np.sum(0.5 * np.log(beta / (2 * np.pi)) - beta / 2 * (t - y) ** 2)

# %% wrong: density_then_log
# mistake: computes the density, then its logarithm
# rule: "Computing the density and then its logarithm fails for large errors"
def gaussian_log_likelihood(t, y, beta):
    density = np.sqrt(beta / (2 * np.pi)) * np.exp(-beta / 2 * (t - y) ** 2)
    return np.sum(np.log(density))

# %% wrong: log_of_product
# mistake: product of the densities, then the logarithm
# rule: "Computing the density and then its logarithm fails"
def gaussian_log_likelihood(t, y, beta):
    density = np.sqrt(beta / (2 * np.pi)) * np.exp(-beta / 2 * (t - y) ** 2)
    return np.log(np.prod(density))

# %% wrong: density_clipped
# mistake: clips the density at 1e-300 before the log
# rule: "the sum of log N(t_i | y_i, 1 / beta)"
def gaussian_log_likelihood(t, y, beta):
    density = np.sqrt(beta / (2 * np.pi)) * np.exp(-beta / 2 * (t - y) ** 2)
    return np.sum(np.log(np.maximum(density, 1e-300)))

# %% wrong: beta_as_variance
# mistake: takes beta for the variance
# rule: "beta: precision of the noise"
def gaussian_log_likelihood(t, y, beta):
    return np.sum(-0.5 * np.log(2 * np.pi * beta) - (t - y) ** 2 / (2 * beta))

# %% wrong: constant_counted_once
# mistake: the log term once for the batch instead of B times
# rule: "the sum of log N(t_i | y_i, 1 / beta)"
def gaussian_log_likelihood(t, y, beta):
    return 0.5 * np.log(beta / (2 * np.pi)) - beta / 2 * np.sum((t - y) ** 2)

# %% wrong: constant_left_out
# mistake: leaves out the term with 2 pi and beta
# rule: "Take the logarithm of the density above"
def gaussian_log_likelihood(t, y, beta):
    return -beta / 2 * np.sum((t - y) ** 2)

# %% wrong: root_forgotten
# mistake: forgets the square root: no 1/2 before the logarithm
# rule: "\sqrt{\frac{\beta}{2\pi}}"
def gaussian_log_likelihood(t, y, beta):
    return np.sum(np.log(beta / (2 * np.pi)) - beta / 2 * (t - y) ** 2)

# %% wrong: half_forgotten
# mistake: beta instead of beta / 2 before the square
# rule: "-\frac{\beta}{2}\,(t - y(x, \theta))^2"
def gaussian_log_likelihood(t, y, beta):
    return np.sum(0.5 * np.log(beta / (2 * np.pi)) - beta * (t - y) ** 2)

# %% wrong: fraction_upside_down
# mistake: 2 pi / beta
# rule: "\sqrt{\frac{\beta}{2\pi}}"
def gaussian_log_likelihood(t, y, beta):
    return np.sum(0.5 * np.log(2 * np.pi / beta) - beta / 2 * (t - y) ** 2)

# %% wrong: precedence
# mistake: beta / 2 * np.pi
# rule: "\sqrt{\frac{\beta}{2\pi}}"
def gaussian_log_likelihood(t, y, beta):
    return np.sum(0.5 * np.log(beta / 2 * np.pi) - beta / 2 * (t - y) ** 2)

# %% wrong: integer_division
# mistake: beta // 2
# rule: "-\frac{\beta}{2}"
def gaussian_log_likelihood(t, y, beta):
    return np.sum(0.5 * np.log(beta / (2 * np.pi)) - beta // 2 * (t - y) ** 2)

# %% wrong: log_two_pi_forgotten
# mistake: keeps log beta, forgets log 2 pi
# rule: "\sqrt{\frac{\beta}{2\pi}}"
def gaussian_log_likelihood(t, y, beta):
    return np.sum(0.5 * np.log(beta) - beta / 2 * (t - y) ** 2)

# %% wrong: beta_as_standard_deviation
# mistake: takes beta for the standard deviation
# rule: "the standard deviation is $1/\sqrt{\beta}$"
def gaussian_log_likelihood(t, y, beta):
    return np.sum(-np.log(beta * np.sqrt(2 * np.pi)) - (t - y) ** 2 / (2 * beta**2))

# %% wrong: changes_t
# mistake: t -= y
# rule: "Do not change the arrays that you are given."
def gaussian_log_likelihood(t, y, beta):
    t -= y
    return 0.5 * len(t) * np.log(beta / (2 * np.pi)) - beta / 2 * np.sum(t**2)

# %% wrong: square_of_sum
# mistake: squares the sum of the errors
# rule: "the sum of log N(t_i | y_i, 1 / beta)"
def gaussian_log_likelihood(t, y, beta):
    return 0.5 * len(t) * np.log(beta / (2 * np.pi)) - beta / 2 * np.sum(t - y) ** 2

# %% wrong: global_beta
# mistake: uses BETA of the notebook, 16, instead of the argument
# rule: "beta: precision of the noise, a number above 0"
def gaussian_log_likelihood(t, y, beta):
    BETA = 16.0
    return np.sum(0.5 * np.log(BETA / (2 * np.pi)) - BETA / 2 * (t - y) ** 2)

# %% wrong: eighty_examples
# mistake: 80 is the number of data of the notebook
# rule: "t: targets (B,)"
def gaussian_log_likelihood(t, y, beta):
    return 40 * np.log(beta / (2 * np.pi)) - beta / 2 * np.sum((t - y) ** 2)

# %% wrong: error_not_squared
# mistake: absolute error
# rule: "(t - y(x, \theta))^2"
def gaussian_log_likelihood(t, y, beta):
    return np.sum(0.5 * np.log(beta / (2 * np.pi)) - beta / 2 * np.abs(t - y))

# %% wrong: one_per_example
# mistake: no sum
# rule: "Returns a number."
def gaussian_log_likelihood(t, y, beta):
    return 0.5 * np.log(beta / (2 * np.pi)) - beta / 2 * (t - y) ** 2
