# exercise: clean_text

# %% right: five_lines
# style: the five steps of the table
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = html.unescape(text)
    text = unicodedata.normalize("NFC", text)
    text = text.replace("’", "'")
    return " ".join(text.split())

# %% right: nested_expression
# style: one expression, regex for white space and strip at the end
import html
import re
import unicodedata

def clean_text(text):
    return re.sub(
        r"\s+", " ",
        unicodedata.normalize("NFC", html.unescape(re.sub("</?[a-zA-Z][^>]*>", " ", text))).replace("\u2019", "'"),
    ).strip()

# %% right: list_of_steps
# style: a list of small functions applied in a loop
import html
import re
import unicodedata

def clean_text(text):
    etapes = [
        lambda t: re.compile(r"</?[A-Za-z][^>]*>").sub(" ", t),
        html.unescape,
        lambda t: t.replace("’", "'"),
        lambda t: unicodedata.normalize("NFC", t),
        lambda t: " ".join(t.split()),
    ]
    for etape in etapes:
        text = etape(text)
    return text

# %% right: scan_by_hand
# style: no regex: looks for < and the next > with find
import html
import unicodedata

def clean_text(text):
    out = ""
    i = 0
    while i < len(text):
        c = text[i]
        if c == "<" and i + 1 < len(text):
            j = i + 1
            if text[j] == "/":
                j += 1
            end = text.find(">", j)
            if j < len(text) and text[j].isascii() and text[j].isalpha() and end != -1:
                out += " "
                i = end + 1
                continue
        out += c
        i += 1
    out = unicodedata.normalize("NFC", html.unescape(out))
    out = "'".join(out.split("’"))
    mots = out.split()
    return " ".join(mots)

# %% right: reduce
# style: functools.reduce over (function, arguments), case-insensitive pattern
import html
import re
import unicodedata

def clean_text(text):
    from functools import reduce
    tag = re.compile(r"</?[a-z][^>]*>", re.IGNORECASE | re.ASCII)
    f = [lambda s: tag.sub(" ", s), html.unescape, lambda s: unicodedata.normalize("NFC", s),
         lambda s: s.translate({0x2019: "'"}), str.split, " ".join]
    return reduce(lambda value, function: function(value), f, text)

# %% right: lazy_dotall
# style: lazy quantifier with DOTALL instead of [^>]*
import html
import re
import unicodedata

def clean_text(text):
    sans_balises = re.sub(r"</?[a-zA-Z].*?>", " ", text, flags=re.DOTALL)
    decode = html.unescape(sans_balises)
    compose = unicodedata.normalize("NFC", decode)
    droit = re.sub("’", "'", compose)
    result = ""
    for word in droit.split():
        if result:
            result += " "
        result += word
    return result

# %% right: spaces_by_characters
# style: isspace per character, words collected by hand
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    words, word = [], ""
    for c in text + " ":
        if c.isspace():
            if word:
                words.append(word)
            word = ""
        else:
            word += c
    return " ".join(words)

# %% wrong: tag_removed
# mistake: a tag becomes nothing, words grow together
# rule: "tags become a space"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", "", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: unescape_first
# mistake: entities before tags: &lt;b&gt; becomes a tag and is removed
# rule: "We do five things, in this order"
import html
import re
import unicodedata

def clean_text(text):
    text = html.unescape(text)
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(text.split())

# %% wrong: greedy
# mistake: greedy pattern removes all between the first < and the last >
# rule: "ends at the next `>`"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z].*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: heart_is_a_tag
# mistake: every <...> is a tag, also "<3 ... >"
# rule: "So `<3`, which people write for a heart, is no tag."
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"<[^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: space_before_letter
# mistake: allows white space after <, so "a < b and c > d" loses its middle
# rule: "directly followed by a letter or a slash"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"<\s*/?\s*[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: lower_case
# mistake: lower case
# rule: "Capitals, accents and punctuation stay."
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.lower().split())

# %% wrong: no_composition
# mistake: step 3 forgotten
# rule: "accents are composed"
import html
import re

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = html.unescape(text).replace("’", "'")
    return " ".join(text.split())

