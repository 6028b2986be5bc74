"""Words and stems of Swedish text: what triage and similarity read.

The stem is Snowball's (M. F. Porter's algorithm for Swedish) with additions of our own, each because
administrative Swedish needs it: the definite forms in -an and -n ("skolan" meets "skolor", "policyn" meets
"policy"), the noun in -ning or -ing ("anställning" meets "anställa") and a final double m or n ("programmet"
meets "program").
"""

import functools
import re
import unicodedata

import snowballstemmer

LONGEST_WORD = 60
"""Longer runs of letters are no words; they are left out."""

_FUNCTION_WORDS = """
    alla allt alltid andra annan annars annat att av bara behov behöva behöver bland bli blir blev blivit
    bort borde bra bör både båda bägge bäst bästa ca cirka dag dagar de del delvis dem den denna deras dess
    dessa det detta dig din dina direkt dit ditt dock dom du då där därför därmed efter eftersom egen egna
    eget ej eller en enda endast enligt er era ert ett exempelvis fast fick finnas finns fler
    flera fortfarande fortsatt fortsätta fortsätter fram framför framöver från få får fått för före först
    första genast genom ger ges gett ge gick gjort gärna gäller gälla gå går gått gör göra ha hade han har
    hela helt henne hennes heller hem hit hittills hjälp hon honom hos hur här i iaf ibland idag in inför
    inga ingen inget innan inne inom inte ja jag jo ju kan kanske klar klart kom komma kommer kommit kunde
    kunna kunnat kvar känns lite liten litet låta låt låter längre mig min mina minst mitt mot mycket många
    må måste mellan men mer mera mest med mitt nej nu ned ner ni nog nog normalt nu när nära nästa nästan
    någon någonting något några nån nåt och ofta oftast också ok olika om omkring oss pga på redan
    respektive samma samt sann se sedan sen senast senaste ser sett sig sin sina sist sitt ska skall skulle
    skull snarast snart som stor stora stort står större största så sådan sådana sådant säga säger såväl ta
    tack tagit tar till tills tog trots två tre fyra fem sex sju åtta nio tio tolv tycka tycker under upp
    uppe ur ut ute utan utom utöver vad var vara varandra vara vare varför varit varje vars varsin vart vem
    vems vet veta vi via vid vidare vilja vilka vilken vilket vill ville vår våra vårt väl även år åren året
    åt än ännu är återigen över övrig övriga övrigt bl t ex mm dvs osv etc st kl nr tex annars ihop dels
    dess nya ny nytt gammal gamla gammalt hög höga högt låg låga lågt lång långt lägre högre kort vanlig
    vanliga rätt fel ända tidigare senare numera plats vecka veckor månad månader månaden veckan januari
    februari mars april maj juni juli augusti september oktober november december måndag tisdag onsdag
    torsdag fredag lördag söndag kvartal halvår dygn timme timmar minuter början slutet slut mitten sätt sak
    saker håll håller hålla lägga lägger ligger sätta sätter använda använder används räcker räcka säger
    finner tror tro vänta väntar hinner hinna orkar visar visa visat pågår pågå börjar börja
    började slutar antal procent hälften tredjedel dubbelt
"""

FUNCTION_WORDS = frozenset(_FUNCTION_WORDS.split())
"""Words of grammar, number and time: they stand in every text and say nothing of what it concerns."""

