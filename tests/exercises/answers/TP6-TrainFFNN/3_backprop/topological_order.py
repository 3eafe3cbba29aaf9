# exercise: topological_order

# %% right: kahn
# style: counts missing inputs, a stack of ready nodes
def topological_order(inputs):
    missing = {name: len(sources) for name, sources in inputs.items()}
    users = {name: [] for name in inputs}
    for name, sources in inputs.items():
        for source in sources:
            users[source].append(name)
    ready = [name for name, n in missing.items() if n == 0]
    order = []
    while ready:
        name = ready.pop()
        order.append(name)
        for user in users[name]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return order

# %% right: stack_with_visits
# style: depth first with an own stack, no recursion
def topological_order(inputs):
    ordre, faits = [], set()
    for depart in inputs:
        pile = [depart]
        while pile:
            noeud = pile[-1]
            manquants = [s for s in inputs[noeud] if s not in faits]
            if manquants:
                pile.extend(manquants)
            else:
                pile.pop()
                if noeud not in faits:
                    faits.add(noeud)
                    ordre.append(noeud)
    return ordre

# %% right: deque_sets
# style: collections.deque, sets of inputs (each input once)
def topological_order(inputs):
    from collections import defaultdict, deque

    waiting = {name: set(sources) for name, sources in inputs.items()}
    users = defaultdict(list)
    for name, sources in waiting.items():
        for s in sources:
            users[s].append(name)
    queue = deque(name for name in inputs if not waiting[name])
    result = []
    while queue:
        name = queue.popleft()
        result.append(name)
        for user in users[name]:
            waiting[user].discard(name)
            if not waiting[user]:
                queue.append(user)
    return result

# %% wrong: graphlib
# mistake: the standard library's TopologicalSorter does the exercise
# decided: the text now says that `graphlib` is not allowed
def topological_order(inputs):
    from graphlib import TopologicalSorter

    return list(TopologicalSorter(inputs).static_order())

# %% right: iterators_on_stack
# style: depth first with a stack of iterators
def topological_order(inputs):
    seen, order = set(), []
    for root in inputs:
        if root in seen:
            continue
        seen.add(root)
        stack = [(root, iter(inputs[root]))]
        while stack:
            name, sources = stack[-1]
            for source in sources:
                if source not in seen:
                    seen.add(source)
                    stack.append((source, iter(inputs[source])))
                    break
            else:
                order.append(name)
                stack.pop()
    return order

# %% right: passes_with_set
# style: goes through the nodes again and again and appends what is ready (quadratic, with a set)
def topological_order(inputs):
    order, done = [], set()
    rest = list(inputs)
    while rest:
        later = []
        for name in rest:
            if done.issuperset(inputs[name]):
                order.append(name)
                done.add(name)
            else:
                later.append(name)
        rest = later
    return order

# %% wrong: recursive
# mistake: the textbook's recursion: stops at about 1,000 nodes in a chain
# rule: "Python stops at about 1,000 calls inside each other ... A recursive answer earns half of the points."
def topological_order(inputs):
    order, seen = [], set()

    def visit(name):
        if name in seen:
            return
        seen.add(name)
        for source in inputs[name]:
            visit(source)
        order.append(name)

    for name in inputs:
        visit(name)
    return order

# %% wrong: recursive_generator
# mistake: recursion hidden in a generator
# rule: "a recurrent network over a long text is a chain of thousands of nodes"
def topological_order(inputs):
    seen = set()

    def walk(name):
        if name not in seen:
            seen.add(name)
            for source in inputs[name]:
                yield from walk(source)
            yield name

    return [name for start in inputs for name in walk(start)]

# %% wrong: as_given
# mistake: the order of the dictionary
# rule: "each after its inputs"
def topological_order(inputs):
    return list(inputs)

# %% wrong: reversed_dictionary
# mistake: the dictionary backwards (right for graphs listed from the result)
# rule: "each after its inputs"
def topological_order(inputs):
    return list(reversed(list(inputs)))

# %% wrong: leaves_first
# mistake: leaves, then the rest as given
# rule: "A node is ready when all its inputs are in the list."
def topological_order(inputs):
    return [n for n in inputs if not inputs[n]] + [n for n in inputs if inputs[n]]

# %% wrong: sorted_names
# mistake: sorted by name
# rule: "each after its inputs"
def topological_order(inputs):
    return sorted(inputs)

