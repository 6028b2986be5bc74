"""Swedish words that triage must know to read a matter: data, not rules.

Nothing here is a synonym list. What the subjects of an administration are called stands in `subjects`; what a
team means by a word it says itself, by the hints of its rules.
"""

import re

from styrfart.kernel.swedish import stem


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


def _stems(text: str) -> frozenset[str]:
    return frozenset(stem(word) for word in text.split())


GENERIC = _stems(
    """
    administration ansvar ansvarig arbeta arbete arbetet avdelning avdelningar avdelningschef bedöma
    bedömning behandla berör berörda beröra beslut besluta beslutar bestämma bestämmer del
    effekt enhet enheter enhetschef enskild ersätta fall fatta form fråga frågor föreslå förslag
    förutsättning förvaltning förvaltningschef grupp gälla handla hantera hantering hjälpa hända hög insats
    internt kommun kommunen konsekvens kontor kontoret kontorschef kontorets kostnad kosta krav krona kronor
    kräva ledning ledningsgrupp ledningsgruppen leda likna läge lösa lösning medarbetare medel miljon
    miljoner målgrupp möjlig möjlighet möte nivå nämnd nämnden område ordinarie organisation person personer
    personal plan planera problem projekt påverka resultat roll råd samla samlad situation stad staden
    stadsdel start starta stöd styra svar svara system säkerställa så synpunkt ta tid tidig tillfälle typ
    underlag uppdrag uppgift utföra utgå utveckla utveckling vardag verksamhet verksamheter verksamheten
    verktyg viktig vänta välja ärende ärenden ändra ändring åtgärd åtgärder öka ökad översyn intern extern
    särskild gemensam allmän större mindre förändring förändringar allvarlig löpande nuvarande befintlig
    tusen tkr mnkr kr belopp summa värde årlig pris tvärs samarbete gräns kvar ordning bild
    """
)
"""Stems that stand in every other matter of an administration. They weigh little."""

EMPTY_HEADS = _stems(
    """
    fråga frågor ärende ärenden sak saker område områden behov arbete arbeten uppgift uppgifter verksamhet
    verksamheter hantering del delar situation läge process insats insatser åtgärd åtgärder beslut
    """
)
"""Last parts of compounds that add nothing: "lokalfrågor" concerns lokaler."""

SUFFIXES = (
    "iser|isera|iserad|iserade|iserar|iserat|isering|iseringen|isation|isationen|itet|iteten|iteter|ism|ist|isten|"
    "ister|isk|iska|iskt|iker|ik|iken|ig|iga|igt|igen|ighet|igheten|lig|liga|ligt|ligen|lighet|sam|samma|samt|samhet|"
    "samheten|bar|bara|bart|barhet|het|heten|heter|heterna|skap|skapet|skapen|lös|lösa|löst|löshet|aktig|mässig|"
    "mässiga|mässigt|ande|andet|anden|ende|endet|are|aren|arna|arnas|ares|else|elsen|elser|ning|ningen|ningar|"
    "ningarna|ing|ingen|ingar|ingarna|ad|ade|at|ats|ades|as|er|erna|ernas|ers|ar|ars|or|orna|ornas|en|ens|et|ets|ern|"
    "era|erar|erade|erad|erat|ering|eringen|eringar|n|ns|t|s|a|e|el|al|ell|ella|ellt|iv|iva|ivt|ör|ören|örer|inna|ska"
)
"""Endings that derive words: what is left when "lokal" is taken from "lokalisera" is no word."""

OPAQUE = _stems(
    """
    sjuksköterska sjuksköterskor undersköterska undersköterskor sjukgymnast vårdnadshavare vårdnadshavarna
    ansvarsfördelning rollfördelning arbetsfördelning
    socialjour socialjouren datorspel datorspelet arrendator arrendatorer arrendatorn nyckeltal nyckeltalen
    """
)
"""Words of their own though they look like compounds: a "sjuksköterska" is not ill."""

PARTICLES = _words(
    """
    an av be bi bort där efter ent er fram fort framåt från för före förut ge gen här hän i in inne inom
    kring lös med miss mot ned neder ner ny o om på re sam sär till tillbaka tvär um under undan upp uppe ur
    ut ute utan utom van ve vid vidare å åt åter över
    """
)
"""First parts that make another word of the second: "förskola" is no skola, "avtal" no tal."""

