# exercise: tokenize

# %% right: findall
# style: one pattern with |
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text)

# %% right: compiled_join
# style: list of patterns joined, compiled
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    patterns = [ELISION, r"\w+(?:[-']\w+)*", r"[^\w\s]"]
    motif = re.compile("|".join(patterns))
    return motif.findall(text.replace("’", "'").lower())

# %% right: finditer
# style: finditer and group
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    propre = ""
    for c in text.lower():
        propre += "'" if c == "’" else c
    jetons = []
    for m in re.finditer(r"(%s)|(\w+(?:(?:-|')\w+)*)|([^\w\s])" % ELISION, propre):
        jetons.append(m.group(0))
    return jetons

# %% right: match_by_position
# style: walks through the text and tries the three patterns in turn
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("\u2019", "'")
    tokens = []
    i = 0
    while i < len(text):
        for pattern in (ELISION, r"\w+(?:[-']\w+)*", r"[^\w\s]"):
            m = re.compile(pattern).match(text, i)
            if m:
                tokens.append(m.group())
                i = m.end()
                break
        else:
            i += 1
    return tokens

# %% right: by_hand
# style: no pattern: letters by isalnum, elided words from a tuple
def tokenize(text):
    elided = ("jusqu'", "lorsqu'", "puisqu'", "quoiqu'", "qu'") + tuple(c + "'" for c in "cdjlmnst")
    text = text.lower().replace("’", "'")

    def is_word(j):
        return j < len(text) and (text[j].isalnum() or text[j] == "_")

    out = []
    i = 0
    while i < len(text):
        found = [e for e in elided if text.startswith(e, i)]
        if found:
            out.append(found[0])
            i += len(found[0])
        elif is_word(i):
            j = i
            while is_word(j) or (j < len(text) and text[j] in "-'" and is_word(j + 1)):
                j += 1
            out.append(text[i:j])
            i = j
        else:
            if not text[i].isspace():
                out.append(text[i])
            i += 1
    return out

# %% right: recursion
# style: takes the first token and calls itself for the rest (short texts)
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    def reste(t):
        m = re.search(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", t)
        if m is None:
            return []
        return [m.group()] + reste(t[m.end():])

    return reste(text.replace("’", "'").lower())

# %% right: scanner
# style: verbose pattern, and a list comprehension over the groups
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    pattern = re.compile(
        r"""
        (?: """ + ELISION + r""" )     # elided word
        | (?: \w+ (?: [-'] \w+ )* )    # word
        | [^\w\s]                      # punctuation
        """,
        re.VERBOSE,
    )
    return [str(token) for token in pattern.findall(str.lower(text).translate({ord("’"): "'"}))]

# %% wrong: split_at_spaces
# mistake: only split()
# rule: "**Punctuation** stands for itself: one mark, one token."
def tokenize(text):
    return text.lower().replace("’", "'").split()

# %% wrong: capitals_stay
# mistake: no lower(), and ELISION does not fit L'
# rule: "Put the text in lower case"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.replace("’", "'"))

# %% wrong: curly_apostrophe
# mistake: ’ not replaced
# rule: "replace `’` by `'`"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.lower())

# %% wrong: word_first
# mistake: word before elided word: l'été stays in one piece
# rule: "`l'été` is two words"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(r"\w+(?:[-']\w+)*|" + ELISION + r"|[^\w\s]", text)

# %% wrong: simple_words
# mistake: the pattern of the example, no hyphens, no apostrophes
# rule: "A **hyphen** (*trait d'union*) joins: `peut-être`"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+|[^\w\s]", text)

# %% wrong: marks_together
# mistake: + after the mark: "?!" is one token
# rule: "one mark, one token"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]+", text)

# %% wrong: one_continuation
# mistake: ? instead of *: only one hyphen or apostrophe per word
# rule: "any number of times"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)?|[^\w\s]", text)

# %% wrong: capturing_group
# mistake: ( instead of (?: so that findall gives the groups
# rule: "Returns a list of texts: elided words, words, and single marks of punctuation."
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+([-']\w+)*|[^\w\s]", text)

# %% wrong: class_with_hyphen
# mistake: [\w'-]+ takes double hyphens, and apostrophes at the ends
# rule: "may go on after **one** hyphen or apostrophe with more letters and digits"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|[\w'-]+|[^\w\s]", text)

# %% wrong: ascii_letters
# mistake: no accents
# rule: "one letter (with or without accent) or digit"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|[a-z0-9]+(?:[-'][a-z0-9]+)*|[^\w\s]", text)

# %% wrong: punctuation_dropped
# mistake: third pattern forgotten
# rule: "one mark of punctuation"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*", text)

# %% wrong: every_apostrophe_cuts
# mistake: all apostrophes cut, also in aujourd'hui and don't
# rule: "`aujourd'hui`, `don't` and `it's` stay in one piece"
import re

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(r"\w+'|\w+(?:-\w+)*|[^\w\s]", text)

# %% wrong: one_letter_only
# mistake: elided words of one letter only, qu' and jusqu' forgotten
# rule: "`qu'il` is `qu'` and `il`"
import re

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(r"[cdjlmnst]'|\w+(?:[-']\w+)*|[^\w\s]", text)

# %% wrong: hyphen_only
# mistake: apostrophes do not join: don't becomes three tokens
# rule: "`aujourd'hui`, `don't` and `it's` stay in one piece"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:-\w+)*|[^\w\s]", text)

# %% wrong: apostrophe_only
# mistake: hyphens do not join
# rule: "A **hyphen** (*trait d'union*) joins: `peut-être`, `well-made`."
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:'\w+)*|[^\w\s]", text)

# %% wrong: several_hyphens
# mistake: bon--mauvais becomes one word
# rule: "may go on after **one** hyphen or apostrophe"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']+\w+)*|[^\w\s]", text)

# %% wrong: no_repetition_of_tokens
# mistake: each token once
# rule: "list all matches"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return list(dict.fromkeys(re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text)))

# %% wrong: known_marks_only
# mistake: a list of marks, without « » … and quotes
# rule: "one character that is neither letter, digit nor white space"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[.,;:!?]", text)

# %% wrong: lower_at_the_end
# mistake: lower case after the matching: L'été at the start of a sentence is not cut
# rule: "Put the text in lower case, replace `’` by `'`, then list all matches"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.replace("’", "'")
    return [t.lower() for t in re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text)]

# %% wrong: apostrophe_at_the_end
# mistake: ’ replaced in the tokens, after the matching
# rule: "replace `’` by `'`, then list all matches"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    tokens = re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.lower())
    return [t.replace("’", "'") for t in tokens]

# %% wrong: digits_forgotten
# mistake: letters only, digits disappear
# rule: "a word: letters and digits"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|[^\W\d]+(?:[-'][^\W\d]+)*|[^\w\s]", text)

# %% wrong: punctuation_before_elision
# mistake: the elided word loses its apostrophe: l, ', été
# rule: "`l'été` is two words, `l'` (for *le*) and `été`"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    out = []
    for t in re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text):
        if len(t) > 1 and t.endswith("'"):
            out += [t[:-1], "'"]
        else:
            out.append(t)
    return out

# %% wrong: apostrophe_deleted
# mistake: ’ is deleted
# rule: "replace `’` by `'`"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text)

# %% wrong: a_text
# mistake: returns one text with spaces
# rule: "Returns a list of texts"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return " ".join(re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text))

# %% wrong: white_space_is_a_token
# mistake: [^\w] also takes spaces
# rule: "one character that is neither letter, digit nor white space"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w]", text)

# %% wrong: word_by_word_elision
# mistake: splits at spaces first, and looks for elision only at the start of each piece ("(l'été" fails)
# rule: "`l'été` is two words"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"

def tokenize(text):
    out = []
    for piece in text.lower().replace("’", "'").split():
        m = re.match(ELISION, piece)
        if m:
            out.append(m.group())
            piece = piece[m.end():]
        out += re.findall(r"\w+(?:[-']\w+)*|[^\w\s]", piece)
    return out

# %% right: findall_again
# style: the three patterns joined by |
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text)

