"""Words of dates in many languages: what names a month, and that no weekday does."""

from datetime import UTC, datetime

import pytest

from homestretch.formats._local_dates import Dates
from homestretch.vendors.months import month_in, month_named, plain

#: Months and weekdays as the CLDR writes them within dates: whole, then short (months from January, days from Monday).
LANGUAGES = {
    "en": ("January February March April May June July August September October November December "
           "Jan Feb Mar Apr May Jun Jul Aug Sept Oct Nov Dec",
           "Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Wed Thu Fri Sat Sun"),
    "de": ("Januar Februar März April Mai Juni Juli August September Oktober November Dezember "
           "Jan. Feb. Mär Apr. Mai Jun Jul Aug. Sept. Okt. Nov. Dez.",
           "Montag Dienstag Mittwoch Donnerstag Freitag Samstag Sonntag Mo. Di. Mi. Do. Fr. Sa. So."),
    "fr": ("janvier février mars avril mai juin juillet août septembre octobre novembre décembre "
           "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
           "lundi mardi mercredi jeudi vendredi samedi dimanche lun. mar. mer. jeu. ven. sam. dim."),
    "es": ("enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre diciembre "
           "ene feb mar abr may jun jul ago sept oct nov dic",
           "lunes martes miércoles jueves viernes sábado domingo lun mar mié jue vie sáb dom"),
    "it": ("gennaio febbraio marzo aprile maggio giugno luglio agosto settembre ottobre novembre dicembre "
           "gen feb mar apr mag giu lug ago set ott nov dic",
           "lunedì martedì mercoledì giovedì venerdì sabato domenica lun mar mer gio ven sab dom"),
    "pt": ("janeiro fevereiro março abril maio junho julho agosto setembro outubro novembro dezembro "
           "jan. fev. mar. abr. mai. jun. jul. ago. set. out. nov. dez.",
           "segunda-feira terça-feira quarta-feira quinta-feira sexta-feira sábado domingo "
           "seg. ter. qua. qui. sex. sáb. dom."),
    "nl": ("januari februari maart april mei juni juli augustus september oktober november december "
           "jan feb mrt apr mei jun jul aug sep okt nov dec",
           "maandag dinsdag woensdag donderdag vrijdag zaterdag zondag ma di wo do vr za zo"),
    "pl": ("stycznia lutego marca kwietnia maja czerwca lipca sierpnia września października listopada grudnia "
           "sty lut mar kwi maj cze lip sie wrz paź lis gru",
           "poniedziałek wtorek środa czwartek piątek sobota niedziela pon. wt. śr. czw. pt. sob. niedz."),
    "ru": ("января февраля марта апреля мая июня июля августа сентября октября ноября декабря "
           "янв. февр. мар. апр. мая июн. июл. авг. сент. окт. нояб. дек.",
           "понедельник вторник среда четверг пятница суббота воскресенье пн вт ср чт пт сб вс"),
    "tr": ("Ocak Şubat Mart Nisan Mayıs Haziran Temmuz Ağustos Eylül Ekim Kasım Aralık "
           "Oca Şub Mar Nis May Haz Tem Ağu Eyl Eki Kas Ara",
           "Pazartesi Salı Çarşamba Perşembe Cuma Cumartesi Pazar Pzt Sal Çar Per Cum Cmt Paz"),
    "id": ("Januari Februari Maret April Mei Juni Juli Agustus September Oktober November Desember "
           "Jan Feb Mar Apr Mei Jun Jul Agu Sep Okt Nov Des",
           "Senin Selasa Rabu Kamis Jumat Sabtu Minggu Sen Sel Rab Kam Jum Sab Min"),
    "ms": ("Januari Februari Mac April Mei Jun Julai Ogos September Oktober November Disember "
           "Jan Feb Mac Apr Mei Jun Jul Ogo Sep Okt Nov Dis",
           "Isnin Selasa Rabu Khamis Jumaat Sabtu Ahad Isn Sel Rab Kha Jum Sab Ahd"),
    "sv": ("januari februari mars april maj juni juli augusti september oktober november december "
           "jan. feb. mars apr. maj juni juli aug. sep. okt. nov. dec.",
           "måndag tisdag onsdag torsdag fredag lördag söndag mån tis ons tors fre lör sön"),
    "da": ("januar februar marts april maj juni juli august september oktober november december "
           "jan. feb. mar. apr. maj jun. jul. aug. sep. okt. nov. dec.",
           "mandag tirsdag onsdag torsdag fredag lørdag søndag man. tirs. ons. tors. fre. lør. søn."),
    "nb": ("januar februar mars april mai juni juli august september oktober november desember "
           "jan. feb. mars apr. mai juni juli aug. sep. okt. nov. des.",
           "mandag tirsdag onsdag torsdag fredag lørdag søndag man. tir. ons. tor. fre. lør. søn."),
    "ca": ("gener febrer març abril maig juny juliol agost setembre octubre novembre desembre "
           "gen. febr. març abr. maig juny jul. agost set. oct. nov. des.",
           "dilluns dimarts dimecres dijous divendres dissabte diumenge dl. dt. dc. dj. dv. ds. dg."),
}  # fmt: skip
#: Short words that are both: of a weekday in one language, of a month in the same or in another.
BOTH = {"mar", "paz"}


def at(month: int) -> int:
    return int(datetime(2026, month, 12, 17, 38, 31, tzinfo=UTC).timestamp() * 1000)


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_weekday_names_a_month(language: str) -> None:
    months, weekdays = (words.split() for words in LANGUAGES[language])
    assert (len(months), len(weekdays)) == (24, 14)
    for weekday in weekdays:
        word = plain(weekday).strip(".").partition("-")[0]
        assert word in BOTH or month_named(word) is None, weekday
        assert month_in(plain(f"{weekday} 05/04/2026")) is None, weekday
        for number, month in enumerate(months):
            for text in (f"{weekday}, 12 {month} 2026, 17:38:31", f"12 {month} 2026 {weekday} 17:38:31"):
                assert Dates(False).read(text) == at(number % 12 + 1), text


def test_a_word_names_a_month_by_the_whole_of_its_letters() -> None:
    """What begins like a month and goes on otherwise is another word, and what begins two months names none."""
    assert [month_named(word) for word in ("maa", "mart", "maj", "mrt", "agt", "kasim")] == [3, 3, 5, 3, 8, 11]
    assert [month_named(word) for word in ("maandag", "martes", "marathon", "ma", "jui", "")] == [None] * 6


def test_a_weekday_before_a_date_in_numbers_is_no_month() -> None:
    assert Dates(False).read("mar. 12/05/2026 17:38:31") == at(5)
    assert Dates(True).read("Paz 05.12.2026 17.38.31") == at(5)
    assert Dates(False).read("12 Mar 2026 17.38.31") == at(3), "points between hours and minutes make no date"
