"""人像比对: bands, swapped files, one face under two students, and what a calibration says."""

from dataclasses import replace
from itertools import pairwise

import numpy as np
import pytest

from biye.foundation.errors import Refused
from biye.photos.core import calibration, cohort, likeness
from biye.photos.core.drawing.portrait import draw
from biye.photos.core.likeness import Advice, Vector, advise
from biye.photos.core.networks import Networks
from biye.photos.core.specification import Comparison, Specification
from tests import photo_files

LIMITS = Comparison.model_validate({"consistent_from": "0.60", "mismatch_below": "0.40"})


def vector(*parts: float) -> Vector:
    """A direction among few, as long as one."""
    full = np.zeros(128, np.float32)
    full[: len(parts)] = parts
    return np.asarray(full / np.linalg.norm(full), np.float32)


def at(score: float, number: int) -> Vector:
    """A face whose likeness to face `number` is `score`, and which is like nobody else."""
    full = np.zeros(128, np.float32)
    full[number], full[64 + number] = score, (1 - score**2) ** 0.5
    return full


@pytest.mark.parametrize(
    ("score", "advice"),
    [
        (399, Advice.MISMATCH),
        (400, Advice.LOOK),
        (401, Advice.LOOK),
        (599, Advice.LOOK),
        (600, Advice.CONSISTENT),
        (601, Advice.CONSISTENT),
    ],
)
def test_a_score_on_a_threshold_belongs_to_the_better_band(score: int, advice: Advice) -> None:
    assert advise(score, LIMITS) == advice


def test_the_same_face_otherwise_lit_and_framed_is_consistent(networks: Networks, notice: Specification) -> None:
    sitter = photo_files.person(3)
    other = replace(sitter, face_width=sitter.face_width * 0.9, roll=3.0, background=(255, 255, 255), seed=77)
    vectors = [
        likeness.vector_of(photo_files.encoded(draw(one).pixels, quality=60 + 30 * place), "x", networks)
        for place, one in enumerate((sitter, other))
    ]
    found = likeness.compare(*vectors, notice.comparison)
    assert found.advice == Advice.CONSISTENT
    assert np.linalg.norm(vectors[0]) == pytest.approx(1.0, abs=1e-5)


def test_a_picture_without_a_face_is_refused(networks: Networks) -> None:
    with pytest.raises(Refused) as refused:
        likeness.vector_of(photo_files.encoded(np.full((300, 300, 3), 90, np.uint8)), "x", networks)
    assert [reason.code for reason in refused.value.reasons] == ["no_face"]


def test_two_swapped_photos_are_both_found_and_the_rest_is_left_alone() -> None:
    enrolment = {key: vector(*np.eye(5)[place]) for place, key in enumerate("abcde")}
    graduation = {"a": at(0.8, 1), "b": at(0.85, 0), "c": at(0.7, 2), "d": at(0.5, 3), "e": at(0.3, 4)}
    found = cohort.swapped(enrolment, graduation, LIMITS)
    assert [(one.student, one.own, one.other, one.score) for one in found] == [("b", 0, "a", 850), ("a", 0, "b", 800)]


@pytest.mark.parametrize(("own", "reported"), [(0.700, True), (0.719, True), (0.720, True), (0.721, False)])
def test_a_better_fit_elsewhere_counts_only_when_plainly_better(own: float, reported: bool) -> None:
    enrolment = {"a": vector(1), "b": vector(0, 1)}
    both = np.zeros(128, np.float32)
    both[0], both[1] = own, 0.8
    both[2] = max(1 - float(both @ both), 0) ** 0.5
    # Two scores of one face need not fit a unit vector here: only their difference is judged.
    assert bool(cohort.swapped(enrolment, {"a": both}, LIMITS)) is reported


@pytest.mark.parametrize(("score", "reported"), [(0.599, False), (0.600, True), (0.601, True)])
def test_a_better_fit_elsewhere_must_itself_be_consistent(score: float, reported: bool) -> None:
    found = cohort.swapped({"a": vector(0, 0, 1), "b": vector(1)}, {"a": at(score, 0)}, LIMITS)
    assert bool(found) is reported


