from django.urls import path

from . import views

app_name = "guides"

urlpatterns = [
    path("guides/all/", views.library, name="library"),
    path("guides/<uuid:key>/<str:size>.pdf", views.pdf, name="pdf"),
]
