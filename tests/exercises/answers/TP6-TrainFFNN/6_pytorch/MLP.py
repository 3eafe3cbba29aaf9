# exercise: MLP

# %% right: sequential
# style: list of layers, nn.Sequential
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        couches = []
        for i in range(len(sizes) - 2):
            couches.append(nn.Linear(sizes[i], sizes[i + 1]))
            couches.append(nn.ReLU())
            couches.append(nn.Dropout(dropout))
        couches.append(nn.Linear(sizes[-2], sizes[-1]))
        self.net = nn.Sequential(*couches)

    def forward(self, x):
        return self.net(x)

# %% right: module_list
# style: nn.ModuleList with zip, torch.relu, one shared nn.Dropout
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.layers[-1](x)

# %% right: functional_dropout_with_training
# style: functional dropout with training=self.training, index test for the last layer
import torch.nn.functional as F

class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.p = dropout
        self.n = len(sizes) - 1
        for i in range(self.n):
            setattr(self, f"couche{i}", nn.Linear(sizes[i], sizes[i + 1]))

    def forward(self, x):
        for i in range(self.n):
            x = getattr(self, f"couche{i}")(x)
            if i < self.n - 1:
                x = F.dropout(F.relu(x), p=self.p, training=self.training)
        return x

# %% right: own_parameters
# style: weights as nn.Parameter in a ParameterList, clamp as ReLU, matrix product by hand
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.W, self.b = nn.ParameterList(), nn.ParameterList()
        for d, h in zip(sizes[:-1], sizes[1:]):
            self.W.append(nn.Parameter(torch.randn(h, d) / d**0.5))
            self.b.append(nn.Parameter(torch.zeros(h)))
        self.drop = nn.Dropout(p=dropout)

    def forward(self, x):
        dernier = len(self.W) - 1
        for i, (W, b) in enumerate(zip(self.W, self.b)):
            x = x @ W.T + b
            if i != dernier:
                x = self.drop(x.clamp(min=0))
        return x

# %% right: recursive
# style: recursion: first layer, then a smaller MLP
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.first = nn.Linear(sizes[0], sizes[1])
        self.rest = None
        if len(sizes) > 2:
            self.rest = nn.Sequential(nn.ReLU(), nn.Dropout(dropout), MLP(sizes[1:], dropout))

    def forward(self, x):
        x = self.first(x)
        if self.rest is None:
            return x
        return self.rest(x)

# %% right: dropout_modules_only_if_needed
# style: pop of the last modules, dropout module only if dropout > 0
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        modules = []
        for entree, sortie in zip(sizes, sizes[1:]):
            if modules:
                modules.append(nn.ReLU())
                if dropout > 0:
                    modules.append(nn.Dropout(dropout))
            modules.append(nn.Linear(entree, sortie))
        self.modele = nn.Sequential(*modules)

    def forward(self, x):
        return self.modele(x)

# %% right: dropout_by_hand
# style: the mask drawn with torch.rand in training mode only, scaled
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.dropout = dropout
        self.hidden = nn.ModuleList()
        for k in range(1, len(sizes) - 1):
            self.hidden.append(nn.Linear(sizes[k - 1], sizes[k]))
        self.out = nn.Linear(sizes[-2], sizes[-1])

    def forward(self, x):
        for couche in self.hidden:
            x = torch.maximum(couche(x), torch.zeros(()))
            if self.training and self.dropout > 0:
                garde = torch.rand_like(x) >= self.dropout
                x = x * garde / max(1 - self.dropout, 1e-12)
        return self.out(x)

# %% wrong: relu_at_the_end
# mistake: ReLU and dropout after the last layer too
# rule: "After the last layer: nothing."
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        layers = []
        for a, b in zip(sizes, sizes[1:]):
            layers += [nn.Linear(a, b), nn.ReLU(), nn.Dropout(dropout)]
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)

