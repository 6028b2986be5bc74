"""Order between things, plan and budget, what the committee is asked, and how work is done alike."""

from styrfart.kernel.triage.subjects.subject import subject

STEERING = (
    # Several want the same people or money.
    subject(
        "prioritering, fördelning, resursfördelning, omprioritering, resursbrist, omfördela",
        """
        tar över projektet, vem tar över projekten, vilka prioriterar, prioriterar vi, prioriteras bort,
        prioriteras ner, prioriteras upp, prioritetslista, hinna med allt, räcker till sex, räcker till fem,
        pengar till sex, önskade upprustningar, för få projektledare, resurser från, personella resurser,
        gemensam resurs, delad resurs, bromsa projekt, skjuta på projekt, vilket projekt, vilket av
        projekten, båda projekten vill, båda avdelningarna vill ha, ena avdelningen, resursförstärkning,
        förstärkning av, förstärkning på, förstärka med, låna in, låna av, låna från, låna ut, lånar vi ut,
        flyttas över, föra över, beläggningslista, beläggningsläge, kapacitetsbrist, resursläget, resurserna
        räcker, räcker inte till, räcker bara till, för lite folk för, har fullt upp, konkurrerar om, slåss
        om, dragkamp, dubbelbokad, samma projektledare, samma handläggare, samma konsulter, ordningsföljd, i
        vilken ordning, rangordna, rangordning, går först, ska gå först, får stå tillbaka, stå tillbaka,
        välja bort, pausas, läggas på is, ligga på is, skjuta fram, skjuta upp, hjälpa varandra, hjälpas åt,
        täcka för, dela på pengarna, dela på tjänsten, delad tjänst, vad ska vi sluta göra, vad kan vänta,
        vad får vänta, hinna med båda, hinner inte med båda, ställa om resurser, ojämnt fördelat, lyfta
        över, hjälpa till med, ta hälften, ta över ärenden, ta över arbetet, byta resurser, rycka in,
        kraftsamla, task force, gemensam styrka, arbetsgrupp över, vilka startar, vilka som startar, startas
        först, välja ut, lägga pengarna på, lägga tiden på, flytta pengar, flytta medel, omdisponera, föra
        om medel, pengarna räcker, pengarna räcker inte, budgeten räcker inte till, alla tycker att deras,
        för många projekt, för många uppdrag, tacka nej till uppdrag, nya uppdrag, uppdragsstopp, inga nya
        projekt, portföljen, projektportföljen, portföljstyrning, resursallokering, resursplan,
        resursplanering, bemanna projekt, bemanning av projekt, projektledare till, projektledare saknas,
        projektledarbrist, saknar projektledare, gemensam projektledare, inte tillräckligt med, fler uppdrag
        än, mer att göra än, överplanering, underbemannade i, avvara, ställa upp med personal, lånade,
        stötta med, stöttning från, vilken avdelning får, fördela tjänster, fördela om, tjänsterna från,
        platser mellan, byta pengar, vilka tre som, gå före andra, vem får pengarna, lånar personer, dela på
        en, fördela pengarna, redan betalat för, betalat för den som, vill ha en egen, var sin halv, en halv
        var, projektkoordinator, koordinator för, samordnare för flera, betala för gemensam, stötta
        varandra, växla personal, byta personal, byta personal mellan, personal till varandra, flytta
        personal, flyttas mellan, omplacera resurser, resurser mellan, utlånad, har tid över, har personal
        över, överbemannad, ledig kapacitet, jämna ut, jämnare fördelning, fördelar vi, hur fördelar vi, hur
        fördelas, fördelas mellan, fördela ärendena, ärendemängd, ärendebalans, ärendebalanser, ärenden på
        hög, ärendehög, kö av ärenden, överta ärenden, vem tar hand om de, vem tar uppdraget, tar det nya
        uppdraget, nytt uppdrag vem, hinner inte allt, vad stryker vi, stryka uppdrag, skala ner ambition,
        ambitionsnivå, korttidsplatser, fler korttidsplatser, fördela platser, prioritera mellan, hinner
        inte handlägga, hinner inte med, ta sina egna, ta deras, slåss om samma, ligger i kö, ärenden i kö,
        kan ni ta, kan de andra ta, samma lokal
        """,
        """
        förstärkning, kapacitet, resurser, resurs, förflytta, bromsa, vänta, hinner, välja, stötta,
        beläggning, stryka, utjämna, avlasta, önskelista, platsbrist, fullbelagd, överbelagd
        """,
    ),
    # Plan, budget, follow-up.
    subject(
        "verksamhetsplan, bokslut, tertialrapport, prognos, verksamhetsberättelse, internkontrollplan",
        """
        flerårsplanen, inspel till flerårsplan, lokaleffektivisering, lokalförsörjningsplan, effektivisera
        lokaler, tioprocentig besparing, plan per förvaltning, kompensera kostnadsökning,
        kostnadsuppräkning, pris och löneuppräkning, investeringsbehov, investeringsäskande, lokalbehov i
        flerårsplan, tilläggsäskande, mnkr back, kronor back, ligger back, går back, går minus, gå minus,
        minusresultat, minus i prognosen, underskott, sparpaket, sparkrav, sparbeting, sparförslag,
        sparåtgärder, besparingar, besparingskravet, spara in, dra ner på kostnader, dra ner på,
        neddragningar, effektivisera, effektiviseringskrav, budgetdialog, underlag till budget, underlag
        till nästa års budget, ramjustering, ramförändring, budgetramen, nästa års ram, volymförändring,
        treårsplan, långtidsplan, långsiktig investeringsplan, investeringsram, uppdrag från kf, kfs
        uppdrag, uppdrag i budgeten, fullmäktiges budget, kommunfullmäktiges mål, delårsuppföljning,
        årsbokslut, augustiprognos, septemberprognos, majprognos, helårsprognos, avvikelse mot budget,
        utfall mot budget, överskott, resultatfond, internkontroll, intern kontroll, väsentlighets och
        riskanalys, risk och väsentlighetsanalys, målstyrning, nämndmål, verksamhetsmål, årsmål, nyckeltal,
        indikatorer, måluppfyllelse, årsuppföljning, uppföljning av målen, ekonomin i balans, ekonomisk
        uppföljning, tilläggsanslag, äskande, kompensation för kostnader, över i budget, pengar över, medel
        över, kvar i budgeten, ofinansierad, budgetjustering, budgetförutsättningar, budgetarbete,
        budgetprocessen, inför budget, inspel till budget, inriktning för budget, ettårsbudget, bidrag till
        verksamhetsplanen, avdelningens mål, kontorets mål, prioriterade mål, delårsbokslut,
        bokslutskommentar, årsredovisning, årsrapport, kvartalsrapport till nämnden, tertialuppföljning,
        månadsrapport till nämnden, månadsprognos, prognosen, prognosavvikelse, helårsbedömning, bedömning
        av helår, kostnadskontroll, kostnadsbesparing, besparingsförslag, osthyvel, intäktskrav,
        intäktsbortfall, minskade intäkter, personalkostnaderna ökar, kostnadsutveckling, anläggningsbudget,
        investeringsbudget, investeringsmedel, investeringstak, investeringsutrymme, investeringsplanering,
        investeringsprognos, genomförandegrad, projektbudgetar totalt, drift och investering,
        kapitalkostnader, internränta, internhyra, hyreskostnader totalt, overhead, oh kostnader,
        fördelningsnyckel för, taxeunderlag, kontrollplan, granskningsområden, risker ska in, riskregister
        för, risk i internkontroll, kommunfullmäktiges budget, kfs mål, fokusområden, nämndens uppdrag,
        uppdragslista, budgetuppdrag, uppdrag från fullmäktige, vp, vb, t1, t2, t3, ska bantas, kapa
        kostnader, kapa en miljon, skära ner, skära ned, skära i, minska kostnaderna, minska budgeten, spara
        2, spara 3, aktivitetsplan, aktiviteter i planen, årsplanering för nämnden, kopplad till nämndens
        mål, mål och aktiviteter, mål för nästa år, mål för avdelningen, årets mål, ekonomisk prognos, hur
        går ekonomin, ekonomiskt läge, ekonomiuppföljning, budgetavvikelse, negativ avvikelse, positivt
        resultat, plusresultat, nollresultat, åtgärder för balans, handlingsplan för ekonomi, åtgärdsplan
        ekonomi, ersättningsnivå, peng per barn, barnpeng, skolpeng, hemtjänstpeng, lov ersättning,
        resursfördelningsmodell, schablonersättning, statsbidrag, riktade statsbidrag, sökta medel,
        projektmedel från socialstyrelsen, kvalitetsberättelse, patientsäkerhetsberättelse,
        kvalitetsrapport, kvalitetsredovisning, budgeten för nästa, budgetposten, investeringar nästa år,
        taxehöjning, höjda avgifter
        """,
        "minus, spara, ekonomin, volymer, hyvla, bantas, prislapp, utfallet",
    ),
    # What others ask the committee's view of.
    subject(
        "remiss, remissvar, yttrande, motion, medborgarförslag",
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
        domstol, svar till domstolen, föreläggande att yttra, översiktsplan, grannkommunens översiktsplan,
        lagändring förslag, utredningen om ny, ny lag föreslås, svar senast till ks, socialstyrelsens
        förslag, förslag från socialstyrelsen, ivo begär yttrande, stadsrevisionen, revisionens
        årsgranskning, granskning av investeringar, synpunkter till stadsbyggnadskontoret, samrådssvar,
        detaljplanesamråd vi, plan för nya bostäder vi ska tycka, frågar vad stadsdelen tycker, vad
        stadsdelen tycker, tycker stadsdelen, tycker förvaltningen, förvaltningen tycker, pensionärsrådet,
        funktionsrättsrådet, funktionshinderrådet, rådet för, rådets yttrande, barnrättsbaserat yttrande,
        serveringstillstånd yttrande, antagningsyttrande, begär vårt yttrande, skriftlig fråga från, frågor
        från ledamöter, svar på motion
        """,
        "skrivelse, granskning av, ta ställning till förslag, samråd, oppositionen",
    ),
    subject(
        "tjänsteutlåtande, nämndärende",
        """
        till nämnden, upp i nämnd, nämndsammanträde, nämndens sammanträde, nämndutskick, utskick till
        nämnden, presidieberedning, föredras i nämnden, föredra för nämnden, ärendet till nämnd, politikerna
        ska besluta, beslut i nämnd, avgiftshöjning, nämndens presidium, ordförandeberedning, beredningen
        inför nämnd, nämndberedning, gruppmöten inför nämnden, återremiss, återremitterat, bordlagt,
        bordlades, ta upp i nämnden, nämndinformation, nämndens dagordning, föredragningslista,
        delegationsordningen ändras, ny delegationsordning, ändrad delegationsordning, nämnden vill ha,
        nämnden har begärt, ska upp i nämnden, till nämnden i, upp till nämnden, beslut av nämnden, nämndens
        beslut, oktobernämnden, höjning av taxan
        """,
        "politikerna, utlåtande, föredras",
    ),
    # How it is done, alike.
    subject(
        "arbetssätt, rutin, riktlinjer, metod",
        """
        mall för, olika mallar, samma mall, gemensam mall, byta mall, egna varianter, olika varianter, på
        olika sätt, gör olika, gör på olika, dokumenterar olika, tolkar olika, tolkar det olika, bedömer
        olika, sorterar olika, arbetar olika, hanterar olika, på samma sätt, bestämma ett sätt, ett
        gemensamt sätt, lika överallt, standardisera, likformig, likvärdigt, likabehandling, arbetsflöde,
        handläggningsflöde, processbeskrivning, kvalitetsuppföljning, lärdomar av, lära av, erfarenheter
        från, ledtid, handläggningstiden, svarstid, väntetider, väntetid på, får vänta på, genomförandeplan,
        dokumenterar, journalföring, rutinen för, rutin när, saknar rutin, ingen rutin, rutinen säger,
        checklistan, lathunden, komma överens om hur, enas om hur, bestämma hur vi, samma rutin, samma
        arbetssätt, nytt arbetssätt, pröva nytt sätt, testa nytt sätt, gemensamt arbetssätt, arbetsmodell,
        projektmodell, projektavslut, avslutat projekt, överlämning till, tappar bort, tappas bort mellan,
        faller mellan stolarna, mellan stolarna, dubbelarbete, gör samma sak, gör jobbet två gånger,
        otydligt vem som, otydlig process, flödesschema, handbok, kvalitetssäkra, kvalitetsgranska, granska
        varandras, kollegial granskning, fyra ögon, egenkontroll i, erfarenhetsåterföring, utvärdering av,
        hur gör ni, hur gör andra enheter, olika hantering, olika bedömning, olika besked, olika svar, ger
        olika, jämlikt, lika hantering, hur länge får, hur snabbt ska, handlägga snabbare, korta tiderna,
        korta ner, kötid, kön till, ligger oläst, läsas samma dag, förhandsbedömning tar, bedömningsstöd,
        metodhandbok, metodstöd, systematisk uppföljning, följa upp kvaliteten, brukarenkät,
        brukarundersökning, olika praxis, enhetlig praxis, vänta på utredning, samma sätt, göra lika, lika
        för alla kunder, lika för alla brukare, bedömningar skiljer, skiljer sig åt, skiljer sig mellan,
        skillnad mellan enheter, skillnader mellan, skillnader i bedömning, olika länge, olika nivå, olika
        mycket, olika regler, olika rutiner, olika instruktioner, samma instruktion, enas kring, gemensam
        syn på, gemensam hållning till, gemensamt förhållningssätt, förhållningssätt, vem gör vad, vem gör
        vad när, gränsdragning mellan, gränsdragningen, var går gränsen, ansvarsgräns, socialpsykiatrin
        eller, vem ansvarar när, vem tar ärendet, bollas mellan, hamnar mellan, samverkansrutin, samverka
        bättre, samverkan kring, samverkan med psykiatrin, samverkan med skolan, sip möten, samordnad plan,
        tidsgräns för utredning, utredningar drar över, utredningarna drar ut, utredningstiden, fyra
        månader, barnavårdsutredningar tar, väntar på beslut, ej verkställda, kvalitetsarbete,
        kvalitetsmått, egenkontroller, rapportering mellan, rapport mellan passen, överrapportering,
        morgonmöte, teamträffar, teammöten, reflektionsmöten, hur dokumenterar vi, social dokumentation,
        ibic, bbic, signs of safety, lågaffektivt, motiverande samtal, arbeta förebyggande, uppsökande
        """,
        "tolkar, kvalitet, varianter, bestämmer vad som gäller, manual, överlämning, evidens, sip",
    ),
)