def test_a_photo_of_somebody_without_an_enrolment_photo_may_still_be_another_s() -> None:
    found = cohort.swapped({"b": vector(1)}, {"a": at(0.9, 0)}, LIMITS)
    assert [(one.student, one.own, one.other) for one in found] == [("a", None, "b")]


def test_one_face_or_one_file_under_two_students_is_found_once() -> None:
    photos = {"a": vector(1), "b": at(0.95, 0), "c": vector(0, 1), "d": vector(0, 1), "e": vector(0.75, 0, 0.66)}
    digests = {"a": "1", "b": "2", "c": "3", "d": "3", "e": "5"}
    found = cohort.repeated(photos, digests, LIMITS)
    assert [(one.one, one.other, one.is_same_file) for one in found] == [("c", "d", True), ("a", "b", False)]


def test_two_records_of_one_person_may_be_alike() -> None:
    records = {"a1": vector(1), "a2": at(0.9, 0)}
    assert cohort.swapped(records, {"a2": vector(1)}, LIMITS, differ=lambda one, other: one[0] != other[0]) == []
    photos = {"a1": vector(1), "a2": vector(1)}
    found = cohort.repeated(photos, {"a1": "1", "a2": "1"}, LIMITS, differ=lambda one, other: one[0] != other[0])
    assert found == []


def test_nobody_to_compare_with_is_no_trouble() -> None:
    assert cohort.swapped({}, {"a": vector(1)}, LIMITS) == []
    assert cohort.repeated({}, {}, LIMITS) == []
    assert calibration.calibrate({}).suggested is None


def test_more_rows_than_one_block_give_the_same_pairs() -> None:
    random = np.random.default_rng(4)
    faces = {f"{n:03}": vector(*random.normal(size=6)) for n in range(60)}
    digests = {key: key for key in faces}
    whole = cohort.repeated(faces, digests, LIMITS)
    assert cohort.repeated(faces, digests, LIMITS, rows_at_once=7) == whole
    assert len(whole) > 5


@pytest.fixture(scope="module")
def people() -> dict[str, list[Vector]]:
    """Fifty people, two photos each, one person's alike and two people's not."""
    random = np.random.default_rng(8)
    faces = {f"{n}": random.normal(size=128) for n in range(50)}
    return {key: [vector(*(face + 0.3 * random.normal(size=128))) for _ in range(2)] for key, face in faces.items()}


def test_calibration_counts_every_pair_once(people: dict[str, list[Vector]]) -> None:
    found = calibration.calibrate(people)
    assert (found.people, found.same_pairs, found.different_pairs) == (50, 50, 100 * 99 // 2 - 50)


def test_rates_fall_and_rise_with_the_threshold_and_agree_with_counting(people: dict[str, list[Vector]]) -> None:
    found = calibration.calibrate(people)
    scores = [round(float(a @ b) * 1000) for a, b in people.values()]
    assert [found.false_reject(t) for t in (0, 900, 1000)] == [
        sum(score < t for score in scores) / 50 for t in (0, 900, 1000)
    ]
    accepts = [found.false_accept(threshold) for threshold in range(0, 1001, 50)]
    assert all(later <= earlier for earlier, later in pairwise(accepts))
    assert (accepts[0], accepts[-1]) == (1.0, 0.0)


def test_suggested_thresholds_keep_the_two_kinds_apart(people: dict[str, list[Vector]]) -> None:
    found = calibration.calibrate(people)
    assert found.suggested is not None
    mismatch, consistent = found.suggested
    assert mismatch < consistent
    assert found.false_accept(consistent) <= 0.001
    assert found.false_reject(mismatch) <= 0.005
    assert found.surely_below == pytest.approx(3 / found.different_pairs)


def test_blocks_do_not_change_a_calibration(people: dict[str, list[Vector]]) -> None:
    whole = calibration.calibrate(people)
    parts = calibration.calibrate(people, rows_at_once=9)
    assert np.array_equal(whole.same, parts.same)
    assert np.array_equal(whole.different, parts.different)


def test_too_few_pairs_suggest_nothing() -> None:
    assert calibration.calibrate({"a": [vector(1), vector(1, 0.1)]}).suggested is None
