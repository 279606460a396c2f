"""导入导出: registration with Django."""

from biye.machinery.apps import PackageConfig


class ExchangeConfig(PackageConfig):
    name = "biye.machinery.exchange"
    label = "exchange"
