"""Routes of the account and organisation pages."""

from django.urls import path

from safeconduct.desk.accounts import credential_views, joining_views, organisation_views, passkey_views, recovery_views, views

app_name = "accounts"
urlpatterns = [
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("prove/", views.prove, name="prove"),
    path("", views.account, name="account"),
    path("stay/", views.stay, name="stay"),
    path("sessions/end/", views.end_sessions, name="end-sessions"),
    path("sessions/end-one/", views.end_session, name="end-session"),
    path("join/<str:token>/", joining_views.join, name="join"),
    path("second-factor/", joining_views.second_factor, name="second-factor"),
    path("second-factor/picture/", joining_views.second_factor_picture, name="second-factor-picture"),
    path("passphrase/", credential_views.passphrase, name="passphrase"),
    path("recovery-codes/", credential_views.recovery_codes, name="recovery-codes"),
    path("passkeys/", passkey_views.own_passkeys, name="passkeys"),
    path("passkeys/options/", passkey_views.registration_options, name="passkey-options"),
    path("passkeys/<int:passkey_id>/remove/", passkey_views.remove, name="remove-passkey"),
    path("sign-in/options/", passkey_views.sign_in_options, name="sign-in-options"),
    path("sign-in/passkey/", passkey_views.sign_in, name="sign-in-passkey"),
    path("recover/<str:token>/", recovery_views.recover, name="recover"),
    path("organisation/", organisation_views.organisation, name="organisation"),
    path("organisation/invite/", organisation_views.invite, name="invite"),
    path("organisation/invitations/<str:invitation_id>/revoke/", organisation_views.revoke, name="revoke-invitation"),
    path("organisation/members/<str:member_id>/", organisation_views.member, name="member"),
    path("organisation/members/<str:member_id>/deactivate/", organisation_views.deactivate, name="deactivate"),
    path("organisation/members/<str:member_id>/let-back-in/", organisation_views.let_back_in, name="let-back-in"),
    path("organisation/members/<str:member_id>/give-keys/", organisation_views.give_keys, name="give-keys"),
    path("organisation/members/<str:member_id>/recovery/", recovery_views.open_for, name="open-recovery"),
    path("organisation/recovery/", recovery_views.overview, name="recovery"),
    path("organisation/recovery/set-up/", recovery_views.set_up, name="recovery-set-up"),
    path("organisation/recovery/drill/", recovery_views.drill, name="recovery-drill"),
]
