"""办理拒绝说明: reason code → the sentence a user reads."""

REFUSALS: dict[str, str] = {
    "no_such_case": "没有这个事项，或不在您的查看范围内。",
    "not_possible_now": "“{kind}”现在是“{state}”，{who}不能办理“{event}”；请刷新页面查看最新进度。",
    "too_late": "已过截止时间，不能再办理；确有特殊原因的，请联系学习中心向学院申请逾期例外受理。",
    "too_early": "还没有到可以办理的时间。",
    "somebody_was_faster": "{who}已于 {at} 办理“{event}”，现在是“{state}”；请看过之后再决定。",
    "route_open": "这一通道没有对该生开放，原因见审查结论页。",
    "effects_accepted": "请先勾选不可撤回的后果。",
    "form_complete": "填报内容不完整，请补全后再提交。",
    "evidence_complete": "证明材料不齐全，请按清单补齐。",
    "shown_unchanged": "核对之后内容有变动，请重新核对后再签字。",
    "reason_given": "请写明理由。",
    "second_person": "学校要求复核：须先由一人初审，再由另一人同意。",
    "no_rival_choice": "已有办理中或获准的结业、延缓毕业申请；请先撤回它。",
    "choice_settled": "结业或延缓毕业的申请还没有结果，等审查结论更新后再办理。",
    "not_frozen": "学籍数据已经冻结或名单已经锁定，不能再改动。",
    "publicity_over": "公示期还没有满。",
    "delivered": "请先登记送达凭证。",
    "silence_counts": "通知没有写明逾期视为无异议。",
    "witness_present": "须由学习中心老师在场见证。",
    "favourable": "审查结论不符合毕业条件，也没有获准结业；或者已获准延缓毕业。",
}
