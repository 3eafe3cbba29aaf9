"""Cut English and French text into tokens."""

import re

from tplib.exercises.tp5.integers.common import exercise
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Misconception

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


def _tokenize(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.lower().replace("’", "'"))


def _tokenize_spaces(text: str) -> list[str]:
    return text.lower().replace("’", "'").split()


def _tokenize_case_kept(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.replace("’", "'"))


def _tokenize_curly_apostrophe(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]", text.lower())


def _tokenize_elision_kept(text: str) -> list[str]:
    return re.findall(r"\w+(?:[-']\w+)*|[^\w\s]", text.lower().replace("’", "'"))


def _tokenize_every_apostrophe(text: str) -> list[str]:
    return re.findall(r"\w+(?:-\w+)*'|\w+(?:-\w+)*|[^\w\s]", text.lower().replace("’", "'"))


def _tokenize_apostrophe_apart(text: str) -> list[str]:
    return re.findall(r"\w+(?:-\w+)*|[^\w\s]", text.lower().replace("’", "'"))


def _tokenize_apostrophe_lost(text: str) -> list[str]:
    return [token.rstrip("'") if token in ELIDED else token for token in _tokenize(text)]


def _tokenize_only_words(text: str) -> list[str]:
    return re.findall(r"\w+", text.lower())


def _tokenize_accents_cut(text: str) -> list[str]:
    pattern = ELISION + r"|[a-z0-9]+(?:[-'][a-z0-9]+)*|[^\w\s]"
    return re.findall(pattern, text.lower().replace("’", "'"))


def _tokenize_punctuation_lost(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*", text.lower().replace("’", "'"))


def _tokenize_punctuation_in_runs(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:[-']\w+)*|[^\w\s]+", text.lower().replace("’", "'"))


def _tokenize_hyphens_cut(text: str) -> list[str]:
    return re.findall(ELISION + r"|\w+(?:'\w+)*|[^\w\s]", text.lower().replace("’", "'"))


def _tokenize_joined(text: str) -> str:
    return " ".join(_tokenize(text))


def _tokenize_characters(text: str) -> list[str]:
    return list(text.lower())


def _tokenize_by_cutting(text: str) -> list[str]:
    found = []
    for token in re.findall(r"\w+(?:['-]\w+)*|[^\w\s]", text.replace("’", "'").casefold()):
        while start := next((e for e in ELIDED if token.startswith(e) and token != e), ""):
            found.append(start)
            token = token[len(start) :]
        found.append(token)
    return found


def _tokenize_by_spaces(text: str) -> list[str]:
    text = re.sub(r"\b(?<![-'])" + ELISION + r"(?=\w)", r"\g<0> ", text.lower().replace("’", "'"))
    text = re.sub(r"([^\w\s'-])", r" \1 ", text)
    text = re.sub(r"(?<!\w)([-'])|([-'])(?!\w|\s\w)", r" \1\2 ", text)
    return text.split()


def _tokenize_by_scanning(text: str) -> list[str]:
    text = text.lower().replace("’", "'")
    pattern = re.compile(ELISION + r"|\w+(?:[-']\w+)*|\S")
    found, position = [], 0
    while match := pattern.search(text, position):
        found.append(match.group())
        position = match.end()
    return found


tokenize = exercise(
    name="tokenize",
    points=3,
    lecture="003, Word representation: words as integers",
    signature="tokenize(text)",
    draw=_text,
    edges=(
        Case(("L’été, c'est fini !",)),
        Case(("Aujourd'hui, qu'est-ce qu’il y a ? Jusqu'ici, rien...",)),
        Case(("I don't know: it's a déjà-vu.",)),
        Case(("Un chef-d'œuvre, peut-être ?!",)),
        Case(("",)),
    ),
    reference=_tokenize,
    misconceptions=(
        Misconception(
            "cut at spaces only",
            _tokenize_spaces,
            "Are `film` and `film,` two different words? Should they be two entries of the vocabulary?",
        ),
        Misconception("capitals kept", _tokenize_case_kept, "Are `Film` and `film` two different words?"),
        Misconception(
            "curly apostrophe overlooked",
            _tokenize_curly_apostrophe,
            "There are two apostrophes, ' and ’. What does your pattern do with the second one?",
        ),
        Misconception(
            "elision not cut",
            _tokenize_elision_kept,
            "`l'été` holds two words. Which part of your pattern finds `l'`? Does it stand before the one for words?",
        ),
        Misconception(
            "every apostrophe cuts",
            _tokenize_every_apostrophe,
            "`aujourd'hui` and `don't` are one word each. Which words lose their vowel before an apostrophe?",
        ),
        Misconception(
            "apostrophe a token of its own",
            _tokenize_apostrophe_apart,
            "What becomes of `aujourd'hui`, and of `don't`? Where may an apostrophe stand inside a word?",
        ),
        Misconception(
            "apostrophe lost",
            _tokenize_apostrophe_lost,
            "`l'` is the article, `l` a letter. To which token does the apostrophe belong?",
        ),
        Misconception(
            "only runs of letters",
            _tokenize_only_words,
            "`\\w+` knows letters and digits. What does it do with the apostrophe, the hyphen and the punctuation?",
        ),
        Misconception(
            "accents cut words",
            _tokenize_accents_cut,
            "Does `[a-z]` hold é or œ? Which class of the pattern language holds all letters?",
        ),
        Misconception(
            "punctuation lost",
            _tokenize_punctuation_lost,
            "An exclamation mark says something about a review. Which part of your pattern finds it?",
        ),
        Misconception(
            "punctuation in runs",
            _tokenize_punctuation_in_runs,
            "`?!` are two marks. How many characters may one token of punctuation have?",
        ),
        Misconception(
            "hyphens cut",
            _tokenize_hyphens_cut,
            "`peut-être` is one word. What may join the parts of a word, besides the apostrophe?",
        ),
        Misconception(
            "one text instead of a list", _tokenize_joined, "What does `tokenize(text)[0]` give: a token, or a letter?"
        ),
        Misconception("characters", _tokenize_characters, "Your tokens are single characters. Where does a word end?"),
    ),
    alternatives=(_tokenize_by_cutting, _tokenize_by_spaces, _tokenize_by_scanning),
    forbidden=(
        "nltk.word_tokenize",
        "nltk.tokenize.word_tokenize",
        "nltk.tokenize.wordpunct_tokenize",
        "nltk.tokenize.RegexpTokenizer",
        "spacy.blank",
        "spacy.load",
    ),
    formula="Lower case, ’ to ', then all matches, from left to right, of: an elided word, or a word, or one mark.",
    shapes="Text in, list of texts out. `re.findall(A + '|' + B + '|' + C, text)` tries A first, then B, then C.",
    worked="tokenize(\"L’ami, aujourd'hui !\") = [\"l'\", 'ami', ',', \"aujourd'hui\", '!']",
)
