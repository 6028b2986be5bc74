"""Writes about people and the organisation."""

from styrfart.people.actions.account import (
    change_account,
    set_language,
    toggle_shortcuts,
)
from styrfart.people.actions.disposal import (
    NotDisposable,
    carry_out_disposal,
    order_disposal,
)
from styrfart.people.actions.imports import (
    ImportHasErrors,
    ImportIsGone,
    ImportMoved,
    apply_import,
    check_import,
    drop_import,
    import_at_once,
    purge_imports,
)
from styrfart.people.actions.mail import (
    send_mail_again,
)
from styrfart.people.actions.persons import (
    AddressTaken,
    LastOwner,
    PersonChanged,
    RoleIsHeld,
    add_person,
    change_person,
    deactivate_person,
    end_role,
    give_role,
    reactivate_person,
)
from styrfart.people.actions.retention import (
    RuleChanged,
    change_retention,
)
from styrfart.people.actions.teams import (
    AlreadyInTeam,
    HasChair,
    SeatHasBegun,
    TeamChanged,
    TeamHasEnded,
    add_member,
    change_chair,
    change_team,
    create_team,
    end_member,
    end_team,
)

__all__ = [
    "AddressTaken",
    "AlreadyInTeam",
    "HasChair",
    "ImportHasErrors",
    "ImportIsGone",
    "ImportMoved",
    "LastOwner",
    "NotDisposable",
    "PersonChanged",
    "RoleIsHeld",
    "RuleChanged",
    "SeatHasBegun",
    "TeamChanged",
    "TeamHasEnded",
    "add_member",
    "add_person",
    "apply_import",
    "carry_out_disposal",
    "change_account",
    "change_chair",
    "change_person",
    "change_retention",
    "change_team",
    "check_import",
    "create_team",
    "deactivate_person",
    "drop_import",
    "end_member",
    "end_role",
    "end_team",
    "give_role",
    "import_at_once",
    "order_disposal",
    "purge_imports",
    "reactivate_person",
    "send_mail_again",
    "set_language",
    "toggle_shortcuts",
]
