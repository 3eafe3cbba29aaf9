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

# %% right: reversed_zip
# style: reversed and zip, ReLU before each layer but the first
def tied_decode(code, weights, biases):
    h = code
    for k, (weight, bias) in enumerate(zip(reversed(weights), biases)):
        h = (torch.relu(h) if k else h) @ weight + bias
    return h

# %% right: recursion
# style: recursion, peels off the last weight and the first bias
def tied_decode(code, weights, biases):
    out = torch.matmul(code, weights[-1]) + biases[0]
    if len(weights) == 1:
        return out
    return tied_decode(out.clamp(min=0), weights[:-1], biases[1:])

# %% right: f_linear
# style: F.linear with the transposed weight, negative indices, early return
def tied_decode(code, weights, biases):
    n = len(biases)
    for k in range(n):
        code = F.linear(code, weights[n - 1 - k].t(), biases[k])
        if k == n - 1:
            return code
        code = F.relu(code)

# %% right: einsum_where
# style: einsum, ReLU by torch.where, iterators
def tied_decode(code, weights, biases):
    back = iter(weights[::-1])
    first, *others = biases
    h = torch.einsum("bi,io->bo", code, next(back)) + first
    for W, b in zip(back, others, strict=True):
        h = torch.where(h > 0, h, torch.zeros_like(h))
        h = torch.einsum("bi,io->bo", h, W) + b
    return h

# %% wrong: relu_at_the_end_2
# mistake: ReLU after the last layer
# rule: "not before the first, not after the last"
def tied_decode(code, weights, biases):
    h = code
    for weight, bias in zip(weights[::-1], biases):
        h = torch.relu(h @ weight + bias)
    return h

# %% wrong: relu_on_the_code
# mistake: ReLU before the first layer
# rule: "not before the first, not after the last"
def tied_decode(code, weights, biases):
    h = code
    for weight, bias in zip(weights[::-1], biases):
        h = torch.relu(h) @ weight + bias
    return h

# %% wrong: no_relu
# mistake: linear all the way
# rule: "ReLU stands between the layers"
def tied_decode(code, weights, biases):
    h = code
    for weight, bias in zip(weights[::-1], biases):
        h = h @ weight + bias
    return h

# %% wrong: order_of_the_encoder
# mistake: takes the weights in the encoder's order
# rule: "`weights` are those of the encoder's layers, in the **encoder's** order"
def tied_decode(code, weights, biases):
    h = code
    for k, (weight, bias) in enumerate(zip(weights, biases)):
        h = (torch.relu(h) if k else h) @ weight + bias
    return h

# %% wrong: biases_reversed_too
# mistake: turns the biases round as well
# rule: "`biases` are the decoder's own, in the **decoder's** order"
def tied_decode(code, weights, biases):
    h = code
    for k, (weight, bias) in enumerate(zip(weights[::-1], biases[::-1])):
        h = (torch.relu(h) if k else h) @ weight + bias
    return h

# %% wrong: not_transposed
# mistake: F.linear with the weight as it is
# rule: "the decoder goes back with the same matrix, transposed: `h @ weight + bias`"
def tied_decode(code, weights, biases):
    h = code
    for k, (weight, bias) in enumerate(zip(weights[::-1], biases)):
        h = F.linear(torch.relu(h) if k else h, weight, bias)
    return h

# %% wrong: weights_detached
# mistake: the decoder only borrows the weights
# rule: "The weights are used as they are, not copied: gradients reach them"
def tied_decode(code, weights, biases):
    h = code
    for k, (weight, bias) in enumerate(zip(weights[::-1], biases)):
        h = (torch.relu(h) if k else h) @ weight.detach() + bias
    return h

# %% wrong: copied_into_new_layers
# mistake: makes nn.Linear layers and copies the weights into them
# rule: "The weights are used as they are, not copied: gradients reach them, the biases and the code."
def tied_decode(code, weights, biases):
    h = code
    for k, (weight, bias) in enumerate(zip(weights[::-1], biases)):
        layer = nn.Linear(*weight.shape)
        with torch.no_grad():
            layer.weight.copy_(weight.T)
            layer.bias.copy_(bias)
        h = layer(torch.relu(h) if k else h)
    return h

# %% wrong: list_reversed_in_place
# mistake: weights.reverse()
# rule: "Do not change what you are given"
def tied_decode(code, weights, biases):
    weights.reverse()
    h = code
    for k, (weight, bias) in enumerate(zip(weights, biases)):
        h = (torch.relu(h) if k else h) @ weight + bias
    return h

# %% wrong: sigmoid_between
# mistake: sigmoid instead of ReLU
# rule: "ReLU stands between the layers"
def tied_decode(code, weights, biases):
    h = code
    for k, (weight, bias) in enumerate(zip(weights[::-1], biases)):
        h = (torch.sigmoid(h) if k else h) @ weight + bias
    return h

# %% wrong: two_layers_only
# mistake: written for the network of the example
# rule: "list of the encoder's weights [(H, D), ..., (L, H)]; one or more"
def tied_decode(code, weights, biases):
    first, second = weights
    return torch.relu(code @ second + biases[0]) @ first + biases[1]

# %% wrong: last_bias_forgotten
# mistake: the last layer without its bias
# rule: "the last one has D values"
def tied_decode(code, weights, biases):
    h = code
    for k in range(len(weights) - 1):
        h = torch.relu(h @ weights[-1 - k] + biases[k])
    return h @ weights[0]

# %% wrong: code_in_place
# mistake: clears negative values in place, in the code as well
# rule: "Do not change what you are given"
def tied_decode(code, weights, biases):
    h = code
    for k, (weight, bias) in enumerate(zip(weights[::-1], biases)):
        new = (torch.relu(h) if k else h) @ weight + bias
        h.data.clamp_(min=0)
        h = new
    return h
