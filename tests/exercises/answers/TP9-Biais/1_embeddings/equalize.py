# exercise: equalize

# %% right: projections
# style: both parts of the mean by name
def equalize(first, second, direction):
    n = lambda v: v / np.linalg.norm(v)
    g, one, two = n(direction), n(first), n(second)
    mu = (one + two) / 2
    mu_g = np.dot(mu, g) * g
    nu = mu - mu_g
    z = np.sqrt(1 - np.linalg.norm(nu) ** 2)
    s = np.sign(np.dot(one - two, g))
    return nu + s * z * g, nu - s * z * g

# %% right: matrix
# style: a projection matrix, and an array of two rows
def equalize(first, second, direction):
    P = np.outer(direction, direction) / (direction @ direction)
    W = np.stack([first / np.linalg.norm(first), second / np.linalg.norm(second)])
    nu = (np.eye(len(direction)) - P) @ W.mean(0)
    g = direction / np.linalg.norm(direction)
    z = np.sqrt(1 - (nu ** 2).sum())
    if W[0] @ g < W[1] @ g:
        return nu - z * g, nu + z * g
    return nu + z * g, nu - z * g

# %% wrong: abs_root
# mistake: the notebook's root with abs, vectors as they come
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    mean = (first + second) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(np.abs(1 - off @ off))
    if first @ g < second @ g:
        z = -z
    return off + z * g, off - z * g

# %% wrong: always_plus
# mistake: the first word always gets the plus
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(1 - off @ off)
    return off + z * g, off - z * g

# %% wrong: norm_not_squared
# mistake: sqrt(1 - |nu|)
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(1 - np.linalg.norm(off))
    if u @ g < v @ g:
        z = -z
    return off + z * g, off - z * g

# %% wrong: mean_kept
# mistake: the mean keeps its part along g
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(1 - off @ off)
    if u @ g < v @ g:
        z = -z
    return mean + z * g, mean - z * g

# %% wrong: raw_g
# mistake: the direction in its own length
def equalize(first, second, direction):
    g = direction
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) / (g @ g) * g
    z = np.sqrt(1 - off @ off)
    if u @ g < v @ g:
        z = -z
    return off + z * g, off - z * g

# %% wrong: neutral_words
# mistake: both words neutralised
def equalize(first, second, direction):
    return tuple(neutralize(np.array([first, second]), direction))

# %% wrong: farther_by_raw_length
# mistake: which word lies farther is asked of the vectors in their own lengths
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    u, v = first / np.linalg.norm(first), second / np.linalg.norm(second)
    mean = (u + v) / 2
    off = mean - (mean @ g) * g
    z = np.sqrt(1 - off @ off)
    if first @ g < second @ g:
        z = -z
    return off + z * g, off - z * g

# %% right: sign_of_the_difference
# style: the sign from the dot product of the difference, one return
def equalize(first, second, direction):
    p, q, g = (v / np.linalg.norm(v) for v in (first, second, direction))
    mu = (p + q) / 2
    nu = mu - (mu @ g) * g
    z = np.sqrt(max(0.0, 1 - nu @ nu)) * np.sign((p - q) @ g)
    return nu + z * g, nu - z * g

# %% right: one_array
# style: both words as rows of one array; cosines from cosine_similarity; unpacked at the end
def equalize(first, second, direction):
    words = np.stack([first, second])
    side = cosine_similarity(words, direction[None])[:, 0]
    words = words / np.linalg.norm(words, axis=1)[:, None]
    g = direction / np.sqrt(direction.dot(direction))
    nu = words.mean(axis=0)
    nu = nu - nu.dot(g) * g
    z = np.sqrt(1 - np.sum(nu**2))
    signs = np.where(side == side.max(), 1.0, -1.0)
    one, other = nu + signs[:, None] * z * g
    return one, other

# %% right: swap_and_recurse
# style: recursion: if the second lies farther, swap the arguments and the results
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    u = first / np.linalg.norm(first)
    v = second / np.linalg.norm(second)
    if np.dot(v, g) > np.dot(u, g):
        other, one = equalize(second, first, direction)
        return one, other
    middle = 0.5 * u + 0.5 * v
    off = middle - np.dot(middle, g) * g
    height = np.sqrt(1 - np.linalg.norm(off) ** 2)
    return off + height * g, off - height * g

# %% right: plain_python
# style: lists and math, no NumPy until the end; early return
import math

def equalize(first, second, direction):
    def dot(p, q):
        return sum(float(i) * float(j) for i, j in zip(p, q))

    def scaled(p):
        length = math.sqrt(dot(p, p))
        return [float(i) / length for i in p]

    p, q, g = scaled(first), scaled(second), scaled(direction)
    mu = [(i + j) / 2 for i, j in zip(p, q)]
    part = dot(mu, g)
    nu = [m - part * k for m, k in zip(mu, g)]
    z = math.sqrt(max(1 - dot(nu, nu), 0))
    plus = np.array([n + z * k for n, k in zip(nu, g)])
    minus = np.array([n - z * k for n, k in zip(nu, g)])
    if dot(p, g) > dot(q, g):
        return plus, minus
    return minus, plus

