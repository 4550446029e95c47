"""Post: consignments and the custody of originals."""

from django.apps import AppConfig


class PostConfig(AppConfig):
    name = "motcua.contexts.post"
    label = "post"
    verbose_name = "Bưu chính"

    def ready(self) -> None:
        from motcua.contexts.post.queries.holdings import ParcelsHeld
        from motcua.kernel import holdings

        holdings.register_holder("post", ParcelsHeld())
