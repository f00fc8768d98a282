"""All that a jury reads of a candidate, on one screen."""

from . import practice, record
from .models import PortfolioItem
from .pages import module_titles
from .practice_board import board_of


def of(learner, edition, language):
    facts = record.of(learner, edition)
    modules = edition.asked.modules if edition.asked else []
    titles = module_titles(edition.asked, language) if edition.asked else {}
    return {
        "facts": facts,
        "planned": edition.planned_minutes,
        "modules": [
            (module.number, titles[module.key], module.key in facts.modules, facts.scores.get(module.quiz))
            for module in modules
        ],
        "board": board_of(practice.of(learner, edition), language),
        "portfolio": [item for item in practice.portfolio_of(learner) if item.status == PortfolioItem.Status.ACCEPTED],
    }