PARTS = _words(
    """
    ande anmälan anslag ansvar ansökan arbete arbets arkiv art attest avfall avgift avtal avvikelse badhus
    bank barn barne behandling behov belysning betyg bidrag bil bild bio bistånd bistånds blankett bok
    boende bokning bolag bostad bostads bredband bro brand brott brukar budget byggnad buss båt börd central
    chef cykel data dator debatt deltid digital direktiv diarie dokument drift driv dygn ekonomi el elev
    energi enhet enkät entreprenad etik evenemang familj fall fastighet fika film flicka flykting folk fond
    fordon forskning fotboll fritid frånvaro frukost fråga fysisk färd fönster föräldra förening företag
    förmån försäkring försörjning garanti gata gatu grupp gräns grund gränd gym gymnasie gård gåva hamn
    handbok handel handikapp handling handläggning helg hem hemsida hall hjälp hotell hus hyra hyres hälsa
    hälso häls händelse höst idrott ide idé industri information informations infrastruktur inköp inkomst
    innovation inspektion instruktion intern internet intervju invånare jobb jord journal jour jul jurist
    jämställdhet kalender kampanj kapital karriär karta kassa kassör katalog klagomål klass klimat klinik
    kläder klubb kollektiv kommunal kommunikation kompetens konferens konflikt konst konsult kontakt kontant
    kontor kontrakt kontroll kort kostnad kraft kredit kris krog kropp kultur kund kurs kvalitet kvinno
    kväll kök kör körkort kött lag lager land ledar ledning ledighet led leverans leverantör licens list
    lista liv ljud ljus logistik lokal lov lunch lyft lås lån läge läger läkar läkemedel lärar läro lön löne
    mall marknad mark mask maskin mat material matris medborgar media medicin medel metod mil miljö minne
    minut mobil modell moms moral motion museum musik myndighet mål måltid måltids mängd mässa möbel möte
    mötes natt natur norm nyckel nämnd nämnds nät nätverk nöje nöjd offert olycka omsorg ombud område
    ordförande ordning organ organisation ort paket panel papper park parkering parti pass patient peng
    pengar pension period person personal plan planering plats plikt politik polis pool port porto post
    poäng praktik press pris problem process produkt program prognos projekt protokoll prov provision publik
    punkt rad radio rapport region register regel reglement regler rehab rektor rekrytering relation remiss
    resa rese resurs revision risk robot roll rum rutin ränta rätt rättighet röst sak sal salong samtal
    samverkan sats schema sekretess semester seminarium service sida siffra signal sim sjuk skada skatt
    skett skola skol skog skriv skydd skyddsombud skylt skuld sköter sköterska slag slut sluss smitta snö
    social socialtjänst sommar sorg spel spår språk stab stad stads stadga start statistik stat status stege
    steg stipendium stopp strategi struktur student studie styrning ström städ stöd styrelse sund svar
    sympati syn system sågverk säker säkerhet sälj säng säsong säte söndag tabell tak tal tavla taxa taxi
    teater tecken teknik telefon tema terapi termin test text tid tidning tids tim timme tillstånd tillsyn
    tjänst tjänste toalett torg trafik transport trappa trygghet träd trädgård träff träning tur turist
    tvist tvätt tåg tält undersökning uppdrag uppföljning upphandling utbildning utgift utredning utrustning
    utskick utveckling vakt val valv vara vardag varu varv vatten vecka vecko vederlag verk verkstad
    verksamhet vikarie villkor vinst vinter virus vision volym vuxen vård vårdnad vägledning väg vän värde
    värld värme växel växt våg ålder åker år årsmöte åtgärd åtkomst återkoppling äldre ändamål ände ärende
    ämne ö öl övergång översikt övning arbetskläder kåpa skåp kö stol bord skjuts taxering klimatsmart
    övertid deltids heltid timlön resurser förmedling befattning lönesättning chefskap avgång tillträde
    introduktion mentor handledning lokaler bemanning rekrytera sysselsättning rehabilitering friskvård
    hygien hälsovård sjukvård hemtjänst äldreomsorg barnomsorg förskola grundskola gymnasium särskola
    fritidshem bibliotek simhall ishall idrottsplats lekplats grönyta gatunät vinterväghållning avfallsplan
    slam vatten avlopp fjärrvärme elnät fiber bredband stadsnät server moln licenser lösenord behörighet it
    ai app webb sajt intranät kanal nyhet nyhetsbrev bemötande tolk översättning tillgänglighet klarspråk
    varumärke logotyp profil affisch annons trycksak broschyr bro tunnel kaj kajplats brygga båtplats
    kyrkogård koloni odling jakt fiske hund häst katt råtta skadedjur buller luft mark förorening radon
    strålning rök alkohol tobak serverings kassaregister livsmedel restaurang kiosk torghandel marknadsplats
    konsument skuldrådgivning budgetrådgivning försörjning ekonomiskt stöd aktivitet sysselsätt praktikplats
    feriejobb sommarjobb jobbspår vuxenutbildning sfi komvux studieväg yrkes yrkesvägledare studievägledare
    skolsköterska kurator psykolog logoped rektors lärartjänst bröd korg
    """
)
"""Words that Swedish compounds are made of, in the form they have there ("gatu", "arbets", "löne")."""

