"""What to know of a data set before using it: in which languages, judged by whom, and with which faults.

After Gebru et al. (2021), "Datasheets for datasets", and Bender & Friedman (2018), "Data statements", cut down to what
a course needs. Origin, licence and citation stand in the registry.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Card:
    """Languages of the set, who judged or labelled what lies in it, and its known faults."""

    languages: str
    annotators: str
    faults: tuple[str, ...]


_NEWS = "English, mostly American: about 100 billion words of Google News up to 2013"
_NO_ONE = "nobody: the vectors were learned from text alone"
_MNIST_WRITERS = (
    "nobody rated them: the label is the digit that a writer was asked for. About 250 writers, half of them employees "
    "of the American Census Bureau, half high-school students"
)

CARDS = {
    "digits": Card(
        languages="none: digits",
        annotators="nobody rated them: the label is the digit that a writer was asked for. 13 writers",
        faults=(
            "images of one writer lie in both of our splits, so that the test is easier than a new writer would be",
            "8x8 pixels, made by counting dots: a few digits are hard to read for people",
        ),
    ),
    "mnist-5k": Card(
        languages="none: digits",
        annotators=_MNIST_WRITERS,
        faults=(
            "images of one writer lie in both of our splits, so that the test is easier than a new writer would be",
            "a few labels of MNIST are wrong (Northcutt et al. 2021)",
        ),
    ),
    "mnist": Card(
        languages="none: digits",
        annotators=_MNIST_WRITERS,
        faults=(
            "a few labels are wrong (Northcutt et al. 2021)",
            "cut out, centred and of one size: digits elsewhere are not",
        ),
    ),
    "snippets": Card(
        languages="English (American film reviews)",
        annotators="20 people for each sentence, chosen by a test, on Amazon Mechanical Turk; the file has their mean",
        faults=(
            "sentences are cut out of reviews: some cannot be judged without the rest",
            "some sentences occur twice; our splits keep such twins together",
            "opinions on films name actors and characters: words of gender carry sentiment here",
        ),
    ),
    "avis-fr": Card(
        languages="French",
        annotators="the authors of this course, who wrote each review for its label; nobody else rated them",
        faults=(
            "short, clear and written to be told apart: real reviews are harder",
            "320 reviews: a share of the test part is uncertain by several points",
        ),
    ),
    "shakespeare": Card(
        languages="English of about 1600, in modern spelling",
        annotators="nobody",
        faults=(
            "names of speakers and stage directions belong to the text",
            "the plays were written by one hand or two",
        ),
    ),
    "brown": Card(
        languages="American English, printed in 1961",
        annotators="a program gave each word its part of speech, and linguists corrected it by hand (1970 to 1979)",
        faults=(
            "printed prose of one year: nothing spoken, and the writers of that time were mostly men",
            "a million words are few for word vectors",
        ),
    ),
    "word2vec": Card(
        languages=_NEWS,
        annotators=_NO_ONE,
        faults=(
            "the news texts were never published, so that nobody can look up where an association comes from",
            "frequent words only, most of them in lower case; names are nearly all missing",
            "holds what news said of groups of people: that is why it is measured here",
        ),
    ),
    "word-tests": Card(
        languages="English",
        annotators=(
            "the authors of word2vec wrote the analogies; 13 to 16 people rated each pair of WordSim-353, about 50 "
            "people each pair of SimLex-999"
        ),
        faults=(
            "WordSim-353 mixes likeness (car, automobile) with relatedness (computer, keyboard)",
            "more than half of the analogies are about the forms of words, and many of the others about capitals",
        ),
    ),
    "weat-vectors": Card(
        languages=_NEWS,
        annotators=_NO_ONE,
        faults=(
            "chosen for published tests: not a vocabulary on which neighbours can be counted",
            "axe and Billy, which the tests name, have no vector",
            "the vectors are not of length 1",
        ),
    ),
    "bias-words": Card(
        languages="English (American): names and jobs of the United States",
        annotators=(
            "psychologists and the papers' authors chose the lists; crowd workers said how stereotypical each "
            "profession is; the shares of women are American labour statistics"
        ),
        faults=(
            "two genders only; race is told by first names",
            "rare names are left out of rows 3 and 4, as in the paper; the file marks them for row 5 too",
            "its slip `failur` and the word `short-term` are mended here; row 10 does not give the published number",
        ),
    ),
    "lexique": Card(
        languages="French: about 50 million words of film subtitles, 15 million of novels from 1950 to 2000",
        annotators="its makers, who corrected the work of programs over many versions; not stated word by word",
        faults=(
            "feminine forms of jobs are missing (autrice, ingénieure, procureure, pompière): absent is not rare",
            "subtitles are mostly translations from American English",
            "words that can have either gender (secrétaire, livre) have none stated",
            "œ is written oe",
        ),
    ),
    "french-nouns": Card(
        languages="French",
        annotators="the makers of the lexicon Lefff, with programs; not stated word by word",
        faults=(
            "one gender a word, also where people use both",
            "feminine forms of jobs are missing (autrice, professeure): absent is not rare",
        ),
    ),
    "stereoset": Card(
        languages="English of the United States",
        annotators="crowd workers in the United States in 2019 wrote the sentences; others judged what each of them is",
        faults=(
            "pairs that are ungrammatical, differ in more than one thing, or name no stereotype (Blodgett et al. 2021)",
            "the public part only: the published scores are of a hidden one",
            "the sentences hold slurs and harmful claims",
        ),
    ),
    "bbq-gender": Card(
        languages="English of the United States",
        annotators="the authors wrote the templates; American crowd workers checked a part of the questions",
        faults=(
            "stereotypes of the United States; few templates stand behind many questions, which are not independent",
            "what the file means by the target of a question is disputed (issue 11 of nyu-mll/BBQ)",
        ),
    ),
    "compas": Card(
        languages="none: numbers and English names of categories",
        annotators=(
            "the police and the courts of Broward County, Florida, in 2013 and 2014: who was arrested, and as what "
            "race and sex they wrote them down"
        ),
        faults=(
            "being charged is not having done it: where the police look decides who is in class 1",
            "that two years had passed was asked only of people who were not charged again, so that the share of class "
            "1 is too high (Barenstein 2019)",
            "names stand in the file as published; `load` leaves them out",
        ),
    ),
    "adult": Card(
        languages="none: numbers and English names of categories",
        annotators="the people themselves, or one for the household, in the American census survey of 1994",
        faults=(
            "the limit of 50,000 dollars is arbitrary, and another one gives other gaps (Ding et al. 2021)",
            "`fnlwgt` says for how many Americans a row stands; most work ignores it, and so do we",
            'a missing answer is "?"; two sexes only',
        ),
    ),
    "minilm": Card(
        languages="English",
        annotators="nobody: trained on more than a billion pairs of sentences from the web, a large part from Reddit",
        faults=(
            "its authors' code reads 256 pieces of words and cuts the rest off in silence",
            "holds what the web says of groups of people",
        ),
    ),
    "smollm2": Card(
        languages="mostly English",
        annotators="nobody labelled the texts; the model was then tuned on instructions",
        faults=(
            "weights rounded to 4 bits: its likelihoods are not those of the published model",
            "tuned to follow instructions: not a base model",
            "what a sentence begins with (which start token) changes its scores",
        ),
    ),
    "use-multilingual": Card(
        languages=(
            "Arabic, Chinese (two scripts), Dutch, English, French, German, Italian, Japanese, Korean, Polish, "
            "Portuguese, Russian, Spanish, Thai, Turkish"
        ),
        annotators="nobody: trained on questions with answers, translations and inferences from the web",
        faults=(
            "weights rounded to 6 bits: close to Google's model, not equal to it",
            "the training texts were not published; languages have unlike shares in them",
        ),
    ),
}
"""The card of each set of the registry."""
