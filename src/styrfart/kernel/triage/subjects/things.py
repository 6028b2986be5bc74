"""What is bought, agreed, used and sat on."""

from styrfart.kernel.triage.subjects.subject import subject

THINGS = (
    # Buying.
    subject(
        "inköp, avrop, köpa in",
        """
        få köpa, vi köpa, köpa nya, köper vi, investera i, offert på, offerten, beställa nya, införskaffa,
        anskaffa, skaffa nya, leasa, prenumerera, byta ut, ersätta de gamla, uttjänta, utslitna,
        kompletteringsköp, konferens, konferensresa, åka på konferens, kursavgift, gå en utbildning,
        utbildning för personalen, utbildningsdagar, utbildningsinsats, certifieringskurs, studieresa,
        studiebesök i, tjänsteresa, utrikesresa, utlandsresa, planeringsdagar, kickoff, kick off, internat,
        konferensanläggning, föreläsare, föreläsning för, moderator, konsulthjälp, konsultinsats,
        konsulttimmar, konsultstöd, extern konsult, extern utredare, expertstöd, extern expert, handledare
        utifrån, arbetskläder, skyddskläder, varselkläder, skyddsskor, regnkläder, arbetsskor, profilkläder,
        mätinstrument, drönare, elcykel, lastcykel, tjänstecykel, cyklar till, fordon, ett fordon, skåpbil,
        hjälpmedel till, inventarier, lekutrustning, larmmattor, sängar till, verktyg till, avrop av,
        beställa fler, beställa en, beställa två, inköp av, behöver köpa, måste köpa, vill köpa in, skaffa
        oss, skaffa fler, skaffa ett, betala för kurs, hyra en, hyra ett, hyra tält, hyra scen, abonnemang
        på tidning, anlita, ta in en konsult, ta in konsult, ta in en expert, ta hjälp av konsult, upphandla
        en liten, direktupphandling av, tolkhjälp, fotograf till, processledare, facilitator,
        workshopledare, coachning, handledning extern, jackor, arbetsjackor, byxor till, vantar, regnställ,
        kläder till, hjälmar, verktygslåda, mätutrustning, totalstation, skanner, plotter, kamera, projektor
        till, vr glasögon, surfplattor, fältplattor, läsplattor, specialprogram, bilar till, ny bil, nya
        bilar, elbil, släpvagn, gräsklippare, traktor, åkgräsklippare, lövblås, papperskorgar till parken,
        skyltar till, broschyrer, trycka upp, tryckning av, konferensen, seminarium, symposium,
        nätverksträff, mässbesök, utbildning i, utbildning till, certifiering, diplomering, skicka två,
        skicka tre, skicka fyra, skicka medarbetare, tågresa till, planeringskonferens, avdelningsdag,
        konferenslunch, catering till, skicka på kurs, köpa licenser, köp av, licenser till, köpa ny direkt,
        köpa ny, köpa nytt, köpa fler, köpa ut, åka på mässa, får åka, får åka på, hur många får åka, åka på
        studiebesök, delta på konferens, delta i konferens, gå på utbildning, gå utbildning, gå kurs, kurs
        i, kurs för, utbildning om, föreläsning om, inspirationsföreläsning, teamdag, teambuilding,
        moderator till, beställa reflexvästar, reflexvästar, nya sängar, nya madrasser, madrasser, taklyft,
        mobil lyft, rullstolar, rullstol till, hygienartiklar, handskar, förkläden, munskydd,
        skyddsmaterial, inkontinensskydd, matlådor till, köksutrustning, tvättmaskin, torktumlare,
        diskmaskin till, nya gardiner till boendet, utemöbler, trädgårdsmöbler, solparasoll, lekställning,
        leksaker, böcker till, musikinstrument, aktivitetsmaterial, sinnesstimulering, robotkatt, digital
        tillsyn kameror, nyckelfri, nyckelfria lås, digitala lås, läsplattor till, arbetstelefoner,
        vinterdäck, reparera bilen, laga bilen, servis på, elsparkcykel till, cykelhjälmar, trycka broschyr,
        nya vagnar, flaklastcykel, ta in en redaktör, ta in en skribent, ta in en illustratör, redaktör
        till, illustratör till, skribent till, ta in hjälp, köpa hjälp
        """,
        "köpa, beställa, konsult, cyklar, kampanjpris, kurs, resa, maskin",
    ),
    # Procurement and contracts.
    subject(
        "upphandling, ramavtal, konsultavtal, hyresavtal, tilldelningsbeslut",
        """
        takvolym, avtalet löper, avtalet går, avtal går ut, förlänga avtal, förlängning av avtalet, ny
        upphandling, teckna avtal, skriva avtal, skriva på avtal, skriva under avtalet, teckna hyresavtal,
        bryta avtalet, häva avtalet, häva kontraktet, säga upp avtal, säga upp kontraktet, säga upp
        hyreskontraktet, säga upp lokalen, hyreskontrakt, hyreshöjning, hyran går upp, höjd hyra, höja
        hyran, omförhandla, hyra lokal, prishöjning, höja priset, höja timpriset, höjda priser,
        indexuppräkning, indexklausul, prisjustering, leverantören missköter, bolaget missköter,
        entreprenören missköter, missköter avtalet, avtalsperiod, avtalstiden, optionsåret, utnyttja
        optionen, anbudet, anbudstiden, lägsta anbud, utvärdering av anbud, skallkrav, ska krav, överpröva,
        förvaltningsrätten, direktupphandla, direktupphandlingsgränsen, tröskelvärdet, upphandlaren,
        avtalsuppföljning, entreprenadkontrakt, entreprenör ska, städbolaget, bevakningsbolaget,
        konsultbyrån, byta leverantör, leverantörsbyte, vårt avtal med, gått i konkurs, har gått i konkurs,
        leverantör i konkurs, konkursboet, lämnat återbud, fjärde leverantör, köra om upphandlingen, göra om
        upphandlingen, bara ett anbud, ett enda anbud, inga anbud, lågt anbud, onormalt lågt, anbudssumma,
        anbudspris, anbudsöppningen, anbudsgivaren, anbudsgivarna, avtalsvärde, kontraktsvärde,
        förlängningen, förlängningsoption, sista optionsåret, sista avtalsåret, avtalsbrott,
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
        in konsulter, konsultstöd, konsultinsats, konsulttimmar, avropa, avrop av, direktupphandling av, a
        priser, högre priser, höjda à, acceptera högre pris, omräkning enligt avtal, indexomräkning,
        entreprenörens krav, entreprenörens prishöjning, ogiltigt anbud, anbud ogiltigt, för dyra anbud,
        avbryta upphandlingen, upphandla om, upphandla nytt, upphandla gemensamt, larmleverantör,
        larmföretaget, matleverantör, måltidsleverantör, städleverantör, tvättleverantör, tvätteriet,
        bemanningsavtal, taxibolaget, transportavtal, utförare, utförarna, privat utförare, privata
        utföraren, säga upp utföraren, brister hos utförare, uppföljning av utförare, entreprenaddrift,
        idéburet partnerskap, överenskommelse med förening, hyra ut lokalen till, hyra lokalen av,
        hyresförlängning, nytt hyresavtal, hyresavtal för, fastighetsägaren höjer, fastighetsägaren vill,
        fastighetsbolaget
        """,
        """
        avtalet, hyresvärden, kontraktet, priset, vite, entreprenaden, hyran, konsult, tilldela, reklamera,
        hävning
        """,
    ),
    # Systems and information.
    subject(
        "verksamhetssystem, digitala verktyg, digitalisering, informationssäkerhet, e tjänst, dataskydd",
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
        ritningsprogram, program för alla, nytt program, byta program, systemval, systemförvaltare,
        systemförvaltning, systemägare, systemet går ner, systemet stängs, systemet fasas ut, fasas ut,
        supporten upphör, uppgradera systemet, migrering, konvertera filer, filerna går, filformat,
        filservern, g disk, delad mapp, strukturen i mapparna, gemensam struktur för, namngivning av filer,
        dokumentmallar digitalt, e diarium, digital akt, digital post, digitala möten, digitala ritningar,
        digitala underskrifter, underskrift digitalt, digital signering, e tjänster för, självservice,
        webbtjänst, medborgarapp, felanmälansapp, dashboard, power bi, datakvalitet, datalager, datadelning,
        öppna api, registrera i systemet, tidredovisning, tidredovisningssystem, tidsrapportering,
        projekttid, projektportal, bokningssystem för, tal till text, ai möten, ai policy, generativ ai,
        maskininlärning, automatiserat beslut, robotisering, läckt information, informationsläckage,
        dataläcka, fel mottagare, mejlat fel, skickats till fel, felskickat, känsliga uppgifter, skyddsvärda
        uppgifter, sekretessbelagda filer, kryptering, lösenord delas, delar konto, delade konton, mfa,
        tvåfaktor, säkerhetsuppdatering, sårbarhet, pub avtal, registerförteckning, imy, kamerabevakning,
        lagringstid, e arkiv, leverans till arkivet, stadsarkivet, förstudie om system, förstudie system,
        slutar stödja, stödja det gamla, språkrobot, använder ai, ai i, robot svarar, skriva med ai, ai
        skriver, sammanfattar möten, digitala nycklar, digital signatur, digital ansökan, ansöka digitalt, e
        ansökan, digital journal, journalsystem, sociala system, planeringssystem, planeringsverktyg,
        insatsregistrering, tidsregistrering, lifecare, treserva, välfärdsteknik, digital tillsyn,
        nattkamera, gps larm, läkemedelsrobot, medicinrobot, sms påminnelser, digitala möten med klienter,
        videosamtal med, registerkontroll i systemet, loggranskning, tjuvläst, läst journal, läst i
        journaler, obehörigt läst, dataintrång i journal, lösenord på lapp, delar inloggning, sparar filer,
        var sparar vi, var lägger vi filer, hitta dokument, hittar inte dokument, relationsritningar
        digitalt, filer försvunna
        """,
        "digital, digitalt, app, systemet, system för, verktyget, arkivet, cad, bim, gis",
    ),
    # The house, the things in it, and breaks.
    subject(
        "möbler, it stöd, lokaler, mötesrum, lunchrum",
        """
        glasdörren, dörren slår, dörrar som, trapphuset, mikrorna, mikrougnen, avgångstårta, avskedsfika,
        ombyggnad av lunchrummet, ombyggnad av köket, kontorsombyggnad, skrivbordet, tangentbordet, kylskåp,
        kaffekoppar, rumsbrist, för få mötesrum, kontorsväxter, skrivaren på, hissen på, larmet på kontoret,
        skylt vid receptionen, lampor, skrivbordsstolar, kontorsstolar, fikabröd, fikat, tårta, semlor,
        ingen värme, värmen är, fryser på, solskydd, fläkten, luktar i, toalett, avlopp, läcker in, taket
        läcker, dörren går, dörren stängs, dörröppnare, entrédörr, nycklar, passerbrickor, passersystem,
        passerkort, hissen, gått sönder, fungerar inte, funkar inte, kontorsplatser, skrivbordsplatser,
        arbetsplatser på plan, möteslokaler, rumsbokningen, gardinerna, krukväxter, blommor på, konsten på,
        köket på, diskmaskinen, matlådor, mikron, kaffemaskinen, mjölk till, fruktkorgen, julfesten,
        julbordet, sommarfesten, personalfesten, avtackningen, gemensam lunch, p platser, parkeringsplatser
        för personalen, laddstolpar, laddplatser, cykelställ, cykelförråd, omklädningsrummet, duschen,
        städningen, städar inte, dåligt städat, papperskorgar, sopor, soprum, källsortering, skrivaren,
        kopiatorn, datorn, datorer till, laptop, skärmar, mobiltelefoner, telefoner till, wifi, nätverket
        ligger, uppkopplingen, logga in, kan inte logga, inloggningen, behörigheter, it kommer, ingen från
        it, vaktmästaren, poolbilar, tjänstebilen, bokning av bilar, internpost, paketskåp, rökruta, röker
        utanför, förrådet, skylt på dörren, höj och sänkbara, höj och sänkbart, akustik i, ljuddämpning,
        persienner, golvbrunn, unken lukt, lukt på, möss, råttor på kontoret, silverfisk, skadedjur på
        kontoret, fönstret går, fönster som, rullgardin, rulla ner, gått sönder i, sönder igen, krossad
        ruta, låst ute, utelåst, nyckel till, nyckelskåp, portkod, porttelefonen, larmet tjuter, larmar hela
        tiden, brandlarmet tjuter, utrymningsskylt, vattna blommorna, blommorna, växterna, julgran i,
        julpynt, tavlorna, konstverk i korridoren, soffa i, soffgrupp, vilrummet, tyst rum, telefonhytt,
        telefonbås, bokningsskärm, boka mötesrum, bokat rum, mötesrum är alltid, konferensrummet, projektorn
        i, mikrofon i, teamsrum, videokonferens, kontorsmaterial, whiteboardpennor, anteckningsblock,
        häftapparat, mikrovågsugn, kaffebryggare, kaffeautomaten, vattenautomaten, muggar, kökstjänst,
        köksansvar, matlukt, gamla matlådor, pausrum, pingisbord, bordtennisbord, gym i huset, gymmet,
        handdukar, torkskåp, cykelgarage, cykelpump, parkera cykeln, garageplats, garageplatser, p plats,
        besöksparkering, elbilsladdning, ladda bilen, ladda elbil, nycklar till bilen, bilnycklar, smutsiga
        bilar, flytta ihop bord, sittplats, sittplatserna, möblering, möblera om, ommöblering, byta rum,
        arbetsrum, temperaturen, luftkonditionering, tänds inte, lyset, ljuset i, belysningen i, lysrören,
        rulltrappa, glatt golv, sandning på gården, snöskottning av entrén, ostädat, städerskan, städfirman,
        mögel i kylen, sopkärl, papperskvarn, sekretesspapper, utskrifter, skriva ut, skannern,
        dockningsstationer, ny mobil, ny dator, ny skärm, mobilabonnemang, sim kort, lösenordet, kontot
        låst, programmet startar inte, teams strular, ligger nere i huset, it supporten, supporten svarar,
        wi fi, wifi ligger nere, nätet ligger nere, trådlösa nätet, bil på verkstad, för kallt, för varmt,
        kallt på kontoret, varmt på kontoret, skåp till, klädskåp, låsbara skåp, skåpen, värmen i,
        elementet, elementen kalla, rinner vatten, droppar från taket, vattenskada på kontoret, stopp i
        avloppet, stopp i toaletten, måla om väggarna, ommålning, golvmatta, ytterdörren, dörrstängare,
        hissen står, hissen fastnar, trasig hiss, larmkod, bokas av andra, dubbelbokade rum, glömda saker,
        hittegods, personalens toalett, personalrummet, personalmatsal, pentryt, tekokare, micro, disk i,
        odiskat, vem diskar, vem köper kaffe, vem köper mjölk, snö på gården, halt på gården,
        parkeringstillstånd för personal, parkeringsplatser till, cykelparkeringen, bilarna är, bilarna
        står, boka bil, vår bil, postfack, postlådan, brevlådan, kontorsvaktmästare, fastighetsskötare,
        hyresvärden svarar inte, felanmälan till hyresvärden, ekorrar, getingbo, fåglar på balkongen,
        datorer som, långsam dator, datorn startar, uppdatera datorn, mobiler till, mobilskal, telefonen är
        trasig, växeln kopplar, telefonisvarare, skriver inte ut, kopieringspapper, internet ligger, nätet
        på, utan nät
        """,
        """
        rummet, stolar, kaffet, ventilationen, kylan, trasiga, sönder, krånglar, strular, ekar, stinker,
        tagg, felanmäld, felanmält, felanmäla, skräpigt, iskallt, vattnar, skotta, oskottat, koppar
        """,
    ),
)
