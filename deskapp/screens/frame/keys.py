"""One registry of keys: a key cannot exist without its name, its tooltip and its line in help."""

from __future__ import annotations

from dataclasses import dataclass

from textual.binding import Binding

SPECIAL = {"escape": "Esc", "enter": "Enter", "ctrl+down": "Ctrl+下键", "ctrl+up": "Ctrl+上键"}


@dataclass(frozen=True)
class Key:
    """One key: what it is called in the footer and what help says of it."""

    key: str
    name: str
    help: str

    @property
    def shown(self) -> str:
        """The key as it is written on the screen."""
        if self.key.startswith("ctrl+") and self.key not in SPECIAL:
            return f"Ctrl+{self.key.removeprefix('ctrl+').upper()}"
        return SPECIAL.get(self.key, self.key.upper())


KEYS: dict[str, Key] = {
    "help": Key("f1", "帮助", "说明这一屏做什么、有哪些键、下一步是什么。"),
    "handbook": Key("f1", "手册", "翻开工作手册。"),
    "register": Key("f2", "登记", "登记一件新的申请。"),
    "search": Key("f3", "查询", "按姓名、号码、电话、拼音首字母或者内容查找。"),
    "next_group": Key("ctrl+down", "下一组", "到下一组的第一件。"),
    "earlier_group": Key("ctrl+up", "上一组", "到上一组的第一件。"),
    "filter": Key("f4", "筛选", "到筛选里去选一项，再按回来；没有列出筛选的，换一种范围。"),
    "clear_filters": Key("ctrl+b", "清空", "去掉所有筛选和打的词。"),
    "filter_year": Key("f5", "年份", "换一个收到申请的年份。"),
    "write_letter": Key("f4", "写文书", "走答复向导或者直接选种类，填写并发出文书。"),
    "sister_kind": Key("f2", "照着做一种", "照着光标所在的一种，做一种本单位另外要用的文书。"),
    "compare": Key("f4", "对照", "本单位的写法和程序自带的差在哪里；再按，看全文。"),
    "back_to_ours": Key("f6", "用自带的", "不再用本单位的写法，回到程序自带的；本单位写的留着。"),
    "give_wordings": Key("f7", "给别的单位", "本单位改过、另做的文书模板，写成一个签名的文件，交给别的单位。"),
    "take_wordings": Key("f8", "收模板", "收别的单位给的文书模板：先看每一种差在哪里，再选收哪几种。"),
    "empty_field": Key("f5", "清这一栏", "光标所在的一栏清空，从头写；再按一次，放回来。"),
    "choose_all": Key("f2", "全选", "全部选上；已经全选的，全部不选。"),
    "toggle_preview": Key("f4", "看文书", "在填写和文书样子之间切换。"),
    "word_draft": Key("f5", "Word草稿", "存成征求意见的Word草稿，给领导改；它不是文书。"),
    "word_back": Key("f7", "取回草稿", "领导改过的Word草稿：可以改写的段落逐处问取不取，别的改动只列出来。"),
    "redact": Key("f3", "区分处理", "把材料里不能给的遮住，做成可以提供的复制件。"),
    "cover_word": Key("f2", "遮词", "遮一个词，各页里的都遮。"),
    "cover_lines": Key("f3", "遮行", "遮整行、行里的一段，或者页上的一块。"),
    "leave_open": Key("f4", "不遮", "光标所在的一处不遮；自己添的就去掉。"),
    "cover_reason": Key("f7", "理由", "换光标所在的一处不给的理由；以后添的也用它。"),
    "fill_known": Key("f4", "照上次填", "来过的申请人，照上一次的证件、电话、地址填好。"),
    "next_page": Key("f4", "换页", "在表三、表四、表二、走势、核对之间切换。"),
    "spans": Key("f4", "月季年", "在月、季度、年之间切换。"),
    "next_list": Key("f4", "换一种", "在归档移交目录、发文登记簿、保管期满清单之间切换。"),
    "years_folders": Key("f9", "全部案卷", "把这一年办结的案卷全部做出来，和移交目录放在一起。"),
    "fonds": Key("f8", "全宗号", "档案馆给本单位的编号，编档号用。"),
    "earlier_span": Key("f5", "前一段", "看前一个月、季度或者年。"),
    "later_span": Key("f6", "后一段", "看后一个月、季度或者年。"),
    "against": Key(
        "f4", "核对纸上的校验", "照收件回执、交接单、备份记录上印的校验输入，看登记簿是不是那时候的延续。"
    ),
    "earlier_year": Key("f5", "上一年", "看前一年。"),
    "later_year": Key("f6", "下一年", "看后一年。"),
    "serve": Key("f5", "送达", "记下文书怎样送到、哪天送到。"),
    "note": Key("f6", "记事", "记下补正、征求意见、延期、撤回、归档等事。"),
    "by_day": Key("f2", "逐日", "期限换成逐日的清单，再按换回日历。"),
    "clock_sheet": Key("f3", "计算表", "印办理期限计算表：逐日写明第几个工作日、依据哪一条，放进案卷。"),
    "paper": Key("f7", "打印", "打印已发出的文书，或者存成PDF。"),
    "papers": Key("f9", "材料", "案卷材料：申请书、身份证明、回执、送达凭证，入卷、打开看，还缺什么。"),
    "erase": Key("f2", "删个人信息", "保管期满的，删去姓名、号码和内容，留下数字；要两个人。"),
    "give_out": Key("f4", "存出", "光标所在的材料，存成文件放进【导出】。"),
    "from_scans": Key("f5", "扫描件", "从扫描文件夹里选一个入卷，新的在前；已经入卷的有记号。"),
    "take_off": Key("f6", "移出", "放错了的材料从案卷里移出，要写原因。"),
    "case_folder": Key(
        "f8", "案卷", "整理成案卷：封面、目录、材料按归档顺序合成一份；或者印封面、卷内目录、登记表。"
    ),
    "in_papers": Key("f6", "材料里找", "打的词在扫描件里找：哪一件的哪份材料里有。没有读过的先读。"),
    "attach_paper": Key("f7", "入卷", "写文件的位置归进案卷；没有文件的，只记纸质的页数。"),
    "print_book": Key("f7", "印一本", "把整本手册印出来，或者存成PDF。"),
    "export": Key("f7", "导出", "存成文件，或者打印。"),
    "unit": Key("f8", "单位", "填写或者修改单位资料。"),
    "save": Key("f9", "确定", "检查并完成这一屏的事。"),
    "opinions": Key("f8", "呈批", "记下审核、保密审查、法律顾问、会商的意见，打印呈批表。"),
    "guide": Key("ctrl+g", "向导", "从第一问重新走一遍。"),
    "clear_form": Key("ctrl+b", "清空", "去掉填过的，从空白开始；再按一次，全都放回来。"),
    "on_the_spot": Key("f7", "当场答复", "要的信息公开目录里有：登记下来，当场用【已主动公开】答复。"),
    "from_form": Key("f8", "扫描", "扫描的申请表由程序认字，认出来的先填上，逐项照原件核对。"),
    "from_mail": Key("f5", "取信件", "从收件登记里取一封还没有登记的信。"),
    "check_unit": Key("f5", "试印", "用这些资料印一份样本文书，看看齐不齐。"),
    "repair": Key("f5", "重建列表", "从登记记录重新生成列表，登记记录不动。"),
    "accept": Key("f6", "核对过了", "以前见过、现在没有的，和早了一年多的电脑日期，核对清楚以后记下，不再提示。"),
    "sign_seal": Key("f7", "签校验", "用U盘上的钥匙签下登记簿现在的校验，没有钥匙就做一个；以后可以核对。"),
    "leave_county": Key("f6", "不再报送", "不再报送给原来的县；再报送要先收县里的钥匙。"),
    "encrypt": Key("f4", "加密、解密", "关掉登记台，在这个终端里给登记簿加密，或者解开；办完再打开。"),
    "drop_password": Key("f6", "去掉密码", "去掉一个人的登记簿密码，写姓名。"),
    "recovery_sheets": Key(
        "f7", "恢复单", "写出两张恢复单，打印出来由两个人分开保管；密码都忘了，两张一起能打开登记簿。"
    ),
    "law_back": Key("f6", "退回法律数据", "县里下发的法律数据有错：不用这一份，退回前一份或者随程序的。"),
    "to_tasks": Key("f4", "要办的事", "县里抽查、整改的事，办了就答复。"),
    "backup": Key("f7", "备份", "把整本登记簿备份到文件夹或者U盘。"),
    "take_bundles": Key("f9", "收包", "收登记点的报送包和名片：写U盘、文件夹或者文件的位置。"),
    "clear_old": Key("f8", "清旧内容", "登记点删过个人信息以后，把数据库文件里留着的旧内容清掉；说明还有哪里有。"),
    "decide": Key("f8", "决定", "和以前报的不一样的登记点：打电话核实以后，决定按哪一边算。"),
    "card": Key("f4", "写名片", "写出本登记点的名片，交给县里登记一次，以后它才收这里的包。"),
    "again": Key("f4", "再练", "从第一题重新练。"),
    "keep_score": Key("f2", "记成绩", "练完了，写上姓名，记进成绩单。"),
    "score_sheet": Key("f7", "成绩单", "今年谁练过、哪天、多少分，印出来交给负责人。"),
    "own_lesson": Key("f8", "添题", "用本机关办过的一件做一道练习题，不写申请人。"),
    "first_hour": Key("f9", "练一件", "到一本空的练习登记簿里，从登记到印出答复书走一遍；和真的登记簿分开。"),
    "practice_desk": Key("f9", "练习台", "到练习台去练，或者从练习台回来；两本登记簿互不相干。"),
    "verify_report": Key("f8", "核对年报", "核对一份写好的、公布的年报：各表的数、文字里的数，哪里不对、应当是几。"),
    "freeze": Key("f9", "冻结", "年度结束、数字定稿以后，把这一年的表固定下来。"),
    "reading": Key("f12", "阅览点", "谁来过、公开目录、常见问题、满意度、带走的单子。"),
    "catalogue": Key("f3", "公开目录", "查已经公开的信息：名称、文号、全文里的词、拼音首字母。"),
    "visits": Key("f4", "月表", "每月、全年来了多少人，年报里怎么写。"),
    "questions": Key("f5", "常见问题", "常问的问题和核对过的回答。"),
    "satisfaction": Key("f6", "满意度", "记满意度问卷，看满意率。"),
    "takehome": Key(
        "f7",
        "明白卡",
        "印给群众带走的明白卡、申请表、填写样例、常见问题，挂起来的标识牌、开放时间、工作职责；也可以加别的文字。",
    ),
    "visitors": Key("f9", "查阅模式", "把这台电脑交给来查阅的人：只能查公开目录，离开要遮屏密码。"),
    "answered": Key("f4", "答过了", "照这个回答了一次：记进日志，算一次咨询。"),
    "to_register": Key("f2", "转登记", "这是申请，不是咨询：带着刚才的话去登记。"),
    "add": Key("f7", "添一条", "写一条新的。"),
    "edit": Key("f8", "改", "改光标所在的一条。"),
    "listed": Key("f8", "明细", "一条一条看，任何一天的；改正、撤回在那里。"),
    "earlier_month": Key("f5", "上个月", "看前一个月。"),
    "later_month": Key("f6", "下个月", "看后一个月。"),
    "note_point": Key("f2", "记一条", "记下做的一件事：哪天、哪些人、数字。"),
    "make_translation": Key("f7", "做表", "写语言，做一张翻译的表，请懂的人填。"),
    "take_translation": Key("f8", "收表", "收填好的翻译表。"),
    "materials": Key("f3", "材料清单", "查阅点应当备有的材料，哪样缺、谁哪天核对的。"),
    "mended": Key("f4", "改好了", "光标所在的一件，今天改好了。"),
    "print_sheet": Key("f7", "打印", "印出来，或者存成PDF。"),
    "withdraw": Key("f6", "停用", "光标所在的一条不再用，要写原因；停用的还列在下面，再按一次放回来。"),
    "look_first": Key("f4", "先检查", "看一遍有没有不对的，不写入。"),
    "duty_done": Key("f4", "做了", "光标所在的一件今年做了：记下哪天、怎样做的；记错了的再按一次去掉。"),
    "point_log": Key("f9", "工作记事", "培训、宣传、座谈会、问卷、监督员检查，要改的改了没有。"),
    "releases": Key("f6", "转公开", "依申请公开过、宜让所有人知道的，编进目录。"),
    "judge": Key("f4", "判断", "记下宜不宜让所有人知道，和理由。"),
    "print_list": Key("f9", "印、对换", "把常见问题印成一份挂在阅览区，或者和12345的清单对换。"),
    "import_list": Key("f8", "导入", "从表格导入公开目录，已有的更新。"),
    "standards": Key("f3", "标准目录", "应当公开什么、公开了没有、谁该补什么。"),
    "take_down": Key("f4", "撤下", "撤下不该公开的，或者恢复撤下过的。"),
    "put_on_shelf": Key("f5", "馆藏", "写纸质的放在查阅点哪里。"),
    "match_again": Key("f5", "重新配", "把公开目录里的信息重新配到各项；人工定过的不动。"),
    "not_here": Key("f6", "本地没有", "这一项本地没有，记下为什么，不再算缺。"),
    "print_owed": Key("f7", "印欠账", "印出没有公开的、该再公开的，按谁该公开分开。"),
    "copy_page": Key("f7", "打印", "印一份带走，份数自动记下。"),
    "next_type": Key("f2", "字大小", "换大一点的字；再按，更大；再按，回到普通的。"),
    "contrast": Key("f3", "黑底白字", "黑底白字，看得更清楚；再按一次换回来。"),
    "letters": Key("f4", "点字母", "屏幕上点拼音首字母，不用键盘也能找。"),
    "page_before": Key("f5", "上一页", "往前翻一页。"),
    "page_after": Key("f6", "下一页", "往后翻一页。"),
    "start_over": Key("f9", "从头来", "回到开头，刚才找的都忘掉。"),
    "palette": Key("ctrl+p", "功能", "列出所有功能，可以打字或者拼音首字母找。"),
    "lock": Key("ctrl+l", "遮屏", "离开一会儿：遮住屏幕上的个人信息。"),
    "seat": Key("ctrl+s", "换人", "换一个人坐在这里：以后记的、印的、改的都写他的名字。"),
    "leave": Key("f6", "离开", "光标所在的人，今天是最后一天；记过的都留着。"),
    "to_day_acts": Key("f4", "办理日志", "一天里谁办了什么，一件一件。"),
    "earlier_day": Key("f5", "前一天", "看前一天。"),
    "later_day": Key("f6", "后一天", "看后一天。"),
    "neighbours": Key(
        "ctrl+e", "换登记簿", "同一个大厅里别的机关的登记簿，换一本打开。有哪几本，在【本机设置】里写。"
    ),
    "to_people": Key("f4", "人员", "谁在这里办、谁可以签发、从哪天到哪天。"),
    "copy": Key("ctrl+c", "复制", "复制选中的字；没有选中的，复制光标所在的一行、一栏，或者登记号。"),
    "open_selected": Key("enter", "打开", "打开光标所在的一行。"),
    "back": Key("escape", "返回", "回到上一屏。"),
    "quit": Key("ctrl+q", "退出", "关闭登记台。"),
    "mail": Key("ctrl+n", "收件", "收件登记：挂号信哪天签收、哪天送到登记台。"),
    "report": Key("ctrl+t", "统计", "年报的表和全年走势。"),
    "handover": Key("ctrl+o", "交接", "把没有办结的事列成交接单。"),
    "doctor": Key("ctrl+d", "检查", "登记簿、放假安排、字体、打印机、备份是不是都好；从这里备份。"),
    "practice": Key("ctrl+r", "练习", "十一道练习题，或者到练习台去练。"),
}


def bind(
    action: str, name: str | None = None, *, show: bool = True, priority: bool = False, does: str = ""
) -> Binding:
    """The binding of a registered action, with another name in the footer if a screen wants one. ``does`` is what it does where that is
    more than the action of its name."""
    key = KEYS[action]
    return Binding(
        key.key,
        does or action,
        name or key.name,
        id=action,
        tooltip=key.help,
        key_display=key.shown,
        show=show,
        priority=priority,
    )
