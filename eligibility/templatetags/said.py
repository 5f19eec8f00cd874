"""A programme's sentences on a page, in the words that she chose."""

from typing import Any

from django import template

from eligibility.chosen_words import chosen_words, told

register = template.Library()


@register.simple_tag(takes_context=True)
def said(context: template.Context, sentence: Any) -> Any:
    """`{% said page.lead %}`: in やさしい日本語 or English where she chose it and the programme says it so."""
    return told(sentence, chosen_words(context.get("request")))
