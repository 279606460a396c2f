"""毕业资格审查: registration with Django."""

from importlib import import_module

from biye.machinery.apps import PackageConfig


class AuditConfig(PackageConfig):
    name = "biye.audit"
    label = "audit"

    def ready(self) -> None:
        """What the storeys below ask before they take something back."""
        import_module("biye.audit.actions.import_guard")
