"""Cut English and French text into tokens."""

import re

from tplib.exercises.tp5.integers.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn

ELISION = r"(?:jusqu|lorsqu|puisqu|quoiqu|qu|[cdjlmnst])'"
ELIDED = ("jusqu'", "lorsqu'", "puisqu'", "quoiqu'", "qu'", "c'", "d'", "j'", "l'", "m'", "n'", "s'", "t'")

PIECES = (
    "film",
    "Bon",
    "l'été",
    "L’œuvre",
    "aujourd'hui",
    "aujourd’hui",
    "don't",
    "it's",
    "qu'il",
    "Jusqu’au",
    "peut-être",
    "qu'est-ce",
    "chef-d'œuvre",
    "d'ici",
    "1984",
    "n°5",
    "déjà-vu",
)
GAPS = (" ", ", ", "! ", "... ", " « ", " » ", "?! ", "  ", " - ", "/")


def _text(draw: Draw) -> Arguments:
    n = draw.size(1, 5)
    words, gaps = draw.integers(0, len(PIECES), n), draw.integers(0, len(GAPS), n)
    return ("".join(PIECES[i] + GAPS[j] for i, j in zip(words, gaps, strict=True)),)


def _with(piece: str) -> Drawn:
    """A case that holds the piece for sure, among others."""
    return Drawn(lambda draw: (f"{draw.choice(PIECES)} {piece} {draw.choice(PIECES)}",))


@exercise(
    points=3,
    lecture="003, Word representation: words as integers",
    concepts=(2,),
    draw=_text,
    edges=(
        Case(("L’été, c'est fini !",)),
        Case(("Aujourd'hui, qu'est-ce qu’il y a ? Jusqu'ici, rien...",)),
        Case(("I don't know: it's a déjà-vu.",)),
        Case(("Un chef-d'œuvre, peut-être ?!",)),
        _with("bon--mauvais bien-- --vu"),
        _with("d'un côté- 'fin' ici' -là"),
        _with("8,5 9.30 1984 n°5"),
        _with("(l'été) «D’ici» \"qu'il\""),
        _with("c'est-à-dire arrière-arrière-grand-mère rock'n'roll"),
        _with("vu, vu ! vu ! Vu"),
        _with("Jusqu’à Lorsqu'on Puisqu’elle quoiqu'il QU’ON"),
        _with("… “Bof” ; (très) * drôle : #1 !?"),
    ),
    forbidden=(
        "nltk.word_tokenize",
        "nltk.tokenize.word_tokenize",
        "nltk.tokenize.wordpunct_tokenize",
        "nltk.tokenize.RegexpTokenizer",
        "spacy.blank",
        "spacy.load",
    ),
)
def tokenize(text: str) -> list[str]:
    """Lower case, ’ to ', then all matches, from left to right, of: an elided word, or a word, or one mark.

    shapes: Text in, list of texts out. `re.findall(A + '|' + B + '|' + C, text)` tries A first, then B, then C.
    worked: tokenize("L’ami, aujourd'hui !") = ["l'", 'ami', ',', "aujourd'hui", '!']
    """
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("Are `film` and `film,` two different words? Should they be two entries of the vocabulary?")
def cut_at_spaces_only(text: str) -> list[str]:
    return text.lower().replace("’", "'").split()


@tokenize.mistake("Are `Film` and `film` two different words?")
def capitals_kept(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.replace("’", "'"))


@tokenize.mistake("There are two apostrophes, ' and ’. What does your pattern do with the second one?")
def curly_apostrophe_overlooked(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.lower())


