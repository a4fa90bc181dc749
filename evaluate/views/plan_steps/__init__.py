"""One step of an improvement plan: adding, reading, changing and moving it, and what inspires it."""

from evaluate.views.plan_steps.adding import PlanStepAdd
from evaluate.views.plan_steps.changing import PlanStepEdit, plan_step_move_view
from evaluate.views.plan_steps.inspirations import inspiration_view
from evaluate.views.plan_steps.reading import PlanStepDetail

__all__ = ["PlanStepAdd", "PlanStepDetail", "PlanStepEdit", "inspiration_view", "plan_step_move_view"]
