"""照片文字: every sentence a user reads about a photo, by check and reason."""

LABELS: dict[str, str] = {
    "file_name": "文件名",
    "file_format": "文件格式",
    "pixel_size": "像素尺寸",
    "resolution": "分辨率",
    "colour_depth": "颜色位数",
    "quality": "压缩品质",
    "file_size": "文件大小",
    "orientation": "方向标记",
    "one_picture": "一人一图",
    "trailing_bytes": "文件尾",
    "one_face": "单人",
    "frontal": "正面",
    "level": "端正",
    "eyes_open": "双眼睁开",
    "mouth_closed": "嘴唇闭合",
    "centred": "水平居中",
    "head_top": "头顶位置",
    "eye_line": "眼睛位置",
    "face_width": "脸部宽度",
    "background_colour": "背景颜色",
    "background_evenness": "背景均匀",
    "background_gradient": "背景渐变",
    "background_shadow": "背景阴影",
    "background_objects": "背景杂物",
    "border": "边框",
    "lettering": "文字标志",
    "white_top": "白色上衣",
    "shoulders": "双肩平衡",
    "sharpness": "清晰",
    "exposure": "面部明暗",
}

# What is measured, as the subject of a sentence with a number.
SUBJECTS: dict[str, str] = {
    "quality": "压缩品质系数为{about}",
    "file_size": "文件大小为",
    "frontal": "面部向一侧转过约",
    "level": "头部倾斜约",
    "eyes_open": "眼睛睁开程度（眼缝高与眼宽之比，取较小的一只）为",
    "mouth_closed": "嘴唇张开程度（唇缝高与嘴宽之比）为",
    "centred": "人像偏{side}",
    "head_top": "头顶距上边沿",
    "eye_line": "眼睛距上边沿",
    "face_width": "脸部宽度为",
    "background_colour": "背景约为 RGB({found})，与要求的 RGB({wanted}) 色差",
    "background_evenness": "背景深浅不匀的程度（色差）为",
    "background_gradient": "背景两端的色差为",
    "background_shadow": "背景最暗处比周围暗",
    "background_objects": "背景上最大的异物占画面",
    "border": "边框在图像四边中有",
    "lettering": "背景上有疑似文字、标志",
    "white_top": "衣着中白色所占的比例为",
    "shoulders": "两肩连线倾斜约",
    "sharpness": "面部清晰度为",
    "exposure": "面部明度（0 至 100）为",
}

# What to do: below the lower limit, above the upper one.
REMEDIES: dict[str, tuple[str, str]] = {
    "quality": ("", "保存时请把品质调到 75 以上"),
    "file_size": ("保存时请提高品质", "保存时请降低品质"),
    "frontal": ("", "请正对镜头"),
    "level": ("", "请摆正头部，双眼平视"),
    "eyes_open": ("请自然睁开双眼", ""),
    "mouth_closed": ("", "请自然闭合嘴唇，不露牙齿"),
    "centred": ("", "请使人像居中"),
    "head_top": ("请在头顶上方多留一些", "请靠近一些，或少留头顶上方"),
    "eye_line": ("请把镜头抬高，使人像在画面中下移", "请把镜头放低，使人像在画面中上移"),
    "face_width": ("请靠近一些", "请退后一些"),
    "background_colour": ("", "请换用规定颜色的背景"),
    "background_evenness": ("", "请换用平整、单色的背景，打匀灯光"),
    "background_gradient": ("", "请打匀灯光，使背景各处明暗一致"),
    "background_shadow": ("", "请离背景远一些，打匀灯光，消除阴影"),
    "background_objects": ("", "请移开背景中的物体"),
    "border": ("", "请去掉边框"),
    "lettering": ("", "请去掉文字、Logo 等"),
    "white_top": ("请穿白色上衣", ""),
    "shoulders": ("", "请端坐，双肩放平"),
    "sharpness": ("请对准焦点重拍，勿用截图或翻拍", ""),
    "exposure": ("请补光重拍", "请减弱正面灯光重拍"),
}

