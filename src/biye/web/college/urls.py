"""网址: 学院端."""

from django.urls import URLPattern, path

from biye.web.college import accounts, audits, imports, ledger, overrides, publishing, rules, season

urlpatterns: list[URLPattern] = [
    path("", season.home, name="college_home"),
    path("seasons/", season.listed, name="college_seasons"),
    path("seasons/new/", season.begin, name="college_season_begin"),
    path("seasons/<str:stem>/", season.overview, name="college_season"),
    path("seasons/<str:stem>/audit/", audits.listed, name="college_audit"),
    path("runs/<int:run_id>/", audits.one, name="college_run"),
    path("runs/<int:run_id>/difference/", audits.compared, name="college_difference"),
    path("seasons/<str:stem>/rules/", rules.listed, name="college_rules"),
    path("rules/<int:rules_id>/", rules.one, name="college_rules_version"),
    path("rules/<int:rules_id>/draft/", rules.draft, name="college_rules_draft"),
    path("rules/<int:rules_id>/rehearse/", rules.rehearse, name="college_rehearse"),
    path("rules/<int:rules_id>/approve/", rules.approve, name="college_approve"),
    path("seasons/<str:stem>/publish/", publishing.listed, name="college_publish"),
    path("publications/<int:publication_id>/", publishing.one, name="college_publication"),
    path("publications/<int:publication_id>/release/", publishing.release, name="college_release"),
    path("publications/<int:publication_id>/withdraw/", publishing.withdraw, name="college_withdraw"),
    path(
        "seasons/<str:stem>/students/<str:student_no>/override/",
        overrides.give,
        name="college_override",
    ),
    path(
        "seasons/<str:stem>/students/<str:student_no>/override/<int:override_id>/withdraw/",
        overrides.withdraw,
        name="college_override_withdraw",
    ),
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
