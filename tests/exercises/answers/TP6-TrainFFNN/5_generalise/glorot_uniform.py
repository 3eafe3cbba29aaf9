# exercise: glorot_uniform

# %% right: uniform
# style: rng.uniform
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% right: random_scaled
# style: rng.random stretched to [-c, c]
def glorot_uniform(fan_in, fan_out, rng):
    c = (6 / (fan_in + fan_out)) ** 0.5
    return 2 * c * rng.random((fan_in, fan_out)) - c

# %% right: by_variance
# style: from the variance 2 / (in + out): c = sqrt(3) * std
import math

def glorot_uniform(fan_in, fan_out, rng):
    variance = 2 / (fan_in + fan_out)
    borne = math.sqrt(3 * variance)
    return rng.uniform(low=-borne, high=borne, size=[fan_in, fan_out])

# %% right: element_loops
# style: one number at a time, nested comprehension
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6) / np.sqrt(fan_in + fan_out)
    return np.array([[rng.uniform(-c, c) for j in range(fan_out)] for i in range(fan_in)])

# %% right: unit_by_unit
# style: one column (unit) after the other, written into zeros
def glorot_uniform(fan_in, fan_out, rng):
    W = np.zeros((fan_in, fan_out))
    c = np.sqrt(6 / (fan_out + fan_in))
    for k in range(fan_out):
        W[:, k] = rng.uniform(-c, c, fan_in)
    return W

# %% right: transposed_like_pytorch
# style: drawn as PyTorch stores it and transposed
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6.0 / (fan_in + fan_out))
    return rng.uniform(-1, 1, (fan_out, fan_in)).T * c

# %% right: flat_reshape
# style: flat draw and reshape
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / sum((fan_in, fan_out)))
    return ((rng.random(fan_in * fan_out) - 0.5) * 2 * c).reshape(fan_in, fan_out)

# %% wrong: slide
# mistake: the slide's c, sum outside the root
# rule: "the sum stands **under** the root"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6) / (fan_in + fan_out)
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% wrong: outputs_first
# mistake: PyTorch's shape (outputs, inputs)
# rule: "Returns an array (fan_in, fan_out)."
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-c, c, (fan_out, fan_in))

# %% wrong: normal
# mistake: Glorot's normal start, right variance but not uniform
# rule: "Glorot's starting weights: uniform on [-c, c]."
def glorot_uniform(fan_in, fan_out, rng):
    return rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out))

# %% wrong: clipped_normal
# mistake: a normal draw cut to [-c, c]
# rule: "uniform on [-c, c]"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.clip(rng.normal(0, np.sqrt(2 / (fan_in + fan_out)), (fan_in, fan_out)), -c, c)

# %% wrong: positive_only
# mistake: rng.random * c: from 0 to c
# rule: "uniform on [-c, c]"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.random((fan_in, fan_out)) * c

# %% wrong: shifted_half
# mistake: (random - 0.5) * c: from -c/2 to c/2
# rule: "uniform on [-c, c]"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return (rng.random((fan_in, fan_out)) - 0.5) * c

# %% wrong: he_uniform
# mistake: He's start: only the inputs
# rule: "c = sqrt(6 / (N_k + N_{k-1}))"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / fan_in)
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% wrong: square_size
# mistake: 6 / (2 fan_in): right if both sizes are equal
# rule: "c = sqrt(6 / (N_k + N_{k-1}))"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(3 / fan_in)
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% wrong: std_as_c
# mistake: the standard deviation taken as c
# rule: "Solve c²/3 = 2/(N_k + N_{k-1}) for c"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(2 / (fan_in + fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% wrong: no_root
# mistake: no root
# rule: "c = sqrt(6 / (N_k + N_{k-1}))"
def glorot_uniform(fan_in, fan_out, rng):
    c = 6 / (fan_in + fan_out)
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% wrong: product
# mistake: product of the sizes instead of their sum
# rule: "c = sqrt(6 / (N_k + N_{k-1}))"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in * fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% wrong: brackets
# mistake: 6 / fan_in + fan_out without brackets
# rule: "the sum stands under the root" (6 divided by the sum)
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / fan_in + fan_out)
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% wrong: three
# mistake: sqrt(3 / (in + out))
# rule: "c = sqrt(6 / (N_k + N_{k-1}))"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(3 / (fan_in + fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% wrong: global_generator
# mistake: np.random.uniform
# rule: "Random numbers come from the generator `rng` that a function gets, from nowhere else"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.random.uniform(-c, c, (fan_in, fan_out))

# %% wrong: own_seed
# mistake: own generator with a fixed seed: all layers of one shape are the same
# rule: "rng: numpy.random.Generator from which they are drawn"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.random.default_rng(42).uniform(-c, c, (fan_in, fan_out))

# %% wrong: one_number
# mistake: one number for the whole matrix
# rule: "So weights start **at random**" / "From equal numbers all units get the same gradient and stay equal for ever"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.full((fan_in, fan_out), rng.uniform(-c, c))

# %% wrong: equal_units
# mistake: one column repeated: all units equal
# rule: "From equal numbers all units get the same gradient and stay equal for ever"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.tile(rng.uniform(-c, c, (fan_in, 1)), (1, fan_out))

# %% wrong: equal_rows
# mistake: one row repeated for all inputs
# rule: "an array (fan_in, fan_out)" of weights "uniform on [-c, c]" drawn from rng
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-c, c, fan_out) * np.ones((fan_in, 1))

# %% wrong: two_values
# mistake: -c or c only
# rule: "uniform on [-c, c]"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.choice([-c, c], (fan_in, fan_out))

# %% wrong: floor_division
# mistake: 6 // (in + out) is 0 for more than 6 units
# rule: "c = sqrt(6 / (N_k + N_{k-1}))"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 // (fan_in + fan_out))
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% wrong: flat
# mistake: a flat array
# rule: "Returns an array (fan_in, fan_out)."
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(-c, c, fan_in * fan_out)

# %% wrong: pytorch_default
# mistake: c of nn.Linear: 1 / sqrt(fan_in)
# rule: "c = sqrt(6 / (N_k + N_{k-1}))"
def glorot_uniform(fan_in, fan_out, rng):
    c = 1 / np.sqrt(fan_in)
    return rng.uniform(-c, c, (fan_in, fan_out))

# %% wrong: plus_bias
# mistake: counts the bias as an input
# rule: "c = sqrt(6 / (N_k + N_{k-1}))"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + 1 + fan_out))
    return rng.uniform(-c, c, (fan_in + 1, fan_out))

# %% wrong: grid
# mistake: equally spaced numbers, nothing drawn
# rule: "rng: numpy.random.Generator from which they are drawn"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return np.linspace(-c, c, fan_in * fan_out).reshape(fan_in, fan_out)

# %% wrong: sum_of_two
# mistake: difference of two uniform draws: a triangle on [-c, c]
# rule: "uniform on [-c, c]"
def glorot_uniform(fan_in, fan_out, rng):
    c = np.sqrt(6 / (fan_in + fan_out))
    return rng.uniform(0, c, (fan_in, fan_out)) - rng.uniform(0, c, (fan_in, fan_out))
