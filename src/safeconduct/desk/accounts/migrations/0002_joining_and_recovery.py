import django.db.models.deletion
import django.db.models.functions.text
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.state import StateApps

import safeconduct.desk.vault.models


def say_that_members_have_joined(apps: StateApps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    for member in apps.get_model("accounts", "Member").objects.select_related("organisation"):
        member.joined_on = member.organisation.founded_on
        member.save(update_fields=["joined_on"])


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '0001_initial'),
    ]

    operations = [
        migrations.DeleteModel('Invitation'),
        migrations.DeleteModel('Passkey'),
        migrations.CreateModel(
            name='Ceremony',
            fields=[
                ('digest', models.CharField(max_length=64, primary_key=True, serialize=False)),
                ('use', models.CharField(max_length=12)),
                ('state', models.JSONField()),
                ('made_at', models.DateTimeField()),
            ],
        ),
        migrations.CreateModel(
            name='Invitation',
            fields=[
                ('id', models.CharField(default=safeconduct.desk.vault.models.new_id, max_length=40, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('code_digest', models.CharField(max_length=64)),
                ('expires_at', models.DateTimeField()),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('invited_by', models.CharField(max_length=40)),
                ('alias', models.CharField(max_length=60)),
                ('roles', models.JSONField(default=list)),
                ('language', models.CharField(default='en', max_length=5)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Passkey',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('credential', models.BinaryField(unique=True)),
                ('public_key', models.BinaryField()),
                ('sign_count', models.PositiveBigIntegerField(default=0)),
                ('prf_salt', models.BinaryField()),
                ('sealed_keys', models.BinaryField(null=True)),
                ('sealed_label', models.BinaryField()),
                ('registered_on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='RecoverySession',
            fields=[
                ('id', models.CharField(default=safeconduct.desk.vault.models.new_id, max_length=40, primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, unique=True)),
                ('code_digest', models.CharField(max_length=64)),
                ('expires_at', models.DateTimeField()),
                ('failures', models.PositiveSmallIntegerField(default=0)),
                ('opened_by', models.CharField(max_length=40)),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddField(
            model_name='member',
            name='joined_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='needs_second_factor',
            field=models.BooleanField(default=False),
        ),
        migrations.AddField(
            model_name='member',
            name='pending_totp',
            field=models.BinaryField(null=True),
        ),
        migrations.AddField(
            model_name='member',
            name='recovery_key_digest',
            field=models.CharField(default='', max_length=64),
        ),
        migrations.AddField(
            model_name='organisation',
            name='recovery_drilled_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='recovery_set_on',
            field=models.DateField(null=True),
        ),
        migrations.AddField(
            model_name='organisation',
            name='sealed_custodians',
            field=models.BinaryField(null=True),
        ),
        migrations.AddConstraint(
            model_name='member',
            constraint=models.UniqueConstraint(models.F('organisation'), django.db.models.functions.text.Lower('alias'), name='one_alias_per_organisation'),
        ),
        migrations.AddField(
            model_name='ceremony',
            name='member',
            field=models.ForeignKey(null=True, on_delete=django.db.models.deletion.CASCADE, related_name='ceremonies', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='member',
            field=models.OneToOneField(null=True, on_delete=django.db.models.deletion.SET_NULL, related_name='invitation', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='invitation',
            name='organisation',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='invitations', to='accounts.organisation'),
        ),
        migrations.AddField(
            model_name='passkey',
            name='member',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='passkeys', to='accounts.member'),
        ),
        migrations.AddField(
            model_name='recoverysession',
            name='member',
            field=models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, related_name='recovery_session', to='accounts.member'),
        ),
        migrations.RunPython(say_that_members_have_joined, migrations.RunPython.noop),
    ]
