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

# %% right: callback
# style: re.sub with a function that looks at what follows
def counterfactual_swap(text, pairs):
    def partner(match):
        word = match.group()
        low = word.lower()
        if low in ("him", "his"):
            new = "her"
        elif low == "hers":
            new = "his"
        elif low == "her":
            rest = text[match.end() : match.end() + 2]
            new = "his" if len(rest) == 2 and rest[0] == " " and rest[1].isalpha() else "him"
        else:
            new = pairs.get(low)
            if new is None:
                return word
        if word.isupper():
            return new.upper()
        if word[0].isupper():
            return new.capitalize()
        return new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% right: letter_by_letter
# style: a loop over the characters, no regular expression
def counterfactual_swap(text, pairs):
    table = dict(pairs)
    table["him"] = "her"
    table["his"] = "her"
    table["hers"] = "his"
    out = ""
    i = 0
    while i < len(text):
        if not text[i].isalpha():
            out += text[i]
            i += 1
            continue
        j = i
        while j < len(text) and text[j].isalpha():
            j += 1
        word = text[i:j]
        key = word.lower()
        if key == "her":
            if j + 1 < len(text) and text[j] == " " and text[j + 1].isalpha():
                new = "his"
            else:
                new = "him"
        elif key in table:
            new = table[key]
        else:
            out += word
            i = j
            continue
        if word == word.upper():
            new = new.upper()
        elif word[0] == word[0].upper():
            new = new[0].upper() + new[1:]
        out += new
        i = j
    return out

# %% right: runs
# style: itertools.groupby into runs of letters and of other characters
def counterfactual_swap(text, pairs):
    from itertools import groupby

    runs = ["".join(run) for _, run in groupby(text, key=str.isalpha)]
    new = []
    for here, run in enumerate(runs):
        known = {**pairs, "him": "her", "his": "her", "hers": "his", "her": "him"}
        if runs[here + 1 : here + 2] == [" "] and here + 2 < len(runs):
            known["her"] = "his"
        answer = known.get(run.lower(), run)
        if run.lower() in known:
            if run.isupper():
                answer = answer.upper()
            elif run.istitle():
                answer = answer.title()
        new.append(answer)
    return "".join(new)

# %% right: one_alternation
# style: one pattern of all words, with a lookahead for "her" before a noun
def counterfactual_swap(text, pairs):
    letter = r"[^\W\d_]"
    words = {**pairs, "him": "her", "his": "her", "hers": "his", "her": "him"}
    any_word = "|".join(re.escape(w) for w in sorted(words, key=len, reverse=True))
    pattern = rf"(?<!{letter})(?:(?P<noun>her)(?= {letter})|(?P<word>{any_word}))(?!{letter})"

    def new(found):
        answer = "his" if found["noun"] else words[found["word"].lower()]
        old = found[0]
        return answer.upper() if old.isupper() else answer.title() if old[0].isupper() else answer

    return re.sub(pattern, new, text, flags=re.IGNORECASE)

# %% right: split_and_join
# style: re.split that keeps what it splits at; every second piece is a word
def counterfactual_swap(text, pairs):
    pieces = re.split(r"([^\W\d_]+)", text)
    fixed = {"him": "her", "his": "her", "hers": "his"}
    result = list(pieces)
    for k in range(1, len(pieces), 2):
        low = pieces[k].lower()
        if low == "her":
            before_noun = pieces[k + 1] == " " and k + 2 < len(pieces)
            new = "his" if before_noun else "him"
        else:
            new = fixed.get(low) or pairs.get(low)
        if new:
            if pieces[k].isupper():
                new = new.upper()
            elif pieces[k][0].isupper():
                new = new.capitalize()
            result[k] = new
    return "".join(result)

# %% wrong: one_after_the_other
# mistake: a replacement for each pair: what became "she" becomes "he" again
def counterfactual_swap(text, pairs):
    words = {"him": "her", "his": "her", "hers": "his", **pairs}

    def as_in(new):
        def f(m):
            w = m.group()
            return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

        return f

    text = re.sub(r"(?i)(?<![^\W\d_])her(?= [^\W\d_])", as_in("his"), text)
    text = re.sub(r"(?i)(?<![^\W\d_])her(?![^\W\d_])", as_in("him"), text)
    for old, new in words.items():
        text = re.sub(rf"(?i)(?<![^\W\d_]){old}(?![^\W\d_])", as_in(new), text)
    return text

