"""Which needs and programmes must an idea bring up, and which must it not? Written by hand from the records of the project's data.

A record is named by a part of its id that no other record has. `needs` must stand among those of the same matter, `no_needs` must not
stand there; `funding` must be among the programmes, `no_funding` must not. `loose` are records of any other kind that share only something
general with the idea: they may stand among the looser likenesses alone.
"""

from __future__ import annotations

from dataclasses import dataclass

VOTE = "budzetu-obywatelskiego-20"
PRZYROW, CZESTOCHOWA, KLOBUCK, JANOW, KRUSZYNA, KLOMNICE = "2404142", "2464011", "2406013", "2404032", "2404082", "2404052"
KONOPISKA, POCZESNA, MYSZKOW, KOZIEGLOWY, ZARKI, LELOW = "2404072", "2404132", "2409011", "2409023", "2409053", "2404092"
MIEDZNO, PRZYSTAJN, WRECZYCA, PORAJ, MSTOW, LIPIE = "2406042", "2406082", "2406092", "2409042", "2404102", "2406032"

SENIOR_PLUS, AKTYWNI = "f-program-senior-modul-i-utworzenie", "f-program-na-rzecz-osob-starszych-aktywni"
NOWEFIO, FIRE_ENGINES = "f-slaskie-lokalnie-nowefio", "f-dotacje-wojewodztwa-slaskiego-na-samochody"
YOUTH_FIRE, SAFE_FIREMAN = "f-wfosigw-katowice-mlodziezowe-druzyny", "f-bezpieczny-strazak"
CLUB, TOURISM, HERITAGE = "f-rzadowy-program-klub", "krajoznawstwo-i-turystyk", "kultura-i-dziedzictwo"
KGW_GRANT, LOANS, RESPITE = "f-pomoc-finansowa-dla-kol", "f-pozyczka-na-start", "f-opieka-wytchnieniowa"
NCK, GREEN_ROOM, ECO_EVENTS = "f-kultura-interwencje", "f-zielona-pracownia", "f-eko-wydarzenia"
SOLECKI, CITY_BUDGET, ORLEN, SMALL = "f-fundusz-solecki", "f-budzet-obywatelski-czestochowy", "f-fundacja-orlen", "f-maly-grant"
CHANCES, FERIE, ASSISTANT = "f-rownac-szanse", "f-fundacja-lotto", "asystent-osobisty-osoby-z-niepelnosprawnoscia-dla-organizacj"


@dataclass(frozen=True)
class Case:
    """One idea and what must and must not come up."""

    idea: str
    teryt: str
    who: str = "informal_group"
    needs: tuple[str, ...] = ()
    no_needs: tuple[str, ...] = ()
    funding: tuple[str, ...] = ()
    no_funding: tuple[str, ...] = ()
    loose: tuple[str, ...] = ()