# %% wrong: softmax_at_the_end
# mistake: softmax as last layer
# rule: "After the last layer: nothing. `nn.CrossEntropyLoss` takes scores"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        layers = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            layers += [nn.Linear(a, b), nn.ReLU(), nn.Dropout(dropout)]
        self.net = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1]), nn.Softmax(dim=1))

    def forward(self, x):
        return self.net(x)

# %% wrong: log_softmax_at_the_end
# mistake: log-softmax in forward
# rule: "log-softmax belongs to the loss"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.layers[-1](x).log_softmax(dim=1)

# %% wrong: python_list
# mistake: layers in a Python list
# rule: "PyTorch finds the parameters ... but not those in a Python list"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.layers[-1](x)

# %% wrong: hidden_layers_in_a_python_list
# mistake: only the last layer is an attribute, the hidden ones are in a list
# rule: "PyTorch finds the parameters ... but not those in a Python list"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.hidden = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            self.hidden.append(nn.Sequential(nn.Linear(a, b), nn.ReLU(), nn.Dropout(dropout)))
        self.out = nn.Linear(sizes[-2], sizes[-1])

    def forward(self, x):
        for h in self.hidden:
            x = h(x)
        return self.out(x)

# %% wrong: dropout_in_a_python_list
# mistake: dropout modules in a list: eval() does not reach them
# rule: "probability that a hidden unit is set to 0 during training"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.drops = [nn.Dropout(dropout) for _ in sizes[1:-1]]

    def forward(self, x):
        for layer, drop in zip(self.layers, self.drops):
            x = drop(torch.relu(layer(x)))
        return self.layers[-1](x)

# %% wrong: functional_dropout_always
# mistake: F.dropout without training=self.training: active in evaluation mode
# rule: "probability that a hidden unit is set to 0 during training"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.p = dropout
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = nn.functional.dropout(torch.relu(layer(x)), self.p)
        return self.layers[-1](x)

# %% wrong: no_relu
# mistake: forgets the ReLU: one linear map
# rule: "Between the layers: ReLU, then dropout"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        layers = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            layers += [nn.Linear(a, b), nn.Dropout(dropout)]
        self.net = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1]))

    def forward(self, x):
        return self.net(x)

# %% wrong: no_dropout
# mistake: forgets the dropout
# rule: "Between the layers: ReLU, then dropout with probability `dropout`."
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = torch.relu(layer(x))
        return self.layers[-1](x)

# %% wrong: dropout_on_the_input
# mistake: dropout before each layer, the first one included
# rule: "Between the layers: ReLU, then dropout" / "a hidden unit is set to 0"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(self.dropout(x))
            if i < len(self.layers) - 1:
                x = torch.relu(x)
        return x

# %% wrong: dropout_on_the_scores
# mistake: dropout after the last layer
# rule: "After the last layer: nothing."
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.dropout(self.layers[-1](x))

# %% wrong: keep_probability
# mistake: takes dropout for the probability to keep a unit (old TensorFlow)
# rule: "dropout: probability that a hidden unit is set to 0 during training"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        layers = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            layers += [nn.Linear(a, b), nn.ReLU(), nn.Dropout(1 - dropout)]
        self.net = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1]))

    def forward(self, x):
        return self.net(x)

# %% wrong: dropout_argument_ignored
# mistake: nn.Dropout() without the argument: always 0.5
# rule: "dropout with probability `dropout`"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        layers = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            layers += [nn.Linear(a, b), nn.ReLU(), nn.Dropout()]
        self.net = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1]))

    def forward(self, x):
        return self.net(x)

# %% wrong: one_hidden_layer
# mistake: hard-coded: first size, second size, last size
# rule: "A multilayer perceptron of any depth"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.net = nn.Sequential(
            nn.Linear(sizes[0], sizes[1]), nn.ReLU(), nn.Dropout(dropout), nn.Linear(sizes[1], sizes[-1])
        )

    def forward(self, x):
        return self.net(x)

