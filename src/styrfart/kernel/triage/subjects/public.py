"""The public: attention, dissatisfaction, grave events."""

from styrfart.kernel.triage.subjects.subject import subject

PUBLIC = (
    # The public eye.
    subject(
        "press, pressmeddelande, sociala medier, webb, webbsida, kampanjer",
        """
        lagt ut på, inlägg om, inlägget, har delats, viralt, facebook, facebookgrupp, twitter, tiktok,
        instagram, youtube, lokaltidningen, tidningen skriver, tidningen vill, tidningen har, tidningar,
        kvällspress, reportern, journalisten, radion, svt, teveteam, tv team, filma hos oss, filma på,
        intervju med, intervjua, vill intervjua, uttala sig, kommentera i, mediebevakning,
        medieuppmärksamhet, uppmärksammas i, debattinlägg, insändare, hemsidan, på webben, intranätet,
        nyhetsbrevet, utskick till boende, utskick till hushållen, informationsbrev, affischer, annonsera i,
        annonser i, budskapet, talespersoner, kommunikationsinsats, kommunikationsinsatser,
        kommunikationsstrategi, logotypen, grafiska profilen, fotograf, invigningen, invigning av,
        bandklippning, öppet hus, monter, pressfrågor, presskonferens, medierna, media ringer, ryktet
        sprids, direktsändning, i direktsändning, nyhetsmorgon, morgontv, nyheterna, nyhetsinslag,
        granskning i media, grävjournalist, uppdrag granskning, reklamfilm, filminspelning, filma i,
        influencer, influerare, podd, podcast, poddavsnitt, webbsändning, livesändning, sändas live,
        kommentarsfält, hat i kommentarerna, näthat, rykten på nätet, falska uppgifter, dementera, rätta
        artikeln, replikera, debattartikeln, skriva debattartikel, replik på, nyårshälsning, julhälsning,
        brev till boende, brev till alla hushåll, informationsblad, informationsskylt, skyltvepor, kampanjen
        för, kampanjvecka, mall för presentation, powerpointmall, bildbank, bilder på webben, webbredaktör,
        webbtexter, webbplatsen, intranätsidan, sida på intranätet, pressinbjudan, inbjudan till pressen,
        pressvisning, spadtag, första spadtaget, medborgarmöte, boendemöte, dialogmöte med, möte med boende,
        utställning, utställningslokal, kärnbudskap, talepunkter, vem uttalar sig, vem svarar media,
        presschef, presskontakten, kommunicera, rättelse i, fel i tidningen, skrivit att vi, berätta för
        boende, gå ut med information, informera boende, informera allmänheten, informera hushållen,
        stadsbladet, bladet skriver, nyhetsbyrå, sociala kanaler, våra kanaler, kanaler på nätet, på
        linkedin, på insta, lägga upp bild, bilder på boende, publicera bilder, filma boende, följa med oss,
        följa med personalen, göra reportage, tv vill, tv vill följa, tidningen ringer, tidningen frågar,
        tidningen undrar, tidningsintervju, journalist ringer, journalist frågar, journalist vill,
        journalist på, reporter vill, expressen, aftonbladet, sveriges radio, mitt i, lokalpressen, pressens
        frågor, mediefrågor, mediestorm, mediedrev, kritik i media, kritiseras i, hängs ut, uthängd,
        facebookinlägg, anhöriggrupp på facebook, nätet svämmar, ryktas att, lögner om oss, bemöta kritiken,
        bemöta uppgifter, svara offentligt, uttalande från oss, gemensam hållning utåt, budskap utåt,
        berätta utåt, berätta om vårt arbete, framgångshistoria, pris vi vunnit, ansöka om pris, nominera
        oss, marknadsföra, reklam för, annonskampanj, informationsblad till, infoblad, affisch om, öppet hus
        på, informationsmöte för boende, informera de boende, informera anhöriga om, anhörigbrev, veckobrev,
        månadsbrev
        """,
        "artikeln, filma, rättelse, informera, delats, utskick, annonsering, dokumentär, fotografera",
    ),
    # Dissatisfied people, and what they may ask for.
    subject(
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
        överklagat, överklaga vårt, mejlkonversation, lämnas ut, offentlig handling, arga mejl, argt brev,
        skrapljud, buller nattetid, är arg för, är arg på, arga på oss, klagar, klagar över, klagomål på,
        klagomål om, klagomål från, anhörig klagar, anhörig är arg, anhörig är missnöjd, anhöriga missnöjda,
        anhörig kräver, dottern är arg, sonen är arg, dottern kräver, sonen kräver, dottern klagar, vill ha
        ersatt, försvunnen tvätt, tvätten försvinner, kläder försvinner, glasögon borttappade, hörapparat
        borta, krympt tvätt, kall mat klagomål, maten kritiseras, missnöje med maten, bemötande från,
        personalen pratar inte svenska, olika personal varje dag, för många olika personal, ingen
        kontinuitet, kommer för sent till kunden, kommer sent, sena besök, ringer på fel, ringer om samma,
        återkommande mejl, långa mejl, öppet brev, namninsamling bland boende, protestlista, protesterar,
        föräldrar protesterar, föräldrar klagar, föräldrar är, upprörda föräldrar, oroliga föräldrar, mamma
        klagar, pappa klagar, granne hotar, granne kräver, stör grannar, stör de boende, stör boende,
        parkerar fel vid, boende på gatan, boende i huset, boende i kvarteret, fastighetsägare klagar,
        handlare klagar
        """,
        """
        arg, missnöje, besviken, grannen, anmäla oss, bemött, nöjd, ersättning, långsam, förstört, förstörd,
        borttappad, störande, vibrationer, utlämning
        """,
    ),
    # Grave events.
    subject(
        "krisberedskap, kris, allvarliga händelser, säkerhetsskydd",
        """
        hot mot handläggare, hot mot personal, hot mot våra, hot mot två, hot mot en, hot hem, brev hem med
        hot, hotfullt brev, trakasserier mot tjänstemän, otillåten påverkan, skottlossning, skjutning,
        sprängdåd, sprängladdning, detonation, brand i, branden, brinner, eldsvåda, stormen, snökaos,
        översvämmad, jordskred, skred, vattenläckan, strömlöst, strömavbrott, it haveri, hackad, hackats,
        cyberangrepp, cyberattack, ransomware, utpressningsvirus, hotbild, mordhot, hotad till livet, hotats
        av, hotfulla besök, bombhot, knivhot, rånad, rånförsök, krigsplacera, beredskapsplan,
        beredskapslager, beredskapsövning, pandemi, dödsfall, avliden, omkom, omkommit, allvarlig olycka,
        olyckan, allvarligt skadad, drunknat, drunkning, evakueras, säkerhetsprövas, säkerhetsklassad,
        sabotage, främmande makt, spionage, desinformation, krisstöd, stabsläge, civilplikt, skyddsrum,
        nödvatten, reservkraft, bombgrupp, gängkriminella, räddningstjänsten, blåljus, sos larm, vattnet
        steg, vatten strömmar, rasrisk, ras i, sättningar akut, akut fara, fara för liv, livsfara, personer
        inlåsta, instängda, försvunnen medarbetare, dött på jobbet, avlidit, gått bort, dödsbud, självmord,
        kollega har dött, skottskadad, pistol, beväpnad, kniv, polisen har spärrat, avspärrad av polis, hot
        mot oss, hotbrev, hotfulla samtal, dödshot, förföljd, personskydd, skyddad identitet för
        medarbetare, överfallen, misshandlad, misshandel, gisslan, säpo, säkerhetspolisen, säkerhetschefen,
        säkerhetsskyddsanalys, säkerhetsskyddsavtal, skyddsklassad, skyddsobjekt, rakel, signalskydd,
        kontinuitetsplan, kontinuitetsplanering, beredskap, höjd beredskap, krigsorganisation, totalförsvar,
        totalförsvaret, civilt försvar, hemvärnet, försvarsmakten, krisövning, krisledning,
        krisledningsövning, krisplan, krislåda, krisinformation, strömavbrott i, långvarigt elavbrott, it
        attack, överbelastningsattack, virus i systemet, gasläcka, oljeutsläpp, utsläpp i, giftigt utsläpp,
        kemolycka, tågolycka, broras, sprängdes, brandtillbud, anlagd brand, mordbrand, krisgrupp, löst ut
        i, utan nät och, utan telefoni, alla system nere, systemen nere, larmen fungerar inte,
        trygghetslarmen nere, telefonin ligger, bränt ner, brandrök, rökutveckling, explosivt, handgranat,
        gängkriminalitet, gängmiljö, gängkonflikt, knarkförsäljning, droghandel, upplopp, kravaller, oroligt
        i området, oroligt område, otryggt område, skottlossning vid, knivhuggen, knivdåd, skolattack, hot
        mot förskola, hot mot skolan, hot mot boendet, beväpnad man, rymt från, försvunnen boende,
        värmebölja, extrem värme, dricksvatten, vattnet är otjänligt, otjänligt, koka vatten,
        matförgiftning, utbrott på, magsjuka på boendet, covid, legionella, smittan sprids, smittspridning,
        kolmonoxid, trafikolycka med, bussolycka, kommunens krisberedskap, krisberedskapsvecka,
        beredskapsvecka, beredskapsplanering, reservplan, krisorganisation, krigstid, snöstorm, halka i
        hela, vattenavbrott, fjärrvärmen borta, utan värme på boendet, strömmen gick, strömmen är borta,
        strömlöst på boendet, strömmen går, elen går, elavbrott, odetonerad, oexploderad, bombgruppen
        """,
        "hotfulla, polisanmält, polisanmäld, skakade, sprinkler, avspärrat, utrymma, utrymd, utrymt",
    ),
)
