"""Whom a visitor may step into, and what each is worth trying for."""

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from styrfart.demo.town import DOMAIN


@dataclass(frozen=True)
class Persona:
    """Somebody in the demonstration, known by their address."""

    key: str
    email: str
    role: str | Promise
    tries: str | Promise  # one line: what to do here


PERSONAS = (
    Persona(
        "chair",
        f"ingrid.hagenas@{DOMAIN}",
        _("Kontorschef, leder en ledningsgrupp"),
        _("Sortera fyra nya ärenden, godkänn anteckningar och led dagens korta möte."),
    ),
    Persona(
        "member",
        f"samir.haddad@{DOMAIN}",
        _("Avdelningschef, ledamot hos Ingrid"),
        _("Lämna in ett ärende, följ dina egna beslut, läs din 360 och svara i Ingrids."),
    ),
    Persona(
        "secretary",
        f"tove.lindsele@{DOMAIN}",
        _("Sekreterare i samma grupp"),
        _("Öppna dagens möte i ett eget fönster, för anteckningar och lämna över dem till Ingrid."),
    ),
    Persona(
        "district",
        f"maria.fernkulla@{DOMAIN}",
        _("Förvaltningschef i en stadsdel"),
        _("Se hur ett mandat för social omsorg ser ut, och två ärenden som väntar."),
    ),
    Persona(
        "employee",
        f"linnea.ahlkvist-roth@{DOMAIN}",
        _("Medarbetare i ett projekt"),
        _("Lämna in ett ärende på en minut och följ vart det tar vägen."),
    ),
    Persona(
        "hr",
        f"amina.duale@{DOMAIN}",
        _("HR-utvecklare"),
        _("Se hur många ledningsgrupper som har ett mandat, utan rangordning."),
    ),
    Persona(
        "owner",
        f"rolf.kvarnlid@{DOMAIN}",
        _("Förvaltare av systemet"),
        _("Läs in en organisation från en arbetsbok och läs loggen."),
    ),
    Persona(
        "coach",
        "petra.hjortsele@coach.example",
        _("Extern coach"),
        _("Se hur lite en utomstående ser: en 360 som någon visar, och ingenting om organisationen."),
    ),
    Persona(
        "top",
        f"marianne.tunhamra@{DOMAIN}",
        _("Stadsdirektör, högsta ledning"),
        _("Led stadens ledningsgrupp och se täckningen av mandat i hela staden."),
    ),
)
