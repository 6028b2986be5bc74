"""How people are at work, and their pay and terms, alike or one by one."""

from styrfart.kernel.triage.subjects.subject import subject

PEOPLE = (
    # How people are at work.
    subject(
        "arbetsmiljö, skyddsrond, tillbud, rehabilitering, arbetsskada, sjukfrånvaro",
        """
        företagshälsan, sjuktalet, sjukskriven, sjukskrivna, långtidssjuk, korttidssjuk, utbränd,
        utmattningssyndrom, ohälsa, mår dåligt, må dåligt, mår inte bra, sover dåligt, sover inte, gråter,
        på knäna, orkar inte mer, ork att jobba, går sönder av, arbetsbelastning, överbelastade,
        arbetsanhopning, ohållbar arbetssituation, ohållbart för personalen, orimlig belastning, hög
        belastning, bullermätning, ljudmiljö, ljudnivåer, ergonomisk, skyddsombudet, huvudskyddsombud, 6 6a,
        66a, begäran enligt aml, inspektionsmeddelande, arbetsmiljöinspektion, arbetsmiljöverkets, spottad,
        knuffad, slagen av, blev slagen, biten av, bet personal, utåtagerande, hotad på jobbet, hotfullt
        bemötande, rädda för att gå, vågar inte gå, vågar inte jobba, otrygga i jobbet, jobba ensam, arbeta
        ensam, mobbad, utfryst, fryser ut, kränkt, trakasserad, sexuella trakasserier, osämja, konflikt i,
        arbetsgruppen fungerar, dålig stämning, stämningen är, talar inte med varandra, pratar inte med,
        trivs inte, tunga lyft, halkade, ramlade på jobbet, stickskada, skar sig, mögel i lokalen, dålig
        luft, arbetsanpassning, rehabärende, rehabsamtal, återgång i arbete, första hjälpen på jobbet,
        arbetsmiljöarbete, osa, psykosocial arbetsmiljö, farligt ämne, sin hälsa, hälsofara, hälsorisk,
        oroliga för hälsan, allergi på, doftfritt, parfymfritt, synundersökning, arbetsglasögon,
        bildskärmsglasögon, hörselskydd, hjälmtvång, fallskydd, skyddsutrustning används inte, farlig
        arbetsplats, nära att, höll på att bli, nästan påkörd, påkörningsrisk, klämskada, föll från stege,
        ramlade från, bröt armen, bröt benet, olycksfall, personalen är trött, slutkörda, utarbetade, går på
        väggen, gå in i väggen, gått in i väggen, hinner inte äta, hinner inte ta rast, mejl på kvällarna,
        jobbar på kvällarna, jobbar gratis, för hög arbetsbelastning, för mycket övertid, övertid,
        arbetsbördan, stressnivå, krav och resurser, krisstämning i gruppen, grupperingar, mår psykiskt,
        psykisk hälsa, alkoholproblem, missbruksproblem hos medarbetare, hemma på grund av, långtidsfrisk,
        korttidsfrånvaron, karensdag, första sjukdagen, förstadagsintyg, arbetsförmåga, försäkringskassan,
        skriker på, skällde ut, utskälld, hotad av sökande, påhopp, ryktesspridning, tystnadskultur,
        ovälkommen, sexistiskt, rasistiskt, jargong, diskriminering, fysisk arbetsmiljö, belysning på
        arbetsplatsen, ergonomi, arbetsställning, ryggproblem, musarm, friskvård, friskvårdstimme, apt,
        trygg på jobbet, skyddskommitté, hej till varandra, hälsar inte, slutat hälsa, slutat äta lunch,
        vaccinera personalen, vaccination av personal, ljuset flimrar ont, huvudvärk av, ont i ryggen, ont i
        axlar, ont i nacken, trötta ögon, klåda, får utslag, hostar av, kallt att arbeta, varmt att arbeta,
        jobba i värmen, värmebölja för personalen, arbeta i hettan, rökning i hemmet, personalen röks ut,
        hemmiljö farlig, hund hos kund, kundens hund, arga hundar, hotfull anhörig, hotfull brukare, hotfull
        klient, hotfull besökare, hotfull kund, anhörig hotar, brukare hotar, klient hotar, hotar personal,
        hotar handläggare, hot via, hot på telefon, slår personal, biter personal, river personal, tafsar,
        ofredar, sexuellt ofredad, ensam på natten, ensam natt, går ensam, rädd att jobba, rädd på jobbet,
        väktare i receptionen, överfallslarm, personlarm, larmknapp, trygghetslarm för personal,
        lyfttekniken, lyfter själva, två vid lyft, dubbelbemanning vid lyft, förflyttningsteknik, handskar
        spricker, hudbesvär, smittad i tjänsten, smitta bland personal, influensa bland personalen,
        vinterkräksjuka i personalen, stick på, nålstick, bilolycka i tjänsten, cykelolycka i tjänsten,
        vurpat, halkade på jobbet, broddar till, broddar, arbetsolycka, olycka på jobbet, tillbudsrapport,
        risk för belastning, etisk stress, samvetsstress, sjuknärvaro, bryter ihop, bröt ihop, inte mår bra,
        mår sämre, kollega mår, någon i gruppen mår, sorg i gruppen, krismöte i gruppen, avlastningssamtal,
        stödsamtal, samtalsstöd, krishantering för personal, skvaller, skitsnack, baktalar, två läger,
        gruppen är delad, samarbetsproblem, samarbetsklimat, arbetsklimat, klimatet i gruppen, pratar bakom,
        utanför i gruppen, förtroendet för chefen, chefen skriker, förföljd av, förföljd till bussen,
        utsatta för hot, känner sig utsatt, känner sig otrygg, går hem gråtande, tuff arbetssituation
        """,
        """
        stress, hotad, rädda, skadad, konflikt, belastning, gått hem, mögel, buller, oroliga, tröttna,
        trötta, utsatt, våldsam, otrygg, bullrig, isolerad, klämd, påkörd, livsfarligt, klickar, kemikalier,
        asbest, radonhalt
        """,
    ),
    # One employee: pay, performance, conduct.
    subject(
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
        en, säga upp en, avsluta provanställning, provanställningen, förtroendet för medarbetare, privata
        samtal på arbetstid, jobbar svart, bröt mot reglerna, bryter mot reglerna, stulit på jobbet, fuskat
        med tid, tidsredovisar fel, läckt uppgifter, olämpligt beteende, olämpligt uppträdande, kommer
        onykter, vägrar arbeta, vägrar följa, följer inte rutiner, gör inte sitt jobb, gör inte det han ska,
        gör inte det hon ska, låg prestation, underpresterar, samarbetssvårigheter med, betyg till, vitsord,
        löneanspråk, löneutveckling för, lönen justerad, justera lönen, sin lön, lönen för min, mer i lön,
        löneökning till, höja lönen för, individuell löneökning, matcha budet, erbjudande från annan, säger
        upp sig annars, hotar säga upp sig, rattfull, dömd för brott, utdrag ur belastningsregistret,
        körkort indraget, förlorat körkortet, hygien hos medarbetare, medarbetare luktar, medarbetare
        vägrar, vägrar ta, vägrar jobba, vägrar använda, vägrar ta bort, vägrar bära, vägrar skaka hand,
        följer inte klädregler, klädregler, privat mobil, mobilen på arbetstid, spelar på mobilen, sover på
        jobbet, sovit på jobbet, sov på passet, sjukanmäler sig varje, upprepade sjukdagar, misstänkt
        missbruk hos, medarbetarens bisyssla, eget bolag, driver eget, driver företag, jobbar extra,
        extrajobb, politiskt aktiv, uttalanden på sociala medier av
        """,
        "varning, referens, uppförande, underkänd, motbud, naglar",
    ),
    # Pay, skills and terms that are to be alike.
    subject(
        "lönerevision, löneöversyn, lönekriterier, lönekartläggning",
        """
        lönerunda, löneutrymme, lönepolitik, lönepolicy, löneprioritering, prioriterade grupper,
        prioriterade yrkesgrupper, lönegap, löneläget, löneglidning, lönebildning, lönestatistik, jämställda
        löner, löneskillnader, löneöverläggning, överläggning med facken om lön, satsa på i lön, potten,
        lönepotten, ingångslöner, satsning på löner, lönenivå, lönesamtal lika, lönesamtalen, årets löner,
        nya löner, individuella löner, lönesättande chefer, lönetrappa, lönespridning, lönestege,
        lönetillägg för alla, marknadslöner, privata betalar, svårt att konkurrera med löner,
        löneförhandling, löneavtal, procent i påslag, lön för timanställda, timlöner, lönelyft, statliga
        medel till löner, olika lön, lika lön, betalar 148, lönetak, löneökningar, prioritera
        undersköterskor i lön, satsa på undersköterskor, lönepåslaget, lönemodell
        """,
        "lön",
    ),
    subject(
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
        chefsdagar, medarbetardag, ledarutveckling, ledarutvecklingsprogram, medarbetarskap, karriärsteg,
        specialistspår, specialistkarriär, expertroll, befattningsbenämning, titelstruktur,
        arbetsgivarvarumärke, mässor för studenter, arbetsmarknadsdag, hur behåller vi, får inte folk att
        stanna, stannar inte, stannar bara, erfarna slutar, hälften går i pension, går i pension inom,
        ersätta kunskap, dokumentera kunskap innan, svensk språk för personal, utbildningsinsats för alla,
        obligatorisk utbildning, e utbildning för alla, årlig utbildning, delegeringsutbildning,
        yrkesutbildning, lärlingsplatser, specialistundersköterska, titelskydd, fast omsorgskontakt
        """,
        "omsättning, validering, talanger",
    ),
    subject(
        "distansarbete, hemarbete, arbeta hemifrån, villkor",
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
        personalen, lika villkor, samma villkor, rättvisa mellan, jobba från, arbeta från, sitta hemma och,
        arbetstidsregler, regler för arbetstid, enkäten om arbetstider, fria arbetskläder, arbetskläder
        lika, tvätt av arbetskläder, heltid som norm, heltidsresan, rätt till heltid, delade turer ska bort,
        delade turer lika, lika semesterregler, samma semesterregler, tjänstegrupplivförsäkring,
        förmånsfråga, parkering för personal lika, medarbetarsamtal lika, terminalglasögon regler, regler
        för julgåvor, representation till personal
        """,
        "distans, rättvist",
    ),
)
