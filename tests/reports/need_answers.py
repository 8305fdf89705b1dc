"""Which records of the project's data may have answered which stated need, and which must not be shown as if they had? Read one by one.

A need and a record are named by parts of what they are called.
"""

from __future__ import annotations

RIGHT = (
    ("neutralnego miejsca zebrań", "„Sołtysówka”"),
    ("Budynek Muzeum Regionalnego", "Przekazanie Muzeum Regionalnego"),
    ("sołectwa Apolonka", "Inicjatywy lokalne w gminie Janów 2011"),
    ("Miejscowa straż ochotnicza", "Walne Zebranie Sprawozdawcze OSP w Kamienicy"),
    ("Mieszkańcy Walaszczyk", "Otwarcie Domu Sołeckiego w Walaszczykach"),
    ("Mieszkańcy Walaszczyk", "Dom Sołecki w Walaszczykach"),
    ("Ponad 200 rodzin", "Wydawanie żywności z programu P.E.A.D."),
    ("Członkowie związku emerytów", "Wolontariat studyjny ETNA 2022"),
    ("Osoby z Ukrainy potrzebują aktywizacji", "Otwarcie Centrum Integracyjnego dla Cudzoziemców"),
    ("Przemoc w rodzinie", "Dni otwarte MOPS"),
    ("Przemoc w rodzinie", "16 dni przeciw przemocy"),
    ("Uchodźcom z Ukrainy brakuje miejsc", "Punkt pośrednictwa mieszkaniowego"),
    ("potrzebne są miejsca pracy dla osób", "Nabór JOWES"),
)
WRONG = (
    ("Bieżnia lekkoatletyczna", "Niepodległościowy bieg"),
    ("Bookcrossing", "Zakup książek"),
    ("TV Voice Senior", "Senioralia"),
    ("TV Voice Senior", "Finał 20-lecia"),
    ("zielonym szlaku", "Pola Nadziei"),
    ("wadom postawy", "Bal charytatywny"),
    ("wadom postawy", "Blaski Wolontariatu"),
    ("ścieżka przyrodnicza", "Wiosenne urządzanie ogrodu"),
    ("Zielony zakątek", "Senioralia"),
    ("Ćwicz dla zdrowia", "Seminarium"),
    ("opieki wytchnieniowej", "Bal charytatywny"),
    ("opieki wytchnieniowej", "Pola Nadziei"),
    ("bezwzględny priorytet", "Miasteczko Szczęśliwej Rodziny"),
    ("punkty pomocy", "Dzień Godności"),
    ("wspólnoty sąsiedzkiej", "Festiwal Kultury Alternatywnej"),
    ("zaopatrzenia w wodę", "Budowa kanalizacji"),
    ("ul. Baczyńskiego", "Konkurs Przedsięwzięć"),
    ("sport w gminie praktycznie nie istnieje", "„Dwójka”"),
)
