"""Addresses of this room."""

from django.urls import URLPattern, URLResolver, include, path

from styrfart.people.views import account, disposal, imports, operations, organisation, persons, teams

app_name = "people"

one_person: list[URLPattern | URLResolver] = [
    path("", persons.edit_person, name="edit-person"),
    path("roller/", persons.give_role, name="give-role"),
    path("roller/<int:role_pk>/avsluta/", persons.end_role, name="end-role"),
    path("stang/", persons.deactivate_person, name="deactivate-person"),
    path("oppna/", persons.reactivate_person, name="reactivate-person"),
]
one_team: list[URLPattern | URLResolver] = [
    path("", teams.edit_team, name="edit-team"),
    path("platser/", teams.add_member, name="add-member"),
    path("platser/<int:pk>/avsluta/", teams.end_member, name="end-member"),
    path("ordforande/", teams.change_chair, name="change-chair"),
    path("avsluta/", teams.end_team, name="end-team"),
]
one_import: list[URLPattern | URLResolver] = [
    path("", imports.import_run, name="import-run"),
    path("rader.csv", imports.import_lines, name="import-lines"),
    path("las-in/", imports.apply_import, name="apply-import"),
    path("slang/", imports.drop_import, name="drop-import"),
]
administration: list[URLPattern | URLResolver] = [
    path("", persons.administration, name="administration"),
    path("import/", imports.import_organisation, name="import"),
    path("import/mall.xlsx", imports.import_template, name="import-template"),
    path("import/organisation.xlsx", imports.export_organisation, name="export-organisation"),
    path("import/<int:pk>/", include(one_import)),
    path("personer/", persons.people, name="people"),
    path("personer/ny/", persons.add_person, name="add-person"),
    path("personer/<int:pk>/", include(one_person)),
    path("grupper/", teams.teams, name="admin-teams"),
    path("grupper/ny/", teams.create_team, name="create-team"),
    path("grupper/<slug:slug>/", include(one_team)),
    path("logg/", operations.audit_log, name="audit-log"),
    path("logg/logg.csv", operations.export_audit_log, name="export-audit-log"),
    path("utskick/", operations.outbox, name="outbox"),
    path("utskick/<int:pk>/igen/", operations.send_mail_again, name="send-mail-again"),
    path("jobb/", operations.jobs, name="jobs"),
    path("gallring/", operations.retention, name="retention"),
    path("gallring/forslag/", disposal.disposal, name="disposal"),
    path("gallring/forslag/<str:record_type>/", disposal.dispose, name="dispose"),
    path("gallring/protokoll.csv", disposal.disposal_record, name="disposal-record"),
    path("gallring/<str:record_type>/", operations.change_retention, name="change-retention"),
]

urlpatterns: list[URLPattern | URLResolver] = [
    path("enheter/", organisation.units, name="units"),
    path("enheter/<str:code>/", organisation.unit, name="unit"),
    path("personer/<int:pk>/", organisation.person, name="person"),
    path("konto/", account.account, name="account"),
    path("konto/logg/", account.log, name="log"),
    path("konto/sprak/", account.set_language, name="set-language"),
    path("konto/kortkommandon/", account.toggle_shortcuts, name="toggle-shortcuts"),
    path("forvaltning/", include(administration)),
]
