"""Mistakes in the walk from the result back to the leaves."""

from typing import Any

from tplib.exercises.tp6.backprop.graph_backward import backward

Graph = dict[str, list[str]]
Gradients = dict[str, float]


def _start(order: list[str]) -> Gradients:
    return {**dict.fromkeys(order, 0.0), order[-1]: 1.0}


def _walk(inputs: Graph, functions: dict[str, Any], grads: Gradients, visits: list[str]) -> Gradients:
    for name in visits:
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] += grad
    return grads


def _right(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, _start(order), order[::-1])


@backward.mistake("Two nodes use x, and each returns a gradient for it. What happens to the first one in your code?")
def overwritten(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] = grad
    return grads


@backward.mistake("Two nodes use x, and each returns a gradient for it. What happens to the second one in your code?")
def first_gradient_kept(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = {order[-1]: 1.0}
    for name in reversed(order):
        if name in functions and name in grads:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads.setdefault(source, grad)
    return {name: grads.get(name, 0.0) for name in order}


@backward.mistake("When your loop comes to the first node, does it know the gradient of that node's result already?")
def forward_order(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, _start(order), order)


@backward.mistake("You walk through `functions` as they are listed. Which list says what comes after what?")
def order_of_the_dictionary(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, _start(order), list(functions))


@backward.mistake("You walk through `functions` as they are listed. Which list says what comes after what?")
def reversed_order_of_the_dictionary(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, _start(order), list(functions)[::-1])


@backward.mistake(
    "What is the derivative of the result with respect to itself? Which gradient goes into the last node?"
)
def no_gradient_to_start_from(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, dict.fromkeys(order, 0.0), order[::-1])


@backward.mistake("Before the first contribution arrives, what is the sum of none? Which one node is different?")
def every_gradient_starts_at_1(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, dict.fromkeys(order, 1.0), order[::-1])


@backward.mistake("You give 1 to every node. What does a node in the middle need to know of those after it?")
def incoming_gradient_ignored(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(1.0), strict=True):
                grads[source] += grad
    return grads


@backward.mistake(
    "A node with two users passes its gradient on when the first of them has added its part. Is it complete?"
)
def sent_on_too_early(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)

    def visit(name: str) -> None:
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] += grad
                visit(source)

    visit(order[-1])
    return grads


@backward.mistake(
    "How many paths lead through 40 nodes if each uses the one before twice? How often is each node asked?"
)
def once_per_path(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = dict.fromkeys(order, 0.0)

    def visit(name: str, arriving: float) -> None:
        grads[name] += arriving
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(arriving), strict=True):
                visit(source, grad)

    visit(order[-1], 1.0)
    return grads


@backward.mistake("The result should hold every node of `order`. Which ones does yours hold?")
def leaves_only(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _right(inputs, functions, order)
    return {name: grads[name] for name in order if not inputs[name]}


@backward.mistake("A node that has no path to the result does not change it. What number is its gradient?")
def unused_nodes_left_out(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = {order[-1]: 1.0}
    for name in reversed(order):
        if name in functions and name in grads:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] = grads.get(source, 0.0) + grad
    return grads


@backward.mistake(
    "In x * x both inputs are x, and the node returns two gradients. Where does your code lose one?",
    name="used twice, counted once",
)
def used_twice_counted_once(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name in functions:
            returned = functions[name].backward(grads[name])
            for source, grad in dict(zip(inputs[name], returned, strict=True)).items():
                grads[source] += grad
    return grads


@backward.mistake(
    "Both inputs may be the same node, with a gradient for each. Which of the two does `index` find?",
    name="first gradient for both",
)
def first_gradient_for_both(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name in functions:
            returned = functions[name].backward(grads[name])
            for source in inputs[name]:
                grads[source] += returned[inputs[name].index(source)]
    return grads


@backward.mistake("A node may have one input, two, or more. How many gradients does your code take?")
def two_inputs_only(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name in functions:
            (x, y), (grad_x, grad_y) = inputs[name], functions[name].backward(grads[name])
            grads[x] += grad_x
            grads[y] += grad_y
    return grads


@backward.mistake("A node may have one input, two, or more. What does the third one get from your code?")
def third_input_forgotten(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name in functions:
            for source, grad in list(zip(inputs[name], functions[name].backward(grads[name]), strict=True))[:2]:
                grads[source] += grad
    return grads


@backward.mistake("A leaf may stand between two function nodes. What does your loop do when it meets one?")
def ends_at_the_first_leaf(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name not in functions:
            break
        for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
            grads[source] += grad
    return grads


@backward.mistake(
    "A KeyError tells of a name that a dictionary does not hold. `functions` holds no leaf. Which names does yours?"
)
def name_not_in_a_dictionary(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return {name: functions[name].backward(1.0) for name in order}


@backward.mistake("Is the result a function node too? With which node does your loop begin?")
def result_not_asked(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _walk(inputs, functions, _start(order), order[-2::-1])


@backward.mistake("A node that nobody uses need not be the result. Which one is?")
def every_end_is_a_result(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    used = {source for sources in inputs.values() for source in sources}
    return _walk(inputs, functions, {name: 0.0 if name in used else 1.0 for name in order}, order[::-1])


@backward.mistake("A node without influence on the result has a gradient. Is it a number?")
def none_without_influence(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Any:
    reached = {order[-1]}
    for name in reversed(order):
        if name in reached:
            reached |= set(inputs[name])
    grads = _right(inputs, functions, order)
    return {name: grads[name] if name in reached else None for name in order}


@backward.mistake("If x grows a little, all of its users change at once. Do their effects add up, or is it their mean?")
def mean_over_the_users(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    parts: dict[str, list[float]] = {name: [] for name in order}
    parts[order[-1]].append(1.0)
    for name in reversed(order):
        if name in functions and parts[name]:
            mean = sum(parts[name]) / len(parts[name])
            for source, grad in zip(inputs[name], functions[name].backward(mean), strict=True):
                parts[source].append(grad)
    return {name: sum(each) / len(each) if each else 0.0 for name, each in parts.items()}


@backward.mistake("`inputs` is listed in any order. Which argument says what comes after what, and what is last?")
def order_of_the_inputs(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    return _right(inputs, functions, list(inputs))


@backward.mistake(
    "A node with two users is asked as soon as the first of them has added its part. Is its gradient complete?"
)
def in_the_order_of_discovery(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    waiting = [order[-1]]
    for name in waiting:
        waiting += [source for source in dict.fromkeys(inputs[name]) if source not in waiting]
    return _walk(inputs, functions, _start(order), waiting)


@backward.mistake(
    "Each time a part arrives your code sends the whole sum on again. How often does the first part go down?"
)
def sum_sent_on_at_each_arrival(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads, stack = _start(order), [order[-1]]
    while stack:
        name = stack.pop()
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] += grad
                stack.append(source)
    return grads


@backward.mistake("Your gradients have no decimals. Is there an `int` or `//`?")
def decimals_cut(inputs: Graph, functions: dict[str, Any], order: list[str]) -> Gradients:
    grads = _start(order)
    for name in reversed(order):
        if name in functions:
            for source, grad in zip(inputs[name], functions[name].backward(grads[name]), strict=True):
                grads[source] += int(grad)
    return grads
