"""应用登记: how a package of tables is made known to Django."""

from importlib import import_module
from pkgutil import iter_modules

from django.apps import AppConfig


class PackageConfig(AppConfig):
    """A domain package: its tables are found in `models/`, one file a table, because `__init__` files stay empty."""

    default = False

    def import_models(self) -> None:
        super().import_models()
        if self.models_module:
            for module in iter_modules(self.models_module.__path__, f"{self.models_module.__name__}."):
                import_module(module.name)
