"""What a language model is asked for, and why there is no answer: a word for programs, a sentence for the athlete."""

from collections.abc import Mapping
from typing import Literal, get_args

ModelAction = Literal["rule_parsing", "plan_explanation", "plan_change", "workout_review", "weekly_review", "question"]
ACTIONS: tuple[ModelAction, ...] = get_args(ModelAction)

Why = Literal[
    "off", "not_agreed", "budget", "later", "credits", "key", "unreachable", "address", "slow", "server",
    "unknown_model", "rejected", "too_long", "filtered", "no_answer", "limit", "interrupted", "busy",
]  # fmt: skip
WHYS: tuple[Why, ...] = get_args(Why)

#: Each says what happened, then what to do.
SENTENCES: Mapping[Why, str] = {
    "off": "No language model is set up, and nothing needs one. An administrator can add one in Settings.",
    "not_agreed": "Nothing was sent. Look at what would be sent to the model, and agree first.",
    "budget": "Today's budget for the model is used up. Try again tomorrow, or ask an administrator to raise it.",
    "later": "The model's service asks to wait. Try again later.",
    "credits": "The account at the model's service has no credits left. An administrator can add some there.",
    "key": "The model's service refused the key. An administrator can enter another one in Settings.",
    "unreachable": "The model can't be reached. See that its server is running and its address is right.",
    "address": "The address of the model is not allowed. An administrator can change it in Settings.",
    "slow": "The model took too long. Try again, or ask an administrator for a longer time or a smaller model.",
    "server": "The model's service is out of order. Try again later.",
    "unknown_model": "The service has no model of this name. An administrator can choose another one in Settings.",
    "rejected": "The service can't do what was asked. An administrator can try another output mode or model.",
    "too_long": "This is more than the model can read at once. Ask about less, or use a larger model.",
    "filtered": "The model's service refused to answer this.",
    "no_answer": "The model gave no answer that can be used. Try again, or use a larger model.",
    "limit": "The answer became longer than allowed. Ask about less.",
    "interrupted": "The answer broke off. What you see was checked.",
    "busy": "The model is answering another question of this athlete. Try again when it is done.",
}
