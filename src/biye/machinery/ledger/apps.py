"""操作留痕: registration with Django."""

from biye.machinery.apps import PackageConfig


class LedgerConfig(PackageConfig):
    name = "biye.machinery.ledger"
    label = "ledger"
