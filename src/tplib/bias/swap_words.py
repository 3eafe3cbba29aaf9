"""English words that change with gender, and the words that tell which role `her` and `his` play."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


PAIRS: tuple[tuple[str, str], ...] = (
    ("he", "she"),
    ("himself", "herself"),
    ("man", "woman"),
    ("men", "women"),
    ("boy", "girl"),
    ("boys", "girls"),
    ("male", "female"),
    ("males", "females"),
    ("father", "mother"),
    ("fathers", "mothers"),
    ("dad", "mum"),
    ("dads", "mums"),
    ("daddy", "mummy"),
    ("son", "daughter"),
    ("sons", "daughters"),
    ("brother", "sister"),
    ("brothers", "sisters"),
    ("husband", "wife"),
    ("husbands", "wives"),
    ("uncle", "aunt"),
    ("uncles", "aunts"),
    ("nephew", "niece"),
    ("nephews", "nieces"),
    ("grandfather", "grandmother"),
    ("grandfathers", "grandmothers"),
    ("grandson", "granddaughter"),
    ("grandsons", "granddaughters"),
    ("boyfriend", "girlfriend"),
    ("boyfriends", "girlfriends"),
    ("gentleman", "lady"),
    ("gentlemen", "ladies"),
    ("king", "queen"),
    ("kings", "queens"),
    ("prince", "princess"),
    ("princes", "princesses"),
    ("actor", "actress"),
    ("actors", "actresses"),
    ("waiter", "waitress"),
    ("waiters", "waitresses"),
    ("hero", "heroine"),
    ("heroes", "heroines"),
    ("host", "hostess"),
    ("hosts", "hostesses"),
    ("widower", "widow"),
    ("widowers", "widows"),
    ("groom", "bride"),
    ("grooms", "brides"),
    ("policeman", "policewoman"),
    ("policemen", "policewomen"),
    ("businessman", "businesswoman"),
    ("businessmen", "businesswomen"),
    ("chairman", "chairwoman"),
    ("chairmen", "chairwomen"),
    ("spokesman", "spokeswoman"),
    ("spokesmen", "spokeswomen"),
    ("mr", "ms"),
    ("sir", "madam"),
    ("masculine", "feminine"),
)

ONE_WAY = {"mrs": "mr", "miss": "mr", "mom": "dad", "moms": "dads", "mommy": "daddy", "guy": "woman", "guys": "women"}
"""Words whose partner has another partner: Mr turns into Ms, and Mrs into Mr."""

# `his` is nearly always followed by what he has ("his later work", "his will"); these words show that it is not.
AFTER_HIS_ALONE = _words(
    """
    alone are as could had has is on shall should to too was were would
    """
)

# What follows `her` the object (him): no noun phrase goes on with it.
AFTER_HER_THE_OBJECT = _words(
    """
    a about above across after again against all along already also although always an and another any are
    around as at away be because before behind being below beside between both but by can could did do does down
    during each either else enough even ever every except for from had has have he her here him his how i if in
    inside instead into is it just later like may might more much must near neither never no nor not now of off
    often on once one or our out outside over quite rather shall she should since so some somehow something soon
    still such than that the their them then there these they this those though through till to today together
    tomorrow tonight too toward towards under unless until up upon upstairs downstairs was we were what when
    where whether which while who whom whose why will with within without would yes yesterday yet you
    """
)

# After these verbs `her` takes an infinitive without "to": they let her go, made her cry.
TAKES_AN_INFINITIVE = _words(
    """
    let lets letting make makes made making help helps helped helping saw heard
    """
)
BARE_INFINITIVES = _words(
    """
    be become believe come cry do feel find get give go have keep know laugh leave look play say see sing sit
    speak stand stay stop take talk think try understand wait want win write
    """
)
