"""French words that change with gender: nouns of people in pairs, adjectives, determiners, and what is elided."""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _pairs(text: str) -> dict[str, str]:
    return dict(pair.split("/") for pair in text.split())


# masculine and feminine, singular; the plural of both takes an s unless PLURALS says otherwise
NOUNS = _pairs(
    """
    homme/femme garçon/fille père/mère fils/fille frère/sœur mari/femme oncle/tante neveu/nièce cousin/cousine ami/amie
    voisin/voisine monsieur/madame roi/reine prince/princesse héros/héroïne étudiant/étudiante avocat/avocate
    assistant/assistante enseignant/enseignante commerçant/commerçante président/présidente infirmier/infirmière
    ouvrier/ouvrière boulanger/boulangère caissier/caissière policier/policière pompier/pompière cuisinier/cuisinière
    couturier/couturière banquier/banquière conseiller/conseillère acteur/actrice auteur/autrice directeur/directrice
    instituteur/institutrice traducteur/traductrice éducateur/éducatrice lecteur/lectrice spectateur/spectatrice
    chercheur/chercheuse coiffeur/coiffeuse vendeur/vendeuse serveur/serveuse danseur/danseuse chanteur/chanteuse
    travailleur/travailleuse professeur/professeure ingénieur/ingénieure docteur/docteure procureur/procureure
    musicien/musicienne informaticien/informaticienne mécanicien/mécanicienne comédien/comédienne
    pharmacien/pharmacienne chirurgien/chirurgienne technicien/technicienne gardien/gardienne patron/patronne
    champion/championne employé/employée retraité/retraitée député/députée délégué/déléguée
    """
)

# somebody's wife is a husband's counterpart, and a woman a man's; "fils" and "mari" always belong to somebody
KIN = {("mari", "femme"): ("homme", "femme"), ("fils", "fille"): ("garçon", "fille")}
POSSESSIVES = _words("mon ma mes ton ta tes son sa ses notre nos votre vos leur leurs")

EPICENE = _words(
    """
    dentiste journaliste artiste ministre juge maire secrétaire élève collègue architecte bibliothécaire fleuriste
    pianiste photographe psychologue sociologue linguiste économiste fonctionnaire libraire notaire scientifique
    interprète athlète enfant camarade guide pilote cadre membre diplomate vétérinaire comptable
    """
)

PLURALS = {
    "fils": "fils",
    "héros": "héros",
    "monsieur": "messieurs",
    "madame": "mesdames",
    "neveu": "neveux",
    "beau": "beaux",
    "nouveau": "nouveaux",
    "vieux": "vieux",
    "heureux": "heureux",
    "sérieux": "sérieux",
    "courageux": "courageux",
    "ambitieux": "ambitieux",
    "curieux": "curieux",
    "généreux": "généreux",
    "mauvais": "mauvais",
    "français": "français",
    "anglais": "anglais",
    "gros": "gros",
    "précis": "précis",
    "loyal": "loyaux",
    "social": "sociaux",
    "amical": "amicaux",
}

# adjectives and participles, masculine and feminine, singular; one that has one form for both is not in the list
ADJECTIVES = _pairs(
    """
    grand/grande petit/petite bon/bonne mauvais/mauvaise beau/belle nouveau/nouvelle vieux/vieille gentil/gentille
    heureux/heureuse sérieux/sérieuse courageux/courageuse ambitieux/ambitieuse curieux/curieuse généreux/généreuse
    intelligent/intelligente compétent/compétente patient/patiente content/contente excellent/excellente
    fatigué/fatiguée passionné/passionnée engagé/engagée qualifié/qualifiée diplômé/diplômée né/née marié/mariée
    français/française anglais/anglaise allemand/allemande italien/italienne parisien/parisienne
    professionnel/professionnelle exceptionnel/exceptionnelle gros/grosse précis/précise doux/douce fier/fière
    premier/première dernier/dernière actif/active attentif/attentive sportif/sportive créatif/créative
    seul/seule fort/forte brillant/brillante important/importante élégant/élégante absent/absente présent/présente
    arrivé/arrivée parti/partie venu/venue allé/allée devenu/devenue connu/connue apprécié/appréciée
    loyal/loyale social/sociale amical/amicale meilleur/meilleure prudent/prudente charmant/charmante
    """
)

# masculine and feminine determiners; before a vowel some have a form of their own
DETERMINERS = {
    "le": "la",
    "un": "une",
    "du": "de la",
    "au": "à la",
    "ce": "cette",
    "mon": "ma",
    "ton": "ta",
    "son": "sa",
    "aucun": "aucune",
    "quel": "quelle",
    "tout": "toute",
    "certain": "certaine",
    "quels": "quelles",
    "tous": "toutes",
    "certains": "certaines",
}

BEFORE_A_VOWEL = {
    "le": "l'",
    "la": "l'",
    "du": "de l'",
    "de la": "de l'",
    "au": "à l'",
    "à la": "à l'",
    "ce": "cet",
    "ma": "mon",
    "ta": "ton",
    "sa": "son",
    "beau": "bel",
    "nouveau": "nouvel",
    "vieux": "vieil",
}

UNELIDED = {"l'": ("le", "la"), "de l'": ("du", "de la"), "à l'": ("au", "à la")}  # masculine, feminine

PLURAL_DETERMINERS = _words("les des aux ces mes tes ses nos vos leurs plusieurs quelques deux trois")
ASPIRATED = ("héros", "haut", "huit", "hongrois", "hollandais")  # no elision before these words that begin with h

# "il" that stands for nobody: il faut, il y a, il pleut
IMPERSONAL = _words("faut fallait faudra faudrait y pleut pleuvait neige s'agit suffit semble reste existe")
BE = _words("est était sera serait fut suis es sont étaient seront soit paraît semble devient reste")
ADVERBS = _words("très trop bien plus moins assez si toujours souvent jamais pas déjà vraiment aussi")
