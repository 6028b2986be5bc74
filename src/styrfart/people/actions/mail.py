"""Mail that did not arrive."""

from django.db import transaction

from styrfart.people.models import Person
from styrfart.shared.audit import record
from styrfart.shared.mail import send_again
from styrfart.shared.models import OutgoingMail


@transaction.atomic
def send_mail_again(*, mail: OutgoingMail, actor: Person) -> None:
    """Queue a mail that failed or was held once more."""
    send_again(mail)
    concerned = [mail.recipient_id] if mail.recipient_id else []
    record("people.send_mail_again", mail, actor=actor, concerns=concerned)
