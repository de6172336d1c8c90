"""Is a name one that a person gave, or one that a device or a service made up by itself?

Services name an activity by the part of the day and the sport (Strava: `Morning Run`), by the sport alone, or by the
place and the sport (Garmin: `Helsinki Running`), in the language of the account.
"""

import re
import unicodedata
from collections.abc import Iterable
from enum import IntEnum
from functools import lru_cache


class Given(IntEnum):
    """How surely a person gave a name: not at all, perhaps (it may be a place and the sport), or certainly."""

    NOT = 0
    PERHAPS = 1
    SURELY = 2


#: Parts of the day, as names of activities have them, by language: en, de, fr, es, it, pt, nl, sv, da and nb, fi, pl,
#: cs, ru, tr, hu.
_DAY = """
morning lunch midday noon afternoon evening night
morgen morgens mittag mittags nachmittag nachmittags vormittag vormittags abend abends nacht nachts
morgendlicher morgendliche morgendliches mittäglicher mittägliche abendlicher abendliche nächtlicher nächtliche
matin matinal matinale midi après soir soirée nuit nocturne déjeuner
mañana mediodía tarde noche matutina matutino nocturna nocturno vespertina vespertino almuerzo
mattina mattutina mattutino pranzo pomeriggio pomeridiana pomeridiano sera serale notte notturna notturno
manhã almoço noite noturna noturno
ochtend middag namiddag avond
morgon förmiddag eftermiddag kväll natt
formiddag frokost ettermiddag aften kveld nat
aamu aamupäivä lounas iltapäivä ilta
poranny poranna poranne południowy południowa popołudniowy popołudniowa popołudniowe wieczorny wieczorna
wieczorne nocny
nocna nocne
ranní dopolední polední odpolední večerní noční
утренняя утренний утреннее дневная дневной дневное вечерняя вечерний вечернее ночная ночной ночное
sabah öğle öğleden sonra akşam gece
reggeli déli délutáni esti éjszakai
"""
#: Sports and what goes with them, by the same languages.
_SPORT = """
run running ride riding cycling bike biking bicycle swim swimming walk walking hike hiking row rowing ski
skiing workout
activity training strength weight cardio yoga pilates elliptical treadmill trail track indoor virtual mountain gravel
road ebike pool lap open water triathlon multisport transition kayak kayaking canoe canoeing paddle paddling
paddleboarding
snowboard snowboarding nordic country cross alpine backcountry resort climbing tennis golf session spin spinning
cyclocross mtb snowshoe snowshoeing skate skating inline ice hiit crossfit surf surfing sailing fitness equipment gym
other untitled unnamed
lauf laufen fahrt radfahrt radfahren rad rennrad rennradfahren mountainbike mountainbiken schwimmen spaziergang gehen
wandern wanderung krafttraining kraft rudern langlauf laufband aktivität hallenrad freiwasser bahn
bahnschwimmen traillauf
virtuelle virtueller virtuelles skifahren
course pied sortie vélo cyclisme marche randonnée natation musculation entraînement aviron fond vtt piscine footing
activité séance intérieur virtuelle course
carrera correr ciclismo vuelta ciclista bicicleta paseo caminata caminar senderismo natación entrenamiento fuerza remo
esquí actividad interior salida piscina aguas abiertas
corsa giro bici camminata passeggiata escursione nuoto allenamento canottaggio sci pedalata attività acque libere
corrida pedalada caminhada trilha natação treino musculação remo atividade passeio esteira
hardlopen hardloop rit fietsen fietsrit fietstocht fiets wielrennen wandeling wandelen zwemmen zwem roeien
krachttraining activiteit
löpning löppass löprunda cykling cykeltur promenad gång vandring simning simpass rodd träning styrketräning
längdskidåkning aktivitet
løb løbetur løp løpetur joggetur cykling sykkeltur sykling gåtur vandretur svømning svømming svømmetur roning
styrketræning styrketrening træning trening skitur
juoksu juoksulenkki lenkki pyöräily pyörälenkki kävely kävelylenkki vaellus uinti soutu treeni hiihto voimaharjoittelu
harjoitus sisäpyöräily
bieg bieganie przejazd jazda rowerem rowerowa rowerowy rowerze kolarstwo spacer chodzenie wędrówka pływanie trening
siłowy wioślarstwo aktywność
běh jízda cyklistika chůze procházka turistika plavání trénink aktivita posilování
пробежка бег забег заезд велозаезд велотренировка велоспорт велосипеде ходьба прогулка поход плавание заплыв
тренировка
гребля лыжи активность силовая езда
koşu koşusu bisiklet sürüşü yürüyüş yürüyüşü yüzme antrenman antrenmanı
futás kerékpározás bringázás séta túra úszás edzés
"""
#: Words in between, which say nothing by themselves.
_BETWEEN = """
in at on of dans l d s am im der den dem mit auf le la les à du de des en au aux a con por para el los las della
del di da do
na no op het i om pa og w v ve e y und et and up stand
"""
#: The same of languages without spaces, day and sport together.
_UNSPACED = """
朝の 昼の 午後の 夕方の 夜の 朝 昼 午後 夕方 夜 ランチ ランニング ラン ライド サイクリング ウォーキング
ウォーク ハイキング ハイク
スイミング スイム 水泳 ワークアウト トレーニング 筋力 アクティビティ インドア バーチャル ジョギング
아침 점심 오후 저녁 밤 야간 오전 달리기 러닝 라이딩 사이클링 자전거 타기 걷기 하이킹 수영 운동 실내 가상 활동
早晨 晨间 上午 午间 中午 午餐 下午 傍晚 晚间 夜间 晨間 午間 晚間 夜間 早上 晚上 清晨 午后 午後 夜晚 跑步 慢跑
骑行 騎行 骑车 騎車 自行车
單車 步行 健走 徒步 远足 健行 游泳 锻炼 訓練 训练 力量 室内 室內 虚拟 虛擬 活动 活動 运动 運動
"""
#: Words that stand behind a place in a name made up; `Club Ride` and `Park Run` are people's own.
_NOT_PLACED = frozenset({
    "run", "ride", "swim", "walk", "hike", "row", "ski", "workout", "activity", "training", "session",
})  # fmt: skip
#: Words for a sport only as the end of another: alone they are as good as any.
_ENDS = frozenset({"loop", "tur"})
_LATIN = str.maketrans({"ø": "o", "æ": "ae", "ł": "l", "ı": "i", "ß": "ss", "đ": "d"})


