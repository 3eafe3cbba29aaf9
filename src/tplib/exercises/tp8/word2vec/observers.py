"""What is compared of the answers of TP8-HFTrain/1_word2vec: lists whose order is free, put in one order."""

from typing import Any


def _spelled(item: Any) -> Any:
    """A key to sort by: the same for a number of Python and one of NumPy."""
    return [_spelled(part) for part in item] if isinstance(item, list | tuple) else str(item)


def in_one_order(pairs: Any, *_: Any) -> Any:
    """The pairs sorted; what is no list of pairs stays as it is."""
    if not isinstance(pairs, list) or not all(isinstance(pair, list | tuple) for pair in pairs):
        return pairs
    return sorted(pairs, key=lambda pair: str(_spelled(pair)))


def bags_in_one_order(pairs: Any, *_: Any) -> Any:
    """The pairs (contexts, centre) sorted, and the contexts of each as well."""
    if not isinstance(pairs, list):
        return pairs
    sorted_bags = [
        (sorted(pair[0], key=lambda word: str(_spelled(word))), *pair[1:])
        if isinstance(pair, list | tuple) and pair and isinstance(pair[0], list | tuple)
        else pair
        for pair in pairs
    ]
    return in_one_order(sorted_bags)
