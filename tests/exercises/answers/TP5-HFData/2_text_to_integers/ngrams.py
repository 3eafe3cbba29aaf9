# exercise: ngrams

# %% right: slices
# style: comprehension with slices
def ngrams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]

# %% right: zip_shifted
# style: zip of shifted lists
def ngrams(tokens, n):
    return list(zip(*[tokens[k:] for k in range(n)]))

# %% right: while_loop
# style: while loop with early return
def ngrams(tokens, n):
    if len(tokens) < n:
        return []
    grammes = []
    i = 0
    while i + n <= len(tokens):
        grammes.append(tuple(tokens[j] for j in range(i, i + n)))
        i += 1
    return grammes

# %% right: recursion
# style: first n-gram and the rest
def ngrams(tokens, n):
    if len(tokens) < n:
        return []
    return [tuple(tokens[:n])] + ngrams(tokens[1:], n)

# %% right: deque
# style: sliding window of fixed length
def ngrams(tokens, n):
    from collections import deque
    window = deque(maxlen=n)
    out = []
    for token in tokens:
        window.append(token)
        if len(window) == n:
            out.append(tuple(window))
    return out

# %% right: filter_by_length
# style: all starts, then only the complete ones
def ngrams(tokens, n):
    candidates = [tuple(tokens[i : i + n]) for i in range(len(tokens))]
    return [gram for gram in candidates if len(gram) == n]

# %% right: grown
# style: n-grams from (n-1)-grams by adding the next token
def ngrams(tokens, n):
    grams = [(t,) for t in tokens]
    for k in range(1, n):
        grams = [g + (t,) for g, t in zip(grams, tokens[k:])]
    return grams

# %% wrong: joined_texts
# mistake: texts instead of tuples
# rule: "Returns a list of tuples of n tokens"
def ngrams(tokens, n):
    return [" ".join(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]

# %% wrong: lists
# mistake: lists instead of tuples
# rule: "Returns a list of tuples of n tokens"
def ngrams(tokens, n):
    return [tokens[i : i + n] for i in range(len(tokens) - n + 1)]

# %% wrong: last_one_missing
# mistake: range(T - n)
# rule: "All n-grams of a list of tokens"
def ngrams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n)]

# %% wrong: short_tails
# mistake: range(T): shorter ones at the end
# rule: "Returns a list of tuples of n tokens"
def ngrams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(len(tokens))]

# %% wrong: plain_unigrams
# mistake: n = 1 gives the tokens, no tuples
# rule: "Returns a list of tuples of n tokens"
def ngrams(tokens, n):
    if n == 1:
        return list(tokens)
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]

# %% wrong: combinations
# mistake: all combinations, also of tokens that do not stand together
# rule: "a sequence of $n$ tokens that stand next to each other"
def ngrams(tokens, n):
    from itertools import combinations
    return list(combinations(tokens, n))

# %% wrong: bigrams_only
# mistake: n ignored
# rule: "n: number of tokens of an n-gram, 1 or more"
def ngrams(tokens, n):
    return list(zip(tokens, tokens[1:]))

# %% wrong: up_to_trigrams
# mistake: written for n = 1, 2, 3 only
# rule: "n: number of tokens of an n-gram, 1 or more"
def ngrams(tokens, n):
    if n == 1:
        return [(a,) for a in tokens]
    if n == 2:
        return list(zip(tokens, tokens[1:]))
    return list(zip(tokens, tokens[1:], tokens[2:]))

# %% wrong: padded
# mistake: the last ones are filled up with <pad>
# rule: "All n-grams of a list of tokens"
def ngrams(tokens, n):
    longer = list(tokens) + ["<pad>"] * (n - 1)
    return [tuple(longer[i : i + n]) for i in range(len(tokens))]

# %% wrong: short_text_as_a_whole
# mistake: a text shorter than n gives one short tuple
# rule: "it is empty if T < n"
def ngrams(tokens, n):
    if len(tokens) < n:
        return [tuple(tokens)]
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]

# %% wrong: error_if_short
# mistake: raises an error for short texts
# rule: "it is empty if T < n"
def ngrams(tokens, n):
    assert len(tokens) >= n
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]

# %% wrong: each_once
# mistake: repeated n-grams only once
# rule: "All n-grams of a list of tokens, in the order of the text."
def ngrams(tokens, n):
    return list(dict.fromkeys(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)))

# %% wrong: one_to_n
# mistake: all lengths from 1 to n
# rule: "Returns a list of tuples of n tokens"
def ngrams(tokens, n):
    return [tuple(tokens[i : i + k]) for k in range(1, n + 1) for i in range(len(tokens) - k + 1)]

# %% wrong: no_overlap
# mistake: step n
# rule: "bigrams | *a swimmer*, *swimmer likes*, *likes swimming*"
def ngrams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(0, len(tokens) - n + 1, n)]

# %% wrong: sorted_grams
# mistake: sorted alphabetically
# rule: "in the order of the text"
def ngrams(tokens, n):
    return sorted(tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1))

# %% wrong: one_token_more
# mistake: n + 1 tokens
# rule: "Returns a list of tuples of n tokens"
def ngrams(tokens, n):
    return [tuple(tokens[i : i + n + 1]) for i in range(len(tokens) - n)]

# %% wrong: reversed_tuples
# mistake: words of a tuple in reverse order
# rule: "a sequence of $n$ tokens that stand next to each other"
def ngrams(tokens, n):
    return [tuple(tokens[i : i + n][::-1]) for i in range(len(tokens) - n + 1)]

# %% wrong: circular
# mistake: modulo: goes on at the start of the text
# rule: "a sequence of $n$ tokens that stand next to each other"
def ngrams(tokens, n):
    T = len(tokens)
    return [tuple(tokens[(i + k) % T] for k in range(n)) for i in range(T)]

# %% wrong: pops
# mistake: takes the tokens out of the list that was given
# rule: "Do not change the lists and dictionaries that you are given"
def ngrams(tokens, n):
    out = []
    while len(tokens) >= n:
        out.append(tuple(tokens[:n]))
        tokens.pop(0)
    return out

# %% wrong: empty_if_equal
# mistake: T <= n gives an empty list
# rule: "it is empty if T < n"
def ngrams(tokens, n):
    if len(tokens) <= n:
        return []
    return [tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)]

# %% wrong: negative_range
# mistake: the start runs over T + 1 - n with abs(): short texts give short tuples
# rule: "it is empty if T < n"
def ngrams(tokens, n):
    return [tuple(tokens[i : i + n]) for i in range(abs(len(tokens) - n + 1))]

# %% wrong: first_token_skipped
# mistake: starts at 1
# rule: "All n-grams of a list of tokens"
def ngrams(tokens, n):
    return [tuple(tokens[i - 1 + 1 : i + n]) for i in range(1, len(tokens) - n + 1)]

# %% wrong: a_set
# mistake: returns a set
# rule: "Returns a list of tuples ... in the order of the text"
def ngrams(tokens, n):
    return {tuple(tokens[i : i + n]) for i in range(len(tokens) - n + 1)}

# %% wrong: index_of_token
# mistake: tokens.index finds the first occurrence: wrong for repeated words
# rule: "in the order of the text"
def ngrams(tokens, n):
    out = []
    for token in tokens[: max(len(tokens) - n + 1, 0)]:
        i = tokens.index(token)
        out.append(tuple(tokens[i : i + n]))
    return out