# %% wrong: plus_to_the_first
# mistake: the first word always gets the plus
# rule: "The word that lies farther along $g$ (in length 1) gets the plus."
def equalize(first, second, direction):
    u = first / np.linalg.norm(first)
    v = second / np.linalg.norm(second)
    g = direction / np.linalg.norm(direction)
    mu = (u + v) / 2
    nu = mu - (mu @ g) * g
    z = np.sqrt(1 - nu @ nu)
    return nu + z * g, nu - z * g

# %% wrong: plus_word_first
# mistake: returns the plus first, whatever the order of the arguments: swaps names and forgets to swap back
# rule: "The results have length 1, in the order of the arguments."
def equalize(first, second, direction):
    u = first / np.linalg.norm(first)
    v = second / np.linalg.norm(second)
    g = direction / np.linalg.norm(direction)
    if u @ g < v @ g:
        u, v = v, u
    mu = (u + v) / 2
    nu = mu - (mu @ g) * g
    z = np.sqrt(1 - nu @ nu)
    up, down = nu + z * g, nu - z * g
    if v @ g > u @ g:
        return down, up
    return up, down

# %% wrong: words_not_scaled
# mistake: does not scale the words; abs keeps the root quiet
# rule: "scale both to length 1"
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    mu = (first + second) / 2
    nu = mu - (mu @ g) * g
    z = np.sqrt(np.abs(1 - nu @ nu))
    if first @ g > second @ g:
        return nu + z * g, nu - z * g
    return nu - z * g, nu + z * g

# %% wrong: direction_not_scaled
# mistake: takes g as it comes
# rule: "let $g$ have length 1 as well"
def equalize(first, second, direction):
    g = direction
    u = first / np.linalg.norm(first)
    v = second / np.linalg.norm(second)
    mu = (u + v) / 2
    nu = mu - (mu @ g) * g
    z = np.sqrt(np.abs(1 - nu @ nu))
    if u @ g > v @ g:
        return nu + z * g, nu - z * g
    return nu - z * g, nu + z * g

# %% wrong: compared_unscaled
# mistake: decides who is farther by the words as they came
# rule: "farther along $g$ (in length 1)"
def equalize(first, second, direction):
    u = first / np.linalg.norm(first)
    v = second / np.linalg.norm(second)
    g = direction / np.linalg.norm(direction)
    mu = (u + v) / 2
    nu = mu - (mu @ g) * g
    z = np.sqrt(1 - nu @ nu)
    if first @ g > second @ g:
        return nu + z * g, nu - z * g
    return nu - z * g, nu + z * g

# %% wrong: length_not_squared
# mistake: 1 - |nu| under the root
# rule: "z = \sqrt{1 - |\nu|^2}"
def equalize(first, second, direction):
    u = first / np.linalg.norm(first)
    v = second / np.linalg.norm(second)
    g = direction / np.linalg.norm(direction)
    mu = (u + v) / 2
    nu = mu - (mu @ g) * g
    z = np.sqrt(1 - np.linalg.norm(nu))
    if u @ g > v @ g:
        return nu + z * g, nu - z * g
    return nu - z * g, nu + z * g

# %% wrong: mu_under_the_root
# mistake: |mu| instead of |nu|
# rule: "z = \sqrt{1 - |\nu|^2}"
def equalize(first, second, direction):
    u = first / np.linalg.norm(first)
    v = second / np.linalg.norm(second)
    g = direction / np.linalg.norm(direction)
    mu = (u + v) / 2
    nu = mu - (mu @ g) * g
    z = np.sqrt(1 - mu @ mu)
    if u @ g > v @ g:
        return nu + z * g, nu - z * g
    return nu - z * g, nu + z * g

# %% wrong: nu_scaled
# mistake: neutralize scales its result: nu has length 1, z is about 0
# rule: "$\nu$ what remains of $\mu$ without its part along $g$"
def equalize(first, second, direction):
    u = first / np.linalg.norm(first)
    v = second / np.linalg.norm(second)
    g = direction / np.linalg.norm(direction)
    nu = neutralize(((u + v) / 2)[None], g)[0]
    z = np.sqrt(max(0, 1 - nu @ nu))
    if u @ g > v @ g:
        return nu + z * g, nu - z * g
    return nu - z * g, nu + z * g

# %% wrong: mean_before_scaling
# mistake: takes the mean of the words as they came and scales the mean
# rule: "With $\mu$ the mean of both"
def equalize(first, second, direction):
    g = direction / np.linalg.norm(direction)
    mu = (first + second) / 2
    mu = mu / np.linalg.norm(mu)
    nu = mu - (mu @ g) * g
    z = np.sqrt(1 - nu @ nu)
    if first @ g / np.linalg.norm(first) > second @ g / np.linalg.norm(second):
        return nu + z * g, nu - z * g
    return nu - z * g, nu + z * g

# %% wrong: scaled_in_place
# mistake: changes the three arguments
# rule: "Do not change the arrays that you are given."
def equalize(first, second, direction):
    for v in (first, second, direction):
        v /= np.linalg.norm(v)
    mu = (first + second) / 2
    nu = mu - (mu @ direction) * direction
    z = np.sqrt(1 - nu @ nu)
    if first @ direction > second @ direction:
        return nu + z * direction, nu - z * direction
    return nu - z * direction, nu + z * direction
