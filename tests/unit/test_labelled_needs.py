"""The needs that the consortium's likelihood is fitted on have their answers in the pool."""

from benchmarks.labelled_needs import labelled_needs, pool_of


def test_every_need_is_of_the_pool_and_answered_in_it() -> None:
    pool = {one.id: one for one in pool_of().organisations}
    needs = labelled_needs()
    assert len(needs) > 80
    assert all(one.text.strip() and one.answer in pool for one in needs)
    assert {one.asker for one in needs} - {None} <= set(pool)
    assert all(pool[one.answer].capabilities and one.answer != one.asker for one in needs)


def test_nothing_of_the_golden_sets_report_half_is_among_them() -> None:
    ad_hoc = [one for one in labelled_needs() if one.asker is None]
    assert len(ad_hoc) == 10