_WORD = re.compile(r"[^\W_]+")
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_VOWELS = frozenset("aeiouyåäöéü")
_AN_STAYS = re.compile(r"(?:plan|organ|[^m]man|kran|gran|roman|slogan|span)$")
_LOSES_E = re.compile(r"(?<=..[^aeiouyåäö])(?<!hand)eln?$")
_DEFINITE = re.compile(r"(?:[^aeiouyåäöh][^aeiouyåäöhg]|[^aeiouyåäöhd]g)et$")
_VOWEL_N = re.compile(r"(?:[iyöåé]|varo|radio|studio)n$")
_ON_LEAVE = re.compile(r"^(.{3,}ledig|ledig)(?:het|heten|heter|heterna|a|t)?$")
_IRREGULAR = {
    form: root
    for root, forms in {
        "slå": "slår slås slog slogs slagit slagits slagna",
        "få": "får fås fick fått",
        "nå": "når nås nådde nått",
        "ta": "tar tas tog togs tagit tagits",
        "ge": "ger ges gav gavs gett givit getts",
        "dra": "drar dras drog drogs dragit dragits",
        "lägg": "lagt lade lades lagts lagda",
        "sälj": "sålt sålde såldes sålts sålda",
        "välj": "valt valde valdes valts",
        "sätt": "satt satte sattes satts satta",
        "skriv": "skrev skrevs skrivit skrivits",
        "bygg": "byggt byggda",
        # Nouns that an ending makes look like other words: projekt, data, skjuta (upp).
        "projektor": "projektorn projektorer projektorerna",
        "dator": "datorn datorer datorerna datorns",
        "skjutning": "skjutningen skjutningar skjutningarna skjutningarnas",
    }.items()
    for form in (root, *forms.split())
}
_snowball = snowballstemmer.stemmer("swedish")


def fold(text: str, limit: int = 20_000) -> str:
    """The text in one form: composed, without invisible characters, casefolded.

    At most `limit` characters are read, so that a pasted book costs no more than a long letter. Any string is
    accepted, also with NUL, lone surrogates or right-to-left marks.
    """
    return _INVISIBLE.sub("", unicodedata.normalize("NFKC", text[:limit])).casefold()


def words(text: str, limit: int = 20_000) -> list[str]:
    """The words of `text` in order, folded: runs of letters and digits, at most `LONGEST_WORD` long.

    A hyphen parts words: "IT-system" is "it", "system".
    """
    return [word for word in _WORD.findall(fold(text, limit)) if len(word) <= LONGEST_WORD]


def has_vowel(word: str) -> bool:
    """Whether the word can be spoken: no Swedish word of two letters or more lacks a vowel."""
    return not _VOWELS.isdisjoint(word)


@functools.lru_cache(maxsize=1 << 17)
def snowball(word: str) -> str:
    """Snowball's Swedish stem of one folded word."""
    return str(_snowball.stemWord(word))


@functools.lru_cache(maxsize=1 << 17)
def stem(word: str) -> str:
    """The stem of one folded word: Snowball's, then the endings that it leaves in Swedish.

    "bemanning" and "bemanna" give "beman", "skolan" and "skolor" give "skol", "policyn" gives "policy".
    What is left must be long enough to be a stem: "ledning" and "bokning" stay, and so does "plan" in
    "arbetsplan".
    """
    if word in _IRREGULAR:
        return _IRREGULAR[word]
    kept = _kept(word)
    if kept:
        return kept
    root = _without_article(word, snowball(word))
    if root.endswith("ning"):
        root = root[:-4] if len(root) >= 8 else root
    elif root.endswith("ing") and len(root) >= 7:
        root = root[:-3]
    if len(root) >= 5 and root.endswith(("mm", "nn")):
        root = root[:-1]
    return _LOSES_E.sub("l", root)


def _kept(word: str) -> str:
    """What must not be cut: "föräldraledig" and "tjänstledighet" are "ledighet", and nobody "leder"."""
    on_leave = _ON_LEAVE.match(word)
    if on_leave:
        return on_leave[1]
    short = word.find("ighet")
    return word[: short + 5] if 0 <= short < 4 else ""


def _without_article(word: str, root: str) -> str:
    """The root without the definite forms that Snowball leaves."""
    if word.endswith(("an", "ans")) and not _AN_STAYS.search(root) and _can_lose(root, "an"):
        return root[:-2]
    if root.endswith("ariat") and root != word:  # "vikariatet" meets "vikarie", as "vikariat" does
        return snowball(root)
    if root == word and _DEFINITE.search(root):  # "projektet", "skrivbordet"
        return snowball(root[:-2])
    if root.endswith(("mmet", "nnet")):
        return root[:-3]
    return root[:-1] if len(root) >= 5 and _VOWEL_N.search(root) else root


def _can_lose(root: str, ending: str) -> bool:
    rest = root.removesuffix(ending)
    return rest != root and len(rest) >= 3 and rest[-1] not in _VOWELS and has_vowel(rest)
