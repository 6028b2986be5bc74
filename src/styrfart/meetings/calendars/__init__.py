"""Meetings as calendars see them: `events` says what there is, `writing` puts it as iCalendar (RFC 5545)."""
