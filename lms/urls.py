from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path, re_path
from wagtail import urls as wagtail_urls
from wagtail.admin import urls as wagtailadmin_urls
from wagtail.documents import urls as wagtaildocs_urls

from home.interface import route as _
from home.views import help_me, media, offline, page, topic
from people.limits import too_many
from people.views import second_factor
from people.views.devices import devices
from people.views.sign_in import ask_for_code, door, sign_in
from people.viewsets import history

# allauth asks for it by this name.
handler429 = too_many

sign_in_urls = [
    path("login/", sign_in, name="account_login"),
    path("login/code/", ask_for_code, name="account_request_login_code"),
    path("sessions/", devices, name="usersessions_list"),
    path("reauthenticate/", second_factor.ReauthenticatePassword.as_view(), name="account_reauthenticate"),
    path("2fa/authenticate/", second_factor.Authenticate.as_view(), name="mfa_authenticate"),
    path("2fa/reauthenticate/", second_factor.Reauthenticate.as_view(), name="mfa_reauthenticate"),
    path("2fa/totp/activate/", second_factor.ActivateTOTP.as_view(), name="mfa_activate_totp"),
    path("2fa/webauthn/add/", second_factor.AddPasskey.as_view(), name="mfa_add_webauthn"),
    path(
        "2fa/webauthn/reauthenticate/",
        second_factor.ReauthenticatePasskey.as_view(),
        name="mfa_reauthenticate_webauthn",
    ),
    path("2fa/recovery-codes/", second_factor.RecoveryCodes.as_view(), name="mfa_view_recovery_codes"),
]

urlpatterns = [
    path("", include("home.urls")),
    path("", include("certification.public_urls")),
    path("", include("people.public_urls")),
    path("", include("events.public_urls")),
    path("admin/login/", door, name="door"),
    path("admin/reports/site-history/", history(), name="site_history"),
    path("admin/reports/site-history/results/", history(results_only=True), name="site_history_results"),
    path("admin/", include(wagtailadmin_urls)),
    path("documents/", include(wagtaildocs_urls)),
]

if settings.DEMO:
    urlpatterns += [path("media/<path:path>", media)]

urlpatterns += i18n_patterns(
    path(_("account/"), include(sign_in_urls)),
    path(_("account/"), include("allauth.urls")),
    path(_("topics/<slug:slug>/"), topic, name="topic"),
    path(_("help-me/"), help_me, name="help"),
    path(_("offline/"), offline, name="offline"),
    path("", include("people.urls")),
    path("", include("courses.urls")),
    path("", include("events.urls")),
    path("", include("guides.urls")),
    path("", include("certification.urls")),
    re_path(wagtail_urls.serve_pattern, page, name="wagtail_serve"),
    path("", include(wagtail_urls)),
)
