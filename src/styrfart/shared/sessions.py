"""Sessions in the database as Django keeps them, read by a query that is compiled once: every page asks."""

import datetime as dt

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.utils import timezone

from styrfart.shared.prepared import PreparedObjects


class SessionStore(db.SessionStore):
    """Django's own, but for how a session is fetched."""

    def _get_session_from_db(self) -> Session | None:
        found = _SESSION.first(key=self.session_key, now=timezone.now()) if self.session_key else None
        if found is None:
            self._session_key = None
        return found


_SESSION: PreparedObjects[Session] = PreparedObjects(
    lambda key, now: Session.objects.filter(session_key=key, expire_date__gt=now), key=str, now=dt.datetime
)
