from django.core.cache import caches
from django.core.cache.backends.locmem import LocMemCache


class MemoryCache(LocMemCache):
    """In memory, but for what allauth keeps: it counts sign-ins in `default`, and all processes count together."""

    def holder(self, key):
        return caches["shared"] if key.startswith("allauth") else super()

    def add(self, key, *args, **kwargs):
        return self.holder(key).add(key, *args, **kwargs)

    def get(self, key, *args, **kwargs):
        return self.holder(key).get(key, *args, **kwargs)

    def set(self, key, *args, **kwargs):
        return self.holder(key).set(key, *args, **kwargs)

    def delete(self, key, *args, **kwargs):
        return self.holder(key).delete(key, *args, **kwargs)
