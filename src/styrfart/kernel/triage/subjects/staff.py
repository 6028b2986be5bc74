"""Those who work: posts, leave, schedules, heads, how people are, pay, skills, change."""

from styrfart.kernel.triage.subjects.subject import subject

STAFF = (
    # Posts to fill, substitutes, trainees.
    subject(
        "bemanning, anställning, vikarie, rekrytering, vakans",
        """
        tillsätta tjänst, jobba kvar, arbeta kvar, få jobba kvar, fortsätta jobba efter, jobba efter 67,
        vikariera som, lediga tjänsten, ny tjänst som, inrätta tjänst, tjänst som inte, bemanna med,
        personal i helgen, extrahjälp, sommarhjälp, timpersonal, semesterersättare, konsultvikarie, utlysa
        tjänst, lysa ut tjänst, annonsera tjänst, vakant, vakanshålla, vakantsatt, vakanssätta,
        anställningsprövning, anställningsstopp, återanställa, fylla tjänsten, fylla vakansen, ersättare
        för, efterträdare till, nyrekrytera, rekrytera ersättare, ersättningsrekrytera, projektanställning,
        allmän visstid, inlasad, lasas in, provanställa, tillsvidareanställa, fast anställd, fast tjänst,
        tillsvidaretjänst, timanställda, timmis, timvikarier, extrapersonal, extra personal, sätta in en
        extra, sätta in extra, bemanna upp, underbemannad, kort om folk, saknar folk, fattas folk, halv
        tjänst till, prao, praoelev, lia, feriejobb, ferieungdomar, sommarungdomar, feriepraktik,
        examensarbete, exjobbare, uppsatsstudent, tjänst går ut, förlänga anställning, dra in tjänsten, inte
        återbesätta, förlänga visstidsanställning, tjänsten efter, ta in en vikarie, ta in vikarie, ta in
        extra, hoppa in, hoppa in för, resurs över sommaren, sommarvikarier, semestervikarier, julvikarie,
        konvertering av vikariat, anställa fler, anställa en till, utöka med en tjänst, utöka bemanningen,
        minska bemanningen, bemanningskrav, minimibemanning, rekryteringsstopp, lönebidrag, nystartsjobb,
        arbetsträning, arbetsmarknadsåtgärd, praktikanter, vfu, verksamhetsförlagd, ta emot en student,
        sommarnotarie, traineeplats, arbetsprövning, rekryteringsprofil, anställningsintervju, jobbannons,
        jobbannonsen, sökande till tjänsten, toppkandidat, referenstagning, internrekrytering, pensionär som
        timanställd, pensionerad kollega, jobba kvar efter pension, arbeta kvar efter 69, övertalig tjänst,
        delade tjänster, ansökningarna till, sökande till, annonstiden, ansökningstiden, provjobba, behålla
        sin tjänst, kvar på sin tjänst, gå tillbaka till sin tjänst, halv tjänst, halvtidstjänst,
        heltidstjänst, tjänster som handläggare, korttidsvikarie, vikariepoolen, vikariebanken, ringa in,
        inringda, beordra in, beordrad övertid, beordras, jobba över, jobba jul, jobba helg, jobba i helgen,
        jobba natt, jobba kväll, jobba dubbelt, en man kort, en person kort, saknas personal, personalbrist,
        för lite personal, för få på, för få på golvet, grundbemanning, bemanningstal, personaltäthet,
        nattbemanning, helgbemanning, kvällsbemanning, vem jobbar, vem tar passet, ersätta under, ersätta
        någon, ersätts inte, inte ersätts, ersätta pensionsavgång, anställningsform, månadsanställd, timlön,
        korta vikariat, förlängt vikariat, förlängning av vikariat, förlängning av tjänst, tjänstens
        omfattning, omfattning på tjänst, byta arbetsuppgifter, annonsera ut, utannonsera, headhunta,
        rekryteringsföretag, rekryteringskonsult, introduktion av vikarier, bredvidgång, skuggning av ny,
        undersköterskeelev, språkpraktik, annonsera om tjänsten, annonsera om, rekryteringen drog ut,
        rekryteringen av, rekryterar vi, få sökande, ingen med erfarenhet
        """,
        "tillsätta, ersättare, studenter, praktik, ny medarbetare, tjänstetillsättning, timmar, sommarjobb",
    ),
    subject(
        "ledighet, tjänstledighet, semester, föräldraledighet",
        """
        semesterdagar i pengar, ta ut i pengar, dagar i pengar, ledig för att, vara borta i, borta i två
        månader, borta i tre månader, återgå från, komma tillbaka på, ledigt över jul, lediga dagar,
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
        partiell ledighet, månaders ledighet, ledig en månad, ledig tre månader, ledig ett år, ledig i juni,
        ledig i juli, ledig i augusti, ledig hela sommaren, vill vara ledig, kan vara ledig, får vara ledig,
        lång semester, fem veckors semester, sex veckor, pilgrimsresa, resa jorden runt, läsa in gymnasiet,
        läsa till, läsa på halvtid, läsa på heltid, vidareutbilda sig, gå en kurs på arbetstid, plugga till,
        utbilda sig till, begravning på arbetstid, läkarbesök på arbetstid, tandläkare på arbetstid, flexa
        ut, ta ut komp, komptimmar, kompledigt, ledighet för
        """,
        "studier, studera, plugga",
    ),
    subject(
        "schema, jour, arbetspass, jourschema",
        """
        stänga receptionen, receptionen stänga, receptionens öppettider, expeditionstid, öppettider i
        receptionen, sluta tidigare på, arbetstid på fredagar, växeltider, bemannad reception, schemaperiod,
        schemaändring, önskeschema, schemalagd, schemalägga, helgpass, helgturer, kvällsturer, nattpass,
        nattschema, turlista, passbyte, byta pass, delade turer, dygnsvila, veckovila, bakjour,
        beredskapspass, beredskapsschema, jourlista, jourtid, jour över, vem har jour, arbetstidens
        förläggning, kvällstjänstgöring, helgtjänst, var tredje helg, varannan helg, kvällsöppet schema,
        kväll och helg, bemanna kvällar, bemanna helger, stängt mellan, öppet mellan jul, telefontid,
        telefonpassning, telefonjour, växla pass, årsarbetstid, flexsaldo, flexbank, flextiden,
        övertidsbanken, plusstimmar, minustimmar, sluta tidigare, börja senare, ändrade arbetstider,
        arbetstider på, nya arbetstider, scheman, schemamodell, schemaomläggning, grundschema, rullande
        schema, natt till dag, dag till natt, nattarbete, helgarbete, tolvtimmarspass, 12 timmarspass,
        hålltider, jourtelefon, beredskapstelefon, beredskap i helgen, vem har beredskap, beredskapsveckor,
        raster i, måltidsrast, överrapportering tid
        """,
        "obekväm, rast, överlapp",
    ),
    # Heads of units come and go.
    subject(
        "chefsrekrytering, chefstillsättning, tillförordnad, chefsvakans, chefsförordnande",
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
        chefskandidater, chefsposten, delat chefskap, hyrchef, interimschef, frisk vem leder, chefen
        sjukskriven, chefen är borta, vår chef är borta, enheten utan chef, enheten saknar chef, sköta
        enheten, sköta gruppen, ansvara för enheten under, tillförordnad på, biträdande chef, biträdande
        enhetschef, samordnare eller chef, förordna en, förordnandet går ut, förlänga hennes förordnande,
        förlänga hans förordnande, chefens sista dag, rektorstjänsten, rektorsrekrytering, ny chef på, två
        sökande till chefstjänsten
        """,
        "efterträder, avgår",
    ),
    # Staff whom several want.
    subject(
        "bemanningsföretag, hyrpersonal, resurspool, svårrekryterade",
        """
        samma sjuksköterskor, sjuksköterskor till sommaren, hitta sjuksköterskor, brist på sjuksköterskor,
        brist på undersköterskor, brist på socionomer, brist på förskollärare, hyrsköterskor,
        bemanningsbolag, hyra in socionomer, hyra in sjuksköterskor, socionomkonsulter, gemensam annons,
        gemensam rekrytering, rekrytera ihop, rekrytera tillsammans, rekryteringsläget, svårt att rekrytera,
        svårt att få tag på, ingen söker, får inga sökande, bjuder över varandra, bjuda över, jagar samma,
        gemensam vikariepool, pool för hela, språkkunskaper, språknivå, använda konsulter, sluta med
        konsulter, sluta använda konsulter, konsulter på barnutredningar, konsultberoende, konsultstopp,
        inhyrda socionomer, inhyrda sköterskor, inhyrd personal, hyrläkare, personal från bemanning,
        gemensamt inför sommaren, sommaren ihop, sommaren tillsammans, sommarplan för alla,
        sommarrekryteringen, locka sommarvikarier, sommarbonus, gemensam bonus, introdagar för sommar,
        språkombud, språktest, språkkrav, undersköterskeutbildning, dela på sjuksköterskor, sjuksköterskor
        saknas, saknar sjuksköterskor, saknar socionomer, saknar undersköterskor, socionomer slutar,
        sjuksköterskor slutar, sjuksköterskebemanning, sjuksköterskebrist, sommaren blir, hela sommaren
        saknas, sommaren ser, semestrarna ihop, sommarbemanningen för alla, bemanna sommaren, sommarvikarier
        tillsammans, rekrytera sommarvikarier, locka vikarier, gemensam vikarieanskaffning, bemanningsenhet,
        gemensam bemanningsenhet, heltidspool, resurspass, personal över gränserna, dela vikarier, låna
        vikarier, hyra personal, dyra konsulter, fasa ut konsulter, konsulter inom, inhyrda konsulter,
        konsulterna på, språket hos, svenska språket bland, språkbrister
        """,
        "sjuksköterskor, socionomer, undersköterskor, förskollärare",
    ),
    # Change for staff.
    subject(
        """
        omorganisation, organisationsförändring, ändrad organisation, sammanslagning, slå ihop,
        verksamhetsövergång
        """,
        """
        slå samman, lägga ihop, läggas samman, bli en grupp, bli en enhet, bli en avdelning, blir en enhet,
        göras till en, ny enhet, ny avdelning, en gemensam enhet, delas upp, dela upp enheten, får ny chef,
        byter chef, hör till en annan, tillhöra en annan, byta enhet, byta avdelning, flyttas till enheten,
        flytta enheten, organisatorisk hemvist, organisatorisk tillhörighet, knoppas av, inrätta en stab,
        inrätta en enhet, ny stab, chefsnivå, chefsled, kontorsflytt, byter lokaler, flytta till nya
        lokaler, öppet kontorslandskap, aktivitetsbaserat, övertalig, uppsagda, säga upp personal, varsel,
        mbl kallelse, mbla, mbl 11, mbl förhandling, 11 mbl, facklig förhandling, risk och konsekvensanalys,
        chefsspann, medarbetare per chef, anställda per chef, underställda per chef, för många medarbetare,
        läggas ut på entreprenad, ta hem verksamheten, ta över verksamheten, övergå till annan förvaltning,
        egen enhet, en egen enhet, gå ihop, går ihop, gå ihop med, gå ihop i, en gemensam chef, fler chefer,
        färre chefer, färre enheter, ta bort enheten, lägga ner enheten, bilda ny, ny roll för,
        samordningsfunktion, placeras organisatoriskt, var hör, hör hemma organisatoriskt, organisera om,
        omorganisering, organisationsfråga, organisationsförslag, organisationsöversyn, gruppindelning, ny
        gruppindelning, geografisk indelning, geografiska områden, funktionsindelning, teamindelning, byta
        team, centralisera, decentralisera, flytta funktionen, flytta uppdraget, flytta ansvaret, flyttas
        till annan, flyttas till en annan, lokalflytt, flyttplan, kontorslösning, platsbrist efter,
        neddragning av tjänster, minska antalet tjänster, tjänster bort, friställd, uppsägningar, säga upp
        folk, omställningsavtal, samverkan enligt mbl, förhandling med facken, riskbedömning inför,
        riskanalys inför förändring, riskbedöma, bolagisera, upphöra som, avvecklas som, delas i två
        enheter, dela enheten i två, delas i två, en egen chef, få en egen chef, samma chef för, byta
        organisatorisk, flytten till nya, fått ny indelning, ny indelning, distrikt blir, områden blir,
        byter grupp, slås samman med, flyttas till hemtjänst, flytta över till en annan, göra om gruppen,
        göra om enheten, göra om organisationen, göra om till ett team, dela upp gruppen, dela gruppen, dela
        hemtjänstgruppen, nattpatrull till, planerare centralt, samordnare centralt, central planering,
        gemensam planering under en chef, lägga under samma, lägga under en, sortera under, föra samman,
        samorganisera, samla alla, specialisera, specialiserade team, mottagning gemensam, gemensam
        mottagning, en väg in, tidiga insatser organisation, ta bort mellanchef, teamledare i stället för,
        enhetschef per, biträdande chef per, minska antalet enheter, ändra enheternas, utförarstyrelse, byta
        utförare till egen regi, konkurrensutsätta, överlåta till privat
        """,
        """
        delas, indelning, flytten, omställning, organisationen, dela chef, egen chef, organisera,
        sammanföra, underställd
        """,
    ),
)