# %% wrong: by_number_of_inputs
# mistake: sorted by the number of inputs
# rule: "A node is ready when all its inputs are in the list."
def topological_order(inputs):
    return sorted(inputs, key=lambda name: len(inputs[name]))

# %% wrong: from_the_result
# mistake: only nodes that the last one of the dictionary needs
# rule: "Every node of the dictionary must be in the list, once, also those that the result does not need."
def topological_order(inputs):
    result = list(inputs)[-1]
    order, done, stack = [], set(), [result]
    while stack:
        name = stack[-1]
        todo = [s for s in inputs[name] if s not in done]
        if todo:
            stack.extend(todo)
        else:
            stack.pop()
            if name not in done:
                done.add(name)
                order.append(name)
    return order

# %% wrong: isolated_lost
# mistake: only nodes that are used or use others: isolated nodes are lost
# rule: "Every node of the dictionary must be in the list"
def topological_order(inputs):
    missing = {name: len(sources) for name, sources in inputs.items()}
    users = {name: [] for name in inputs}
    for name, sources in inputs.items():
        for source in sources:
            users[source].append(name)
    ready = [name for name, n in missing.items() if n == 0]
    order = []
    while ready:
        name = ready.pop()
        order.append(name)
        for user in users[name]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    used = {s for sources in inputs.values() for s in sources}
    return [n for n in order if n in used or inputs[n]]

# %% wrong: same_input_twice
# mistake: users as sets, but counts the inputs with repetitions: ["a", "a"] never gets ready
# rule: "Every node of the dictionary must be in the list"
def topological_order(inputs):
    missing = {name: len(sources) for name, sources in inputs.items()}
    users = {name: set() for name in inputs}
    for name, sources in inputs.items():
        for source in sources:
            users[source].add(name)
    ready = [name for name, n in missing.items() if n == 0]
    order = []
    while ready:
        name = ready.pop()
        order.append(name)
        for user in users[name]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return order

# %% wrong: appended_twice
# mistake: appended once for each input that comes (a node can stand twice)
# rule: "Every node of the dictionary must be in the list, once"
def topological_order(inputs):
    missing = {name: len(sources) for name, sources in inputs.items()}
    users = {name: [] for name in inputs}
    for name, sources in inputs.items():
        for source in sources:
            users[source].append(name)
    ready = [name for name, n in missing.items() if n == 0]
    order = []
    while ready:
        name = ready.pop()
        order.append(name)
        for user in users[name] + users[name][:1] * (len(users[name]) > 1):
            missing[user] -= 1
            if missing[user] <= 0 or all(s in order for s in inputs[user]):
                ready.append(user)
    return order

# %% wrong: breadth_first
# mistake: a node is appended when its first input is there
# rule: "A node is ready when all its inputs are in the list."
def topological_order(inputs):
    missing = {name: len(sources) for name, sources in inputs.items()}
    users = {name: [] for name in inputs}
    for name, sources in inputs.items():
        for source in sources:
            users[source].append(name)
    ready = [name for name, n in missing.items() if n == 0]
    order = []
    while ready:
        name = ready.pop()
        order.append(name)
        for user in users[name]:
            if user not in order and user not in ready:
                ready.append(user)
    return order

# %% wrong: any_input
# mistake: any instead of all
# rule: "A node is ready when all its inputs are in the list."
def topological_order(inputs):
    order, done = [], set()
    while len(order) < len(inputs):
        for name in inputs:
            if name not in done and (not inputs[name] or any(s in done for s in inputs[name])):
                order.append(name)
                done.add(name)
    return order

# %% wrong: one_pass
# mistake: one pass only: nodes listed before their inputs are lost
# rule: "go on until all nodes are there"
def topological_order(inputs):
    order = [n for n in inputs if not inputs[n]]
    for name in inputs:
        if inputs[name] and all(s in order for s in inputs[name]):
            order.append(name)
    return order

# %% wrong: hundred_passes
# mistake: a fixed number of passes
# rule: "go on until all nodes are there"
def topological_order(inputs):
    order, done = [], set()
    for _ in range(100):
        for name in inputs:
            if name not in done and done.issuperset(inputs[name]):
                order.append(name)
                done.add(name)
    return order

