"""From numbers back to tokens."""

from tplib.exercises.tp5.integers.common import KNOWN, SHUFFLED, Vocabulary, exercise, vocabulary_of
from tplib.graders.draw import Arguments, Draw
from tplib.graders.exercise import Case, Drawn


def _numbers_and_vocabulary(draw: Draw) -> Arguments:
    vocabulary = vocabulary_of(draw)
    return draw.integers(0, len(vocabulary), draw.size(1, 6)).tolist(), vocabulary


def _padded(draw: Draw) -> Arguments:
    """Padding on the left, in the middle and at the end, unknown words, and a word twice."""
    vocabulary = vocabulary_of(draw)
    last = len(vocabulary) - 1
    return [0, 0, last, 1, 0, *draw.integers(0, last + 1, draw.size(1, 3)).tolist(), last, 1, 0, 0], vocabulary


@exercise(
    points=1,
    lecture="003, Word representation: words as integers",
    concepts=(2,),
    draw=_numbers_and_vocabulary,
    edges=(
        Case(([1, 3, 2, 0, 0], KNOWN)),
        Case(([0, 0, 4, 1, 2], SHUFFLED)),
        Case(([2, 0, 3], KNOWN)),
        Case(([0, 0, 2, 0, 0, 1, 2, 0, 0], KNOWN)),
        Case(([4, 1, 3, 4], SHUFFLED)),
        Drawn(_padded),
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


@decode.mistake("Padding may stand anywhere. Which of your zeros are still there as `<pad>`?")
def only_padding_at_the_end_left_out(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = padding_kept(indices, vocabulary)
    while words and words[-1] == "<pad>":
        words.pop()
    return words


@decode.mistake("Padding may stand between words, too. Which of your zeros are still there as `<pad>`?")
def padding_in_the_middle_kept(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = only_padding_at_the_end_left_out(indices, vocabulary)
    while words and words[0] == "<pad>":
        words.pop(0)
    return words


@decode.mistake("`list.remove` takes out one item. How many zeros may a list hold?")
def one_padding_left_out(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = padding_kept(indices, vocabulary)
    if "<pad>" in words:
        words.remove("<pad>")
    return words


@decode.mistake("You remove items of the list through which your loop walks. Which one does it skip then?")
def removed_during_the_loop(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = padding_kept(indices, vocabulary)
    for word in words:
        if word == "<pad>":
            words.remove(word)
    return words


@decode.mistake("Is an empty text a token? What should be left of padding?")
def padding_becomes_an_empty_text(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    return ["" if word == "<pad>" else word for word in padding_kept(indices, vocabulary)]


@decode.mistake("Unknown words stay visible as `<unk>`. What do you put in their place?")
def unknown_words_become_a_question_mark(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    return ["?" if word == "<unk>" else word for word in decode(indices, vocabulary)]


@decode.mistake("Is the number of a word its place in the alphabet?")
def place_in_the_alphabet(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    words = sorted(vocabulary)
    return [words[i] for i in indices if i != 0]


@decode.mistake("A word that comes twice in the text: how often is it in your list?")
def each_token_once(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    return list(dict.fromkeys(decode(indices, vocabulary)))


@decode.mistake("In which order do your tokens come: in that of the numbers, or of the vocabulary?")
def order_of_the_vocabulary(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    return [word for word, i in vocabulary.items() if i in indices and i != 0]


@decode.mistake("Your text reads backwards. Where does a new token go?")
def text_turned_round(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    return decode(indices, vocabulary)[::-1]


@decode.mistake("The keys of the vocabulary are words. What does `vocabulary.get(2, ...)` look for?")
def all_words_unknown(indices: list[int], vocabulary: Vocabulary) -> list[str]:
    return ["<unk>" for i in indices if i != 0]


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
