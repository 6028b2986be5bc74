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
        tillsätta tjänst, tillsätta tjänsten, tillsätta en, utlysa tjänst, lysa ut tjänst, annonsera tjänst,
        vakant, vakanshålla, vakantsatt, vakanssätta, anställningsprövning, anställningsstopp, återanställa,
        fylla tjänsten, fylla vakansen, ersättare för, ersätta när, efterträdare till, nyrekrytera,
        rekrytera ersättare, ersättningsrekrytera, projektanställning, projektanställa, allmän visstid,
        inlasad, lasas in, provanställa, tillsvidareanställa, fast anställd, fast tjänst, tillsvidaretjänst,
        timanställda, timmis, timmisar, timvikarier, extrapersonal, extra personal, sätta in en extra,
        sätta in extra, bemanna upp, underbemannad, underbemanning, kort om folk, saknar folk, fattas folk,
        en tjänst till, halv tjänst till, prao, praoelev, lia, feriejobb, ferieungdomar, sommarungdomar,
        feriepraktik, examensarbete, exjobbare, uppsatsstudent, tjänst går ut, förlänga anställning,
        dra in tjänsten, inte återbesätta, förlänga visstidsanställning
        """,
        """
        tillsätta, ersättare, studenter, praktik, ny kollega, ny medarbetare, ny handläggare, tjänstetillsättning
        """,
    ),
    _subject(
        "ledighet, tjänstledighet, semester, föräldraledighet",
        """
        tjänstledig, tjänstledigt, ledighetsansökan, ansökan om ledighet, sabbatsår, friår, studera på deltid,
        studera på halvtid, partiellt ledig, gå ner på, gå ned på, gå ner till, gå ned till, minska sin tid,
        jobba mindre, arbeta mindre, ta ut föräldraledighet, föräldraledig, pappaledig, mammaledig,
        semesterplanering, sommarledighet, jullov, julledigt, lediga veckor, vara lediga, ta ledigt,
        spara semester, sparade dagar, sparad semester, semesteruttag, obetald ledighet, betald ledighet,
        förkorta arbetstiden, minskad arbetstid, delpension, seniordagar, flexpension, prova annat jobb,
        prova annat arbete, pröva annat arbete, sysselsättningsgrad, tjänstgöringsgrad, utöka sin tid
        """,
        "ledig, lediga, ledigt, studier, studera, plugga",
    ),
    _subject(
        "schema, jour, arbetspass, jourschema",
        """
        schemaperiod, schemaperioder, schemaändring, önskeschema, schemalagd, schemalägga, schemaläggning,
        helgpass, helgturer, kvällsturer, nattpass, nattschema, turlista, turer, passbyte, byta pass,
        delade turer, dygnsvila, veckovila, bakjour, beredskapspass, beredskapsschema, jourlista, jourtid,
        jour över, vem har jour, arbetstidens förläggning, kvällstjänstgöring
        """,
        "tur, pass, obekväm",
    ),
    # Heads of units come and go.
    _subject(
        "chefsrekrytering, chefstillsättning, tillförordnad, tillförordnade, chefsvakans, chefsförordnande",
        """
        chefen slutar, chef slutar, chefen har slutat, chef har slutat, chef har sagt upp, chefen har sagt upp,
        chefen går i pension, chef går i pension, chefen har fått nytt jobb, chef har fått nytt jobb,
        rektorn slutar, rektorn har sagt upp, rektor har fått nytt jobb, rektorn har fått, vem leder,
        vem ska leda, vem håller i, vem ska hålla i, vem går in som, gå in som chef, chef under tiden,
        leda enheten, leda gruppen, leda teamet, leda sektionen, tillförordna, tillförordnar, chefsskifte,
        chefsbyte, utan chef, saknar chef, interim, tf, förordnande, chefens ersättare, ersätta chefen,
        chef föräldraledig, chefen föräldraledig, chefen är sjukskriven, ställföreträdande chef, vice chef,
        ny chef till, ny chef för, annonsera chefstjänst, chefstjänst, tillsätta chefstjänst, nästa chef,
        kravprofil för chef, enhetschefstjänsten, avgående chef, delad chef, dela chef
        """,
        "leda, efterträder, avgår",
    ),
    # How people are at work.
    _subject(
        "arbetsmiljö, skyddsrond, skyddsronder, tillbud, rehabilitering, arbetsskada, sjukfrånvaro",
        """
        företagshälsan, företagshälsa, sjuktalet, sjuktalen, sjukskriven, sjukskrivna, sjukskriver, långtidssjuk,
        korttidssjuk, utbränd, utbrända, utbrändhet, utmattningssyndrom, ohälsa, mår dåligt, må dåligt,
        mår inte bra, sover dåligt, sover inte, gråter, på knäna, orkar inte mer, ork att jobba, går sönder av,
        arbetsbelastning, överbelastade, arbetsanhopning, ohållbar arbetssituation, ohållbart för personalen,
        orimlig belastning, hög belastning, bullrig, bullrigt, bullermätning, ljudmiljö, ljudnivåer, ergonomisk,
        skyddsombudet, skyddsombuden, huvudskyddsombud, 6 6a, 66a, begäran enligt aml, inspektionsmeddelande,
        arbetsmiljöinspektion, arbetsmiljöverkets, spottad, spottat, knuffad, knuffades, slagen av, blev slagen,
        biten av, bet personal, sparkad av, våldsam, utåtagerande, hot mot personal, hotad på jobbet,
        hot mot handläggare, hotfullt bemötande, rädda för att gå, vågar inte gå, vågar inte jobba, otrygg,
        otrygga i jobbet, jobba ensam, arbeta ensam, mobbad, mobbning, mobbing, utfryst, fryser ut,
        kränkt, kränks, kränkning, trakasserad, sexuella trakasserier, osämja, konflikt i, konflikter i,
        arbetsgruppen fungerar, dålig stämning, stämningen är, talar inte med varandra, pratar inte med,
        trivs inte, tunga lyft, halkade, ramlade på jobbet, stickskada, skar sig, exponering, mögel i lokalen,
        mögel på, radonhalt, dålig luft, arbetsanpassning, rehabärende, rehabsamtal, återgång i arbete,
        första hjälpen på jobbet, hjärtstartare, arbetsmiljöarbete, osa, psykosocial arbetsmiljö
        """,
        "stress, stressade, hotad, rädda, skadad, skadade, konflikt, belastning, gått hem, mögel, buller",
    ),
    # One employee: pay, performance, conduct.
    _subject(
        "medarbetarsamtal, lönesamtal, misskötsamhet, bisyssla, omplacering, enskild medarbetare, individuell lön",
        """
        erinran, skriftlig erinran, skriftlig varning, kommer för sent, kommit för sent, sena ankomster,
        sen till jobbet, olovlig frånvaro, olovligt borta, uteblir från, missköter sitt arbete,
        sköter inte sitt jobb, sköter inte sitt arbete, berusad på jobbet, luktade alkohol, luktar alkohol,
        alkohol på jobbet, alkoholtest, arbetsvägran, vägrar utföra, avskeda, avskedande, bisysslor, extraknäcker,
        eget företag vid sidan, firma vid sidan, jobba extra hos, löneförhöjning, höjd lön, högre lön,
        lönekrav, lönesättning av, vill ha mer i lön, vill ha mer betalt, tjänstgöringsbetyg, tjänstgöringsintyg,
        arbetsintyg, lämna referens, ge referenser, omplaceras, omplacera, korrigerande samtal, presterar inte,
        når inte upp till, åtgärdsplan för medarbetare, disciplinpåföljd, löneavdrag, surfar på arbetstid
        """,
        "varning, referens, uppförande",
    ),
    # Pay, skills and terms that are to be alike.
    _subject(
        "lönerevision, lönerevisionen, löneöversyn, lönekriterier, lönekartläggning",
        """
        lönerunda, lönerundan, löneutrymme, löneutrymmet, lönepolitik, lönepolicy, löneprioritering,
        prioriterade grupper, prioriterade yrkesgrupper, lönegap, löneläget, löneglidning, lönebildning,
        lönestatistik, jämställda löner, löneskillnader, löneöverläggning, överläggning med facken om lön,
        satsa på i lön, potten, lönepotten, ingångslöner, satsning på löner
        """,
        "lön, löner, lönerna",
    ),
    _subject(
        "kompetensförsörjning, kompetensplan, kompetensutveckling, kompetens",
        """
        kompetensförsörjningsplan, pensionsavgångar, går i pension till, generationsväxling, kompetensflykt,
        kompetensväxling, kompetensbrist, brist på kompetens, kompetenskartläggning, kompetensinventering,
        tappa kompetens, tappar folk, tappar erfarna, personalomsättning, personalomsättningen, hög omsättning,
        behålla medarbetare, behålla personal, locka personal, attraktiv arbetsgivare, ledarskapsprogram,
        ledarprogram, chefsprogram, chefsutbildning, traineeprogram, mentorskap, onboarding, introduktion av nya,
        karriärvägar, karriärtjänst, successionsordning, kunskapsöverföring, intern rörlighet, rotationstjänst
        """,
        "omsättning, rörlighet, pension",
    ),
    _subject(
        "distansarbete, hemarbete, arbeta hemifrån, villkor, friskvårdsbidrag",
        """
        på distans, distansdagar, distansarbetet, hemifrån, hemmajobb, jobba utomlands, arbeta utomlands,
        arbeta från utlandet, jobba från, kontorsnärvaro, dagar på kontoret, dagar hemma, hybridarbete,
        distans två dagar, arbeta på annan ort, flexramar, flexramen, flextidsramar, sextimmars, fyradagarsvecka,
        arbetstidsförkortning, förmåner, förmånspaket, förmånsbil, cykelförmån, friskvårdspeng, friskvårdstimmen,
        medarbetarundersökningen, medarbetarenkäten, enkäten visar, pulsmätning bland, lika för alla anställda,
        samma regler för personalen, jubileumsgåva, minnesgåva, avgångsgåva
        """,
        "distans, förmån, rättvist",
    ),
    # Several want the same people or money.
    _subject(
        "prioritering, fördelning, resursfördelning, omprioritering, resursbrist, omfördela",
        """
        resursförstärkning, förstärkning av, förstärkning på, förstärka med, omfördelning, avlasta, avlastning,
        låna in, låna av, låna från, låna ut, lånas ut, lånar vi ut, flyttas över, flytta över, föra över,
        överbelagd, överbelagda, beläggning, beläggningslista, beläggningsläge, kapacitetsbrist, resursläget,
        resurserna räcker, räcker inte till, räcker bara till, för lite folk för, har fullt upp, konkurrerar om,
        slåss om, dragkamp, dubbelbokad, dubbelbokade, dubbelbokat, samma personer, samma projektledare,
        samma handläggare, samma konsulter, ordningsföljd, i vilken ordning, rangordna, rangordning, gå före,
        går före, går först, ska gå först, får stå tillbaka, stå tillbaka, välja bort, väljer bort, valt bort,
        pausas, pausa, läggas på is, lägga på is, ligga på is, skjuta fram, skjutas fram, skjuta upp,
        hjälpa varandra, hjälpas åt, täcka för, vem ska täcka, ta från, tas från, dela på kostnaden,
        dela på pengarna, dela på tjänsten, delad tjänst, vad ska vi sluta göra, vad kan vänta, vad får vänta,
        hinna med båda, hinner inte med båda, personer från, ställa om resurser, ojämnt fördelat
        """,
        "förstärkning, förstärka, kapacitet, resurser, resurs, förflytta, bromsa",
    ),
    # Plan, budget, follow-up.
    _subject(
        "verksamhetsplan, budget, bokslut, tertialrapport, prognos, verksamhetsberättelse, internkontrollplan",
        """
        mnkr back, kronor back, ligger back, går back, går minus, gå minus, minus på, minusresultat,
        minus i prognosen, underskott, sparpaket, sparkrav, sparbeting, sparförslag, sparåtgärder, besparingar,
        besparingskravet, spara in, dra ner på kostnader, dra ner på, drar ner på, neddragningar, effektivisera,
        effektiviseringskrav, budgetdialog, underlag till budget, underlag till nästa års budget, ramjustering,
        ramförändring, budgetramen, nästa års ram, volymer, volymförändring, prislapp, prislappar, flerårsplan,
        treårsplan, långtidsplan, långsiktig investeringsplan, investeringsram, uppdrag från kf, kfs uppdrag,
        uppdrag i budgeten, fullmäktiges budget, kommunfullmäktiges mål, delårsuppföljning, årsbokslut,
        augustiprognos, septemberprognos, majprognos, helårsprognos, avvikelse mot budget, utfall mot budget,
        överskott, överskottet, resultatfond, internkontroll, intern kontroll, väsentlighets och riskanalys,
        risk och väsentlighetsanalys, målstyrning, nämndmål, verksamhetsmål, årsmål, nyckeltal, indikatorer,
        måluppfyllelse, årsuppföljning, uppföljning av målen, ekonomin i balans, ekonomisk uppföljning,
        tilläggsanslag, äskande, äska, kompensation för kostnader
        """,
        "minus, spara, ekonomin, målen, besparing, neddragning, budgeten",
    ),
    # What others ask the committee's view of.
    _subject(
        "remiss, remisser, remissvar, yttrande, yttranden, motion, motioner, medborgarförslag",
        """
        remitterad, remitterat, remitteras, på remiss, remisstid, remissinstans, besvara remiss, revisionens,
        revisorernas, revisorerna, revisionsrapporten, grundgranskning, granskningsrapport från, lekmannarevisor,
        samrådshandling, samrådsförslag, samrådsremiss, begärt in våra synpunkter, vill ha våra synpunkter,
        vill ha synpunkter från, frågar vad vi tycker, tycker vi om förslaget, svar på skrivelse,
        svar på skrivelsen, skrivelse från, ledamöternas skrivelse, ledamots fråga, fråga från ledamot,
        politisk skrivelse, initiativärende, justitieombudsmannen, diskrimineringsombudsmannen, departementet,
        departementspromemoria, statlig utredning, utredningens förslag, lagrådsremiss, betänkandet,
        förslag till ny lag, förslag till ny riktlinje från, länsstyrelsen vill ha, länsstyrelsen begär,
        medborgarinitiativ, folkinitiativ, e petition, interpellationssvar, enkel fråga från
        """,
        "samråd, skrivelse, granskning av, ta ställning till förslag, yttra",
    ),
    _subject(
        "tjänsteutlåtande, tjänsteutlåtanden, nämndärende, nämndärenden",
        """
        till nämnden, i nämnden, upp i nämnd, nämndsammanträde, nämndsammanträdet, nämndens sammanträde,
        nämndutskick, utskick till nämnden, presidiet, presidieberedning, föredras i nämnden, föredra för nämnden,
        ärendet till nämnd, politikerna ska besluta, beslut i nämnd, taxa, taxor, avgiftshöjning
        """,
        "föredra, politikerna, utlåtande",
    ),
    # Land, plans, streets, projects.
    _subject(
        "markanvisning, exploateringsavtal, tomträtt, markförvärv",
        """
        anvisa, anvisad, anvisat, anvisats, anvisade, anvisas, direktanvisas, markreservation, markförhandling,
        tilläggsköpeskilling, köpeskilling, tomträttsavgäld, tomträttsavgälder, tomträttshavare,
        avgäldsreglering, omreglering, omregleringar, servitut, ledningsrätt, lantmäteriförrättning,
        fastighetsreglera, arrenderätt, arrendeavgift, nytt arrende, upplåta mark, markupplåtelse, kvadratmeterpris,
        priset på marken, markpriset, köpa marken, köpa tomten, sälja marken, sälja tomten, sälja fastigheten,
        markförsäljning, avyttra, återköp, återta marken, lämna tillbaka marken, lämnar tillbaka marken,
        byggnadsskyldighet, byta byggherre, överlåta markanvisning, överlåta avtalet, ny byggherre tar över,
        gåva av mark, inlösen av, lösa in, tvångsinlösen, exploatören, exploateringsbidrag, medfinansiering från
        """,
        "fastighet, tomten, sälja, byggherren, avgäld, lägenhetspris, markägare, arrende",
    ),
    _subject(
        "inriktningsbeslut, genomförandebeslut",
        """
        fördyrning, fördyrningen, fördyrad, fördyrat, kostnadsökning, kostnadsökningar, kostnaden har stigit,
        kostnaden ökar, kostar mer än, dyrare än, blir dyrare, blivit dyrare, spräcker projektbudgeten,
        spräcker budgeten, spräckt budget, över kalkyl, högre än kalkyl, överstiger kalkylen, nytt projektbeslut,
        projektbeslut, projektramen, projektets ram, projektets totalkostnad, reviderad projektbudget, slutkalkyl,
        slutredovisa, slutredovisas, saneringskostnad, marksanering, förorenad, föroreningar, avbryta projektet,
        lägga ned projektet, lägga ner projektet, gå till genomförande, gå vidare till genomförande,
        driftkostnader, driftkonsekvenser, driftkostnaderna, utredningsbeslut, klartecken för projektet,
        starta projektet, projektstart, ökad investeringsutgift, investeringsutgiften
        """,
        "fördyring, kalkylen, sanering, dyrare",
    ),
    _subject(
        "detaljplan, detaljplaner, gatuprojekt, planbesked",
        """
        planområdet, planarbetet, planläggning, planläggningen, planändring, antagen plan, planen antas,
        planen överklagad, överklagad detaljplan, samma gata, gräva upp gatan, gräver upp, gräva samtidigt,
        schaktsamordning, samförläggning, ledningsomläggning, ledningsomläggningen, kabelflytt, fjärrvärmeledning,
        cykelväg, cykelbanan, gångbana, gång och cykelväg, trottoar, körbana, gatuträd, trädfällning, trädrad,
        gatusektion, bussgata, busshållplats, p tal, parkeringstal, parkeringsnorm, skoltomt, förskoletomt,
        skolans läge, angöring, byggtrafik, trafiklösning, trafikomläggning, gatuavstängning, stänga av gatan,
        avstängd gata, omledningsväg, trafikplats, cirkulationsplats, korsningen, gatumiljö, utbyggnadstakt,
        etapputbyggnad, byggordning, etappindelning
        """,
        "planen, kvarteret, gatan, trafiken, etapp, cykelstråk",
    ),
    _subject(
        "försening, kostnadsökning, tidplan, stoppat projekt",
        """
        försenad, försenat, försenas, blir försenade, förseningar, senare än planerat, senare än utlovat,
        skjuts fram, skjuts upp, spricker, sprack, dröjer till, hinner inte bli, blir inte klar, blir inte klart,
        klart först, ny huvudtidplan, huvudtidplan, ny tidplan, omplaneras, stillestånd, står still, äta arbete,
        tilläggsarbete, tilläggsarbeten, dyrare än, blir dyrare, fördyrning, mer än kalkylerat, utanför kalkyl,
        hotar tidplanen, hotar leveransen, beställaren vill ändra, ändrade förutsättningar, omfattningen ökar
        """,
        "försening, krockar, entreprenören säger, klar, dyrare",
    ),
    # Change for staff.
    _subject(
        """
        omorganisation, organisationsförändring, organisationsförändringar, ändrad organisation, sammanslagning,
        slå ihop, verksamhetsövergång
        """,
        """
        slås ihop, slå samman, slås samman, lägga ihop, läggas ihop, läggas samman, gå upp i, bli en grupp,
        bli en enhet, bli en avdelning, blir en enhet, göras till en, ny enhet, ny avdelning, en gemensam enhet,
        delas i två, dela i två, delas upp, dela upp enheten, två enheter, tre enheter, får ny chef,
        byter chef, byta chef, hör till en annan, tillhöra en annan, byta enhet, byta avdelning, flyttas till enheten,
        flytta enheten, flytta gruppen, organisatorisk hemvist, organisatorisk tillhörighet, organisatoriskt,
        knoppas av, inrätta en stab, inrätta en enhet, ny stab, chefsnivå, chefsled, underställd,
        kontorsflytt, byter lokaler, flytta till nya lokaler, flytten till, öppet kontorslandskap,
        aktivitetsbaserat, övertalig, övertaliga, uppsagda, säga upp personal, varsel, varsla, mbl kallelse,
        mbla, mbl 11, mbl förhandling, 11 mbl, facklig förhandling, risk och konsekvensanalys,
        chefsspann, medarbetare per chef, anställda per chef, underställda per chef, för många medarbetare,
        läggas ut på entreprenad, ta hem verksamheten, ta över verksamheten, övergå till annan förvaltning
        """,
        "omorganisera, delas, indelning, flytten, omställning",
    ),
    # Buying and contracts.
    _subject(
        "inköp, avrop, köpa in",
        """
        få köpa, vi köpa, köpa nya, köpa in, inköpa, köper vi, investera i, offert på, offerten, offerter,
        beställa nya, införskaffa, anskaffa, anskaffning, skaffa nya, skaffa en, leasa, leasing, prenumerera,
        byta ut, ersätta de gamla, uttjänta, utslitna, kompletteringsköp, konferens, konferensresa,
        åka på konferens, kurs, kursen, kursavgift, kursavgifter, gå en utbildning, utbildning för personalen,
        utbildningsdagar, utbildningsinsats, certifieringskurs, studieresa, studiebesök i, tjänsteresa, utrikesresa,
        utlandsresa, flyga till, planeringsdagar, planeringsdag, kickoff, kick off, internat, konferensanläggning,
        föreläsare, föreläsning för, moderator, konsulthjälp, konsultinsats, konsulttimmar, konsultstöd,
        extern konsult, extern utredare, expertstöd, extern expert, handledare utifrån, arbetskläder, skyddskläder,
        varselkläder, skyddsskor, regnkläder, arbetsskor, profilkläder, mätinstrument, maskin, maskiner, drönare,
        elcykel, elcyklar, lastcykel, tjänstecykel, tjänstecyklar, cyklar till, fordon, ett fordon, skåpbil,
        hjälpmedel till, inventarier, lekutrustning, vagnar, larmmattor, sängar till, verktyg till
        """,
        "köpa, offert, beställa, utbildning, konsult, resa, cyklar, kampanjpris, cykel, på avtal, finns på avtal",
    ),
    _subject(
        "upphandling, ramavtal, konsultavtal, hyresavtal, tilldelningsbeslut",
        """
        takvolym, avtalet löper, avtalet går, avtal går ut, förlänga avtal, förlängning av avtalet, ny upphandling,
        teckna avtal, skriva avtal, skriva på avtal, skriva under avtalet, skriver vi på, teckna hyresavtal,
        bryta avtalet, bryta med, häva avtalet, häva kontraktet, säga upp avtal, säga upp kontraktet,
        säga upp hyreskontraktet, säga upp lokalen, hyreskontrakt, hyreskontraktet, hyresavtalet, hyreshöjning,
        hyran går upp, höjd hyra, höja hyran, omförhandla, omförhandling, hyra lokal, hyra in sig,
        prishöjning, höja priset, höja timpriset, höjda priser, indexuppräkning, indexklausul, prisjustering,
        leverantören missköter, bolaget missköter, entreprenören missköter, missköter avtalet, missköter sig,
        reklamera, vite, viten, hävning, avtalsperiod, avtalsperioden, avtalstiden, optionsåret, utnyttja optionen,
        anbudet, anbuden, anbudstiden, lägsta anbud, utvärdering av anbud, skallkrav, ska krav, tilldela,
        överpröva, överprövning, förvaltningsrätten, direktupphandla, direktupphandlingsgränsen, tröskelvärdet,
        upphandlaren, upphandlarna, avtalsuppföljning, entreprenadkontrakt, entreprenör ska, städbolaget,
        bevakningsbolaget, konsultbyrån, byta leverantör, leverantörsbyte, vårt avtal med
        """,
        "avtalet, leverantören, hyresvärden, kontraktet, hyra, optionen, priset, leverantör",
    ),
    # Systems and information.
    _subject(
        "verksamhetssystem, digitala verktyg, digitalisering, informationssäkerhet, e tjänst, e tjänster, dataskydd",
        """
        ärendesystem, ärendehanteringssystem, ekonomisystemet, lönesystemet, diariet, diarieföra, diarieföring,
        nytt system, byta system, systemet ska bytas, systembyte, gammalt system, införa system,
        projektverktyget, ai, ai tjänst, ai assistent, ai verktyg, chatbot, transkribera, transkribering, teams,
        sharepoint, onedrive, molnet, molntjänster, lagra i molnet, lagringsyta, mappstruktur, filstruktur,
        dokumenthantering, dokumenthanteringssystem, versionshantering, integration mellan, driftsättning,
        driftsätta systemet, e signatur, e underskrift, e legitimation, digital blankett, webbformulär, sensorer,
        sensordata, digital tvilling, geodata, öppna data, personuppgifter, personuppgift, gdpr, dataskyddsombudet,
        konsekvensbedömning, biträdesavtal, informationsklassa, informationsklassning, cybersäkerhet, nis2,
        nätfiske, phishing, obehörig åtkomst, obehöriga kom åt, loggkontroll, gallringsplan, spela in möten,
        inspelning av möten, robot, robotprocess, automatisera, digitalt först, arkivera digitalt, chattgpt,
        chatgpt, copilot, språkmodeller, behörighetsstyrning, digital arbetsplats, teknikskifte
        """,
        "digital, digitalt, data, app, appen, systemet, system för, verktyget, arkivet",
    ),
    # The house, the things in it, and breaks.
    _subject(
        "möbler, it stöd, lokaler, mötesrum, lunchrum",
        """
        lampor, lampan, skrivbordsstolar, kontorsstolar, fikabröd, fikat, tårta, bullar, semlor, ingen värme,
        värmen är, kallt på, fryser på, svalt på, varmt på, kylan, solskydd, fläkten, luktar i, lukten i,
        toalett, toaletter, toaletten, toan, handfat, avlopp, läcker in, läcker, taket läcker, dörren går,
        dörren stängs, dörröppnare, entrédörr, entrén, låset, nycklar, tagg, taggar, passerbrickor, passersystem,
        passerkort, hissen, trasiga, sönder, gått sönder, krånglar, fungerar inte, funkar inte, felanmäld, felanmält,
        felanmäla, kontorsplatser, skrivbordsplatser, arbetsplatser på plan, möteslokaler, rumsbokningen, gardinerna,
        krukväxter, blommor på, konsten på, köket på, diskmaskinen, disken, kylskåpet, matlådor, mikron,
        kaffemaskinen, kaffet, mjölk till, fruktkorgen, julfesten, julbordet, sommarfesten, personalfesten,
        avtackningen, gemensam lunch, p platser, parkeringsplatser för personalen, laddstolpar, laddplatser,
        cykelställ, cykelförråd, omklädningsrummet, duschen, städningen, städar inte, dåligt städat, papperskorgar,
        sopor, soprum, källsortering, skrivaren, kopiatorn, papper i, datorn, datorer till, laptop, laptopar,
        skärmar, mobiltelefoner, telefoner till, headset, wifi, nätverket ligger, uppkopplingen, logga in, kan inte logga,
        inloggningen, behörigheter, it kommer, ingen från it, vaktmästaren, poolbilar, poolbilarna, tjänstebilen,
        bokning av bilar, internpost, paketskåp, rökruta, röker utanför, förrådet, skylt på dörren, höj och sänkbara,
        höj och sänkbart, akustik i, ljuddämpning, mattan, trappan, persienner, flimrar, blinkar, ventilationen
        """,
        "lokalen, rummet, fika, sönder, trasigt, stolar, skärm, källaren, parkering",
    ),
    # The public eye.
    _subject(
        "press, pressmeddelande, sociala medier, webb, webbsida, kampanjer",
        """
        lagt ut på, inlägg om, inlägget, har delats, delats, viralt, facebook, facebookgrupp, twitter, tiktok,
        instagram, youtube, lokaltidningen, tidningen skriver, tidningen vill, tidningen har, tidningar, kvällspress,
        reportern, reporter, journalisten, journalister, radion, p4, svt, teveteam, tv team, filma hos oss, filma på,
        dokumentär, intervju med, intervjua, intervjuas, vill intervjua, uttala sig, uttalar sig, kommentera i,
        mediebevakning, medieuppmärksamhet, uppmärksammas i, debattinlägg, insändare, hemsidan, webbsidan, webben,
        på webben, intranätet, nyhetsbrevet, utskick till boende, utskick till hushållen, informationsbrev,
        affischer, annonsera i, annonser i, kampanjen, budskapet, talespersoner, kommunikationsinsats,
        kommunikationsinsatser, kommunikationsstrategi, logotypen, grafiska profilen, fotografera,
        fotograf, film om, invigningen, invigning av, bandklippning, öppet hus, mässa, mässan, monter,
        pressfrågor, presskonferens, medierna, media ringer, ryktet sprids
        """,
        "inlägg, artikeln, artikel, filma, tidningen, film, kommunicera",
    ),
    # Dissatisfied people, and what they may ask for.
    _subject(
        "klagomål, klagomålshantering, synpunkter, felanmälan",
        """
        klagar på, klagat på, klagat hos, klagomålen, missnöjda, missnöjd med, är arg, är arga, arg för,
        arg på, upprörd, upprörda, besviken på, irriterad på, inte nöjd, är inte nöjd, skrivit flera gånger,
        skrivit för, hört av sig flera gånger, hör av sig igen, ringer varje dag, kräver svar, vill ha svar av,
        vill tala med chefen, hotar att anmäla, hotar anmäla, ska anmäla oss, hotar med advokat, hotar att gå till,
        grannen till, grannar till, grannen till bygget, granne klagar, närboende, kringboende, störda av, störs av,
        damm från, buller från bygget, skadeståndskrav, kräver skadestånd, kräver ersättning, vill ha ersättning,
        får inget svar, fått inget svar, inte fått svar, dåligt bemötande, otrevligt bemötande, otrevligt bemött,
        illa bemött, begär omprövning, vill överklaga, begärt ut, begär ut, begäran om allmän, lämna ut handlingar,
        sekretessprövas, byta handläggare
        """,
        "arg, missnöje, besviken, grannen, anmäla oss, bemött",
    ),
    # Grave events.
    _subject(
        "krisberedskap, kris, allvarliga händelser, allvarlig händelse, säkerhetsskydd",
        """
        skottlossning, skjutning, skjuten, sprängdåd, sprängladdning, detonation,
        brand i, branden, brinner, brann, eldsvåda, stormen, snökaos, översvämmad, översvämmat, översvämning,
        jordskred, skred, vattenläckan, vattenläcka, strömlöst, strömavbrott, strömavbrottet, it haveri, hackad,
        hackade, hackats, cyberangrepp, cyberattack, ransomware, utpressningsvirus, hotbild, mordhot, hotad till livet,
        hotats av, hotfulla besök, bombhot, knivhot, rånad, rånförsök, krigsplacera, krigsplacerad, krigsplaceringar,
        beredskapsplan, beredskapslager, beredskapsövning, pandemi, dödsfall, avliden, omkom, omkommit, allvarlig olycka,
        olyckan, allvarligt skadad, drunknat, drunkning, evakueras, utrymma, utrymmas, säkerhetsprövas, säkerhetsklassad,
        säkerhetsklassade, sabotage, främmande makt, spionage, desinformation, krisstöd, stabsläge, civilplikt,
        skyddsrum, nödvatten, reservkraft, bombgrupp, gängkriminella
        """,
        "olycka, hotfulla, polisanmält, polisanmäld, sprängning",
    ),
    # How we do it, alike.
    _subject(
        "arbetssätt, rutin, rutiner, riktlinjer, metod, mallar",
        """
        mall för, olika mallar, samma mall, gemensam mall, byta mall, egna varianter, olika varianter, på olika sätt,
        gör olika, gör på olika, dokumenterar olika, tolkar olika, tolkar det olika, bedömer olika, sorterar olika,
        arbetar olika, hanterar olika, på samma sätt, bestämma ett sätt, ett gemensamt sätt, lika överallt,
        standardisera, enhetlig, enhetligt, likformig, likformigt, likvärdigt, likabehandling, arbetsflöde,
        arbetsflödet, handläggningsflöde, processbeskrivning, kvalitetsuppföljning, lärdomar av, lära av,
        erfarenheter från, ledtid, ledtider, ledtiderna, handläggningstiden, handläggningstiderna, svarstid,
        väntetider, väntetiderna, väntetid på, vänta på utredning, får vänta på, genomförandeplan,
        genomförandeplanerna, genomförandeplaner, dokumenterar, dokumentera, journalföring, praxis, tolkning av, rutinen för,
        rutin när, saknar rutin, ingen rutin, rutinen säger, checklistan, lathunden, manual
        """,
        "mall, tolkar, kvalitet, varianter, bestämmer vad som gäller",
    ),
    # Care: one person, grave faults, services opened and closed, staff wanted by all.
    _subject(
        "biståndsbeslut, biståndshandläggning, försörjningsstöd, orosanmälan, hemtjänsttimmar, brukare",
        """
        vräks, vräkt, vräkas, avhyst, avhysas, hemlös, bostadslös, står utan bostad, utan tak över,
        ut ur lägenheten, ska ut på, kronofogden, släppa in hemtjänsten, släpper inte in, vägrar släppa in,
        tackar nej till hjälp, tackar nej till insats, vägrar ta emot hjälp, vägrar hemtjänst, fler timmar hemtjänst,
        mer hemtjänst, gode mannen, förvaltare för, omhändertagen, omhändertas, placeras, placerade, våldsutsatt,
        kvinna med skyddad, skyddad adress, skyddat boende, missbrukar, assistanstimmar, nekad, nekats, fått avslag,
        beviljats, beviljad, ansöker om, ansökan om bistånd, plats på boende för, boende åt, tvillingarna, pojken, flickan,
        en familj med, ensamstående mamma, umgänge, vårdnadstvist, kunden vill, klienten, brukaren, medicinerar sig
        """,
        "mannen, kvinnan, dottern, sonen, hustrun, vräkning, familj",
    ),
    _subject(
        "lex sarah, lex maria, missförhållande, missförhållanden, vårdskada",
        """
        fel dos, feldoserad, fel medicin, fel läkemedel, fel insulin, glömt ge, glömd medicin, utebliven medicin,
        utebliven insats, insulin, mas, medicinskt ansvarig, ramlat och, föll ur, fallit ur, lårbensbrott, liggsår,
        trycksår, låg på golvet, legat på golvet, hittades på golvet, hittades död, försvunnen, försvunnit från,
        avvek från, rymde från, glömdes, glömts kvar, glömt ett barn, bortglömd, lämnades ensam, inlåst,
        låst in, fastspänd, tvångsåtgärd, begränsningsåtgärd, skyddsåtgärd, bristande omsorg, vanvårdad, misstänkt övergrepp,
        slagit en boende, stulit från, stulna smycken, ivo anmälan, anmälan till ivo, ivo kommer, ivo kritiserar,
        ivo har, inspektion av, föreläggande från, skolinspektionen, fel person fick, journalen saknas, smittspridning på boendet
        """,
        "ivo, glömt, medicin, läkemedel, avvikelser",
    ),
    _subject(
        "nedläggning, stänga, avveckla verksamhet, lägga ner, stängning",
        """
        slå igen, slås igen, bomma igen, läggs ner, läggas ner, läggs ned, stängs, stänger vi, stänga förskola,
        stänga avdelningen, stänga boende, starta ny, öppna en ny, öppna ett nytt, öppna fler, nyöppna, utöka med en ny,
        öppettiderna, öppettid, öppet på lördagar, lördagsöppet, söndagsöppet, kvällsöppet, nattöppet, helgöppet,
        öppethållande, sommarstängt, sommaröppet, tomma platser på, lediga platser på förskolan, för få barn,
        barn kvar, elevunderlag, barnunderlag, göra om till boende, göra om till demensboende, omvandla till,
        ny förskola, nytt boende, ny gruppbostad, ny träffpunkt, ny mötesplats, ny fritidsgård, ny parklek,
        flytta förskolan, flytta verksamheten, flytta boendet, flytta träffpunkten, tillfälliga paviljonger
        """,
        "öppna, stängd, avveckling",
    ),
    _subject(
        "bemanningsföretag, hyrpersonal, resurspool, svårrekryterade, svårrekryterad",
        """
        samma sjuksköterskor, sjuksköterskor till sommaren, hitta sjuksköterskor, brist på sjuksköterskor,
        brist på undersköterskor, brist på socionomer, brist på förskollärare, hyrsköterskor, hyrsköterska,
        bemanningsbolag, bemanningsbolaget, hyra in socionomer, hyra in sjuksköterskor, socionomkonsulter,
        gemensam annons, gemensam rekrytering, rekrytera ihop, rekrytera tillsammans, rekryteringsläget,
        svårt att rekrytera, svårt att få tag på, ingen söker, inga sökande, får inga sökande, bjuder över varandra,
        bjuda över, jagar samma, slåss om samma, gemensam vikariepool, pool för hela, språkkunskaper, språknivå
        """,
        "sjuksköterskor, socionomer, undersköterskor, förskollärare",
    ),
)
