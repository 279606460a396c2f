"""后台任务: registration with Django."""

from biye.machinery.apps import PackageConfig


class JobsConfig(PackageConfig):
    name = "biye.machinery.jobs"
    label = "jobs"
