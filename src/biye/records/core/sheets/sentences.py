"""学籍数据的提示语: what a problem of a record sheet says; the one catalogue for imports, previews and the command line."""

from biye.machinery.exchange.core import sentences
from biye.machinery.exchange.core.problems import Problem

_GRADES = "0–100 的数字（至多两位小数），或 优秀/良好/中等/及格/不及格、合格/不合格、缺考/缓考/作弊/免修"

CATALOGUE: dict[str, str] = sentences.READING | {
    # folder
    "folder_empty": "文件夹里没有可以读取的表格（.xlsx .xls .csv .dbf）。",
    "file_ignored": "不是表格，未读取。",
    "no_students": "没有学生表，或学生表里没有可用的行，其他表因此无法对应到学生。请提供学生表（学号、姓名、层次、入学批次等）。",
    "choices_unreadable": "sheets.yaml 不是正确的 YAML，未采用。",
    "choice_wrong": "sheets.yaml 中“{value}”的写法不对，未采用；可用 kind、coverage（listed、complete）、parts（考试、考查、实践、论文）。",
    "more_problems": "另有 {count} 处同等轻重的问题没有逐条列出；请先改正已列出的，再重新导入。",
    # students
    "not_a_sex": "{cell}，请写“男”或“女”。",
    "not_an_email": "{cell}，不是电子邮箱地址；请改正，如“wang@example.edu.cn”，一格只写一个。",
    "not_an_ethnicity": "{cell}，不是国家标准中的民族名称；请改正，如“汉族”。",
    "not_a_document": "{cell}，不是认识的证件类型；可写：{words}。",
    "private_characters": "{rows}「{column}」含自造字“{characters}”（如“{value}”），换一台电脑会显示不出；请改用标准汉字。",
    "outside_gbk": "{rows}「{column}」含 GBK 以外的字“{characters}”（如“{value}”），本系统可以保存；上报到旧系统前请核对。",
    "identity_digits_lost": "{rows}「{column}」的后几位已被表格软件改成 0（{value}）；请把该列设为“文本”格式后重新填写原号码。",
    "identity_blank": "{rows}「{column}」只有空格或符号（{value}），没有号码；请填写号码，还不知道的请留空。",
    "identity_bad_length": "{rows}「{column}」有 {length} 位（{value}），身份证号码应为 18 位或 15 位；请核对证件号码和证件类型。",
    "identity_bad_character": "{rows}「{column}」含有不该有的字符（{value}）；请核对。",
    "identity_no_such_date": "{rows}「{column}」中的出生日期不存在（{value}）；请核对。",
    "identity_bad_form": "{rows}「{column}」不是该证件类型的号码格式（{value}）；请核对证件号码和证件类型。",
    "identity_bad_check_digit": "{rows}「{column}」校验码不符（{value}），按前 17 位最后一位应是“{expected}”；请核对证件，多半有一位抄错。",
    "birth_differs": "{cell}，与证件号码中的 {birth} 不同；请核对哪一个正确。",
    "sex_differs": "{cell}，与证件号码表示的“{sex}”不同；请核对哪一个正确。",
    "row_without_grades": "{rows}没有填任何一门课程的成绩，没有可以导入的内容。",
    "unknown_here": "{rows}「{column}」空白，按“待核实”处理。",
    "word_unknown": "{cell}，不是学校规定的说法；学校规定的是：{words}。",
    "person_with_two_records": "{rows}的证件号码出现在两个以上学号下（如 {value}）；一人可以有两个学籍，分别审查。",
    "centre_new": "{rows}「{column}」是“{value}”，系统中还没有，导入时将新建；若是写法不同，请改成已有的名称。",
    "plan_unknown": "{rows}「{column}」是“{value}”，教学计划表中没有；请补上该计划或改正。",
    # keys
    "same_key_differs": "{rows}与另一行是同一条数据，但内容不同；两行都未采用，请只留正确的一行。",
    "same_row_twice": "{rows}与前面的行完全相同，只采用一次。",
    "attempts_differ": "{rows}与另一行是同一学生同一课程，成绩不同，分不清先后，都未采用。请用“取得方式”“学期”或“次序”列区分，或只留一行。",
    "student_unknown": "{rows}学号“{value}”不在学生表中；请先导入该学生，或改正学号。",
    "student_refused": "{rows}学号“{value}”的学生行有误、未采用，其成绩等因此也未采用；请先改正学生表。",
    "name_differs": "{rows}姓名是“{value}”，学生表中该学号是“{name}”；请核对学号。",
    # plans and courses
    "not_a_course_kind": "{cell}，不是课程性质；请写 必修、选修、实践 或 毕业论文。",
    "not_an_assessment": "{cell}，不是考核方式；请写 考试 或 考查。",
    "overflow_unknown": "{cell}，不是同一计划的另一个模块；按不溢出处理，请核对。",
    "course_name_differs": "{rows}「{column}」与同一课程代码的其他名称不同（如“{value}”）；以教学计划中的名称为准。",
    "course_unknown": "{cell}，教学计划中没有这个课程名称，又没有课程代码；请补课程代码或改正名称。",
    "course_ambiguous": "{cell}，有几门同名课程，学生的教学计划也分不出是哪一门；请补课程代码。",
    "course_missing": "{rows}没有课程代码，也没有课程名称；请补上。",
    "course_in_no_plan": "{rows}「{column}」是“{value}”，不在任何教学计划中；成绩仍保存，但不计入计划学分。请核对代码。",
    "thesis_not_in_plan": "{rows}的学生没有教学计划，或计划中没有（或有几门）毕业论文；请在表中写明课程代码。",
    "differs_from_plan": "{rows}「{column}」与教学计划不同（如“{value}”）；以教学计划为准。",
    # attainments
    "not_a_grade": "{cell}，不是成绩；请改为 " + _GRADES + "。",
    "grade_out_of_range": "{cell}，不在 0–{most} 之间；请核对。",
    "grade_missing": "{rows}「{column}」是空白；请填写成绩（" + _GRADES + "），还没有成绩的请删去这一行。",
    "not_a_score": "{cell}，不是分数；请写数字，如 65。",
    "not_a_way": "{cell}，不是取得方式；可写：正考、补考、重修、免修、替代、学分互认。",
    "not_an_outcome": "{cell}，不是统考结果；请写 通过、未通过、免考 或 缺考。",
    "outcome_differs": "{cell}，与“结果”列不一致；请核对。",
    "outcome_missing": "{rows}既没有结果也没有成绩；请填写其中一项。",
    "certificate_not_passed": "{rows}写明未通过（如“{value}”），不算取得证书，未采用。",
    # standings
    "fee_missing": "{rows}没有应交、欠费或是否结清；请至少填写一项。",
    "arrears_missing": "{rows}写明未结清，但没有欠费金额；请填写欠费金额。",
    "arrears_differ": "{cell}，与应交减已交不等；请核对。",
    "cleared_differs": "{cell}，但金额表明仍有欠费；请核对。",
    "lifted_before_imposed": "{cell}，早于处分日期；请核对。",
    "not_a_specification": "{cell}，请写 合格、不合格 或 待核实。",
}


def sentence(problem: Problem) -> str:
    """What one problem says, in a plain Chinese sentence with the remedy."""
    return sentences.sentence(problem, CATALOGUE)