# Reasons that are no number against a limit: what is wrong, and what to do.
REASONS: dict[tuple[str, str], tuple[str, str]] = {
    ("file_name", "within"): ("文件名为证件号码 {shown}", ""),
    ("file_name", "untidy"): ("文件名 {shown} 中有全角字符、空格或小写字母", "请改为半角、大写、无空格"),
    ("file_name", "blank"): ("文件名不是证件号码", "请以证件号码命名，扩展名为 .JPG"),
    ("file_name", "not_a_number"): ("文件名不是证件号码", "请以证件号码命名，扩展名为 .JPG"),
    ("file_name", "digits_lost"): ("文件名中的证件号码被表格软件改坏，末几位已丢失", "请按证件重新命名"),
    ("file_name", "bad_length"): ("文件名不是 18 位或 15 位证件号码", "请以证件号码命名，扩展名为 .JPG"),
    ("file_name", "bad_character"): ("文件名中有证件号码不会有的字符", "请以证件号码命名，扩展名为 .JPG"),
    ("file_name", "bad_form"): ("文件名不符合该类证件号码的写法", "请按证件核对"),
    ("file_name", "no_such_date"): ("文件名 {shown} 中的出生日期不存在", "请按证件核对"),
    ("file_name", "bad_check_digit"): ("文件名 {shown} 末位校验码不对，按前 17 位应为 {expected}", "请按证件核对"),
    ("file_name", "officer"): ("文件名为军人证件号码，本校不采用", "请改以居民身份证号码命名"),
    ("file_name", "other_extension"): ("扩展名是“{extension}”，不是“.JPG”", "请另存为 JPEG 格式并以 .JPG 为扩展名"),
    ("file_name", "nobody"): ("名单中没有证件号码 {shown} 的学生", "请核对文件名与学生证件号码"),
    ("file_format", "within"): ("文件内容为 JPEG", ""),
    ("file_format", "other_format"): ("文件内容是 {found}，不是 JPEG", "请另存为 JPEG 格式（只改扩展名无效）"),
    ("pixel_size", "within"): ("宽×高为 {found} 像素", ""),
    ("pixel_size", "sideways"): ("宽×高为 {found} 像素，横竖颠倒，要求 {wanted}", "请把图像转正后重新保存"),
    ("pixel_size", "other_size"): ("宽×高为 {found} 像素，要求 {wanted}", "请按规定尺寸裁剪、缩放，不要拉伸变形"),
    ("resolution", "within"): ("分辨率标记为 {wanted} dpi", ""),
    ("resolution", "absent"): ("文件没有写明分辨率，要求 {wanted} dpi", "请在保存时写入 {wanted} dpi"),
    ("resolution", "other"): (
        "分辨率标记为 JFIF {jfif}、EXIF {exif}，要求 {wanted} dpi",
        "请在保存时写入 {wanted} dpi",
    ),
    ("resolution", "disagree"): ("分辨率的两处标记不一致：JFIF {jfif}、EXIF {exif}", "请重新保存，统一为 {wanted} dpi"),
    ("colour_depth", "within"): ("24 位真彩色", ""),
    ("colour_depth", "grey"): ("是灰度或黑白图像，不是 24 位真彩色", "请使用彩色照片"),
    ("colour_depth", "print_colours"): ("是印刷用的 CMYK 颜色，不是 24 位真彩色", "请另存为 RGB 颜色"),
    ("colour_depth", "palette"): ("是索引颜色，不是 24 位真彩色", "请另存为 24 位 RGB 颜色"),
    ("colour_depth", "transparent"): ("含透明通道，不是 24 位真彩色", "请另存为 24 位 RGB 颜色"),
    ("quality", "about"): (
        "压缩品质系数约 {value}，接近限值 {limit}，且编码器不同，不能断定",
        "请以品质 75 以上重新保存",
    ),
    ("quality", "no_tables"): ("文件中没有可据以推算压缩品质的量化表", ""),
    ("file_size", "either_reading"): (
        "文件大小为 {value}，在 {limit} 的边缘，1 KB 按 1000 还是 1024 字节计结果不同",
        "",
    ),
    ("orientation", "within"): ("图像本身端正，无须按标记旋转", ""),
    ("orientation", "marked"): ("图像靠 EXIF 方向标记（{found}）转正，有的软件会显示为横倒", "请转正后重新保存"),
    ("one_picture", "within"): ("文件中只有一幅图像", ""),
    ("one_picture", "several"): ("文件中有 {found} 幅图像", "请另存为单幅的 JPEG"),
    ("trailing_bytes", "within"): ("图像之后没有其他内容", ""),
    ("trailing_bytes", "tail"): ("图像之后另有 {found} 字节内容", "请用看图软件打开后另存"),
    ("one_face", "within"): ("有且只有一张人脸", ""),
    ("one_face", "none"): ("没有找到人脸", "请使用本人正面免冠照片"),
    ("one_face", "several"): ("找到 {found} 张人脸", "请使用单人照片"),
    ("one_face", "unsure"): ("不能断定图中是人脸", ""),
    ("one_face", "perhaps_several"): ("除本人外，似乎还有别的人脸", ""),
    ("level", "upside_down"): ("人像倒置或横倒", "请把图像转正后重新保存"),
    ("head_top", "cut"): ("头顶超出画面", "请重拍，头顶上方留出空白"),
    ("head_top", "not_found"): ("没有辨出头顶", ""),
    ("white_top", "not_found"): ("没有辨出衣着", ""),
    ("shoulders", "not_found"): ("没有辨出双肩", ""),
}