# %% wrong: nfd
# mistake: decomposes instead of composing
# rule: "`e` + combining accent | `é`, one character"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFD", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: nfkc
# mistake: NFKC also rewrites … ½ and ligatures
# rule: "keeps everything else"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFKC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: no_apostrophe
# mistake: step 4 forgotten
# rule: "one apostrophe | `l’été` | `l'été`"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text))
    return " ".join(text.split())

# %% wrong: split_at_space
# mistake: split(" ") leaves empty words, line breaks and tabs
# rule: "one space between words"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split(" "))

# %% wrong: two_spaces_once
# mistake: replaces two spaces by one, once: three spaces stay two; tabs stay
# rule: "one space between words"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return text.replace("  ", " ").strip()

# %% wrong: no_break_space_kept
# mistake: only space, tab and line break count as white space
# rule: "White space is more than the space bar: line breaks, tabs, and the no-break spaces"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return re.sub(r"[ \t\n\r]+", " ", text).strip(" \t\r\n")

# %% wrong: no_strip
# mistake: white space at both ends stays as one space
# rule: "`  trop   long ` | `trop long`"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return re.sub(r"\s+", " ", text)

# %% wrong: accents_removed
# mistake: strips the accents
# rule: "Capitals, accents and punctuation stay."
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFD", html.unescape(text)).replace("’", "'")
    text = "".join(c for c in text if not unicodedata.combining(c))
    return " ".join(text.split())

# %% wrong: punctuation_removed
# mistake: keeps only letters, apostrophes and spaces
# rule: "Capitals, accents and punctuation stay."
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(re.findall(r"[\w']+", text))

# %% wrong: compose_before_decode
# mistake: NFC before the entities are decoded: e&#769; stays two characters
# rule: "We do five things, in this order"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", text)
    text = html.unescape(text).replace("’", "'")
    return " ".join(text.split())

# %% wrong: apostrophe_before_decode
# mistake: the apostrophe is replaced before &rsquo; is decoded
# rule: "We do five things, in this order"
import html
import re
import unicodedata

def clean_text(text):
    text = text.replace("’", "'")
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text))
    return " ".join(text.split())

# %% wrong: spaces_before_decode
# mistake: white space first, so that &nbsp; and the spaces of tags stay
# rule: "We do five things, in this order"
import html
import re
import unicodedata

def clean_text(text):
    text = " ".join(text.split())
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    return unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")

# %% wrong: lower_case_tags
# mistake: only tags in small letters
# rule: "A tag (*balise*) starts with `<` directly followed by a letter or a slash"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: closing_tags_stay
# mistake: the slash is forgotten
# rule: "directly followed by a letter or a slash"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"<[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: some_entities
# mistake: a list of the entities of the example only
# rule: "entities are decoded"
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    for a, b in (("&eacute;", "é"), ("&nbsp;", " "), ("&quot;", '"'), ("&amp;", "&")):
        text = text.replace(a, b)
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(text.split())

# %% wrong: first_tag_only
# mistake: count=1
# rule: "tags become a space"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text, count=1)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: tag_on_one_line
# mistake: . does not match a line break: a tag over two lines stays
# rule: "ends at the next `>`"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z].*?>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: digits_are_tags
# mistake: \w instead of a letter: "<3 ... >" is a tag
# rule: "So `<3`, which people write for a heart, is no tag."
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?\w[^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: quotes_too
# mistake: curly quotation marks are made straight as well
# rule: "keeps everything else"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    text = text.replace("“", '"').replace("”", '"')
    return " ".join(text.split())

# %% wrong: no_attributes
# mistake: only tags that consist of letters, no attributes and no "<br />"
# rule: "ends at the next `>`"
import html
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z]+>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: entities_forgotten
# mistake: step 2 forgotten
# rule: "entities are decoded"
import re
import unicodedata

def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(text.split())

# %% wrong: letter_or_slash
# mistake: a slash alone starts a tag: the broken heart "</3 ... >" is one
# decided: was right while the text said "a letter or a slash"; now it says "a letter, or a slash and a letter"
# rule: "directly followed by a letter, or by a slash and a letter"
import html
import re
import unicodedata

