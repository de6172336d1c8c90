"""What people and services call a sport in languages other than English."""

from homestretch.model.sport import GENERIC, Sport
from homestretch.vendors.sport_names import sport_named

#: Strava's words for sports by how others begin that mean the same, in small letters.
_WORDS = {
    "radfahrt": "Ride", "radfahren": "Ride", "lauf": "Run", "spaziergang": "Walk", "wander": "Hike",
    "schwimm": "Swim", "virtuelle radfahrt": "VirtualRide", "virtuelles radfahren": "VirtualRide",
    "mountainbike": "MountainBikeRide", "gravel": "GravelRide", "trailrun": "TrailRun", "traillauf": "TrailRun",
    "gewichtstraining": "WeightTraining", "krafttraining": "WeightTraining", "training": "Workout",
    "langlauf": "NordicSki", "rudern": "Rowing", "e-bike": "EBikeRide", "skilanglauf": "NordicSki",
    "sortie vélo": "Ride", "vélo": "Ride", "course à pied": "Run", "course": "Run", "marche": "Walk",
    "randonnée": "Hike", "natation": "Swim", "paseo en bicicleta": "Ride", "bicicleta": "Ride", "ciclismo": "Ride",
    "carrera": "Run", "caminata": "Walk", "senderismo": "Hike", "natación": "Swim", "giro in bici": "Ride",
    "pedalata": "Ride", "corsa": "Run", "camminata": "Walk", "escursion": "Hike", "nuoto": "Swim",
    "fietsrit": "Ride", "hardloop": "Run", "wandel": "Walk", "zwem": "Swim", "pedalada": "Ride", "corrida": "Run",
    "caminhada": "Walk", "natação": "Swim",
    "virtuele": "VirtualRide", "wandeling": "Walk", "hike": "Hike", "krachttraining": "WeightTraining",
    "sortie vtt": "MountainBikeRide", "sortie gravel": "GravelRide", "vélo virtuel": "VirtualRide",
    "sortie vélo virtuelle": "VirtualRide", "trail": "TrailRun", "musculation": "WeightTraining",
    "ski alpin": "AlpineSki", "ski de fond": "NordicSki", "aviron": "Rowing", "entraînement": "Workout",
    "ciclismo virtual": "VirtualRide", "entrenamiento con pesas": "WeightTraining", "entrenamiento": "Workout",
    "esquí alpino": "AlpineSki", "remo": "Rowing", "pedalada virtual": "VirtualRide", "treino": "Workout",
    "musculação": "WeightTraining", "trilha": "Hike", "giro virtuale": "VirtualRide", "allenamento": "Workout",
    "alpinski": "AlpineSki", "skifahren": "AlpineSki", "yoga": "Yoga",
    # Danish, Norwegian, Swedish
    "løb": "Run", "løp": "Run", "löp": "Run", "cykel": "Ride", "cykling": "Ride", "sykkel": "Ride", "sykling": "Ride",
    "svøm": "Swim", "simning": "Swim", "gåtur": "Walk", "promenad": "Walk", "vandr": "Hike", "fottur": "Hike",
    "virtuel cykel": "VirtualRide", "virtuell sykkel": "VirtualRide", "virtuell cykel": "VirtualRide",
    "styrketræning": "WeightTraining", "styrketrening": "WeightTraining", "styrketräning": "WeightTraining",
    # Polish, Turkish, Indonesian
    "bieg": "Run", "jazda": "Ride", "przejazd": "Ride", "pływanie": "Swim", "spacer": "Walk", "chód": "Walk",
    "wędrówka": "Hike", "wirtualna jazda": "VirtualRide", "trening siłowy": "WeightTraining",
    "koşu": "Run", "bisiklet": "Ride", "sürüş": "Ride", "yüzme": "Swim", "yürüyüş": "Walk", "doğa yürüyüşü": "Hike",
    "sanal": "VirtualRide", "ağırlık": "WeightTraining",
    "lari": "Run", "lari trail": "TrailRun", "bersepeda": "Ride", "bersepeda virtual": "VirtualRide", "renang": "Swim",
    "berenang": "Swim", "jalan": "Walk", "berjalan": "Walk", "mendaki": "Hike", "pendakian": "Hike",
    "latihan beban": "WeightTraining", "latihan": "Workout", "dayung": "Rowing",
    # Russian
    "забег": "Run", "бег": "Run", "пробежка": "Run", "заезд": "Ride", "велозаезд": "Ride", "велосипед": "Ride",
    "заплыв": "Swim", "плавание": "Swim", "ходьба": "Walk", "прогулка": "Walk", "поход": "Hike", "хайкинг": "Hike",
    "виртуальн": "VirtualRide", "силовая": "WeightTraining", "йога": "Yoga", "тренировка": "Workout",
    "трейл": "TrailRun", "гребля": "Rowing", "беговые лыжи": "NordicSki", "горные лыжи": "AlpineSki",
    # Japanese, Chinese, Korean
    "ラン": "Run", "ランニング": "Run", "トレイルラン": "TrailRun", "ライド": "Ride", "サイクリング": "Ride",
    "自転車": "Ride", "バーチャルライド": "VirtualRide", "グラベル": "GravelRide",
    "マウンテンバイク": "MountainBikeRide", "スイム": "Swim", "水泳": "Swim", "ウォーキング": "Walk",
    "ウォーク": "Walk", "ハイキング": "Hike", "ハイク": "Hike", "ウェイトトレーニング": "WeightTraining",
    "筋力": "WeightTraining", "ヨガ": "Yoga", "ワークアウト": "Workout", "アルペンスキー": "AlpineSki",
    "ノルディックスキー": "NordicSki", "ローイング": "Rowing", "跑步": "Run", "越野跑": "TrailRun", "骑行": "Ride",
    "騎乘": "Ride", "騎車": "Ride", "单车": "Ride", "單車": "Ride", "虚拟骑行": "VirtualRide",
    "虛擬騎乘": "VirtualRide", "山地": "MountainBikeRide", "游泳": "Swim", "步行": "Walk", "散步": "Walk",
    "健走": "Walk", "徒步": "Hike", "远足": "Hike", "健行": "Hike", "力量": "WeightTraining",
    "重量": "WeightTraining", "瑜伽": "Yoga", "瑜珈": "Yoga", "锻炼": "Workout", "健身": "Workout", "달리기": "Run",
    "러닝": "Run", "트레일": "TrailRun", "라이딩": "Ride", "라이드": "Ride", "사이클": "Ride", "자전거": "Ride",
    "가상": "VirtualRide", "수영": "Swim", "걷기": "Walk", "하이킹": "Hike", "웨이트": "WeightTraining",
    "근력": "WeightTraining", "요가": "Yoga", "운동": "Workout", "로잉": "Rowing",
}  # fmt: skip


def sport_in_words(name: str | None) -> Sport:
    """Return the sport that a word means, in English or in the languages that Strava speaks; else `generic`."""
    sport, word = sport_named(name), (name or "").strip().lower()
    begins = [start for start in _WORDS if word.startswith(start)] if sport.key == GENERIC else []
    return sport_named(_WORDS[max(begins, key=len)]) if begins else sport
