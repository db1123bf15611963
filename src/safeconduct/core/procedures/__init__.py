"""Procedures as data: rules with their sources and validity, and the steps that follow dated events."""

from safeconduct.core.procedures.steps import (
    Confidence,
    Due,
    Events,
    Procedure,
    Rule,
    Step,
    StepPlan,
    StepState,
    load_procedure,
    next_step,
    steps,
)

__all__ = [
    "Confidence",
    "Due",
    "Events",
    "Procedure",
    "Rule",
    "Step",
    "StepPlan",
    "StepState",
    "load_procedure",
    "next_step",
    "steps",
]
