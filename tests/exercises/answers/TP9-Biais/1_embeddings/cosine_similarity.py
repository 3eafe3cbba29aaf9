# exercise: cosine_similarity

# %% right: loops
# style: plain loops and lists, as in a first course
def cosine_similarity(x, y):
    result = []
    for u in x:
        line = []
        for v in y:
            dot = sum(p * q for p, q in zip(u, v))
            line.append(dot / (sum(p * p for p in u) ** 0.5 * sum(q * q for q in v) ** 0.5))
        result.append(line)
    return np.array(result)

# %% right: broadcast
# style: one big broadcast product
def cosine_similarity(x, y):
    dots = (x[:, None, :] * y[None, :, :]).sum(-1)
    return dots / np.sqrt((x * x).sum(-1))[:, None] / np.sqrt((y * y).sum(-1))

# %% right: apply
# style: np.apply_along_axis for the lengths
def cosine_similarity(x, y):
    lx = np.apply_along_axis(np.linalg.norm, 1, x)
    ly = np.apply_along_axis(np.linalg.norm, 1, y)
    return np.dot(x, y.T) / np.outer(lx, ly)

# %% right: torch
# style: torch normalises the rows
def cosine_similarity(x, y):
    import torch
    f = lambda a: torch.nn.functional.normalize(torch.as_tensor(a), dim=1)
    return (f(x) @ f(y).T).numpy()

# %% wrong: only_dot
# mistake: scalar products without lengths
def cosine_similarity(x, y):
    return np.dot(x, np.transpose(y))

# %% wrong: norm_without_axis
# mistake: np.linalg.norm over the whole matrix
def cosine_similarity(x, y):
    return np.dot(x, y.T) / (np.linalg.norm(x) * np.linalg.norm(y))

# %% wrong: paired_rows
# mistake: the first row with the first row only
def cosine_similarity(x, y):
    return np.array([u @ v / (np.linalg.norm(u) * np.linalg.norm(v)) for u, v in zip(x, y)])

# %% wrong: axis_0
# mistake: lengths of the columns
def cosine_similarity(x, y):
    a = x / np.linalg.norm(x, axis=0, keepdims=True)
    b = y / np.linalg.norm(y, axis=0, keepdims=True)
    return a @ b.T

# %% wrong: forgot_y
# mistake: only x is scaled
def cosine_similarity(x, y):
    x = x / np.sqrt((x ** 2).sum(axis=1, keepdims=True))
    return x @ y.T

# %% wrong: squares
# mistake: the root of the lengths is missing
def cosine_similarity(x, y):
    return x @ y.T / ((x ** 2).sum(1)[:, None] * (y ** 2).sum(1)[None])

# %% wrong: l1
# mistake: sums of absolute values for lengths
def cosine_similarity(x, y):
    return x @ y.T / np.outer(np.abs(x).sum(1), np.abs(y).sum(1))

# %% wrong: in_place
# mistake: divides the given arrays in place
def cosine_similarity(x, y):
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    return x @ y.T

# %% right: einsum
# style: einsum for the dot products and for the squared lengths
def cosine_similarity(x, y):
    dots = np.einsum("ne,me->nm", x, y)
    lx = np.sqrt(np.einsum("ne,ne->n", x, x))
    ly = np.sqrt(np.einsum("me,me->m", y, y))
    return dots / np.outer(lx, ly)

# %% right: plain_loops
# style: three nested loops with math, lists filled in place, array at the end
import math

def cosine_similarity(x, y):
    table = []
    for u in x:
        line = []
        for v in y:
            uv = uu = vv = 0.0
            for p, q in zip(u, v):
                uv += float(p) * float(q)
                uu += float(p) ** 2
                vv += float(q) ** 2
            line.append(uv / (math.sqrt(uu) * math.sqrt(vv)))
        table.append(line)
    return np.array(table)

