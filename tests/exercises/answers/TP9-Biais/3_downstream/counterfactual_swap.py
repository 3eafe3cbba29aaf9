# exercise: counterfactual_swap

# %% right: characters
# style: a walk over characters
def counterfactual_swap(text, pairs):
    out, i = "", 0
    fixed = {"him": "her", "his": "her", "hers": "his"}
    while i < len(text):
        if not text[i].isalpha():
            out += text[i]
            i += 1
            continue
        j = i
        while j < len(text) and text[j].isalpha():
            j += 1
        word = text[i:j]
        low = word.lower()
        if low == "her":
            new = "his" if text[j:j + 1] == " " and text[j + 1:j + 2].isalpha() else "him"
        elif low in fixed:
            new = fixed[low]
        else:
            new = pairs.get(low, None)
        if new is None:
            new = word
        elif word.isupper() and len(word) > 1:
            new = new.upper()
        elif word[0].isupper():
            new = new[0].upper() + new[1:]
        out += new
        i = j
    return out

# %% right: split
# style: re.split that keeps the separators
def counterfactual_swap(text, pairs):
    parts = re.split(r"([A-Za-z]+)", text)
    table = dict(pairs, him="her", his="her", hers="his")
    for k in range(1, len(parts), 2):
        w = parts[k]
        l = w.lower()
        if l == "her":
            n = "his" if parts[k + 1] == " " and k + 2 < len(parts) else "him"
        elif l in table:
            n = table[l]
        else:
            continue
        parts[k] = n.upper() if w.isupper() else n.capitalize() if w.istitle() else n
    return "".join(parts)

# %% right: lookahead
# style: one expression with two branches for her
def counterfactual_swap(text, pairs):
    def case(old, new):
        if old == old.upper() and len(old) > 1:
            return new.upper()
        if old[0] == old[0].upper():
            return new.capitalize()
        return new
    full = {**pairs, "him": "her", "his": "her", "hers": "his"}
    def sub(m):
        if m.group("poss"):
            return case(m.group("poss"), "his")
        if m.group("obj"):
            return case(m.group("obj"), "him")
        w = m.group()
        return case(w, full[w.lower()]) if w.lower() in full else w
    return re.sub(r"(?<![A-Za-z])(?:(?P<poss>[Hh][Ee][Rr])(?= [A-Za-z])|(?P<obj>[Hh][Ee][Rr])(?![A-Za-z])|[A-Za-z]+)", sub, text)

# %% right: from_the_end
# style: replaced from the end of the text
def counterfactual_swap(text, pairs):
    result = text
    for m in reversed(list(re.finditer(r"[^\W\d_]+", text))):
        w, low = m.group(), m.group().lower()
        if low in ("him", "his"):
            new = "her"
        elif low == "hers":
            new = "his"
        elif low == "her":
            rest = text[m.end():]
            new = "his" if len(rest) > 1 and rest[0] == " " and rest[1].isalpha() else "him"
        elif low in pairs:
            new = pairs[low]
        else:
            continue
        if w.isupper() and len(w) > 1:
            new = new.upper()
        elif w[0].isupper():
            new = new.title()
        result = result[:m.start()] + new + result[m.end():]
    return result

# %% right: groupby
# style: itertools.groupby over isalpha
def counterfactual_swap(text, pairs):
    from itertools import groupby
    runs = [(k, "".join(c)) for k, c in groupby(text, str.isalpha)]
    out = []
    for i, (letters, run) in enumerate(runs):
        low = run.lower()
        if not letters:
            out.append(run)
            continue
        if low == "her":
            follows = i + 2 < len(runs) and runs[i + 1][1] == " "
            new = "his" if follows else "him"
        else:
            new = {"him": "her", "his": "her", "hers": "his"}.get(low, pairs.get(low, low if run.islower() else None))
        if new is None or (low not in pairs and low not in ("him", "his", "hers", "her")):
            out.append(run)
        elif run.isupper() and len(run) > 1:
            out.append(new.upper())
        else:
            out.append(new.capitalize() if run[0].isupper() else new)
    return "".join(out)

# %% wrong: replace
# mistake: str.replace for each pair
def counterfactual_swap(text, pairs):
    for a, b in pairs.items():
        text = text.replace(a, b)
    return text

# %% wrong: split_space
# mistake: words between spaces
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his", her="his")
    return " ".join(t.get(w, w) for w in text.split())

# %% wrong: her_him
# mistake: her is always him
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his", her="him")
    def f(m):
        w = m.group()
        n = t.get(w.lower())
        if n is None:
            return w
        return n.upper() if w.isupper() and len(w) > 1 else n.capitalize() if w[0].isupper() else n
    return re.sub(r"[A-Za-z]+", f, text)

# %% wrong: her_his
# mistake: her is always his
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his", her="his")
    def f(m):
        w = m.group()
        n = t.get(w.lower())
        if n is None:
            return w
        return n.upper() if w.isupper() and len(w) > 1 else n.capitalize() if w[0].isupper() else n
    return re.sub(r"[A-Za-z]+", f, text)