# %% wrong: empties_inputs
# mistake: removes the inputs from the given lists
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def topological_order(inputs):
    users = {}
    for name, sources in inputs.items():
        for s in sources:
            users.setdefault(s, []).append(name)
    ready = [n for n in inputs if not inputs[n]]
    order = []
    while ready:
        name = ready.pop()
        order.append(name)
        for user in users.get(name, []):
            inputs[user].remove(name)
            if not inputs[user]:
                ready.append(user)
    return order

# %% wrong: pops_dictionary
# mistake: takes the nodes out of the dictionary
# rule: "Do not change the arrays, lists and dictionaries that you are given."
def topological_order(inputs):
    order, done = [], set()
    while inputs:
        ready = [n for n, sources in inputs.items() if done.issuperset(sources)]
        for name in ready:
            order.append(name)
            done.add(name)
            del inputs[name]
    return order

# %% wrong: result_first
# mistake: the order from the result to the leaves
# rule: "each after its inputs"
def topological_order(inputs):
    missing = {name: len(sources) for name, sources in inputs.items()}
    users = {name: [] for name in inputs}
    for name, sources in inputs.items():
        for source in sources:
            users[source].append(name)
    ready = [name for name, n in missing.items() if n == 0]
    order = []
    while ready:
        name = ready.pop()
        order.append(name)
        for user in users[name]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return order[::-1]

# %% wrong: preorder
# mistake: appends a node before its inputs and reverses: wrong when a value is used at two depths
# rule: "each after its inputs"
def topological_order(inputs):
    order, seen = [], set()
    for start in inputs:
        stack = [start]
        while stack:
            name = stack.pop()
            if name not in seen:
                seen.add(name)
                order.append(name)
                stack.extend(inputs[name])
    return order[::-1]

# %% wrong: shortest_depth
# mistake: sorts by the shortest distance from a leaf, should be the longest
# rule: "each after its inputs"
def topological_order(inputs):
    depth = {n: 0 for n in inputs if not inputs[n]}
    while len(depth) < len(inputs):
        new = {}
        for n in inputs:
            if n not in depth and any(s in depth for s in inputs[n]):
                new[n] = 1 + min(depth[s] for s in inputs[n] if s in depth)
        depth.update(new)
    return sorted(inputs, key=lambda n: depth[n])

# %% wrong: a_set
# mistake: returns a set
# rule: "Returns a list of all names."
def topological_order(inputs):
    missing = {name: len(sources) for name, sources in inputs.items()}
    users = {name: [] for name in inputs}
    for name, sources in inputs.items():
        for source in sources:
            users[source].append(name)
    ready = [name for name, n in missing.items() if n == 0]
    order = []
    while ready:
        name = ready.pop()
        order.append(name)
        for user in users[name]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return set(order)

# %% wrong: leaves_missing
# mistake: leaves are not in the list
# rule: "Every node of the dictionary must be in the list"
def topological_order(inputs):
    missing = {name: len(sources) for name, sources in inputs.items()}
    users = {name: [] for name in inputs}
    for name, sources in inputs.items():
        for source in sources:
            users[source].append(name)
    ready = [name for name, n in missing.items() if n == 0]
    order = []
    while ready:
        name = ready.pop()
        order.append(name)
        for user in users[name]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return [n for n in order if inputs[n]]

# %% wrong: generator
# mistake: a generator instead of a list
# rule: "Returns a list of all names."
def topological_order(inputs):
    missing = {name: len(sources) for name, sources in inputs.items()}
    users = {name: [] for name in inputs}
    for name, sources in inputs.items():
        for source in sources:
            users[source].append(name)
    ready = [name for name, n in missing.items() if n == 0]
    order = []
    while ready:
        name = ready.pop()
        order.append(name)
        for user in users[name]:
            missing[user] -= 1
            if missing[user] == 0:
                ready.append(user)
    return (name for name in order)

# %% wrong: only_two_inputs
# mistake: checks only the first two inputs
# rule: "A node is ready when all its inputs are in the list."
def topological_order(inputs):
    order, done, rest = [], set(), list(inputs)
    while rest:
        later = []
        for name in rest:
            if done.issuperset(inputs[name][:2]):
                order.append(name)
                done.add(name)
            else:
                later.append(name)
        rest = later
    return order

# %% wrong: first_input_only
# mistake: follows the first input only
# rule: "each after its inputs"
def topological_order(inputs):
    order, done = [], set()
    for name in inputs:
        chain = []
        while name not in done:
            chain.append(name)
            done.add(name)
            if not inputs[name]:
                break
            name = inputs[name][0]
        order.extend(reversed(chain))
    return order
