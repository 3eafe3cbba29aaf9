# exercise: adam_step

# %% right: plain
# style: names of the text
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% right: letters
# style: short names, betas by index, +=1 on the number
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = step
    t += 1
    m = betas[0] * exp_avg + (1 - betas[0]) * grad
    v = betas[1] * exp_avg_sq + (1 - betas[1]) * np.square(grad)
    mc, vc = m / (1 - betas[0] ** t), v / (1 - betas[1] ** t)
    return theta - lr * mc / (vc**0.5 + eps), m, v, t

# %% right: pytorch_way
# style: as PyTorch writes it: step size and denominator corrected apart
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    step += 1
    m = exp_avg + (grad - exp_avg) * (1 - b1)
    v = exp_avg_sq * b2 + (1 - b2) * grad * grad
    bias_correction1 = 1 - b1**step
    bias_correction2 = 1 - b2**step
    step_size = lr / bias_correction1
    denominator = np.sqrt(v) / np.sqrt(bias_correction2) + eps
    return theta - step_size * m / denominator, m, v, step

# %% right: helper_mean
# style: helper for a moving mean with its corrected value
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = int(step) + 1

    def moyenne(ancienne, nouvelle, beta):
        valeur = beta * ancienne + (1 - beta) * nouvelle
        return valeur, valeur / (1 - np.power(beta, t))

    m, m_corr = moyenne(exp_avg, grad, betas[0])
    v, v_corr = moyenne(exp_avg_sq, grad**2, betas[1])
    deplacement = np.multiply(lr, np.divide(m_corr, np.add(np.sqrt(v_corr), eps)))
    return np.subtract(theta, deplacement), m, v, t

# %% right: copies_in_place
# style: copies, then in-place operations
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    (beta1, beta2), theta, m, v = betas, theta.copy(), exp_avg.copy(), exp_avg_sq.copy()
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad**2
    n = step + 1
    correction = 1 - np.array([beta1, beta2]) ** n
    theta -= lr * (m / correction[0]) / (np.sqrt(v / correction[1]) + eps)
    return theta, m, v, n

# %% wrong: no_correction
# mistake: bias correction forgotten
# rule: "Adam divides by this factor: the bias correction"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg
    v_hat = exp_avg_sq
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: only_m_corrected
# mistake: v is not corrected
# rule: "v_hat = v / (1 - beta2^t)"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: only_v_corrected
# mistake: m is not corrected
# rule: "m_hat = m / (1 - beta1^t)"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: corrected_stored
# mistake: the corrected values are returned
# rule: "The corrected values serve this step only and are not stored."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, m_hat, v_hat, step

# %% wrong: step_too_late
# mistake: corrects with the steps before this one: division by 0 in the first call
# rule: "t <- t + 1" comes first
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step + 1

# %% wrong: step_zero_saved
# mistake: max(step, 1) instead of step + 1
# rule: "t <- t + 1"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    before = step
    step = max(step, 1)
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, before + 1

# %% wrong: step_not_counted
# mistake: returns the step that came in
# rule: "Returns the new theta, exp_avg, exp_avg_sq and step."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step - 1

# %% wrong: step_twice
# mistake: one too much
# rule: "t <- t + 1"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 2
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: step_lost
# mistake: returns three values
# rule: "Returns the new theta, exp_avg, exp_avg_sq and step."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq

