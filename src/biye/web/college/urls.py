"""网址: 学院端."""

from django.urls import URLPattern, path

from biye.web.college import accounts, imports, ledger, season

urlpatterns: list[URLPattern] = [
    path("", season.home, name="college_home"),
    path("seasons/", season.listed, name="college_seasons"),
    path("accounts/", accounts.listed, name="college_accounts"),
    path("accounts/logins/", accounts.logins, name="college_logins"),
    path("accounts/permissions/", accounts.permissions, name="college_permissions"),
    path("accounts/new/", accounts.new_teacher, name="college_account_new"),
    path("accounts/<int:user_id>/", accounts.one, name="college_account"),
    path("accounts/<int:user_id>/seats/", accounts.give_seat, name="college_give_seat"),
    path("accounts/<int:user_id>/seats/<int:seat_id>/", accounts.take_seat_away, name="college_take_seat_away"),
    path("accounts/<int:user_id>/password/", accounts.reset_password, name="college_reset_password"),
    path("accounts/<int:user_id>/active/", accounts.stop_or_start, name="college_stop_account"),
    path("imports/", imports.listed, name="college_imports"),
    path("imports/<int:batch_id>/", imports.one, name="college_import"),
    path("imports/<int:batch_id>/reading/", imports.choose, name="college_import_choose"),
    path("imports/<int:batch_id>/accept/", imports.accept, name="college_import_accept"),
    path("imports/<int:batch_id>/discard/", imports.discard, name="college_import_discard"),
    path("imports/<int:batch_id>/undo/", imports.undo, name="college_import_undo"),
    path("imports/<int:batch_id>/mend/", imports.mend, name="college_import_mend"),
    path("ledger/", ledger.listed, name="college_ledger"),
    path("ledger/verify/", ledger.verify, name="college_ledger_verify"),
]
