# exercise: backward

# %% right: plain
# style: dictionary of zeros, reversed order
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = grads[source] + g
    return grads

# %% right: french_indices
# style: French names, indices that run down, inner loop over positions, tests inputs instead of functions
def backward(inputs, functions, order):
    gradients = dict.fromkeys(order, 0.0)
    gradients[order[-1]] = 1.0
    for i in range(len(order) - 1, -1, -1):
        noeud = order[i]
        entrees = inputs[noeud]
        if len(entrees) == 0:
            continue
        sorties = functions[noeud].backward(gradients[noeud])
        for k in range(len(entrees)):
            gradients[entrees[k]] += sorties[k]
    return gradients

# %% right: collects_contributions
# style: collects lists of contributions, sums when the node is asked
def backward(inputs, functions, order):
    contributions = {name: [] for name in order}
    contributions[order[-1]].append(1.0)
    result = {}
    for name in order[::-1]:
        result[name] = sum(contributions[name], 0.0)
        if inputs[name]:
            for source, g in zip(inputs[name], functions[name].backward(result[name])):
                contributions[source].append(g)
    return result

# %% right: pull_from_users
# style: for each node, looks for its users (quadratic), keeps returned tuples
def backward(inputs, functions, order):
    answers = {}
    grads = {}
    for name in reversed(order):
        grad = 1.0 if name == order[-1] else 0.0
        for user, returned in answers.items():
            for source, g in zip(inputs[user], returned):
                if source == name:
                    grad = grad + g
        grads[name] = grad
        f = functions.get(name)
        if f is not None:
            answers[name] = f.backward(grad)
    return {name: grads[name] for name in order}

# %% right: skips_zero
# style: a node whose gradient is 0 sends nothing (saves the call); defaultdict
def backward(inputs, functions, order):
    from collections import defaultdict

    grads = defaultdict(float)
    grads[order[-1]] = 1.0
    todo = list(order)
    while todo:
        name = todo.pop()
        g = grads[name]
        if name not in functions or np.all(g == 0):
            continue
        for source, part in zip(inputs[name], functions[name].backward(g)):
            grads[source] += part
    return dict(grads)

# %% right: try_except_slice
# style: copies the list, try/except KeyError for leaves, float()
def backward(inputs, functions, order):
    ordre_inverse = order.copy()
    ordre_inverse.reverse()
    g = {}
    for n in ordre_inverse:
        g[n] = 0.0
    g[ordre_inverse[0]] = 1.0
    for n in ordre_inverse:
        try:
            fonction = functions[n]
        except KeyError:
            continue
        locaux = list(fonction.backward(g[n]))
        for s in inputs[n]:
            g[s] = g[s] + float(locaux.pop(0))
    return g

# %% wrong: overwrites
# mistake: = instead of +=
# rule: "A gradient is a sum over all users of a value."
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = g
    return grads

# %% wrong: not_reversed
# mistake: walks forward
# rule: "for each function node in reversed topological order"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in order:
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
    return grads

# %% wrong: passes_on_too_early
# mistake: a stack from the result: a node passes on each part as it comes, with the sum so far (counted twice)
# rule: "a node may pass its gradient on only when the sum is complete"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    stack = [order[-1]]
    while stack:
        name = stack.pop()
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
                stack.append(source)
    return grads

# %% wrong: breadth_first_once
# mistake: breadth first, each node once, in the order of discovery: the sum is not always complete
# rule: "a node may pass its gradient on only when the sum is complete; this is why the order is reversed"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    queue, seen = [order[-1]], {order[-1]}
    while queue:
        name = queue.pop(0)
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
                if source not in seen:
                    seen.add(source)
                    queue.append(source)
    return grads

# %% wrong: unreached_missing
# mistake: nodes without influence are not in the result
# rule: "Returns a dictionary with the gradient of every name of `order`; 0.0 for a node without influence."
def backward(inputs, functions, order):
    grads = {order[-1]: 1.0}
    for name in reversed(order):
        if name in functions and name in grads:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = grads.get(source, 0.0) + g
    return grads