# %% wrong: pieces_between_spaces
# mistake: words are what stands between spaces, marks belong to them
def counterfactual_swap(text, pairs):
    words = text.split(" ")
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}
    out = []
    for i, w in enumerate(words):
        low = w.lower()
        new = table.get(low)
        if low == "her":
            new = "his" if i + 1 < len(words) and words[i + 1][:1].isalpha() else "him"
        if new is None:
            out.append(w)
        else:
            out.append(new.upper() if w.isupper() else new.capitalize() if w[:1].isupper() else new)
    return " ".join(out)

# %% wrong: digits_are_letters
# mistake: \w+ takes digits and underscores for letters
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"\w+", partner, text)

# %% wrong: apostrophe_inside
# mistake: "he's" is one word
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+(?:'[^\W\d_]+)*", partner, text)

# %% wrong: hyphen_inside
# mistake: "man-made" is one word
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+(?:-[^\W\d_]+)*", partner, text)

# %% wrong: inside_words
# mistake: no word boundary: "the" holds "he"
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his", "her": "him"}
    pattern = r"her(?= [^\W\d_])|" + "|".join(sorted(table, key=len, reverse=True))

    def partner(m):
        w = m.group()
        low = w.lower()
        new = table[low]
        if low == "her" and re.match(r" [^\W\d_]", text[m.end() :]):
            new = "his"
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(pattern, partner, text, flags=re.I)

# %% wrong: small_letters
# mistake: capitals are lost
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        low = m.group().lower()
        if low == "her":
            return "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        return table.get(low, m.group())

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: everything_small
# mistake: the whole text in lower case
def counterfactual_swap(text, pairs):
    text = text.lower()
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        if m.group() == "her":
            return "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        return table.get(m.group(), m.group())

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: first_letter_only
# mistake: HE becomes She
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: only_small_words_found
# mistake: words with a capital are not found
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        if m.group() == "her":
            return "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        return table.get(m.group(), m.group())

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: her_is_his
# mistake: "her" is always "his"
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his", "her": "his"}

    def partner(m):
        w = m.group()
        new = table.get(w.lower())
        if new is None:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: her_is_him
# mistake: "her" is always "him"
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his", "her": "him"}

    def partner(m):
        w = m.group()
        new = table.get(w.lower())
        if new is None:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: any_white_space
# mistake: "her" before any number of spaces or line ends and a letter is "his"
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r"\s+[^\W\d_]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: a_space_is_enough
# mistake: "her" before a space is "his", whatever follows the space
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if text[m.end() :].startswith(" ") else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: white_space_of_one
# mistake: a line end or tab counts as the space after "her"
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r"\s[^\W\d_]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: next_letter_small
# mistake: only a small letter after "her " makes "his"
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" [a-z]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: word_character_follows
# mistake: a digit after "her " counts as a letter
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" \w", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: his_is_hers
# mistake: "his" becomes "hers"
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "hers", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: no_hers
# mistake: "hers" stays
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: only_the_pairs
# mistake: the four pronouns stay
def counterfactual_swap(text, pairs):
    def partner(m):
        w = m.group()
        new = pairs.get(w.lower())
        if new is None:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: the_notebooks_pairs
# mistake: PAIRS of the notebook, not the argument
def counterfactual_swap(text, pairs):
    table = {**PAIRS, "him": "her", "his": "her", "hers": "his"}

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: spaces_squeezed
# mistake: words and marks joined again with single spaces
def counterfactual_swap(text, pairs):
    table = {**pairs, "him": "her", "his": "her", "hers": "his"}
    text = " ".join(text.split())

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        elif low in table:
            new = table[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)

# %% wrong: changes_the_pairs
# mistake: writes the pronouns into the pairs of the caller
def counterfactual_swap(text, pairs):
    pairs.update({"him": "her", "his": "her", "hers": "his"})

    def partner(m):
        w = m.group()
        low = w.lower()
        if low == "her":
            new = "his" if re.match(r" [^\W\d_]", text[m.end() :]) else "him"
        elif low in pairs:
            new = pairs[low]
        else:
            return w
        return new.upper() if w.isupper() else new.capitalize() if w[0].isupper() else new

    return re.sub(r"[^\W\d_]+", partner, text)
