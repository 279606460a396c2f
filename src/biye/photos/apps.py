"""毕业照片: registration with Django."""

from importlib import import_module

from biye.machinery.apps import PackageConfig


class PhotosConfig(PackageConfig):
    name = "biye.photos"
    label = "photos"

    def ready(self) -> None:
        """What is written again when an import is taken back."""
        import_module("biye.photos.actions.following")
