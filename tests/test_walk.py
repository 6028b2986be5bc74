"""Every address of the product walked as nine people: who comes where, who may do what, and nothing leaks.

A new address makes the walk fail until it stands in the table; a new text that only some may read belongs in
`tests/walk/scene.py` with a word of its own.
"""

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import connection, transaction
from django.http.response import HttpResponseBase
from django.test import Client, override_settings
from django.urls import get_resolver
from pytest_django.plugin import DjangoDbBlocker

from styrfart.shared import health
from tests.conftest import signed_in
from tests.test_urls import patterns
from tests.walk.addresses import lines
from tests.walk.looking import Visitor, Writes, fingerprint, rolled_back, text_of
from tests.walk.scene import ROLES, Scene, build

pytestmark = pytest.mark.django_db

# For each role in the order of ROLES (visitor, other team, employee, member, secretary, chair, HR developer,
# external coach, system owner), first what GET answers, then POST with something sensible:
# . here it is     + something was changed     r led on     L to sign in
# x not you (403)  - not found (404)           m not by this method (405)     ! refused, with the form (4xx)
# fmt: off
TABLE: dict[str, str] = {
    # --- signing in
    "account_change_password":               "L........ L........",
    "account_inactive":                      "......... mmmmmmmmm",
    "account_login":                         ".rrrrrrrr .rrrrrrrr",
    "account_logout":                        "r........ rrrrrrrrr",
    "account_reauthenticate":                "L........ L........",
    "account_reset_password":                "......... .........",
    "account_reset_password_done":           "......... mmmmmmmmm",
    "account_reset_password_from_key_done":  "......... mmmmmmmmm",
    "account_set_password":                  "Lrrrrrrrr Lrrrrrrrr",
    "account_signup":                        ".rrrrrrrr .rrrrrrrr",
    "account_reset_password_from_key":       "......... .........",
    "mfa_activate_totp":                     "Lrrrrrrrr Lrrrrrrrr",
    "mfa_add_webauthn":                      "Lrrrrrrrr Lrrrrrrrr",
    "mfa_authenticate":                      "rrrrrrrrr rrrrrrrrr",
    "mfa_deactivate_totp":                   "L-------- L--------",
    "mfa_download_recovery_codes":           "L-------- L--------",
    "mfa_generate_recovery_codes":           "Lrrrrrrrr Lrrrrrrrr",
    "mfa_index":                             "L........ Lmmmmmmmm",
    "mfa_list_webauthn":                     "L........ Lmmmmmmmm",
    "mfa_reauthenticate":                    "Lrrrrrrrr Lrrrrrrrr",
    "mfa_reauthenticate_webauthn":           "Lrrrrrrrr Lrrrrrrrr",
    "mfa_view_recovery_codes":               "L-------- Lmmmmmmmm",
    "mfa_edit_webauthn":                     "Lrrrrrrrr Lrrrrrrrr",
    "mfa_remove_webauthn":                   "Lrrrrrrrr Lrrrrrrrr",
    "socialaccount_login_cancelled":         "......... mmmmmmmmm",
    "socialaccount_login_error":             "L!!!!!!!! Lmmmmmmmm",
    # --- what belongs to no room
    "health":                                "......... mmmmmmmmm",
    "demo:index":                            "......... mmmmmmmmm",
    "demo:answer":                           "L-------- Lmmmmmmmm",
    "demo:step-in":                          "mmmmmmmmm +++++++++",
    "demo:step-in-as":                       "mmmmmmmmm !!!!!!!!!",
    # --- shared
    "shared:about":                          "......... mmmmmmmmm",
    "shared:accessibility":                  "......... mmmmmmmmm",
    "shared:components":                     "......... mmmmmmmmm",
    "shared:help":                           "......... mmmmmmmmm",
    "shared:protection":                     "......... mmmmmmmmm",
    "shared:theme":                          "......... mmmmmmmmm",
    "shared:feedback":                       "......... +++++++++",
    # --- overview
    "overview:home":                         "L........ Lmmmmmmmm",
    "overview:waiting":                      "L........ Lmmmmmmmm",
    "overview:search":                       "L........ Lmmmmmmmm",
    "overview:search, people":               "L........ Lmmmmmmmm",
    # --- people
    "people:units":                          "L......-. Lmmmmmmmm",
    "people:unit":                           "L......-. Lmmmmmmmm",
    "people:person":                         "L......-. Lmmmmmmmm",
    "people:person, closed":                 "L......-. Lmmmmmmmm",
    "people:account":                        "L........ L++++++++",
    "people:log":                            "L........ Lmmmmmmmm",
    "people:set-language":                   "mmmmmmmmm r++++++++",
    "people:toggle-shortcuts":               "Lmmmmmmmm L++++++++",
    "people:administration":                 "L-------. Lmmmmmmmm",
    "people:import-template":                "L-------. Lmmmmmmmm",
    "people:export-organisation":            "L-------. Lmmmmmmmm",
    "people:people":                         "L-------. Lmmmmmmmm",
    "people:admin-teams":                    "L-------. Lmmmmmmmm",
    "people:audit-log":                      "L-------. Lmmmmmmmm",
    "people:export-audit-log":               "L-------. Lmmmmmmmm",
    "people:outbox":                         "L-------. Lmmmmmmmm",
    "people:jobs":                           "L-------. Lmmmmmmmm",
    "people:retention":                      "L-------. Lmmmmmmmm",
    "people:disposal":                       "L-------. Lmmmmmmmm",
    "people:disposal-record":                "L-------. Lmmmmmmmm",
    "people:people, found":                  "L-------. Lmmmmmmmm",
    "people:people, closed":                 "L-------. Lmmmmmmmm",
    "people:import-lines, new":              "L-------. Lmmmmmmmm",
    "people:import-run, new":                "L-------. Lmmmmmmmm",
    "people:import":                         "L-------. L-------+",
    "people:import-run":                     "L-------. Lmmmmmmmm",
    "people:import-lines":                   "L-------. Lmmmmmmmm",
    "people:apply-import":                   "Lmmmmmmmm L-------+",
    "people:drop-import":                    "Lmmmmmmmm L-------+",
    "people:add-person":                     "L-------. L-------+",
    "people:edit-person":                    "L-------. L-------+",
    "people:give-role":                      "Lmmmmmmmm L-------+",
    "people:end-role":                       "Lmmmmmmmm L-------+",
    "people:deactivate-person":              "L-------. L-------+",
    "people:reactivate-person":              "Lmmmmmmmm L-------+",
    "people:create-team":                    "L-------. L-------+",
    "people:edit-team":                      "L-------. L-------+",
    "people:add-member":                     "Lmmmmmmmm L-------+",
    "people:change-chair":                   "Lmmmmmmmm L-------+",
    "people:end-member":                     "L-------. L-------+",
    "people:end-team":                       "L-------. L-------+",
    "people:send-mail-again":                "Lmmmmmmmm L-------+",
    "people:dispose":                        "L-------. L-------+",
    "people:change-retention":               "L-------. L-------+",
    # --- meetings: what they take up; the employee is a guest, the item is the member's
    "meetings:show":                         "L-....--- Lmmmmmmmm",
    "meetings:choose-item":                  "L-xx..--- Lmmmmmmmm",
    "meetings:add-item":                     "L-xx..--- L-xx++---",
    "meetings:call":                         "L-xx..--- L-xx++---",
    "meetings:show-item":                    "L-....--- Lmmmmmmmm",
    "meetings:show-item, hidden":            "L--...--- Lmmmmmmmm",
    "meetings:edit-item":                    "L-x...--- L-x+++---",
    "meetings:move-item":                    "Lmmmmmmmm L-xx++---",
    "meetings:mark-ready":                   "Lmmmmmmmm L-x+++---",
    "meetings:postpone-item":                "L-xx..--- L-xx++---",
    "meetings:remove-item":                  "L-xx..--- L-xx++---",
    "meetings:add-material":                 "Lmmmmmmmm L-x+++---",
    "meetings:remove-material":              "Lmmmmmmmm L-x+++---",
    "meetings:download-material":            "L-....--- Lmmmmmmmm",
    "meetings:download-material, hidden":    "L--...--- Lmmmmmmmm",
    "meetings:download-of-matter":           "L-....--- Lmmmmmmmm",
    # --- meetings: how a team plans its year
    "meetings:index":                       "L--...--x Lmmmmmmmm",
    "meetings:plan":                        "L--x..--x L--x++--x",
    "meetings:kinds":                       "L--...--x Lmmmmmmmm",
    "meetings:add-kind":                    "L--x..--x L--x++--x",
    "meetings:edit-kind":                   "L--x..--x L--x++--x",
    "meetings:end-kind":                    "L--x..--x L--x++--x",
    "meetings:add-standing-item":           "L--x..--x L--x++--x",
    "meetings:edit-standing-item":          "L--x..--x L--x++--x",
    "meetings:move-standing-item":          "Lmmmmmmmm L--x++--x",
    "meetings:remove-standing-item":        "Lmmmmmmmm L--x++--x",
    "meetings:rota":                        "L--...--x L--x++--x",
    "meetings:plan-series":                 "L--x..--x L--x++--x",
    "meetings:change-series":               "L--x..--x L--x++--x",
    "meetings:end-series":                  "L--x..--x L--x++--x",
    "meetings:change-meeting":              "L--x..--- L--x++---",
    "meetings:cancel-meeting":              "L--x..--- L--x++---",
    "meetings:swap-leaders":                "Lmmmmmmmm L--x++---",
    "meetings:skip-turn":                   "Lmmmmmmmm L--x++---",
    "meetings:wheel":                       "L--...--x Lmmmmmmmm",
    "meetings:start-wheel":                 "L--x..--x L--x++--x",
    "meetings:add-wheel-item":              "L--x..--x L--x++--x",
    "meetings:edit-wheel-item":             "L--x..--x L--x++--x",
    "meetings:change-wheel-year":           "L--x..--x L--x++--x",
    "meetings:end-wheel-item":              "L--x..--x L--x++--x",
    # --- meetings: minutes and the log over all of them; the employee was a guest, the member checks
    "meetings:minutes":                      "L-....--- Lmmmmmmmm",
    "meetings:minutes, being written":       "L-....--- Lmmmmmmmm",
    "meetings:minutes, waiting":             "L-....--- Lmmmmmmmm",
    "meetings:begin-minutes":                "Lmmmmmmmm L-xx++---",
    "meetings:edit-section":                 "L-xx..--- L-xx++---",
    "meetings:correct-attendance":           "L-xx..--- L-xx++---",
    "meetings:hand-over-minutes":            "L-xx..--- L-xx++---",
    "meetings:correct-minutes":              "L-xx..--- L-xx++---",
    "meetings:register-minutes":             "L-xx..--- L-xx++---",
    "meetings:approve-minutes":              "Lmmmmmmmm L--xx+---",
    "meetings:check-minutes":                "Lmmmmmmmm L--+xx---",
    "meetings:send-back-minutes":            "L--.x.--- L--+x+---",
    "meetings:minutes-version":              "L-....--- Lmmmmmmmm",
    "meetings:verify-minutes":               "L-....--- Lmmmmmmmm",
    "meetings:minutes-pdf":                  "L-x...--- Lmmmmmmmm",
    "meetings:minutes-word":                 "L-x...--- Lmmmmmmmm",
    "meetings:minutes-word, extract":        "L-....--- Lmmmmmmmm",
    "meetings:minutes-content":              "L-x...--- Lmmmmmmmm",
    "meetings:prepare-minutes-pdf":          "Lmmmmmmmm L-x+++---",
    "meetings:minutes-attachment":           "L-....--- Lmmmmmmmm",
    "meetings:minutes-attachment, hidden":   "L--...--- Lmmmmmmmm",
    "meetings:log":                          "L--...--x Lmmmmmmmm",
    "meetings:export-log":                   "L--...--x Lmmmmmmmm",
    "meetings:archive-minutes":              "Lmmmmmmmm L--x+x--x",
    "meetings:take-up-parked":               "Lmmmmmmmm L--x++--x",
    "meetings:park-again":                   "Lmmmmmmmm L--x++--x",
    # --- meetings: advice, drafts, pulse; somebody of another team and the member are asked
    "meetings:advice":                       "L.-...--- L+-!!!---",
    "meetings:advice, hidden":               "L--...--- L--+!!---",
    "meetings:decline-advice":               "Lmmmmmmmm L+-rrr---",
    "meetings:ask-advice":                   "L--...--- L--+++---",
    "meetings:propose-agenda":               "L--x..--- L--x++---",
    "meetings:pulse":                        "L--.----- L--+-----",
    # --- meetings: one's own calendar
    "meetings:calendar-settings":            "L........ Lmmmmmmmm",
    "meetings:make-calendar-key":            "Lmmmmmmmm L++r+++++",  # the member's page showed no address
    "meetings:revoke-calendar-key":          "Lmmmmmmmm Lrr+rrrrr",
    "meetings:choose-invitations":           "Lmmmmmmmm L++++++++",
    "meetings:calendar-feed":                "......... mmmmmmmmm",  # of the member, by the secret
    "meetings:calendar-feed, wrong":         "--------- mmmmmmmmm",
    # --- matters
    "matters:mine":                          "L........ Lmmmmmmmm",
    "matters:left-behind":                   "L........ Lmmmmmmmm",
    "matters:choose-team":                   "L......-. Lmmmmmmmm",
    "matters:teams":                         "Lr....... Lmmmmmmmm",
    "matters:suggest-people":                "L........ Lmmmmmmmm",
    "matters:suggest-units":                 "L........ Lmmmmmmmm",
    "matters:team":                          "L--...--. Lmmmmmmmm",
    "matters:mirror":                        "L--...--x Lmmmmmmmm",
    "matters:queue":                         "L--...--x Lmmmmmmmm",
    "matters:all":                           "L--...--x Lmmmmmmmm",
    "matters:write":                         "L......-. L++++++-+",
    "matters:archive":                       "Lmmmmmmmm L--x+x--x",
    "matters:all, found":                    "L--...--x Lmmmmmmmm",
    "matters:choose-team, found":            "L......-. Lmmmmmmmm",
    "matters:team, of others":               "L.------. Lmmmmmmmm",
    "matters:show, draft":                   "L-------- Lmmmmmmmm",
    "matters:show, inbox":                   "L--...--- Lmmmmmmmm",
    "matters:show, more_asked":              "L--...--- Lmmmmmmmm",
    "matters:show, queued":                  "L--...--- Lmmmmmmmm",
    "matters:show, handed_over":             "L--...--- Lmmmmmmmm",
    "matters:show, preparing":               "L--...--- Lmmmmmmmm",
    "matters:show, prepared":                "L--...--- Lmmmmmmmm",
    "matters:show, decided":                 "L--...--- Lmmmmmmmm",
    "matters:show, informed":                "L--...--- Lmmmmmmmm",
    "matters:show, declined":                "L--...--- Lmmmmmmmm",
    "matters:show, answered":                "L--...--- Lmmmmmmmm",
    "matters:show, withdrawn":               "L--...--- Lmmmmmmmm",
    "matters:show, secret":                  "L--...--- Lmmmmmmmm",
    "matters:show, of employee":             "L-....--- Lmmmmmmmm",
    "matters:show, draft of employee":       "L-r------ Lmmmmmmmm",
    "matters:show, with employee":           "L-....--- Lmmmmmmmm",
    "matters:show, to the committee":        "L-....--- Lmmmmmmmm",
    "matters:show, asked":                   "L--...--- Lmmmmmmmm",
    "matters:show, refused":                 "L--...--- Lmmmmmmmm",
    "matters:show, answered once":           "L--...--- Lmmmmmmmm",
    "matters:show, closed long ago":         "L--...--- Lmmmmmmmm",
    "matters:show, of others":               "L.------- Lmmmmmmmm",
    "matters:show, moved away in secret":    "L.------- Lmmmmmmmm",
    "matters:show, left behind":             "L-.------ Lmmmmmmmm",
    "matters:find":                          "L--rrr--- Lmmmmmmmm",
    "matters:take-up":                       "L--x..--- L--x++---",
    "matters:decide-now":                    "L--.x.--- L--!x+---",
    "matters:hand-over":                     "L--x..--- L--x++---",
    "matters:hand-to-team":                  "L--x..--- L--x++---",
    "matters:prepare":                       "L--x..--- L--x++---",
    "matters:ask-for-more":                  "L--x..--- L--x++---",
    "matters:decline":                       "L--x..--- L--x++---",
    "matters:send-out":                      "L--x..--- L--x++---",
    "matters:mark-secret":                   "L--x..--- L--x++---",
    "matters:lift-secrecy":                  "Lmmmmmmmm L--xrr---",
    "matters:edit":                          "L-.xxx--- L-+xxx---",
    "matters:withdraw":                      "Lmmmmmmmm L-+xxx---",
    "matters:preview":                       "L-.------ Lmmmmmmmm",
    "matters:hand-in":                       "Lmmmmmmmm L-+------",
    "matters:hand-in-directly":              "Lmmmmmmmm L-r------",
    "matters:change-team":                   "Lmmmmmmmm L-+------",
    "matters:delete-draft":                  "Lmmmmmmmm L-+------",
    "matters:handed-in":                     "L-....--- Lmmmmmmmm",
    "matters:receive":                       "Lmmmmmmmm L-+xxx---",
    "matters:answer":                        "Lmmmmmmmm L-+xxx---",
    "matters:hand-back":                     "Lmmmmmmmm L-+xxx---",
    "matters:take-back":                     "Lmmmmmmmm L-xx++---",
    "matters:undo":                          "Lmmmmmmmm L-xx++---",
    "matters:finish-preparation":            "Lmmmmmmmm L-+x++---",
    "matters:download, inbox":               "L--...--- Lmmmmmmmm",
    "matters:download, draft":               "L-------- Lmmmmmmmm",
    # --- decisions
    "decisions:index":                       "L--...--. Lmmmmmmmm",
    "decisions:export-log":                  "L--...--. Lmmmmmmmm",
    "decisions:archive":                     "Lmmmmmmmm L--x+x--x",
    "decisions:report-to-committee":         "L--...--x L--...--x",
    "decisions:export-report":               "L--...--x Lmmmmmmmm",
    "decisions:action-list":                 "L-....--. L-x+++--x",
    "decisions:index, found":                "L--...--. Lmmmmmmmm",
    "decisions:action-list, done":           "L-....--. L-x...--x",
    "decisions:action-list, of others":      "L.------. L.------x",
    "decisions:show, plain":                 "L.....--- Lmmmmmmmm",
    "decisions:show, secret":                "L--...--- Lmmmmmmmm",
    "decisions:show, marked":                "L--...--- Lmmmmmmmm",
    "decisions:show, old":                   "L--...--- Lmmmmmmmm",
    "decisions:show, of others":             "L.------- Lmmmmmmmm",
    "decisions:replace-decision":            "Lxxxx.--- Lxxxx+---",
    "decisions:report-progress":             "Lmmmmmmmm Lx+x++---",
    "decisions:follow-effect":               "Lmmmmmmmm L--+++---",
    "decisions:move-due":                    "Lmmmmmmmm Lx+x++---",
    "decisions:register-decision":           "Lmmmmmmmm Lxxx+x---",
    "decisions:create-action":               "Lmmmmmmmm Lx++++---",
    "decisions:take-on":                     "Lmmmmmmmm Lx+xxx---",
    "decisions:confirm-receipt":             "Lmmmmmmmm L+xxxx---",
    "decisions:undo-decision":               "Lmmmmmmmm Lxxxx+---",
    "decisions:reopen-decision":             "Lmmmmmmmm L--+++---",
    "decisions:review-decision":             "Lmmmmmmmm L--xx+---",
    "decisions:show-action":                 "L-....--- L-+x++---",
    "decisions:complete-action":             "Lmmmmmmmm L-+x++---",
    "decisions:reopen-action":               "Lmmmmmmmm L--+++---",
    "decisions:withdraw-action":             "Lmmmmmmmm L-+x++---",
    # --- meetings: while they go on; the employee is a guest
    "meetings:live":                         "L-....--- Lmmmmmmmm",
    "meetings:live, secret item":            "L-....--- Lmmmmmmmm",
    "meetings:live-room":                    "L-....--- Lmmmmmmmm",
    "meetings:live-room, secret item":       "L-....--- Lmmmmmmmm",
    "meetings:live-state":                   "L-....--- Lmmmmmmmm",
    "meetings:open":                         "Lmmmmmmmm L--x++---",
    "meetings:end":                          "L-xx..--- L-xx++---",
    "meetings:move-group":                   "Lmmmmmmmm L-xx++---",
    "meetings:put-off-item":                 "Lmmmmmmmm L-xx++---",
    "meetings:return-item":                  "Lmmmmmmmm L-xx++---",
    "meetings:record-note":                  "Lmmmmmmmm L-++++---",
    "meetings:park-question":                "Lmmmmmmmm L-++++---",
    "meetings:record-action":                "Lmmmmmmmm L-x+++---",
    "meetings:record-decision":              "Lmmmmmmmm L-rr++---",
    "meetings:change-entry":                 "L-x...--- L-x+++---",
    "meetings:remove-entry":                 "Lmmmmmmmm L-x+++---",
    "meetings:restore-entry":                "Lmmmmmmmm L-x+++---",
    "meetings:withdraw-action":              "L-x...--- L-x+++---",
    "meetings:open-round":                   "Lmmmmmmmm L-xx++---",
    "meetings:show-round":                   "Lmmmmmmmm L-xx++---",
    "meetings:take-position":                "Lmmmmmmmm L-++++---",
    "meetings:signal-ready":                 "Lmmmmmmmm L-++++---",
    "meetings:attendance":                   "L-xx..--- L-xx++---",
    "meetings:note-presence":                "Lmmmmmmmm L-xx++---",
    "meetings:note-own-presence":            "Lmmmmmmmm L-++++---",
    "meetings:exclude":                      "L-xx..--- L-xx++---",
    "meetings:readmit":                      "Lmmmmmmmm L-xx++---",
    # --- mandates
    "mandates:show":                         "L--...--. Lmmmmmmmm",
    "mandates:versions":                     "L--...--. Lmmmmmmmm",
    "mandates:compare":                      "L--...--. Lmmmmmmmm",
    "mandates:archive":                      "Lmmmmmmmm L--x+x--x",
    "mandates:check":                        "L--...--- Lmmmmmmmm",
    "mandates:keep-mandate":                 "Lmmmmmmmm L--xx+--x",
    "mandates:discard-draft":                "L--xx.--x L--xx+--x",
    "mandates:propose-mandate":              "Lmmmmmmmm L--xx+--x",
    "mandates:rules":                        "L--...--x Lmmmmmmmm",
    "mandates:add-rule":                     "L--...--x L--+++--x",
    "mandates:change-rule":                  "L--...--x L--+++--x",
    "mandates:move-rule":                    "Lmmmmmmmm L--+++--x",
    "mandates:remove-rule":                  "L--...--x L--+++--x",
    "mandates:reopen-rule":                  "L--...--. L--rrr--x",
    "mandates:answer":                       "L--...--x L--+++--x",
    "mandates:proposal":                     "L--...--- Lmmmmmmmm",
    "mandates:confirm-mandate":              "Lmmmmmmmm L--+x+--x",
    "mandates:ask-for-change":               "Lmmmmmmmm L--+x+--x",
    "mandates:withdraw-proposal":            "Lmmmmmmmm L--xx+--x",
    "mandates:adopt-mandate":                "Lmmmmmmmm L--xxr--x",
    "mandates:compare, both":                "L--...--! Lmmmmmmmm",
    "mandates:check, of others":             "L.------- Lmmmmmmmm",
    "mandates:show, proposed":               "L--...--. Lmmmmmmmm",
    "mandates:start-draft":                  "L--...--x L--+++--x",
    "mandates:version, adopted":             "L--...--. Lmmmmmmmm",
    "mandates:version, draft":               "L--...--- Lmmmmmmmm",
    "mandates:version, proposed":            "L--...--- Lmmmmmmmm",
    "mandates:schemes":                      "L........ Lmmmmmmmm",
    "mandates:scheme":                       "L........ Lmmmmmmmm",
    "mandates:scheme-history":               "L........ Lmmmmmmmm",
    "mandates:scheme-workbook":              "Lxxxxxxx. Lmmmmmmmm",
    "mandates:scheme-version":               "L........ Lmmmmmmmm",
    "mandates:withdraw-scheme":              "Lxxxxxxx. Lxxxxxxx+",
    "mandates:read-scheme":                  "Lxxxxxxx. Lxxxxxxx+",
    "mandates:scheme-template":              "Lxxxxxxx. Lmmmmmmmm",
    "mandates:review-scheme":                "Lxxxxxxx. Lmmmmmmmm",
    "mandates:put-in-force":                 "Lmmmmmmmm Lxxxxxxx+",
    "mandates:drop-waiting-scheme":          "Lmmmmmmmm Lxxxxxxx+",
    # --- climate, answering: by a link, and whoever is signed in is nobody
    "climate:enter":                         "......... !!!!!!!!!",
    "climate:answer-start":                  "......... mmmmmmmmm",
    "climate:answer-question":               "......... rrrrrrrrr",
    "climate:answer-text":                   "......... rrrrrrrrr",
    "climate:answer-check":                  "rrrrrrrrr mmmmmmmmm",
    "climate:answer-send":                   "mmmmmmmmm rrrrrrrrr",
    "climate:answer-done":                   "rrrrrrrrr mmmmmmmmm",
    "climate:answer-start, used":            "......... mmmmmmmmm",
    "climate:answer-question, used":         "......... rrrrrrrrr",
    "climate:answer-text, used":             "......... rrrrrrrrr",
    "climate:answer-check, used":            "......... mmmmmmmmm",
    "climate:answer-send, used":             "mmmmmmmmm rrrrrrrrr",
    "climate:answer-done, used":             "......... mmmmmmmmm",
    "climate:answer-start, guessed":         "--------- mmmmmmmmm",
    "climate:answer-send, guessed":          "mmmmmmmmm ---------",
    # --- climate, planning: about the team, whose chair plans; its members are invited
    "climate:index":                         "L........ Lmmmmmmmm",
    "climate:new-round":                     "L..xx..-x L!!xx++-x",
    "climate:round":                         "L----..-. Lmmmmmmmm",
    "climate:round, open":                   "L----..-. Lmmmmmmmm",
    "climate:edit-round":                    "L----..-x L----++-x",
    "climate:launch":                        "Lmmmmmmmm L----++-x",
    "climate:stop":                          "L----..-x L----++-x",
    "climate:stop, open":                    "L----..-x L----++-x",
    "climate:slips":                         "L----..-x L----!!-x",
    "climate:send-link":                     "Lmmmmmmmm L--+-+---",
    # --- load
    "load:index":                            "L......-. Lmmmmmmmm",
    "load:unit":                             "L......-. Lmmmmmmmm",
    "load:enter-claim":                      "Lx.xx..-x Lx+xx++-x",
    "load:change-claim":                     "Lx.xx..-x Lx+xx++-x",
    "load:remove-claim":                     "Lx.xx..-x Lx+xx++-x",
    # --- climate, reports
    "climate:report-csv":                    "L-.--..-. Lmmmmmmmm",
    "climate:report-data":                   "L-.--..-. Lmmmmmmmm",
    "climate:report-picture":                "L-.--..-. Lmmmmmmmm",
    "climate:team-report-csv":               "L--....-. Lmmmmmmmm",
    "climate:team-report-data":              "L--....-. Lmmmmmmmm",
    "climate:team-report-picture":           "L--....-. Lmmmmmmmm",
    "climate:certificate":                   "L-.--..-. Lmmmmmmmm",
    "climate:check-release":                 "Lmmmmmmmm L-x--x+-+",
    "climate:report":                        "L-.--..-. Lmmmmmmmm",
    "climate:conversation":                  "L-.--..-. L-x--+x-x",
    "climate:said-and-done":                 "L-x--..-x L-x--++-x",
    "climate:change-told":                   "L-x--..-x L-x--++-x",
    "climate:take-back-told":                "Lmmmmmmmm L-x--++-x",
    "climate:team-report":                   "L--....-. Lmmmmmmmm",
    "climate:team-conversation":             "L--....-. L--xx+x-x",
    "climate:team-said-and-done":            "L--xx..-x L--xx++-x",
    "climate:team-change-told":              "L--xx..-x L--xx++-x",
    "climate:team-take-back-told":           "Lmmmmmmmm L--xx++-x",
    "climate:benchmarks":                    "L......-. Lxxxxx+-x",
    # --- climate: questionnaires, others' results, feedback, 360, how people work best; the coach was let in
    "climate:instruments":                   "L......-. Lmmmmmmmm",
    "climate:instrument":                    "L......-. Lmmmmmmmm",
    "climate:instrument, draft":             "L-----.-- Lmmmmmmmm",
    "climate:preview-question":              "L......-. Lmmmmmmmm",
    "climate:compose":                       "Lxxxxx.-x Lxxxxx+-x",
    "climate:edit-instrument":               "Lxxxxx.-x Lxxxxx+-x",
    "climate:make-instrument-ready":         "Lmmmmmmmm Lxxxxx+-x",
    "climate:begin-version":                 "Lmmmmmmmm Lxxxxx+-x",
    "climate:discard-instrument":            "Lmmmmmmmm Lxxxxx+-x",
    "climate:retire-instrument":             "Lmmmmmmmm Lxxxxx+-x",
    "climate:external-results":              "L......-. Lmmmmmmmm",
    "climate:record-result":                 "L..xx..-x L!+xx++-x",
    "climate:import-results":                "L..xx..-x L!+xx++-x",
    "climate:results-template":              "L..xx..-x Lmmmmmmmm",
    "climate:remove-result":                 "Lmmmmmmmm L-----+--",
    "climate:conditions":                    "L......-. Lmmmmmmmm",
    "climate:conditions, of the office":     "Lxx....-x Lmmmmmmmm",
    "climate:feedback":                      "L........ Lmmmmmmmm",
    "climate:ask-feedback":                  "L......-. L++++++-+",
    "climate:give-feedback":                 "L-.------ L-+------",
    "climate:decline-feedback":              "Lmmmmmmmm L-+------",
    "climate:feedback-request":              "L--.---.- Lmmmmmmmm",
    "climate:close-feedback":                "Lmmmmmmmm L--+---x-",
    "climate:share-feedback":                "Lmmmmmmmm L--+---x-",
    "climate:stop-sharing-feedback":         "Lmmmmmmmm L--+---x-",
    "climate:reviews":                       "L........ Lmmmmmmmm",
    "climate:new-review":                    "Lx.xx.xxx Lx+xx+xxx",
    "climate:edit-review":                   "L----.--- L----+---",
    "climate:start-review":                  "Lmmmmmmmm L----+---",
    "climate:stop-review":                   "Lmmmmmmmm L----+---",
    "climate:share-review":                  "Lmmmmmmmm L-+----x-",
    "climate:stop-sharing-review":           "Lmmmmmmmm L-+----x-",
    "climate:review, planned":               "L----.--- Lmmmmmmmm",
    "climate:review, shown":                 "L-.----.- Lmmmmmmmm",
    "climate:give-feedback, given":          "L---.---- L---!----",
    "climate:ways":                          "L......-. Lmmmmmmmm",
    "climate:edit-way":                      "L......-. L++++++-+",
    "climate:take-down-way":                 "Lmmmmmmmm Lrr+rrr-r",
    "climate:ways-of-team":                  "L--...--- Lmmmmmmmm",
    "climate:ways-of-unit":                  "L-.------ Lmmmmmmmm",
}
# fmt: on
SIGN_IN = "/konto/inloggning/?next="
LETTERS = {200: ".", 302: "r", 403: "x", 404: "-", 405: "m", 400: "!", 401: "!", 409: "!", 422: "!"}
QUICK = override_settings(
    CACHES={"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}},
    STORAGES={
        "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    },
)


@pytest.fixture(scope="module")
def scene(django_db_setup: None, django_db_blocker: DjangoDbBlocker) -> Iterator[Scene]:
    """Built once; gone when the module's tests are done."""
    with django_db_blocker.unblock(), QUICK, transaction.atomic():
        yield build()
        transaction.set_rollback(True)


def letter(answer: HttpResponseBase) -> str:
    if answer.status_code == 302 and answer.headers["Location"].startswith(SIGN_IN):
        return "L"
    return LETTERS[answer.status_code]


def browser(scene: Scene, role: str) -> Visitor:
    return Visitor(Client() if role == "visitor" else signed_in(scene[role]))


@pytest.mark.parametrize("role", ROLES)
def test_walk(scene: Scene, role: str) -> None:
    cache.clear()  # what is limited by the hour is not used up by those who walked before
    health.forget()  # nor is what another test found to be wrong remembered
    visitor, place = browser(scene, role), ROLES.index(role)
    met: dict[str, str] = {}
    read: dict[str, str] = {}
    before, writes = fingerprint(), Writes()
    with connection.execute_wrapper(writes):
        for line, (url, sent) in lines(scene).items():
            letters = ""
            for method in ("GET", "POST"):
                writes.are_any = False
                with rolled_back():
                    answer = visitor.ask(method, url, sent)
                    body = text_of(answer)
                    has_changed = writes.are_any and fingerprint() != before
                letters += "+" if has_changed else letter(answer)
                read |= {word: f"{method} {line}" for word in scene.secrets if word in body}
            met[line] = letters
    expected = {line: row.split()[0][place] + row.split()[1][place] for line, row in TABLE.items()}
    assert met == expected
    may_read = {word for word, readers in scene.secrets.items() if role in readers}
    leaks = {word: where for word, where in read.items() if word not in may_read}
    assert leaks == {}
    # What could not be met by anybody would prove nothing.
    assert may_read - set(read) == set()


def test_every_address_of_the_product_is_walked() -> None:
    assert {line.split(",")[0] for line in TABLE} == {name for name, _url in patterns(get_resolver())}


def test_only_a_post_changes_anything() -> None:
    assert [line for line, row in TABLE.items() if "+" in row.split()[0]] == []


def test_whoever_may_not_come_in_changes_nothing() -> None:
    """Where a page is not found, or is somebody else's, a POST to it is refused as well."""
    wrong = []
    for line, row in TABLE.items():
        for got, posted in zip(*row.split(), strict=True):
            if got in "L-x" and posted == "+" and line.split(":")[-1] != "set-language":
                wrong.append((line, got, posted))
    assert wrong == []