# %% wrong: lower_result
# mistake: capitals lost
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his")
    def f(m):
        w = m.group().lower()
        if w == "her":
            return "his" if re.match(r" [A-Za-z]", text[m.end():]) else "him"
        return t.get(w, m.group())
    return re.sub(r"[A-Za-z]+", f, text)

# %% wrong: no_all_caps
# mistake: HE becomes She
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his")
    def f(m):
        w = m.group()
        l = w.lower()
        n = ("his" if re.match(r" [A-Za-z]", text[m.end():]) else "him") if l == "her" else t.get(l)
        if n is None:
            return w
        return n.capitalize() if w[0].isupper() else n
    return re.sub(r"[A-Za-z]+", f, text)

# %% wrong: lower_only
# mistake: only words in lower case are found
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his")
    def f(m):
        w = m.group()
        if w == "her":
            return "his" if re.match(r" [A-Za-z]", text[m.end():]) else "him"
        return t.get(w, w)
    return re.sub(r"[A-Za-z]+", f, text)

# %% wrong: pairs_only
# mistake: the four pronouns forgotten
def counterfactual_swap(text, pairs):
    def f(m):
        w = m.group()
        n = pairs.get(w.lower())
        if n is None:
            return w
        return n.upper() if w.isupper() and len(w) > 1 else n.capitalize() if w[0].isupper() else n
    return re.sub(r"[A-Za-z]+", f, text)

# %% wrong: his_hers
# mistake: his becomes hers
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="hers", hers="his")
    def f(m):
        w = m.group()
        l = w.lower()
        n = ("his" if re.match(r" [A-Za-z]", text[m.end():]) else "him") if l == "her" else t.get(l)
        if n is None:
            return w
        return n.upper() if w.isupper() and len(w) > 1 else n.capitalize() if w[0].isupper() else n
    return re.sub(r"[A-Za-z]+", f, text)

# %% wrong: chained
# mistake: one pair after the other, at word borders
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his")
    for a, b in t.items():
        text = re.sub(rf"\b{a}\b", b, text)
        text = re.sub(rf"\b{a.capitalize()}\b", b.capitalize(), text)
        text = re.sub(rf"\b{a.upper()}\b", b.upper(), text)
    return text

# %% wrong: joined
# mistake: spaces made single
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his")
    def f(m):
        w = m.group()
        l = w.lower()
        n = ("his" if re.match(r" [A-Za-z]", m.string[m.end():]) else "him") if l == "her" else t.get(l)
        if n is None:
            return w
        return n.upper() if w.isupper() and len(w) > 1 else n.capitalize() if w[0].isupper() else n
    return re.sub(r"[A-Za-z]+", f, " ".join(text.split()))

# %% wrong: any_word_after
# mistake: her before any following word, whatever stands between
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his")
    def f(m):
        w = m.group()
        l = w.lower()
        n = ("his" if re.search(r"[A-Za-z]", text[m.end():]) else "him") if l == "her" else t.get(l)
        if n is None:
            return w
        return n.upper() if w.isupper() and len(w) > 1 else n.capitalize() if w[0].isupper() else n
    return re.sub(r"[A-Za-z]+", f, text)

# %% wrong: her_reversed
# mistake: his and him the wrong way round
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his")
    def f(m):
        w = m.group()
        l = w.lower()
        n = ("him" if re.match(r" [A-Za-z]", text[m.end():]) else "his") if l == "her" else t.get(l)
        if n is None:
            return w
        return n.upper() if w.isupper() and len(w) > 1 else n.capitalize() if w[0].isupper() else n
    return re.sub(r"[A-Za-z]+", f, text)

# %% wrong: apostrophes
# mistake: an apostrophe belongs to the word
def counterfactual_swap(text, pairs):
    t = dict(pairs, him="her", his="her", hers="his")
    def f(m):
        w = m.group()
        l = w.lower()
        n = ("his" if re.match(r" [A-Za-z]", text[m.end():]) else "him") if l == "her" else t.get(l)
        if n is None:
            return w
        return n.upper() if w.isupper() and len(w) > 1 else n.capitalize() if w[0].isupper() else n
    return re.sub(r"[A-Za-z']+", f, text)

# %% wrong: global_pairs
# mistake: the notebook's PAIRS instead of the argument
def counterfactual_swap(text, pairs):
    own = {"he": "she", "she": "he", "man": "woman", "woman": "man", "men": "women", "women": "men", "actor": "actress", "actress": "actor", "boy": "girl", "girl": "boy"}
    t = dict(own, him="her", his="her", hers="his")
    def f(m):
        w = m.group()
        l = w.lower()
        n = ("his" if re.match(r" [A-Za-z]", text[m.end():]) else "him") if l == "her" else t.get(l)
        if n is None:
            return w
        return n.upper() if w.isupper() and len(w) > 1 else n.capitalize() if w[0].isupper() else n
    return re.sub(r"[A-Za-z]+", f, text)
