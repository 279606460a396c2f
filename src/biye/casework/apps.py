"""学生办理: registration with Django."""

from importlib import import_module

from biye.machinery.apps import PackageConfig


class CaseworkConfig(PackageConfig):
    name = "biye.casework"
    label = "casework"

    def ready(self) -> None:
        """What listens when the storeys below change what students are shown."""
        import_module("biye.casework.actions.listening")
