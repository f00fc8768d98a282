from django.urls import path

from home.interface import route as _

from .views import path as path_views
from .views import quiz

app_name = "courses"

urlpatterns = [
    path(_("modules/"), path_views.catalogue, name="catalogue"),
    path(_("my-path/"), path_views.path, name="path"),
    path(_("editions/<uuid:code>/enrol/"), path_views.enrol, name="enrol"),
    path(_("lessons/<uuid:key>/done/"), path_views.done, name="done"),
    path(_("quizzes/<uuid:key>/<int:number>/"), quiz.question, name="question"),
    path(_("quizzes/<uuid:key>/<int:number>/answer/"), quiz.answer, name="answer"),
    path(_("quizzes/<uuid:key>/finish/"), quiz.finish, name="finish"),
    path(_("quizzes/<uuid:key>/result/"), quiz.result, name="result"),
]
