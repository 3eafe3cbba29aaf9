"""Wrong swaps: of `her`, of capitals, of what a word is."""

import re

from tplib.exercises.tp9.downstream.swapping import PRONOUNS, Pairs, _like, counterfactual_swap, role, swap_with


@counterfactual_swap.mistake("'I saw her' and 'her book': are both `her` the same word in the masculine?")
def her_is_always_him(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "him")(text, pairs)


@counterfactual_swap.mistake("'her book' becomes 'his book'. What does 'I saw her.' become?")
def her_is_always_his(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "his")(text, pairs)


@counterfactual_swap.mistake("Whose book is it in 'his book', once the owner is a woman? 'hers book'?")
def his_is_hers(text: str, pairs: Pairs) -> str:
    return swap_with(role, his="hers")(text, pairs)


@counterfactual_swap.mistake("Which two of him, his and hers does your table forget?")
def pronouns_left(text: str, pairs: Pairs) -> str:
    return re.sub(r"[^\W\d_]+", lambda m: _like(m.group(), pairs.get(m.group().lower(), m.group())), text)


@counterfactual_swap.mistake("There is a `he` in 'the', and a `man` in 'human'. What is a whole word?")
def inside_of_words(text: str, pairs: Pairs) -> str:
    table = {**pairs, **PRONOUNS, "her": "his"}
    return re.sub("|".join(sorted(table, key=len, reverse=True)), lambda m: table[m.group()], text)


@counterfactual_swap.mistake("You replace man by woman, and then woman by man. Can all words change in one pass?")
def one_pair_after_the_other(text: str, pairs: Pairs) -> str:
    for old, new in {**pairs, **PRONOUNS, "her": "his"}.items():
        text = re.sub(rf"\b{old}\b", new, text)
    return text


@counterfactual_swap.mistake("What does your table say of 'He' at the beginning of a sentence?")
def capitals_not_found(text: str, pairs: Pairs) -> str:
    table = {**pairs, **PRONOUNS}

    def other(match: re.Match[str]) -> str:
        old = match.group()
        return role(text, match.end()) if old == "her" else table.get(old, old)

    return re.sub(r"[^\W\d_]+", other, text)


@counterfactual_swap.mistake("A sentence begins with a capital. Does yours still?")
def capitals_lost(text: str, pairs: Pairs) -> str:
    return swap_with(role, lambda old, new: new)(text, pairs)


@counterfactual_swap.mistake("Your text is in lower case throughout. Which words were to change?")
def lower_case_throughout(text: str, pairs: Pairs) -> str:
    return swap_with(role, lambda old, new: new)(text.lower(), pairs)


@counterfactual_swap.mistake("'HE' and 'He' have different capitals. What do you make of each?")
def all_capitals_forgotten(text: str, pairs: Pairs) -> str:
    return swap_with(role, lambda old, new: new.capitalize() if old[0].isupper() else new)(text, pairs)


@counterfactual_swap.mistake("A word at the end of a sentence has a full stop after it. Is 'him.' in your table?")
def split_at_spaces(text: str, pairs: Pairs) -> str:
    table = {**pairs, **PRONOUNS, "her": "his"}
    return " ".join(_like(word, table[word.lower()]) if word.lower() in table else word for word in text.split(" "))


@counterfactual_swap.mistake("How many spaces stood between the words, and were there line breaks?")
def white_space_lost(text: str, pairs: Pairs) -> str:
    return " ".join(swap_with(role)(text, pairs).split())


@counterfactual_swap.mistake("He has become she. Has she become he?")
def one_direction(text: str, pairs: Pairs) -> str:
    seen: set[str] = set()
    one_way = {a: b for a, b in pairs.items() if b not in seen and not seen.add(a)}  # type: ignore[func-returns-value]
    return swap_with(lambda text, end: "her", hers="hers")(text, one_way)


@counterfactual_swap.mistake("'I saw her.' and 'her book': which of them becomes his, and which him?")
def his_and_him_exchanged(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "him" if role(text, end) == "his" else "his")(text, pairs)


@counterfactual_swap.mistake("'I saw her. He left.': does a letter follow `her` after one space, or somewhere later?")
def any_letter_later(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "his" if re.search(r"[^\W\d_]", text[end:]) else "him")(text, pairs)


@counterfactual_swap.mistake("Is an apostrophe a letter? With which word does 'he's' begin?")
def apostrophe_taken_for_a_letter(text: str, pairs: Pairs) -> str:
    table = {**pairs, **PRONOUNS}

    def other(match: re.Match[str]) -> str:
        old = match.group()
        new = role(text, match.end()) if old.lower() == "her" else table.get(old.lower())
        return _like(old, new) if new else old

    return re.sub(r"[a-zA-Z']+", other, text)


@counterfactual_swap.mistake("A pair after the other, capitals too: which words change twice?")
def one_pair_after_the_other_with_capitals(text: str, pairs: Pairs) -> str:
    for old, new in {**pairs, **PRONOUNS}.items():
        for how in (str.lower, str.capitalize, str.upper):
            text = re.sub(rf"\b{how(old)}\b", how(new), text)
    return text


@counterfactual_swap.mistake("'her  dog', 'her' and a line break: is that one space and a letter?")
def any_white_space_after_her(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "his" if re.match(r"\s+[^\W\d_]", text[end:]) else "him")(text, pairs)


@counterfactual_swap.mistake("'told her' and a line break: is that a space?")
def one_white_space_after_her(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "his" if re.match(r"\s[^\W\d_]", text[end:]) else "him")(text, pairs)


@counterfactual_swap.mistake("'gave her 2 books': a space follows `her`. And what follows the space?")
def a_space_after_her(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "his" if text[end : end + 1] == " " else "him")(text, pairs)


@counterfactual_swap.mistake("'gave her 2 books': is a digit a letter?")
def a_digit_after_her(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "his" if re.match(r" \w", text[end:]) else "him")(text, pairs)


@counterfactual_swap.mistake("'her Aunt': is a capital no letter?")
def a_capital_after_her(text: str, pairs: Pairs) -> str:
    return swap_with(lambda text, end: "his" if re.match(r" [a-z]", text[end:]) else "him")(text, pairs)


@counterfactual_swap.mistake("Is a hyphen a letter? With which word does 'man-made' begin?")
def hyphen_taken_for_a_letter(text: str, pairs: Pairs) -> str:
    return swap_with(role, word=r"[^\W\d_]+(?:-[^\W\d_]+)*")(text, pairs)


@counterfactual_swap.mistake("`\\w` and `\\b` take digits and `_` for letters. With which word does 'he2' begin?")
def digits_taken_for_letters(text: str, pairs: Pairs) -> str:
    return swap_with(role, word=r"\w+")(text, pairs)


@counterfactual_swap.mistake("Which of the four pronouns is left in 'This is hers.'?")
def hers_left(text: str, pairs: Pairs) -> str:
    return swap_with(role, hers="hers")(text, pairs)
