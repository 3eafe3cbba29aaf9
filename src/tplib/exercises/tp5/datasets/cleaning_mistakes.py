"""Mistakes in cleaning a text, each in one step or in the order of two."""

import html
import re
import unicodedata

from tplib.exercises.tp5.datasets.cleaning import clean_text

TAG = r"</?[a-zA-Z][^>]*>"
SPACES = "After your function, does the text still hold a line break, a no-break space, or two spaces in a row?"


def _decoded(text: str) -> str:
    """After the first two steps."""
    return html.unescape(re.sub(TAG, " ", text))


def _straight(text: str) -> str:
    """After all steps but the last."""
    return unicodedata.normalize("NFC", _decoded(text)).replace("’", "'")


def _cleaned(text: str) -> str:
    """After all steps."""
    return " ".join(_straight(text).split())


def _after_tags(text: str) -> str:
    """All steps but the first."""
    return " ".join(unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'").split())


@clean_text.mistake("What are `len('é')` and `len(unicodedata.normalize('NFD', 'é'))`? Are the two equal as texts?")
def accents_not_composed(text: str) -> str:
    return " ".join(_decoded(text).replace("’", "'").split())


@clean_text.mistake(
    "An entity such as `&#769;` is an accent too. Which step has to come before the accents are composed?"
)
def accents_composed_before_decoding(text: str) -> str:
    text = unicodedata.normalize("NFC", re.sub(TAG, " ", text))
    return " ".join(html.unescape(text).replace("’", "'").split())


@clean_text.mistake("How long is 'é' after your function: one character or two? Which form composes: NFC or NFD?")
def accents_decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", _cleaned(text))


@clean_text.mistake("Are 'pêche' and 'péché' the same word? Which form does `unicodedata.normalize` need: NFC or NFD?")
def accents_removed(text: str) -> str:
    letters = unicodedata.normalize("NFD", _cleaned(text))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


@clean_text.mistake(
    "What becomes of `½` and `…`? Which form only composes accents: NFC or NFKC?", name="NFKC instead of NFC"
)
def nfkc_instead_of_nfc(text: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", _straight(text)).split())


@clean_text.mistake("Later steps may need to know that 'Pierre' is a name. Who asked for lower case?")
def capitals_lost(text: str) -> str:
    return _cleaned(text).lower()


@clean_text.mistake("Is there still a `<br />` in your result? Which step should take it out?")
def tags_kept(text: str) -> str:
    return _after_tags(text)


@clean_text.mistake(
    "There are other tags than `<br />`. What do they all start and end with?",
    name="only line-break tags removed",
)
def only_line_break_tags_removed(text: str) -> str:
    return _after_tags(text.replace("<br />", " ").replace("<br>", " "))


@clean_text.mistake("There is more than one tag in the text. How many does `count=1` replace?")
def only_the_first_tag_removed(text: str) -> str:
    return _after_tags(re.sub(TAG, " ", text, count=1))


@clean_text.mistake("Is `<BR>` a tag to your pattern? A letter may be a capital.")
def tags_in_capitals_kept(text: str) -> str:
    return _after_tags(re.sub(r"</?[a-z][^>]*>", " ", text))


@clean_text.mistake("Is `</p>` still in your text? What may stand between `<` and the letter?")
def closing_tags_kept(text: str) -> str:
    return _after_tags(re.sub(r"<[a-zA-Z][^>]*>", " ", text))


@clean_text.mistake(
    "Does your pattern know `<br />` and `<b class='x'>`? What may stand between the letters and the `>`?"
)
def tags_with_more_than_letters_kept(text: str) -> str:
    return _after_tags(re.sub(r"</?[a-zA-Z]+>", " ", text))


@clean_text.mistake("A tag may go on in the next line. Which character does `.` not fit? And `[^>]`?")
def tags_over_two_lines_kept(text: str) -> str:
    return _after_tags(re.sub(r"</?[a-zA-Z].*?>", " ", text))


@clean_text.mistake("What becomes of the words on both sides of a `<br />`? What should replace a tag?")
def words_glued_where_a_tag_was(text: str) -> str:
    return _cleaned(re.sub(TAG, "", text))


@clean_text.mistake("`.*` takes as much as it can. How far does `<.*>` reach in `a <b>good</b> film`?")
def text_between_two_tags_lost(text: str) -> str:
    return _after_tags(re.sub(r"</?[a-zA-Z].*>", " ", text))


@clean_text.mistake(
    "What does your pattern do with the heart in `I <3 it<br />`? What follows the `<` of a tag?",
    name="every < starts a tag",
)
def every_starts_a_tag(text: str) -> str:
    return _after_tags(re.sub(r"<[^>]*>", " ", text))


@clean_text.mistake("What does your pattern do with the heart in `I <3 it<br />`? Does `\\w` fit letters only?")
def a_digit_starts_a_tag(text: str) -> str:
    return _after_tags(re.sub(r"</?\w[^>]*>", " ", text))


@clean_text.mistake("In `a < b and c > d` there is no tag. What must follow the `<` of a tag directly?")
def a_space_may_follow(text: str) -> str:
    return _after_tags(re.sub(r"<\s*/?\s*[a-zA-Z][^>]*>", " ", text))


@clean_text.mistake("`</3` is a broken heart and no tag. What must follow the slash?")
def a_slash_without_a_letter(text: str) -> str:
    return _after_tags(re.sub(r"<[a-zA-Z/][^>]*>", " ", text))


@clean_text.mistake("Are `l'amour` and `l’amour` equal as texts? Look at their apostrophes.")
def curly_apostrophe_kept(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", _decoded(text)).split())


@clean_text.mistake("The curly apostrophe becomes a straight one. Where have yours gone?")
def apostrophes_removed(text: str) -> str:
    return " ".join(_cleaned(text).replace("'", " ").split())


@clean_text.mistake("`&rsquo;` is a curly apostrophe too. Which step shows it?")
def apostrophes_replaced_before_decoding(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", _decoded(text.replace("’", "'"))).split())


@clean_text.mistake("Cleaning keeps everything else. Who asked for other quotation marks?")
def quotation_marks_changed(text: str) -> str:
    return _cleaned(text).replace("“", '"').replace("”", '"')


@clean_text.mistake("What is `&eacute;`? What does `html.unescape` make of it?")
def entities_kept(text: str) -> str:
    text = unicodedata.normalize("NFC", re.sub(TAG, " ", text))
    return " ".join(text.replace("’", "'").split())


@clean_text.mistake(
    "There are two thousand entities, `&hellip;` and `&#8217;` among them. Which function knows them all?"
)
def only_some_entities_decoded(text: str) -> str:
    text = re.sub(TAG, " ", text)
    for entity, character in (("&eacute;", "é"), ("&nbsp;", " "), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(entity, character)
    return " ".join(unicodedata.normalize("NFC", text).replace("’", "'").split())


@clean_text.mistake("`&lt;b&gt;` is how one writes `<b>` as a text. Which comes first: the tags or the entities?")
def entities_decoded_before_the_tags(text: str) -> str:
    return _cleaned(html.unescape(text).replace("&", "&amp;"))


@clean_text.mistake("Somebody wrote `&amp;eacute;` to show an entity. How often do you decode?")
def entities_decoded_twice(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", html.unescape(_decoded(text))).replace("’", "'").split())


@clean_text.mistake("`&nbsp;` becomes a space and `&rsquo;` an apostrophe. Which steps have to come after that?")
def entities_decoded_last(text: str) -> str:
    return html.unescape(entities_kept(text))


@clean_text.mistake("Tags and `&nbsp;` leave spaces behind. Which step has to come last?")
def spaces_reduced_first(text: str) -> str:
    return _straight(" ".join(text.split()))


@clean_text.mistake(SPACES)
def spaces_kept(text: str) -> str:
    return _straight(text)


@clean_text.mistake(SPACES)
def spaces_inside_kept(text: str) -> str:
    return _straight(text).strip()


@clean_text.mistake(SPACES)
def only_plain_spaces_reduced(text: str) -> str:
    return re.sub(" +", " ", spaces_inside_kept(text))


@clean_text.mistake(
    "A no-break space looks like a space. Which sign of the patterns, or which method, knows all of them?",
    name="no-break spaces kept",
)
def no_break_spaces_kept(text: str) -> str:
    return re.sub(r"[ \t\n\r]+", " ", _straight(text)).strip(" \t\r\n")


@clean_text.mistake("What does `.replace('  ', ' ')` make of three spaces in a row?")
def double_spaces_replaced_once(text: str) -> str:
    return re.sub(r"\s", " ", spaces_inside_kept(text)).replace("  ", " ")


@clean_text.mistake("What does `.replace('  ', ' ')` make of three spaces in a row, and of a line break?")
def only_two_plain_spaces_replaced(text: str) -> str:
    return _straight(text).replace("  ", " ").strip()


@clean_text.mistake("Does your result start or end with a space?")
def spaces_at_the_ends_kept(text: str) -> str:
    return re.sub(r"\s+", " ", _straight(text))


@clean_text.mistake("Commas, points and parentheses are part of the text. Which step takes them out?")
def punctuation_removed(text: str) -> str:
    return " ".join(re.sub(r"[^\w\s]", "", _cleaned(text)).split())


@clean_text.mistake("Commas, points and hyphens are part of the text. Which step takes them out?")
def only_letters_and_apostrophes_kept(text: str) -> str:
    return " ".join(re.findall(r"[\w']+", _cleaned(text)))