@tokenize.mistake(
    "`l'été` holds two words. Which part of your pattern finds `l'`? Does it stand before the one for words?"
)
def elision_not_cut(text: str) -> list[str]:
    return re.findall(r"\w+(?:[-']\w+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("`aujourd'hui` and `don't` are one word each. Which words lose their vowel before an apostrophe?")
def every_apostrophe_cuts(text: str) -> list[str]:
    return re.findall(r"\w+'|\w+(?:-\w+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("`aujourd'hui` and `don't` are one word each. Which words lose their vowel before an apostrophe?")
def an_apostrophe_ends_each_word(text: str) -> list[str]:
    return re.findall(r"\w+(?:-\w+)*'|\w+(?:-\w+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("`qu'il` and `jusqu'au` hold two words each. Which pattern fits all elided words?")
def only_words_of_one_letter_elided(text: str) -> list[str]:
    return re.findall(r"[cdjlmnst]'|\w+(?:[-']\w+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("In `(l'été)` the elided word does not stand after a space. Where may your pattern find it?")
def elision_only_after_a_space(text: str) -> list[str]:
    found = []
    for piece in text.lower().replace("’", "'").split():
        elided = re.match(ELISION, piece)
        found += [elided.group()] if elided else []
        found += re.findall(r"\w+(?:[-']\w+)*|[^\w\s]", piece[elided.end() if elided else 0 :])
    return found


@tokenize.mistake("What becomes of `don't` and `aujourd'hui`? Which two characters may join the parts of a word?")
def apostrophes_do_not_join(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:-\w+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("`peut-être` and `don't` are one word each. What may follow the first letters of a word?")
def nothing_joins(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("How many hyphens does `c'est-à-dire` have? Which sign means *any number of times*?")
def one_joiner_only(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)?|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("Is `bon--mauvais` one word? How many joiners may stand between two letters?")
def several_joiners_in_a_row(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']+\w+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("Where may a joiner stand: at the end of a word? And how many in a row, as in `bon--mauvais`?")
def joiners_anywhere(text: str) -> list[str]:
    return re.findall(ELISION + r"|[\w'-]+|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("With `(` in a pattern, `re.findall` gives what the group fits. Which parentheses make no group?")
def groups_instead_of_tokens(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+([-']\w+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("What becomes of `aujourd'hui`, and of `don't`? Where may an apostrophe stand inside a word?")
def apostrophe_a_token_of_its_own(text: str) -> list[str]:
    return re.findall(r"\w+(?:-\w+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("`l'` is the article, `l` a letter. To which token does the apostrophe belong?")
def apostrophe_lost(text: str) -> list[str]:
    return [token.rstrip("'") if token in ELIDED else token for token in tokenize(text)]


@tokenize.mistake(
    "`\\w+` knows letters and digits. What does it do with the apostrophe, the hyphen and the punctuation?"
)
def only_runs_of_letters(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


@tokenize.mistake("Does `[a-z]` hold é or œ? Which class of the pattern language holds all letters?")
def accents_cut_words(text: str) -> list[str]:
    pattern = ELISION + r"|[a-z0-9]+(?:[-'][a-z0-9]+)*|[^\w\s]"
    return re.findall(pattern, text.lower().replace("’", "'"))


@tokenize.mistake("An exclamation mark says something about a review. Which part of your pattern finds it?")
def punctuation_lost(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*", text.lower().replace("’", "'"))


@tokenize.mistake("`?!` are two marks. How many characters may one token of punctuation have?")
def punctuation_in_runs(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]+", text.lower().replace("’", "'"))


@tokenize.mistake("Is a space a mark of punctuation? What does `\\s` do in the brackets?")
def white_space_is_a_token(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w]", text.lower().replace("’", "'"))


@tokenize.mistake("What becomes of «, … and (? Which class of the pattern language holds all marks?")
def only_some_marks(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[.,;:!?]", text.lower().replace("’", "'"))


@tokenize.mistake("Where has 1984 gone? A word holds letters and digits.")
def digits_lost(text: str) -> list[str]:
    return re.findall(ELISION + r"|[^\W\d]+(?:[-'][^\W\d]+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("Does `ELISION` fit `L'`? What has to come first: lower case, or the matches?")
def lower_case_after_the_matches(text: str) -> list[str]:
    found = re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.replace("’", "'"))
    return [token.lower() for token in found]


@tokenize.mistake("Does `ELISION` fit `l’`? What has to come first: one apostrophe, or the matches?")
def apostrophes_replaced_after_the_matches(text: str) -> list[str]:
    found = re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.lower())
    return [token.replace("’", "'") for token in found]


@tokenize.mistake("What is left of `l’été` in your result? By what should ’ be replaced?")
def curly_apostrophe_deleted(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.lower().replace("’", ""))


@tokenize.mistake("`l'` is the article, `l` a letter. Is the apostrophe a token of its own?")
def elided_word_cut_in_two(text: str) -> list[str]:
    return [part for token in tokenize(text) for part in ((token[:-1], "'") if token in ELIDED else (token,))]


@tokenize.mistake("A word that comes twice in the text: how often is it in your list?")
def each_token_once(text: str) -> list[str]:
    return list(dict.fromkeys(tokenize(text)))


@tokenize.mistake("`peut-être` is one word. What may join the parts of a word, besides the apostrophe?")
def hyphens_cut(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:'\w+)*|[^\w\s]", text.lower().replace("’", "'"))


@tokenize.mistake("What does `tokenize(text)[0]` give: a token, or a letter?")
def one_text_instead_of_a_list(text: str) -> str:
    return " ".join(tokenize(text))


@tokenize.mistake("Your tokens are single characters. Where does a word end?")
def characters(text: str) -> list[str]:
    return list(text.lower())


@tokenize.alternative
def by_cutting(text: str) -> list[str]:
    found = []
    for token in re.findall(r"\w+(?:['-]\w+)*|[^\w\s]", text.replace("’", "'").casefold()):
        while start := next((e for e in ELIDED if token.startswith(e) and token != e), ""):
            found.append(start)
            token = token[len(start) :]
        found.append(token)
    return found


@tokenize.alternative
def by_spaces(text: str) -> list[str]:
    text = re.sub(r"(?<!\w)(?<!\w[-'])" + ELISION, lambda m: m.group()[:-1] + "\0 ", text.lower().replace("’", "'"))
    text = re.sub(r"([^\w\s\0'-]|(?<!\w)[-']|[-'](?!\w))", r" \1 ", text)
    return text.replace("\0", "'").split()


@tokenize.alternative
def by_scanning(text: str) -> list[str]:
    text = text.lower().replace("’", "'")
    pattern = re.compile(ELISION + r"|\w+(?:[-']\w+)*|\S")
    found, position = [], 0
    while match := pattern.search(text, position):
        found.append(match.group())
        position = match.end()
    return found
