# exercise: map_loss

# %% right: formula
# style: two sums
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta**2)

# %% right: dots
# style: dot products
def map_loss(t, y, theta, alpha, beta):
    e = t - y
    return 0.5 * (beta * e @ e + alpha * theta @ theta)

# %% right: loops
# style: two loops
def map_loss(t, y, theta, alpha, beta):
    perte = 0.0
    for i in range(len(t)):
        perte += 0.5 * beta * (y[i] - t[i]) ** 2
    for th in theta:
        perte += 0.5 * alpha * th**2
    return perte

# %% right: norms
# style: squared norms, float
def map_loss(t, y, theta, alpha, beta):
    donnees = beta * np.linalg.norm(t - y) ** 2
    a_priori = alpha * np.linalg.norm(theta) ** 2
    return float((donnees + a_priori) / 2)

# %% right: negative_logs_without_constants
# style: log-likelihood and log-prior as helpers, then minus
def map_loss(t, y, theta, alpha, beta):
    def log_gauss(x, mean, precision):
        return -0.5 * precision * np.square(x - mean)
    log_likelihood = log_gauss(t, y, beta).sum()
    log_prior = log_gauss(theta, 0, alpha).sum()
    return -(log_likelihood + log_prior)

# %% right: one_vector
# style: concatenated weighted residuals
def map_loss(t, y, theta, alpha, beta):
    v = np.concatenate([np.sqrt(beta) * (t - y), np.sqrt(alpha) * theta])
    return np.einsum("i,i->", v, v) / 2

# %% wrong: mean_of_data
# mistake: mean of the squared errors
# rule: "sums, not means"
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.mean((t - y) ** 2) + alpha / 2 * np.sum(theta**2)

# %% wrong: mean_of_theta
# mistake: mean in the prior
# rule: "sums, not means"
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.mean(theta**2)

# %% wrong: no_halves
# mistake: leaves out the factors 1/2
# rule: "Keep $\alpha$, $\beta$ and the factors 1/2"
def map_loss(t, y, theta, alpha, beta):
    return beta * np.sum((t - y) ** 2) + alpha * np.sum(theta**2)

# %% wrong: prior_subtracted
# mistake: sign of the prior
# rule: "The negative logarithm of the posterior"
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2) - alpha / 2 * np.sum(theta**2)

# %% wrong: log_posterior
# mistake: without the minus
# rule: "The negative logarithm of the posterior"
def map_loss(t, y, theta, alpha, beta):
    return -beta / 2 * np.sum((t - y) ** 2) - alpha / 2 * np.sum(theta**2)

# %% wrong: alpha_and_beta_swapped
# mistake: alpha with the data, beta with the parameters
# rule: "alpha: precision of the prior ... beta: precision of the noise"
def map_loss(t, y, theta, alpha, beta):
    return alpha / 2 * np.sum((t - y) ** 2) + beta / 2 * np.sum(theta**2)

# %% wrong: lambda_form
# mistake: divides all by beta (lambda = alpha / beta)
# rule: "Keep $\alpha$, $\beta$ and the factors 1/2 where they stand"
def map_loss(t, y, theta, alpha, beta):
    return 0.5 * np.sum((t - y) ** 2) + alpha / beta / 2 * np.sum(theta**2)

# %% wrong: alpha_as_variance
# mistake: theta^2 / (2 alpha)
# rule: "alpha: precision of the prior" / "covariance $\alpha^{-1} I$"
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2) + np.sum(theta**2) / (2 * alpha)

# %% wrong: beta_as_variance
# mistake: (t - y)^2 / (2 beta)
# rule: "beta: precision of the noise"
def map_loss(t, y, theta, alpha, beta):
    return np.sum((t - y) ** 2) / (2 * beta) + alpha / 2 * np.sum(theta**2)

# %% wrong: l1
# mistake: absolute values of the parameters
# rule: "\mathcal{N}(\theta_j \mid 0, \alpha^{-1})" (a Gaussian prior)
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(np.abs(theta))

# %% wrong: norm_not_squared
# mistake: norm of theta without the square
# rule: "\frac{\lambda}{2} \lVert\theta\rVert^2"
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.linalg.norm(theta)

# %% wrong: constants_kept
# mistake: keeps the log terms
# rule: "**without the terms that do not depend on $\theta$**"
def map_loss(t, y, theta, alpha, beta):
    data_term = beta / 2 * np.sum((t - y) ** 2) - len(t) / 2 * np.log(beta / (2 * np.pi))
    return data_term + alpha / 2 * np.sum(theta**2) - len(theta) / 2 * np.log(alpha / (2 * np.pi))

# %% wrong: gaussian_log_likelihood_kept
# mistake: takes the negative gaussian_log_likelihood, with its constants
# rule: "all those with $\log \alpha$, $\log \beta$, $2\pi$"
def map_loss(t, y, theta, alpha, beta):
    return -gaussian_log_likelihood(t, y, beta) + alpha / 2 * np.sum(theta**2)

# %% wrong: bias_not_regularised
# mistake: leaves theta[0] out of the prior
# rule: "P(\theta \mid \alpha) = \prod_{j=1}^{P}" / "theta: all parameters in one vector"
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta[1:] ** 2)

