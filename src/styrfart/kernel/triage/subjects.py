"""What the subjects of Swedish public administration are called by those who hand in matters: data.

A rule on "bemanning" also hears "tillsätta tjänsten" and "vakant". A rule has a subject when its own text
says one of the subject's names, or when `NAMED` of its hints are such names. It then lends the subject's
other words, as hints that weigh less than its own: `sure` ones are seldom said of anything else, `loose` ones
need company. Every entry holds in any municipality; what only one team means by a word stands in its mandate.
"""

from dataclasses import dataclass

NAMED = 2
"""So many hints that name a subject make it the rule's; one word of the rule's own text does."""


@dataclass(frozen=True, slots=True)
class Subject:
    """A subject: by what a rule names it, and how else it is spoken of."""

    names: tuple[str, ...]
    sure: tuple[str, ...]
    loose: tuple[str, ...]


def _phrases(text: str) -> tuple[str, ...]:
    return tuple(" ".join(phrase.split()) for phrase in text.split(",") if phrase.strip())


def _subject(names: str, sure: str, loose: str = "") -> Subject:
    return Subject(_phrases(names), _phrases(sure), _phrases(loose))


SUBJECTS = (
    # Who works when: posts to fill, leave, schedules, trainees.
    _subject(
        "bemanning, anställning, vikarie, vikarier, vikariat, rekrytering, vakans",
        """
        tillsätta tjänst, utlysa tjänst, lysa ut tjänst, annonsera tjänst, vakant, vakanshålla, vakantsatt,
        vakanssätta, anställningsprövning, anställningsstopp, återanställa, fylla tjänsten, fylla vakansen,
        ersättare för, efterträdare till, nyrekrytera, rekrytera ersättare, ersättningsrekrytera,
        projektanställning, allmän visstid, inlasad, lasas in, provanställa, tillsvidareanställa, fast
        anställd, fast tjänst, tillsvidaretjänst, timanställda, timmis, timvikarier, extrapersonal, extra
        personal, sätta in en extra, sätta in extra, bemanna upp, underbemannad, kort om folk, saknar folk,
        fattas folk, halv tjänst till, prao, praoelev, lia, feriejobb, ferieungdomar, sommarungdomar,
        feriepraktik, examensarbete, exjobbare, uppsatsstudent, tjänst går ut, förlänga anställning, dra in
        tjänsten, inte återbesätta, förlänga visstidsanställning, tjänsten efter, ta in en vikarie, ta in
        vikarie, ta in extra, hoppa in, hoppa in för, resurs över sommaren, sommarvikarier,
        semestervikarier, julvikarie, konvertering av vikariat, anställa fler, anställa en till, utöka med
        en tjänst, utöka bemanningen, minska bemanningen, bemanningskrav, minimibemanning,
        rekryteringsstopp, lönebidrag, nystartsjobb, arbetsträning, arbetsmarknadsåtgärd, praktikanter, vfu,
        verksamhetsförlagd, ta emot en student, sommarnotarie, traineeplats, arbetsprövning,
        rekryteringsprofil, anställningsintervju, jobbannons, jobbannonsen, sökande till tjänsten,
        toppkandidat, referenstagning, internrekrytering, pensionär som timanställd, pensionerad kollega,
        jobba kvar efter pension, arbeta kvar efter 69, övertalig tjänst, delade tjänster
        """,
        """
        tillsätta, ersättare, studenter, praktik, ny medarbetare, tjänstetillsättning, timmar, sommarjobb
        """,
    ),
    _subject(
        "ledighet, tjänstledighet, semester, föräldraledighet",
        """
        ledighetsansökan, ansökan om ledighet, sabbatsår, friår, studera på deltid, studera på halvtid,
        partiellt ledig, gå ner på, gå ned på, gå ner till, gå ned till, minska sin tid, jobba mindre,
        arbeta mindre, ta ut föräldraledighet, pappaledig, mammaledig, semesterplanering, sommarledighet,
        jullov, julledigt, lediga veckor, vara lediga, ta ledigt, spara semester, sparade dagar,
        semesteruttag, obetald ledighet, betald ledighet, förkorta arbetstiden, minskad arbetstid,
        delpension, seniordagar, flexpension, prova annat jobb, prova annat arbete, pröva annat arbete,
        sysselsättningsgrad, tjänstgöringsgrad, utöka sin tid, vara hemma med barn, vårdar anhörig,
        närståendepenning, ledigt utan lön, dagar utan lön, extra semester, semestern krockar, alla vill ha
        semester, vill ha juli, julen ledig, jul och nyår, mellandagarna, klämdagarna, lovveckan,
        sportlovet, fackligt uppdrag på arbetstid, politiskt uppdrag på arbetstid, hemvärnsövning, kommer
        tillbaka från ledighet, avbryta sin ledighet, byta till fyradagarsvecka, på halvtid, studieledigt,
        partiell ledighet, månaders ledighet
        """,
        "studier, studera, plugga",
    ),
    _subject(
        "schema, jour, arbetspass, jourschema",
        """
        schemaperiod, schemaändring, önskeschema, schemalagd, schemalägga, helgpass, helgturer, kvällsturer,
        nattpass, nattschema, turlista, turer, passbyte, byta pass, delade turer, dygnsvila, veckovila,
        bakjour, beredskapspass, beredskapsschema, jourlista, jourtid, jour över, vem har jour, arbetstidens
        förläggning, kvällstjänstgöring, helgtjänst, var tredje helg, varannan helg, kvällsöppet schema,
        kväll och helg, bemanna kvällar, bemanna helger, bemanna receptionen, stängt mellan, öppet mellan
        jul, telefontid, telefonpassning, telefonjour, växla pass, rast, årsarbetstid, flexsaldo, flexbank,
        flextiden, övertidsbanken, plusstimmar, minustimmar
        """,
        "pass, obekväm",
    ),
    # Heads of units come and go.
    _subject(
        """
        chefsrekrytering, chefstillsättning, tillförordnad, tillförordnade, chefsvakans, chefsförordnande
        """,
        """
        chefen slutar, chefen har slutat, chef har sagt upp, chefen går i pension, chefen har fått nytt
        jobb, rektorn slutar, rektorn har sagt upp, rektor har fått nytt jobb, rektorn har fått, vem leder,
        vem ska leda, vem håller i, vem ska hålla i, vem går in som, gå in som chef, chef under tiden, leda
        enheten, leda gruppen, leda teamet, leda sektionen, chefsskifte, chefsbyte, utan chef, saknar chef,
        interim, tf, förordnande, chefens ersättare, ersätta chefen, chef föräldraledig, chefen är
        sjukskriven, ställföreträdande chef, vice chef, ny chef till, ny chef för, annonsera chefstjänst,
        chefstjänst, tillsätta chefstjänst, nästa chef, kravprofil för chef, enhetschefstjänsten, avgående
        chef, delad chef, ta över enheten, ta över gruppen, ta över teamet, ta över chefskapet, ta över som,
        vem tar över efter, tar över efter, vikariera för mig, ersättare för mig, min ersättare, chef på
        prov, chefsuppdraget, chef lämnar, lämnar sitt uppdrag, chefsrollen, rekrytering av chef,
        rekryteringen av enhetschef, chefsannons, intern chef, extern chef, ny enhetschef, ny rektor, ny
        gruppledare, ny arbetsledare, biträdande går, biträdande slutar, efterträdare, chefsintervju,
        chefskandidater, chefsposten, delat chefskap, hyrchef, interimschef
        """,
        "leda, efterträder, avgår",
    ),
    # How people are at work.
    _subject(
        "arbetsmiljö, skyddsrond, skyddsronder, tillbud, rehabilitering, arbetsskada, sjukfrånvaro",
        """
        företagshälsan, sjuktalet, sjukskriven, sjukskrivna, långtidssjuk, korttidssjuk, utbränd,
        utmattningssyndrom, ohälsa, mår dåligt, må dåligt, mår inte bra, sover dåligt, sover inte, gråter,
        på knäna, orkar inte mer, ork att jobba, går sönder av, arbetsbelastning, överbelastade,
        arbetsanhopning, ohållbar arbetssituation, ohållbart för personalen, orimlig belastning, hög
        belastning, bullrig, bullermätning, ljudmiljö, ljudnivåer, ergonomisk, skyddsombudet,
        huvudskyddsombud, 6 6a, 66a, begäran enligt aml, inspektionsmeddelande, arbetsmiljöinspektion,
        arbetsmiljöverkets, spottad, knuffad, slagen av, blev slagen, biten av, bet personal, sparkad av,
        våldsam, utåtagerande, hot mot personal, hotad på jobbet, hot mot handläggare, hotfullt bemötande,
        rädda för att gå, vågar inte gå, vågar inte jobba, otrygg, otrygga i jobbet, jobba ensam, arbeta
        ensam, mobbad, utfryst, fryser ut, kränkt, trakasserad, sexuella trakasserier, osämja, konflikt i,
        arbetsgruppen fungerar, dålig stämning, stämningen är, talar inte med varandra, pratar inte med,
        trivs inte, tunga lyft, halkade, ramlade på jobbet, stickskada, skar sig, mögel i lokalen,
        radonhalt, dålig luft, arbetsanpassning, rehabärende, rehabsamtal, återgång i arbete, första hjälpen
        på jobbet, arbetsmiljöarbete, osa, psykosocial arbetsmiljö, asbest, kemikalier, farligt ämne, sin
        hälsa, hälsofara, hälsorisk, oroliga för hälsan, allergi på, doftfritt, parfymfritt,
        synundersökning, arbetsglasögon, bildskärmsglasögon, hörselskydd, hjälmtvång, fallskydd,
        skyddsutrustning används inte, farlig arbetsplats, livsfarligt, nära att, höll på att bli, nästan
        påkörd, påkörd, påkörningsrisk, klämd, klämskada, föll från stege, ramlade från, bröt armen, bröt
        benet, olycksfall, personalen är trött, slutkörda, utarbetade, går på väggen, gå in i väggen, gått
        in i väggen, hinner inte äta, hinner inte ta rast, mejl på kvällarna, jobbar på kvällarna, jobbar
        gratis, för hög arbetsbelastning, för mycket övertid, övertid, arbetsbördan, stressnivå, krav och
        resurser, krisstämning i gruppen, grupperingar, mår psykiskt, psykisk hälsa, alkoholproblem,
        missbruksproblem hos medarbetare, hemma på grund av, långtidsfrisk, korttidsfrånvaron, karensdag,
        första sjukdagen, förstadagsintyg, arbetsförmåga, försäkringskassan, skriker på, skällde ut,
        utskälld, hotad av sökande, påhopp, ryktesspridning, tystnadskultur, ovälkommen, sexistiskt,
        rasistiskt, jargong, diskriminering, fysisk arbetsmiljö, belysning på arbetsplatsen, ergonomi,
        arbetsställning, ryggproblem, musarm, friskvård, friskvårdstimme, apt, trygg på jobbet,
        skyddskommitté, hej till varandra, hälsar inte, slutat hälsa, slutat äta lunch, vaccinera
        personalen, vaccination av personal
        """,
        """
        stress, hotad, rädda, skadad, konflikt, belastning, gått hem, mögel, buller, hälsa, oroliga,
        tröttna, trötta, utsatt
        """,
    ),
    # One employee: pay, performance, conduct.
    _subject(
        """
        medarbetarsamtal, lönesamtal, misskötsamhet, bisyssla, omplacering, enskild medarbetare, individuell
        lön
        """,
        """
        erinran, skriftlig erinran, skriftlig varning, kommer för sent, kommit för sent, sena ankomster, sen
        till jobbet, olovlig frånvaro, olovligt borta, uteblir från, missköter sitt arbete, sköter inte sitt
        jobb, sköter inte sitt arbete, berusad på jobbet, luktade alkohol, alkohol på jobbet, alkoholtest,
        arbetsvägran, vägrar utföra, avskeda, extraknäcker, eget företag vid sidan, firma vid sidan, jobba
        extra hos, löneförhöjning, höjd lön, högre lön, lönekrav, lönesättning av, vill ha mer i lön, vill
        ha mer betalt, tjänstgöringsbetyg, tjänstgöringsintyg, arbetsintyg, lämna referens, ge referenser,
        korrigerande samtal, presterar inte, når inte upp till, åtgärdsplan för medarbetare,
        disciplinpåföljd, löneavdrag, surfar på arbetstid, vill ha lönetillägg, lönetillägg, uppsägning av
        en, säga upp en, avsluta provanställning, provanställningen, underkänd, förtroendet för medarbetare,
        privata samtal på arbetstid, jobbar svart, bröt mot reglerna, bryter mot reglerna, stulit på jobbet,
        fuskat med tid, tidsredovisar fel, läckt uppgifter, olämpligt beteende, olämpligt uppträdande,
        kommer onykter, vägrar arbeta, vägrar följa, följer inte rutiner, gör inte sitt jobb, gör inte det
        han ska, gör inte det hon ska, låg prestation, underpresterar, samarbetssvårigheter med, betyg till,
        vitsord, löneanspråk, löneutveckling för
        """,
        "varning, referens, uppförande",
    ),
    # Pay, skills and terms that are to be alike.
    _subject(
        "lönerevision, lönerevisionen, löneöversyn, lönekriterier, lönekartläggning",
        """
        lönerunda, löneutrymme, lönepolitik, lönepolicy, löneprioritering, prioriterade grupper,
        prioriterade yrkesgrupper, lönegap, löneläget, löneglidning, lönebildning, lönestatistik, jämställda
        löner, löneskillnader, löneöverläggning, överläggning med facken om lön, satsa på i lön, potten,
        lönepotten, ingångslöner, satsning på löner, lönenivå, lönesamtal lika, lönesamtalen, årets löner,
        nya löner, individuella löner, lönesättande chefer, lönetrappa, lönespridning, lönestege,
        lönetillägg för alla, marknadslöner, privata betalar, svårt att konkurrera med löner,
        löneförhandling, löneavtal, procent i påslag
        """,
        "lön",
    ),
    _subject(
        "kompetensförsörjning, kompetensplan, kompetensutveckling, kompetens",
        """
        kompetensförsörjningsplan, pensionsavgångar, går i pension till, generationsväxling, kompetensflykt,
        kompetensväxling, kompetensbrist, brist på kompetens, kompetenskartläggning, kompetensinventering,
        tappa kompetens, tappar folk, tappar erfarna, personalomsättning, hög omsättning, behålla
        medarbetare, behålla personal, locka personal, attraktiv arbetsgivare, ledarskapsprogram,
        ledarprogram, chefsprogram, chefsutbildning, traineeprogram, mentorskap, onboarding, introduktion av
        nya, karriärvägar, karriärtjänst, successionsordning, kunskapsöverföring, intern rörlighet,
        rotationstjänst, tappar till, tappar vi till, tappar till privata, slutar hos oss, folk slutar,
        många slutar, personal slutar, avgångssamtalen, behålla våra, behålla de, hög personalrörlighet,
        säljer konsulter tillbaka, kompetensutvecklingsplan, kompetensmodell, kompetensprofil,
        kompetenspott, utbildningsplan för, utbilda alla, utbildning för alla, basutbildning, gemensam
        introduktion, introduktionsdag, nyanställda får, introduktionen av nyanställda, chefsforum,
        chefsdagar, medarbetardag, ledarutveckling, ledarutvecklingsprogram, medarbetarskap, talanger,
        karriärsteg, specialistspår, specialistkarriär, expertroll, befattningsbenämning, titelstruktur,
        arbetsgivarvarumärke, mässor för studenter, arbetsmarknadsdag
        """,
        "omsättning",
    ),
    _subject(
        "distansarbete, hemarbete, arbeta hemifrån, villkor, friskvårdsbidrag",
        """
        på distans, distansdagar, hemifrån, hemmajobb, jobba utomlands, arbeta utomlands, arbeta från
        utlandet, kontorsnärvaro, dagar på kontoret, dagar hemma, hybridarbete, distans två dagar, arbeta på
        annan ort, flexramar, flextidsramar, sextimmars, fyradagarsvecka, arbetstidsförkortning, förmåner,
        förmånspaket, förmånsbil, cykelförmån, friskvårdspeng, friskvårdstimmen, medarbetarundersökningen,
        medarbetarenkäten, enkäten visar, pulsmätning bland, lika för alla anställda, samma regler för
        personalen, jubileumsgåva, minnesgåva, avgångsgåva, hybridregler, hybridavtal, hybridmöten, dagar på
        plats, på plats på kontoret, på plats i huset, hemmakontor, skärm hemma, kontorsstol hemma,
        utrustning hemma, närvarokrav, närvaroplikt, jobba från utlandet, från portugal, från spanien,
        flextidsavtal, flexavtal, förtroendetid, förtroendearbetstid, subventionerad, personalrabatt,
        lunchförmån, sl kort till personal, förmånscyklar, julgåva till personalen, julklapp till
        personalen, julklappar, gåva till medarbetare, enkätresultat, resultatet i medarbetarenkäten,
        personalpolitik, personalpolicy, likabehandlingsplan, aktiva åtgärder, jämställdhetsplan för
        personalen, lika villkor, samma villkor, rättvisa mellan
        """,
        "distans, rättvist",
    ),
    # Several want the same people or money.
    _subject(
        "prioritering, fördelning, resursfördelning, omprioritering, resursbrist, omfördela",
        """
        resursförstärkning, förstärkning av, förstärkning på, förstärka med, avlasta, låna in, låna av, låna
        från, låna ut, lånar vi ut, flyttas över, föra över, överbelagd, beläggning, beläggningslista,
        beläggningsläge, kapacitetsbrist, resursläget, resurserna räcker, räcker inte till, räcker bara
        till, för lite folk för, har fullt upp, konkurrerar om, slåss om, dragkamp, dubbelbokad, samma
        projektledare, samma handläggare, samma konsulter, ordningsföljd, i vilken ordning, rangordna,
        rangordning, går först, ska gå först, får stå tillbaka, stå tillbaka, välja bort, pausas, läggas på
        is, ligga på is, skjuta fram, skjuta upp, hjälpa varandra, hjälpas åt, täcka för, dela på pengarna,
        dela på tjänsten, delad tjänst, vad ska vi sluta göra, vad kan vänta, vad får vänta, hinna med båda,
        hinner inte med båda, ställa om resurser, ojämnt fördelat, lyfta över, hjälpa till med, ta hälften,
        ta över ärenden, ta över arbetet, ta över projekt, byta resurser, rycka in, kraftsamla, task force,
        gemensam styrka, arbetsgrupp över, vilka startar, vilka som startar, startas först, välja ut, lägga
        pengarna på, lägga tiden på, flytta pengar, flytta medel, omdisponera, föra om medel, pengarna
        räcker, pengarna räcker inte, budgeten räcker inte till, alla tycker att deras, önskelista, för
        många projekt, för många uppdrag, tacka nej till uppdrag, nya uppdrag, uppdragsstopp, inga nya
        projekt, portföljen, projektportföljen, portföljstyrning, resursallokering, resursplan,
        resursplanering, bemanna projekt, bemanning av projekt, projektledare till, projektledare saknas,
        projektledarbrist, saknar projektledare, gemensam projektledare, inte tillräckligt med, fler uppdrag
        än, mer att göra än, överplanering, underbemannade i, avvara, ställa upp med personal, lånade,
        stötta med, stöttning från, vilken avdelning får, fördela tjänster, fördela om, tjänsterna från,
        platser mellan, byta pengar, vilka tre som, vilka projekt, gå före andra, vem får pengarna, lånar
        personer, dela på en, fördela pengarna
        """,
        "förstärkning, kapacitet, resurser, resurs, förflytta, bromsa, vänta, hinner, välja, stötta",
    ),
    # Plan, budget, follow-up.
    _subject(
        """
        verksamhetsplan, bokslut, tertialrapport, prognos, verksamhetsberättelse, internkontrollplan
        """,
        """
        mnkr back, kronor back, ligger back, går back, går minus, gå minus, minusresultat, minus i
        prognosen, underskott, sparpaket, sparkrav, sparbeting, sparförslag, sparåtgärder, besparingar,
        besparingskravet, spara in, dra ner på kostnader, dra ner på, neddragningar, effektivisera,
        effektiviseringskrav, budgetdialog, underlag till budget, underlag till nästa års budget,
        ramjustering, ramförändring, budgetramen, nästa års ram, volymer, volymförändring, prislapp,
        flerårsplan, treårsplan, långtidsplan, långsiktig investeringsplan, investeringsram, uppdrag från
        kf, kfs uppdrag, uppdrag i budgeten, fullmäktiges budget, kommunfullmäktiges mål, delårsuppföljning,
        årsbokslut, augustiprognos, septemberprognos, majprognos, helårsprognos, avvikelse mot budget,
        utfall mot budget, överskott, resultatfond, internkontroll, intern kontroll, väsentlighets och
        riskanalys, risk och väsentlighetsanalys, målstyrning, nämndmål, verksamhetsmål, årsmål, nyckeltal,
        indikatorer, måluppfyllelse, årsuppföljning, uppföljning av målen, ekonomin i balans, ekonomisk
        uppföljning, tilläggsanslag, äskande, kompensation för kostnader, över i budget, pengar över, medel
        över, kvar i budgeten, ofinansierad, budgetjustering, budgetförutsättningar, budgetarbete,
        budgetprocessen, inför budget, inspel till budget, inriktning för budget, ettårsbudget, bidrag till
        verksamhetsplanen, avdelningens mål, kontorets mål, prioriterade mål, delårsbokslut,
        bokslutskommentar, årsredovisning, årsrapport, kvartalsrapport till nämnden, tertialuppföljning,
        månadsrapport till nämnden, månadsprognos, prognosen, prognosavvikelse, utfallet, helårsbedömning,
        bedömning av helår, kostnadskontroll, kostnadsbesparing, besparingsförslag, osthyvel, intäktskrav,
        intäktsbortfall, minskade intäkter, personalkostnaderna ökar, kostnadsutveckling, anläggningsbudget,
        investeringsbudget, investeringsmedel, investeringstak, investeringsutrymme, investeringsplanering,
        investeringsprognos, genomförandegrad, projektbudgetar totalt, drift och investering,
        kapitalkostnader, internränta, internhyra, hyreskostnader totalt, overhead, oh kostnader,
        fördelningsnyckel för, taxeunderlag, kontrollplan, granskningsområden, risker ska in, riskregister
        för, risk i internkontroll, kommunfullmäktiges budget, kfs mål, fokusområden, nämndens uppdrag,
        uppdragslista, budgetuppdrag, uppdrag från fullmäktige, vp, vb, t1, t2, t3
        """,
        "minus, spara, ekonomin, målen",
    ),
    # What others ask the committee's view of.
    _subject(
        "remiss, remisser, remissvar, yttrande, yttranden, motion, motioner, medborgarförslag",
        """
        remitterad, på remiss, remisstid, remissinstans, besvara remiss, revisionens, revisorernas,
        revisionsrapporten, grundgranskning, granskningsrapport från, lekmannarevisor, samrådshandling,
        samrådsförslag, samrådsremiss, begärt in våra synpunkter, vill ha våra synpunkter, vill ha
        synpunkter från, frågar vad vi tycker, tycker vi om förslaget, svar på skrivelse, skrivelse från,
        ledamöternas skrivelse, fråga från ledamot, politisk skrivelse, initiativärende,
        justitieombudsmannen, diskrimineringsombudsmannen, departementet, departementspromemoria, statlig
        utredning, utredningens förslag, lagrådsremiss, betänkandet, förslag till ny lag, förslag till ny
        riktlinje från, länsstyrelsen vill ha, länsstyrelsen begär, medborgarinitiativ, folkinitiativ, e
        petition, interpellationssvar, enkel fråga från, förslag till ny nationell, nationell plan, yttra
        sig, ska yttra, yttra oss, lämna synpunkter på, våra synpunkter på, synpunkter på förslaget,
        kontorets synpunkter, förvaltningens synpunkter, ställer vi oss till förslaget, ställa oss till
        förslaget, tycker vi om regeringens, svar till kommunstyrelsen, svar till ks, svara kommunstyrelsen,
        svar till länsstyrelsen, svara länsstyrelsen, svara naturvårdsverket, svara trafikverket, svara
        boverket, boverkets förslag, trafikverkets förslag, regeringens förslag, statens förslag, regionens
        förslag, grannkommunens förslag, grannkommunen vill ha, översiktsplan på samråd, kommunrevisionen,
        revisionskritik, revisionskontoret, jo anmälan, do anmälan, konkurrensverket frågar, interpellation,
        fråga i fullmäktige, uppdrag att svara, kommunstyrelsens fråga, borgarrådet frågar, oppositionen
        har, ledamoten vill ha svar, förslag från medborgare, medborgare har föreslagit, namninsamling till
        nämnden, överlämnat till nämnden, nämnden har fått, motionären, överklagande till, yttrande till
        domstol, svar till domstolen, föreläggande att yttra
        """,
        "skrivelse, granskning av, ta ställning till förslag, samråd, oppositionen",
    ),
    _subject(
        "tjänsteutlåtande, tjänsteutlåtanden, nämndärende, nämndärenden",
        """
        till nämnden, upp i nämnd, nämndsammanträde, nämndens sammanträde, nämndutskick, utskick till
        nämnden, presidieberedning, föredras i nämnden, föredra för nämnden, ärendet till nämnd, politikerna
        ska besluta, beslut i nämnd, avgiftshöjning, nämndens presidium, ordförandeberedning, beredningen
        inför nämnd, nämndberedning, gruppmöten inför nämnden, återremiss, återremitterat, bordlagt,
        bordlades, ta upp i nämnden, nämndinformation, nämndens dagordning, föredragningslista,
        delegationsordningen ändras, ny delegationsordning, ändrad delegationsordning
        """,
        "föredra, politikerna, utlåtande",
    ),
    # Land, plans, streets, projects.
    _subject(
        "markanvisning, exploateringsavtal, tomträtt, markförvärv",
        """
        anvisa, anvisats, direktanvisas, markreservation, markförhandling, tilläggsköpeskilling,
        köpeskilling, tomträttsavgäld, tomträttshavare, avgäldsreglering, omreglering, servitut,
        ledningsrätt, lantmäteriförrättning, fastighetsreglera, arrenderätt, arrendeavgift, nytt arrende,
        upplåta mark, markupplåtelse, kvadratmeterpris, priset på marken, markpriset, köpa marken, köpa
        tomten, sälja marken, sälja tomten, sälja fastigheten, markförsäljning, avyttra, återköp, återta
        marken, lämna tillbaka marken, byggnadsskyldighet, byta byggherre, överlåta markanvisning, överlåta
        avtalet, ny byggherre tar över, gåva av mark, inlösen av, lösa in, tvångsinlösen,
        exploateringsbidrag, medfinansiering från, gränsen flyttas, fastighetsgräns, fastighetsgränsen,
        gränsjustering, markremsa, remsa mark, lämna tillbaka sin, lämna tillbaka reservationen, vill köpa,
        vill köpa loss, köpa loss, köpa tillbaka, vill arrendera, arrendera, arrendera ut, hyra ut mark,
        upplåta, upplåtelse, upplåtelseavtal, tillfällig upplåtelse, nyttjanderätt, nyttjanderättsavtal,
        upplåtelseform, ändra upplåtelseform, antal lägenheter i, priset per, pris per kvadratmeter, rabatt
        på marken, underpris, överpris, friköpa tomten, friköp, konkurs hos byggherren, viten för sen,
        tillträda, tillträdesdagen, bankgaranti, jämförelsetävling, anbudstävling om mark,
        markanvisningstävling, vinnande förslag, tävlingsjury, exploateringssamverkan, föravtal,
        marköverlåtelse, markbyte, byta mark, expropriera, ersättning för mark, intrångsersättning, ramavtal
        med exploatör, planavtal, optionsavtal, markaffär, sälja, sälja restmark, arrendator, arrendatorn,
        säga upp arrende, uppsägning av arrende, bygga på vår mark, servitutsavtal, erbjuder för marken,
        sälja ut, markbit
        """,
        """
        fastighet, tomten, avgäld, lägenhetspris, markägare, arrende, exploateringen, byggrätt, byggbolaget,
        lantmäteriet, byggherre, brygga
        """,
    ),
    _subject(
        "inriktningsbeslut, genomförandebeslut",
        """
        fördyrning, kostnadsökning, kostnaden har stigit, kostnaden ökar, kostar mer än, dyrare än, blir
        dyrare, blivit dyrare, spräcker projektbudgeten, spräcker budgeten, över kalkyl, högre än kalkyl,
        överstiger kalkylen, nytt projektbeslut, projektbeslut, projektramen, projektets ram, projektets
        totalkostnad, reviderad projektbudget, slutkalkyl, slutredovisa, saneringskostnad, marksanering,
        förorenad, avbryta projektet, lägga ned projektet, lägga ner projektet, gå till genomförande, gå
        vidare till genomförande, driftkonsekvenser, klartecken för projektet, starta projektet,
        projektstart, ökad investeringsutgift, investeringsutgiften, nämnden sa ja till, än nämnden
        beslutade, än beslutat, nytt ärende behövs, nya kalkylen, kalkylen har, kalkylen visar, kalkylen
        spräcks, reviderad kalkyl, tilläggskostnader, ökade utgifter, ökade kostnader för, överskridande i
        projektet, projektet drar över, budgeten i projektet, projektbudget, kostnadsläget i projektet, gå
        upp med genomförande, inför genomförandebeslut, inför inriktningsbeslut, reviderat
        genomförandebeslut, reviderat inriktningsbeslut, utredningsskede, genomförandeskede, stoppa
        projektet, pausa projektet, avsluta projektet, etapp två kan starta, startbesked för projektet,
        byggstart beslutas, markföroreningar, saneringen
        """,
        "kalkylen, dyrare",
    ),
    _subject(
        "detaljplan, detaljplaner, gatuprojekt, planbesked",
        """
        planområdet, planarbetet, planläggning, planändring, antagen plan, planen antas, planen överklagad,
        överklagad detaljplan, samma gata, gräva upp gatan, gräver upp, gräva samtidigt, schaktsamordning,
        samförläggning, ledningsomläggning, kabelflytt, fjärrvärmeledning, cykelväg, cykelbanan, gångbana,
        gång och cykelväg, trottoar, körbana, gatuträd, trädrad, gatusektion, bussgata, busshållplats, p
        tal, parkeringstal, parkeringsnorm, skoltomt, förskoletomt, skolans läge, angöring, byggtrafik,
        trafiklösning, trafikomläggning, gatuavstängning, stänga av gatan, avstängd gata, omledningsväg,
        trafikplats, cirkulationsplats, gatumiljö, utbyggnadstakt, etapputbyggnad, byggordning,
        etappindelning, samma sträcka, samma plats i gatan, ledningen hamnar, ledningar i vägen,
        ledningsägaren, ledningsägarna, ledningsbolag, va bolaget, fjärrvärmen, elnätet, fiber i gatan,
        gräva om, gatubredd, smalare gata, bredare gata, gågata, gångfartsområde, torgyta, parkstråk, park
        eller bostäder, skuggning, skuggstudie, höjder i planen, antal våningar, våningar i planen,
        kvartersmark, allmän plats, plangräns, plansamråd, samråd om planen, granskning av planen,
        planuppdrag, start pm, planansökan, planprogram, stadsbyggnadskontoret vill,
        stadsbyggnadsförvaltningen vill, dagvatten, skyfall, skyfallsled, översvämningsrisk i planen,
        bullerskydd, bullerplank, brofäste, kaj, busskörfält, spårväg, hastighet på gatan, farthinder,
        övergångsställe, garageinfart, lastzon, lastplats, byggkran, byggetablering, etableringsyta,
        framkomlighet, omläggning av trafik, avstängningen, trafikflöde
        """,
        "gatan, trafiken, etapp, cykelstråk, träden, sträcka, ledning",
    ),
    _subject(
        "försening, kostnadsökning, tidplan, stoppat projekt",
        """
        försenad, blir försenade, senare än planerat, senare än utlovat, skjuts fram, skjuts upp, spricker,
        sprack, dröjer till, hinner inte bli, blir inte klar, blir inte klart, klart först, ny huvudtidplan,
        huvudtidplan, ny tidplan, omplaneras, stillestånd, står still, äta arbete, tilläggsarbete, dyrare
        än, blir dyrare, fördyrning, mer än kalkylerat, utanför kalkyl, hotar tidplanen, hotar leveransen,
        beställaren vill ändra, ändrade förutsättningar, omfattningen ökar, levererar inte, leverera i tid,
        i stället för juni, i stället för maj, flyttas fram, flyttas till hösten, hinner ej, slutdatum, nytt
        slutdatum, milstolpen, kritiska linjen, ändrad leverans, tillkommande, mer omfattande än, större än
        vi trodde, kostnaden ökar, budgeten håller inte, entreprenören vill ha mer, tvist med entreprenören,
        stopp i produktionen, stoppat bygget
        """,
        "krockar, entreprenören säger, dyrare",
    ),
    # Change for staff.
    _subject(
        """
        omorganisation, organisationsförändring, organisationsförändringar, ändrad organisation,
        sammanslagning, slå ihop, verksamhetsövergång
        """,
        """
        slå samman, lägga ihop, läggas samman, bli en grupp, bli en enhet, bli en avdelning, blir en enhet,
        göras till en, ny enhet, ny avdelning, en gemensam enhet, delas upp, dela upp enheten, får ny chef,
        byter chef, hör till en annan, tillhöra en annan, byta enhet, byta avdelning, flyttas till enheten,
        flytta enheten, organisatorisk hemvist, organisatorisk tillhörighet, knoppas av, inrätta en stab,
        inrätta en enhet, ny stab, chefsnivå, chefsled, underställd, kontorsflytt, byter lokaler, flytta
        till nya lokaler, öppet kontorslandskap, aktivitetsbaserat, övertalig, uppsagda, säga upp personal,
        varsel, mbl kallelse, mbla, mbl 11, mbl förhandling, 11 mbl, facklig förhandling, risk och
        konsekvensanalys, chefsspann, medarbetare per chef, anställda per chef, underställda per chef, för
        många medarbetare, läggas ut på entreprenad, ta hem verksamheten, ta över verksamheten, övergå till
        annan förvaltning, egen enhet, en egen enhet, gå ihop, går ihop, gå ihop med, gå ihop i, en gemensam
        chef, fler chefer, färre chefer, färre enheter, ta bort enheten, lägga ner enheten, bilda ny, ny
        roll för, samordningsfunktion, placeras organisatoriskt, var hör, hör hemma organisatoriskt,
        organisera, organisera om, omorganisering, organisationsfråga, organisationsförslag,
        organisationsöversyn, gruppindelning, ny gruppindelning, geografisk indelning, geografiska områden,
        funktionsindelning, teamindelning, byta team, centralisera, decentralisera, flytta funktionen,
        flytta uppdraget, flytta ansvaret, flyttas till annan, flyttas till en annan, lokalflytt, flyttplan,
        kontorslösning, platsbrist efter, neddragning av tjänster, minska antalet tjänster, tjänster bort,
        friställd, uppsägningar, säga upp folk, omställningsavtal, samverkan enligt mbl, förhandling med
        facken, riskbedömning inför, riskanalys inför förändring, riskbedöma, bolagisera, upphöra som,
        avvecklas som, delas i två enheter, dela enheten i två, delas i två, en egen chef, få en egen chef,
        samma chef för, byta organisatorisk, flytten till nya
        """,
        "delas, indelning, flytten, omställning, organisationen, dela chef, egen chef",
    ),
    # Buying and contracts.
    _subject(
        "inköp, avrop, köpa in",
        """
        få köpa, vi köpa, köpa nya, köper vi, investera i, offert på, offerten, beställa nya, införskaffa,
        anskaffa, skaffa nya, leasa, prenumerera, byta ut, ersätta de gamla, uttjänta, utslitna,
        kompletteringsköp, konferens, konferensresa, åka på konferens, kursen, kursavgift, gå en utbildning,
        utbildning för personalen, utbildningsdagar, utbildningsinsats, certifieringskurs, studieresa,
        studiebesök i, tjänsteresa, utrikesresa, utlandsresa, planeringsdagar, kickoff, kick off, internat,
        konferensanläggning, föreläsare, föreläsning för, moderator, konsulthjälp, konsultinsats,
        konsulttimmar, konsultstöd, extern konsult, extern utredare, expertstöd, extern expert, handledare
        utifrån, arbetskläder, skyddskläder, varselkläder, skyddsskor, regnkläder, arbetsskor, profilkläder,
        mätinstrument, maskin, drönare, elcykel, lastcykel, tjänstecykel, cyklar till, fordon, ett fordon,
        skåpbil, hjälpmedel till, inventarier, lekutrustning, larmmattor, sängar till, verktyg till, avrop
        av, beställa fler, beställa en, beställa två, inköp av, behöver köpa, måste köpa, vill köpa in,
        skaffa oss, skaffa fler, skaffa ett, betala för kurs, hyra en, hyra ett, hyra tält, hyra scen,
        abonnemang på tidning, anlita, ta in en konsult, ta in konsult, ta in en expert, ta hjälp av
        konsult, upphandla en liten, direktupphandling av, tolkhjälp, fotograf till, processledare,
        facilitator, workshopledare, coachning, handledning extern, jackor, arbetsjackor, byxor till,
        vantar, regnställ, kläder till, hjälmar, västar, verktygslåda, mätutrustning, totalstation, skanner,
        plotter, kamera, projektor till, vr glasögon, surfplattor, fältplattor, läsplattor, specialprogram,
        bilar till, ny bil, nya bilar, elbil, släpvagn, gräsklippare, traktor, åkgräsklippare, lövblås,
        papperskorgar till parken, skyltar till, broschyrer, trycka upp, tryckning av, konferensen,
        seminarium, symposium, nätverksträff, mässbesök, utbildning i, utbildning till, certifiering,
        diplomering, skicka två, skicka tre, skicka fyra, skicka medarbetare, tågresa till,
        planeringskonferens, avdelningsdag, konferenslunch, catering till, skicka på kurs, köpa licenser,
        köp av, licenser till
        """,
        "köpa, beställa, konsult, cyklar, kampanjpris, kurs, resa",
    ),
    _subject(
        "upphandling, ramavtal, konsultavtal, hyresavtal, tilldelningsbeslut",
        """
        takvolym, avtalet löper, avtalet går, avtal går ut, förlänga avtal, förlängning av avtalet, ny
        upphandling, teckna avtal, skriva avtal, skriva på avtal, skriva under avtalet, teckna hyresavtal,
        bryta avtalet, häva avtalet, häva kontraktet, säga upp avtal, säga upp kontraktet, säga upp
        hyreskontraktet, säga upp lokalen, hyreskontrakt, hyreshöjning, hyran går upp, höjd hyra, höja
        hyran, omförhandla, hyra lokal, prishöjning, höja priset, höja timpriset, höjda priser,
        indexuppräkning, indexklausul, prisjustering, leverantören missköter, bolaget missköter,
        entreprenören missköter, missköter avtalet, reklamera, hävning, avtalsperiod, avtalstiden,
        optionsåret, utnyttja optionen, anbudet, anbudstiden, lägsta anbud, utvärdering av anbud, skallkrav,
        ska krav, tilldela, överpröva, förvaltningsrätten, direktupphandla, direktupphandlingsgränsen,
        tröskelvärdet, upphandlaren, avtalsuppföljning, entreprenadkontrakt, entreprenör ska, städbolaget,
        bevakningsbolaget, konsultbyrån, byta leverantör, leverantörsbyte, vårt avtal med, gått i konkurs,
        har gått i konkurs, leverantör i konkurs, konkursboet, lämnat återbud, fjärde leverantör, köra om
        upphandlingen, göra om upphandlingen, bara ett anbud, ett enda anbud, inga anbud, lågt anbud,
        onormalt lågt, anbudssumma, anbudspris, anbudsöppningen, anbudsgivaren, anbudsgivarna, avtalsvärde,
        kontraktsvärde, förlängningen, förlängningsoption, sista optionsåret, sista avtalsåret, avtalsbrott,
        leveransbrister, levererar inte enligt, hävningsgrund, fakturerar fel, överfakturering, fakturerar
        för mycket, dyrare än avtalat, prisökning, materialprisökning, indexreglering, kompensation för
        ökade priser, entreprenören kräver, entreprenören begär, tilläggsbeställning, ändringsarbeten,
        entreprenad, entreprenadform, totalentreprenad, utförandeentreprenad, samverkansentreprenad,
        partnering, upphandlingsform, upphandlingsstrategi, förfrågningsunderlag, kravställa,
        kravspecifikation, miljökrav i upphandling, sociala krav, vinnande anbud, vinnaren i upphandlingen,
        överklagad upphandling, spärrat avtal, avtalsspärr, annonsera upphandling, samordnad upphandling,
        gemensam upphandling, avropsavtal, serviceavtal, underhållsavtal, driftavtal, driftentreprenad,
        skötselavtal, städavtal, bevakningsavtal, hyra fler, hyra ut plan, lokalavtal, andrahandsuthyrning,
        hyresgästanpassning, hyresvärden vill, hyresvärden höjer, hyresförhandling, lokalförhyrning, teckna
        kontrakt, kontraktet går ut, bryta avtalet med, säga upp avtalet med, bryta med, missköter sig,
        skriva på hyres, omförhandling av, ta in en konsult, ta in konsult, anlita, anlita en konsult, hyra
        in konsulter, konsultstöd, konsultinsats, konsulttimmar, avropa, avrop av, direktupphandling av
        """,
        "avtalet, hyresvärden, kontraktet, priset, vite, entreprenaden, hyran, konsult",
    ),
    # Systems and information.
    _subject(
        """
        verksamhetssystem, digitala verktyg, digitalisering, informationssäkerhet, e tjänst, e tjänster,
        dataskydd
        """,
        """
        ärendesystem, ärendehanteringssystem, ekonomisystemet, lönesystemet, diariet, diarieföra, nytt
        system, byta system, systemet ska bytas, systembyte, gammalt system, införa system,
        projektverktyget, ai, ai tjänst, ai assistent, ai verktyg, chatbot, transkribera, sharepoint,
        onedrive, molnet, molntjänster, lagra i molnet, lagringsyta, mappstruktur, filstruktur,
        dokumenthantering, dokumenthanteringssystem, versionshantering, integration mellan, driftsättning,
        driftsätta systemet, e signatur, e underskrift, e legitimation, digital blankett, webbformulär,
        sensorer, sensordata, digital tvilling, geodata, öppna data, personuppgifter, gdpr,
        dataskyddsombudet, konsekvensbedömning, biträdesavtal, informationsklassa, cybersäkerhet, nis2,
        nätfiske, phishing, obehörig åtkomst, obehöriga kom åt, loggkontroll, gallringsplan, spela in möten,
        inspelning av möten, robotprocess, automatisera, digitalt först, arkivera digitalt, chattgpt,
        chatgpt, copilot, språkmodeller, behörighetsstyrning, digital arbetsplats, teknikskifte,
        ritningsprogram, program för alla, nytt program, byta program, cad, bim, gis, systemval,
        systemförvaltare, systemförvaltning, systemägare, systemet går ner, systemet stängs, systemet fasas
        ut, fasas ut, supporten upphör, uppgradera systemet, migrering, konvertera filer, filerna går,
        filformat, filservern, g disk, delad mapp, strukturen i mapparna, gemensam struktur för, namngivning
        av filer, dokumentmallar digitalt, e diarium, digital akt, digital post, digitala möten, digitala
        ritningar, digitala underskrifter, underskrift digitalt, digital signering, e tjänster för,
        självservice, webbtjänst, medborgarapp, felanmälansapp, dashboard, power bi, datakvalitet,
        datalager, datadelning, öppna api, registrera i systemet, tidredovisning, tidredovisningssystem,
        tidsrapportering, projekttid, projektportal, bokningssystem för, tal till text, ai möten, ai policy,
        generativ ai, maskininlärning, automatiserat beslut, robotisering, läckt information,
        informationsläckage, dataläcka, fel mottagare, mejlat fel, skickats till fel, felskickat, känsliga
        uppgifter, skyddsvärda uppgifter, sekretessbelagda filer, kryptering, lösenord delas, delar konto,
        delade konton, mfa, tvåfaktor, säkerhetsuppdatering, sårbarhet, pub avtal, registerförteckning, imy,
        kamerabevakning, lagringstid, e arkiv, leverans till arkivet, stadsarkivet
        """,
        "digital, digitalt, app, systemet, system för, verktyget, arkivet",
    ),
    # The house, the things in it, and breaks.
    _subject(
        "möbler, it stöd, lokaler, mötesrum, lunchrum",
        """
        lampor, skrivbordsstolar, kontorsstolar, fikabröd, fikat, tårta, bullar, semlor, ingen värme, värmen
        är, fryser på, solskydd, fläkten, luktar i, toalett, avlopp, läcker in, taket läcker, dörren går,
        dörren stängs, dörröppnare, entrédörr, låset, nycklar, tagg, passerbrickor, passersystem,
        passerkort, hissen, trasiga, sönder, gått sönder, krånglar, fungerar inte, funkar inte, felanmäld,
        felanmält, felanmäla, kontorsplatser, skrivbordsplatser, arbetsplatser på plan, möteslokaler,
        rumsbokningen, gardinerna, krukväxter, blommor på, konsten på, köket på, diskmaskinen, kylskåpet,
        matlådor, mikron, kaffemaskinen, mjölk till, fruktkorgen, julfesten, julbordet, sommarfesten,
        personalfesten, avtackningen, gemensam lunch, p platser, parkeringsplatser för personalen,
        laddstolpar, laddplatser, cykelställ, cykelförråd, omklädningsrummet, duschen, städningen, städar
        inte, dåligt städat, papperskorgar, sopor, soprum, källsortering, skrivaren, kopiatorn, datorn,
        datorer till, laptop, skärmar, mobiltelefoner, telefoner till, headset, wifi, nätverket ligger,
        uppkopplingen, logga in, kan inte logga, inloggningen, behörigheter, it kommer, ingen från it,
        vaktmästaren, poolbilar, tjänstebilen, bokning av bilar, internpost, paketskåp, rökruta, röker
        utanför, förrådet, skylt på dörren, höj och sänkbara, höj och sänkbart, akustik i, ljuddämpning,
        persienner, golvbrunn, stank, stinker, unken lukt, lukt på, möss, råttor på kontoret, silverfisk,
        myror, skadedjur på kontoret, fönstret går, fönster som, rullgardin, rulla ner, gått sönder i,
        sönder igen, krossad ruta, låst ute, utelåst, nyckel till, nyckelskåp, portkod, porttelefonen,
        larmet tjuter, larmar hela tiden, brandlarmet tjuter, utrymningsskylt, vattnar, vattna blommorna,
        blommorna, växterna, julgran i, julpynt, tavlorna, konstverk i korridoren, soffa i, soffgrupp,
        vilrummet, tyst rum, telefonhytt, telefonbås, bokningsskärm, boka mötesrum, bokat rum, mötesrum är
        alltid, konferensrummet, projektorn i, mikrofon i, teamsrum, videokonferens, kontorsmaterial,
        whiteboardpennor, anteckningsblock, häftapparat, mikrovågsugn, kaffebryggare, kaffeautomaten,
        vattenautomaten, koppar, muggar, kökstjänst, köksansvar, matlukt, gamla matlådor, pausrum,
        pingisbord, bordtennisbord, gym i huset, gymmet, handdukar, torkskåp, cykelgarage, cykelpump,
        parkera cykeln, garageplats, garageplatser, p plats, besöksparkering, elbilsladdning, ladda bilen,
        ladda elbil, nycklar till bilen, bilnycklar, bilen är alltid, smutsiga bilar, flytta ihop bord,
        sittplats, sittplatserna, möblering, möblera om, ommöblering, byta rum, arbetsrum, dragigt,
        temperaturen, iskallt, luftkonditionering, tänds inte, släcks, lyset, ljuset i, belysningen i,
        lysrören, rulltrappa, glatt golv, sandning på gården, snöskottning av entrén, skräpigt, ostädat,
        städerskan, städfirman, mögel i kylen, sopkärl, papperskvarn, sekretesspapper, printer, utskrifter,
        skriva ut, skannern, tangentbord, dockning, dockningsstationer, ny mobil, ny dator, ny skärm,
        mobilabonnemang, sim kort, lösenordet, kontot låst, programmet startar inte, teams strular, strular,
        ligger nere i huset, it supporten, supporten svarar, wi fi, wifi ligger nere, nätet ligger nere,
        trådlösa nätet, bil på verkstad, för kallt, för varmt, kallt på kontoret, varmt på kontoret
        """,
        "rummet, stolar, kaffet, plan, ventilationen, kylan",
    ),
    # The public eye.
    _subject(
        "press, pressmeddelande, sociala medier, webb, webbsida, kampanjer",
        """
        lagt ut på, inlägg om, inlägget, har delats, delats, viralt, facebook, facebookgrupp, twitter,
        tiktok, instagram, youtube, lokaltidningen, tidningen skriver, tidningen vill, tidningen har,
        tidningar, kvällspress, reportern, journalisten, radion, p4, svt, teveteam, tv team, filma hos oss,
        filma på, dokumentär, intervju med, intervjua, vill intervjua, uttala sig, kommentera i,
        mediebevakning, medieuppmärksamhet, uppmärksammas i, debattinlägg, insändare, hemsidan, på webben,
        intranätet, nyhetsbrevet, utskick till boende, utskick till hushållen, informationsbrev, affischer,
        annonsera i, annonser i, budskapet, talespersoner, kommunikationsinsats, kommunikationsinsatser,
        kommunikationsstrategi, logotypen, grafiska profilen, fotografera, fotograf, invigningen, invigning
        av, bandklippning, öppet hus, mässa, monter, pressfrågor, presskonferens, medierna, media ringer,
        ryktet sprids, direktsändning, i direktsändning, nyhetsmorgon, morgontv, nyheterna, nyhetsinslag,
        granskning i media, grävande, grävjournalist, uppdrag granskning, reklamfilm, filminspelning, filma
        i, influencer, influerare, podd, podcast, poddavsnitt, webbsändning, livesändning, sändas live,
        kommentarsfält, hat i kommentarerna, näthat, rykten på nätet, falska uppgifter, dementera, rätta
        artikeln, replikera, debattartikeln, skriva debattartikel, replik på, nyårshälsning, julhälsning,
        utskick, brev till boende, brev till alla hushåll, informationsblad, informationsskylt, byggskyltar,
        skyltvepor, annonsering, kampanjen för, kampanjvecka, mall för presentation, powerpointmall,
        bildbank, bilder på webben, webbredaktör, webbtexter, webbplatsen, intranätsidan, sida på
        intranätet, pressinbjudan, inbjudan till pressen, pressvisning, spadtag, första spadtaget, inviga,
        medborgarmöte, boendemöte, dialogmöte med, möte med boende, utställning, utställningslokal,
        kärnbudskap, talepunkter, vem uttalar sig, vem svarar media, presschef, presskontakten, kommunicera,
        rättelse i, fel i tidningen, skrivit att vi, berätta för boende, gå ut med information, informera
        boende, informera allmänheten, informera hushållen, stadsbladet, bladet skriver, nyhetsbyrå
        """,
        "artikeln, filma, rättelse, informera",
    ),
    # Dissatisfied people, and what they may ask for.
    _subject(
        "klagomål, klagomålshantering, synpunkter, felanmälan",
        """
        klagar på, klagat hos, missnöjda, missnöjd med, arg för, upprörd, besviken på, irriterad på, inte
        nöjd, är inte nöjd, skrivit flera gånger, hört av sig flera gånger, ringer varje dag, kräver svar,
        vill ha svar av, vill tala med chefen, hotar att anmäla, hotar anmäla, ska anmäla oss, hotar med
        advokat, hotar att gå till, grannen till, grannen till bygget, granne klagar, närboende,
        kringboende, störda av, damm från, buller från bygget, skadeståndskrav, kräver skadestånd, kräver
        ersättning, vill ha ersättning, får inget svar, inte fått svar, dåligt bemötande, otrevligt
        bemötande, illa bemött, begär omprövning, vill överklaga, begärt ut, begär ut, begäran om allmän,
        lämna ut handlingar, sekretessprövas, byta handläggare, vill ha en ny handläggare, ny handläggare,
        byta kontaktperson, får man välja handläggare, svarar inte i telefon, svarar inte på mejl, svarar
        aldrig, ringt flera gånger, ringt tio gånger, mejlat flera gånger, skriver varje dag, mejlar varje
        dag, rättshaverist, hot om stämning, stämning av, stämma kommunen, advokatbrev, krav på ersättning,
        ersättningskrav, ersättningsanspråk, sprickor i huset, sprickor efter, skador på grannens, skadat
        hans bil, skadad bil, trasig bil, bilen skadades, föll på trottoaren, halkat på, snubblade,
        skadeanmälan, skadeståndsanspråk, anser att handläggaren, menar att handläggaren, felbehandlad,
        orättvist behandlad, inte fått besked, väntat på besked, väntat på svar, handläggningen har tagit,
        långsam, överklagat, överklaga vårt, mejlkonversation, lämnas ut, utlämning, offentlig handling,
        arga mejl, argt brev, skrapljud, buller nattetid, vibrationer, störande, är arg för, är arg på, arga
        på oss
        """,
        "arg, missnöje, besviken, grannen, anmäla oss, bemött, nöjd, ersättning",
    ),
    # Grave events.
    _subject(
        "krisberedskap, kris, allvarliga händelser, allvarlig händelse, säkerhetsskydd",
        """
        skottlossning, skjutning, skjuten, sprängdåd, sprängladdning, detonation, brand i, branden, brinner,
        brann, eldsvåda, stormen, snökaos, översvämmad, jordskred, skred, vattenläckan, strömlöst,
        strömavbrott, it haveri, hackad, hackats, cyberangrepp, cyberattack, ransomware, utpressningsvirus,
        hotbild, mordhot, hotad till livet, hotats av, hotfulla besök, bombhot, knivhot, rånad, rånförsök,
        krigsplacera, beredskapsplan, beredskapslager, beredskapsövning, pandemi, dödsfall, avliden, omkom,
        omkommit, allvarlig olycka, olyckan, allvarligt skadad, drunknat, drunkning, evakueras, utrymma,
        säkerhetsprövas, säkerhetsklassad, sabotage, främmande makt, spionage, desinformation, krisstöd,
        stabsläge, civilplikt, skyddsrum, nödvatten, reservkraft, bombgrupp, gängkriminella, utrymd, utrymt,
        räddningstjänsten, blåljus, sos larm, vattnet steg, vatten strömmar, rasrisk, ras i, sättningar
        akut, akut fara, fara för liv, livsfara, personer inlåsta, instängda, försvunnen medarbetare, dött
        på jobbet, avlidit, gått bort, dödsbud, självmord, kollega har dött, dödlig, skottskadad, pistol,
        beväpnad, kniv, polisen har spärrat, avspärrat, avspärrad av polis, hot mot oss, hotbrev, hotfulla
        samtal, dödshot, förföljd, personskydd, skyddad identitet för medarbetare, överfallen, misshandlad,
        misshandel, gisslan, säpo, säkerhetspolisen, säkerhetschefen, säkerhetsskyddsanalys,
        säkerhetsskyddsavtal, skyddsklassad, skyddsobjekt, rakel, signalskydd, kontinuitetsplan,
        kontinuitetsplanering, beredskap, höjd beredskap, krigsorganisation, totalförsvar, totalförsvaret,
        civilt försvar, hemvärnet, försvarsmakten, krisövning, krisledning, krisledningsövning, krisplan,
        krislåda, krisinformation, strömavbrott i, långvarigt elavbrott, it attack, överbelastningsattack,
        virus i systemet, gasläcka, oljeutsläpp, utsläpp i, giftigt utsläpp, kemolycka, tågolycka, broras,
        sprängdes, brandtillbud, anlagd brand, mordbrand, skakade, krisgrupp
        """,
        "hotfulla, polisanmält, polisanmäld",
    ),
    # How we do it, alike.
    _subject(
        "arbetssätt, rutin, rutiner, riktlinjer, metod",
        """
        mall för, olika mallar, samma mall, gemensam mall, byta mall, egna varianter, olika varianter, på
        olika sätt, gör olika, gör på olika, dokumenterar olika, tolkar olika, tolkar det olika, bedömer
        olika, sorterar olika, arbetar olika, hanterar olika, på samma sätt, bestämma ett sätt, ett
        gemensamt sätt, lika överallt, standardisera, likformig, likvärdigt, likabehandling, arbetsflöde,
        handläggningsflöde, processbeskrivning, kvalitetsuppföljning, lärdomar av, lära av, erfarenheter
        från, ledtid, handläggningstiden, svarstid, väntetider, väntetid på, får vänta på, genomförandeplan,
        dokumenterar, journalföring, rutinen för, rutin när, saknar rutin, ingen rutin, rutinen säger,
        checklistan, lathunden, manual, komma överens om hur, enas om hur, bestämma hur vi, samma rutin,
        samma arbetssätt, nytt arbetssätt, pröva nytt sätt, testa nytt sätt, gemensamt arbetssätt,
        arbetsmodell, projektmodell, projektavslut, avslutat projekt, överlämning, överlämning till, tappar
        bort, tappas bort mellan, faller mellan stolarna, mellan stolarna, dubbelarbete, gör samma sak, gör
        jobbet två gånger, otydligt vem som, otydlig process, flödesschema, handbok, kvalitetssäkra,
        kvalitetsgranska, granska varandras, kollegial granskning, fyra ögon, egenkontroll i,
        erfarenhetsåterföring, utvärdering av, hur gör ni, hur gör andra enheter, olika hantering, olika
        bedömning, olika besked, olika svar, ger olika, jämlikt, lika hantering, hur länge får, hur snabbt
        ska, handlägga snabbare, korta tiderna, korta ner, kötid, kön till, ligger oläst, läsas samma dag,
        förhandsbedömning tar, bedömningsstöd, metodhandbok, metodstöd, evidens, systematisk uppföljning,
        följa upp kvaliteten, brukarenkät, brukarundersökning, olika praxis, enhetlig praxis, vänta på
        utredning
        """,
        "tolkar, kvalitet, varianter, bestämmer vad som gäller",
    ),
    # Care: one person, grave faults, services opened and closed, staff wanted by all.
    _subject(
        """
        biståndsbeslut, biståndshandläggning, försörjningsstöd, orosanmälan, hemtjänsttimmar, brukare
        """,
        """
        vräks, vräkt, avhyst, avhysas, hemlös, bostadslös, står utan bostad, utan tak över, ut ur
        lägenheten, ska ut på, kronofogden, släppa in hemtjänsten, släpper inte in, vägrar släppa in, tackar
        nej till hjälp, tackar nej till insats, vägrar ta emot hjälp, vägrar hemtjänst, fler timmar
        hemtjänst, mer hemtjänst, gode mannen, förvaltare för, omhändertagen, omhändertas, placeras,
        våldsutsatt, kvinna med skyddad, skyddad adress, skyddat boende, missbrukar, assistanstimmar, nekad,
        nekats, fått avslag, beviljats, beviljad, ansöker om, ansökan om bistånd, plats på boende för,
        boende åt, ensamstående mamma, umgänge, vårdnadstvist, kunden vill, klienten, medicinerar sig, vill
        inte hem, vill flytta hem, vill inte flytta, ligger kvar på sjukhus, utskrivningsklar, hans insats,
        hennes insats, insatser för en, beslut om insats, beslut om hemtjänst, mer stöd, mindre stöd, färre
        timmar, dragits in, indragen insats, indraget bistånd, fått sitt bistånd, överklagat bistånd,
        hyresskuld, betalar inte hyran, bor på hotell, akut boende, sover ute, sover i trapphus, sover i
        bilen, barn far illa, far illa, orolig för ett barn, pappan vill, ensam flicka, ensamkommande,
        återfall, vårdas med tvång, lvu, lvm, god man för, ställföreträdare saknas, byta assistent, byta
        boende, vill byta boende, får inte besöka, besöksförbud för anhörig, en familj ska, familj ska
        vräkas, familj utan bostad, ut på gatan, familj med barn ska ut
        """,
        "mannen, kvinnan, dottern, sonen, hustrun, familj, mamma, pappan, flicka, pojke",
    ),
    _subject(
        "lex sarah, lex maria, missförhållande, missförhållanden, vårdskada",
        """
        fel dos, feldoserad, fel medicin, fel läkemedel, fel insulin, glömt ge, glömd medicin, utebliven
        medicin, utebliven insats, insulin, medicinskt ansvarig, ramlat och, fallit ur, lårbensbrott,
        liggsår, trycksår, låg på golvet, legat på golvet, hittades på golvet, hittades död, försvunnen,
        försvunnit från, avvek från, rymde från, glömdes, glömts kvar, glömt ett barn, bortglömd, lämnades
        ensam, inlåst, fastspänd, tvångsåtgärd, begränsningsåtgärd, skyddsåtgärd, bristande omsorg,
        vanvårdad, misstänkt övergrepp, stulit från, stulna smycken, ivo anmälan, anmälan till ivo, ivo
        kommer, ivo kritiserar, ivo har, föreläggande från, skolinspektionen, fel person fick, journalen
        saknas, smittspridning på boendet, hittades ute, irrat ut, gick ut själv, larmet var avstängt,
        larmet avstängt, larmet svarade inte, larm besvarades inte, ingen kom på larm, svarade inte på larm,
        låg kvar på golvet, fick ingen mat, utan mat, satte i halsen, brännskada, brände sig, tappade i
        lyften, föll i lyften, hård behandling, ryckt i, örfil, skrikit åt, kränkt en boende, kränkt
        brukare, filmat brukare, filmade boende, lagt ut bild på brukare, blåmärken, uttorkad, undernärd,
        narkotika försvunnit, narkotiska läkemedel, tabletter försvunna, tabletter saknas, plånbok stulen,
        pengar försvunna hos, bankkort, förväxlade, fel patient, missat besök, uteblivet besök, uteblivna
        besök, dörren stod öppen, rymt, barn ensamt, lämnades kvar, kvarglömt, bet ett annat barn, slagen av
        personal, slog en boende, mas är, mas kräver
        """,
        "ivo, glömt, medicin, läkemedel, avvikelser, mas",
    ),
    _subject(
        "nedläggning, stänga, avveckla verksamhet, lägga ner, stängning",
        """
        slå igen, bomma igen, läggs ned, stänger vi, stänga förskola, stänga avdelningen, stänga boende,
        öppna en ny, öppna ett nytt, öppna fler, nyöppna, utöka med en ny, öppettiderna, öppet på lördagar,
        lördagsöppet, söndagsöppet, kvällsöppet, nattöppet, helgöppet, öppethållande, sommarstängt,
        sommaröppet, tomma platser på, lediga platser på förskolan, för få barn, barn kvar, elevunderlag,
        barnunderlag, göra om till boende, göra om till demensboende, ny förskola, nytt boende, ny
        gruppbostad, ny träffpunkt, ny mötesplats, ny fritidsgård, ny parklek, flytta förskolan, flytta
        verksamheten, flytta boendet, flytta träffpunkten, tillfälliga paviljonger, ha stängt, hålla stängt,
        stängt på måndagar, stängt på helger, stängas igen, tillfälligt stängt, öppet längre, öppna
        tidigare, öppna igen, återöppna, nya öppettider, ändrade tider, utökade tider, avveckla boendet,
        avveckla träffen, avvecklas, läggas i malpåse, omlokaliseras, flytta ihop förskolor, slå ihop
        förskolor, slå samman förskolor, tomma rum på boendet, tomma lägenheter på, platsöverskott,
        platsbrist på förskola, fler förskoleplatser, starta en avdelning, starta upp en, byta inriktning på
        boendet, ny inriktning, ta över i egen regi
        """,
        "öppna",
    ),
    _subject(
        "bemanningsföretag, hyrpersonal, resurspool, svårrekryterade, svårrekryterad",
        """
        samma sjuksköterskor, sjuksköterskor till sommaren, hitta sjuksköterskor, brist på sjuksköterskor,
        brist på undersköterskor, brist på socionomer, brist på förskollärare, hyrsköterskor,
        bemanningsbolag, hyra in socionomer, hyra in sjuksköterskor, socionomkonsulter, gemensam annons,
        gemensam rekrytering, rekrytera ihop, rekrytera tillsammans, rekryteringsläget, svårt att rekrytera,
        svårt att få tag på, ingen söker, får inga sökande, bjuder över varandra, bjuda över, jagar samma,
        slåss om samma, gemensam vikariepool, pool för hela, språkkunskaper, språknivå, använda konsulter,
        sluta med konsulter, sluta använda konsulter, konsulter på barnutredningar, konsultberoende,
        konsultstopp, inhyrda socionomer, inhyrda sköterskor, inhyrd personal, hyrläkare, personal från
        bemanning, gemensamt inför sommaren, sommaren ihop, sommaren tillsammans, sommarplan för alla,
        sommarrekryteringen, locka sommarvikarier, sommarbonus, gemensam bonus, introdagar för sommar,
        språkombud, språktest, språkkrav, undersköterskeutbildning
        """,
        "sjuksköterskor, socionomer, undersköterskor, förskollärare",
    ),
)