PRECEDENT = _stems(
    """
    principiell principiella principiellt principfråga principbeslut prejudikat prejudicerande vägledande
    precedens
    """
)
"""Stems by which somebody says that an answer binds more than this case."""

SHARED = _stems(
    """
    gemensam gemensamt gemensamma likvärdig likvärdigt likvärdiga likvärdighet avdelningsövergripande
    enhetsövergripande förvaltningsövergripande kontorsövergripande kontorsgemensam förvaltningsgemensam
    övergripande tvärgående samordna samordning samsyn strategi policy riktlinje riktlinjer princip
    principer prioritera prioritering prioriteringar modell
    """
)
"""Stems of what concerns more than one: no single head is authorised for it by a point on single cases."""

SHARED_PHRASES = (
    ("alla", "avdelningar"),
    ("alla", "enheter"),
    ("alla", "medarbetare"),
    ("alla", "chefer"),
    ("alla", "verksamheter"),
    ("samtliga", "avdelningar"),
    ("samtliga", "enheter"),
    ("flera", "avdelningar"),
    ("flera", "enheter"),
    ("olika", "avdelningar"),
    ("hela", "kontoret"),
    ("hela", "förvaltningen"),
    ("hela", "avdelningen"),
    ("hela", "staden"),
    ("hela", "kommunen"),
    ("mellan", "avdelningarna"),
    ("mellan", "enheterna"),
    ("mellan", "avdelningar"),
    ("mellan", "enheter"),
    ("båda", "avdelningarna"),
)
"""Two words in a row that say the same."""

INFORMATION = _stems("information informera kännedom veta känna")
"""Stems by which a rule says that it is on whatever others only need to know."""

STEERING = re.compile(r"(?<=...)(?:policy|riktlinj|princip|strategi)(?:n|ns|s|e|en|ens|er|erna|ernas|ers)?$")
"""How a word ends that names rules for all cases of a thing: "markanvisningspolicyn"."""

CHANGE = _stems(
    """
    omorganisation omorganisera organisationsförändring sammanslagning nedläggning avveckla avveckling
    varsel varsla uppsägning arbetsbrist verksamhetsövergång stänga stängning flytt flytta omlokalisering
    privatisering
    """
)
"""Stems of what may be an important change for staff: never a single head's everyday management."""

JOINT = _stems(
    """
    gränsdragning gränsdragningsfråga ansvarsfördelning rollfördelning oenig oeniga oense oenighet enas krock
    krocka krockar dubbelarbete dubblerat samplanera samplanering samfinansiera samfinansiering avvägning
    målkonflikt intressekonflikt resurskonflikt resursbrist vägval likadant
    portfölj portföljen turordning ojämn ojämnt gränssnitt stuprör spretar
    spretigt
    """
)
"""Stems of weighing, agreeing and telling areas apart: what a team is for when no rule says so."""