# %% wrong: unreached_none
# mistake: None instead of 0.0 for a node without influence
# rule: "0.0 for a node without influence"
def backward(inputs, functions, order):
    grads = {name: None for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions and grads[name] is not None:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = g if grads[source] is None else grads[source] + g
    return grads

# %% wrong: reverses_in_place
# mistake: order.reverse() changes the list of the caller
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    order.reverse()
    for name in order:
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
    return grads

# %% wrong: pops_order
# mistake: empties the list order
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    while order:
        name = order.pop()
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
    return grads

# %% wrong: same_input_twice
# mistake: a dictionary source -> gradient loses one of two gradients when an input stands twice
# rule: "a tuple with one gradient for each of inputs[name]" / "Where a value is used several times, its gradients add up."
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            parts = dict(zip(inputs[name], functions[name].backward(grads[name])))
            for source in parts:
                grads[source] += parts[source]
    return grads

# %% wrong: index_of_source
# mistake: inputs[name].index(source) always finds the first place; wrong when the two gradients of one input differ
# rule: "a tuple with one gradient for each of inputs[name]"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            parts = functions[name].backward(grads[name])
            for source in inputs[name]:
                grads[source] += parts[inputs[name].index(source)]
    return grads

# %% wrong: two_inputs_only
# mistake: unpacks two gradients; a node of one input fails
# rule: "functions[name].backward(grad) returns a tuple with one gradient for each of inputs[name]"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            g1, g2 = functions[name].backward(grads[name])
            a, b = inputs[name]
            grads[a] += g1
            grads[b] += g2
    return grads

# %% wrong: one_or_two_inputs
# mistake: cases for one and two inputs; the third input of a node gets nothing
# rule: "one gradient for each of inputs[name]"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            parts = functions[name].backward(grads[name])
            grads[inputs[name][0]] += parts[0]
            if len(inputs[name]) > 1:
                grads[inputs[name][1]] += parts[1]
    return grads

# %% wrong: only_leaves
# mistake: gives the leaves only
# rule: "Returns a dictionary with the gradient of every name of `order`"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
    return {name: grads[name] for name in order if not inputs[name]}

# %% wrong: all_start_at_one
# mistake: every gradient starts at 1
# rule: "Every gradient starts at 0.0, that of the result (the last node of `order`) at 1.0."
def backward(inputs, functions, order):
    grads = {name: 1.0 for name in order}
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
    return grads

# %% wrong: dictionary_order
# mistake: uses the order of the dictionary `inputs` instead of `order`
# rule: "order: list of all names, each after its inputs; the last is the result"
def backward(inputs, functions, order):
    names = list(inputs)
    grads = {name: 0.0 for name in names}
    grads[names[-1]] = 1.0
    for name in reversed(names):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
    return grads

# %% wrong: functions_order
# mistake: walks through the dictionary `functions` backwards
# rule: "for each function node in reversed topological order"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name, node in reversed(list(functions.items())):
        for source, g in zip(inputs[name], node.backward(grads[name])):
            grads[source] += g
    return grads

# %% wrong: break_at_first_leaf
# mistake: break instead of continue at a leaf
# rule: "gradient of the result with respect to every node"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name not in functions:
            break
        for source, g in zip(inputs[name], functions[name].backward(grads[name])):
            grads[source] += g
    return grads

# %% wrong: averages
# mistake: mean over the users
# rule: "the effects add up"
def backward(inputs, functions, order):
    grads = {name: [] for name in order}
    grads[order[-1]] = [1.0]
    for name in reversed(order):
        if name in functions and grads[name]:
            for source, g in zip(inputs[name], functions[name].backward(np.mean(grads[name]))):
                grads[source].append(g)
    return {name: float(np.mean(v)) if v else 0.0 for name, v in grads.items()}

# %% wrong: result_twice
# mistake: adds 1 to each node without users, also to nodes that are not the result
# rule: "Every gradient starts at 0.0, that of the result (the last node of `order`) at 1.0."
def backward(inputs, functions, order):
    used = {source for sources in inputs.values() for source in sources}
    grads = {name: 0.0 if name in used else 1.0 for name in order}
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
    return grads

# %% wrong: kept_over_calls
# mistake: default dictionary is kept over calls and gradients pile up
# rule: "Every gradient starts at 0.0"
def backward(inputs, functions, order, grads={}):
    for name in order:
        grads.setdefault(name, 0.0)
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
    return dict(grads)

# %% wrong: passes_one
# mistake: always calls backward(1.0): local gradients are not multiplied along the chain
# rule: "functions[name].backward(grad)" with grad = dl/dz, the gradient of the node
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(1.0)):
                grads[source] += g
    return grads

# %% wrong: skips_the_result
# mistake: order[-2::-1] leaves out the result node
# rule: "for each function node in reversed topological order: backward propagation"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in order[-2::-1]:
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += g
    return grads

