"""What the subjects of Swedish public administration are called by those who hand in matters: data.

A rule on "bemanning" also hears "tillsätta tjänsten" and "vakant". A rule has a subject when its own text
says one of the subject's names, or when `NAMED` of its hints are such names. The subject then lends the rule
its other words, as hints that weigh less than its own. Every entry holds in any municipality; what only one
team means by a word stands in its mandate.
"""

from styrfart.kernel.triage.subjects.building import BUILDING
from styrfart.kernel.triage.subjects.care import CARE
from styrfart.kernel.triage.subjects.people import PEOPLE
from styrfart.kernel.triage.subjects.public import PUBLIC
from styrfart.kernel.triage.subjects.staff import STAFF
from styrfart.kernel.triage.subjects.steering import STEERING
from styrfart.kernel.triage.subjects.subject import Subject
from styrfart.kernel.triage.subjects.things import THINGS

NAMED = 2
"""So many hints that name a subject make it the rule's; one word of the rule's own text does."""

SUBJECTS: tuple[Subject, ...] = (*STAFF, *PEOPLE, *STEERING, *BUILDING, *THINGS, *PUBLIC, *CARE)