JOINT_LIGHT = _words(
    "båda bägge samma olika varandra sinsemellan mellan emellan respektive varsin tillsammans"
)
"""Words that say the same when there are two of them."""

JOINT_PHRASES = (
    ("vilken", "avdelning"),
    ("vilka", "avdelningar"),
    ("vilken", "enhet"),
    ("äger", "frågan"),
    ("äger", "ärendet"),
    ("vem", "ansvarar"),
    ("vems", "ansvar"),
    ("ska", "ansvara"),
    ("bör", "ansvara"),
    ("tycker", "olika"),
    ("tänker", "olika"),
    ("gör", "olika"),
    ("olika", "sätt"),
    ("olika", "bild"),
    ("inte", "överens"),
    ("inte", "ense"),
    ("båda", "avdelningarna"),
    ("båda", "projekten"),
    ("båda", "vill"),
    ("vill", "båda"),
    ("kommer", "överens"),
    ("komma", "överens"),
    ("väga", "mot"),
    ("räcker", "inte"),
    ("gå", "först"),
    ("går", "först"),
    ("får", "vänta"),
)
"""Two words in a row that say the same."""

RELATIVE = _words(
    """
    vi de har hade är var blev blivit inte en ett kan ska skulle finns fått gått kom redan någon man jag du
    ni hon han det den vill ligger står gör bor nu aldrig alla säger heter går
    """
)
"""Words after "som" by which it begins a clause on the word before it."""

CIRCUMSTANCES = _words("när då eftersom medan innan sedan trots fastän ifall såvida efter pga")
"""Words that begin what only tells when, why or despite what."""

APPOINTING = _stems(
    """
        tillsätta tillsättning tillsätts rekrytera rekrytering rekryteras chefsrekrytering utse utses utser
        förordna förordnas förordnande vikariera vikarierar efterträda efterträdare efterträder ersättare
        anställa anställning interim
        """
) | _words("tf tillförordnad tillförordnade ny nya nästa")
"""Words before a title by which the question is about who gets the post."""

LEAVING = _words("slutar sluta slutat avgår avgå avgått tjänstledig föräldraledig borta")
"""Words after a title by which it is the same."""

STATES = _stems(
    """
    trasig trasiga sönder krånglar krångla läckt läcka läcker rasat spruckit spräckt stulen stulna borta
    saknas försvunnen
    """
)
"""States that any thing may be in: as hints they need company."""

STATES_OF_PEOPLE = _stems("sjuk sjuka skadad skadade överbelastad överbelastade hotad hotade rädd rädda")
"""States that trees and machines may be in as well: as hints they need company, and a person is enough."""

PEOPLE = _stems(
    """
    medarbetare medarbetaren kollega kollegan kollegor handläggare chef chefen chefer personal personalen
    anställd anställda vikarie vikarien projektledare enhetschef ingenjör tekniker registrator kommunikatör
    jag hon han mig henne honom folk någon gruppen teamet arbetslaget arbetslag
    """
)
"""Who can be ill, hurt or threatened."""

TITLES = _stems(
    """
    enhetschef avdelningschef kontorschef förvaltningschef stadsdelsdirektör direktör sektionschef områdeschef
    verksamhetschef gruppchef gruppledare teamledare chef chefer rektor projektledare handläggare samordnare
    kommunikationschef ekonomichef personalchef kommunikatör registrator
    """
)
"""Titles of posts. As hints they weigh little unless the question is about who gets the post."""

UNITS = _stems(
    "enhet enheter enheterna avdelning sektion grupp kontor förvaltning stab team nämnd verksamhetsområde"
)
"""What a unit is called before its name."""

COMMITTEES = _words("KF KS KSAU EN SN SBN TN MN BN BUN UBN KN UN VN ÄN ON GVN MHN KFN SDN FGN IDN FSN SÄN")
"""Usual abbreviations of the council, its board and committees; only in capitals."""

NOT_COMMITTEE = _words("nämnda nämnde nämndes ovannämnda förutnämnda sistnämnda förstnämnda")
"""Forms of "nämna" that look like one."""

COMMITTEE = ("nämnd", "fullmäkt", "kommunstyr", "tjänsteutlåtande")
"""How the stems end of words by which somebody says that the committee, or the council, will decide."""
