"""后台任务: registration with Django."""

from django.utils.module_loading import autodiscover_modules

from biye.machinery.apps import PackageConfig


class JobsConfig(PackageConfig):
    name = "biye.machinery.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Every package's `tasks.py` names its kinds of work."""
        super().ready()
        autodiscover_modules("tasks")
