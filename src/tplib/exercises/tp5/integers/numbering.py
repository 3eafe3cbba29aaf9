"""From tokens to numbers and back."""

from tplib.exercises.tp5.integers.common import WORDS, exercise, tokens
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case

Vocabulary = dict[str, int]

KNOWN = {"<pad>": 0, "<unk>": 1, "film": 2, "bon": 3, "été": 4}
SHUFFLED = {"été": 4, "<unk>": 1, "bon": 3, "<pad>": 0, "film": 2}


def _vocabulary(draw: Draw) -> Vocabulary:
    words = list(dict.fromkeys(tokens(draw, 1, 5)))
    vocabulary = {word: i for i, word in enumerate(["<pad>", "<unk>", *words])}
    # the same numbers in another order, as after a round trip through a sorted file
    return draw.choice((vocabulary, dict(sorted(vocabulary.items(), reverse=True))))


def _tokens_and_vocabulary(draw: Draw) -> Arguments:
    vocabulary = _vocabulary(draw)
    return tokens(draw, 1, 6, (*list(vocabulary)[:4], *WORDS[:5])), vocabulary


def _numbers_and_vocabulary(draw: Draw) -> Arguments:
    vocabulary = _vocabulary(draw)
    return draw.integers(0, len(vocabulary), draw.size(1, 6)).tolist(), vocabulary


@exercise(
    points=1,
    lecture="003, Word representation: words as integers",
    draw=_tokens_and_vocabulary,
    edges=(
        Case((["un", "bon", "film", "un"], KNOWN)),
        Case((["été", "film", "été", "hiver"], SHUFFLED)),
        Case((["x", "y", "x"], KNOWN)),
        Case(([], KNOWN)),
    ),
)
def encode(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    """number of a token = vocabulary[token], or vocabulary['<unk>'] if the token is not in the vocabulary.

    shapes: A list of T tokens gives a list of T whole numbers.
    worked: encode(['un', 'bon', 'film'], {'<pad>': 0, '<unk>': 1, 'film': 2, 'bon': 3}) = [1, 3, 2]
    """
    return [vocabulary.get(token, vocabulary["<unk>"]) for token in tokens]


@encode.mistake("Your list is shorter than the text. Which number stands for a word that is not in the vocabulary?")
def unknown_words_dropped(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [vocabulary[token] for token in tokens if token in vocabulary]


@encode.mistake("Number 0 means that there is nothing. Is there no word where there is an unknown one?")
def unknown_words_become_padding(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [vocabulary.get(token, 0) for token in tokens]


@encode.mistake("What should happen with a word that the training texts did not hold? What does `dict.get` offer?")
def unknown_words_not_expected(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [vocabulary[token] for token in tokens]


@encode.mistake("`dict.get` has a second argument. What does it give without it?", name="unknown words become None")
def unknown_words_become_none(tokens: list[str], vocabulary: Vocabulary) -> list[int | None]:
    return [vocabulary.get(token) for token in tokens]


@encode.mistake("You number new words on the fly. Which vectors will the trained model have for them?")
def vocabulary_grows(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [vocabulary.setdefault(token, len(vocabulary)) for token in tokens]


@encode.mistake("With V words the numbers are 0 ... V - 1. Which number stands for unknown words?")
def unknown_words_beyond_the_end(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [vocabulary.get(token, len(vocabulary)) for token in tokens]


@encode.mistake("The number of a word is its value in the dictionary. Is it also its place there?")
def place_in_the_dictionary(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    places = list(vocabulary)
    return [places.index(token) if token in places else 1 for token in tokens]


@encode.mistake("A word that comes twice in the text: how often is it in your list?")
def each_word_once(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [vocabulary.get(token, 1) for token in dict.fromkeys(tokens)]


@encode.alternative
def by_loop(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    numbers = []
    for token in tokens:
        if token in vocabulary:
            numbers.append(vocabulary[token])
        else:
            numbers.append(1)
    return numbers


@encode.alternative
def by_exception(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    numbers = []
    for token in tokens:
        try:
            numbers.append(vocabulary[token])
        except KeyError:
            numbers.append(vocabulary["<unk>"])
    return numbers


@encode.alternative
def by_union(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    numbers = dict.fromkeys(tokens, 1) | vocabulary
    return [numbers[token] for token in tokens]


@exercise(
    points=1,
    lecture="003, Word representation: words as integers",
    draw=_numbers_and_vocabulary,
    edges=(
        Case(([1, 3, 2, 0, 0], KNOWN)),
        Case(([0, 0, 4, 1, 2], SHUFFLED)),
        Case(([2, 0, 3], KNOWN)),
        Case(([], KNOWN)),
    ),
)
def decode(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    """Turn the dictionary round, from number to token; leave 0 out; look every other number up.

    shapes: A list of T whole numbers gives a list of at most T tokens.
    worked: decode([1, 3, 2, 0], {'<pad>': 0, '<unk>': 1, 'film': 2, 'bon': 3}) = ['<unk>', 'bon', 'film']
    """
    words = {i: word for word, i in vocabulary.items()}
    return [words[i] for i in indices if i != vocabulary["<pad>"]]


@decode.mistake("Is `<pad>` a word that someone wrote? Where does it go?")
def padding_kept(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = {i: word for word, i in vocabulary.items()}
    return [words[i] for i in indices]


@decode.mistake("A reader should see that a word is missing. Which of the two special tokens stays?")
def unknown_words_left_out(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    return [word for word in padding_kept(indices, vocabulary) if word not in ("<pad>", "<unk>")]


@decode.mistake("Which number is padding, 0 or 1? Which one stays?", name="<unk> left out instead of <pad>")
def unk_left_out_instead_of_pad(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    return [word for word in padding_kept(indices, vocabulary) if word != "<unk>"]


@decode.mistake("Some models pad on the left. What is left of [0, 0, 2, 3] then?")
def stops_at_the_first_padding(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = padding_kept(indices, vocabulary)
    return words[: words.index("<pad>")] if "<pad>" in words else words


@decode.mistake(
    "The number of a word is its value in the dictionary. Is it also its place there?",
    name="place in the dictionary",
)
def decode_place_in_the_dictionary(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = list(vocabulary)
    return [words[i] for i in indices if i != 0]


@decode.mistake("The keys of the vocabulary are words. How do you turn a dictionary round?")
def numbers_looked_up_as_words(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    return [vocabulary[i] for i in indices if i != 0]  # type: ignore[index,misc]


@decode.mistake("Your result is one text. What does a list of tokens look like?")
def one_text(indices: list[int], vocabulary: Vocabulary) -> str:
    return " ".join(decode(indices, vocabulary))


@decode.mistake("Numbers 0 and 1 belong to the special tokens. Which number does the first word have?")
def special_tokens_not_counted(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = [word for word in sorted(vocabulary, key=lambda w: vocabulary[w]) if word not in ("<pad>", "<unk>")]
    return [words[i] for i in indices if i != 0]


@decode.alternative
def by_sorting(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = sorted(vocabulary, key=vocabulary.__getitem__)
    return [words[i] for i in indices if words[i] != "<pad>"]


@decode.alternative
def by_zip(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = dict(zip(vocabulary.values(), vocabulary.keys(), strict=True))
    return [words[i] for i in filter(None, indices)]


@decode.alternative
def by_search(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    found = []
    for i in indices:
        if i == 0:
            continue
        for word, number in vocabulary.items():
            if number == i:
                found.append(word)
    return found
