"""What is a matter for a doctor: code answers it by itself, whatever a model would say."""

import re
import unicodedata
from typing import Literal

type Matter = Literal["emergency", "medicine", "health"]

#: Stop at once, and seek help now.
_EMERGENCY = (
    r"chest (?:pain|tight\w*|pressure|discomfort)|(?:pain|pressure|tight\w*) (?:in|on|across|around) (?:my |the )?"
    r"chest|faint(?:ed|ing)?\b|passed out|black(?:ed|ing)? out|collaps\w+|heart attack|"
    r"stroke\b(?! (?:rate|count|length|s\b))|"
    r"palpitation\w*|heart (?:is )?(?:racing at rest|skips|skipping|fluttering)|can(?:no|')?t breathe|"
    r"short(?:ness)? of breath at rest|cough\w* (?:up )?blood|numb\w* (?:in )?(?:my |the )?(?:arm|face|left)|suicid\w+"
)
#: Medicines, doses, supplements: a professional has to say.
_MEDICINE = (
    r"ibuprofen|paracetamol|acetaminophen|aspirin|naproxen|diclofenac|voltaren|tylenol|advil|aleve|nsaids?|"
    r"pain ?killers?|analgesic\w*|antibiotic\w*|cortisone|steroid\w*|beta ?blockers?|epo\b|testosterone|"
    r"blood thinners?|insulin|inhaler\w*|medic(?:ine|ines|ation|ations)\b|drugs?\b|dos(?:e|es|age|ages)\b|"
    r"pills?\b|tablets?\b|supplements?\b|creatine|iron tablets?|what (?:should|can|could|do) i take"
)
#: Symptoms and states of which only less training may be proposed.
_HEALTH = (
    r"fever\w*|high temperature|pregnan\w+|eating disorder|anorexi\w+|bulimi\w+|amenorrh?oea|lost my period|"
    r"concussion|stress fracture|broken bone|torn (?:muscle|ligament|meniscus)|dizz\w+|"
    r"(?:my|the|a|sharp|bad|strong) ?(?:\w+ )?(?:hurts?|aches?|pain)\b|hurts? (?:when|while|downhill|uphill|to)|swollen"
)
_PATTERNS: tuple[tuple[Matter, re.Pattern[str]], ...] = (
    ("emergency", re.compile(rf"\b(?:{_EMERGENCY})")),
    ("medicine", re.compile(rf"\b(?:{_MEDICINE})")),
    ("health", re.compile(rf"\b(?:{_HEALTH})")),
)
#: Code's own sentences. None of them names an amount, a medicine or a workout.
SENTENCES: dict[Matter, str] = {
    "emergency": "Stop training and seek medical help now: call your emergency number, or have somebody take you. "
    "Chest symptoms, fainting and the like are never something to train through, and nothing here can judge them.",
    "medicine": "A question about medicines, doses or supplements is for a doctor or pharmacist; Homestretch gives no "
    "such advice. What it can do: mark that you are ill or injured, and make the next days easier.",
    "health": "Pain, fever and the like must be judged by a professional. Until then train less rather than more: mark "
    "that you are ill or injured, and the plan leaves hard sessions out.",
}
#: What a model must not name, unless it sends the athlete to a professional.
_NAMED = re.compile(rf"\b(?:{_MEDICINE}|diagnos\w+|prescri\w+)")
_PROFESSIONAL = re.compile(r"\b(?:doctor|physician|pharmacist|physio\w*|professional|medical help|emergency)\b")


def matter_of(words: str) -> Matter | None:
    """Return what is a matter for a doctor in an athlete's words, the most urgent one; None where nothing is."""
    plain = _plain(words)
    return next((matter for matter, pattern in _PATTERNS if pattern.search(plain)), None)


def gives_advice(text: str) -> bool:
    """Return whether a text of a model names medicines or a diagnosis without naming a professional."""
    plain = _plain(text)
    return _NAMED.search(plain) is not None and _PROFESSIONAL.search(plain) is None


def _plain(words: str) -> str:
    plain = unicodedata.normalize("NFKC", words).casefold().replace("’", "'")
    return " ".join("".join(sign for sign in plain if unicodedata.category(sign) != "Cf").split())
