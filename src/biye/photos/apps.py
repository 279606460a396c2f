"""毕业照片: registration with Django."""

from biye.machinery.apps import PackageConfig


class PhotosConfig(PackageConfig):
    name = "biye.photos"
    label = "photos"
