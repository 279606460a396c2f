"""所示内容: the fingerprint changes exactly when something shown changes, and the change is named."""

from hypothesis import given
from hypothesis import strategies as st

from biye.casework.core.shown import Changed, changes, fingerprint

SHOWN = {
    "学籍": {"姓名": "李雪", "民族": "汉"},
    "审查意见": [{"rule": "credits", "have": "76.0"}, {"rule": "photo", "have": "否"}],
}
DOCUMENTS = st.recursive(
    st.none() | st.text(max_size=5) | st.integers(-9, 9),
    lambda inner: st.dictionaries(st.text(max_size=3), inner, max_size=3) | st.lists(inner, max_size=3),
    max_leaves=12,
)


def test_the_order_of_keys_says_nothing_and_the_order_of_lists_does() -> None:
    turned = {"审查意见": SHOWN["审查意见"], "学籍": {"民族": "汉", "姓名": "李雪"}}
    assert fingerprint(turned) == fingerprint(SHOWN)
    assert fingerprint({"审查意见": [1, 2]}) != fingerprint({"审查意见": [2, 1]})


def test_every_change_is_named_by_what_it_is_about() -> None:
    now = {
        "学籍": {"姓名": "李雯"},
        "审查意见": [
            {"rule": "exams", "have": "无"},
            {"rule": "credits", "have": "80.0"},
            {"rule": "photo", "have": "否"},
        ],
    }
    assert changes(SHOWN, now) == (
        Changed(("学籍", "姓名"), "李雪", "李雯"),
        Changed(("审查意见", "exams", "rule"), None, "exams"),
        Changed(("审查意见", "exams", "have"), None, "无"),
        Changed(("审查意见", "credits", "have"), "76.0", "80.0"),
        Changed(("学籍", "民族"), "汉", None),
    )


@given(st.dictionaries(st.text(max_size=3), DOCUMENTS, max_size=3))
def test_nothing_differs_from_itself(document: dict[str, object]) -> None:
    assert changes(document, document) == ()
    assert fingerprint(document) == fingerprint(dict(reversed(document.items())))