def _plain(text: str) -> str:
    """Return a text in small letters without accents."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", text).casefold().translate(_LATIN))
    return unicodedata.normalize("NFC", "".join(one for one in apart if unicodedata.category(one) != "Mn"))


_DAYS, _SPORTS, _FILLERS = (frozenset(_plain(words).split()) for words in (_DAY, _SPORT, _BETWEEN))
_JOINED = frozenset(_plain(_UNSPACED).split())
#: Parts of the day that stand within other words: none that is short, but those of languages without spaces.
_WITHIN = (
    *(day for day in _DAYS if len(day) > 3),
    *_plain("朝 昼 午 夕 夜 ランチ 아침 점심 오후 저녁 밤 오전 早 晨 晚").split(),
)
#: A compound is made of words of at least so many letters, and has no more than these.
_LEAST, _LONGEST = 3, 60


@lru_cache(4096)
def given(name: str | None, says_day: bool = False) -> Given:
    """Return how surely a person gave a name; an empty name no one gave.

    `says_day`: generated names of this origin always contain the part of the day, so a sport alone is a person's word.
    """
    tokens = re.findall(r"[^\W\d_]+|\d+", (name or "").replace("_", " "))
    words = [_plain(token) for token in tokens]
    if not words or re.fullmatch(r"\s*t[12]\s*", name or "", re.IGNORECASE):
        return Given.NOT
    says = [_says(word) for word in words]
    if "sport" in says and None not in says:
        return Given.SURELY if says_day and not _has_day(words) else Given.NOT
    tail = next((at for at in range(len(says)) if all(says[at:]) and "sport" in says[at:]), None)
    placed = tail is not None and 0 < tail <= 4 and "day" not in says and _NOT_PLACED.isdisjoint(words[tail:])
    named = all(one[:1].isupper() or word in _FILLERS for one, word in zip(tokens[:tail], words, strict=False))
    capitals = tail is not None and tokens[0][:1].isupper() and tokens[tail][:1].isupper()
    return Given.PERHAPS if placed and named and capitals else Given.SURELY


def _has_day(words: Iterable[str]) -> bool:
    """Return whether words of a made-up name contain the part of the day, be it within another word (`Morgenlauf`)."""
    return any(word in _DAYS or any(day in word for day in _WITHIN) for word in words)


def _says(word: str) -> str | None:
    """Return the meaning of a word of a made-up name: `day`, `sport`, `between`, or None for any other word."""
    for kind, known in (("sport", _SPORTS), ("day", _DAYS), ("between", _FILLERS)):
        if word in known:
            return kind
    if _is_made_of(word, _JOINED, 1):
        return "sport"
    return "sport" if word not in _ENDS and _is_made_of(word, _SPORTS | _DAYS | _ENDS, _LEAST) else None


def _is_made_of(word: str, known: frozenset[str], least: int) -> bool:
    """Return whether a word is others in a row, with an s between two of them or none."""
    reached = [True] + [False] * len(word)
    for end in range(least, len(word) + 1 if len(word) <= _LONGEST else 0):
        for start in (at for at in range(end) if reached[at]):
            part = word[start:end]
            linked = part[1:] if least > 1 and start and part[0] == "s" else part
            if part in known or linked in known:
                reached[end] = True
    return reached[-1]