# %% wrong: prior_in_each_example
# mistake: adds the prior once per example
# rule: "P(\mathcal{D} \mid \theta, \beta)\; P(\theta \mid \alpha)" (one prior)
def map_loss(t, y, theta, alpha, beta):
    total = 0.0
    for t_i, y_i in zip(t, y):
        total += beta / 2 * (t_i - y_i) ** 2 + alpha / 2 * np.sum(theta**2)
    return total

# %% wrong: zip_of_three
# mistake: zip of t, y and theta stops at the shortest
# rule: "theta: all parameters in one vector (P,)"; "t: targets (B,)"
def map_loss(t, y, theta, alpha, beta):
    return sum(beta / 2 * (a - b) ** 2 + alpha / 2 * c**2 for a, b, c in zip(t, y, theta))

# %% wrong: integer_division
# mistake: alpha // 2 and beta // 2
# rule: "Keep ... the factors 1/2"
def map_loss(t, y, theta, alpha, beta):
    return beta // 2 * np.sum((t - y) ** 2) + alpha // 2 * np.sum(theta**2)

# %% wrong: changes_theta
# mistake: squares theta in place
# rule: "Do not change the arrays that you are given."
def map_loss(t, y, theta, alpha, beta):
    theta *= theta
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta)

# %% wrong: square_of_sum
# mistake: (sum theta)^2
# rule: "\prod_{j=1}^{P} \mathcal{N}(\theta_j \mid 0, \alpha^{-1})"
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta) ** 2

# %% wrong: no_prior
# mistake: likelihood only
# rule: "The negative log-posterior of theta"
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2)

# %% wrong: half_in_data_only
# mistake: precedence: no 1/2 in the prior
# rule: "Keep ... the factors 1/2"
def map_loss(t, y, theta, alpha, beta):
    return beta * np.sum((t - y) ** 2) / 2 + alpha * np.sum(theta**2)

# %% wrong: product_of_terms
# mistake: multiplies the two terms, as the probabilities
# rule: "The negative logarithm" (of a product is a sum)
def map_loss(t, y, theta, alpha, beta):
    return (beta / 2 * np.sum((t - y) ** 2)) * (alpha / 2 * np.sum(theta**2))

# %% right: formula_again
# style: two sums
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta ** 2)

# %% right: dot_products
# style: dot products
def map_loss(t, y, theta, alpha, beta):
    r = t - y
    return 0.5 * (beta * (r @ r) + alpha * theta.dot(theta))

# %% right: loops_again
# style: Python loops
def map_loss(t, y, theta, alpha, beta):
    donnees = sum(float(a - b) ** 2 for a, b in zip(t, y))
    priori = 0.0
    for poids in theta:
        priori += float(poids) ** 2
    return (beta * donnees + alpha * priori) / 2

# %% right: norms_again
# style: np.linalg.norm
def map_loss(t, y, theta, alpha, beta):
    return float(beta * np.linalg.norm(y - t) ** 2 / 2 + alpha * np.linalg.norm(theta) ** 2 / 2)

# %% wrong: means
# mistake: means instead of sums
# rule: "sums, not means"
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.mean((t - y) ** 2) + alpha / 2 * np.mean(theta ** 2)

# %% wrong: swapped
# mistake: alpha and beta swapped
# rule: "alpha: precision of the prior ... beta: precision of the noise"
def map_loss(t, y, theta, alpha, beta):
    return alpha / 2 * np.sum((t - y) ** 2) + beta / 2 * np.sum(theta ** 2)

# %% wrong: sign_of_log_posterior
# mistake: the log-posterior, not its negative
# rule: "The negative logarithm of the posterior"
def map_loss(t, y, theta, alpha, beta):
    return -beta / 2 * np.sum((t - y) ** 2) - alpha / 2 * np.sum(theta ** 2)

# %% wrong: no_halves_again
# mistake: factors 1/2 left out
# rule: "Keep α, β and the factors 1/2"
def map_loss(t, y, theta, alpha, beta):
    return beta * np.sum((t - y) ** 2) + alpha * np.sum(theta ** 2)

# %% wrong: with_constants
# mistake: keeps the log beta terms
# rule: "**without the terms that do not depend on θ** (all those with log α, log β, 2π ...)"
def map_loss(t, y, theta, alpha, beta):
    B, P = len(t), len(theta)
    return (beta / 2 * np.sum((t - y) ** 2) - B / 2 * np.log(beta / (2 * np.pi))
            + alpha / 2 * np.sum(theta ** 2) - P / 2 * np.log(alpha / (2 * np.pi)))

# %% wrong: bias_not_penalised
# mistake: the last entry (the bias) has no prior
# rule: "The prior holds for every entry of θ, whatever its part in the network."
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.sum((t - y) ** 2) + alpha / 2 * np.sum(theta[:-1] ** 2)

# %% wrong: divides_by_precision
# mistake: takes alpha and beta for variances
# rule: "alpha: precision of the prior", "beta: precision of the noise"
def map_loss(t, y, theta, alpha, beta):
    return np.sum((t - y) ** 2) / (2 * beta) + np.sum(theta ** 2) / (2 * alpha)

# %% wrong: mean_of_data_term
# mistake: the data term is a mean, the prior a sum
# rule: "sums, not means"
def map_loss(t, y, theta, alpha, beta):
    return beta / 2 * np.mean((t - y) ** 2) + alpha / 2 * np.sum(theta ** 2)
