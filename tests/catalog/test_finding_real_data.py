"""On the real data set, too, filters and facets equal a plain loop, and every valid choice leads somewhere."""

from __future__ import annotations

from functools import cache

from hypothesis import given, settings
from hypothesis import strategies as st

from lib.catalog.catalog import FACETS, Catalog
from lib.catalog.load import Dataset, load_dataset
from lib.catalog.query import Query, checked, from_params, to_params, valid_values
from lib.settings import DATA_DIR
from tests.catalog.finding_world import naive_match, naive_values


@cache
def dataset() -> Dataset:
    return load_dataset(DATA_DIR)


@cache
def catalog() -> Catalog:
    return Catalog(dataset())


@st.composite
def filters(draw: st.DrawFn) -> Query:
    valid = valid_values(dataset())
    used = draw(st.sets(st.sampled_from(FACETS), max_size=3))
    chosen = {name: tuple(draw(st.lists(st.sampled_from(valid[name]), min_size=1, max_size=5))) for name in sorted(used)}
    return Query(
        **chosen,
        near=draw(st.just("") | st.sampled_from(valid["near"])),
        within_km=draw(st.none() | st.floats(0, 60)),
        year_from=draw(st.none() | st.integers(2005, 2026)),
        year_to=draw(st.none() | st.integers(2005, 2026)),
        has_contact=draw(st.booleans()),
        verified_since=draw(st.none() | st.integers(2005, 2026)),
        approximate_only=draw(st.sampled_from([False, False, True])),
    )


@settings(deadline=None, max_examples=60)
@given(filters())
def test_a_filter_finds_what_a_naive_loop_finds(query: Query) -> None:
    assert catalog().mask(query).tolist() == [naive_match(item, query, dataset()) for item in dataset().items]
    assert checked(query, dataset()) == (query, ())
    assert from_params(to_params(query)) == query


@settings(deadline=None, max_examples=15)
@given(filters())
def test_every_facet_count_equals_naive_counting(query: Query) -> None:
    facets = catalog().facets(query)
    for name in FACETS:
        lifted = Query(**{field: getattr(query, field) for field in query.active if field != name})
        matching = [item for item in dataset().items if naive_match(item, lifted, dataset())]
        held = [code for item in matching for code in naive_values(item, name, dataset())]
        assert facets[name] == {code: held.count(code) for code in {*held, *getattr(query, name)}}


def test_the_offered_values_are_codes_that_the_query_accepts_unchanged() -> None:
    for name, codes in valid_values(dataset()).items():
        for code in codes:
            query = Query(near=code) if name == "near" else Query(**{name: (code,)})
            assert from_params(to_params(query)) == query
            assert query.active


def test_each_gmina_is_offered_and_leads_to_its_records() -> None:
    offered = catalog().facets(Query())["gminas"]
    assert set(offered) == set(dataset().gminas)
    assert all(catalog().search(Query(gminas=(teryt,))).total == count for teryt, count in offered.items())
