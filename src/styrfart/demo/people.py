"""Invented people: given and family names from many backgrounds, and addresses that nobody has.

Most family names are joined from old place words, so that hardly any of them is borne; the others stand
beside given names at random. `tests/demo/test_people.py` checks that no pair is a known person.
"""

import random
import unicodedata
from collections import Counter
from dataclasses import dataclass

GIVEN = """
Agnes Albin Alma Alva Anders Anette Anja Anneli Anton Arvid Asta Axel Barbro Bengt Berit Bertil Birger Bodil Britt
Cajsa Camilla Carin Cecilia Dag David Disa Ebba Edit Edvin Einar Elin Ellen Elof Elsa Emil Emma Erland Ester Eva Filip
Folke Frida Frode Gabriel Gerd Gudrun Gunnar Gustav Hanna Harald Hedda Hedvig Helena Helge Hilda Hilma Hjalmar Holger
Ida Inga Ingela Ingemar Iris Isak Ivar Jakob Jenny Johanna Jonas Josef Julia Kajsa Karin Karl Kerstin Klara Knut
Kristina Lars Lena Leo Lina Linnea Liv Lovisa Ludvig Magda Maj Malin Malte Margareta Maria Marta Matilda Mikael Mona
Måns Märta Nanna Niklas Nils Nora Oda Olle Olof Oskar Otto Per Petra Ragnar Rakel Ralf Rasmus Rebecka Rolf Runa Rut
Saga Samuel Sara Sigrid Simon Siri Sivert Sofia Solveig Staffan Stellan Stina Sune Susanna Svante Sven Tage Tekla Teo
Tilda Tobias Tor Torbjörn Tore Torun Tova Tove Truls Tuva Tyra Ulla Ulrik Urban Valborg Vera Vidar Viggo Viktor Vilma
Viola Yngve Åke Åsa Örjan
""".split()

GIVEN_FROM_ELSEWHERE = """
Abdi Adela Aida Aisha Alem Aleksandra Amal Amina Amira Ana Anahit Arash Ardita Arman Asha Aster Ayan Aylin Azad Behrouz
Berivan Bilal Bogdan Carmela Chau Chidi Danuta Daria Delal Dilan Dragana Elif Emine Ewa Farah Farida Fatuma Filsan
Fikret Gebre Goran Hamza Hana Hassan Hiba Hodan Ifrah Ilinca Inaya Ioana Irena Jamila Jasmina Jelena Joanna Kamal
Karolina Kasia Khadra Kidane Kofi Lam Lamia Latifa Layla Leila Lidija Linh Liban Lucía Maha Mahdi Marcela Mariam Marwa
Mehmet Mercedes Milica Mina Mirjana Mitra Mona Nadia Nadifa Naima Nasrin Nasteho Natsnet Nawal Nermin Nilufar Nima
Nyat Ogechi Oksana Omid Parisa Paula Rahel Rana Rania Reza Rojin Rosa Roya Sahra Said Salma Samir Samira Saskia Selam
Senait Shirin Shukri Simona Sira Soraya Stanka Suad Sumaya Suvi Svetlana Tahir Tamar Tarja Thanh Thuy Tsegay Tuan Vesna
Wanjiru Xuan Yasmin Yonas Yusra Zahra Zana Zeynep Zofia
""".split()

BEGINNINGS = """
Alm Ask Björk Bo Brunn Dal Ek Fager Fjäll Flod Gran Grip Hag Hall Hav Hjort Häll Kalv Kil Klint Kvarn Källe Lind Ljung Lö
Malm Mo Norr Näs Rim Ros Råg Rönn Sal Sand Silver Sjö Skog Skär Sol Sten Strand Ström Sund Säv Tall Torn Tun Tång Vall
Vik Åker Ånge Älv Äng Öd Öster
""".split()
ENDINGS = "brink hagen helm kulla lid myr måla ryd sele sjövik sta tjärn torp torpet vret vreten ås åsen".split()

