"""What the whole meeting begins with: a script that a server of its own runs before it is asked anything."""

BUILD = """
    import json
    from django.conf import settings
    from django.test import Client
    from django.utils import timezone
    from styrfart.matters.models import Matter, MatterState
    from styrfart.people.models import TeamRole
    from tests import make
    from tests.meetings.live_scene import queued

    office = make.unit("Utvecklingskontoret")
    team = make.team("Kontorets ledningsgrupp", of_unit=office)
    chair = make.member(team, role=TeamRole.CHAIR, person=make.person("Ingrid", "Hall")).person
    secretary = make.member(team, role=TeamRole.SECRETARY, person=make.person("Tove", "Lind")).person
    member = make.member(team, person=make.person("Samir", "Haddad")).person
    make.post(chair, office, title="Kontorschef")
    make.meeting_kind(team)

    def matter(question, purpose):
        made = queued(team, secretary)
        Matter.objects.filter(pk=made.pk).update(
            question=question, purpose=purpose, outcome="Vi vet vem som gör vad."
        )

    matter("Ska nya chefer få två introduktionsdagar?", "decision")
    matter("Vem svarar fackförbunden om bemanningen?", "dialogue")
    matter("Hur går inflyttningen till Kompassen?", "follow_up")

    def cookie(person):
        client = Client()
        client.force_login(person, backend="styrfart.people.backends.PersonBackend")
        return client.cookies[settings.SESSION_COOKIE_NAME].value

    people = {"chair": chair, "secretary": secretary, "member": member}
    print(json.dumps({
        "cookie": settings.SESSION_COOKIE_NAME,
        "people": {name: cookie(person) for name, person in people.items()},
        "team": team.slug,
        "today": str(timezone.localdate()),
    }))
"""
