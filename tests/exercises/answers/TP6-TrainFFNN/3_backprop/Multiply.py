# exercise: Multiply

# %% right: plain
# style: the plain one, self.x and self.y
class Multiply:
    def forward(self, x, y):
        self.x = x
        self.y = y
        return x * y

    def backward(self, grad):
        return grad * self.y, grad * self.x

# %% right: french_names_with_init
# style: __init__ with None, French names, tuple built first
class Multiply:
    """Noeud produit."""

    def __init__(self):
        self.gauche = None
        self.droite = None

    def forward(self, x, y):
        self.gauche, self.droite = x, y
        resultat = self.gauche * self.droite
        return resultat

    def backward(self, grad):
        grad_gauche = self.droite * grad
        grad_droite = self.gauche * grad
        couple = (grad_gauche, grad_droite)
        return couple

# %% right: arrays_always
# style: converts everything to float arrays with np.array copies, np.multiply
class Multiply:
    def forward(self, x, y):
        self.saved = (np.array(x, dtype=float), np.array(y, dtype=float))
        return np.multiply(*self.saved)

    def backward(self, grad):
        x, y = self.saved
        return np.multiply(grad, y), np.multiply(grad, x)

# %% right: keeps_local_gradients_in_dict
# style: stores a dictionary of local gradients, tuple of a generator
class Multiply:
    def forward(self, x, y):
        self.local = {"x": y, "y": x}
        return y * x

    def backward(self, grad):
        return tuple(grad * self.local[name] for name in ("x", "y"))

# %% right: stack_and_flip
# style: keeps one stacked array and flips it
class Multiply:
    def forward(self, x, y):
        self.inputs = np.stack([np.asarray(x, float), np.asarray(y, float)])
        return self.inputs.prod(axis=0)

    def backward(self, grad):
        gx, gy = self.inputs[::-1] * grad
        return (gx, gy)

# %% right: lambda_closure
# style: keeps a closure that computes the gradients
class Multiply:
    def forward(self, x, y):
        self.slopes = lambda g: (g * y, g * x)
        return x * y

    def backward(self, grad):
        return self.slopes(grad)

# %% wrong: swapped
# mistake: gives grad * x for x and grad * y for y
# rule: "one gradient per input, in the order of the inputs"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        return grad * self.x, grad * self.y

# %% wrong: forgets_grad
# mistake: returns the local gradients only
# rule: "Backward gets dl/dz from the nodes after it and returns dl/dz dz/dx and dl/dz dz/dy"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        return self.y, self.x

# %% wrong: returns_list
# mistake: a list, not a tuple
# rule: "`backward` returns a tuple with one gradient per input"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        return [grad * self.y, grad * self.x]

# %% wrong: returns_array
# mistake: an array with the two gradients, not a tuple
# rule: "`backward` returns a tuple with one gradient per input"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        return np.array([grad * self.y, grad * self.x])

# %% wrong: dot_product
# mistake: np.dot mixes the entries of arrays
# rule: "the node works on each entry by itself"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.dot(x, y)

    def backward(self, grad):
        return grad * self.y, grad * self.x

# %% wrong: matmul_backward
# mistake: matrix products in the backward pass, as in a layer (numbers handled apart)
# rule: "the node works on each entry by itself"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        if np.ndim(grad) == 2:
            return grad @ np.transpose(self.y), np.transpose(self.x) @ grad
        return grad * self.y, grad * self.x

# %% wrong: state_in_class
# mistake: keeps the inputs in the class, so all nodes share them
# rule: "forward must keep (store in `self`) what backward needs"
class Multiply:
    def forward(self, x, y):
        Multiply.x, Multiply.y = x, y
        return x * y

    def backward(self, grad):
        return grad * Multiply.y, grad * Multiply.x

# %% wrong: shared_list_in_class
# mistake: a class attribute list that all nodes share
# rule: "forward must keep (store in `self`) what backward needs"
class Multiply:
    kept = [None, None]

    def forward(self, x, y):
        self.kept[0] = x
        self.kept[1] = y
        return x * y

    def backward(self, grad):
        return grad * self.kept[1], grad * self.kept[0]

