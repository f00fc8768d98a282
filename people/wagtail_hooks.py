from wagtail import hooks

from .viewsets import keep_people, keep_person

hooks.register("before_delete_user", keep_person)
hooks.register("before_bulk_action", keep_people)
