"""Notifications: the inbox, and word by mail and SMS."""

from django.apps import AppConfig


class NotificationsConfig(AppConfig):
    name = "motcua.contexts.notifications"
    label = "notifications"
    verbose_name = "Thông báo"

    def ready(self) -> None:
        from motcua.contexts.notifications.actions.ending import MessagesEnd
        from motcua.contexts.notifications.adapters.holdings import MessagesHeld, tally
        from motcua.kernel import holdings

        holdings.register_holder("notifications", MessagesHeld())
        holdings.register_tally("notifications", tally)
        holdings.register_disposal(MessagesEnd())
