"""学生办理: registration with Django."""

from biye.machinery.apps import PackageConfig


class CaseworkConfig(PackageConfig):
    name = "biye.casework"
    label = "casework"
