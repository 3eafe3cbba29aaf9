# exercise: Square

# %% right: plain
# style: keeps x
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        return (2 * self.x * grad,)

# %% right: keeps_the_slope
# style: computes the local gradient already in forward
class Square:
    def forward(self, x):
        self.pente = x + x
        return x * x

    def backward(self, grad):
        return tuple([grad * self.pente])

# %% right: np_square
# style: arrays and np functions, copy of x
class Square:
    def __init__(self):
        self._x = None

    def forward(self, x):
        self._x = np.array(x, dtype=float)
        return np.square(self._x)

    def backward(self, grad):
        result = np.multiply(2.0, self._x)
        result = result * np.asarray(grad)
        return (result,)

# %% right: uses_multiply
# style: a Multiply node inside, adds the two gradients
class Square:
    def forward(self, x):
        self.produit = Multiply()
        return self.produit.forward(x, x)

    def backward(self, grad):
        g1, g2 = self.produit.backward(grad)
        return (g1 + g2,)

# %% right: tuple_trailing_comma
# style: return with trailing comma without brackets, keeps the context in a list made anew
class Square:
    def forward(self, x):
        self.ctx = [x]
        return np.power(x, 2)

    def backward(self, grad):
        (x,) = self.ctx
        return grad * 2.0 * x,

# %% wrong: no_factor_two
# mistake: slope x
# rule: "f = s^2 has the slope 2 s = 14 in s"
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        return (self.x * grad,)

# %% wrong: no_tuple
# mistake: forgets the comma
# rule: "One input, so a tuple of one gradient: in Python `(g,)`, with the comma."
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        return (2 * self.x * grad)

# %% wrong: list
# mistake: list of one
# rule: "a tuple of one gradient"
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        return [2 * self.x * grad]

# %% wrong: two_gradients
# mistake: returns two gradients for one input
# rule: "One input, so a tuple of one gradient"
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        return self.x * grad, self.x * grad

# %% wrong: forgets_grad
# mistake: local gradient only
# rule: "multiplies the gradient that arrives by its local gradients"
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        return (2 * self.x,)

# %% wrong: keeps_z
# mistake: keeps the result instead of the input
# rule: "f = s^2 has the slope 2 s"
class Square:
    def forward(self, x):
        self.z = x**2
        return self.z

    def backward(self, grad):
        return (2 * self.z * grad,)

# %% wrong: root_of_z
# mistake: gets x back as the root of z, wrong sign for negative x
# rule: "f = s^2 has the slope 2 s"
class Square:
    def forward(self, x):
        self.z = np.square(x)
        return self.z

    def backward(self, grad):
        return (2 * np.sqrt(self.z) * grad,)

# %% wrong: in_place
# mistake: x *= x changes the array given and the kept x
# rule: "Do not change the arrays, lists and dictionaries that you are given."
class Square:
    def forward(self, x):
        self.x = x
        x *= x
        return x

    def backward(self, grad):
        return (2 * self.x * grad,)

# %% wrong: in_place_but_right_slope
# mistake: right gradients, but the array of the caller is changed
# rule: "Do not change the arrays, lists and dictionaries that you are given."
class Square:
    def forward(self, x):
        self.slope = 2 * x
        x **= 2
        return x

    def backward(self, grad):
        return (self.slope * grad,)

# %% wrong: grad_in_place
# mistake: changes grad
# rule: "Do not change the arrays, lists and dictionaries that you are given."
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        grad *= 2 * self.x
        return (grad,)

# %% wrong: dot
# mistake: scalar product of the array with itself
# rule: "return z, of the shape of x"
class Square:
    def forward(self, x):
        self.x = x
        return np.dot(x, x)

    def backward(self, grad):
        return (2 * self.x * grad,)

# %% wrong: matmul_for_square_matrices
# mistake: matrix power for a 2-D array
# rule: "the node works on each entry by itself"
class Square:
    def forward(self, x):
        self.x = x
        if np.ndim(x) == 2:
            return x @ x.T
        return x**2

    def backward(self, grad):
        return (2 * self.x * grad,)

# %% wrong: grad_squared
# mistake: squares the gradient instead
# rule: "f = s^2 has the slope 2 s"
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        return (grad**2,)

# %% wrong: constant_slope
# mistake: 2 * grad, forgets x
# rule: "f = s^2 has the slope 2 s"
class Square:
    def forward(self, x):
        return x**2

    def backward(self, grad):
        return (2 * grad,)

# %% wrong: class_state
# mistake: kept in the class, shared by all nodes
# rule: "forward must keep (store in `self`) what backward needs"
class Square:
    def forward(self, x):
        Square.x = x
        return x**2

    def backward(self, grad):
        return (2 * Square.x * grad,)

# %% wrong: stale_list
# mistake: appends to a list and reads the first entry: a second forward is ignored
# rule: "Keep what backward needs"
class Square:
    def __init__(self):
        self.kept = []

    def forward(self, x):
        self.kept.append(x)
        return x**2

    def backward(self, grad):
        return (2 * self.kept[0] * grad,)

# %% wrong: absolute
# mistake: slope 2|x|
# rule: "f = s^2 has the slope 2 s"
class Square:
    def forward(self, x):
        self.x = np.abs(x)
        return self.x**2

    def backward(self, grad):
        return (2 * self.x * grad,)

# %% wrong: z_over_x
# mistake: 2 z / x is nan at 0
# rule: "f = s^2 has the slope 2 s"
class Square:
    def forward(self, x):
        self.x = np.asarray(x, float)
        self.z = self.x**2
        return self.z

    def backward(self, grad):
        return (grad * 2 * self.z / self.x,)

# %% wrong: adds_instead_of_multiplies
# mistake: grad + slope
# rule: "This multiplication is the chain rule"
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        return (grad + 2 * self.x,)

# %% wrong: summed
# mistake: sums the gradient over the entries
# rule: "the node works on each entry by itself"
class Square:
    def forward(self, x):
        self.x = x
        return x**2

    def backward(self, grad):
        return (np.sum(2 * self.x * grad),)

# %% wrong: twice_x_forward
# mistake: forward doubles
# rule: "The function node z = x ** 2."
class Square:
    def forward(self, x):
        self.x = x
        return x * 2

    def backward(self, grad):
        return (2 * self.x * grad,)

# %% wrong: number_only
# mistake: math.pow and float, no arrays
# rule: "Inputs may be numbers or arrays"
class Square:
    def forward(self, x):
        self.x = float(x)
        return self.x**2

    def backward(self, grad):
        return (2 * self.x * float(grad),)