CASES = (
    Case(
        "zajęcia komputerowe dla seniorów w remizie",
        PRZYROW,
        funding=(NOWEFIO, AKTYWNI),
        no_funding=(YOUTH_FIRE, FIRE_ENGINES, CLUB, CHANCES),
    ),
    Case("computer classes for seniors in the fire station", PRZYROW, funding=(NOWEFIO, AKTYWNI), no_funding=(FIRE_ENGINES, LOANS)),
    Case("комп’ютерні заняття для літніх людей", PRZYROW, funding=(NOWEFIO, AKTYWNI), no_funding=(CHANCES, ECO_EVENTS)),
    Case(
        "klub seniora na Tysiącleciu",
        CZESTOCHOWA,
        "ngo",
        ("duza-czesc-mieszkancow-ma-ponad-60",),
        (f"{VOTE}-27", "dzieci-z-ostatni"),
        (AKTYWNI,),
        (CHANCES, FIRE_ENGINES),
    ),
    Case(
        "plac zabaw przy szkole",
        CZESTOCHOWA,
        "school",
        (f"{VOTE}-8", f"{VOTE}-15"),
        (f"{VOTE}-24", f"{VOTE}-27", f"{VOTE}-16"),
        (ORLEN,),
        (GREEN_ROOM, CLUB, LOANS),
    ),
    Case(
        "playground for children", CZESTOCHOWA, "ngo", (f"{VOTE}-8", f"{VOTE}-15"), (f"{VOTE}-16",), (CITY_BUDGET,), (AKTYWNI, FIRE_ENGINES)
    ),
    Case("plac zabaw we wsi", JANOW, "municipality", ("z-solectwa-apolonka",), ("z-solectwa-lipnik",), (), (SENIOR_PLUS, RESPITE)),
    Case(
        "boisko przy szkole", CZESTOCHOWA, "school", (f"{VOTE}-6", f"{VOTE}-10"), (f"{VOTE}-27", f"{VOTE}-17"), (ORLEN,), (AKTYWNI, TOURISM)
    ),
    Case(
        "kurs pierwszej pomocy dla młodzieży",
        CZESTOCHOWA,
        "fire_brigade",
        (f"{VOTE}-13", f"{VOTE}-23"),
        (f"{VOTE}-10", f"{VOTE}-20"),
        (),
        (AKTYWNI, FIRE_ENGINES, CLUB),
    ),
    Case("first aid course for schools", CZESTOCHOWA, "ngo", (f"{VOTE}-13", f"{VOTE}-29"), (f"{VOTE}-8",), (), (FIRE_ENGINES, GREEN_ROOM)),
    Case(
        "nowe umundurowanie dla OSP",
        CZESTOCHOWA,
        "fire_brigade",
        (f"{VOTE}-5",),
        ("doswietlenia-par", "45-mieszkancow"),
        (SAFE_FIREMAN, FIRE_ENGINES),
        (CLUB, KGW_GRANT),
    ),
    Case(
        "doposażenie drużyny młodzieżowej OSP",
        KOZIEGLOWY,
        "fire_brigade",
        ("kamienica-polska-miejscowa-straz",),
        ("przewodniczacy-jednej",),
        (YOUTH_FIRE,),
        (AKTYWNI, NCK),
    ),
    Case("joga w parku", CZESTOCHOWA, "informal_group", (f"{VOTE}-32",), (f"{VOTE}-27", f"{VOTE}-16"), (CITY_BUDGET,), (AKTYWNI, NCK)),
    Case(
        "turniej szachowy dla młodzieży",
        CZESTOCHOWA,
        "ngo",
        (f"{VOTE}-27", "klubom-mlodziezo"),
        (f"{VOTE}-24", "bezdomnych"),
        (CLUB,),
        (AKTYWNI, TOURISM),
    ),
    Case(
        "kino letnie na rynku",
        CZESTOCHOWA,
        "informal_group",
        (f"{VOTE}-20",),
        ("w-rozwoju-spolecznym", f"{VOTE}-12"),
        (NOWEFIO, CITY_BUDGET),
        (CLUB, AKTYWNI),
    ),
    Case(
        "opieka wytchnieniowa dla rodzin osób niepełnosprawnych",
        CZESTOCHOWA,
        "municipality",
        ("potrzebne-jest-rozszerzenie", "rodziny-opiekujace"),
        (f"{VOTE}-8",),
        (RESPITE,),
        (SENIOR_PLUS, CLUB),
    ),
    Case(
        "zbiórka żywności dla najuboższych",
        CZESTOCHOWA,
        "ngo",
        ("pomocy-zywnosciowej", f"{VOTE}-16"),
        (f"{VOTE}-27", "bariery"),
        (NOWEFIO,),
        (NCK, CLUB, AKTYWNI),
    ),
    Case(
        "język polski dla uchodźców z Ukrainy", CZESTOCHOWA, "ngo", (), (f"{VOTE}-27", "bezdomnych"), (NOWEFIO,), (AKTYWNI, CHANCES, CLUB)
    ),
    Case(
        "допомога біженцям з України",
        CZESTOCHOWA,
        "ngo",
        ("osoby-z-ukrainy", "uchodzcom-z-ukrainy"),
        (f"{VOTE}-8",),
        (NOWEFIO,),
        (AKTYWNI, FIRE_ENGINES),
    ),
    Case(
        "sprzątanie lasu i sadzenie drzew",
        JANOW,
        "informal_group",
        ("celowe-wypalanie",),
        ("apolonka", "droga-wojewodzka"),
        (),
        (AKTYWNI, CLUB, CITY_BUDGET),
    ),
    Case("ścieżka przyrodnicza", CZESTOCHOWA, "ngo", (f"{VOTE}-34",), (f"{VOTE}-27", f"{VOTE}-5"), (ECO_EVENTS,), (AKTYWNI, HERITAGE)),
    Case("pracownia ekologiczna w szkole", CZESTOCHOWA, "school", (), (f"{VOTE}-27", f"{VOTE}-8"), (GREEN_ROOM,), (AKTYWNI, YOUTH_FIRE)),
    Case(
        "warsztaty kulinarne KGW",
        POCZESNA,
        "kgw",
        (),
        (f"{VOTE}-16", "wsrod-najmlodszych"),
        (KGW_GRANT,),
        (CITY_BUDGET, FIRE_ENGINES, CLUB),
    ),
    Case("orkiestra dęta kupuje instrumenty", POCZESNA, "ngo", (), ("klubom-mlodziezo", f"{VOTE}-6"), (NCK,), (CITY_BUDGET, CLUB, AKTYWNI)),
    Case("przegląd zespołów ludowych", PRZYROW, "kgw", (), (f"{VOTE}-27",), (NCK, KGW_GRANT), (CITY_BUDGET, CLUB)),
    Case("teatr dla dzieci w świetlicy", LELOW, "ngo", (), (f"{VOTE}-8", "bezdomnych"), (NCK,), (AKTYWNI, SENIOR_PLUS, CITY_BUDGET)),
    Case(
        "remont świetlicy wiejskiej",
        JANOW,
        "municipality",
        ("z-solectwa-lipnik",),
        ("z-solectwa-apolonka", "droga-wojewodzka"),
        (),
        (SENIOR_PLUS, FIRE_ENGINES),
    ),
    Case(
        "klub dla młodzieży po lekcjach",
        MYSZKOW,
        "ngo",
        ("przewodniczacy-jednej",),
        ("bezdomnych", "brakuje-2-5-mln"),
        (),
        (AKTYWNI, YOUTH_FIRE),
    ),
    Case(
        "pomoc dla osób bezdomnych", CZESTOCHOWA, "ngo", ("liczba-osob-bezdomnych",), (f"{VOTE}-27", f"{VOTE}-20"), (NOWEFIO,), (CLUB, NCK)
    ),
    Case(
        "punkt porad prawnych dla seniorów", CZESTOCHOWA, "ngo", ("seniorzy-w-dzielnicach",), (f"{VOTE}-13",), (AKTYWNI,), (CHANCES, CLUB)
    ),
    Case(
        "przemoc w rodzinie: grupa wsparcia dla kobiet",
        CZESTOCHOWA,
        "ngo",
        ("przemoc-w-rodzinie",),
        (f"{VOTE}-5", f"{VOTE}-35"),
        (NOWEFIO,),
        (FIRE_ENGINES, CLUB),
    ),
    Case(
        "rajd rowerowy", ZARKI, "informal_group", (f"{VOTE}-33",), ("bezdomnych", f"{VOTE}-27"), (TOURISM, SOLECKI), (CITY_BUDGET, AKTYWNI)
    ),
    Case(
        "biblioteka dla niewidomych",
        CZESTOCHOWA,
        "municipality",
        (f"{VOTE}-18",),
        (f"{VOTE}-19", f"{VOTE}-27"),
        (),
        (CHANCES, FIRE_ENGINES),
    ),
    Case(
        "spółdzielnia socjalna dla bezrobotnych",
        CZESTOCHOWA,
        "social_enterprise",
        ("wykluczenie-spoleczne", "w-rozwoju-spolecznym"),
        (f"{VOTE}-27",),
        (LOANS,),
        (KGW_GRANT, NCK),
    ),
    Case(
        "półkolonie dla dzieci",
        KLOMNICE,
        "ngo",
        ("dzieci-z-dzielnicy-stare-miasto",),
        (f"{VOTE}-32", f"{VOTE}-20"),
        (FERIE,),
        (AKTYWNI, FIRE_ENGINES, CITY_BUDGET),
    ),
    Case(
        "park z ławkami i tężnią",
        KLOBUCK,
        "municipality",
        ("zgloszono-pot-2",),
        (f"{VOTE}-27", "bezdomnych"),
        (),
        (SENIOR_PLUS, CLUB, CITY_BUDGET),
    ),
    Case(
        "dzienny dom dla seniorów",
        KRUSZYNA,
        "municipality",
        ("seniorom-potrzebna-byla",),
        (f"{VOTE}-8", "susza"),
        (SENIOR_PLUS,),
        (FIRE_ENGINES, CLUB),
    ),
    Case(
        "oświetlenie i chodnik przy szkole",
        CZESTOCHOWA,
        "municipality",
        ("mieszkancy-wskazuja-w-budzecie",),
        (f"{VOTE}-5", f"{VOTE}-26"),
        (ORLEN,),
        (FIRE_ENGINES, SAFE_FIREMAN),
    ),
    Case(
        "festyn rodzinny w dzielnicy",
        CZESTOCHOWA,
        "ngo",
        (f"{VOTE}-4",),
        ("przemoc-w-rodzinie", "w-dzielnicy-ostatni-grosz"),
        (NCK, CITY_BUDGET),
        (AKTYWNI, FIRE_ENGINES),
    ),
    Case(
        "teleopieka dla samotnych seniorów",
        CZESTOCHOWA,
        "municipality",
        ("osoby-starsze-chore", "seniorzy-zmagaja"),
        (f"{VOTE}-24",),
        (SENIOR_PLUS,),
        (CHANCES, CLUB),
    ),
    Case(
        "wycieczki górskie dla seniorów",
        CZESTOCHOWA,
        "senior_club",
        (f"{VOTE}-24",),
        (f"{VOTE}-25", "bezdomnych"),
        (AKTYWNI,),
        (CHANCES, NCK),
    ),
    Case(
        "zagospodarowanie wody deszczowej",
        MIEDZNO,
        "municipality",
        ("rozbudowy-kanalizacji",),
        ("doswietlenia-par", f"{VOTE}-27"),
        (),
        (SENIOR_PLUS, CLUB),
    ),
    Case(
        "asystent osobisty dla osoby z niepełnosprawnością",
        PRZYROW,
        "ngo",
        ("potrzebne-jest-rozszerzenie",),
        (f"{VOTE}-8",),
        (ASSISTANT,),
        (CLUB, CITY_BUDGET),
    ),
    Case(
        "izba pamięci i historia wsi",
        PRZYSTAJN,
        "kgw",
        ("budynek-muzeum-regionalnego",),
        (f"{VOTE}-27", "bezdomnych"),
        (KGW_GRANT,),
        (CITY_BUDGET, AKTYWNI),
    ),
    Case(
        "kurs szydełkowania", KONOPISKA, "kgw", (), (f"{VOTE}-13", f"{VOTE}-27"), (KGW_GRANT, SOLECKI), (CITY_BUDGET, AKTYWNI, FIRE_ENGINES)
    ),
    Case(
        "wspólne śpiewanie pieśni patriotycznych",
        WRECZYCA,
        "parish",
        (),
        (f"{VOTE}-8", "klubom-mlodziezo"),
        (NCK, SMALL),
        (CITY_BUDGET, CLUB),
    ),
    Case(
        "спортивні заняття для літніх людей",
        CZESTOCHOWA,
        "informal_group",
        (),
        ("bezdomnych", f"{VOTE}-8"),
        (AKTYWNI, CITY_BUDGET),
        (CHANCES, NCK),
    ),
    Case(
        "kawiarenka naprawcza",
        PORAJ,
        "informal_group",
        (),
        (f"{VOTE}-27", "przemoc"),
        ("f-dzialaj-lokalnie-kozieglowy",),
        (CITY_BUDGET, FIRE_ENGINES, AKTYWNI),
    ),
    Case(
        "konsultacje z mieszkańcami w sołectwach",
        MSTOW,
        "ngo",
        ("konsultacje-programu-w",),
        (f"{VOTE}-27", f"{VOTE}-8"),
        (NOWEFIO,),
        (CITY_BUDGET, CLUB),
    ),
    Case(
        "repair café for neighbours",
        KLOBUCK,
        no_needs=("zatracili-poczucie", "do-banku-zywnosci", "osoby-z-ukrainy"),
        loose=("centrum-integracyjnego-dla", "klubu-abstynenta", "pomoc-wielkanocna", "krakowskiej-30"),
    ),
    Case(
        "teatr dla dzieci w świetlicy",
        LIPIE,
        no_needs=("z-solectwa-lipnik", "walaszczyk"),
        loose=("aktywna-swietlica-dla", "pokaz-mody", "wirtualny-teatr", "swietlica-wiejska-w-mokrej"),
    ),
)