# %% wrong: leaf_asked
# mistake: asks every node, KeyError for a leaf
# rule: "functions: dictionary, the function node of each name that is not a leaf"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        for source, g in zip(inputs[name], functions[name].backward(grads[name])):
            grads[source] += g
    return grads

# %% wrong: integer_gradients
# mistake: rounds to int
# rule: "NumPy only, float64."
def backward(inputs, functions, order):
    grads = {name: 0 for name in order}
    grads[order[-1]] = 1
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] += int(g)
    return grads

# %% right: reversed_loop
# style: dictionary comprehension and a loop over reversed(order)
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = grads[source] + g
    return grads

# %% right: fromkeys_index
# style: dict.fromkeys, indices, test on inputs
def backward(inputs, functions, order):
    gradients = dict.fromkeys(order, 0.0)
    gradients[order[-1]] = 1.0
    for i in range(len(order) - 1, -1, -1):
        noeud = order[i]
        entrees = inputs[noeud]
        if not entrees:
            continue
        retour = functions[noeud].backward(gradients[noeud])
        for j in range(len(entrees)):
            gradients[entrees[j]] = gradients[entrees[j]] + retour[j]
    return gradients

# %% right: pull_from_users_again
# style: contributions collected in lists, summed when a node's turn comes
def backward(inputs, functions, order):
    arrived = {name: [] for name in order}
    arrived[order[-1]].append(1.0)
    result = {}
    for name in order[::-1]:
        result[name] = sum(arrived[name], 0.0)
        if len(inputs[name]) > 0:
            for source, g in zip(inputs[name], functions[name].backward(result[name]), strict=True):
                arrived[source].append(g)
    return {name: result[name] for name in order}

# %% right: recursive
# style: recursion over the rest of the order
def backward(inputs, functions, order):
    grad = {n: (1.0 if n == order[-1] else 0.0) for n in order}
    def walk(k):
        if k < 0:
            return grad
        n = order[k]
        if n in functions:
            parts = functions[n].backward(grad[n])
            for s, part in zip(inputs[n], parts):
                grad[s] = part + grad[s]
        return walk(k - 1)
    return walk(len(order) - 1)

# %% wrong: overwrites_again
# mistake: = instead of +=
# rule: "A gradient is a sum over all users of a value."
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = g
    return grads

# %% wrong: forward_order
# mistake: walks in the order, not reversed
# rule: "for each function node in reversed topological order: backward propagation"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in order:
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = grads[source] + g
    return grads

# %% wrong: all_ones
# mistake: every gradient starts at 1
# rule: "Every gradient starts at 0.0, that of the result ... at 1.0."
def backward(inputs, functions, order):
    grads = {name: 1.0 for name in order}
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = grads[source] + g
    return grads

# %% wrong: only_reached
# mistake: nodes without influence are missing in the result
# rule: "Returns a dictionary with the gradient of every name of `order`; 0.0 for a node without influence."
def backward(inputs, functions, order):
    grads = {order[-1]: 1.0}
    for name in reversed(order):
        if name in functions and name in grads:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = grads.get(source, 0.0) + g
    return grads

# %% wrong: dict_of_contributions
# mistake: dict(zip(inputs, grads)): a node that is used twice by ONE function keeps only the last one
# rule: "A gradient is a sum over all users of a value." (one gradient for each of inputs[name])
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            parts = dict(zip(inputs[name], functions[name].backward(grads[name])))
            for source, g in parts.items():
                grads[source] = grads[source] + g
    return grads

# %% wrong: leaves_only
# mistake: returns the gradients of the leaves only
# rule: "Returns a dictionary with the gradient of every name of `order`"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    for name in reversed(order):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = grads[source] + g
    return {name: g for name, g in grads.items() if not inputs[name]}

# %% wrong: depth_first
# mistake: passes each contribution on at once and adds the passed-on total again
# rule: "a node may pass its gradient on only when the sum is complete"
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    def push(name):
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = grads[source] + g
                push(source)
    push(order[-1])
    return grads

# %% wrong: order_reversed_in_place
# mistake: order.reverse() changes the argument
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def backward(inputs, functions, order):
    grads = {name: 0.0 for name in order}
    grads[order[-1]] = 1.0
    order.reverse()
    for name in order:
        if name in functions:
            for source, g in zip(inputs[name], functions[name].backward(grads[name])):
                grads[source] = grads[source] + g
    return grads
