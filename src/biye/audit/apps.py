"""毕业资格审查: registration with Django."""

from biye.machinery.apps import PackageConfig


class AuditConfig(PackageConfig):
    name = "biye.audit"
    label = "audit"