FAMILY_FROM_ELSEWHERE = """
Abdulle Adeyinka Afrasyab Al-Dabbas Amanuelsson Arouni Asgharpour Ashagre Aydemirli Bahadori Bajramaj Balčaitis Barwari
Begovac Belhassine Benhaddou Berhanemeskel Bielawska Bilgincan Binakaj Bogdanescu Brankovac Brzezicka Budimlić Cabdi
Canbolat Cardozo-Lara Chatthong Chukwuemeka Ciobotaru Contramaestre Csonkai Dabrowiecka Daoudian Demissie Dizdarac
Duale Duyvenvoorde Dąbek Eghbali Elmadani Engonga Erdemli Faqiri Farrokhzad-Nia Fekadu Gebrehiwot Ghazalnia Golubkina
Gradišar Grochowina Haddad Hadžismajlac Haidarzai Halvorsrud Harutyunova Hosseinpanah Huynhlam Ibrišagić Idrissou
Ilunga Isakovska Jabłonka Jamaladdin Jarabica Jimale Kalantarnia Kallakorpi Karimpour Kaszuba Kebede-Wolde Khodabandeh
Kirjosaari Kocatepe Kołakowska Korpivaara Kovačina Kunzang Kurtaj Lahlouh Lehtovaara Lumbala Mahamoud Makariadis
Marangozoglu Mazloumian Mbeki-Ross Mehrabani Milovac Moghadamfar Mukendi Munteanis Mwangizi Nabizadeh Ngolo Nieminkoski
Noorzai Nowakiewicz Nyamwasa Obradovac Odhiambo Okonjoh Osmanagić Oyarzúa Papadimatos Parchami Petreska Phonsavath
Pourmand Qasimi-Lund Qvistorp Radulovac Rahmanzai Rautalampi Rostamkhani Sadeghpour Safarian Sahakyants Salehnia
Satenova Sepúlvida Shahbazi-Ek Shirwac Sithole Skrzypiec Sobieraj Srisuwan Stojkovac Suljkanović Szabolcsi Tadevosian
Teklemariam Tesfagiorgis Thongkham Toivakka Trbojac Tshibanda Tuncerli Uğurtaş-Berg Umutoni Vahdati Vasilescu-Holm
Vilaysack Vukomanac Waberi Warsameh Wieczorkiewicz Woldegabriel Xhaferaj Yadegari Yildizer Yohannesson Zabihian
Zarembina Zebarjadi Zemouri Żurawik
""".split()


def _joined() -> list[str]:
    """Family names of two parts. Two of the same letter in a row meet as one: "Äng" and "gård" are not used."""
    return [first + last for first in BEGINNINGS for last in ENDINGS if first[-1] != last[0]]


FAMILY = _joined()
FROM_ELSEWHERE = 0.24  # of all; somewhat below the country's share of people born abroad or to such parents
MIXED = 0.08  # a given name from one list and a family name from the other


@dataclass(frozen=True)
class Name:
    given: str
    family: str

    def __str__(self) -> str:
        return f"{self.given} {self.family}"


class Names:
    """An endless stream of people, the same for the same seed; addresses are never given twice."""

    def __init__(self, rng: random.Random) -> None:
        self._rng = rng
        self._taken: Counter[str] = Counter()
        self._known: set[Name] = set()

    def next(self) -> Name:
        """Somebody new: as long as there are combinations left, nobody has had the name before."""
        for _ in range(12):
            name = self._any()
            if name not in self._known:
                break
        self._known.add(name)
        return name

    def keep(self, name: Name) -> None:
        """The name is somebody's whom the story needs; nobody else is called so."""
        self._known.add(name)

    def address(self, name: Name, domain: str) -> str:
        """An address in a domain that does not exist."""
        base = f"{ascii_only(name.given)}.{ascii_only(name.family)}"
        self._taken[base] += 1
        number = self._taken[base]
        return f"{base}{number if number > 1 else ''}@{domain}"

    def _any(self) -> Name:
        lot = self._rng.random()
        if lot < FROM_ELSEWHERE:
            return Name(self._rng.choice(GIVEN_FROM_ELSEWHERE), self._rng.choice(FAMILY_FROM_ELSEWHERE))
        if lot < FROM_ELSEWHERE + MIXED:
            return Name(self._rng.choice(GIVEN), self._rng.choice(FAMILY_FROM_ELSEWHERE))
        return Name(self._rng.choice(GIVEN), self._rng.choice(FAMILY))


def ascii_only(text: str) -> str:
    """ "Åsa-Li" → "asa-li", as in an address."""
    plain = unicodedata.normalize("NFKD", text.casefold().replace("ł", "l").replace("ø", "o").replace("ı", "i"))
    return "".join(char for char in plain if char.isascii() and (char.isalnum() or char == "-"))
