"""People and roles, for the system owner."""

from typing import Any

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from styrfart.people import actions, queries
from styrfart.people.forms import AddPersonForm, ChangePersonForm, FindForm, GiveRoleForm
from styrfart.people.models import Role
from styrfart.people.request import Request
from styrfart.shared.receipts import tell, warn


@require_GET
def administration(request: Request) -> HttpResponse:
    """Where the system owner begins."""
    queries.owner_only(request.user)
    return render(request, "people/administration.html")


@require_GET
def people(request: Request) -> HttpResponse:
    """People by name; without a name those who hold a role."""
    form = FindForm(request.GET)
    context = {
        "form": form,
        "text": form.text,
        "hits": queries.people_found(request.user, form.text),
        "closed": queries.closed_accounts(request.user, form.text),
    }
    return render(request, "people/people.html", context)


@require_http_methods(["GET", "POST"])
def add_person(request: Request) -> HttpResponse:
    """Let in somebody who is not in the register."""
    queries.owner_only(request.user)
    form = AddPersonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            person = actions.add_person(**form.cleaned_data, actor=request.user)
        except actions.AddressTaken:
            form.add_error("email", _("Någon fick adressen medan du skrev. Sök efter personen"))
        else:
            tell(request, _("%(name)s är tillagd. Ge nu den roll som behövs.") % {"name": person})
            return redirect("people:edit-person", person.pk)
    return render(request, "people/add_person.html", {"form": form}, status=422 if form.is_bound else 200)


def _file(request: Request, pk: int, status: int = 200, **bound: Any) -> HttpResponse:
    """The page of a person with its forms; one of them may be bound."""
    file = queries.person_file(request.user, pk)
    context = {
        "file": file,
        "person": file.person,
        "change_form": ChangePersonForm(person=file.person),
        "role_form": GiveRoleForm(initial={"valid_from": timezone.localdate()}, auto_id="roll_%s"),
        "has_errors": status == 422,
        **bound,
    }
    return render(request, "people/edit_person.html", context, status=status)


@require_http_methods(["GET", "POST"])
def edit_person(request: Request, pk: int) -> HttpResponse:
    """Correct a person; see and give roles."""
    person = queries.person_file(request.user, pk).person
    if request.method == "GET":
        return _file(request, pk)
    form = ChangePersonForm(request.POST, person=person)
    if not form.is_valid():
        return _file(request, pk, status=422, change_form=form)
    try:
        actions.change_person(person=person, actor=request.user, **form.cleaned_data)
    except actions.PersonChanged:
        fault = _("Någon har ändrat personen sedan du öppnade sidan. Läs igenom och spara igen.")
        form.refuse(fault, ChangePersonForm(person=queries.person_file(request.user, pk).person).known_now)
        return _file(request, pk, status=422, change_form=form, conflict=True)
    except actions.AddressTaken:
        form.add_error(None, _("Någon fick adressen eller numret medan du skrev. Läs igenom och spara igen."))
        return _file(request, pk, status=422, change_form=form)
    tell(request, _("Uppgifterna är sparade."))
    return redirect("people:edit-person", pk)


@require_POST
def give_role(request: Request, pk: int) -> HttpResponse:
    """Give the person a role."""
    person = queries.person_file(request.user, pk).person
    form = GiveRoleForm(request.POST, auto_id="roll_%s")
    if form.is_valid():
        try:
            actions.give_role(
                person=person,
                role=Role(form.cleaned_data["role"]),
                valid_from=form.cleaned_data["valid_from"],
                valid_to=form.cleaned_data["valid_to"],
                actor=request.user,
            )
        except actions.RoleIsHeld:
            form.add_error("role", _("Personen har redan rollen då"))
        else:
            tell(request, _("Rollen är given."))
            return redirect("people:edit-person", pk)
    return _file(request, pk, status=422, role_form=form)


@require_POST
def end_role(request: Request, pk: int, role_pk: int) -> HttpResponse:
    """Take a role away."""
    file = queries.person_file(request.user, pk)
    for assignment in file.roles:
        if assignment.pk == role_pk:
            try:
                actions.end_role(assignment=assignment, actor=request.user)
            except actions.LastOwner:
                warn(request, _("Det måste finnas en förvaltare. Ge någon annan rollen först."))
            else:
                tell(request, _("Rollen är avslutad."))
    # Whoever ended their own role as system owner may not see this page any longer.
    return redirect("people:edit-person" if request.user.pk != pk else "people:account", *_where(request, pk))


def _where(request: Request, pk: int) -> tuple[int, ...]:
    return (pk,) if request.user.pk != pk else ()


@require_http_methods(["GET", "POST"])
def deactivate_person(request: Request, pk: int) -> HttpResponse:
    """Ask first, since posts, seats and roles end with the account."""
    file = queries.person_file(request.user, pk)
    if request.method == "POST":
        try:
            actions.deactivate_person(person=file.person, actor=request.user)
        except actions.LastOwner:
            warn(request, _("Det måste finnas en förvaltare. Ge någon annan rollen först."))
        else:
            tell(request, _("Kontot för %(name)s är stängt.") % {"name": file.person})
        return redirect(
            "people:edit-person" if request.user.pk != pk else "overview:home", *_where(request, pk)
        )
    context = {"file": file, "person": file.person, "page": queries.person_page(request.user, file.person)}
    return render(request, "people/deactivate_person.html", context)


@require_POST
def reactivate_person(request: Request, pk: int) -> HttpResponse:
    """Open the account again."""
    file = queries.person_file(request.user, pk)
    actions.reactivate_person(person=file.person, actor=request.user)
    tell(request, _("Kontot för %(name)s är öppet igen.") % {"name": file.person})
    return redirect("people:edit-person", pk)
