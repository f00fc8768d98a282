"""The permission matrix of /admin/: which roles receive a page in each of its areas."""

from .permissions import ADMIN, COORDINATORS, SEE_EVERYONE, STAFF, WRITERS, each
from .roles import Role

# The areas of /admin/, by the first part of the name of their addresses: who gets a page there.
ADMIN_AREAS = {
    # what a page is written with
    **each(
        {
            "wagtail_bulk_action",
            "wagtail_localize",
            "wagtailadmin_account",
            "wagtailadmin_api",
            "wagtailadmin_block_preview",
            "wagtailadmin_choose_page",
            "wagtailadmin_choose_page_anchor_link",
            "wagtailadmin_choose_page_child",
            "wagtailadmin_choose_page_chosen_multiple",
            "wagtailadmin_choose_page_email_link",
            "wagtailadmin_choose_page_external_link",
            "wagtailadmin_choose_page_phone_link",
            "wagtailadmin_choose_page_search",
            "wagtailadmin_dismissibles",
            "wagtailadmin_editing_sessions",
            "wagtailadmin_explore",
            "wagtailadmin_explore_results",
            "wagtailadmin_explore_root",
            "wagtailadmin_home",
            "wagtailadmin_logout",
            "wagtailadmin_pages",
            "wagtailadmin_reports",
            "wagtailadmin_tag_autocomplete",
            "wagtailadmin_tag_model_autocomplete",
            "wagtailadmin_workflows",
            "wagtaildocs",
            "wagtaildocs_chooser",
            "wagtailembeds",
            "wagtailimages",
            "wagtailimages_chooser",
            "wagtailmedia",
            "wagtailsnippetchoosers_home_contact",
            "wagtailsnippetchoosers_home_topic",
            "wagtailsnippets",
        },
        WRITERS,
    ),
    # Whoever opens these choices is shown only the rows of the people they see.
    **each(
        {
            "wagtailsnippetchoosers_courses_edition",
            "wagtailsnippetchoosers_courses_enrolment",
            "wagtailsnippetchoosers_certification_scheme",
            "wagtailsnippetchoosers_events_registration",
            "wagtailsnippetchoosers_events_session",
            "wagtailsnippetchoosers_people_cohort",
            "wagtailsnippetchoosers_people_organisation",
        },
        WRITERS,
    ),
    "wagtailsnippets_certification_scheme": SEE_EVERYONE,
    "wagtailsnippets_events_session": STAFF,
    "wagtailsnippets_events_registration": COORDINATORS,
    "wagtailsnippets_people_cohort": COORDINATORS,
    "wagtailsnippets_people_organisation": ADMIN,
    "wagtailsnippets_courses_edition": COORDINATORS,
    "wagtailsnippets_courses_enrolment": COORDINATORS,
    "wagtailsnippets_home_contact": {Role.EDITOR, *ADMIN},
    "wagtailsnippets_home_topic": {Role.EDITOR, *ADMIN},
    **each(
        {
            "site_history",
            "site_history_results",
            "wagtailadmin_collections",
            "wagtailadmin_error_test",
            "wagtaillocales",
            "wagtailredirects",
            "wagtailsettings",
            "wagtailsites",
            "wagtailusers_groups",
            "wagtailusers_users",
        },
        ADMIN,
    ),
}
# Asked before anybody signs in: they tell nothing about the site or its people.
ADMIN_OPEN = {
    "door",
    "wagtailadmin_javascript_catalog",
    "wagtailadmin_login",
    "wagtailadmin_password_reset",
    "wagtailadmin_password_reset_complete",
    "wagtailadmin_password_reset_confirm",
    "wagtailadmin_password_reset_done",
    "wagtailadmin_sprite",
}
