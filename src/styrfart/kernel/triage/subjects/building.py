"""Land, plans, streets and projects."""

from styrfart.kernel.triage.subjects.subject import subject

BUILDING = (
    # Land sold, let and built on.
    subject(
        "markanvisning, exploateringsavtal, tomträtt, markförvärv",
        """
        anvisats, direktanvisas, markreservation, markförhandling, tilläggsköpeskilling, köpeskilling,
        tomträttsavgäld, tomträttshavare, avgäldsreglering, omreglering, servitut, ledningsrätt,
        lantmäteriförrättning, fastighetsreglera, arrenderätt, arrendeavgift, nytt arrende, upplåta mark,
        markupplåtelse, kvadratmeterpris, priset på marken, markpriset, köpa marken, köpa tomten, sälja
        marken, sälja tomten, sälja fastigheten, markförsäljning, återta marken, lämna tillbaka marken,
        byggnadsskyldighet, byta byggherre, överlåta markanvisning, överlåta avtalet, ny byggherre tar över,
        gåva av mark, inlösen av, lösa in, tvångsinlösen, exploateringsbidrag, medfinansiering från, gränsen
        flyttas, fastighetsgräns, fastighetsgränsen, gränsjustering, markremsa, remsa mark, lämna tillbaka
        sin, lämna tillbaka reservationen, vill köpa, vill köpa loss, köpa loss, köpa tillbaka, vill
        arrendera, arrendera, arrendera ut, hyra ut mark, upplåtelse, upplåtelseavtal, tillfällig
        upplåtelse, nyttjanderätt, nyttjanderättsavtal, upplåtelseform, ändra upplåtelseform, antal
        lägenheter i, priset per, pris per kvadratmeter, rabatt på marken, underpris, överpris, friköpa
        tomten, friköp, konkurs hos byggherren, viten för sen, bankgaranti, jämförelsetävling, anbudstävling
        om mark, markanvisningstävling, vinnande förslag, tävlingsjury, exploateringssamverkan, föravtal,
        marköverlåtelse, markbyte, byta mark, expropriera, ersättning för mark, intrångsersättning, ramavtal
        med exploatör, planavtal, optionsavtal, markaffär, sälja restmark, arrendator, arrendatorn, säga upp
        arrende, uppsägning av arrende, bygga på vår mark, servitutsavtal, erbjuder för marken, sälja ut,
        markbit, intressenten, intressent till tomten, tomten, förlängning av anvisningen, förlänga
        anvisningen, anvisningstiden, begär förlängning, bygga på marken, riva på tomten, lämna marken,
        städa marken, saneringsansvar vid försäljning, marken säljs, såld mark, köp av fastighet, köpa
        fastigheten, fastighetsköp, fastighetsaffär, fastighetsförsäljning, köparen vill, köpare till,
        högsta budet, bud på, markvärdering, värdering av tomt, prisnivå för mark, avgäld för, ny avgäld,
        avgälden, tomträttsinnehavaren, koloniområde avtal, kolonilotter, båtklubb arrende, arrendekontrakt,
        arrendet, säga upp arrendatorer, jordbruksarrende, markavtal, genomförandeavtal,
        exploateringskontoret, exploateringskostnader, exploateringskalkyl
        """,
        """
        fastighet, lägenhetspris, exploateringen, byggrätt, byggbolaget, lantmäteriet, byggherre, sälja,
        anvisa, värderingen, avyttra, upplåta, återköp
        """,
    ),
    # Decisions on projects, and what they cost.
    subject(
        "inriktningsbeslut, genomförandebeslut",
        """
        utgiften ökar, kalkyl och tidplan, reviderad tidplan och kalkyl, projektkostnaden, tillbaka till
        nämnden, till nämnden igen, merkostnad för projektet, fördyrning, kostnadsökning, kostnaden har
        stigit, kostnaden ökar, kostar mer än, dyrare än, blir dyrare, blivit dyrare, spräcker
        projektbudgeten, spräcker budgeten, över kalkyl, högre än kalkyl, överstiger kalkylen, nytt
        projektbeslut, projektbeslut, projektramen, projektets ram, projektets totalkostnad, reviderad
        projektbudget, slutkalkyl, slutredovisa, saneringskostnad, marksanering, avbryta projektet, lägga
        ned projektet, lägga ner projektet, gå till genomförande, gå vidare till genomförande,
        driftkonsekvenser, klartecken för projektet, starta projektet, projektstart, ökad
        investeringsutgift, investeringsutgiften, nämnden sa ja till, än nämnden beslutade, än beslutat,
        nytt ärende behövs, nya kalkylen, kalkylen har, kalkylen visar, kalkylen spräcks, reviderad kalkyl,
        tilläggskostnader, ökade utgifter, ökade kostnader för, överskridande i projektet, projektet drar
        över, budgeten i projektet, projektbudget, kostnadsläget i projektet, gå upp med genomförande, inför
        genomförandebeslut, inför inriktningsbeslut, reviderat genomförandebeslut, reviderat
        inriktningsbeslut, utredningsskede, genomförandeskede, stoppa projektet, pausa projektet, avsluta
        projektet, etapp två kan starta, startbesked för projektet, byggstart beslutas, markföroreningar,
        sedan inriktningsbeslutet, sedan genomförandebeslutet, kostnaden upp, kalkylen upp, kalkylavvikelse,
        prognos för projektet, slutkostnaden, slutkostnadsprognos, billigare än, blev billigare, lägre än
        beslutat, utanför ramen, ny ram för projektet, höjd ram, tjugo procent dyrare, procent dyrare
        """,
        "kalkylen, dyrare, förorenad, saneringen, utgiften",
    ),
    # Plans and streets that several share.
    subject(
        "detaljplan, gatuprojekt, planbesked",
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
        framkomlighet, omläggning av trafik, avstängningen, trafikflöde, trafikutredning, trafiksignal,
        trafikljus, planer inte går ihop, två planer, ramp eller, ritar var sin, ritade olika, sänkt
        hastighet, hastigheten på, parkeringsgarage, parkeringshus, p hus, resecentrum, stationsområdet,
        tunnelbaneentré, gång och cykelbro, gångtunnel, samordna byggen, tre byggen, byggen runt, flera
        byggen, byggarbetsplatserna runt, torget som upplag, upplagsyta, massupplag, masshantering,
        jordmassor, va gräver, belysningsstolpar, gatubelysning, belysning i parken, trafikmiljö, skolväg,
        säker skolväg, lekplats eller, park i planen, grönstruktur, ta ned träd för, artskydd i planen,
        markmiljö, grundvatten, byggplan, kvartersnamn
        """,
        "gatan, trafiken, etapp, cykelstråk, träden, sträcka",
    ),
    # Projects that go another way than planned.
    subject(
        "försening, kostnadsökning, tidplan, stoppat projekt",
        """
        försenad, blir försenade, senare än planerat, senare än utlovat, skjuts fram, skjuts upp, dröjer
        till, hinner inte bli, blir inte klar, blir inte klart, klart först, ny huvudtidplan, huvudtidplan,
        ny tidplan, omplaneras, stillestånd, står still, äta arbete, tilläggsarbete, dyrare än, blir dyrare,
        fördyrning, mer än kalkylerat, utanför kalkyl, hotar tidplanen, hotar leveransen, beställaren vill
        ändra, ändrade förutsättningar, omfattningen ökar, levererar inte, leverera i tid, i stället för
        juni, i stället för maj, flyttas fram, flyttas till hösten, hinner ej, slutdatum, nytt slutdatum,
        milstolpen, kritiska linjen, ändrad leverans, tillkommande, mer omfattande än, större än vi trodde,
        kostnaden ökar, budgeten håller inte, entreprenören vill ha mer, tvist med entreprenören, stopp i
        produktionen, stoppat bygget, dröjer, dröjt, tidsplanen, sprucken tidplan, leveransen dröjer, hinner
        inte till, blir klara först, klara först, överlämnas senare, införandet skjuts, införandet dröjer,
        byggstarten, inflyttningen skjuts, inflyttning senare, kostnaden drar, överskrider budget, spräcker
        budget, kostnaderna skenar
        """,
        "krockar, entreprenören säger, dyrare, spricker, sprack",
    ),
)