# %% wrong: global_state
# mistake: global variables instead of self
# rule: "forward must keep (store in `self`) what backward needs"
class Multiply:
    def forward(self, x, y):
        global last_x, last_y
        last_x, last_y = x, y
        return x * y

    def backward(self, grad):
        return grad * last_y, grad * last_x

# %% wrong: forward_in_place
# mistake: x *= y changes the array of the caller, and the kept x is then z
# rule: "Do not change the arrays, lists and dictionaries that you are given."
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        x *= y
        return x

    def backward(self, grad):
        return grad * self.y, grad * self.x

# %% wrong: grad_in_place
# mistake: grad *= y changes the given gradient; the second gradient is wrong for arrays
# rule: "Do not change the arrays, lists and dictionaries that you are given."
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        gy = grad * self.x
        grad *= self.y
        return grad, gy

# %% wrong: divides_the_result
# mistake: keeps z and x and gets y as z / x: nan where x is 0
# rule: "From dl/dz to the tuple (dl/dx, dl/dy)" - dl/dz dz/dx for any x, also 0
class Multiply:
    def forward(self, x, y):
        self.x = np.asarray(x, float)
        self.z = self.x * y
        return self.z

    def backward(self, grad):
        return grad * self.z / self.x, grad * self.x

# %% wrong: numbers_only
# mistake: float() of the inputs, arrays fail
# rule: "Inputs may be numbers or arrays"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = float(x), float(y)
        return self.x * self.y

    def backward(self, grad):
        return float(grad) * self.y, float(grad) * self.x

# %% wrong: arrays_only
# mistake: uses .copy() and .shape, fails for plain numbers
# rule: "Inputs may be numbers or arrays"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x.copy(), y.copy()
        return x * y

    def backward(self, grad):
        return grad * self.y, grad * self.x

# %% wrong: sums_the_gradient
# mistake: sums over the entries
# rule: "the node works on each entry by itself"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        return np.sum(grad * self.y), np.sum(grad * self.x)

# %% wrong: same_for_both
# mistake: copy and paste: grad * y twice
# rule: "From dl/dz to the tuple (dl/dx, dl/dy)."
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        return grad * self.y, grad * self.y

# %% wrong: keeps_only_first_call
# mistake: keeps the inputs of the first forward pass for ever
# rule: "Keep what backward needs"
class Multiply:
    def forward(self, x, y):
        if not hasattr(self, "x"):
            self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        return grad * self.y, grad * self.x

# %% wrong: one_gradient
# mistake: the sum of both gradients as the only one
# rule: "a tuple with one gradient per input"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        return (grad * self.y + grad * self.x,)

# %% wrong: forward_returns_nothing
# mistake: stores z but does not return it
# rule: "Keep what backward needs; return z."
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        self.z = x * y

    def backward(self, grad):
        return grad * self.y, grad * self.x

# %% wrong: sign_of_grad
# mistake: only the sign of the gradient arrives
# rule: "returns dl/dz dz/dx"
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        return np.sign(grad) * self.y, np.sign(grad) * self.x

# %% wrong: integers
# mistake: an integer result array cuts the digits behind the point
# rule: "NumPy only, float64."
class Multiply:
    def forward(self, x, y):
        self.x, self.y = x, y
        return np.array(x * y, dtype=int)

    def backward(self, grad):
        return grad * self.y, grad * self.x

# %% wrong: accumulates
# mistake: adds to the gradients of earlier backward calls
# rule: "returns dl/dz dz/dx and dl/dz dz/dy"
class Multiply:
    def __init__(self):
        self.gx, self.gy = 0.0, 0.0

    def forward(self, x, y):
        self.x, self.y = x, y
        return x * y

    def backward(self, grad):
        self.gx = self.gx + grad * self.y
        self.gy = self.gy + grad * self.x
        return self.gx, self.gy
