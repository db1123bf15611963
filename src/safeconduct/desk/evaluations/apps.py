from django.apps import AppConfig


class EvaluationsConfig(AppConfig):
    name = "safeconduct.desk.evaluations"
    label = "evaluations"

    def ready(self) -> None:
        """Whoever is taken off a case leaves its evaluation."""
        from safeconduct.desk.cases.signals import taken_off
        from safeconduct.desk.evaluations.replacing import on_taken_off

        taken_off.connect(on_taken_off)