# %% wrong: last_layer_forgotten
# mistake: range(len(sizes) - 2): no layer of scores
# rule: "has one hidden layer of 32 units and gives 10 scores"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        layers = [nn.Identity()]
        for i in range(len(sizes) - 2):
            layers += [nn.Linear(sizes[i], sizes[i + 1]), nn.ReLU(), nn.Dropout(dropout)]
        self.net = nn.Sequential(*layers)

    def forward(self, x):
        return self.net(x)

# %% wrong: tanh
# mistake: tanh instead of ReLU
# rule: "Between the layers: ReLU"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        layers = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            layers += [nn.Linear(a, b), nn.Tanh(), nn.Dropout(dropout)]
        self.net = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1]))

    def forward(self, x):
        return self.net(x)

# %% wrong: relu_of_the_input
# mistake: ReLU before each layer, the first one included
# rule: "Between the layers: ReLU"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        x = self.layers[0](torch.relu(x))
        for layer in self.layers[1:]:
            x = layer(self.dropout(torch.relu(x)))
        return x

# %% wrong: layers_made_in_forward
# mistake: new layers in each forward pass
# rule: "PyTorch finds the parameters of modules that you store in `self`"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.sizes, self.p = sizes, dropout

    def forward(self, x):
        for i in range(len(self.sizes) - 1):
            x = nn.Linear(self.sizes[i], self.sizes[i + 1])(x)
            if i < len(self.sizes) - 2:
                x = nn.functional.dropout(torch.relu(x), self.p, self.training)
        return x

# %% wrong: no_bias
# mistake: layers without bias
# rule: "linear layers" (`x @ weight.T + bias`)
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        layers = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            layers += [nn.Linear(a, b, bias=False), nn.ReLU(), nn.Dropout(dropout)]
        self.net = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1], bias=False))

    def forward(self, x):
        return self.net(x)

# %% wrong: no_relu_before_the_last_layer
# mistake: off by one: the last hidden layer has neither ReLU nor dropout
# rule: "Between the layers: ReLU, then dropout"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for i, layer in enumerate(self.layers):
            x = layer(x)
            if i < len(self.layers) - 2:
                x = self.dropout(torch.relu(x))
        return x

# %% wrong: dropout_only_before_the_scores
# mistake: dropout once, after the last hidden layer only
# rule: "Between the layers: ReLU, then dropout"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        layers = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            layers += [nn.Linear(a, b), nn.ReLU()]
        self.net = nn.Sequential(*layers, nn.Dropout(dropout), nn.Linear(sizes[-2], sizes[-1]))

    def forward(self, x):
        return self.net(x)

# %% wrong: middle_layer_shared
# mistake: one layer object for all hidden layers of equal widths
# rule: "`sizes` lists the width of every layer"; a layer for each pair of widths
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        cache = {}
        layers = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            if (a, b) not in cache:
                cache[a, b] = nn.Linear(a, b)
            layers += [cache[a, b], nn.ReLU(), nn.Dropout(dropout)]
        self.net = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1]))

    def forward(self, x):
        return self.net(x)

# %% wrong: two_sizes_forgotten
# mistake: always one hidden layer of its own if there are only two sizes
# rule: "sizes: list of widths [D, H1, ..., K], two or more"
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        if len(sizes) == 2:
            sizes = [sizes[0], sizes[0], sizes[1]]
        layers = []
        for a, b in zip(sizes[:-2], sizes[1:-1]):
            layers += [nn.Linear(a, b), nn.ReLU(), nn.Dropout(dropout)]
        self.net = nn.Sequential(*layers, nn.Linear(sizes[-2], sizes[-1]))

    def forward(self, x):
        return self.net(x)

# %% right: module_list_again
# style: nn.ModuleList and a loop in forward
import torch
from torch import nn
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.layers[-1](x)