# %% right: join_and_compile
# style: "|".join of a list, finditer
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    motifs = [ELISION, r"\w+(?:(?:-|')\w+)*", r"[^\w\s]"]
    motif = re.compile("|".join(motifs))
    return [m.group() for m in motif.finditer(text.replace("\u2019", "'").lower())]

# %% right: match_in_a_while_loop
# style: three compiled patterns tried at each position
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    text = text.lower().replace("’", "'")
    patterns = [re.compile(p) for p in (ELISION, r"\w+(?:[-']\w+)*", r"[^\w\s]")]
    i, tokens = 0, []
    while i < len(text):
        for pattern in patterns:
            m = pattern.match(text, i)
            if m:
                tokens.append(m.group(0))
                i = m.end()
                break
        else:
            i += 1
    return tokens

# %% right: fstring_verbose
# style: named groups in an f-string
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    elision, mot, marque = ELISION, r"\w+(?:['-]\w+)*", r"[^\w\s]"
    resultat = []
    for m in re.finditer(rf"(?P<e>{elision})|(?P<m>{mot})|(?P<p>{marque})", "'".join(text.lower().split("’"))):
        resultat.append(m[m.lastgroup])
    return resultat

# %% wrong: split_on_spaces
# mistake: str.split
# rule: "one mark of punctuation: any character that `\w` and `\s` leave out"
def tokenize(text):
    return text.lower().replace("’", "'").split()

# %% wrong: no_lower
# mistake: forgets the lower case
# rule: "Put the text in lower case"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.replace("’", "'"))

# %% wrong: words_first
# mistake: the word pattern is tried before the elision
# rule: "then list all matches of three patterns joined by `|`: 1. an elided word, `ELISION`; 2. a word"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(r"\w+(?:[-']\w+)*|" + ELISION + r"|[^\w\s]", text)

# %% wrong: no_curly_apostrophe
# mistake: does not replace the curly apostrophe
# rule: "replace `’` by `'`"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.lower())

# %% wrong: joined_once_only
# mistake: ? in place of *: a word goes on after a hyphen or apostrophe only once
# rule: "any number of times (`chef-d'œuvre`, `rock'n'roll`)"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)?|[^\w\s]", text)

# %% wrong: hyphens_anywhere
# mistake: [\w'-]+ takes double and final hyphens into the word
# rule: "a word never ends with a hyphen or an apostrophe: `bon--mauvais` is `bon`, `-`, `-`, `mauvais`"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w[\w'-]*|[^\w\s]", text)

# %% wrong: several_marks_in_one
# mistake: a run of punctuation is one token
# rule: "one mark of punctuation" / "one mark, one token"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]+", text)

# %% wrong: ascii_letters_again
# mistake: [a-z0-9] for letters, so accents are lost
# rule: "`\w`: one letter (with or without accent), one digit, or `_`"
import re
ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
def tokenize(text):
    text = text.lower().replace("’", "'")
    return re.findall(ELISION + r"|[a-z0-9]+(?:[-'][a-z0-9]+)*|[^\w\s]", text)