# What a person is asked besides the specification's own questions, and the parts of a picture that are shown large.
SAME_PERSON = "与录取照片是同一人"
STRIPS: dict[str, str] = {"eyes": "眼部", "ears": "耳部", "neck": "颈部"}

# Why somebody has to come again.
RETAKES: dict[str, str] = {"no_photo": "没有照片（{state}）", "refused": "不符合：{label}"}

# Why a check could not be made, whichever it is.
UNASSESSED: dict[str, str] = {
    "no_models": "照片检查所需的模型文件不可用，暂不能判断",
    "no_face": "没有找到人脸，不能判断",
    "size_first": "像素尺寸不合要求，须先改正尺寸才能判断",
    "little_background": "露出的背景太少，不能判断",
    "by_person": "须由人看：{ask}",
}

# Why a file was not opened at all: what it is, and what to do.
REFUSALS: dict[str, tuple[str, str]] = {
    "empty": ("文件是空的", "请重新选择文件"),
    "unreadable": ("文件不能读取：{why}", "请检查文件是否存在、是否有权限"),
    "too_many_bytes": ("文件有 {found} MB，超过 {most} MB", "请上传照片本身，不要放大或另存为无压缩格式"),
    "heic": ("是 HEIC 照片，不能识别", "请在手机相机设置中选“兼容性最佳”，或另存为 JPEG"),
    "not_a_photo": ("是{what}，不是照片", "请使用 JPEG、PNG 或 WebP 格式的照片"),
    "cut_short": ("文件不完整，后半截丢失", "请重新传输或重新导出"),
    "broken_structure": ("文件结构已损坏", "请用看图软件打开后另存为 JPEG"),
    "broken_picture": ("图像内容已损坏，不能解码", "请重新导出照片"),
    "too_many_pixels": ("图像尺寸过大，超过 {most} 百万像素", "请缩小后再试"),
    "too_small": ("图像只有 {found} 像素，太小", "请使用原片"),
    "too_narrow": ("图像 {found} 像素，过于狭长", "请使用照片原片"),
    "too_many_scans": ("图像分 {found} 遍存储，超过 {most} 遍", "请用看图软件打开后另存为 JPEG"),
    "sixteen_bits": ("是 16 位图像", "请另存为 8 位（24 位真彩色）的 JPEG"),
    "crashed": ("处理这个文件时程序中断", "请用看图软件打开后另存为 JPEG，再试"),
    "took_too_long": ("处理这个文件用时过长，已放弃", "请用看图软件打开后另存为 JPEG，再试"),
    "model_missing": ("缺少模型文件 {file}", "请在安装目录运行 make setup"),
    "model_altered": ("模型文件 {file} 与登记的 SHA-256 不符", "请删去该文件后运行 make setup"),
    # Making a photo to the specification.
    "switched_off": ("学校没有开放照片标准化", "请按规格拍摄，或咨询学习中心"),
    "no_face": ("没有找到端正的人脸", "请使用本人正面免冠照片"),
    "several_faces": ("找到 {found} 张人脸", "请使用单人照片"),
    "head_cut": ("头顶超出画面，无法补出", "请重拍，头顶上方留出空白"),
    "body_cut": ("人像的{side}边超出画面，无法补出", "请退后一些重拍，四周留出空白，拍到双肩和胸部"),
    "face_too_small": ("人脸只有约 {found} 像素宽，放大后会模糊", "请靠近一些重拍，或使用原图而非缩略图"),
    "proportions": ("发髻或头饰过高，无论怎样缩放都不能同时符合头顶、眼睛和脸宽的要求", "请放低发髻、摘去头饰后重拍"),
    "not_separable": ("人像与背景不能清楚地分开", "请在单一颜色、与头发和衣服有明显差别的墙前重拍"),
    "too_detailed": ("即使用允许的最低品质，文件也大于 {most} KB", "请换用花纹较少的衣服和平整的背景重拍"),
    "made_badly": ("做出的照片未达到要求：{checks}", "请在单一颜色的墙前重拍，四周留出空白"),
    "nobody": ("名单中没有与文件名 {shown} 相符的学生，或不在您的查看范围内", "请核对文件名与学生证件号码"),
    "several_files": ("同一证件号码 {shown} 有几个文件", "请只留一个，再上传"),
    "several_records": ("文件名 {shown} 对应一人的几条学籍", "请在学生页面逐条上传，以免放错学籍"),
    "no_photos_chosen": ("没有选择照片", "请选择照片、文件夹或压缩包"),
    "one_archive_only": ("压缩包要单独上传", "请一次只上传一个压缩包，不与照片混在一起"),
    "archive_too_large": ("照片或压缩包合计超过 {most} MB", "请分成几次上传"),
    "archive_broken": ("压缩包不能打开，或展开后过大", "请重新压缩为 ZIP，不加密，不套压缩包"),
    "no_photos_inside": ("压缩包里没有照片", "请把照片放进压缩包，以证件号码命名"),
    "no_such_photo": ("没有这张照片，或不在您的查看范围内", "请刷新页面"),
    "no_such_decision": ("没有这项审看，或者已经撤销", "请刷新页面"),
    "photo_replaced": ("审看期间照片已经更换", "请看过新照片再作决定"),
    "decided_meanwhile": ("{name} 刚刚已判这张照片{verdict}，您的没有记录", "请看过再决定要不要另判"),
    "withdrawn_meanwhile": ("您看的时候，原来的判定已被撤销，您的没有记录", "请重新审看"),
    "question_unanswered": ("还有问题没有回答", "请逐项回答"),
    "no_such_question": ("有的问题已不在规格之中", "请刷新页面后重新回答"),
    "is_current_photo": ("这张照片就是现用的", "无须恢复"),
    "already_received": ("纸质照片早已收到", "无须重复登记"),
    "not_received": ("还没有收到纸质照片，不能确认", "请先登记收到"),
    "review_is_open": ("人工复核已在进行", "请等待复核结果"),
    "review_is_not_open": ("没有进行中的人工复核", "请先提出复核"),
    "open_limits": ("照片规格没有写全头顶、眼睛、脸宽的上下限，不能据以裁剪", "请学校补全照片规格"),
}