def clean_text(text):
    balise = re.compile("<[a-zA-Z/][^>]*>")
    while balise.search(text):
        debut, fin = balise.search(text).span()
        text = text[:debut] + " " + text[fin:]
    text = unicodedata.normalize("NFC", html.unescape(text))
    text = "".join("'" if c == "\u2019" else c for c in text)
    return " ".join(text.split())

# %% right: straight_pipeline
# style: five lines in the order of the table
import re, html, unicodedata
def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = html.unescape(text)
    text = unicodedata.normalize("NFC", text)
    text = text.replace("’", "'")
    return " ".join(text.split())

# %% right: nested_one_expression
# style: everything nested in one expression, \u2019 as escape
def clean_text(text):
    import re, html, unicodedata
    return " ".join(unicodedata.normalize("NFC", html.unescape(re.sub("<(?:/)?[A-Za-z][^>]*>", " ", text))).replace("\u2019", "'").split())

# %% right: list_of_steps_again
# style: a list of lambdas applied in a loop, French names
import re, html, unicodedata
def clean_text(text):
    motif_balise = re.compile(r"<[/]?[a-z][^>]*>", flags=re.IGNORECASE | re.ASCII)
    etapes = [
        lambda t: motif_balise.sub(" ", t),
        html.unescape,
        lambda t: unicodedata.normalize("NFC", t),
        lambda t: t.translate({0x2019: "'"}),
        lambda t: " ".join(t.split()),
    ]
    for etape in etapes:
        text = etape(text)
    return text

# %% right: hand_scanner
# style: no regular expression, tags found with a while loop and str.find
import html, unicodedata, string
def clean_text(text):
    out, i = [], 0
    while i < len(text):
        if text[i] == "<":
            j = i + 1
            if text[j:j + 1] == "/":
                j += 1
            end = text.find(">", j)
            if j < len(text) and text[j] in string.ascii_letters and end != -1:
                out.append(" ")
                i = end + 1
                continue
        out.append(text[i])
        i += 1
    t = unicodedata.normalize("NFC", html.unescape("".join(out)))
    t = "'".join(t.split("’"))
    return " ".join(t.split())

# %% wrong: any_angle_bracket
# mistake: every <...> is a tag
# rule: "`<3` and `</3`, which people write for a heart and a broken one, are no tags, and neither is the middle of `a < b and c > d`"
import re, html, unicodedata
def clean_text(text):
    text = re.sub(r"<[^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: lower_case_again
# mistake: puts the text in lower case too
# rule: "Capitals, accents and punctuation stay."
import re, html, unicodedata
def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.lower().split())

# %% wrong: tags_to_nothing
# mistake: tags are removed without a space
# rule: "tags become a space"
import re, html, unicodedata
def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", "", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: entities_first
# mistake: decodes the entities before the tags are removed
# rule: "Decode once, after the tags: who writes `&lt;b&gt;` ... wants `<b>` ... to be read"
import re, html, unicodedata
def clean_text(text):
    text = html.unescape(text)
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(text.split())

# %% wrong: decode_twice
# mistake: decodes until nothing changes
# rule: "Decode **once** ... `&amp;eacute;` wants ... `&eacute;` to be read"
import re, html, unicodedata
def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    while html.unescape(text) != text:
        text = html.unescape(text)
    text = unicodedata.normalize("NFC", text).replace("’", "'")
    return " ".join(text.split())

# %% wrong: nfkc_again
# mistake: NFKC instead of NFC
# rule: "`unicodedata.normalize("NFC", text)` composes them. (Other forms do more: NFKC turns `½` into `1⁄2`.)"
import re, html, unicodedata
def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFKC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: dot_in_tag
# mistake: .*? does not cross a line break
# rule: "ends at the next `>`, even if that is in another line"
import re, html, unicodedata
def clean_text(text):
    text = re.sub(r"</?[a-zA-Z].*?>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return " ".join(text.split())

# %% wrong: only_space_bar
# mistake: collapses only spaces from the space bar
# rule: "White space is more than the space bar: line breaks, tabs, and the no-break spaces"
import re, html, unicodedata
def clean_text(text):
    text = re.sub(r"</?[a-zA-Z][^>]*>", " ", text)
    text = unicodedata.normalize("NFC", html.unescape(text)).replace("’", "'")
    return re.sub(r" +", " ", text).strip()
