from importlib import import_module

from django.apps import AppConfig


class MeetingsConfig(AppConfig):
    name = "styrfart.meetings"
    verbose_name = "Möten"

    def ready(self) -> None:
        """The log has words for it; room and mirror show it; what is undone elsewhere is undone here."""
        from styrfart.decisions.actions import ON_UNDO, ON_WITHDRAW  # noqa: PLC0415  # models are ready only now
        from styrfart.matters import parts  # noqa: PLC0415  # models are ready only now
        from styrfart.meetings import findings, room  # noqa: PLC0415  # models are ready only now
        from styrfart.meetings.actions import (  # noqa: PLC0415  # models are ready only now
            follow_undone_decision,
            follow_withdrawn_action,
        )
        from styrfart.meetings.actions.minutes_letters import withhold_told  # noqa: PLC0415  # so too
        from styrfart.meetings.actions.notice import withhold_notices  # noqa: PLC0415  # models are ready only now
        from styrfart.shared.mail import ON_WITHHOLD  # noqa: PLC0415  # models are ready only now

        ON_UNDO.append(follow_undone_decision)
        ON_WITHDRAW.append(follow_withdrawn_action)
        ON_WITHHOLD.append(withhold_notices)
        ON_WITHHOLD.append(withhold_told)
        parts.ROOM.append(room.room_part)
        parts.MATTER.append(room.matter_part)
        parts.MIRROR.append(findings.mirror_part)
        import_module("styrfart.meetings.deeds")
        import_module("styrfart.meetings.jobs")
        import_module("styrfart.meetings.disposal")
