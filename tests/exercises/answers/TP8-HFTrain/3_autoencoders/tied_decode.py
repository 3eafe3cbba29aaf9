# exercise: tied_decode

# %% right: reversed_linear
# style: F.linear with transposed weights, ReLU before all layers but the first
def tied_decode(code, weights, biases):
    h = code
    for k, (w, b) in enumerate(zip(weights[::-1], biases)):
        h = F.linear(F.relu(h) if k else h, w.T, b)
    return h

# %% right: pop_from_copies
# style: takes from the end of a copy
def tied_decode(code, weights, biases):
    rest, own = list(weights), list(biases)
    while len(rest) > 1:
        code = torch.relu(torch.matmul(code, rest.pop()) + own.pop(0))
    return torch.matmul(code, rest[0]) + own[0]

# %% wrong: pops_the_list
# mistake: pop empties the caller's list
def tied_decode(code, weights, biases):
    i = 0
    while weights:
        code = code @ weights.pop() + biases[i]
        i += 1
        if weights:
            code = torch.relu(code)
    return code

# %% wrong: relu_at_the_end
# mistake: ReLU after the last layer too
def tied_decode(code, weights, biases):
    for w, b in zip(reversed(weights), biases):
        code = F.relu(code @ w + b)
    return code

# %% wrong: copies
# mistake: new tensors from the weights' data
def tied_decode(code, weights, biases):
    h = code
    for i, (w, b) in enumerate(zip(reversed(weights), biases)):
        layer = nn.Linear(w.shape[0], w.shape[1])
        layer.weight = nn.Parameter(w.t().clone())
        layer.bias = nn.Parameter(b.clone())
        h = layer(h if i == 0 else F.relu(h))
    return h

# %% wrong: forward_order
# mistake: weights from the first to the last
def tied_decode(code, weights, biases):
    for i in range(len(weights)):
        code = code @ weights[i].T + biases[i]
        if i < len(weights) - 1:
            code = F.relu(code)
    return code

# %% wrong: biases_reversed
# mistake: biases from the end as well
def tied_decode(code, weights, biases):
    n = len(weights)
    for i in range(n - 1, -1, -1):
        code = code @ weights[i] + biases[i]
        if i:
            code = F.relu(code)
    return code