# %% right: class_of_units
# style: a small class with an operator, unit vectors as its state
class Directions:
    def __init__(self, vectors):
        lengths = np.linalg.norm(vectors, axis=1)
        self.unit = (np.asarray(vectors).T / lengths).T

    def __matmul__(self, other):
        return self.unit @ other.unit.T

def cosine_similarity(x, y):
    return Directions(x) @ Directions(y)

# %% right: law_of_cosines
# style: geometry instead of a dot product: unit vectors at distance r have cosine 1 - r**2 / 2
def cosine_similarity(x, y):
    def unit(v):
        return v / np.sqrt((v * v).sum(axis=-1, keepdims=True))

    gap = unit(x)[:, np.newaxis, :] - unit(y)[np.newaxis, :, :]
    return 1 - np.square(gap).sum(axis=2) / 2

# %% wrong: bracket_missing
# mistake: divides by |x| and multiplies by |y|
# rule: "\frac{u \cdot v}{|u| \, |v|}"
def cosine_similarity(x, y):
    nx = np.linalg.norm(x, axis=1)
    ny = np.linalg.norm(y, axis=1)
    return x @ y.T / nx[:, None] * ny[None, :]

# %% wrong: only_x_scaled
# mistake: scales x, forgets y
# rule: "\frac{u \cdot v}{|u| \, |v|}"
def cosine_similarity(x, y):
    x = x / np.linalg.norm(x, axis=1, keepdims=True)
    return x @ y.T

# %% wrong: transposed
# mistake: a row for each vector of y
# rule: "a row for each vector of x, a column for each vector of y"
def cosine_similarity(x, y):
    x = x / np.linalg.norm(x, axis=1, keepdims=True)
    y = y / np.linalg.norm(y, axis=1, keepdims=True)
    return y @ x.T

# %% wrong: columns_scaled
# mistake: norm along axis 0
# rule: "words are *vectors*, one in each row"
def cosine_similarity(x, y):
    x = x / np.linalg.norm(x, axis=0)
    y = y / np.linalg.norm(y, axis=0)
    return x @ y.T

# %% wrong: norm_of_the_matrix
# mistake: no axis: the norm of the whole array
# rule: "Cosine of each vector of x with each vector of y."
def cosine_similarity(x, y):
    return np.dot(x, y.T) / (np.linalg.norm(x) * np.linalg.norm(y))

# %% wrong: root_forgotten
# mistake: divides by the squared lengths
# rule: "\frac{u \cdot v}{|u| \, |v|}"
def cosine_similarity(x, y):
    carre_x = np.sum(x**2, axis=1)
    carre_y = np.sum(y**2, axis=1)
    return x @ y.T / np.outer(carre_x, carre_y)

# %% wrong: absolute
# mistake: absolute value of the dot product
# rule: "-1 for opposite ones"
def cosine_similarity(x, y):
    norms = np.outer(np.linalg.norm(x, axis=1), np.linalg.norm(y, axis=1))
    return np.abs(x @ y.T) / norms

# %% wrong: scaled_in_place
# mistake: changes both arguments
# rule: "Do not change the arrays that you are given."
def cosine_similarity(x, y):
    x /= np.linalg.norm(x, axis=1, keepdims=True)
    y /= np.linalg.norm(y, axis=1, keepdims=True)
    return x @ y.T

# %% wrong: length_by_absolute_values
# mistake: the length as a sum of absolute values (ord=1)
# rule: "|u| \, |v|"
def cosine_similarity(x, y):
    norms = np.outer(np.linalg.norm(x, 1, axis=1), np.linalg.norm(y, 1, axis=1))
    return x @ y.T / norms

# %% wrong: pairs_only
# mistake: goes through x and y in step, the other places stay 0
# rule: "each row of `x` with each row of `y`"
def cosine_similarity(x, y):
    result = np.zeros((len(x), len(y)))
    for i, (u, v) in enumerate(zip(x, y)):
        result[i, i] = u @ v / (np.linalg.norm(u) * np.linalg.norm(v))
    return result
