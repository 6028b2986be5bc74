"""Social services and care."""

from styrfart.kernel.triage.subjects.subject import subject

CARE = (
    # One person's needs.
    subject(
        "biståndsbeslut, biståndshandläggning, försörjningsstöd, orosanmälan, hemtjänsttimmar, brukare",
        """
        vräks, vräkt, avhyst, avhysas, hemlös, bostadslös, står utan bostad, utan tak över, ut ur
        lägenheten, ska ut på, kronofogden, släppa in hemtjänsten, släpper inte in, vägrar släppa in, tackar
        nej till hjälp, tackar nej till insats, vägrar ta emot hjälp, vägrar hemtjänst, fler timmar
        hemtjänst, mer hemtjänst, gode mannen, förvaltare för, omhändertagen, omhändertas, våldsutsatt,
        kvinna med skyddad, skyddad adress, skyddat boende, missbrukar, assistanstimmar, fått avslag,
        ansöker om, ansökan om bistånd, plats på boende för, boende åt, ensamstående mamma, umgänge,
        vårdnadstvist, kunden vill, klienten, medicinerar sig, vill inte hem, vill flytta hem, vill inte
        flytta, ligger kvar på sjukhus, utskrivningsklar, hans insats, hennes insats, insatser för en,
        beslut om insats, beslut om hemtjänst, mer stöd, mindre stöd, färre timmar, dragits in, indragen
        insats, indraget bistånd, fått sitt bistånd, överklagat bistånd, hyresskuld, betalar inte hyran, bor
        på hotell, akut boende, sover ute, sover i trapphus, sover i bilen, barn far illa, far illa, orolig
        för ett barn, ensam flicka, ensamkommande, vårdas med tvång, lvu, lvm, god man för, ställföreträdare
        saknas, byta assistent, byta boende, vill byta boende, får inte besöka, besöksförbud för anhörig, en
        familj ska, familj ska vräkas, familj utan bostad, ut på gatan, familj med barn ska ut, vill byta
        hemtjänst, byta utförare för, begärt mer hjälp, behöver mer hjälp, behöver hjälp dygnet, behöver
        dubbelbemanning, klarar sig inte hemma, klarar inte att bo, bor kvar hemma, få flytta till boende,
        plats på vård, plats på särskilt, kö till boende för, makar vill, paret vill, bo tillsammans,
        parboende, tvåmansinsats, hjälp på natten, nattinsats, avslutad insats, avsluta insatsen, avsluta
        hjälpen, dra in hjälpen, hans hjälp, hennes hjälp, hennes bidrag, hans bidrag, får inget bidrag,
        betala hans, betala hennes, betala tandvård, betala glasögon, betala resa till, elräkning,
        betalningsförelagd, hyra obetald, obetald hyra, hyran är obetald, vräkningshotad, riskerar vräkning,
        bostadslöst par, sover utomhus, uteliggare, eu medborgare, papperslös, flicka på, flicka på sjutton,
        pojke på, barn i familjen, barn som slås, barnet har blåmärken, våld i hemmet, slår sina barn, slår
        sin fru, mannen slår, hustrun slår, hotad av sin, hedersförtryck, bortgift, balkongflicka,
        gängavhoppare, avhoppare, avhoppad, droger hemma, alkoholist, överdos, vårdvägrar, tvångsvård, ut
        från fängelset, kommer hem från kriminalvården, placering av, familjehemmet vill, familjehemmet
        säger, umgängesrätt, skyddsplacera, kvinnojour, vårdnadshavare vägrar, samtycker inte, inte
        samtycke, hotellnatt, hotellnätter, jourplats, jourplatser, akutboende, stå utan tak, sitter i
        väntrummet, kommer varje dag
        """,
        """
        mannen, kvinnan, dottern, sonen, hustrun, familj, nekats, beviljats, beviljad, placeras, återfall,
        frigiven
        """,
    ),
    # Grave faults in care.
    subject(
        "lex sarah, lex maria, missförhållande, vårdskada",
        """
        fel dos, feldoserad, fel medicin, fel läkemedel, fel insulin, glömt ge, glömd medicin, utebliven
        medicin, utebliven insats, insulin, medicinskt ansvarig, ramlat och, fallit ur, lårbensbrott,
        liggsår, trycksår, låg på golvet, legat på golvet, hittades på golvet, hittades död, försvunnit
        från, avvek från, rymde från, glömts kvar, glömt ett barn, barn glömdes,
        barnet glömdes, boende glömdes, brukare glömdes, lämnades ensam, fastspänd, tvångsåtgärd,
        begränsningsåtgärd, skyddsåtgärd, bristande omsorg, vanvårdad, misstänkt övergrepp, stulit från,
        stulna smycken, ivo anmälan, anmälan till ivo, ivo kommer, ivo kritiserar, ivo har, föreläggande
        från, skolinspektionen, fel person fick, journalen saknas, smittspridning på boendet, hittades ute,
        irrat ut, gick ut själv, larmet var avstängt, larmet avstängt, larmet svarade inte, larm besvarades
        inte, ingen kom på larm, svarade inte på larm, låg kvar på golvet, fick ingen mat, utan mat, satte i
        halsen, brände sig, tappade i lyften, föll i lyften, hård behandling, ryckt i, örfil, skrikit åt,
        kränkt en boende, kränkt brukare, filmat brukare, filmade boende, lagt ut bild på brukare,
        blåmärken, undernärd, narkotika försvunnit, narkotiska läkemedel, tabletter försvunna, tabletter
        saknas, plånbok stulen, pengar försvunna hos, bankkort, fel patient, missat besök, uteblivet besök,
        uteblivna besök, dörren stod öppen, rymt, barn ensamt, lämnades kvar, bet ett annat barn, slagen av
        personal, slog en boende, mas är, mas kräver, fick fel, fel tablett, fel spruta, dubbel dos,
        överdoserad, morfinplåster, läkemedel borta, läkemedel saknas, medicinen glömdes, glömt medicinen,
        missat insats, missade insatsen, glömde besöket, ingen kom på natten, ingen kom till, fick vänta i
        fyra timmar, låg i fyra timmar, låg i timmar, legat i timmar, legat hela natten, satt fast i,
        fastnat i sänggrind, sänggrind, bältad, fallit och, föll och bröt, ramlade och bröt, ramlade och
        slog, bröt höften, brutit höften, höftfraktur, svälja fel, kvävdes, skållad, hett vatten, dusch för
        varmt, fallit ur sängen, ramlat ur sängen, ramlat ur lyften, lyftselen, gick sönder i lyften,
        hittades avliden, hittades först dagen, ute i snön, i nattlinne, på rymmen, försvann från boendet,
        försvann från förskolan, borta från förskolan, barn gick, gick hem själv, lämnade förskolan,
        tappades bort, glömd i bussen, glömd i bilen, kvar på bussen, tog i för hårt, våld från personal,
        personal slog, personal skrek, otillåten åtgärd, låste in, inlåsning, kränkningar mot boende, stöld
        på boendet, stulit smycken, smycken borta, pengar borta, bankomatkort, ska vi anmäla, ivo vill, ivo
        tillsyn, ivo inspektion, händelseanalys, avvikelserapport, avvikelserna, antalet fall, fallolyckor,
        till fel person, gav medicin, gav fel, fel medicin till
        """,
        """
        ivo, glömt, medicin, läkemedel, mas, försvunnen, glömdes, bortglömd, inlåst, kvarglömt, förväxlade,
        uttorkad, brännskada
        """,
    ),
    # Services opened, moved and closed.
    subject(
        "nedläggning, stänga, avveckla verksamhet, lägga ner",
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
        boendet, ny inriktning, ta över i egen regi, avveckling av, stänga vår, stänga träffpunkten, stänga
        fritidsgården, stänga dagverksamheten, stänga en avdelning, stänga på, stänga tidigare, stänga
        under, stänga över sommaren, stänga hela, stängning av, slå ihop två förskolor, slå samman två
        förskolor, flytta dagverksamheten, flytta ut barnen, evakuera förskolan, evakueringslokal,
        paviljonger, ny dagverksamhet, ny avdelning på förskolan, starta träffpunkt, starta öppen, öppna
        träffpunkt, öppna fritidsgård, öppna en träffpunkt, öppna en fritidsgård, öppen förskola ska,
        nattomsorg, starta nattis, nattis, utöka öppettiderna, minska öppettiderna, korta öppettiderna,
        hålla öppet på, öppet på söndagar, öppet på kvällar, längre öppet, kortare öppet, dra ner på
        öppettider, omvandla platser, omvandla boendet, omvandla servicehuset, göra om servicehuset, göra om
        avdelningen, göra om boendet, profilboende, ändra inriktning
        """,
        "öppna",
    ),
)