# %% wrong: eps_inside
# mistake: eps under the root
# rule: "sqrt(v_hat) + eps"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat + eps))
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: eps_before_correction
# mistake: sqrt(v) + eps, corrections in the step size (the paper's short form)
# rule: "sqrt(v_hat) + eps"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * np.sqrt(1 - beta2**step) / (1 - beta1**step) * exp_avg / (np.sqrt(exp_avg_sq) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: no_eps
# mistake: nan where the gradient is 0
# rule: "sqrt(v_hat) + eps"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / np.sqrt(v_hat)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: no_root
# mistake: divides by v_hat
# rule: "sqrt(v_hat) + eps"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (v_hat + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: betas_swapped
# mistake: beta2 for m, beta1 for v
# rule: "m <- beta1 m + ..., v <- beta2 v + ..."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta2, beta1 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: beta1_for_both
# mistake: beta1 for v, too
# rule: "v <- beta2 v + (1 - beta2) grad^2"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta1 * exp_avg_sq + (1 - beta1) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: correction_with_beta1_twice
# mistake: v corrected with beta1
# rule: "v_hat = v / (1 - beta2^t)"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta1**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: power_of_difference
# mistake: (1 - beta)^t
# rule: "1 - beta^t"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1) ** step
    v_hat = exp_avg_sq / (1 - beta2) ** step
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: product_not_power
# mistake: 1 - beta * t
# rule: "1 - beta^t"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1 * step)
    v_hat = exp_avg_sq / (1 - beta2 * step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: multiplied
# mistake: multiplies by the factors
# rule: "Adam divides by this factor"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg * (1 - beta1**step)
    v_hat = exp_avg_sq * (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: first_step_correction
# mistake: corrects with t = 1 in each call
# rule: "1 - beta^t"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1)
    v_hat = exp_avg_sq / (1 - beta2)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: not_squared
# mistake: mean of |grad| in v
# rule: "(1 - beta2) grad^2"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * np.abs(grad)
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: no_one_minus
# mistake: m is a sum as in momentum
# rule: "m <- beta1 m + (1 - beta1) grad"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: grad_instead_of_m
# mistake: the gradient instead of its mean moves theta
# rule: "eta m_hat / (sqrt(v_hat) + eps)"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * grad / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: square_of_m
# mistake: v from the new m instead of the gradient
# rule: "v <- beta2 v + (1 - beta2) grad^2"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * exp_avg**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: default_lr
# mistake: default rate 0.01
# rule: "lr=0.001" in the signature
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.01, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: default_betas
# mistake: default betas (0.9, 0.99)
# rule: "betas=(0.9, 0.999)" in the signature
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.99), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: betas_fixed
# mistake: ignores the argument betas
# rule: "betas" is an argument
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = 0.9, 0.999
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: averages_in_place
# mistake: changes both averages of the caller
# rule: "Do not change the arrays that you are given: return new ones."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg *= beta1
    exp_avg += (1 - beta1) * grad
    exp_avg_sq *= beta2
    exp_avg_sq += (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: correction_in_place
# mistake: exp_avg /= ...: the corrected values are stored by mistake
# rule: "are not stored"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    exp_avg /= (1 - beta1**step)
    exp_avg_sq /= (1 - beta2**step)
    theta = theta - lr * exp_avg / (np.sqrt(exp_avg_sq) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: theta_in_place
# mistake: theta -= changes the array of the caller
# rule: "Do not change the arrays that you are given: return new ones."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta -= lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: climbs
# mistake: plus
# rule: "theta <- theta - ..."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta + lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: order_of_results
# mistake: step before the averages
# rule: "Returns the new theta, exp_avg, exp_avg_sq and step."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, step, exp_avg, exp_avg_sq

# %% wrong: old_m
# mistake: the mean before this gradient moves theta
# rule: "m <- beta1 m + (1 - beta1) grad" then m_hat
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    old = exp_avg
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = beta2 * exp_avg_sq + (1 - beta2) * grad**2
    m_hat = old / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% wrong: amsgrad
# mistake: v never falls
# rule: "v <- beta2 v + (1 - beta2) grad^2"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    step = step + 1
    exp_avg = beta1 * exp_avg + (1 - beta1) * grad
    exp_avg_sq = np.maximum(exp_avg_sq, beta2 * exp_avg_sq + (1 - beta2) * grad**2)
    m_hat = exp_avg / (1 - beta1**step)
    v_hat = exp_avg_sq / (1 - beta2**step)
    theta = theta - lr * m_hat / (np.sqrt(v_hat) + eps)
    return theta, exp_avg, exp_avg_sq, step

# %% right: formula
# style: line by line
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    step = step + 1
    exp_avg = b1 * exp_avg + (1 - b1) * grad
    exp_avg_sq = b2 * exp_avg_sq + (1 - b2) * grad ** 2
    m_hat = exp_avg / (1 - b1 ** step)
    v_hat = exp_avg_sq / (1 - b2 ** step)
    return theta - lr * m_hat / (np.sqrt(v_hat) + eps), exp_avg, exp_avg_sq, step

# %% right: torch_algebra
# style: PyTorch's algebra, corrections as scalars
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    t = step + 1
    m = exp_avg + (grad - exp_avg) * (1 - betas[0])
    v = betas[1] * exp_avg_sq + (1 - betas[1]) * grad * grad
    denom = np.sqrt(v) / (1 - betas[1] ** t) ** 0.5 + eps
    return theta - (lr / (1 - betas[0] ** t)) * m / denom, m, v, t

# %% right: local_mean
# style: a local function for the moving mean and one for the correction
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    def moyenne(beta, ancien, nouveau):
        return beta * ancien + (1 - beta) * nouveau
    def corrige(beta, valeur):
        return valeur / (1 - beta ** (step + 1))
    m = moyenne(betas[0], exp_avg, grad)
    v = moyenne(betas[1], exp_avg_sq, np.square(grad))
    pas = corrige(betas[0], m) / (corrige(betas[1], v) ** 0.5 + eps)
    return theta - lr * pas, m, v, step + 1

# %% right: copies
# style: copies changed in place
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    beta1, beta2 = betas
    new, m, v = theta.copy(), exp_avg.copy(), exp_avg_sq.copy()
    m *= beta1
    m += (1 - beta1) * grad
    v *= beta2
    v += (1 - beta2) * grad ** 2
    step += 1
    new -= lr * (m / (1 - beta1 ** step)) / (np.sqrt(v / (1 - beta2 ** step)) + eps)
    return new, m, v, step

# %% wrong: no_correction_again
# mistake: no bias correction
# rule: "Adam divides by this factor: the bias correction"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    m = b1 * exp_avg + (1 - b1) * grad
    v = b2 * exp_avg_sq + (1 - b2) * grad ** 2
    return theta - lr * m / (np.sqrt(v) + eps), m, v, step + 1

# %% wrong: corrected_stored_again
# mistake: stores the corrected values
# rule: "The corrected values serve this step only and are not stored."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    step = step + 1
    m = (b1 * exp_avg + (1 - b1) * grad) / (1 - b1 ** step)
    v = (b2 * exp_avg_sq + (1 - b2) * grad ** 2) / (1 - b2 ** step)
    return theta - lr * m / (np.sqrt(v) + eps), m, v, step

# %% wrong: uphill
# mistake: plus instead of minus
# rule: "θ ← θ - η m̂ / (√v̂ + ε)"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    step = step + 1
    m = b1 * exp_avg + (1 - b1) * grad
    v = b2 * exp_avg_sq + (1 - b2) * grad ** 2
    return theta + lr * (m / (1 - b1 ** step)) / (np.sqrt(v / (1 - b2 ** step)) + eps), m, v, step

# %% wrong: exponent_before_increment
# mistake: the exponent is max(step, 1), step counted after the correction
# rule: "t ← t + 1" comes first; "step: how many steps were made before this one"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    t = max(step, 1)
    m = b1 * exp_avg + (1 - b1) * grad
    v = b2 * exp_avg_sq + (1 - b2) * grad ** 2
    return theta - lr * (m / (1 - b1 ** t)) / (np.sqrt(v / (1 - b2 ** t)) + eps), m, v, step + 1

# %% wrong: eps_inside_root
# mistake: eps under the root
# rule: "√v̂ + ε"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    step = step + 1
    m = b1 * exp_avg + (1 - b1) * grad
    v = b2 * exp_avg_sq + (1 - b2) * grad ** 2
    return theta - lr * (m / (1 - b1 ** step)) / np.sqrt(v / (1 - b2 ** step) + eps), m, v, step

# %% wrong: step_not_counted_again
# mistake: returns the old step
# rule: "Returns the new theta, exp_avg, exp_avg_sq and step."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    m = b1 * exp_avg + (1 - b1) * grad
    v = b2 * exp_avg_sq + (1 - b2) * grad ** 2
    t = step + 1
    return theta - lr * (m / (1 - b1 ** t)) / (np.sqrt(v / (1 - b2 ** t)) + eps), m, v, step

# %% wrong: state_in_place
# mistake: changes the averages in place
# rule: "Do not change the arrays that you are given: return new ones."
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    b1, b2 = betas
    step = step + 1
    exp_avg *= b1
    exp_avg += (1 - b1) * grad
    exp_avg_sq *= b2
    exp_avg_sq += (1 - b2) * grad ** 2
    return (theta - lr * (exp_avg / (1 - b1 ** step)) / (np.sqrt(exp_avg_sq / (1 - b2 ** step)) + eps),
            exp_avg, exp_avg_sq, step)

# %% wrong: hard_coded_betas
# mistake: 0.9 and 0.999 hard-coded in the correction
# rule: "m̂ = m / (1 - β1^t)"
def adam_step(theta, grad, exp_avg, exp_avg_sq, step, lr=0.001, betas=(0.9, 0.999), eps=1e-8):
    step = step + 1
    m = betas[0] * exp_avg + (1 - betas[0]) * grad
    v = betas[1] * exp_avg_sq + (1 - betas[1]) * grad ** 2
    return theta - lr * (m / (1 - 0.9 ** step)) / (np.sqrt(v / (1 - 0.999 ** step)) + eps), m, v, step
