# exercise: Add

# %% right: plain
# style: nothing kept, the same grad twice
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return grad, grad

# %% right: keeps_useless_inputs
# style: keeps x and y although nobody needs them; multiplies by 1
class Add:
    def __init__(self):
        self.x = self.y = None

    def forward(self, x, y):
        self.x, self.y = x, y
        return np.add(x, y)

    def backward(self, grad):
        return (1 * grad, 1 * grad)

# %% right: copies
# style: float array copies
class Add:
    def forward(self, x, y):
        somme = np.array(x, dtype=np.float64)
        somme += y
        return somme

    def backward(self, grad):
        gradient = np.asarray(grad, dtype=np.float64)
        return gradient.copy(), gradient.copy()

# %% right: repeated_tuple
# style: (grad,) * 2, static methods
class Add:
    @staticmethod
    def forward(x, y):
        return y + x

    @staticmethod
    def backward(grad):
        return (grad,) * 2

# %% right: stacked
# style: sum over a stacked axis; local gradients of ones kept
class Add:
    def forward(self, x, y):
        self.ones = np.ones(np.shape(x))
        return np.stack([x, y]).sum(axis=0)

    def backward(self, grad):
        return tuple(grad * un for un in (self.ones, self.ones))

# %% wrong: ones
# mistake: local gradients only
# rule: "returns dl/dz dz/dx and dl/dz dz/dy"
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return 1.0, 1.0

# %% wrong: ones_like
# mistake: ones of the right shape, the gradient of the later nodes is lost
# rule: "returns dl/dz dz/dx and dl/dz dz/dy"
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return np.ones_like(grad), np.ones_like(grad)

# %% wrong: half_each
# mistake: shares the gradient between the inputs
# rule: "The sum passes it on to both of its inputs: 14 for p, 14 for b."
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return grad / 2, grad / 2

# %% wrong: like_multiply
# mistake: copied from Multiply
# rule: "The sum passes it on to both of its inputs"
class Add:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, grad):
        return grad * self.y, grad * self.x

# %% wrong: grad_times_own_input
# mistake: multiplies by the input itself
# rule: "The sum passes it on to both of its inputs"
class Add:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, grad):
        return grad * self.x, grad * self.y

# %% wrong: proportional
# mistake: shares the gradient in proportion to the values
# rule: "The sum passes it on to both of its inputs"
class Add:
    def forward(self, x, y):
        self.x, self.y, self.z = x, y, x + y
        return self.z

    def backward(self, grad):
        return grad * self.x / self.z, grad * self.y / self.z

# %% wrong: no_tuple
# mistake: returns grad alone
# rule: "From dl/dz to the tuple (dl/dx, dl/dy)."
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return grad

# %% wrong: tuple_of_one
# mistake: one gradient for two inputs
# rule: "a tuple with one gradient per input"
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return (grad,)

# %% wrong: list
# mistake: a list
# rule: "`backward` returns a tuple"
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return [grad, grad]

# %% wrong: array_of_two
# mistake: an array of both
# rule: "`backward` returns a tuple"
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return np.array([grad, grad])

# %% wrong: sums_everything
# mistake: np.sum over all entries in forward
# rule: "x, y and z have one shape." / "the node works on each entry by itself"
class Add:
    def forward(self, x, y):
        return np.sum([x, y])

    def backward(self, grad):
        return grad, grad

# %% wrong: in_place
# mistake: x += y changes the array of the caller
# rule: "Do not change the arrays, lists and dictionaries that you are given."
class Add:
    def forward(self, x, y):
        x += y
        return x

    def backward(self, grad):
        return grad, grad

# %% wrong: in_place_out
# mistake: out=y changes y of the caller when it is an array
# rule: "Do not change the arrays, lists and dictionaries that you are given."
class Add:
    def forward(self, x, y):
        if isinstance(y, np.ndarray):
            return np.add(x, y, out=y)
        return x + y

    def backward(self, grad):
        return grad, grad

# %% wrong: minus_second
# mistake: the gradients of a difference
# rule: "The sum passes it on to both of its inputs"
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return grad, -grad

# %% wrong: doubled
# mistake: adds up the two gradients in each place
# rule: "The sum passes it on to both of its inputs: 14 for p, 14 for b."
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return grad + grad, grad + grad

# %% wrong: sum_of_grad
# mistake: sums the gradient over its entries, as for a bias
# rule: "the node works on each entry by itself"
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return grad, np.sum(grad)

# %% wrong: bias_sum_for_matrices
# mistake: sums rows for the second input of a matrix, as if y were a bias
# rule: "x, y and z have one shape."
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        if np.ndim(grad) == 2:
            return grad, grad.sum(axis=0)
        return grad, grad

# %% wrong: only_first
# mistake: second input gets nothing
# rule: "The sum passes it on to both of its inputs"
class Add:
    def forward(self, x, y):
        return x + y

    def backward(self, grad):
        return grad, 0.0

# %% wrong: floats_only
# mistake: float() fails for arrays
# rule: "Inputs may be numbers or arrays"
class Add:
    def forward(self, x, y):
        return float(x) + float(y)

    def backward(self, grad):
        return float(grad), float(grad)

# %% wrong: relu_like
# mistake: passes the gradient only where the input is above 0
# rule: "The sum passes it on to both of its inputs"
class Add:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x + y

    def backward(self, grad):
        return np.where(np.asarray(self.x) > 0, grad, 0.0), np.where(np.asarray(self.y) > 0, grad, 0.0)

# %% wrong: concatenates
# mistake: np.concatenate is no sum
# rule: "The function node z = x + y."
class Add:
    def forward(self, x, y):
        return np.concatenate([np.atleast_1d(x), np.atleast_1d(y)])

    def backward(self, grad):
        return grad, grad
