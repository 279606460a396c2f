"""学籍: registration with Django."""

from biye.machinery.apps import PackageConfig


class RecordsConfig(PackageConfig):
    name = "biye.records"
    label = "records"