# %% right: sequential_again
# style: a list of modules, nn.Sequential
import torch
from torch import nn
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        modules = []
        for i in range(len(sizes) - 1):
            modules.append(nn.Linear(sizes[i], sizes[i + 1]))
            if i < len(sizes) - 2:
                modules += [nn.ReLU(), nn.Dropout(p=dropout)]
        self.net = nn.Sequential(*modules)

    def forward(self, x):
        return self.net(x)

# %% right: functional
# style: setattr of layers, F.relu and F.dropout with self.training
import torch
from torch import nn
import torch.nn.functional as F
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.p, self.n = dropout, len(sizes) - 1
        for k in range(self.n):
            setattr(self, f"couche{k}", nn.Linear(sizes[k], sizes[k + 1]))

    def forward(self, x):
        for k in range(self.n):
            x = getattr(self, f"couche{k}")(x)
            if k != self.n - 1:
                x = F.dropout(F.relu(x), self.p, training=self.training)
        return x

# %% right: recursive_pop
# style: Sequential built by insertion and last layer apart, clamp as ReLU
import torch
from torch import nn
class MLP(nn.Module):
    class Hidden(nn.Module):
        def __init__(self, d, h, p):
            super().__init__()
            self.linear, self.drop = nn.Linear(d, h), nn.Dropout(p)
        def forward(self, x):
            return self.drop(self.linear(x).clamp(min=0))
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        *hidden, last = list(zip(sizes[:-1], sizes[1:]))
        self.body = nn.Sequential(*[MLP.Hidden(d, h, dropout) for d, h in hidden])
        self.head = nn.Linear(*last)
    def forward(self, x):
        return self.head(self.body(x))

# %% wrong: python_list_again
# mistake: a Python list of layers: no parameters
# rule: "but not those in a Python list"
import torch
from torch import nn
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = [nn.Linear(a, b) for a, b in zip(sizes, sizes[1:])]
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.layers[-1](x)

# %% wrong: softmax_at_end
# mistake: a softmax after the last layer
# rule: "After the last layer: nothing."
import torch
from torch import nn
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return torch.softmax(self.layers[-1](x), dim=-1)

# %% wrong: no_relu_again
# mistake: no activation function
# rule: "Between the layers: ReLU, then dropout"
import torch
from torch import nn
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(layer(x))
        return self.layers[-1](x)

# %% wrong: relu_at_end
# mistake: ReLU after every layer
# rule: "After the last layer: nothing."
import torch
from torch import nn
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return torch.relu(self.layers[-1](x))

# %% wrong: dropout_at_end
# mistake: dropout on the scores too
# rule: "After the last layer: nothing."
import torch
from torch import nn
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.dropout(self.layers[-1](x))

# %% wrong: dropout_in_evaluation
# mistake: F.dropout without training=self.training
# rule: "probability that a hidden unit is set to 0 during training"
import torch
from torch import nn
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.p = dropout

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = nn.functional.dropout(torch.relu(layer(x)), self.p)
        return self.layers[-1](x)

# %% wrong: dropout_ignored
# mistake: fixed dropout of 0.5
# rule: "dropout with probability `dropout`"
import torch
from torch import nn
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in zip(sizes, sizes[1:]))
        self.dropout = nn.Dropout(0.5)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.layers[-1](x)

# %% wrong: always_two_layers
# mistake: only two layers: first and last width, one hidden
# rule: "of any depth is one class. `sizes` lists the width of every layer"
import torch
from torch import nn
class MLP(nn.Module):
    def __init__(self, sizes, dropout=0.0):
        super().__init__()
        self.layers = nn.ModuleList(nn.Linear(a, b) for a, b in [(sizes[0], sizes[1]), (sizes[1], sizes[-1])])
        self.dropout = nn.Dropout(dropout)

    def forward(self, x):
        for layer in self.layers[:-1]:
            x = self.dropout(torch.relu(layer(x)))
        return self.layers[-1](x)
