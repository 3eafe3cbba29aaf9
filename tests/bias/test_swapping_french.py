"""The counterfactual of a French text: agreement, elision, possessives, epicene nouns, and what shows no gender."""

import pytest

from tplib import TplibError
from tplib.bias import counterfactual_swap_french, french_words

THERE_AND_BACK = [
    ("Le nouvel assistant est arrivé.", "La nouvelle assistante est arrivée."),
    ("L'infirmière est très patiente et compétente.", "L'infirmier est très patient et compétent."),
    ("Ma tante parle à l'avocat du roi.", "Mon oncle parle à l'avocate de la reine."),
    ("Son infirmière, sa meilleure amie.", "Son infirmier, son meilleur ami."),
    ("Il faut appeler la directrice.", "Il faut appeler le directeur."),
    ("Il y a une femme et il pleut.", "Il y a un homme et il pleut."),
    ("Les étudiants ont été fatigués.", "Les étudiantes ont été fatiguées."),
    ("Un vieil ami français de la reine", "Une vieille amie française du roi"),
    ("Cet acteur au vieux professeur", "Cette actrice à la vieille professeure"),
    ("Mon mari, un chirurgien connu, l'a vue.", "Ma femme, une chirurgienne connue, l'a vue."),
    ("AU PRÉSIDENT", "À LA PRÉSIDENTE"),
    ("L’étudiante n'est pas contente.", "L\u2019étudiant n'est pas content."),
    ("Elle est devenue ingénieure.", "Il est devenu ingénieur."),
    ("La belle ouvrière", "Le bel ouvrier"),
    ("Les meilleures chercheuses, celles du roi", "Les meilleurs chercheurs, ceux de la reine"),
    ("L'héroïne courageuse", "Le héros courageux"),
    ("Le  petit   garçon", "La  petite   fille"),
    ("la fille du héros", "le fils de l'héroïne"),
    ("Toute la famille se lève.", "Toute la famille se lève."),
    ("", ""),
]


@pytest.mark.parametrize(("text", "swapped"), THERE_AND_BACK)
def test_what_agrees_with_the_noun_changes_with_it(text, swapped):
    assert counterfactual_swap_french(text).text == swapped
    assert counterfactual_swap_french(swapped).text == text


def test_an_epicene_noun_changes_only_by_its_determiner():
    swapped = counterfactual_swap_french("La dentiste est absente ; l'élève, les élèves et lui aussi.")
    assert swapped.text == "Le dentiste est absent ; l'élève, les élèves et lui aussi."
    assert swapped.left == ("élève", "élèves", "lui")
    assert counterfactual_swap_french("un jeune journaliste").left == ("journaliste",)  # "jeune" is not in the list


@pytest.mark.parametrize("pair", sorted(french_words.NOUNS.items()))
def test_every_noun_in_four_sentences(pair):
    if pair in french_words.KIN or pair == ("homme", "femme") or pair == ("garçon", "fille"):
        pytest.skip("these have two partners")
    vowel = pair[0][0] in "aeéiouh" and pair[0] != "héros"
    feminine = pair[1][0] in "aeéiouh"
    man = f"{'cet' if vowel else 'ce'} {pair[0]} est content"
    woman = f"cette {pair[1]} est contente"
    assert counterfactual_swap_french(man).text == woman
    assert counterfactual_swap_french(woman).text == man
    near = f"{'près de l' + chr(39) if vowel else 'près du '}{pair[0]}"
    far = f"{'près de l' + chr(39) if feminine else 'près de la '}{pair[1]}"
    assert counterfactual_swap_french(near).text == far
    assert counterfactual_swap_french(far).text == near


def test_a_list_of_texts_is_refused():
    with pytest.raises(TplibError, match="text must be one text, but is list"):
        counterfactual_swap_french(["il"])
