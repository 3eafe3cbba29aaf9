"""From tokens to numbers."""

from tplib.exercises.tp5.integers.common import KNOWN, SHUFFLED, WORDS, Vocabulary, exercise, tokens, vocabulary_of
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _tokens_and_vocabulary(draw: Draw) -> Arguments:
    vocabulary = vocabulary_of(draw)
    return tokens(draw, 1, 6, (*list(vocabulary)[:4], *WORDS[:5])), vocabulary


def _all_kinds(draw: Draw) -> Arguments:
    """A word twice, padding, an unknown word before a known one, in an order of its own."""
    vocabulary = vocabulary_of(draw)
    words = list(vocabulary)[-2:]
    return [words[1], "<pad>", "hiver", *(words[::-1] if draw.choice((True, False)) else words), "hiver"], vocabulary


@exercise(
    points=1,
    lecture="003, Word representation: words as integers",
    concepts=(2,),
    draw=_tokens_and_vocabulary,
    edges=(
        Case((["un", "bon", "film", "un"], KNOWN)),
        Case((["été", "film", "été", "hiver"], SHUFFLED)),
        Case((["x", "y", "x"], KNOWN)),
        Case((["bon", "<pad>", "un", "<unk>", "<pad>"], KNOWN)),
        Case((["films", "bonne", "film", "été", "bo"], SHUFFLED)),
        Drawn(_all_kinds),
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


@encode.mistake(
    "An index of -1 points at the last row of a table. Which number stands for unknown words?",
    name="unknown words become -1",
)
def unknown_words_become_minus_1(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [vocabulary.get(token, -1) for token in tokens]


@encode.mistake(
    "`<unk>` is a token. Which *number* does it have, and where does it stand?", name="<unk>, not its number"
)
def unk_not_its_number(tokens: list[str], vocabulary: Vocabulary) -> list[int | str]:
    return [vocabulary.get(token, "<unk>") for token in tokens]


@encode.mistake("`<pad>` has number 0, which is as good as False to `or` and `if`. Is it unknown?")
def number_0_taken_for_nothing(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [vocabulary.get(token) or 1 for token in tokens]


@encode.mistake("An unknown word ends your loop. How many numbers do T tokens give?")
def stops_at_an_unknown_word(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    unknown = [i for i, token in enumerate(tokens) if token not in vocabulary]
    return encode(tokens[: unknown[0] + 1] if unknown else tokens, vocabulary)


@encode.mistake("One unknown word makes all the others unknown. What does your `try` hold?")
def one_unknown_word_makes_all_unknown(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    known = all(token in vocabulary for token in tokens)
    return encode(tokens, vocabulary) if known else [1] * len(tokens)


@encode.mistake("In which order do your numbers come: in that of the text, or of the vocabulary?")
def order_of_the_vocabulary(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [i for token, i in vocabulary.items() if token in tokens]


@encode.mistake("In which order do your numbers come? A text keeps its own.")
def numbers_sorted(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return sorted(encode(tokens, vocabulary))


@encode.mistake("Does the first word have number 0 or 2? The special tokens count.")
def special_tokens_not_counted(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [i - 2 for i in encode(tokens, vocabulary)]


@encode.mistake("What are the items of a text: characters, or tokens?")
def of_characters(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return encode(list("".join(tokens)), vocabulary)


@encode.mistake("Your list is longer than the text. Does padding belong to a single text?")
def padding_added(tokens: list[str], vocabulary: Vocabulary) -> list[int]:
    return [*encode(tokens, vocabulary), 0]


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