# What was done to a picture to make a photo of it.
OPERATIONS: dict[str, str] = {
    "decoded": "读入原图：{format}，{size} 像素",
    "first_picture": "文件中有 {found} 幅图像，取第一幅",
    "turned_by_mark": "按方向标记（{mark}）转正",
    "turned_quarters": "顺时针旋转 {degrees} 度",
    "levelled": "为使双眼水平，旋转 {degrees} 度",
    "scaled": "缩放至原图的 {factor} 倍",
    "cropped": "裁剪为 {size} 像素：头顶距上边沿 {head_top} 像素，眼睛 {eye_line} 像素，脸宽 {face_width} 像素",
    "background": "抠出人像，背景换为 RGB({colour})；未修饰面部",
    "encoded": "存为 JPEG：品质 {quality}，{bytes} 字节，写入分辨率标记",
    "stripped": "不保留原图的拍摄信息（时间、地点、设备等）",
}

# Specifications.
NOT_A_NUMBER = "应为数字，至多三位小数"
ONE_WAY_OF_LIMITS = "限值要么写 least、most（和 doubt），要么写 pass_from、pass_to（和 fail_below、fail_above）"
LIMITS_CROSSED = "应满足 fail_below ≤ pass_from ≤ pass_to ≤ fail_above，且不与 doubt 并用"
NOTHING_PASSES = "照此没有任何数值能够合格：least＋doubt 须不大于 most－doubt"
THRESHOLDS_CROSSED = "应满足 0 ≤ mismatch_below ≤ consistent_from ≤ 1"
NOT_A_STEM = "应为同一文件夹中另一份规格的名称"
NO_SPECIFICATION = "没有这份照片规格"
KNOWN_SPECIFICATIONS = "请写 学校/批次（已有：{known}），或规格文件的路径"
CANNOT_MAKE = (
    "允许标准化（standardise: true）的规格缺少检查项：{missing}",
    "请补上这些检查项，或写 standardise: false",
)
